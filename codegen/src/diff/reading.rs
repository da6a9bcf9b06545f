//! What import itself makes of operations, compared with them: what differs then is what it leaves out, or reads its
//! own way, on purpose.

use std::{collections::BTreeSet, path::Path};

use super::{Change, Comparison};
use crate::{
    diagnostics::Report,
    import,
    load::load_over,
    openapi::{Document, Operation},
    read,
    source::Span,
};

/// The keys of what differs in the operations at some places.
pub(super) fn of(
    document: &Document,
    operations: &[Operation<'_>],
    matched: &BTreeSet<Span>,
) -> BTreeSet<(String, String, Change, String)> {
    let chosen = operations.iter();
    let chosen = chosen.filter(|operation| matched.contains(&operation.key.span));
    let files = import::unchecked(document, operations, &chosen.cloned().collect::<Vec<_>>());
    // Of a manifest that is nowhere.
    let (dir, mut report) = (Path::new(""), Report::default());
    let Ok(mut files) = load_over(dir, &files, &mut report) else {
        return BTreeSet::new();
    };
    let manifest = read::read(dir, &mut files, &mut report);
    let mut comparison = Comparison::new(document, operations);
    comparison.manifest(&manifest);
    let found = comparison.found.iter();
    found.map(super::Found::key).collect()
}
