use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// What happens to the jobs of a sandbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scenario {
    /// Rewards rise and level off near the top of the grader's range.
    #[default]
    Healthy,
    /// Rewards rise early, then stay well below the top.
    Plateau,
    /// Rewards rise to a best, then fall to less than the base model had.
    Collapse,
    /// Training rewards rise while validation rewards fall and answers grow three times as long.
    RewardHacking,
    /// Most answers can not be parsed, so rewards stay low.
    ParseErrors,
    /// Every job fails about half way.
    Failure,
    /// Jobs wait in the queue for hours, then run as the healthy ones.
    SlowQueue,
}

/// A scenario name that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("unknown scenario `{name}`: use one of {}", Scenario::names().join(", "))]
pub struct UnknownScenario {
    /// The name that was given.
    pub name: String,
}

impl Scenario {
    /// Every scenario, in the order they are documented.
    pub const ALL: [Self; 7] = [
        Self::Healthy,
        Self::Plateau,
        Self::Collapse,
        Self::RewardHacking,
        Self::ParseErrors,
        Self::Failure,
        Self::SlowQueue,
    ];

    /// The name used on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Plateau => "plateau",
            Self::Collapse => "collapse",
            Self::RewardHacking => "reward-hacking",
            Self::ParseErrors => "parse-errors",
            Self::Failure => "failure",
            Self::SlowQueue => "slow-queue",
        }
    }

    /// The names of [`Scenario::ALL`].
    #[must_use]
    pub fn names() -> [&'static str; 7] {
        Self::ALL.map(Self::name)
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Scenario {
    type Err = UnknownScenario;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|scenario| scenario.name() == name)
            .ok_or_else(|| UnknownScenario {
                name: name.to_owned(),
            })
    }
}
