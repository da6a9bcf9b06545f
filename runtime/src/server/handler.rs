//! One connection's or session's view of the server, as rmcp calls it.
#![expect(
    deprecated,
    reason = "subscribing and log levels are deprecated, and there are clients with them"
)]

use std::sync::Arc;

use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CacheScope, CallToolRequestParams, CallToolResponse, CancelTaskMethod, CancelTaskParams,
        CompleteRequestParams, CompleteResult, CustomRequest, CustomResult, DiscoverResult,
        GetPromptRequestParams, GetPromptResponse, GetTaskMethod, GetTaskParams, GetTaskResult,
        InitializeRequestParams, InitializeResult, ListPromptsResult, ListResourceTemplatesResult,
        ListResourcesResult, ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams,
        ReadResourceResponse, ServerConfig, SetLevelRequestMethod, SetLevelRequestParams,
        SubscribeRequestMethod, SubscribeRequestParams, SubscriptionFilter, Tool,
        UnsubscribeRequestMethod, UnsubscribeRequestParams, UpdateTaskMethod, UpdateTaskParams,
    },
    service::{NotificationContext, RequestContext, SubscriptionContext},
};
use serde_json::json;

use super::{
    Calls, Kept, Server, TTL_MS,
    capabilities::subscribes,
    is_modern, misshapen, one_page,
    session::{self, Session},
    tasked::{Begun, unknown},
    tasks,
};
use crate::tool::Table;

