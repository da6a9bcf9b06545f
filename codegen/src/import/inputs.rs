//! An operation's parameters and body as inputs, and the request that takes them.

mod body;
mod form;
mod parameter;

use std::collections::BTreeSet;

pub(super) use self::parameter::before;

use serde_json::{Map, Value, json};

use super::{
    names,
    result::{Download, Outcome},
    schema::Schemas,
};
use crate::{
    diagnostics::Mistake,
    openapi::{Document, Operation},
};

/// Names that templates mean something else by.
const RESERVED: [&str; 3] = ["response", "provider", "item"];

/// The largest number that every reader of JSON takes for a whole one.
const LARGEST: u64 = (1 << 53) - 1;

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

/// What inputs are made of.
pub(super) struct About<'a, 'd> {
    pub(super) operation: &'a Operation<'d>,
    pub(super) document: &'d Document,
    /// What comes of its reply.
    pub(super) outcome: Option<&'a Outcome>,
    /// Headers that hold keys.
    pub(super) keys: Vec<&'d str>,
}

/// The inputs of an operation. Everything that keeps it from being imported is returned at once.
pub(super) fn of<'d>(
    about: About<'_, 'd>,
    schemas: &mut Schemas<'d>,
    notes: &mut Vec<String>,
) -> Result<Inputs, Vec<Mistake>> {
    let About {
        operation,
        document,
        outcome,
        keys,
    } = about;
    let mut builder = Builder {
        operation,
        document,
        keys,
        schemas,
        notes,
        mistakes: Vec::new(),
        taken: BTreeSet::new(),
        properties: Map::new(),
        required: Vec::new(),
        query: Map::new(),
        headers: Map::new(),
        path: operation.path.text.clone(),
        sends: Map::new(),
    };
    builder.constants_of_the_path();
    match operation.parameters(document) {
        Ok(parameters) => builder.parameters(parameters),
        Err(mistake) => builder.mistakes.push(mistake),
    }
    match operation.body(document) {
        Ok(Some((body, media))) => {
            let drops_stream = outcome.is_some_and(|outcome| outcome.streams);
            if let Err(mistake) = builder.body(body, &media, drops_stream) {
                builder.mistakes.push(mistake);
            }
        }
        Ok(None) => {}
        Err(mistake) => builder.mistakes.push(mistake),
    }
    if let Some(outcome) = outcome {
        builder.reply(outcome);
    }
    builder.finish()
}

struct Builder<'a, 'd> {
    operation: &'a Operation<'d>,
    document: &'d Document,
    keys: Vec<&'d str>,
    schemas: &'a mut Schemas<'d>,
    notes: &'a mut Vec<String>,
    mistakes: Vec<Mistake>,
    taken: BTreeSet<String>,
    properties: Map<String, Value>,
    required: Vec<String>,
    query: Map<String, Value>,
    headers: Map<String, Value>,
    path: String,
    /// `body`, `form`, `upload` and `download` of the request.
    sends: Map<String, Value>,
}

impl Builder<'_, '_> {
    /// Some documents put a constant query into the path: `/jobs?beta=true`.
    fn constants_of_the_path(&mut self) {
        let (path, asked) = self.operation.asked();
        path.clone_into(&mut self.path);
        for (name, value) in asked {
            let value = value.replace('$', "$$");
            self.query.insert(dollared(name), json!(value));
        }
    }

    /// How the reply is asked for and taken.
    fn reply(&mut self, outcome: &Outcome) {
        if let Some(accept) = &outcome.accept {
            self.headers.insert("Accept".to_owned(), json!(accept));
        }
        let Some(download) = outcome.download else {
            return;
        };
        let reads = self.operation.method == "get";
        let path = self.name("save_to", "local");
        let overwrite = self.name("overwrite", "local");
        let mut template =
            json!({ "path": format!("${path}"), "overwrite": format!("${overwrite}") });
        // What can not be asked for again has to be kept whole.
        let must = !reads && download == Download::Bytes;
        let about = if must {
            "Local file to make, under a files root of the server."
        } else {
            "Local file to make, under a files root of the server; given inline when left out."
        };
        let schema = json!({ "type": "string", "minLength": 1, "description": about });
        self.input(path, schema, must);
        let schema = json!({ "type": "boolean", "description": "Whether that may be written over another." });
        self.input(overwrite, schema, false);
        if let Some(members) = template.as_object_mut() {
            if reads {
                let offset = self.name("offset", "local");
                members.insert("offset".to_owned(), json!(format!("${offset}")));
                let schema = json!({
                    "type": "integer",
                    "minimum": 0,
                    "maximum": LARGEST,
                    "description": "Bytes to skip, without a local file.",
                });
                self.input(offset, schema, false);
            }
            if !must {
                members.insert("base64".to_owned(), json!(true));
            }
        }
        self.sends.insert("download".to_owned(), template);
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

    fn finish(self) -> Result<Inputs, Vec<Mistake>> {
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
        request.extend(self.sends);
        Ok(Inputs {
            schema,
            request,
            path: self.path,
        })
    }
}

/// A key of a template; a dollar that it begins with is written twice.
fn dollared(key: &str) -> String {
    if key.starts_with('$') {
        format!("${key}")
    } else {
        key.to_owned()
    }
}
