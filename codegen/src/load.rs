//! The only input: reads the files of a manifest and parses them into [`Node`]s.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    diagnostics::{Mistake, Report},
    node::Node,
    parse::parse,
    source::{Source, Sources, Span},
};

/// The files of a manifest, parsed.
#[derive(Debug)]
pub(crate) struct Files {
    /// The manifest's directory, as it was given.
    dir: PathBuf,
    pub(crate) sources: Sources,
    /// By index into `sources`.
    pub(crate) nodes: BTreeMap<usize, Node>,
}

/// Reads every `*.yaml` under a directory, in the order of their paths.
pub(crate) fn load(dir: &Path, report: &mut Report) -> Files {
    let mut files = Files {
        dir: dir.to_owned(),
        sources: Sources::default(),
        nodes: BTreeMap::new(),
    };
    let mut paths = Vec::new();
    list(dir, "", &mut paths);
    paths.sort();
    for path in paths {
        read(dir, path, &mut files, report);
    }
    files
}

impl Files {
    /// A file at the root of the manifest that must be there. Reported when it is not.
    pub(crate) fn required(&mut self, dir: &Path, path: &str, report: &mut Report) -> Node {
        if let Some(node) = self.optional(path) {
            return node.clone();
        }
        let name = name(dir, path);
        let source = self.sources.add(Source {
            path: path.to_owned(),
            name,
            text: String::new(),
        });
        let mistake = Mistake::new(
            "missing-file",
            Span::file(source),
            format!("there is no `{path}` in the manifest"),
        );
        report.add(mistake.help(
            "a manifest is a directory with `server.yaml`, `providers.yaml` and `tools/*.yaml`",
        ));
        Node::broken(Span::file(source))
    }

    /// A file at the root of the manifest, when it is there.
    pub(crate) fn optional(&self, path: &str) -> Option<&Node> {
        self.nodes.get(&self.sources.find(path)?)
    }

    /// The files of a directory such as `tools/`, in order.
    pub(crate) fn under(&self, directory: &str) -> impl Iterator<Item = &Node> {
        let files = self
            .sources
            .iter()
            .filter(move |(_, file)| file.path.starts_with(directory));
        files.filter_map(|(source, _)| self.nodes.get(&source))
    }

    /// The file that a relative path names, from the file of `span`; `None` when it leads out of the manifest.
    pub(crate) fn beside(&self, path: &str, span: Span) -> Option<PathBuf> {
        let steps = crate::refs::steps(&self.sources.get(span.source)?.path, path)?;
        Some(self.dir.join(steps.join("/")))
    }
}

/// Collects the paths of the files under `dir/under`. What can not be listed is missed where it is needed.
fn list(dir: &Path, under: &str, paths: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(dir.join(under)) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = if under.is_empty() {
            name
        } else {
            format!("{under}/{name}")
        };
        if entry.path().is_dir() {
            list(dir, &path, paths);
        } else if Path::new(&path)
            .extension()
            .is_some_and(|e| e == "yaml" || e == "yml")
        {
            paths.push(path);
        }
    }
}

fn read(dir: &Path, path: String, files: &mut Files, report: &mut Report) {
    let wrong_end = Path::new(&path).extension().is_some_and(|e| e == "yml");
    let (text, error) = match fs::read_to_string(dir.join(&path)) {
        Ok(text) => (text, None),
        Err(error) => (String::new(), Some(error)),
    };
    let source = files.sources.add(Source {
        name: name(dir, &path),
        path,
        text,
    });
    let span = Span::file(source);
    if wrong_end {
        let mistake = Mistake::new(
            "file-name",
            span,
            "the name of a file of the manifest ends in `.yaml`",
        );
        report.add(mistake.help("rename it, so that it is not left out without a word"));
    }
    let node = match (error, files.sources.get(source)) {
        (None, Some(file)) => parse(&file.text, source, report),
        (error, _) => {
            let error = error.map(|error| error.to_string()).unwrap_or_default();
            report.add(
                Mistake::new(
                    "unreadable-file",
                    span,
                    format!("the file can not be read: {error}"),
                )
                .help("save it as a plain file of UTF-8 text"),
            );
            Node::broken(span)
        }
    };
    files.nodes.insert(source, node);
}

/// A path as it is told: with the directory as it was given, and forward slashes everywhere.
fn name(dir: &Path, path: &str) -> String {
    dir.join(path).to_string_lossy().replace('\\', "/")
}
