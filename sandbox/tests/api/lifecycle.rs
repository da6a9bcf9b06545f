//! What becomes of a job, by scenario and by what people do to it.

use rft_mcp_sandbox::Scenario;

use crate::support::{Api, number, pass, request};

#[tokio::test(start_paused = true)]
async fn a_healthy_job_goes_through_every_state_once() {
    let api = Api::new();
    let id = api.launch(request()).await;
    let mut seen = vec![api.status(&id).await];
    while seen.last().unwrap() != "succeeded" {
        pass(30.0).await;
        let status = api.status(&id).await;
        if seen.last() != Some(&status) {
            seen.push(status);
        }
    }
    assert_eq!(seen, ["validating_files", "queued", "running", "succeeded"]);
}

#[tokio::test(start_paused = true)]
async fn a_finished_job_has_a_model_a_bill_and_a_result_file() {
    let api = Api::new();
    let id = api.launch(request()).await;
    let running = api.until(&id, "running").await;
    let estimate = number(&running["estimated_finish"]);
    assert!(running["trained_tokens"].is_null());
    let job = api.until(&id, "succeeded").await;
    assert_eq!(number(&job["finished_at"]), estimate);
    assert!(job["estimated_finish"].is_null());
    assert!(number(&job["trained_tokens"]) > 100_000.0);

    let model = job["fine_tuned_model"].as_str().unwrap();
    assert!(
        model.starts_with("ft:o4-mini-2025-04-16:sandbox-simulated::"),
        "{model}"
    );
    let metrics = api.metrics(&id).await;
    let seconds: f64 = metrics
        .iter()
        .map(|data| number(&data["timing"]["step"]["full_iteration"]))
        .sum();
    let billed = number(&job["usage_metrics"]["training_seconds"]);
    assert!((billed - seconds).abs() <= 1.0, "{billed} {seconds}");
    let cost = number(&job["usage_metrics"]["training_cost_usd"]);
    assert!((cost - billed / 36.0).abs() < 0.01, "{cost}");

    let file = job["result_files"][0].as_str().unwrap();
    assert_eq!(
        api.get(&format!("/files/{file}")).await.ok()["purpose"],
        "fine-tune-results"
    );
    let path = format!("/v1/files/{file}/content");
    let (_, _, csv) = api.raw("GET", &path, None, axum::body::Body::empty()).await;
    let csv = String::from_utf8(csv).unwrap();
    assert_eq!(csv.lines().count(), metrics.len() + 1);
    let last: Vec<&str> = csv.lines().last().unwrap().split(',').collect();
    assert_eq!(
        last[1],
        metrics.last().unwrap()["train_mean_reward"].to_string()
    );
    // It stays as it is.
    pass(1e6).await;
    assert_eq!(api.job(&id).await, job);
}

