//! Who waits for a watch.

use serde_json::json;

use crate::Bench;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wait_ends_with_the_decision_and_what_became_of_it() {
    let bench = Bench::start(true).await;
    let job = bench.job().await;
    let rules = json!({ "early_stop": { "delta": 1, "patience": 1, "warmup": 0 } });
    let new = json!({ "job_id": job, "rules": rules, "poll_interval": 5 });
    bench.call("watch_job", new).await;
    // The job's id finds it too. A decision before the call is news as well, where it is said what is known.
    let wait = json!({ "watch_id": job, "decided_at": 0, "max_seconds": 600 });
    let waited = bench.call("wait_for_watch", wait).await;
    assert_eq!(waited["reached"], "decision", "{waited:#}");
    let decision = &waited["watch"]["decisions"][0];
    assert_eq!(
        (&decision["rule"], &decision["outcome"]),
        (&json!("early_stop"), &json!("done"))
    );
    let next = waited["next"].as_str().unwrap();
    assert!(
        next.contains("paused") && next.contains("resume_job"),
        "{next}"
    );
    // It is known now, and nothing else comes.
    let wait = json!({ "watch_id": job, "decided_at": decision["decided_at"], "max_seconds": 1 });
    let waited = bench.call("wait_for_watch", wait).await;
    assert_eq!(waited["reached"], "time", "{waited:#}");
    let wait = json!({ "watch_id": job, "max_seconds": 1 });
    let waited = bench.call("wait_for_watch", wait).await;
    assert_eq!(waited["reached"], "time", "{waited:#}");
    let next = waited["next"].as_str().unwrap();
    assert!(next.contains("call again"), "{next}");
}

#[tokio::test]
async fn a_wait_ends_with_the_watch() {
    let bench = Bench::start(false).await;
    let job = bench.job().await;
    bench.call("watch_job", json!({ "job_id": job })).await;
    let wait = bench.call(
        "wait_for_watch",
        json!({ "watch_id": job, "max_seconds": 600 }),
    );
    let stop = bench.call("stop_watch", json!({ "watch_id": job }));
    let (waited, _) = tokio::join!(wait, stop);
    assert_eq!(waited["reached"], "ended", "{waited:#}");
    assert_eq!(waited["watch"]["reason"], "stopped by stop_watch");
    let next = waited["next"].as_str().unwrap();
    assert!(next.contains("get_job_status"), "{next}");
}
