//! An operation's parameters and body as inputs, and the request that takes them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{
    names,
    schema::{Schemas, union},
    text::brief,
};
use crate::{
    diagnostics::Mistake,
    node::Node,
    openapi::{Document, Media, Operation, Parameter, Place, flag, text},
};

/// Names that templates mean something else by.
const RESERVED: [&str; 3] = ["response", "provider", "item"];

/// Headers that the server sets itself, or that OpenAPI says are no parameters.
const OWN_HEADERS: [&str; 6] = [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
];

/// What a tool takes, and what becomes of it.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    /// The input's JSON Schema.
    pub(super) schema: Map<String, Value>,
    /// `request` without its method and path.
    pub(super) request: Map<String, Value>,
    /// The path, its parameters under the names of their inputs.
    pub(super) path: String,
}

/// The inputs of an operation. Everything that keeps it from being imported is returned at once.
pub(super) fn of<'d>(
    operation: &Operation<'d>,
    document: &'d Document,
    drops_stream: bool,
    schemas: &mut Schemas<'d>,
    notes: &mut Vec<String>,
) -> Result<Inputs, Vec<Mistake>> {
    let mut builder = Builder {
        operation,
        schemas,
        notes,
        mistakes: Vec::new(),
        taken: BTreeSet::new(),
        properties: Map::new(),
        required: Vec::new(),
        query: Map::new(),
        headers: Map::new(),
        path: operation.path.text.clone(),
    };
    builder.constants_of_the_path();
    match operation.parameters(document) {
        Ok(parameters) => builder.parameters(parameters),
        Err(mistake) => builder.mistakes.push(mistake),
    }
    let body = match operation.body(document) {
        Ok(Some((body, media))) => builder.body(body, &media, drops_stream),
        Ok(None) => None,
        Err(mistake) => {
            builder.mistakes.push(mistake);
            None
        }
    };
    builder.finish(body)
}

struct Builder<'a, 'd> {
    operation: &'a Operation<'d>,
    schemas: &'a mut Schemas<'d>,
    notes: &'a mut Vec<String>,
    mistakes: Vec<Mistake>,
    taken: BTreeSet<String>,
    properties: Map<String, Value>,
    required: Vec<String>,
    query: Map<String, Value>,
    headers: Map<String, Value>,
    path: String,
}

