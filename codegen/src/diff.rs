//! A manifest's requests beside a published document: what is gone, new, renamed or of another type there. What is
//! known and meant is listed in a file of corrections, each with a reason.

mod body;
mod corrections;
mod found;
mod reading;
mod reply;
mod shape;

use std::{
    collections::BTreeSet,
    fmt,
    path::{Path, PathBuf},
};

use self::{corrections::Correction, found::Found, shape::Theirs};
use crate::{
    diagnostics::{Diagnostics, Report},
    endpoints::{Endpoint, Endpoints, shape},
    headers, load,
    model::{Action, Manifest, Request, Template, Tool},
    names::nearest,
    node::Node,
    openapi::{Document, Operation, Parameter, Place},
    read,
    source::Span,
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
    let mut comparison = Comparison::new(&document, &operations);
    comparison.manifest(&manifest);
    if comparison.report.has_errors() {
        return Err(DiffError::Invalid(comparison.report.finish(&theirs)));
    }
    let meant = reading::of(&document, &operations, &comparison.matched);
    let found = comparison.found.into_iter();
    let differences = found.filter(|found| !meant.contains(&found.key()));
    let differences = differences.map(|found| found.told(&files.sources, &theirs));
    Ok(listed(differences.collect(), &corrections))
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
    operations: &'d [Operation<'d>],
    endpoints: Endpoints<'d>,
    found: Vec<Found<'d>>,
    /// The operations that the manifest has requests for, by their places.
    matched: BTreeSet<Span>,
    /// What can not be compared, in the document.
    report: Report,
    /// The tool at hand.
    tool: &'d str,
    /// `POST /jobs` of the request at hand.
    endpoint: String,
    /// The same of its operation.
    operation: String,
}

impl<'d> Comparison<'d> {
    fn new(document: &'d Document, operations: &'d [Operation<'d>]) -> Self {
        Self {
            document,
            operations,
            endpoints: Endpoints::of(document, operations),
            found: Vec::new(),
            matched: BTreeSet::new(),
            report: Report::default(),
            tool: "",
            endpoint: String::new(),
            operation: String::new(),
        }
    }

    fn manifest(&mut self, manifest: &'d Manifest) {
        for tool in &manifest.tools {
            self.tool = &tool.name.text;
            if let Action::Http {
                requests, result, ..
            } = &tool.action
            {
                let mut found = Vec::new();
                for request in requests {
                    found.push(self.request(tool, request));
                }
                reply::compare(self, tool, requests, &found, result);
            }
        }
    }

    /// Compares a request with its operation, and gives that.
    fn request(&mut self, tool: &'d Tool, request: &'d Request) -> Option<&'d Operation<'d>> {
        let endpoint = Endpoint::of(request);
        self.endpoint = format!("{} {}", endpoint.method.to_uppercase(), endpoint.path);
        let Some(operation) = self.endpoints.find(&endpoint) else {
            self.operation.clear();
            self.no_endpoint(request, &endpoint);
            return None;
        };
        self.operation = operation.endpoint();
        self.matched.insert(operation.key.span);
        if let Err(mistake) = operation.readable(self.document) {
            self.report.add(mistake);
            return None;
        }
        let parameters = operation.parameters(self.document).unwrap_or_default();
        self.path(tool, request, &parameters);
        self.named(tool, request, operation, &parameters, Place::Query);
        self.named(tool, request, operation, &parameters, Place::Header);
        body::compare(self, tool, request, operation);
        Some(operation)
    }

    fn no_endpoint(&mut self, request: &Request, endpoint: &Endpoint) {
        let (method, path) = (endpoint.method, endpoint.path.as_str());
        let shape = |path: &str| shape("", path);
        let mut all = self.operations.iter();
        let same_path = all
            .clone()
            .find(|operation| shape(operation.asked().0) == shape(path));
        let near = || {
            all.find(|operation| operation.method == method && is_near(path, operation.asked().0))
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
        // What the document puts into the path is no parameter there.
        let (_, asked) = operation.asked();
        ours.retain(|(name, ..)| {
            place != Place::Query || asked.iter().all(|(asked, _)| asked != name)
        });
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
                let what = format!("the {} parameter `{name}`", place.name());
                let theirs = Some(parameter.node.span);
                self.unsent(
                    parameter.required,
                    &what,
                    &at(name),
                    request.path.span,
                    theirs,
                );
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

    /// Something that the document has and the request does not send.
    fn unsent(&mut self, required: bool, what: &str, at: &str, ours: Span, theirs: Option<Span>) {
        let (change, message) = if required {
            let message = format!("the document requires {what}: calls without it fail");
            (Change::Required, message)
        } else {
            let message = format!("the document has {what}, which is not sent");
            (Change::New, message)
        };
        self.add(change, at, &message, ours, theirs);
    }

    fn add(&mut self, change: Change, at: &str, message: &str, ours: Span, theirs: Option<Span>) {
        self.found.push(Found {
            tool: self.tool,
            endpoint: self.endpoint.clone(),
            operation: self.operation.clone(),
            at: at.to_owned(),
            change,
            message: message.to_owned(),
            ours,
            theirs: theirs.unwrap_or(Span::file(0)),
        });
    }
}

/// Whether one path may have become the other: a step has nearly the same name, or one was put in or taken out.
fn is_near(one: &str, other: &str) -> bool {
    let steps = |path: &str| -> Vec<String> {
        let shape = shape("", path);
        shape.trim().split('/').map(str::to_owned).collect()
    };
    let (one, other) = (steps(one), steps(other));
    let alike = one
        .iter()
        .zip(&other)
        .take_while(|(one, other)| one == other);
    let before = alike.count();
    let ends = one.iter().rev().zip(other.iter().rev());
    let after = ends.take_while(|(one, other)| one == other).count();
    let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
    match long - short {
        // The root and one step more are nothing alike.
        1 => short > 1 && before + after >= short,
        0 => {
            before + after + 1 >= short
                && one
                    .iter()
                    .zip(&other)
                    .all(|(one, other)| one == other || nearest(one, &[other.as_str()]).is_some())
        }
        _ => false,
    }
}

/// Whether a header says how bodies are spelled and who calls, and is no parameter.
fn is_own(header: &str) -> bool {
    headers::owner(header).is_some()
}
