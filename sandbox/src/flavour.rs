use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Which provider's differences a sandbox shows. All of them speak the same wire format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flavour {
    /// Everything, under `/v1`. No key is needed, but for the permissions of checkpoints: a key that is sent for those
    /// must be an administrator's, which begins with `sk-admin-`.
    #[default]
    OpenAi,
    /// Under `/openai/v1`, and with a dated `api-version` under `/openai`. A key is needed, in `api-key` or as a bearer
    /// token. A model answers once it is deployed (`POST /sandbox/deployments`); jobs pause by themselves at $5,000.
    Azure,
    /// Under `/v1`, with a bearer token. Two models, graders of type `lambda` alone, and neither pauses
    /// nor suffixes nor a list of jobs by their metadata.
    Bedrock,
}

/// A flavour that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("unknown flavour `{name}`: use one of {}", Flavour::ALL.map(Flavour::name).join(", "))]
pub struct UnknownFlavour {
    /// The name that was given.
    pub name: String,
}

impl Flavour {
    /// Every flavour.
    pub const ALL: [Self; 3] = [Self::OpenAi, Self::Azure, Self::Bedrock];

    /// The name used on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::Azure => "azure",
            Self::Bedrock => "bedrock",
        }
    }

    /// Where the API begins.
    #[must_use]
    pub const fn base_path(self) -> &'static str {
        match self {
            Self::OpenAi | Self::Bedrock => "/v1",
            Self::Azure => "/openai/v1",
        }
    }

    /// The types of graders that it takes.
    pub(crate) const fn grader_types(self) -> &'static [&'static str] {
        match self {
            Self::OpenAi => &[
                "string_check",
                "text_similarity",
                "score_model",
                "python",
                "multi",
            ],
            Self::Azure => &[
                "string_check",
                "text_similarity",
                "score_model",
                "python",
                "multi",
                "endpoint",
            ],
            Self::Bedrock => &["lambda"],
        }
    }

    /// The fewest and the most training examples.
    pub(crate) const fn training_examples(self) -> (usize, usize) {
        match self {
            Self::OpenAi | Self::Azure => (1, 50_000),
            Self::Bedrock => (100, 20_000),
        }
    }

    /// The cost, in dollars, at which a job pauses by itself, once.
    pub(crate) const fn pauses_at(self) -> Option<f64> {
        match self {
            Self::Azure => Some(5_000.0),
            Self::OpenAi | Self::Bedrock => None,
        }
    }
}

impl fmt::Display for Flavour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Flavour {
    type Err = UnknownFlavour;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|flavour| flavour.name() == name)
            .ok_or_else(|| UnknownFlavour {
                name: name.to_owned(),
            })
    }
}
