//! `$name.path[-1].x`

use crate::model::Step;

/// The name and the way of a place; else what is wrong with it.
pub(super) fn parse(text: &str) -> Result<(String, Vec<Step>), &'static str> {
    let text = text.strip_prefix('$').unwrap_or(text);
    let (name, mut rest) = word(text);
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        return Err("a name must follow the `$`");
    }
    let mut path = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            let (key, after) = word(after);
            if key.is_empty() {
                return Err("a name must follow the `.`");
            }
            path.push(Step::Key(key.to_owned()));
            rest = after;
        } else if let Some((index, after)) =
            rest.strip_prefix('[').and_then(|rest| rest.split_once(']'))
        {
            path.push(Step::Index(
                index
                    .parse()
                    .map_err(|_| "between `[` and `]` stands a whole number")?,
            ));
            rest = after;
        } else {
            return Err("after a name comes `.name` or `[number]`, and nothing else");
        }
    }
    Ok((name.to_owned(), path))
}

/// The letters, digits, `_` and `-` that a text begins with, and the rest.
fn word(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
        .unwrap_or(text.len());
    text.split_at(end)
}
