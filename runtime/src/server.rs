//! What the server says over MCP, whatever it is served on: an [`Engine`] as an rmcp [`ServerHandler`].
#![expect(
    deprecated,
    reason = "subscribing and log levels are deprecated, and there are clients with them"
)]

mod calls;
mod capabilities;
mod content;
mod exchange;
mod link;
mod listing;
mod misshapen;
mod prompts;
mod resources;
mod rounds;
mod session;
mod tasked;
mod tasks;

use std::sync::{Arc, OnceLock};

use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CacheScope, CallToolRequestParams, CallToolResponse, CancelTaskMethod, CancelTaskParams,
        CompleteRequestMethod, CompleteRequestParams, CompleteResult, CompletionInfo,
        CustomRequest, CustomResult, DiscoverResult, GetPromptRequestMethod,
        GetPromptRequestParams, GetPromptResponse, GetPromptResult, GetTaskMethod, GetTaskParams,
        GetTaskResult, Implementation, ListPromptsRequestMethod, ListPromptsResult,
        ListResourceTemplatesRequestMethod, ListResourceTemplatesResult,
        ListResourcesRequestMethod, ListResourcesResult, ListToolsResult, MetaObject,
        PaginatedRequestParams, ProtocolVersion, ReadResourceRequestMethod,
        ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult, Reference,
        ServerConfig, SetLevelRequestMethod, SetLevelRequestParams, SubscribeRequestMethod,
        SubscribeRequestParams, SubscriptionFilter, Tool, UnsubscribeRequestMethod,
        UnsubscribeRequestParams, UpdateTaskMethod, UpdateTaskParams,
    },
    service::{NotificationContext, RequestContext, SubscriptionContext},
};
use serde_json::json;

pub(crate) use self::calls::Calls;
pub use self::rounds::{Sealing, SealingKey, SealingKeyError};
use self::{
    capabilities::{capabilities, completes, speaks_first, subscribes},
    exchange::unanswered_error,
    rounds::Rounds,
    session::Session,
    tasked::{Begun, unknown},
    tasks::Tasks,
};
use crate::{
    client::Unanswered,
    engine::Engine,
    prompts::PromptError,
    tool::{Partial, Read, Table},
};

/// How long a client may keep what it was told of the server and its tools, in milliseconds. Neither changes
/// while the process lives; the limit is how soon a client sees that a newer one took its place.
const TTL_MS: u64 = 5 * 60 * 1000;

/// The key in `_meta` of who answers.
const SERVER_INFO: &str = "io.modelcontextprotocol/serverInfo";

/// An engine, ready to be served on any transport. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Server {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    engine: Engine,
    config: ServerConfig,
    meta: MetaObject,
    rounds: Rounds,
    tasks: Tasks,
    /// Built by the first `tools/list`, so that start-up does not grow with the number of tools.
    tools: OnceLock<ListToolsResult>,
}

impl Server {
    /// Serves `engine`, as `version` of the server that its manifest names.
    #[must_use]
    pub fn new(engine: Engine, version: impl Into<String>) -> Self {
        Self::sealing(engine, version, &Sealing::default())
    }

    /// Does so, and seals what travels with calls in several rounds as it is said.
    #[must_use]
    pub fn sealing(engine: Engine, version: impl Into<String>, sealing: &Sealing) -> Self {
        let spec = &engine.table().server;
        let identity = Implementation::new(spec.name, version).with_title(spec.title);
        let meta =
            serde_json::to_value(&identity).map(|identity| (SERVER_INFO.to_owned(), identity));
        let meta = MetaObject(meta.into_iter().collect());
        let capabilities = capabilities(engine.table());
        let config = ServerConfig::new(capabilities)
            .with_server_info(identity)
            .with_instructions(engine.instructions());
        let provider = engine.upstream().provider();
        let place = format!("{} {}", provider.spec.name, provider.base);
        Self {
            shared: Arc::new(Shared {
                engine,
                config,
                meta,
                rounds: Rounds::new(sealing, place),
                tasks: Tasks::default(),
                tools: OnceLock::new(),
            }),
        }
    }

    /// The handler for one connection or session.
    pub(crate) fn handler(&self, calls: Calls) -> Handler {
        Handler {
            session: Some(Arc::default()),
            ..self.stateless_handler(calls)
        }
    }

