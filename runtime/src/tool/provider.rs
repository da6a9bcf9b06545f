//! `providers.yaml`, as data.

/// A provider: where requests go and what it can not do.
#[derive(Debug)]
pub struct ProviderSpec {
    /// The name that `--provider` takes.
    pub name: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// What a user must know before using it, or empty. Told at start and in the server's instructions.
    pub notice: &'static str,
    /// Where its API begins, without a slash at the end; `None` for a provider inside this process.
    pub base_url: Option<Text>,
    /// Ways to prove who calls, the first whose variables are set is used; empty for none.
    pub auth: &'static [Auth],
    /// Other keys by name, for requests that need one; see [`RequestSpec::key`](super::RequestSpec::key).
    pub keys: &'static [(&'static str, &'static [Auth])],
    /// Headers sent with every request; one whose text comes out empty is left out.
    pub headers: &'static [(&'static str, Text)],
    /// What goes to the query of every request; a text that comes out empty is left out.
    pub query: &'static [(&'static str, Text)],
    /// What templates take as `$provider.NAME`: each a JSON text.
    pub values: &'static [(&'static str, &'static str)],
    /// Names of the tools and the [`Feature`](super::Feature)s that it does not have.
    pub lacks: &'static [&'static str],
}

impl ProviderSpec {
    /// Whether it is inside this process: a simulator.
    #[must_use]
    pub const fn is_embedded(&self) -> bool {
        self.base_url.is_none()
    }
}

/// A way to prove who calls.
#[derive(Debug, Clone, Copy)]
pub enum Auth {
    /// `Authorization: Bearer …`.
    Bearer(Text),
    /// A header of the provider's own, such as `api-key`.
    Header(&'static str, Text),
}

/// Text with references to the environment, only in providers.
pub type Text = &'static [Piece];

/// A piece of [`Text`].
#[derive(Debug, Clone, Copy)]
pub enum Piece {
    /// As it stands.
    Literal(&'static str),
    /// `${NAME}` or `${NAME:-default}`. A variable that is unset or empty takes its default.
    Env {
        /// The variable's name; `NAME_FILE` may name a file that holds the value instead.
        name: &'static str,
        /// What stands in when the variable is unset or empty; `None` when it is required.
        default: Option<&'static str>,
    },
}
