//! Functions that answer by themselves, and tell the client something on the way.

use std::time::Duration;

use rft_mcp_runtime::{
    client::{Change, Level},
    engine::Context,
    tool::{FunctionError, List},
};

use crate::{Said, say};

/// So long that a client can tell one message from the next.
const MOMENT: Duration = Duration::from_millis(50);

pub fn fail() -> Said {
    Err(FunctionError(
        "This tool intentionally returns an error for testing".to_owned(),
    ))
}

pub async fn progress(context: &Context) -> Said {
    for (done, message) in [(0.0, "Starting"), (50.0, "Halfway"), (100.0, "Complete")] {
        context.progress(done, 100.0, message).await;
        tokio::time::sleep(MOMENT).await;
    }
    say("Progress test completed")
}

pub async fn log_thrice(context: &Context) -> Said {
    for message in [
        "Tool execution started",
        "Tool processing data",
        "Tool execution completed",
    ] {
        context.log(Level::Info, message).await;
        tokio::time::sleep(MOMENT).await;
    }
    say("Logging test completed")
}

pub async fn log_once(context: &Context) -> Said {
    context.log(Level::Error, "logLevel was requested").await;
    say("Logging tool completed")
}

pub async fn wait() -> Said {
    tokio::time::sleep(2 * MOMENT).await;
    say("Reconnection test completed")
}

pub fn change(context: &Context, list: List) -> Said {
    context.announce(Change::List(list));
    say("The change was announced")
}
