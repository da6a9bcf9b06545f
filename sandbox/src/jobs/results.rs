//! The file with the metrics of every step that a job leaves behind when it succeeds.

use std::fmt::Write;
use std::sync::Arc;

use super::job::Job;
use super::metrics::Metrics;
use super::timeline::Status;
use crate::clock::Moment;
use crate::files::File;

impl Job {
    /// The result file, once there is one.
    pub(crate) fn results(&self, now: Moment) -> Option<File> {
        let timeline = self.timeline(now);
        let created = timeline
            .finished
            .filter(|_| timeline.status == Status::Succeeded)?;
        Some(File {
            id: self.result_file(),
            name: "step_metrics.csv".to_owned(),
            purpose: "fine-tune-results".to_owned(),
            created,
            expires: None,
            content: self.csv().into(),
            dataset: Arc::default(),
        })
    }

    fn csv(&self) -> String {
        let leaves = self.request.grader.leaves();
        let mut text = "step,train_mean_reward,full_valid_mean_reward,full_valid_mean_parse_error,\
                        reasoning_tokens_mean,sampling_duration,training_duration,eval_duration,total_duration"
            .to_owned();
        for leaf in &leaves {
            let stem = format!("scores/graders/{}/{}", leaf.kind(), leaf.name());
            for set in ["train", "valid"] {
                text.push(',');
                text.push_str(&quoted(&format!("{stem}/{set}_reward_mean")));
            }
        }
        text.push('\n');
        for step in 1..=self.plan.settings.total_steps {
            self.row(step, leaves.len(), &mut text);
        }
        text
    }

    fn row(&self, step: u32, leaves: usize, text: &mut String) {
        let metrics = Metrics::of(self, step);
        let (point, timing) = (self.plan.point(step), self.plan.timing(step));
        let valid = metrics.valid_reward();
        let mut cells = vec![
            Some(f64::from(step)),
            Some(metrics.train_reward()),
            valid,
            valid.map(|_| point.parse_error),
            Some(point.train_tokens),
            Some(timing.sampling),
            Some(timing.training),
            timing.eval,
            Some(timing.whole()),
        ];
        let train = self.plan.train_scores(&self.request, step);
        let valid = valid.map(|_| self.plan.valid_scores(&self.request, step));
        for index in 0..leaves {
            cells.push(train.leaves.get(index).copied());
            let valid = valid.as_ref();
            cells.push(valid.and_then(|valid| valid.leaves.get(index).copied()));
        }
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            if let Some(cell) = cell {
                // Writing to a string can not fail.
                let _ = write!(text, "{cell}");
            }
        }
        text.push('\n');
    }
}

/// A cell of text, quoted where it must be.
fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
