//! Puts what `$ref` names in its place, across files, in schemas and templates alike. After this there
//! are no references left, and every value keeps the place it was written at.

use crate::{
    diagnostics::{Mistake, Report},
    load::Files,
    names::nearest,
    node::{Kind, Node, Text},
    schema::{self, ALLOW},
    source::Span,
};

/// More values than any manifest has: references that double at each level stop here.
const MOST: usize = 200_000;

/// Deeper than clients and JSON parsers follow.
const DEEPEST: usize = 100;

const WRITTEN_OUT: &str =
    "references are written out whole; say `type: object` where it would repeat";

const ENDS: &str = "references are written out whole; say `type: object` where it would repeat, or in a schema \
                    `x-allow: { ref-circular: why }` beside this `$ref`, which ends it here";

/// A value with every reference in it replaced. A member beside `$ref` takes the place of the one it names.
pub(crate) fn inline(node: &Node, files: &Files, report: &mut Report) -> Node {
    let mut inliner = Inliner {
        files,
        report,
        open: Vec::new(),
        made: 0,
        depth: 0,
        full: false,
        definitions: Vec::new(),
    };
    inliner.node(node)
}

struct Inliner<'f, 'r> {
    files: &'f Files,
    report: &'r mut Report,
    /// The references that are being replaced, outermost first.
    open: Vec<(usize, String)>,
    made: usize,
    depth: usize,
    full: bool,
    /// The `$defs` of the schemas around, outermost first.
    definitions: Vec<Node>,
}

impl Inliner<'_, '_> {
    fn node(&mut self, node: &Node) -> Node {
        self.made += 1;
        self.depth += 1;
        let inlined = self.inlined(node);
        self.depth -= 1;
        inlined
    }

    fn inlined(&mut self, node: &Node) -> Node {
        let kind = match &node.kind {
            Kind::List(elements) => {
                Kind::List(elements.iter().map(|element| self.node(element)).collect())
            }
            Kind::Map(members) => {
                if let Some(target) = node.get("$ref").and_then(Node::text) {
                    return self.reference(node, target);
                }
                let definitions = node.get("$defs").cloned();
                let inner = definitions.is_some();
                self.definitions.extend(definitions);
                let members = self.members(members);
                if inner {
                    self.definitions.pop();
                }
                Kind::Map(members)
            }
            kind => kind.clone(),
        };
        Node {
            span: node.span,
            kind,
            origin: None,
        }
    }

    fn members(&mut self, members: &[(Text, Node)]) -> Vec<(Text, Node)> {
        members
            .iter()
            .map(|(key, value)| (key.clone(), self.node(value)))
            .collect()
    }

    fn reference(&mut self, node: &Node, target: &str) -> Node {
        let span = node
            .get("$ref")
            .map_or(node.span, |reference| reference.span);
        let beside: Vec<_> = node
            .members()
            .iter()
            .filter(|(key, _)| key.text != "$ref")
            .cloned()
            .collect();
        let Some(mut found) = self.target(target, &beside, span) else {
            // References in what stands beside it may be mistakes too.
            self.members(&beside);
            return Node::broken(span);
        };
        if beside.is_empty() || found.is_broken() {
            return found;
        }
        let Kind::Map(members) = &mut found.kind else {
            let message = format!(
                "`{target}` is {}, which takes no members beside `$ref`",
                found.describe()
            );
            self.report.add(
                Mistake::new("ref-beside", span, message).help("remove what stands beside it"),
            );
            return found;
        };
        for (key, value) in self.members(&beside) {
            match members.iter_mut().find(|(other, _)| other.text == key.text) {
                Some(member) => *member = (key, value),
                None => members.push((key, value)),
            }
        }
        found
    }

