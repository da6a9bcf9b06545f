//! What is decided is told, once, to whoever takes it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use futures::future::BoxFuture;
use rft_mcp_watches::{Courier, Endpoint, Letter, Store, Undelivered, Watch};
use serde_json::Value;

use crate::{
    Place,
    fake::{Desk, Fault, SCOPE, watched, watcher},
    on_both,
};

/// Whoever takes letters, or does not.
#[derive(Default)]
struct Inbox {
    taken: Mutex<Vec<Letter>>,
    /// What becomes of the next ones.
    fails: Mutex<VecDeque<Undelivered>>,
}

impl Inbox {
    fn fail(&self, retry_after: Option<f64>, gone: bool) {
        let why = "it answered 503".to_owned();
        self.fails.lock().unwrap().push_back(Undelivered {
            why,
            retry_after,
            gone,
        });
    }

    fn taken(&self) -> Vec<Letter> {
        std::mem::take(&mut *self.taken.lock().unwrap())
    }
}

impl Endpoint for Inbox {
    fn post<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Undelivered>> {
        Box::pin(async move {
            // All attempts are seen, those that fail too.
            self.taken.lock().unwrap().push(letter.clone());
            self.fails.lock().unwrap().pop_front().map_or(Ok(()), Err)
        })
    }
}

fn body(letter: &Letter) -> Value {
    serde_json::from_str(&letter.body).unwrap()
}

/// A desk whose decisions are told, and who takes them.
fn desk(place: Place) -> (Desk, Arc<Inbox>, Courier) {
    let mut desk = Desk::new(place);
    desk.store = desk.place.telling(0.0);
    desk.watcher = watcher(&desk.store, &desk.fake);
    let inbox = Arc::<Inbox>::default();
    let courier = courier(&desk.store, &inbox);
    (desk, inbox, courier)
}

fn courier(store: &Arc<dyn Store>, inbox: &Arc<Inbox>) -> Courier {
    Courier::new(Arc::clone(store), Arc::clone(inbox) as _, SCOPE.to_owned())
}

