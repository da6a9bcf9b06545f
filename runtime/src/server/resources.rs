//! Resources as MCP has them.

use rmcp::model::{Resource, ResourceTemplate};

use crate::tool::ResourceSpec;

/// A resource as `resources/list` shows it; `None` for a template.
pub(super) fn listed(spec: &ResourceSpec) -> Option<Resource> {
    let resource = Resource::new(spec.uri, spec.name)
        .with_title(spec.title)
        .with_description(spec.description)
        .with_mime_type(spec.mime_type);
    spec.variables.is_empty().then_some(resource)
}

/// A template as `resources/templates/list` shows it; `None` for a plain resource.
pub(super) fn template(spec: &ResourceSpec) -> Option<ResourceTemplate> {
    let template = ResourceTemplate::new(spec.uri, spec.name)
        .with_title(spec.title)
        .with_description(spec.description)
        .with_mime_type(spec.mime_type);
    (!spec.variables.is_empty()).then_some(template)
}
