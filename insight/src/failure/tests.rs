use serde_json::json;

use super::*;
use crate::{
    curve::{View, judge},
    metrics::{Series, tests::data},
};

fn told(job: &Value, events: &[Value]) -> Explanation {
    let explanations: Explanations = data(include_str!("../../../manifest/data/failures.yaml"));
    let nothing = judge(&Series::default(), &View::default());
    explain(&explanations, job, events, &nothing)
}

fn failed(code: &str, message: &str) -> Value {
    json!({"status": "failed", "error": {"code": code, "message": message, "param": "training_file"}})
}

#[test]
fn known_codes_and_words_are_explained() {
    for (code, message, words) in [
        ("insufficient_quota", "x", "no money left"),
        ("other", "You exceeded your current QUOTA", "no money left"),
        ("invalid_training_file", "x", "data file was rejected"),
        (
            "x",
            "Line 3 of the training file has no messages",
            "data file was rejected",
        ),
        ("invalid_grader", "x", "grader was rejected"),
        ("model_not_found", "x", "can not be trained"),
        ("server_error", "x", "The provider failed"),
    ] {
        let explanation = told(&failed(code, message), &[]);
        assert!(
            explanation.known && explanation.cause.contains(words),
            "{code}: {explanation:?}"
        );
        assert!(!explanation.steps.is_empty());
        assert_eq!(
            explanation.evidence[0],
            format!("{message} ({code}), about training_file")
        );
    }
}

#[test]
fn an_unknown_failure_is_admitted_with_all_that_was_said() {
    let events = [
        json!({"level": "info", "message": "fine"}),
        json!({"level": "error", "message": "The frobnicator broke"}),
    ];
    let explanation = told(
        &json!({"status": "failed", "error": {"code": null, "message": null}}),
        &events,
    );
    assert!(!explanation.known);
    assert_eq!(explanation.evidence, ["The frobnicator broke"]);
}

#[test]
fn events_explain_where_the_error_is_empty() {
    for error in [
        json!(null),
        json!({}),
        json!({"code": null, "message": null, "param": null}),
    ] {
        let events = [json!({"level": "error", "message": "Internal error during training"})];
        let explanation = told(&json!({"status": "failed", "error": error}), &events);
        assert!(
            explanation.cause.contains("The provider failed"),
            "{explanation:?}"
        );
    }
}

#[test]
fn jobs_that_did_not_fail_are_told_so() {
    for (status, words) in [
        ("succeeded", "did not fail"),
        ("cancelled", "cancelled the job"),
        ("paused", "paused, not failed"),
        ("running", "has not ended: its status is running"),
        ("frozen", "has not ended: its status is frozen"),
    ] {
        let explanation = told(&json!({"status": status, "error": null}), &[]);
        assert!(explanation.cause.contains(words), "{explanation:?}");
        assert!(!explanation.steps.is_empty());
    }
}

/// Texts are compared in small letters.
#[test]
fn no_explanation_waits_for_capitals() {
    let explanations: Explanations = data(include_str!("../../../manifest/data/failures.yaml"));
    for text in explanations.causes.iter().flat_map(|cause| &cause.says) {
        assert_eq!(*text, text.to_lowercase());
    }
}
