//! What is kept beside a launch: told of each step, and of nothing that did not happen.

use std::sync::Arc;

use rft_mcp_runtime::engine::{Asking, Engine, Settings};
use serde_json::json;

use crate::desk::{Beside, Desk, Fault, call};

const TOKEN: &str = "token-one";

fn guarded(desk: &Desk) -> (Engine, Arc<Beside>) {
    let engine = desk.plain();
    let beside = Arc::<Beside>::default();
    engine.keep(Arc::clone(&beside));
    (engine, beside)
}

#[tokio::test(start_paused = true)]
async fn it_is_told_before_and_after_and_its_answer_is_in_the_result() {
    let desk = Desk::open().await;
    let (engine, beside) = guarded(&desk);
    let arguments = json!({"book": "b", "token": TOKEN});
    let result = call(&engine, "guard", arguments.clone()).await.unwrap();
    assert_eq!(result["guard"], format!("guard of {TOKEN}"));
    assert_eq!(result["note"], "It is guarded.");
    {
        let told = beside.told.lock().unwrap();
        assert!(
            told.iter()
                .all(|(book, along)| book == "b" && along.token == TOKEN)
        );
    }
    assert_eq!(beside.moments(), ["asked", "begins", "started"]);
    // Again: nothing begins, and it is told what there is.
    let again = call(&engine, "guard", arguments.clone()).await.unwrap();
    assert_eq!((&again["guard"], desk.posts()), (&result["guard"], 1));
    assert!(again["note"].as_str().unwrap().contains("Nothing was sent"));
    assert_eq!(beside.moments(), ["asked", "started"]);
    // The same by another process, which knows nothing.
    let (other, beside) = guarded(&desk);
    let again = call(&other, "guard", arguments).await.unwrap();
    assert_eq!((&again["guard"], desk.posts()), (&result["guard"], 1));
    assert_eq!(beside.moments(), ["asked", "started"]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_when_it_can_not_be_kept() {
    for at in ["asked", "begins"] {
        let desk = Desk::open().await;
        let (engine, beside) = guarded(&desk);
        *beside.fails.lock().unwrap() = Some(at);
        let refused = call(&engine, "guard", json!({"book": "b"}))
            .await
            .unwrap_err();
        assert_eq!(
            refused,
            format!("nothing was sent: the guard is away when {at}")
        );
        assert_eq!(desk.posts(), 0, "{at}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_launch_leaves_nothing_and_a_lost_one_is_told_when_it_is_found() {
    let desk = Desk::open().await;
    let (engine, beside) = guarded(&desk);
    desk.fault(Fault::Refuse(400));
    call(&engine, "guard", json!({"book": "b"}))
        .await
        .unwrap_err();
    assert_eq!(beside.moments(), ["asked", "begins", "nothing"]);
    // Its answer is lost, and the list shows it.
    desk.fault(Fault::Lend(500));
    let result = call(&engine, "guard", json!({"book": "b"})).await.unwrap();
    assert!(result["guard"].as_str().unwrap().starts_with("guard of"));
    assert_eq!(beside.moments(), ["asked", "begins", "started"]);
    // Nobody knows what became of it: nothing is said.
    desk.fault(Fault::Lend(500));
    desk.looks([500; 40]);
    let unknown = call(&engine, "guard", json!({"book": "b"})).await;
    assert!(unknown.unwrap_err().contains("It is not known"));
    let token = beside.told.lock().unwrap()[0].1.token.clone();
    assert_eq!(beside.moments(), ["asked", "begins"]);
    // The call is repeated while the list is away, and then when it is there.
    desk.looks([500; 40]);
    let unknown = call(&engine, "guard", json!({"book": "b", "token": token})).await;
    assert!(unknown.unwrap_err().contains("It is not known"));
    assert_eq!(beside.moments(), ["asked"]);
    desk.looks([]);
    let found = call(&engine, "guard", json!({"book": "b", "token": token})).await;
    assert_eq!(found.unwrap()["guard"], format!("guard of {token}"));
    assert_eq!(beside.moments(), ["asked", "started"]);
}

#[tokio::test(start_paused = true)]
async fn that_it_could_not_be_handed_over_is_told_beside_what_was_started() {
    let desk = Desk::open().await;
    let (engine, beside) = guarded(&desk);
    *beside.fails.lock().unwrap() = Some("started");
    let result = call(&engine, "guard", json!({"book": "b"})).await.unwrap();
    assert!(
        result.get("guard").is_none() && result["loan_id"].is_string(),
        "{result}"
    );
    assert_eq!(result["note"], "the guard is away when started");
}

/// A limit, or whoever is asked, comes before anything is kept.
#[tokio::test(start_paused = true)]
async fn a_call_that_is_not_confirmed_keeps_nothing() {
    let desk = Desk::open().await;
    let engine = desk.engine(&Settings {
        asking: Asking::Always,
        ..Settings::default()
    });
    let beside = Arc::<Beside>::default();
    engine.keep(Arc::clone(&beside));
    let refused = call(&engine, "guard", json!({"book": "b"}))
        .await
        .unwrap_err();
    assert!(refused.contains("has to be confirmed"), "{refused}");
    assert_eq!((beside.moments(), desk.posts()), (vec!["asked"], 0));
}
