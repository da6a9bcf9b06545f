use rft_mcp_sandbox::Scenario;

use crate::support::{Api, MODEL, request};

#[tokio::test(start_paused = true)]
async fn fine_tuned_models_appear_and_can_be_deleted() {
    let api = Api::new();
    let id = api.launch(request()).await;
    let job = api.finish(&id).await;
    let name = job["fine_tuned_model"].as_str().unwrap();
    let path = format!("/models/{name}");
    let model = api.get(&path).await.ok();
    assert_eq!(
        (&model["created"], &model["owned_by"]),
        (&job["finished_at"], &"sandbox-simulated".into())
    );
    let listed = async || {
        api.get("/models").await.ok()["data"]
            .as_array()
            .unwrap()
            .contains(&model)
    };
    assert!(listed().await);
    assert_eq!(api.delete(&path).await.ok()["deleted"], true);
    assert!(!listed().await);
    api.get(&path)
        .await
        .refused(404, "model_not_found", "model");
    api.delete(&path)
        .await
        .refused(404, "model_not_found", "model");
}

#[tokio::test(start_paused = true)]
async fn base_models_stay() {
    let api = Api::new();
    assert!(api.get(&format!("/models/{MODEL}")).await.ok()["shutdown_date"].is_null());
    api.delete(&format!("/models/{MODEL}"))
        .await
        .refused(403, "insufficient_permissions", ());
    let retired = api.get("/models/o1-mini-2024-09-12").await.ok();
    assert_eq!(retired["shutdown_date"], "2025-10-27");
    let mut request = request();
    request["model"] = retired["id"].clone();
    let message =
        api.post("/fine_tuning/jobs", request)
            .await
            .refused(400, "model_not_found", "model");
    assert!(message.contains("shut down"), "{message}");
    api.get("/models/gpt-9")
        .await
        .refused(404, "model_not_found", "model");
    api.delete("/models/gpt-9")
        .await
        .refused(404, "model_not_found", "model");
}

#[tokio::test(start_paused = true)]
async fn a_failed_job_makes_no_model() {
    let api = Api::with(Scenario::Failure);
    let before = api.get("/models").await.ok();
    let id = api.launch(request()).await;
    api.until(&id, "failed").await;
    assert_eq!(api.get("/models").await.ok(), before);
}
