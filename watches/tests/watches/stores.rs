//! Leases, migrations and the rate.

use std::{sync::Arc, thread, time::Duration};

use rft_mcp_watches::{Change, Claim, Next, Outcome, Rate, State, Store, StoreError, Trail};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::{
    Place,
    fake::{Desk, Fake, SCOPE, settings, watched, watcher},
    on_both, open,
};

const FREE: Rate = Rate {
    per_second: 1e6,
    burst: 100,
};

fn claim(store: &Arc<dyn Store>, owner: &str, lease: f64) -> Vec<Claim> {
    store.claim(SCOPE, owner, 10, lease, FREE).unwrap().claims
}

on_both!(
    #[test]
    a_watch_is_claimed_by_one_until_its_lease_ends
);
fn a_watch_is_claimed_by_one_until_its_lease_ends(place: Place) {
    let (one, two) = (place.open(), place.open());
    one.add(&watched("job")).unwrap();
    let first = claim(&one, "one", 100.0);
    assert_eq!(first.len(), 1);
    assert!(!first[0].taken_over);
    assert_eq!(claim(&two, "two", 100.0), []);
    // By a clock that is ahead it has ended: then whoever had it can do nothing any more.
    let ahead = place.ahead(150.0);
    let second = claim(&ahead, "two", 100.0);
    assert!(second[0].taken_over && second[0].fence > first[0].fence);
    assert!(matches!(
        one.attempt(&first[0], 1, 1.0),
        Err(StoreError::Lost)
    ));
    // A lease that can not have been written by this clock is none: it was set back.
    assert_eq!(claim(&one, "one", 100.0).len(), 1);
}

on_both!(
    #[test]
    where_a_look_ended_is_kept_for_whoever_looks_next
);
fn where_a_look_ended_is_kept_for_whoever_looks_next(place: Place) {
    let store = place.open();
    store.add(&watched("job")).unwrap();
    let trail = |event: &str| {
        let trail = json!({
            "event": event, "message": null, "total": 9, "step": [1, 2], "at": [null, 7],
            "values": { "valid_reward": [null, 0.25] },
        });
        serde_json::from_value::<Trail>(trail).unwrap()
    };
    // Written, written again, left as it is, and taken away.
    for given in [Some("one"), Some("two"), Some("two"), None, Some("three")] {
        let [claimed] = claim(&store, "me", 100.0).try_into().unwrap();
        let next = Next {
            trail: given.map(trail),
            wait: 0.0,
            ..next(&claimed, State::Watching)
        };
        store.release(&claimed, &next).unwrap();
        let [claimed] = claim(&place.open(), "other", 100.0).try_into().unwrap();
        assert_eq!(claimed.trail, given.map(trail));
        let next = Next {
            wait: 0.0,
            ..self::next(&claimed, State::Watching)
        };
        store.release(&claimed, &next).unwrap();
    }
    // What nobody can read, such as that of a newer program, is as good as none.
    place.sql("UPDATE trails SET trail = '{}'");
    let [claimed] = claim(&store, "me", 0.0).try_into().unwrap();
    assert_eq!(claimed.trail, None);
    // It goes with the watch.
    store.stop(SCOPE, "job", "enough").unwrap();
    assert_eq!(place.ahead(100.0).forget(SCOPE, 10.0, 10).unwrap(), 1);
}

on_both!(
    #[test]
    a_clock_that_is_set_back_holds_nothing_up
);
fn a_clock_that_is_set_back_holds_nothing_up(place: Place) {
    let (ahead, store) = (place.ahead(1e6), place.open());
    ahead.add(&watched("job")).unwrap();
    let [claimed] = claim(&ahead, "me", 100.0).try_into().unwrap();
    ahead
        .release(&claimed, &next(&claimed, State::Watching))
        .unwrap();
    // By that clock it is due in eleven days.
    let [claimed] = claim(&store, "me", 100.0).try_into().unwrap();
    let quiet = Next {
        looked: false,
        ..next(&claimed, State::Watching)
    };
    store.release(&claimed, &quiet).unwrap();
    // And no more at once, though that look failed.
    assert_eq!(claim(&store, "me", 100.0), []);
}

