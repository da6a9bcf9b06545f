//! The official conformance suite, every scenario of each release: nothing may fail. `scripts/setup-clients` installs
//! it; `RFT_MCP_SKIP_CLIENTS=1` leaves it out.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and shows what the suite says"
)]

use std::{env, path::Path, process::Stdio};

use conformance_mcp::server;
use rft_mcp_runtime::transport::http::{self, HttpOptions};
use tokio::{net::TcpListener, process::Command};
use tokio_util::sync::CancellationToken;

async fn suite(release: &str, revision: &str) {
    if env::var_os("RFT_MCP_SKIP_CLIENTS").is_some_and(|value| value == "1") {
        println!("skipped: RFT_MCP_SKIP_CLIENTS is 1");
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let node = root.join(".test-env/bin/node");
    assert!(
        node.exists(),
        "the suite is not installed: run scripts/test, or scripts/setup-clients once"
    );
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    let shutdown = CancellationToken::new();
    let served = tokio::spawn(http::run(
        listener,
        server().unwrap(),
        HttpOptions::default(),
        shutdown.clone(),
    ));
    let output = Command::new(node)
        .current_dir(root)
        .args([
            "tests/clients/node/conformance.mjs",
            release,
            revision,
            &url,
            "all",
        ])
        .env("NO_PROXY", "127.0.0.1")
        .env("no_proxy", "127.0.0.1")
        .stdin(Stdio::null())
        .output()
        .await
        .unwrap();
    shutdown.cancel();
    served.await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{errors}");
    println!("{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn stable_2025_06_18() {
    suite("stable", "2025-06-18").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stable_2025_11_25() {
    suite("stable", "2025-11-25").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn alpha_2025_11_25() {
    suite("alpha", "2025-11-25").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn alpha_2026_07_28() {
    suite("alpha", "2026-07-28").await;
}

/// Every scenario of the revision and of its extensions, tasks among them.
#[tokio::test(flavor = "multi_thread")]
async fn alpha_requirements_of_2026_07_28() {
    suite("alpha", "requirements:2026-07-28").await;
}
