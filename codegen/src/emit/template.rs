//! Templates as data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::method;
use crate::{
    model::{Manifest, Place, Step, Template, TemplateKind},
    node::Node,
};

/// What the names of a template stand for.
pub(super) struct Scope<'m> {
    pub(super) manifest: &'m Manifest,
    /// The names of the replies, by their index; empty in requests.
    pub(super) replies: &'m [&'m str],
}

impl Scope<'_> {
    pub(super) fn template(&self, template: &Template) -> TokenStream {
        match &template.kind {
            TemplateKind::Null | TemplateKind::Broken => quote! { Template::Null },
            TemplateKind::Bool(bool) => quote! { Template::Bool(#bool) },
            TemplateKind::Number(number) => {
                if let Some(integer) = number.as_i64() {
                    let integer = Literal::i64_unsuffixed(integer);
                    quote! { Template::Integer(#integer) }
                } else {
                    // `f64_unsuffixed` takes finite numbers only, and a parsed number is one.
                    let float = Literal::f64_unsuffixed(number.as_f64().unwrap_or_default());
                    quote! { Template::Number(#float) }
                }
            }
            TemplateKind::Text(text) => quote! { Template::Text(#text) },
            TemplateKind::List(elements) => {
                let elements = elements.iter().map(|element| self.template(element));
                quote! { Template::List(&[#(#elements),*]) }
            }
            TemplateKind::Object(_) => {
                let members = self.members(template);
                quote! { Template::Object(#members) }
            }
            TemplateKind::Take(place) => {
                let place = self.place(place);
                quote! { Template::Take(#place) }
            }
            TemplateKind::First(elements) => {
                let elements = elements.iter().map(|element| self.template(element));
                quote! { Template::First(&[#(#elements),*]) }
            }
            TemplateKind::Call { function, .. } => self.call(&function.text, template),
            TemplateKind::Join { list, separator } => {
                let list = self.place(list);
                quote! { Template::Join { list: #list, separator: #separator } }
            }
            TemplateKind::Json(inner) => {
                let inner = self.template(inner);
                quote! { Template::Json(&#inner) }
            }
            TemplateKind::Each { list, item } => {
                let (list, item) = (self.place(list), self.template(item));
                quote! { Template::Each { list: #list, item: &#item } }
            }
        }
    }

    fn members(&self, template: &Template) -> TokenStream {
        let members = match &template.kind {
            TemplateKind::Object(members)
            | TemplateKind::Call {
                arguments: members, ..
            } => members.as_slice(),
            _ => &[],
        };
        let members = members.iter().map(|(key, member)| {
            let (key, member) = (&key.text, self.template(member));
            quote! { (#key, #member) }
        });
        quote! { &[#(#members),*] }
    }

    fn call(&self, name: &str, template: &Template) -> TokenStream {
        let handler = method(name);
        let arguments = self.members(template);
        let function = self
            .manifest
            .functions
            .iter()
            .find(|function| function.name.text == name);
        let required = function.and_then(|function| function.input.get("required"));
        let required = required
            .map_or(&[][..], Node::elements)
            .iter()
            .filter_map(Node::text);
        quote! {
            Template::Call(&CallSpec {
                name: #name,
                function: |arguments| function(arguments, H::#handler),
                arguments: #arguments,
                required: &[#(#required),*],
            })
        }
    }

    pub(super) fn place(&self, place: &Place) -> TokenStream {
        let path = place.path.iter().map(step);
        let reply = self.replies.iter().position(|name| *name == place.name);
        let headers = place.name.strip_suffix("_headers");
        let headers = headers.and_then(|name| self.replies.iter().position(|reply| *reply == name));
        if let (Some(index), Some(Step::Key(name))) = (headers, place.path.first()) {
            let (index, name) = (Literal::usize_unsuffixed(index), name.to_ascii_lowercase());
            return quote! { Place { root: Root::ReplyHeaders(#index), path: &[Step::Key(#name)] } };
        }
        match (reply, place.name.as_str()) {
            (Some(index), _) => {
                let index = Literal::usize_unsuffixed(index);
                quote! { Place { root: Root::Reply(#index), path: &[#(#path),*] } }
            }
            (None, "provider") => quote! { Place { root: Root::Provider, path: &[#(#path),*] } },
            (None, "item") => quote! { Place { root: Root::Item, path: &[#(#path),*] } },
            (None, name) => {
                quote! { Place { root: Root::Input, path: &[Step::Key(#name) #(, #path)*] } }
            }
        }
    }
}

fn step(step: &Step) -> TokenStream {
    match step {
        Step::Key(key) => quote! { Step::Key(#key) },
        Step::Index(index) => {
            let index = Literal::i64_unsuffixed(*index);
            quote! { Step::Index(#index) }
        }
    }
}
