use serde_json::json;

use super::*;
use crate::metrics::{Collector, tests::table};

fn checkpoint(step: u64, metrics: &Value) -> Value {
    json!({"id": format!("ftckpt_{step}"), "fine_tuned_model_checkpoint": format!("ft:{step}"), "step_number": step, "metrics": metrics})
}

fn ranking(checkpoints: &[Value], events: &[Value]) -> Ranking {
    let table = table();
    let mut collector = Collector::new(&table);
    for event in events {
        collector.event(event);
    }
    rank(&table, checkpoints, &collector.finish(), &View::default())
}

fn event(step: u64, train: f64, valid: f64, tokens: f64) -> Value {
    json!({"data": {"step": step, "train_mean_reward": train, "full_valid_mean_reward": valid, "valid_reasoning_tokens_mean": tokens}})
}

#[test]
fn the_best_validation_reward_comes_first() {
    let none = json!({"train_loss": 0.1});
    let ranking = ranking(
        &[
            checkpoint(30, &none),
            checkpoint(20, &none),
            checkpoint(10, &none),
            checkpoint(5, &none),
        ],
        &[
            event(10, 0.5, 0.5, 9.0),
            event(20, 0.7, 0.7, 9.0),
            event(30, 0.8, 0.6, 9.0),
        ],
    );
    let order: Vec<_> = ranking
        .checkpoints
        .iter()
        .map(|one| (one.rank, one.step, one.gap))
        .collect();
    assert_eq!(
        order,
        [
            (1, 20, Some(0.0)),
            (2, 30, Some(0.2)),
            (3, 10, Some(0.0)),
            (4, 5, None)
        ]
    );
    assert_eq!(ranking.recommended.as_deref(), Some("ft:20"));
    assert_eq!(
        ranking.reason,
        "step 20 has the best validation reward, 0.700"
    );
    assert!(ranking.checkpoints[1].concerns[0].contains("0.200 above"));
}

#[test]
fn their_own_metrics_come_before_the_events() {
    let own = json!({"train_mean_reward": 0.4, "full_valid_mean_reward": 0.9});
    let ranking = ranking(&[checkpoint(10, &own)], &[event(10, 0.5, 0.5, 7.0)]);
    let one = &ranking.checkpoints[0];
    assert_eq!(
        (one.valid_reward, one.train_reward, one.tokens),
        (Some(0.9), Some(0.4), Some(7.0))
    );
}

#[test]
fn of_equals_the_sound_and_the_short_one_is_recommended() {
    let none = json!({});
    let all = [checkpoint(10, &none), checkpoint(20, &none)];
    let gapped = ranking(
        &all,
        &[event(10, 0.6, 0.595, 9.0), event(20, 0.8, 0.6, 9.0)],
    );
    assert_eq!(gapped.recommended.as_deref(), Some("ft:10"));
    assert!(
        gapped.reason.ends_with("less speaks against it"),
        "{}",
        gapped.reason
    );
    let long = ranking(
        &all,
        &[event(10, 0.6, 0.595, 5.0), event(20, 0.6, 0.6, 9.0)],
    );
    assert_eq!(long.recommended.as_deref(), Some("ft:10"));
    assert!(
        long.reason.ends_with("its answers are shorter"),
        "{}",
        long.reason
    );
    let unknown = |step: u64, valid: f64| json!({"data": {"step": step, "train_mean_reward": valid, "full_valid_mean_reward": valid}});
    let early = ranking(&all, &[unknown(10, 0.595), unknown(20, 0.6)]);
    assert_eq!(early.recommended.as_deref(), Some("ft:10"));
    assert!(
        early.reason.ends_with("it was there earlier"),
        "{}",
        early.reason
    );
    let far = ranking(&all, &[event(10, 0.5, 0.5, 5.0), event(20, 0.8, 0.6, 9.0)]);
    assert_eq!(far.recommended.as_deref(), Some("ft:20"));
    assert!(
        far.reason.contains("; but its training reward"),
        "{}",
        far.reason
    );
}

#[test]
fn nothing_to_rank_is_said() {
    assert!(ranking(&[], &[]).reason.contains("no checkpoint yet"));
    let unmeasured = ranking(&[checkpoint(3, &json!(null)), json!({"id": "broken"})], &[]);
    assert_eq!(
        (unmeasured.checkpoints.len(), unmeasured.recommended),
        (1, None)
    );
    assert!(
        unmeasured
            .reason
            .contains("no checkpoint has a validation reward")
    );
}
