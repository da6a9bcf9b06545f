//! A job's life up to a moment: a walk over its plan and what people did to it. Nothing is remembered between calls.

use super::plan::Plan;
use crate::clock::Moment;

/// What somebody did to a job. An act is recorded only when the job's state at that moment allows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Act {
    Pause(Moment),
    Resume(Moment),
    Cancel(Moment),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Status {
    #[default]
    ValidatingFiles,
    Queued,
    Running,
    Pausing,
    Paused,
    Succeeded,
    Failed,
    Cancelled,
}

impl Status {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::ValidatingFiles => "validating_files",
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Pausing => "pausing",
            Self::Paused => "paused",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    pub(crate) const fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Cancelled)
    }
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Entry {
    pub(crate) at: Moment,
    pub(crate) what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Created,
    Validating,
    Rejected,
    Queued,
    Started,
    /// A training step ended; its evaluation is part of it.
    Step(u32),
    /// The model after a step was saved.
    Checkpoint(u32),
    PauseAsked,
    /// The cost reached the provider's limit.
    LimitReached,
    /// The snapshot of a pause was written, after this many steps.
    Snapshot(u32),
    /// The model after a step, or the final one, passed the safety screening.
    Screened(u32),
    Paused(u32),
    Resumed,
    CancelAsked,
    Failed,
    ScreeningFinal,
    ModelCreated,
    Succeeded,
    Cancelled,
}

/// A job as it is at one moment.
#[derive(Debug, Clone, Default)]
pub(crate) struct Timeline {
    pub(crate) status: Status,
    /// Oldest first. What is in it never changes later; time only appends.
    pub(crate) entries: Vec<Entry>,
    /// Seconds of training, which is what is billed.
    pub(crate) trained: f64,
    /// Steps that ended.
    pub(crate) steps: u32,
    pub(crate) started: bool,
    pub(crate) finished: Option<Moment>,
    /// The snapshot that a resume would go on from.
    pub(crate) snapshot: Option<u32>,
    /// It has paused by itself, which happens once.
    pub(crate) was_limited: bool,
    /// All steps are done and only the screening of the result is left.
    pub(crate) is_finishing: bool,
}

impl Timeline {
    /// The state at `now`; at infinity, how it ends if nobody does anything any more.
    pub(crate) fn of(plan: &Plan, created: Moment, acts: &[Act], now: Moment) -> Self {
        let mut walk = Walk {
            plan,
            acts,
            now,
            at: created,
            line: Self::default(),
        };
        // Whether the walk got to the end or stopped at `now` shows in the status.
        let _ended = walk.whole();
        walk.line
    }
}

struct Walk<'a> {
    plan: &'a Plan,
    /// Those that were not yet reached.
    acts: &'a [Act],
    now: Moment,
    at: Moment,
    line: Timeline,
}

/// The walk stops: `now` is reached, or the job's life ended.
struct Stop;

type Going = Result<(), Stop>;

