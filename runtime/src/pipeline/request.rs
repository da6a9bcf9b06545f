//! Makes requests from an input.

mod upload;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::template::{Scope, fill};
use crate::{
    tool::{DownloadSpec, FunctionError, Method, RequestSpec, Segment, Template},
    upstream::{UpstreamError, download::Download, upload::Upload},
};

/// Everything but RFC 3986's unreserved characters.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A request, ready to be sent to a provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The path under the provider's base URL and the query, encoded.
    pub target: String,
    /// Headers of this request.
    pub headers: Vec<(&'static str, String)>,
    /// The name of the key to send it with, instead of the usual one.
    pub key: Option<&'static str>,
    /// The JSON body.
    pub body: Option<Value>,
    /// The body as `application/x-www-form-urlencoded`, instead of JSON.
    pub form: Option<String>,
    /// Files as the body, instead of JSON.
    pub upload: Option<Upload>,
    /// How the reply is taken, when it is a file and no JSON.
    pub download: Option<Download>,
    /// The reply's headers that are kept, in lower case.
    pub reply_headers: &'static [&'static str],
}

impl Request {
    /// One that sends nothing but itself.
    pub(crate) fn plain(method: Method, target: String) -> Self {
        Self {
            method,
            target,
            headers: Vec::new(),
            key: None,
            body: None,
            form: None,
            upload: None,
            download: None,
            reply_headers: &[],
        }
    }
}

/// Why no request could be made from an input.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// A path parameter that would lead elsewhere.
    #[error(
        "`/{name}`: expected the id of something, got {value:?}: give the id as a list or another tool returned it"
    )]
    Path {
        /// The input's name.
        name: &'static str,
        /// What came.
        value: String,
    },
    /// Nothing to upload, or two things.
    #[error("give the file {0}: either its content or the path of a local file")]
    Upload(&'static str),
    /// A content that is no base64.
    #[error(
        "the content of the file is no base64 ({0}): encode its bytes again, or give the path of a local file"
    )]
    Base64(String),
    /// An input of another type than its place takes.
    #[error("{place} takes {expected}, got {value}")]
    Unfit {
        /// The place.
        place: &'static str,
        /// What it takes.
        expected: &'static str,
        /// What came.
        value: Value,
    },
    /// A part of a file that is to be saved: it is saved whole.
    #[error(
        "a file is saved whole: leave {0} out, or leave the path out to get the content from there on"
    )]
    Part(&'static str),
    /// What a function of the template says.
    #[error("{0}")]
    Function(String),
}

impl From<FunctionError> for RequestError {
    fn from(FunctionError(message): FunctionError) -> Self {
        Self::Function(message)
    }
}

/// Makes a request.
///
/// # Errors
/// When a path parameter is empty, `.` or `..`, or a function of the template refuses its input.
pub fn request(spec: &RequestSpec, scope: Scope<'_>) -> Result<Request, RequestError> {
    let mut target = String::new();
    for segment in spec.path {
        match segment {
            Segment::Literal(text) => target.push_str(text),
            Segment::Param(name) => target.push_str(&param(name, scope.input)?),
        }
    }
    let query = pairs(spec.query, scope)?;
    if !query.is_empty() {
        target.push('?');
        target.push_str(&query);
    }
    let mut headers = Vec::new();
    for (name, template) in spec.headers {
        if let Some(value) = fill(template, scope)? {
            headers.push((*name, text(&value)));
        }
    }
    let body = match &spec.body {
        Some(template) => fill(template, scope)?,
        None => None,
    };
    Ok(Request {
        method: spec.method,
        target,
        headers,
        key: spec.key,
        body,
        form: match spec.form {
            [] => None,
            form => Some(pairs(form, scope)?),
        },
        upload: match &spec.upload {
            Some(spec) => upload::upload(spec, scope)?,
            None => None,
        },
        download: match &spec.download {
            Some(spec) => Some(download(spec, scope)?),
            None => None,
        },
        reply_headers: spec.reply_headers,
    })
}

fn download(spec: &DownloadSpec, scope: Scope<'_>) -> Result<Download, RequestError> {
    let given = |template: &Option<Template>| match template {
        Some(template) => Ok::<_, RequestError>(fill(template, scope)?),
        None => Ok(None),
    };
    let unfit = |place, expected, value| RequestError::Unfit {
        place,
        expected,
        value,
    };
    let offset = match given(&spec.offset)? {
        None => 0,
        Some(value) => value
            .as_u64()
            .ok_or_else(|| unfit("the offset", "a whole number from 0", value))?,
    };
    let overwrite = match given(&spec.overwrite)? {
        None => false,
        Some(value) => value
            .as_bool()
            .ok_or_else(|| unfit("whether to overwrite", "true or false", value))?,
    };
    let path = given(&spec.path)?.map(|path| text(&path));
    if path.is_some() && offset > 0 {
        return Err(RequestError::Part("the offset"));
    }
    Ok(Download {
        path,
        overwrite,
        offset,
        inline_bytes: spec.inline_bytes,
        file_bytes: spec.file_bytes,
        base64: spec.base64,
    })
}

