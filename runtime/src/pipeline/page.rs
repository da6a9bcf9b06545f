//! Lists that come in pages: walks them, cuts them after a whole item, and says how to go on.

use std::{fmt, time::Duration};

use serde_json::{Map, Value};
use tokio::time::Instant;

use super::{
    cut::{mark, size},
    request::request,
    template::{Scope, follow},
};
use crate::{
    tool::{PageSpec, Place, RequestSpec, Step},
    upstream::{Reply, Terms, Upstream},
};

/// The input that asks for every page.
const ALL: &str = "all_pages";
/// How long pages are walked in one call: clients give up after a minute.
const LONGEST: Duration = Duration::from_secs(40);

/// Why a list ends before its last item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The result has no room for more bytes.
    Result(usize),
    /// The replies are larger than is read.
    Replies(usize),
    /// So many items are given in one call.
    Items(usize),
    /// So many pages are walked in one call.
    Pages(usize),
    /// It took too long.
    Time,
    /// The provider gave the same cursor again.
    Circle,
    /// A later page did not come.
    Failed(String),
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Result(limit) => write!(f, "a result has at most {limit} bytes"),
            Self::Replies(limit) => write!(f, "at most {limit} bytes of replies are read"),
            Self::Items(limit) => write!(f, "one call gives at most {limit} items"),
            Self::Pages(limit) => write!(f, "one call walks at most {limit} pages"),
            Self::Time => write!(
                f,
                "one call walks pages for at most {} s",
                LONGEST.as_secs()
            ),
            Self::Circle => f.write_str("the provider gave a cursor that it had given before"),
            Self::Failed(message) => write!(f, "the page after did not come: {message}"),
        }
    }
}

/// Whether a call asks for every page.
pub fn wants_all(input: &Value) -> bool {
    input.get(ALL).and_then(Value::as_bool) == Some(true)
}

/// Fetches the pages after `first` and puts all their items into one reply; and why there are more, if there are.
pub async fn walk(
    upstream: &Upstream,
    terms: Terms,
    spec: &RequestSpec,
    page: &PageSpec,
    scope: Scope<'_>,
    first: Reply,
) -> (Reply, Option<Stop>) {
    let (started, most) = (Instant::now(), upstream.limits().response_bytes);
    let (mut last, mut bytes, mut pages) = (first, 0, 1);
    let (mut items, mut input) = (Vec::new(), scope.input.clone());
    let mut seen: Option<Value> = None;
    let stop = loop {
        bytes += last.bytes;
        let cursor = page.cursor(&last.body);
        items.append(page.items(&mut last.body).unwrap_or(&mut Vec::new()));
        if last.is_cut {
            break Some(Stop::Replies(most));
        }
        let Some(cursor) = cursor else { break None };
        if seen.as_ref() == Some(&cursor) {
            break Some(Stop::Circle);
        }
        if items.len() >= page.max_items {
            break Some(Stop::Items(page.max_items));
        }
        if pages >= page.max_pages {
            break Some(Stop::Pages(page.max_pages));
        }
        if bytes >= most {
            break Some(Stop::Replies(most));
        }
        if started.elapsed() >= LONGEST {
            break Some(Stop::Time);
        }
        if let Value::Object(input) = &mut input {
            input.insert(page.input.to_owned(), cursor.clone());
        }
        seen = Some(cursor);
        let next = match request(
            spec,
            Scope {
                input: &input,
                ..scope
            },
        ) {
            Ok(next) => next,
            Err(error) => break Some(Stop::Failed(error.to_string())),
        };
        match upstream.send(&next, terms).await {
            Ok(reply) => last = reply,
            Err(error) => break Some(Stop::Failed(error.advise(terms.effect))),
        }
        pages += 1;
    };
    last.bytes = bytes;
    let mut more = stop;
    if page.is_by_item() && items.len() > page.max_items {
        items.truncate(page.max_items);
        more = Some(Stop::Items(page.max_items));
    }
    if let Some(list) = page.items(&mut last.body) {
        *list = items;
    }
    (last, more)
}

impl PageSpec {
    /// The cursor of the page after, when there is one.
    pub(super) fn cursor(&self, body: &Value) -> Option<Value> {
        let more = match &self.more {
            Some(more) => follow(body, more.path).and_then(Value::as_bool)?,
            None => true,
        };
        let cursor = follow(body, self.after.path).filter(|_| more)?;
        (!matches!(cursor, Value::Null) && cursor.as_str() != Some("")).then(|| cursor.clone())
    }

