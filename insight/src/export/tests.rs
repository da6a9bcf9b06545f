use serde_json::json;

use super::*;
use crate::metrics::{Collector, tests::table};

fn series(steps: u64) -> Series {
    let table = table();
    let mut collector = Collector::new(&table);
    for step in 1..=steps {
        collector.event(&json!({"data": {"step": step, "train_mean_reward": 0.5, "full_valid_mean_reward": (step % 2 == 0).then_some(0.25),
            "scores": {"graders": [{"name": "a,\"b\"", "type": "python", "train_reward_mean": 0.125}]}}}));
    }
    collector.finish()
}

#[test]
fn rows_are_quoted_and_gaps_are_empty() {
    let export = export(&series(2), 1, 10_000);
    assert_eq!(
        export.csv,
        "step,train_reward,valid_reward,\"python/a,\"\"b\"\"/train_reward\"\n1,0.5,,0.125\n2,0.5,0.25,0.125\n"
    );
    assert_eq!((export.rows, export.next), (2, None));
}

#[test]
fn what_does_not_fit_is_told_and_can_be_had_next() {
    let all = series(100);
    let (mut from, mut rows) = (1, 0);
    loop {
        let part = export(&all, from, 300);
        assert!(part.csv.len() <= 300);
        rows += part.rows;
        match part.next {
            Some(next) => from = next,
            None => break,
        }
    }
    assert_eq!(rows, 100);
    // One row is given, however narrow the limit.
    assert_eq!(export(&all, 7, 1).rows, 1);
}
