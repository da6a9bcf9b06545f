//! A manifest's examples as values, for those who run them.

use serde_json::{Map, Value, json};

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
    /// What the agent gets.
    pub outcome: Expected,
}

/// What an agent gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// The result.
    Result(Value),
    /// Members that the result has among others.
    Has(Value),
    /// A part of the error's text.
    Error(String),
    /// Content, or what is not looked at.
    Any,
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

impl Example {
    /// What a reader of the tools wants of it: `tool`, `name`, `provider`, `input`, `requests` and what the agent gets,
    /// as `result`, `result_has` or `error`. What was answered is left out.
    fn shown(&self) -> Value {
        let mut shown = Map::new();
        let mut add = |name: &str, value: Option<Value>| {
            shown.extend(value.map(|value| (name.to_owned(), value)));
        };
        add("tool", Some(json!(self.tool)));
        add("name", Some(json!(self.name)));
        add("provider", self.provider.as_ref().map(|name| json!(name)));
        add("input", Some(self.input.clone()));
        let requests: Value = self.sent.iter().map(|(sent, _)| sent.shown()).collect();
        add("requests", Some(requests).filter(|_| !self.sent.is_empty()));
        match &self.outcome {
            Expected::Result(result) => add("result", Some(result.clone())),
            Expected::Has(part) => add("result_has", Some(part.clone())),
            Expected::Error(text) => add("error", Some(json!(text))),
            Expected::Any => {}
        }
        Value::Object(shown)
    }
}

impl Sent {
    fn shown(&self) -> Value {
        let mut shown = Map::from_iter([
            ("method".to_owned(), json!(self.method)),
            ("path".to_owned(), json!(self.path)),
        ]);
        let parts = [
            ("query", &self.query),
            ("body", &self.body),
            ("form", &self.form),
            ("upload", &self.upload),
        ];
        for (name, part) in parts {
            shown.extend(part.clone().map(|part| (name.to_owned(), part)));
        }
        Value::Object(shown)
    }
}

/// Examples as one line of JSON, for a program that shows them.
pub(crate) fn text(examples: &[Example]) -> String {
    let shown: Value = examples.iter().map(Example::shown).collect();
    shown.to_string()
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
                files: example
                    .files
                    .iter()
                    .map(|(name, text)| (name.text.clone(), text.clone()))
                    .collect(),
                sent: requests.zip(answers).collect(),
                outcome: match &example.outcome {
                    ExampleOutcome::Result(result) => Expected::Result(result.to_value()),
                    ExampleOutcome::Has(part) => Expected::Has(part.to_value()),
                    ExampleOutcome::Error(text) => Expected::Error(text.clone()),
                    ExampleOutcome::Any => Expected::Any,
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
        status: u16::try_from(response.status.0).unwrap_or(500),
        headers: response.headers.as_ref().map(Node::to_value),
        body: response
            .text
            .as_ref()
            .map(|text| text.text.clone())
            .or(body)
            .unwrap_or_default(),
    }
}
