//! What the parser says of a text that is no YAML, and the help that fits its cause.

use crate::{diagnostics::Mistake, source::Span};

const QUOTE_FLOW: &str = "inside `{ … }` and `[ … ]`, quote texts that have any of `,[]{}`";

const QUOTE_BRACKET: &str =
    "quote a text that begins with `{` or `[`, or let nothing follow the bracket that closes it";

const ALIGN: &str =
    "indent it with as many spaces as the keys or `- ` beside it: no line above is indented so";

/// A part of what the parser says, and the help for it. The first that fits counts.
const HELPS: &[(&str, &str)] = &[
    (
        "trailing content after double-quoted",
        "the quote before this ends the text: write `''` for a quote inside `'…'` and `\\\"` inside `\"…\"`, or close one \
         that was left open above",
    ),
    (
        "quoted scalar, found unknown escape",
        "write `\\\\` for a backslash, or put the text between single quotes, where a backslash is itself",
    ),
    (
        "hexadecimal number",
        "give `\\x` two, `\\u` four and `\\U` eight hexadecimal digits",
    ),
    (
        "unicode character escape",
        "that is no character: give `\\u` four and `\\U` eight hexadecimal digits of one",
    ),
    (
        "quoted scalar",
        "close the quote that opens here; the lines of a longer text stand further in than its key",
    ),
    (
        "unknown anchor",
        "anchors and aliases are not read; quote a text that begins with `*`",
    ),
    (
        "anchor or alias",
        "quote a text that begins with `*` or `&`",
    ),
    (
        "indentation for anchor",
        "quote a text that begins with `&`",
    ),
    (
        "unexpected character",
        "quote a text that begins with this character",
    ),
    ("'-' followed by", QUOTE_FLOW),
    (
        "'-' must be followed",
        "put a space after `-`, or quote the text",
    ),
    ("only valid inside a block", QUOTE_FLOW),
    (
        "block sequence entries",
        "put a list on lines of its own under its key, or write `[a, b]`; quote a text that begins with `- `",
    ),
    ("'-' indicator", ALIGN),
    ("misplaced bracket", "remove it, or open it before"),
    ("wrongly indented line", ALIGN),
    (
        "block scalar",
        "after `|` or `>` stands nothing but `-`, `+` or a digit from 1; the text begins on the next line",
    ),
    ("comments must be", "put a space before `#`"),
    (
        "comment intercepting",
        "put the text on one line, or in quotes; a comment may stand above it",
    ),
    (
        "byte order mark",
        "remove it: it may stand at the start of the file only",
    ),
    ("handle wasn't declared", TAG),
    ("a tag", TAG),
    ("verbatim tag", TAG),
    ("scanning tag", TAG),
    ("tag character", TAG),
    ("tag directive", DIRECTIVE),
    ("directive", DIRECTIVE),
    ("document start", DIRECTIVE),
    (
        "document end marker",
        "let nothing follow `...` on its line, or quote the text",
    ),
    (
        "mapping keys are not allowed",
        "quote a text that begins with `? `",
    ),
    ("eof", "the file ends within a value: end it"),
];

const TAG: &str = "tags are not read; quote a text that begins with `!`";

const DIRECTIVE: &str =
    "directives are not read: remove the lines that begin with `%`, or quote the text";

/// The mistake that the parser met. `open` is the innermost `[` or `{` that was left open.
pub(super) fn mistake(said: &str, place: Span, open: Option<Span>, lines: &[&str]) -> Mistake {
    let said = said.to_lowercase();
    let before = before(place, lines);
    let is_tab =
        said.contains("tab") || (said.contains("'-' must be followed") && before.ends_with('\t'));
    if let Some(tab) = tab(place, lines).filter(|_| is_tab) {
        return Mistake::new("yaml-syntax", tab, "a tab stands where a line is indented")
            .help("indent with spaces: YAML takes no tabs there");
    }
    let help = if is_of_flow(&said) || (open.is_some() && said.contains("mapping values")) {
        flow(open)
    } else if said.contains("did not find expected key") {
        // What comes after a value on its line is another matter than where a line begins.
        let help = if before.trim().is_empty() {
            ALIGN
        } else {
            QUOTE_BRACKET
        };
        help.to_owned()
    } else if said.contains("simple key") {
        no_key(place, lines)
    } else if said.contains("mapping values") {
        no_value(place, before, lines)
    } else {
        let fits = HELPS.iter().find(|(part, _)| said.contains(part));
        let help = fits.map_or(
            "close every quote and bracket, and give each key `: ` and a value",
            |(_, help)| help,
        );
        help.to_owned()
    };
    Mistake::new("yaml-syntax", place, said).help(help)
}

fn is_of_flow(said: &str) -> bool {
    ["flow", "placement of ':'", "expected node content"]
        .iter()
        .any(|part| said.contains(part))
}

fn flow(open: Option<Span>) -> String {
    let Some(Span { line, column, .. }) = open else {
        return format!("close the bracket that was opened before; {QUOTE_FLOW}");
    };
    format!("close the bracket that opens at line {line}, column {column}; {QUOTE_FLOW}")
}

/// The characters of the line up to the place.
fn before<'t>(place: Span, lines: &[&'t str]) -> &'t str {
    let line = lines
        .get(place.line.wrapping_sub(1))
        .copied()
        .unwrap_or_default();
    let end = line.char_indices().nth(place.column.saturating_sub(1));
    end.and_then(|(end, _)| line.get(..end)).unwrap_or(line)
}

/// The first tab that indents something, from the line of the place on: the parser tells of the value before it.
fn tab(place: Span, lines: &[&str]) -> Option<Span> {
    let from = place.line.saturating_sub(1);
    lines.iter().enumerate().skip(from).find_map(|(at, line)| {
        let text = line.trim_start_matches([' ', '\t', '-']);
        let indent = line.get(..line.len() - text.len())?;
        let column = indent.find('\t').filter(|_| !text.is_empty())?;
        Some(Span {
            line: at + 1,
            column: column + 1,
            width: 1,
            ..place
        })
    })
}

/// A line that is no key, before the place or at it.
fn no_key(place: Span, lines: &[&str]) -> String {
    let above = above(place, lines).filter(|(_, line)| !has_key(line));
    match above {
        Some((number, line)) => format!(
            "line {number} is no `key: value`: give `{}` a `: ` and a value, or indent it as a part of the text above",
            shortened(line.trim())
        ),
        None => "give each key `: ` and a value".to_owned(),
    }
}

/// A `: ` where no key may stand.
fn no_value(place: Span, before: &str, lines: &[&str]) -> String {
    if before.chars().count() > 1_024 && !before.contains(": ") {
        return "a key has at most 1024 characters".to_owned();
    }
    if before.contains(": ") {
        return "quote a text that has `: ` in it, or put the key on a line of its own".to_owned();
    }
    match above(place, lines) {
        Some((number, line)) if has_key(line) => format!(
            "line {number} has its value already: put this key as far in as the one there, or take the value away"
        ),
        Some(_) => no_key(place, lines),
        None => "give each key `: ` and a value".to_owned(),
    }
}

/// The nearest line above that has something on it, with its number.
fn above<'t>(place: Span, lines: &[&'t str]) -> Option<(usize, &'t str)> {
    let until = lines
        .iter()
        .copied()
        .enumerate()
        .take(place.line.saturating_sub(1));
    let mut filled =
        until.filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    filled.next_back().map(|(at, line)| (at + 1, line))
}

fn has_key(line: &str) -> bool {
    line.contains(": ") || line.trim_end().ends_with(':')
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
