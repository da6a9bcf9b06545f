//! Whoever sits at a command line, as the client of a call.

use std::{fmt, sync::Arc};

use futures::future::BoxFuture;
use serde_json::{Value, json};

use super::{Level, Link, Question};
use crate::tool::Ask;

/// Asks a question that is answered with yes or no; an error when it could not be asked.
pub(crate) type Asker = Arc<dyn Fn(String) -> Result<bool, String> + Send + Sync>;

/// A person who is asked on the spot.
#[derive(Clone)]
pub(crate) struct Terminal(pub(crate) Asker);

impl fmt::Debug for Terminal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Terminal")
    }
}

impl Link for Terminal {
    fn can(&self, ask: Ask) -> bool {
        ask == Ask::Elicitation
    }

    fn progress(&self, _: f64, _: Option<f64>, _: Option<String>) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }

    fn log(&self, _: Level, _: Value) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }

    fn ask(&self, _: &str, question: Question) -> Option<BoxFuture<'_, Result<Value, String>>> {
        let asker = Arc::clone(&self.0);
        Some(Box::pin(async move {
            let Question::Elicit { message, form } = question else {
                return Err("only the person can be asked here".to_owned());
            };
            let asks_nothing = form.get("properties").and_then(Value::as_object);
            if !asks_nothing.is_some_and(serde_json::Map::is_empty) {
                return Err("only yes and no can be answered here: use a client".to_owned());
            }
            // A person may think for long.
            let answered = tokio::task::spawn_blocking(move || asker(message)).await;
            let yes = answered.map_err(|error| error.to_string())??;
            let action = if yes { "accept" } else { "decline" };
            Ok(json!({ "action": action }))
        }))
    }
}
