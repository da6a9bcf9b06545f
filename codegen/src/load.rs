//! The only input: reads the files of a manifest and parses them into [`Node`]s.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use crate::{
    diagnostics::{Mistake, Report},
    file,
    node::{Kind, Node},
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

/// Reads every `*.yaml` under a directory, in the order of their paths. Without such a directory there is nothing
/// to read or to check, and that is reported alone.
pub(crate) fn load(dir: &Path, report: &mut Report) -> Result<Files, Sources> {
    load_over(dir, &[], report)
}

/// The same; `over` holds the texts of files that are about to be written there, and are read as if they were.
pub(crate) fn load_over(
    dir: &Path,
    over: &[(String, String)],
    report: &mut Report,
) -> Result<Files, Sources> {
    let mut files = Files {
        dir: dir.to_owned(),
        sources: Sources::default(),
        nodes: BTreeMap::new(),
    };
    let mut found = Found::default();
    list(dir, "", &mut Vec::new(), &mut found);
    found
        .paths
        .extend(over.iter().map(|(path, _)| path.clone()));
    found.paths.sort();
    found.paths.dedup();
    for path in found.paths {
        let over = over.iter().find(|(name, _)| *name == path);
        read(dir, path, over.map(|(_, text)| text), &mut files, report);
    }
    for (path, error) in found.unlistable {
        let is_manifest = path.is_empty();
        if is_manifest && !over.is_empty() && error.kind() == ErrorKind::NotFound {
            continue;
        }
        let span = files.missing(dir, path);
        let (code, message) = match (is_manifest, error.kind()) {
            (true, ErrorKind::NotFound) => {
                ("missing-file", "there is no such directory".to_owned())
            }
            (true, ErrorKind::NotADirectory) => ("missing-file", "this is no directory".to_owned()),
            _ => (
                "unreadable-file",
                format!("the directory can not be read: {error}"),
            ),
        };
        let help = if code == "missing-file" {
            WHAT_IT_IS
        } else {
            "let the one who runs this read it"
        };
        report.add(Mistake::new(code, span, message).help(help));
        if is_manifest {
            return Err(files.sources);
        }
    }
    for path in found.misnamed {
        let span = files.missing(dir, path);
        let mistake = Mistake::new("file-name", span, "a directory with the name of a file");
        report
            .add(mistake.help("take `.yaml` off its name; the files in it are read all the same"));
    }
    for path in found.files {
        let message = format!("`{path}` is a directory of files, and this is a file");
        let span = files.missing(dir, path.clone());
        let mistake = Mistake::new("file-name", span, message);
        report.add(mistake.help(format!("move it to `{path}/NAME.yaml`")));
    }
    if files.under("tools/").next().is_none() {
        let span = files.missing(dir, "tools".to_owned());
        let mistake = Mistake::new(
            "missing-file",
            span,
            "there is no file of tools in the manifest",
        );
        report.add(mistake.help(WHAT_IT_IS));
    }
    Ok(files)
}

/// Those at the root of a manifest that are read for what they are called.
const DIRECTORIES: [&str; 4] = ["data", "prompts", "resources", "tools"];

/// The files at the root of a manifest that are read for what they are called.
const FILES: [&str; 3] = ["functions.yaml", "providers.yaml", "server.yaml"];

/// How to mend a manifest that lacks something.
const WHAT_IT_IS: &str =
    "a manifest is a directory with `server.yaml`, `providers.yaml` and `tools/*.yaml`";

impl Files {
    /// A file at the root of the manifest that must be there. Reported when it is not.
    pub(crate) fn required(&mut self, dir: &Path, path: &str, report: &mut Report) -> Node {
        if let Some(node) = self.optional(path) {
            return node.clone();
        }
        let span = self.missing(dir, path.to_owned());
        let message = format!("there is no `{path}` in the manifest");
        report.add(Mistake::new("missing-file", span, message).help(WHAT_IT_IS));
        Node::broken(span)
    }

    /// The place of something that is not there, or is no file.
    fn missing(&mut self, dir: &Path, path: String) -> Span {
        Span::file(self.sources.add(Source {
            name: name(dir, &path),
            path,
            text: String::new(),
        }))
    }

    /// A file at the root of the manifest, when it is there.
    pub(crate) fn optional(&self, path: &str) -> Option<&Node> {
        self.nodes.get(&self.sources.find(path)?)
    }

    /// The files of `data/` by their names without `data/` and the end, in order.
    pub(crate) fn data(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.sources.iter().filter_map(|(source, file)| {
            let name = file.path.strip_prefix("data/")?;
            let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            Some((name, self.nodes.get(&source)?))
        })
    }

    /// The files of a directory such as `tools/`, in order.
    pub(crate) fn under(&self, directory: &str) -> impl Iterator<Item = &Node> {
        let files = self
            .sources
            .iter()
            .filter(move |(_, file)| file.path.starts_with(directory));
        files.filter_map(|(source, _)| self.nodes.get(&source))
    }

