//! Which operations of a document are meant.

use crate::{names::suggestion, openapi::Operation};

/// Operations by their ids, by their tags, or all of them.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Ids, or `POST /path` of one that has none.
    pub operations: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Everything.
    pub all: bool,
}

impl Choice {
    /// The operations that are meant, in the document's order; else what is not there.
    pub(super) fn of<'d>(&self, all: &[Operation<'d>]) -> Result<Vec<Operation<'d>>, String> {
        if self.all && all.is_empty() {
            return Err("the document has no operations: there are none under `paths`".to_owned());
        }
        let mut unknown = Vec::new();
        for name in &self.operations {
            if !all.iter().any(|operation| is_named(operation, name)) {
                let ids = all.iter().filter_map(Operation::id);
                unknown.push(missing("operation", name, ids));
            }
        }
        for tag in &self.tags {
            if !all.iter().any(|operation| has_tag(operation, tag)) {
                unknown.push(missing("tag", tag, all.iter().flat_map(Operation::tags)));
            }
        }
        if !unknown.is_empty() {
            return Err(unknown.join("\n"));
        }
        let meant = |operation: &&Operation<'d>| {
            self.all
                || self.operations.iter().any(|name| is_named(operation, name))
                || self.tags.iter().any(|tag| has_tag(operation, tag))
        };
        Ok(all.iter().filter(meant).cloned().collect())
    }
}

fn is_named(operation: &Operation<'_>, name: &str) -> bool {
    operation.id() == Some(name) || operation.endpoint().eq_ignore_ascii_case(name)
}

fn has_tag(operation: &Operation<'_>, tag: &str) -> bool {
    operation
        .tags()
        .iter()
        .any(|one| one.eq_ignore_ascii_case(tag))
}

fn missing<'n>(what: &str, name: &str, names: impl Iterator<Item = &'n str>) -> String {
    let hint = suggestion(name, names).map_or_else(String::new, |hint| format!(": {hint}"));
    format!("the document has no {what} `{name}`{hint}")
}
