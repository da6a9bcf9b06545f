//! Mistakes in a manifest, and how they are told: every one of them, in order, each with its place
//! and a way to mend it. The text is the same from `cargo build` and from the command line.

use std::{error::Error, fmt, fmt::Write as _};

use crate::{
    rules::{Rule, Severity},
    source::{Role, Sources, Span},
};

/// The most characters of a line that are shown.
const EXCERPT: usize = 160;

/// The codes of what can not be taken from an OpenAPI document.
pub(crate) const DOCUMENT_CODES: &[&str] = &[
    "document",
    "document-ref",
    "import-body",
    "import-check",
    "import-method",
    "import-parameter",
    "import-reply",
    "import-server",
];

/// What is to be said of a manifest, or of a document, sorted by file, line and column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
    /// How many more there are that are not told one by one.
    omitted: usize,
    /// What it is to be said of.
    role: Role,
}

/// One mistake, or one warning.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The file, as the manifest's directory was given.
    pub file: String,
    /// The line, from 1; 0 when the mistake is about the file as a whole.
    pub line: usize,
    /// The column in characters, from 1; 0 when the mistake is about the file as a whole.
    pub column: usize,
    /// The rule that was broken, such as `unknown-key`.
    pub code: &'static str,
    /// Whether the manifest can be compiled all the same.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The line of the file; of one that is longer than 16 KiB what is around the place, with `…` where it is cut.
    pub excerpt: String,
    /// How many characters of the line do not stand before the excerpt's.
    cut: usize,
    /// How many characters of the line are meant.
    pub width: usize,
    /// How to mend it.
    pub help: Option<String>,
    /// The tools that come by this place, when it is shared or the message does not name them.
    pub tools: Vec<String>,
}

impl Diagnostics {
    /// The mistakes and warnings, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.items.iter()
    }

    /// How many there are that weigh as much.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.iter().filter(|item| item.severity == severity).count()
    }

    /// How many there are beyond those that are told: a file of millions of mistakes has no millions of readers.
    #[must_use]
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// How many mistakes and warnings there are, in words; nothing when there are none.
    #[must_use]
    pub fn summary(&self) -> String {
        let counted = [(Severity::Error, "mistake"), (Severity::Warning, "warning")].map(
            |(severity, word)| match self.count(severity) {
                0 => None,
                1 => Some(format!("1 {word}")),
                count => Some(format!("{count} {word}s")),
            },
        );
        let omitted =
            (self.omitted > 0).then(|| format!("{} more that are not shown", self.omitted));
        counted
            .into_iter()
            .flatten()
            .chain(omitted)
            .collect::<Vec<_>>()
            .join(" and ")
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Error for Diagnostics {}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for item in &self.items {
            writeln!(f, "{item}\n")?;
        }
        write!(f, "{} in {}", self.summary(), self.role.whole())
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}[{}]: {}",
            self.severity.name(),
            self.code,
            Marked(&self.message)
        )?;
        let number = if self.line == 0 {
            String::new()
        } else {
            self.line.to_string()
        };
        let gutter = " ".repeat(number.len());
        if self.line == 0 {
            write!(f, "\n{gutter}--> {}", Marked(&self.file))?;
        } else {
            write!(
                f,
                "\n{gutter}--> {}:{}:{}",
                Marked(&self.file),
                self.line,
                self.column
            )?;
            let (excerpt, carets) = self.pointed();
            write!(f, "\n{gutter} |\n{number} | {excerpt}")?;
            write!(f, "\n{gutter} | {carets}")?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n{gutter} = help: {}", Marked(help))?;
        }
        match self.tools.as_slice() {
            [] => Ok(()),
            [tool] => write!(f, "\n{gutter} = note: in tool `{tool}`"),
            tools => write!(f, "\n{gutter} = note: in tools `{}`", tools.join("`, `")),
        }
    }
}

/// A text of the manifest for a person: what moves the cursor of a terminal, or rings it, is shown as a mark.
struct Marked<'t>(&'t str);

impl fmt::Display for Marked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| f.write_char(mark(c)))
    }
}

fn mark(c: char) -> char {
    if c.is_control() && c != '\t' {
        '\u{fffd}'
    } else {
        c
    }
}

