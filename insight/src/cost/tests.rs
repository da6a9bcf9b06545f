use serde_json::{Value, json};

use super::*;
use crate::metrics::{
    Collector,
    tests::{data, table},
};

fn measured() -> Measured {
    data(include_str!("../../../manifest/data/costs.yaml"))
}

fn near(value: f64, expected: f64) -> bool {
    (value - expected).abs() < 0.02
}

#[test]
fn the_measured_step_costs_what_it_took() {
    let job = Job {
        examples: 320,
        validation_examples: Some(20),
        hyperparameters: json!({"batch_size": 32, "n_epochs": 2, "eval_interval": 2, "eval_samples": 1}),
        asks_model: false,
    };
    let measured = Measured {
        rollouts: 501.0 / 32.0,
        ..measured()
    };
    let estimate = plan(&job, &measured, Some(100.0), None);
    assert_eq!(estimate.steps, Some(20));
    // 20 steps of 629 s and 10 evaluations of 102 s.
    let hours = (20.0 * 629.0 + 10.0 * 102.0) / 3_600.0;
    let span = estimate.hours.unwrap();
    assert!(
        near(span.likely, hours) && near(span.low, hours / 2.5) && near(span.high, hours * 2.5),
        "{span:?}"
    );
    assert!((estimate.usd.unwrap().likely - hours * 100.0).abs() < 1.0);
    assert_eq!(estimate.assumptions, Vec::<String>::new());
}

