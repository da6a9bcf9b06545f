//! A manifest's examples as values, for those who run them.

use serde_json::Value;

use crate::{
    model::{self, ExampleOutcome, Manifest},
    node::Node,
    overview::method,
    source::Sources,
};

/// A call with what is sent, what is answered and what the agent gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The tool's name.
    pub tool: String,
    /// The example's name.
    pub name: String,
    /// `file:line`.
    pub place: String,
    /// The provider's name; the first when it is not said.
    pub provider: Option<String>,
    /// The arguments.
    pub input: Value,
    /// Local files that are there, by their path under the root, with their text.
    pub files: Vec<(String, String)>,
    /// What must be sent, each with what is answered.
    pub sent: Vec<(Sent, Answer)>,
    /// What the agent gets: a result, or a part of the error's text; `None` when it is not looked at.
    pub outcome: Option<Result<Value, String>>,
}

/// A request as it must be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path under the base URL.
    pub path: String,
    /// The query, an object; no query when `None`.
    pub query: Option<Value>,
    /// Headers that it has among others, an object.
    pub headers: Option<Value>,
    /// The JSON body.
    pub body: Option<Value>,
    /// The form that is spelled as a query is, an object.
    pub form: Option<Value>,
    /// The form with files: `fields`, `filename`, `text`; of several, `files` with these and `part`.
    pub upload: Option<Value>,
}

/// What the provider answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Headers, an object.
    pub headers: Option<Value>,
    /// The body as it is sent.
    pub body: String,
}

pub(crate) fn of(manifest: &Manifest, sources: &Sources) -> Vec<Example> {
    let mut examples = Vec::new();
    for tool in &manifest.tools {
        for example in &tool.examples {
            let requests = example.requests.iter().map(sent);
            let answers = example.responses.iter().map(answer);
            examples.push(Example {
                tool: tool.name.text.clone(),
                name: example.name.clone(),
                place: format!(
                    "{}:{}",
                    sources.name(example.span.source),
                    example.span.line
                ),
                provider: example.provider.as_ref().map(|name| name.text.clone()),
                input: example.input.to_value(),
                files: example.files.clone(),
                sent: requests.zip(answers).collect(),
                outcome: match &example.outcome {
                    ExampleOutcome::Result(result) => Some(Ok(result.to_value())),
                    ExampleOutcome::Error(text) => Some(Err(text.clone())),
                    ExampleOutcome::Any => None,
                },
            });
        }
    }
    examples
}

fn sent(request: &model::ExampleRequest) -> Sent {
    let value = |node: &Option<Node>| node.as_ref().map(Node::to_value);
    Sent {
        method: method(request.method),
        path: request.path.text.clone(),
        query: value(&request.query),
        headers: value(&request.headers),
        body: value(&request.body),
        form: value(&request.form),
        upload: value(&request.upload),
    }
}

fn answer(response: &model::ExampleResponse) -> Answer {
    let body = response
        .body
        .as_ref()
        .map(|body| body.to_value().to_string());
    Answer {
        status: u16::try_from(response.status).unwrap_or(500),
        headers: response.headers.as_ref().map(Node::to_value),
        body: response.text.clone().or(body).unwrap_or_default(),
    }
}
