//! Bodies that are forms, with files or without, and files alone.

use serde_json::{Map, Value, json};

use super::{
    Builder, dollared,
    parameter::{holds_more, is_anything, may_be},
};
use crate::{
    diagnostics::Mistake,
    import::{
        members::{Files, Shape, files, merged},
        schema::union,
        text::brief,
    },
    node::Node,
    openapi::{Media, flag, text},
};

/// The longest description of a file, in characters.
const DESCRIPTION: usize = 160;

/// Kinds of media that are never texts.
const BINARY: [&str; 5] = ["image/", "audio/", "video/", "font/", "application/zip"];

impl<'d> Builder<'_, 'd> {
    /// `application/x-www-form-urlencoded`.
    pub(super) fn form(&mut self, body: &'d Node, media: &Media<'d>) -> Result<(), Mistake> {
        let shape = self.shape(body, media)?;
        let mut form = Map::new();
        for (key, node) in &shape.properties {
            if files(node, self.document).is_some() {
                self.left_out(
                    &shape,
                    key,
                    node,
                    "it is a file, for which such a form has no place",
                )?;
                continue;
            }
            if let Some((name, template)) = self.field(body, media, &shape, key, node)? {
                form.insert(dollared(&name), template.0);
            }
        }
        self.sends.insert("form".to_owned(), Value::Object(form));
        Ok(())
    }

    /// `multipart/form-data`.
    pub(super) fn multipart(&mut self, body: &'d Node, media: &Media<'d>) -> Result<(), Mistake> {
        let shape = self.shape(body, media)?;
        let (mut fields, mut types, mut sent) = (Map::new(), Map::new(), Vec::new());
        for (key, node) in &shape.properties {
            if let Some(count) = files(node, self.document) {
                sent.push(self.file(body, media, &shape, key, node, count));
                continue;
            }
            if let Some((name, (template, kind))) = self.field(body, media, &shape, key, node)? {
                if let Some(kind) = kind {
                    types.insert(dollared(&name), json!(kind));
                }
                fields.insert(dollared(&name), template);
            }
        }
        let mut upload = Map::new();
        for (key, members) in [("fields", fields), ("types", types)] {
            if !members.is_empty() {
                upload.insert(key.to_owned(), Value::Object(members));
            }
        }
        match sent.len() {
            0 => {}
            1 => upload.extend(sent.pop().map(|file| ("file".to_owned(), file))),
            _ => upload.extend([("files".to_owned(), Value::Array(sent))]),
        }
        self.sends
            .insert("upload".to_owned(), Value::Object(upload));
        Ok(())
    }

    /// A body of any other kind, as it is.
    pub(super) fn raw(&mut self, body: &'d Node, media: &Media<'d>) {
        let kind = media.essence();
        let required = body.get("required").and_then(Node::bool) != Some(false);
        let about = text(body, "description").map(|text| brief(text, DESCRIPTION));
        let about = about.filter(|text| !text.is_empty());
        let is_text = kind.starts_with("text/")
            || ["xml", "yaml", "csv", "sdp"]
                .iter()
                .any(|end| kind.ends_with(end));
        let mut file = if is_text {
            let name = self.name("body", "request");
            let about = about.unwrap_or_else(|| format!("The request's body, {kind}."));
            let schema = json!({ "type": "string", "description": about });
            self.input(name.clone(), schema, required);
            json!({ "text": format!("${name}") })
        } else {
            let name = self.name("file", "request");
            let about = about.unwrap_or_else(|| "The file to send.".to_owned());
            let mut schema = source(is_binary(&kind));
            describe(&mut schema, &about);
            self.input(name.clone(), schema, required);
            taken(&name, is_binary(&kind))
        };
        if let Some(members) = file.as_object_mut() {
            if !kind.contains('*') {
                members.insert("media_type".to_owned(), json!(kind));
            }
            if !required {
                members.insert("optional".to_owned(), json!(true));
            }
        }
        self.sends
            .insert("upload".to_owned(), json!({ "raw": file }));
    }

    /// The members of a form; what has none that are known can not be sent.
    fn shape(&self, body: &'d Node, media: &Media<'d>) -> Result<Shape<'d>, Mistake> {
        let wrong = |message: &str| {
            Err(Mistake::new("import-body", body.span, message).help(
                "describe its members in the document, or write this tool by hand with `form` or `upload`",
            ))
        };
        let Some(schema) = media.schema else {
            return wrong("it is not said what is in the form");
        };
        let shape = merged(schema, self.document)?;
        if shape.properties.is_empty() {
            return wrong("it is not said what is in the form");
        }
        let unions = ["anyOf", "oneOf"].into_iter();
        if let Ok(schema) = self.document.resolve(schema)
            && unions.into_iter().any(|key| schema.get(key).is_some())
        {
            return wrong("the form is one of several");
        }
        Ok(shape)
    }

    /// A field: its name in the form, its template, and its media type if it has one.
    #[expect(
        clippy::type_complexity,
        reason = "said in the line above, and used twice"
    )]
    fn field(
        &mut self,
        body: &'d Node,
        media: &Media<'d>,
        shape: &Shape<'d>,
        key: &str,
        node: &'d Node,
    ) -> Result<Option<(String, (Value, Option<String>))>, Mistake> {
        if flag(self.document.resolve(node)?, "readOnly") {
            return Ok(None);
        }
        let required = is_required(body, shape, key);
        let mut written = self.schemas.written(node)?;
        if !required {
            written = union::without_null(written);
        }
        let encoding = media.encoding(key);
        let style = encoding.and_then(|encoding| text(encoding, "style"));
        let said = encoding.and_then(|encoding| text(encoding, "contentType"));
        let said = said.filter(|kind| !kind.contains([',', '*']) && style.is_none());
        let list = may_be(&written, "array");
        let structured = may_be(&written, "object") || holds_more(&written);
        let (mut name, mut kind) = (key.to_owned(), said.map(str::to_owned));
        let json = match (style, said) {
            (Some("deepObject"), _) => {
                if list && holds_more(&written) {
                    self.left_out(
                        shape,
                        key,
                        node,
                        "there is no spelling for a list of objects",
                    )?;
                    return Ok(None);
                }
                if list {
                    name.push_str("[]");
                }
                false
            }
            (Some("form") | None, None) => structured,
            (None, Some(said)) => said.ends_with("json"),
            _ => {
                self.left_out(shape, key, node, "its style is none that can be sent")?;
                return Ok(None);
            }
        };
        if json && kind.is_none() && !may_be(&written, "string") && !is_anything(&written) {
            kind = Some("application/json".to_owned());
        }
        let explode = encoding
            .and_then(|one| one.get("explode"))
            .and_then(Node::bool);
        let input = self.name(key, "body");
        let template = if json {
            json!({ "$json": format!("${input}") })
        } else if list && style == Some("form") && explode == Some(false) {
            json!({ "$join": format!("${input}") })
        } else {
            json!(format!("${input}"))
        };
        self.input(input, written, required);
        Ok(Some((name, (template, kind))))
    }

    /// A part that is a file, or one for each.
    fn file(
        &mut self,
        body: &'d Node,
        media: &Media<'d>,
        shape: &Shape<'d>,
        key: &str,
        node: &'d Node,
        count: Files,
    ) -> Value {
        let kind = media.encoding(key).and_then(|one| text(one, "contentType"));
        let binary = kind.is_some_and(is_binary);
        let required = is_required(body, shape, key);
        let input = self.name(key, "body");
        let mut schema = source(binary);
        if count == Files::Several {
            schema = json!({ "type": "array", "items": schema });
        }
        let target = self.document.resolve(node).unwrap_or(node);
        let about = text(node, "description").or_else(|| text(target, "description"));
        let about = about.map(|text| brief(text, DESCRIPTION));
        let about = about.filter(|text| !text.is_empty());
        describe(
            &mut schema,
            &about.unwrap_or_else(|| "The file to send.".to_owned()),
        );
        let mut file = match count {
            Files::One => taken(&input, binary),
            Files::Several => taken("item", binary),
        };
        if let Some(members) = file.as_object_mut() {
            members.insert("part".to_owned(), json!(key));
            if count == Files::Several {
                members.insert("each".to_owned(), json!(format!("${input}")));
            } else if !required {
                members.insert("optional".to_owned(), json!(true));
            }
            // Of several types the file's name decides.
            if let Some(kind) = kind.filter(|kind| !kind.contains([',', '*'])) {
                members.insert("media_type".to_owned(), json!(kind));
            }
        }
        self.input(input, schema, required);
        file
    }

    /// What can not be sent is left out with a note, unless it is required.
    fn left_out(
        &mut self,
        shape: &Shape<'_>,
        key: &str,
        node: &Node,
        why: &str,
    ) -> Result<(), Mistake> {
        if shape.required.contains(&key) {
            let message = format!("`{key}` of the form can not be sent: {why}");
            return Err(Mistake::new("import-body", node.span, message)
                .help("write this tool by hand, or leave it out"));
        }
        self.notes
            .push(format!("`{key}` of the form is left out: {why}"));
        Ok(())
    }
}

