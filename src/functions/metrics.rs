//! Reads metrics out of job events, under any of the names that providers give them.

use serde_json::{Map, Number, Value};

/// Our name of a metric, and where providers put it, most telling first. A value that is absent, null or not
/// finite is not there: validation is empty on steps without an evaluation.
const METRICS: [(&str, &[&str]); 4] = [
    (
        "train_reward",
        &[
            "/scores/train_reward_mean",
            "/train_reward_mean",
            "/train_mean_reward",
            "/critic_rewards_mean",
        ],
    ),
    (
        "valid_reward",
        &[
            "/scores/valid_reward_mean",
            "/valid_reward_mean",
            "/full_valid_mean_reward",
            "/valid_mean_reward",
        ],
    ),
    ("valid_parse_error", &["/full_valid_mean_parse_error"]),
    ("reasoning_tokens", &["/reasoning_tokens_mean"]),
];

/// What stands before a number in the message of an event whose data lacks it.
const MESSAGES: [(&str, &str); 3] = [
    ("train_reward", "train mean reward="),
    ("valid_reward", "full validation mean reward="),
    ("valid_parse_error", "full validation mean parse error="),
];

/// The newest metrics among events: those of the highest step, and of validation the newest there is, with the
/// step it was measured at as `valid_step`.
#[must_use]
pub fn newest(events: &[Value]) -> Option<Map<String, Value>> {
    let mut steps: Vec<Map<String, Value>> = events.iter().filter_map(read).collect();
    steps.sort_by_key(|metrics| std::cmp::Reverse(metrics.get("step").and_then(Value::as_u64)));
    let validated = steps
        .iter()
        .find(|metrics| metrics.contains_key("valid_reward"))
        .cloned();
    let mut newest = steps.into_iter().next()?;
    newest.shift_remove("total_steps");
    if let Some(validated) = validated {
        for (name, from) in [
            ("valid_reward", "valid_reward"),
            ("valid_parse_error", "valid_parse_error"),
            ("valid_step", "step"),
        ] {
            if let Some(value) = validated.get(from) {
                newest.insert(name.to_owned(), value.clone());
            }
        }
    }
    Some(newest)
}

/// How far a job is: the highest step reported, and of how many.
#[must_use]
pub fn progress(events: &[Value]) -> Option<Map<String, Value>> {
    let steps = events.iter().filter_map(read);
    let newest = steps.max_by_key(|metrics| metrics.get("step").and_then(Value::as_u64))?;
    let mut progress = Map::new();
    let step = newest.get("step")?.as_u64()?;
    progress.insert("step".to_owned(), step.into());
    if let Some(total) = newest
        .get("total_steps")
        .and_then(Value::as_u64)
        .filter(|total| *total > 0)
    {
        progress.insert("total_steps".to_owned(), total.into());
        #[expect(clippy::cast_precision_loss, reason = "steps are far below 2^52")]
        let fraction = (step as f64 / total as f64 * 1000.0).round() / 1000.0;
        progress.insert("fraction".to_owned(), fraction.into());
    }
    Some(progress)
}

/// The metrics of one event, if it holds any.
fn read(event: &Value) -> Option<Map<String, Value>> {
    let message = event
        .get("message")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let data = event.get("data").unwrap_or(&Value::Null);
    let (said, said_total) = step_in(message);
    let whole = |name: &str| finite(data.get(name)?)?.as_u64();
    let step = whole("step").or(said)?;
    let mut metrics = Map::new();
    metrics.insert("step".to_owned(), step.into());
    if let Some(total) = whole("total_steps").or(said_total) {
        metrics.insert("total_steps".to_owned(), total.into());
    }
    for (name, places) in METRICS {
        let found = places.iter().find_map(|place| finite(data.pointer(place)?));
        let told = || {
            MESSAGES
                .iter()
                .find(|(metric, _)| *metric == name)
                .and_then(|(_, before)| after(message, before))
        };
        if let Some(number) = found.or_else(told) {
            metrics.insert(name.to_owned(), Value::Number(number));
        }
    }
    Some(metrics)
}

/// A finite number, also one written as text.
fn finite(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => whole_or_float(number.as_f64()?),
        Value::String(text) => whole_or_float(text.trim().parse().ok()?),
        _ => None,
    }
}

fn whole_or_float(number: f64) -> Option<Number> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && (0.0..=EXACT).contains(&number) {
        return format!("{number:.0}").parse::<u64>().ok().map(Number::from);
    }
    Number::from_f64(number)
}

/// `Step 10/20` at the start of a message.
fn step_in(message: &str) -> (Option<u64>, Option<u64>) {
    let Some((step, rest)) = message
        .strip_prefix("Step ")
        .and_then(|text| text.split_once('/'))
    else {
        return (None, None);
    };
    let total: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (step.trim().parse().ok(), total.parse().ok())
}

fn after(message: &str, before: &str) -> Option<Number> {
    let (_, rest) = message.split_once(before)?;
    let number: String = rest
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
        .collect();
    whole_or_float(number.trim_end_matches('.').parse().ok()?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_alias_is_read_and_zero_is_a_value() {
        for (data, reward) in [
            (
                json!({"step": 1, "scores": {"train_reward_mean": 0.0}, "train_mean_reward": 0.9}),
                json!(0),
            ),
            (
                json!({"step": 1, "scores": {"train_reward_mean": null}, "train_reward_mean": 0.5}),
                json!(0.5),
            ),
            (json!({"step": 1, "train_mean_reward": "0.25"}), json!(0.25)),
            (json!({"step": 1, "critic_rewards_mean": 1}), json!(1)),
        ] {
            assert_eq!(
                newest(&[json!({"data": data})]).unwrap()["train_reward"],
                reward,
                "{data}"
            );
        }
    }

    #[test]
    fn validation_is_the_newest_there_is() {
        let events = [
            json!({"data": {"step": 3, "total_steps": 8, "train_mean_reward": 0.7, "full_valid_mean_reward": null}}),
            json!({"data": {"step": 2, "train_mean_reward": 0.6, "full_valid_mean_reward": 0.55}}),
            json!({"type": "message", "message": "hello"}),
        ];
        assert_eq!(
            Value::Object(newest(&events).unwrap()),
            json!({"step": 3, "train_reward": 0.7, "valid_reward": 0.55, "valid_step": 2})
        );
        assert_eq!(
            Value::Object(progress(&events).unwrap()),
            json!({"step": 3, "total_steps": 8, "fraction": 0.375})
        );
        assert!(newest(&events[2..]).is_none() && progress(&[]).is_none());
    }

    #[test]
    fn a_message_stands_in_for_data() {
        let message = "Step 10/20 , train mean reward=0.42, full validation mean reward=0.68, full validation mean parse error=0.00";
        assert_eq!(
            Value::Object(newest(&[json!({"message": message})]).unwrap()),
            json!({"step": 10, "train_reward": 0.42, "valid_reward": 0.68, "valid_parse_error": 0, "valid_step": 10})
        );
    }
}
