//! Descriptions as a model reads them: plain, on one line, short.

/// The first sentences of a text, as many as fit into so many characters, without Markdown links and HTML.
pub(super) fn brief(text: &str, longest: usize) -> String {
    let plain = plain(text);
    if plain.chars().count() <= longest {
        return plain;
    }
    let mut kept = String::new();
    for sentence in sentences(&plain) {
        if kept.chars().count() + sentence.chars().count() > longest {
            break;
        }
        kept.push_str(sentence);
    }
    let kept = kept.trim_end();
    if !kept.is_empty() {
        return kept.to_owned();
    }
    // One sentence that is too long: as many of its words as fit.
    let mut cut = String::new();
    for word in plain.split(' ') {
        if cut.chars().count() + word.chars().count() + 2 > longest {
            break;
        }
        if !cut.is_empty() {
            cut.push(' ');
        }
        cut.push_str(word);
    }
    format!("{} …", cut.trim_end_matches([',', ';', ':']))
}

/// A name as words, the first with a capital: `createFineTuningJob` is `Create fine tuning job`.
pub(super) fn humanized(name: &str) -> String {
    use heck::ToSnakeCase as _;
    let words = name.to_snake_case().replace('_', " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// `${NAME}` as `$NAME`: in a manifest only `providers.yaml` may speak of the environment so.
fn without_references(text: &str) -> String {
    let mut pieces = text.split("${");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once('}') {
            Some((name, after)) => plain.extend(["$", name, after]),
            None => plain.extend(["${", piece]),
        }
    }
    plain
}

/// The pieces of a text that end with a full stop and a blank.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(". ")
}

fn plain(text: &str) -> String {
    let text = without_links(&without_tags(text));
    let lines = text.lines().map(str::trim).filter(|line| {
        !line.starts_with("```") && !line.starts_with('|') && !line.starts_with(":::")
    });
    let lines: Vec<&str> = lines
        .map(|line| line.trim_start_matches(['#', '*', ' ']))
        .collect();
    let text = without_references(&lines.join(" ").replace("**", ""));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `[text](address)` as its text.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        match after.split_once(']') {
            Some((label, link)) if link.starts_with('(') && !label.contains('[') => {
                plain.push_str(label);
                rest = link.split_once(')').map_or("", |(_, rest)| rest);
            }
            _ => {
                plain.push('[');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// `<br>` and its like as blanks; a `<` that begins no tag stays.
fn without_tags(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        let name = after.trim_start_matches('/');
        let tag = [
            "br", "p", "b", "i", "em", "strong", "code", "a", "ul", "li", "div", "span",
        ]
        .iter()
        .any(|tag| {
            name.strip_prefix(tag)
                .is_some_and(|rest| rest.starts_with(['>', ' ', '/']))
        });
        match after.split_once('>') {
            Some((_, after)) if tag => {
                plain.push(' ');
                rest = after;
            }
            _ => {
                plain.push('<');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// A text of the document as a comment has it: on one line, whatever it holds.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() || letter.is_control());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_a_sentence_or_else_at_a_word() {
        assert_eq!(brief("One. Two is longer.", 10), "One.");
        assert_eq!(brief("One two three, four five", 16), "One two three …");
        assert_eq!(brief("Short", 10), "Short");
    }

    #[test]
    fn markup_goes_and_what_only_looks_like_it_stays() {
        let text =
            "See the [guide](https://x.example/a), **now**.<br/>If a < b [sic]:\n```\n# Title\n";
        assert_eq!(
            brief(text, 200),
            "See the guide, now. If a < b [sic]: Title"
        );
        assert_eq!(humanized("createFineTuningJob"), "Create fine tuning job");
    }
}