/// A [`Server`] with the calls that run on it.
#[derive(Debug, Clone)]
pub(crate) struct Handler {
    pub(super) server: Server,
    pub(super) calls: Calls,
    /// Shared by what belongs to one connection or session; `None` where there are no sessions.
    pub(super) session: Option<Arc<Session>>,
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        self.server.shared.config.clone()
    }

    /// For clients before 2026-07-28: without a session none of them can be told of a change.
    async fn initialize(
        &self,
        request: InitializeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<InitializeResult, ErrorData> {
        let mut result = self.negotiate_initialize(&request)?;
        if let Some(resources) = &mut result.capabilities.resources
            && self.session.is_none()
        {
            resources.subscribe = None;
        }
        context.peer.set_peer_info(request);
        Ok(result)
    }

    async fn discover(&self, _: RequestContext<RoleServer>) -> Result<DiscoverResult, ErrorData> {
        let versions = self.supported_protocol_versions().into_owned();
        let config = self.server.shared.config.clone();
        Ok(DiscoverResult::from_server_info(versions, config)
            .with_ttl_ms(TTL_MS)
            .with_cache_scope(CacheScope::Public))
    }

    /// Without it rmcp silently skips the check that `Mcp-Param-*` headers agree with the arguments.
    fn get_tool(&self, name: &str) -> Option<Tool> {
        let listed = &self.server.tools().tools;
        listed.iter().find(|tool| tool.name == name).cloned()
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        one_page(request)?;
        let Kept {
            ttl_ms,
            cache_scope,
            meta,
        } = self.server.kept(&context);
        Ok(ListToolsResult {
            ttl_ms,
            cache_scope,
            meta,
            ..self.server.tools().clone()
        })
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let task = match self.begin_task(&request.name, &context)? {
            Begun::Call(task) => task,
            Begun::Full(message) => return Ok(self.failed(message, &context).into()),
        };
        let (round, client) = self.client(
            &context,
            task.as_ref(),
            "tools/call",
            self.server.shared.engine.confirms(&request.name),
            || json!([request.name, arguments]),
            (request.input_responses, request.request_state.as_deref()),
        )?;
        let name = request.name;
        if let Some(task) = task {
            return self
                .call_as_task(task, context, round, client, name, arguments)
                .await;
        }
        let engine = &self.server.shared.engine;
        // Boxed before it becomes part of the request: that is moved several times on its way through rmcp and tokio,
        // and copying a whole call each time took a third of all instructions. So below for what may be as large.
        let call = Box::pin(engine.call_for(client.clone(), &name, arguments));
        let outcome = match self.calls.run(&context.ct, call).await {
            Ok(outcome) => outcome.map_err(unknown)?,
            Err(stopped) => return Err(stopped.into_error(&name)),
        };
        self.answer(outcome, round, &client, is_modern(&context))
    }

    async fn get_task(
        &self,
        request: GetTaskParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetTaskResult, ErrorData> {
        let task = self.find_task::<GetTaskMethod>(&request.task_id, &context)?;
        let mut result = GetTaskResult::new(task.detailed());
        result.meta = Some(self.server.meta());
        Ok(result)
    }

    async fn update_task(
        &self,
        request: UpdateTaskParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        let task = self.find_task::<UpdateTaskMethod>(&request.task_id, &context)?;
        tasks::answer(&task, request.input_responses)
    }

    async fn cancel_task(
        &self,
        request: CancelTaskParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        let task = self.find_task::<CancelTaskMethod>(&request.task_id, &context)?;
        task.stop().cancel();
        Ok(())
    }

    async fn list_prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        self.prompts(request, &context)
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        self.prompt(request, &context).await
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        self.resources(request, &context)
    }

    async fn list_resource_templates(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        self.templates(request, &context)
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        self.read(request, &context).await
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        self.completion(request, &context).await
    }

    async fn on_custom_request(
        &self,
        request: CustomRequest,
        context: RequestContext<RoleServer>,
    ) -> Result<CustomResult, ErrorData> {
        Err(misshapen::error(
            &request,
            &self.server.shared.config.capabilities,
            is_modern(&context),
        ))
    }

    async fn set_level(
        &self,
        request: SetLevelRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        match &self.session {
            Some(session) if self.table().server.client.logs && !is_modern(&context) => {
                session.set_level(request.level);
                Ok(())
            }
            _ => Err(misshapen::not_served::<SetLevelRequestMethod>()),
        }
    }

    async fn subscribe(
        &self,
        request: SubscribeRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        let Some(session) = self.session.as_ref().filter(|_| subscribes(self.table())) else {
            return Err(misshapen::not_served::<SubscribeRequestMethod>());
        };
        if !self.can_subscribe(&request.uri) {
            let message = format!(
                "nobody is told when `{}` changes: read it again instead",
                request.uri
            );
            return Err(ErrorData::resource_not_found(
                message,
                Some(json!({"uri": request.uri})),
            ));
        }
        session.subscribe(request.uri);
        Ok(())
    }

    async fn unsubscribe(
        &self,
        request: UnsubscribeRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        match self.session.as_ref().filter(|_| subscribes(self.table())) {
            Some(session) => {
                session.unsubscribe(&request.uri);
                Ok(())
            }
            None => Err(misshapen::not_served::<UnsubscribeRequestMethod>()),
        }
    }

    async fn on_initialized(&self, context: NotificationContext<RoleServer>) {
        let tells = subscribes(self.table()) || !self.table().server.client.announces.is_empty();
        if let Some(session) = self.session.as_ref().filter(|_| tells) {
            session.tell(self.server.shared.engine.changes(), context.peer.clone());
        }
    }

    fn accepted_subscription_filter(
        &self,
        requested: &SubscriptionFilter,
    ) -> Option<SubscriptionFilter> {
        if !subscribes(self.table()) && self.table().server.client.announces.is_empty() {
            return None;
        }
        let mut accepted = requested.supported_by(&self.server.shared.config.capabilities);
        if let Some(uris) = &mut accepted.resource_subscriptions {
            uris.retain(|uri| self.can_subscribe(uri));
        }
        Some(accepted)
    }

    async fn listen(&self, context: SubscriptionContext) -> Result<(), ErrorData> {
        let changes = self.server.shared.engine.changes();
        tokio::select! {
            () = session::listen(changes, &context) => {}
            () = context.cancelled() => {}
            () = self.calls.ending() => {}
        }
        Ok(())
    }
}

impl Handler {
    pub(super) fn table(&self) -> &'static Table {
        self.server.shared.engine.table()
    }

    fn can_subscribe(&self, uri: &str) -> bool {
        let found = self.server.shared.engine.find_resource(uri);
        found.is_some_and(|(spec, _)| spec.subscribe)
    }
}
