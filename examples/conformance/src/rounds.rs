//! Functions that ask several things, in one round or one after the other.

use rft_mcp_runtime::{
    client::Elicited,
    engine::Context,
    tool::{Ask, Block, FunctionError, Message},
};
use serde_json::json;

use crate::{Said, asking::text_of, say};

pub async fn ask_name(context: &Context) -> Said {
    let name = text_of(context, "user_name", "What is your name?", "name").await?;
    say(format!("Hello, {name}!"))
}

pub async fn ask_model(context: &Context) -> Said {
    let answer = context
        .sample("capital_question", "What is the capital of France?", 100)
        .await?;
    say(answer)
}

pub async fn ask_roots(context: &Context) -> Said {
    let roots = context.roots("client_roots").await?;
    let uris: Vec<_> = roots.into_iter().map(|root| root.uri).collect();
    say(format!("Client roots: {}", uris.join(", ")))
}

pub async fn confirm(context: &Context) -> Said {
    let form =
        json!({"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]});
    match context.elicit("confirm", "Please confirm", form).await? {
        Elicited::Accepted(_) => say("Confirmed: state-ok"),
        Elicited::Declined | Elicited::Cancelled => say("Not confirmed"),
    }
}

/// All in one round: they are asked side by side.
pub async fn ask_all(context: &Context) -> Said {
    let (name, greeting, roots) = tokio::try_join!(
        text_of(context, "user_name", "What is your name?", "name"),
        context.sample("greeting", "Generate a greeting", 50),
        context.roots("client_roots"),
    )?;
    say(format!(
        "{greeting} {name} works in {} directories",
        roots.len()
    ))
}

pub async fn ask_twice(context: &Context) -> Said {
    let name = text_of(context, "step1", "Step 1: What is your name?", "name").await?;
    let color = text_of(
        context,
        "step2",
        "Step 2: What is your favorite color?",
        "color",
    )
    .await?;
    say(format!("{name} likes {color}"))
}

pub async fn ask_what_can_be(context: &Context) -> Said {
    if context.can(Ask::Elicitation) {
        return ask_name(context).await;
    }
    if context.can(Ask::Sampling) {
        return ask_model(context).await;
    }
    say("This client can not be asked anything")
}

pub async fn ask_context(context: &Context) -> Result<Vec<Message>, FunctionError> {
    let message = "What context should the prompt use?";
    let said = text_of(context, "user_context", message, "context").await?;
    Ok(vec![Message::user(Block::text(format!(
        "Use this context: {said}"
    )))])
}
