//! Tools as data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Value, json};

use super::{
    content, ident, input_type, is_typed, method,
    request::{self, option},
    template::Scope,
};
use crate::{
    model::{Action, Bounds, Confirm, Effect, Manifest, TRUNCATION, Task, Tool},
    schema, uses,
};

pub(super) fn tool(tool: &Tool, manifest: &Manifest) -> TokenStream {
    let Tool {
        title, description, ..
    } = tool;
    let name = &tool.name.text;
    let effect = match tool.effect {
        Effect::Read => quote! { Effect::Read },
        Effect::Write => quote! { Effect::Write },
        Effect::Costly => quote! { Effect::Costly },
        // What is broken is not written.
        Effect::Destructive | Effect::Broken => quote! { Effect::Destructive },
    };
    let sets = tool.sets.iter().map(|set| &set.text);
    let input = schema::to_value(&tool.input).to_string();
    let output = if tool.content {
        quote! { None }
    } else {
        let output = output(tool).to_string();
        quote! { Some(#output) }
    };
    let instead = schema::instead(&tool.input).into_iter().map(|instead| {
        let (within, name, help) = (instead.within, &instead.name.text, instead.help);
        quote! { Instead { within: #within, name: #name, help: #help } }
    });
    let features = schema::features(&tool.input).into_iter().map(|feature| {
        let (name, at) = (&feature.name.text, feature.at);
        quote! { Feature { name: #name, at: #at } }
    });
    let (brief_input, brief_output) = (schema::briefs(&tool.input), schema::briefs(&tool.output));
    let bounds = bounds(&tool.bounds);
    let typed = if is_typed(tool, manifest) {
        let input = ident(&input_type(name));
        quote! { typed::<types::#input> }
    } else {
        quote! { untyped }
    };
    let confirm = option(tool.confirm.as_ref().map(confirm));
    let audit = tool.audit.iter().map(|name| &name.text);
    let task = option(tool.task.as_ref().map(task));
    let action = action(tool, manifest);
    quote! {
        ToolSpec {
            name: #name,
            title: #title,
            description: #description,
            effect: #effect,
            sets: &[#(#sets),*],
            input: #input,
            output: #output,
            instead: &[#(#instead),*],
            features: &[#(#features),*],
            bounds: #bounds,
            brief: Brief { input: &[#(#brief_input),*], output: &[#(#brief_output),*] },
            confirm: #confirm,
            audit: &[#(#audit),*],
            task: #task,
            typed: #typed,
            action: #action,
        }
    }
}

/// How a call runs as a task.
fn task(task: &Task) -> TokenStream {
    let required = task.required;
    let [after, ttl, poll] =
        [task.after_seconds, task.ttl_seconds, task.poll_seconds].map(Literal::u64_unsuffixed);
    quote! {
        &TaskSpec { required: #required, after_seconds: #after, ttl_seconds: #ttl, poll_seconds: #poll }
    }
}

/// What a person is asked.
fn confirm(confirm: &Confirm) -> TokenStream {
    let ask = content::said(&confirm.ask);
    let estimate = option(confirm.estimate.as_ref().map(|name| {
        let handler = method(&name.text);
        quote! { |input, context| estimate(input, context, H::#handler) }
    }));
    let unasked = if confirm.refuse {
        quote! { Unasked::Refuse }
    } else {
        quote! { Unasked::Allow }
    };
    quote! { &ConfirmSpec { ask: #ask, estimate: #estimate, unasked: #unasked } }
}

/// The output's schema, with what a result says that is not all there is.
fn output(tool: &Tool) -> Value {
    let mut output = schema::to_value(&tool.output);
    let (paged, once) = match &tool.action {
        Action::Http { page, once, .. } => (page.is_some(), once.as_ref()),
        _ => (false, None),
    };
    let closed = output.get("additionalProperties") == Some(&Value::Bool(false));
    if (paged || closed || once.is_some())
        && let Some(output) = output.as_object_mut()
        && let Some(properties) = output
            .entry("properties")
            .or_insert_with(|| json!({}))
            .as_object_mut()
    {
        if let Some(once) = once {
            properties
                .entry(once.input())
                .or_insert_with(|| json!({ "type": "string" }));
        }
        // What happens once is not cut on the way, and says only what happened.
        let said = if paged || closed {
            &TRUNCATION[..]
        } else {
            &TRUNCATION[1..]
        };
        for (name, kind) in said {
            properties
                .entry(*name)
                .or_insert_with(|| json!({ "type": kind }));
        }
    }
    output
}

fn bounds(bounds: &Bounds) -> TokenStream {
    let number = |number: Option<u64>| {
        let number = number.map(Literal::u64_unsuffixed);
        option(number.map(|number| quote! { #number }))
    };
    if let Bounds {
        timeout_seconds: None,
        retry: None,
        result_bytes: None,
    } = bounds
    {
        return quote! { Bounds::NONE };
    }
    let timeout = number(bounds.timeout_seconds);
    let result = number(bounds.result_bytes);
    let retry = option(bounds.retry.as_ref().map(|retry| {
        let (times, ambiguous) = (Literal::u64_unsuffixed(retry.times), retry.ambiguous);
        quote! { Retry { times: #times, ambiguous: #ambiguous } }
    }));
    quote! { Bounds { timeout_seconds: #timeout, retry: #retry, result_bytes: #result } }
}

fn action(tool: &Tool, manifest: &Manifest) -> TokenStream {
    match &tool.action {
        Action::Http {
            requests,
            result,
            page,
            once,
        } => {
            let replies: Vec<_> = requests
                .iter()
                .map(|request| request.name.text.as_str())
                .collect();
            let scope = Scope {
                manifest,
                replies: &replies,
            };
            let result = scope.template(result);
            let page = option(page.as_ref().map(|page| request::page(page, &scope)));
            let scope = Scope {
                manifest,
                replies: &[],
            };
            let automatic = uses::automatic(tool);
            let once = option(once.as_ref().map(|once| request::once(once, tool, &scope)));
            let requests = requests
                .iter()
                .map(|http| request::request(http, tool, &automatic, &scope));
            quote! {
                Action::Http {
                    requests: &[#(#requests),*],
                    result: #result,
                    page: #page,
                    once: #once,
                }
            }
        }
        Action::Native(name) => {
            let handler = method(&name.text);
            if tool.content {
                quote! {
                    Action::NativeContent(|input, context| content(input, context, H::#handler))
                }
            } else {
                quote! { Action::Native(|input, context| native(input, context, H::#handler)) }
            }
        }
        Action::Content(blocks) => {
            let blocks = blocks.iter().map(content::block);
            quote! { Action::Content(&[#(#blocks),*]) }
        }
        Action::Broken => TokenStream::new(),
    }
}
