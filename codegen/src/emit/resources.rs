//! Resources as data.

use proc_macro2::TokenStream;
use quote::quote;

use super::{content, method, template::Scope};
use crate::model::{Manifest, Read, Resource, Segment, Template};

pub(super) fn resource(resource: &Resource, manifest: &Manifest) -> TokenStream {
    let Resource {
        title,
        description,
        mime_type,
        subscribe,
        ..
    } = resource;
    let (name, uri) = (&resource.name.text, &resource.uri.text);
    let segments = resource.uri.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => quote! { Segment::Literal(#text) },
        Segment::Param(name) => quote! { Segment::Param(#name) },
    });
    let variables = resource.variables.iter().map(|variable| {
        let name = &variable.name.text;
        let complete = content::complete(variable.complete.as_ref(), manifest);
        quote! { VariableSpec { name: #name, complete: #complete } }
    });
    let template = |template: &Template| {
        Scope {
            manifest,
            replies: &[],
        }
        .template(template)
    };
    let read = match &resource.read {
        Read::Text(text) => {
            let text = content::said(text);
            quote! { Read::Text(#text) }
        }
        Read::Blob(base64) => quote! { Read::Blob(#base64) },
        Read::Json(value) => {
            let value = template(value);
            quote! { Read::Json(#value) }
        }
        Read::Tool { tool, input } => {
            let (tool, input) = (&tool.text, template(input));
            quote! { Read::Tool { tool: #tool, input: #input } }
        }
        Read::Native(name) => {
            let handler = method(&name.text);
            quote! { Read::Native(|variables, context| resource(variables, context, H::#handler)) }
        }
        Read::Broken => TokenStream::new(),
    };
    quote! {
        ResourceSpec {
            name: #name,
            title: #title,
            description: #description,
            uri: #uri,
            segments: &[#(#segments),*],
            mime_type: #mime_type,
            variables: &[#(#variables),*],
            read: #read,
            subscribe: #subscribe,
        }
    }
}
