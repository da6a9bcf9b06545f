//! What a server advertises of its table. Only what works: an advertised capability that fails, such as
//! `subscribe`, breaks older clients.

use rmcp::model::{
    PromptsCapability, ResourcesCapability, ServerCapabilities, TASKS_EXTENSION_ID, ToolsCapability,
};

use crate::tool::{ClientUse, Complete, List, Table};

/// What the server can do.
pub(super) fn capabilities(table: &Table) -> ServerCapabilities {
    let changes = |list| {
        table
            .server
            .client
            .announces
            .contains(&list)
            .then_some(true)
    };
    let mut capabilities = ServerCapabilities::default();
    let mut tools = ToolsCapability::default();
    tools.list_changed = changes(List::Tools);
    capabilities.tools = Some(tools);
    if !table.prompts.is_empty() {
        let mut prompts = PromptsCapability::default();
        prompts.list_changed = changes(List::Prompts);
        capabilities.prompts = Some(prompts);
    }
    if !table.resources.is_empty() {
        let mut resources = ResourcesCapability::default();
        resources.list_changed = changes(List::Resources);
        resources.subscribe = subscribes(table).then_some(true);
        capabilities.resources = Some(resources);
    }
    if completes(table) {
        capabilities.completions = Some(serde_json::Map::new());
    }
    if runs_tasks(table) {
        let extensions = capabilities.extensions.get_or_insert_default();
        extensions.insert(TASKS_EXTENSION_ID.to_owned(), serde_json::Map::new());
    }
    if table.server.client.logs {
        capabilities.logging = Some(serde_json::Map::new());
    }
    capabilities
}

/// Whether calls of some tool run as tasks.
pub(super) fn runs_tasks(table: &Table) -> bool {
    table.tools.iter().any(|tool| tool.task.is_some())
}

/// Whether any argument is completed.
pub(super) fn completes(table: &Table) -> bool {
    let arguments = table.prompts.iter().flat_map(|prompt| prompt.arguments);
    let variables = table
        .resources
        .iter()
        .flat_map(|resource| resource.variables);
    let mut all = arguments
        .map(|argument| &argument.complete)
        .chain(variables.map(|variable| &variable.complete));
    all.any(|complete| !matches!(complete, Complete::Nothing))
}

/// Whether clients may ask to be told when some resource changes.
pub(super) fn subscribes(table: &Table) -> bool {
    table.resources.iter().any(|resource| resource.subscribe)
}

/// Whether clients before 2026-07-28 are asked or told anything by the server, wherever they are. Who may subscribe to
/// a resource may read it as well: that is no reason for sessions, which tie a client to one replica.
pub(super) fn speaks_first(table: &Table) -> bool {
    let ClientUse {
        asks,
        logs,
        announces,
    } = table.server.client;
    !asks.is_empty() || logs || !announces.is_empty()
}
