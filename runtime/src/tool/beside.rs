//! A Rust function beside a call that starts something, which keeps what belongs to what is started.

use serde_json::{Map, Value};

use super::{Answer, Template};
use crate::engine::Context;

/// A function that is told of each step of a call that starts something once.
#[derive(Debug)]
pub struct BesideSpec {
    /// What it is given, made of the call's input.
    pub with: &'static [(&'static str, Template)],
    /// The function.
    pub native: NativeBeside,
}

/// [`BesideSpec::native`]: what is given, and where the call is. It answers with members for the result; `note` is added
/// to what the result notes.
pub type NativeBeside = fn(Map<String, Value>, Along, Context) -> Answer<Map<String, Value>>;

/// Where a call is that starts something once.
#[derive(Debug, Clone, PartialEq)]
pub struct Along {
    /// By which what is started is found again, by any process.
    pub token: String,
    /// Whether the caller gave the token: only then an earlier call may have had it.
    pub is_given: bool,
    /// See there.
    pub moment: Moment,
}

/// A step of a call that starts something once. A process may die between any two of them, and the call may be repeated
/// with its token by another.
#[derive(Debug, Clone, PartialEq)]
pub enum Moment {
    /// Before anybody is asked: an error says that what is given can not be done, and the call is refused.
    Asked,
    /// Nothing has been sent yet, and is now, unless this fails. What is kept here outlives a crash.
    Begins,
    /// It was started: by this call, or by an earlier one or another process with the token. So the list or the provider
    /// describe it. An error is told beside the result.
    Started(Value),
    /// It is sure that nothing was started by this call.
    Nothing,
}
