//! The built program as tests start it: as a server on a free port, or run to its end.

use std::{
    env,
    ffi::OsStr,
    io::{BufRead, BufReader, Read},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// How long a server may take to listen, and a command to end, on a machine under load.
const PATIENCE: Duration = Duration::from_secs(180);

/// The program under test, or another build of it, such as a release: `RFT_MCP_BINARY=target/dist/rft-mcp`.
pub fn binary() -> PathBuf {
    env::var_os("RFT_MCP_BINARY")
        .map_or_else(|| env!("CARGO_BIN_EXE_rft-mcp").into(), PathBuf::from)
}

/// A command in the project's folder, with a key that is no secret and no proxy between processes of this machine.
pub fn command(program: impl AsRef<OsStr>) -> Command {
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

/// The program, listening on a free port; killed when dropped.
pub struct Server {
    process: Child,
    /// What it serves.
    pub url: String,
}

impl Server {
    /// Starts the program and waits for the line on stderr that says where it listens for `path`.
    pub fn start(arguments: &[&str], path: &str) -> Self {
        Self::with(arguments, &[], path)
    }

    /// The same with variables of its own.
    pub fn with(arguments: &[&str], variables: &[(&str, String)], path: &str) -> Self {
        let mut process = command(binary())
            .args(arguments)
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let mut server = Self {
            process,
            url: String::new(),
        };
        let (sender, receiver) = mpsc::channel();
        // Reads to the end: a server whose stderr is full would stop.
        thread::spawn(move || {
            lines
                .map_while(Result::ok)
                .for_each(|line| drop(sender.send(line)));
        });
        let deadline = Instant::now() + PATIENCE;
        let mut said = String::new();
        while let Ok(line) = receiver.recv_timeout(deadline - Instant::now().min(deadline)) {
            if let Some((_, rest)) = line.split_once("listening on ") {
                let url = rest.split_whitespace().next().unwrap_or_default();
                if url.ends_with(path) {
                    url.clone_into(&mut server.url);
                    return server;
                }
            }
            said = said + &line + "\n";
        }
        panic!("`rft-mcp {}` does not listen:\n{said}", arguments.join(" "));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Runs a command to its end, and gives what it printed; fails with that unless it ends well and in time.
pub fn finish(mut command: Command) -> String {
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
            process.wait().ok();
            break None;
        }
        thread::sleep(Duration::from_millis(10));
    };
    let (output, errors) = (output.join().unwrap(), errors.join().unwrap());
    match status {
        Some(status) if status.success() => output,
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