#[test]
fn what_is_left_to_the_provider_is_said() {
    let job = Job {
        examples: 1_000,
        hyperparameters: json!({"batch_size": "auto", "compute_multiplier": 2, "n_epochs": 5}),
        asks_model: true,
        ..Job::default()
    };
    let estimate = plan(&job, &measured(), None, None);
    let told = estimate.assumptions.join("\n");
    for words in [
        "batch_size is left",
        "eval_interval is left",
        "100 examples",
        "tokens of the models",
        "hourly_usd",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert!(!told.contains("n_epochs"));
    assert_eq!((estimate.steps, estimate.usd), (Some(160), None));
    assert!(
        estimate
            .savings
            .iter()
            .any(|saving| saving.contains("compute_multiplier"))
    );
    assert!(
        estimate
            .savings
            .iter()
            .any(|saving| saving.contains("fewer epochs"))
    );
}

#[test]
fn more_of_anything_costs_more() {
    let cost = |change: Value| {
        let mut hyperparameters = json!({"batch_size": 16, "n_epochs": 1, "eval_interval": 5, "eval_samples": 1, "compute_multiplier": 1});
        hyperparameters
            .as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        let job = Job {
            examples: 500,
            validation_examples: Some(50),
            hyperparameters,
            asks_model: false,
        };
        plan(&job, &measured(), Some(100.0), None)
            .usd
            .unwrap()
            .likely
    };
    let base = cost(json!({}));
    for more in [
        json!({"n_epochs": 2}),
        json!({"eval_interval": 1}),
        json!({"eval_samples": 4}),
        json!({"compute_multiplier": 3}),
    ] {
        assert!(cost(more.clone()) > base, "{more}");
    }
}

fn series(done: u64, total: u64) -> Series {
    let table = table();
    let mut collector = Collector::new(&table);
    for step in 1..=done {
        collector.event(&json!({"data": {"step": step, "total_steps": total, "timing": {"step": {
            "sampling": 100.0, "training": 200.0, "eval": (step % 2 == 0).then_some(60.0), "full_iteration": if step % 2 == 0 { 360.0 } else { 300.0 },
        }}}}));
    }
    collector.finish()
}

#[test]
fn a_running_job_is_estimated_by_its_own_steps() {
    let series = series(10, 20);
    let timing = timing(&series).unwrap();
    assert_eq!(
        (timing.step, timing.eval, timing.total, timing.steps),
        (300.0, Some(60.0), 3_300.0, 10)
    );
    let estimate = running(&series, &timing, false, Some(100.0), None);
    assert!(near(estimate.hours.unwrap().likely, 6_600.0 / 3_600.0));
    assert!(near(estimate.usd.unwrap().likely, 183.33), "{estimate:?}");
    assert!(near(estimate.usd_so_far.unwrap(), 91.67));
    assert_eq!((estimate.steps, estimate.steps_done), (Some(20), Some(10)));
    // What the provider says it costs comes before what follows from the time.
    let billed = running(&series, &timing, false, Some(100.0), Some(50.0));
    assert!(near(billed.usd.unwrap().likely, 141.67));
    assert!(
        !billed
            .assumptions
            .iter()
            .any(|text| text.contains("does not say"))
    );
    let ended = running(&series, &timing, true, Some(100.0), None);
    let usd = ended.usd.unwrap();
    assert!(near(usd.likely, 91.67) && near(usd.low, usd.high));
}

#[test]
fn parts_stand_in_for_the_whole_and_nothing_is_no_timing() {
    let table = table();
    let mut collector = Collector::new(&table);
    collector.event(&json!({"data": {"step": 1, "timing": {"step": {"sampling": 10.0, "training": 20.0, "eval": 5.0}}}}));
    let parts = timing(&collector.finish()).unwrap();
    assert_eq!(
        (parts.step, parts.eval, parts.total),
        (30.0, Some(5.0), 35.0)
    );
    assert!(timing(&Series::default()).is_none());
}

#[test]
fn another_jobs_timing_comes_before_the_measured_step() {
    let mut like = Like {
        timing: timing(&series(4, 4)).unwrap(),
        hyperparameters: json!({"batch_size": 10, "eval_samples": 1}),
    };
    let job = Job {
        examples: 100,
        validation_examples: Some(10),
        hyperparameters: json!({"batch_size": 10, "n_epochs": 1, "eval_interval": 2, "eval_samples": 1}),
        asks_model: false,
    };
    let estimate = plan(&job, &measured(), Some(100.0), Some(&like));
    // 10 steps of 300 s and 5 evaluations of 60 s.
    assert!(
        near(estimate.hours.unwrap().likely, 3_300.0 / 3_600.0),
        "{estimate:?}"
    );
    assert!(estimate.basis.contains("4 steps of another job"));
    assert_eq!(
        estimate.assumptions,
        ["its validations have as many examples as that job's"]
    );
    // A quarter of the answers in that job's steps, and a validation of half as many.
    like.hyperparameters = json!({"batch_size": 5, "compute_multiplier": 0.5, "eval_samples": 0.5});
    let grown = |times: f64| times.powf(measured().growth);
    let estimate = plan(&job, &measured(), Some(100.0), Some(&like));
    let hours = (10.0 * 300.0 * grown(4.0) + 5.0 * 60.0 * grown(2.0)) / 3_600.0;
    assert!(near(estimate.hours.unwrap().likely, hours), "{estimate:?}");
    let told = estimate.assumptions.join("\n");
    assert!(
        told.contains("its own compute_multiplier is left to the provider: 1 is assumed"),
        "{told}"
    );
    assert!(estimate.basis.contains("scaled by the number of answers"));
}

#[test]
fn a_job_that_ended_without_times_is_told_by_its_dates() {
    let series = Series {
        total_steps: Some(9),
        ..Series::default()
    };
    let estimate = ended(&series, Some(7_200.0), Some(50.0), None);
    assert_eq!(estimate.usd_so_far, Some(100.0));
    assert!(near(estimate.hours.unwrap().high, 2.0));
    // What the provider says comes before, and nothing is made up.
    assert_eq!(ended(&series, None, None, Some(7.5)).usd_so_far, Some(7.5));
    let unknown = ended(&series, None, Some(50.0), None);
    assert_eq!((unknown.usd, unknown.hours), (None, None));
}
