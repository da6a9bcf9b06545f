//! `allow` and `unused-allow`: an `x-allow` of a schema names what may be allowed, and an allowance allows something. The
//! latter runs last.

use std::collections::{BTreeMap, BTreeSet};

use super::schemas;
use crate::{
    diagnostics::{Mistake, Report},
    model::{Allow, Manifest},
    node::Node,
    read::allowed,
    schema::{ALLOW, walk},
    source::Span,
};

/// An allowance, where it holds, and whether it was needed.
struct Allowance<'m> {
    /// The tool; all of the manifest when `None`.
    tool: Option<&'m str>,
    /// The places in a schema; anywhere when `None`.
    within: Option<BTreeSet<Span>>,
    code: String,
    span: Span,
    used: bool,
}

impl Allowance<'_> {
    fn fits(&self, code: &str, tool: Option<&str>, span: Span) -> bool {
        let within = self.within.as_ref();
        // What is told while references are followed is told of no tool yet.
        let followed = within.is_some() && tool.is_none();
        self.code == code
            && (self.tool.is_none() || self.tool == tool || followed)
            && within.is_none_or(|places| places.contains(&span))
    }
}

/// What an `x-allow` says must be something that may be allowed, with a reason.
pub(super) fn check_schemas(manifest: &Manifest, report: &mut Report) {
    for schema in schemas::every(manifest) {
        walk(schema, &mut |schema| {
            if let Some(node) = schema.get(ALLOW) {
                allowed(node, ALLOW, report);
            }
        });
    }
}

/// Everything that a manifest allows.
pub(super) struct Allowances<'m>(Vec<Allowance<'m>>);

impl<'m> Allowances<'m> {
    pub(super) fn of(manifest: &'m Manifest) -> Self {
        // The nearest comes first, so that the one for the whole manifest is unused when others say it all.
        let mut all = in_schemas(manifest);
        for tool in &manifest.tools {
            let name = Some(tool.name.text.as_str());
            all.extend(tool.allow.iter().map(|allow| anywhere(name, allow)));
        }
        let server = manifest.server.allow.iter();
        all.extend(server.map(|allow| anywhere(None, allow)));
        Self(all)
    }

    /// Takes what is allowed out of what was told so far.
    pub(super) fn take_out(&mut self, report: &mut Report) {
        report.allow(|code, tool, span| {
            let found = self.0.iter_mut().find(|one| one.fits(code, tool, span));
            found.map(|one| one.used = true).is_some()
        });
    }

    /// Tells of those that allowed nothing.
    pub(super) fn unused(&self, report: &mut Report) {
        // A schema that tools share allows something when it does for one of them.
        let mut used: BTreeMap<Span, (bool, &str)> = BTreeMap::new();
        for one in &self.0 {
            used.entry(one.span).or_insert((false, &one.code)).0 |= one.used;
        }
        for (span, (_, code)) in used.iter().filter(|(_, (used, _))| !used) {
            let message = format!("there is no `{code}` here to allow");
            report.add(Mistake::new("unused-allow", *span, message).help("remove it"));
        }
    }
}

fn anywhere<'m>(tool: Option<&'m str>, allow: &Allow) -> Allowance<'m> {
    Allowance {
        tool,
        within: None,
        code: allow.code.text.clone(),
        span: allow.code.span,
        used: false,
    }
}

/// Those of schemas, innermost first. Only inputs of tools are warned of: elsewhere they are unused.
fn in_schemas(manifest: &Manifest) -> Vec<Allowance<'_>> {
    let mut all = Vec::new();
    for tool in &manifest.tools {
        collect(&tool.input, Some(&tool.name.text), &mut all);
    }
    let others = schemas::every(manifest).into_iter();
    let inputs: Vec<*const Node> = manifest
        .tools
        .iter()
        .map(|tool| &raw const tool.input)
        .collect();
    for schema in others.filter(|schema| !inputs.contains(&std::ptr::from_ref(*schema))) {
        collect(schema, None, &mut all);
    }
    all.reverse();
    all
}

fn collect<'m>(root: &Node, tool: Option<&'m str>, all: &mut Vec<Allowance<'m>>) {
    // The name of a property is a part of it: what is missing in it is told there.
    let mut names: BTreeMap<*const Node, Span> = BTreeMap::new();
    walk(root, &mut |schema| {
        for (name, property) in schema.get("properties").map_or(&[][..], Node::members) {
            names.insert(property, name.span);
        }
        let Some(node) = schema.get(ALLOW) else {
            return;
        };
        let mut places: BTreeSet<Span> = names
            .get(&std::ptr::from_ref(schema))
            .copied()
            .into_iter()
            .collect();
        spans(schema, &mut places);
        let codes = allowed(node, ALLOW, &mut Report::default());
        all.extend(codes.into_iter().map(|allow| Allowance {
            tool,
            within: Some(places.clone()),
            code: allow.code.text,
            span: allow.code.span,
            used: false,
        }));
    });
}

/// Every place in a value.
fn spans(node: &Node, places: &mut BTreeSet<Span>) {
    places.insert(node.span);
    node.elements().iter().for_each(|one| spans(one, places));
    for (key, member) in node.members() {
        places.insert(key.span);
        spans(member, places);
    }
}
