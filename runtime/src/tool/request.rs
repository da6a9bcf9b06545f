//! A request of a tool, as data.

use super::{BesideSpec, DownloadSpec, Place, Template, UploadSpec};

/// A request, as data.
#[derive(Debug)]
pub struct RequestSpec {
    /// The name its reply has in the result template; `response` when there is only one.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path under the provider's base URL, beginning with a slash.
    pub path: &'static [Segment],
    /// Query parameters. An object becomes `name[key]=value` pairs, also one inside of it; a list repeats the name.
    pub query: &'static [(&'static str, Template)],
    /// Headers of this request.
    pub headers: &'static [(&'static str, Template)],
    /// The name of the key that it is sent with instead of the usual one, where the provider has one of that name.
    pub key: Option<&'static str>,
    /// The JSON body.
    pub body: Option<Template>,
    /// The body as `application/x-www-form-urlencoded`, instead of JSON: fields by name, spelled as a query is.
    pub form: &'static [(&'static str, Template)],
    /// Files as the body, instead of JSON.
    pub upload: Option<UploadSpec>,
    /// How a reply is taken that is a file and no JSON.
    pub download: Option<DownloadSpec>,
    /// The names of the reply's headers that the result takes, in lower case.
    pub reply_headers: &'static [&'static str],
}

impl RequestSpec {
    /// A request without anything optional.
    pub const PLAIN: Self = Self {
        name: "response",
        method: Method::Get,
        path: &[],
        query: &[],
        headers: &[],
        key: None,
        body: None,
        form: &[],
        upload: None,
        download: None,
        reply_headers: &[],
    };
}

/// How a list goes on after a page. The input `all_pages` asks for every page.
#[derive(Debug)]
pub struct PageSpec {
    /// The input that takes the cursor.
    pub input: &'static str,
    /// The list in a reply.
    pub items: Place,
    /// The cursor in a reply: what the input takes for the page after.
    pub after: Place,
    /// Whether there is more, when the reply says so; else there is as long as it has a cursor.
    pub more: Option<Place>,
    /// The most pages that are walked in one call.
    pub max_pages: usize,
    /// The most items that are given in one call.
    pub max_items: usize,
}

/// How a request starts something once: it carries a token, by which is found what it started.
#[derive(Debug)]
pub struct OnceSpec {
    /// The input that takes the token, and the member of the result that says it.
    pub input: &'static str,
    /// Where the token stands in the body, and in what is found. Its last name is that of the input.
    pub path: &'static [&'static str],
    /// The most members of the object that holds the token, when the provider says so.
    pub most: Option<usize>,
    /// The tool that lists what was started, newest first; it has one request and pages.
    pub find: &'static str,
    /// The inputs of that tool, made of this call's; the token is among those.
    pub with: &'static [(&'static str, Template)],
    /// How what this call started is ended again, when another process started the same at the same moment.
    pub undo: Option<UndoSpec>,
    /// What is told of each step of it.
    pub beside: Option<BesideSpec>,
}

/// How what was started twice with one token is ended: the older stays.
#[derive(Debug)]
pub struct UndoSpec {
    /// The tool that ends it; it has one request.
    pub tool: &'static str,
    /// The inputs of that tool, made of what was started. Two of the list are the same when these are.
    pub with: &'static [(&'static str, Template)],
    /// When it was started, as a number that grows.
    pub age: Place,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

/// A piece of a request's path.
#[derive(Debug)]
pub enum Segment {
    /// As it stands, slashes included.
    Literal(&'static str),
    /// An input, always percent-encoded.
    Param(&'static str),
}
