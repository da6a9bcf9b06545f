//! Content and completions as data.

use proc_macro2::TokenStream;
use quote::quote;

use super::{method, template::Scope};
use crate::model::{Bit, Block, Body, Complete, Manifest, Said};

pub(super) fn block(block: &Block) -> TokenStream {
    match block {
        Block::Text(text) => {
            let text = said(text);
            quote! { BlockSpec::Text(#text) }
        }
        Block::Image(data) => {
            let (data, mime_type) = (&data.base64, &data.mime_type);
            quote! { BlockSpec::Image { data: #data, mime_type: #mime_type } }
        }
        Block::Audio(data) => {
            let (data, mime_type) = (&data.base64, &data.mime_type);
            quote! { BlockSpec::Audio { data: #data, mime_type: #mime_type } }
        }
        Block::Resource {
            uri,
            mime_type,
            body,
        } => {
            let (uri, body) = (said(uri), self::body(body));
            quote! { BlockSpec::Resource { uri: #uri, mime_type: #mime_type, body: #body } }
        }
        Block::Link {
            uri,
            name,
            title,
            description,
            mime_type,
        } => {
            let uri = said(uri);
            quote! {
                BlockSpec::Link {
                    uri: #uri,
                    name: #name,
                    title: #title,
                    description: #description,
                    mime_type: #mime_type,
                }
            }
        }
    }
}

fn body(body: &Body) -> TokenStream {
    match body {
        Body::Text(text) => {
            let text = said(text);
            quote! { BodySpec::Text(#text) }
        }
        Body::Blob(base64) => quote! { BodySpec::Blob(#base64) },
    }
}

pub(super) fn said(said: &Said) -> TokenStream {
    let bits = said.bits.iter().map(|bit| match bit {
        Bit::Literal(text) => quote! { Bit::Literal(#text) },
        Bit::Argument(name) => {
            let name = &name.text;
            quote! { Bit::Argument(#name) }
        }
    });
    quote! { &[#(#bits),*] }
}

pub(super) fn complete(complete: Option<&Complete>, manifest: &Manifest) -> TokenStream {
    match complete {
        None => quote! { Complete::Nothing },
        Some(Complete::Values(values)) => quote! { Complete::Values(&[#(#values),*]) },
        Some(Complete::Tool(from)) => {
            let tool = &from.tool.text;
            let input = Scope {
                manifest,
                replies: &[],
            }
            .template(&from.input);
            let values = Scope {
                manifest,
                replies: &["result"],
            }
            .template(&from.values);
            quote! { Complete::Tool { tool: #tool, input: #input, values: #values } }
        }
        Some(Complete::Native(name)) => {
            let handler = method(&name.text);
            quote! { Complete::Native(|partial, context| complete(partial, context, H::#handler)) }
        }
    }
}
