//! What a call would send, without sending it.

use std::time::Duration;

use serde_json::{Map, Value};

use super::{Prepared, accept, confirm, made, refused, request::Request, scope};
use crate::{
    engine::{Context, Outcome},
    tool::{Action, ToolSpec},
};

/// For how long requests are waited for that are sent beside the first one.
const SIDE_BY_SIDE: Duration = Duration::from_millis(100);

/// The requests that a call would send first; none for a tool without requests of its own.
///
/// # Errors
/// What a call would be refused with.
pub(crate) fn plan(
    spec: &'static ToolSpec,
    prepared: &Prepared,
    context: &Context,
    arguments: Map<String, Value>,
) -> Result<Vec<Request>, Outcome> {
    let input = taken(spec, prepared, context, arguments)?;
    let Action::Http { requests, once, .. } = &spec.action else {
        return Ok(Vec::new());
    };
    let wrong = |error: String| refused(spec, &[error]);
    let mut planned = made(requests, scope(&input, context.engine.upstream()))
        .map_err(|error| wrong(error.to_string()))?;
    // With the token that a call would have, or with one like it.
    if let (Some(once), Some(request)) = (once, planned.first_mut()) {
        let given = input.get(once.input).and_then(Value::as_str);
        once.put(request, given, None).map_err(wrong)?;
    }
    Ok(planned)
}

/// The requests that a tool in Rust would send first, found by running it where nothing is sent: the engine sends
/// nothing from then on.
///
/// # Errors
/// What a call would be refused with, or would fail with before it sends anything.
pub(crate) async fn rehearse(
    spec: &'static ToolSpec,
    prepared: &Prepared,
    context: &Context,
    arguments: Map<String, Value>,
) -> Result<Vec<Request>, Outcome> {
    let input = taken(spec, prepared, context, arguments)?;
    let rehearsal = context.engine.upstream().rehearse();
    let done = tokio::select! {
        biased;
        done = native(&spec.action, input, context) => Some(done),
        () = async {
            rehearsal.noted().await;
            // Those that it sends side by side follow at once; one that tries again later would not end.
            tokio::time::sleep(SIDE_BY_SIDE).await;
        } => None,
    };
    let noted = rehearsal.take();
    match done {
        Some(Err(failed)) if noted.is_empty() && !rehearsal.ended() => Err(failed),
        _ => Ok(noted),
    }
}

fn taken(
    spec: &'static ToolSpec,
    prepared: &Prepared,
    context: &Context,
    mut arguments: Map<String, Value>,
) -> Result<Value, Outcome> {
    confirm::take(spec, &mut arguments).map_err(|wrong| refused(spec, &[wrong]))?;
    accept(spec, prepared, context, arguments)
}

/// Runs a Rust function for what it sends alone; an error when it fails.
async fn native(action: &Action, input: Value, context: &Context) -> Result<(), Outcome> {
    let client = &context.client;
    match action {
        Action::Native(native) => {
            let done = client.drive(native(input, context.clone())).await;
            done.map(drop).map_err(Outcome::from)
        }
        Action::NativeContent(native) => {
            let done = client.drive(native(input, context.clone())).await;
            done.map(drop).map_err(Outcome::from)
        }
        Action::Http { .. } | Action::Content(_) => Ok(()),
    }
}