on_both!(#[tokio::test] async a_decision_is_told_once_with_what_became_of_it);
async fn a_decision_is_told_once_with_what_became_of_it(place: Place) {
    let (desk, inbox, courier) = desk(place);
    desk.fake.plateau("job");
    let watch = desk.store.add(&watched("job")).unwrap();
    desk.rounds(5).await;
    for _ in 0..3 {
        courier.round().await.unwrap();
    }
    let [letter] = inbox.taken().try_into().unwrap();
    let told = body(&letter);
    assert_eq!(told["type"], "watch.decided");
    assert_eq!(told["data"]["watch_id"], watch.id);
    assert_eq!(told["data"]["job_id"], "job");
    let decision = &told["data"]["decision"];
    assert_eq!(
        (&decision["rule"], &decision["outcome"]),
        (&"early_stop".into(), &"done".into())
    );
    assert_eq!(decision["answer"], "the provider answered: pausing");
    assert!(told["timestamp"].as_str().unwrap().ends_with('Z'), "{told}");
    assert!(letter.id.starts_with("msg_"));
    // The job ends, which the rule `ended` tells, and so does the watch.
    desk.fake.change("job", |job| job.status = "succeeded");
    desk.rounds(3).await;
    desk.store.stop(SCOPE, "job", "by hand").unwrap();
    courier.round().await.unwrap();
    let [ended] = inbox.taken().try_into().unwrap();
    let told = body(&ended);
    assert_eq!(
        (&told["type"], &told["data"]["state"]),
        (&"watch.ended".into(), &"ended".into())
    );
    assert_eq!(told["data"]["reason"], "the job has ended: succeeded");
    assert_ne!(ended.id, letter.id);
    // What only tells something is a decision too.
    desk.fake.job("short", &[0.1]);
    desk.fake.change("short", |job| job.status = "failed");
    desk.store.add(&watched("short")).unwrap();
    desk.rounds(3).await;
    courier.round().await.unwrap();
    let told: Vec<Value> = inbox.taken().iter().map(body).collect();
    let kinds: Vec<&Value> = told.iter().map(|told| &told["type"]).collect();
    assert_eq!(kinds, ["watch.decided", "watch.ended"]);
    assert_eq!(told[0]["data"]["decision"]["action"], "notify");
}

on_both!(#[tokio::test] async what_is_not_known_to_be_followed_is_held_back_and_then_told_as_open);
async fn what_is_not_known_to_be_followed_is_held_back_and_then_told_as_open(place: Place) {
    let (desk, inbox, courier) = desk(place);
    desk.fake.plateau("job");
    desk.fake
        .with(|world| world.acts.push_back(Fault::LostRequest));
    desk.store.add(&watched("job")).unwrap();
    desk.rounds(1).await;
    courier.round().await.unwrap();
    assert!(inbox.taken().is_empty());
    let later = desk.place.telling(61.0);
    self::courier(&later, &inbox).round().await.unwrap();
    let [letter] = inbox.taken().try_into().unwrap();
    assert_eq!(body(&letter)["data"]["decision"]["outcome"], "open");
    // It was told, and is not told again.
    desk.rounds(3).await;
    self::courier(&desk.place.telling(1_000.0), &inbox)
        .round()
        .await
        .unwrap();
    assert!(inbox.taken().is_empty());
}

on_both!(#[tokio::test] async whoever_takes_nothing_is_asked_again_with_the_same_letter);
async fn whoever_takes_nothing_is_asked_again_with_the_same_letter(place: Place) {
    let (desk, inbox, courier) = desk(place);
    desk.fake.plateau("job");
    desk.store.add(&watched("job")).unwrap();
    desk.rounds(2).await;
    inbox.fail(None, false);
    courier.round().await.unwrap();
    courier.round().await.unwrap();
    let [first] = inbox.taken().try_into().unwrap();
    // Five seconds later, by another process; then five minutes, or as long as it asks for.
    inbox.fail(Some(1_000.0), false);
    let mut sent = Vec::new();
    for (ahead, count) in [(4.0, 0), (6.0, 1), (900.0, 0), (1_010.0, 1), (5_000.0, 0)] {
        let store = desk.place.telling(ahead);
        self::courier(&store, &inbox).round().await.unwrap();
        let taken = inbox.taken();
        assert_eq!(taken.len(), count, "{ahead} seconds later");
        sent.extend(taken);
    }
    assert_eq!(
        sent.iter().map(|one| one.attempt).collect::<Vec<_>>(),
        [2, 3]
    );
    for again in sent {
        assert_eq!((&again.id, &again.body), (&first.id, &first.body));
    }
}

on_both!(#[tokio::test] async whoever_never_takes_a_letter_is_given_up);
async fn whoever_never_takes_a_letter_is_given_up(place: Place) {
    for (gone, most) in [(false, 10), (true, 1)] {
        let (desk, inbox, _) = desk(place.another());
        desk.fake.plateau("job");
        desk.store.add(&watched("job")).unwrap();
        desk.rounds(2).await;
        for days in 0..20_u32 {
            inbox.fail(None, gone);
            let store = desk.place.telling(f64::from(days) * 90_000.0);
            self::courier(&store, &inbox).round().await.unwrap();
        }
        assert_eq!(inbox.taken().len(), most, "gone: {gone}");
    }
}

on_both!(#[tokio::test(flavor = "multi_thread")] async a_courier_that_dies_with_a_letter_is_followed_by_another);
async fn a_courier_that_dies_with_a_letter_is_followed_by_another(place: Place) {
    let (desk, inbox, _) = desk(place);
    for job in ["one", "two", "three"] {
        desk.fake.plateau(job);
        desk.store.add(&watched(job)).unwrap();
    }
    desk.rounds(4).await;
    // It has taken them, and is killed before it sends any.
    let lost = desk.store.outgoing(SCOPE, 8, 60.0).unwrap();
    assert_eq!(lost.len(), 3);
    let later: Vec<Courier> = (0..4)
        .map(|_| courier(&desk.place.telling(61.0), &inbox))
        .collect();
    courier(&desk.store, &inbox).round().await.unwrap();
    assert!(inbox.taken().is_empty(), "somebody else has them");
    let rounds = later
        .into_iter()
        .map(|courier| tokio::spawn(async move { courier.round().await.unwrap() }));
    let counts = futures::future::join_all(rounds).await;
    let count: usize = counts.into_iter().map(Result::unwrap).sum();
    let mut taken: Vec<String> = inbox.taken().into_iter().map(|letter| letter.id).collect();
    let mut ids: Vec<String> = lost.iter().map(|letter| letter.id.clone()).collect();
    taken.sort();
    ids.sort();
    assert_eq!((count, taken), (3, ids), "each once, by those who go on");
    // Whoever was thought dead says that it failed: that is no longer theirs to say.
    desk.store.undelivered(&lost[0], "late", Some(0.0)).unwrap();
    self::courier(&desk.place.telling(100_000.0), &inbox)
        .round()
        .await
        .unwrap();
    assert!(inbox.taken().is_empty());
}

on_both!(#[tokio::test] async nothing_is_written_where_nobody_is_told);
async fn nothing_is_written_where_nobody_is_told(place: Place) {
    let desk = Desk::new(place);
    desk.fake.plateau("job");
    desk.store.add(&watched("job")).unwrap();
    desk.rounds(3).await;
    desk.store.stop(SCOPE, "job", "by hand").unwrap();
    assert!(desk.store.outgoing(SCOPE, 8, 0.0).unwrap().is_empty());
}

on_both!(
    #[test]
    letters_go_with_their_watch
);
fn letters_go_with_their_watch(place: Place) {
    let store = place.telling(0.0);
    store.add(&watched("job")).unwrap();
    store.stop(SCOPE, "job", "by hand").unwrap();
    assert_eq!(store.outgoing(SCOPE, 8, 0.0).unwrap().len(), 1);
    assert_eq!(place.telling(100.0).forget(SCOPE, 50.0, 10).unwrap(), 1);
    assert!(
        place
            .telling(200.0)
            .outgoing(SCOPE, 8, 0.0)
            .unwrap()
            .is_empty()
    );
}

fn due(watch: &Watch, now: &Watch) -> bool {
    watch.due_at <= now.due_at
}

on_both!(#[tokio::test] async a_message_of_the_provider_wakes_the_watches_of_a_job_once);
async fn a_message_of_the_provider_wakes_the_watches_of_a_job_once(place: Place) {
    let desk = Desk::new(place);
    let mut new = watched("job");
    (new.pace.interval, new.pace.least, new.pace.most) = (500.0, 500.0, 500.0);
    desk.fake.job("job", &[0.1]);
    desk.store.add(&new).unwrap();
    let find = || desk.store.find(SCOPE, "job").unwrap().unwrap();
    desk.rounds(3).await;
    assert_eq!(desk.fake.with(|world| world.looked), 1);
    // Another job's, and another provider's.
    assert_eq!(desk.store.wake(SCOPE, "other", "m1").unwrap(), Some(0));
    assert_eq!(desk.store.wake("elsewhere", "job", "m2").unwrap(), Some(0));
    desk.rounds(2).await;
    assert_eq!(desk.fake.with(|world| world.looked), 1);
    let before = find();
    assert_eq!(desk.store.wake(SCOPE, "job", "m3").unwrap(), Some(1));
    assert!(due(&find(), &before));
    desk.rounds(3).await;
    assert_eq!(
        desk.fake.with(|world| world.looked),
        2,
        "it looked once, and decided nothing"
    );
    // The same message again, by another process.
    assert_eq!(desk.place.open().wake(SCOPE, "job", "m3").unwrap(), None);
    desk.rounds(2).await;
    assert_eq!(desk.fake.with(|world| world.looked), 2);
    desk.store.stop(SCOPE, "job", "by hand").unwrap();
    assert_eq!(desk.store.wake(SCOPE, "job", "m4").unwrap(), Some(0));
}

on_both!(#[tokio::test] async a_message_during_a_look_is_not_lost);
async fn a_message_during_a_look_is_not_lost(place: Place) {
    let desk = Desk::new(place);
    let mut new = watched("job");
    (new.pace.interval, new.pace.least, new.pace.most) = (500.0, 500.0, 500.0);
    desk.fake.job("job", &[0.1]);
    desk.store.add(&new).unwrap();
    let gate = Arc::new(tokio::sync::Semaphore::new(0));
    desk.fake.with(|world| world.gate = Some(Arc::clone(&gate)));
    let watcher = desk.watcher.clone();
    let round = tokio::spawn(async move { watcher.round().await.unwrap() });
    while desk.fake.with(|world| world.looked) == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(desk.store.wake(SCOPE, "job", "m").unwrap(), Some(1));
    gate.close();
    round.await.unwrap();
    desk.fake.with(|world| world.gate = None);
    desk.rounds(3).await;
    assert_eq!(
        desk.fake.with(|world| world.looked),
        2,
        "it looked again, and only once more"
    );
}
