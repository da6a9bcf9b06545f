//! What happens to a call, step by step.

mod check;
mod coerce;
pub(crate) mod feature;
pub(crate) mod request;
pub(crate) mod template;
pub(crate) mod validate;

use jsonschema::Validator;
use serde_json::{Map, Value};

use self::{request::Request, template::Scope};
use crate::{
    engine::{Context, Outcome},
    tool::{Action, Effect, RequestSpec, Template, ToolSpec},
    upstream::{Reply, Upstream, UpstreamError},
};

/// A tool's schemas, parsed and compiled once, by its first call.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) input: Value,
    input_validator: Validator,
    /// `None` when the tool gives content alone.
    output_validator: Option<Validator>,
}

impl Prepared {
    /// Parses and compiles.
    ///
    /// # Errors
    /// Never for what codegen wrote, which checks the same schemas.
    pub(crate) fn new(spec: &ToolSpec) -> Result<Self, String> {
        let read = |text| serde_json::from_str::<Value>(text).map_err(|error| error.to_string());
        let compile =
            |schema: &Value| jsonschema::validator_for(schema).map_err(|error| error.to_string());
        let input = read(spec.input)?;
        let output = spec.output.map(|output| compile(&read(output)?));
        Ok(Self {
            input_validator: compile(&input)?,
            output_validator: output.transpose()?,
            input,
        })
    }
}

/// Runs a call through every step.
pub(crate) async fn run(
    spec: &'static ToolSpec,
    prepared: &Prepared,
    context: &Context,
    arguments: Map<String, Value>,
) -> Outcome {
    let mut input = Value::Object(arguments);
    coerce::coerce(&prepared.input, &mut input);
    let mut violations = validate::validate(
        &prepared.input_validator,
        &prepared.input,
        spec.instead,
        &input,
    )
    .err()
    .unwrap_or_default();
    violations.extend(feature::refuse(
        &prepared.input,
        spec.features,
        &input,
        context.engine.upstream().provider().spec,
        context.engine.table().providers,
    ));
    if !violations.is_empty() {
        return refused(spec, &violations);
    }
    let input = match (spec.typed)(input) {
        Ok(input) => input,
        Err(error) => return refused(spec, &[error.to_string()]),
    };
    match &spec.action {
        Action::Http { requests, result } => {
            http(spec, prepared, context, requests, result, &input).await
        }
        Action::Native(native) => match native(input, context.clone()).await {
            Ok(result) => checked(spec, prepared, result, &[]),
            Err(error) => Outcome::Failed(error.to_string()),
        },
        Action::NativeContent(native) => match native(input, context.clone()).await {
            Ok(blocks) => Outcome::Content(blocks),
            Err(error) => Outcome::Failed(error.to_string()),
        },
        Action::Content(blocks) => {
            let arguments = input.as_object().cloned().unwrap_or_default();
            Outcome::Content(blocks.iter().map(|block| block.fill(&arguments)).collect())
        }
    }
}

async fn http(
    spec: &'static ToolSpec,
    prepared: &Prepared,
    context: &Context,
    requests: &'static [RequestSpec],
    result: &Template,
    input: &Value,
) -> Outcome {
    let upstream = context.engine.upstream();
    let scope = Scope {
        input,
        replies: &[],
        provider: upstream.provider().values(),
        item: None,
        null_is_absent: false,
    };
    let made: Result<Vec<Request>, _> = requests
        .iter()
        .map(|spec| request::request(spec, scope))
        .collect();
    let made = match made {
        Ok(made) => made,
        Err(error) => return refused(spec, &[error.to_string()]),
    };
    let replies = match send(upstream, spec.effect, &made).await {
        Ok(replies) => replies,
        Err(message) => return Outcome::Failed(message),
    };
    let (bodies, traces): (Vec<Value>, Vec<Trace>) = replies
        .into_iter()
        .map(|reply| {
            (
                reply.body,
                Trace {
                    status: reply.status,
                    id: reply.request_id,
                },
            )
        })
        .unzip();
    let scope = Scope {
        replies: &bodies,
        null_is_absent: true,
        ..scope
    };
    let shaped = template::fill(result, scope);
    let outcome = match shaped {
        Ok(shaped) => checked(
            spec,
            prepared,
            shaped.unwrap_or_else(|| Value::Object(Map::new())),
            &traces,
        ),
        Err(error) => Outcome::Failed(unusable(spec, &error.to_string(), &traces)),
    };
    match outcome {
        Outcome::Failed(message) => Outcome::Failed(with_replies(&message, &bodies)),
        done => done,
    }
}

