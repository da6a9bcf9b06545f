use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::*;

/// The table of the product, so that what is tested is what runs.
pub(crate) fn table() -> Table {
    data(include_str!("../../../manifest/data/metrics.yaml"))
}

/// The value of a data file.
pub(crate) fn data<T: serde::de::DeserializeOwned>(text: &str) -> T {
    let mut file: Value = yaml_serde::from_str(text).unwrap();
    serde_json::from_value(file["value"].take()).unwrap()
}

#[derive(Debug, Deserialize)]
struct Shape {
    name: String,
    event: Value,
    step: Option<u64>,
    total_steps: Option<u64>,
    #[serde(default)]
    values: std::collections::BTreeMap<String, f64>,
}

fn series(events: &[Value]) -> Series {
    let table = table();
    let mut collector = Collector::new(&table);
    for event in events {
        collector.event(event);
    }
    collector.finish()
}

#[test]
fn every_shape_is_read() {
    let shapes: Vec<Shape> = yaml_serde::from_str(include_str!("shapes.yaml")).unwrap();
    for shape in shapes {
        let read = series(std::slice::from_ref(&shape.event));
        let step = read.steps.first();
        assert_eq!(step.map(|step| step.step), shape.step, "{}", shape.name);
        assert_eq!(read.total_steps, shape.total_steps, "{}", shape.name);
        let values = step.map(|step| step.values.clone()).unwrap_or_default();
        assert_eq!(values, shape.values, "{}", shape.name);
    }
}

/// Every name in the table is found where the table says: no line of it is dead.
#[test]
fn every_name_of_the_table_is_read() {
    let table = table();
    for (metric, names) in &table.metrics {
        for pointer in &names.data {
            let mut data = json!(0.25);
            for key in pointer.rsplit('/').filter(|key| !key.is_empty()) {
                data = json!({ key: data });
            }
            data["step"] = json!(5);
            let read = series(&[json!({"data": data})]);
            assert_eq!(read.steps[0].get(metric), Some(0.25), "{metric} {pointer}");
        }
        for before in &names.message {
            let read = series(&[json!({"message": format!("Step 5/6 , {before}0.25, x")})]);
            assert_eq!(read.steps[0].get(metric), Some(0.25), "{metric} {before}");
        }
        for column in &names.column {
            let mut collector = Collector::new(&table);
            collector
                .results(format!("step,{column}\n5,0.25\n").as_bytes())
                .unwrap();
            let read = collector.finish();
            assert_eq!(read.steps[0].get(metric), Some(0.25), "{metric} {column}");
        }
    }
}

/// What overflowed is left out, wherever it stands, and an older name that holds is taken.
#[test]
fn what_nothing_measures_is_no_value() {
    let table = table();
    for text in ["1e308", "-1e300", "1e16", "inf", "NaN"] {
        let mut values = vec![json!(text)];
        values.extend(text.parse::<f64>().ok().map(Value::from));
        for value in values {
            let data = json!({"step": 5, "train_reward_mean": value, "train_mean_reward": 0.25});
            let read = series(&[json!({"data": data})]);
            assert_eq!(read.steps[0].get("train_reward"), Some(0.25), "{value}");
        }
        let message = format!("Step 5/6 , train mean reward={text}, x");
        let read = series(&[json!({"message": message})]);
        assert_eq!(read.steps[0].get("train_reward"), None, "{text}");
        let mut collector = Collector::new(&table);
        let file = format!("step,train_mean_reward\n5,{text}\n");
        collector.results(file.as_bytes()).unwrap();
        assert_eq!(
            collector.finish().steps[0].get("train_reward"),
            None,
            "{text}"
        );
    }
}

#[test]
fn a_real_event_is_read_whole() {
    let event: Value = serde_json::from_str(include_str!("openai.json")).unwrap();
    let read = series(&[event]);
    let step = &read.steps[0];
    assert_eq!(
        (step.step, read.total_steps, step.at),
        (10, Some(20), Some(1_746_679_539))
    );
    assert_eq!(step.get("train_reward"), Some(0.421_568_627_450_980_4));
    assert_eq!(step.get("valid_reward"), Some(0.675));
    assert_eq!(step.get("step_seconds"), Some(731.503_856_897_354_1));
    let id = GraderId {
        name: "basic_model_grader".to_owned(),
        kind: "score_model".to_owned(),
    };
    assert_eq!(
        step.graders[&id].get("train_reward"),
        Some(&0.447_105_788_423_153_7)
    );
    assert_eq!(
        step.graders[&id].get("valid_sample_parse_error"),
        Some(&0.0)
    );
    assert_eq!(
        read.model_totals()["gpt-4o-2024-08-06"].get("train_prompt_tokens"),
        Some(&120_741.0)
    );
}

#[test]
fn order_and_repetition_make_no_difference() {
    let event = |id: &str, at: i64, step: u64, reward: f64| json!({"id": id, "created_at": at, "data": {"step": step, "train_mean_reward": reward}});
    let forward = [
        event("a", 1, 1, 0.1),
        event("b", 2, 2, 0.2),
        event("c", 3, 3, 0.3),
    ];
    let mut backward: Vec<Value> = forward.iter().rev().cloned().collect();
    backward.push(event("b", 9, 2, 0.9));
    assert_eq!(series(&forward), series(&backward));
}

