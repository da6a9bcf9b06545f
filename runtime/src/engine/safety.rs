//! What stands between a client and a call that spends or destroys: the person, limits and the log.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::{Asking, Context, Engine, EngineError, Outcome, Settings, Slot};
use crate::{
    audit::{About, AuditLog, Call},
    client::{Client, Who},
    pipeline::{confirm, cut, spending::Spending},
    tool::{ConfirmSpec, FunctionError, LimitSpec, ProviderSpec, ToolSpec, Unasked},
};

/// How long it is remembered which answers served a call; they expire sooner.
const REMEMBERED: Duration = Duration::from_secs(25 * 60 * 60);

/// What an engine keeps for it.
#[derive(Debug)]
pub(super) struct Safety {
    asking: Asking,
    spending: Spending,
    audit: Option<AuditLog>,
    /// Who makes the calls that come from no client.
    caller: Option<Who>,
    /// The answers of persons that served a call, with the time.
    used_up: Mutex<HashMap<String, Instant>>,
}

impl Safety {
    pub(super) fn new(
        limits: &'static [LimitSpec],
        settings: &Settings,
        provider: &ProviderSpec,
    ) -> Result<Self, EngineError> {
        for name in settings.spending.keys() {
            if limits.iter().all(|limit| limit.name != name) {
                return Err(EngineError::UnknownLimit {
                    name: name.clone(),
                    known: limits.iter().map(|limit| limit.name).collect(),
                });
            }
        }
        let audit = settings.audit_log.as_deref().map(AuditLog::open);
        Ok(Self {
            asking: settings.asking,
            spending: Spending::new(limits, &settings.spending, provider.is_embedded()),
            audit: audit.transpose()?,
            caller: settings.caller.clone().map(|caller| Who {
                name: Some(caller.program),
                user: caller.user,
                ..Who::default()
            }),
            used_up: Mutex::default(),
        })
    }
}

impl Engine {
    pub(crate) fn asking(&self) -> Asking {
        self.inner.safety.asking
    }

    /// Whether a call of which nobody was asked is refused, and not for its limits.
    pub(crate) fn is_strict(&self, confirm: &ConfirmSpec) -> bool {
        match self.asking() {
            Asking::Always => true,
            // Nothing that an embedded provider does costs anything.
            Asking::Auto => {
                confirm.unasked == Unasked::Refuse && !self.upstream().provider().spec.is_embedded()
            }
            Asking::Never => false,
        }
    }

    pub(crate) fn spending(&self) -> &Spending {
        &self.inner.safety.spending
    }

    /// Who makes the calls that come from no client.
    pub(crate) fn caller(&self) -> Option<&Who> {
        self.inner.safety.caller.as_ref()
    }

    pub(crate) fn audit(&self) -> Option<&AuditLog> {
        self.inner.safety.audit.as_ref()
    }

    /// Whether a person is asked before a call of this tool, where the client can ask.
    pub(crate) fn confirms(&self, tool: &str) -> bool {
        let mut tools = self.table().tools.iter();
        self.asking() != Asking::Never
            && tools.any(|spec| spec.name == tool && spec.confirm.is_some())
    }

    /// Whether a person is asked before a call of any tool that is served.
    pub(crate) fn confirms_any(&self) -> bool {
        self.asking() != Asking::Never && self.tools().any(|spec| spec.confirm.is_some())
    }

    /// Takes an answer of a person for a call; `false` when it served one before.
    pub(crate) fn use_up(&self, answer: &str) -> bool {
        let now = Instant::now();
        let used = &self.inner.safety.used_up;
        let mut used = used.lock().unwrap_or_else(PoisonError::into_inner);
        used.retain(|_, at| now.duration_since(*at) < REMEMBERED);
        used.insert(answer.to_owned(), now).is_none()
    }

    /// Runs a call that the log has before and after.
    pub(super) async fn logged(
        &self,
        log: &AuditLog,
        spec: &'static ToolSpec,
        slot: &Slot,
        mut context: Context,
        arguments: Map<String, Value>,
    ) -> Outcome {
        let begun = Call::begin(
            log,
            &About {
                engine: self,
                spec,
                who: context.client.who(),
                arguments: &arguments,
            },
        );
        let call = match begun {
            Ok(call) => call,
            Err(refusal) => return Outcome::Failed(refusal),
        };
        context.record = call.record();
        let mut outcome = self.serve(spec, slot, context, arguments).await;
        if let Some(problem) = call.end(&outcome) {
            match &mut outcome {
                Outcome::Done(result) | Outcome::Shown(result, _) => cut::note(result, &problem),
                Outcome::Failed(message) => {
                    message.push('\n');
                    message.push_str(&problem);
                }
                Outcome::Content(_) | Outcome::Asks(_) | Outcome::Lacks(..) => {}
            }
        }
        outcome
    }

    /// Does by itself what a tool does, for what the log is to name as who called it: with an audit log a line before and
    /// one after, as of any call. What `act` posts with its context is noted.
    ///
    /// # Errors
    /// When there is no such tool, or the log can not be written: then nothing was done.
    pub async fn unasked<T, E: std::fmt::Display>(
        &self,
        who: &str,
        tool: &str,
        arguments: &[(&str, &str)],
        act: impl AsyncFnOnce(Context) -> Result<T, E>,
    ) -> Result<Result<T, E>, FunctionError> {
        let mut context = self.context(Client::default());
        let (spec, _) = self
            .find(tool)
            .map_err(|error| FunctionError(error.message))?;
        let Some(log) = self.audit() else {
            return Ok(act(context).await);
        };
        let who = Who {
            name: Some(who.to_owned()),
            ..Who::default()
        };
        let arguments = arguments
            .iter()
            .map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
        let about = About {
            engine: self,
            spec,
            who: Some(&who),
            arguments: &arguments.collect(),
        };
        let call = Call::begin(log, &about).map_err(FunctionError)?;
        context.record = call.record();
        let done = act(context).await;
        // That its end could not be written is told to whoever reads the server's own log.
        let _ = call.end(&match &done {
            Ok(_) => Outcome::Done(Map::new()),
            Err(error) => Outcome::Failed(error.to_string()),
        });
        Ok(done)
    }

    /// Adds the argument that says that the person was asked, where a call may have to say so.
    pub(super) fn add_confirm(&self, schema: &mut Value, spec: &ToolSpec) {
        let Some(confirm) = spec.confirm else { return };
        if confirm::demands(confirm, self)
            && let Some(schema) = schema.as_object_mut()
            && let Some(properties) = schema
                .entry("properties")
                .or_insert_with(|| json!({}))
                .as_object_mut()
        {
            // Short, since every client pays for it; a refusal says the rest.
            let shown = json!({ "type": "boolean", "description": "The person agreed." });
            properties.insert(confirm::ARGUMENT.to_owned(), shown);
        }
    }
}
