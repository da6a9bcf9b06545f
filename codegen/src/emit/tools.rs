//! Tools as data.

use proc_macro2::TokenStream;
use quote::quote;

use super::{content, ident, input_type, method, template::Scope};
use crate::{
    model::{Action, Effect, Manifest, Method, Request, Segment, Template, Tool},
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
        Effect::Destructive => quote! { Effect::Destructive },
    };
    let sets = tool.sets.iter().map(|set| &set.text);
    let input = schema::to_value(&tool.input).to_string();
    let output = if tool.content {
        quote! { None }
    } else {
        let output = schema::to_value(&tool.output).to_string();
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
    let typed = ident(&input_type(name));
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
            typed: typed::<types::#typed>,
            action: #action,
        }
    }
}

fn action(tool: &Tool, manifest: &Manifest) -> TokenStream {
    match &tool.action {
        Action::Http { requests, result } => {
            let replies: Vec<_> = requests
                .iter()
                .map(|request| request.name.text.as_str())
                .collect();
            let result = Scope {
                manifest,
                replies: &replies,
            }
            .template(result);
            let scope = Scope {
                manifest,
                replies: &[],
            };
            let automatic = uses::automatic(tool);
            let requests = requests
                .iter()
                .map(|http| request(http, &automatic, &scope));
            quote! { Action::Http { requests: &[#(#requests),*], result: #result } }
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

fn request(request: &Request, automatic: &[&str], scope: &Scope<'_>) -> TokenStream {
    let name = &request.name.text;
    let method = match request.method {
        Method::Get => quote! { Method::Get },
        Method::Post => quote! { Method::Post },
        Method::Put => quote! { Method::Put },
        Method::Patch => quote! { Method::Patch },
        Method::Delete => quote! { Method::Delete },
    };
    let path = request.path.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => quote! { Segment::Literal(#text) },
        Segment::Param(name) => quote! { Segment::Param(#name) },
    });
    let named = |(name, template): &(crate::node::Text, Template)| {
        let (name, template) = (&name.text, scope.template(template));
        quote! { (#name, #template) }
    };
    let automatic = automatic.iter().map(|name| {
        quote! { (#name, Template::Take(Place { root: Root::Input, path: &[Step::Key(#name)] })) }
    });
    let query = request.query.iter().map(named).chain(automatic);
    let headers = request.headers.iter().map(named);
    let key = if let Some(key) = &request.key {
        let key = &key.text;
        quote! { Some(#key) }
    } else {
        quote! { None }
    };
    let body = if let Some(body) = &request.body {
        let body = scope.template(body);
        quote! { Some(#body) }
    } else {
        quote! { None }
    };
    quote! {
        RequestSpec {
            name: #name,
            method: #method,
            path: &[#(#path),*],
            query: &[#(#query),*],
            headers: &[#(#headers),*],
            key: #key,
            body: #body,
        }
    }
}
