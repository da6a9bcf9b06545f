//! The client of a running call: what a Rust function tells it and asks of it.
//!
//! A client before 2026-07-28 is asked while the function waits. A later one is asked by an answer that says what
//! is missing, and calls anew with it: then the function starts again from its beginning, and what was asked
//! before is answered at once. So nothing that must not happen twice may come before a question.

mod consent;
mod question;
mod terminal;

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use futures::future::BoxFuture;
use serde_json::{Map, Value};
use tokio::sync::Notify;

pub(crate) use self::consent::{Consent, Memory};
pub use self::question::{Elicited, Question, Root};
pub(crate) use self::terminal::Terminal;
use crate::{
    engine::Context,
    tool::{Ask, FunctionError, List},
};

/// How much a log message weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// For whoever looks for a fault.
    Debug,
    /// What happens.
    Info,
    /// What happens seldom.
    Notice,
    /// What may go wrong.
    Warning,
    /// What went wrong.
    Error,
    /// What broke a part.
    Critical,
    /// What somebody has to do at once.
    Alert,
    /// What broke everything.
    Emergency,
}

/// Something that clients are told unasked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// A list that they may have kept is another.
    List(List),
    /// What is read at this URI is something else.
    Resource(String),
}

/// Why a function gave no answer.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Unanswered {
    /// It says what to do.
    Failed(String),
    /// The client has to answer these first, by their keys.
    Asks(BTreeMap<String, Question>),
    /// The client can not be asked for these; the text says so.
    Lacks(Vec<Ask>, String),
}

/// The way to a client.
pub(crate) trait Link: Send + Sync + fmt::Debug {
    /// Whether it said that it can be asked for this.
    fn can(&self, ask: Ask) -> bool;

    fn progress(&self, done: f64, total: Option<f64>, message: Option<String>)
    -> BoxFuture<'_, ()>;

    fn log(&self, level: Level, data: Value) -> BoxFuture<'_, ()>;

    /// Whether it answers with its next call rather than at once.
    fn answers_later(&self) -> bool {
        false
    }

    /// Asks and waits; `None` for a client that answers with its next call. The `key` tells the questions of a call
    /// apart.
    fn ask(&self, key: &str, question: Question) -> Option<BoxFuture<'_, Result<Value, String>>>;
}

/// The client of one call. Cheap to clone; nobody by default, as on a command line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Client {
    asked: Option<Arc<Asked>>,
    who: Option<Arc<Who>>,
}

/// Who calls, as far as they said it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Who {
    pub(crate) name: Option<String>,
    pub(crate) version: Option<String>,
    /// The session of a client before 2026-07-28 over HTTP.
    pub(crate) session: Option<String>,
    /// Whose account a call from a command line comes from.
    pub(crate) user: Option<String>,
}

#[derive(Debug)]
struct Asked {
    link: Box<dyn Link>,
    /// What the client answered so far, by key.
    answers: BTreeMap<String, Value>,
    /// What is yet to be answered.
    wanted: Mutex<BTreeMap<String, Question>>,
    /// What the client can not be asked for.
    lacking: Mutex<Vec<Ask>>,
    /// What travels with a call in several rounds.
    memory: Mutex<Memory>,
    /// The name of the round; `None` in the first one, and for a client that is waited for.
    round: Option<String>,
    wake: Notify,
}

impl Client {
    pub(crate) fn new(link: Box<dyn Link>) -> Self {
        Self::in_round(link, BTreeMap::new(), Map::new(), None)
    }

    /// A client with what it answered before, and what was kept of that.
    pub(crate) fn in_round(
        link: Box<dyn Link>,
        answers: BTreeMap<String, Value>,
        kept: Map<String, Value>,
        round: Option<String>,
    ) -> Self {
        Self {
            asked: Some(Arc::new(Asked {
                link,
                answers,
                wanted: Mutex::default(),
                lacking: Mutex::default(),
                memory: Mutex::new(Memory {
                    kept,
                    ..Memory::default()
                }),
                round,
                wake: Notify::new(),
            })),
            who: None,
        }
    }

    /// The same client, with what it says of itself.
    pub(crate) fn called(self, who: Who) -> Self {
        Self {
            who: Some(Arc::new(who)),
            ..self
        }
    }

    pub(crate) fn who(&self) -> Option<&Who> {
        self.who.as_deref()
    }

