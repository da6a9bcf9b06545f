//! Cuts results that are too large, so that a call that worked is never lost for its size.

use std::{collections::BTreeMap, fmt::Write as _, io};

use serde_json::{Map, Value};

/// Cuts are made one by one; a result that needs more than this many has no large part.
const CUTS: usize = 64;
/// Shorter texts are not cut.
const SHORT: usize = 200;

/// The size of a value as JSON text, in bytes.
pub fn size(value: &Value) -> usize {
    struct Count(usize);
    impl io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    // Neither a value nor the counter can fail.
    let _ = serde_json::to_writer(&mut count, value);
    count.0
}

/// Cuts the largest parts of a result until it has at most `limit` bytes: lists and objects after a whole element,
/// texts after a character. Says what was cut, by its JSON Pointer; nothing when it fits.
pub fn cut(result: &mut Value, limit: usize) -> Option<String> {
    let mut cuts = BTreeMap::new();
    for _ in 0..CUTS {
        let excess = size(result).saturating_sub(limit);
        if excess == 0 || !largest(result, excess, String::new(), &mut cuts) {
            break;
        }
    }
    if cuts.is_empty() {
        return None;
    }
    let mut told = format!("a result has at most {limit} bytes");
    for (place, Part { kept, of, what }) in cuts {
        let _ = write!(told, ", and `{place}` is cut to {kept} of {of} {what}");
    }
    Some(told)
}

/// What is left of something that was cut.
struct Part {
    kept: usize,
    of: usize,
    what: &'static str,
}

/// Takes `excess` bytes, or as many as there are, out of the largest part of a value.
fn largest(
    value: &mut Value,
    excess: usize,
    place: String,
    cuts: &mut BTreeMap<String, Part>,
) -> bool {
    let (kept, of, what) = match value {
        Value::Array(elements) => {
            let sizes: Vec<usize> = elements.iter().map(size).collect();
            if let Some(at) = dominant(&sizes)
                && let Some(element) = elements.get_mut(at)
                && largest(element, excess, format!("{place}/{at}"), cuts)
            {
                return true;
            }
            let (of, kept) = (elements.len(), fitting(&sizes, excess));
            elements.truncate(kept);
            (kept, of, "elements")
        }
        Value::Object(members) => {
            // With the quotes of the name and the colon.
            let sizes = members
                .iter()
                .map(|(name, member)| name.len() + 3 + size(member));
            let sizes: Vec<usize> = sizes.collect();
            // The members of the result itself are what the tool promises.
            let at = dominant(&sizes).or_else(|| {
                let root = place.is_empty();
                let largest = sizes.iter().enumerate().max_by_key(|(_, size)| **size);
                largest.filter(|_| root).map(|(at, _)| at)
            });
            let member = at.and_then(|at| members.iter_mut().nth(at));
            if let Some((name, member)) = member {
                let name = name.replace('~', "~0").replace('/', "~1");
                return largest(member, excess, format!("{place}/{name}"), cuts);
            }
            if place.is_empty() {
                return false;
            }
            let (of, kept) = (members.len(), fitting(&sizes, excess));
            *members = std::mem::take(members).into_iter().take(kept).collect();
            (kept, of, "members")
        }
        Value::String(text) if text.len() > SHORT => {
            let of = text.chars().count();
            let mut end = text.len().saturating_sub(excess + SHORT / 2).max(SHORT / 2);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
            let kept = text.chars().count();
            text.push('…');
            (kept, of, "characters")
        }
        _ => return false,
    };
    let of = cuts.get(&place).map_or(of, |before| before.of);
    cuts.insert(place, Part { kept, of, what });
    kept < of
}

/// The part that is larger than all others together.
fn dominant(sizes: &[usize]) -> Option<usize> {
    let total: usize = sizes.iter().sum();
    sizes
        .iter()
        .position(|size| *size > total / 2 && *size > SHORT)
}

/// How many parts from the front are left when those after them make up `excess`.
fn fitting(sizes: &[usize], excess: usize) -> usize {
    let mut left = sizes.len();
    let mut out = 0;
    while let Some(size) = left.checked_sub(1).and_then(|last| sizes.get(last)) {
        if out >= excess {
            break;
        }
        // The comma goes too.
        out += size + 1;
        left -= 1;
    }
    left
}

/// Says in a result that it is not all there is.
pub fn mark(result: &mut Map<String, Value>, note: &str) {
    result.insert("truncated".to_owned(), true.into());
    self::note(result, note);
}

/// Says something in a result, after what it says already.
pub fn note(result: &mut Map<String, Value>, note: &str) {
    let note = match result.get("note").and_then(Value::as_str) {
        Some(own) => format!("{own} {note}"),
        None => note.to_owned(),
    };
    result.insert("note".to_owned(), note.into());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn cut_to(mut value: Value, limit: usize) -> (Value, String) {
        let told = cut(&mut value, limit).unwrap_or_default();
        assert!(size(&value) <= limit, "{} bytes: {value}", size(&value));
        (value, told)
    }

    #[test]
    fn what_fits_stays() {
        let mut value = json!({"id": "a", "list": [1, 2, 3]});
        let exact = size(&value);
        assert_eq!(cut(&mut value, exact), None);
        assert_eq!(value, json!({"id": "a", "list": [1, 2, 3]}));
    }

    #[test]
    fn the_largest_part_is_cut_and_told_at_its_place() {
        let events: Vec<Value> = (0..100)
            .map(|at| json!({"at": at, "message": "x".repeat(20)}))
            .collect();
        let (value, told) = cut_to(json!({"id": "a", "events": events}), 1000);
        let kept = value["events"].as_array().unwrap().len();
        assert!((15..100).contains(&kept), "{kept}");
        assert_eq!(value["events"][kept - 1]["at"], kept - 1);
        assert_eq!(value["id"], "a");
        assert_eq!(
            told,
            format!(
                "a result has at most 1000 bytes, and `/events` is cut to {kept} of 100 elements"
            )
        );
        let (value, told) = cut_to(json!({"a": [1, {"b/c": "é".repeat(5000)}]}), 500);
        let text = value["a"][1]["b/c"].as_str().unwrap();
        assert!(
            text.ends_with("é…") && told.contains("`/a/1/b~1c` is cut to"),
            "{told}"
        );
        assert!(told.ends_with("of 5000 characters"), "{told}");
        let many: Map<String, Value> = (0..500).map(|at| (format!("k{at}"), at.into())).collect();
        let (value, told) = cut_to(json!({"id": "a", "many": many}), 400);
        assert!(
            value["many"]["k0"] == 0 && told.contains("of 500 members"),
            "{told}"
        );
    }

    #[test]
    fn a_note_that_is_there_stays() {
        let mut result = Map::new();
        result.insert("note".to_owned(), "Simulated.".into());
        mark(&mut result, "Cut.");
        assert_eq!(
            Value::Object(result),
            json!({"note": "Simulated. Cut.", "truncated": true})
        );
    }

    proptest! {
        #[test]
        fn a_list_of_anything_can_be_cut(texts in prop::collection::vec("\\PC{0,400}", 0..40), limit in 400_usize..2000) {
            let mut value = json!({"list": texts});
            cut(&mut value, limit);
            prop_assert!(size(&value) <= limit);
        }
    }
}
