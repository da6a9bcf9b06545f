//! What the demo does on the provider's own API as a person would, since no tool does it yet: files and the
//! provider's check of a grader.

use rft_mcp_runtime::upstream::client_builder;
use serde_json::{Value, json};

use super::{failed, text};
use crate::cli::Error;

/// Separates the parts; it stands in none of the demo's files.
const BOUNDARY: &str = "rft-mcp-demo-boundary";

/// Uploads a data file; its id.
pub async fn upload(base: &str, name: &str, content: Vec<u8>) -> Result<String, Error> {
    let mut body = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nfine-tune\r\n--{BOUNDARY}\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/jsonl\r\n\r\n"
    )
    .into_bytes();
    body.extend(content);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    text(&post(&format!("{base}/files"), &kind, body).await?, "/id")
}

/// Asks the provider whether a grader is valid.
pub async fn validate_grader(base: &str, grader: &Value) -> Result<(), Error> {
    let body = json!({ "grader": grader }).to_string().into_bytes();
    let url = format!("{base}/fine_tuning/alpha/graders/validate");
    let answer = post(&url, "application/json", body).await?;
    match answer.get("grader") {
        Some(_) => Ok(()),
        None => Err(failed(&format!("the grader is not valid: {answer}"))),
    }
}

async fn post(url: &str, kind: &str, body: Vec<u8>) -> Result<Value, Error> {
    let what = |error: reqwest::Error| failed(&format!("POST {url}: {error}"));
    let client = client_builder(false).build().map_err(what)?;
    let sent = client
        .post(url)
        .header("content-type", kind)
        .body(body)
        .send()
        .await;
    let answer = sent.map_err(what)?.text().await.map_err(what)?;
    serde_json::from_str(&answer).map_err(|_| failed(&format!("POST {url}: not JSON: {answer}")))
}
