//! Files of `data/` as constants.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use crate::model::Constant;

/// The constants of `data/`; nothing where there are none.
pub(super) fn constants(data: &[Constant]) -> TokenStream {
    if data.is_empty() {
        return TokenStream::new();
    }
    let constants = data.iter().map(|data| {
        let name = ident(&data.name.text.to_uppercase());
        let description = format!(
            " {}",
            data.description
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        );
        let value = data.value.to_value().to_string();
        quote! {
            #[doc = #description]
            pub const #name: &str = #value;
        }
    });
    quote! {
        #[doc = " What native tools and functions know, as compact JSON text."]
        #[allow(dead_code)]
        pub mod data { #(#constants)* }
    }
}