impl<'d> Builder<'_, 'd> {
    /// Some documents put a constant query into the path: `/jobs?beta=true`.
    fn constants_of_the_path(&mut self) {
        let path = std::mem::take(&mut self.path);
        let (path, query) = path.split_once('?').unwrap_or((&path, ""));
        path.clone_into(&mut self.path);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = value.replace('$', "$$");
            self.query.insert(dollared(name), json!(value));
        }
    }

    fn parameters(&mut self, mut parameters: Vec<Parameter<'d>>) {
        // Those that have to keep their names first.
        parameters.sort_by_key(|parameter| parameter.place);
        for parameter in &parameters {
            if let Err(mistake) = self.parameter(parameter) {
                if parameter.required {
                    self.mistakes.push(mistake);
                } else {
                    let note = format!(
                        "the {} parameter `{}` is left out: {}",
                        parameter.place.name(),
                        parameter.name,
                        mistake.message()
                    );
                    self.notes.push(note);
                }
            }
        }
        self.path_without_parameters(&parameters);
    }

    fn parameter(&mut self, parameter: &Parameter<'d>) -> Result<(), Mistake> {
        let wrong = |message: &str, help: &str| {
            Err(Mistake::new("import-parameter", parameter.node.span, message).help(help))
        };
        let by_hand = "leave it out of the document, or write this tool by hand";
        let Some(schema) = parameter.schema else {
            return wrong("it has no `schema`, but `content` of a media type", by_hand);
        };
        match parameter.place {
            Place::Cookie => return wrong("cookies are not sent", by_hand),
            Place::Header
                if OWN_HEADERS.contains(&parameter.name.to_ascii_lowercase().as_str()) =>
            {
                return Ok(());
            }
            Place::Path if !self.path.contains(&format!("{{{}}}", parameter.name)) => {
                self.notes.push(format!(
                    "the path has no `{{{}}}`, so that parameter is left out",
                    parameter.name
                ));
                return Ok(());
            }
            _ => {}
        }
        let mut written = self.schemas.written(schema)?;
        if !parameter.required {
            written = union::without_null(written);
        }
        if parameter.place == Place::Path {
            written = one_step(&written);
        }
        if let (Some(text), Some(members)) =
            (text(parameter.node, "description"), written.as_object_mut())
        {
            members.insert("description".to_owned(), json!(brief(text, 200)));
        }
        let name = self.name(parameter.name, parameter.place.name());
        let take = match sent(parameter, &written, &name) {
            Ok(sent) => sent,
            Err(message) => {
                self.taken.remove(&name);
                return wrong(message, by_hand);
            }
        };
        match parameter.place {
            Place::Path => {
                self.path = self
                    .path
                    .replace(&format!("{{{}}}", parameter.name), &format!("{{{name}}}"));
            }
            Place::Query | Place::Cookie => {
                for (key, value) in take {
                    // By itself an input of a GET goes to the query under its own name.
                    let by_itself = self.operation.method == "get"
                        && key == name
                        && value == json!(format!("${name}"));
                    if !by_itself {
                        self.query.insert(dollared(&key), value);
                    }
                }
            }
            Place::Header => self
                .headers
                .extend(take.into_iter().map(|(key, value)| (dollared(&key), value))),
        }
        self.input(name, written, parameter.required);
        Ok(())
    }

    /// Parameters that stand in the path and nowhere else are texts.
    fn path_without_parameters(&mut self, parameters: &[Parameter<'_>]) {
        let path = self.path.clone();
        let names = path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'));
        for (name, _) in names {
            if self.properties.contains_key(name) && self.required.iter().any(|one| one == name) {
                continue;
            }
            let known = parameters
                .iter()
                .any(|one| one.place == Place::Path && one.name == name);
            if !known {
                let input = self.name(name, "path");
                self.path = self
                    .path
                    .replace(&format!("{{{name}}}"), &format!("{{{input}}}"));
                self.input(input, json!({ "type": "string" }), true);
            }
        }
    }

    /// The template of the body.
    fn body(&mut self, body: &'d Node, media: &[Media<'d>], drops_stream: bool) -> Option<Value> {
        if self.operation.method == "get" {
            self.mistakes.push(
                Mistake::new("import-body", body.span, "a `get` has a body")
                    .help("a manifest sends none with it; leave it out of the document"),
            );
            return None;
        }
        let Some(json_media) = media.iter().find(|media| media.is_json()) else {
            let kinds: Vec<_> = media.iter().map(Media::essence).collect();
            let message = format!("the body is `{}`, not JSON", kinds.join("` or `"));
            self.mistakes.push(
                Mistake::new("import-body", body.span, message)
                    .help("write this tool by hand, or leave it out"),
            );
            return None;
        };
        let Some(schema) = json_media.schema else {
            return Some(self.whole_body(json!({}), flag(body, "required")));
        };
        let written = match self.schemas.written(schema) {
            Ok(written) => written,
            Err(mistake) => {
                self.mistakes.push(mistake);
                return None;
            }
        };
        // A document that does not say whether a body is required means that it is.
        let optional = body.get("required").and_then(Node::bool) == Some(false);
        // No body at all is null enough.
        let written = union::without_null(written);
        if !is_flat(&written) || says_open(schema, self.schemas.document()) {
            return Some(self.whole_body(written, !optional));
        }
        let required: Vec<String> = match written.get("required").and_then(Value::as_array) {
            Some(names) if !optional => names
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        };
        let mut template = Map::new();
        let properties = match written {
            Value::Object(mut members) => members.shift_remove("properties"),
            _ => None,
        };
        let Some(Value::Object(properties)) = properties else {
            return None;
        };
        for (key, property) in properties {
            if drops_stream && matches!(key.as_str(), "stream" | "stream_options") {
                self.notes
                    .push(format!("`{key}` is left out: replies are taken whole"));
                continue;
            }
            let name = self.name(&key, "body");
            template.insert(dollared(&key), json!(format!("${name}")));
            let is_required = required.contains(&key);
            self.input(name, property, is_required);
        }
        (!template.is_empty()).then_some(Value::Object(template))
    }

    /// A body that is no object of known members is one input.
    fn whole_body(&mut self, mut schema: Value, required: bool) -> Value {
        if let Some(members) = schema.as_object_mut() {
            members
                .entry("description")
                .or_insert_with(|| json!("The request's body."));
        }
        let name = self.name("body", "request");
        let template = json!(format!("${name}"));
        self.input(name, schema, required);
        template
    }

    /// A name of its own: as the document has it, else with the place before it.
    fn name(&mut self, name: &str, place: &str) -> String {
        let plain = names::input(name);
        let placed = format!("{place}_{plain}");
        let numbered = (2_usize..).map(|number| format!("{placed}_{number}"));
        let mut candidates = [plain, placed.clone()].into_iter().chain(numbered);
        let name = candidates
            .find(|name| !RESERVED.contains(&name.as_str()) && !self.taken.contains(name))
            .unwrap_or(placed);
        self.taken.insert(name.clone());
        name
    }

    fn input(&mut self, name: String, schema: Value, required: bool) {
        if required {
            self.required.push(name.clone());
        }
        self.properties.insert(name, schema);
    }

    fn finish(self, body: Option<Value>) -> Result<Inputs, Vec<Mistake>> {
        if !self.mistakes.is_empty() {
            return Err(self.mistakes);
        }
        let mut schema = Map::new();
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("additionalProperties".to_owned(), json!(false));
        if !self.required.is_empty() {
            schema.insert("required".to_owned(), json!(self.required));
        }
        schema.insert("properties".to_owned(), Value::Object(self.properties));
        let mut request = Map::new();
        for (key, members) in [("query", self.query), ("headers", self.headers)] {
            if !members.is_empty() {
                request.insert(key.to_owned(), Value::Object(members));
            }
        }
        if let Some(body) = body {
            request.insert("body".to_owned(), body);
        }
        Ok(Inputs {
            schema,
            request,
            path: self.path,
        })
    }
}

