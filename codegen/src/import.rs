//! Tools out of a published OpenAPI document: read → choose → write → compile, so that what is written passes the
//! same checks as what a person writes.

mod choice;
mod inputs;
mod members;
mod names;
mod result;
mod scaffold;
mod schema;
mod security;
mod text;
mod write;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value, json};

pub use self::choice::Choice;
use self::{
    schema::Schemas,
    security::Security,
    text::{brief, humanized},
    write::Written,
};
use crate::{
    check_over,
    diagnostics::{Diagnostic, Diagnostics, Mistake, Report},
    endpoints::Endpoints,
    openapi::{Document, Operation, Place, flag, text as text_of},
    rules::Severity,
};

/// The longest description of a tool, in characters.
const DESCRIPTION: usize = 300;

/// The longest title, in characters.
const TITLE: usize = 80;

/// The most bytes of an input schema that are written out when nothing else is said.
pub const SCHEMA_BYTES: usize = 12_000;

/// What to import, and to where.
#[derive(Debug, Clone)]
pub struct Import {
    /// The document, JSON or YAML.
    pub document: PathBuf,
    /// Which operations.
    pub choice: Choice,
    /// A manifest's directory, or one that is to become it.
    pub dir: PathBuf,
    /// The set that the tools go to, in a manifest that is there already; when `None` the one called as
    /// their tag, else of the default ones that which costs least.
    pub set: Option<String>,
    /// Whether to go on without the operations that can not be imported.
    pub partial: bool,
    /// The most bytes of a parameter's or a body's schema that are written out; deeper parts are given by their type.
    pub schema_bytes: usize,
}

/// What is to be written.
#[derive(Debug)]
pub struct Imported {
    /// Files and their whole texts, those of files that were there already with what they had.
    pub files: Vec<(PathBuf, String)>,
    /// The names of the tools.
    pub tools: Vec<String>,
    /// How many of them say less than the document does; the comments before each say what.
    pub noted: usize,
    /// The tools of the manifest whose operations were chosen again, and were left alone.
    pub known: Vec<String>,
    /// What could not be imported, where that was to be left out.
    pub refused: Option<Diagnostics>,
    /// YAML for `providers.yaml`, when no provider there has the document's address.
    pub provider: Option<String>,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// What can not be read or imported, in the document.
    #[error("{0}")]
    Refused(Diagnostics),
    /// The manifest that is there already, or what it would become, has mistakes.
    #[error("{0}")]
    Invalid(Diagnostics),
    /// Nothing in the document is called that.
    #[error("{0}")]
    Unknown(String),
}

/// Makes tools of the chosen operations. Nothing is written: that is for the caller.
///
/// # Errors
/// When something chosen does not exist, or can not be imported, each at its place in the document.
pub fn import(import: &Import) -> Result<Imported, ImportError> {
    let mut report = Report::default();
    let (document, sources) = Document::load(&import.document, &mut report);
    let operations = if report.has_errors() {
        Vec::new()
    } else {
        document.operations(&mut report)
    };
    if report.has_errors() {
        return Err(ImportError::Refused(report.finish(&sources)));
    }
    let chosen = import
        .choice
        .of(&operations)
        .map_err(ImportError::Unknown)?;
    let manifest = write::Manifest::look(&import.dir, import.set.as_deref())?;
    // By all of the document, so that what is usual does not depend on what is chosen.
    let all: Vec<_> = operations.iter().collect();
    let security = Security::of(&document, &all, &scaffold::prefix(&document));
    let source = Importing {
        document: &document,
        endpoints: Endpoints::of(&document, &operations),
        manifest: &manifest,
        security: &security,
        schema_bytes: import.schema_bytes,
    };
    let (written, known) = source.tools(&chosen, &mut report);
    let (written, files) = source.passing(written, &import.dir, &mut report);
    let mut refused = None;
    if report.has_errors() {
        let diagnostics = report.finish(&sources);
        if !import.partial {
            return Err(ImportError::Refused(diagnostics));
        }
        refused = Some(diagnostics);
    }
    let files = files.map_err(ImportError::Invalid)?.into_iter();
    Ok(Imported {
        files: files
            .map(|(path, text)| (import.dir.join(path), text))
            .collect(),
        tools: written.iter().map(|tool| tool.name.clone()).collect(),
        noted: written.iter().filter(|tool| !tool.notes.is_empty()).count(),
        known,
        refused,
        provider: source.provider(&written),
    })
}

