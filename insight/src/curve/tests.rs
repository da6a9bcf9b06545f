use serde_json::json;

use super::*;
use crate::metrics::{Collector, tests::table};

/// A series of validated steps: training, validation, tokens.
fn series(points: &[(f64, f64, f64)]) -> Series {
    let table = table();
    let mut collector = Collector::new(&table);
    for (index, (train, valid, tokens)) in points.iter().enumerate() {
        collector.event(&json!({"data": {
            "step": index + 1, "total_steps": points.len(),
            "train_mean_reward": train, "full_valid_mean_reward": valid, "reasoning_tokens_mean": tokens,
        }}));
    }
    collector.finish()
}

fn judged(points: &[(f64, f64, f64)]) -> Judgement {
    judge(&series(points), &View::default())
}

fn codes(judgement: &Judgement) -> Vec<(&str, Severity)> {
    judgement
        .alarms
        .iter()
        .map(|alarm| (alarm.code, alarm.severity))
        .collect()
}

#[test]
fn a_rising_curve_is_no_alarm() {
    let judgement = judged(&[
        (0.3, 0.3, 100.0),
        (0.4, 0.41, 101.0),
        (0.5, 0.49, 105.0),
        (0.6, 0.58, 110.0),
    ]);
    assert_eq!(codes(&judgement), []);
    assert_eq!(judgement.trend.direction, Direction::Rising);
    assert!(!judgement.plateau);
    assert_eq!(judgement.best_valid.unwrap().step, 4);
    assert_eq!(
        judgement.verdict,
        "Validation reward 0.300 (step 1) → 0.580 (step 4), rising. No alarm."
    );
}

#[test]
fn nothing_yet_is_said_to_be_nothing() {
    let judgement = judge(&Series::default(), &View::default());
    assert_eq!(judgement.trend.direction, Direction::Unknown);
    assert!(judgement.verdict.starts_with("No evaluation so far"));
    assert_eq!(codes(&judgement), []);
}

#[test]
fn a_plateau_is_a_note_and_a_fall_is_none() {
    let flat = judged(&[
        (0.4, 0.4, 1.0),
        (0.5, 0.5, 1.0),
        (0.5, 0.505, 1.0),
        (0.5, 0.5, 1.0),
        (0.5, 0.503, 1.0),
    ]);
    assert!(flat.plateau);
    assert_eq!(codes(&flat), [("plateau", Severity::Note)]);
    let fallen = judged(&[
        (0.4, 0.4, 1.0),
        (0.6, 0.6, 1.0),
        (0.5, 0.5, 1.0),
        (0.4, 0.4, 1.0),
        (0.3, 0.3, 1.0),
        (0.2, 0.2, 1.0),
    ]);
    assert!(!fallen.plateau);
    assert_eq!(codes(&fallen), [("collapse", Severity::Stop)]);
    assert_eq!(fallen.trend.direction, Direction::Falling);
}

#[test]
fn noise_is_no_trend_and_hides_no_plateau() {
    let noise = [0.52, 0.48, 0.53, 0.47, 0.55, 0.5, 0.46, 0.53, 0.49, 0.47];
    let points: Vec<_> = noise.iter().map(|valid| (*valid, *valid, 1.0)).collect();
    let judgement = judged(&points);
    assert_eq!(judgement.trend.direction, Direction::Flat);
    assert_eq!(codes(&judgement), [("plateau", Severity::Note)]);
}

#[test]
fn gaps_warn_and_stop_at_their_thresholds() {
    let with_gap = |gap: f64| {
        judged(&[
            (0.5 + gap, 0.5, 1.0),
            (0.55 + gap, 0.55, 1.0),
            (0.6 + gap, 0.6, 1.0),
        ])
    };
    assert_eq!(codes(&with_gap(0.049)), []);
    assert_eq!(codes(&with_gap(0.06)), [("gap", Severity::Warn)]);
    assert_eq!(codes(&with_gap(0.11)), [("gap", Severity::Stop)]);
}

