//! Every schema of a manifest, for the rules about schemas.

use super::inputs;
use crate::{model::Manifest, node::Node};

/// The schemas of tools, functions and data, with the name they belong to.
pub(super) fn all(manifest: &Manifest) -> impl Iterator<Item = (&str, &Node)> {
    let tools = manifest
        .tools
        .iter()
        .flat_map(|tool| [(&tool.name, &tool.input), (&tool.name, &tool.output)]);
    let functions = manifest.functions.iter();
    let functions = functions.flat_map(|function| {
        [
            (&function.name, &function.input),
            (&function.name, &function.output),
        ]
    });
    let data = manifest.data.iter().map(|data| (&data.name, &data.schema));
    tools
        .chain(functions)
        .chain(data)
        .map(|(name, schema)| (name.text.as_str(), schema))
}

/// Those, and what providers take, each with the tool that it belongs to.
pub(super) fn with_tools(manifest: &Manifest) -> Vec<(Option<&str>, &Node)> {
    let mut schemas = shown(manifest);
    inputs::taken(manifest, &mut |tool, _, takes| {
        schemas.push((Some(tool.name.text.as_str()), takes));
    });
    schemas
}

/// The schemas of tools, functions and data, each with the tool that it belongs to.
pub(super) fn shown(manifest: &Manifest) -> Vec<(Option<&str>, &Node)> {
    let tools = manifest.tools.iter();
    let mut schemas: Vec<_> = tools
        .flat_map(|tool| {
            let name = Some(tool.name.text.as_str());
            [(name, &tool.input), (name, &tool.output)]
        })
        .collect();
    let functions = manifest.functions.iter();
    let functions = functions.flat_map(|function| [&function.input, &function.output]);
    let data = manifest.data.iter().map(|data| &data.schema);
    schemas.extend(functions.chain(data).map(|schema| (None, schema)));
    schemas
}

/// Those, and what providers take, which no client sees.
pub(super) fn every(manifest: &Manifest) -> Vec<&Node> {
    let mut schemas: Vec<_> = all(manifest).map(|(_, schema)| schema).collect();
    inputs::taken(manifest, &mut |_, _, takes| schemas.push(takes));
    schemas
}
