//! What can be used of a list that was cut off, and of numbers that are none.

use serde_json::Value;

/// A reply that was cut off after some bytes, up to the last whole element of the outermost list in it; `None`
/// when there is no such element.
pub fn list(text: &str) -> Option<Value> {
    let (mut open, mut quoted, mut escaped) = (Vec::new(), false, false);
    // Where the last whole element of the list ends, and what is open there.
    let mut found: Option<(usize, Vec<u8>)> = None;
    for (at, byte) in text.bytes().enumerate() {
        if quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' => drop(open.pop()),
            b',' => {
                let list = open.iter().position(|close| *close == b']');
                if list.is_some_and(|list| list + 1 == open.len()) {
                    found = Some((at, open.clone()));
                }
            }
            _ => {}
        }
    }
    let (end, open) = found?;
    let closing = open.into_iter().rev().map(char::from);
    let whole: String = text.get(..end)?.chars().chain(closing).collect();
    serde_json::from_str(&whole).ok()
}

/// A reply with null where it says `NaN` or `Infinity`, which are no JSON and which Python writes unasked; `None` when
/// that does not make it JSON.
pub fn no_numbers(text: &str) -> Option<Value> {
    let mut mended = String::with_capacity(text.len());
    let (mut rest, mut quoted) = (text, false);
    while let Some(letter) = rest.chars().next() {
        let mut length = letter.len_utf8();
        let mut kept = rest.get(..length)?;
        match letter {
            '"' => quoted = !quoted,
            '\\' if quoted => {
                length += rest.get(1..)?.chars().next()?.len_utf8();
                kept = rest.get(..length)?;
            }
            _ if quoted => {}
            _ => {
                let word = ["NaN", "Infinity", "-Infinity"].into_iter();
                if let Some(word) = word.into_iter().find(|word| rest.starts_with(word)) {
                    (length, kept) = (word.len(), "null");
                }
            }
        }
        mended.push_str(kept);
        rest = rest.get(length..)?;
    }
    serde_json::from_str(&mended).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whole_elements_of_the_outermost_list_are_kept_wherever_it_was_cut() {
        let text = r#"{"object":"list","note":"a, [b]","data":[{"id":"a\"]","tags":[1,2]},{"id":"b","tags":[3,4]},{"id":"c"}],"has_more":false}"#;
        let ids = |value: Value| {
            let data = value["data"].as_array().cloned().unwrap();
            data.iter()
                .map(|one| one["id"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let first = text.find(r#",{"id":"b""#).unwrap();
        let second = text.find(r#",{"id":"c""#).unwrap();
        for cut in 0..text.len() {
            let found = text.get(..cut).and_then(list);
            let expected = match cut {
                _ if cut > second => Some(vec!["a\"]".to_owned(), "b".to_owned()]),
                _ if cut > first => Some(vec!["a\"]".to_owned()]),
                _ => None,
            };
            assert_eq!(found.map(ids), expected, "cut at {cut}");
        }
        assert_eq!(list("[[1,2],[3"), Some(json!([[1, 2]])));
        assert_eq!(list(r#"{"a":"#), None);
    }

    #[test]
    fn what_is_no_number_becomes_null_and_texts_stay() {
        let text = r#"{"a":NaN,"b":[-Infinity,Infinity,1],"NaN":"NaN \" Infinity","é":"\\"}"#;
        assert_eq!(
            no_numbers(text).unwrap(),
            json!({"a": null, "b": [null, null, 1], "NaN": "NaN \" Infinity", "é": "\\"})
        );
        for broken in ["{\"a\":nan}", "{\"a\":NaN", "", "\"\\", "<html>NaN</html>"] {
            assert_eq!(no_numbers(broken), None, "{broken}");
        }
    }
}
