//! What is written of one call.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use data_encoding::HEXLOWER;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::AuditLog;
use crate::{
    client::Who,
    engine::{Engine, Outcome},
    pipeline::confirm::is_id,
    sorted::sorted,
    tool::{Effect, ToolSpec},
};

/// The most characters of a text that is written: ids and names are shorter.
const SHOWN: usize = 200;
/// The most names of arguments.
const NAMES: usize = 100;

/// Where what happens to a call is noted. Of calls that are not logged nothing is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record(Option<Arc<Mutex<Notes>>>);

#[derive(Debug, Default)]
struct Notes {
    why: Option<Why>,
    /// Whether the provider said that it had acted.
    accepted: bool,
    ambiguous: bool,
    /// The provider's ids of the requests.
    requests: Vec<String>,
    /// Ids by name.
    ids: Map<String, Value>,
}

/// Why nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Why {
    /// The server does not serve the tool: it is read-only, or the provider lacks it.
    NotServed,
    /// The arguments do not fit.
    Arguments,
    /// Nobody was asked, or an answer did not count.
    Unconfirmed,
    /// The person said no, or nothing.
    Declined,
    /// These limits would be exceeded.
    Limit(Vec<&'static str>),
    /// Whether limits are kept could not be found out.
    Check,
}

/// A call that is logged. One that ends without an outcome is logged as broken off.
#[derive(Debug)]
pub(crate) struct Call {
    engine: Engine,
    about: Map<String, Value>,
    notes: Arc<Mutex<Notes>>,
    ended: bool,
}

/// What a call is about.
pub(crate) struct About<'c> {
    pub(crate) engine: &'c Engine,
    pub(crate) spec: &'static ToolSpec,
    pub(crate) who: Option<&'c Who>,
    pub(crate) arguments: &'c Map<String, Value>,
}

impl Record {
    fn note(&self, note: impl FnOnce(&mut Notes)) {
        if let Some(notes) = &self.0 {
            note(&mut lock(notes));
        }
    }

    /// Nothing is sent.
    pub(crate) fn refused(&self, why: Why) {
        self.note(|notes| notes.why = Some(why));
    }

    /// The provider answered a request.
    pub(crate) fn accepted(&self, request: Option<&str>) {
        self.note(|notes| {
            notes.accepted = true;
            notes.requests.extend(request.map(bounded));
        });
    }

    /// A request failed.
    pub(crate) fn failed(&self, request: Option<&str>, ambiguous: bool) {
        self.note(|notes| {
            notes.ambiguous |= ambiguous;
            notes.requests.extend(request.map(bounded));
        });
    }

    /// What the call starts is known by.
    pub(crate) fn named(&self, name: &str, id: &str) {
        self.note(|notes| {
            notes.ids.insert(name.to_owned(), bounded(id).into());
        });
    }
}

impl Call {
    /// Writes that a call begins.
    ///
    /// # Errors
    /// What the client is told when that can not be written: then the call must not be made.
    pub(crate) fn begin(log: &AuditLog, about: &About<'_>) -> Result<Self, String> {
        let mut call = Self::of(about);
        let mut line = call.about.clone();
        line.insert("event".to_owned(), "begin".into());
        line.insert("arguments".to_owned(), arguments(about));
        match call.write(line) {
            Ok(()) => Ok(call),
            Err(error) => {
                let path = log.path.display();
                tracing::error!(%path, %error, "the audit log can not be written: calls that change something are refused");
                call.ended = true;
                Err(format!(
                    "nothing was sent: the server's audit log can not be written ({error}), and `{}` is not called \
                     unlogged. Tell the person who runs the server, and call again when there is room for it",
                    about.spec.name
                ))
            }
        }
    }

    /// A call of which only the end is written: nothing is done for it.
    pub(crate) fn of(about: &About<'_>) -> Self {
        let who = about.who.or_else(|| about.engine.caller());
        let who = who.cloned().unwrap_or_default();
        let effect = match about.spec.effect {
            Effect::Read => "read",
            Effect::Write => "write",
            Effect::Costly => "costly",
            Effect::Destructive => "destructive",
        };
        let mut line = Map::new();
        let mut add = |key: &str, value: Value| line.insert(key.to_owned(), value);
        add("call", uuid::Uuid::new_v4().to_string().into());
        add("tool", about.spec.name.into());
        add("effect", effect.into());
        add(
            "provider",
            about.engine.upstream().provider().spec.name.into(),
        );
        for (key, said) in [
            ("client", who.name),
            ("client_version", who.version),
            ("session", who.session),
            ("user", who.user),
        ] {
            if let Some(said) = said {
                add(key, bounded(&said).into());
            }
        }
        Self {
            engine: about.engine.clone(),
            about: line,
            notes: Arc::default(),
            ended: false,
        }
    }

