//! Which inputs a tool's templates take.

use crate::{
    model::{
        ALL_PAGES, Action, File, Method, Place, Request, Segment, Step, Template, TemplateKind,
        Tool,
    },
    node::Node,
};

/// Calls `visit` for every template, outermost first.
pub(crate) fn walk<'t>(template: &'t Template, visit: &mut dyn FnMut(&'t Template)) {
    visit(template);
    for part in template.parts() {
        walk(part, visit);
    }
}

/// The templates of a request, but for those of a file for each element of a list: see [`each`].
pub(crate) fn templates(request: &Request) -> impl Iterator<Item = &Template> {
    let fields = request.upload.iter().flat_map(|upload| &upload.fields);
    let named = request
        .query
        .iter()
        .chain(&request.headers)
        .chain(&request.form)
        .chain(fields)
        .map(|(_, template)| template);
    let lists = files(request).flat_map(|file| &file.each);
    let files = files(request).filter(|file| file.each.is_none());
    let download = request.download.iter().flat_map(|download| {
        [&download.path, &download.overwrite, &download.offset]
            .into_iter()
            .flatten()
    });
    named
        .chain(&request.body)
        .chain(lists)
        .chain(files.flat_map(file))
        .chain(download)
}

/// The lists of a request for each element of which there is a file, with the templates of that.
pub(crate) fn each(request: &Request) -> impl Iterator<Item = (&Place, Vec<&Template>)> {
    files(request).filter_map(|one| Some((one.list()?, file(one).collect())))
}

fn files(request: &Request) -> impl Iterator<Item = &File> {
    request.upload.iter().flat_map(|upload| &upload.files)
}

fn file(file: &File) -> impl Iterator<Item = &Template> {
    file.sources().chain(&file.filename).chain(&file.most)
}

/// The parameters of a request's path.
pub(crate) fn params(request: &Request) -> impl Iterator<Item = &str> {
    request
        .path
        .segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Param(name) => Some(name.as_str()),
            Segment::Literal(_) => None,
        })
}

/// Whether a name in the result stands for the reply to a request.
pub(crate) fn is_reply(tool: &Tool, name: &str) -> bool {
    matches!(&tool.action, Action::Http { requests, .. } if requests.iter().any(|request| request.name.text == name))
}

/// The request whose reply's headers a name in the result stands for.
pub(crate) fn reply_headers<'t>(tool: &'t Tool, name: &str) -> Option<&'t Request> {
    let Action::Http { requests, .. } = &tool.action else {
        return None;
    };
    let reply = name.strip_suffix("_headers")?;
    requests.iter().find(|request| request.name.text == reply)
}

/// The names of the headers that a tool's result takes of the reply to a request, in lower case, each once.
pub(crate) fn headers_of(tool: &Tool, reply: &str) -> Vec<String> {
    let Action::Http { result, .. } = &tool.action else {
        return Vec::new();
    };
    let mut names = Vec::new();
    take(result, &mut |place| {
        if place.name.strip_suffix("_headers") == Some(reply)
            && let Some(Step::Key(name)) = place.path.first()
        {
            names.push(name.to_ascii_lowercase());
        }
    });
    names.sort();
    names.dedup();
    names
}

/// Every way into the input that templates and paths take, its first step the input's name.
pub(crate) fn inputs(tool: &Tool) -> Vec<Vec<Step>> {
    let Action::Http {
        requests,
        result,
        page,
        once,
    } = &tool.action
    else {
        return Vec::new();
    };
    let mut ways = Vec::new();
    ways.extend(page.iter().map(|_| vec![Step::Key(ALL_PAGES.to_owned())]));
    if let Some(once) = once {
        ways.push(vec![Step::Key(once.input().to_owned())]);
        for (_, template) in &once.with {
            take(template, &mut |place| ways.push(way(place)));
        }
        for (_, template) in once.undo.iter().flat_map(|undo| &undo.with) {
            take(template, &mut |place| {
                if !is_reply(tool, &place.name) {
                    ways.push(way(place));
                }
            });
        }
        for (_, template) in once.beside.iter().flat_map(|beside| &beside.with) {
            take(template, &mut |place| ways.push(way(place)));
        }
    }
    for request in requests {
        ways.extend(params(request).map(|name| vec![Step::Key(name.to_owned())]));
        for template in templates(request) {
            take(template, &mut |place| ways.push(way(place)));
        }
        for template in each(request).flat_map(|(_, templates)| templates) {
            take(template, &mut |place| ways.push(way(place)));
        }
    }
    take(result, &mut |place| {
        if !is_reply(tool, &place.name) && reply_headers(tool, &place.name).is_none() {
            ways.push(way(place));
        }
    });
    ways
}

/// Calls `visit` for every place that is not `$provider` or `$item`.
fn take<'t>(template: &'t Template, visit: &mut dyn FnMut(&'t Place)) {
    walk(template, &mut |template| {
        if let TemplateKind::Take(place)
        | TemplateKind::Each { list: place, .. }
        | TemplateKind::Join { list: place, .. } = &template.kind
            && !matches!(place.name.as_str(), "provider" | "item")
        {
            visit(place);
        }
    });
}

fn way(place: &Place) -> Vec<Step> {
    let name = Step::Key(place.name.clone());
    std::iter::once(name)
        .chain(place.path.iter().cloned())
        .collect()
}

/// The inputs that go to the query by themselves: those of a single `get` that no template names.
pub(crate) fn automatic(tool: &Tool) -> Vec<&str> {
    let Action::Http { requests, .. } = &tool.action else {
        return Vec::new();
    };
    let [request] = requests.as_slice() else {
        return Vec::new();
    };
    if request.method != Method::Get {
        return Vec::new();
    }
    let ways = inputs(tool);
    let taken = |name: &str| {
        ways.iter()
            .any(|way| matches!(way.first(), Some(Step::Key(key)) if key == name))
            || request.query.iter().any(|(key, _)| key.text == name)
    };
    let properties = tool.input.get("properties").map_or(&[][..], Node::members);
    let names = properties.iter().map(|(key, _)| key.text.as_str());
    names.filter(|name| !taken(name)).collect()
}