impl Diagnostic {
    /// The line, cut around the place when it is long, and the carets that go under it.
    fn pointed(&self) -> (String, String) {
        let length = self.excerpt.chars().count();
        let column = self.column.saturating_sub(1).saturating_sub(self.cut);
        let start = if length <= EXCERPT {
            0
        } else {
            column.saturating_sub(EXCERPT / 3)
        };
        let shown: String = self.excerpt.chars().skip(start).take(EXCERPT).collect();
        let (before, after) = (
            if start > 0 { "…" } else { "" },
            if start + EXCERPT < length { "…" } else { "" },
        );
        let shown: String = shown.chars().map(mark).collect();
        // Tabs stay tabs, so that the carets stay under the text.
        let indent = before.chars().chain(shown.chars().take(column - start));
        let indent: String = indent.map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        let width = self
            .width
            .min((start + EXCERPT).saturating_sub(column))
            .max(1);
        (
            format!("{before}{shown}{after}"),
            indent + &"^".repeat(width),
        )
    }
}

/// A mistake while it is being described; added to a [`Report`].
#[derive(Debug)]
pub(crate) struct Mistake {
    code: &'static str,
    span: Span,
    message: String,
    help: Option<String>,
    tool: Option<Box<str>>,
    firm: bool,
}

impl Mistake {
    pub(crate) fn new(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        debug_assert!(
            Rule::of(code).is_some()
                || DOCUMENT_CODES.contains(&code)
                || matches!(code, "internal" | "untyped"),
            "`{code}` is no code"
        );
        Self {
            code,
            span,
            message: message.into(),
            help: None,
            tool: None,
            firm: false,
        }
    }

    /// What no rule stands for is a fault, and weighs as one.
    fn severity(&self) -> Severity {
        Rule::of(self.code).map_or(Severity::Error, |rule| rule.severity)
    }

