//! `calibrate_grader`.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use rft_mcp_insight::{
    calibration::{Trial, calibrate},
    dataset::Part,
};
use rft_mcp_runtime::{
    engine::Context,
    tool::{Effect, FunctionError},
};
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use super::{cost::json, data::Source, output, run::range_of, sample::unanswered};
use crate::{
    functions::json_schema_format,
    generated::types::{CalibrateGraderInput, CalibrateGraderOutput},
};

/// Rows to ask a model about where nobody says.
const ROWS: i64 = 10;
/// Requests under way at once: enough to be quick, few enough for rate limits.
const AT_ONCE: usize = 4;
/// A longer line is passed over.
const LONGEST_LINE: usize = 1 << 20;

/// What is graded: a row, and the answer to it once there is one.
struct Row {
    /// Counted from 1.
    number: u64,
    example: Value,
    answer: Option<String>,
}

pub(crate) async fn calibrate_grader(
    input: CalibrateGraderInput,
    context: Context,
) -> Result<CalibrateGraderOutput, FunctionError> {
    let spec = context.provider();
    if spec.lacks.contains(&"run_grader") {
        return Err(FunctionError(format!(
            "{} does not run graders outside of jobs: check it with lint_grader, and try it on another provider",
            spec.title
        )));
    }
    let grader = json(&input.grader)?;
    let source = Source::of(
        Part::Training,
        input.training_file,
        input.training_path,
        input.training_text,
    )?;
    let rows = if let Some(answers) = input.answers {
        if source.is_some() {
            return Err(FunctionError(
                "answers and training data are two ways to say what is graded, and nothing was sent: give answers, each \
                 with the row it answers as its example, or the data alone, whose rows a model answers"
                    .to_owned(),
            ));
        }
        answers
            .into_iter()
            .zip(1..)
            .map(|(answer, number)| Row {
                number,
                example: Value::Object(answer.example.unwrap_or_default()),
                answer: Some(answer.answer),
            })
            .collect()
    } else {
        let source = source.ok_or_else(|| {
            FunctionError(
                "nothing to grade: give answers, or training_file (or training_path, or training_text) with rows that \
                 a model answers"
                    .to_owned(),
            )
        })?;
        if spec.lacks.contains(&"sample_model") {
            return Err(FunctionError(format!(
                "{} can not be asked here for answers to rows: give answers, and nothing was sent",
                spec.title
            )));
        }
        let wanted = input.rows.map_or(ROWS, |rows| rows.0);
        drawn(&source, &context, usize::try_from(wanted).unwrap_or(1)).await?
    };
    if rows.is_empty() {
        return Err(FunctionError(
            "there is no row to grade: validate_dataset says what is wrong with the data"
                .to_owned(),
        ));
    }
    let model = input
        .model
        .or_else(|| Some(context.value("model")?.as_str()?.to_owned()))
        .unwrap_or_default();
    let schema = input.response_schema;
    let trials = trials(rows, &context, &grader, &model, schema.as_ref()).await;
    let range = range_of(&grader).unwrap_or((0.0, 1.0));
    output(calibrate(&trials, range))
}

/// Grades the rows, a few at a time, in order in the end.
async fn trials(
    rows: Vec<Row>,
    context: &Context,
    grader: &Value,
    model: &str,
    schema: Option<&Map<String, Value>>,
) -> Vec<Trial> {
    // An answer is paid for, also when nobody grades it: what fails from the beginning would fail with the rest.
    let pays = rows.iter().any(|row| row.answer.is_none());
    let mut trials: Vec<Trial> = Vec::new();
    let mut waiting = rows.into_iter();
    let mut running = JoinSet::new();
    loop {
        let in_vain =
            pays && trials.len() >= AT_ONCE && trials.iter().all(|trial| trial.reply.is_err());
        while !in_vain
            && running.len() < AT_ONCE
            && let Some(row) = waiting.next()
        {
            let (context, grader, model) = (context.clone(), grader.clone(), model.to_owned());
            let schema = schema.cloned();
            running.spawn(async move { trial(row, &context, &grader, &model, schema).await });
        }
        match running.join_next().await {
            None => break,
            // A trial that panicked would be a fault of ours: it counts as one without a reward.
            Some(done) => trials.extend(done.ok()),
        }
    }
    trials.extend(waiting.map(|row| Trial {
        row: row.number,
        reply: Err("it was not tried, since the rows before it failed".to_owned()),
    }));
    trials.sort_by_key(|trial: &Trial| trial.row);
    trials
}

