//! Files and what is refused of them.

use axum::body::Body;
use rft_mcp_sandbox::{Config, TRAINING_FILE, VALIDATION_FILE};
use serde_json::{Value, json};

use crate::support::{Api, START, config, examples, pass, request};

#[tokio::test(start_paused = true)]
async fn a_file_comes_back_as_it_was_sent() {
    let api = Api::new();
    let content = examples(0, 3);
    let file = api
        .upload("fine-tune", "a \"b\".jsonl", &content)
        .await
        .ok();
    assert_eq!(file["bytes"], content.len());
    assert_eq!(file["created_at"], START);
    let id = file["id"].as_str().unwrap();
    assert_eq!(api.get(&format!("/files/{id}")).await.ok(), file);
    let path = format!("/v1/files/{id}/content");
    let (status, headers, bytes) = api.raw("GET", &path, None, Body::empty()).await;
    assert_eq!((status, bytes), (200, content.into_bytes()));
    assert_eq!(headers["x-simulated"], "true");
    api.delete(&format!("/files/{id}")).await.ok();
    for reply in [
        api.get(&format!("/files/{id}")).await,
        api.delete(&format!("/files/{id}")).await,
        api.get(&format!("/files/{id}/content")).await,
    ] {
        assert_eq!(
            reply.refused(404, (), "id"),
            format!("No such File object: {id} (simulated)")
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_two_example_files_are_there_and_share_nothing() {
    let api = Api::new();
    let list = api.get("/files?purpose=fine-tune&order=asc").await.ok();
    assert_eq!(
        (&list["first_id"], &list["last_id"]),
        (&TRAINING_FILE.into(), &VALIDATION_FILE.into())
    );
    let id = api.launch(request()).await;
    api.until(&id, "running").await;
    let own = Api::of(Config {
        examples: Some((examples(0, 5).into_bytes(), examples(5, 2).into_bytes())),
        ..config()
    });
    let file = own.get(&format!("/files/{TRAINING_FILE}")).await.ok();
    assert_eq!(file["bytes"], examples(0, 5).len());
}

#[tokio::test(start_paused = true)]
async fn files_are_listed_by_purpose_order_and_page() {
    let api = Api::new();
    let mut sent = Vec::new();
    for (purpose, name) in [("fine-tune", "a"), ("user_data", "b"), ("fine-tune", "c")] {
        pass(1.0).await;
        sent.push(api.upload(purpose, name, "x").await.ok()["id"].clone());
    }
    let ids = async |query: &str| -> Vec<Value> {
        let list = api.get(&format!("/files{query}")).await.ok();
        list["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["id"].clone())
            .collect()
    };
    assert_eq!(
        ids("?limit=3").await,
        [sent[2].clone(), sent[1].clone(), sent[0].clone()]
    );
    assert_eq!(ids("?purpose=user_data").await, [sent[1].clone()]);
    let query = format!("?order=asc&after={VALIDATION_FILE}&purpose=fine-tune");
    assert_eq!(ids(&query).await, [sent[0].clone(), sent[2].clone()]);
    assert_eq!(api.get("/files?purpose=none").await.ok()["first_id"], "");
    api.get("/files?order=up")
        .await
        .refused(400, "invalid_value", "order");
    api.get("/files?limit=0")
        .await
        .refused(400, "integer_below_min_value", "limit");
    api.get("/files?limit=ten")
        .await
        .refused(400, "invalid_type", "limit");
    api.get("/files?limit=10001")
        .await
        .refused(400, "integer_above_max_value", "limit");
    api.get("/files?size=1")
        .await
        .refused(400, "unknown_parameter", "size");
    api.get("/files?after=file-x")
        .await
        .refused(400, "invalid_value", "after");
}

fn part(name: &str, text: &str) -> String {
    format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
}

fn file_part(content: &str) -> String {
    format!(
        "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n{content}\r\n"
    )
}

#[tokio::test(start_paused = true)]
async fn a_file_expires() {
    let api = Api::new();
    let form = |anchor: &str, seconds: &str| {
        let expiry =
            part("expires_after[anchor]", anchor) + &part("expires_after[seconds]", seconds);
        format!(
            "{}{expiry}{}--B--\r\n",
            file_part("x"),
            part("purpose", "user_data")
        )
    };
    let file = api.form(form("created_at", "3600")).await.ok();
    assert_eq!(file["expires_at"], START + 3_600);
    let path = format!("/files/{}", file["id"].as_str().unwrap());
    pass(3_599.0).await;
    api.get(&path).await.ok();
    pass(1.0).await;
    api.get(&path).await.refused(404, (), "id");
    let refused = async |anchor, seconds, code, param| {
        api.form(form(anchor, seconds))
            .await
            .refused(400, code, param);
    };
    refused(
        "created_at",
        "3599",
        "integer_below_min_value",
        "expires_after.seconds",
    )
    .await;
    refused(
        "created_at",
        "2592001",
        "integer_above_max_value",
        "expires_after.seconds",
    )
    .await;
    refused(
        "created_at",
        "soon",
        "invalid_type",
        "expires_after.seconds",
    )
    .await;
    refused(
        "deleted_at",
        "3600",
        "invalid_value",
        "expires_after.anchor",
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn uploads_that_are_not_as_they_should_are_refused() {
    let api = Api::new();
    let end = "--B--\r\n";
    api.form(part("purpose", "fine-tune") + end).await.refused(
        400,
        "missing_required_parameter",
        "file",
    );
    api.form(file_part("x") + end)
        .await
        .refused(400, "missing_required_parameter", "purpose");
    api.form(file_part("x") + &part("colour", "red") + end)
        .await
        .refused(400, "unknown_parameter", "colour");
    api.upload("fun", "f", "x")
        .await
        .refused(400, "invalid_value", "purpose");
    api.form("nonsense".to_owned()).await.refused(400, (), ());
    api.post("/files", json!({"purpose": "fine-tune"}))
        .await
        .refused(400, (), ());
}

#[tokio::test(start_paused = true)]
async fn the_store_is_limited_and_deleting_makes_room() {
    let examples = Some((vec![], vec![]));
    let api = Api::of(Config {
        store_limit: 100,
        examples,
        ..config()
    });
    let first = api.upload("user_data", "f", &"x".repeat(60)).await.ok();
    let full = api.upload("user_data", "f", &"x".repeat(60)).await;
    let message = full.refused(413, "sandbox_store_full", ());
    assert!(message.contains("at most 100 bytes"), "{message}");
    // A single one that is too large is not even read to its end.
    api.upload("user_data", "f", &"x".repeat(101))
        .await
        .refused(413, "sandbox_store_full", ());
    api.delete(&format!("/files/{}", first["id"].as_str().unwrap()))
        .await
        .ok();
    api.upload("user_data", "f", &"x".repeat(60)).await.ok();
}
