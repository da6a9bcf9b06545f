//! Values through their Rust types, into functions and back.

use std::{future::Future, pin::Pin};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, Error as _},
};
use serde_json::{Map, Value};

use super::{Answer, Block};
use crate::engine::Context;

/// Takes an input through its Rust type and back: the canonical input, or where it does not fit.
pub type Typed = fn(Value) -> Result<Value, serde_json::Error>;

/// A function for templates, its arguments as one object. `null` counts as absent.
pub type Function = fn(Map<String, Value>) -> Result<Value, FunctionError>;

/// A tool in Rust, its input and result as JSON.
pub type Native = fn(Value, Context) -> NativeFuture;

/// What a [`Native`] tool gives back.
pub type NativeFuture = Pin<Box<dyn Future<Output = Result<Value, FunctionError>> + Send>>;

/// A tool in Rust that returns content, its input as JSON.
pub type NativeContent = fn(Value, Context) -> Answer<Vec<Block>>;

/// Why a function or a native tool could not answer: a sentence that says what to do, for the agent to read.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct FunctionError(pub String);

/// An integer of an input. JSON Schema counts `5.0` among them, which `i64` alone would refuse; it is
/// written back as `5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Integer(pub i64);

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        // Above 2^53 a float names no integer in particular, but any that it could name is near it.
        let whole = number
            .as_f64()
            .filter(|float| float.fract() == 0.0 && float.abs() < 9.0e18);
        #[expect(clippy::cast_possible_truncation, reason = "whole and within range")]
        let integer = number.as_i64().or(whole.map(|float| float as i64));
        integer
            .map(Self)
            .ok_or_else(|| D::Error::custom(format!("`{number}` is not an integer of 64 bits")))
    }
}

/// [`ToolSpec::typed`](super::ToolSpec::typed) for the input type `T`.
///
/// # Errors
/// Where the value does not fit `T`. The round-trip tests keep schema and type in step, so this is
/// not expected after validation.
pub fn typed<T: DeserializeOwned + Serialize>(input: Value) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_value::<T>(input)?)
}

/// [`ToolSpec::typed`](super::ToolSpec::typed) for a tool whose input has no Rust type: it was validated, and goes on
/// as it is.
///
/// # Errors
/// None.
pub fn untyped(input: Value) -> Result<Value, serde_json::Error> {
    Ok(input)
}

/// [`CallSpec::function`](super::CallSpec::function) for a typed Rust function.
///
/// # Errors
/// What the function says, or that its arguments do not fit their types.
pub fn function<A, R>(
    arguments: Map<String, Value>,
    function: impl FnOnce(A) -> Result<R, FunctionError>,
) -> Result<Value, FunctionError>
where
    A: DeserializeOwned,
    R: Serialize,
{
    let unfit = |error: serde_json::Error| FunctionError(error.to_string());
    let arguments = serde_json::from_value(Value::Object(arguments)).map_err(unfit)?;
    serde_json::to_value(function(arguments)?).map_err(unfit)
}

/// [`Action::Native`](super::Action::Native) for a typed Rust function.
pub fn native<I, O, F>(
    input: Value,
    context: Context,
    function: impl FnOnce(I, Context) -> F + Send + 'static,
) -> NativeFuture
where
    I: DeserializeOwned + Send + 'static,
    O: Serialize,
    F: Future<Output = Result<O, FunctionError>> + Send,
{
    Box::pin(async move {
        let unfit = |error: serde_json::Error| FunctionError(error.to_string());
        let input = serde_json::from_value(input).map_err(unfit)?;
        serde_json::to_value(function(input, context).await?).map_err(unfit)
    })
}

/// [`Action::NativeContent`](super::Action::NativeContent) for a typed Rust function.
pub fn content<I, F>(
    input: Value,
    context: Context,
    function: impl FnOnce(I, Context) -> F + Send + 'static,
) -> Answer<Vec<Block>>
where
    I: DeserializeOwned + Send + 'static,
    F: Future<Output = Result<Vec<Block>, FunctionError>> + Send,
{
    Box::pin(async move {
        let unfit = |error: serde_json::Error| FunctionError(error.to_string());
        function(serde_json::from_value(input).map_err(unfit)?, context).await
    })
}
