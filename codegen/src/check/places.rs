//! What the names in a tool's templates stand for, for every rule that asks.

use crate::{
    model::{Action, DOWNLOADED, Place, Step, Template, TemplateKind, Tool},
    schema::{Known, Unnamed},
    uses,
};

/// Where a template stands.
#[derive(Clone)]
pub(super) struct Scope<'m> {
    pub(super) tool: &'m Tool,
    /// Whether it is the result, which may take replies.
    pub(super) result: bool,
    /// The element at hand, inside `$each`.
    pub(super) item: Option<Known<'m>>,
}

/// Why a place leads nowhere.
pub(super) enum Nowhere<'m> {
    /// The name stands for nothing.
    Name,
    /// `$item` outside of `$each`.
    Item,
    /// A reply in a request.
    Reply,
    /// This step; and the names that are there.
    Step(&'m Step, Vec<&'m str>),
    /// The headers of a reply, of which one is to be named.
    Headers,
}

impl<'m> Scope<'m> {
    /// What is known of the value at a place.
    pub(super) fn resolve(&self, place: &'m Place) -> Result<Known<'m>, Nowhere<'m>> {
        let mut path = place.path.as_slice();
        let mut known = match place.name.as_str() {
            name if uses::is_reply(self.tool, name) => return self.reply(name, path),
            name if uses::reply_headers(self.tool, name).is_some() => {
                return match path {
                    _ if !self.result => Err(Nowhere::Reply),
                    [Step::Key(_)] => Ok(Known::Any),
                    _ => Err(Nowhere::Headers),
                };
            }
            "provider" => return Ok(Known::Any),
            "item" => self.item.clone().ok_or(Nowhere::Item)?,
            name => match self
                .tool
                .input
                .get("properties")
                .and_then(|properties| properties.get(name))
            {
                Some(schema) => Known::of(schema),
                None if self.tool.input.is_broken() => return Ok(Known::Any),
                None => return Err(Nowhere::Name),
            },
        };
        while let [step, rest @ ..] = path {
            known = known
                .step(step, Unnamed::Open)
                .map_err(|names| Nowhere::Step(step, names))?;
            path = rest;
        }
        Ok(known)
    }

    /// What is known of a reply: nothing, unless it is a file.
    fn reply(&self, name: &str, path: &'m [Step]) -> Result<Known<'m>, Nowhere<'m>> {
        if !self.result {
            return Err(Nowhere::Reply);
        }
        let Action::Http { requests, .. } = &self.tool.action else {
            return Ok(Known::Any);
        };
        let file = requests
            .iter()
            .any(|request| request.name.text == name && request.download.is_some());
        match path.first() {
            Some(step @ Step::Key(key)) if file && !DOWNLOADED.contains(&key.as_str()) => {
                Err(Nowhere::Step(step, DOWNLOADED.to_vec()))
            }
            _ => Ok(Known::Any),
        }
    }

    /// The scope of what `$each` makes of an element.
    pub(super) fn each(&self, list: &'m Place) -> Self {
        let item = self
            .resolve(list)
            .ok()
            .and_then(|list| list.step(&Step::Index(0), Unnamed::Open).ok());
        Self {
            item: Some(item.unwrap_or(Known::Any)),
            ..self.clone()
        }
    }
}

/// Calls `visit` for every template of a tool, with its scope.
pub(super) fn visit<'m>(tool: &'m Tool, visit: &mut dyn FnMut(&'m Template, &Scope<'m>)) {
    let Action::Http {
        requests,
        result,
        once,
        ..
    } = &tool.action
    else {
        return;
    };
    let scope = Scope {
        tool,
        result: false,
        item: None,
    };
    for request in requests {
        for template in uses::templates(request) {
            descend(template, &scope, visit);
        }
        for (list, templates) in uses::each(request) {
            for template in templates {
                descend(template, &scope.each(list), visit);
            }
        }
    }
    for (_, template) in once.iter().flat_map(|once| &once.with) {
        descend(template, &scope, visit);
    }
    let beside = once.iter().filter_map(|once| once.beside.as_ref());
    for (_, template) in beside.flat_map(|beside| &beside.with) {
        descend(template, &scope, visit);
    }
    let scope = Scope {
        result: true,
        ..scope
    };
    let undo = once.iter().filter_map(|once| once.undo.as_ref());
    for (_, template) in undo.flat_map(|undo| &undo.with) {
        descend(template, &scope, visit);
    }
    descend(result, &scope, visit);
}

fn descend<'m>(
    template: &'m Template,
    scope: &Scope<'m>,
    visit: &mut dyn FnMut(&'m Template, &Scope<'m>),
) {
    visit(template, scope);
    let inside = match &template.kind {
        TemplateKind::Each { list, .. } => &scope.each(list),
        _ => scope,
    };
    for part in template.parts() {
        descend(part, inside, visit);
    }
}
