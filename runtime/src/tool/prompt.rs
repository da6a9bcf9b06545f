//! Prompts, and how arguments are completed, as data.

use std::{future::Future, pin::Pin};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{BlockSpec, FunctionError, Message, Role, Template};
use crate::engine::Context;

/// A prompt, as data.
#[derive(Debug)]
pub struct PromptSpec {
    /// The name clients ask for.
    pub name: &'static str,
    /// The title for people.
    pub title: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// Its arguments, all of them texts.
    pub arguments: &'static [ArgumentSpec],
    /// What it says.
    pub says: Says,
}

/// An argument of a prompt.
#[derive(Debug)]
pub struct ArgumentSpec {
    /// Its name.
    pub name: &'static str,
    /// The title for people, or empty.
    pub title: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// Whether it must be given.
    pub required: bool,
    /// What stands in when it is not given.
    pub default: Option<&'static str>,
    /// How it is completed.
    pub complete: Complete,
}

/// What a prompt says.
#[derive(Debug)]
pub enum Says {
    /// These messages.
    Messages(&'static [MessageSpec]),
    /// What a Rust function returns; see [`prompt`].
    Native(NativePrompt),
}

/// A message of a prompt, as data.
#[derive(Debug)]
pub struct MessageSpec {
    /// Whose it is.
    pub role: Role,
    /// What it says.
    pub content: BlockSpec,
    /// The argument without which it is left out.
    pub when: Option<&'static str>,
    /// The tool that must be served for it.
    pub tool: Option<&'static str>,
    /// The tool that must not be served for it.
    pub without: Option<&'static str>,
}

/// How an argument is completed.
#[derive(Debug)]
pub enum Complete {
    /// Not at all.
    Nothing,
    /// With these.
    Values(&'static [&'static str]),
    /// With texts out of the result of a tool that reads.
    Tool {
        /// The tool's name.
        tool: &'static str,
        /// Its input, which may take the other arguments, and what was typed as `value`.
        input: Template,
        /// A list of texts; the result is the first reply.
        values: Template,
    },
    /// With what a Rust function returns; see [`complete`].
    Native(NativeCompletion),
}

/// An argument that is half typed.
#[derive(Debug, Clone)]
pub struct Partial {
    /// The argument's name.
    pub argument: String,
    /// What was typed so far.
    pub value: String,
    /// The other arguments that are known.
    pub given: Map<String, Value>,
}

/// A prompt in Rust.
pub type NativePrompt = fn(Map<String, Value>, Context) -> Answer<Vec<Message>>;

/// A completion in Rust.
pub type NativeCompletion = fn(Partial, Context) -> Answer<Vec<String>>;

/// What a Rust function of a manifest gives back.
pub type Answer<T> = Pin<Box<dyn Future<Output = Result<T, FunctionError>> + Send>>;

/// [`Says::Native`] for a typed Rust function.
pub fn prompt<A, F>(
    arguments: Map<String, Value>,
    context: Context,
    function: impl FnOnce(A, Context) -> F + Send + 'static,
) -> Answer<Vec<Message>>
where
    A: DeserializeOwned + Send + 'static,
    F: Future<Output = Result<Vec<Message>, FunctionError>> + Send,
{
    Box::pin(async move { function(read(arguments)?, context).await })
}

/// [`Complete::Native`] for a Rust function.
pub fn complete<F>(
    partial: Partial,
    context: Context,
    function: impl FnOnce(Partial, Context) -> F + Send + 'static,
) -> Answer<Vec<String>>
where
    F: Future<Output = Result<Vec<String>, FunctionError>> + Send,
{
    Box::pin(async move { function(partial, context).await })
}

/// An object of texts as its Rust type.
pub(super) fn read<A: DeserializeOwned>(texts: Map<String, Value>) -> Result<A, FunctionError> {
    serde_json::from_value(Value::Object(texts)).map_err(|error| FunctionError(error.to_string()))
}
