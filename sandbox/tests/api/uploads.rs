//! Files that come in parts.

use axum::body::Body;
use rft_mcp_sandbox::{Config, VALIDATION_FILE};
use serde_json::{Value, json};

use crate::support::{Api, START, config, examples, pass, request};

fn announced(bytes: usize) -> Value {
    json!({"filename": "a.jsonl", "purpose": "fine-tune", "bytes": bytes, "mime_type": "text/jsonl"})
}

/// Begins an upload; its path.
async fn begin(api: &Api, bytes: usize) -> String {
    let upload = api.post("/uploads", announced(bytes)).await.ok();
    format!("/uploads/{}", upload["id"].as_str().unwrap())
}

fn form(key: &str, content: &str) -> String {
    format!(
        "--B\r\ncontent-disposition: form-data; name=\"{key}\"; filename=\"part\"\r\n\r\n{content}\r\n--B--\r\n"
    )
}

/// Adds a part; its id.
async fn add(api: &Api, upload: &str, content: &str) -> Value {
    let path = format!("{upload}/parts");
    api.form_to(&path, form("data", content)).await.ok()["id"].clone()
}

#[tokio::test(start_paused = true)]
async fn parts_become_a_file_in_the_order_given_at_the_end() {
    let api = Api::new();
    let content = examples(500, 20);
    let (head, tail) = content.split_at(content.len() / 2);
    let mut body = announced(content.len());
    body["expires_after"] = json!({"anchor": "created_at", "seconds": 3_600});
    let upload = api.post("/uploads", body).await.ok();
    assert_eq!(
        (&upload["status"], &upload["expires_at"]),
        (&json!("pending"), &json!(START + 3_600))
    );
    let path = format!("/uploads/{}", upload["id"].as_str().unwrap());
    let last = add(&api, &path, tail).await;
    let first = add(&api, &path, head).await;
    let done = api
        .post(
            &format!("{path}/complete"),
            json!({"part_ids": [first, last]}),
        )
        .await
        .ok();
    assert_eq!(done["status"], "completed");
    let file = done["file"]["id"].as_str().unwrap();
    let (_, _, bytes) = api
        .raw(
            "GET",
            &format!("/v1/files/{file}/content"),
            None,
            Body::empty(),
        )
        .await;
    assert_eq!(bytes, content.into_bytes());
    let mut job = request();
    job["training_file"] = file.into();
    let id = api.launch(job).await;
    api.until(&id, "running").await;
    // The file expires as it was told to, by its own time.
    pass(3_600.0).await;
    api.get(&format!("/files/{file}"))
        .await
        .refused(404, (), "id");
    api.get(&format!("/files/{VALIDATION_FILE}")).await.ok();
}

#[tokio::test(start_paused = true)]
async fn what_does_not_fit_together_is_refused_and_can_be_mended() {
    let api = Api::new();
    let path = begin(&api, 6).await;
    let (parts, complete) = (format!("{path}/parts"), format!("{path}/complete"));
    let first = add(&api, &path, "abc").await;
    let finish = async |body: Value| api.post(&complete, body).await;
    finish(json!({"part_ids": [first]}))
        .await
        .refused(400, "invalid_upload_size", "part_ids");
    api.form_to(&parts, form("data", "defg"))
        .await
        .refused(400, "invalid_upload_size", "data");
    api.form_to(&parts, form("file", "def"))
        .await
        .refused(400, "unknown_parameter", "file");
    api.form_to(&parts, "--B--\r\n".to_owned()).await.refused(
        400,
        "missing_required_parameter",
        "data",
    );
    let second = add(&api, &path, "def").await;
    for (ids, part) in [
        (json!([first, "part_none"]), "does not exist"),
        (json!([first, first]), "occurs twice"),
    ] {
        let refused = finish(json!({"part_ids": ids})).await;
        let message = refused.refused(400, "invalid_part", "part_ids");
        assert!(message.contains(part), "{message}");
    }
    finish(json!({"part_ids": [1]}))
        .await
        .refused(400, "invalid_type", "part_ids");
    let ids = json!([first, second]);
    finish(json!({"part_ids": ids, "md5": "00"}))
        .await
        .refused(400, "invalid_md5", "md5");
    // The checksum of `abcdef`.
    let done = finish(json!({"part_ids": ids, "md5": "E80B5017098950FC58AAD83C8C14978E"})).await;
    assert_eq!(done.ok()["file"]["bytes"], 6);
    let again = finish(json!({"part_ids": ids})).await;
    let message = again.refused(400, "invalid_upload_state", ());
    assert!(message.contains("is completed"), "{message}");
}