    /// The handler for a listener whose clients have no sessions.
    pub(crate) fn stateless_handler(&self, calls: Calls) -> Handler {
        Handler {
            server: self.clone(),
            calls,
            session: None,
        }
    }

    /// Whether clients before 2026-07-28 are told anything by the server, or asked by any function.
    pub(crate) fn needs_sessions(&self) -> bool {
        speaks_first(self.shared.engine.table())
    }

    /// Whether they are asked, where they can be, whether a call is to be made.
    pub(crate) fn confirms(&self) -> bool {
        self.shared.engine.confirms_any()
    }

    fn tools(&self) -> &ListToolsResult {
        self.shared.tools.get_or_init(|| {
            let tools = self
                .shared
                .engine
                .tools()
                .map(|spec| listing::tool(&self.shared.engine, spec))
                .collect();
            ListToolsResult::with_all_items(tools)
                .with_ttl_ms(TTL_MS)
                // No tool is listed for one client and not for another.
                .with_cache_scope(CacheScope::Public)
        })
    }

    /// `_meta` of an ordinary result: since 2026-07-28 no handshake says who answers. rmcp adds it to
    /// `server/discover` only.
    fn meta(&self) -> MetaObject {
        self.shared.meta.clone()
    }
}

/// A [`Server`] with the calls that run on it.
#[derive(Debug, Clone)]
pub(crate) struct Handler {
    server: Server,
    calls: Calls,
    /// Shared by what belongs to one connection or session; `None` where there are no sessions.
    session: Option<Arc<Session>>,
}

impl ServerHandler for Handler {
    /// For a handshake, of clients before 2026-07-28: without a session none of them can be told of a change.
    fn get_info(&self) -> ServerConfig {
        let mut config = self.server.shared.config.clone();
        if let Some(resources) = &mut config.capabilities.resources
            && self.session.is_none()
        {
            resources.subscribe = None;
        }
        config
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
        let mut tools = self.server.tools().clone();
        if is_modern(&context) {
            tools.meta = Some(self.server.meta());
        } else {
            tools.ttl_ms = None;
            tools.cache_scope = None;
        }
        Ok(tools)
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
        let prompts = self.table().prompts;
        if prompts.is_empty() {
            return Err(misshapen::not_served::<ListPromptsRequestMethod>());
        }
        one_page(request)?;
        let mut result =
            ListPromptsResult::with_all_items(prompts.iter().map(prompts::listed).collect());
        if is_modern(&context) {
            result = result
                .with_ttl_ms(TTL_MS)
                .with_cache_scope(CacheScope::Public);
            result.meta = Some(self.server.meta());
        }
        Ok(result)
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        if self.table().prompts.is_empty() {
            return Err(misshapen::not_served::<GetPromptRequestMethod>());
        }
        let engine = &self.server.shared.engine;
        let refused = |error: PromptError| ErrorData::invalid_params(error.to_string(), None);
        let spec = engine.find_prompt(&request.name).map_err(refused)?;
        let arguments = request.arguments.unwrap_or_default();
        let (round, client) = self.client(
            &context,
            None,
            "prompts/get",
            false,
            || json!([request.name, arguments]),
            (request.input_responses, request.request_state.as_deref()),
        )?;
        let said = Box::pin(engine.prompt_for(client.clone(), spec, arguments));
        let messages = match self.calls.run(&context.ct, said).await {
            Ok(Ok(messages)) => messages,
            Ok(Err(PromptError::Unanswered(Unanswered::Asks(questions)))) => {
                return Ok(self.ask(round, &client, questions)?.into());
            }
            Ok(Err(PromptError::Unanswered(unanswered))) => {
                return Err(unanswered_error(unanswered, &context, None));
            }
            Ok(Err(error)) => return Err(refused(error)),
            Err(stopped) => return Err(stopped.into_error(&request.name)),
        };
        let messages = messages.into_iter().map(prompts::message).collect();
        let mut result = GetPromptResult::new(messages).with_description(spec.description);
        if is_modern(&context) {
            result.meta = Some(self.server.meta());
        }
        Ok(result.into())
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        if self.table().resources.is_empty() {
            return Err(misshapen::not_served::<ListResourcesRequestMethod>());
        }
        one_page(request)?;
        let resources = self.server.shared.engine.resources();
        let listed = resources.filter_map(resources::listed).collect();
        let mut result = ListResourcesResult::with_all_items(listed);
        if is_modern(&context) {
            result = result
                .with_ttl_ms(TTL_MS)
                .with_cache_scope(CacheScope::Public);
            result.meta = Some(self.server.meta());
        }
        Ok(result)
    }

