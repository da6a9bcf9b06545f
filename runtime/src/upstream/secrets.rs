//! A provider's keys, and texts without them.

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

/// The fewest characters of a key that is taken out of what a provider sends back.
const SHORTEST_KEY: usize = 6;

/// A provider's keys, in each way they are written. `Debug` shows none.
#[derive(Debug)]
pub(super) struct Secrets(Vec<SecretString>);

impl Secrets {
    pub(super) fn of(keys: &[SecretString]) -> Self {
        Self(keys.iter().flat_map(written).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Text without the keys, whoever put them there.
    pub(super) fn redact(&self, mut text: String) -> String {
        for secret in self.held_in(&text).collect::<Vec<_>>() {
            text = text.replace(secret, "[redacted]");
        }
        text
    }

    /// [`Self::redact_all`] of an object.
    pub(super) fn redact_members(&self, members: &mut Map<String, Value>) {
        if self.0.is_empty() {
            return;
        }
        members
            .values_mut()
            .for_each(|member| self.redact_all(member));
        if members
            .keys()
            .any(|name| self.held_in(name).next().is_some())
        {
            *members = std::mem::take(members)
                .into_iter()
                .map(|(name, member)| (self.redact(name), member))
                .collect();
        }
    }

    /// [`Self::redact`] of every text in a value, names of members included. What came over the wire with escapes is found
    /// here, after they are undone.
    fn redact_all(&self, value: &mut Value) {
        if self.0.is_empty() {
            return;
        }
        match value {
            Value::String(text) => *text = self.redact(std::mem::take(text)),
            Value::Array(elements) => elements.iter_mut().for_each(|one| self.redact_all(one)),
            Value::Object(members) => self.redact_members(members),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// The keys that are in a text. What is short is no key, and would be found in any.
    fn held_in<'a>(&'a self, text: &str) -> impl Iterator<Item = &'a str> {
        let secrets = self.0.iter().map(ExposeSecret::expose_secret);
        secrets.filter(move |secret| secret.len() >= SHORTEST_KEY && text.contains(secret))
    }
}

/// A key as it is, and as it stands in an address and in JSON that escapes more than it has to.
fn written(secret: &SecretString) -> Vec<SecretString> {
    let plain = secret.expose_secret();
    let encoded = percent_encoding::utf8_percent_encode(plain, percent_encoding::NON_ALPHANUMERIC);
    let address = percent_encoding::utf8_percent_encode(plain, COMPONENT).to_string();
    let escaped = |upper: bool| {
        let escape = |char: char| match char {
            '+' | '/' | '=' | '&' | '<' | '>' | '\'' if upper => {
                format!("\\u{:04X}", u32::from(char))
            }
            '+' | '/' | '=' | '&' | '<' | '>' | '\'' => format!("\\u{:04x}", u32::from(char)),
            other => other.to_string(),
        };
        plain.chars().map(escape).collect::<String>()
    };
    let mut forms = vec![
        encoded.to_string(),
        address.replace("%20", "+"),
        address,
        plain.replace('/', "\\/"),
        escaped(true),
        escaped(false),
    ];
    forms.retain(|form| form != plain);
    forms.sort();
    forms.dedup();
    let forms = forms.into_iter().map(SecretString::from);
    std::iter::once(secret.clone()).chain(forms).collect()
}

/// What `encodeURIComponent` leaves as it is.
const COMPONENT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_in_an_address_and_in_escaped_json() {
        let forms = written(&SecretString::from("ab+c/d=="));
        let forms: Vec<&str> = forms.iter().map(ExposeSecret::expose_secret).collect();
        for form in [
            "ab+c/d==",
            "ab%2Bc%2Fd%3D%3D",
            "ab+c\\/d==",
            "ab\\u002Bc\\u002Fd\\u003D\\u003D",
            "ab\\u002bc\\u002fd\\u003d\\u003d",
        ] {
            assert!(forms.contains(&form), "{form}: {forms:?}");
        }
        assert_eq!(written(&SecretString::from("plain1")).len(), 1);
    }
}
