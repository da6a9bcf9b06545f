//! Lists as the API pages them: `after` names the last item of the page before, `has_more` tells of a next one.

use serde_json::{Value, json};

use crate::check;
use crate::errors::ApiError;

/// The query of a list call, in the order it was sent.
#[derive(Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) const fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Refuses parameters that this call does not have; `metadata[k]` counts as `metadata`.
    pub(crate) fn deny_unknown(&self, known: &[&str]) -> Result<(), ApiError> {
        let unknown = self.pairs().find(|(key, _)| {
            let base = key.split('[').next().unwrap_or(key);
            // What the gate of a flavour looked at.
            base != "api-version" && !known.contains(&base)
        });
        match unknown {
            None => Ok(()),
            Some((key, _)) => Err(ApiError::invalid(
                "unknown_parameter",
                key.to_owned(),
                format!("Unknown parameter: '{key}'."),
            )),
        }
    }

    /// How many items and after which one.
    pub(crate) fn page(&self, default: i64, most: i64) -> Result<Page<'_>, ApiError> {
        let limit = match self.get("limit") {
            None => default,
            Some(text) => {
                let number = text
                    .parse::<i64>()
                    .map_or_else(|_| Value::from(text), Value::from);
                check::integer("limit", &number, 1, most)?
            }
        };
        Ok(Page {
            after: self.get("after").filter(|after| !after.is_empty()),
            limit: usize::try_from(limit).unwrap_or(usize::MAX),
        })
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Page<'a> {
    after: Option<&'a str>,
    limit: usize,
}

impl Page<'_> {
    /// The items of this page and whether more follow; `is` tells whether an item has an id. An `after` that names no item is refused: a silent first page
    /// would make a client go round in circles.
    pub(crate) fn cut<T>(
        &self,
        mut items: impl Iterator<Item = T>,
        is: impl Fn(&T, &str) -> bool,
    ) -> Result<(Vec<T>, bool), ApiError> {
        if let Some(after) = self.after
            && !items.by_ref().any(|item| is(&item, after))
        {
            return Err(ApiError::invalid(
                "invalid_value",
                "after".to_owned(),
                format!("Invalid 'after': no item with the id '{after}' in this list."),
            ));
        }
        let page: Vec<T> = items.by_ref().take(self.limit).collect();
        let more = items.next().is_some();
        Ok((page, more))
    }
}

/// The envelope of a list.
pub(crate) fn list(data: Vec<Value>, has_more: bool) -> Value {
    json!({"object": "list", "data": Value::Array(data), "has_more": has_more})
}

/// The envelope of the lists that also name their first and last item; `empty` stands for the ids of an empty list.
pub(crate) fn list_with_ends(data: Vec<Value>, has_more: bool, empty: &Value) -> Value {
    let id = |item: Option<&Value>| {
        item.and_then(|item| item.get("id"))
            .cloned()
            .unwrap_or_else(|| empty.clone())
    };
    let (first, last) = (id(data.first()), id(data.last()));
    let mut page = list(data, has_more);
    if let Some(page) = page.as_object_mut() {
        page.insert("first_id".to_owned(), first);
        page.insert("last_id".to_owned(), last);
    }
    page
}