impl Walk<'_> {
    fn whole(&mut self) -> Going {
        self.log(What::Created);
        self.log(What::Validating);
        self.wait(Status::ValidatingFiles, self.plan.validating())?;
        if self.plan.rejection.is_some() {
            return self.end(What::Rejected, Status::Failed);
        }
        self.log(What::Queued);
        self.wait(Status::Queued, self.plan.queue(0))?;
        self.line.started = true;
        let mut pauses = 0;
        self.log(What::Started);
        while self.train()? == Trained::UntilPause {
            pauses += 1;
            self.pause()?;
            self.wait(Status::Queued, self.plan.queue(pauses))?;
            self.line.snapshot = None;
            self.log(What::Started);
        }
        self.line.is_finishing = true;
        self.log(What::ScreeningFinal);
        self.wait(Status::Running, self.plan.screening())?;
        self.log(What::Screened(self.line.steps));
        self.log(What::ModelCreated);
        self.end(What::Succeeded, Status::Succeeded)
    }

    /// Steps until the last one or until somebody pauses.
    fn train(&mut self) -> Result<Trained, Stop> {
        self.line.status = Status::Running;
        let failing = self.plan.failing_step();
        while self.line.steps < self.plan.settings.total_steps {
            let step = self.line.steps + 1;
            let whole = self.plan.timing(step).whole();
            let fails = failing == Some(step);
            let end = self.at + if fails { whole / 2.0 } else { whole };
            let act = self.acts.first().copied();
            if let Some(at) = self.limit(end, act) {
                return self.stop_at_limit(at);
            }
            match act {
                Some(Act::Pause(at)) if at < end => {
                    self.acts = self.acts.get(1..).unwrap_or_default();
                    self.line.trained += at - self.at;
                    self.at = at;
                    self.log(What::PauseAsked);
                    return Ok(Trained::UntilPause);
                }
                Some(Act::Cancel(at)) if at < end => {
                    self.line.trained += at - self.at;
                    return Err(self.cancel(at));
                }
                _ => {}
            }
            if self.now < end {
                self.line.trained += self.now - self.at;
                return Err(Stop);
            }
            self.line.trained += end - self.at;
            self.at = end;
            if fails {
                self.end(What::Failed, Status::Failed)?;
            }
            self.line.steps = step;
            self.log(What::Step(step));
            if self.plan.evaluates(step) {
                self.log(What::Checkpoint(step));
            }
        }
        Ok(Trained::ToTheEnd)
    }

    /// When the provider's limit stops this step, if nothing else does before.
    fn limit(&self, end: Moment, act: Option<Act>) -> Option<Moment> {
        let limit = self.plan.limit.filter(|_| !self.line.was_limited)?;
        let at = self.at + (limit - self.line.trained).max(0.0);
        let before = match act {
            Some(Act::Pause(act) | Act::Cancel(act)) => act <= at,
            Some(Act::Resume(_)) | None => false,
        };
        (at < end && !before).then_some(at)
    }

    fn stop_at_limit(&mut self, at: Moment) -> Result<Trained, Stop> {
        if self.now < at {
            self.line.trained += self.now - self.at;
            return Err(Stop);
        }
        self.line.trained += at - self.at;
        self.at = at;
        self.line.was_limited = true;
        self.log(What::LimitReached);
        Ok(Trained::UntilPause)
    }

    /// From the request to pause to the moment somebody resumes. The step under way is given up.
    fn pause(&mut self) -> Going {
        let steps = self.line.steps;
        self.wait(Status::Pausing, self.plan.snapshot())?;
        self.line.snapshot = Some(steps).filter(|steps| *steps > 0);
        if steps > 0 {
            self.log(What::Snapshot(steps));
            self.wait(Status::Pausing, self.plan.screening())?;
            self.log(What::Screened(steps));
        }
        self.log(What::Paused(steps));
        self.line.status = Status::Paused;
        match self.acts.first().copied() {
            Some(Act::Resume(at)) => {
                self.acts = self.acts.get(1..).unwrap_or_default();
                self.at = at;
                self.log(What::Resumed);
                Ok(())
            }
            Some(Act::Cancel(at)) => Err(self.cancel(at)),
            Some(Act::Pause(_)) | None => Err(Stop),
        }
    }

    /// A time in which only a cancellation can happen.
    fn wait(&mut self, status: Status, seconds: f64) -> Going {
        self.line.status = status;
        let end = self.at + seconds;
        if let Some(Act::Cancel(at)) = self.acts.first().copied()
            && at < end
        {
            return Err(self.cancel(at));
        }
        if self.now < end {
            return Err(Stop);
        }
        self.at = end;
        Ok(())
    }

    fn cancel(&mut self, at: Moment) -> Stop {
        self.at = at;
        self.log(What::CancelAsked);
        let _stop = self.end(What::Cancelled, Status::Cancelled);
        Stop
    }

    fn end(&mut self, what: What, status: Status) -> Going {
        self.log(what);
        self.line.status = status;
        self.line.finished = Some(self.at);
        Err(Stop)
    }

    fn log(&mut self, what: What) {
        self.line.entries.push(Entry { at: self.at, what });
    }
}

#[derive(PartialEq, Eq)]
enum Trained {
    ToTheEnd,
    UntilPause,
}
