//! `manifest test`.
//!
//! The examples are read from the manifest's directory when they are run, and not compiled in: a server has no use
//! for them, and an author changes them without a build. The tools and the functions they call are the compiled ones.

mod difference;
mod recorded;

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use rft_mcp_codegen::{Example, Expected};
use rft_mcp_runtime::{
    engine::{Asking, Engine, Outcome, Settings},
    tool::{Action, Auth, Piece, ProviderSpec},
    upstream::Provider,
};
use serde_json::{Map, Value};

use self::{
    difference::{differences, part},
    recorded::{Recorded, forget},
};
use super::INVALID;
use crate::{
    TABLE,
    cli::{Error, print, say, threads},
};

/// What this program was compiled from.
const COMPILED: &str = include_str!(concat!(env!("OUT_DIR"), "/manifest.rs"));

/// Runs the examples of a manifest through the real pipeline, against the answers they give.
///
/// What is sent and what the agent gets must be as they say. Exits with 1 when an example does not hold, with 3 when
/// the manifest has mistakes.
#[derive(Debug, Args)]
pub struct Test {
    /// The manifest's directory
    #[arg(default_value = "manifest")]
    dir: PathBuf,
    /// Only the examples of this tool
    #[arg(long)]
    tool: Option<String>,
}

impl Test {
    pub fn run(self) -> Result<ExitCode, Error> {
        let compiled = match rft_mcp_codegen::compile(&self.dir) {
            Ok(compiled) => compiled,
            Err(diagnostics) => {
                say(&diagnostics.render(rft_mcp_codegen::Format::Human));
                return Ok(ExitCode::from(INVALID));
            }
        };
        if compiled.rust != COMPILED {
            say(&format!(
                "note: {} is not what this program was compiled from: its examples are run on the tools and functions \
                 as compiled; build again to run what it says now",
                self.dir.display()
            ));
        }
        let chosen = |name: &str| self.tool.as_deref().is_none_or(|tool| tool == name);
        if !compiled.tools.iter().any(|tool| chosen(&tool.name)) {
            let names: Vec<_> = compiled
                .tools
                .iter()
                .map(|tool| tool.name.as_str())
                .collect();
            let known = names.join(", ");
            let tool = self.tool.unwrap_or_default();
            return Err(Error::Usage(format!(
                "there is no tool `{tool}`: the tools are {known}"
            )));
        }
        let mut without = Vec::new();
        for tool in compiled.tools.iter().filter(|tool| chosen(&tool.name)) {
            if compiled.examples.iter().all(|one| one.tool != tool.name) {
                without.push(tool.name.as_str());
            }
        }
        let examples = compiled.examples.iter();
        let examples: Vec<_> = examples.filter(|one| chosen(&one.tool)).collect();
        let failed = threads()?.block_on(async {
            let mut failed = 0;
            for example in &examples {
                let found = run(example).await?;
                if !found.is_empty() {
                    failed += 1;
                    say(&format!(
                        "{} `{}` does not hold\n  --> {}\n  {}\n",
                        example.tool,
                        example.name,
                        example.place,
                        found.join("\n  ")
                    ));
                }
            }
            Ok::<_, Error>(failed)
        })?;
        if !without.is_empty() {
            say(&format!("without an example: {}", without.join(", ")));
        }
        let held = examples.len() - failed;
        print(&format!("{held} examples hold, {failed} do not"))?;
        Ok(if failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// Runs an example: where it does not hold.
async fn run(example: &Example) -> Result<Vec<String>, Error> {
    let Some(tool) = TABLE.tools.iter().find(|spec| spec.name == example.tool) else {
        return Ok(vec![
            "the tool is not in this program: build it again".to_owned(),
        ]);
    };
    // Where a token is that is new at each call: examples need not say it.
    let (in_body, in_result): (&[&str], &[&str]) = match &tool.action {
        Action::Http {
            once: Some(once), ..
        } => (once.path, std::slice::from_ref(&once.input)),
        _ => (&[], &[]),
    };
    let named = example.provider.as_deref();
    let provider = match named {
        Some(name) => TABLE.providers.iter().find(|spec| spec.name == name),
        None => TABLE.providers.first(),
    };
    let Some(provider) = provider else {
        return Ok(vec![
            "the provider is not in this program: build it again".to_owned(),
        ]);
    };
    let recorded = Recorded::start(&example.sent).await?;
    let files = Files::make(&example.files)?;
    let env = |name: &str| {
        required(provider)
            .contains(&name)
            .then(|| format!("example-{name}"))
    };
    let settings = Settings {
        sets: Some(
            TABLE
                .server
                .sets
                .iter()
                .map(|set| set.name.to_owned())
                .collect(),
        ),
        // An example is what a tool does once everybody has agreed.
        asking: Asking::Never,
        spending: {
            let limits = TABLE.server.spending.iter();
            limits.map(|limit| (limit.name.to_owned(), None)).collect()
        },
        files_roots: files.iter().map(|files| files.0.clone()).collect(),
        ..Settings::default()
    };
    let resolved = Provider::resolve(provider, Some(&recorded.base), &env)?;
    let engine = Engine::new(TABLE, resolved, &settings)?;
    #[cfg(feature = "watches")]
    if let Ok(watching) = crate::watching::Watching::passing() {
        engine.keep(watching);
    }
    let input = example.input.as_object().cloned().unwrap_or_default();
    let outcome = engine.call(&example.tool, input).await;
    let own: Vec<&str> = provider.query.iter().map(|(name, _)| *name).collect();
    let mut found = recorded.differences(&own, in_body);
    match outcome {
        Ok(outcome) => compare(&example.outcome, outcome, in_result, &mut found),
        Err(unknown) => found.push(unknown.message),
    }
    Ok(found)
}

fn compare(expected: &Expected, outcome: Outcome, token: &[&str], found: &mut Vec<String>) {
    match (expected, outcome) {
        (Expected::Result(expected), Outcome::Done(result)) => {
            let mut result = Value::Object(result);
            forget(token, Some(expected), &mut result);
            differences(Some(expected), Some(&result), "result", found);
        }
        (Expected::Has(expected), Outcome::Done(result)) => {
            let part = part(expected, Value::Object(result));
            differences(Some(expected), Some(&part), "result", found);
        }
        (Expected::Error(text), Outcome::Failed(message)) => {
            if !message.contains(text) {
                found.push(format!("the error has no `{text}` in it: {message}"));
            }
        }
        (Expected::Error(text), Outcome::Done(result)) => {
            let result = Value::Object(result);
            found.push(format!("no error with `{text}` but the result {result}"));
        }
        (_, Outcome::Failed(message)) => found.push(format!("the call failed: {message}")),
        (Expected::Any, _) => {}
        (_, other) => found.push(format!("the call gave {other:?}")),
    }
}

/// The variables without which a provider can not be used.
fn required(spec: &ProviderSpec) -> Vec<&'static str> {
    let keys = spec.keys.iter().flat_map(|(_, ways)| ways.iter());
    let auth = spec.auth.iter().chain(keys).map(|auth| match auth {
        Auth::Bearer(text) | Auth::Header(_, text) => text,
    });
    let other = spec.headers.iter().chain(spec.query).map(|(_, text)| text);
    let pieces = auth.chain(other).flat_map(|text| text.iter());
    let names = pieces.filter_map(|piece| match piece {
        Piece::Env {
            name,
            default: None,
        } => Some(*name),
        _ => None,
    });
    names.collect()
}

/// A directory with the files of an example, gone afterwards.
struct Files(PathBuf);

impl Files {
    fn make(files: &[(String, String)]) -> Result<Option<Self>, Error> {
        if files.is_empty() {
            return Ok(None);
        }
        let name = format!("rft-mcp-test-{}", std::process::id());
        let made = Self(std::env::temp_dir().join(name));
        std::fs::create_dir_all(&made.0).map_err(Error::io("make a directory for files"))?;
        for (name, text) in files {
            std::fs::write(made.0.join(name), text)
                .map_err(Error::io(format!("write the file `{name}` of an example")))?;
        }
        Ok(Some(made))
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        // What stays behind in the directory for such files is no harm.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Members by name; none for anything else.
fn members(value: Option<&Value>) -> Map<String, Value> {
    value
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}
