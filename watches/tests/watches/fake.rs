//! A provider in memory, whose faults are scripted.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};

use futures::future::BoxFuture;
use rft_mcp_insight::{
    curve::View,
    metrics::{Series, Step},
};
use rft_mcp_monitors::{Action, Settings, schedule::Pace};
use rft_mcp_watches::{
    AfterResume, Look, Message, New, Options, Provider, Store, Trail, Trouble, Watch, Watcher,
};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::Place;

pub const SCOPE: &str = "fake";

/// The reward of a step without an evaluation.
pub const UNMEASURED: f64 = -1.0;

#[derive(Debug, Clone)]
pub struct Job {
    pub status: &'static str,
    pub rewards: Vec<f64>,
    pub complete: bool,
    /// The newest first.
    pub told: Vec<Message>,
    /// Requests to pause, and those that did something.
    pub sent: u32,
    pub paused: u32,
}

/// What becomes of a request to pause.
#[derive(Debug, Clone)]
pub enum Fault {
    /// It is done, and the answer is lost.
    LostAnswer,
    /// Nothing is done, and nobody knows.
    LostRequest,
    /// Refused for now.
    Busy(f64),
    /// Refused for good.
    Refused,
    /// The answer comes later than anybody waits, and it is done.
    Slow,
}

#[derive(Debug, Clone, Default)]
pub struct Fake(Arc<Mutex<World>>);

#[derive(Debug, Default)]
pub struct World {
    pub jobs: BTreeMap<String, Job>,
    /// What the next looks fail with.
    pub looks: VecDeque<Trouble>,
    /// What becomes of the next requests to pause.
    pub acts: VecDeque<Fault>,
    pub looked: u32,
    /// Of these, those that went on from another, and those that read everything.
    pub partial: u32,
    pub whole: u32,
    /// How long a request to pause is on its way, besides.
    pub travel: Duration,
    /// Where looks wait, once they are counted.
    pub gate: Option<Arc<Semaphore>>,
    /// The job whose look goes on for as long as it is this.
    pub stuck: Option<String>,
}

impl Fake {
    /// A job on a plateau, which the rules of [`watched`] decide to pause.
    pub fn plateau(&self, id: &str) {
        self.job(id, &[0.5; 6]);
    }

    pub fn job(&self, id: &str, rewards: &[f64]) {
        let job = Job {
            status: "running",
            rewards: rewards.to_vec(),
            complete: true,
            told: vec![message("started", "Fine-tuning job started")],
            sent: 0,
            paused: 0,
        };
        self.with(|world| world.jobs.insert(id.to_owned(), job));
    }

    pub fn with<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        act(&mut self.0.lock().unwrap())
    }

    pub fn change(&self, id: &str, act: impl FnOnce(&mut Job)) {
        self.with(|world| act(world.jobs.get_mut(id).unwrap()));
    }

    pub fn of(&self, id: &str) -> Job {
        self.with(|world| world.jobs[id].clone())
    }
}

pub fn message(id: &str, text: &str) -> Message {
    Message {
        id: id.to_owned(),
        text: text.to_owned(),
    }
}

impl Job {
    fn pause(&mut self) {
        self.status = "pausing";
        self.paused += 1;
        let id = format!("pausing-{}", self.paused);
        self.told.insert(
            0,
            message(&id, "Fine-tuning job pausing, saving a snapshot"),
        );
    }

    pub fn resume(&mut self) {
        self.status = "running";
        let id = format!("resumed-{}", self.paused);
        self.told.insert(0, message(&id, "Fine-tuning job resumed"));
    }

    /// All of its steps; or, on from a look before, the newest step and whatever was not there then, but for what came
    /// late.
    fn look(&self, from: Option<&Trail>) -> Look {
        let known = |step: u64| {
            let is_known = |trail: &Trail| {
                let newest = trail.series.steps.last().map_or(0, |step| step.step);
                step < newest
            };
            from.is_some_and(is_known)
        };
        let steps = self.rewards.iter().enumerate().map(|(index, reward)| Step {
            step: index as u64 + 1,
            values: Some(("valid_reward".to_owned(), *reward))
                .filter(|(_, reward)| *reward != UNMEASURED)
                .into_iter()
                .collect(),
            ..Step::default()
        });
        let read = Series {
            steps: steps.filter(|step| !known(step.step)).collect(),
            total_steps: Some(100),
            cut: false,
        };
        Look {
            status: self.status.to_owned(),
            series: match from {
                Some(trail) => read.with(&trail.series),
                None => read,
            },
            complete: self.complete,
            whole: from.is_none(),
            newest: Some(format!("event-{}", self.rewards.len() + self.told.len())),
            view: View::default(),
            spent: None,
            messages: match from.and_then(|trail| trail.message.as_ref()) {
                None => self.told.clone(),
                Some(known) => {
                    let new = self.told.iter().take_while(|message| message.id != *known);
                    new.cloned().collect()
                }
            },
        }
    }
}

