//! One example.

use rft_mcp_codegen::{Example, Expected};
use rft_mcp_runtime::{
    engine::{Asking, Engine, Outcome, Settings},
    tool::{Action, Auth, Piece, ProviderSpec, Table},
    upstream::Provider,
};
use serde_json::Value;

use crate::{
    TestError,
    difference::{differences, part},
    files::Files,
    recorded::{Recorded, forget},
};

/// Runs an example: where it does not hold.
pub(crate) async fn run(
    table: &'static Table,
    example: &Example,
    prepare: &dyn Fn(&Engine),
) -> Result<Vec<String>, TestError> {
    let Some(tool) = table.tools.iter().find(|spec| spec.name == example.tool) else {
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
    let recorded = Recorded::start(&example.sent).await?;
    let named = example.provider.as_deref();
    let spec = match named {
        Some(name) => table.providers.iter().find(|spec| spec.name == name),
        None => table.providers.first(),
    };
    let provider = match (spec, named) {
        (Some(spec), _) => {
            let required = required(spec);
            let env = |name: &str| required.contains(&name).then(|| format!("example-{name}"));
            Provider::resolve(spec, Some(&recorded.base), &env)?
        }
        // A manifest whose tools send nothing.
        (None, None) => Provider::none()?,
        (None, Some(_)) => {
            return Ok(vec![
                "the provider is not in this program: build it again".to_owned(),
            ]);
        }
    };
    let own = spec.map_or(&[][..], |spec| spec.query);
    let own: Vec<&str> = own.iter().map(|(name, _)| *name).collect();
    let files = Files::make(&example.files)?;
    let sets = table.server.sets.iter();
    let limits = table.server.spending.iter();
    let settings = Settings {
        sets: Some(sets.map(|set| set.name.to_owned()).collect()),
        // An example is what a tool does once everybody has agreed.
        asking: Asking::Never,
        spending: limits.map(|limit| (limit.name.to_owned(), None)).collect(),
        files_roots: files.roots(),
        ..Settings::default()
    };
    let engine = Engine::new(table, provider, &settings)?;
    prepare(&engine);
    let input = example.input.as_object().cloned().unwrap_or_default();
    let outcome = engine.call(&example.tool, input).await;
    let mut found = recorded.differences(&own, in_body);
    match outcome {
        Ok(outcome) => compare(&example.outcome, outcome, in_result, &mut found),
        Err(unknown) => found.push(unknown.message),
    }
    Ok(found)
}

fn compare(expected: &Expected, outcome: Outcome, token: &[&str], found: &mut Vec<String>) {
    let outcome = match outcome {
        // What is shown beside a result is not compared.
        Outcome::Shown(result, _) => Outcome::Done(result),
        other => other,
    };
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
