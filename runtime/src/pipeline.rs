//! What happens to a call, step by step.

mod alone;
mod check;
mod coerce;
pub(crate) mod confirm;
pub(crate) mod cut;
pub(crate) mod feature;
pub(crate) mod once;
mod page;
pub(crate) mod plan;
pub(crate) mod request;
pub(crate) mod spending;
pub(crate) mod template;
pub(crate) mod validate;

use jsonschema::Validator;
use serde_json::{Map, Value};

use self::{confirm::Pass, request::Request, template::Scope};
use crate::{
    audit::Why,
    engine::{Context, Outcome, SIMULATOR},
    tool::{Action, Effect, FunctionError, Native, PageSpec, RequestSpec, Template, ToolSpec},
    upstream::{Reply, Terms, Upstream, UpstreamError},
};

/// A reply this many times smaller than a result may be makes one that fits, whatever the template does.
const SURELY_FITS: usize = 4;

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
    mut arguments: Map<String, Value>,
) -> Outcome {
    let said = confirm::take(spec, &mut arguments).map_err(|wrong| refused(spec, &[wrong]));
    let accepted = said.and_then(|said| Ok((said, accept(spec, prepared, context, arguments)?)));
    let (said, input) = match accepted {
        Ok(accepted) => accepted,
        Err(refused) => {
            context.record.refused(Why::Arguments);
            return refused;
        }
    };
    let happens_once = matches!(&spec.action, Action::Http { once: Some(_), .. });
    // What happens once is not asked about again when it has happened.
    let pass = if spec.confirm.is_none() || happens_once {
        Pass::default()
    } else {
        // Boxed, since other calls should not be as large as these rare ones.
        match Box::pin(confirm::gate(spec, context, &input, said, None)).await {
            Ok(pass) => pass,
            Err(refused) => return refused,
        }
    };
    let outcome = match &spec.action {
        Action::Http {
            requests,
            result,
            page,
            once,
        } => {
            let call = Http {
                spec,
                prepared,
                context,
                requests,
                result,
                page: page.as_ref(),
            };
            return match once {
                // Boxed, since other calls should not be as large as these rare ones.
                Some(once) => Box::pin(once::run(&call, once, &input, said)).await,
                None => call.run(&input, pass).await,
            };
        }
        Action::Native(native) => {
            match context.client.drive(native(input, context.clone())).await {
                Ok(result) => checked(spec, prepared, result, &[]),
                Err(unanswered) => unanswered.into(),
            }
        }
        Action::NativeContent(native) => {
            match context.client.drive(native(input, context.clone())).await {
                Ok(blocks) => Outcome::Content(blocks),
                Err(unanswered) => unanswered.into(),
            }
        }
        Action::Content(blocks) => {
            let arguments = input.as_object().cloned().unwrap_or_default();
            Outcome::Content(blocks.iter().map(|block| block.fill(&arguments)).collect())
        }
    };
    context.shown.beside(bounded(outcome, limit(spec, context)))
}

/// The input that the arguments of a call are.
fn accept(
    spec: &'static ToolSpec,
    prepared: &Prepared,
    context: &Context,
    arguments: Map<String, Value>,
) -> Result<Value, Outcome> {
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
        return Err(refused(spec, &violations));
    }
    (spec.typed)(input).map_err(|error| refused(spec, &[error.to_string()]))
}

/// The most bytes of a tool's result.
fn limit(spec: &ToolSpec, context: &Context) -> usize {
    let upstream = context.engine.upstream();
    let usual = upstream.limits().result_bytes;
    // The engine adds a member then.
    let added = if upstream.is_simulated() {
        ",\"simulated\":\"\"".len() + SIMULATOR.len()
    } else {
        0
    };
    spec.bounds
        .result_bytes
        .unwrap_or(usual)
        .saturating_sub(added)
}

/// A result with its largest parts cut, when it is too large.
fn bounded(outcome: Outcome, limit: usize) -> Outcome {
    let Outcome::Done(result) = outcome else {
        return outcome;
    };
    let mut result = Value::Object(result);
    let told = cut::cut(&mut result, limit);
    let Value::Object(mut result) = result else {
        return Outcome::Done(Map::new());
    };
    if let Some(told) = told {
        cut::mark(
            &mut result,
            &format!(
                "Not all is shown: {told}; ask for less, with a smaller limit or a narrower question."
            ),
        );
    }
    Outcome::Done(result)
}

/// A call of a tool that sends requests.
struct Http<'c> {
    spec: &'static ToolSpec,
    prepared: &'c Prepared,
    context: &'c Context,
    requests: &'static [RequestSpec],
    result: &'static Template,
    page: Option<&'static PageSpec>,
}