#[tokio::test(start_paused = true)]
async fn a_paused_job_goes_on_from_its_snapshot() {
    let api = Api::new();
    let id = api.launch(request()).await;
    api.until_step(&id, 5).await;
    pass(40.0).await;
    let job = api.act(&format!("/fine_tuning/jobs/{id}/pause")).await.ok();
    assert_eq!(job["status"], "pausing");
    assert!(job["estimated_finish"].is_null());
    let billed = job["usage_metrics"].clone();
    api.until(&id, "paused").await;
    // The snapshot is listed, usable, and screened; time and money stand still.
    pass(50_000.0).await;
    let job = api.job(&id).await;
    assert_eq!(
        (&job["status"], &job["usage_metrics"]),
        (&"paused".into(), &billed)
    );
    let snapshot = &api.checkpoints(&id).await[0];
    assert_eq!(snapshot["step_number"], 5);
    let name = snapshot["fine_tuned_model_checkpoint"].as_str().unwrap();
    assert!(name.ends_with(":ckpt-step-5"));
    api.get(&format!("/models/{name}")).await.ok();
    let events = api.events(&id).await;
    assert!(events.iter().any(|e| e["type"] == "moderation_checks"));

    let job = api
        .act(&format!("/fine_tuning/jobs/{id}/resume"))
        .await
        .ok();
    assert_eq!(job["status"], "queued");
    let job = api.until(&id, "succeeded").await;
    let steps: Vec<f64> = api
        .metrics(&id)
        .await
        .iter()
        .map(|m| number(&m["step"]))
        .collect();
    let total = steps.len();
    assert!(
        steps
            .iter()
            .zip(1_u32..)
            .all(|(step, k)| *step == f64::from(k)),
        "{steps:?}"
    );
    // The step that the pause gave up is paid twice.
    let sum: f64 = api
        .metrics(&id)
        .await
        .iter()
        .map(|m| number(&m["timing"]["step"]["full_iteration"]))
        .sum();
    let billed = number(&job["usage_metrics"]["training_seconds"]);
    assert!(
        billed > sum + 30.0 && billed < sum + 400.0,
        "{billed} {sum} {total}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_job_paused_before_its_first_step_has_no_snapshot() {
    let api = Api::new();
    let id = api.launch(request()).await;
    api.until(&id, "running").await;
    api.act(&format!("/fine_tuning/jobs/{id}/pause")).await.ok();
    api.until(&id, "paused").await;
    assert!(api.checkpoints(&id).await.is_empty());
    api.act(&format!("/fine_tuning/jobs/{id}/resume"))
        .await
        .ok();
    api.until(&id, "succeeded").await;
}

#[tokio::test(start_paused = true)]
async fn a_job_can_be_cancelled_until_it_ends() {
    for status in ["validating_files", "queued", "running", "pausing", "paused"] {
        let api = Api::new();
        let id = api.launch(request()).await;
        if matches!(status, "pausing" | "paused") {
            api.until_step(&id, 1).await;
            api.act(&format!("/fine_tuning/jobs/{id}/pause")).await.ok();
        }
        api.until(&id, status).await;
        let job = api
            .act(&format!("/fine_tuning/jobs/{id}/cancel"))
            .await
            .ok();
        assert_eq!(job["status"], "cancelled", "{status}");
        assert!(job["finished_at"].is_u64() && job["fine_tuned_model"].is_null());
        pass(1e6).await;
        assert_eq!(api.job(&id).await, job);
        assert_eq!(
            api.events(&id).await[0]["message"],
            "Fine-tuning job cancelled (simulated)"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn acts_that_do_not_fit_the_state_are_refused() {
    let api = Api::new();
    let id = api.launch(request()).await;
    let path = |verb: &str| format!("/fine_tuning/jobs/{id}/{verb}");
    let refuse = async |verb: &str| {
        let reply = api.act(&path(verb)).await;
        reply.refused(400, "invalid_job_state", ());
    };
    for status in ["validating_files", "queued"] {
        api.until(&id, status).await;
        refuse("pause").await;
        refuse("resume").await;
    }
    api.until(&id, "running").await;
    refuse("resume").await;
    api.act(&path("pause")).await.ok();
    refuse("pause").await;
    refuse("resume").await;
    api.until(&id, "paused").await;
    refuse("pause").await;
    api.act(&path("resume")).await.ok();
    api.until(&id, "succeeded").await;
    for verb in ["pause", "resume", "cancel"] {
        refuse(verb).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_whose_steps_are_done_can_not_be_paused() {
    let api = Api::new();
    let id = api.launch(request()).await;
    api.until_step(&id, 22).await;
    assert_eq!(api.status(&id).await, "running");
    let reply = api.act(&format!("/fine_tuning/jobs/{id}/pause")).await;
    assert!(
        reply
            .refused(400, "invalid_job_state", ())
            .contains("being screened")
    );
}

#[tokio::test(start_paused = true)]
async fn a_failing_job_fails_half_way_and_bills_what_it_did() {
    let api = Api::with(Scenario::Failure);
    let id = api.launch(request()).await;
    let job = api.until(&id, "failed").await;
    assert_eq!(job["error"]["code"], "server_error");
    let last = &api.events(&id).await[0];
    assert_eq!(
        (&last["level"], &last["message"]),
        (&"error".into(), &job["error"]["message"])
    );
    let metrics = api.metrics(&id).await;
    let share = number(&metrics.len().into()) / number(&metrics[0]["total_steps"]);
    assert!((0.3..0.65).contains(&share), "{share}");
    assert!(number(&job["usage_metrics"]["training_cost_usd"]) > 1.0);
    assert!(!api.checkpoints(&id).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_slow_queue_takes_hours() {
    let api = Api::with(Scenario::SlowQueue);
    let id = api.launch(request()).await;
    pass(2.9 * 3_600.0).await;
    assert_eq!(api.status(&id).await, "queued");
    pass(7.0 * 3_600.0).await;
    assert_ne!(api.status(&id).await, "queued");
    api.until(&id, "succeeded").await;
}

#[tokio::test(start_paused = true)]
async fn the_wait_before_a_job_runs_is_minutes() {
    let api = Api::new();
    let id = api.launch(request()).await;
    pass(59.0).await;
    assert_eq!(api.status(&id).await, "validating_files");
    pass(62.0).await;
    assert_eq!(api.status(&id).await, "queued");
    pass(360.0).await;
    assert_eq!(api.status(&id).await, "running");
}

#[tokio::test(start_paused = true)]
async fn every_job_says_that_it_is_simulated() {
    let api = Api::new();
    let id = api.launch(request()).await;
    let job = api.until(&id, "succeeded").await;
    assert_eq!(job["organization_id"], "org-simulated");
    assert_eq!(job["usage_metrics"]["simulated"], true);
    let events = api.events(&id).await;
    for event in &events {
        assert!(
            event["message"].as_str().unwrap().contains("(simulated)"),
            "{event}"
        );
    }
}
