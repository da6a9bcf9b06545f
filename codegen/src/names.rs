//! Names that are near each other, and names in Rust.

/// `did you mean` the nearest name, or the names there are when none is near and they are few.
pub(crate) fn suggestion<'n>(
    name: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<String> {
    let mut names: Vec<_> = names.into_iter().collect();
    if let Some(nearest) = nearest(name, &names) {
        return Some(format!("did you mean `{nearest}`?"));
    }
    names.sort_unstable();
    names.dedup();
    match names.as_slice() {
        [] => None,
        [only] => Some(format!("the only name here is `{only}`")),
        few if few.len() <= 12 => Some(format!("the names here are `{}`", few.join("`, `"))),
        _ => None,
    }
}

/// The nearest name, when it is near enough to be what was meant.
fn nearest<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    let distance =
        |other: &str| strsim::damerau_levenshtein(&name.to_lowercase(), &other.to_lowercase());
    let (far, nearest) = names.iter().map(|other| (distance(other), *other)).min()?;
    let contains = nearest.contains(name) || name.contains(nearest);
    let enough = (name.chars().count().max(3) / 3).max(1);
    (far <= enough || (contains && name.len() >= 3 && nearest.len() >= 3)).then_some(nearest)
}

/// A name in `snake_case` as the name of a Rust type.
pub(crate) fn pascal(name: &str) -> String {
    let mut pascal = String::new();
    for word in name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let mut letters = word.chars();
        pascal.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        pascal.push_str(letters.as_str());
    }
    pascal
}
