//! Starting something once, whatever becomes of the answers.

use serde_json::{Value, json};

use crate::desk::{Desk, Fault, call};

const TOKEN: &str = "token-one";

/// A call that was lent once, and how often it was sent.
async fn lent(desk: &Desk, arguments: Value) -> (Value, usize) {
    let result = call(&desk.plain(), "lend", arguments).await.unwrap();
    (result, desk.posts())
}

#[tokio::test(start_paused = true)]
async fn the_token_goes_into_the_body_and_the_result() {
    let desk = Desk::open().await;
    let (result, _) = lent(&desk, json!({"book": "b", "token": TOKEN})).await;
    assert_eq!(result["token"], TOKEN);
    assert_eq!(desk.loans()[0]["labels"], json!({"token": TOKEN}));
    // A token of its own, which is never the same.
    let (one, _) = lent(&desk, json!({"book": "b"})).await;
    let (other, posts) = lent(&desk, json!({"book": "b"})).await;
    assert_ne!(one["token"], other["token"]);
    assert_eq!(posts, 3);
    // The caller's own labels stay.
    lent(&desk, json!({"book": "b", "labels": {"mine": "1"}})).await;
    assert_eq!(desk.loans()[3]["labels"]["mine"], "1");
}

#[tokio::test(start_paused = true)]
async fn the_same_token_gives_what_it_started_also_elsewhere_and_pages_away() {
    let desk = Desk::open().await;
    let (first, _) = lent(&desk, json!({"book": "b", "token": TOKEN})).await;
    for _ in 0..5 {
        lent(&desk, json!({"book": "c"})).await;
    }
    // Another process knows nothing, and finds it on the last of the pages of two.
    let (again, posts) = lent(&desk, json!({"book": "b", "token": TOKEN})).await;
    assert_eq!(
        (again["loan_id"].clone(), posts),
        (first["loan_id"].clone(), 6)
    );
    let note = again["note"].as_str().unwrap();
    assert!(note.contains("Nothing was sent: an earlier call"), "{note}");
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_found_and_not_sent_again() {
    for fault in [Fault::Lend(500), Fault::Lend(503), Fault::Garble] {
        let desk = Desk::open().await;
        desk.fault(fault.clone());
        let (result, posts) = lent(&desk, json!({"book": "b"})).await;
        assert_eq!((posts, desk.loans().len()), (1, 1), "{fault:?}");
        let note = result["note"].as_str().unwrap();
        assert!(note.contains("it was started once, and found"), "{note}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_started_nothing_is_sent_again_after_a_whole_list() {
    let desk = Desk::open().await;
    desk.fault(Fault::Refuse(500));
    desk.fault(Fault::Refuse(500));
    let (result, posts) = lent(&desk, json!({"book": "b"})).await;
    assert_eq!((posts, desk.loans().len()), (3, 1));
    assert!(result["note"].as_str().unwrap().contains("sent again"));
    // Each time the list was asked until it had the time to show it: five looks.
    let seen = desk.seen();
    let looks: Vec<usize> = seen
        .split(|line| line.starts_with("POST"))
        .map(<[String]>::len)
        .collect();
    assert_eq!(looks, [0, 5, 5, 0]);
    // The same token every time.
    let bodies: Vec<&String> = seen
        .iter()
        .filter(|line| line.starts_with("POST"))
        .collect();
    assert!(bodies.windows(2).all(|two| two[0] == two[1]), "{bodies:?}");
}

#[tokio::test(start_paused = true)]
async fn three_failures_are_told_with_the_token_and_sent_no_more() {
    let desk = Desk::open().await;
    for _ in 0..3 {
        desk.fault(Fault::Refuse(500));
    }
    let engine = desk.plain();
    let failure = call(&engine, "lend", json!({"book": "b", "token": TOKEN})).await;
    let failure = failure.unwrap_err();
    assert!(
        failure.contains("not known whether `lend` took effect"),
        "{failure}"
    );
    assert!(
        failure.contains("same arguments and token \"token-one\""),
        "{failure}"
    );
    assert_eq!(desk.posts(), 3);
    // As it says: called again, it is started once.
    call(&engine, "lend", json!({"book": "b", "token": TOKEN}))
        .await
        .unwrap();
    assert_eq!(desk.loans().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_while_the_list_can_not_be_asked() {
    let desk = Desk::open().await;
    // The list fails, and its repetitions with it.
    desk.looks([500; 40]);
    let failure = call(&desk.plain(), "lend", json!({"book": "b", "token": TOKEN})).await;
    let failure = failure.unwrap_err();
    assert!(
        failure.starts_with("nothing was sent. It is not known"),
        "{failure}"
    );
    assert_eq!(desk.posts(), 0);
    // After a lost answer nothing is sent again either.
    let desk = Desk::open().await;
    desk.fault(Fault::Lend(500));
    desk.looks([500; 40]);
    let failure = call(&desk.plain(), "lend", json!({"book": "b"}))
        .await
        .unwrap_err();
    assert!(
        failure.contains("`list` could not be asked whether it did"),
        "{failure}"
    );
    assert_eq!(desk.posts(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_told_as_it_is() {
    let desk = Desk::open().await;
    desk.fault(Fault::Refuse(400));
    let failure = call(&desk.plain(), "lend", json!({"book": "b"}))
        .await
        .unwrap_err();
    assert!(
        failure.contains("not today") && failure.contains("Mend the arguments"),
        "{failure}"
    );
    assert_eq!(desk.posts(), 1);
}

#[tokio::test(start_paused = true)]
async fn calls_with_one_token_take_turns_and_start_one() {
    let desk = Desk::open().await;
    let engine = desk.plain();
    let calls = (0..8).map(|_| call(&engine, "lend", json!({"book": "b", "token": TOKEN})));
    let results = futures::future::join_all(calls).await;
    assert_eq!(desk.loans().len(), 1);
    assert!(
        results
            .iter()
            .all(|one| one.as_ref().unwrap()["loan_id"] == "loan-1")
    );
}

#[tokio::test(start_paused = true)]
async fn a_list_that_lags_does_not_start_another() {
    let desk = Desk::open().await;
    desk.fault(Fault::Hide(100));
    let engine = desk.plain();
    for _ in 0..3 {
        let result = call(&engine, "lend", json!({"book": "b", "token": TOKEN})).await;
        assert_eq!(result.unwrap()["loan_id"], "loan-1");
    }
    assert_eq!(desk.posts(), 1);
}

#[tokio::test]
async fn a_token_that_can_not_go_along_is_refused_before_anything_is_sent() {
    let desk = Desk::open().await;
    let engine = desk.plain();
    for (arguments, said) in [
        (
            json!({"book": "b", "token": "one", "labels": {"token": "two"}}),
            "differ (\"two\"): give the token once",
        ),
        (
            json!({"book": "b", "labels": {"token": 7}}),
            "expected a text, got 7",
        ),
        (
            json!({"book": "b", "labels": {"a": 1, "b": 2, "c": 3}}),
            "has 4 members with the launch token",
        ),
    ] {
        let failure = call(&engine, "lend", arguments).await.unwrap_err();
        assert!(failure.contains(said), "{failure}");
    }
    assert_eq!(desk.seen(), [] as [&str; 0]);
}
