//! A manifest's requests beside a published document: what is gone, new, renamed or of another type there. What is
//! known and meant is listed in a file of corrections, each with a reason.

mod body;
mod corrections;
mod reply;
mod shape;

use std::{
    fmt,
    path::{Path, PathBuf},
};

use self::{corrections::Correction, shape::Theirs};
use crate::{
    diagnostics::{Diagnostics, Report},
    headers,
    import::shape as endpoint_shape,
    load,
    model::{Action, Manifest, Method, Request, Segment, Template, Tool},
    names::nearest,
    node::Node,
    openapi::{Document, Operation, Parameter, Place},
    read,
    source::{Sources, Span},
    uses,
};

/// What kind of difference it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The manifest has it, the document does not.
    Gone,
    /// The document has it, the manifest does not.
    New,
    /// The document has it under a name that is nearly the same.
    Renamed,
    /// It is of another type.
    Retyped,
    /// The document takes more values.
    Widened,
    /// The document takes fewer values.
    Narrowed,
    /// It must be there, or need not be, other than in the manifest.
    Required,
}

impl Change {
    const ALL: [(&'static str, Self); 7] = [
        ("gone", Self::Gone),
        ("new", Self::New),
        ("renamed", Self::Renamed),
        ("retyped", Self::Retyped),
        ("widened", Self::Widened),
        ("narrowed", Self::Narrowed),
        ("required", Self::Required),
    ];

    /// The name that a correction takes.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, change)| *change == self)
            .map_or("", |(name, _)| name)
    }
}

/// A difference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Where it is, as a correction names it: `POST /jobs body.method.type`.
    pub at: String,
    /// What kind it is.
    pub change: Change,
    /// What is different.
    pub message: String,
    /// The place in the manifest: `file:line:column`.
    pub ours: String,
    /// The place in the document.
    pub theirs: String,
    /// Why it is meant, when a correction says so.
    pub reason: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "difference[{}]: {}", self.change.name(), self.message)?;
        writeln!(f, "  at: {}", self.at)?;
        writeln!(f, "  --> {}", self.ours)?;
        write!(f, "  --> {}", self.theirs)?;
        match &self.reason {
            Some(reason) => write!(f, "\n  = listed: {reason}"),
            None => Ok(()),
        }
    }
}

/// A manifest beside a document.
#[derive(Debug)]
pub struct Diff {
    /// Every difference, by where it is.
    pub differences: Vec<Difference>,
    /// Corrections that nothing in this document needs, as `at` with their reasons.
    pub idle: Vec<String>,
}

/// Why they could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum DiffError {
    /// The manifest, the document or the corrections can not be read or have mistakes.
    #[error("{0}")]
    Invalid(Diagnostics),
}

/// Compares the manifest in a directory with a document.
///
/// # Errors
/// When one of them can not be read.
pub fn diff(document: &Path, dir: &Path, corrections: Option<&PathBuf>) -> Result<Diff, DiffError> {
    let mut report = Report::default();
    let (document, theirs) = Document::load(document, &mut report);
    let operations = document.operations(&mut report);
    if report.has_errors() {
        return Err(DiffError::Invalid(report.finish(&theirs)));
    }
    let mut report = Report::default();
    let mut files = match load::load(dir, &mut report) {
        Ok(files) => files,
        Err(sources) => return Err(DiffError::Invalid(report.finish(&sources))),
    };
    let manifest = read::read(dir, &mut files, &mut report);
    if report.has_errors() {
        return Err(DiffError::Invalid(report.finish(&files.sources)));
    }
    let corrections = match corrections {
        Some(path) => corrections::read(path)?,
        None => Vec::new(),
    };
    let mut comparison = Comparison {
        document: &document,
        ours: &files.sources,
        theirs: &theirs,
        differences: Vec::new(),
        report: Report::default(),
        tool: "",
        endpoint: String::new(),
    };
    comparison.manifest(&manifest, &operations);
    if comparison.report.has_errors() {
        return Err(DiffError::Invalid(comparison.report.finish(&theirs)));
    }
    Ok(listed(comparison.differences, &corrections))
}

