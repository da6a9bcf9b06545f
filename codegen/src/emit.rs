//! The manifest as Rust: data of the runtime's types, and one-line calls. A manifest's text gets in as
//! literals only.

mod content;
mod data;
mod handlers;
mod prompts;
mod providers;
mod request;
mod resources;
mod template;
mod tools;

use proc_macro2::{Ident, Span};
use quote::quote;

use crate::{
    diagnostics::Report,
    model::{Action, Manifest, Read, Says, Tool, Types},
    names::pascal,
    rewrite::Direction,
    types::{self, Root},
};

/// What the generated file begins with.
const HEADER: &str =
    "// Generated from the manifest by rft-mcp-codegen. Change the manifest, not this file.\n\n";

/// Reports what [`emit`] would.
pub(crate) fn check(manifest: &Manifest, report: &mut Report) {
    types::check(&roots(manifest), report);
}

/// The whole module, formatted. Schemas that make no type are reported.
pub(crate) fn emit(manifest: &Manifest, report: &mut Report) -> Result<String, syn::Error> {
    let types = types::generate(&roots(manifest), report);
    let handlers = handlers::handlers(manifest);
    let server = providers::server(&manifest.server);
    let providers = manifest.providers.iter().map(providers::provider);
    let tools = manifest
        .tools
        .iter()
        .map(|tool| tools::tool(tool, manifest));
    let prompts = manifest
        .prompts
        .iter()
        .map(|prompt| prompts::prompt(prompt, manifest));
    let resources = manifest
        .resources
        .iter()
        .map(|resource| resources::resource(resource, manifest));
    let data = data::constants(&manifest.data);
    let module = quote! {
        #[allow(clippy::wildcard_imports)]
        use ::rft_mcp_runtime::tool::*;

        #[doc = " Inputs and outputs of tools and functions, and what native prompts and resources take."]
        #[allow(dead_code, missing_docs, clippy::all, clippy::pedantic)]
        pub mod types { #types }

        #data

        #handlers

        #[doc = " The manifest, with the functions of `H`."]
        #[derive(Debug)]
        pub struct Manifest<H>(::std::marker::PhantomData<H>);

        #[allow(clippy::all, clippy::pedantic)]
        impl<H: Handlers> Manifest<H> {
            #[doc = " The whole manifest as data."]
            pub const TABLE: &'static Table = &Table {
                server: #server,
                providers: &[#(#providers),*],
                tools: &[#(#tools),*],
                prompts: &[#(#prompts),*],
                resources: &[#(#resources),*],
            };
        }
    };
    Ok(format!(
        "{HEADER}{}",
        prettyplease::unparse(&syn::parse2(module)?)
    ))
}

/// Whether a tool's input has a Rust type.
pub(crate) fn is_typed(tool: &Tool, manifest: &Manifest) -> bool {
    let confirm = tool.confirm.as_ref();
    let native = matches!(tool.action, Action::Native(_))
        || tool.larger().is_some()
        || confirm.is_some_and(|confirm| confirm.estimate.is_some());
    native || manifest.server.types == Types::All
}

/// The schemas that become types: the inputs of typed tools, what native tools return, what native prompts and
/// resources take, and the functions' both.
fn roots(manifest: &Manifest) -> Vec<Root<'_>> {
    let mut roots = Vec::new();
    for tool in &manifest.tools {
        let native = matches!(tool.action, Action::Native(_)) || tool.larger().is_some();
        if is_typed(tool, manifest) {
            roots.push(Root {
                name: input_type(&tool.name.text),
                schema: &tool.input,
                direction: Direction::In,
                span: tool.input.span,
            });
        }
        if native && !tool.content {
            roots.push(Root {
                name: output_type(&tool.name.text),
                schema: &tool.output,
                direction: Direction::Out,
                span: tool.output.span,
            });
        }
    }
    for prompt in &manifest.prompts {
        if matches!(prompt.says, Says::Native(_)) {
            roots.push(Root {
                name: prompt_type(&prompt.name.text),
                schema: &prompt.schema,
                direction: Direction::In,
                span: prompt.name.span,
            });
        }
    }
    for resource in &manifest.resources {
        if matches!(resource.read, Read::Native(_)) {
            roots.push(Root {
                name: resource_type(&resource.name.text),
                schema: &resource.schema,
                direction: Direction::In,
                span: resource.name.span,
            });
        }
    }
    for function in &manifest.functions {
        for (name, schema, direction) in [
            (
                input_type(&function.name.text),
                &function.input,
                Direction::In,
            ),
            (
                output_type(&function.name.text),
                &function.output,
                Direction::Out,
            ),
        ] {
            roots.push(Root {
                name,
                schema,
                direction,
                span: schema.span,
            });
        }
    }
    roots
}

/// The name of the type of what a tool or function takes.
pub(crate) fn input_type(name: &str) -> String {
    pascal(&format!("{name}_input"))
}

/// The name of the type of the arguments of a native prompt.
pub(crate) fn prompt_type(name: &str) -> String {
    pascal(&format!("{name}_prompt"))
}

/// The name of the type of the variables of a native resource.
pub(crate) fn resource_type(name: &str) -> String {
    pascal(&format!("{name}_resource"))
}

/// The name of the type of what a native tool or a function returns.
pub(crate) fn output_type(name: &str) -> String {
    pascal(&format!("{name}_output"))
}

pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The method of a function or a native tool; a keyword becomes a raw name.
pub(crate) fn method(name: &str) -> Ident {
    syn::parse_str(name).unwrap_or_else(|_| Ident::new_raw(name, Span::call_site()))
}
