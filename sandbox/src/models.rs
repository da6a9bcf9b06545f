use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::clock::{Moment, unix};
use crate::errors::ApiError;
use crate::flavour::Flavour;
use crate::inference::NoAnswer;
use crate::jobs::Status;
use crate::routes::Id;
use crate::world::World;

/// What a base model may be used for.
#[derive(Clone, Copy)]
struct Base {
    name: &'static str,
    created: i64,
    can_train: bool,
    can_grade: bool,
    /// The day from which on it answers no more, in Unix seconds and as the API writes it.
    shutdown: Option<(f64, &'static str)>,
}

impl Base {
    fn is_shut_down(&self, now: Moment) -> bool {
        self.shutdown.is_some_and(|(day, _)| day <= now)
    }

    fn is_at(&self, flavour: Flavour) -> bool {
        let open = matches!(self.name, "openai.gpt-oss-20b" | "qwen.qwen3-32b");
        match flavour {
            Flavour::OpenAi => true,
            Flavour::Azure => !open,
            Flavour::Bedrock => open,
        }
    }
}

const fn base(name: &'static str, created: i64, can_train: bool, can_grade: bool) -> Base {
    Base {
        name,
        created,
        can_train,
        can_grade,
        shutdown: None,
    }
}

/// A model with an end.
const fn until(base: Base, day: f64, written: &'static str) -> Base {
    Base {
        shutdown: Some((day, written)),
        ..base
    }
}

/// The models of the providers that this sandbox stands for, and those that grade.
/// `o4-mini-2025-04-16` has no end here, so that there is something to train; `o1-mini-2024-09-12` has had its end.
const BASES: [Base; 14] = [
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
    until(
        base("o1-mini-2024-09-12", 1_725_648_979, true, false),
        1_761_523_200.0,
        "2025-10-27",
    ),
];

pub(crate) fn can_grade(name: &str) -> bool {
    BASES.iter().any(|base| base.name == name && base.can_grade)
}

/// Refuses models that do not exist, that are no more, and that can not be trained.
pub(crate) fn check_trainable(world: &World, name: &str) -> Result<(), ApiError> {
    match find(world, name) {
        Some(base) if base.is_shut_down(world.now()) => Err(deprecated(name)),
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

/// Refuses what is neither a fine-tuned model nor a checkpoint.
pub(crate) fn check_fine_tuned(world: &World, name: &str) -> Result<(), ApiError> {
    fine_tuned(world, name).map_or_else(|| Err(unknown(name)), |_| Ok(()))
}

/// The model that answers to a name.
pub(crate) fn answering(world: &World, name: &str) -> Result<String, NoAnswer> {
    let model = match world.flavour() {
        Flavour::Azure => world.deployed(name).ok_or(NoAnswer::NotDeployed)?,
        _ => name.to_owned(),
    };
    check_alive(world, &model)?;
    Ok(model)
}

/// Refuses models that do not exist or are no more.
pub(crate) fn check_alive(world: &World, name: &str) -> Result<(), ApiError> {
    match find(world, name) {
        Some(base) if base.is_shut_down(world.now()) => {
            Err(deprecated(name).with_status(StatusCode::NOT_FOUND))
        }
        Some(_) => Ok(()),
        None => check_fine_tuned(world, name),
    }
}

fn deprecated(name: &str) -> ApiError {
    ApiError::invalid(
        "model_not_found",
        "model".to_owned(),
        format!("The model '{name}' has been deprecated and was shut down."),
    )
}

fn find(world: &World, name: &str) -> Option<&'static Base> {
    BASES
        .iter()
        .find(|base| base.name == name && base.is_at(world.flavour()))
}

/// `GET /v1/models`: the base models and those that jobs made.
pub(crate) async fn index(State(world): State<Arc<World>>) -> Json<Value> {
    let flavour = world.flavour();
    let base = BASES
        .iter()
        .filter(|base| base.is_at(flavour))
        .map(base_view);
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
        .map(|(name, finished)| view(&name, unix(finished), None));
    let data: Vec<Value> = base.chain(made).collect();
    Json(json!({"object": "list", "data": data}))
}

/// `GET /v1/models/{model}`; checkpoints are models too.
pub(crate) async fn retrieve(
    State(world): State<Arc<World>>,
    Id(name): Id,
) -> Result<Json<Value>, ApiError> {
    if let Some(base) = find(&world, &name) {
        return Ok(Json(base_view(base)));
    }
    let created = fine_tuned(&world, &name).ok_or_else(|| unknown(&name))?;
    Ok(Json(view(&name, unix(created), None)))
}

/// `DELETE /v1/models/{model}`.
pub(crate) async fn delete(
    State(world): State<Arc<World>>,
    Id(name): Id,
) -> Result<Json<Value>, ApiError> {
    if find(&world, &name).is_some() {
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

fn base_view(base: &Base) -> Value {
    view(base.name, base.created, base.shutdown.map(|(_, day)| day))
}

fn view(name: &str, created: i64, shutdown: Option<&str>) -> Value {
    json!({
        "id": name,
        "object": "model",
        "created": created,
        "owned_by": "sandbox-simulated",
        "shutdown_date": shutdown,
    })
}

fn unknown(name: &str) -> ApiError {
    ApiError::not_found(
        "model_not_found",
        "model",
        format!("The model '{name}' does not exist"),
    )
}