async fn trial(
    row: Row,
    context: &Context,
    grader: &Value,
    model: &str,
    schema: Option<Map<String, Value>>,
) -> Trial {
    let answer = match row.answer {
        Some(answer) => Ok(answer),
        None => sampled(context, model, &row.example, schema).await,
    };
    let reply = match answer {
        Ok(answer) => run(context, grader, &answer, &row.example).await,
        Err(error) => Err(error),
    };
    Trial {
        row: row.number,
        reply: reply.map_err(|error| error.to_string()),
    }
}

/// Costs tokens where a model grades: sent again only when nothing can have been done.
async fn run(
    context: &Context,
    grader: &Value,
    answer: &str,
    example: &Value,
) -> Result<Value, FunctionError> {
    let item: Map<String, Value> = example
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| name.as_str() != "messages" && name.as_str() != "tools")
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let body = json!({ "grader": grader, "model_sample": answer, "item": item });
    let path = ["fine_tuning", "alpha", "graders", "run"];
    let reply = context.post(&path, body, Effect::Costly).await;
    // What was graded before is there, and a row costs little: it may be tried again.
    Ok(reply?)
}

/// What a model answers to a row.
async fn sampled(
    context: &Context,
    model: &str,
    example: &Value,
    schema: Option<Map<String, Value>>,
) -> Result<String, FunctionError> {
    let mut body = json!({ "model": model, "messages": example.get("messages") });
    if let Some(members) = body.as_object_mut() {
        if let Some(tools) = example.get("tools") {
            members.insert("tools".to_owned(), tools.clone());
        }
        if let Some(schema) = schema {
            let format = json_schema_format(&schema);
            members.insert("response_format".to_owned(), format);
        }
    }
    let reply = context
        .post(&["chat", "completions"], body, Effect::Costly)
        .await
        .map_err(|error| {
            let why = unanswered(context, &error, Effect::Read);
            FunctionError(format!("{model} did not answer: {why}"))
        })?;
    let answer = reply.pointer("/choices/0/message/content");
    answer
        .and_then(Value::as_str)
        .map(str::to_owned)
        .ok_or_else(|| {
            FunctionError(format!(
                "{model} answered without a text; rows that want tools can not be tried here"
            ))
        })
}

/// So many rows, drawn the same way each time, however large the file is: those with the least digests.
async fn drawn(
    source: &Source,
    context: &Context,
    count: usize,
) -> Result<Vec<Row>, FunctionError> {
    let mut draw = Draw {
        count,
        kept: Vec::new(),
        line: Vec::new(),
        long: false,
        number: 0,
    };
    source
        .stream(context, |chunk| {
            for byte in chunk {
                draw.byte(*byte);
            }
        })
        .await?;
    draw.end();
    let mut rows: Vec<Row> = draw
        .kept
        .into_iter()
        .filter_map(|(_, number, line)| {
            let example: Value = serde_json::from_slice(&line).ok()?;
            example.get("messages")?;
            Some(Row {
                number,
                example,
                answer: None,
            })
        })
        .collect();
    rows.sort_by_key(|row| row.number);
    Ok(rows)
}

struct Draw {
    count: usize,
    /// Digest, line number, line; at most `count` of them.
    kept: Vec<(u64, u64, Vec<u8>)>,
    line: Vec<u8>,
    long: bool,
    number: u64,
}

impl Draw {
    fn byte(&mut self, byte: u8) {
        if byte == b'\n' {
            self.end();
        } else if self.line.len() < LONGEST_LINE {
            self.line.push(byte);
        } else {
            self.long = true;
        }
    }

    fn end(&mut self) {
        self.number += 1;
        let line = std::mem::take(&mut self.line);
        if std::mem::take(&mut self.long) || line.trim_ascii().is_empty() {
            return;
        }
        let mut hasher = DefaultHasher::new();
        line.hash(&mut hasher);
        let digest = hasher.finish();
        let worst = self
            .kept
            .iter()
            .enumerate()
            .max_by_key(|(_, (digest, ..))| *digest)
            .map(|(index, (digest, ..))| (index, *digest));
        match worst {
            Some((index, worst)) if self.kept.len() >= self.count => {
                if digest < worst {
                    self.kept.swap_remove(index);
                    self.kept.push((digest, self.number, line));
                }
            }
            _ => self.kept.push((digest, self.number, line)),
        }
    }
}
