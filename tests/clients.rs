//! Real clients, unmodified, against the built program: official SDKs, `fastmcp`, the Inspector and the conformance
//! suites. `tests/clients/README.md` says what each script does; `scripts/setup-clients` installs what they need.
//!
//! Every test starts a sandbox and a server of its own on free ports, so tests share nothing and run side by side.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and shows what a client printed"
)]

use std::{env, fs, path::Path, process::Command};

use program::{Server, binary, command, finish};

mod program;

/// Every set that needs no administrator's key.
const SETS: &str = "core,jobs,data,graders,models,insight";

/// Nobody is asked and no limit holds, for clients that try something else.
const UNGUARDED: &str = "--confirm never --spending launch_usd=none,day_usd=none,running_jobs=none";

/// A test for each line: its name, then a client, its mode, and the transport.
macro_rules! clients {
    ($($name:ident: $client:ident $mode:literal $transport:literal;)*) => { $(
        #[test]
        fn $name() {
            $client($mode, $transport);
        }
    )* };
}

clients! {
    mcp_sdk_stdio_legacy: mcp_sdk "legacy" "stdio";
    mcp_sdk_stdio_auto: mcp_sdk "auto" "stdio";
    mcp_sdk_stdio_modern: mcp_sdk "2026-07-28" "stdio";
    mcp_sdk_http_legacy: mcp_sdk "legacy" "http";
    mcp_sdk_http_auto: mcp_sdk "auto" "http";
    mcp_sdk_http_modern: mcp_sdk "2026-07-28" "http";
    mcp_sdk_sse_legacy: mcp_sdk "legacy" "sse";
    mcp_sdk_sse_auto: mcp_sdk "auto" "sse";

    fastmcp_stdio_legacy: fastmcp "legacy" "stdio";
    fastmcp_stdio_auto: fastmcp "auto" "stdio";
    fastmcp_stdio_modern: fastmcp "2026-07-28" "stdio";
    fastmcp_http_legacy: fastmcp "legacy" "http";
    fastmcp_http_auto: fastmcp "auto" "http";
    fastmcp_http_modern: fastmcp "2026-07-28" "http";
    fastmcp_sse_auto: fastmcp "auto" "sse";

    typescript_v1_stdio: typescript_v1 "legacy" "stdio";
    typescript_v1_http: typescript_v1 "legacy" "http";
    typescript_v1_sse: typescript_v1 "legacy" "sse";

    typescript_v2_stdio_legacy: typescript_v2 "legacy" "stdio";
    typescript_v2_stdio_auto: typescript_v2 "auto" "stdio";
    typescript_v2_stdio_modern: typescript_v2 "2026-07-28" "stdio";
    typescript_v2_http_legacy: typescript_v2 "legacy" "http";
    typescript_v2_http_auto: typescript_v2 "auto" "http";
    typescript_v2_http_modern: typescript_v2 "2026-07-28" "http";
    typescript_v2_sse_legacy: typescript_v2 "legacy" "sse";

    inspector_stdio_legacy: inspector "legacy" "stdio";
    inspector_stdio_auto: inspector "auto" "stdio";
    inspector_stdio_modern: inspector "modern" "stdio";
    inspector_http_legacy: inspector "legacy" "http";
    inspector_http_auto: inspector "auto" "http";
    inspector_http_modern: inspector "modern" "http";
    inspector_sse_legacy: inspector "legacy" "sse";

    confirm_stdio_legacy: confirm "legacy" "stdio";
    confirm_stdio_modern: confirm "2026-07-28" "stdio";
    confirm_http_legacy: confirm "legacy" "http";
    confirm_http_modern: confirm "2026-07-28" "http";
    confirm_sse_legacy: confirm "legacy" "sse";

    offers_stdio_legacy: offers "legacy" "stdio";
    offers_stdio_modern: offers "2026-07-28" "stdio";
    offers_http_legacy: offers "legacy" "http";
    offers_http_modern: offers "2026-07-28" "http";

    conformance_alpha_2025_03_26: conformance "alpha" "2025-03-26";
    conformance_alpha_2025_06_18: conformance "alpha" "2025-06-18";
    conformance_alpha_2025_11_25: conformance "alpha" "2025-11-25";
    conformance_alpha_2026_07_28: conformance "alpha" "2026-07-28";
    conformance_stable_2025_06_18: conformance "stable" "2025-06-18";
    conformance_stable_2025_11_25: conformance "stable" "2025-11-25";
}

