//! Rust types for JSON Schemas: the only call of typify.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Value, json};
use typify::{MapType, TypeSpace, TypeSpaceImpl, TypeSpaceSettings};

use crate::{
    diagnostics::{Mistake, Report},
    node::Node,
    rewrite::{Definitions, Direction},
    source::Span,
};

/// A schema that becomes a type.
pub(crate) struct Root<'n> {
    /// The type's name.
    pub(crate) name: String,
    pub(crate) schema: &'n Node,
    pub(crate) direction: Direction,
    /// Where to say that it can not become one.
    pub(crate) span: Span,
}

/// Reports what [`generate`] would, without writing the types out.
pub(crate) fn check(roots: &[Root<'_>], report: &mut Report) {
    make(roots, report, |_, _| Ok(TokenStream::new()));
}

/// The items of `mod types`: a type or an alias for each root, and what they are made of.
pub(crate) fn generate(roots: &[Root<'_>], report: &mut Report) -> TokenStream {
    make(roots, report, |space, aliases| {
        let items = strip(syn::parse2(space.to_stream()).map_err(|error| error.to_string())?);
        Ok(quote! { #(#items)* #(#aliases)* })
    })
}

/// Makes types of the schemas, and `write`s them with their aliases.
fn make(
    roots: &[Root<'_>],
    report: &mut Report,
    write: impl FnOnce(&TypeSpace, Vec<TokenStream>) -> Result<TokenStream, String>,
) -> TokenStream {
    let mut definitions = Definitions::new(roots.iter().map(|root| root.name.as_str()));
    let schemas: Vec<Value> = roots
        .iter()
        .map(|root| definitions.root(root.schema, &root.name, root.direction))
        .collect();
    let definitions = definitions.used(&schemas);
    let mut space = TypeSpace::new(&settings());
    let mut place = roots.first().map(|root| root.span);
    let made = add(&mut space, &json!({ "definitions": definitions })).and_then(|()| {
        let mut aliases = Vec::new();
        for (root, schema) in roots.iter().zip(schemas) {
            place = Some(root.span);
            aliases.extend(alias(&mut space, root, schema)?);
        }
        write(&space, aliases)
    });
    made.unwrap_or_else(|error: String| {
        if let Some(span) = place {
            let mistake = Mistake::new(
                "untyped",
                span,
                format!("this schema makes no Rust type: {error}"),
            );
            report.add(mistake.help(
                "say it in simpler words, `type: object` without properties if nothing else does",
            ));
        }
        TokenStream::new()
    })
}

fn settings() -> TypeSpaceSettings {
    let mut settings = TypeSpaceSettings::default();
    // A number keeps its digits, and an integer may come as `5.0`, as JSON Schema has it.
    for (schema, name) in [
        ("number", "::serde_json::Number"),
        ("integer", "::rft_mcp_runtime::tool::Integer"),
    ] {
        if let Ok(schema) = serde_json::from_value(json!({ "type": schema })) {
            settings.with_conversion(schema, name, std::iter::empty::<TypeSpaceImpl>());
        }
    }
    settings
        .with_map_type(MapType::new("::std::collections::BTreeMap"))
        .with_derive("PartialEq".to_owned());
    settings
}

fn add(space: &mut TypeSpace, schema: &Value) -> Result<(), String> {
    let schema = serde_json::from_value(schema.clone()).map_err(|error| error.to_string())?;
    space
        .add_root_schema(schema)
        .map(drop)
        .map_err(|error| error.to_string())
}

/// `type Name = …`, unless the root is the definition of that name.
fn alias(
    space: &mut TypeSpace,
    root: &Root<'_>,
    schema: Value,
) -> Result<Option<TokenStream>, String> {
    let schema = serde_json::from_value(schema).map_err(|error| error.to_string())?;
    let id = space.add_type(&schema).map_err(|error| error.to_string())?;
    let made = space.get_type(&id).map_err(|error| error.to_string())?;
    let (name, ident) = (format_ident!("{}", root.name), made.ident());
    let same = ident.to_string() == root.name;
    Ok((!same).then(|| quote! { pub type #name = #ident; }))
}

/// The types without typify's conversions between them, which nothing here calls, and without the
/// schemas it repeats in their documentation.
fn strip(file: syn::File) -> Vec<syn::Item> {
    let mut items = Vec::new();
    for mut item in file.items {
        match &mut item {
            syn::Item::Struct(item) => {
                undocument(&mut item.attrs);
                item.fields
                    .iter_mut()
                    .for_each(|field| undocument(&mut field.attrs));
            }
            syn::Item::Enum(item) => {
                undocument(&mut item.attrs);
                for variant in &mut item.variants {
                    undocument(&mut variant.attrs);
                    variant
                        .fields
                        .iter_mut()
                        .for_each(|field| undocument(&mut field.attrs));
                }
            }
            _ => continue,
        }
        items.push(item);
    }
    items
}

fn undocument(attributes: &mut Vec<syn::Attribute>) {
    attributes.retain(|attribute| !attribute.path().is_ident("doc"));
}
