//! The schemas inside the inputs of tools: what model APIs are given, each keyword of which some refuse.

use crate::{
    model::{Manifest, Tool},
    node::Node,
    schema::walk,
};

/// Calls `visit` for every schema inside the input of every tool, outermost first.
pub(super) fn visit<'m>(manifest: &'m Manifest, visit: &mut dyn FnMut(&'m Tool, &'m Node)) {
    for tool in &manifest.tools {
        walk(&tool.input, &mut |schema| visit(tool, schema));
    }
}
