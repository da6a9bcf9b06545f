//! The learning curve: its shape by scenario, and that it reacts to the hyperparameters.

use rft_mcp_sandbox::Scenario;
use serde_json::{Value, json};

use crate::support::{Api, exact, number, request_with, score_model};

/// Rewards of a whole job: (step, train), (step, validation), reasoning tokens, parse errors.
struct Curve {
    train: Vec<f64>,
    valid: Vec<f64>,
    tokens: Vec<f64>,
    parse_errors: Vec<f64>,
    seconds: f64,
}

async fn curve(scenario: Scenario, seed: u64, grader: Value, hyperparameters: Value) -> Curve {
    let api = Api::with(scenario);
    let mut request = request_with(grader, hyperparameters);
    request["seed"] = seed.into();
    let id = api.launch(request).await;
    let job = api.finish(&id).await;
    let metrics = api.metrics(&id).await;
    let all = |key: &str| -> Vec<f64> {
        let present = metrics.iter().map(|m| &m[key]).filter(|v| !v.is_null());
        present.map(number).collect()
    };
    Curve {
        train: all("train_mean_reward"),
        valid: all("full_valid_mean_reward"),
        tokens: all("reasoning_tokens_mean"),
        parse_errors: all("full_valid_mean_parse_error"),
        seconds: number(&job["usage_metrics"]["training_seconds"]),
    }
}

async fn of(scenario: Scenario, seed: u64) -> Curve {
    curve(scenario, seed, exact(), json!({"eval_interval": 2})).await
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / number(&values.len().into())
}

fn best(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::MIN, f64::max)
}

fn last(values: &[f64]) -> f64 {
    *values.last().unwrap()
}

