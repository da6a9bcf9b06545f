//! `graders/run` and `graders/validate`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use indexmap::IndexMap;
use rft_mcp_grading::{Range, Scope, Source, Template, Variable};
use serde_json::{Map, Value, json};

use super::{Grader, Operation, OutputJson};
use crate::check::Fields;
use crate::errors::ApiError;
use crate::random::{Random, digest};
use crate::routes::Body;
use crate::world::World;

/// Longer texts are compared up to here: the comparison takes time by the product of both lengths.
const LONGEST_TEXT: usize = 32_768;

/// `POST /v1/fine_tuning/alpha/graders/validate`.
pub(crate) async fn validate(
    State(world): State<Arc<World>>,
    Body(body): Body,
) -> Result<Json<Value>, ApiError> {
    let body = Fields::body(&body)?;
    body.deny_unknown(&["grader"])?;
    Grader::parse(
        &body.object("grader")?,
        OutputJson::Allowed,
        world.flavour(),
    )?;
    Ok(Json(json!({"grader": body.require("grader")?})))
}

/// `POST /v1/fine_tuning/alpha/graders/run`.
pub(crate) async fn run(
    State(world): State<Arc<World>>,
    Body(body): Body,
) -> Result<Json<Value>, ApiError> {
    let fields = Fields::body(&body)?;
    // `reference_answer` is the name that `item` had before.
    fields.deny_unknown(&["grader", "item", "model_sample", "reference_answer"])?;
    let grader = Grader::parse(
        &fields.object("grader")?,
        OutputJson::Allowed,
        world.flavour(),
    )?;
    let sample = fields.text("model_sample")?;
    let item = match fields.optional_object("item")? {
        Some(_) => fields.require("item")?.clone(),
        None => json!({}),
    };
    let bench = Bench {
        scope: Scope::new(&item, sample),
        random: Random::new(world.seed())
            .named("grader")
            .numbered(digest(sample.as_bytes()))
            .numbered(digest(item.to_string().as_bytes())),
        length: sample.chars().count(),
    };
    Ok(Json(reply(&grader, &bench)))
}

fn reply(grader: &Grader, bench: &Bench<'_>) -> Value {
    let mut outcomes: IndexMap<&str, Outcome> = IndexMap::new();
    let total = if let Grader::Multi { graders, .. } = grader {
        for (key, leaf) in graders {
            outcomes.insert(key, bench.grade(leaf));
        }
        combined(grader, &outcomes)
    } else {
        bench.grade(grader)
    };
    let mut tokens: Map<String, Value> = Map::new();
    for outcome in outcomes.values().chain([&total]) {
        if let Some(usage) = &outcome.usage {
            let sum = tokens.get(&usage.model).map(|sum| usage.plus(sum));
            tokens.insert(usage.model.clone(), sum.unwrap_or_else(|| usage.view()));
        }
    }
    let scores: Map<String, Value> = outcomes
        .iter()
        .map(|(key, outcome)| ((*key).to_owned(), json!(outcome.reward)))
        .collect();
    json!({
        "reward": total.reward,
        "metadata": {
            "name": grader.name(),
            "type": grader.kind(),
            "errors": total.errors.view(),
            "execution_time": total.seconds,
            "scores": scores,
            "token_usage": total.usage.as_ref().map(|usage| usage.prompt + usage.completion),
            "sampled_model_name": total.usage.as_ref().map(|usage| usage.model.clone()),
            "simulated": total.simulated,
        },
        "sub_rewards": scores,
        "model_grader_token_usage_per_model": tokens,
    })
}

/// A multi grader's outcome: its formula over the others' rewards, and every error any of them had.
fn combined(grader: &Grader, outcomes: &IndexMap<&str, Outcome>) -> Outcome {
    let rewards: Vec<f64> = outcomes.values().map(|outcome| outcome.reward).collect();
    let mut total = Outcome {
        reward: grader.combine(&rewards),
        ..Outcome::default()
    };
    let mut notes = Vec::new();
    for (key, outcome) in outcomes {
        total.errors.merge(&outcome.errors);
        total.seconds = total.seconds.max(outcome.seconds);
        if let Some(note) = &outcome.simulated {
            notes.push(format!("{key}: {note}"));
        }
    }
    if !notes.is_empty() {
        total.simulated = Some(notes.join("; "));
    }
    if !total.reward.is_finite() {
        total.reward = 0.0;
        total.errors.other = true;
    }
    total
}

/// What one call grades.
struct Bench<'a> {
    scope: Scope<'a>,
    random: Random,
    length: usize,
}

#[derive(Debug, Default)]
struct Outcome {
    reward: f64,
    errors: Errors,
    /// Simulated seconds.
    seconds: f64,
    usage: Option<Usage>,
    /// Says how the reward was made up, where it was.
    simulated: Option<String>,
}

