//! Judges what people bring to reinforcement fine-tuning and what comes out of it: datasets, graders, metrics, reward
//! curves, checkpoints, costs and failures. Pure functions over bytes and JSON: no network, no clock, no files.
//!
//! Names that providers give their metrics, and what their errors mean, are data that the caller passes in.

pub mod calibration;
pub mod checkpoints;
pub mod compare;
pub mod cost;
pub mod curve;
pub mod dataset;
pub mod export;
pub mod failure;
pub mod grader;
pub mod metrics;
pub mod picture;
mod problem;
mod round;

pub use problem::{Level, Problem, Problems};
pub use round::rounded;