on_both!(
    #[test]
    a_job_has_one_watch_at_a_time
);
fn a_job_has_one_watch_at_a_time(place: Place) {
    let store = place.open();
    let first = store.add(&watched("job")).unwrap();
    let again = store.add(&watched("job")).unwrap_err().to_string();
    assert!(
        again.contains(&first.id) && again.contains("update_watch"),
        "{again}"
    );
    store.stop(SCOPE, "job", "enough").unwrap();
    let second = store.add(&watched("job")).unwrap();
    // By the job it is the one that goes on; by its id each.
    assert_eq!(store.find(SCOPE, "job").unwrap().unwrap().id, second.id);
    assert_eq!(
        store.find(SCOPE, &first.id).unwrap().unwrap().state,
        State::Ended
    );
    // Servers of another provider do not see it.
    assert_eq!(store.find("other", "job").unwrap(), None);
    assert_eq!(
        store.claim("other", "me", 10, 1.0, FREE).unwrap().claims,
        []
    );
}

on_both!(
    #[test]
    a_watch_that_has_ended_stays_so
);
fn a_watch_that_has_ended_stays_so(place: Place) {
    let store = place.open();
    store.add(&watched("job")).unwrap();
    store.stop(SCOPE, "job", "first").unwrap();
    let again = store.stop(SCOPE, "job", "second").unwrap().unwrap();
    assert_eq!(again.reason.as_deref(), Some("first"));
    let changed = store
        .change(SCOPE, "job", &Change::default())
        .unwrap()
        .unwrap();
    assert_eq!(changed.state, State::Ended);
    assert_eq!(claim(&store, "me", 1.0), []);
}

on_both!(
    #[test]
    lists_go_on_where_they_ended
);
fn lists_go_on_where_they_ended(place: Place) {
    let store = place.open();
    for index in 0..5 {
        store.add(&watched(&format!("job-{index}"))).unwrap();
    }
    store.stop(SCOPE, "job-4", "enough").unwrap();
    let jobs = |ended, after: Option<&str>| -> Vec<String> {
        let found = store.list(SCOPE, ended, after, 2).unwrap();
        found.into_iter().map(|watch| watch.job).collect()
    };
    assert_eq!(jobs(true, None), ["job-4", "job-3"]);
    assert_eq!(jobs(false, None), ["job-3", "job-2"]);
    let after = store.find(SCOPE, "job-2").unwrap().unwrap().id;
    assert_eq!(jobs(false, Some(&after)), ["job-1", "job-0"]);
}

on_both!(
    #[test]
    a_restart_does_not_ask_for_everything_at_once
);
fn a_restart_does_not_ask_for_everything_at_once(place: Place) {
    let store = place.open();
    for index in 0..40 {
        store.add(&watched(&format!("job-{index}"))).unwrap();
    }
    let rate = Rate {
        per_second: 0.01,
        burst: 8,
    };
    // All processes together.
    let other = place.open();
    let claimed: usize = [&store, &other, &store, &other]
        .iter()
        .map(|store| store.claim(SCOPE, "me", 5, 100.0, rate).unwrap())
        .map(|claimed| claimed.claims.len())
        .sum();
    assert_eq!(claimed, 8);
    // A hundred seconds later there is room for one more.
    let later = place.ahead(101.0);
    let claimed = later.claim(SCOPE, "me", 5, 1000.0, rate).unwrap();
    assert_eq!(claimed.claims.len(), 1);
    // And it is told for how long there is none: nobody has to ask again and again.
    let wait = claimed.wait.unwrap();
    assert!(wait > 98.0 && wait <= 100.0, "{wait}");
    let claimed = later.claim(SCOPE, "me", 5, 1000.0, rate).unwrap();
    assert_eq!(claimed.claims, []);
    assert!(claimed.wait.unwrap() <= wait);
    // Where nothing more is due there is nothing to wait for.
    assert_eq!(
        later.claim("other", "me", 5, 1000.0, rate).unwrap().wait,
        None
    );
}