/// A path of steps and a query, every part encoded.
///
/// # Errors
/// When a step is empty, `.` or `..`: a server may take an encoded dot for a dot.
pub fn target(path: &[&str], query: &[(&str, &str)]) -> Result<String, UpstreamError> {
    let mut target = String::new();
    for step in path {
        if matches!(step.trim(), "" | "." | "..") {
            return Err(UpstreamError::Request(format!(
                "expected the id of something, got {step:?}: give the id as a list or another tool returned it"
            )));
        }
        target.push('/');
        target.push_str(&encode(step));
    }
    for (index, (name, value)) in query.iter().enumerate() {
        target.push(if index == 0 { '?' } else { '&' });
        target.push_str(&encode(name));
        target.push('=');
        target.push_str(&encode(value));
    }
    Ok(target)
}

fn param(name: &'static str, input: &Value) -> Result<String, RequestError> {
    let value = input.get(name).map(text).unwrap_or_default();
    // A server may take an encoded dot for a dot, so these two can not be sent at all.
    if matches!(value.trim(), "" | "." | "..") {
        return Err(RequestError::Path { name, value });
    }
    Ok(encode(&value))
}

/// Names and values as a query or a form of HTML is spelled: an object as `name[key]=value`, a list by repeating the
/// name.
fn pairs(
    named: &'static [(&'static str, Template)],
    scope: Scope<'_>,
) -> Result<String, RequestError> {
    let mut pairs = Vec::new();
    for (name, template) in named {
        if let Some(value) = fill(template, scope)? {
            flatten((*name).to_owned(), &value, &mut |name, value| {
                pairs.push(format!("{}={}", encode(&name), encode(value)));
            });
        }
    }
    Ok(pairs.join("&"))
}

/// Calls `pair` with each name and text that a value of a query or a form is spelled by.
fn flatten(name: String, value: &Value, pair: &mut dyn FnMut(String, &str)) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                flatten(format!("{name}[{key}]"), member, pair);
            }
        }
        Value::Array(items) => {
            for item in items {
                pair(name.clone(), &text(item));
            }
        }
        one => pair(name, &text(one)),
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Text as a part of a path or a query.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::tool::{Place, Root, Step, Template};

    const SPEC: RequestSpec = RequestSpec {
        path: &[
            Segment::Literal("/things/"),
            Segment::Param("id"),
            Segment::Literal("/parts"),
        ],
        query: &[(
            "tag",
            Template::Take(Place {
                root: Root::Input,
                path: &[Step::Key("tag")],
            }),
        )],
        ..RequestSpec::PLAIN
    };

    fn target(input: &Value) -> Result<String, RequestError> {
        let provider = json!({});
        let scope = Scope {
            input,
            replies: &[],
            headers: &[],
            provider: &provider,
            item: None,
            null_is_absent: false,
        };
        Ok(request(&SPEC, scope)?.target)
    }

    #[test]
    fn query_values_are_spelled_by_their_type() {
        assert_eq!(
            target(&json!({"id": 7, "tag": {"a b": "c&d"}})).unwrap(),
            "/things/7/parts?tag%5Ba%20b%5D=c%26d"
        );
        assert_eq!(
            target(&json!({"id": "x", "tag": [1, true]})).unwrap(),
            "/things/x/parts?tag=1&tag=true"
        );
        assert_eq!(target(&json!({"id": "x"})).unwrap(), "/things/x/parts");
    }

    #[test]
    fn a_parameter_that_leads_elsewhere_is_refused() {
        for id in ["", " ", ".", ".."] {
            assert!(
                target(&json!({"id": id}))
                    .unwrap_err()
                    .to_string()
                    .contains("`/id`"),
                "{id:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_parameter_never_leaves_its_segment(id in "\\PC+") {
            if let Ok(target) = target(&json!({"id": id})) {
                prop_assert_eq!(target.split('/').count(), 4);
                prop_assert!(target.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte)));
                let decoded = percent_encoding::percent_decode_str(target.split('/').nth(2).unwrap()).decode_utf8().unwrap();
                prop_assert_eq!(decoded, id);
            }
        }
    }
}
