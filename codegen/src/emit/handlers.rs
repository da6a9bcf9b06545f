//! The trait of everything that the manifest names in Rust.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{ident, input_type, method, output_type, prompt_type, resource_type};
use crate::{
    check::completions,
    model::{Action, Complete, Manifest, Read, Says, Tool},
    node::Text,
};

pub(super) fn handlers(manifest: &Manifest) -> TokenStream {
    let functions = manifest.functions.iter().map(|function| {
        let name = method(&function.name.text);
        let description = doc(&function.description);
        let (input, output) = (
            ident(&input_type(&function.name.text)),
            ident(&output_type(&function.name.text)),
        );
        quote! {
            #[doc = #description]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " What to do instead, for the agent to read."]
            fn #name(input: types::#input) -> Result<types::#output, FunctionError>;
        }
    });
    let tools = manifest.tools.iter().filter_map(|tool| match &tool.action {
        Action::Native(name) => Some(native_tool(tool, name)),
        _ => None,
    });
    let larger = manifest.tools.iter().filter_map(|tool| {
        let name = tool.larger()?;
        let description = format!(
            "`{}` of a file that is too large for a request.",
            tool.name.text
        );
        let input = ident(&input_type(&tool.name.text));
        let output = ident(&output_type(&tool.name.text));
        Some(asynchronous(
            name,
            &description,
            &quote! { input: types::#input },
            &quote! { types::#output },
        ))
    });
    let estimates = manifest.tools.iter().filter_map(|tool| {
        let name = tool.confirm.as_ref()?.estimate.as_ref()?;
        let description = format!("What a call of `{}` would use up.", tool.name.text);
        let input = ident(&input_type(&tool.name.text));
        let taken = quote! { input: types::#input };
        Some(asynchronous(
            name,
            &description,
            &taken,
            &quote! { Estimate },
        ))
    });
    let besides = manifest.tools.iter().filter_map(beside);
    let prompts = manifest.prompts.iter().filter_map(|prompt| {
        let Says::Native(name) = &prompt.says else {
            return None;
        };
        let taken = ident(&prompt_type(&prompt.name.text));
        let taken = quote! { arguments: types::#taken };
        let given = quote! { Vec<Message> };
        Some(asynchronous(name, &prompt.description, &taken, &given))
    });
    let resources = manifest.resources.iter().filter_map(|resource| {
        let Read::Native(name) = &resource.read else {
            return None;
        };
        let taken = ident(&resource_type(&resource.name.text));
        let taken = quote! { variables: types::#taken };
        Some(asynchronous(
            name,
            &resource.description,
            &taken,
            &quote! { Body },
        ))
    });
    // One function may complete several arguments.
    let completions: BTreeMap<_, _> = completions(manifest)
        .into_iter()
        .filter_map(|(_, complete)| match complete {
            Complete::Native(name) => Some((&name.text, name)),
            _ => None,
        })
        .collect();
    let completions = completions.into_values().map(|name| {
        let description = "What may stand where an argument is half typed, the likeliest first.";
        let taken = quote! { partial: Partial };
        asynchronous(name, description, &taken, &quote! { Vec<String> })
    });
    quote! {
        #[doc = " What the manifest names in Rust: functions, and native tools, prompts, resources and completions."]
        #[allow(clippy::all, clippy::pedantic)]
        pub trait Handlers: 'static {
            #(#functions)*
            #(#tools)*
            #(#larger)*
            #(#estimates)*
            #(#besides)*
            #(#prompts)*
            #(#resources)*
            #(#completions)*
        }
    }
}

fn beside(tool: &Tool) -> Option<TokenStream> {
    let name = &tool.beside()?.native;
    let description = format!(
        "Told of each step of what a call of `{}` starts.",
        tool.name.text
    );
    let taken = quote! { given: ::serde_json::Map<String, ::serde_json::Value>, along: Along };
    let given = quote! { ::serde_json::Map<String, ::serde_json::Value> };
    Some(asynchronous(name, &description, &taken, &given))
}

fn native_tool(tool: &Tool, name: &Text) -> TokenStream {
    let input = ident(&input_type(&tool.name.text));
    let given = if tool.content {
        quote! { Vec<Block> }
    } else {
        let output = ident(&output_type(&tool.name.text));
        quote! { types::#output }
    };
    asynchronous(
        name,
        &tool.description,
        &quote! { input: types::#input },
        &given,
    )
}

fn asynchronous(
    name: &Text,
    description: &str,
    taken: &TokenStream,
    given: &TokenStream,
) -> TokenStream {
    let name = method(&name.text);
    let description = doc(description);
    quote! {
        #[doc = #description]
        fn #name(
            #taken,
            context: ::rft_mcp_runtime::engine::Context,
        ) -> impl ::std::future::Future<Output = Result<#given, FunctionError>> + Send;
    }
}

fn doc(text: &str) -> String {
    format!(" {}", text.split_whitespace().collect::<Vec<_>>().join(" "))
}