    /// How to mend it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The nearest of the names that would be right, or all of them when none is near and they are few.
    pub(crate) fn nearest<'n>(self, name: &str, names: impl IntoIterator<Item = &'n str>) -> Self {
        match crate::names::suggestion(name, names) {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// How to mend it, when nothing better has been said.
    pub(crate) fn help_if_none(mut self, help: &str) -> Self {
        self.help.get_or_insert_with(|| help.to_owned());
        self
    }

    /// What is wrong.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// Says where it belongs, in the message itself.
    pub(crate) fn within(mut self, whole: &str) -> Self {
        self.message = format!("{whole}: {}", self.message);
        self
    }

    /// Nothing allows it, whatever is allowed of its code.
    pub(crate) fn firm(mut self) -> Self {
        self.firm = true;
        self
    }

    /// Whether it may be allowed, with a reason.
    pub(crate) fn is_allowable(&self) -> bool {
        !self.firm && Rule::of(self.code).is_some_and(|rule| rule.allowable)
    }

    /// The tool that comes by this place.
    pub(crate) fn tool(mut self, tool: &str) -> Self {
        self.tool = Some(tool.into());
        self
    }
}

/// The longest line that is kept whole, in bytes: thousands of mistakes may stand on one.
const LONGEST: usize = 16 * 1_024;

/// The most that is told of a manifest.
const MOST: usize = 5_000;

/// Collects mistakes, so that one does not hide the next.
#[derive(Debug, Default)]
pub(crate) struct Report {
    mistakes: Vec<Mistake>,
    omitted: usize,
    /// The keys that were asked for, by what the object is called.
    #[cfg(test)]
    pub(crate) known: std::collections::BTreeMap<String, std::collections::BTreeSet<&'static str>>,
}

impl Report {
    pub(crate) fn add(&mut self, mistake: Mistake) {
        let page = Rule::of(mistake.code).map(|rule| rule.code);
        let mistake = match page {
            Some(code) => {
                mistake.help_if_none(&format!("`rft-mcp manifest explain {code}` says more"))
            }
            None => mistake,
        };
        if self.mistakes.len() < MOST {
            self.mistakes.push(mistake);
        } else {
            self.omitted += 1;
        }
    }

    /// Whether there is anything that keeps the manifest from being compiled.
    pub(crate) fn has_errors(&self) -> bool {
        self.mistakes
            .iter()
            .any(|mistake| mistake.severity() == Severity::Error)
    }

    /// Drops what may be allowed and `allowed` says yes to, given the code, the tool and the place.
    pub(crate) fn allow(&mut self, mut allowed: impl FnMut(&str, Option<&str>, Span) -> bool) {
        self.mistakes.retain(|mistake| {
            !mistake.is_allowable() || !allowed(mistake.code, mistake.tool.as_deref(), mistake.span)
        });
    }

    /// Reports generated text that is no Rust: a fault of the generator, told as such rather than by rustc.
    pub(crate) fn add_internal(&mut self, error: &syn::Error) {
        let message = format!("the manifest became text that is no Rust: {error}");
        let mistake = Mistake::new("internal", Span::file(0), message);
        self.add(
            mistake
                .help("this is a fault of rft-mcp-codegen, not of the manifest; please report it"),
        );
    }

    /// Everything once, in order.
    pub(crate) fn finish(self, sources: &Sources) -> Diagnostics {
        let lines = sources.lines();
        let mut mistakes = self.mistakes;
        // In order, so that a long line is walked along once.
        mistakes.sort_by_key(|m| (m.span.source, m.span.line, m.span.column));
        let mut walk = Walk::default();
        let mistakes = mistakes.into_iter();
        let mut items: Vec<_> = mistakes
            .map(|m| place(m, sources, &lines, &mut walk))
            .collect();
        items.sort();
        items.dedup_by(|next, first| {
            let same = (
                &first.file,
                first.line,
                first.column,
                first.code,
                &first.message,
            ) == (&next.file, next.line, next.column, next.code, &next.message);
            if same {
                first.tools.append(&mut next.tools);
            }
            same
        });
        for item in &mut items {
            item.tools.sort();
            item.tools.dedup();
        }
        Diagnostics {
            items,
            omitted: self.omitted,
            role: sources.role,
        }
    }
}

fn place(mistake: Mistake, sources: &Sources, lines: &[Vec<&str>], walk: &mut Walk) -> Diagnostic {
    let severity = mistake.severity();
    let Mistake {
        code,
        span,
        message,
        help,
        tool,
        firm: _,
    } = mistake;
    let lines = lines.get(span.source).map_or(&[][..], Vec::as_slice);
    let line = lines.get(span.line.wrapping_sub(1)).copied();
    let line = line.unwrap_or_default();
    let (excerpt, cut) = if line.len() <= LONGEST {
        (line.to_owned(), 0)
    } else {
        around(line, span, walk)
    };
    let column = span.column.saturating_sub(1).saturating_sub(cut);
    let room = excerpt.chars().count().saturating_sub(column);
    Diagnostic {
        file: sources.name(span.source).to_owned(),
        line: span.line,
        column: span.column,
        code,
        severity,
        message,
        width: span.width.min(room).max(1),
        excerpt,
        cut,
        help,
        tools: tool.map(String::from).into_iter().collect(),
    }
}

/// Where in a long line the last place was.
#[derive(Debug, Default)]
struct Walk {
    source: usize,
    line: usize,
    column: usize,
    byte: usize,
}

impl Walk {
    /// The byte where a place begins. Places come in order.
    fn to(&mut self, line: &str, span: Span) -> usize {
        if (self.source, self.line) != (span.source, span.line) || span.column < self.column {
            *self = Self {
                source: span.source,
                line: span.line,
                column: 1,
                byte: 0,
            };
        }
        let rest = line.get(self.byte..).unwrap_or_default();
        let steps = span.column.saturating_sub(self.column);
        self.byte += rest
            .char_indices()
            .nth(steps)
            .map_or(rest.len(), |(at, _)| at);
        self.column = self.column.max(span.column);
        self.byte
    }
}

/// What of a long line is around a place, and how many of its characters do not stand before the excerpt's.
fn around(line: &str, span: Span, walk: &mut Walk) -> (String, usize) {
    let (before, after) = line
        .split_at_checked(walk.to(line, span))
        .unwrap_or_default();
    let lead = before.chars().rev().take(EXCERPT / 3);
    let (lead, bytes) = lead.fold((0, 0), |(count, bytes), c| {
        (count + 1, bytes + c.len_utf8())
    });
    let start = before.len() - bytes;
    // With both `…` it is no longer than what is shown.
    let tail = after.chars().take(EXCERPT - EXCERPT / 3 - 2);
    let end = before.len() + tail.map(char::len_utf8).sum::<usize>();
    let shown = line.get(start..end).unwrap_or_default();
    let dropped = span.column.saturating_sub(1).saturating_sub(lead);
    let (first, cut) = if start > 0 {
        ("…", dropped.saturating_sub(1))
    } else {
        ("", 0)
    };
    let last = if end < line.len() { "…" } else { "" };
    (format!("{first}{shown}{last}"), cut)
}
