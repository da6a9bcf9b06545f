//! What stands between an agent and money: the person, limits and a log.

use std::{collections::BTreeMap, path::PathBuf, str::FromStr};

use clap::{Args, ValueEnum};
use rft_mcp_runtime::{
    engine::{Asking, Settings},
    server::{Sealing, SealingKey},
};

use super::{Error, secret};

/// Holds the key to seal with, or in `…_FILE` the path of a file with it.
const KEY: &str = "RFT_MCP_STATE_KEY";

#[derive(Debug, Clone, Default, Args)]
pub struct Safety {
    /// Whether a person is asked before a call that spends or destroys
    #[arg(long, env = "RFT_MCP_CONFIRM", value_enum)]
    pub confirm: Option<Confirm>,
    /// A limit on spending, instead of the manifest's: `launch_usd=500`, or `launch_usd=none` for no limit
    #[arg(
        long,
        env = "RFT_MCP_SPENDING",
        value_name = "NAME=NUMBER",
        value_delimiter = ','
    )]
    pub spending: Vec<Limit>,
    /// A file that gets a line before and after each call that changes something: who, what and how it ended
    #[arg(long, env = "RFT_MCP_AUDIT_LOG", value_name = "FILE")]
    pub audit_log: Option<PathBuf>,
}

/// Whether a person is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Confirm {
    /// Where they can be asked; otherwise as the manifest says
    Auto,
    /// Always; where they can not be asked a call is refused until it says `confirm: true`
    Always,
    /// Never
    Never,
}

/// A limit, by its name in the manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    name: String,
    most: Option<f64>,
}

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("expected NAME=NUMBER or NAME=none, not `{text}`");
        let (name, most) = text.split_once('=').ok_or_else(wrong)?;
        let most = match most.trim() {
            "none" => None,
            number => {
                let most: f64 = number.parse().map_err(|_| wrong())?;
                if !most.is_finite() || most < 0.0 {
                    return Err(format!("a limit is a number from 0, not `{number}`"));
                }
                Some(most)
            }
        };
        Ok(Self {
            name: name.trim().to_owned(),
            most,
        })
    }
}

impl Safety {
    /// What is chosen here, or else there. Limits of both hold, and of one that both have this one.
    pub fn or(mut self, other: Self) -> Self {
        let mut spending = other.spending;
        spending.append(&mut self.spending);
        Self {
            confirm: self.confirm.or(other.confirm),
            spending,
            audit_log: self.audit_log.or(other.audit_log),
        }
    }

    /// Puts what is chosen into the settings.
    pub fn apply(self, settings: &mut Settings) {
        settings.asking = match self.confirm {
            None | Some(Confirm::Auto) => Asking::Auto,
            Some(Confirm::Always) => Asking::Always,
            Some(Confirm::Never) => Asking::Never,
        };
        let limits = self.spending.into_iter();
        let limits: BTreeMap<_, _> = limits.map(|limit| (limit.name, limit.most)).collect();
        settings.spending = limits;
        settings.audit_log = self.audit_log;
    }
}

/// How answers of persons are sealed: with the key in the environment, when there is one.
pub fn sealing(file: Option<PathBuf>) -> Result<Sealing, Error> {
    let given = match file {
        Some(path) => Some((secret::file(&path)?, path.display().to_string())),
        None => secret::named(KEY)?,
    };
    let Some((key, from)) = given else {
        return Ok(Sealing::default());
    };
    // Files end with a line end, which is no part of a key.
    let key = key.trim_ascii().to_vec();
    let key = SealingKey::new(key).map_err(|error| Error::Usage(format!("{from}: {error}")))?;
    Ok(Sealing {
        key: Some(key),
        patience: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_numbers_or_none() {
        let limit = |text: &str| text.parse::<Limit>();
        let parsed = limit("launch_usd=12.5").unwrap();
        assert_eq!(
            (parsed.name.as_str(), parsed.most),
            ("launch_usd", Some(12.5))
        );
        assert_eq!(limit("launch_usd=none").unwrap().most, None);
        assert_eq!(limit("launch_usd=0").unwrap().most, Some(0.0));
        for wrong in [
            "launch_usd",
            "launch_usd=",
            "launch_usd=x",
            "launch_usd=-1",
            "launch_usd=inf",
            "launch_usd=NaN",
        ] {
            assert!(limit(wrong).is_err(), "{wrong}");
        }
    }
}
