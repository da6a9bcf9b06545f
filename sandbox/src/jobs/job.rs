use serde_json::{Map, Value, json};

use super::bill;
use super::plan::Plan;
use super::request::Request;
use super::timeline::{Act, Status, Timeline};
use crate::clock::{Moment, unix};
use crate::errors::{ApiError, simulated};
use crate::files::Dataset;
use crate::random::Random;
use crate::scenario::Scenario;

/// A job: what was asked for, what follows from that, and what was done to it since.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) id: String,
    pub(crate) request: Request,
    pub(crate) plan: Plan,
    pub(crate) created: Moment,
    seed: u64,
    acts: Vec<Act>,
}

impl Job {
    /// `world` is the sandbox's own source; a job without a seed takes one from `number`.
    pub(crate) fn new(
        id: String,
        request: Request,
        files: (&Dataset, &Dataset),
        scenario: Scenario,
        world: Random,
        number: u64,
        created: Moment,
    ) -> Self {
        let seed = request
            .seed
            .and_then(|seed| u64::try_from(seed).ok())
            .unwrap_or_else(|| world.named("job seed").numbered(number).bits() % 2_147_483_648);
        let random = world.named("job").numbered(seed);
        let plan = Plan::new(&request, files.0, files.1, scenario, random);
        Self {
            id,
            request,
            plan,
            created,
            seed,
            acts: Vec::new(),
        }
    }

    pub(crate) fn timeline(&self, now: Moment) -> Timeline {
        Timeline::of(&self.plan, self.created, &self.acts, now)
    }

    pub(crate) fn pause(&mut self, now: Moment) -> Result<(), ApiError> {
        let timeline = self.timeline(now);
        if timeline.status != Status::Running {
            return Err(self.wrong_state("pause", timeline.status, "running"));
        }
        if timeline.is_finishing {
            return Err(ApiError::invalid(
                "invalid_job_state",
                None,
                format!(
                    "Cannot pause fine-tuning job {}: training has ended and the model is being screened.",
                    self.id
                ),
            ));
        }
        self.acts.push(Act::Pause(now));
        Ok(())
    }

    pub(crate) fn resume(&mut self, now: Moment) -> Result<(), ApiError> {
        let status = self.timeline(now).status;
        if status != Status::Paused {
            return Err(self.wrong_state("resume", status, "paused"));
        }
        self.acts.push(Act::Resume(now));
        Ok(())
    }

    pub(crate) fn cancel(&mut self, now: Moment) -> Result<(), ApiError> {
        let status = self.timeline(now).status;
        if status.is_final() {
            return Err(self.wrong_state("cancel", status, "not yet ended"));
        }
        self.acts.push(Act::Cancel(now));
        Ok(())
    }

    fn wrong_state(&self, verb: &str, status: Status, needed: &str) -> ApiError {
        ApiError::invalid(
            "invalid_job_state",
            None,
            format!(
                "Cannot {verb} fine-tuning job {}: its status is '{}', and only a job that is {needed} can be {}.",
                self.id,
                status.name(),
                match verb {
                    "pause" => "paused",
                    "resume" => "resumed",
                    _ => "cancelled",
                }
            ),
        )
    }

    /// The name of the model that comes out.
    pub(crate) fn model_name(&self) -> String {
        format!(
            "ft:{}:sandbox-simulated:{}:{}",
            self.request.model,
            self.request.suffix.as_deref().unwrap_or_default(),
            self.plan.random.named("model").named(&self.id).id("", 8)
        )
    }

    /// The name of the model after a step.
    pub(crate) fn checkpoint_name(&self, step: u32) -> String {
        format!("{}:ckpt-step-{step}", self.model_name())
    }

    /// The source of this job's ids.
    pub(crate) fn ids(&self) -> Random {
        self.plan.random.named("ids").named(&self.id)
    }

    /// The id of the file with the metrics of a job that succeeded.
    pub(crate) fn result_file(&self) -> String {
        self.ids().named("results").id("file-", 22)
    }

    /// The job object.
    pub(crate) fn view(&self, now: Moment) -> Value {
        let timeline = self.timeline(now);
        let succeeded = timeline.status == Status::Succeeded;
        let estimate = match timeline.status {
            Status::Running => self.timeline(f64::INFINITY).finished,
            _ => None,
        };
        let settings = timeline.started.then_some(&self.plan.settings);
        json!({
            "object": "fine_tuning.job",
            "id": self.id,
            "model": self.request.model,
            "created_at": unix(self.created),
            "finished_at": timeline.finished.map(unix),
            "fine_tuned_model": succeeded.then(|| self.model_name()),
            "organization_id": "org-simulated",
            "result_files": if succeeded { vec![self.result_file()] } else { Vec::new() },
            "status": timeline.status.name(),
            "validation_file": self.request.validation_file,
            "training_file": self.request.training_file,
            "hyperparameters": null,
            "trained_tokens": bill::trained_tokens(self, &timeline),
            "error": self.error(&timeline),
            "user_provided_suffix": self.request.suffix,
            "seed": self.seed,
            "estimated_finish": estimate.map(unix),
            "integrations": self.request.integrations.clone().unwrap_or_default(),
            "metadata": self.request.metadata,
            "usage_metrics": bill::usage(self, &timeline),
            "shared_with_openai": false,
            "eval_id": null,
            "method": {
                "type": "reinforcement",
                "reinforcement": {
                    "grader": self.request.grader_sent,
                    "hyperparameters": self.request.hyperparameters.view(settings),
                    "response_format": self.request.response_format,
                },
            },
        })
    }

    /// Null unless the job failed.
    fn error(&self, timeline: &Timeline) -> Value {
        match (timeline.status, &self.plan.rejection) {
            (Status::Failed, Some(rejection)) => json!({
                "code": rejection.code,
                "message": simulated(rejection.message.clone()),
                "param": rejection.param,
            }),
            (Status::Failed, None) => json!({
                "code": "server_error",
                "message": simulated(FAILURE.to_owned()),
                "param": null,
            }),
            _ => Value::Null,
        }
    }

    /// Whether the metadata holds all of these pairs.
    pub(crate) fn has_metadata(&self, wanted: &[(String, String)]) -> bool {
        let own = self.request.metadata.as_ref();
        wanted.iter().all(|(key, value)| {
            own.and_then(|own| own.get(key)).and_then(Value::as_str) == Some(value)
        })
    }

    pub(crate) fn has_no_metadata(&self) -> bool {
        self.request.metadata.as_ref().is_none_or(Map::is_empty)
    }
}

/// What the failure scenario ends with.
pub(crate) const FAILURE: &str =
    "The job failed due to an internal error during training (simulated failure scenario).";