    /// Where what happens to it is noted.
    pub(crate) fn record(&self) -> Record {
        Record(Some(Arc::clone(&self.notes)))
    }

    /// Writes how it ended; and what is to be said when that could not be written.
    pub(crate) fn end(mut self, outcome: &Outcome) -> Option<String> {
        let (name, result) = {
            let notes = lock(&self.notes);
            match outcome {
                Outcome::Done(result) | Outcome::Shown(result, _) => ("ok", Some(result)),
                Outcome::Content(_) => ("ok", None),
                Outcome::Asks(_) => ("asked", None),
                Outcome::Lacks(..) => ("refused", None),
                Outcome::Failed(_) if notes.why.is_some() => ("refused", None),
                Outcome::Failed(_) if notes.accepted || notes.ambiguous => ("ambiguous", None),
                Outcome::Failed(_) => ("error", None),
            }
        };
        self.finish(name, result).err().map(|error| {
            tracing::error!(%error, "the audit log can not be written: how a call ended is not in it");
            format!("The server's audit log has the call but not how it ended ({error}): tell the person who runs the server.")
        })
    }

    fn finish(
        &mut self,
        outcome: &str,
        result: Option<&Map<String, Value>>,
    ) -> std::io::Result<()> {
        self.ended = true;
        let mut line = self.about.clone();
        let (why, mut ids, requests) = {
            let mut notes = lock(&self.notes);
            let ids = std::mem::take(&mut notes.ids);
            (notes.why.clone(), ids, std::mem::take(&mut notes.requests))
        };
        for (name, value) in result.into_iter().flatten() {
            if let Value::String(id) = value
                && is_id(name)
            {
                ids.insert(name.clone(), bounded(id).into());
            }
        }
        line.insert("event".to_owned(), "end".into());
        line.insert("outcome".to_owned(), outcome.into());
        if let Some(why) = why.filter(|_| outcome == "refused") {
            line.insert("why".to_owned(), why.name().into());
            if let Why::Limit(limits) = why {
                line.insert("limits".to_owned(), limits.into());
            }
        }
        if !ids.is_empty() {
            line.insert("ids".to_owned(), ids.into());
        }
        if !requests.is_empty() {
            line.insert("request_ids".to_owned(), requests.into());
        }
        self.write(line)
    }

    fn write(&self, line: Map<String, Value>) -> std::io::Result<()> {
        let provider = self.engine.upstream().provider();
        match self.engine.audit() {
            Some(log) => log.write(line, |text| provider.redact(text)),
            None => Ok(()),
        }
    }
}

/// Whatever was dropped may have been sent.
impl Drop for Call {
    fn drop(&mut self) {
        if !self.ended
            && let Err(error) = self.finish("ambiguous", None)
        {
            tracing::error!(%error, "the audit log can not be written: how a call ended is not in it");
        }
    }
}

impl Why {
    fn name(&self) -> &'static str {
        match self {
            Self::NotServed => "not served",
            Self::Arguments => "arguments",
            Self::Unconfirmed => "not confirmed",
            Self::Declined => "declined",
            Self::Limit(_) => "limit",
            Self::Check => "limits not known",
        }
    }
}

/// The arguments of a call without what they say: the names that the tool has, a hash of all, and those that the
/// manifest lets be shown.
fn arguments(about: &About<'_>) -> Value {
    let schema = about.engine.input_schema(about.spec);
    let known = |name: &str| {
        schema
            .get("properties")
            .is_some_and(|properties| properties.get(name).is_some())
    };
    let given = about.arguments.keys().filter(|name| known(name));
    let mut names: Vec<&str> = given.take(NAMES).map(String::as_str).collect();
    names.sort_unstable();
    let unknown = about.arguments.keys().filter(|name| !known(name)).count();
    let arguments = sorted(&Value::Object(about.arguments.clone()));
    let hash = HEXLOWER.encode(&Sha256::digest(arguments.to_string()));
    let shown = about.spec.audit.iter().filter_map(|name| {
        let value = match about.arguments.get(*name)? {
            Value::String(text) => bounded(text).into(),
            value @ (Value::Bool(_) | Value::Number(_)) => value.clone(),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        Some(((*name).to_owned(), value))
    });
    let shown: Map<String, Value> = shown.collect();
    let mut told = json!({ "names": names, "sha256": hash });
    if let Some(members) = told.as_object_mut() {
        if unknown > 0 {
            members.insert("unknown".to_owned(), unknown.into());
        }
        if !shown.is_empty() {
            members.insert("values".to_owned(), shown.into());
        }
    }
    told
}

fn bounded(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

fn lock(notes: &Mutex<Notes>) -> MutexGuard<'_, Notes> {
    notes.lock().unwrap_or_else(PoisonError::into_inner)
}