    /// What a reference names, inlined itself.
    fn target(&mut self, target: &str, beside: &[(Text, Node)], span: Span) -> Option<Node> {
        if let Some(name) = target.strip_prefix("#/$defs/") {
            return self.definition(name, target, beside, span);
        }
        let (path, pointer) = target.split_once('#').unwrap_or((target, ""));
        let Some(source) = self.file(path, span) else {
            let message = format!("`{target}` leads to no file of the manifest");
            let mistake = Mistake::new("ref-missing", span, message);
            let mistake = match self.near(target, span) {
                Some(near) => mistake.help(format!("did you mean `{near}`?")),
                None => mistake,
            };
            self.report.add(mistake.help_if_none(
                "name a file under the manifest's directory, from where this one is: `../schemas/file.yaml#/Name`",
            ));
            return None;
        };
        let files = self.files;
        let root = files.nodes.get(&source).filter(|root| !root.is_broken())?;
        let found = match follow(root, pointer) {
            Ok(found) => found,
            Err((name, parent)) => {
                let file = self.files.sources.name(source);
                let message = format!("`{target}` leads nowhere: `{file}` has no `{name}` there");
                let names = parent.members().iter().map(|(key, _)| key.text.as_str());
                let mistake = Mistake::new("ref-missing", span, message).nearest(&name, names);
                self.report
                    .add(mistake.help_if_none("add it there, or take another"));
                return None;
            }
        };
        let key = (source, pointer.to_owned());
        if self.open.contains(&key) {
            return self.circular(found, beside, target, span);
        }
        if self.made > MOST || self.depth > DEEPEST {
            // Once is enough: whatever comes after is too much as well.
            if !std::mem::replace(&mut self.full, true) {
                let message = format!("with `{target}` there is more here than a client can read");
                self.report
                    .add(Mistake::new("ref-too-large", span, message).help(WRITTEN_OUT));
            }
            return None;
        }
        self.open.push(key);
        let mut inlined = self.node(found);
        self.open.pop();
        inlined.origin = pointer
            .rsplit('/')
            .next()
            .filter(|name| !name.is_empty())
            .map(str::to_owned);
        Some(inlined)
    }

    /// What stands under `$defs` of the nearest schema around that has the name, without its anchor: the copy is
    /// not what the anchor names.
    fn definition(
        &mut self,
        name: &str,
        target: &str,
        beside: &[(Text, Node)],
        span: Span,
    ) -> Option<Node> {
        let found = self
            .definitions
            .iter()
            .rev()
            .find_map(|all| all.get(name))
            .cloned();
        let Some(mut found) = found else {
            let names = self.definitions.iter().flat_map(Node::members);
            let names = names.map(|(key, _)| key.text.as_str());
            let message =
                format!("`{target}` leads nowhere: no schema around it has such a `$defs`");
            let mistake = Mistake::new("ref-missing", span, message).nearest(name, names);
            self.report
                .add(mistake.help_if_none("put it under `$defs` of the schema, or into a file"));
            return None;
        };
        let key = (span.source, target.to_owned());
        if self.open.contains(&key) {
            return self.circular(&found, beside, target, span);
        }
        if let Kind::Map(members) = &mut found.kind {
            members.retain(|(key, _)| key.text != "$anchor");
        }
        self.open.push(key);
        let inlined = self.node(&found);
        self.open.pop();
        Some(inlined)
    }

    /// A reference that leads back to itself can not be written out. Where that is allowed, beside it, the schema ends
    /// there: with the type and the description of what is named.
    fn circular(
        &mut self,
        found: &Node,
        beside: &[(Text, Node)],
        target: &str,
        span: Span,
    ) -> Option<Node> {
        let message = format!("`{target}` leads back to itself");
        let mistake = |span| Mistake::new("ref-circular", span, message).help(ENDS);
        let allows = beside.iter().filter(|(key, _)| key.text == ALLOW);
        let Some(allowed) = allows
            .flat_map(|(_, codes)| codes.members())
            .find(|(code, _)| code.text == "ref-circular")
        else {
            self.report.add(mistake(span).firm());
            return None;
        };
        // Taken back where it is allowed, so that the allowance counts as used.
        self.report.add(mistake(allowed.0.span));
        let members = found.members().iter();
        let mut members: Vec<_> = members
            .filter(|(key, _)| matches!(key.text.as_str(), "type" | "description"))
            .cloned()
            .collect();
        let kind = Node::new(span, Kind::Map(members.clone()));
        if schema::types(&kind).is_some_and(|types| types.contains("array")) {
            let text = "items".to_owned();
            members.push((Text { text, span }, Node::new(span, Kind::Map(Vec::new()))));
        }
        Some(Node::new(span, Kind::Map(members)))
    }