#[test]
fn openai_python() {
    openai_sdk("openai_sdk.py");
}

#[test]
fn openai_node() {
    openai_sdk("openai_sdk.mjs");
}

/// The provider's official SDK beside this server, on the same state.
#[test]
fn openai_node_beside_this_server() {
    let Some(mut script) = script("tests/clients/node/beside.mjs") else {
        return;
    };
    let sandbox = start("sandbox --port 0 --speed 1 --seed 7", "/v1");
    script.arg(&sandbox.url).arg(binary());
    script.args(["serve", "--provider", "openai", "--base-url", &sandbox.url]);
    script.args(UNGUARDED.split(' '));
    run(script);
}

/// The language server that editors run, on the manifests here.
#[test]
fn yaml_language_server() {
    if let Some(script) = script("tests/clients/node/editor.mjs") {
        run(script);
    }
}

/// The scripted agent, on each provider in front of the sandbox that shows its differences.
#[test]
fn agent_openai() {
    agent("openai", "openai", "/v1");
}

#[test]
fn agent_azure() {
    agent("azure", "azure", "/openai/v1");
}

#[test]
fn agent_azure_legacy() {
    agent("azure-legacy", "azure", "/openai/v1");
}

#[test]
fn agent_bedrock() {
    agent("bedrock", "bedrock", "/v1");
}

fn mcp_sdk(mode: &str, transport: &str) {
    client("python/mcp_sdk.py", mode, transport);
}

fn fastmcp(mode: &str, transport: &str) {
    client("python/fastmcp_client.py", mode, transport);
}

fn typescript_v1(mode: &str, transport: &str) {
    client("node/sdk_v1.mjs", mode, transport);
}

fn typescript_v2(mode: &str, transport: &str) {
    client("node/client_v2.mjs", mode, transport);
}

fn inspector(mode: &str, transport: &str) {
    client("node/inspector.mjs", mode, transport);
}

/// Prompts, resources, completions and progress, on a sandbox that is as slow as life.
fn offers(mode: &str, transport: &str) {
    let Some(mut script) = script("tests/clients/python/offers.py") else {
        return;
    };
    let sandbox = start("sandbox --port 0 --speed 1 --seed 7", "/v1");
    let serve = format!(
        "serve --transport {transport} --provider openai --base-url {} --sets {SETS} {UNGUARDED}",
        sandbox.url
    );
    script.args([mode, transport]);
    if transport == "stdio" {
        script.arg(binary()).args(serve.split(' '));
        run(script);
    } else {
        let server = start(&format!("{serve} --port 0"), "/mcp");
        script.arg(&server.url);
        run(script);
    }
}

/// Whether a person is asked, in front of a sandbox whose jobs last.
fn confirm(mode: &str, transport: &str) {
    let Some(mut script) = script("tests/clients/python/confirm.py") else {
        return;
    };
    let sandbox = start("sandbox --port 0 --speed 1 --seed 7", "/v1");
    let log =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("confirm-{mode}-{transport}.log"));
    let _ = fs::remove_file(&log);
    let log = log.to_str().unwrap();
    let serve = format!(
        "serve --transport {transport} --provider openai --base-url {} --confirm always --spending running_jobs=2 \
         --audit-log {log}",
        sandbox.url
    );
    script.args([mode, log, transport]);
    if transport == "stdio" {
        script.arg(binary()).args(serve.split(' '));
        run(script);
    } else {
        let path = if transport == "sse" { "/sse" } else { "/mcp" };
        let server = start(&format!("{serve} --port 0"), path);
        script.arg(&server.url);
        run(script);
    }
}