    /// The files that are not read for their names, and of which no other takes a part or the whole.
    pub(crate) fn unused(&self) -> Vec<Span> {
        let mut taken = BTreeSet::new();
        for (source, node) in &self.nodes {
            self.taken(node, *source, &mut taken);
        }
        let read = |path: &str| match path.split_once('/') {
            Some((directory, _)) => DIRECTORIES.contains(&directory),
            None => FILES.contains(&path),
        };
        let files = self.sources.iter();
        let unused = files.filter(|(source, file)| {
            self.nodes.contains_key(source) && !read(&file.path) && !taken.contains(source)
        });
        unused.map(|(source, _)| Span::file(source)).collect()
    }

    /// Adds the files that a value of this one takes something from.
    fn taken(&self, node: &Node, from: usize, taken: &mut BTreeSet<usize>) {
        for (key, member) in node.members() {
            if ["$ref", "file"].contains(&key.text.as_str())
                && let Some(target) = member.text()
            {
                let path = target.split('#').next().unwrap_or_default();
                let here = self.sources.get(from).map_or("", |file| &file.path);
                let steps = crate::refs::steps(here, path);
                let other = steps.and_then(|steps| self.sources.find(&steps.join("/")));
                taken.extend(other.filter(|other| *other != from));
            }
            self.taken(member, from, taken);
        }
        for element in node.elements() {
            self.taken(element, from, taken);
        }
    }

    /// The file that a relative path names, from the file of `span`; `None` when it leads out of the manifest.
    pub(crate) fn beside(&self, path: &str, span: Span) -> Option<PathBuf> {
        let steps = crate::refs::steps(&self.sources.get(span.source)?.path, path)?;
        Some(self.dir.join(steps.join("/")))
    }
}

/// What is in a directory and those in it, as paths under it.
#[derive(Debug, Default)]
struct Found {
    /// Files of YAML.
    paths: Vec<String>,
    /// Directories with the name of a file of YAML.
    misnamed: Vec<String>,
    /// Files with the name of a directory.
    files: Vec<String>,
    /// Directories that can not be listed, and why.
    unlistable: Vec<(String, io::Error)>,
}

/// Lists a directory inside of those that are open, as they really are: a link back to one of them is passed over.
fn list(dir: &Path, under: &str, open: &mut Vec<PathBuf>, found: &mut Found) {
    let real = fs::canonicalize(dir.join(under)).unwrap_or_default();
    if open.contains(&real) {
        return;
    }
    open.push(real);
    entries(dir, under, open, found);
    open.pop();
}

fn entries(dir: &Path, under: &str, open: &mut Vec<PathBuf>, found: &mut Found) {
    let entries = match fs::read_dir(dir.join(under)) {
        Ok(entries) => entries,
        Err(error) => return found.unlistable.push((under.to_owned(), error)),
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
        let is_yaml = Path::new(&path).extension().is_some_and(|e| {
            ["yaml", "yml"]
                .iter()
                .any(|end| e.eq_ignore_ascii_case(end))
        });
        if entry.path().is_dir() {
            list(dir, &path, open, found);
            if is_yaml {
                found.misnamed.push(path);
            }
        } else if is_yaml {
            found.paths.push(path);
        } else if DIRECTORIES.contains(&path.as_str()) {
            found.files.push(path);
        }
    }
}

fn read(dir: &Path, path: String, over: Option<&String>, files: &mut Files, report: &mut Report) {
    let wrong_end = Path::new(&path).extension().is_none_or(|e| e != "yaml");
    let told = name(dir, &path);
    let read = match over {
        Some(text) => Ok(files.sources.add(Source {
            name: told,
            path,
            text: text.clone(),
        })),
        None => file::read(&dir.join(&path), path, told, &mut files.sources, report),
    };
    let span = read.map_or_else(|span| span, Span::file);
    if wrong_end {
        let mistake = Mistake::new(
            "file-name",
            span,
            "the name of a file of the manifest ends in `.yaml`",
        );
        report.add(mistake.help("rename it, so that it is not left out without a word"));
    }
    let node = match read {
        Ok(source) => {
            let text = files.sources.get(source).map_or("", |file| &file.text);
            filled(parse(text, source, report), report)
        }
        Err(span) => Node::broken(span),
    };
    files.nodes.insert(span.source, node);
}

/// A file with nothing in it is there for nothing, or was cut off.
fn filled(file: Node, report: &mut Report) -> Node {
    if !matches!(file.kind, Kind::Null) {
        return file;
    }
    let mistake = Mistake::new(
        "empty-file",
        Span::file(file.span.source),
        "nothing stands in this file",
    );
    report.add(mistake.help("write into it what it is for, or remove it"));
    Node::broken(file.span)
}

/// A path as it is told: with the directory as it was given, and forward slashes everywhere.
fn name(dir: &Path, path: &str) -> String {
    let whole = if path.is_empty() {
        dir.to_owned()
    } else {
        dir.join(path)
    };
    whole.to_string_lossy().replace('\\', "/")
}