on_both!(
    #[test]
    ended_watches_are_forgotten_with_their_decisions
);
fn ended_watches_are_forgotten_with_their_decisions(place: Place) {
    const DAY: f64 = 86_400.0;
    let store = place.open();
    let jobs = |store: &Arc<dyn Store>| -> Vec<String> {
        let found = store.list(SCOPE, true, None, 100).unwrap();
        found.into_iter().map(|watch| watch.job).collect()
    };
    for job in ["goes on", "stopped", "older", "released"] {
        store.add(&watched(job)).unwrap();
    }
    // One ends by itself, with a decision; one is stopped, with one that was open.
    let claims = claim(&store, "me", 100.0);
    for claim in &claims {
        let decision = json!({ "rule": "max_steps", "action": "pause", "reason": "", "points": [], "values": {} });
        let decision = serde_json::from_value(decision).unwrap();
        let record = store.intend(claim, &decision, &[], 100.0).unwrap();
        let state = match claim.watch.job.as_str() {
            "released" => State::Ended,
            "goes on" => State::Resting,
            _ => continue,
        };
        store
            .settle(claim, record.id, Outcome::Done, "paused")
            .unwrap();
        store.release(claim, &next(claim, state)).unwrap();
    }
    store.stop(SCOPE, "stopped", "enough").unwrap();
    store.stop(SCOPE, "older", "enough").unwrap();
    // An older program does not say when.
    place.sql("UPDATE watches SET ended_at = NULL WHERE job = 'older'");
    let forgotten = |days: f64, most| {
        let store = place.ahead(days * DAY);
        store.forget(SCOPE, 90.0 * DAY, most).unwrap()
    };
    assert_eq!(forgotten(89.0, 100), 0);
    let other = place.ahead(91.0 * DAY).forget("other", 90.0 * DAY, 100);
    assert_eq!(other.unwrap(), 0);
    assert_eq!((forgotten(91.0, 1), forgotten(91.0, 1)), (1, 1));
    // That one counts from when it was first found.
    assert_eq!(forgotten(91.0, 1), 0);
    assert_eq!(jobs(&store), ["older", "goes on"]);
    assert_eq!(forgotten(180.0, 100), 1);
    assert_eq!(jobs(&store), ["goes on"]);
    for claim in &claims {
        let kept = usize::from(claim.watch.job == "goes on");
        let decisions = store.decisions(&claim.watch.id, 10).unwrap();
        assert_eq!(decisions.len(), kept, "{}", claim.watch.job);
    }
}

on_both!(
    #[test]
    an_end_that_was_written_by_a_clock_ahead_counts_from_now
);
fn an_end_that_was_written_by_a_clock_ahead_counts_from_now(place: Place) {
    let store = place.open();
    place.ahead(1e6).add(&watched("job")).unwrap();
    place.ahead(1e6).stop(SCOPE, "job", "enough").unwrap();
    assert_eq!(store.forget(SCOPE, 1_000.0, 10).unwrap(), 0);
    // Or it would be kept for as long as the clock was wrong.
    let later = place.ahead(2_000.0);
    assert_eq!(later.forget(SCOPE, 1_000.0, 10).unwrap(), 1);
}

on_both!(
    #[tokio::test]
    async who_looks_after_watches_forgets_old_ones
);
async fn who_looks_after_watches_forgets_old_ones(place: Place) {
    let store = place.open();
    for job in ["first", "second"] {
        store.add(&watched(job)).unwrap();
    }
    store.stop(SCOPE, "first", "enough").unwrap();
    let days = settings().keep_days;
    let running = |store: Arc<dyn Store>| {
        let shutdown = CancellationToken::new();
        let watcher = watcher(&store, &Fake::default());
        (tokio::spawn(watcher.run(shutdown.clone())), shutdown)
    };
    let (task, shutdown) = running(place.ahead((days + 1.0) * 86_400.0));
    while store.find(SCOPE, "first").unwrap().is_some() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(store.find(SCOPE, "second").unwrap().is_some());
    shutdown.cancel();
    task.await.unwrap();
}

on_both!(
    #[test]
    what_an_older_program_wrote_is_kept
);
fn what_an_older_program_wrote_is_kept(place: Place) {
    place.is_of_the_first_version();
    place.sql(
        "INSERT INTO watches (id, scope, job, state, rules, pace, after_resume, arming, since, memory, progress_at, \
             created_at, due_at)
         VALUES ('watch-old', 'fake', 'job', 'ended', '{}', \
             '{\"interval\": 60, \"least\": 5, \"most\": 900, \"jitter\": 0.1}', '\"rearm\"', 1, '{\"step\": 0}', '{}', 1, 1, 1)",
    );
    let store = place.open();
    let old = store.find(SCOPE, "job").unwrap().unwrap();
    assert_eq!((old.id.as_str(), old.state), ("watch-old", State::Ended));
    // It ended nobody knows when: for its time it is kept.
    assert_eq!(store.forget(SCOPE, 100.0, 10).unwrap(), 0);
    assert_eq!(place.ahead(101.0).forget(SCOPE, 100.0, 10).unwrap(), 1);
}

