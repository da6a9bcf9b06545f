//! Prompts as MCP has them.

use rmcp::model::{Prompt, PromptArgument, PromptMessage, Role};

use super::content;
use crate::tool::{self, ArgumentSpec, Message, PromptSpec};

/// A prompt as `prompts/list` shows it.
pub(super) fn listed(spec: &PromptSpec) -> Prompt {
    let arguments: Vec<_> = spec.arguments.iter().map(argument).collect();
    let arguments = (!arguments.is_empty()).then_some(arguments);
    Prompt::new(spec.name, Some(spec.description), arguments).with_title(spec.title)
}

fn argument(spec: &ArgumentSpec) -> PromptArgument {
    let argument = PromptArgument::new(spec.name)
        .with_description(spec.description)
        .with_required(spec.required);
    match spec.title {
        "" => argument,
        title => argument.with_title(title),
    }
}

pub(super) fn message(message: Message) -> PromptMessage {
    let role = match message.role {
        tool::Role::User => Role::User,
        tool::Role::Assistant => Role::Assistant,
    };
    PromptMessage::new(role, content::block(message.content))
}
