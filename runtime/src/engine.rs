//! A table, a provider and settings, put together: what every transport and the command line call.

mod context;
mod preview;
mod safety;
mod settings;
mod shown;

use std::{
    any::Any,
    borrow::Cow,
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use serde_json::{Map, Value};
use tokio::sync::broadcast;

use crate::{
    audit::{Record, Why},
    client::{Change, Client, Question, Terminal, Unanswered},
    files::Roots,
    pipeline::{self, Prepared, feature, once::Launches, validate::nearest},
    tool::{Ask, Block, Body, Effect, Table, ToolSpec},
    upstream::{Provider, Upstream},
};

use self::safety::Safety;
pub use self::settings::{Asking, Caller, EngineError, Settings};
pub(crate) use self::shown::Shown;
pub use crate::pipeline::{once::Unlisted, request::Request};

/// Changes that wait for a client that is slow to be told; it is told of the newest.
const CHANGES: usize = 64;

/// Serves calls of a table's tools on one provider. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    table: &'static Table,
    upstream: Upstream,
    sets: Vec<&'static str>,
    read_only: bool,
    changes: broadcast::Sender<Change>,
    launches: Launches,
    safety: Safety,
    data_dir: Option<PathBuf>,
    kept: OnceLock<Box<dyn Any + Send + Sync>>,
    /// In the order of the table's tools.
    tools: Vec<Slot>,
}

/// What a tool needs once it is listed or called.
#[derive(Debug, Default)]
struct Slot {
    prepared: OnceLock<Result<Prepared, String>>,
    input: OnceLock<Arc<Map<String, Value>>>,
    output: OnceLock<Arc<Map<String, Value>>>,
}

/// What a call gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The result, an object that fits the tool's output schema.
    Done(Map<String, Value>),
    /// The same, with what the tool [shows](Context::show) beside it.
    Shown(Map<String, Value>, Vec<Block>),
    /// Content of a tool without an output schema.
    Content(Vec<Block>),
    /// What went wrong and what to do next, for the agent to read.
    Failed(String),
    /// The client has to answer these first, by their keys, and call again.
    Asks(BTreeMap<String, Question>),
    /// The client can not be asked for what the tool needs; the text says so.
    Lacks(Vec<Ask>, String),
}

/// What a result says that did not come from a real provider.
pub(crate) const SIMULATOR: &str = "the provider is a simulator";

impl Outcome {
    /// The same without the provider's keys, whichever way they came: a reply with escapes, a stream, a file.
    fn redacted(mut self, provider: &Provider) -> Self {
        let text = |text: &mut String| *text = provider.redact(std::mem::take(text));
        let blocks = |blocks: &mut Vec<Block>| {
            for block in blocks {
                if let Block::Text(said)
                | Block::Resource {
                    body: Body::Text(said),
                    ..
                } = block
                {
                    text(said);
                }
            }
        };
        match &mut self {
            Self::Done(result) => provider.redact_members(result),
            Self::Shown(result, shown) => {
                provider.redact_members(result);
                blocks(shown);
            }
            Self::Content(content) => blocks(content),
            Self::Failed(message) | Self::Lacks(_, message) => text(message),
            Self::Asks(_) => {}
        }
        self
    }

    /// The same, and that it is made up: who reads a result need not know who answered.
    fn simulated(mut self) -> Self {
        match &mut self {
            Self::Done(result) | Self::Shown(result, _) => {
                result
                    .entry("simulated")
                    .or_insert_with(|| SIMULATOR.into());
            }
            Self::Failed(message) => message.push_str("\n(The provider is a simulator.)"),
            Self::Content(_) | Self::Asks(_) | Self::Lacks(..) => {}
        }
        self
    }
}

impl From<Unanswered> for Outcome {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Failed(message) => Self::Failed(message),
            Unanswered::Asks(questions) => Self::Asks(questions),
            Unanswered::Lacks(asks, message) => Self::Lacks(asks, message),
        }
    }
}

/// There is no tool of this name in the table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct UnknownTool {
    /// Says so, with the nearest name.
    pub message: String,
}

/// What a Rust function may use besides what it is given: the engine, and the client that asks for it.
#[derive(Debug, Clone)]
pub struct Context {
    /// The engine that runs it.
    pub engine: Engine,
    pub(crate) client: Client,
    pub(crate) shown: Shown,
    pub(crate) record: Record,
}

