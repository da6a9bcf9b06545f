//! What is known of one job: the job object, its events as a series, its newest messages.

use std::ops::ControlFlow;

use rft_mcp_insight::{
    curve::View,
    grader::{Against, lint},
    metrics::{Collector, Series, Table, finite},
};
use rft_mcp_runtime::{engine::Context, tool::FunctionError, upstream::UpstreamError};
use serde_json::Value;

use super::list::{PAGE, Read, pages_from};
use crate::knowledge;

/// Pages of events that are read; 100 events each. No real job comes near.
const MOST_PAGES: usize = 200;
/// Events of the first page, where others were read before: as many of those are read again, in case any came late.
const FIRST_PAGE: u32 = 20;
/// Messages that are kept, the newest.
const MOST_MESSAGES: usize = 50;
/// Bytes of a result file that are read.
const MOST_RESULTS: usize = 16 << 20;

/// A job with all that its events say.
pub struct Run {
    /// As the provider sent it.
    pub job: Value,
    /// Its metrics.
    pub series: Series,
    /// Its newest events that are no metrics, newest first.
    pub messages: Vec<Value>,
    /// How far its events were read.
    #[cfg_attr(
        not(feature = "watches"),
        expect(dead_code, reason = "only watches ask")
    )]
    pub reach: Reach,
    /// The id of the newest event, where another reading can go on from this one.
    #[cfg_attr(
        not(feature = "watches"),
        expect(dead_code, reason = "only watches ask")
    )]
    pub newest: Option<String>,
}

/// How far events were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To the end.
    Whole,
    /// To where another reading began.
    Known,
    /// There are more, and no way to them.
    Broken,
}

/// Where another reading of a job began, and what it gave.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The id of its newest event.
    pub event: &'a str,
    /// What it found in that and all before.
    pub series: &'a Series,
}

impl Run {
    /// Reads the job and its events to the end. Where those hold no rewards, the result file of a job that has one.
    pub async fn read(context: &Context, id: &str) -> Result<Self, FunctionError> {
        Ok(Self::gather(context, id, knowledge::metrics()?, None).await?)
    }

    /// The same by this table, and on from another reading: the events that are newer, and at least a short page, in
    /// case any came late.
    pub async fn gather(
        context: &Context,
        id: &str,
        table: &Table,
        known: Option<Known<'_>>,
    ) -> Result<Self, UpstreamError> {
        let job = context.read(&["fine_tuning", "jobs", id], &[]).await?;
        let mut collector = Collector::new(table);
        let mut messages = Vec::new();
        let path = ["fine_tuning", "jobs", id, "events"];
        let (mut newest, mut order) = (None, Order::default());
        let first = if known.is_some() { FIRST_PAGE } else { PAGE };
        let read = pages_from(context, &path, first, MOST_PAGES, |events| {
            let id = |event: &Value| event.get("id")?.as_str().map(str::to_owned);
            newest = newest.take().or_else(|| events.first().and_then(id));
            let mut is_reached = false;
            for event in events {
                order.follow(event);
                is_reached |= known.is_some_and(|known| id(event).as_deref() == Some(known.event));
                collector.event(event);
                let is_message = event.get("type").and_then(Value::as_str) != Some("metrics");
                if is_message && messages.len() < MOST_MESSAGES {
                    messages.push(event.clone());
                }
            }
            // Only where the newest come first there is nothing new behind what is known.
            if is_reached && order.holds {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
        .await?;
        let mut series = collector.finish();
        let reach = match (read, known) {
            (Read::Whole, _) => Reach::Whole,
            (Read::Enough, Some(known)) => {
                series = series.with(known.series);
                Reach::Known
            }
            (Read::Enough | Read::Broken, _) => Reach::Broken,
        };
        newest = newest.filter(|_| reach != Reach::Broken);
        if series.points("valid_reward").is_empty()
            && let Some(results) = results(context, &job, table).await?
        {
            series = results;
            newest = None;
        }
        Ok(Self {
            job,
            series,
            messages,
            reach,
            newest,
        })
    }

    /// Its status; one that is not known here has not ended.
    pub fn status(&self) -> &str {
        self.job
            .get("status")
            .and_then(Value::as_str)
            .unwrap_or("unknown")
    }

    /// Whether it has ended.
    pub fn ended(&self) -> bool {
        has_ended(self.status())
    }

    /// What it was started with; null where the provider does not say.
    pub fn hyperparameters(&self) -> Value {
        let place = "/method/reinforcement/hyperparameters";
        self.job.pointer(place).cloned().unwrap_or_default()
    }

    /// How its rewards are to be seen, by the range of its grader.
    pub fn view(&self) -> View {
        View::within(
            self.job
                .pointer("/method/reinforcement/grader")
                .and_then(range_of),
        )
    }

    /// Seconds from its creation to its end, where it has ended and the provider says when.
    pub fn lasted(&self) -> Option<f64> {
        let at = |name: &str| self.job.get(name).and_then(finite);
        let seconds = at("finished_at")? - at("created_at")?;
        (seconds >= 0.0).then_some(seconds)
    }

    /// Dollars so far, where the provider says.
    pub fn spent(&self) -> Option<f64> {
        [
            "/usage_metrics/training_cost_usd",
            "/usage_metrics/cost_usd",
        ]
        .iter()
        .find_map(|place| finite(self.job.pointer(place)?))
    }
}

/// Whether events come with the newest first, by their own times.
struct Order {
    holds: bool,
    last: f64,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            holds: true,
            last: f64::INFINITY,
        }
    }
}

impl Order {
    fn follow(&mut self, event: &Value) {
        let at = event.get("created_at").and_then(finite);
        self.holds &= at.is_some_and(|at| at <= self.last);
        self.last = at.unwrap_or(self.last);
    }
}

/// Whether a job of this status goes no further. One that is not known does.
pub fn has_ended(status: &str) -> bool {
    matches!(status, "succeeded" | "failed" | "cancelled")
}

/// Between which values a grader's reward lies, where it tells.
pub(crate) fn range_of(grader: &Value) -> Option<(f64, f64)> {
    lint(grader, &Against::default()).range
}

/// The metrics in the first result file, if there is one that can be read.
async fn results(
    context: &Context,
    job: &Value,
    table: &Table,
) -> Result<Option<Series>, UpstreamError> {
    let Some(file) = job.pointer("/result_files/0").and_then(Value::as_str) else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    context
        .stream(&["files", file, "content"], |chunk| {
            let room = MOST_RESULTS.saturating_sub(bytes.len());
            bytes.extend_from_slice(chunk.get(..room).unwrap_or(chunk));
        })
        .await?;
    let mut collector = Collector::new(table);
    Ok(collector
        .results(bytes.as_slice())
        .is_ok()
        .then(|| collector.finish()))
}