/// The files of a new manifest of some of all operations, those left out that can not be imported. They are not checked.
pub(crate) fn unchecked<'d>(
    document: &'d Document,
    all: &[Operation<'d>],
    chosen: &[Operation<'d>],
) -> Files {
    let manifest = write::Manifest::new();
    let all: Vec<_> = all.iter().collect();
    let security = Security::of(document, &all, &scaffold::prefix(document));
    let source = Importing {
        document,
        endpoints: Endpoints::of(document, chosen),
        manifest: &manifest,
        security: &security,
        schema_bytes: SCHEMA_BYTES,
    };
    let (written, _) = source.tools(chosen, &mut Report::default());
    manifest.files(&written, document, &security)
}

/// What tools are made from, and for.
struct Importing<'i, 'd> {
    document: &'d Document,
    endpoints: Endpoints<'i>,
    manifest: &'i write::Manifest,
    security: &'i Security<'d>,
    schema_bytes: usize,
}

/// Paths in a manifest, and texts.
pub(crate) type Files = Vec<(String, String)>;

impl<'d> Importing<'_, 'd> {
    /// Operations as tools, and the names of the tools that are there already. What can be none is reported.
    fn tools(
        &self,
        chosen: &[Operation<'d>],
        report: &mut Report,
    ) -> (Vec<Written<'d>>, Vec<String>) {
        let (mut written, mut known) = (Vec::new(), Vec::new());
        let mut taken: BTreeSet<String> = self.manifest.tools().map(str::to_owned).collect();
        for operation in chosen {
            if let Some(tool) = self.manifest.tool_of(operation, &self.endpoints) {
                known.push(tool.to_owned());
                continue;
            }
            if let Err(mistake) = operation.readable(self.document) {
                report.add(mistake);
                continue;
            }
            let name = names::tool(operation, &taken);
            let bytes = self.schema_bytes;
            match tool(
                operation,
                self.document,
                self.manifest,
                self.security,
                bytes,
            ) {
                Ok((tool, notes)) => {
                    taken.insert(name.clone());
                    written.push(Written {
                        name,
                        operation: operation.clone(),
                        tool,
                        notes,
                    });
                }
                Err(mistakes) => {
                    for mistake in mistakes {
                        report.add(mistake.within(&operation.told()));
                    }
                }
            }
        }
        (written, known)
    }

    /// The tools that pass the check, with all files: what would not pass is not written at all, and reported.
    fn passing(
        &self,
        mut written: Vec<Written<'d>>,
        dir: &Path,
        report: &mut Report,
    ) -> (Vec<Written<'d>>, Result<Files, Diagnostics>) {
        let checked = |written: &[Written<'_>]| {
            let files = self.manifest.files(written, self.document, self.security);
            match written {
                [] => Ok(files),
                _ => check_over(dir, &files).map(|_| files),
            }
        };
        let mut files = checked(&written);
        if files.is_err() {
            written.retain(|one| match checked(std::slice::from_ref(one)) {
                Ok(_) => true,
                Err(mistakes) => {
                    for mistake in mistakes
                        .iter()
                        .filter(|one| one.severity == Severity::Error)
                    {
                        report.add(unfit(one, mistake));
                    }
                    false
                }
            });
            files = checked(&written);
        }
        (written, files)
    }

    /// The provider that a manifest without the document's address lacks.
    fn provider(&self, written: &[Written<'_>]) -> Option<String> {
        let address = scaffold::address(self.document).unwrap_or_default();
        if written.is_empty() || self.manifest.has_address(address) {
            return None;
        }
        let operations: Vec<_> = written.iter().map(|tool| &tool.operation).collect();
        Some(scaffold::provider(
            self.document,
            &operations,
            self.security,
        ))
    }
}

/// A mistake in what an operation would become, at its place in the document.
fn unfit(written: &Written<'_>, mistake: &Diagnostic) -> Mistake {
    let Diagnostic { code, message, .. } = mistake;
    let message = format!("what becomes of it does not pass the check: {message} ({code})");
    let help = match &mistake.help {
        Some(help) => format!("in the document: {help}; or leave this operation out"),
        None => "leave this operation out, or mend the document".to_owned(),
    };
    let mistake = Mistake::new("import-check", written.operation.key.span, message);
    mistake.help(help).within(&written.operation.told())
}

/// A tool as the manifest has it, and what the document says that it does not.
fn tool<'d>(
    operation: &Operation<'d>,
    document: &'d Document,
    manifest: &write::Manifest,
    security: &Security<'d>,
    schema_bytes: usize,
) -> Result<(Value, Vec<String>), Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let effect = match operation.method {
        "get" => "read",
        "delete" => "destructive",
        "post" | "put" | "patch" => "write",
        method => {
            let message = format!("a manifest has no method `{method}`");
            mistakes.push(
                Mistake::new("import-method", operation.key.span, message)
                    .help("leave this operation out"),
            );
            "write"
        }
    };
    let before = match before(operation, document) {
        Ok(before) => before,
        Err(mistake) => {
            mistakes.push(mistake);
            String::new()
        }
    };
    let outcome = match result::of(operation, document) {
        Ok(outcome) => Some(outcome),
        Err(mistake) => {
            mistakes.push(mistake);
            None
        }
    };
    let mut schemas = Schemas::new(document, schema_bytes);
    let mut notes = Vec::new();
    let about = inputs::About {
        operation,
        document,
        outcome: outcome.as_ref(),
        keys: security.headers(),
    };
    let inputs = match inputs::of(about, &mut schemas, &mut notes) {
        Ok(inputs) => Some(inputs),
        Err(more) => {
            mistakes.extend(more);
            None
        }
    };
    let outcome = outcome.map(|outcome| outcome.of_method(operation.method));
    let (Some(outcome), Some(inputs), true) = (outcome, inputs, mistakes.is_empty()) else {
        return Err(mistakes);
    };
    notes.extend(schemas.into_notes());
    if flag(operation.node, "deprecated") {
        notes.insert(0, "the document says that it is deprecated".to_owned());
    }
    let mut request = Map::new();
    let path = format!("{before}{}", inputs.path);
    request.insert(operation.method.to_owned(), json!(path));
    match security.key(operation) {
        Ok(None) => {}
        Ok(Some(key)) if manifest.has_key(&key) => {
            request.insert("key".to_owned(), json!(key));
        }
        Ok(Some(key)) => notes.insert(
            0,
            format!("it needs a key of its own: add `{key}` under `keys` of the provider, and `key: {key}` here"),
        ),
        Err(names) => notes.insert(
            0,
            format!("it is called with `{names}`, which the provider does not send: see `providers.yaml`"),
        ),
    }
    request.extend(inputs.request);
    let (title, description) = words(operation);
    let tool = json!({
        "title": title,
        "description": description,
        "effect": effect,
        "sets": [manifest.set_of(operation)],
        "input": inputs.schema,
        "request": request,
        "result": outcome.result,
        "output": outcome.output,
    });
    Ok((tool, notes))
}

