//! Graders: what the API accepts as one, and what it computes.

mod parse;
mod range;
mod run;
mod similarity;

use indexmap::IndexMap;
use rft_mcp_grading::{Formula, Template, Variable};

pub(crate) use self::parse::OutputJson;
pub(crate) use self::range::range_of;
pub(crate) use self::run::{run, validate};
pub(crate) use self::similarity::Metric;

/// A grader that was accepted.
#[derive(Debug, Clone)]
pub(crate) enum Grader {
    StringCheck {
        name: String,
        input: Template,
        reference: Template,
        operation: Operation,
    },
    TextSimilarity {
        name: String,
        input: Template,
        reference: Template,
        metric: Metric,
    },
    ScoreModel {
        name: String,
        model: String,
        /// The texts of its messages.
        prompt: Vec<Template>,
        range: rft_mcp_grading::Range,
    },
    Python {
        name: String,
    },
    /// A server or a function outside of the provider.
    Remote {
        name: String,
        kind: &'static str,
    },
    Multi {
        name: String,
        graders: IndexMap<String, Grader>,
        formula: Formula,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    Equal,
    NotEqual,
    /// The input contains the reference.
    Like,
    /// The same without regard to case.
    LikeAnyCase,
}

impl Grader {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::StringCheck { name, .. }
            | Self::TextSimilarity { name, .. }
            | Self::ScoreModel { name, .. }
            | Self::Python { name, .. }
            | Self::Remote { name, .. }
            | Self::Multi { name, .. } => name,
        }
    }

    /// The word that `type` holds.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::StringCheck { .. } => "string_check",
            Self::TextSimilarity { .. } => "text_similarity",
            Self::ScoreModel { .. } => "score_model",
            Self::Python { .. } => "python",
            Self::Remote { kind, .. } => kind,
            Self::Multi { .. } => "multi",
        }
    }

    /// The graders that give scores of their own: those of a multi grader, else the grader itself.
    pub(crate) fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::Multi { graders, .. } => graders.values().collect(),
            leaf => vec![leaf],
        }
    }

    /// The reward that follows from the leaves' scores, in the order of [`Grader::leaves`].
    pub(crate) fn combine(&self, scores: &[f64]) -> f64 {
        match self {
            Self::Multi {
                graders, formula, ..
            } => formula
                .evaluate(&|name| scores.get(graders.get_index_of(name)?).copied())
                .unwrap_or(f64::NAN),
            _ => scores.first().copied().unwrap_or(f64::NAN),
        }
    }

    /// The keys of an example that its templates start from.
    pub(crate) fn item_keys(&self) -> Vec<&str> {
        match self {
            Self::StringCheck {
                input, reference, ..
            }
            | Self::TextSimilarity {
                input, reference, ..
            } => [input, reference]
                .into_iter()
                .flat_map(Template::variables)
                .filter_map(Variable::item_key)
                .collect(),
            Self::ScoreModel { prompt, .. } => prompt
                .iter()
                .flat_map(Template::variables)
                .filter_map(Variable::item_key)
                .collect(),
            Self::Python { .. } | Self::Remote { .. } => Vec::new(),
            Self::Multi { graders, .. } => graders.values().flat_map(Self::item_keys).collect(),
        }
    }
}
