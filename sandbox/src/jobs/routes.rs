use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::checkpoints::kept;
use super::events::newest_first;
use super::job::Job;
use super::request::Request;
use crate::clock::Moment;
use crate::errors::ApiError;
use crate::flavour::Flavour;
use crate::paging::{Query, list, list_with_ends};
use crate::routes::{Body, Id};
use crate::world::World;

type Reply = Result<Json<Value>, ApiError>;

/// `POST /v1/fine_tuning/jobs`.
pub(crate) async fn create(State(world): State<Arc<World>>, Body(body): Body) -> Reply {
    let request = Request::parse(&world, &body)?;
    world.create_job(request).map(Json)
}

/// `GET /v1/fine_tuning/jobs`, newest first.
pub(crate) async fn index(State(world): State<Arc<World>>, query: Query) -> Reply {
    query.deny_unknown(&["after", "limit", "metadata"])?;
    let page = query.page(20, 100)?;
    // A provider without the filter does not look at it.
    let filter = match world.flavour() {
        Flavour::Bedrock => Filter::Metadata(Vec::new()),
        Flavour::OpenAi | Flavour::Azure => Filter::of(&query)?,
    };
    let now = world.now();
    world.with_jobs(|jobs| {
        let matching = jobs.values().rev().filter(|job| filter.admits(job));
        let (jobs, more) = page.cut(matching, |job, id| job.id == id)?;
        let data = jobs.into_iter().map(|job| job.view(now)).collect();
        Ok(Json(list(data, more)))
    })
}

/// `GET /v1/fine_tuning/jobs/{id}`.
pub(crate) async fn retrieve(State(world): State<Arc<World>>, Id(id): Id) -> Reply {
    world.with_job(&id, |job, now| Ok(Json(job.view(now))))
}

/// `GET /v1/fine_tuning/jobs/{id}/events`, newest first.
pub(crate) async fn events(State(world): State<Arc<World>>, Id(id): Id, query: Query) -> Reply {
    query.deny_unknown(&["after", "limit"])?;
    let page = query.page(20, 1_000)?;
    world.with_job(&id, |job, now| {
        let timeline = job.timeline(now);
        let events = newest_first(job, &timeline.entries);
        let (events, more) = page.cut(events, |event, id| event.id == id)?;
        let data = events.iter().map(|event| event.view(job)).collect();
        Ok(Json(list(data, more)))
    })
}

/// `GET /v1/fine_tuning/jobs/{id}/checkpoints`, newest first.
pub(crate) async fn checkpoints(
    State(world): State<Arc<World>>,
    Id(id): Id,
    query: Query,
) -> Reply {
    query.deny_unknown(&["after", "limit"])?;
    let page = query.page(10, 1_000)?;
    world.with_job(&id, |job, now| {
        let kept = kept(job, &job.timeline(now));
        let (kept, more) = page.cut(kept.into_iter(), |checkpoint, id| checkpoint.id(job) == id)?;
        let data = kept.iter().map(|checkpoint| checkpoint.view(job)).collect();
        Ok(Json(list_with_ends(data, more, &json!(null))))
    })
}

/// `POST /v1/fine_tuning/jobs/{id}/pause`.
pub(crate) async fn pause(world: State<Arc<World>>, id: Id) -> Reply {
    act(world, id, Job::pause)
}

/// `POST /v1/fine_tuning/jobs/{id}/resume`.
pub(crate) async fn resume(world: State<Arc<World>>, id: Id) -> Reply {
    act(world, id, Job::resume)
}

/// `POST /v1/fine_tuning/jobs/{id}/cancel`.
pub(crate) async fn cancel(world: State<Arc<World>>, id: Id) -> Reply {
    act(world, id, Job::cancel)
}

fn act(
    State(world): State<Arc<World>>,
    Id(id): Id,
    act: fn(&mut Job, Moment) -> Result<(), ApiError>,
) -> Reply {
    world.with_job(&id, |job, now| {
        act(job, now)?;
        Ok(Json(job.view(now)))
    })
}

/// Which jobs a list asks for.
enum Filter {
    Metadata(Vec<(String, String)>),
    NoMetadata,
}

impl Filter {
    /// `metadata[key]=value`, any number of them, or `metadata=null`.
    fn of(query: &Query) -> Result<Self, ApiError> {
        // The official SDKs write null as nothing.
        if matches!(query.get("metadata"), Some("null" | "")) {
            return Ok(Self::NoMetadata);
        }
        let mut pairs = Vec::new();
        for (key, value) in query.pairs() {
            let Some(rest) = key.strip_prefix("metadata") else {
                continue;
            };
            let name = rest
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
                .ok_or_else(|| {
                    ApiError::invalid(
                        "invalid_value",
                        "metadata".to_owned(),
                        "Invalid 'metadata': use metadata[key]=value, or metadata=null.",
                    )
                })?;
            pairs.push((name.to_owned(), value.to_owned()));
        }
        Ok(Self::Metadata(pairs))
    }

    fn admits(&self, job: &Job) -> bool {
        match self {
            Self::Metadata(pairs) => job.has_metadata(pairs),
            Self::NoMetadata => job.has_no_metadata(),
        }
    }
}
