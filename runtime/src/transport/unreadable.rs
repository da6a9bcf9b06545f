//! What to answer to bytes that are no message, the same on every transport.

use rmcp::{ErrorData, model::RequestId};
use serde_json::Value;

/// Why `bytes`, the client's `what` (a body, a line), are no JSON-RPC message: -32700 or -32600, and the id to
/// answer to if there is one.
pub(super) fn explain(what: &str, bytes: &[u8]) -> (Option<RequestId>, ErrorData) {
    let value = match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => value,
        Err(error) => {
            let message = format!("the {what} is not JSON: {error}");
            return (None, ErrorData::parse_error(message, None));
        }
    };
    if value.is_array() {
        let message =
            format!("JSON-RPC batches are not supported: send each message in a {what} of its own");
        return (None, ErrorData::invalid_request(message, None));
    }
    let message = format!(
        "the {what} is not a JSON-RPC 2.0 message: it needs `jsonrpc`: \"2.0\", and `method` for a request or \
         notification with `params` of the shape that the method takes"
    );
    let id = value
        .get("id")
        .and_then(|id| serde_json::from_value::<RequestId>(id.clone()).ok());
    (id, ErrorData::invalid_request(message, None))
}
