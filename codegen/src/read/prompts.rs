//! `prompts/*.yaml`

use super::{complete, content, native_name, texts_schema};
use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, entries, mistyped, text},
    load::Files,
    model::{Message, Prompt, PromptArgument, Role, Says},
    node::{Kind, Node, Text},
    refs::inline,
};

/// The prompts of a file.
pub(crate) fn read(file: &Node, files: &Files, report: &mut Report) -> Vec<Prompt> {
    let entries = match file.kind {
        Kind::Broken | Kind::Null => &[],
        _ => entries(file, "a file of prompts", report),
    };
    entries
        .iter()
        .map(|(name, node)| prompt(name, &inline(node, files, report), files, report))
        .collect()
}

fn prompt(name: &Text, node: &Node, files: &Files, report: &mut Report) -> Prompt {
    let mut fields = Fields::of(node, name.span, format!("prompt `{}`", name.text), report);
    let title = fields.required_text("title", "give the name that people see");
    let description = fields.description();
    let arguments = fields.optional("arguments");
    let arguments = arguments
        .map(|node| read_arguments(node, fields.report))
        .unwrap_or_default();
    let (messages, native) = (fields.optional("messages"), fields.optional("native"));
    let says = match (messages, native) {
        (Some(list), None) => {
            if !matches!(list.kind, Kind::List(_)) || list.elements().is_empty() {
                mistyped(list, "messages", "a list of messages", fields.report);
            }
            let list = list.elements().iter();
            let read = list.filter_map(|node| message(node, files, fields.report));
            Says::Messages(read.collect())
        }
        (None, Some(native)) => {
            native_name(native, fields.report).map_or(Says::Broken, Says::Native)
        }
        _ if node.is_broken() => Says::Broken,
        _ => {
            let message = format!(
                "prompt `{}` needs one of `messages` and `native`",
                name.text
            );
            let help = "`messages` says what is said, `native` names a Rust function";
            fields
                .report
                .add(Mistake::new("action", name.span, message).help(help));
            Says::Broken
        }
    };
    fields.finish();
    let schema = texts_schema(
        name.span,
        arguments
            .iter()
            .map(|argument| (&argument.name, argument.required)),
    );
    Prompt {
        name: name.clone(),
        title,
        description,
        arguments,
        says,
        schema,
    }
}

fn read_arguments(node: &Node, report: &mut Report) -> Vec<PromptArgument> {
    let mut arguments = Vec::new();
    for (name, node) in entries(node, "arguments", report) {
        let what = format!("argument `{}`", name.text);
        let mut fields = Fields::of(node, name.span, what, report);
        arguments.push(PromptArgument {
            name: name.clone(),
            title: fields.text("title").unwrap_or_default(),
            description: fields.description(),
            required: fields.bool("required", false),
            default: fields.text("default"),
            complete: fields
                .optional("complete")
                .and_then(|node| complete::read(node, fields.report)),
        });
        fields.finish();
    }
    arguments
}

/// `user: …` or `assistant: …`, and on what it depends: `when: argument`, `tool: name` and `without: name`.
fn message(node: &Node, files: &Files, report: &mut Report) -> Option<Message> {
    let mut fields = Fields::of(node, node.span, "a message", report);
    let (user, assistant) = (fields.optional("user"), fields.optional("assistant"));
    let [when, tool, without] = ["when", "tool", "without"].map(|key| {
        let node = fields.optional(key)?;
        text(node, key, fields.report)
    });
    let (role, said) = match (user, assistant) {
        (Some(said), None) => (Role::User, said),
        (None, Some(said)) => (Role::Assistant, said),
        _ => {
            if matches!(node.kind, Kind::Map(_)) {
                let message = "a message is of `user` or of `assistant`";
                let help = "write `- user: what is said`";
                let mistake = Mistake::new("content", node.span, message);
                fields.report.add(mistake.help(help));
            }
            fields.finish();
            return None;
        }
    };
    let content = content::block(said, files, fields.report);
    fields.finish();
    Some(Message {
        role,
        content: content?,
        when,
        tool,
        without,
    })
}
