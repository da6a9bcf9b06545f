use serde_json::json;

use super::*;
use crate::{
    curve::{View, judge},
    metrics::{Collector, tests::table},
};

fn run(id: &str, points: &[(f64, f64)], settings: &Value) -> Run {
    let table = table();
    let mut collector = Collector::new(&table);
    for (index, (train, valid)) in points.iter().enumerate() {
        collector.event(&json!({"data": {"step": index + 1, "train_mean_reward": train, "full_valid_mean_reward": valid}}));
    }
    let mut job = json!({"id": id, "status": "succeeded", "model": "m", "validation_file": "v"});
    job["method"] = json!({"reinforcement": {"grader": settings["grader"], "hyperparameters": settings["hyperparameters"]}});
    Run {
        job,
        judgement: judge(&collector.finish(), &View::default()),
        seconds: Some(7_200.0),
        usd: Some(199.999),
    }
}

#[test]
fn the_best_sound_run_wins() {
    // Left to the provider, said or not, is the same.
    let same = json!({"grader": {"type": "python"}, "hyperparameters": {"n_epochs": 1, "eval_samples": "auto"}});
    let other =
        json!({"grader": {"type": "python"}, "hyperparameters": {"n_epochs": 2, "batch_size": 4}});
    let comparison = compare(&[
        run("a", &[(0.3, 0.3), (0.6, 0.6)], &same),
        run(
            "b",
            &[(0.3, 0.3), (0.95, 0.7), (0.95, 0.7), (0.95, 0.7)],
            &other,
        ),
        run("c", &[(0.3, 0.3), (0.5, 0.5)], &same),
    ]);
    assert_eq!(comparison.best.as_deref(), Some("a"));
    assert_eq!(
        comparison.verdict,
        "a is best: validation reward 0.600 at step 2"
    );
    assert_eq!(comparison.jobs[0].gain, Some(0.3));
    assert_eq!(
        (comparison.jobs[0].hours, comparison.jobs[0].usd),
        (Some(2.0), Some(200.0))
    );
    assert!(comparison.jobs[1].alarms[0].contains("above the validation reward"));
    assert_eq!(comparison.warnings, Vec::<String>::new());
    assert_eq!(
        json!(comparison.differences),
        json!({"n_epochs": [1, 2, 1], "batch_size": [null, 4, null]})
    );
}

#[test]
fn of_equals_one_that_has_a_model_is_named_and_the_others_beside_it() {
    let settings = json!({"grader": {"type": "python"}, "hyperparameters": {}});
    let points = [(0.3, 0.3), (0.6, 0.6)];
    let mut failed = run("a", &points, &settings);
    failed.job["status"] = json!("failed");
    let (b, c) = (run("b", &points, &settings), run("c", &points, &settings));
    let comparison = compare(&[failed, b, c]);
    assert_eq!(comparison.best.as_deref(), Some("b"));
    assert_eq!(
        comparison.verdict,
        "b is best: validation reward 0.600 at step 2, as good as a, c"
    );
}

#[test]
fn other_graders_are_another_scale() {
    let with = |kind: &str| json!({"grader": {"type": kind}, "hyperparameters": {}});
    let comparison = compare(&[
        run("a", &[(0.3, 0.3)], &with("python")),
        run("b", &[(0.3, 0.4)], &with("multi")),
        run("c", &[(0.3, 0.2)], &with("python")),
    ]);
    assert!(comparison.warnings[0].contains("graders differ"));
    assert!(
        comparison
            .verdict
            .contains("as far as they can be compared")
    );
    assert_eq!(
        json!(comparison.differences),
        json!({"grader": ["grader 1", "grader 2", "grader 1"]})
    );
}

#[test]
fn runs_without_rewards_have_no_best() {
    let comparison = compare(&[run("a", &[], &json!({}))]);
    assert_eq!(
        (comparison.best, comparison.verdict.as_str()),
        (None, "no job has a validation reward yet")
    );
}
