use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::clock::{Moment, unix};
use crate::errors::ApiError;
use crate::jobs::Status;
use crate::routes::Id;
use crate::world::World;

/// What a base model may be used for.
struct Base {
    name: &'static str,
    created: i64,
    can_train: bool,
    can_grade: bool,
}

const fn base(name: &'static str, created: i64, can_train: bool, can_grade: bool) -> Base {
    Base {
        name,
        created,
        can_train,
        can_grade,
    }
}

/// The models of the providers that this sandbox stands for, and those that grade.
const BASES: [Base; 13] = [
    base("o4-mini-2025-04-16", 1_744_761_600, true, true),
    base("openai.gpt-oss-20b", 1_754_352_000, true, false),
    base("qwen.qwen3-32b", 1_745_884_800, true, false),
    base("gpt-4o-2024-08-06", 1_722_814_719, false, true),
    base("gpt-4o-mini-2024-07-18", 1_721_172_717, false, true),
    base("gpt-4.1-2025-04-14", 1_744_315_746, false, true),
    base("gpt-4.1-mini-2025-04-14", 1_744_317_547, false, true),
    base("gpt-4.1-nano-2025-04-14", 1_744_321_025, false, true),
    base("gpt-4o", 1_715_367_049, false, true),
    base("gpt-4o-mini", 1_721_172_741, false, true),
    base("o3-mini-2025-01-31", 1_738_010_200, false, true),
    base("o4-mini", 1_744_133_506, false, true),
    base("gpt-5-mini", 1_754_425_928, false, true),
];

pub(crate) fn can_grade(name: &str) -> bool {
    BASES.iter().any(|base| base.name == name && base.can_grade)
}

/// Refuses models that do not exist and models that can not be trained.
pub(crate) fn check_trainable(name: &str) -> Result<(), ApiError> {
    match BASES.iter().find(|base| base.name == name) {
        Some(base) if base.can_train => Ok(()),
        Some(_) => Err(ApiError::invalid(
            "model_not_available",
            "model".to_owned(),
            format!("Model {name} is not available for reinforcement fine-tuning."),
        )),
        None => Err(ApiError::invalid(
            "model_not_found",
            "model".to_owned(),
            format!("Model {name} is not available for fine-tuning or does not exist."),
        )),
    }
}

/// `GET /v1/models`: the base models and those that jobs made.
pub(crate) async fn index(State(world): State<Arc<World>>) -> Json<Value> {
    let base = BASES.iter().map(|base| view(base.name, base.created));
    let made = world.with_jobs(|jobs| {
        let now = world.now();
        let succeeded = jobs.values().filter_map(|job| {
            let timeline = job.timeline(now);
            let finished = timeline
                .finished
                .filter(|_| timeline.status == Status::Succeeded)?;
            Some((job.model_name(), finished))
        });
        succeeded.collect::<Vec<_>>()
    });
    let made = made
        .into_iter()
        .filter(|(name, _)| !world.is_deleted(name))
        .map(|(name, finished)| view(&name, unix(finished)));
    let data: Vec<Value> = base.chain(made).collect();
    Json(json!({"object": "list", "data": data}))
}

/// `GET /v1/models/{model}`; checkpoints are models too.
pub(crate) async fn retrieve(
    State(world): State<Arc<World>>,
    Id(name): Id,
) -> Result<Json<Value>, ApiError> {
    if let Some(base) = BASES.iter().find(|base| base.name == name) {
        return Ok(Json(view(base.name, base.created)));
    }
    let created = fine_tuned(&world, &name).ok_or_else(|| unknown(&name))?;
    Ok(Json(view(&name, unix(created))))
}

/// `DELETE /v1/models/{model}`.
pub(crate) async fn delete(
    State(world): State<Arc<World>>,
    Id(name): Id,
) -> Result<Json<Value>, ApiError> {
    if BASES.iter().any(|base| base.name == name) {
        return Err(ApiError::invalid(
            "insufficient_permissions",
            None,
            format!("The model '{name}' can not be deleted: only fine-tuned models can."),
        )
        .with_status(StatusCode::FORBIDDEN));
    }
    fine_tuned(&world, &name).ok_or_else(|| unknown(&name))?;
    world.delete_model(&name);
    Ok(Json(
        json!({"id": name, "object": "model", "deleted": true}),
    ))
}

/// When the model of this name was made, if it was and still exists.
fn fine_tuned(world: &World, name: &str) -> Option<Moment> {
    if world.is_deleted(name) {
        return None;
    }
    let now = world.now();
    world.with_jobs(|jobs| jobs.values().find_map(|job| job.model_made(name, now)))
}

fn view(name: &str, created: i64) -> Value {
    json!({
        "id": name,
        "object": "model",
        "created": created,
        "owned_by": "sandbox-simulated",
        "shutdown_date": null,
    })
}

fn unknown(name: &str) -> ApiError {
    ApiError::not_found(
        "model_not_found",
        "model",
        format!("The model '{name}' does not exist"),
    )
}
