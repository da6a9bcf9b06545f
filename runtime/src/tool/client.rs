//! What a server does with its clients besides answering, as data.

/// What a server may ask of its clients, and tell them unasked. Whatever is named here makes the server keep
/// sessions with clients before 2026-07-28, who are reached in no other way.
#[derive(Debug, Clone, Copy, Default)]
pub struct ClientUse {
    /// What Rust functions may ask for while they run.
    pub asks: &'static [Ask],
    /// Whether they send log messages.
    pub logs: bool,
    /// The lists that change while the server runs.
    pub announces: &'static [List],
}

/// Something that a client may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ask {
    /// An answer of the person.
    Elicitation,
    /// An answer of the model.
    Sampling,
    /// The directories that it works in.
    Roots,
}

/// A list that clients may keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    /// `tools/list`
    Tools,
    /// `prompts/list`
    Prompts,
    /// `resources/list`
    Resources,
}

impl Ask {
    /// The name of the capability that a client declares.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Elicitation => "elicitation",
            Self::Sampling => "sampling",
            Self::Roots => "roots",
        }
    }
}
