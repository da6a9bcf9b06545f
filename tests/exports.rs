//! What `schema` prints, in the hands of those it is for: an independent validator of OpenAPI, and a browser.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may panic, and says what it leaves out"
)]

use std::{
    env, fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use rft_mcp_runtime::upstream::client_builder;
use serde_json::{Value, json};

/// How long the browser may take for anything, on a machine under load.
const PATIENCE: Duration = Duration::from_secs(120);

fn schema(format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rft-mcp"))
        .args(["schema", "--format", format])
        .output()
        .unwrap();
    assert!(output.status.success(), "{format}");
    String::from_utf8(output.stdout).unwrap()
}

fn value(format: &str) -> Value {
    serde_json::from_str(&schema(format)).unwrap()
}

#[test]
fn every_form_is_the_same_each_time() {
    for format in [
        "json",
        "yaml",
        "markdown",
        "html",
        "openapi",
        "openai",
        "openai-responses",
        "anthropic",
    ] {
        assert_eq!(schema(format), schema(format), "{format}");
    }
}

#[test]
fn the_page_in_docs_is_what_is_printed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/tools.md");
    let printed = schema("markdown");
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path, &printed).unwrap();
    }
    assert!(
        fs::read_to_string(path).unwrap_or_default() == printed,
        "`docs/tools.md` is old: run `UPDATE_GOLDEN=1 cargo test --test exports`, and review the difference"
    );
}

/// The whole of what the program has, in the words of `tools/list` and with the sets besides.
#[test]
fn json_has_sets_and_both_schemas_of_every_tool() {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let tools = rft_mcp::TABLE.tools.iter().map(|tool| {
        json!({
            "name": tool.name, "title": tool.title, "description": tool.description.trim(), "sets": tool.sets,
            "inputSchema": read(tool.input), "outputSchema": tool.output.map(read),
        })
    });
    let tools: Value = tools.collect();
    assert_eq!(value("json"), json!({ "tools": tools }));
    let yaml: Value = yaml_serde::from_str(&schema("yaml")).unwrap();
    assert_eq!(yaml, json!({ "tools": tools }));
    let document = value("openapi");
    for tool in rft_mcp::TABLE.tools {
        assert!(!tool.sets.is_empty());
        let operation = &document["paths"][format!("/tools/{}", tool.name)]["post"];
        assert_eq!(operation["tags"], json!(tool.sets));
    }
}

#[test]
fn model_apis_get_their_own_forms() {
    let listed = value("json");
    let listed = listed["tools"].as_array().unwrap();
    let (chat, responses, messages) = (
        value("openai"),
        value("openai-responses"),
        value("anthropic"),
    );
    assert!(!listed.is_empty());
    for all in [&chat, &responses, &messages] {
        assert_eq!(all.as_array().unwrap().len(), listed.len());
    }
    for (index, tool) in listed.iter().enumerate() {
        let (name, description, input) =
            (&tool["name"], &tool["description"], &tool["inputSchema"]);
        assert_eq!(
            chat[index],
            json!({"type": "function", "function": {"name": name, "description": description, "parameters": input}})
        );
        assert_eq!(
            responses[index],
            json!({"type": "function", "name": name, "description": description, "parameters": input, "strict": false})
        );
        assert_eq!(
            messages[index],
            json!({"name": name, "description": description, "input_schema": input})
        );
    }
}

/// The manifest's examples, not made-up ones.
#[cfg(feature = "authors")]
#[test]
fn the_openapi_document_has_the_examples() {
    use rft_mcp_codegen::Expected;

    let document = value("openapi");
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/manifest");
    let examples = rft_mcp_codegen::compile(manifest).unwrap().examples;
    let (mut results, mut errors) = (0, 0);
    for example in &examples {
        let operation = &document["paths"][format!("/tools/{}", example.tool)]["post"];
        let name = example
            .name
            .replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let of = |media: &Value| {
            media["content"]["application/json"]["examples"][&name]["value"].clone()
        };
        let input = of(&operation["requestBody"]);
        let result = of(&operation["responses"]["200"]);
        let error = of(&operation["responses"]["default"])["error"].clone();
        let refused = matches!(example.outcome, Expected::Error(_)) && example.sent.is_empty();
        assert!(refused || input == example.input, "{name}: {input}");
        match &example.outcome {
            Expected::Result(expected) => {
                assert_eq!(&result, expected);
                results += 1;
            }
            Expected::Error(text) => {
                assert!(error.as_str().unwrap().contains(text.as_str()), "{error}");
                errors += 1;
            }
            // A part of a result is none.
            _ => assert_eq!(result, Value::Null),
        }
    }
    assert!(results > 0 && errors > 0, "{results} and {errors}");
    for path in document["paths"].as_object().unwrap().values() {
        let made_up = &path["post"]["requestBody"]["content"]["application/json"]["example"];
        assert_eq!(*made_up, Value::Null);
    }
}