#[tokio::test(start_paused = true)]
async fn healthy_rewards_rise_without_a_gap() {
    for seed in 0..8 {
        let curve = of(Scenario::Healthy, seed).await;
        assert!(
            last(&curve.valid) > curve.valid[0] + 0.2,
            "{:?}",
            curve.valid
        );
        let (train, valid) = (mean(&curve.train[16..]), mean(&curve.valid[8..]));
        assert!((train - valid).abs() < 0.05, "{train} {valid}");
        assert!(last(&curve.tokens) < 1.4 * curve.tokens[0]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_plateau_is_flat_and_far_below_healthy() {
    for seed in 0..8 {
        let (flat, healthy) = (
            of(Scenario::Plateau, seed).await,
            of(Scenario::Healthy, seed).await,
        );
        let (middle, end) = (mean(&flat.valid[4..7]), mean(&flat.valid[8..]));
        assert!((end - middle).abs() < 0.06, "{:?}", flat.valid);
        assert!(mean(&healthy.valid[8..]) > end + 0.1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_collapse_falls_from_its_best_to_below_its_start() {
    for seed in 0..8 {
        let curve = of(Scenario::Collapse, seed).await;
        assert!(
            best(&curve.valid) > curve.valid[0] + 0.1,
            "{:?}",
            curve.valid
        );
        assert!(last(&curve.valid) < curve.valid[0], "{:?}", curve.valid);
        assert!(
            last(&curve.train) < curve.train[0] + 0.05,
            "{:?}",
            curve.train
        );
    }
}

#[tokio::test(start_paused = true)]
async fn reward_hacking_opens_a_gap_and_triples_the_tokens() {
    for seed in 0..8 {
        let curve = of(Scenario::RewardHacking, seed).await;
        assert!(last(&curve.train) > 0.85, "{:?}", curve.train);
        assert!(
            last(&curve.valid) < best(&curve.valid) - 0.1,
            "{:?}",
            curve.valid
        );
        assert!(last(&curve.train) - last(&curve.valid) > 0.3);
        let growth = last(&curve.tokens) / curve.tokens[0];
        assert!((2.6..3.4).contains(&growth), "{growth}");
    }
}

#[tokio::test(start_paused = true)]
async fn parse_errors_keep_rewards_low() {
    for seed in 0..4 {
        let curve = of(Scenario::ParseErrors, seed).await;
        assert!(curve.parse_errors.iter().all(|share| *share > 0.5));
        assert!(best(&curve.valid) < 0.4, "{:?}", curve.valid);
    }
}

#[tokio::test(start_paused = true)]
async fn hyperparameters_have_their_effect() {
    let run = async |hyperparameters| curve(Scenario::Healthy, 1, exact(), hyperparameters).await;
    let usual = run(json!({"batch_size": 8, "n_epochs": 2})).await;
    assert_eq!(usual.train.len(), 24);

    let slow = run(json!({"batch_size": 8, "n_epochs": 2, "learning_rate_multiplier": 0.1})).await;
    assert!(
        mean(&slow.valid) < mean(&usual.valid) - 0.1,
        "a low rate learns less"
    );
    let wild = run(json!({"batch_size": 8, "n_epochs": 2, "learning_rate_multiplier": 10})).await;
    assert!(
        last(&wild.valid) < best(&wild.valid) - 0.1,
        "a high rate collapses: {:?}",
        wild.valid
    );
    let longer = run(json!({"batch_size": 8, "n_epochs": 4})).await;
    assert_eq!(longer.train.len(), 48);
    assert!(
        last(&longer.valid) > last(&usual.valid),
        "more rounds learn more"
    );
    let large = run(json!({"batch_size": 48, "n_epochs": 2})).await;
    assert_eq!(large.train.len(), 4);
    let strong = run(json!({"batch_size": 8, "n_epochs": 2, "compute_multiplier": 4})).await;
    let head = |curve: &Curve| mean(&curve.train[..4]);
    assert!(head(&strong) > head(&usual) + 0.03, "compute helps early");
    assert!(last(&strong.valid) > last(&usual.valid), "and late");
    assert!(strong.seconds > 1.5 * usual.seconds, "and costs");
    let thorough = run(json!({"batch_size": 8, "n_epochs": 2, "reasoning_effort": "high"})).await;
    assert!(
        thorough.tokens[0] > 1.5 * usual.tokens[0],
        "effort is tokens"
    );
    let watched =
        run(json!({"batch_size": 8, "n_epochs": 2, "eval_interval": 1, "eval_samples": 8})).await;
    assert_eq!(watched.valid.len(), 24);
    assert!(watched.seconds > usual.seconds, "evaluations cost");
}

#[tokio::test(start_paused = true)]
async fn more_eval_samples_mean_less_noise() {
    let roughness = async |samples: u32| {
        let hyperparameters = json!({"n_epochs": 10, "eval_interval": 1, "eval_samples": samples});
        let curve = curve(Scenario::Healthy, 3, exact(), hyperparameters).await;
        let tail = &curve.valid[60..];
        let jumps: Vec<f64> = tail.windows(2).map(|w| (w[1] - w[0]).abs()).collect();
        mean(&jumps)
    };
    assert!(roughness(16).await < 0.5 * roughness(1).await);
}

#[tokio::test(start_paused = true)]
async fn rewards_stay_within_the_graders_range() {
    let mut tens = score_model();
    tens["range"] = json!([1, 10]);
    let curve_of =
        async |grader| curve(Scenario::Healthy, 5, grader, json!({"eval_interval": 1})).await;
    let curve = curve_of(tens.clone()).await;
    assert!(
        curve.train.iter().all(|r| (1.0..=10.0).contains(r)),
        "{:?}",
        curve.train
    );
    assert!(best(&curve.valid) > 5.0);

    let clipped = json!({
        "type": "multi", "name": "clipped", "graders": {"g": tens},
        "calculate_output": "min(max(g, 2), 5)",
    });
    let clip = curve_of(clipped).await;
    assert!(
        clip.valid
            .iter()
            .chain(&clip.train)
            .all(|r| (2.0..=5.0).contains(r))
    );
    assert!(
        (last(&clip.valid) - 5.0).abs() < 1e-9,
        "the clip binds: {:?}",
        clip.valid
    );
}

#[tokio::test(start_paused = true)]
async fn a_grader_that_counts_against_falls_while_the_reward_rises() {
    let grader = json!({
        "type": "multi", "name": "balance",
        "graders": {"good": exact(), "bad": {"type": "python", "name": "length", "source": "def grade(s, i):\n  return 0"}},
        "calculate_output": "good - 0.5 * bad",
    });
    let api = Api::new();
    let id = api
        .launch(request_with(grader, json!({"eval_interval": 1})))
        .await;
    api.finish(&id).await;
    let metrics = api.metrics(&id).await;
    let (first, end) = (&metrics[0], metrics.last().unwrap());
    let score = |data: &Value, k: usize| number(&data["scores"]["graders"][k]["train_reward_mean"]);
    assert!(score(end, 0) > score(first, 0) && score(end, 1) < score(first, 1));
    let reward = number(&end["train_mean_reward"]);
    assert!((reward - (score(end, 0) - 0.5 * score(end, 1))).abs() < 1e-9);
    assert!(reward > number(&first["train_mean_reward"]));
}
