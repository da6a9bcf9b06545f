//! Prompts as data.

use proc_macro2::TokenStream;
use quote::quote;

use super::{content, method};
use crate::{
    model::{Manifest, Prompt, Role, Says},
    node::Text,
};

pub(super) fn prompt(prompt: &Prompt, manifest: &Manifest) -> TokenStream {
    let Prompt {
        title, description, ..
    } = prompt;
    let name = &prompt.name.text;
    let arguments = prompt.arguments.iter().map(|argument| {
        let (name, title, description) =
            (&argument.name.text, &argument.title, &argument.description);
        let required = argument.required;
        let default = if let Some(default) = &argument.default {
            quote! { Some(#default) }
        } else {
            quote! { None }
        };
        let complete = content::complete(argument.complete.as_ref(), manifest);
        quote! {
            ArgumentSpec {
                name: #name,
                title: #title,
                description: #description,
                required: #required,
                default: #default,
                complete: #complete,
            }
        }
    });
    let says = match &prompt.says {
        Says::Messages(messages) => {
            let messages = messages.iter().map(|message| {
                let role = match message.role {
                    Role::User => quote! { Role::User },
                    Role::Assistant => quote! { Role::Assistant },
                };
                let content = content::block(&message.content);
                let [when, tool, without] =
                    [&message.when, &message.tool, &message.without].map(|name| {
                        if let Some(Text { text, .. }) = name {
                            quote! { Some(#text) }
                        } else {
                            quote! { None }
                        }
                    });
                quote! {
                    MessageSpec {
                        role: #role,
                        content: #content,
                        when: #when,
                        tool: #tool,
                        without: #without,
                    }
                }
            });
            quote! { Says::Messages(&[#(#messages),*]) }
        }
        Says::Native(name) => {
            let handler = method(&name.text);
            quote! { Says::Native(|arguments, context| prompt(arguments, context, H::#handler)) }
        }
        Says::Broken => TokenStream::new(),
    };
    quote! {
        PromptSpec {
            name: #name,
            title: #title,
            description: #description,
            arguments: &[#(#arguments),*],
            says: #says,
        }
    }
}
