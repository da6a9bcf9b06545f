//! Fine-tuning jobs.

mod bill;
mod checkpoints;
mod events;
mod job;
mod metrics;
mod plan;
mod request;
mod results;
mod rewards;
mod routes;
mod settings;
mod timeline;

pub(crate) use self::job::Job;
pub(crate) use self::request::Request;
pub(crate) use self::routes::{
    cancel, checkpoints, create, events, index, pause, resume, retrieve,
};
pub(crate) use self::settings::{Effort, Settings};
pub(crate) use self::timeline::Status;
