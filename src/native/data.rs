//! `validate_dataset` and `lint_grader`.

use rft_mcp_insight::{
    Level, Problem,
    dataset::{Check, Dataset, Limits, Needed, Part},
    grader::{Against, Lint, lint},
};
use rft_mcp_runtime::{engine::Context, tool::FunctionError, tool::ProviderSpec};
use serde_json::{Map, Value, json};

use super::output;
use crate::generated::types::{
    LintGraderInput, LintGraderOutput, ValidateDatasetInput, ValidateDatasetOutput,
};

/// The types of grader there are; a provider lacks `TYPE_grader` of those it does not take.
const GRADERS: [&str; 7] = [
    "string_check",
    "text_similarity",
    "score_model",
    "python",
    "multi",
    "endpoint",
    "lambda",
];

pub(crate) async fn validate_dataset(
    input: ValidateDatasetInput,
    context: Context,
) -> Result<ValidateDatasetOutput, FunctionError> {
    let needed = match input.grader {
        Some(grader) => lint(&Value::Object(grader), &Against::default()).needed,
        None => Needed::default(),
    };
    let training = Source::of(
        Part::Training,
        input.training_file,
        input.training_path,
        input.training_text,
    )?;
    let validation = Source::of(
        Part::Validation,
        input.validation_file,
        input.validation_path,
        input.validation_text,
    )?;
    if training.is_none() && validation.is_none() {
        return Err(FunctionError(
            "nothing to check: give training_file, training_path or training_text, and the same of validation too if \
             there is one"
                .to_owned(),
        ));
    }
    let mut read = Vec::new();
    for (source, part) in [(training, Part::Training), (validation, Part::Validation)] {
        read.push(match source {
            Some(source) => Some(source.read(&context, part, needed.clone()).await?),
            None => None,
        });
    }
    let validation = read.pop().flatten();
    let training = read.pop().flatten();
    output(judge(training.as_ref(), validation.as_ref()))
}

/// The report on one or two files.
pub(crate) fn judge(training: Option<&Dataset>, validation: Option<&Dataset>) -> Value {
    let overlap = training
        .zip(validation)
        .map(|(training, validation)| training.overlap(validation));
    let shared = overlap.as_ref().map_or(0, |overlap| overlap.count);
    let both = || training.into_iter().chain(validation);
    let valid = shared == 0 && both().all(Dataset::is_valid);
    let errors: u64 = both()
        .flat_map(|dataset| &dataset.problems)
        .filter(|problem| problem.level == Level::Error)
        .map(|problem| problem.count)
        .sum();
    let verdict = if valid {
        "nothing is wrong with the data".to_owned()
    } else if shared > 0 && errors == 0 {
        format!("{shared} examples are in both files: take them out of the training file")
    } else {
        let shared = if shared > 0 {
            format!(", and {shared} examples are in both files")
        } else {
            String::new()
        };
        format!("{errors} mistakes{shared}: mend them before you upload")
    };
    json!({
        "valid": valid,
        "verdict": verdict,
        "training": training.map(dataset_report),
        "validation": validation.map(dataset_report),
        "overlap": overlap,
    })
}

/// What is told of a file.
pub(crate) fn dataset_report(dataset: &Dataset) -> Value {
    let keys: Vec<Value> = dataset
        .keys
        .iter()
        .map(|(name, key)| {
            let kinds: Vec<&str> = key.kinds.keys().copied().collect();
            json!({"name": name, "count": key.count, "kinds": kinds.join(", ")})
        })
        .collect();
    json!({
        "examples": dataset.examples,
        "valid_examples": dataset.valid,
        "lines": dataset.lines,
        "bytes": dataset.bytes,
        "tokens": dataset.sizes.tokens(),
        "keys": keys,
        "problems": dataset.problems,
    })
}

pub(crate) async fn lint_grader(
    input: LintGraderInput,
    context: Context,
) -> Result<LintGraderOutput, FunctionError> {
    let source = Source::of(
        Part::Training,
        input.training_file,
        input.training_path,
        input.training_text,
    )?;
    let data = match source {
        Some(source) => Some(
            source
                .read(&context, Part::Training, Needed::default())
                .await?,
        ),
        None => None,
    };
    let schema = input.response_schema.map(Value::Object);
    let lint = held_against(
        &Value::Object(input.grader),
        context.provider(),
        data.as_ref(),
        schema.as_ref(),
    );
    output(lint_report(&lint))
}

/// A grader held against what this provider takes, what the data has and what answers look like.
pub(crate) fn held_against(
    grader: &Value,
    provider: &ProviderSpec,
    data: Option<&Dataset>,
    schema: Option<&Value>,
) -> Lint {
    let types = grader_types(provider);
    let against = Against {
        provider: Some((provider.title, &types)),
        data: data.map(|data| (&data.keys, data.examples)),
        response_schema: schema,
    };
    let mut lint = lint(grader, &against);
    if lint.uses_output_json && schema.is_none() {
        lint.problems.push(Problem::new(
            Level::Note,
            "output-json",
            "it takes sample.output_json, which there is only in jobs with a response_schema",
            "give response_schema here, to have the names held against it, and to start_job",
        ));
    }
    lint
}

