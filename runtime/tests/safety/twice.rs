//! Two processes with one token at the same moment.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::desk::{Desk, Fault, call};

const TOKEN: &str = "token-one";

fn arguments() -> Value {
    json!({"book": "b", "token": TOKEN})
}

/// What is lent and was not ended.
fn standing(desk: &Desk) -> Vec<Value> {
    let loans = desk.loans().into_iter();
    loans.filter(|loan| loan.get("ended").is_none()).collect()
}

/// So many processes that have all seen an empty list before any of them is answered.
async fn race(processes: usize) -> (Desk, Vec<Value>) {
    let gate = Arc::new(Semaphore::new(0));
    let desk = Desk::gated(Some(Arc::clone(&gate))).await;
    let calls = (0..processes).map(|_| {
        let engine = desk.plain();
        tokio::spawn(async move { call(&engine, "borrow", arguments()).await })
    });
    let calls: Vec<_> = calls.collect();
    // Each looks once before it sends.
    while desk.seen().len() < processes {
        tokio::task::yield_now().await;
    }
    gate.add_permits(processes);
    let results = futures::future::join_all(calls).await;
    let results = results.into_iter().map(|one| one.unwrap().unwrap());
    (desk, results.collect())
}

#[tokio::test]
async fn the_oldest_stays_and_every_call_gives_it() {
    let (desk, results) = race(3).await;
    assert_eq!(desk.loans().len(), 3);
    let standing = standing(&desk);
    assert_eq!(standing.len(), 1, "{standing:?}");
    assert_eq!(standing[0]["id"], "loan-1");
    for result in &results {
        assert_eq!(result["loan_id"], "loan-1", "{result}");
    }
    let told = |result: &&Value| {
        let note = result["note"].as_str().unwrap_or_default();
        note.contains("was ended again by `end` with {\"id\":\"loan-")
    };
    assert_eq!(results.iter().filter(told).count(), 2, "{results:?}");
    // So does a call of another process that comes later, though the list has the younger ones first.
    let posts = desk.posts();
    let later = call(&desk.plain(), "borrow", arguments()).await.unwrap();
    assert_eq!(
        (later["loan_id"].as_str(), desk.posts()),
        (Some("loan-1"), posts)
    );
}

#[tokio::test(start_paused = true)]
async fn a_token_of_its_own_is_not_looked_for() {
    let desk = Desk::open().await;
    call(&desk.plain(), "borrow", json!({"book": "b"}))
        .await
        .unwrap();
    assert_eq!(desk.seen().len(), 1, "{:?}", desk.seen());
}

/// What is older in the list and came after the look is another process's.
async fn found_older(desk: &Desk, older: Value) -> Value {
    // The first look is the one before anything is sent.
    desk.put(older);
    desk.looks([200]);
    let engine = desk.plain();
    call(&engine, "borrow", arguments()).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn nothing_but_what_the_call_started_is_ended() {
    let desk = Desk::open().await;
    // Younger ones, and one of the same age that comes after it by name.
    for (id, at) in [("loan-9", 1_002), ("loan-8", 5_000)] {
        let loan = json!({"id": id, "at": at, "labels": {"token": "another"}});
        desk.put(loan);
    }
    let result = call(&desk.plain(), "borrow", arguments()).await.unwrap();
    assert_eq!(result["loan_id"], "loan-3");
    assert_eq!(standing(&desk).len(), 3);
    // What has the token already is given, and nothing is sent.
    let older = json!({"id": "loan-0", "at": 1, "labels": {"token": TOKEN}});
    let desk = Desk::open().await;
    let result = found_older(&desk, older).await;
    assert_eq!(
        (result["loan_id"].as_str(), desk.posts()),
        (Some("loan-0"), 0)
    );
}

#[tokio::test]
async fn what_could_not_be_ended_is_said() {
    let gate = Arc::new(Semaphore::new(0));
    let desk = Desk::gated(Some(Arc::clone(&gate))).await;
    let engine = desk.plain();
    let calling = tokio::spawn(async move { call(&engine, "borrow", arguments()).await });
    while desk.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    // Another process was faster by a moment; and what is ended is refused, once what is lent was not.
    desk.put(json!({"id": "loan-0", "at": 1, "labels": {"token": TOKEN}}));
    desk.fault(Fault::Hide(0));
    desk.fault(Fault::Refuse(400));
    gate.add_permits(1);
    let result = calling.await.unwrap().unwrap();
    assert_eq!(result["loan_id"], "loan-0");
    let note = result["note"].as_str().unwrap();
    assert!(note.contains("could not be ended"), "{note}");
    assert!(
        note.contains("end it now, with `end` and {\"id\":\"loan-2\"}"),
        "{note}"
    );
    assert_eq!(standing(&desk).len(), 2);
}
