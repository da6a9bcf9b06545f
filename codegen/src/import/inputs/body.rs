//! Bodies: JSON here, forms and files in [`super::form`].

use serde_json::{Map, Value, json};

use super::{Builder, dollared};
use crate::{
    diagnostics::Mistake,
    import::{members::has_binary, schema::union},
    node::Node,
    openapi::{Document, Media, flag},
};

impl<'d> Builder<'_, 'd> {
    /// What the body becomes, of what it may be.
    pub(super) fn body(
        &mut self,
        body: &'d Node,
        media: &[Media<'d>],
        drops_stream: bool,
    ) -> Result<(), Mistake> {
        if self.operation.method == "get" {
            return Err(Mistake::new("import-body", body.span, "a `get` has a body")
                .help("a manifest sends none with it; leave it out of the document"));
        }
        let Some(chosen) = self.chosen(media) else {
            return Ok(());
        };
        self.others(chosen, media);
        match chosen.essence().as_str() {
            "multipart/form-data" => self.multipart(body, chosen),
            "application/x-www-form-urlencoded" => self.form(body, chosen),
            _ if chosen.is_json() => self.json(body, chosen, drops_stream),
            _ => {
                self.raw(body, chosen);
                Ok(())
            }
        }
    }

    /// JSON, unless it is said to have files in it and a form does as well.
    fn chosen<'m>(&self, media: &'m [Media<'d>]) -> Option<&'m Media<'d>> {
        let form = |name: &str| media.iter().find(|media| media.essence() == name);
        let json = media.iter().find(|media| media.is_json());
        let plain = json.filter(|media| {
            !media
                .schema
                .is_some_and(|schema| has_binary(schema, self.document))
        });
        plain
            .or_else(|| form("multipart/form-data"))
            .or_else(|| form("application/x-www-form-urlencoded"))
            .or(json)
            .or(media.first())
    }

    /// What else is taken is said where it may hold more.
    fn others(&mut self, chosen: &Media<'d>, media: &[Media<'d>]) {
        let others = media.iter().map(Media::essence);
        let others: Vec<_> = others
            .filter(|kind| *kind != chosen.essence() && kind.starts_with("multipart/"))
            .collect();
        if !others.is_empty() {
            let message = format!(
                "the body may be `{}` as well, with files",
                others.join("` or `")
            );
            self.notes.push(message);
        }
    }

    fn json(
        &mut self,
        body: &'d Node,
        media: &Media<'d>,
        drops_stream: bool,
    ) -> Result<(), Mistake> {
        let kind = media.essence();
        if !matches!(kind.as_str(), "application/json" | "*/*") {
            self.headers.insert("Content-Type".to_owned(), json!(kind));
        }
        let template = self.json_template(body, media, drops_stream)?;
        if let Some(template) = template {
            self.sends.insert("body".to_owned(), template);
        }
        Ok(())
    }

    /// The template of a JSON body.
    fn json_template(
        &mut self,
        body: &'d Node,
        media: &Media<'d>,
        drops_stream: bool,
    ) -> Result<Option<Value>, Mistake> {
        let Some(schema) = media.schema else {
            return Ok(Some(self.whole_body(json!({}), flag(body, "required"))));
        };
        // No body at all is null enough.
        let written = union::without_null(self.schemas.written(schema)?);
        // A document that does not say whether a body is required means that it is.
        let optional = body.get("required").and_then(Node::bool) == Some(false);
        if !is_flat(&written) || says_open(schema, self.document) {
            return Ok(Some(self.whole_body(written, !optional)));
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
            return Ok(None);
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
        let template = (!template.is_empty()).then_some(Value::Object(template));
        // A body that is required is sent when there is nothing in it, too.
        if required.is_empty() && flag(body, "required") {
            let empty = json!({});
            return Ok(Some(match template {
                Some(template) => json!({ "$first": [template, empty] }),
                None => empty,
            }));
        }
        Ok(template)
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