pub(crate) fn lint_report(lint: &Lint) -> Value {
    let needs: Vec<String> = lint
        .needed
        .paths()
        .iter()
        .map(|path| path.join("."))
        .collect();
    json!({
        "valid": lint.is_valid(),
        "problems": lint.problems,
        "range": lint.range.map(|(low, high)| json!({"low": low, "high": high})),
        "needs": needs,
        "uses_output_json": lint.uses_output_json,
        "asks_model": lint.asks_model,
    })
}

/// The types of grader that a provider takes.
pub(crate) fn grader_types(provider: &ProviderSpec) -> Vec<String> {
    let lacks = |kind: &str| {
        let feature = format!("{kind}_grader");
        provider.lacks.iter().any(|lacked| *lacked == feature)
    };
    GRADERS
        .into_iter()
        .filter(|kind| !lacks(kind))
        .map(str::to_owned)
        .collect()
}

/// What a provider takes for this part, by `providers.yaml`.
pub(crate) fn limits(provider: &ProviderSpec, part: Part) -> Limits {
    let value = |name: &str| {
        let values = provider.values.iter();
        let (_, text) = values.into_iter().find(|(known, _)| *known == name)?;
        serde_json::from_str::<Value>(text).ok()
    };
    let bytes = |name: &str| value(name).and_then(|bytes| bytes.as_u64());
    let examples = value(&format!("{}_examples", part.word())).unwrap_or_default();
    Limits {
        provider: provider.title.to_owned(),
        min_examples: examples.get("least").and_then(Value::as_u64),
        max_examples: examples.get("most").and_then(Value::as_u64),
        max_bytes: bytes("upload_bytes").or(bytes("file_bytes")),
        max_request_bytes: bytes("file_bytes"),
    }
}

/// Where lines come from.
pub(super) enum Source {
    /// A file of the provider's, by its id.
    File(String),
    /// A local file, under the files roots.
    Path(String),
    /// The call itself.
    Text(String),
}

impl Source {
    /// Of one of the inputs for this part, never of two.
    pub(super) fn of(
        part: Part,
        file: Option<impl Into<String>>,
        path: Option<impl Into<String>>,
        text: Option<impl Into<String>>,
    ) -> Result<Option<Self>, FunctionError> {
        let mut given = [
            file.map(|file| Self::File(file.into())),
            path.map(|path| Self::Path(path.into())),
            text.map(|text| Self::Text(text.into())),
        ]
        .into_iter()
        .flatten();
        let source = given.next();
        if given.next().is_some() {
            let name = part.word();
            return Err(FunctionError(format!(
                "{name}_file, {name}_path and {name}_text are ways to say the same: give one of them"
            )));
        }
        Ok(source)
    }

    /// Of a file or a path, for tools that take no text.
    pub(super) fn of_file(
        part: Part,
        file: Option<impl Into<String>>,
        path: Option<impl Into<String>>,
    ) -> Result<Option<Self>, FunctionError> {
        Self::of(part, file, path, None::<String>)
    }

    /// Checks its lines as they come.
    pub(super) async fn read(
        &self,
        context: &Context,
        part: Part,
        needed: Needed,
    ) -> Result<Dataset, FunctionError> {
        let provider = context.provider();
        let mut check = Check::new(part, limits(provider, part), needed);
        self.stream(context, |chunk| check.push(chunk)).await?;
        Ok(check.finish())
    }

    /// Hands its bytes on as they come.
    pub(super) async fn stream(
        &self,
        context: &Context,
        mut take: impl FnMut(&[u8]) + Send,
    ) -> Result<(), FunctionError> {
        match self {
            Self::Text(text) => take(text.as_bytes()),
            Self::Path(path) => context.file(path, take).await?,
            Self::File(file) => context.stream(&["files", file, "content"], take).await?,
        }
        Ok(())
    }
}

/// The first error of some problems, with its mend, for those who have room for one.
pub(super) fn first_error(problems: &[Problem]) -> Option<(String, String)> {
    let error = problems
        .iter()
        .find(|problem| problem.level == Level::Error)?;
    let line = error
        .lines
        .first()
        .map(|line| format!("line {line}: "))
        .unwrap_or_default();
    let at = error
        .at
        .as_ref()
        .filter(|at| !at.is_empty())
        .map(|at| format!("`{at}`: "))
        .unwrap_or_default();
    Some((format!("{line}{at}{}", error.message), error.help.clone()))
}

/// An object that may be empty.
pub(super) fn object(value: Option<Map<String, Value>>) -> Option<Value> {
    value.map(Value::Object)
}
