//! Functions that ask the client, each one thing.

use rft_mcp_runtime::{client::Elicited, engine::Context, tool::FunctionError};
use serde_json::{Value, json};

use crate::{Said, say};

pub async fn sample(context: &Context, prompt: &str) -> Said {
    let answer = context.sample("answer", prompt, 100).await?;
    say(format!("LLM response: {answer}"))
}

pub async fn elicit(context: &Context, message: &str) -> Said {
    let form = json!({
        "type": "object",
        "properties": {
            "username": {"type": "string", "description": "User's response"},
            "email": {"type": "string", "description": "User's email address"},
        },
        "required": ["username", "email"],
    });
    told(
        "User response",
        context.elicit("user", message, form).await?,
    )
}

pub async fn elicit_defaults(context: &Context) -> Said {
    let form = json!({
        "type": "object",
        "properties": {
            "name": {"type": "string", "description": "User's name", "default": "John Doe"},
            "age": {"type": "integer", "description": "User's age", "default": 30},
            "score": {"type": "number", "description": "User's score", "default": 95.5},
            "status": {
                "type": "string",
                "description": "User's status",
                "enum": ["active", "inactive", "pending"],
                "default": "active",
            },
            "verified": {"type": "boolean", "description": "Whether the user is verified", "default": true},
        },
    });
    let message = "Please provide values (all have defaults)";
    told(
        "Elicitation completed",
        context.elicit("values", message, form).await?,
    )
}

pub async fn elicit_choices(context: &Context) -> Said {
    let titled = |word: &str| {
        let choice = |n: usize, name: &str| json!({"const": format!("value{n}"), "title": format!("{name} {word}")});
        json!([choice(1, "First"), choice(2, "Second"), choice(3, "Third")])
    };
    let form = json!({
        "type": "object",
        "properties": {
            "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
            "titledSingle": {"type": "string", "oneOf": titled("Option")},
            "legacyEnum": {
                "type": "string",
                "enum": ["opt1", "opt2", "opt3"],
                "enumNames": ["Option One", "Option Two", "Option Three"],
            },
            "untitledMulti": {
                "type": "array",
                "items": {"type": "string", "enum": ["option1", "option2", "option3"]},
            },
            "titledMulti": {"type": "array", "items": {"anyOf": titled("Choice")}},
        },
    });
    told(
        "Elicitation completed",
        context.elicit("choices", "Please choose", form).await?,
    )
}

pub async fn ask_value(context: &Context) -> Said {
    let value = text_of(context, "value", "Provide a value", "value").await?;
    say(value)
}

/// A form with one text.
pub fn one_text(name: &str) -> Value {
    json!({"type": "object", "properties": {name: {"type": "string"}}, "required": [name]})
}

/// The text that a person gives; empty when they give none.
pub async fn text_of(
    context: &Context,
    key: &str,
    message: &str,
    name: &str,
) -> Result<String, FunctionError> {
    Ok(match context.elicit(key, message, one_text(name)).await? {
        Elicited::Accepted(given) => {
            let text = given.get(name).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        }
        Elicited::Declined | Elicited::Cancelled => String::new(),
    })
}

fn told(what: &str, elicited: Elicited) -> Said {
    let (action, content) = match elicited {
        Elicited::Accepted(content) => ("accept", content),
        Elicited::Declined => ("decline", serde_json::Map::new()),
        Elicited::Cancelled => ("cancel", serde_json::Map::new()),
    };
    say(format!(
        "{what}: action={action}, content={}",
        Value::Object(content)
    ))
}
