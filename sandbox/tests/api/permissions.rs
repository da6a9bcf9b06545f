//! Who may use a checkpoint.

use axum::body::Body;
use serde_json::{Value, json};

use crate::support::{Api, pass, request};

/// A provider with a model, and the path of its permissions.
async fn trained() -> (Api, String) {
    let api = Api::new();
    let id = api.launch(request()).await;
    let job = api.finish(&id).await;
    let name = job["fine_tuned_model"].as_str().unwrap();
    (api, format!("/fine_tuning/checkpoints/{name}/permissions"))
}

fn ids(list: &Value) -> Vec<&str> {
    let data = list["data"].as_array().unwrap().iter();
    data.map(|one| one["project_id"].as_str().unwrap())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn permissions_are_given_listed_and_taken() {
    let (api, path) = trained().await;
    assert_eq!(api.get(&path).await.ok()["data"], json!([]));
    let given = api
        .post(&path, json!({"project_ids": ["proj_a", "proj_b"]}))
        .await
        .ok();
    assert_eq!(ids(&given), ["proj_a", "proj_b"]);
    pass(1.0).await;
    let more = json!({"project_ids": ["proj_c", "proj_a"]});
    let again = api.post(&path, more).await.ok();
    // Who may already keeps the permission there is.
    assert_eq!(again["data"][1], given["data"][0]);
    let newest = api.get(&format!("{path}?limit=2")).await.ok();
    assert_eq!(ids(&newest), ["proj_c", "proj_b"]);
    assert_eq!(newest["has_more"], true);
    let after = newest["last_id"].as_str().unwrap();
    let rest = api.get(&format!("{path}?after={after}")).await.ok();
    assert_eq!(ids(&rest), ["proj_a"]);
    let oldest = api.get(&format!("{path}?order=ascending")).await.ok();
    assert_eq!(ids(&oldest), ["proj_a", "proj_b", "proj_c"]);
    let one = api.get(&format!("{path}?project_id=proj_b")).await.ok();
    assert_eq!(ids(&one), ["proj_b"]);
    let gone = format!("{path}/{}", one["data"][0]["id"].as_str().unwrap());
    assert_eq!(api.delete(&gone).await.ok()["deleted"], true);
    api.delete(&gone)
        .await
        .refused(404, "permission_not_found", "permission_id");
    assert_eq!(ids(&api.get(&path).await.ok()), ["proj_c", "proj_a"]);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_is_sent_must_be_an_administrator_s() {
    let (api, path) = trained().await;
    let usual = api.with_key(Some(("authorization", "Bearer sk-proj-1")));
    usual.get("/models").await.ok();
    for (method, path) in [
        ("GET", path.clone()),
        ("POST", path.clone()),
        ("DELETE", format!("{path}/cp_1")),
    ] {
        let body = Body::from(r#"{"project_ids": ["proj_a"]}"#);
        let reply = usual.call(method, &path, None, body).await;
        let message = reply.refused(403, "insufficient_permissions", ());
        assert!(message.contains("admin API key"), "{message}");
    }
    let admin = api.with_key(Some(("authorization", "Bearer sk-admin-1")));
    assert_eq!(admin.get(&path).await.ok()["data"], json!([]));
}

#[tokio::test(start_paused = true)]
async fn what_can_not_be_permitted_is_refused() {
    let (api, path) = trained().await;
    for (body, code, param) in [
        (json!({}), "missing_required_parameter", "project_ids"),
        (json!({"project_ids": []}), "empty_array", "project_ids"),
        (json!({"project_ids": [1]}), "invalid_type", "project_ids"),
        (
            json!({"project_ids": ["p"], "x": 1}),
            "unknown_parameter",
            "x",
        ),
    ] {
        api.post(&path, body).await.refused(400, code, param);
    }
    api.get(&format!("{path}?order=up"))
        .await
        .refused(400, "invalid_value", "order");
    let base = "/fine_tuning/checkpoints/o4-mini-2025-04-16/permissions";
    api.get(base).await.refused(404, "model_not_found", "model");
}