#[test]
fn thresholds_are_shares_of_the_graders_range() {
    let points = [(0.7, 0.5, 1.0), (0.8, 0.6, 1.0), (0.9, 0.7, 1.0)];
    let wide = judge(&series(&points), &View::within(Some((-2.0, 8.0))));
    assert_eq!(codes(&wide), []);
    let unbounded = View::within(Some((0.0, f64::INFINITY)));
    assert_eq!(unbounded.range, (0.0, 1.0));
    assert_eq!(
        codes(&judge(&series(&points), &unbounded)),
        [("gap", Severity::Stop)]
    );
}

#[test]
fn training_up_and_validation_down_is_hacking() {
    let judgement = judged(&[
        (0.4, 0.4, 100.0),
        (0.6, 0.5, 150.0),
        (0.7, 0.44, 220.0),
        (0.85, 0.38, 300.0),
        (0.9, 0.3, 350.0),
    ]);
    let codes = codes(&judgement);
    assert!(
        codes.contains(&("reward_hacking", Severity::Stop)),
        "{codes:?}"
    );
    assert!(!codes.iter().any(|(code, _)| *code == "collapse"));
}

#[test]
fn answers_three_times_as_long_are_alarming() {
    let grown = |factor: f64| {
        judged(&[
            (0.3, 0.3, 100.0),
            (0.4, 0.4, 100.0 * factor),
            (0.5, 0.5, 100.0 * factor),
            (0.6, 0.6, 100.0 * factor),
        ])
    };
    assert_eq!(codes(&grown(1.9)), []);
    assert_eq!(codes(&grown(2.2)), [("token_growth", Severity::Note)]);
    assert_eq!(codes(&grown(3.0)), [("token_growth", Severity::Warn)]);
}

#[test]
fn no_signal_is_told_at_both_ends() {
    let low = judged(&[(0.0, 0.0, 1.0), (0.0, 0.001, 1.0)]);
    assert_eq!(codes(&low), [("no_signal", Severity::Warn)]);
    assert!(low.alarms[0].help.contains("partial credit"));
    let high = judged(&[(1.0, 0.99, 1.0), (1.0, 1.0, 1.0)]);
    assert!(high.alarms[0].help.contains("harder"));
    // A start at nothing that went somewhere is fine.
    assert_eq!(codes(&judged(&[(0.0, 0.0, 1.0), (0.2, 0.2, 1.0)])), []);
}

#[test]
fn errors_of_answers_and_of_each_grader_are_told() {
    let table = table();
    let mut collector = Collector::new(&table);
    for step in 1..=3 {
        collector.event(&json!({"data": {
            "step": step, "train_mean_reward": 0.3, "full_valid_mean_reward": 0.3 + 0.1 * f64::from(step),
            "full_valid_mean_parse_error": 0.7, "mean_unresponsive_rewards": 0.2,
            "errors": {"graders": [
                {"name": "fine", "type": "python", "train_other_error_mean": 0.0},
                {"name": "bad", "type": "python", "train_python_grader_runtime_error_mean": 0.4, "train_other_error_mean": 0.2},
            ]},
        }}));
    }
    let judgement = judge(&collector.finish(), &View::default());
    let found = codes(&judgement);
    assert!(
        found.contains(&("parse_errors", Severity::Stop)),
        "{found:?}"
    );
    assert!(
        found.contains(&("unresponsive", Severity::Warn)),
        "{found:?}"
    );
    let graders: Vec<_> = judgement
        .alarms
        .iter()
        .filter(|alarm| alarm.code == "grader_errors")
        .collect();
    assert_eq!(graders.len(), 1);
    assert_eq!(
        graders[0].message,
        "grader `bad` fails on 40% of the answers: python grader runtime"
    );
    assert!(graders[0].help.contains("exception"));
}

#[test]
fn gaps_need_both_rewards_of_one_step() {
    let table = table();
    let mut collector = Collector::new(&table);
    collector.event(&json!({"data": {"step": 1, "train_mean_reward": 0.9}}));
    collector.event(&json!({"data": {"step": 2, "full_valid_mean_reward": 0.1}}));
    assert_eq!(judge(&collector.finish(), &View::default()).gap, None);
}
