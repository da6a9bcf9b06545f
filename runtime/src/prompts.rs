//! A prompt with its arguments put in.

use serde_json::{Map, Value};

use crate::{
    client::{Client, Unanswered},
    engine::Engine,
    pipeline::validate::nearest,
    tool::{Message, MessageSpec, PromptSpec, Says},
};

/// Why a prompt could not be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PromptError {
    /// There is none of this name.
    #[error("{0}")]
    Unknown(String),
    /// The arguments have mistakes, which are told line by line.
    #[error("{0}")]
    Arguments(String),
    /// Its Rust function gave no answer.
    #[error("the prompt was not made")]
    Unanswered(Unanswered),
}

impl Engine {
    /// The prompt of a name.
    ///
    /// # Errors
    /// When there is none; the nearest name is told.
    pub fn find_prompt(&self, name: &str) -> Result<&'static PromptSpec, PromptError> {
        let prompts = self.table().prompts;
        prompts
            .iter()
            .find(|spec| spec.name == name)
            .ok_or_else(|| {
                let near = nearest(name, prompts.iter().map(|spec| spec.name));
                PromptError::Unknown(match near {
                    Some(near) => format!("there is no prompt `{name}`: did you mean `{near}`?"),
                    None => {
                        format!("there is no prompt `{name}`: prompts/list says which there are")
                    }
                })
            })
    }

    /// What a prompt says with these arguments.
    ///
    /// # Errors
    /// When the arguments have mistakes, or its Rust function fails.
    pub async fn prompt(
        &self,
        spec: &'static PromptSpec,
        arguments: Map<String, Value>,
    ) -> Result<Vec<Message>, PromptError> {
        self.prompt_for(Client::default(), spec, arguments).await
    }

    pub(crate) async fn prompt_for(
        &self,
        client: Client,
        spec: &'static PromptSpec,
        arguments: Map<String, Value>,
    ) -> Result<Vec<Message>, PromptError> {
        let mut arguments = checked(spec, arguments)?;
        match &spec.says {
            Says::Native(native) => {
                let said = native(arguments, self.context(client.clone()));
                client.drive(said).await.map_err(PromptError::Unanswered)
            }
            Says::Messages(messages) => {
                // Looked at before defaults take their place.
                let served = |name: &str| self.tools().any(|tool| tool.name == name);
                let said = |message: &&MessageSpec| {
                    message.when.is_none_or(|name| arguments.contains_key(name))
                        && message.tool.is_none_or(served)
                        && !message.without.is_some_and(served)
                };
                let messages: Vec<_> = messages.iter().filter(said).collect();
                for argument in spec.arguments {
                    if let Some(default) = argument.default {
                        arguments
                            .entry(argument.name)
                            .or_insert_with(|| default.into());
                    }
                }
                let filled = messages.into_iter().map(|message| Message {
                    role: message.role,
                    content: message.content.fill(&arguments),
                });
                Ok(filled.collect())
            }
        }
    }
}

/// The arguments as texts, those left out that say nothing; else every mistake in them.
fn checked(
    spec: &PromptSpec,
    arguments: Map<String, Value>,
) -> Result<Map<String, Value>, PromptError> {
    let mut mistakes = Vec::new();
    let names = || spec.arguments.iter().map(|argument| argument.name);
    let mut texts = Map::new();
    for (name, value) in arguments {
        if names().all(|known| known != name) {
            mistakes.push(match nearest(&name, names()) {
                Some(near) => format!("- there is no argument `{name}`: did you mean `{near}`?"),
                None => format!("- there is no argument `{name}`: leave it out"),
            });
            continue;
        }
        match value {
            Value::Null => {}
            // A form that was left empty.
            Value::String(text) if text.is_empty() => {}
            text @ Value::String(_) => drop(texts.insert(name, text)),
            other @ (Value::Bool(_) | Value::Number(_)) => {
                texts.insert(name, other.to_string().into());
            }
            _ => mistakes.push(format!(
                "- `{name}` must be a text: prompts take no other arguments"
            )),
        }
    }
    for argument in spec.arguments {
        if argument.required && !texts.contains_key(argument.name) {
            let name = argument.name;
            mistakes.push(format!("- `{name}` is missing: {}", argument.description));
        }
    }
    if mistakes.is_empty() {
        return Ok(texts);
    }
    Err(PromptError::Arguments(format!(
        "the arguments of the prompt `{}` have mistakes:\n{}",
        spec.name,
        mistakes.join("\n")
    )))
}
