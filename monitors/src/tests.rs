mod properties;
mod rules;

use rft_mcp_insight::{
    curve::View,
    metrics::{Collector, Series, Table},
};
use serde_json::{Value, json};

use super::*;

/// The value of a data file of the product, so that what is tested is what runs.
fn data<T: serde::de::DeserializeOwned>(text: &str) -> T {
    let mut file: Value = yaml_serde::from_str(text).unwrap();
    serde_json::from_value(file["value"].take()).unwrap()
}

fn settings() -> Settings {
    data(include_str!("../../manifest/data/monitors.yaml"))
}

fn series(events: &[Value]) -> Series {
    let table: Table = data(include_str!("../../manifest/data/metrics.yaml"));
    let mut collector = Collector::new(&table);
    for event in events {
        collector.event(event);
    }
    collector.finish()
}

/// One event a step, each with an evaluation.
fn evaluated(rewards: &[f64]) -> Vec<Value> {
    rewards
        .iter()
        .enumerate()
        .map(|(index, reward)| {
            event(
                index,
                json!({ "full_valid_mean_reward": reward, "train_mean_reward": reward }),
            )
        })
        .collect()
}

fn event(index: usize, mut data: Value) -> Value {
    data["step"] = json!(index + 1);
    data["total_steps"] = json!(100);
    data["timing"] = json!({ "step": { "full_iteration": 360.0 } });
    json!({ "id": format!("ftevent-{index}"), "created_at": 1_000 + index, "type": "metrics", "data": data })
}

/// What the rules say of a job that runs.
struct Job {
    series: Series,
    settings: Settings,
    status: &'static str,
    complete: bool,
    spent: Option<f64>,
    quiet: Option<f64>,
    since: Since,
}

impl Job {
    fn of(events: &[Value]) -> Self {
        Self {
            series: series(events),
            settings: settings(),
            status: "running",
            complete: true,
            spent: None,
            quiet: Some(0.0),
            since: Since::default(),
        }
    }

    fn ask(&self, rules: &Value) -> Verdict {
        let rules = self.settings.rules(rules.as_object()).unwrap();
        decide(&rules, &self.facts())
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            status: self.status,
            statuses: &self.settings.statuses,
            series: &self.series,
            complete: self.complete,
            view: View::default(),
            spent: self.spent,
            hourly_usd: None,
            quiet: self.quiet,
            since: self.since,
        }
    }
}
