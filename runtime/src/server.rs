//! What the server says over MCP, whatever it is served on: an [`Engine`] as an rmcp [`ServerHandler`].

mod calls;
mod capabilities;
mod completion;
mod content;
mod exchange;
mod handler;
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
    ErrorData, RoleServer,
    model::{
        CacheScope, Implementation, ListToolsResult, MetaObject, PaginatedRequestParams,
        ProtocolVersion, ServerConfig,
    },
    service::RequestContext,
};

pub use self::rounds::{Sealing, SealingKey, SealingKeyError};
pub(crate) use self::{calls::Calls, handler::Handler};
use self::{
    capabilities::{capabilities, speaks_first},
    rounds::Rounds,
    tasks::Tasks,
};
use crate::engine::Engine;

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
        })
    }

    fn kept(&self, context: &RequestContext<RoleServer>) -> Kept {
        if !is_modern(context) {
            return Kept::default();
        }
        Kept {
            ttl_ms: Some(TTL_MS),
            cache_scope: Some(CacheScope::Public),
            meta: Some(self.meta()),
        }
    }

    /// `_meta` of an ordinary result: since 2026-07-28 no handshake says who answers. rmcp adds it to
    /// `server/discover` only.
    fn meta(&self) -> MetaObject {
        self.shared.meta.clone()
    }
}

/// What is said of a list beside its items since 2026-07-28: who answers, and how long it may be kept by whom. Nothing is
/// in one for one client and not for another.
#[derive(Default)]
struct Kept {
    ttl_ms: Option<u64>,
    cache_scope: Option<CacheScope>,
    meta: Option<MetaObject>,
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