    /// The reference with the path of a file whose name is near instead, in the same directory rather than in another.
    fn near(&self, target: &str, span: Span) -> Option<String> {
        let (path, pointer) = match target.find('#') {
            Some(at) => target.split_at(at),
            None => (target, ""),
        };
        let here = &self.files.sources.get(span.source)?.path;
        let (typed, name) = path.rsplit_once('/').map_or(("", path), |(_, name)| {
            path.split_at(path.len() - name.len())
        });
        let meant = steps(here, typed).map(|steps| steps.join("/"));
        let files = self.files.nodes.keys();
        let paths: Vec<_> = files
            .filter_map(|source| Some(directory(&self.files.sources.get(*source)?.path)))
            .collect();
        let beside = paths
            .iter()
            .filter(|(there, _)| meant.as_deref() == Some(there));
        let beside: Vec<_> = beside.map(|(_, name)| stem(name)).collect();
        if let Some(near) = nearest(stem(name), &beside) {
            return Some(format!("{typed}{near}.yaml{pointer}"));
        }
        let stems: Vec<_> = paths.iter().map(|(_, name)| stem(name)).collect();
        let near = nearest(stem(name), &stems)?;
        let (there, name) = paths.iter().find(|(_, name)| stem(name) == near)?;
        Some(format!("{}{name}{pointer}", from(here, there)))
    }

    /// The file that a relative path names, from the file at hand.
    fn file(&self, path: &str, span: Span) -> Option<usize> {
        if path.is_empty() {
            return Some(span.source);
        }
        let here = &self.files.sources.get(span.source)?.path;
        let steps = steps(here, path)?;
        self.files.sources.find(&steps.join("/"))
    }
}

/// A path's directory, empty for the manifest's own, and the name in it.
fn directory(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The way from a file to a directory, with a slash at its end unless there is none to go.
fn from(here: &str, there: &str) -> String {
    let own: Vec<_> = directory(here)
        .0
        .split('/')
        .filter(|step| !step.is_empty())
        .collect();
    let other: Vec<_> = there.split('/').filter(|step| !step.is_empty()).collect();
    let shared = own
        .iter()
        .zip(&other)
        .take_while(|(own, other)| own == other)
        .count();
    let up = own.iter().skip(shared).map(|_| "..");
    let down = other.iter().skip(shared).copied();
    up.chain(down).flat_map(|step| [step, "/"]).collect()
}

/// The steps of a relative path from a file of the manifest; `None` when it leads out.
pub(crate) fn steps<'p>(here: &'p str, path: &'p str) -> Option<Vec<&'p str>> {
    let mut steps: Vec<&str> = here.split('/').collect();
    steps.pop();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            step => steps.push(step),
        }
    }
    Some(steps)
}

/// Follows a JSON Pointer; else the name that is missing and where.
fn follow<'n>(root: &'n Node, pointer: &str) -> Result<&'n Node, (String, &'n Node)> {
    let mut at = root;
    for step in pointer.split('/').skip(1) {
        let name = step.replace("~1", "/").replace("~0", "~");
        let element = name
            .parse::<usize>()
            .ok()
            .and_then(|index| at.elements().get(index));
        at = at.get(&name).or(element).ok_or((name, at))?;
    }
    Ok(at)
}
