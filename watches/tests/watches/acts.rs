//! A decision is acted on once, whatever goes wrong.

use std::{sync::Arc, time::Duration};

use rft_mcp_monitors::{Action, RuleName};
use rft_mcp_watches::{
    AfterResume, Change, Claim, Claimed, Kept, Letter, New, Next, Outbox, Outcome, Patience,
    Promise, Promises, Rate, Record, State, Store, StoreError, Trouble, Wake, Watch,
};
use serde_json::json;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::{
    Place,
    fake::{Desk, Fake, Fault, Job, SCOPE, UNMEASURED, message, settings, watched, watcher},
    on_both,
};

fn state(desk: &Desk, job: &str) -> (State, Option<String>) {
    let watch = desk.store.find(SCOPE, job).unwrap().unwrap();
    (watch.state, watch.reason)
}

fn records(desk: &Desk, job: &str) -> Vec<Record> {
    let watch = desk.store.find(SCOPE, job).unwrap().unwrap();
    desk.store.decisions(&watch.id, 10).unwrap()
}

on_both!(#[tokio::test] async a_plateau_is_paused_once_and_the_record_says_why);
async fn a_plateau_is_paused_once_and_the_record_says_why(place: Place) {
    let desk = Desk::new(place);
    desk.fake.plateau("job");
    desk.store.add(&watched("job")).unwrap();
    desk.rounds(5).await;
    assert_eq!(desk.fake.of("job").sent, 1);
    assert_eq!(state(&desk, "job").0, State::Resting);
    let [record] = records(&desk, "job").try_into().unwrap();
    assert_eq!(record.decision.rule, RuleName::EarlyStop);
    assert_eq!(record.decision.points.len(), 6);
    assert_eq!(record.outcome, Outcome::Done);
    assert_eq!(
        record.answer.as_deref(),
        Some("the provider answered: pausing")
    );
    assert!(record.settled_at.unwrap() >= record.decided_at);
}

on_both!(#[tokio::test] async a_lost_answer_is_looked_for_and_not_sent_again);
async fn a_lost_answer_is_looked_for_and_not_sent_again(place: Place) {
    let desk = Desk::new(place);
    for (job, fault) in [("lost", Fault::LostAnswer), ("slow", Fault::Slow)] {
        desk.fake.plateau(job);
        desk.fake.with(|world| world.acts.push_back(fault));
        desk.store.add(&watched(job)).unwrap();
        desk.rounds(1).await;
        assert_eq!(state(&desk, job).0, State::Acting);
        // What became of it is looked for in everything that the job told.
        let before = desk.fake.with(|world| world.whole);
        desk.rounds(1).await;
        assert_eq!(desk.fake.with(|world| world.whole), before + 1);
        desk.rounds(4).await;
        assert_eq!(desk.fake.of(job).sent, 1);
        assert_eq!(state(&desk, job).0, State::Resting);
        assert_eq!(
            records(&desk, job)[0].answer.as_deref(),
            Some("found pausing")
        );
    }
}

on_both!(#[tokio::test] async a_pause_that_did_not_arrive_is_sent_again_under_the_same_decision);
async fn a_pause_that_did_not_arrive_is_sent_again_under_the_same_decision(place: Place) {
    let desk = Desk::new(place);
    desk.fake.plateau("job");
    desk.fake.with(|world| {
        world
            .acts
            .extend([Fault::LostRequest, Fault::Busy(0.0), Fault::Refused]);
    });
    desk.store.add(&watched("job")).unwrap();
    desk.rounds(12).await;
    let job = desk.fake.of("job");
    assert_eq!((job.sent, job.paused), (4, 1));
    let [record] = records(&desk, "job").try_into().unwrap();
    assert_eq!((record.attempts, record.outcome), (4, Outcome::Done));
}

on_both!(#[tokio::test] async a_provider_that_keeps_refusing_ends_the_watch_with_its_words);
async fn a_provider_that_keeps_refusing_ends_the_watch_with_its_words(place: Place) {
    let desk = Desk::new(place);
    desk.fake.plateau("job");
    desk.fake
        .with(|world| world.acts.extend(vec![Fault::Refused; 20]));
    desk.store.add(&watched("job")).unwrap();
    desk.rounds(20).await;
    let (state, reason) = state(&desk, "job");
    assert_eq!(state, State::Ended);
    assert_eq!(reason.unwrap(), "the provider refused 8 times: not allowed");
    assert_eq!(desk.fake.of("job").sent, 8);
    assert_eq!(records(&desk, "job")[0].outcome, Outcome::Moot);
}

on_both!(#[tokio::test] async a_job_that_was_paused_and_resumed_meanwhile_is_not_paused_again);
async fn a_job_that_was_paused_and_resumed_meanwhile_is_not_paused_again(place: Place) {
    let desk = Desk::new(place);
    desk.fake.plateau("job");
    // An earlier pause, by somebody else, is no sign.
    desk.fake.change("job", |job| {
        job.told
            .insert(0, message("before", "Fine-tuning job paused after step 2"));
    });
    desk.fake
        .with(|world| world.acts.push_back(Fault::LostAnswer));
    desk.store.add(&watched("job")).unwrap();
    desk.rounds(1).await;
    desk.fake.change("job", Job::resume);
    desk.rounds(6).await;
    assert_eq!(desk.fake.of("job").sent, 1);
    let answer = records(&desk, "job")[0].answer.clone().unwrap();
    assert_eq!(answer, "the job told of it, and is running since");
    // It is armed anew, and counts from there.
    let watch = desk.store.find(SCOPE, "job").unwrap().unwrap();
    assert_eq!(
        (watch.state, watch.arming, watch.since.step),
        (State::Watching, 2, 6)
    );
}

on_both!(#[tokio::test] async a_resume_arms_the_watch_anew_or_ends_it_as_told);
async fn a_resume_arms_the_watch_anew_or_ends_it_as_told(place: Place) {
    let desk = Desk::new(place);
    for job in ["again", "once"] {
        desk.fake.plateau(job);
    }
    desk.store.add(&watched("again")).unwrap();
    let once = New {
        after_resume: AfterResume::End,
        ..watched("once")
    };
    desk.store.add(&once).unwrap();
    desk.rounds(2).await;
    for job in ["again", "once"] {
        desk.fake.change(job, Job::resume);
    }
    desk.rounds(4).await;
    assert_eq!(
        state(&desk, "once"),
        (State::Ended, Some("the job was resumed".to_owned()))
    );
    assert_eq!(state(&desk, "again").0, State::Watching);
    // As long a plateau again, and it is paused again.
    desk.fake.change("again", |job| job.rewards = vec![0.5; 10]);
    desk.rounds(3).await;
    assert_eq!(
        (desk.fake.of("again").paused, desk.fake.of("once").paused),
        (2, 1)
    );
    let armings: Vec<i64> = records(&desk, "again")
        .iter()
        .map(|one| one.arming)
        .collect();
    assert_eq!(armings, [2, 1]);
}

on_both!(#[tokio::test] async data_that_is_not_whole_pauses_nothing);
async fn data_that_is_not_whole_pauses_nothing(place: Place) {
    let desk = Desk::new(place);
    desk.fake.plateau("page");
    desk.fake.change("page", |job| job.complete = false);
    desk.fake.job("point", &[0.5]);
    desk.fake.job("numbers", &[f64::NAN; 1]);
    for job in ["page", "point", "numbers"] {
        desk.store.add(&watched(job)).unwrap();
    }
    desk.rounds(5).await;
    for job in ["page", "point", "numbers"] {
        assert_eq!(desk.fake.of(job).sent, 0, "{job}");
        assert_eq!(state(&desk, job).0, State::Watching);
    }
    desk.fake.change("page", |job| job.complete = true);
    desk.rounds(2).await;
    assert_eq!(desk.fake.of("page").sent, 1);
}

on_both!(#[tokio::test] async a_watch_whose_job_is_gone_ends_with_a_reason_and_not_for_one_bad_answer);
async fn a_watch_whose_job_is_gone_ends_with_a_reason_and_not_for_one_bad_answer(place: Place) {
    let desk = Desk::new(place);
    desk.fake.job("job", &[0.1]);
    desk.store.add(&watched("job")).unwrap();
    desk.fake.with(|world| {
        world.looks.extend([
            Trouble::Gone("?".to_owned()),
            Trouble::Unknown("HTTP 500".to_owned()),
        ]);
        world.looks.push_back(Trouble::Gone("?".to_owned()));
    });
    desk.rounds(5).await;
    assert_eq!(state(&desk, "job").0, State::Watching);
    desk.fake.with(|world| world.jobs.clear());
    desk.rounds(4).await;
    let (state, reason) = state(&desk, "job");
    assert_eq!(state, State::Ended);
    assert_eq!(reason.unwrap(), "the provider has no such job any more");
}

on_both!(#[tokio::test] async a_job_that_ends_ends_its_watch_and_is_told_once);
async fn a_job_that_ends_ends_its_watch_and_is_told_once(place: Place) {
    let desk = Desk::new(place);
    desk.fake.job("job", &[0.1]);
    desk.store.add(&watched("job")).unwrap();
    desk.rounds(2).await;
    desk.fake.change("job", |job| job.status = "succeeded");
    desk.rounds(3).await;
    assert_eq!(
        state(&desk, "job").1.unwrap(),
        "the job has ended: succeeded"
    );
    let [record] = records(&desk, "job").try_into().unwrap();
    assert_eq!(
        (record.decision.rule, record.decision.action),
        (RuleName::Ended, Action::Notify)
    );
}

on_both!(#[tokio::test] async too_many_requests_quieten_every_watch_of_the_provider);
async fn too_many_requests_quieten_every_watch_of_the_provider(place: Place) {
    let desk = Desk::new(place);
    for index in 0..4 {
        let job = format!("job-{index}");
        desk.fake.job(&job, &[0.1]);
        desk.store.add(&watched(&job)).unwrap();
    }
    let busy = Trouble::Busy {
        says: "HTTP 429".to_owned(),
        retry_after: Some(600.0),
    };
    desk.fake.with(|world| world.looks.push_back(busy));
    desk.rounds(1).await;
    let looked = desk.fake.with(|world| world.looked);
    desk.rounds(5).await;
    assert_eq!(desk.fake.with(|world| world.looked), looked);
    let watch = desk.store.find(SCOPE, "job-0").unwrap().unwrap();
    assert_eq!(watch.memory.trouble.as_deref(), Some("HTTP 429"));
    // The watch itself waits as long.
    assert!(watch.due_at - watch.created_at >= 600.0);
}

on_both!(#[tokio::test] async a_provider_that_asks_to_wait_for_ever_is_asked_again_after_an_hour);
async fn a_provider_that_asks_to_wait_for_ever_is_asked_again_after_an_hour(place: Place) {
    let desk = Desk::new(place);
    desk.fake.job("job", &[0.1]);
    desk.store.add(&watched("job")).unwrap();
    let busy = Trouble::Busy {
        says: "HTTP 429".to_owned(),
        retry_after: Some(f64::MAX),
    };
    desk.fake.with(|world| world.looks.push_back(busy));
    desk.rounds(1).await;
    let watch = desk.store.find(SCOPE, "job").unwrap().unwrap();
    assert_eq!(watch.memory.trouble.as_deref(), Some("HTTP 429"));
    let waits = watch.due_at - watch.looked_at.unwrap_or(watch.created_at);
    assert!((3_590.0..=3_700.0).contains(&waits), "{waits}");
}

on_both!(#[tokio::test(flavor = "multi_thread", worker_threads = 4)] async replicas_that_race_and_whose_clocks_differ_pause_each_job_once);
async fn replicas_that_race_and_whose_clocks_differ_pause_each_job_once(place: Place) {
    let desk = Desk::new(place);
    let jobs: Vec<String> = (0..24).map(|index| format!("job-{index}")).collect();
    for job in &jobs {
        desk.fake.plateau(job);
        desk.store.add(&watched(job)).unwrap();
    }
    let shutdown = CancellationToken::new();
    let replicas: Vec<_> = [0.0, 0.0, 400.0, -400.0]
        .into_iter()
        .map(|offset| {
            let store = desk.place.ahead(offset);
            tokio::spawn(watcher(&store, &desk.fake).run(shutdown.clone()))
        })
        .collect();
    let settled = || {
        let settled = |job: &String| state(&desk, job).0 == State::Resting;
        jobs.iter().all(settled)
    };
    while !settled() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    shutdown.cancel();
    for replica in replicas {
        replica.await.unwrap();
    }
    for job in &jobs {
        let one = desk.fake.of(job);
        assert_eq!((one.sent, one.paused), (1, 1), "{job}");
        assert_eq!(records(&desk, job).len(), 1);
    }
}

on_both!(#[tokio::test(start_paused = true)] async who_takes_a_watch_over_waits_for_what_is_on_its_way);
/// Its clock says that the lease of the first has ended.
async fn who_takes_a_watch_over_waits_for_what_is_on_its_way(place: Place) {
    let desk = Desk::new(place);
    desk.fake.plateau("job");
    desk.fake
        .with(|world| world.travel = Duration::from_millis(50));
    desk.store.add(&watched("job")).unwrap();
    let first = desk.watcher.clone();
    let first = tokio::spawn(async move { first.round().await });
    while state(&desk, "job").0 != State::Acting {
        tokio::task::yield_now().await;
    }
    let ahead = desk.place.ahead(400.0);
    watcher(&ahead, &desk.fake).round().await.unwrap();
    first.await.unwrap().unwrap();
    assert_eq!(desk.fake.of("job").sent, 1);
    let [record] = records(&desk, "job").try_into().unwrap();
    assert_eq!(record.answer.as_deref(), Some("found pausing"));
    assert_eq!(state(&desk, "job").0, State::Resting);
}

on_both!(#[tokio::test] async a_watch_that_is_stopped_or_changed_while_its_job_is_read_does_nothing);
async fn a_watch_that_is_stopped_or_changed_while_its_job_is_read_does_nothing(place: Place) {
    let desk = Desk::new(place);
    desk.fake.plateau("stopped");
    desk.fake.plateau("changed");
    desk.store.add(&watched("stopped")).unwrap();
    desk.store.add(&watched("changed")).unwrap();
    let gate = Arc::new(Semaphore::new(0));
    desk.fake.with(|world| world.gate = Some(Arc::clone(&gate)));
    let watcher = desk.watcher.clone();
    let round = tokio::spawn(async move { watcher.round().await });
    while desk.fake.with(|world| world.looked) < 2 {
        tokio::task::yield_now().await;
    }
    desk.store
        .stop(SCOPE, "stopped", "stopped by hand")
        .unwrap();
    let rules = watched("changed").rules;
    let change = Change {
        rules: Some(rft_mcp_monitors::Rules {
            early_stop: None,
            ..rules
        }),
        ..Change::default()
    };
    desk.store.change(SCOPE, "changed", &change).unwrap();
    gate.close();
    round.await.unwrap().unwrap();
    desk.rounds(3).await;
    assert_eq!(
        (desk.fake.of("stopped").sent, desk.fake.of("changed").sent),
        (0, 0)
    );
    assert_eq!(state(&desk, "stopped").1.unwrap(), "stopped by hand");
}

on_both!(#[tokio::test] async looks_go_on_where_the_one_before_ended_and_what_is_decided_is_read_again);
async fn looks_go_on_where_the_one_before_ended_and_what_is_decided_is_read_again(place: Place) {
    let desk = Desk::new(place);
    desk.fake.job("job", &[0.5]);
    desk.store.add(&watched("job")).unwrap();
    let looks = || desk.fake.with(|world| (world.whole, world.partial));
    desk.rounds(3).await;
    assert_eq!(looks(), (1, 2));
    // Each look finds some more, and knows what the others found.
    for count in 2..=3 {
        desk.fake
            .change("job", |job| job.rewards = vec![0.5; count]);
        desk.rounds(1).await;
    }
    assert_eq!(looks(), (1, 4));
    let seen = desk.store.find(SCOPE, "job").unwrap().unwrap();
    assert_eq!(seen.memory.step, Some(3));
    // The fourth would decide: everything is read before.
    desk.fake.change("job", |job| job.rewards = vec![0.5; 4]);
    desk.rounds(1).await;
    assert_eq!((looks(), desk.fake.of("job").sent), ((2, 5), 1));
    assert_eq!(records(&desk, "job")[0].decision.points.len(), 4);
}

on_both!(#[tokio::test] async an_event_that_came_late_is_found_before_anything_is_decided);
async fn an_event_that_came_late_is_found_before_anything_is_decided(place: Place) {
    let desk = Desk::new(place);
    desk.fake.job("job", &[0.5, 0.5, UNMEASURED, 0.5]);
    desk.store.add(&watched("job")).unwrap();
    desk.rounds(1).await;
    // Behind what was read there is a gain now, which a look that goes on does not see: by that it is a plateau.
    desk.fake
        .change("job", |job| job.rewards = vec![0.5, 0.5, 0.9, 0.5, 0.5]);
    desk.rounds(1).await;
    assert_eq!(desk.fake.of("job").sent, 0);
    assert_eq!(desk.fake.with(|world| world.whole), 2);
    assert_eq!(state(&desk, "job").0, State::Watching);
    // What was found is remembered, and the plateau after it decides in its turn.
    desk.fake.change("job", |job| {
        job.rewards = vec![0.5, 0.5, 0.9, 0.5, 0.5, 0.5];
    });
    desk.rounds(1).await;
    assert_eq!(desk.fake.of("job").sent, 1);
    assert_eq!(records(&desk, "job")[0].decision.values["best"], 0.9);
}

on_both!(#[tokio::test] async everything_is_read_now_and_then_in_case_something_came_late);
async fn everything_is_read_now_and_then_in_case_something_came_late(place: Place) {
    let desk = Desk::new(place);
    desk.fake
        .job("job", &[0.5, UNMEASURED, UNMEASURED, 0.5, UNMEASURED]);
    desk.store.add(&watched("job")).unwrap();
    desk.rounds(1).await;
    // These complete a plateau, and are behind what was read.
    desk.fake.change("job", |job| job.rewards = vec![0.5; 5]);
    desk.rounds(50).await;
    assert_eq!(desk.fake.of("job").sent, 0);
    desk.rounds(1).await;
    assert_eq!(desk.fake.of("job").sent, 1);
}

on_both!(#[tokio::test] async rules_that_ask_for_other_metrics_read_everything_again);
async fn rules_that_ask_for_other_metrics_read_everything_again(place: Place) {
    let desk = Desk::new(place);
    desk.fake.job("job", &[0.5]);
    desk.store.add(&watched("job")).unwrap();
    desk.rounds(2).await;
    let given = json!({ "ended": {}, "budget": { "hours": 1.0 } });
    let change = Change {
        rules: Some(settings().rules(given.as_object()).unwrap()),
        ..Change::default()
    };
    desk.store.change(SCOPE, "job", &change).unwrap();
    desk.rounds(2).await;
    let looks = desk.fake.with(|world| (world.whole, world.partial));
    assert_eq!(looks, (2, 2));
}

on_both!(#[tokio::test] async what_is_told_once_is_not_read_again_for);
async fn what_is_told_once_is_not_read_again_for(place: Place) {
    let desk = Desk::new(place);
    desk.fake.job("job", &[0.5]);
    let given = json!({ "max_steps": { "steps": 1, "action": "notify" } });
    let new = New {
        rules: settings().rules(given.as_object()).unwrap(),
        ..watched("job")
    };
    desk.store.add(&new).unwrap();
    desk.rounds(5).await;
    assert_eq!(desk.fake.with(|world| (world.whole, world.partial)), (1, 4));
    assert_eq!(records(&desk, "job").len(), 1);
    // Another arming tells it again.
    desk.store.change(SCOPE, "job", &Change::default()).unwrap();
    desk.rounds(3).await;
    assert_eq!(desk.fake.with(|world| (world.whole, world.partial)), (2, 7));
    assert_eq!(records(&desk, "job").len(), 2);
}

on_both!(#[tokio::test] async one_slow_answer_holds_up_no_other_watch);
async fn one_slow_answer_holds_up_no_other_watch(place: Place) {
    let desk = Desk::new(place);
    // Twice as many as there is room for, so that what ends has to make room.
    let jobs: Vec<String> = (0..2 * settings().at_once)
        .map(|index| format!("job-{index}"))
        .collect();
    desk.fake.plateau("slow");
    desk.store.add(&watched("slow")).unwrap();
    desk.fake
        .with(|world| world.stuck = Some("slow".to_owned()));
    for job in &jobs {
        desk.fake.plateau(job);
        desk.store.add(&watched(job)).unwrap();
    }
    let shutdown = CancellationToken::new();
    let running = tokio::spawn(desk.watcher.clone().run(shutdown.clone()));
    while jobs.iter().any(|job| state(&desk, job).0 != State::Resting) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // It is still in its first look, which was not given up either.
    let slow = desk.store.find(SCOPE, "slow").unwrap().unwrap();
    assert_eq!((slow.memory.failures, slow.looked_at), (0, None));
    desk.fake.with(|world| world.stuck = None);
    while state(&desk, "slow").0 != State::Resting {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    shutdown.cancel();
    running.await.unwrap();
}

/// A store whose disk is full when it is told to be.
#[derive(Debug)]
struct Full {
    inner: Arc<dyn Store>,
    full: std::sync::atomic::AtomicBool,
}

impl Full {
    fn room(&self) -> Result<(), StoreError> {
        if self.full.load(std::sync::atomic::Ordering::SeqCst) {
            return Err(StoreError::File(std::io::ErrorKind::StorageFull.into()));
        }
        Ok(())
    }
}

impl Promises for Full {
    fn promise(&self, promise: &Promise, patience: Patience) -> Result<(), StoreError> {
        self.room()?;
        self.inner.promise(promise, patience)
    }
    fn keep(&self, scope: &str, token: &str, job: &str) -> Result<Option<Kept>, StoreError> {
        self.room()?;
        self.inner.keep(scope, token, job)
    }
    fn take_back(&self, scope: &str, token: &str) -> Result<(), StoreError> {
        self.room()?;
        self.inner.take_back(scope, token)
    }
    fn promised(
        &self,
        scope: &str,
        patience: Patience,
        most: u32,
    ) -> Result<Vec<String>, StoreError> {
        self.room()?;
        self.inner.promised(scope, patience, most)
    }
}

impl Outbox for Full {
    fn outgoing(&self, scope: &str, most: u32, lease: f64) -> Result<Vec<Letter>, StoreError> {
        self.inner.outgoing(scope, most, lease)
    }
    fn delivered(&self, letter: &Letter) -> Result<(), StoreError> {
        self.inner.delivered(letter)
    }
    fn undelivered(
        &self,
        letter: &Letter,
        why: &str,
        again: Option<f64>,
    ) -> Result<(), StoreError> {
        self.inner.undelivered(letter, why, again)
    }
}

impl Wake for Full {
    fn wake(&self, scope: &str, job: &str, message: &str) -> Result<Option<u32>, StoreError> {
        self.inner.wake(scope, job, message)
    }
}

impl Store for Full {
    fn add(&self, new: &New) -> Result<Watch, StoreError> {
        self.inner.add(new)
    }
    fn find(&self, scope: &str, id: &str) -> Result<Option<Watch>, StoreError> {
        self.inner.find(scope, id)
    }
    fn list(
        &self,
        scope: &str,
        ended: bool,
        after: Option<&str>,
        most: u32,
    ) -> Result<Vec<Watch>, StoreError> {
        self.inner.list(scope, ended, after, most)
    }
    fn decisions(&self, watch: &str, most: u32) -> Result<Vec<Record>, StoreError> {
        self.inner.decisions(watch, most)
    }
    fn change(&self, scope: &str, id: &str, change: &Change) -> Result<Option<Watch>, StoreError> {
        self.inner.change(scope, id, change)
    }
    fn stop(&self, scope: &str, id: &str, reason: &str) -> Result<Option<Watch>, StoreError> {
        self.inner.stop(scope, id, reason)
    }
    fn claim(
        &self,
        scope: &str,
        owner: &str,
        most: u32,
        _: f64,
        rate: Rate,
    ) -> Result<Claimed, StoreError> {
        // Leases that have ended by the time that the disk has room again.
        self.inner.claim(scope, owner, most, 0.0, rate)
    }
    fn intend(
        &self,
        claim: &Claim,
        decision: &rft_mcp_monitors::Decision,
        seen: &[String],
        lease: f64,
    ) -> Result<Record, StoreError> {
        self.room()?;
        self.inner.intend(claim, decision, seen, lease)
    }
    fn attempt(&self, claim: &Claim, record: i64, lease: f64) -> Result<(), StoreError> {
        self.room()?;
        self.inner.attempt(claim, record, lease)
    }
    fn notice(
        &self,
        claim: &Claim,
        decision: &rft_mcp_monitors::Decision,
    ) -> Result<bool, StoreError> {
        self.room()?;
        self.inner.notice(claim, decision)
    }
    fn settle(
        &self,
        claim: &Claim,
        record: i64,
        outcome: Outcome,
        answer: &str,
    ) -> Result<(), StoreError> {
        self.room()?;
        self.inner.settle(claim, record, outcome, answer)
    }
    fn release(&self, claim: &Claim, next: &Next) -> Result<(), StoreError> {
        self.room()?;
        self.inner.release(claim, next)
    }
    fn quiet(&self, scope: &str, seconds: f64) -> Result<(), StoreError> {
        self.inner.quiet(scope, seconds)
    }
    fn forget(&self, scope: &str, seconds: f64, most: u32) -> Result<u32, StoreError> {
        self.room()?;
        self.inner.forget(scope, seconds, most)
    }
}

on_both!(#[tokio::test] async nothing_is_sent_that_can_not_be_written_down_and_the_watch_goes_on_when_it_can);
async fn nothing_is_sent_that_can_not_be_written_down_and_the_watch_goes_on_when_it_can(
    place: Place,
) {
    let full = Arc::new(Full {
        inner: place.open(),
        full: true.into(),
    });
    let fake = Fake::default();
    fake.plateau("job");
    full.add(&watched("job")).unwrap();
    let store: Arc<dyn Store> = full.clone();
    let watcher = watcher(&store, &fake);
    for _ in 0..5 {
        let failed = watcher.round().await.unwrap_err();
        assert!(failed.to_string().contains("can not be used"), "{failed}");
    }
    assert_eq!(fake.of("job").sent, 0);
    full.full.store(false, std::sync::atomic::Ordering::SeqCst);
    watcher.round().await.unwrap();
    watcher.round().await.unwrap();
    assert_eq!(fake.of("job").sent, 1);
}