impl Bench<'_> {
    fn grade(&self, grader: &Grader) -> Outcome {
        let random = self.random.named(grader.name()).named(grader.kind());
        match grader {
            Grader::StringCheck {
                input,
                reference,
                operation,
                ..
            } => self.compare(input, reference, |input, reference| {
                f64::from(u8::from(operation.holds(input, reference)))
            }),
            Grader::TextSimilarity {
                input,
                reference,
                metric,
                ..
            } => self.compare(input, reference, |input, reference| {
                metric.score(input, reference)
            }),
            Grader::ScoreModel {
                model,
                prompt,
                range,
                ..
            } => self.ask_model(model, prompt, *range, random),
            Grader::Remote { .. } => Outcome {
                reward: round(random.unit()),
                seconds: random.named("time").between(0.1, 1.0),
                simulated: Some(
                    "nobody was asked; the reward is a seeded number from 0 to 1".to_owned(),
                ),
                ..Outcome::default()
            },
            // A nested multi grader was refused; it would have no score of its own.
            Grader::Python { .. } | Grader::Multi { .. } => Outcome {
                reward: round(random.unit()),
                seconds: random.named("time").between(0.05, 0.4),
                simulated: Some(
                    "the source was not run; the reward is a seeded number from 0 to 1".to_owned(),
                ),
                ..Outcome::default()
            },
        }
    }

    fn compare(
        &self,
        input: &Template,
        reference: &Template,
        score: impl Fn(&str, &str) -> f64,
    ) -> Outcome {
        let rendered = input
            .render(&self.scope)
            .and_then(|input| Ok((input, reference.render(&self.scope)?)));
        match rendered {
            Err(variable) => self.no_value(variable),
            Ok((input, reference)) => {
                let (input, cut) = truncate(&input);
                let (reference, also_cut) = truncate(&reference);
                Outcome {
                    reward: score(input, reference),
                    errors: Errors {
                        truncated_observation: cut || also_cut,
                        ..Errors::default()
                    },
                    seconds: 0.001,
                    ..Outcome::default()
                }
            }
        }
    }

    fn ask_model(&self, model: &str, prompt: &[Template], range: Range, random: Random) -> Outcome {
        let mut characters = 0;
        for template in prompt {
            match template.render(&self.scope) {
                Err(variable) => return self.no_value(variable),
                Ok(text) => characters += text.chars().count(),
            }
        }
        Outcome {
            reward: round(range.at(random.unit())),
            seconds: random.named("time").between(1.5, 5.0),
            usage: Some(Usage {
                model: model.to_owned(),
                // About four characters a token, and the frame around the messages.
                prompt: characters / 4 + 4 * prompt.len() + 3,
                completion: 40 + self.length / 16,
            }),
            simulated: Some(
                "no model was asked; the reward is a seeded number within the grader's range"
                    .to_owned(),
            ),
            ..Outcome::default()
        }
    }

    /// A template names what is not there: an answer that is not JSON, or a key that the example lacks.
    fn no_value(&self, variable: &Variable) -> Outcome {
        let not_json = variable.source == Source::OutputJson && !self.scope.is_json();
        Outcome {
            errors: Errors {
                sample_parse: not_json,
                invalid_variable: !not_json,
                ..Errors::default()
            },
            ..Outcome::default()
        }
    }
}

impl Operation {
    fn holds(self, input: &str, reference: &str) -> bool {
        match self {
            Self::Equal => input == reference,
            Self::NotEqual => input != reference,
            Self::Like => input.contains(reference),
            Self::LikeAnyCase => input.to_lowercase().contains(&reference.to_lowercase()),
        }
    }
}

/// The errors that can come about here; the other keys of the reply are always false or null.
#[expect(clippy::struct_excessive_bools, reason = "the reply has one for each")]
#[derive(Debug, Default)]
struct Errors {
    sample_parse: bool,
    truncated_observation: bool,
    invalid_variable: bool,
    other: bool,
}

impl Errors {
    fn merge(&mut self, other: &Self) {
        self.sample_parse |= other.sample_parse;
        self.truncated_observation |= other.truncated_observation;
        self.invalid_variable |= other.invalid_variable;
        self.other |= other.other;
    }

    fn view(&self) -> Value {
        json!({
            "formula_parse_error": false,
            "sample_parse_error": self.sample_parse,
            "truncated_observation_error": self.truncated_observation,
            "unresponsive_reward_error": false,
            "invalid_variable_error": self.invalid_variable,
            "other_error": self.other,
            "python_grader_server_error": false,
            "python_grader_server_error_type": null,
            "python_grader_runtime_error": false,
            "python_grader_runtime_error_details": null,
            "model_grader_server_error": false,
            "model_grader_refusal_error": false,
            "model_grader_parse_error": false,
            "model_grader_server_error_details": null,
        })
    }
}

/// Tokens of a model grader.
#[derive(Debug)]
struct Usage {
    model: String,
    prompt: usize,
    completion: usize,
}

impl Usage {
    fn view(&self) -> Value {
        json!({
            "prompt_tokens": self.prompt,
            "total_tokens": self.prompt + self.completion,
            "completion_tokens": self.completion,
            "cached_tokens": 0,
        })
    }

    /// The same added to what another grader used of the same model.
    fn plus(&self, view: &Value) -> Value {
        let count = |key: &str| {
            let tokens = view.get(key).and_then(Value::as_u64).unwrap_or(0);
            usize::try_from(tokens).unwrap_or(0)
        };
        Self {
            model: self.model.clone(),
            prompt: self.prompt + count("prompt_tokens"),
            completion: self.completion + count("completion_tokens"),
        }
        .view()
    }
}

fn truncate(text: &str) -> (&str, bool) {
    match text.char_indices().nth(LONGEST_TEXT) {
        None => (text, false),
        Some((end, _)) => (text.get(..end).unwrap_or(text), true),
    }
}

fn round(reward: f64) -> f64 {
    (reward * 1e4).round() / 1e4
}
