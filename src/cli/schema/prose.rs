//! Texts of the manifest inside of a Markdown page: what an author wrote keeps its code, lists and emphasis, and none of it
//! ends what stands around it or vanishes.

use std::fmt::Write as _;

/// A text on one line: of a heading, or of a cell.
pub(super) fn line(text: &str) -> String {
    inline(&text.split_whitespace().collect::<Vec<_>>().join(" "), true)
}

/// A text as paragraphs of their own. A heading would be one of the page, so there are none; a block of code that is left
/// open is closed.
pub(super) fn paragraphs(text: &str) -> String {
    let mut page = String::new();
    let mut paragraph = String::new();
    let mut fence: Option<(char, usize)> = None;
    for line in text.trim().lines() {
        if let Some((mark, length)) = fence {
            page.push_str(line);
            page.push('\n');
            if run(line, mark) >= length && line.trim().chars().all(|c| c == mark) {
                fence = None;
            }
            continue;
        }
        fence = opened(line);
        if fence.is_some() || line.trim().is_empty() {
            page.push_str(&inline(&std::mem::take(&mut paragraph), false));
            page.push_str(line.trim_end());
            page.push('\n');
        } else {
            if begins_block(line) {
                paragraph.push('\\');
                paragraph.push_str(line.trim_start());
            } else {
                paragraph.push_str(line);
            }
            paragraph.push('\n');
        }
    }
    page.push_str(&inline(&paragraph, false));
    if let Some((mark, length)) = fence {
        page.extend(std::iter::repeat_n(mark, length));
    }
    page.trim_end().to_owned()
}

/// A text as it stands: between backticks, or, when it holds what ends those or a cell, as the tag that they stand for.
pub(super) fn code(text: &str) -> String {
    let plain = !text.contains(['`', '|', '\n', '\r']) && text.trim() == text && !text.is_empty();
    if plain {
        return format!("`{text}`");
    }
    let mut code = "<code>".to_owned();
    for c in text.chars() {
        if c.is_ascii_punctuation() || c.is_ascii_control() {
            let _ = write!(code, "&#{};", u32::from(c));
        } else {
            code.push(c);
        }
    }
    code + "</code>"
}

/// Leaves code between backticks alone, and takes their meaning from what would be a tag or an entity, and with `cell` from
/// what would end one.
fn inline(text: &str, cell: bool) -> String {
    let mut page = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let ticks = run(rest, '`');
        if let Some((inside, after)) = spanned(rest, ticks) {
            let whole = rest.len() - after.len();
            if cell && inside.contains('|') {
                page.push_str(&code(inside.trim()));
            } else {
                page.push_str(rest.get(..whole).unwrap_or_default());
            }
            rest = after;
            continue;
        }
        if ticks > 0 {
            page.push_str(&"\\`".repeat(ticks));
            rest = rest.get(ticks..).unwrap_or_default();
            continue;
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
        match first {
            '<' => page.push_str("&lt;"),
            '|' if cell => page.push_str("&#124;"),
            '&' if rest.starts_with(|c: char| c == '#' || c.is_ascii_alphanumeric()) => {
                page.push_str("&amp;");
            }
            // What it escapes is written out, so that it is left with nothing to escape.
            '\\' if rest.starts_with(['<', '|', '&', '`', '\\']) => page.push_str("&#92;"),
            c => page.push(c),
        }
    }
    page
}

/// What stands between this many backticks and as many again, and what follows them.
fn spanned(text: &str, ticks: usize) -> Option<(&str, &str)> {
    let inside = text.get(ticks..).filter(|_| ticks > 0)?;
    let mut at = 0;
    while let Some(found) = inside.get(at..)?.find('`') {
        let start = at + found;
        let closing = run(inside.get(start..)?, '`');
        if closing == ticks {
            return Some((inside.get(..start)?, inside.get(start + closing..)?));
        }
        at = start + closing;
    }
    None
}

/// The fence that a line opens a block of code with.
fn opened(line: &str) -> Option<(char, usize)> {
    if indent(line) > 3 {
        return None;
    }
    let found = ['`', '~'].map(|mark| (mark, run(line.trim_start(), mark)));
    let (mark, length) = found.into_iter().find(|(_, length)| *length >= 3)?;
    let told = line.trim_start().get(length..)?;
    (mark == '~' || !told.contains('`')).then_some((mark, length))
}

/// Whether a line would be a heading, make one of the line before it, or be a rule.
fn begins_block(line: &str) -> bool {
    let text = line.trim();
    let bare = |mark: char| !text.is_empty() && text.chars().all(|c| c == mark || c == ' ');
    indent(line) <= 3 && (text.starts_with('#') || ['=', '-', '*', '_'].into_iter().any(bare))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// How many of these a text begins with.
fn run(text: &str, mark: char) -> usize {
    text.chars().take_while(|c| *c == mark).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_stays_as_it_is() {
        for text in [
            "Says what `list_jobs` gives, *newest* first: a_b, a & b, \\d+.",
            "One.\n\n- two, `a<b>`\n- ``three ` four``\n\n```json\n{ \"a\": \"<b>\" | c }\n# no heading\n```\n\nFive.",
        ] {
            assert_eq!(paragraphs(text), text);
        }
    }

    #[test]
    fn a_text_ends_nothing_around_it() {
        for (text, shown) in [
            (
                "id such as <job_id>, </pre>",
                "id such as &lt;job_id>, &lt;/pre>",
            ),
            ("a | b", "a &#124; b"),
            (
                "a \\| b \\< \\\\|",
                "a &#92;&#124; b &#92;&lt; &#92;&#92;&#124;",
            ),
            ("&lt; & R&D &#60;", "&amp;lt; & R&amp;D &amp;#60;"),
            ("an `open one", "an \\`open one"),
            ("``a` b", "\\`\\`a\\` b"),
            ("`a|b` c", "<code>a&#124;b</code> c"),
            ("a\n  b", "a b"),
        ] {
            assert_eq!(line(text), shown, "{text}");
        }
        for (text, shown) in [
            ("a\n# b\n  ## c", "a\n\\# b\n\\## c"),
            ("a\n===\nb\n - - -", "a\n\\===\nb\n\\- - -"),
            ("a\n```sh\n# <b>", "a\n```sh\n# <b>\n```"),
            ("~~~~\n~~~\n```", "~~~~\n~~~\n```\n~~~~"),
            ("```\na\n``` b\n````\n<c>", "```\na\n``` b\n````\n&lt;c>"),
            ("a <b\n c> `<d\n e|`", "a &lt;b\n c> `<d\n e|`"),
            (
                "| a | b |\n|---|---|\n| c | `d|e` |",
                "| a | b |\n|---|---|\n| c | `d|e` |",
            ),
        ] {
            assert_eq!(paragraphs(text), shown, "{text}");
        }
    }

    #[test]
    fn code_is_code_whatever_it_holds() {
        for (text, shown) in [
            ("a<b", "`a<b`"),
            ("a`b", "<code>a&#96;b</code>"),
            ("a|*b*", "<code>a&#124;&#42;b&#42;</code>"),
            ("", "<code></code>"),
            ("a\nb", "<code>a&#10;b</code>"),
        ] {
            assert_eq!(code(text), shown, "{text}");
        }
    }
}
