//! What is done with a watch that was claimed: look, ask its rules, act, and give it back.

mod act;

use std::{
    collections::hash_map::DefaultHasher,
    hash::{Hash as _, Hasher as _},
};

use rft_mcp_monitors::{
    Action, Decision, Facts, Phase, Verdict, decide,
    schedule::{self, State as Pace},
};
use tokio::time::timeout;

use crate::{
    provider::{Look, Trouble},
    rate::LONGEST,
    store::{Claim, Next, StoreError, ask},
    trail::Trail,
    watch::{AfterResume, Memory, Outcome, State},
    watcher::Watcher,
};

/// Looks in a row that have to find no job before its watch ends.
const GONE: u32 = 3;

/// Looks in a row that go on from the one before. Then everything is read, in case something came late.
const PARTIAL: u32 = 50;

/// Whether a job of this phase is not at rest.
const fn goes_on(phase: Phase) -> bool {
    matches!(phase, Phase::Runs | Phase::Waits)
}

/// One claim, until it is given back.
pub struct Turn<'a> {
    watcher: &'a Watcher,
    claim: Claim,
    next: Next,
    /// Whether to look again as soon as after an act.
    soon: bool,
}

impl<'a> Turn<'a> {
    pub fn new(watcher: &'a Watcher, claim: Claim) -> Self {
        let watch = &claim.watch;
        let next = Next {
            state: watch.state,
            reason: None,
            arming: watch.arming,
            since: watch.since,
            memory: watch.memory.clone(),
            trail: claim.trail.clone(),
            progress: false,
            looked: false,
            wait: watch.pace.interval,
        };
        Self {
            watcher,
            claim,
            next,
            soon: false,
        }
    }

    pub async fn take(mut self) -> Result<(), StoreError> {
        if self.claim.taken_over && self.claim.open.is_some() {
            // Whoever had it can not begin to send any more, but may have begun. By this process's own watch: the
            // database's clock may have been set.
            tokio::time::sleep(self.watcher.options.act).await;
        }
        match timeout(self.watcher.options.look, self.look()).await {
            Ok(Ok(look)) => self.saw(look).await?,
            Ok(Err(Trouble::Gone(says))) => {
                self.next.memory.gone += 1;
                self.failed(says);
                if self.next.memory.gone >= GONE {
                    self.lost_its_job().await?;
                }
            }
            Ok(Err(trouble)) => self.troubled(trouble).await?,
            Err(_) => self.failed("reading the job took too long".to_owned()),
        }
        self.give_back().await
    }

    /// Reads the job, on from where the look before ended. What that would decide is decided on everything: an event
    /// may have come late, behind those that were read.
    async fn look(&self) -> Result<Look, Trouble> {
        let job = &self.claim.watch.job;
        if let Some(trail) = self.trail() {
            let look = self.watcher.provider.look(job, Some(trail)).await?;
            let is_watching = self.claim.watch.state == State::Watching;
            if look.whole || !(is_watching && self.would_decide(&look)) {
                return Ok(look);
            }
        }
        self.watcher.provider.look(job, None).await
    }

    /// What this look may go on from.
    fn trail(&self) -> Option<&Trail> {
        let watch = &self.claim.watch;
        // What became of a decision is told by any message, and a watch that is armed anew counts from what there is.
        let is_decided = self.claim.open.is_some()
            || watch.state == State::Resting && watch.memory.phase.is_some_and(goes_on);
        let trail = self.claim.trail.as_ref()?;
        let serves = trail.names.is_superset(&watch.rules.metrics());
        (serves && !is_decided && watch.memory.partial < PARTIAL).then_some(trail)
    }

    /// Whether any rule decides something that it did not tell before.
    fn would_decide(&self, look: &Look) -> bool {
        let verdict = decide(&self.claim.watch.rules, &self.facts(look));
        verdict
            .decisions
            .iter()
            .any(|decision| !self.has_told(decision))
    }

