use serde_json::json;

use super::*;

fn trial(row: u64, reward: f64, errors: &Value) -> Trial {
    Trial {
        row,
        reply: Ok(json!({
            "reward": reward, "sub_rewards": {"a": reward, "b": 1.0},
            "metadata": {"errors": errors, "execution_time": 2.0, "token_usage": 30},
        })),
    }
}

fn trials(rewards: &[f64]) -> Vec<Trial> {
    rewards
        .iter()
        .zip(1..)
        .map(|(reward, row)| trial(row, *reward, &json!({"other_error": false})))
        .collect()
}

#[test]
fn rewards_that_differ_are_a_signal() {
    let calibration = calibrate(&trials(&[0.0, 0.5, 1.0, 0.25]), (0.0, 1.0));
    assert_eq!(calibration.signal, Signal::Good);
    let rewards = calibration.rewards.unwrap();
    assert_eq!(
        (rewards.min, rewards.median, rewards.mean, rewards.max),
        (0.0, 0.375, 0.4375, 1.0)
    );
    assert_eq!(rewards.histogram, [1, 0, 1, 0, 0, 1, 0, 0, 0, 1]);
    assert_eq!(
        (calibration.seconds, calibration.tokens),
        (Some(2.0), Some(30.0))
    );
    assert_eq!(json!(calibration.graders[0].mean), json!(0.4375));
}

#[test]
fn rewards_that_do_not_are_none() {
    let signal = |rewards: &[f64], range| calibrate(&trials(rewards), range).signal;
    assert_eq!(signal(&[0.5, 0.5, 0.5], (0.0, 1.0)), Signal::None);
    assert_eq!(signal(&[0.0, 0.0, 0.1], (0.0, 1.0)), Signal::TooLow);
    assert_eq!(signal(&[1.0, 1.0, 0.98], (0.0, 1.0)), Signal::TooHigh);
    assert_eq!(signal(&[9.0, 10.0, 4.0], (0.0, 10.0)), Signal::Good);
    assert_eq!(signal(&[0.5, 0.7], (0.0, 1.0)), Signal::Unknown);
    assert_eq!(signal(&[], (0.0, 1.0)), Signal::Unknown);
}

#[test]
fn errors_are_counted_with_their_rows_and_what_to_do() {
    let broken = json!({"python_grader_runtime_error": true, "python_grader_runtime_error_details": "KeyError: 'x'"});
    let mut all = vec![
        trial(1, 0.0, &broken),
        trial(2, 0.0, &broken),
        trial(3, 0.5, &json!({})),
    ];
    all.push(Trial {
        row: 4,
        reply: Err("the provider is gone".to_owned()),
    });
    let calibration = calibrate(&all, (0.0, 1.0));
    assert_eq!((calibration.graded, calibration.failed), (3, 1));
    assert_eq!(calibration.failure.as_deref(), Some("the provider is gone"));
    let [error] = calibration.errors.as_slice() else {
        panic!("{calibration:?}")
    };
    assert_eq!(
        (error.error.as_str(), error.count, error.rows.as_slice()),
        ("python_grader_runtime_error", 2, &[1, 2][..])
    );
    assert_eq!(error.details.as_deref(), Some("KeyError: 'x'"));
    assert!(error.help.contains("exception"));
    // Two of four rows are no majority yet; three are.
    assert_ne!(calibration.signal, Signal::Errors);
    all.push(trial(5, 0.0, &broken));
    assert_eq!(calibrate(&all, (0.0, 1.0)).signal, Signal::Errors);
}

/// Every flag that the API has is counted.
#[test]
fn every_error_of_the_api_is_known() {
    for error in [
        "formula_parse_error",
        "sample_parse_error",
        "truncated_observation_error",
        "unresponsive_reward_error",
        "invalid_variable_error",
        "other_error",
        "python_grader_server_error",
        "python_grader_runtime_error",
        "model_grader_server_error",
        "model_grader_refusal_error",
        "model_grader_parse_error",
    ] {
        let calibration = calibrate(&[trial(1, 0.0, &json!({ error: true }))], (0.0, 1.0));
        assert_eq!(calibration.errors[0].error, error);
        assert!(!calibration.errors[0].help.is_empty());
    }
}
