//! `prompts/*.yaml`

use schemars::JsonSchema;

use super::{
    Named,
    content::{Complete, Content},
};

/// A prompt: what a person starts by its name. It has `messages` or `native`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Prompt {
    /// Takes the members from another place: `file.yaml#/Name`. What stands beside it takes their place.
    #[schemars(rename = "$ref")]
    reference: Option<String>,
    /// The name that people see.
    title: String,
    /// What it is for.
    description: String,
    /// Its arguments, all of them texts. A prompt with `native` gets them as a Rust type.
    arguments: Option<Named<Argument>>,
    /// What is said, message by message.
    messages: Option<Vec<Message>>,
    /// Instead of messages: the Rust function that makes them.
    native: Option<String>,
}

/// An argument of a prompt.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Argument {
    /// Takes the members from another place: `file.yaml#/Name`. What stands beside it takes their place.
    #[schemars(rename = "$ref")]
    reference: Option<String>,
    /// The name that people see.
    title: Option<String>,
    /// What it is for.
    description: String,
    /// Whether it must be given; `false` when absent.
    required: Option<bool>,
    /// What stands in the messages when it is not given.
    default: Option<String>,
    /// How it is completed while it is typed.
    complete: Option<Complete>,
}

/// A message: of `user` or of `assistant`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Message {
    /// What the person says.
    user: Option<Content>,
    /// What the model says.
    assistant: Option<Content>,
    /// The argument without which the message is left out.
    when: Option<String>,
    /// The tool without which the message is left out: one that is not chosen, or that the provider lacks.
    tool: Option<String>,
    /// The tool with which the message is left out.
    without: Option<String>,
}
