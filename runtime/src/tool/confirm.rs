//! What is asked of a person before a call, and what calls may use up, as data.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Answer, FunctionError, Said};
use crate::engine::Context;

/// What a person is asked before a call.
#[derive(Debug)]
pub struct ConfirmSpec {
    /// The question; inputs are put in.
    pub ask: Said,
    /// What says how much the call would use; it is told with the question, and held against the limits.
    pub estimate: Option<NativeEstimate>,
    /// What becomes of a call whose client can not be asked, when the command line leaves it open.
    pub unasked: Unasked,
}

/// What becomes of a call of which nobody can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unasked {
    /// It is made: such clients ask their person by themselves.
    Allow,
    /// It is refused, unless it says that the person was asked.
    Refuse,
}

/// A limit on what calls use up.
#[derive(Debug)]
pub struct LimitSpec {
    /// The name that estimates and `--spending` take.
    pub name: &'static str,
    /// What is counted, such as `dollars for one launch`.
    pub description: &'static str,
    /// The most; `None` for no limit unless the command line sets one.
    pub most: Option<f64>,
}

/// A Rust function that says how much a call would use, of its input as JSON.
pub type NativeEstimate = fn(Value, Context) -> Answer<Estimate>;

/// How much a call would use.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Estimate {
    /// What a person is told of it, in sentences on one line. What an agent said stands in it as [`shown`] makes it.
    pub text: String,
    /// What it uses of each limit. A limit that is not here is taken to be unknown.
    pub uses: Vec<Use>,
    /// What the call starts is known by, before it has a token: then it is not counted twice.
    pub key: Option<String>,
}

/// What a call would use of one limit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Use {
    /// The limit's name.
    pub limit: String,
    /// How much this call would add; `None` when that can not be said.
    pub adds: Option<f64>,
    /// What other calls used of it; `None` for a limit on each call by itself.
    pub used: Option<Vec<Used>>,
    /// How it was counted, or why it can not be said.
    pub counted: String,
}

/// What another call used of a limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Used {
    /// What it started is known by, tokens among it: what this process started is then not counted twice.
    pub keys: Vec<String>,
    /// How much, and 0 for what has ended: of what is not listed at all, this process may know better for a while.
    /// `None` when that can not be said.
    pub amount: Option<f64>,
}

/// The most characters of an input in a question.
const SHOWN: usize = 200;

/// A text of an agent as it may stand in what a person is asked: on one line, of bounded length, and in quotes unless it
/// is a name, so that it does not look like what the server asks.
#[must_use]
pub fn shown(text: &str) -> String {
    let short = bounded(text);
    let is_name = |c: char| c.is_alphanumeric() || "-_.:/@+…".contains(c);
    if short.chars().all(is_name) {
        short
    } else {
        Value::String(short).to_string()
    }
}

/// The start of a text, on one line.
pub(crate) fn bounded(text: &str) -> String {
    let mut short: String = one_line(text).chars().take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        short.push('…');
    }
    short
}

/// A text without what is [unseen](is_unseen).
pub(crate) fn one_line(text: &str) -> String {
    let seen = |c| if is_unseen(c) { ' ' } else { c };
    text.chars().map(seen).collect()
}

/// Whether a character moves a cursor, breaks a line, is not seen or turns the direction of what follows: what data and
/// providers say is shown to a person without it.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// [`ConfirmSpec::estimate`] for a typed Rust function.
pub fn estimate<I, F>(
    input: Value,
    context: Context,
    function: impl FnOnce(I, Context) -> F + Send + 'static,
) -> Answer<Estimate>
where
    I: DeserializeOwned + Send + 'static,
    F: Future<Output = Result<Estimate, FunctionError>> + Send,
{
    Box::pin(async move {
        let unfit = |error: serde_json::Error| FunctionError(error.to_string());
        function(serde_json::from_value(input).map_err(unfit)?, context).await
    })
}
