//! The types of grader and their keys.

/// A type of grader.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    pub(super) name: &'static str,
    /// Required, with what is expected there.
    pub(super) required: &'static [(&'static str, Shape)],
    pub(super) optional: &'static [(&'static str, Shape)],
    /// What people write instead, and what it is called.
    pub(super) instead: &'static [(&'static str, &'static str)],
}

/// What stands under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Number,
    List,
    Object,
}

impl Shape {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::List => "a list",
            Self::Object => "an object",
        }
    }
}

pub(super) const METRICS: [&str; 10] = [
    "fuzzy_match",
    "bleu",
    "gleu",
    "meteor",
    "rouge_1",
    "rouge_2",
    "rouge_3",
    "rouge_4",
    "rouge_5",
    "rouge_l",
];

const THRESHOLD: (&str, Shape) = ("pass_threshold", Shape::Number);

pub(super) const TYPES: [Type; 7] = [
    Type {
        name: "string_check",
        required: &[
            ("name", Shape::Text),
            ("input", Shape::Text),
            ("reference", Shape::Text),
            ("operation", Shape::Text),
        ],
        optional: &[THRESHOLD],
        instead: &[
            ("evaluation_metric", "operation"),
            ("expected", "reference"),
        ],
    },
    Type {
        name: "text_similarity",
        required: &[
            ("name", Shape::Text),
            ("input", Shape::Text),
            ("reference", Shape::Text),
            ("evaluation_metric", Shape::Text),
        ],
        optional: &[THRESHOLD],
        instead: &[
            ("operation", "evaluation_metric"),
            ("metric", "evaluation_metric"),
        ],
    },
    Type {
        name: "score_model",
        required: &[
            ("name", Shape::Text),
            ("model", Shape::Text),
            ("input", Shape::List),
        ],
        optional: &[
            ("range", Shape::List),
            ("sampling_params", Shape::Object),
            THRESHOLD,
        ],
        instead: &[
            ("prompt", "input"),
            ("messages", "input"),
            ("sampling", "sampling_params"),
        ],
    },
    Type {
        name: "python",
        required: &[("name", Shape::Text), ("source", Shape::Text)],
        optional: &[("image_tag", Shape::Text), THRESHOLD],
        instead: &[("code", "source")],
    },
    Type {
        name: "multi",
        required: &[
            ("name", Shape::Text),
            ("graders", Shape::Object),
            ("calculate_output", Shape::Text),
        ],
        optional: &[THRESHOLD],
        instead: &[("formula", "calculate_output")],
    },
    Type {
        name: "endpoint",
        required: &[("name", Shape::Text), ("url", Shape::Text)],
        optional: &[
            ("headers", Shape::Object),
            ("rate_limit", Shape::Number),
            THRESHOLD,
        ],
        instead: &[("endpoint", "url")],
    },
    Type {
        name: "lambda",
        required: &[("lambda", Shape::Object)],
        optional: &[("name", Shape::Text)],
        instead: &[("function", "lambda: {function: …}")],
    },
];
