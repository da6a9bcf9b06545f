//! What a manifest must be besides readable.

use crate::{diagnostics::Report, model::Manifest};

/// Runs every rule.
pub(crate) fn check(_manifest: &Manifest, _report: &mut Report) {}