#[tokio::test(start_paused = true)]
async fn what_is_announced_is_checked() {
    let api = Api::new();
    for (key, value, code) in [
        ("filename", json!(null), "missing_required_parameter"),
        ("purpose", json!("fun"), "invalid_value"),
        ("bytes", json!(0), "integer_below_min_value"),
        ("bytes", json!(8_589_934_593_i64), "integer_above_max_value"),
        ("mime_type", json!(null), "missing_required_parameter"),
        ("colour", json!("red"), "unknown_parameter"),
    ] {
        let mut body = announced(1);
        body[key] = value;
        api.post("/uploads", body).await.refused(400, code, key);
    }
    let mut body = announced(1);
    body["expires_after"] = json!({"anchor": "created_at", "seconds": 1});
    let param = "expires_after.seconds";
    api.post("/uploads", body)
        .await
        .refused(400, "integer_below_min_value", param);
    api.act("/uploads/upload_none/cancel")
        .await
        .refused(404, (), "upload_id");
}

#[tokio::test(start_paused = true)]
async fn an_upload_ends_by_being_cancelled_or_after_an_hour() {
    let api = Api::new();
    let cancelled = begin(&api, 3).await;
    add(&api, &cancelled, "abc").await;
    let view = api.act(&format!("{cancelled}/cancel")).await.ok();
    assert_eq!(view["status"], "cancelled");
    let late = begin(&api, 3).await;
    pass(3_599.0).await;
    let part = add(&api, &late, "abc").await;
    pass(1.0).await;
    for (path, body, state) in [
        (&cancelled, json!({"part_ids": []}), "is cancelled"),
        (&late, json!({"part_ids": [part]}), "is expired"),
    ] {
        let refused = api.post(&format!("{path}/complete"), body).await;
        let message = refused.refused(400, "invalid_upload_state", ());
        assert!(message.contains(state), "{message}");
    }
    api.form_to(&format!("{late}/parts"), form("data", "abc"))
        .await
        .refused(400, "invalid_upload_state", ());
    api.act(&format!("{late}/cancel"))
        .await
        .refused(400, "invalid_upload_state", ());
}

#[tokio::test(start_paused = true)]
async fn parts_take_up_the_store_until_the_upload_ends() {
    let api = Api::of(Config {
        store_limit: 100,
        examples: Some((vec![], vec![])),
        ..config()
    });
    let path = begin(&api, 120).await;
    add(&api, &path, &"x".repeat(60)).await;
    let more = form("data", &"x".repeat(60));
    api.form_to(&format!("{path}/parts"), more.clone())
        .await
        .refused(413, "sandbox_store_full", ());
    api.act(&format!("{path}/cancel")).await.ok();
    let path = begin(&api, 60).await;
    api.form_to(&format!("{path}/parts"), more).await.ok();
}

#[tokio::test(start_paused = true)]
async fn a_part_is_at_most_64_mb() {
    let api = Api::new();
    let path = begin(&api, 70 << 20).await;
    let whole = add(&api, &path, &"x".repeat(64 << 20)).await;
    assert!(whole.as_str().unwrap().starts_with("part_"));
    api.form_to(
        &format!("{path}/parts"),
        form("data", &"x".repeat((64 << 20) + 1)),
    )
    .await
    .refused(413, "part_too_large", ());
}