impl Http<'_> {
    async fn run(&self, input: &Value, pass: Pass) -> Outcome {
        let upstream = self.context.engine.upstream();
        let scope = scope(input, upstream);
        let made = match made(self.requests, scope) {
            Ok(made) => made,
            Err(error) => return refused(self.spec, &[error.to_string()]),
        };
        if let Some(larger) = self.larger(&made).await {
            let called = larger(input.clone(), self.context.clone());
            return match self.context.client.drive(called).await {
                Ok(result) => checked(self.spec, self.prepared, result, &[]),
                Err(unanswered) => unanswered.into(),
            };
        }
        let terms = Terms {
            effect: self.spec.effect,
            bounds: self.spec.bounds,
            is_list: self.page.is_some(),
        };
        let mut replies = match send(self.context, terms, &made).await {
            Ok(replies) => replies,
            Err(NotSent { message, ambiguous }) => {
                if !ambiguous {
                    pass.started_nothing();
                }
                return Outcome::Failed(message);
            }
        };
        let mut stop = None;
        if let (Some(page), [spec]) = (self.page, self.requests)
            && let Some(first) = replies.pop()
        {
            let cut = first.is_cut;
            let (reply, more) = if page::wants_all(input) {
                Box::pin(page::walk(upstream, terms, spec, page, scope, first)).await
            } else {
                let most = upstream.limits().response_bytes;
                (first, cut.then_some(page::Stop::Replies(most)))
            };
            (replies, stop) = (vec![reply], more);
        }
        let outcome = self.shape(scope, replies, stop);
        pass.started(&outcome);
        outcome
    }

    /// What sends the file of the only request, when it is too large for that.
    async fn larger(&self, made: &[Request]) -> Option<Native> {
        let [
            RequestSpec {
                upload: Some(spec), ..
            },
        ] = self.requests
        else {
            return None;
        };
        let larger = spec.files.first()?.larger?;
        let file = made.first()?.upload.as_ref()?.files.first()?;
        let roots = self.context.engine.upstream().roots();
        file.is_too_large(roots).await.then_some(larger)
    }

    /// What the agent gets of the replies.
    fn shape(&self, scope: Scope<'_>, replies: Vec<Reply>, stop: Option<page::Stop>) -> Outcome {
        let (limit, mut stop) = (limit(self.spec, self.context), stop);
        let bytes: usize = replies.iter().map(|reply| reply.bytes).sum();
        let may_be_large = bytes > limit / SURELY_FITS || bytes == 0;
        let (mut bodies, mut headers, mut traces) = (Vec::new(), Vec::new(), Vec::new());
        for reply in replies {
            bodies.push(reply.body);
            headers.push(reply.headers);
            traces.push(Trace {
                status: reply.status,
                id: reply.request_id,
            });
        }
        let fill = |bodies: &[Value]| {
            let scope = Scope {
                replies: bodies,
                headers: &headers,
                null_is_absent: true,
                ..scope
            };
            let shaped = template::fill(self.result, scope)?;
            Ok::<_, FunctionError>(shaped.unwrap_or_else(|| Value::Object(Map::new())))
        };
        let shaped = match (self.page, bodies.as_mut_slice()) {
            (Some(page), [body]) if may_be_large || stop.is_some() => {
                if stop.is_some() {
                    page.say_more(body);
                }
                let one = |body: &Value| fill(std::slice::from_ref(body));
                let bounds = (limit, stop.as_ref());
                let fitted = page.fit(body, scope.input, bounds, one);
                fitted.map(|(shaped, cut)| {
                    stop = cut.or(stop.take());
                    shaped
                })
            }
            _ => fill(&bodies),
        };
        let outcome = match shaped {
            Ok(shaped) => checked(self.spec, self.prepared, shaped, &traces),
            Err(error) => Outcome::Failed(unusable(self.spec, &error.to_string(), &traces)),
        };
        match outcome {
            Outcome::Failed(message) => Outcome::Failed(with_replies(&message, &bodies)),
            Outcome::Shown(..) | Outcome::Content(_) | Outcome::Asks(_) | Outcome::Lacks(..) => {
                outcome
            }
            Outcome::Done(mut result) => {
                if let (Some(stop), Some(page), [body]) = (stop, self.page, bodies.as_mut_slice()) {
                    cut::mark(&mut result, &page.note(body, scope.input, &stop));
                }
                let done = Outcome::Done(result);
                if may_be_large {
                    bounded(done, limit)
                } else {
                    done
                }
            }
        }
    }
}

/// What requests are made from.
fn scope<'a>(input: &'a Value, upstream: &'a Upstream) -> Scope<'a> {
    Scope {
        input,
        replies: &[],
        headers: &[],
        provider: upstream.provider().values(),
        item: None,
        null_is_absent: false,
    }
}

fn made(
    requests: &'static [RequestSpec],
    scope: Scope<'_>,
) -> Result<Vec<Request>, request::RequestError> {
    requests
        .iter()
        .map(|spec| request::request(spec, scope))
        .collect()
}

/// Sends the requests side by side. Every failure is told, so that none hides another.
async fn send(
    context: &Context,
    terms: Terms,
    requests: &[Request],
) -> Result<Vec<Reply>, NotSent> {
    let upstream = context.engine.upstream();
    if let [one] = requests {
        let reply = context.noted(upstream.send(one, terms).await);
        let reply = reply.map_err(|error| NotSent {
            message: error.advise(terms.effect),
            ambiguous: error.is_ambiguous(),
        })?;
        return Ok(vec![reply]);
    }
    let sent =
        futures::future::join_all(requests.iter().map(|request| upstream.send(request, terms)))
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
        .map(|error| error.advise(terms.effect))
        .collect();
    // Only reads are several.
    Err(NotSent {
        message: told.join("\n"),
        ambiguous: false,
    })
}

/// Why there are no replies.
struct NotSent {
    message: String,
    /// Whether the provider may have acted all the same.
    ambiguous: bool,
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

/// The most mistakes that are told one by one.
const MOST_TOLD: usize = 50;

fn refused(spec: &ToolSpec, violations: &[String]) -> Outcome {
    let told = violations.iter().take(MOST_TOLD);
    let mut lines: Vec<String> = told.map(|line| format!("- {line}")).collect();
    if violations.len() > MOST_TOLD {
        lines.push(format!("- and {} more", violations.len() - MOST_TOLD));
    }
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
