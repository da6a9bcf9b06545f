//! A resource, found by its URI and read.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::{
    client::{Change, Client, Unanswered},
    engine::{Engine, Outcome},
    pipeline::{
        request::RESERVED,
        template::{self, Scope},
    },
    tool::{Body, FunctionError, Read, ResourceSpec, Segment, Template, fill},
};

/// What stands for something in a URI, and in no id.
const ENCODED: &AsciiSet = &RESERVED.remove(b':');

impl Engine {
    /// Tells every client that listens that a resource is something else, by its name in the manifest and the variables
    /// of its URI.
    pub fn changed(&self, resource: &str, variables: &[(&str, &str)]) {
        let mut resources = self.table().resources.iter();
        let spec = resources.find(|spec| spec.name == resource && spec.subscribe);
        let Some(uri) = spec.and_then(|spec| filled(spec.segments, variables)) else {
            tracing::error!(
                resource,
                "the manifest has no such resource with `subscribe: true`, so nobody is told"
            );
            return;
        };
        self.announce(Change::Resource(uri));
    }

    /// The resources that are served: all but those of a tool that the provider lacks.
    pub fn resources(&self) -> impl Iterator<Item = &'static ResourceSpec> {
        self.table()
            .resources
            .iter()
            .filter(|spec| match &spec.read {
                Read::Tool { tool, .. } => {
                    let mut tools = self.table().tools.iter();
                    tools.any(|spec| spec.name == *tool && self.lacked(spec).is_none())
                }
                _ => true,
            })
    }

    /// The resource at a URI, and the variables that the URI holds.
    #[must_use]
    pub fn find_resource(&self, uri: &str) -> Option<(&'static ResourceSpec, Map<String, Value>)> {
        let resources = self.table().resources;
        // What is written out comes before what only fits.
        let exact = resources
            .iter()
            .find(|spec| spec.variables.is_empty() && spec.uri == uri);
        if let Some(spec) = exact {
            return Some((spec, Map::new()));
        }
        resources
            .iter()
            .filter(|spec| !spec.variables.is_empty())
            .find_map(|spec| Some((spec, variables(spec.segments, uri)?)))
    }

    /// What a resource holds.
    ///
    /// # Errors
    /// When what it comes from fails.
    pub async fn read(
        &self,
        spec: &'static ResourceSpec,
        variables: Map<String, Value>,
    ) -> Result<Body, Unanswered> {
        self.read_for(Client::default(), spec, variables).await
    }

    pub(crate) async fn read_for(
        &self,
        client: Client,
        spec: &'static ResourceSpec,
        variables: Map<String, Value>,
    ) -> Result<Body, Unanswered> {
        match &spec.read {
            Read::Text(said) => Ok(Body::Text(fill(said, &variables))),
            Read::Blob(base64) => Ok(Body::Blob((*base64).to_owned())),
            Read::Json(value) => {
                let value = self.fill(value, &Value::Object(variables), &[]);
                Ok(Body::Text(
                    value.map_err(told)?.unwrap_or_default().to_string(),
                ))
            }
            Read::Tool { tool, input } => {
                let input = self
                    .fill(input, &Value::Object(variables), &[])
                    .map_err(told)?;
                let result = self.read_tool(tool, input).await?;
                Ok(Body::Text(Value::Object(result).to_string()))
            }
            Read::Native(native) => {
                let read = native(variables, self.context(client.clone()));
                client.drive(read).await
            }
        }
    }

    /// The result of a tool that reads.
    pub(crate) async fn read_tool(
        &self,
        tool: &str,
        input: Option<Value>,
    ) -> Result<Map<String, Value>, Unanswered> {
        let input = match input {
            Some(Value::Object(input)) => input,
            _ => Map::new(),
        };
        match self.look(tool, input).await {
            Ok(Outcome::Done(result) | Outcome::Shown(result, _)) => Ok(result),
            Ok(Outcome::Failed(message)) => Err(Unanswered::Failed(message)),
            // Codegen takes only tools with a result.
            Ok(_) => Err(Unanswered::Failed(format!(
                "`{tool}` gave no result that could be read"
            ))),
            Err(unknown) => Err(Unanswered::Failed(unknown.message)),
        }
    }

    /// A template of a prompt or a resource, filled from names and replies.
    pub(crate) fn fill(
        &self,
        template: &Template,
        input: &Value,
        replies: &[Value],
    ) -> Result<Option<Value>, FunctionError> {
        let scope = Scope {
            input,
            replies,
            headers: &[],
            provider: self.upstream().provider().values(),
            item: None,
            null_is_absent: true,
        };
        template::fill(template, scope)
    }
}

fn told(error: FunctionError) -> Unanswered {
    Unanswered::Failed(error.0)
}

/// The URI of a template; `None` when a variable is missing.
fn filled(segments: &[Segment], variables: &[(&str, &str)]) -> Option<String> {
    let mut uri = String::new();
    for segment in segments {
        match segment {
            Segment::Literal(text) => uri.push_str(text),
            Segment::Param(name) => {
                let (_, value) = variables.iter().find(|(known, _)| known == name)?;
                uri.extend(utf8_percent_encode(value, ENCODED));
            }
        }
    }
    Some(uri)
}

/// The variables of a template that a URI fits, decoded; a variable is one step or a part of one, never empty.
fn variables(segments: &[Segment], uri: &str) -> Option<Map<String, Value>> {
    let mut found = Map::new();
    let mut rest = uri;
    for (index, segment) in segments.iter().enumerate() {
        match segment {
            Segment::Literal(text) => rest = rest.strip_prefix(text)?,
            Segment::Param(name) => {
                let end = match segments.get(index + 1) {
                    Some(Segment::Literal(next)) => rest.find(next)?,
                    _ => rest.len(),
                };
                let (value, after) = rest.split_at_checked(end)?;
                if value.is_empty() || value.contains(['/', '?', '#']) {
                    return None;
                }
                let value: Cow<'_, str> = percent_decode_str(value).decode_utf8().ok()?;
                found.insert((*name).to_owned(), value.into());
                rest = after;
            }
        }
    }
    rest.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn uris_fit_their_templates() {
        const SEGMENTS: &[Segment] = &[
            Segment::Literal("docs://a/"),
            Segment::Param("id"),
            Segment::Literal("/pages/"),
            Segment::Param("page"),
        ];
        let fits = |uri| variables(SEGMENTS, uri).map(Value::Object);
        assert_eq!(
            fits("docs://a/x%2Fy/pages/7"),
            Some(json!({"id": "x/y", "page": "7"}))
        );
        for uri in [
            "docs://a//pages/7",
            "docs://a/x/pages/",
            "docs://a/x/y/pages/7",
            "docs://a/x/pages/7/8",
            "docs://a/%ff/pages/7",
            "docs://b/x/pages/7",
            "",
        ] {
            assert_eq!(fits(uri), None, "{uri}");
        }
        let of = |id| filled(SEGMENTS, &[("page", "7"), ("id", id)]);
        let uri = of("x/y").unwrap();
        assert_eq!(uri, "docs://a/x%2Fy/pages/7");
        assert_eq!(fits(&uri), Some(json!({"id": "x/y", "page": "7"})));
        assert_eq!(of("ftjob-1_a").unwrap(), "docs://a/ftjob-1_a/pages/7");
        assert_eq!(filled(SEGMENTS, &[("id", "x")]), None);
    }
}
