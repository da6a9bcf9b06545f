//! Which operation of a document a request of a manifest is for.

use crate::{
    import,
    model::{Method, Request, Segment, TemplateKind},
    openapi::{Document, Operation},
};

/// The operations of a document by what requests for them look like.
pub(crate) struct Endpoints<'d> {
    all: Vec<(String, &'d Operation<'d>)>,
}

/// What of a request says which operation it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    pub(crate) method: &'static str,
    /// With the names that its inputs have.
    pub(crate) path: String,
    /// What of the query is always the same text.
    constants: Vec<(String, String)>,
}

impl Endpoint {
    pub(crate) fn of(request: &Request) -> Self {
        let segments = request.path.segments.iter().map(|segment| match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Param(name) => format!("{{{name}}}"),
        });
        let constants = request.query.iter().filter_map(|(key, template)| {
            let TemplateKind::Text(text) = &template.kind else {
                return None;
            };
            Some((key.text.clone(), text.clone()))
        });
        Self {
            method: match request.method {
                Method::Get => "get",
                Method::Post => "post",
                Method::Put => "put",
                Method::Patch => "patch",
                Method::Delete => "delete",
            },
            path: segments.collect(),
            constants: constants.collect(),
        }
    }
}

impl<'d> Endpoints<'d> {
    pub(crate) fn of(document: &'d Document, operations: &'d [Operation<'d>]) -> Self {
        let shaped = operations.iter().map(|operation| {
            let path = import::path(operation, document);
            (shape(operation.method, &path), operation)
        });
        Self {
            all: shaped.collect(),
        }
    }

    /// The operation of a request. Of several that differ by what their paths ask for, as in `/jobs?beta=true`, it is the
    /// one that asks for most of what the request sends.
    pub(crate) fn find(&self, endpoint: &Endpoint) -> Option<&'d Operation<'d>> {
        let wanted = shape(endpoint.method, &endpoint.path);
        let same = self.all.iter().filter(|(shape, _)| *shape == wanted);
        let sent = |(name, value): &(&str, &str)| {
            let mut constants = endpoint.constants.iter();
            constants.any(|(key, text)| key == name && text == value)
        };
        let fits = |(_, operation): &&(String, &Operation<'_>)| {
            let (_, asked) = operation.asked();
            let count = asked.iter().filter(|one| sent(one)).count();
            (count == asked.len(), count)
        };
        // The first of those that fit as well.
        let best = same.rev().max_by_key(fits);
        best.map(|(_, operation)| *operation)
    }
}

/// A method and a path whose parameters have no names.
pub(crate) fn shape(method: &str, path: &str) -> String {
    let mut shape = format!("{method} ");
    let mut inside = false;
    for letter in path.chars() {
        match letter {
            '{' => {
                inside = true;
                shape.push_str("{}");
            }
            '}' => inside = false,
            _ if inside => {}
            letter => shape.push(letter),
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_compared_without_the_names_of_their_parameters() {
        assert_eq!(shape("get", "/a/{b}/c-{d}"), shape("get", "/a/{x}/c-{y}"));
        assert_ne!(shape("get", "/a/{b}"), shape("get", "/a/b"));
    }
}