    async fn list_resource_templates(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        if self.table().resources.is_empty() {
            return Err(misshapen::not_served::<ListResourceTemplatesRequestMethod>());
        }
        one_page(request)?;
        let resources = self.server.shared.engine.resources();
        let listed = resources.filter_map(resources::template).collect();
        let mut result = ListResourceTemplatesResult::with_all_items(listed);
        if is_modern(&context) {
            result = result
                .with_ttl_ms(TTL_MS)
                .with_cache_scope(CacheScope::Public);
            result.meta = Some(self.server.meta());
        }
        Ok(result)
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
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
            &context,
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
                return Err(unanswered_error(unanswered, &context, Some(data)));
            }
            Err(stopped) => return Err(stopped.into_error(&request.uri)),
        };
        let contents = content::contents(request.uri, spec.mime_type.to_owned(), body);
        let mut result = ReadResourceResult::new(vec![contents]);
        if is_modern(&context) {
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

    async fn complete(
        &self,
        request: CompleteRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        if !completes(self.table()) {
            return Err(misshapen::not_served::<CompleteRequestMethod>());
        }
        let argument = request.argument;
        let refused = |message: String| Err(ErrorData::invalid_params(message, None));
        let found = match &request.r#ref {
            Reference::Prompt(prompt) => {
                let spec = match self.server.shared.engine.find_prompt(&prompt.name) {
                    Ok(spec) => spec,
                    Err(error) => return refused(error.to_string()),
                };
                let mut arguments = spec.arguments.iter();
                arguments
                    .find(|one| one.name == argument.name)
                    .map(|one| &one.complete)
            }
            Reference::Resource(resource) => {
                let mut resources = self.table().resources.iter();
                let Some(spec) = resources.find(|spec| spec.uri == resource.uri) else {
                    let uri = &resource.uri;
                    return refused(format!(
                        "there is no resource template `{uri}`: resources/templates/list says which there are"
                    ));
                };
                let mut variables = spec.variables.iter();
                variables
                    .find(|one| one.name == argument.name)
                    .map(|one| &one.complete)
            }
            _ => return refused("`ref` must be of a prompt or of a resource".to_owned()),
        };
        let Some(complete) = found else {
            return refused(format!("there is no argument `{}` there", argument.name));
        };
        let given = request
            .context
            .and_then(|context| context.arguments)
            .unwrap_or_default();
        let partial = Partial {
            argument: argument.name,
            value: argument.value,
            given: given
                .into_iter()
                .map(|(name, value)| (name, value.into()))
                .collect(),
        };
        let completion = Box::pin(self.server.shared.engine.complete(complete, partial));
        let completion = match self.calls.run(&context.ct, completion).await {
            Ok(completion) => completion,
            Err(stopped) => return Err(stopped.into_error("completion/complete")),
        };
        let mut info = CompletionInfo::default();
        info.has_more = Some(completion.total > completion.values.len());
        info.total = u32::try_from(completion.total).ok();
        info.values = completion.values;
        let mut result = CompleteResult::new(info);
        if is_modern(&context) {
            result.meta = Some(self.server.meta());
        }
        Ok(result)
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
    fn table(&self) -> &'static Table {
        self.server.shared.engine.table()
    }

    fn can_subscribe(&self, uri: &str) -> bool {
        let found = self.server.shared.engine.find_resource(uri);
        found.is_some_and(|(spec, _)| spec.subscribe)
    }
}

/// Refuses a cursor: no list here has more than a page.
fn one_page(request: Option<PaginatedRequestParams>) -> Result<(), ErrorData> {
    match request.and_then(|request| request.cursor) {
        None => Ok(()),
        Some(_) => Err(ErrorData::invalid_params(
            "unknown `cursor`: the list is one page, ask for it without a cursor",
            None,
        )),
    }
}

/// Whether the request is of a revision without a handshake (2026-07-28 or later).
fn is_modern(context: &RequestContext<RoleServer>) -> bool {
    // Revisions are dates, so they compare as text.
    context
        .protocol_version()
        .is_some_and(|version| version.as_str() >= ProtocolVersion::V_2026_07_28.as_str())
}
