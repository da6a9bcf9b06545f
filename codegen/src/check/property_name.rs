//! `property-name`: model APIs refuse an input with a property of this name.

use super::inputs;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::Node,
};

/// The longest that is taken.
const LONGEST: usize = 64;

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    inputs::visit(manifest, &mut |tool, schema| {
        for (key, _) in schema.get("properties").map_or(&[][..], Node::members) {
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
            let fits = (1..=LONGEST).contains(&key.text.len()) && key.text.chars().all(plain);
            if !fits {
                let message = format!("some model APIs refuse a property named `{}`", key.text);
                let mistake = Mistake::new("property-name", key.span, message);
                let help = "name it with up to 64 letters, digits, `_`, `.` and `-`; \
                            the template says what the provider calls it";
                report.add(mistake.help(help).tool(&tool.name.text));
            }
        }
    });
}