/// Gives what is known its reason, and finds the corrections that nothing needs.
fn listed(mut differences: Vec<Difference>, corrections: &[Correction]) -> Diff {
    differences.sort();
    differences.dedup();
    let mut idle = Vec::new();
    for correction in corrections {
        let mut needed = false;
        for difference in differences
            .iter_mut()
            .filter(|difference| correction.covers(difference))
        {
            difference.reason = Some(correction.reason.clone());
            needed = true;
        }
        if !needed {
            idle.push(format!("{}: {}", correction.at, correction.reason));
        }
    }
    Diff { differences, idle }
}

struct Comparison<'d> {
    document: &'d Document,
    ours: &'d Sources,
    theirs: &'d Sources,
    differences: Vec<Difference>,
    /// What can not be compared, in the document.
    report: Report,
    /// The tool at hand.
    tool: &'d str,
    /// `POST /jobs` of the request at hand.
    endpoint: String,
}

impl<'d> Comparison<'d> {
    fn manifest(&mut self, manifest: &'d Manifest, operations: &[Operation<'d>]) {
        for tool in &manifest.tools {
            self.tool = &tool.name.text;
            if let Action::Http {
                requests, result, ..
            } = &tool.action
            {
                let mut found = Vec::new();
                for request in requests {
                    found.push(self.request(tool, request, operations));
                }
                reply::compare(self, tool, requests, &found, result);
            }
        }
    }

    /// Compares a request with its operation, and gives that.
    fn request(
        &mut self,
        tool: &'d Tool,
        request: &'d Request,
        operations: &[Operation<'d>],
    ) -> Option<Operation<'d>> {
        let path: String = request
            .path
            .segments
            .iter()
            .map(|segment| match segment {
                Segment::Literal(text) => text.clone(),
                Segment::Param(name) => format!("{{{name}}}"),
            })
            .collect();
        let method = method(request.method);
        self.endpoint = format!("{} {path}", method.to_uppercase());
        let wanted = endpoint_shape(method, &path);
        let of = |operation: &&Operation<'d>| {
            endpoint_shape(operation.method, &operation.path.text) == wanted
        };
        let Some(operation) = operations.iter().find(of) else {
            self.no_endpoint(request, &path, operations);
            return None;
        };
        if let Err(mistake) = operation.readable(self.document) {
            self.report.add(mistake);
            return None;
        }
        let parameters = operation.parameters(self.document).unwrap_or_default();
        self.path(tool, request, &parameters);
        self.named(tool, request, operation, &parameters, Place::Query);
        self.named(tool, request, operation, &parameters, Place::Header);
        body::compare(self, tool, request, operation);
        Some(operation.clone())
    }

    fn no_endpoint(&mut self, request: &Request, path: &str, operations: &[Operation<'d>]) {
        let shape = |path: &str| endpoint_shape("", path);
        let same_path = operations
            .iter()
            .find(|operation| shape(&operation.path.text) == shape(path));
        let near = || {
            let endpoints: Vec<_> = operations.iter().map(Operation::endpoint).collect();
            let names: Vec<_> = endpoints.iter().map(String::as_str).collect();
            let name = nearest(&self.endpoint, &names)?;
            operations
                .iter()
                .find(|operation| operation.endpoint() == name)
        };
        let other = same_path.or_else(near);
        let hint = other.map_or_else(String::new, |operation| {
            format!("; there is `{}`", operation.endpoint())
        });
        let message = format!("the document has no `{}`{hint}", self.endpoint);
        let theirs = other.map(|operation| operation.key.span);
        self.add(Change::Gone, "", &message, request.path.span, theirs);
    }

    /// Parameters of the path are compared by their order: their names are nobody's business.
    fn path(&mut self, tool: &'d Tool, request: &'d Request, parameters: &[Parameter<'d>]) {
        let operation_names: Vec<&str> = parameters
            .iter()
            .filter(|parameter| parameter.place == Place::Path)
            .map(|parameter| parameter.name)
            .collect();
        for (ours, theirs) in uses::params(request).zip(operation_names) {
            let schema = parameters
                .iter()
                .find(|parameter| parameter.place == Place::Path && parameter.name == theirs)
                .and_then(|parameter| parameter.schema);
            if let (Some(ours_schema), Some(schema)) = (body::input(tool, ours), schema) {
                self.schema(ours_schema, schema, &format!("path.{theirs}"), 0);
            }
        }
    }

    /// The query or the headers.
    fn named(
        &mut self,
        tool: &'d Tool,
        request: &'d Request,
        operation: &Operation<'d>,
        parameters: &[Parameter<'d>],
        place: Place,
    ) {
        let explicit = match place {
            Place::Query => &request.query,
            _ => &request.headers,
        };
        let mut ours: Vec<(&str, Span, Option<&'d Template>)> = explicit
            .iter()
            .map(|(key, template)| (key.text.as_str(), key.span, Some(template)))
            .filter(|(name, ..)| place == Place::Query || !is_own(name))
            .collect();
        if place == Place::Query {
            for name in uses::automatic(tool) {
                let span = tool
                    .input
                    .get("properties")
                    .and_then(|all| all.key(name))
                    .map_or(request.path.span, |key| key.span);
                ours.push((name, span, None));
            }
        }
        let same = |one: &str, other: &str| {
            one == other || (place == Place::Header && one.eq_ignore_ascii_case(other))
        };
        let theirs: Vec<&Parameter<'d>> = parameters
            .iter()
            .filter(|parameter| parameter.place == place)
            .filter(|parameter| place == Place::Query || !is_own(parameter.name))
            .collect();
        let at = |name: &str| format!("{}.{name}", place.name());
        for (name, span, template) in &ours {
            let Some(parameter) = theirs.iter().find(|one| same(one.name, name)) else {
                let free: Vec<&str> = theirs
                    .iter()
                    .map(|one| one.name)
                    .filter(|one| ours.iter().all(|(name, ..)| !same(name, one)))
                    .collect();
                self.missing(name, &at(name), *span, &free, operation.key.span);
                continue;
            };
            match (template, parameter.schema) {
                (Some(template), Some(schema)) => {
                    body::template(self, tool, template, schema, &at(name));
                }
                (None, Some(schema)) => {
                    if let Some(input) = body::input(tool, name) {
                        self.schema(input, schema, &at(name), 0);
                    }
                }
                _ => {}
            }
            let always = template.map_or_else(
                || body::is_required(tool, name),
                |template| body::is_always_there(tool, template),
            );
            if parameter.required && !always {
                let message = format!("the document requires `{name}`, which may be absent here");
                let theirs = Some(parameter.node.span);
                self.add(Change::Required, &at(name), &message, *span, theirs);
            }
        }
        for parameter in theirs {
            let name = parameter.name;
            let known = ours.iter().any(|(one, ..)| same(one, name));
            let renamed = ours.iter().any(|(one, ..)| {
                parameters.iter().all(|other| !same(other.name, one))
                    && nearest(one, &[name]).is_some()
            });
            if !known && !renamed {
                let message = format!(
                    "the document has the {} parameter `{name}`, which `{}` does not send",
                    place.name(),
                    self.tool
                );
                let theirs = Some(parameter.node.span);
                self.add(Change::New, &at(name), &message, request.path.span, theirs);
            }
        }
    }

    /// Something that the document does not have, or has under another name.
    fn missing(&mut self, name: &str, at: &str, ours: Span, free: &[&str], theirs: Span) {
        if let Some(near) = nearest(name, free) {
            let message = format!("`{name}` is called `{near}` in the document");
            self.add(Change::Renamed, at, &message, ours, Some(theirs));
        } else {
            let message = format!("the document has no `{name}` there");
            self.add(Change::Gone, at, &message, ours, Some(theirs));
        }
    }

    /// Compares two schemas.
    fn schema(&mut self, ours: &'d Node, theirs: &'d Node, at: &str, depth: usize) {
        shape::compare(self, ours, &Theirs::of(self.document, theirs), at, depth);
    }

    fn add(&mut self, change: Change, at: &str, message: &str, ours: Span, theirs: Option<Span>) {
        let at = format!("{} {at}", self.endpoint).trim_end().to_owned();
        self.differences.push(Difference {
            at,
            change,
            message: format!("`{}`: {message}", self.tool),
            ours: told(self.ours, ours),
            theirs: told(self.theirs, theirs.unwrap_or(Span::file(0))),
            reason: None,
        });
    }
}

/// Whether a header says how bodies are spelled and who calls, and is no parameter.
fn is_own(header: &str) -> bool {
    headers::owner(header).is_some()
}

fn told(sources: &Sources, span: Span) -> String {
    let name = sources.name(span.source);
    match span.line {
        0 => name.to_owned(),
        line => format!("{name}:{line}:{}", span.column),
    }
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Put => "put",
        Method::Patch => "patch",
        Method::Delete => "delete",
    }
}
