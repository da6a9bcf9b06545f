//! What the server says over MCP, whatever it is served on: an [`Engine`] as an rmcp [`ServerHandler`].

mod calls;
mod listing;

use std::sync::{Arc, OnceLock};

use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CacheScope, CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock,
        DiscoverResult, Implementation, ListToolsResult, MetaObject, PaginatedRequestParams,
        ProtocolVersion, ServerCapabilities, ServerConfig, Tool,
    },
    service::RequestContext,
};
use serde_json::Value;

pub(crate) use self::calls::Calls;
use crate::engine::{Engine, Outcome};

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
    /// Built by the first `tools/list`, so that start-up does not grow with the number of tools.
    tools: OnceLock<ListToolsResult>,
}

impl Server {
    /// Serves `engine`, as `version` of the server that its manifest names.
    #[must_use]
    pub fn new(engine: Engine, version: impl Into<String>) -> Self {
        let spec = &engine.table().server;
        let identity = Implementation::new(spec.name, version).with_title(spec.title);
        let meta =
            serde_json::to_value(&identity).map(|identity| (SERVER_INFO.to_owned(), identity));
        let meta = MetaObject(meta.into_iter().collect());
        // Only what works: an advertised capability that fails, such as `subscribe`, breaks older clients.
        let capabilities = ServerCapabilities::builder().enable_tools().build();
        let config = ServerConfig::new(capabilities)
            .with_server_info(identity)
            .with_instructions(engine.instructions());
        Self {
            shared: Arc::new(Shared {
                engine,
                config,
                meta,
                tools: OnceLock::new(),
            }),
        }
    }

    /// The handler for one connection, or for one listener where connections have no state.
    pub(crate) fn handler(&self, calls: Calls) -> Handler {
        Handler {
            server: self.clone(),
            calls,
        }
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
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        self.server.shared.config.clone()
    }

    async fn discover(&self, _: RequestContext<RoleServer>) -> Result<DiscoverResult, ErrorData> {
        let versions = self.supported_protocol_versions().into_owned();
        Ok(DiscoverResult::from_server_info(versions, self.get_info())
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
        if request.is_some_and(|request| request.cursor.is_some()) {
            return Err(ErrorData::invalid_params(
                "unknown `cursor`: the list of tools is one page, call tools/list without a cursor",
                None,
            ));
        }
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
        let call = self.server.shared.engine.call(&request.name, arguments);
        let outcome = match self.calls.run(&context.ct, call).await {
            Ok(outcome) => {
                outcome.map_err(|unknown| ErrorData::invalid_params(unknown.message, None))?
            }
            Err(stopped) => return Err(stopped.into_error(&request.name)),
        };
        let mut result = match outcome {
            Outcome::Done(object) => CallToolResult::structured(Value::Object(object)),
            // Never structured: what is structured is a promise to fit the output schema.
            Outcome::Failed(message) => CallToolResult::error(vec![ContentBlock::text(message)]),
        };
        if is_modern(&context) {
            result.meta = Some(self.server.meta());
        }
        Ok(result.into())
    }
}

/// Whether the request is of a revision without a handshake (2026-07-28 or later).
fn is_modern(context: &RequestContext<RoleServer>) -> bool {
    // Revisions are dates, so they compare as text.
    context
        .protocol_version()
        .is_some_and(|version| version.as_str() >= ProtocolVersion::V_2026_07_28.as_str())
}