    /// Runs a function until it answers, or until it needs what the client has to be asked for first; then it is
    /// dropped.
    pub(crate) async fn drive<T>(
        &self,
        function: impl Future<Output = Result<T, FunctionError>>,
    ) -> Result<T, Unanswered> {
        let failed = |FunctionError(message)| Unanswered::Failed(message);
        let Some(asked) = &self.asked else {
            return function.await.map_err(failed);
        };
        let done = tokio::select! {
            // Polled first, so that several questions asked side by side are all there when one is seen.
            biased;
            done = function => done,
            () = asked.wake.notified() => {
                return Err(Unanswered::Asks(std::mem::take(&mut *lock(&asked.wanted))));
            }
        };
        done.map_err(|FunctionError(message)| {
            let lacking = std::mem::take(&mut *lock(&asked.lacking));
            if lacking.is_empty() {
                Unanswered::Failed(message)
            } else {
                Unanswered::Lacks(lacking, message)
            }
        })
    }

    fn link(&self) -> Option<&dyn Link> {
        self.asked.as_ref().map(|asked| &*asked.link)
    }

    async fn ask(&self, key: &str, question: Question) -> Result<Value, FunctionError> {
        let (ask, asked) = (question.kind(), self.asked.as_ref());
        let Some(asked) = asked.filter(|asked| asked.link.can(ask)) else {
            if let Some(asked) = asked {
                lock(&asked.lacking).push(ask);
            }
            return Err(FunctionError(format!(
                "this needs a client that declares the capability `{}`, and this one does not: use another client",
                ask.name()
            )));
        };
        if let Some(answer) = asked.answers.get(key)
            && question.is_answered_by(answer)
        {
            return Ok(answer.clone());
        }
        let Some(answer) = asked.link.ask(key, question.clone()) else {
            lock(&asked.wanted).insert(key.to_owned(), question);
            asked.wake.notify_one();
            // `drive` ends this call.
            return std::future::pending().await;
        };
        let answer = answer.await.map_err(FunctionError)?;
        if question.is_answered_by(&answer) {
            return Ok(answer);
        }
        Err(FunctionError(format!(
            "the client's answer to `{}` has another form than was asked for: ask again",
            ask.name()
        )))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whole between any two of its uses, whoever panicked.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Context {
    /// Tells the client how far the call is: `done` of `total`, growing from one to the next. Clients that do not
    /// ask for it are told nothing.
    pub async fn progress(&self, done: f64, total: impl Into<Option<f64>>, message: &str) {
        if let Some(link) = self.client.link() {
            let message = (!message.is_empty()).then(|| message.to_owned());
            link.progress(done, total.into(), message).await;
        }
    }

    /// Sends the client a log message, if it wants any of this weight. The manifest must say `client: { logs: true }`.
    pub async fn log(&self, level: Level, data: impl Into<Value>) {
        if let (Some(link), true) = (self.client.link(), self.engine.table().server.client.logs) {
            link.log(level, data.into()).await;
        }
    }

    /// Whether the client can be asked for this.
    #[must_use]
    pub fn can(&self, ask: Ask) -> bool {
        let declared = self.engine.table().server.client.asks.contains(&ask);
        declared && self.client.link().is_some_and(|link| link.can(ask))
    }

    /// Asks the person. `form` is the JSON Schema of an object of texts, numbers, booleans and choices; what is
    /// accepted fits it. The `key` tells the questions of a call apart.
    ///
    /// # Errors
    /// When the client can not be asked, or answers with something else.
    pub async fn elicit(
        &self,
        key: &str,
        message: &str,
        form: Value,
    ) -> Result<Elicited, FunctionError> {
        let question = Question::Elicit {
            message: message.to_owned(),
            form,
        };
        let answer = self.ask(key, question).await?;
        Ok(Elicited::of(&answer))
    }

    /// Asks the client's model; its answer is text.
    ///
    /// # Errors
    /// When the client can not be asked, or answers with something else.
    pub async fn sample(
        &self,
        key: &str,
        prompt: &str,
        max_tokens: u32,
    ) -> Result<String, FunctionError> {
        let question = Question::Sample {
            prompt: prompt.to_owned(),
            max_tokens,
        };
        let answer = self.ask(key, question).await?;
        Ok(question::sampled(&answer))
    }

    /// Asks for the directories that the client works in.
    ///
    /// # Errors
    /// When the client can not be asked, or answers with something else.
    pub async fn roots(&self, key: &str) -> Result<Vec<Root>, FunctionError> {
        let answer = self.ask(key, Question::Roots).await?;
        Ok(question::roots(&answer))
    }

    /// Tells every client that listens. A list must be named in the manifest under `client: { announces: […] }`.
    pub fn announce(&self, change: Change) {
        self.engine.announce(change);
    }

    async fn ask(&self, key: &str, question: Question) -> Result<Value, FunctionError> {
        let ask = question.kind();
        if !self.engine.table().server.client.asks.contains(&ask) {
            let name = ask.name();
            return Err(FunctionError(format!(
                "the server's manifest does not say `client: {{ asks: [{name}] }}`: tell whoever wrote it"
            )));
        }
        self.client.ask(key, question).await
    }
}

/// An object of a value, empty for any other.
fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}
