//! Content: what prompts, resources and tools say, as data and as what became of it.

use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};

/// A text with places for arguments.
pub type Said = &'static [Bit];

/// A piece of [`Said`].
#[derive(Debug, Clone, Copy)]
pub enum Bit {
    /// As it stands.
    Literal(&'static str),
    /// An argument, put in as it is.
    Argument(&'static str),
}

/// A content, as data.
#[derive(Debug)]
pub enum BlockSpec {
    /// A text.
    Text(Said),
    /// An image, its bytes in base64.
    Image {
        /// The bytes.
        data: &'static str,
        /// Such as `image/png`.
        mime_type: &'static str,
    },
    /// Audio, its bytes in base64.
    Audio {
        /// The bytes.
        data: &'static str,
        /// Such as `audio/wav`.
        mime_type: &'static str,
    },
    /// A resource with what it holds.
    Resource {
        /// Where it is.
        uri: Said,
        /// What it is.
        mime_type: &'static str,
        /// What it holds.
        body: BodySpec,
    },
    /// A link to a resource. Empty texts are left out.
    Link {
        /// Where it leads.
        uri: Said,
        /// The name that clients show.
        name: &'static str,
        /// The title for people.
        title: &'static str,
        /// What it is for.
        description: &'static str,
        /// What it is.
        mime_type: &'static str,
    },
}

/// What a resource holds, as data.
#[derive(Debug, Clone, Copy)]
pub enum BodySpec {
    /// A text.
    Text(Said),
    /// Bytes in base64.
    Blob(&'static str),
}

/// A content of a result or of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Block {
    /// A text.
    Text(String),
    /// An image, its bytes in base64.
    Image {
        /// The bytes.
        data: String,
        /// Such as `image/png`.
        mime_type: String,
    },
    /// Audio, its bytes in base64.
    Audio {
        /// The bytes.
        data: String,
        /// Such as `audio/wav`.
        mime_type: String,
    },
    /// A resource with what it holds.
    Resource {
        /// Where it is.
        uri: String,
        /// What it is.
        mime_type: String,
        /// What it holds.
        body: Body,
    },
    /// A link to a resource. Empty texts are left out.
    Link {
        /// Where it leads.
        uri: String,
        /// The name that clients show.
        name: String,
        /// The title for people.
        title: String,
        /// What it is for.
        description: String,
        /// What it is.
        mime_type: String,
    },
}

/// What a resource holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Body {
    /// A text.
    Text(String),
    /// Bytes in base64.
    Blob(String),
}

/// Whose message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The person's.
    User,
    /// The model's.
    Assistant,
}

/// A message of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Whose it is.
    pub role: Role,
    /// What it says.
    pub content: Block,
}

impl Message {
    /// A message of the person.
    #[must_use]
    pub fn user(content: Block) -> Self {
        Self {
            role: Role::User,
            content,
        }
    }

    /// A message of the model.
    #[must_use]
    pub fn assistant(content: Block) -> Self {
        Self {
            role: Role::Assistant,
            content,
        }
    }
}

impl Block {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// An image of a type such as `image/png`.
    #[must_use]
    pub fn image(bytes: &[u8], mime_type: impl Into<String>) -> Self {
        Self::Image {
            data: STANDARD.encode(bytes),
            mime_type: mime_type.into(),
        }
    }

    /// Audio of a type such as `audio/wav`.
    #[must_use]
    pub fn audio(bytes: &[u8], mime_type: impl Into<String>) -> Self {
        Self::Audio {
            data: STANDARD.encode(bytes),
            mime_type: mime_type.into(),
        }
    }

    /// A resource with what it holds.
    #[must_use]
    pub fn resource(uri: impl Into<String>, mime_type: impl Into<String>, body: Body) -> Self {
        Self::Resource {
            uri: uri.into(),
            mime_type: mime_type.into(),
            body,
        }
    }

    /// A link to a resource, with the name that clients show.
    #[must_use]
    pub fn link(uri: impl Into<String>, name: impl Into<String>) -> Self {
        Self::Link {
            uri: uri.into(),
            name: name.into(),
            title: String::new(),
            description: String::new(),
            mime_type: String::new(),
        }
    }
}

impl Body {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Bytes.
    #[must_use]
    pub fn bytes(bytes: &[u8]) -> Self {
        Self::Blob(STANDARD.encode(bytes))
    }
}

impl BlockSpec {
    /// The content with its arguments put in.
    #[must_use]
    pub fn fill(&self, arguments: &Map<String, Value>) -> Block {
        match self {
            Self::Text(text) => Block::Text(fill(text, arguments)),
            Self::Image { data, mime_type } => Block::Image {
                data: (*data).to_owned(),
                mime_type: (*mime_type).to_owned(),
            },
            Self::Audio { data, mime_type } => Block::Audio {
                data: (*data).to_owned(),
                mime_type: (*mime_type).to_owned(),
            },
            Self::Resource {
                uri,
                mime_type,
                body,
            } => Block::Resource {
                uri: fill(uri, arguments),
                mime_type: (*mime_type).to_owned(),
                body: match body {
                    BodySpec::Text(text) => Body::Text(fill(text, arguments)),
                    BodySpec::Blob(base64) => Body::Blob((*base64).to_owned()),
                },
            },
            Self::Link {
                uri,
                name,
                title,
                description,
                mime_type,
            } => Block::Link {
                uri: fill(uri, arguments),
                name: (*name).to_owned(),
                title: (*title).to_owned(),
                description: (*description).to_owned(),
                mime_type: (*mime_type).to_owned(),
            },
        }
    }
}

/// A text with its arguments put in: texts as they are, anything else as JSON, nothing for one that is absent.
/// What is put in is never looked at again.
#[must_use]
pub fn fill(said: Said, arguments: &Map<String, Value>) -> String {
    let bits = said.iter().map(|bit| match bit {
        Bit::Literal(text) => Cow::Borrowed(*text),
        Bit::Argument(name) => match arguments.get(*name) {
            Some(Value::String(text)) => Cow::Borrowed(text.as_str()),
            Some(Value::Null) | None => Cow::Borrowed(""),
            Some(other) => Cow::Owned(other.to_string()),
        },
    });
    bits.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn arguments_are_put_in_and_not_looked_at_again() {
        const SAID: Said = &[
            Bit::Literal("a "),
            Bit::Argument("b"),
            Bit::Argument("c"),
            Bit::Argument("d"),
        ];
        let arguments = json!({"b": "{{c}}", "c": 7});
        let Value::Object(arguments) = arguments else {
            unreachable!()
        };
        assert_eq!(fill(SAID, &arguments), "a {{c}}7");
    }

    #[test]
    fn bytes_are_said_in_base64() {
        let Block::Image { data, .. } = Block::image(b"\xff\x00", "image/png") else {
            unreachable!()
        };
        assert_eq!(data, "/wA=");
        assert_eq!(Body::bytes(b"hi"), Body::Blob("aGk=".to_owned()));
    }
}
