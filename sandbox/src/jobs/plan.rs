//! What a job will do if nobody interferes, decided when it is created.

use super::bill::HOURLY_RATE;
use super::request::Request;
use super::rewards::{Rewards, Scores};
use super::settings::Settings;
use crate::curve::{Curve, Point, ROLLOUTS};
use crate::files::{Dataset, MOST_VALIDATION};
use crate::random::Random;
use crate::scenario::Scenario;

/// Batch and compute of the step whose times were measured: 32 examples at a compute multiplier of 1.
const FULL_BATCH: f64 = 32.0;
/// Seconds of that step.
const SAMPLING: f64 = 226.8;
const TRAINING: f64 = 402.4;
/// Reasoning tokens of an answer that takes the time given for sampling.
const MEASURED_TOKENS: f64 = 2_860.0;
/// Seconds of an evaluation of 20 answers.
const EVALUATION: f64 = 101.7;

#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) settings: Settings,
    pub(crate) validation_examples: usize,
    /// What is wrong with the files, found while they are validated.
    pub(crate) rejection: Option<Rejection>,
    /// Seconds of training after which it pauses by itself, once.
    pub(crate) limit: Option<f64>,
    pub(crate) scenario: Scenario,
    /// Names the result: what the fine-tuned model is called after the model and the suffix.
    pub(crate) random: Random,
    timing: Random,
    curve: Curve,
    rewards: Rewards,
    /// Shares of the examples that lack a key the grader needs.
    lost: Lost,
    /// Mean tokens of a prompt.
    pub(crate) prompt_tokens: f64,
}

/// Why the files were rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rejection {
    pub(crate) code: &'static str,
    pub(crate) param: &'static str,
    pub(crate) message: String,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Lost {
    pub(crate) train: f64,
    pub(crate) valid: f64,
}

/// Seconds of the parts of one step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timing {
    pub(crate) sampling: f64,
    pub(crate) training: f64,
    pub(crate) eval: Option<f64>,
}

impl Timing {
    pub(crate) fn whole(self) -> f64 {
        self.sampling + self.training + self.eval.unwrap_or(0.0) + 0.6
    }
}

impl Plan {
    /// `random` follows from the sandbox's seed and the job's.
    pub(crate) fn new(
        request: &Request,
        train: &Dataset,
        valid: &Dataset,
        scenario: Scenario,
        random: Random,
    ) -> Self {
        let settings = request.hyperparameters.resolve(train.examples);
        let curve = Curve::new(&settings, valid.examples, scenario, random.named("curve"));
        let keys = request.grader.item_keys();
        #[expect(clippy::cast_precision_loss, reason = "sizes of files")]
        let prompt_tokens = train.bytes as f64 / train.examples.max(1) as f64 / 4.0;
        Self {
            validation_examples: valid.examples,
            rejection: reject(train, valid, request.flavour.training_examples()),
            limit: request
                .flavour
                .pauses_at()
                .map(|dollars| dollars / HOURLY_RATE * 3_600.0),
            scenario,
            random,
            timing: random.named("timing"),
            rewards: Rewards::new(&request.grader, random.named("rewards")),
            lost: Lost {
                train: lacking(train, &keys),
                valid: lacking(valid, &keys),
            },
            prompt_tokens: prompt_tokens.min(100_000.0),
            curve,
            settings,
        }
    }

    pub(crate) fn validating(&self) -> f64 {
        self.random.named("validating").between(60.0, 120.0)
    }

    /// Seconds in the queue, the first time (0) or after a pause.
    pub(crate) fn queue(&self, turn: u32) -> f64 {
        let random = self.random.named("queue").numbered(u64::from(turn));
        match (self.scenario, turn) {
            (Scenario::SlowQueue, _) => random.between(3.0, 9.0) * 3_600.0,
            (_, 0) => random.between(120.0, 360.0),
            _ => random.between(60.0, 180.0),
        }
    }

    /// Seconds to write a snapshot once a pause was asked for.
    pub(crate) fn snapshot(&self) -> f64 {
        self.random.named("snapshot").between(30.0, 60.0)
    }

    /// Seconds of the safety screening of a model.
    pub(crate) fn screening(&self) -> f64 {
        self.random.named("screening").between(90.0, 240.0)
    }

    /// Validation happens every `eval_interval` steps and after the last one.
    pub(crate) fn evaluates(&self, step: u32) -> bool {
        step == self.settings.total_steps || step.is_multiple_of(self.settings.eval_interval)
    }