impl Provider for Fake {
    fn look<'a>(
        &'a self,
        job: &'a str,
        from: Option<&'a Trail>,
    ) -> BoxFuture<'a, Result<Look, Trouble>> {
        Box::pin(async move {
            let gate = self.with(|world| {
                world.looked += 1;
                world.gate.clone()
            });
            if let Some(gate) = gate {
                let _ = gate.acquire().await;
            }
            while self.with(|world| world.stuck.as_deref() == Some(job)) {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            self.with(|world| {
                if let Some(trouble) = world.looks.pop_front() {
                    return Err(trouble);
                }
                let gone = || Trouble::Gone(format!("no such job: {job}"));
                let job = world.jobs.get(job).ok_or_else(gone)?;
                *(if from.is_some() {
                    &mut world.partial
                } else {
                    &mut world.whole
                }) += 1;
                Ok(job.look(from))
            })
        })
    }

    fn act<'a>(
        &'a self,
        _: &'a str,
        job: &'a str,
        action: Action,
    ) -> BoxFuture<'a, Result<String, Trouble>> {
        assert_eq!(action, Action::Pause);
        Box::pin(async move {
            // Others go on while a request is on its way.
            let travel = self.with(|world| world.travel);
            tokio::time::sleep(Duration::from_millis(3) + travel).await;
            let (fault, answer) = self.with(|world| {
                let fault = world.acts.pop_front();
                let job = world.jobs.get_mut(job).unwrap();
                job.sent += 1;
                let acts = matches!(fault, None | Some(Fault::LostAnswer | Fault::Slow));
                if acts && job.status == "running" {
                    job.pause();
                } else if acts {
                    let refused = format!("it is {} and can not be paused", job.status);
                    return (fault, Err(Trouble::Refused(refused)));
                }
                (fault, Ok(job.status.to_owned()))
            });
            let unknown = || Err(Trouble::Unknown("the connection broke".to_owned()));
            match fault {
                None => answer,
                Some(Fault::LostAnswer | Fault::LostRequest) => unknown(),
                Some(Fault::Busy(seconds)) => Err(Trouble::Busy {
                    says: "too many requests".to_owned(),
                    retry_after: Some(seconds),
                }),
                Some(Fault::Refused) => Err(Trouble::Refused("not allowed".to_owned())),
                Some(Fault::Slow) => std::future::pending().await,
            }
        })
    }
}

/// The product's own, but looks are not rationed.
pub fn settings() -> Settings {
    let text = include_str!("../../../manifest/data/monitors.yaml");
    let mut file: Value = yaml_serde::from_str(text).unwrap();
    let mut settings: Settings = serde_json::from_value(file["value"].take()).unwrap();
    settings.per_second = 1e6;
    settings
}

/// A watch that is always due, and pauses on a plateau of three evaluations.
pub fn watched(job: &str) -> New {
    let rules = json!({ "ended": {}, "early_stop": { "patience": 3, "warmup": 0 } });
    New {
        scope: SCOPE.to_owned(),
        job: job.to_owned(),
        rules: settings().rules(rules.as_object()).unwrap(),
        pace: Pace {
            interval: 0.0,
            least: 0.0,
            most: 0.0,
            jitter: 0.0,
        },
        after_resume: AfterResume::Rearm,
    }
}

pub fn options() -> Options {
    Options {
        act: Duration::from_millis(60),
        settle: Duration::ZERO,
        idle: Duration::from_millis(5),
        ..Options::of(SCOPE.to_owned())
    }
}

/// A provider, and a watcher of its jobs.
pub struct Desk {
    pub place: Place,
    pub fake: Fake,
    pub store: Arc<dyn Store>,
    pub watcher: Watcher,
}

impl Desk {
    pub fn new(place: Place) -> Self {
        let fake = Fake::default();
        let store = place.open();
        let watcher = watcher(&store, &fake);
        Self {
            place,
            fake,
            store,
            watcher,
        }
    }

    pub async fn rounds(&self, count: u32) {
        for _ in 0..count {
            self.watcher.round().await.unwrap();
        }
    }
}

pub fn watcher(store: &Arc<dyn Store>, fake: &Fake) -> Watcher {
    Watcher::new(
        Arc::clone(store),
        Arc::new(fake.clone()),
        Arc::new(settings()),
        options(),
        Arc::new(|_: &Watch| {}),
    )
}
