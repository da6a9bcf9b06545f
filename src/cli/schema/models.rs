//! The tools as the APIs of models take them.

use serde_json::{Value, json};

use super::Described;

/// The `tools` of OpenAI's Chat Completions.
pub(super) fn chat_completions(tools: &[Described]) -> Value {
    let tools = tools.iter().map(|tool| {
        json!({
            "type": "function",
            "function": {
                "name": tool.spec.name,
                "description": tool.description(),
                "parameters": tool.input,
            },
        })
    });
    tools.collect()
}

/// The `tools` of OpenAI's Responses. Not strict: that would make every optional input required.
pub(super) fn responses(tools: &[Described]) -> Value {
    let tools = tools.iter().map(|tool| {
        json!({
            "type": "function",
            "name": tool.spec.name,
            "description": tool.description(),
            "parameters": tool.input,
            "strict": false,
        })
    });
    tools.collect()
}

/// The `tools` of Anthropic's Messages.
pub(super) fn messages(tools: &[Described]) -> Value {
    let tools = tools.iter().map(|tool| {
        json!({
            "name": tool.spec.name,
            "description": tool.description(),
            "input_schema": tool.input,
        })
    });
    tools.collect()
}