    fn has_told(&self, decision: &Decision) -> bool {
        let named = (self.claim.watch.arming, decision.rule);
        decision.action == Action::Notify && self.next.memory.noticed.contains(&named)
    }

    async fn saw(&mut self, look: Look) -> Result<(), StoreError> {
        let phase = self.watcher.settings.statuses.phase(&look.status);
        self.remember(&look, phase);
        match (self.claim.open.take(), self.claim.watch.state) {
            (Some(record), _) => self.recover(record, &look, phase).await?,
            (None, State::Resting) => self.rest(&look, phase),
            // An act that was settled, but not given back.
            (None, State::Acting) => self.next.state = State::Resting,
            (None, State::Watching | State::Ended) => self.judge(&look).await?,
        }
        if phase == Phase::Ended && self.next.state != State::Ended {
            self.end(format!("the job has ended: {}", look.status));
        }
        Ok(())
    }

    /// Keeps what the next look is held against.
    fn remember(&mut self, look: &Look, phase: Phase) {
        let (mark, message) = (self.mark(look), self.newest_message(look));
        let memory = &mut self.next.memory;
        memory.looks = if memory.phase == Some(phase) {
            memory.looks.saturating_add(1)
        } else {
            0
        };
        memory.phase = Some(phase);
        memory.status = Some(look.status.clone());
        memory.step = look.series.steps.last().map(|step| step.step);
        (memory.failures, memory.gone, memory.trouble) = (0, 0, None);
        memory.partial = if look.whole { 0 } else { memory.partial + 1 };
        memory.mark = mark;
        self.next.progress = self.next.memory.mark != self.claim.watch.memory.mark;
        self.next.looked = true;
        self.next.trail = look
            .newest
            .clone()
            .filter(|_| look.complete && !look.series.cut)
            .map(|event| {
                let names = self.claim.watch.rules.metrics();
                Trail {
                    event,
                    message,
                    series: look.series.only(&names),
                    names,
                }
            });
    }

    /// Another one whenever the job reports something new.
    fn mark(&self, look: &Look) -> String {
        let step = look.series.steps.last().map_or(0, |step| step.step);
        let evaluations = look.series.points("valid_reward").len();
        let newest = self.newest_message(look).unwrap_or_default();
        format!("{} {newest} {step} {evaluations}", look.status)
    }

    /// The id of the newest message, which may have been read before.
    fn newest_message(&self, look: &Look) -> Option<String> {
        let message = look.messages.first().map(|message| message.id.clone());
        let before = || self.claim.trail.as_ref()?.message.clone();
        message.or_else(|| before().filter(|_| !look.whole))
    }

    /// Asks the rules, and follows the weightiest.
    async fn judge(&mut self, look: &Look) -> Result<(), StoreError> {
        let Verdict {
            decisions,
            standings,
        } = decide(&self.claim.watch.rules, &self.facts(look));
        self.next.memory.standings = standings;
        let mut acts = None;
        for decision in decisions {
            if decision.action == Action::Notify {
                if !self.has_told(&decision) {
                    self.notice(decision).await?;
                }
            } else if acts.is_none() {
                acts = Some(decision);
            }
        }
        let Some(decision) = acts else {
            return Ok(());
        };
        let record = self.intend(decision, look).await?;
        (self.watcher.told)(&self.claim.watch);
        self.send(record).await
    }

    /// Writes down what only tells something.
    async fn notice(&mut self, decision: Decision) -> Result<(), StoreError> {
        let arming = self.claim.watch.arming;
        let noticed = &mut self.next.memory.noticed;
        noticed.retain(|(of, _)| *of == arming);
        noticed.push((arming, decision.rule));
        let claim = self.claim.clone();
        let ask = ask(&self.watcher.store, move |store| {
            store.notice(&claim, &decision)
        });
        if ask.await? {
            (self.watcher.told)(&self.claim.watch);
        }
        Ok(())
    }

