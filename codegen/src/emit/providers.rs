//! `server.yaml` and `providers.yaml` as data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{ident, request::option};
use crate::{
    model::{Auth, Piece, Provider, Server},
    node::Text,
};

pub(super) fn server(server: &Server) -> TokenStream {
    let Server {
        name,
        title,
        instructions,
        ..
    } = server;
    let sets = server.sets.iter().map(|set| {
        let (name, description, default) = (&set.name.text, &set.description, set.default);
        quote! { SetSpec { name: #name, description: #description, default: #default } }
    });
    let asks = server.client.asks.iter().map(|ask| ident(ask));
    let announces = server.client.announces.iter().map(|list| ident(list));
    let logs = server.client.logs;
    let connect = Literal::u64_unsuffixed(server.limits.connect_seconds);
    let request = Literal::u64_unsuffixed(server.limits.request_seconds);
    let bytes = Literal::u64_unsuffixed(server.limits.response_bytes);
    let result = Literal::u64_unsuffixed(server.limits.result_bytes);
    let spending = server.spending.iter().map(|limit| {
        let (name, description) = (&limit.name.text, &limit.description);
        let most = option(limit.most.as_ref().map(|most| {
            let most = Literal::f64_unsuffixed(most.as_f64().unwrap_or_default());
            quote! { #most }
        }));
        quote! { LimitSpec { name: #name, description: #description, most: #most } }
    });
    quote! {
        ServerSpec {
            name: #name,
            title: #title,
            instructions: #instructions,
            sets: &[#(#sets),*],
            client: ClientUse {
                asks: &[#(Ask::#asks),*],
                logs: #logs,
                announces: &[#(List::#announces),*],
            },
            limits: Limits { connect_seconds: #connect, request_seconds: #request, response_bytes: #bytes, result_bytes: #result },
            spending: &[#(#spending),*],
        }
    }
}

pub(super) fn provider(provider: &Provider) -> TokenStream {
    let Provider { title, notice, .. } = provider;
    let name = &provider.name.text;
    let base_url = if let Some(url) = &provider.base_url {
        let url = text(url);
        quote! { Some(#url) }
    } else {
        quote! { None }
    };
    let auth = provider.auth.iter().map(auth);
    let keys = provider.keys.iter().map(|(name, ways)| {
        let (name, ways) = (&name.text, ways.iter().map(self::auth));
        quote! { (#name, &[#(#ways),*]) }
    });
    let named = |(name, value): &(Text, Vec<Piece>)| {
        let (name, value) = (&name.text, text(value));
        quote! { (#name, #value) }
    };
    let headers = provider.headers.iter().map(named);
    let query = provider.query.iter().map(named);
    let values = provider.values.iter().map(|(name, value)| {
        let (name, value) = (&name.text, value.to_value().to_string());
        quote! { (#name, #value) }
    });
    let lacks = provider.lacks.iter().map(|name| &name.text);
    quote! {
        ProviderSpec {
            name: #name,
            title: #title,
            notice: #notice,
            base_url: #base_url,
            auth: &[#(#auth),*],
            keys: &[#(#keys),*],
            headers: &[#(#headers),*],
            query: &[#(#query),*],
            values: &[#(#values),*],
            lacks: &[#(#lacks),*],
        }
    }
}

fn auth(auth: &Auth) -> TokenStream {
    match auth {
        Auth::Bearer(token) => {
            let token = text(token);
            quote! { Auth::Bearer(#token) }
        }
        Auth::Header(name, value) => {
            let (name, value) = (&name.text, text(value));
            quote! { Auth::Header(#name, #value) }
        }
    }
}

fn text(pieces: &[Piece]) -> TokenStream {
    let pieces = pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => quote! { Piece::Literal(#text) },
        Piece::Env {
            name,
            default: None,
        } => quote! { Piece::Env { name: #name, default: None } },
        Piece::Env {
            name,
            default: Some(text),
        } => {
            quote! { Piece::Env { name: #name, default: Some(#text) } }
        }
    });
    quote! { &[#(#pieces),*] }
}
