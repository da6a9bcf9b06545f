//! A launch is watched once, whoever dies on the way.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures::future::{BoxFuture, join_all};
use rft_mcp_watches::{Keeper, Launches, Patience, Promise, Store, StoreError, Trouble, Watch};

use crate::{
    Place,
    fake::{SCOPE, watched},
    on_both,
};

const AT_ONCE: Patience = Patience {
    first: 0.0,
    most: 0.0,
    total: 1_000.0,
};

fn promise(token: &str) -> Promise {
    let new = watched("none yet");
    Promise {
        scope: SCOPE.to_owned(),
        token: token.to_owned(),
        rules: new.rules,
        pace: new.pace,
        after_resume: new.after_resume,
    }
}

on_both!(
    #[test]
    a_promise_is_kept_once_by_however_many
);
fn a_promise_is_kept_once_by_however_many(place: Place) {
    let store = place.open();
    for round in 0..20 {
        let (token, job) = (format!("token-{round}"), format!("job-{round}"));
        store.promise(&promise(&token), Patience::USUAL).unwrap();
        let others: Vec<_> = (0..3).map(|_| place.open()).collect();
        let kept: Vec<_> = std::thread::scope(|scope| {
            let keep = |store: &Arc<dyn Store>| {
                let store = Arc::clone(store);
                let (token, job) = (token.clone(), job.clone());
                scope.spawn(move || store.keep(SCOPE, &token, &job).unwrap().unwrap())
            };
            let threads: Vec<_> = others.iter().map(keep).collect();
            threads.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(kept.iter().all(|one| one.watch.id == kept[0].watch.id));
        assert_eq!(kept.iter().filter(|one| one.is_new).count(), 1);
        assert_eq!(kept[0].watch.job, job);
        assert_eq!(kept[0].watch.rules, promise(&token).rules);
    }
    assert_eq!(store.list(SCOPE, true, None, 100).unwrap().len(), 20);
    assert!(store.promised(SCOPE, AT_ONCE, 100).unwrap().is_empty());
}

on_both!(
    #[test]
    what_was_taken_back_or_never_promised_makes_no_watch
);
fn what_was_taken_back_or_never_promised_makes_no_watch(place: Place) {
    let store = place.open();
    store.promise(&promise("refused"), Patience::USUAL).unwrap();
    store.take_back(SCOPE, "refused").unwrap();
    for token in ["refused", "never"] {
        assert_eq!(store.keep(SCOPE, token, "job").unwrap(), None);
    }
    // Nor for servers of another provider.
    store.promise(&promise("here"), Patience::USUAL).unwrap();
    assert_eq!(store.keep("elsewhere", "here", "job").unwrap(), None);
    assert!(store.list(SCOPE, true, None, 10).unwrap().is_empty());
}

on_both!(
    #[test]
    a_watch_that_was_stopped_is_not_made_again
);
fn a_watch_that_was_stopped_is_not_made_again(place: Place) {
    let store = place.open();
    store.promise(&promise("t"), Patience::USUAL).unwrap();
    let kept = store.keep(SCOPE, "t", "job").unwrap().unwrap();
    store.stop(SCOPE, "job", "by hand").unwrap();
    // Neither by the same call, nor by one that promises again.
    store.promise(&promise("t"), Patience::USUAL).unwrap();
    store.take_back(SCOPE, "t").unwrap();
    let again = store.keep(SCOPE, "t", "job").unwrap().unwrap();
    assert_eq!((again.watch.id, again.is_new), (kept.watch.id, false));
    assert_eq!(again.watch.reason.as_deref(), Some("by hand"));
    // What two processes launched with one token: the one that stays is watched.
    let other = store.keep(SCOPE, "t", "older").unwrap().unwrap();
    assert_eq!((other.watch.job.as_str(), other.is_new), ("older", true));
}

on_both!(
    #[test]
    a_job_that_is_watched_already_keeps_its_watch
);
fn a_job_that_is_watched_already_keeps_its_watch(place: Place) {
    let store = place.open();
    let mut own = watched("job");
    own.pace.interval = 77.0;
    let own = store.add(&own).unwrap();
    store.promise(&promise("t"), Patience::USUAL).unwrap();
    let kept = store.keep(SCOPE, "t", "job").unwrap().unwrap();
    assert_eq!((&kept.watch.id, kept.is_new), (&own.id, false));
    assert_eq!(kept.watch.pace.interval, 77.0);
}

on_both!(
    #[test]
    promises_are_due_more_and_more_rarely_and_then_forgotten
);
fn promises_are_due_more_and_more_rarely_and_then_forgotten(place: Place) {
    let store = place.open();
    let patience = Patience {
        first: 60.0,
        most: 200.0,
        total: 1_000.0,
    };
    store.promise(&promise("t"), patience).unwrap();
    let due = |ahead: f64| place.ahead(ahead).promised(SCOPE, patience, 10).unwrap();
    assert!(due(0.0).is_empty(), "it is launched just now");
    assert_eq!(due(61.0), ["t"]);
    assert!(due(61.0).is_empty());
    assert_eq!(due(130.0), ["t"]);
    assert!(due(240.0).is_empty(), "after twice as long");
    assert_eq!(due(260.0), ["t"]);
    // One whose clock was set back is due.
    assert_eq!(due(-500.0), ["t"]);
    store.promise(&promise("t"), patience).unwrap();
    assert!(due(1_001.0).is_empty());
    assert_eq!(store.keep(SCOPE, "t", "job").unwrap(), None, "forgotten");
}

on_both!(
    #[test]
    what_is_kept_of_a_promise_goes_with_its_watch
);
fn what_is_kept_of_a_promise_goes_with_its_watch(place: Place) {
    let store = place.open();
    store.promise(&promise("t"), Patience::USUAL).unwrap();
    store.keep(SCOPE, "t", "job").unwrap().unwrap();
    store.stop(SCOPE, "job", "by hand").unwrap();
    assert_eq!(place.ahead(100.0).forget(SCOPE, 50.0, 10).unwrap(), 1);
    assert_eq!(store.keep(SCOPE, "t", "job").unwrap(), None);
}

/// Jobs by their tokens, which may not be there yet.
#[derive(Default)]
struct List {
    jobs: Mutex<HashMap<&'static str, &'static str>>,
    failures: AtomicUsize,
    looks: AtomicUsize,
}

impl Launches for List {
    fn find<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Option<String>, Trouble>> {
        Box::pin(async move {
            self.looks.fetch_add(1, Ordering::SeqCst);
            let fails = |left: usize| left.checked_sub(1);
            let failures = &self.failures;
            if failures
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, fails)
                .is_ok()
            {
                return Err(Trouble::Unknown("the list is away".to_owned()));
            }
            let jobs = self.jobs.lock().unwrap();
            Ok(jobs.get(token).map(|job| (*job).to_owned()))
        })
    }
}

fn keeper(place: &Place, list: &Arc<List>, made: &Arc<Mutex<Vec<Watch>>>) -> Keeper {
    let made = Arc::clone(made);
    Keeper::new(
        place.open(),
        Arc::clone(list) as _,
        SCOPE.to_owned(),
        AT_ONCE,
        Arc::new(move |watch: &Watch| made.lock().unwrap().push(watch.clone())),
    )
}

on_both!(#[tokio::test(flavor = "multi_thread")] async whoever_comes_after_a_crash_keeps_the_promise_once);
async fn whoever_comes_after_a_crash_keeps_the_promise_once(place: Place) {
    // Whoever launched it is gone.
    place.open().promise(&promise("t"), AT_ONCE).unwrap();
    let (list, made) = (Arc::new(List::default()), Arc::default());
    let one = keeper(&place, &list, &made);
    assert_eq!(one.round().await.unwrap(), 0, "it is not listed yet");
    list.failures.store(1, Ordering::SeqCst);
    assert_eq!(one.round().await.unwrap(), 0, "it can not be looked for");
    assert_eq!(list.looks.load(Ordering::SeqCst), 2);
    list.jobs.lock().unwrap().insert("t", "job");
    let others: Vec<Keeper> = (0..4).map(|_| keeper(&place, &list, &made)).collect();
    let rounds = join_all(others.iter().map(|keeper| async {
        let keeper = keeper.clone();
        tokio::spawn(async move { keeper.round().await.unwrap() })
            .await
            .unwrap()
    }));
    assert_eq!(rounds.await.into_iter().sum::<usize>(), 1);
    let made: Vec<String> = made
        .lock()
        .unwrap()
        .iter()
        .map(|watch: &Watch| watch.job.clone())
        .collect();
    assert_eq!(made, ["job"]);
    let looks = list.looks.load(Ordering::SeqCst);
    assert_eq!(one.round().await.unwrap(), 0);
    assert_eq!(
        list.looks.load(Ordering::SeqCst),
        looks,
        "nothing is left to be looked for"
    );
}

/// A store that can not be written makes no launch: the error is given before anything is sent.
#[test]
fn a_promise_that_can_not_be_written_is_an_error() {
    let place = Place::file();
    let store = place.open();
    place.sql(
        "CREATE TRIGGER no BEFORE INSERT ON promises BEGIN SELECT RAISE(FAIL, 'disk full'); END",
    );
    let error = store.promise(&promise("t"), Patience::USUAL).unwrap_err();
    assert!(matches!(error, StoreError::Database(_)), "{error}");
}
