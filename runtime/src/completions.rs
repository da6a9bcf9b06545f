//! What may stand where an argument is half typed.

use serde_json::Value;

use crate::{
    client::Client,
    engine::Engine,
    tool::{Complete, FunctionError, Partial},
};

/// The most values that a client is told, as the protocol has it.
pub const MOST_VALUES: usize = 100;

/// What may stand there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completion {
    /// The likeliest first, at most [`MOST_VALUES`].
    pub values: Vec<String>,
    /// How many there are.
    pub total: usize,
}

impl Engine {
    /// The completion of an argument. What it comes from may fail, and then nothing is completed: a person types
    /// on all the same.
    pub async fn complete(&self, complete: &'static Complete, partial: Partial) -> Completion {
        let typed = partial.value.to_lowercase();
        let found = match complete {
            Complete::Nothing => Ok(Vec::new()),
            Complete::Values(values) => Ok(fitting(
                values.iter().map(|value| (*value).to_owned()),
                &typed,
            )),
            Complete::Tool {
                tool,
                input,
                values,
            } => {
                let mut given = partial.given;
                given.insert("value".to_owned(), partial.value.into());
                let values = async {
                    let input = self.fill(input, &Value::Object(given), &[])?;
                    let result = self.read_tool(tool, input).await;
                    let result = result.map_err(|error| FunctionError(format!("{error:?}")))?;
                    self.fill(values, &Value::Null, &[Value::Object(result)])
                };
                values.await.map(|values| fitting(texts(values), &typed))
            }
            Complete::Native(native) => native(partial, self.context(Client::default())).await,
        };
        let mut values = found.unwrap_or_else(|error| {
            tracing::debug!(%error, "nothing was completed");
            Vec::new()
        });
        let total = values.len();
        values.truncate(MOST_VALUES);
        Completion { values, total }
    }
}

/// The texts and numbers of a list.
fn texts(values: Option<Value>) -> impl Iterator<Item = String> {
    let values = match values {
        Some(Value::Array(values)) => values,
        _ => Vec::new(),
    };
    values.into_iter().filter_map(|value| match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// The values that hold what was typed, whatever its letters' case: those that begin with it first.
fn fitting(values: impl Iterator<Item = String>, typed: &str) -> Vec<String> {
    let (begin, hold): (Vec<_>, Vec<_>) = values
        .filter(|value| value.to_lowercase().contains(typed))
        .partition(|value| value.to_lowercase().starts_with(typed));
    begin.into_iter().chain(hold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_begin_with_what_was_typed_come_first() {
        let values = || ["a-job", "Job-1", "other"].map(str::to_owned).into_iter();
        assert_eq!(fitting(values(), "job"), ["Job-1", "a-job"]);
        assert_eq!(fitting(values(), ""), ["a-job", "Job-1", "other"]);
        assert!(fitting(values(), "none").is_empty());
    }
}
