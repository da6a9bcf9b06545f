//! Resources as MCP has them.

use rmcp::{
    ErrorData, RoleServer,
    model::{
        CacheScope, ListResourceTemplatesRequestMethod, ListResourceTemplatesResult,
        ListResourcesRequestMethod, ListResourcesResult, PaginatedRequestParams,
        ReadResourceRequestMethod, ReadResourceRequestParams, ReadResourceResponse,
        ReadResourceResult, Resource, ResourceTemplate,
    },
    service::RequestContext,
};
use serde_json::json;

use super::{
    Handler, Kept, TTL_MS, content, exchange::unanswered_error, is_modern, misshapen, one_page,
};
use crate::{
    client::Unanswered,
    tool::{Read, ResourceSpec},
};

impl Handler {
    /// `resources/list`
    pub(super) fn resources(
        &self,
        request: Option<PaginatedRequestParams>,
        context: &RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        if self.table().resources.is_empty() {
            return Err(misshapen::not_served::<ListResourcesRequestMethod>());
        }
        one_page(request)?;
        let resources = self.server.shared.engine.resources();
        let listed = resources.filter_map(listed).collect();
        let Kept {
            ttl_ms,
            cache_scope,
            meta,
        } = self.server.kept(context);
        Ok(ListResourcesResult {
            ttl_ms,
            cache_scope,
            meta,
            ..ListResourcesResult::with_all_items(listed)
        })
    }

    /// `resources/templates/list`
    pub(super) fn templates(
        &self,
        request: Option<PaginatedRequestParams>,
        context: &RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        if self.table().resources.is_empty() {
            return Err(misshapen::not_served::<ListResourceTemplatesRequestMethod>());
        }
        one_page(request)?;
        let resources = self.server.shared.engine.resources();
        let listed = resources.filter_map(template).collect();
        let Kept {
            ttl_ms,
            cache_scope,
            meta,
        } = self.server.kept(context);
        Ok(ListResourceTemplatesResult {
            ttl_ms,
            cache_scope,
            meta,
            ..ListResourceTemplatesResult::with_all_items(listed)
        })
    }

    /// `resources/read`
    pub(super) async fn read(
        &self,
        request: ReadResourceRequestParams,
        context: &RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        if self.table().resources.is_empty() {
            return Err(misshapen::not_served::<ReadResourceRequestMethod>());
        }
        let engine = &self.server.shared.engine;
        let Some((spec, variables)) = engine.find_resource(&request.uri) else {
            let message = format!(
                "there is no resource `{}`: resources/list and resources/templates/list say which there are",
                request.uri
            );
            return Err(ErrorData::resource_not_found(
                message,
                Some(json!({"uri": request.uri})),
            ));
        };
        let (round, client) = self.client(
            context,
            None,
            "resources/read",
            false,
            || json!(request.uri),
            (request.input_responses, request.request_state.as_deref()),
        )?;
        let read = Box::pin(engine.read_for(client.clone(), spec, variables));
        let body = match self.calls.run(&context.ct, read).await {
            Ok(Ok(body)) => body,
            Ok(Err(Unanswered::Asks(questions))) => {
                return Ok(self.ask(round, &client, questions)?.into());
            }
            Ok(Err(unanswered)) => {
                let data = json!({"uri": request.uri});
                return Err(unanswered_error(unanswered, context, Some(data)));
            }
            Err(stopped) => return Err(stopped.into_error(&request.uri)),
        };
        let contents = content::contents(request.uri, spec.mime_type.to_owned(), body);
        let mut result = ReadResourceResult::new(vec![contents]);
        if is_modern(context) {
            // What a provider or a function said holds for one caller and for now.
            let (ttl_ms, scope) = match spec.read {
                Read::Text(_) | Read::Blob(_) | Read::Json(_) => (TTL_MS, CacheScope::Public),
                Read::Tool { .. } | Read::Native(_) => (0, CacheScope::Private),
            };
            result = result.with_ttl_ms(ttl_ms).with_cache_scope(scope);
            result.meta = Some(self.server.meta());
        }
        Ok(result.into())
    }
}

/// A resource as `resources/list` shows it; `None` for a template.
fn listed(spec: &ResourceSpec) -> Option<Resource> {
    let resource = Resource::new(spec.uri, spec.name)
        .with_title(spec.title)
        .with_description(spec.description)
        .with_mime_type(spec.mime_type);
    spec.variables.is_empty().then_some(resource)
}

/// A template as `resources/templates/list` shows it; `None` for a plain resource.
fn template(spec: &ResourceSpec) -> Option<ResourceTemplate> {
    let template = ResourceTemplate::new(spec.uri, spec.name)
        .with_title(spec.title)
        .with_description(spec.description)
        .with_mime_type(spec.mime_type);
    (!spec.variables.is_empty()).then_some(template)
}
