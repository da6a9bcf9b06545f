//! `unknown-name`: every `$name.path` leads somewhere.

use super::places::{self, Nowhere, Scope};
use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest, Place, Step, TemplateKind},
    node::Node,
    schema::Unnamed,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        places::visit(tool, &mut |template, scope| match &template.kind {
            TemplateKind::Take(place) | TemplateKind::Join { list: place, .. } => {
                place_leads_somewhere(place, scope, report);
            }
            TemplateKind::Each { list, .. } => {
                if let Some(known) = place_leads_somewhere(list, scope, report)
                    && known.step(&Step::Index(0), Unnamed::Open).is_err()
                {
                    let message = format!("`$each` takes a list, and `${}` is none", list.name);
                    let mistake = Mistake::new("unknown-name", list.span, message);
                    report.add(
                        mistake
                            .help("give it a place of type `array`")
                            .tool(&tool.name.text),
                    );
                }
            }
            _ => {}
        });
    }
}

fn place_leads_somewhere<'m>(
    place: &'m Place,
    scope: &Scope<'m>,
    report: &mut Report,
) -> Option<crate::schema::Known<'m>> {
    let name = &place.name;
    let wrong = |message: String| Mistake::new("unknown-name", place.span, message);
    let mistake = match scope.resolve(place) {
        Ok(known) => return Some(known),
        Err(Nowhere::Item) => wrong("`$item` stands outside of `$each`".to_owned())
            .help("`$item` is the element of the list that `$each` names"),
        Err(Nowhere::Reply) => wrong(format!(
            "`${name}` is a reply, and a request comes before it"
        ))
        .help("replies can be taken in `result`"),
        Err(Nowhere::Headers) => wrong(format!("`${name}` are headers, and one is to be named"))
            .help(format!("write it as `${name}.retry-after`")),
        Err(Nowhere::Step(Step::Index(_), _)) => {
            wrong(format!("`${name}` is no list where it is numbered"))
                .help("take it by the name of a member")
        }
        Err(Nowhere::Step(Step::Key(key), names)) => {
            wrong(format!("`${name}` has no `{key}` there")).nearest(key, names)
        }
        Err(Nowhere::Name) => {
            wrong(format!("`${name}` stands for nothing")).nearest(name, names(scope))
        }
    };
    report.add(mistake.tool(&scope.tool.name.text));
    None
}

/// The names that a template may begin with.
fn names<'m>(scope: &Scope<'m>) -> Vec<&'m str> {
    let inputs = scope
        .tool
        .input
        .get("properties")
        .map_or(&[][..], Node::members);
    let mut names: Vec<_> = inputs.iter().map(|(key, _)| key.text.as_str()).collect();
    if let (true, Action::Http { requests, .. }) = (scope.result, &scope.tool.action) {
        names.extend(requests.iter().map(|request| request.name.text.as_str()));
    }
    names.push("provider");
    names.extend(scope.item.is_some().then_some("item"));
    names
}