impl Engine {
    /// Puts a table and a provider together.
    ///
    /// # Errors
    /// When a chosen set or a files root does not exist.
    pub fn new(
        table: &'static Table,
        provider: Provider,
        settings: &Settings,
    ) -> Result<Self, EngineError> {
        let known = || table.server.sets.iter().map(|set| set.name);
        let sets = match &settings.sets {
            None => table
                .server
                .sets
                .iter()
                .filter(|set| set.default)
                .map(|set| set.name)
                .collect(),
            Some(names) => {
                let find = |name: &String| {
                    let unknown = || EngineError::UnknownSet {
                        name: name.clone(),
                        known: known().collect(),
                    };
                    known().find(|set| set == name).ok_or_else(unknown)
                };
                names.iter().map(find).collect::<Result<_, _>>()?
            }
        };
        let mut roots = Roots::open(&settings.files_roots)?;
        if settings.read_only {
            roots = roots.read_only();
        }
        let spec = provider.spec;
        let limits = settings.limits.unwrap_or(table.server.limits);
        let user_agent = format!("{}/{}", table.server.name, env!("CARGO_PKG_VERSION"));
        Ok(Self {
            inner: Arc::new(Inner {
                table,
                upstream: Upstream::new(provider, limits, user_agent, roots),
                sets,
                read_only: settings.read_only,
                changes: broadcast::Sender::new(CHANGES),
                launches: Launches::default(),
                safety: Safety::new(table.server.spending, settings, spec)?,
                data_dir: settings.data_dir.clone(),
                kept: OnceLock::new(),
                tools: table.tools.iter().map(|_| Slot::default()).collect(),
            }),
        })
    }

