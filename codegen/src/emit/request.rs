//! Requests as data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{method as handler, template::Scope};
use crate::{
    model::{
        Action, Download, File, Method, Once, Page, Place, Request, Segment, Template, Tool, Upload,
    },
    node::{Kind, Text},
    uses,
};

/// A request of a tool, whose own query gets the inputs in `automatic`.
pub(super) fn request(
    request: &Request,
    tool: &Tool,
    automatic: &[&str],
    scope: &Scope<'_>,
) -> TokenStream {
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
    let query = named(&request.query, scope);
    let automatic = automatic.iter().map(|name| {
        quote! { (#name, Template::Take(Place { root: Root::Input, path: &[Step::Key(#name)] })) }
    });
    let query = query.into_iter().chain(automatic);
    let headers = named(&request.headers, scope);
    let key = option(request.key.as_ref().map(|key| {
        let key = &key.text;
        quote! { #key }
    }));
    let body = optional(request.body.as_ref(), scope);
    let mut more = TokenStream::new();
    if !request.form.is_empty() {
        let form = named(&request.form, scope);
        more.extend(quote! { form: &[#(#form),*], });
    }
    if let Some(spec) = &request.upload {
        let upload = upload(spec, scope);
        more.extend(quote! { upload: Some(#upload), });
    }
    if let Some(spec) = &request.download {
        let download = download(spec, scope);
        more.extend(quote! { download: Some(#download), });
    }
    let kept = uses::headers_of(tool, name);
    if !kept.is_empty() {
        more.extend(quote! { reply_headers: &[#(#kept),*], });
    }
    quote! {
        RequestSpec {
            name: #name,
            method: #method,
            path: &[#(#path),*],
            query: &[#(#query),*],
            headers: &[#(#headers),*],
            key: #key,
            body: #body,
            #more
            ..RequestSpec::PLAIN
        }
    }
}

/// How a list goes on after a page.
pub(super) fn page(page: &Page, scope: &Scope<'_>) -> TokenStream {
    let Page {
        input,
        after,
        max_pages,
        max_items,
        ..
    } = page;
    let input = &input.text;
    // The check `page` has seen that there is one.
    let items = page
        .items()
        .map_or_else(|| scope.place(after), |items| scope.place(&items));
    let after = scope.place(after);
    let more = option(page.more.as_ref().map(|more: &Place| scope.place(more)));
    let (max_pages, max_items) = (
        Literal::u64_unsuffixed(*max_pages),
        Literal::u64_unsuffixed(*max_items),
    );
    quote! {
        PageSpec {
            input: #input,
            items: #items,
            after: #after,
            more: #more,
            max_pages: #max_pages,
            max_items: #max_items,
        }
    }
}

/// How a request starts something once.
pub(super) fn once(once: &Once, tool: &Tool, scope: &Scope<'_>) -> TokenStream {
    let (input, path, find) = (once.input(), once.path(), &once.find.text);
    let with = named(&once.with, scope);
    let most = option(room(once, tool).map(|most| {
        let most = Literal::u64_unsuffixed(most);
        quote! { #most }
    }));
    let undo = option(once.undo.as_ref().map(|undo| {
        let scope = Scope {
            replies: &["response"],
            ..*scope
        };
        let (tool, with, age) = (
            &undo.tool.text,
            named(&undo.with, &scope),
            scope.place(&undo.age),
        );
        quote! { UndoSpec { tool: #tool, with: &[#(#with),*], age: #age } }
    }));
    let beside = option(once.beside.as_ref().map(|beside| {
        let handler = handler(&beside.native.text);
        let with = named(&beside.with, scope);
        quote! {
            BesideSpec { with: &[#(#with),*], native: |given, along, context| Box::pin(H::#handler(given, along, context)) }
        }
    }));
    quote! {
        &OnceSpec {
            input: #input,
            path: &[#(#path),*],
            most: #most,
            find: #find,
            with: &[#(#with),*],
            undo: #undo,
            beside: #beside,
        }
    }
}

/// How many members the provider takes in the object that holds the token, when its schema says so.
fn room(once: &Once, tool: &Tool) -> Option<u64> {
    let Action::Http { requests, .. } = &tool.action else {
        return None;
    };
    let mut schema = requests.first()?.takes.as_ref()?;
    let path = once.path();
    for name in path.get(..path.len() - 1)? {
        schema = schema.get("properties")?.get(name)?;
    }
    match &schema.get("maxProperties")?.kind {
        Kind::Number(most) => most.as_u64(),
        _ => None,
    }
}

fn upload(upload: &Upload, scope: &Scope<'_>) -> TokenStream {
    let raw = upload.raw;
    let fields = named(&upload.fields, scope);
    let types = upload.types.iter().map(|(name, kind)| {
        let (name, kind) = (&name.text, &kind.text);
        quote! { (#name, #kind) }
    });
    let files = upload.files.iter().map(|one| file(one, scope));
    quote! {
        UploadSpec {
            fields: &[#(#fields),*],
            types: &[#(#types),*],
            files: &[#(#files),*],
            raw: #raw,
        }
    }
}

fn file(file: &File, scope: &Scope<'_>) -> TokenStream {
    let File {
        optional: may_be_absent,
        unnamed,
        ..
    } = file;
    let part = &file.part.text;
    let each = option(file.list().map(|list| scope.place(list)));
    let filename = optional(file.filename.as_ref(), scope);
    let media_type = option(file.media_type.as_ref().map(|kind| {
        let kind = &kind.text;
        quote! { #kind }
    }));
    let text = optional(file.text.as_ref(), scope);
    let base64 = optional(file.base64.as_ref(), scope);
    let path = optional(file.path.as_ref(), scope);
    let max_bytes = Literal::u64_unsuffixed(file.max_bytes);
    let most = optional(file.most.as_ref(), scope);
    let larger = option(file.larger.as_ref().map(|name| {
        let handler = handler(&name.text);
        quote! { |input, context| native(input, context, H::#handler) }
    }));
    quote! {
        FileSpec {
            part: #part,
            each: #each,
            optional: #may_be_absent,
            filename: #filename,
            unnamed: #unnamed,
            media_type: #media_type,
            text: #text,
            base64: #base64,
            path: #path,
            max_bytes: #max_bytes,
            most: #most,
            larger: #larger,
        }
    }
}

fn download(download: &Download, scope: &Scope<'_>) -> TokenStream {
    let path = optional(download.path.as_ref(), scope);
    let overwrite = optional(download.overwrite.as_ref(), scope);
    let offset = optional(download.offset.as_ref(), scope);
    let inline_bytes = Literal::u64_unsuffixed(download.inline_bytes);
    let file_bytes = Literal::u64_unsuffixed(download.file_bytes);
    let base64 = download.base64;
    quote! {
        DownloadSpec {
            path: #path,
            overwrite: #overwrite,
            offset: #offset,
            inline_bytes: #inline_bytes,
            file_bytes: #file_bytes,
            base64: #base64,
        }
    }
}

fn named(templates: &[(Text, Template)], scope: &Scope<'_>) -> Vec<TokenStream> {
    let named = templates.iter().map(|(name, template)| {
        let (name, template) = (&name.text, scope.template(template));
        quote! { (#name, #template) }
    });
    named.collect()
}

fn optional(template: Option<&Template>, scope: &Scope<'_>) -> TokenStream {
    option(template.map(|template| scope.template(template)))
}

/// `Some(…)` or `None`.
pub(super) fn option(tokens: Option<TokenStream>) -> TokenStream {
    if let Some(tokens) = tokens {
        quote! { Some(#tokens) }
    } else {
        quote! { None }
    }
}
