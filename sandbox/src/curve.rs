//! How rewards develop: a seeded model of a reinforcement run that reacts to the hyperparameters the way people expect
//! it to. It is a caricature with the right signs, not a prediction.
//!
//! Everything here is a share, 0..=1; `jobs/rewards.rs` maps shares onto a grader's range.

use crate::jobs::{Effort, Settings};
use crate::random::Random;
use crate::scenario::Scenario;

/// Answers sampled for one example in one step.
pub(crate) const ROLLOUTS: f64 = 16.0;
/// Above this the learning rate starts to hurt.
const STABLE_RATE: f64 = 4.0;
/// Training tokens of an answer at the start, at medium effort.
const TOKENS: f64 = 2_600.0;

/// What one step of a job gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    /// Mean training reward.
    pub(crate) train: f64,
    /// Mean validation reward, were it evaluated.
    pub(crate) valid: f64,
    /// Share of answers that do not parse.
    pub(crate) parse_error: f64,
    /// Share of answers that got no reward at all.
    pub(crate) unresponsive: f64,
    /// Mean reasoning tokens of a training answer.
    pub(crate) train_tokens: f64,
    /// Mean reasoning tokens of a validation answer.
    pub(crate) valid_tokens: f64,
}

#[derive(Debug, Clone)]
pub(crate) struct Curve {
    random: Random,
    scenario: Scenario,
    total_steps: f64,
    n_epochs: f64,
    /// What the base model reaches.
    floor: f64,
    /// What training can reach.
    ceiling: f64,
    /// Learning in one step, where 8 is one e-fold of the way to the ceiling.
    pace: f64,
    /// 0 while the learning rate is sane, 1 when it wrecks the run.
    instability: f64,
    train_noise: f64,
    valid_noise: f64,
    tokens: f64,
}

impl Curve {
    pub(crate) fn new(
        settings: &Settings,
        validation_examples: usize,
        scenario: Scenario,
        random: Random,
    ) -> Self {
        let rate = settings.learning_rate_multiplier;
        let batch = f64::from(settings.batch_size);
        let compute = settings.compute_multiplier;
        let instability = ((rate - STABLE_RATE) / 6.0).clamp(0.0, 1.0);
        let (skill, tokens) = match settings.reasoning_effort {
            Effort::Low => (-0.04, 0.5),
            Effort::Default | Effort::Medium => (0.0, 1.0),
            Effort::High => (0.04, 1.9),
        };
        #[expect(clippy::cast_precision_loss, reason = "at most a thousand examples")]
        let evaluated = validation_examples.max(1) as f64 * f64::from(settings.eval_samples);
        Self {
            random,
            scenario,
            total_steps: f64::from(settings.total_steps),
            n_epochs: f64::from(settings.n_epochs),
            floor: random.named("floor").between(0.22, 0.34) + skill,
            ceiling: random.named("ceiling").between(0.76, 0.86)
                + skill
                + 0.03 * compute.log10().clamp(-1.0, 1.0),
            // A learning rate helps up to a point, a larger batch less than in proportion.
            pace: rate / (1.0 + (rate / STABLE_RATE).powi(2))
                * (batch / 16.0).powf(0.35)
                * compute.powf(0.3),
            instability,
            train_noise: 0.25 / (batch * ROLLOUTS * compute.max(0.1)).sqrt()
                * (1.0 + 4.0 * instability),
            // The same examples each time: less noise than their number says.
            valid_noise: 0.1 / evaluated.sqrt() * (1.0 + 4.0 * instability),
            tokens: TOKENS * tokens,
        }
    }

    /// The point after a step, counted from 1; 0 is the base model.
    pub(crate) fn at(&self, step: u32) -> Point {
        let random = self.random.named("step").numbered(u64::from(step));
        let done = f64::from(step) / self.total_steps.max(1.0);
        let (train, valid) = self.trend(f64::from(step), done);
        let parse_error = self.parse_error(random);
        let answered = 1.0 - parse_error;
        let noise = |name: &str, size: f64| random.named(name).normal() * size;
        let tokens = self.expected_tokens(step);
        Point {
            train: (train * answered + noise("train", self.train_noise)).clamp(0.0, 1.0),
            valid: (valid * answered + noise("valid", self.valid_noise)).clamp(0.0, 1.0),
            parse_error,
            unresponsive: (0.02 * (1.0 - done) * random.named("unresponsive").unit()).max(0.0),
            train_tokens: tokens * (1.0 + noise("train tokens", 0.015)),
            valid_tokens: tokens * 0.75 * (1.0 + noise("valid tokens", 0.015)),
        }
    }

    /// Mean reasoning tokens of a training answer without noise. Cheap: the length of every step depends on it.
    pub(crate) fn expected_tokens(&self, step: u32) -> f64 {
        let done = f64::from(step) / self.total_steps.max(1.0);
        let growth = match self.scenario {
            Scenario::RewardHacking => 2.2,
            _ => 0.2,
        };
        self.tokens * (1.0 + growth * done)
    }

    /// Training and validation reward without noise.
    fn trend(&self, step: f64, done: f64) -> (f64, f64) {
        let span = self.ceiling - self.floor;
        let shared = match self.scenario {
            Scenario::Plateau => self.floor + 0.4 * span * (1.0 - (-12.0 * done).exp()),
            Scenario::Collapse => {
                let best = self.floor + 0.75 * span;
                hill(done, 0.45, self.floor, best, 0.5 * self.floor)
            }
            Scenario::RewardHacking => {
                let train = self.floor + (0.97 - self.floor) * (1.0 - (-3.5 * done).exp());
                let best = self.floor + 0.45 * span;
                let valid = hill(done, 0.35, self.floor, best, 0.8 * self.floor);
                return (train, valid);
            }
            Scenario::Healthy | Scenario::ParseErrors | Scenario::Failure | Scenario::SlowQueue => {
                let learnt = 1.0 - (-step * self.pace / 8.0).exp();
                self.wreck(self.floor + span * learnt, done)
            }
        };
        // Many rounds over the same examples are learnt by heart, which validation does not reward.
        let by_heart = 0.006 * (done * self.n_epochs - 8.0).max(0.0);
        (shared - 0.01 + by_heart / 2.0, shared - by_heart)
    }

    /// What a learning rate that is too high does: the later, the worse.
    fn wreck(&self, reward: f64, done: f64) -> f64 {
        let start = 1.0 - 0.8 * self.instability;
        if self.instability <= 0.0 || done <= start {
            return reward;
        }
        let fallen = (done - start) / (1.0 - start).max(f64::EPSILON);
        reward + (0.4 * self.floor - reward) * fallen
    }

    fn parse_error(&self, random: Random) -> f64 {
        match self.scenario {
            Scenario::ParseErrors => random.named("parse").between(0.62, 0.78),
            _ => 0.0,
        }
    }
}

/// Up from `from` to `best` at `peak`, then down to `end`; all along the share that is done.
fn hill(done: f64, peak: f64, from: f64, best: f64, end: f64) -> f64 {
    if done <= peak {
        let way = done / peak;
        from + (best - from) * way * (2.0 - way)
    } else {
        best + (end - best) * (done - peak) / (1.0 - peak)
    }
}