    /// The step during which the job fails, if it is to.
    pub(crate) fn failing_step(&self) -> Option<u32> {
        let share = self.random.named("failing").between(0.4, 0.6);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a u32"
        )]
        let step = (f64::from(self.settings.total_steps) * share).ceil() as u32;
        (self.scenario == Scenario::Failure).then_some(step.max(1))
    }

    /// How long a step takes. Every look at a job adds up its steps, so this is kept cheap.
    pub(crate) fn timing(&self, step: u32) -> Timing {
        let random = self.timing.numbered(u64::from(step));
        let wobble = |part: u64| random.numbered(part).between(0.95, 1.05);
        let size =
            f64::from(self.settings.batch_size) * self.settings.compute_multiplier / FULL_BATCH;
        let length = self.expected_tokens(step) / MEASURED_TOKENS;
        #[expect(clippy::cast_precision_loss, reason = "at most a thousand examples")]
        let answers = self.validation_examples as f64 * f64::from(self.settings.eval_samples);
        Timing {
            // Sampling and training run on many machines: a small batch does not save its share.
            sampling: SAMPLING * (0.4 + 0.6 * size) * (0.5 + 0.5 * length) * wobble(0),
            training: TRAINING * (0.3 + 0.7 * size) * wobble(1),
            eval: self
                .evaluates(step)
                .then(|| EVALUATION * (answers / 20.0).sqrt().max(0.5) * wobble(2)),
        }
    }

    pub(crate) fn point(&self, step: u32) -> Point {
        self.curve.at(step)
    }

    /// Mean reasoning tokens of a training answer, as expected before the step.
    pub(crate) fn expected_tokens(&self, step: u32) -> f64 {
        self.curve.expected_tokens(step)
    }

    pub(crate) fn lost(&self) -> Lost {
        self.lost
    }

    pub(crate) fn train_scores(&self, request: &Request, step: u32) -> Scores {
        let point = self.point(step);
        let lost = self.lost.train.max(point.unresponsive);
        self.rewards
            .at(&request.grader, point.train, lost, u64::from(step) * 2)
    }

    pub(crate) fn valid_scores(&self, request: &Request, step: u32) -> Scores {
        let (share, lost) = (self.point(step).valid, self.lost.valid);
        self.rewards
            .at(&request.grader, share, lost, u64::from(step) * 2 + 1)
    }

    /// Answers sampled in one training step.
    pub(crate) fn train_samples(&self) -> f64 {
        (f64::from(self.settings.batch_size) * ROLLOUTS * self.settings.compute_multiplier)
            .round()
            .max(1.0)
    }

    /// Answers graded in one evaluation.
    #[expect(clippy::cast_precision_loss, reason = "at most a thousand examples")]
    pub(crate) fn valid_samples(&self) -> f64 {
        self.validation_examples as f64 * f64::from(self.settings.eval_samples)
    }
}

/// The first reason to reject the files, those of the training file first.
fn reject(train: &Dataset, valid: &Dataset, training: (usize, usize)) -> Option<Rejection> {
    one_file(train, "training_file", "invalid_training_file", training)
        .or_else(|| {
            one_file(
                valid,
                "validation_file",
                "invalid_validation_file",
                (1, MOST_VALIDATION),
            )
        })
        .or_else(|| match train.shared_with(valid) {
            0 => None,
            shared => Some(Rejection {
                code: "invalid_validation_file",
                param: "validation_file",
                message: format!(
                    "The validation file shares {shared} example(s) with the training file; the same example must \
                     not be in both."
                ),
            }),
        })
}

fn one_file(
    file: &Dataset,
    param: &'static str,
    code: &'static str,
    (least, most): (usize, usize),
) -> Option<Rejection> {
    let why = match file.problem() {
        Some(problem) => problem.to_string(),
        None if file.examples > most => {
            format!(
                "the file holds {} examples, more than {most}",
                file.examples
            )
        }
        None if file.examples < least => format!(
            "the file holds {} examples, fewer than {least}",
            file.examples
        ),
        None => return None,
    };
    let which = param.replace('_', " ");
    Some(Rejection {
        code,
        param,
        message: format!("The job failed due to an invalid {which}: {why}."),
    })
}

/// The share of examples that lack a key: the scarcest key decides.
#[expect(clippy::cast_precision_loss, reason = "counts of examples")]
fn lacking(file: &Dataset, keys: &[&str]) -> f64 {
    let examples = file.examples.max(1) as f64;
    keys.iter()
        .map(|key| 1.0 - file.keys.get(*key).copied().unwrap_or(0) as f64 / examples)
        .fold(0.0, f64::max)
}