    fn facts<'b>(&self, look: &'b Look) -> Facts<'b>
    where
        'a: 'b,
    {
        let quiet = if self.mark(look) == self.claim.watch.memory.mark {
            (self.claim.now - self.claim.watch.progress_at).max(0.0)
        } else {
            0.0
        };
        Facts {
            status: &look.status,
            statuses: &self.watcher.settings.statuses,
            series: &look.series,
            complete: look.complete,
            view: look.view,
            spent: look.spent,
            hourly_usd: self
                .claim
                .watch
                .rules
                .budget
                .and_then(|budget| budget.hourly_usd),
            quiet: Some(quiet),
            since: self.claim.watch.since,
        }
    }

    /// The job was paused: it stays so, or somebody has let it go on.
    fn rest(&mut self, look: &Look, phase: Phase) {
        if !goes_on(phase) {
            return;
        }
        // One look may be answered by a part of the provider that has not heard of the pause.
        if !self.claim.watch.memory.phase.is_some_and(goes_on) {
            self.soon = true;
            return;
        }
        if self.claim.watch.after_resume == AfterResume::End {
            self.end("the job was resumed".to_owned());
        } else if look.complete && !look.series.cut {
            self.next.since = self.facts(look).now();
            self.next.arming += 1;
            self.next.state = State::Watching;
        }
    }

    async fn lost_its_job(&mut self) -> Result<(), StoreError> {
        let reason = "the provider has no such job any more".to_owned();
        if let Some(record) = self.claim.open.take() {
            self.settle(&record, Outcome::Moot, reason.clone()).await?;
        }
        self.end(reason);
        Ok(())
    }

    fn end(&mut self, reason: String) {
        self.next.state = State::Ended;
        self.next.reason = Some(reason);
    }

    async fn troubled(&mut self, trouble: Trouble) -> Result<(), StoreError> {
        let says = trouble.to_string();
        self.failed(says);
        if let Trouble::Busy { retry_after, .. } = trouble {
            let asked = retry_after.unwrap_or(self.claim.watch.pace.least);
            let seconds = asked.clamp(0.0, LONGEST);
            let scope = self.watcher.options.scope.clone();
            ask(&self.watcher.store, move |store| {
                store.quiet(&scope, seconds)
            })
            .await?;
            self.next.wait = self.next.wait.max(seconds);
        }
        Ok(())
    }

    fn failed(&mut self, says: String) {
        self.next.memory.failures = self.next.memory.failures.saturating_add(1);
        self.next.memory.trouble = Some(says);
    }

    async fn give_back(mut self) -> Result<(), StoreError> {
        let memory: &Memory = &self.next.memory;
        let near = memory
            .standings
            .iter()
            .fold(0.0, |near, one| f64::max(near, one.near));
        let pace = Pace {
            phase: memory.phase.unwrap_or(Phase::Waits),
            near,
            looks: memory.looks,
            failures: memory.failures,
            retry_after: None,
            seed: self.seed(),
        };
        let usual = schedule::wait(&self.claim.watch.pace, &pace);
        if self.soon {
            self.next.wait = self.watcher.options.settle.as_secs_f64();
        } else if self.next.state != State::Acting {
            self.next.wait = if memory.failures > 0 {
                usual.max(self.next.wait)
            } else {
                usual
            };
        }
        let told = self.next.progress
            || self.next.state != self.claim.watch.state
            || memory.trouble != self.claim.watch.memory.trouble;
        self.next.wait /= self.watcher.options.speed;
        let (claim, next) = (self.claim.clone(), self.next.clone());
        ask(&self.watcher.store, move |store| {
            store.release(&claim, &next)
        })
        .await?;
        if told {
            (self.watcher.told)(&self.claim.watch);
        }
        Ok(())
    }

    /// Another number for each watch and claim.
    fn seed(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.claim.watch.id, self.claim.fence).hash(&mut hasher);
        hasher.finish()
    }
}
