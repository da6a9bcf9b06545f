//! Real clients, unmodified, against the built program: official SDKs, FastMCP, the Inspector and the conformance
//! suites. `tests/clients/README.md` says what each script does; `scripts/setup-clients` installs what they need.
//!
//! Every test starts a sandbox and a server of its own on free ports, so tests share nothing and run side by side.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and shows what a client printed"
)]

use std::{
    env,
    ffi::OsStr,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// How long a server may take to listen, and a client to do all its checks, on a machine under load.
const PATIENCE: Duration = Duration::from_secs(180);

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

/// A client's script, told where a server for `transport` is, or how to start it.
fn client(name: &str, mode: &str, transport: &str) {
    let Some(mut script) = script(&format!("tests/clients/{name}")) else {
        return;
    };
    let sandbox = Server::sandbox();
    let serve = format!(
        "serve --transport {transport} --provider openai --base-url {}",
        sandbox.url
    );
    script.args([mode, transport]);
    if transport == "stdio" {
        script.arg(binary()).args(serve.split(' '));
        finish(script);
    } else {
        let path = if transport == "sse" { "/sse" } else { "/mcp" };
        let server = Server::start(&format!("{serve} --port 0"), path);
        script.arg(&server.url);
        finish(script);
    }
}

/// All scenarios of a release of the conformance suite for a revision of the protocol.
fn conformance(release: &str, revision: &str) {
    let Some(mut script) = script("tests/clients/node/conformance.mjs") else {
        return;
    };
    let server = Server::start("serve --transport http --provider sandbox --port 0", "/mcp");
    script.args([release, revision, &server.url]);
    finish(script);
}

/// The provider's official SDK against the sandbox.
fn openai_sdk(name: &str) {
    let Some(mut script) = script(&format!("sandbox/tests/sdk/{name}")) else {
        return;
    };
    let sandbox = Server::start(&format!("sandbox --port 0 --speed {speed}"));
    script
        .arg(&sandbox.url)
        .env("OPENAI_BASE_URL", &sandbox.url);
    finish(script);
}

/// The program under test, or another build of it, such as a release: `RFT_MCP_BINARY=target/dist/rft-mcp`.
fn binary() -> PathBuf {
    env::var_os("RFT_MCP_BINARY")
        .map_or_else(|| env!("CARGO_BIN_EXE_rft-mcp").into(), PathBuf::from)
}

/// A command in the project's folder, with a key that is no secret and no proxy between processes of this machine.
fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("OPENAI_API_KEY", "none-needed")
        .env("NO_PROXY", "127.0.0.1")
        .env("no_proxy", "127.0.0.1")
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
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

/// The program, listening on a free port; killed when dropped.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    /// A simulated provider, an hour a second: jobs start soon and last until the test is over.
    fn sandbox() -> Self {
        Self::start("sandbox --port 0 --speed 3600 --seed 7", "/v1")
    }

    /// Starts the program and waits for the line on stderr that says where it listens for `path`.
    fn start(arguments: &str, path: &str) -> Self {
        let mut process = command(binary())
            .args(arguments.split(' '))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let (sender, receiver) = mpsc::channel();
        // Reads to the end: a server whose stderr is full would stop.
        thread::spawn(move || {
            lines
                .map_while(Result::ok)
                .for_each(|line| drop(sender.send(line)))
        });
        let deadline = Instant::now() + PATIENCE;
        let mut said = String::new();
        while let Ok(line) =
            receiver.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            if let Some((_, rest)) = line.split_once("listening on ") {
                let url = rest
                    .split_whitespace()
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                return Self { process, url };
            }
            said = said + &line + "\n";
        }
        drop(Self {
            process,
            url: String::new(),
        });
        panic!("`rft-mcp {arguments}` does not listen:\n{said}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Runs a script to its end; fails with all it printed unless it ends well and in time.
fn finish(mut command: Command) {
    let mut process = command
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let output = reading(process.stdout.take().unwrap());
    let errors = reading(process.stderr.take().unwrap());
    let deadline = Instant::now() + PATIENCE;
    let status = loop {
        if let Some(status) = process.try_wait().unwrap() {
            break Some(status);
        }
        if Instant::now() > deadline {
            process.kill().ok();
            break None;
        }
        thread::sleep(Duration::from_millis(10));
    };
    let (output, errors) = (output.join().unwrap(), errors.join().unwrap());
    println!("{output}");
    match status {
        Some(status) if status.success() => {}
        Some(status) => panic!("{command:?}: {status}\n{output}\n{errors}"),
        None => panic!("{command:?}: not done in {PATIENCE:?}\n{output}\n{errors}"),
    }
}

fn reading(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).ok();
        String::from_utf8_lossy(&bytes).into_owned()
    })
}
