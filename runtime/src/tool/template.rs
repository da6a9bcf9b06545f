//! Templates, as data: JSON values with places to fill.

use super::Function;

/// A JSON value with places to fill; the same language makes a request from an input and a result
/// from replies. A place with nothing in it drops its key, and an object that is empty because all
/// of its keys were dropped goes too.
#[derive(Debug)]
pub enum Template {
    /// `null`
    Null,
    /// A constant.
    Bool(bool),
    /// A constant.
    Integer(i64),
    /// A constant.
    Number(f64),
    /// A constant.
    Text(&'static str),
    /// A list; absent elements are left out.
    List(&'static [Template]),
    /// An object; absent members are left out.
    Object(&'static [(&'static str, Template)]),
    /// `$name.path`
    Take(Place),
    /// `{$first: […]}`: the first that is present.
    First(&'static [Template]),
    /// `{$call: name, …}`
    Call(&'static CallSpec),
    /// `{$each: $list, …}`: a list of the same length. Absent when the list is.
    Each {
        /// The list.
        list: Place,
        /// What becomes of each element, which is [`Root::Item`] inside.
        item: &'static Template,
    },
    /// `{$join: $list}`: the elements as one text; what is no list is its text. Absent when the list is absent or
    /// empty.
    Join {
        /// The list.
        list: Place,
        /// What stands between the elements.
        separator: &'static str,
    },
    /// `{$json: …}`: a value as JSON text; a text stays as it is. Absent when the value is.
    Json(&'static Template),
}

/// A place in what a template draws on.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Where the path begins.
    pub root: Root,
    /// The way from there; empty for the whole.
    pub path: &'static [Step],
}

/// What a template draws on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// The call's input, an object.
    Input,
    /// The reply to the request at this index of [`Action::Http`](super::Action::Http), in result templates only.
    Reply(usize),
    /// The headers of the reply to the request at this index, in result templates only: those that
    /// [`RequestSpec::reply_headers`](super::RequestSpec::reply_headers) names.
    ReplyHeaders(usize),
    /// [`ProviderSpec::values`](super::ProviderSpec::values), as an object.
    Provider,
    /// The element at hand of the innermost [`Template::Each`].
    Item,
}

/// A step on a way into a JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A member of an object.
    Key(&'static str),
    /// An element of a list; negative counts from the end.
    Index(i64),
}

/// A call of a Rust function in a template.
#[derive(Debug)]
pub struct CallSpec {
    /// The function's name in `functions.yaml`, for messages.
    pub name: &'static str,
    /// The function; see [`function`](super::function).
    pub function: Function,
    /// Its arguments by name.
    pub arguments: &'static [(&'static str, Template)],
    /// Arguments without which the call is not made: its place is then absent.
    pub required: &'static [&'static str],
}
