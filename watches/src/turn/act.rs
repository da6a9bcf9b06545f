//! Following a decision: once, whoever does it.

use rft_mcp_monitors::{Action, Decision, Phase};
use tokio::time::timeout;

use super::Turn;
use crate::{
    provider::{Look, Trouble},
    store::{StoreError, ask},
    watch::{Outcome, Record, State},
};

/// How often a job that runs may refuse before its watch ends.
const REFUSED: u32 = 8;

impl Turn<'_> {
    pub(super) async fn intend(
        &self,
        decision: Decision,
        look: &Look,
    ) -> Result<Record, StoreError> {
        let seen = self.telling(decision.action, look);
        let (claim, lease) = (self.claim.clone(), self.watcher.options.lease());
        ask(&self.watcher.store, move |store| {
            store.intend(&claim, &decision, &seen, lease)
        })
        .await
    }

    /// Ids of the messages that tell of such an act.
    fn telling(&self, action: Action, look: &Look) -> Vec<String> {
        let told = &self.watcher.settings.told;
        let words = match action {
            Action::Cancel => &told.cancel,
            Action::Pause | Action::Notify => &told.pause,
        };
        look.messages
            .iter()
            .filter(|message| {
                let text = message.text.to_lowercase();
                words.iter().any(|word| text.contains(word))
            })
            .map(|message| message.id.clone())
            .collect()
    }

    /// Sends what was decided. Its attempt is written down.
    pub(super) async fn send(&mut self, record: Record) -> Result<(), StoreError> {
        let action = record.decision.action;
        let provider = &self.watcher.provider;
        let sent = timeout(
            self.watcher.options.act,
            provider.act(&self.claim.watch.id, &self.claim.watch.job, action),
        );
        self.next.state = State::Acting;
        let settle = self.watcher.options.settle.as_secs_f64();
        match sent.await {
            Ok(Ok(status)) => {
                let phase = self.watcher.settings.statuses.phase(&status);
                let answer = format!("the provider answered: {status}");
                if self.follows(action, &status) {
                    self.next.memory.status = Some(status);
                    self.next.memory.phase = Some(phase);
                    self.settle(&record, Outcome::Done, answer).await?;
                    self.followed(action);
                } else {
                    self.settle(&record, Outcome::Open, answer).await?;
                    self.next.wait = settle;
                }
            }
            Ok(Err(Trouble::Refused(says) | Trouble::Gone(says))) if record.attempts >= REFUSED => {
                let answer = format!("the provider refused {} times: {says}", record.attempts);
                self.settle(&record, Outcome::Moot, answer.clone()).await?;
                self.end(answer);
            }
            Ok(Err(trouble)) => {
                self.settle(&record, Outcome::Open, trouble.to_string())
                    .await?;
                self.troubled(trouble).await?;
                self.next.wait = self.next.wait.max(settle);
            }
            Err(_) => {
                let answer = "the provider did not answer in time".to_owned();
                self.settle(&record, Outcome::Open, answer.clone()).await?;
                self.failed(answer);
                self.next.wait = settle;
            }
        }
        Ok(())
    }

    /// Goes on with a decision that was written down by this process or another: looks whether it was followed, and
    /// sends it again only where it was not.
    pub(super) async fn recover(
        &mut self,
        mut record: Record,
        look: &Look,
        phase: Phase,
    ) -> Result<(), StoreError> {
        let action = record.decision.action;
        let is_told = self
            .telling(action, look)
            .iter()
            .any(|id| !record.seen.contains(id));
        let follows = self.follows(action, &look.status);
        if follows || is_told {
            let answer = if follows {
                format!("found {}", look.status)
            } else {
                format!("the job told of it, and is {} since", look.status)
            };
            self.settle(&record, Outcome::Done, answer).await?;
            self.followed(action);
        } else if phase == Phase::Ended {
            let answer = format!("the job ended by itself: {}", look.status);
            self.settle(&record, Outcome::Moot, answer).await?;
        } else if phase == Phase::Waits && action == Action::Pause {
            // It can not be paused before it runs.
            self.next.state = State::Acting;
        } else {
            let (claim, id, lease) = (self.claim.clone(), record.id, self.watcher.options.lease());
            ask(&self.watcher.store, move |store| {
                store.attempt(&claim, id, lease)
            })
            .await?;
            record.attempts += 1;
            self.send(record).await?;
        }
        Ok(())
    }

    /// Whether a job of this status has followed an act.
    fn follows(&self, action: Action, status: &str) -> bool {
        let settings = &self.watcher.settings;
        let phase = settings.statuses.phase(status);
        match action {
            Action::Pause => phase == Phase::Rests,
            Action::Cancel => {
                let told = settings
                    .told
                    .cancel
                    .iter()
                    .any(|word| status.contains(word));
                phase == Phase::Ended && told
            }
            Action::Notify => true,
        }
    }

    pub(super) async fn settle(
        &self,
        record: &Record,
        outcome: Outcome,
        answer: String,
    ) -> Result<(), StoreError> {
        let (claim, id) = (self.claim.clone(), record.id);
        ask(&self.watcher.store, move |store| {
            store.settle(&claim, id, outcome, &answer)
        })
        .await?;
        (self.watcher.told)(&self.claim.watch);
        Ok(())
    }

    fn followed(&mut self, action: Action) {
        if action == Action::Cancel {
            self.end("the job was cancelled".to_owned());
        } else {
            self.next.state = State::Resting;
        }
    }
}