    /// The table it serves.
    #[must_use]
    pub fn table(&self) -> &'static Table {
        self.inner.table
    }

    /// Keeps something of the program's own, for the Rust functions that the manifest names. The first is kept.
    pub fn keep<T: Any + Send + Sync>(&self, own: T) {
        // A second one is dropped: functions that run may hold the first.
        let _ = self.inner.kept.set(Box::new(own));
    }

    /// What was kept, where it is of this type.
    #[must_use]
    pub fn kept<T: Any>(&self) -> Option<&T> {
        self.inner.kept.get()?.downcast_ref()
    }

    /// The client of the provider.
    #[must_use]
    pub fn upstream(&self) -> &Upstream {
        &self.inner.upstream
    }

    /// What was started once, and what is being started.
    pub(crate) fn launches(&self) -> &Launches {
        &self.inner.launches
    }

    /// The tools that are served: in the chosen sets, not lacking at the provider, and reads only when read-only.
    pub fn tools(&self) -> impl Iterator<Item = &'static ToolSpec> {
        self.table()
            .tools
            .iter()
            .filter(|spec| self.why_not(spec).is_none())
    }

    /// The server's instructions, with the provider's notice.
    #[must_use]
    pub fn instructions(&self) -> Cow<'static, str> {
        let provider = self.upstream().provider().spec;
        let instructions = self.table().server.instructions.trim();
        match provider.notice.trim() {
            "" => instructions.into(),
            notice => format!("{instructions}\n\nProvider: {}. {notice}", provider.title).into(),
        }
    }

    /// A tool's input schema, as clients see it: without what the provider lacks.
    #[must_use]
    pub fn input_schema(&self, spec: &ToolSpec) -> Arc<Map<String, Value>> {
        let provider = self.upstream().provider().spec;
        self.schema(spec, |slot| &slot.input, spec.input, &|schema| {
            feature::shorten(schema, spec.brief.input);
            feature::hide(schema, spec.features, provider);
            self.add_confirm(schema, spec);
        })
    }

    /// A tool's output schema, as clients see it; `None` when it gives content alone.
    #[must_use]
    pub fn output_schema(&self, spec: &ToolSpec) -> Option<Arc<Map<String, Value>>> {
        let shorten = |schema: &mut Value| feature::shorten(schema, spec.brief.output);
        Some(self.schema(spec, |slot| &slot.output, spec.output?, &shorten))
    }

    /// Calls a tool.
    ///
    /// # Errors
    /// When there is no such tool. Everything else that can go wrong is [`Outcome::Failed`].
    pub async fn call(
        &self,
        tool: &str,
        arguments: Map<String, Value>,
    ) -> Result<Outcome, UnknownTool> {
        self.call_for(Client::default(), tool, arguments).await
    }

    /// Calls a tool for whoever sits there to be asked. `asker` gets a question and says whether the answer is yes, or
    /// why there is none; it may block.
    ///
    /// # Errors
    /// As [`Engine::call`].
    pub async fn call_asking(
        &self,
        asker: impl Fn(String) -> Result<bool, String> + Send + Sync + 'static,
        tool: &str,
        arguments: Map<String, Value>,
    ) -> Result<Outcome, UnknownTool> {
        let client = Client::new(Box::new(Terminal(Arc::new(asker))));
        self.call_for(client, tool, arguments).await
    }

    /// Calls a tool for a client, which its function may tell and ask something.
    pub(crate) async fn call_for(
        &self,
        client: Client,
        tool: &str,
        arguments: Map<String, Value>,
    ) -> Result<Outcome, UnknownTool> {
        let (spec, slot) = self.find(tool)?;
        let context = self.context(client);
        Ok(match self.audit().filter(|_| spec.changes(&arguments)) {
            None => self.serve(spec, slot, context, arguments).await,
            // Boxed, since other calls should not be as large as these rare ones.
            Some(log) => Box::pin(self.logged(log, spec, slot, context, arguments)).await,
        })
    }

    /// Runs a call of a tool that is served.
    async fn serve(
        &self,
        spec: &'static ToolSpec,
        slot: &Slot,
        context: Context,
        arguments: Map<String, Value>,
    ) -> Outcome {
        if let Some(reason) = self.why_not(spec) {
            context.record.refused(Why::NotServed);
            return Outcome::Failed(reason);
        }
        self.run(spec, slot, context, arguments).await
    }

    /// Calls a tool that reads for what is served beside the tools: resources and completions. The sets need not have
    /// it, since they choose what `tools/list` shows.
    pub(crate) async fn look(
        &self,
        tool: &str,
        arguments: Map<String, Value>,
    ) -> Result<Outcome, UnknownTool> {
        let (spec, slot) = self.find(tool)?;
        if let Some(reason) = self.lacked(spec).or_else(|| self.forbidden(spec)) {
            return Ok(Outcome::Failed(reason));
        }
        let context = self.context(Client::default());
        Ok(self.run(spec, slot, context, arguments).await)
    }

    fn find(&self, tool: &str) -> Result<(&'static ToolSpec, &Slot), UnknownTool> {
        let mut tools = self.table().tools.iter().zip(&self.inner.tools);
        let found = tools.find(|(spec, _)| spec.name == tool);
        found.ok_or_else(|| self.unknown(tool))
    }

    async fn run(
        &self,
        spec: &'static ToolSpec,
        slot: &Slot,
        context: Context,
        arguments: Map<String, Value>,
    ) -> Outcome {
        let outcome = match slot.prepared.get_or_init(|| Prepared::new(spec)) {
            Ok(prepared) => pipeline::run(spec, prepared, &context, arguments).await,
            Err(problem) => Outcome::Failed(format!(
                "the schema of `{}` can not be used: {problem}",
                spec.name
            )),
        };
        let outcome = outcome.redacted(self.upstream().provider());
        if self.upstream().is_simulated() {
            outcome.simulated()
        } else {
            outcome
        }
    }

    /// What a Rust function may use besides what it is given.
    pub(crate) fn context(&self, client: Client) -> Context {
        Context {
            engine: self.clone(),
            client,
            shown: Shown::default(),
            record: Record::default(),
        }
    }

    /// Tells every client that listens: see [`Context::announce`].
    pub fn announce(&self, change: Change) {
        if let Change::List(list) = &change
            && !self.table().server.client.announces.contains(list)
        {
            tracing::error!(
                ?list,
                "the manifest does not say that this list changes, so nobody is told"
            );
            return;
        }
        // Nobody may listen.
        let _ = self.inner.changes.send(change);
    }

    /// The changes from now on.
    pub(crate) fn changes(&self) -> broadcast::Receiver<Change> {
        self.inner.changes.subscribe()
    }

    fn unknown(&self, tool: &str) -> UnknownTool {
        let message = match nearest(tool, self.tools().map(|spec| spec.name)) {
            Some(near) => format!("there is no tool `{tool}`: did you mean `{near}`?"),
            None => format!("there is no tool `{tool}`: tools/list says which there are"),
        };
        UnknownTool { message }
    }

    /// Why a tool of the table is not served, and what to do about it.
    pub(crate) fn why_not(&self, spec: &ToolSpec) -> Option<String> {
        let refused = self.lacked(spec).or_else(|| self.forbidden(spec));
        refused.or_else(|| {
            let chosen = spec.sets.iter().any(|set| self.inner.sets.contains(set));
            (!chosen).then(|| {
                format!(
                    "`{}` is not served: its sets are {}, choose one with --sets",
                    spec.name,
                    spec.sets.join(", ")
                )
            })
        })
    }

    /// Says so when the provider lacks a tool, and who has it.
    pub(crate) fn lacked(&self, spec: &ToolSpec) -> Option<String> {
        let (name, provider) = (spec.name, self.upstream().provider().spec);
        if !provider.lacks.contains(&name) {
            return None;
        }
        let have: Vec<&str> = self
            .table()
            .providers
            .iter()
            .filter(|one| !one.lacks.contains(&name))
            .map(|one| one.name)
            .collect();
        Some(format!(
            "{} has no `{name}`: the providers that have it are {}",
            provider.title,
            have.join(", ")
        ))
    }

    /// Says so when a tool changes something and nothing may be changed.
    fn forbidden(&self, spec: &ToolSpec) -> Option<String> {
        (self.inner.read_only && spec.effect != Effect::Read).then(|| {
            format!(
                "`{}` changes something and this server is read-only: it has to be started without --read-only",
                spec.name
            )
        })
    }

    fn schema(
        &self,
        spec: &ToolSpec,
        cell: impl Fn(&Slot) -> &OnceLock<Arc<Map<String, Value>>>,
        text: &str,
        change: &dyn Fn(&mut Value),
    ) -> Arc<Map<String, Value>> {
        // Codegen wrote the text from an object.
        let read = || {
            let mut schema: Value = serde_json::from_str(text).unwrap_or_default();
            change(&mut schema);
            match schema {
                Value::Object(schema) => Arc::new(schema),
                _ => Arc::default(),
            }
        };
        let index = self
            .table()
            .tools
            .iter()
            .position(|one| one.name == spec.name);
        match index.and_then(|index| self.inner.tools.get(index)) {
            Some(slot) => Arc::clone(cell(slot).get_or_init(read)),
            None => read(),
        }
    }
}