/// A client's script, told where a server for `transport` is, or how to start it.
fn client(name: &str, mode: &str, transport: &str) {
    let Some(mut script) = script(&format!("tests/clients/{name}")) else {
        return;
    };
    let sandbox = sandbox();
    let serve = format!(
        "serve --transport {transport} --provider openai --base-url {} {UNGUARDED}",
        sandbox.url
    );
    script.args([mode, transport]);
    if transport == "stdio" {
        script.arg(binary()).args(serve.split(' '));
        run(script);
    } else {
        let path = if transport == "sse" { "/sse" } else { "/mcp" };
        let server = start(&format!("{serve} --port 0"), path);
        script.arg(&server.url);
        run(script);
    }
}

/// From two files to a compared pair of checkpoints; `path` is where the sandbox's API begins.
fn agent(provider: &str, flavour: &str, path: &str) {
    let Some(mut script) = script("tests/clients/python/agent.py") else {
        return;
    };
    let sandbox = format!("sandbox --port 0 --speed 100000 --seed 7 --flavour {flavour}");
    let sandbox = start(&sandbox, path);
    let base = match provider {
        "azure-legacy" => sandbox.url.replace("/openai/v1", "/openai"),
        _ => sandbox.url.clone(),
    };
    script.args([provider, &base]).arg(binary());
    let serve = ["serve", "--provider", provider, "--base-url", &base];
    script.args(serve).args(["--sets", SETS]);
    for key in ["AZURE_OPENAI_API_KEY", "AWS_BEARER_TOKEN_BEDROCK"] {
        script.env(key, "none-needed");
    }
    run(script);
}

/// Webhooks out and in, of packages that are not the server's.
#[test]
fn webhooks_are_as_their_official_packages_have_them() {
    let Some(mut script) = script("tests/clients/node/webhooks.mjs") else {
        return;
    };
    let sandbox = start("sandbox --port 0 --speed 5000 --seed 7", "/v1");
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("webhooks");
    fs::remove_dir_all(&directory).ok();
    script.arg(&sandbox.url).arg(&directory).arg(binary());
    run(script);
    fs::remove_dir_all(&directory).ok();
}

/// All scenarios of a release of the conformance suite for a revision of the protocol.
fn conformance(release: &str, revision: &str) {
    let Some(mut script) = script("tests/clients/node/conformance.mjs") else {
        return;
    };
    let server = start("serve --transport http --provider sandbox --port 0", "/mcp");
    script.args([release, revision, &server.url]);
    run(script);
}

/// The provider's official SDK against the sandbox.
fn openai_sdk(name: &str) {
    let Some(mut script) = script(&format!("sandbox/tests/sdk/{name}")) else {
        return;
    };
    let sandbox = sandbox();
    script.env("OPENAI_BASE_URL", &sandbox.url);
    run(script);
}

/// A simulated provider, an hour a second: jobs start soon and last until the test is over.
fn sandbox() -> Server {
    start("sandbox --port 0 --speed 3600 --seed 7", "/v1")
}

fn start(arguments: &str, path: &str) -> Server {
    Server::start(&arguments.split(' ').collect::<Vec<_>>(), path)
}

fn run(script: Command) {
    println!("{}", finish(script));
}

/// A command that runs a script, with what the real clients need; `None` when they are to be skipped.
///
/// A test without its client fails, so that nobody takes a run without the real clients for a run of all tests.
fn script(path: &str) -> Option<Command> {
    if env::var_os("RFT_MCP_SKIP_CLIENTS").is_some_and(|value| value == "1") {
        println!("skipped: RFT_MCP_SKIP_CLIENTS is 1");
        return None;
    }
    let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join(".test-env");
    assert!(
        installed.join("stamp").exists(),
        "the real clients are not installed: run scripts/test, or scripts/setup-clients once"
    );
    let python = Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "py");
    let interpreter = if python {
        "python/bin/python"
    } else {
        "bin/node"
    };
    let mut command = command(installed.join(interpreter));
    command.arg(path);
    Some(command)
}
