//! Parameters of the path, the query and headers.

use serde_json::{Value, json};

use super::{Builder, dollared};
use crate::{
    diagnostics::Mistake,
    headers::{self, is_token},
    import::{schema::union, text::brief},
    node::Node,
    openapi::{Media, Parameter, Place, media, text},
};

/// What to do about a parameter that can not be sent.
const BY_HAND: &str = "leave it out of the document, or write this tool by hand";

impl<'d> Builder<'_, 'd> {
    pub(super) fn parameters(&mut self, mut parameters: Vec<Parameter<'d>>) {
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
        if parameter.place == Place::Header
            && let Some(owner) = headers::owner(parameter.name)
        {
            let (name, why) = (parameter.name, owner.of_parameter());
            let note = format!("the header parameter `{name}` is left out: {why}");
            self.notes.push(note);
            return Ok(());
        }
        let content = self.content(parameter)?;
        let is_json = content.is_some();
        let Some(schema) = parameter.schema.or(content) else {
            return wrong("it has no `schema`, and its `content` is no JSON", BY_HAND);
        };
        match parameter.place {
            Place::Cookie => {
                return wrong(
                    "cookies are not sent",
                    "a cookie that is the same for every call goes into `headers` of the provider: `Cookie: name=${NAME}`",
                );
            }
            Place::Header
                if self
                    .keys
                    .iter()
                    .any(|key| key.eq_ignore_ascii_case(parameter.name)) =>
            {
                self.notes.push(format!(
                    "the header `{}` holds a key, which the provider sends",
                    parameter.name
                ));
                return Ok(());
            }
            Place::Header if !is_token(parameter.name) => {
                return wrong("this is no name of a header", BY_HAND);
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
        if parameter.place == Place::Header {
            visible(&mut written);
        }
        let name = self.name(parameter.name, parameter.place.name());
        let sent = if parameter.place == Place::Path {
            step(parameter, &written, &name).map(|(step, schema)| {
                self.path = self.path.replace(&format!("{{{}}}", parameter.name), &step);
                written = schema;
                Vec::new()
            })
        } else if is_json {
            as_json(parameter, &written, &name)
        } else {
            sent(parameter, &written, &name)
        };
        let sent = sent.and_then(|sent| self.free(parameter, sent));
        let sent = match sent {
            Ok(sent) => sent,
            Err(message) => {
                self.taken.remove(&name);
                return wrong(message, BY_HAND);
            }
        };
        if let (Some(text), Some(members)) =
            (text(parameter.node, "description"), written.as_object_mut())
        {
            members.insert("description".to_owned(), json!(brief(text, 200)));
        }
        for (key, value) in sent {
            if parameter.place == Place::Header {
                self.headers.insert(dollared(&key), value);
                continue;
            }
            // By itself an input of a GET goes to the query under its own name.
            let by_itself =
                self.operation.method == "get" && key == name && value == json!(format!("${name}"));
            if !by_itself {
                self.query.insert(dollared(&key), value);
            }
        }
        self.input(name, written, parameter.required);
        Ok(())
    }

    /// The schema of a parameter that is sent as JSON.
    fn content(&self, parameter: &Parameter<'d>) -> Result<Option<&'d Node>, Mistake> {
        if parameter.schema.is_some() {
            return Ok(None);
        }
        let media = media(parameter.node, self.document)?;
        let json = media.into_iter().find(Media::is_json);
        Ok(json.and_then(|media| media.schema))
    }

    /// Whether nothing else has the names that a parameter is sent under.
    fn free(
        &self,
        parameter: &Parameter<'_>,
        sent: Vec<(String, Value)>,
    ) -> Result<Vec<(String, Value)>, &'static str> {
        let there = match parameter.place {
            Place::Header => &self.headers,
            _ => &self.query,
        };
        // An input goes to the query under its own name without being written there.
        let by_itself = |key: &String| {
            parameter.place == Place::Query
                && self.operation.method == "get"
                && self.properties.contains_key(key)
                && !self.path.contains(&format!("{{{key}}}"))
        };
        let taken = |key: &String| there.contains_key(&dollared(key)) || by_itself(key);
        if sent.iter().any(|(key, _)| taken(key)) {
            return Err("another parameter is sent under the same name");
        }
        Ok(sent)
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
    let (style, explode) = style(parameter, if in_query { "form" } else { "simple" });
    let (list, object) = (may_be(schema, "array"), may_be(schema, "object"));
    if list && holds_more(schema) {
        return Err("it is a list of lists or objects, for which there is no spelling");
    }
    if style == "deepObject" && in_query {
        // There is no rule for lists; servers that take such objects take them so.
        let key = if list { format!("{key}[]") } else { key };
        return if list && object {
            Err("it may be a list or an object, which are spelled differently")
        } else {
            Ok(vec![(key, take)])
        };
    }
    if object {
        // Each member is a parameter of its own.
        let members = schema.get("properties").and_then(Value::as_object);
        return match members {
            Some(members)
                if style == "form"
                    && explode
                    && in_query
                    && members.keys().all(|member| is_word(member)) =>
            {
                if members
                    .values()
                    .any(|member| may_be(member, "object") || holds_more(member))
                {
                    return Err("it is an object of objects, for which there is no spelling");
                }
                Ok(members
                    .keys()
                    .map(|member| (member.clone(), json!(format!("${name}.{member}"))))
                    .collect())
            }
            _ => Err("it is an object, which has no place there"),
        };
    }
    let separator = match (style, explode) {
        ("form", true) if in_query => None,
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

/// A parameter that is JSON in a text. A text of JSON would have quotes.
fn as_json(
    parameter: &Parameter<'_>,
    schema: &Value,
    name: &str,
) -> Result<Vec<(String, Value)>, &'static str> {
    if may_be(schema, "string") || is_anything(schema) {
        return Err("it is JSON that may be a text");
    }
    let json = json!({ "$json": format!("${name}") });
    Ok(vec![(parameter.name.to_owned(), json)])
}

fn style<'n>(parameter: &Parameter<'n>, usual: &'n str) -> (&'n str, bool) {
    let style = text(parameter.node, "style").unwrap_or(usual);
    let explode = parameter.node.get("explode").and_then(Node::bool);
    (style, explode.unwrap_or(style == "form"))
}

/// What stands in the path for a parameter, and the schema of its input: one text or number.
fn step(
    parameter: &Parameter<'_>,
    schema: &Value,
    name: &str,
) -> Result<(String, Value), &'static str> {
    let (style, _) = style(parameter, "simple");
    if may_be(schema, "object") {
        return Err("it is an object, which has no place in a path");
    }
    let list = may_be(schema, "array");
    if list && (style != "simple" || holds_more(schema)) {
        return Err("it is a list in a style that can not be sent");
    }
    let Some(before) = before(parameter) else {
        return Err("its style is none that can be sent");
    };
    let schema = match schema.get("type").and_then(Value::as_str) {
        Some("string" | "integer") => schema.clone(),
        Some("boolean") => json!({ "type": "string", "enum": ["true", "false"] }),
        _ if list => json!({ "type": "string", "description": "Several with commas between." }),
        _ => json!({ "type": "string" }),
    };
    let mut schema = schema;
    // Nothing has no place in a path.
    if let Some(members) = schema.as_object_mut()
        && members.get("type").is_some_and(|kind| kind == "string")
        && !members.contains_key("enum")
        && members
            .get("minLength")
            .and_then(Value::as_u64)
            .unwrap_or(0)
            == 0
    {
        members.insert("minLength".to_owned(), json!(1));
    }
    Ok((format!("{before}{{{name}}}"), schema))
}

/// What a parameter of the path has before it there, by its style; `None` when there is no such style.
pub(in crate::import) fn before(parameter: &Parameter<'_>) -> Option<String> {
    match style(parameter, "simple").0 {
        "simple" => Some(String::new()),
        "label" => Some(".".to_owned()),
        "matrix" => Some(format!(";{}=", parameter.name)),
        _ => None,
    }
}

/// Whether a value may be of a type, going by what the schema names.
pub(super) fn may_be(schema: &Value, kind: &str) -> bool {
    match schema.get("anyOf").and_then(Value::as_array) {
        Some(branches) => branches.iter().any(|branch| may_be(branch, kind)),
        None => schema.get("type").is_some_and(|one| one == kind),
    }
}

/// Whether a schema says nothing of the type.
pub(super) fn is_anything(schema: &Value) -> bool {
    match schema.get("anyOf").and_then(Value::as_array) {
        Some(branches) => branches.iter().any(is_anything),
        None => schema.get("type").is_none() && schema.get("const").is_none(),
    }
}

/// Whether a list may hold lists or objects.
pub(super) fn holds_more(schema: &Value) -> bool {
    let items = |schema: &Value| {
        schema
            .get("items")
            .is_some_and(|items| may_be(items, "array") || may_be(items, "object"))
    };
    match schema.get("anyOf").and_then(Value::as_array) {
        Some(branches) => branches.iter().any(holds_more),
        None => items(schema),
    }
}

/// Keeps out of a text what a header can not hold.
fn visible(schema: &mut Value) {
    if let Some(items) = schema.get_mut("items") {
        visible(items);
    }
    if let Some(branches) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        branches.iter_mut().for_each(visible);
    }
    let is_text = schema.get("type").is_some_and(|kind| kind == "string");
    let said = ["enum", "const", "pattern"];
    if let Some(members) = schema.as_object_mut()
        && is_text
        && said.iter().all(|key| !members.contains_key(*key))
    {
        members.insert("pattern".to_owned(), json!("^[ -~]*$"));
    }
}

/// Whether templates can take a member of this name.
fn is_word(name: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !name.is_empty() && name.chars().all(word)
}