on_both!(#[tokio::test] async what_can_not_be_read_of_a_decision_hides_nothing_else);
async fn what_can_not_be_read_of_a_decision_hides_nothing_else(place: Place) {
    let desk = Desk::new(place);
    let jobs = ["missing", "broken", "of tomorrow"];
    let watches = jobs.map(|job| {
        desk.fake.plateau(job);
        desk.store.add(&watched(job)).unwrap().id
    });
    desk.rounds(4).await;
    let records = |watch: &str| desk.store.decisions(watch, 10).unwrap();
    let [before] = records(&watches[0]).try_into().unwrap();
    let numbers = before.decision.values.len();
    assert!(numbers > 1 && before.decision.points.len() > 1);
    // What is no finite number is written as null, by JSON.
    let decision = |text: &str, watch: &str| {
        desk.place.sql(&format!(
            "UPDATE decisions SET decision = '{text}' WHERE watch = '{watch}'"
        ));
    };
    let mut written = serde_json::to_value(&before.decision).unwrap();
    written["values"]["best"] = f64::NAN.into();
    written["points"][0]["value"] = f64::INFINITY.into();
    assert!(written["values"]["best"].is_null());
    decision(&written.to_string(), &watches[0]);
    let [after] = records(&watches[0]).try_into().unwrap();
    assert_eq!(after.decision.points, before.decision.points[1..]);
    assert_eq!(after.decision.values.len(), numbers - 1);
    assert_eq!(after.decision.reason, before.decision.reason);
    // What was to be done is still known.
    decision("{\"rule\": ", &watches[1]);
    let [after] = records(&watches[1]).try_into().unwrap();
    let (rule, action) = (before.decision.rule, before.decision.action);
    assert_eq!((after.decision.rule, after.decision.action), (rule, action));
    assert!(
        after.decision.reason.contains("can not be read"),
        "{after:?}"
    );
    assert_eq!(after.answer, before.answer);
    // A rule that this program does not know, of a newer one.
    decision("{}", &watches[2]);
    desk.place.sql(&format!(
        "UPDATE decisions SET rule = 'tomorrow' WHERE watch = '{}'",
        watches[2]
    ));
    assert_eq!(records(&watches[2]), []);
}

on_both!(#[tokio::test] async a_watch_that_can_not_be_read_holds_up_no_other);
async fn a_watch_that_can_not_be_read_holds_up_no_other(place: Place) {
    let desk = Desk::new(place);
    for job in ["rules", "decision", "memory", "good"] {
        desk.fake.plateau(job);
        desk.store.add(&watched(job)).unwrap();
    }
    // One is known to be paused, and the others are not.
    desk.place
        .sql("UPDATE watches SET rules = '[]' WHERE job = 'rules'");
    desk.place.sql(
        "UPDATE watches SET memory = '{\"standings\": [{\"rule\": \"budget\", \"near\": null, \"says\": \"\"}]}'
         WHERE job = 'memory'",
    );
    desk.place.sql(
        "INSERT INTO decisions (watch, arming, rule, action, decision, seen, outcome, attempts, decided_at)
         SELECT id, 1, 'tomorrow', '\"pause\"', '{}', '[]', 'open', 1, 1 FROM watches WHERE job = 'decision'",
    );
    desk.rounds(4).await;
    let paused = |job: &str| desk.fake.of(job).sent;
    assert_eq!((paused("good"), paused("memory")), (1, 1));
    assert_eq!((paused("rules"), paused("decision")), (0, 0));
}

/// Given back as it was, in another state.
fn next(claim: &Claim, state: State) -> Next {
    Next {
        state,
        reason: None,
        arming: claim.watch.arming,
        since: claim.watch.since,
        memory: claim.watch.memory.clone(),
        trail: claim.trail.clone(),
        progress: false,
        looked: true,
        wait: 60.0,
    }
}

on_both!(
    #[test]
    processes_that_start_at_once_make_one_database
);
fn processes_that_start_at_once_make_one_database(place: Place) {
    for _ in 0..10 {
        let place = Arc::new(place.another());
        let starts: Vec<_> = (0..8)
            .map(|index| {
                let place = Arc::clone(&place);
                thread::spawn(move || {
                    let store = place.open();
                    store.add(&watched(&format!("job-{index}"))).unwrap();
                })
            })
            .collect();
        for start in starts {
            start.join().unwrap();
        }
        let store = place.open();
        assert_eq!(store.list(SCOPE, true, None, 100).unwrap().len(), 8);
    }
}

on_both!(
    #[test]
    a_database_of_a_newer_program_is_left_alone
);
fn a_database_of_a_newer_program_is_left_alone(place: Place) {
    place.open().find(SCOPE, "job").unwrap();
    place.is_newer();
    let opened = open(&place.address(), 0.0);
    let refused = opened.and_then(|store| store.find(SCOPE, "job"));
    let refused = refused.unwrap_err().to_string();
    assert!(
        refused.contains("version 99") && refused.contains("newer program"),
        "{refused}"
    );
}
