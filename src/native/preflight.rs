//! `preflight`.

use rft_mcp_insight::{
    cost::{Estimate, Job, plan},
    dataset::{Dataset, Needed, Part},
    grader::Lint,
};
use rft_mcp_runtime::{
    engine::Context,
    tool::{Effect, FunctionError},
    upstream::UpstreamError,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    closing::{Closing, day, today},
    cost,
    data::{Source, first_error, held_against, object},
    output,
};
use crate::{
    generated::types::{PreflightInput, PreflightOutput},
    knowledge,
};

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Check {
    #[serde(rename = "check")]
    name: &'static str,
    outcome: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

pub(crate) async fn preflight(
    input: PreflightInput,
    context: Context,
) -> Result<PreflightOutput, FunctionError> {
    let given = |part: Part, source: Option<Source>| {
        source.ok_or_else(|| {
            let name = part.word();
            FunctionError(format!(
                "there is no {name} data: give {name}_file, or {name}_path for what is not uploaded yet"
            ))
        })
    };
    let training = Source::of_file(Part::Training, input.training_file, input.training_path)?;
    let training = given(Part::Training, training)?;
    let validation = Source::of_file(
        Part::Validation,
        input.validation_file,
        input.validation_path,
    )?;
    let validation = given(Part::Validation, validation)?;
    let grader = Value::Object(input.grader);
    let schema = object(input.response_schema);
    let hyperparameters = cost::json(&input.hyperparameters)?;
    let mut checks = vec![provider(&context)];
    let model = input
        .base_model
        .or_else(|| Some(context.value("model")?.as_str()?.to_owned()));
    checks.push(match model {
        Some(model) => check_model(&context, &model).await,
        None => fail(
            "model",
            format!("{} has no default model", context.provider().title),
            "name one as base_model",
        ),
    });
    let spec = context.provider();
    let needed = held_against(&grader, spec, None, None).needed;
    let (training, told) = check_data(&context, training, Part::Training, &needed).await;
    checks.extend(told);
    let (validation, told) = check_data(&context, validation, Part::Validation, &needed).await;
    checks.extend(told);
    if let Some((training, validation)) = training.as_ref().zip(validation.as_ref()) {
        checks.push(overlap(training, validation));
    }
    checks.extend(
        training
            .as_ref()
            .and_then(|data| batch(data, &hyperparameters)),
    );
    checks.extend(schema.as_ref().map(check_schema));
    let lint = held_against(&grader, spec, training.as_ref(), schema.as_ref());
    checks.push(check_grader(&lint, schema.is_some()));
    if lint.is_valid() {
        checks.extend(ask_provider(&context, &grader).await);
    }
    let number = |number: Option<serde_json::Number>| number.and_then(|number| number.as_f64());
    let hourly = number(input.hourly_usd).or_else(|| cost::hourly_usd(&context));
    let estimate = match &training {
        Some(training) => {
            let job = Job {
                examples: training.examples,
                validation_examples: validation.as_ref().map(|validation| validation.examples),
                hyperparameters,
                asks_model: lint.asks_model,
            };
            Some(plan(&job, knowledge::costs()?, hourly, None))
        }
        None => None,
    };
    if let Some(estimate) = &estimate {
        checks.push(budget(estimate, number(input.budget_usd)));
        checks.extend(pause(&context, estimate));
    }
    output(json!({
        "ready": checks.iter().all(|check| check.outcome != "fail"),
        "checks": checks,
        "cost": estimate,
    }))
}

fn pass(check: &'static str, message: impl Into<String>) -> Check {
    Check {
        name: check,
        outcome: "pass",
        message: message.into(),
        help: None,
    }
}

fn warn(check: &'static str, message: impl Into<String>, help: impl Into<String>) -> Check {
    Check {
        outcome: "warn",
        help: Some(help.into()),
        ..pass(check, message)
    }
}

fn fail(check: &'static str, message: impl Into<String>, help: impl Into<String>) -> Check {
    Check {
        outcome: "fail",
        help: Some(help.into()),
        ..pass(check, message)
    }
}

/// What a user must know of the provider, and whether it takes new jobs at all.
fn provider(context: &Context) -> Check {
    let spec = context.provider();
    if spec.lacks.contains(&"start_job") {
        return fail(
            "provider",
            format!("{} takes no jobs", spec.title),
            "start the server with another --provider",
        );
    }
    let notice = spec.notice.split_whitespace().collect::<Vec<_>>().join(" ");
    let closing = Closing::of(context, today());
    let told = closing
        .told(spec.title)
        .map(|told| format!("{told}. {notice}"));
    match (closing, told) {
        (Closing::Closed(_), Some(told)) => {
            fail("provider", told, "start the server with another --provider")
        }
        (_, Some(told)) => warn(
            "provider",
            told,
            "find out whether it still does, and plan the move to another provider",
        ),
        (Closing::Ahead, None) => warn("provider", notice, "plan the move to another provider"),
        (_, None) if notice.is_empty() => pass("provider", spec.title),
        (_, None) => pass("provider", format!("{}: {notice}", spec.title)),
    }
}

/// Whether the model is there, and for how long.
async fn check_model(context: &Context, model: &str) -> Check {
    let provider = context.provider().title;
    // Where the provider says what it trains, that is known without asking.
    let trained = context.value("trains").and_then(Value::as_array);
    let trained: Option<Vec<&str>> =
        trained.map(|names| names.iter().filter_map(Value::as_str).collect());
    let is_listed = trained.as_ref().is_some_and(|names| names.contains(&model));
    if let Some(names) = trained.filter(|_| !is_listed) {
        return fail(
            "model",
            format!("{provider} does not train {model}"),
            format!("give one of these as base_model: {}", names.join(", ")),
        );
    }
    match context.read(&["models", model], &[]).await {
        Ok(found) => {
            let date = found
                .get("shutdown_date")
                .filter(|date| !date.is_null())
                .map(|date| {
                    date.as_str()
                        .map_or_else(|| date.to_string(), str::to_owned)
                });
            match date {
                None => pass(
                    "model",
                    format!("{model} is there, and no end is announced"),
                ),
                Some(date) if day(&date).is_some_and(|day| day <= today()) => fail(
                    "model",
                    format!("{model} was shut down on {date}, and a job on it will hardly start"),
                    "choose another base_model (list_models), or another provider",
                ),
                Some(date) => warn(
                    "model",
                    format!("{model} will be shut down on {date}"),
                    "train a model that stays, unless that is long enough; trained models may end with it",
                ),
            }
        }
        Err(UpstreamError::Status(error)) if error.status == 404 && !is_listed => fail(
            "model",
            format!("{provider} has no model {model} (any more)"),
            "choose another base_model (list_models), or another provider",
        ),
        Err(error) => warn(
            "model",
            format!("it is not known whether {model} is there: {error}"),
            "look for it with list_models",
        ),
    }
}

/// Whether data is there and processed, and right by every rule.
async fn check_data(
    context: &Context,
    source: Source,
    part: Part,
    needed: &Needed,
) -> (Option<Dataset>, Vec<Check>) {
    let check = match part {
        Part::Training => "training_file",
        Part::Validation => "validation_file",
    };
    let (name, mut told) = match &source {
        Source::File(file) => match check_file(context, file, check).await {
            Ok(told) => (file.clone(), told),
            Err(missing) => return (None, vec![missing]),
        },
        Source::Path(path) => {
            let local = warn(
                check,
                format!("{path} is a local file"),
                "upload it with upload_file before the launch",
            );
            (path.clone(), vec![local])
        }
        Source::Text(_) => ("the text".to_owned(), Vec::new()),
    };
    match source.read(context, part, needed.clone()).await {
        Ok(dataset) => {
            told.push(match first_error(&dataset.problems) {
                Some((message, help)) => fail(
                    check,
                    format!("{name}: {message}"),
                    format!("{help}; validate_dataset lists every mistake"),
                ),
                None => pass(
                    check,
                    format!("{} examples, nothing wrong", dataset.examples),
                ),
            });
            (Some(dataset), told)
        }
        // What was looked for here is known not to be here.
        Err(error) if matches!(source, Source::Path(_)) => {
            told.push(fail(check, error.to_string(), "give the path of the data"));
            (None, told)
        }
        Err(error) => {
            told.push(warn(
                check,
                format!("its lines can not be checked: {error}"),
                "check them before the upload: rft-mcp data check FILE",
            ));
            (None, told)
        }
    }
}

/// What the provider says of a file that is uploaded; else that it is not there.
async fn check_file(
    context: &Context,
    file: &str,
    check: &'static str,
) -> Result<Vec<Check>, Check> {
    let found = context.read(&["files", file], &[]).await.map_err(|error| {
        fail(
            check,
            format!("{file} can not be read: {}", error.advise(Effect::Read)),
            "list_files says which files there are",
        )
    })?;
    let mut told = Vec::new();
    let text = |name: &str| found.get(name).and_then(Value::as_str);
    if let Some(purpose) = text("purpose").filter(|purpose| *purpose != "fine-tune") {
        told.push(fail(
            check,
            format!("{file} is for {purpose}, not for fine-tuning"),
            "upload it again with the purpose fine-tune",
        ));
    }
    match text("status") {
        Some("error" | "failed") => told.push(fail(
            check,
            format!("the provider could not process {file}"),
            "check it with validate_dataset, and upload it again",
        )),
        Some("pending" | "running" | "uploaded") => told.push(warn(
            check,
            format!("{file} is not processed yet"),
            "wait until get_file says processed",
        )),
        _ => {}
    }
    Ok(told)
}

fn overlap(training: &Dataset, validation: &Dataset) -> Check {
    let shared = training.overlap(validation);
    match shared.lines.first() {
        None => pass("overlap", "no example is in both files"),
        Some(first) => fail(
            "overlap",
            format!(
                "{} examples are in both files, the first on line {} of the validation file",
                shared.count, first.validation
            ),
            "take them out of the training file",
        ),
    }
}

/// A batch that is larger than the data; nothing where it fits.
fn batch(training: &Dataset, hyperparameters: &Value) -> Option<Check> {
    let batch = hyperparameters.get("batch_size").and_then(Value::as_u64)?;
    (batch > training.examples).then(|| {
        fail(
            "hyperparameters",
            format!(
                "batch_size is {batch}, and there are {} training examples",
                training.examples
            ),
            "lower batch_size: a step takes that many examples, and there should be many steps",
        )
    })
}

/// Whether what answers have to follow is a schema.
fn check_schema(schema: &Value) -> Check {
    match jsonschema::meta::validate(schema) {
        Ok(()) => pass("response_schema", "it is a JSON Schema"),
        Err(error) => fail(
            "response_schema",
            format!("`{}`: {error}", error.instance_path()),
            "give a JSON Schema, such as {\"type\": \"object\", \"properties\": …}",
        ),
    }
}

fn check_grader(lint: &Lint, has_schema: bool) -> Check {
    if let Some((message, help)) = first_error(&lint.problems) {
        return fail(
            "grader",
            message,
            format!("{help}; lint_grader lists every mistake"),
        );
    }
    if lint.uses_output_json && !has_schema {
        return fail(
            "grader",
            "it takes sample.output_json, and there is no response_schema",
            "give response_schema, here and to start_job",
        );
    }
    match lint
        .problems
        .iter()
        .find(|problem| problem.level == rft_mcp_insight::Level::Warning)
    {
        Some(problem) => warn("grader", problem.message.clone(), problem.help.clone()),
        None => pass(
            "grader",
            "nothing wrong; calibrate_grader shows what it scores",
        ),
    }
}

/// The provider's own opinion of the grader, where it gives one.
async fn ask_provider(context: &Context, grader: &Value) -> Option<Check> {
    let spec = context.provider();
    if spec.lacks.contains(&"validate_grader") {
        return None;
    }
    let path = ["fine_tuning", "alpha", "graders", "validate"];
    let answer = context
        .post(&path, json!({ "grader": grader }), Effect::Read)
        .await;
    Some(match answer {
        Ok(_) => pass("grader_at_provider", format!("{} accepts it", spec.title)),
        Err(UpstreamError::Status(error))
            if (400..500).contains(&error.status) && error.status != 404 =>
        {
            fail(
                "grader_at_provider",
                format!("{} does not accept it: {error}", spec.title),
                "mend what it names",
            )
        }
        Err(error) => warn(
            "grader_at_provider",
            format!("{} could not be asked: {error}", spec.title),
            "try validate_grader later",
        ),
    })
}

/// Whether the provider stops the job in the middle, where it does that by itself.
fn pause(context: &Context, estimate: &Estimate) -> Option<Check> {
    let limit = context.value("pauses_at_usd")?.as_f64()?;
    let provider = context.provider().title;
    let help = "watch it with wait_for_job and go on with resume_job, or make the job smaller";
    Some(match estimate.usd {
        Some(usd) if usd.high > limit => warn(
            "pause_by_provider",
            format!(
                "it may cost up to ${:.0}, and {provider} pauses jobs by itself at ${limit:.0}",
                usd.high
            ),
            help,
        ),
        Some(_) => pass(
            "pause_by_provider",
            format!("{provider} pauses jobs at ${limit:.0}, which this one does not reach"),
        ),
        None => warn(
            "pause_by_provider",
            format!("{provider} pauses jobs by itself at ${limit:.0}"),
            help,
        ),
    })
}

fn budget(estimate: &Estimate, budget: Option<f64>) -> Check {
    let Some(usd) = estimate.usd else {
        return warn(
            "cost",
            "the price is not known here",
            "give hourly_usd to have it estimated",
        );
    };
    let said = format!(
        "about ${:.0} (${:.0} to ${:.0}): {}",
        usd.likely, usd.low, usd.high, estimate.basis
    );
    match budget {
        Some(budget) if usd.low > budget => fail(
            "cost",
            format!("{said}; the budget is ${budget}"),
            "lower n_epochs, use fewer examples, or raise the budget",
        ),
        Some(budget) if usd.high > budget => warn(
            "cost",
            format!("{said}; the budget of ${budget} may not do"),
            "watch it with estimate_cost and pause it in time",
        ),
        _ => pass("cost", said),
    }
}