/// What a parameter becomes in the query or a header; else why it can not be sent.
fn sent(
    parameter: &Parameter<'_>,
    schema: &Value,
    name: &str,
) -> Result<Vec<(String, Value)>, &'static str> {
    let take = json!(format!("${name}"));
    let key = parameter.name.to_owned();
    let in_query = parameter.place == Place::Query;
    let style = text(parameter.node, "style").unwrap_or(if in_query { "form" } else { "simple" });
    let explode = parameter
        .node
        .get("explode")
        .and_then(Node::bool)
        .unwrap_or(style == "form");
    let (list, object) = (may_be(schema, "array"), may_be(schema, "object"));
    if parameter.place == Place::Path {
        return Ok(Vec::new());
    }
    if object && !(in_query && style == "deepObject") {
        // Each member is a parameter of its own.
        let members = schema.get("properties").and_then(Value::as_object);
        return match members {
            Some(members) if style == "form" && explode && in_query => Ok(members
                .keys()
                .map(|member| (member.clone(), json!(format!("${name}.{member}"))))
                .collect()),
            _ => Err("it is an object, which has no place there"),
        };
    }
    let separator = match (style, explode) {
        ("form" | "deepObject", true) | ("deepObject", false) if in_query => None,
        ("form" | "simple", _) => Some(","),
        ("spaceDelimited", false) => Some(" "),
        ("pipeDelimited", false) => Some("|"),
        ("spaceDelimited" | "pipeDelimited", true) => None,
        _ => return Err("its style is none that can be sent"),
    };
    match separator.filter(|_| list) {
        Some(",") => Ok(vec![(key, json!({ "$join": take }))]),
        Some(separator) => Ok(vec![(
            key,
            json!({ "$join": take, "$separator": separator }),
        )]),
        None => Ok(vec![(key, take)]),
    }
}

/// Whether a value may be of a type, going by what the schema names.
fn may_be(schema: &Value, kind: &str) -> bool {
    match schema.get("anyOf").and_then(Value::as_array) {
        Some(branches) => branches.iter().any(|branch| may_be(branch, kind)),
        None => schema.get("type").is_some_and(|one| one == kind),
    }
}

/// What a path takes: one text or number.
fn one_step(schema: &Value) -> Value {
    match schema.get("type").and_then(Value::as_str) {
        Some("string" | "integer") => schema.clone(),
        Some("boolean") => json!({ "type": "string", "enum": ["true", "false"] }),
        _ => json!({ "type": "string" }),
    }
}

/// Whether a body is an object whose members can be inputs.
fn is_flat(schema: &Value) -> bool {
    let has = |key: &str| schema.get(key).is_some();
    let rest = schema.get("additionalProperties");
    schema.get("type").is_some_and(|kind| kind == "object")
        && has("properties")
        && !has("anyOf")
        && !has("minProperties")
        && rest.is_none_or(|rest| *rest == Value::Bool(false))
}

/// Whether a schema says in so many words that there may be other members.
fn says_open(schema: &Node, document: &Document) -> bool {
    document
        .resolve(schema)
        .is_ok_and(|schema| flag(schema, "additionalProperties"))
}

/// A key of a template; a dollar that it begins with is written twice.
fn dollared(key: &str) -> String {
    if key.starts_with('$') {
        format!("${key}")
    } else {
        key.to_owned()
    }
}