#[test]
fn a_step_told_twice_keeps_the_newer_and_fills_it_from_the_older() {
    let read = series(&[
        json!({"id": "b", "created_at": 20, "data": {"step": 2, "train_mean_reward": 0.6}}),
        json!({"id": "a", "created_at": 10, "data": {"step": 2, "train_mean_reward": 0.2, "full_valid_mean_reward": 0.3}}),
    ]);
    assert_eq!(read.steps.len(), 1);
    assert_eq!(read.steps[0].get("train_reward"), Some(0.6));
    assert_eq!(read.steps[0].get("valid_reward"), Some(0.3));
    assert_eq!(read.steps[0].at, Some(20));
}

#[test]
fn a_flood_of_steps_is_cut_to_the_newest() {
    let events: Vec<Value> = (1..=MOST_STEPS as u64 + 5)
        .map(|step| json!({"data": {"step": step, "train_mean_reward": 0.5}}))
        .collect();
    let read = series(&events);
    assert!(read.cut);
    assert_eq!(read.steps.len(), MOST_STEPS);
    assert_eq!(read.steps.last().unwrap().step, MOST_STEPS as u64 + 5);
}

#[test]
fn a_result_file_is_read_by_its_columns() {
    let table = table();
    let mut collector = Collector::new(&table);
    let file = "step,train_mean_reward,full_valid_mean_reward,\"scores/graders/string_check/a, b/c/train_reward_mean\",\
                errors/graders/python/p/errors/train_other_error_mean,total_duration,unknown\n\
                1,0.5,,0.25,0.125,700.5,x\n2,nan,0.75,,,,\n,0.9,,,,,\n";
    collector.results(file.as_bytes()).unwrap();
    let read = collector.finish();
    let [one, two] = read.steps.as_slice() else {
        panic!("{read:?}")
    };
    assert_eq!(
        (one.get("train_reward"), one.get("valid_reward")),
        (Some(0.5), None)
    );
    assert_eq!(one.get("step_seconds"), Some(700.5));
    let grader = |name: &str, kind: &str| GraderId {
        name: name.to_owned(),
        kind: kind.to_owned(),
    };
    assert_eq!(
        one.graders[&grader("a, b/c", "string_check")].get("train_reward"),
        Some(&0.25)
    );
    assert_eq!(
        one.graders[&grader("p", "python")].get("train_other_error"),
        Some(&0.125)
    );
    assert_eq!(
        (two.get("train_reward"), two.get("valid_reward")),
        (None, Some(0.75))
    );
}

#[test]
fn a_file_that_is_no_result_says_which_columns_it_has() {
    let table = table();
    let told = |file: &[u8]| {
        Collector::new(&table)
            .results(file)
            .unwrap_err()
            .to_string()
    };
    assert!(told(b"loss,accuracy\n1,2\n").contains("its columns are loss, accuracy"));
    assert!(told(b"").contains("no column for the step"));
    let told = told(&[0xff, 0xfe, b',', b'\n']);
    assert!(told.contains("no column for the step"), "{told}");
}

const NAMES: [&str; 3] = ["train_reward", "valid_reward", "valid_parse_error"];

#[test]
fn validation_is_the_newest_there_is() {
    let events = [
        json!({"data": {"step": 3, "total_steps": 8, "train_mean_reward": 0.7, "full_valid_mean_reward": null}}),
        json!({"data": {"step": 2, "train_mean_reward": 0.6, "full_valid_mean_reward": 0.55, "full_valid_mean_parse_error": 0}}),
        json!({"type": "message", "message": "hello"}),
    ];
    let table = table();
    assert_eq!(
        Value::Object(newest(&table, &events, &NAMES).unwrap()),
        json!({"step": 3, "train_reward": 0.7, "valid_reward": 0.55, "valid_parse_error": 0, "valid_step": 2})
    );
    assert_eq!(
        Value::Object(progress(&table, &events).unwrap()),
        json!({"step": 3, "total_steps": 8, "fraction": 0.375})
    );
    assert!(newest(&table, &events[2..], &NAMES).is_none() && progress(&table, &[]).is_none());
}

proptest! {
    /// Whatever a provider sends, reading it ends in finite numbers and in order.
    #[test]
    fn any_event_is_survived(
        step in prop_oneof![any::<f64>().prop_map(Value::from), any::<i64>().prop_map(Value::from), "\\PC{0,8}".prop_map(Value::from)],
        reward in prop_oneof![any::<f64>().prop_map(Value::from), "\\PC{0,8}".prop_map(Value::from), Just(Value::Null)],
        message in "\\PC{0,40}|Step [0-9./]{0,20} , train mean reward=[-+0-9.eE]{0,8}",
    ) {
        let read = series(&[json!({"message": message, "data": {"step": step, "scores": {"train_reward_mean": reward, "graders": [{"name": reward}]}}})]);
        for step in read.steps {
            prop_assert!(step.values.values().all(|value| value.is_finite()));
        }
    }
}
