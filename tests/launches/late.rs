//! Gateways that give up on a launch which the provider acts on later.

use std::time::Duration;

use rft_mcp_sandbox::{
    Flavour,
    faults::{Fault, StatusFault},
};
use serde_json::{Value, json};

use crate::{POST, UNKNOWN, World, launch, token};

/// A status, and a job so many seconds after it.
fn late(status: u16, seconds: u64) -> Fault {
    Fault::Status(StatusFault {
        status,
        acted: true,
        later_ms: seconds * 1_000,
        headers: [].into(),
        body: None,
    })
}

/// The jobs that have not ended.
fn standing(jobs: &[Value]) -> Vec<&Value> {
    let ended = |job: &&Value| job["status"] != "cancelled";
    jobs.iter().filter(ended).collect()
}

#[tokio::test(start_paused = true)]
async fn what_a_gateway_may_still_be_at_work_on_is_not_sent_again_by_itself() {
    for seconds in [5, 40] {
        let world = World::start("openai", Flavour::OpenAi).await;
        world.fault(POST, 9, late(504, seconds));
        let answer = launch(&world.engine, "openai", json!({})).await;
        assert_eq!(world.hits(0), 1, "{seconds}");
        let token = match answer {
            Ok(job) => job["launch_token"].as_str().unwrap().to_owned(),
            Err(message) => {
                assert!(
                    message.contains(UNKNOWN) && message.contains(", after 11"),
                    "{message}"
                );
                let more = json!({"launch_token": token(&message)});
                // Too early: it is looked for, and nothing is sent.
                let early = launch(&world.engine, "openai", more).await.unwrap_err();
                assert!(
                    early.contains("nothing was sent") && early.contains("at work on it"),
                    "{early}"
                );
                token(&message)
            }
        };
        tokio::time::sleep(Duration::from_secs(40)).await;
        let more = json!({"launch_token": token});
        let job = launch(&world.engine, "openai", more).await.unwrap();
        let jobs = world.jobs().await;
        assert_eq!(jobs.len(), 1, "{seconds}");
        assert_eq!(job["job_id"], jobs[0]["id"]);
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_gateway_lost_is_sent_again_when_it_can_not_be_at_work_on_it_any_more() {
    let world = World::start("openai", Flavour::OpenAi).await;
    world.fault(POST, 1, crate::status(504, false));
    let message = launch(&world.engine, "openai", json!({}))
        .await
        .unwrap_err();
    let more = json!({"launch_token": token(&message)});
    tokio::time::sleep(Duration::from_secs(120)).await;
    launch(&world.engine, "openai", more).await.unwrap();
    assert_eq!(world.jobs().await.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_a_lost_attempt_starts_after_the_next_one_is_ended_again() {
    let world = World::start("openai", Flavour::OpenAi).await;
    // The looks end after 7.5 s, and the last one is 8 s later.
    world.fault(POST, 1, late(502, 12));
    let job = launch(&world.engine, "openai", json!({})).await.unwrap();
    let note = job["note"].as_str().unwrap();
    assert!(
        note.contains("had started it too") && note.contains("was ended again by `cancel_job`"),
        "{note}"
    );
    let jobs = world.jobs().await;
    let standing = standing(&jobs);
    assert_eq!((jobs.len(), standing.len()), (2, 1));
    assert_eq!(standing[0]["id"], job["job_id"]);
}

#[tokio::test(start_paused = true)]
async fn two_that_could_not_be_told_apart_in_time_are_told_by_the_next_call() {
    let world = World::start("openai", Flavour::OpenAi).await;
    world.fault(POST, 1, late(502, 25));
    let job = launch(&world.engine, "openai", json!({})).await.unwrap();
    tokio::time::sleep(Duration::from_secs(30)).await;
    let more = json!({"launch_token": job["launch_token"]});
    let again = launch(&world.elsewhere(), "openai", more).await.unwrap();
    let note = again["note"].as_str().unwrap();
    let jobs = world.jobs().await;
    assert_eq!(jobs.len(), 2);
    let other = jobs.iter().find(|job| job["id"] != again["job_id"]);
    let other = other.unwrap()["id"].as_str().unwrap();
    assert!(
        note.contains("started more than once")
            && note.contains(&format!("`cancel_job`: {{\"job_id\":\"{other}\"}}")),
        "{note}"
    );
}
