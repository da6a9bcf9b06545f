//! Resources, as data.

use std::future::Future;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Answer, Body, Complete, FunctionError, Said, Segment, Template, prompt::read};
use crate::engine::Context;

/// A resource, or a template of them, as data.
#[derive(Debug)]
pub struct ResourceSpec {
    /// Its name.
    pub name: &'static str,
    /// The title for people.
    pub title: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// Where it is read, as it is listed.
    pub uri: &'static str,
    /// The same, taken apart.
    pub segments: &'static [Segment],
    /// What it is.
    pub mime_type: &'static str,
    /// The variables of its URI; none for a plain resource.
    pub variables: &'static [VariableSpec],
    /// Where its content comes from.
    pub read: Read,
    /// Whether clients may ask to be told when it changes.
    pub subscribe: bool,
}

/// A variable of a resource's URI, always a text.
#[derive(Debug)]
pub struct VariableSpec {
    /// Its name.
    pub name: &'static str,
    /// How it is completed.
    pub complete: Complete,
}

/// Where a resource's content comes from.
#[derive(Debug)]
pub enum Read {
    /// A text that may take the variables.
    Text(Said),
    /// Bytes in base64.
    Blob(&'static str),
    /// JSON that may take the variables.
    Json(Template),
    /// The result of a tool that reads, as JSON.
    Tool {
        /// The tool's name.
        tool: &'static str,
        /// Its input, which may take the variables.
        input: Template,
    },
    /// What a Rust function returns; see [`resource`].
    Native(NativeResource),
}

/// A resource in Rust.
pub type NativeResource = fn(Map<String, Value>, Context) -> Answer<Body>;

/// [`Read::Native`] for a typed Rust function.
pub fn resource<V, F>(
    variables: Map<String, Value>,
    context: Context,
    function: impl FnOnce(V, Context) -> F + Send + 'static,
) -> Answer<Body>
where
    V: DeserializeOwned + Send + 'static,
    F: Future<Output = Result<Body, FunctionError>> + Send,
{
    Box::pin(async move { function(read(variables)?, context).await })
}
