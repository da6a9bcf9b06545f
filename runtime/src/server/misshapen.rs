//! Requests of a method that is served, with params that it does not take. rmcp hands them on as custom requests,
//! whose usual answer would be that there is no such method.

use rmcp::{
    ErrorData,
    model::{ConstString, CustomRequest, ErrorCode, ServerCapabilities},
};
use serde_json::Value;

/// What to answer to a request that rmcp could not read as one of the protocol's, of a `modern` client or another.
pub(super) fn error(
    request: &CustomRequest,
    capabilities: &ServerCapabilities,
    modern: bool,
) -> ErrorData {
    let CustomRequest { method, params, .. } = request;
    if method == "tools/call" {
        return ErrorData::invalid_params(of_call(params.as_ref()), None);
    }
    let served = match method.as_str() {
        // Since 2026-07-28 they are no more, whatever their params.
        "initialize" | "ping" => !modern,
        "server/discover" | "tools/list" => true,
        "prompts/list" | "prompts/get" => capabilities.prompts.is_some(),
        "resources/list" | "resources/templates/list" | "resources/read" => {
            capabilities.resources.is_some()
        }
        "resources/subscribe" | "resources/unsubscribe" => {
            let resources = capabilities.resources.as_ref();
            !modern && resources.and_then(|offered| offered.subscribe) == Some(true)
        }
        "tasks/get" | "tasks/update" | "tasks/cancel" => modern && capabilities.supports_tasks(),
        "completion/complete" => capabilities.completions.is_some(),
        _ => false,
    };
    if served {
        let message = format!(
            "the params of `{method}` do not have the shape that it takes: an object, as the protocol describes it"
        );
        return ErrorData::invalid_params(message, None);
    }
    absent(method)
}

/// That a method of the protocol is none here, or none for this client: what is offered depends on the revision.
pub(super) fn not_served<M: ConstString>() -> ErrorData {
    absent(M::VALUE)
}

fn absent(method: &str) -> ErrorData {
    let message = format!(
        "`{method}` is not served here: the capabilities in the answer to `initialize` or `server/discover` say what is"
    );
    ErrorData::new(ErrorCode::METHOD_NOT_FOUND, message, None)
}

/// The first thing that is wrong with the params of a call.
fn of_call(params: Option<&Value>) -> String {
    const SHAPE: &str = r#"call a tool with `params`: {"name": "…", "arguments": {…}}"#;
    let Some(Value::Object(params)) = params else {
        return format!("`params` must be an object: {SHAPE}");
    };
    match (params.get("name"), params.get("arguments")) {
        (None, _) => format!("`name` is missing: {SHAPE}"),
        (Some(name), _) if !name.is_string() => {
            format!("`name` must be text, the name of a tool: {SHAPE}")
        }
        (_, Some(arguments)) if !arguments.is_object() => format!(
            "`arguments` must be an object with the tool's inputs by name, not {}: {SHAPE}",
            kind(arguments)
        ),
        _ => format!("`params` do not have the shape that `tools/call` takes: {SHAPE}"),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text, even where that is JSON",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
