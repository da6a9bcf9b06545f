//! What a document says of one operation.

use super::{Document, flag, text, texts};
use crate::{
    diagnostics::Mistake,
    node::{Node, Text},
};

/// The methods of a path item, as OpenAPI spells them.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// An operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation<'d> {
    pub(crate) method: &'static str,
    pub(crate) path: &'d Text,
    pub(crate) node: &'d Node,
    /// The path item, which may have parameters for all of its operations.
    item: &'d Node,
    /// The method's name in the document: where the operation as a whole is told.
    pub(crate) key: &'d Text,
}

/// A parameter, its reference followed.
#[derive(Debug, Clone)]
pub(crate) struct Parameter<'d> {
    pub(crate) name: &'d str,
    pub(crate) place: Place,
    pub(crate) required: bool,
    pub(crate) schema: Option<&'d Node>,
    pub(crate) node: &'d Node,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

impl Place {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// A body or a reply of one media type.
#[derive(Debug, Clone)]
pub(crate) struct Media<'d> {
    pub(crate) kind: &'d Text,
    /// Of a media type that says nothing of its schema there is none.
    pub(crate) schema: Option<&'d Node>,
    /// All that is said of it.
    node: &'d Node,
}

impl<'d> Media<'d> {
    /// How a member of a form is spelled, where that is said.
    pub(crate) fn encoding(&self, name: &str) -> Option<&'d Node> {
        self.node.get("encoding")?.get(name)
    }

    /// `application/json` and its relatives.
    pub(crate) fn is_json(&self) -> bool {
        let kind = self.essence();
        kind == "application/json" || kind.ends_with("+json") || kind == "*/*"
    }

    /// The type without its parameters, in small letters.
    pub(crate) fn essence(&self) -> String {
        let kind = self.kind.text.split(';').next().unwrap_or_default();
        kind.trim().to_ascii_lowercase()
    }
}

/// The operations of a path item.
pub(super) fn of<'d>(path: &'d Text, item: &'d Node) -> Vec<Operation<'d>> {
    let found = item.members().iter().filter_map(|(key, node)| {
        let method = METHODS.into_iter().find(|method| *method == key.text)?;
        Some(Operation {
            method,
            path,
            node,
            item,
            key,
        })
    });
    found.collect()
}

impl<'d> Operation<'d> {
    /// `operationId`, which not every document gives.
    pub(crate) fn id(&self) -> Option<&'d str> {
        text(self.node, "operationId").filter(|id| !id.is_empty())
    }

    /// Its path, and the constants that some documents put behind it: `/jobs?beta=true`.
    pub(crate) fn asked(&self) -> (&'d str, Vec<(&'d str, &'d str)>) {
        let path = self.path.text.as_str();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        (path, pairs.collect())
    }

    /// `POST /jobs`
    pub(crate) fn endpoint(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path.text)
    }

    /// How it is told: ``createJob` (POST /jobs)``.
    pub(crate) fn told(&self) -> String {
        match self.id() {
            Some(id) => format!("`{id}` ({})", self.endpoint()),
            None => format!("`{}`", self.endpoint()),
        }
    }

    /// The servers of its own, which are not those of the document.
    pub(crate) fn servers(&self) -> Option<&'d Node> {
        let servers = [self.node, self.item].into_iter();
        let mut servers = servers.filter_map(|node| node.get("servers"));
        servers.find(|servers| !servers.elements().is_empty())
    }

    /// Its first tag, where that has a name.
    pub(crate) fn tag(&self) -> Option<&'d str> {
        let first = self.tags().first().copied();
        first.filter(|tag| !tag.trim().is_empty())
    }

    pub(crate) fn tags(&self) -> Vec<&'d str> {
        texts(self.node, "tags")
    }

    /// Whether everything that it says and refers to could be read; else the place of what could not.
    pub(crate) fn readable(&self, document: &'d Document) -> Result<(), Mistake> {
        let mut nodes = vec![self.node];
        nodes.extend(self.item.get("parameters"));
        let told = |mistake: Mistake| mistake.within(&self.told());
        document.readable(&nodes).map_err(told)
    }

    /// Its parameters: those of the path item, with its own in the place of those of the same name and place.
    pub(crate) fn parameters(&self, document: &'d Document) -> Result<Vec<Parameter<'d>>, Mistake> {
        let mut all: Vec<Parameter<'d>> = Vec::new();
        for node in [self.item, self.node]
            .into_iter()
            .filter_map(|node| node.get("parameters"))
            .flat_map(Node::elements)
        {
            let node = document.resolve(node)?;
            let Some(name) = text(node, "name") else {
                return Err(Mistake::new(
                    "import-parameter",
                    node.span,
                    "a parameter without a `name`",
                )
                .help("give it one"));
            };
            let place = match text(node, "in") {
                Some("path") => Place::Path,
                Some("query") => Place::Query,
                Some("header") => Place::Header,
                Some("cookie") => Place::Cookie,
                _ => {
                    let message = format!("the parameter `{name}` does not say where it goes");
                    return Err(Mistake::new("import-parameter", node.span, message)
                        .help("say `in: path`, `query` or `header`"));
                }
            };
            let parameter = Parameter {
                name,
                place,
                required: place == Place::Path || flag(node, "required"),
                schema: node.get("schema"),
                node,
            };
            match all
                .iter_mut()
                .find(|other| other.name == name && other.place == place)
            {
                Some(other) => *other = parameter,
                None => all.push(parameter),
            }
        }
        Ok(all)
    }

    /// The body's node, its reference followed, and what it may be.
    pub(crate) fn body(
        &self,
        document: &'d Document,
    ) -> Result<Option<(&'d Node, Vec<Media<'d>>)>, Mistake> {
        let Some(body) = self.node.get("requestBody") else {
            return Ok(None);
        };
        let body = document.resolve(body)?;
        Ok(Some((body, media(body, document)?)))
    }

    /// The reply to a request that was answered as it should be: the first of 200 to 299, else of `2XX`, else
    /// `default`; and what it may be.
    pub(crate) fn reply(
        &self,
        document: &'d Document,
    ) -> Result<Option<(&'d Text, Vec<Media<'d>>)>, Mistake> {
        let replies = self.node.get("responses").map_or(&[][..], Node::members);
        let rank = |status: &str| match status {
            "default" => Some(1000),
            "2XX" | "2xx" => Some(900),
            status => status
                .parse::<u16>()
                .ok()
                .filter(|status| (200..300).contains(status)),
        };
        let best = replies
            .iter()
            .filter_map(|(status, node)| Some((rank(&status.text)?, status, node)))
            .min_by_key(|(rank, ..)| *rank);
        match best {
            Some((_, status, node)) => {
                let node = document.resolve(node)?;
                Ok(Some((status, media(node, document)?)))
            }
            None => Ok(None),
        }
    }
}

/// What a body, a reply or a parameter may be.
pub(crate) fn media<'d>(node: &'d Node, document: &'d Document) -> Result<Vec<Media<'d>>, Mistake> {
    let content = node.get("content").map_or(&[][..], Node::members);
    content
        .iter()
        .map(|(kind, node)| {
            let node = document.resolve(node)?;
            Ok(Media {
                kind,
                schema: node.get("schema"),
                node,
            })
        })
        .collect()
}
