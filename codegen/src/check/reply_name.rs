//! `reply-name`: what is taken of a reply, the replies in the examples have. A reply has no schema, so this is told of
//! what looks like a slip: a name near one that is there, or any where a list or an undo depends on it.

use std::collections::BTreeMap;

use super::example_request::of;
use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest, Page, Place, Step, Template, TemplateKind, Tool, Undo},
    names::nearest,
    node::{Kind, Node},
    source::Span,
    uses,
};

/// The lowest status of an error, whose reply is another.
const FAILED: u64 = 400;

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    // A template that tools share is right when it is for one of them.
    let mut found: BTreeMap<Span, Option<(Slip<'_>, &Tool)>> = BTreeMap::new();
    for tool in &manifest.tools {
        let all = taken(tool);
        for one in &all {
            match slip(one, &all, &replies(tool, &one.reply)) {
                Told::Unknown => {}
                Told::There => drop(found.insert(one.span, None)),
                Told::Slip(slip) => {
                    found.entry(one.span).or_insert(Some((slip, tool)));
                }
            }
        }
    }
    for (span, slip) in found {
        if let Some((slip, tool)) = slip {
            let message = if slip.seen {
                format!("no reply in the examples has `{}` there", slip.name)
            } else {
                format!(
                    "the result takes no `{}` of the reply, but another",
                    slip.name
                )
            };
            let mistake = Mistake::new("reply-name", span, message);
            let mistake = mistake.nearest(slip.name, slip.names);
            let help = "take what the replies have, or show it in the reply of an example";
            report.add(mistake.help_if_none(help).tool(&tool.name.text));
        }
    }
}

/// A place in a reply that is taken.
struct Taken<'m> {
    span: Span,
    /// The request's name.
    reply: String,
    path: Vec<&'m Step>,
    /// Whether something goes wrong silently without it.
    needed: bool,
    /// The others of a `$first`, which say the same in other replies.
    others: Vec<&'m str>,
}

/// A name that is taken and is not there, with those that are.
struct Slip<'m> {
    name: &'m str,
    names: Vec<&'m str>,
    /// Whether a reply has those; else the result takes them.
    seen: bool,
}

enum Told<'m> {
    Unknown,
    There,
    Slip(Slip<'m>),
}

/// Whether a place is in one of the replies.
fn slip<'m>(one: &Taken<'m>, all: &[Taken<'m>], replies: &[&'m Node]) -> Told<'m> {
    let mut at = replies.to_vec();
    for (index, step) in one.path.iter().enumerate() {
        let name = match step {
            Step::Index(_) => {
                at = at.into_iter().flat_map(Node::elements).collect();
                continue;
            }
            Step::Key(name) => name.as_str(),
        };
        at.retain(|node| matches!(node.kind, Kind::Map(_)));
        if at.is_empty() {
            break;
        }
        let inside: Vec<_> = at.iter().filter_map(|node| node.get(name)).collect();
        if inside.is_empty() {
            let members = at.into_iter().flat_map(Node::members);
            let mut names: Vec<_> = members.map(|(key, _)| key.text.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            let rest = one.path.get(index + 1..).unwrap_or_default();
            let before = one.path.get(..index).unwrap_or_default();
            // What is taken in the same way beside it is another member, not the one that was meant.
            let beside = |name: &str| {
                one.others.contains(&name)
                    || all.iter().any(|other| {
                        !other.needed
                            && other.reply == one.reply
                            && other.path.get(..index) == Some(before)
                            && other.path.get(index + 1..) == Some(rest)
                            && matches!(other.path.get(index), Some(Step::Key(key)) if key == name)
                    })
            };
            let is_slip = one.needed
                || names
                    .iter()
                    .any(|other| is_near(name, other) && !beside(other));
            return if is_slip {
                let seen = true;
                Told::Slip(Slip { name, names, seen })
            } else {
                Told::Unknown
            };
        }
        at = inside;
    }
    if !at.is_empty() {
        return Told::There;
    }
    unseen(one, all)
}

