//! Functions that take time, or ask, while they run as tasks.

use std::time::Duration;

use rft_mcp_runtime::{client::Elicited, engine::Context, tool::FunctionError};
use serde_json::json;

use crate::{Said, asking::text_of, say};

/// So long that a call becomes a task before it ends.
const WHILE: Duration = Duration::from_millis(200);

pub async fn compute(context: &Context, seconds: f64, label: &str) -> Said {
    if seconds > 0.0 {
        context.progress(0.0, None, "computing").await;
        tokio::time::sleep(Duration::from_secs_f64(seconds)).await;
    }
    say(format!("Computed {label} in {seconds} seconds"))
}

pub async fn fail_later() -> Said {
    tokio::time::sleep(Duration::from_secs(1)).await;
    Err(FunctionError(
        "This job intentionally fails for testing".to_owned(),
    ))
}

pub async fn need_roots(context: &Context) -> Said {
    tokio::time::sleep(WHILE).await;
    let roots = context.roots("client_roots").await?;
    say(format!("{} directories", roots.len()))
}

pub async fn confirm_delete(context: &Context, filename: &str) -> Said {
    if confirmed(context, &format!("Delete {filename}?")).await? {
        say(format!("Deleted {filename}"))
    } else {
        say(format!("Kept {filename}"))
    }
}

/// Both are asked side by side.
pub async fn ask_both(context: &Context) -> Said {
    let (name, confirmed) = tokio::try_join!(
        text_of(context, "name", "What is your name?", "name"),
        confirmed(context, "Go on?"),
    )?;
    say(format!("{name}: {confirmed}"))
}

pub async fn ask_then_work(context: &Context) -> Said {
    let name = text_of(context, "user_name", "What is your name?", "name").await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    say(format!("Hello, {name}!"))
}

async fn confirmed(context: &Context, message: &str) -> Result<bool, FunctionError> {
    let form = json!({
        "type": "object",
        "properties": {"confirm": {"type": "boolean"}},
        "required": ["confirm"],
    });
    Ok(match context.elicit("confirm", message, form).await? {
        Elicited::Accepted(given) => given.get("confirm") == Some(&json!(true)),
        Elicited::Declined | Elicited::Cancelled => false,
    })
}