#[test]
fn the_openapi_document_is_valid() {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join(".test-env/python/bin/python");
    assert!(python.exists(), "run scripts/setup-clients first");
    let mut validator = Command::new(python)
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/clients/python/openapi_document.py"
        ))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let document = schema("openapi");
    validator
        .stdin
        .take()
        .unwrap()
        .write_all(document.as_bytes())
        .unwrap();
    let output = validator.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let operations: usize = String::from_utf8_lossy(&output.stdout)
        .trim()
        .parse()
        .unwrap();
    assert_eq!(operations, value("json")["tools"].as_array().unwrap().len());
}

/// A page for a browser has everything in it, and the browser finds in it what a reader looks for.
#[tokio::test]
async fn a_browser_shows_the_page_and_searches_it() {
    let Some(browser) = Browser::start().await else {
        println!(
            "skipped: no chromium and chromedriver on this machine (scripts/setup-clients installs them as root)"
        );
        return;
    };
    let page = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("tools.html");
    fs::write(&page, schema("html")).unwrap();
    browser
        .post("url", json!({"url": format!("file://{}", page.display())}))
        .await;
    let count = value("json")["tools"].as_array().unwrap().len();
    let shown = "return [document.querySelectorAll('section:not([hidden])').length, \
                 document.querySelectorAll('nav li:not([hidden])').length, \
                 document.getElementById('page-count').textContent, \
                 performance.getEntriesByType('resource').length, \
                 document.querySelectorAll('section table').length > 0, \
                 document.querySelectorAll('section:not(:has(.example pre))').length, \
                 document.querySelector('#list_jobs .example').innerText.replace(/\\s+/g, ' ')]";
    let example = "Example: by metadata { \"limit\": 2, \"metadata\": { \"run\": \"a 1\" } } Sends \
                   GET /fine_tuning/jobs?limit=2&metadata[run]=a 1 Gives { \"jobs\": [";
    let seen = browser.run(shown).await;
    assert_eq!(
        json!(seen.as_array().unwrap()[..6]),
        json!([count, count, format!("{count} tools"), 0, true, 0])
    );
    let shown_example = seen[6].as_str().unwrap();
    assert!(shown_example.starts_with(example), "{shown_example}");
    for (typed, found) in [
        ("sart_job no such tool", json!([0, 0, "0 tools"])),
        ("start_job reinforcement suffix", json!([1, 1, "1 tool"])),
    ] {
        let search = format!(
            "const field = document.getElementById('page-search'); field.value = {}; \
             field.dispatchEvent(new Event('input'));",
            json!(typed)
        );
        browser.run(&search).await;
        let now = browser.run(shown).await;
        assert_eq!(json!(now.as_array().unwrap()[..3]), found, "{typed}");
    }
}

/// A browser without a window, driven over the protocol that browsers have for it; ended when dropped.
struct Browser {
    driver: Child,
    session: String,
}

impl Browser {
    async fn start() -> Option<Self> {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("successfully on port ")?;
            rest.trim_end_matches('.').parse::<u16>().ok()
        });
        let mut browser = Self {
            driver,
            session: format!("http://127.0.0.1:{}/session", port.unwrap()),
        };
        let profile = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("browser-{}", std::process::id()));
        let _ = fs::remove_dir_all(&profile);
        let flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ];
        let mut flags: Vec<String> = flags.map(str::to_owned).into();
        flags.push(format!("--user-data-dir={}", profile.display()));
        let wanted =
            json!({"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"args": flags}}}});
        let session = browser.send("", wanted).await;
        browser.session.push('/');
        browser
            .session
            .push_str(session["sessionId"].as_str().unwrap());
        Some(browser)
    }

    async fn post(&self, command: &str, body: Value) -> Value {
        self.send(&format!("/{command}"), body).await
    }

    async fn run(&self, script: &str) -> Value {
        self.post("execute/sync", json!({"script": script, "args": []}))
            .await
    }

    async fn send(&self, command: &str, body: Value) -> Value {
        let client = client_builder(false).build().unwrap();
        let request = client
            .post(format!("{}{command}", self.session))
            .header("content-type", "application/json")
            .body(body.to_string())
            .timeout(PATIENCE);
        let reply = request.send().await.unwrap();
        let ok = reply.status().is_success();
        let text = reply.text().await.unwrap();
        assert!(ok, "{command}: {text}");
        serde_json::from_str::<Value>(&text).unwrap()["value"].clone()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Killed alone, the driver would leave its browser behind. Without async, for a test that failed.
        let address = self.session.trim_start_matches("http://");
        let (host, path) = address.split_once('/').unwrap_or((address, ""));
        if let Ok(mut stream) = TcpStream::connect(host) {
            let _ = stream.set_read_timeout(Some(PATIENCE));
            let _ = write!(
                stream,
                "DELETE /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
            );
            // It answers when the browser is gone, and leaves the connection open whatever it is asked for.
            let _ = stream.read(&mut [0; 1024]);
        }
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}