/// Without a reply: whether what is needed is near another name that the result takes there.
fn unseen<'m>(one: &Taken<'m>, all: &[Taken<'m>]) -> Told<'m> {
    let [before @ .., Step::Key(name)] = one.path.as_slice() else {
        return Told::Unknown;
    };
    let others = all
        .iter()
        .filter(|other| !other.needed && other.reply == one.reply);
    let names = others.filter_map(|other| match other.path.as_slice() {
        [place @ .., Step::Key(name)] if place == before => Some(name.as_str()),
        _ => None,
    });
    let names: Vec<_> = names.collect();
    if one.needed && !names.contains(&name.as_str()) && nearest(name, &names).is_some() {
        let seen = false;
        Told::Slip(Slip { name, names, seen })
    } else {
        Told::Unknown
    }
}

/// Whether two names differ as slips of the hand make them differ.
fn is_near(one: &str, other: &str) -> bool {
    let longest = one.chars().count().max(other.chars().count());
    let most = match longest {
        0..3 => 0,
        3..8 => 1,
        _ => 2,
    };
    strsim::damerau_levenshtein(one, other) <= most
}

/// The replies to a request in a tool's examples.
fn replies<'m>(tool: &'m Tool, name: &str) -> Vec<&'m Node> {
    let Action::Http { requests, .. } = &tool.action else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for example in &tool.examples {
        let pairs = example.requests.iter().zip(&example.responses);
        for (index, (sent, answer)) in pairs.enumerate() {
            if let Some(request) = of(requests, sent, index)
                && request.name.text == name
                && request.download.is_none()
                && answer.status.0 < FAILED
            {
                found.extend(&answer.body);
            }
        }
    }
    found
}

/// Every place in a reply that a tool takes.
fn taken(tool: &Tool) -> Vec<Taken<'_>> {
    let mut found = Vec::new();
    let Action::Http {
        result, page, once, ..
    } = &tool.action
    else {
        return found;
    };
    let seek = Seek { tool, needed: true };
    if let Some(page) = page {
        let Page {
            after, more, items, ..
        } = &**page;
        for place in [Some(after), more.as_ref(), items.as_ref()]
            .into_iter()
            .flatten()
        {
            seek.place(place, None, &[], &mut found);
        }
    }
    for Undo { with, age, .. } in once.iter().filter_map(|once| once.undo.as_ref()) {
        seek.place(age, None, &[], &mut found);
        for (_, template) in with {
            seek.template(template, None, &[], &mut found);
        }
    }
    let seek = Seek {
        needed: false,
        ..seek
    };
    seek.template(result, None, &[], &mut found);
    found
}

/// The reply and the way in it to the element at hand.
type Item<'m> = Option<(String, Vec<&'m Step>)>;

/// What stands for an element of a list, whichever it is.
const ELEMENT: &Step = &Step::Index(0);

#[derive(Clone, Copy)]
struct Seek<'m> {
    tool: &'m Tool,
    needed: bool,
}

impl<'m> Seek<'m> {
    fn place(
        self,
        place: &'m Place,
        item: Option<&(String, Vec<&'m Step>)>,
        others: &[&'m str],
        found: &mut Vec<Taken<'m>>,
    ) -> Item<'m> {
        let (reply, mut path) = match item {
            Some((reply, path)) if place.name == "item" => (reply.clone(), path.clone()),
            _ if uses::is_reply(self.tool, &place.name) => (place.name.clone(), Vec::new()),
            _ => return None,
        };
        path.extend(&place.path);
        found.push(Taken {
            span: place.span,
            reply: reply.clone(),
            path: path.clone(),
            needed: self.needed,
            others: others.to_vec(),
        });
        path.push(ELEMENT);
        Some((reply, path))
    }

    fn template(
        self,
        template: &'m Template,
        item: Option<&(String, Vec<&'m Step>)>,
        others: &[&'m str],
        found: &mut Vec<Taken<'m>>,
    ) {
        match &template.kind {
            TemplateKind::Take(place) | TemplateKind::Join { list: place, .. } => {
                self.place(place, item, others, found);
            }
            TemplateKind::Each { list, item: each } => {
                let item = self.place(list, item, others, found);
                self.template(each, item.as_ref(), &[], found);
            }
            TemplateKind::First(choices) => {
                let keys = choices.iter().flat_map(keys).collect::<Vec<_>>();
                for choice in choices {
                    self.template(choice, item, &keys, found);
                }
            }
            _ => {
                for part in template.parts() {
                    self.template(part, item, &[], found);
                }
            }
        }
    }
}

/// The names on a way that a template takes by itself.
fn keys(template: &Template) -> Vec<&str> {
    let TemplateKind::Take(place) = &template.kind else {
        return Vec::new();
    };
    let steps = place.path.iter();
    steps
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        })
        .collect()
}