/// The path of an operation as a manifest has it.
pub(crate) fn path(operation: &Operation<'_>, document: &Document) -> String {
    let (path, _) = operation.asked();
    let mut path = path.to_owned();
    for parameter in operation.parameters(document).unwrap_or_default() {
        if parameter.place == Place::Path {
            let name = format!("{{{}}}", parameter.name);
            if let Some(before) = inputs::before(&parameter) {
                path = path.replace(&name, &format!("{before}{name}"));
            }
        }
    }
    before(operation, document).unwrap_or_default() + &path
}

/// What stands before the path of an operation that has a server of its own.
fn before(operation: &Operation<'_>, document: &Document) -> Result<String, Mistake> {
    let Some(servers) = operation.servers() else {
        return Ok(String::new());
    };
    let urls = servers.elements().iter();
    let urls = urls.filter_map(|server| text_of(server, "url"));
    let usual = scaffold::address(document).unwrap_or_default();
    let inside = |url: &str| {
        let rest = url.trim_end_matches('/').strip_prefix(usual)?;
        let fits = (rest.is_empty() || rest.starts_with('/')) && !rest.contains(['{', '$']);
        fits.then(|| rest.to_owned())
    };
    let mut urls: Vec<_> = urls.collect();
    if let Some(rest) = urls.iter().find_map(|url| inside(url)) {
        return Ok(rest);
    }
    urls.truncate(3);
    let message = format!("it goes to a server of its own: `{}`", urls.join("`, `"));
    Err(Mistake::new("import-server", servers.span, message).help(
        "import it into a manifest of its own, whose provider has that address as `base_url`",
    ))
}

/// Title and description.
fn words(operation: &Operation<'_>) -> (String, String) {
    let summary = text_of(operation.node, "summary")
        .map(|text| brief(text, TITLE))
        .filter(|text| !text.is_empty());
    let title = summary.clone().unwrap_or_else(|| match operation.id() {
        Some(id) => humanized(id),
        None => operation.endpoint(),
    });
    let description = text_of(operation.node, "description")
        .map(|text| brief(text, DESCRIPTION))
        .filter(|text| !text.is_empty())
        .or_else(|| text_of(operation.node, "summary").map(|text| brief(text, DESCRIPTION)))
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| format!("{title} ({}).", operation.endpoint()));
    let title = title.trim_end_matches('.').to_owned();
    (title, description)
}

/// Whether there is a manifest in a directory.
fn is_manifest(dir: &Path) -> bool {
    dir.join("server.yaml").exists()
}