fn is_required(body: &Node, shape: &Shape<'_>, key: &str) -> bool {
    let optional = body.get("required").and_then(Node::bool) == Some(false);
    !optional && shape.required.contains(&key)
}

/// The schema of a file's input: from where its content comes.
fn source(binary: bool) -> Value {
    let of = |required: &[&str], about: &str| {
        let mut properties = Map::new();
        for name in required {
            let about = match *name {
                "filename" => "Its name, with the ending that says what it is.",
                _ => about,
            };
            let value = json!({ "type": "string", "minLength": 1, "description": about });
            properties.insert((*name).to_owned(), value);
        }
        json!({
            "type": "object",
            "additionalProperties": false,
            "required": required,
            "properties": properties,
        })
    };
    let mut branches = vec![
        of(&["path"], "Local file, under a files root of the server."),
        of(&["base64", "filename"], "Its bytes."),
    ];
    if !binary {
        branches.push(of(&["text", "filename"], "Its content."));
    }
    json!({ "anyOf": branches })
}

/// What takes a file of such an input.
fn taken(name: &str, binary: bool) -> Value {
    let mut file = json!({
        "path": format!("${name}.path"),
        "base64": format!("${name}.base64"),
        "filename": format!("${name}.filename"),
    });
    if let (false, Some(members)) = (binary, file.as_object_mut()) {
        members.insert("text".to_owned(), json!(format!("${name}.text")));
    }
    file
}

fn is_binary(kind: &str) -> bool {
    let mut kinds = kind.split(',').map(str::trim);
    kinds.all(|kind| BINARY.iter().any(|binary| kind.starts_with(binary)))
}

fn describe(schema: &mut Value, about: &str) {
    if let Some(members) = schema.as_object_mut() {
        members.insert("description".to_owned(), json!(about));
    }
}