    /// Whether a reply says that there is more.
    pub(super) fn says_more(&self, body: &Value) -> bool {
        let more = self.more.as_ref().and_then(|more| follow(body, more.path));
        more.and_then(Value::as_bool) == Some(true)
    }

    pub(super) fn items<'b>(&self, body: &'b mut Value) -> Option<&'b mut Vec<Value>> {
        place(body, &self.items)?.as_array_mut()
    }

    /// Whether the cursor is that of an item, so that a page can be cut after any.
    pub(super) fn is_by_item(&self) -> bool {
        let (list, after) = (self.items.path, self.after.path);
        after.get(..list.len()) == Some(list) && after.get(list.len()) == Some(&Step::Index(-1))
    }

    /// Says in a reply that there is more.
    pub(super) fn say_more(&self, body: &mut Value) {
        let Some(more) = &self.more else { return };
        if let [way @ .., Step::Key(name)] = more.path
            && let Some(Value::Object(members)) = place(
                body,
                &Place {
                    root: more.root,
                    path: way,
                },
            )
        {
            members.insert((*name).to_owned(), true.into());
        }
    }

    /// What is made of the reply, with as many items as fit into `limit` bytes together with what is said of a list that
    /// ends early, at least one. The reply keeps those, so that its cursor is that of the last one. `stop` is why the
    /// list ends early already.
    pub(super) fn fit<E>(
        &self,
        body: &mut Value,
        input: &Value,
        (limit, stop): (usize, Option<&Stop>),
        make: impl Fn(&Value) -> Result<Value, E>,
    ) -> Result<(Value, Option<Stop>), E> {
        let whole = make(body)?;
        let total = self.items(body).map_or(0, |items| items.len());
        let said = stop.map_or(0, |stop| self.said(body, input, stop));
        if size(&whole) + said <= limit || total < 2 {
            return Ok((whole, None));
        }
        self.say_more(body);
        let stop = Stop::Result(limit);
        let mut rest = Vec::new();
        // So many fit, or are too many.
        let (mut fit, mut over) = (1, total);
        while fit + 1 < over {
            let middle = fit.midpoint(over);
            self.keep(body, middle, &mut rest);
            if size(&make(body)?) + self.said(body, input, &stop) <= limit {
                fit = middle;
            } else {
                over = middle;
            }
        }
        self.keep(body, fit, &mut rest);
        Ok((make(body)?, Some(stop)))
    }

    /// The bytes of what a result says that ends early. What is not counted here would be cut from the items again,
    /// behind the back of the cursor.
    fn said(&self, body: &mut Value, input: &Value, stop: &Stop) -> usize {
        let mut said = Map::new();
        mark(&mut said, &self.note(body, input, stop));
        size(&Value::Object(said))
    }

    /// Moves items between the reply and the rest, so that the reply has `count`.
    fn keep(&self, body: &mut Value, count: usize, rest: &mut Vec<Value>) {
        if let Some(items) = self.items(body) {
            items.append(rest);
            *rest = items.split_off(count.min(items.len()));
        }
    }

    /// What a result says that ends early: how much there is, why, and how to go on.
    pub(super) fn note(&self, body: &mut Value, input: &Value, stop: &Stop) -> String {
        let shown = self.items(body).map_or(0, |items| items.len());
        let after = follow(body, self.after.path).cloned();
        let cut = matches!(stop, Stop::Result(_) | Stop::Replies(_));
        let next = match after {
            // A cursor of a whole page would pass over what was cut from it.
            Some(after) if self.is_by_item() || !cut => {
                format!("call again with `{}`: {after} for what follows", self.input)
            }
            _ => {
                let smaller = input.get("limit").is_some();
                format!(
                    "call again for smaller pages{}",
                    if smaller {
                        ", with a smaller `limit`"
                    } else {
                        ""
                    }
                )
            }
        };
        format!("These are {shown} items and there are more: {stop}; {next}.")
    }
}

/// The value at the end of a way of names, to change.
fn place<'b>(body: &'b mut Value, place: &Place) -> Option<&'b mut Value> {
    place.path.iter().try_fold(body, |value, step| match step {
        Step::Key(key) => value
            .as_object_mut()
            .and_then(|object: &mut Map<_, _>| object.get_mut(*key)),
        Step::Index(_) => None,
    })
}
