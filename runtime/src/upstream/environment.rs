//! What texts of a manifest take from the environment.

use secrecy::SecretString;

use super::ProviderError;
use crate::tool::{Piece, Text};

/// Fills text from the environment and notes the variables that are required and not there.
pub(super) fn expand(
    text: Text,
    env: &dyn Fn(&str) -> Option<String>,
    missing: &mut Vec<String>,
) -> Result<String, ProviderError> {
    let mut filled = String::new();
    for piece in text {
        match piece {
            // An address from the environment often ends with the slash that the literal begins with.
            Piece::Literal(literal) if literal.starts_with('/') => {
                filled.truncate(filled.trim_end_matches('/').len());
                filled.push_str(literal);
            }
            Piece::Literal(literal) => filled.push_str(literal),
            Piece::Env { name, default } => match (read(name, env)?, default) {
                (Some(value), _) => filled.push_str(&value),
                (None, Some(default)) => filled.push_str(default),
                (None, None) => missing.push((*name).to_owned()),
            },
        }
    }
    Ok(filled)
}

/// A variable, or what is in the file that `NAME_FILE` names.
fn read(name: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<Option<String>, ProviderError> {
    if let Some(value) = env(name).filter(|value| !value.trim().is_empty()) {
        return Ok(Some(value.trim().to_owned()));
    }
    let variable = format!("{name}_FILE");
    let Some(path) = env(&variable).filter(|path| !path.is_empty()) else {
        return Ok(None);
    };
    let read = std::fs::read_to_string(path);
    let text = read.map_err(|error| ProviderError::File {
        variable: variable.clone(),
        reason: error.to_string(),
    })?;
    if text.trim().is_empty() {
        return Err(ProviderError::File {
            variable,
            reason: "it is empty".to_owned(),
        });
    }
    Ok(Some(text.trim().to_owned()))
}

/// What a text takes from the environment: a key without the words around it, which may come back without them.
pub(super) fn held(
    text: Text,
    env: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<SecretString>, ProviderError> {
    let mut held = Vec::new();
    for piece in text {
        if let Piece::Env { name, .. } = piece {
            held.extend(read(name, env)?.map(SecretString::from));
        }
    }
    Ok(held)
}

/// Whether a header or a part of the query may be a key: what the environment has to give, without a default.
pub(super) fn is_secret(text: Text) -> bool {
    let needed = |piece: &Piece| matches!(piece, Piece::Env { default: None, .. });
    text.iter().any(needed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_at_the_end_of_a_variable_is_not_doubled() {
        static WITH_PATH: Text = &[
            Piece::Env {
                name: "ACME_URL",
                default: None,
            },
            Piece::Literal("/v1"),
        ];
        let env = |_: &str| Some("https://a.example/".to_owned());
        let mut missing = Vec::new();
        let filled = expand(WITH_PATH, &env, &mut missing).unwrap();
        assert_eq!(filled, "https://a.example/v1");
    }
}
