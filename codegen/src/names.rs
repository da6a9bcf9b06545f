//! Names that are near each other, and names in Rust and in the environment.

use heck::ToUpperCamelCase;

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
        few if few.len() <= 16 => Some(format!("the names here are `{}`", few.join("`, `"))),
        _ => None,
    }
}

/// The nearest name, when it is near enough to be what was meant.
pub(crate) fn nearest<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    let distance =
        |other: &str| strsim::damerau_levenshtein(&name.to_lowercase(), &other.to_lowercase());
    let (far, nearest) = names.iter().map(|other| (distance(other), *other)).min()?;
    let contains = nearest.contains(name) || name.contains(nearest);
    let enough = (name.chars().count().max(3) / 3).max(1);
    (far <= enough || (contains && name.len() >= 3 && nearest.len() >= 3)).then_some(nearest)
}

/// Whether a variable of the environment may have this name here.
pub(crate) fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// A name as that of a Rust type, spelled as typify would spell it again.
pub(crate) fn pascal(name: &str) -> String {
    // `a_e` is `AE`, which read again is `Ae`: the second time is final.
    name.to_upper_camel_case().to_upper_camel_case()
}

/// Whether a step of a path leads up or nowhere, encoded or not.
pub(crate) fn leads_up(step: &str) -> bool {
    matches!(
        step.to_ascii_lowercase().replace("%2e", ".").as_str(),
        "." | ".."
    )
}