/// Sends the requests side by side. Every failure is told, so that none hides another.
async fn send(
    upstream: &Upstream,
    effect: Effect,
    requests: &[Request],
) -> Result<Vec<Reply>, String> {
    if let [one] = requests {
        let reply = upstream
            .send(one, effect)
            .await
            .map_err(|error| error.advise(effect))?;
        return Ok(vec![reply]);
    }
    let sent = futures::future::join_all(
        requests
            .iter()
            .map(|request| upstream.send(request, effect)),
    )
    .await;
    let mut failures: Vec<&UpstreamError> = sent
        .iter()
        .filter_map(|reply| reply.as_ref().err())
        .collect();
    if failures.is_empty() {
        return Ok(sent.into_iter().flatten().collect());
    }
    failures.dedup_by(|one, other| one.says_the_same(other));
    let told: Vec<String> = failures
        .into_iter()
        .map(|error| error.advise(effect))
        .collect();
    Err(told.join("\n"))
}

/// What is known of an answered request.
struct Trace {
    status: u16,
    id: Option<String>,
}

impl std::fmt::Display for Trace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HTTP {}", self.status)?;
        match &self.id {
            Some(id) => write!(f, ", request id {id}"),
            None => Ok(()),
        }
    }
}

/// A result that meets its schema, or why there is none.
fn checked(spec: &ToolSpec, prepared: &Prepared, mut result: Value, traces: &[Trace]) -> Outcome {
    let checked = match &prepared.output_validator {
        Some(validator) => check::check(validator, &mut result),
        None => Ok(Vec::new()),
    };
    match checked {
        Ok(dropped) => {
            if !dropped.is_empty() {
                tracing::warn!(
                    tool = spec.name,
                    ?dropped,
                    "left out of the result what does not fit its schema"
                );
            }
            match result {
                Value::Object(result) => Outcome::Done(result),
                other => Outcome::Failed(unusable(
                    spec,
                    &format!("it is not an object but {other}"),
                    traces,
                )),
            }
        }
        Err(problem) => Outcome::Failed(unusable(spec, &problem, traces)),
    }
}

fn refused(spec: &ToolSpec, violations: &[String]) -> Outcome {
    let lines: Vec<String> = violations.iter().map(|line| format!("- {line}")).collect();
    let count = if violations.len() == 1 {
        "a mistake".to_owned()
    } else {
        format!("{} mistakes", violations.len())
    };
    Outcome::Failed(format!(
        "nothing was sent: the arguments of `{}` have {count}. Mend and call again:\n{}",
        spec.name,
        lines.join("\n")
    ))
}

/// The provider did answer, but not with what the tool promises.
fn unusable(spec: &ToolSpec, problem: &str, traces: &[Trace]) -> String {
    let mut text = format!(
        "the answer does not fit what `{}` promises: {problem}",
        spec.name
    );
    text.push_str(&answered(traces));
    if spec.effect != Effect::Read {
        text.push_str(". The provider accepted the call: do not repeat it, look at what it did");
    }
    text
}

fn with_replies(message: &str, bodies: &[Value]) -> String {
    let bodies: Vec<String> = bodies
        .iter()
        .map(|body| crate::upstream::excerpt(&body.to_string()))
        .collect();
    format!("{message}\nanswered: {}", bodies.join("\n"))
}

/// The replies in brackets, those that have nothing to tell apart once.
fn answered(traces: &[Trace]) -> String {
    let mut told: Vec<String> = traces.iter().map(Trace::to_string).collect();
    told.dedup();
    if told.is_empty() {
        return String::new();
    }
    format!(" ({})", told.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_that_have_nothing_to_tell_apart_are_told_once() {
        let trace = |id: Option<&str>| Trace {
            status: 200,
            id: id.map(str::to_owned),
        };
        assert_eq!(answered(&[]), "");
        assert_eq!(answered(&[trace(None), trace(None)]), " (HTTP 200)");
        assert_eq!(
            answered(&[trace(Some("a")), trace(Some("b"))]),
            " (HTTP 200, request id a; HTTP 200, request id b)"
        );
    }
}
