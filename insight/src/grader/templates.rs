//! Texts with variables in them: what they name, and whether it is there.

use rft_mcp_grading::{Range, Source, Template, TemplateError, Variable};
use serde_json::Value;

use super::{Check, fields::near};

/// Which parts the templates of a grader draw on.
#[derive(Debug, Clone, Copy, Default)]
struct Uses {
    sample: bool,
    item: bool,
    /// A template that can not be read: nothing is said of what is missing then.
    broken: bool,
}

impl Check<'_> {
    /// The two texts that are compared.
    pub(super) fn compares(&mut self, grader: &Value, at: &str) {
        let mut uses = Uses::default();
        for name in ["input", "reference"] {
            match grader.get(name).and_then(Value::as_str) {
                Some(text) => self.template(text, &format!("{at}/{name}"), &mut uses),
                None => uses.broken = true,
            }
        }
        self.draws_on_sample(at, uses);
    }

    /// A model that scores.
    pub(super) fn score_model(&mut self, grader: &Value, at: &str) -> Option<Range> {
        let mut uses = Uses::default();
        match grader.get("input").and_then(Value::as_array) {
            Some(messages) if messages.is_empty() => {
                uses.broken = true;
                self.error(
                    "prompt",
                    format!("{at}/input"),
                    "the prompt has no message",
                    "tell the model what to score: [{\"role\": \"user\", \"content\": …}]",
                );
            }
            Some(messages) => {
                for (index, message) in messages.iter().enumerate() {
                    self.prompt(message, &format!("{at}/input/{index}"), &mut uses);
                }
            }
            None => uses.broken = true,
        }
        self.draws_on_sample(at, uses);
        self.sampling(grader, at);
        let Some(range) = grader.get("range").filter(|range| !range.is_null()) else {
            return Some(Range::UNIT);
        };
        let ends: Vec<f64> = range
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_f64)
            .collect();
        match ends.as_slice() {
            [low, high] if low < high => Some(Range {
                low: *low,
                high: *high,
            }),
            _ => {
                self.error(
                    "range",
                    format!("{at}/range"),
                    "`range` is not a lower and a higher number",
                    "write it as [0, 1], the lower one first",
                );
                None
            }
        }
    }

    fn prompt(&mut self, message: &Value, at: &str, uses: &mut Uses) {
        const ROLES: [&str; 4] = ["system", "developer", "user", "assistant"];
        let role = message.get("role").and_then(Value::as_str);
        if !role.is_some_and(|role| ROLES.contains(&role)) {
            self.error(
                "role",
                format!("{at}/role"),
                "a message of the prompt has no role",
                format!("the roles are {}", ROLES.join(", ")),
            );
        }
        match message.get("content") {
            Some(Value::String(text)) => self.template(text, &format!("{at}/content"), uses),
            Some(Value::Array(parts)) => {
                for (index, part) in parts.iter().enumerate() {
                    if let Some(text) = part.get("text").and_then(Value::as_str) {
                        self.template(text, &format!("{at}/content/{index}/text"), uses);
                    }
                }
            }
            Some(Value::Object(part)) => {
                if let Some(text) = part.get("text").and_then(Value::as_str) {
                    self.template(text, &format!("{at}/content/text"), uses);
                }
            }
            _ => {
                uses.broken = true;
                self.error(
                    "content",
                    format!("{at}/content"),
                    "a message of the prompt has no content",
                    "give it a text, with {{ sample.output_text }} where the answer goes",
                );
            }
        }
    }

    fn sampling(&mut self, grader: &Value, at: &str) {
        const KNOWN: [&str; 5] = [
            "seed",
            "top_p",
            "temperature",
            "max_completions_tokens",
            "reasoning_effort",
        ];
        let members = grader.get("sampling_params").and_then(Value::as_object);
        for name in members.into_iter().flat_map(|members| members.keys()) {
            if !KNOWN.contains(&name.as_str()) {
                let help = match name.as_str() {
                    "max_tokens" | "max_completion_tokens" => {
                        "it is called `max_completions_tokens`, with the s".to_owned()
                    }
                    _ => near(name, KNOWN).map_or_else(
                        || format!("the parameters are {}", KNOWN.join(", ")),
                        |near| format!("did you mean `{near}`?"),
                    ),
                };
                self.warn(
                    "sampling",
                    format!("{at}/sampling_params/{name}"),
                    format!("no sampling parameter is called `{name}`"),
                    help,
                );
            }
        }
    }

    fn draws_on_sample(&mut self, at: &str, uses: Uses) {
        if uses.broken || uses.sample {
            if !uses.broken && !uses.item {
                self.note(
                    "no-item",
                    at,
                    "no template takes anything of the data line",
                    "compare with `{{ item.key }}` where answers differ from line to line",
                );
            }
            return;
        }
        self.error(
            "no-sample",
            at,
            "no template takes the answer, so every answer gets the same reward",
            "put {{ sample.output_text }} where the answer goes",
        );
    }

    fn template(&mut self, text: &str, at: &str, uses: &mut Uses) {
        let template = match Template::parse(text) {
            Ok(template) => template,
            Err(error) => {
                uses.broken = true;
                let help = advice(&error);
                self.error("template", at, error.to_string(), help);
                return;
            }
        };
        if text.contains("{%")
            || (text.contains('{') && template.variables().next().is_none() && lone(text))
        {
            self.warn(
                "braces",
                at,
                "only `{{ … }}` is filled in: other braces stay as they are",
                "write {{ item.key }} or {{ sample.output_text }}",
            );
        }
        for variable in template.variables() {
            if variable.source == Source::Item {
                uses.item = true;
                self.item(variable, at);
            } else {
                uses.sample = true;
                self.sample(variable, at);
            }
        }
    }

    fn item(&mut self, variable: &Variable, at: &str) {
        let path = path(variable, "item");
        if let Some(key) = variable.item_key() {
            self.key(key, &variable.to_string(), at);
        }
        if !self.paths.contains(&path) {
            self.paths.push(path);
        }
    }

    /// A key of the data, where that is known.
    pub(super) fn key(&mut self, key: &str, written: &str, at: &str) {
        let Some((keys, examples)) = self.against.data else {
            return;
        };
        if matches!(key, "messages" | "tools") {
            return;
        }
        match keys.get(key) {
            Some(found) if found.count == examples => {}
            Some(found) => {
                let count = found.count;
                self.error(
                    "key",
                    at,
                    format!(
                        "`{written}`: `{key}` stands on {count} of {examples} lines of the data"
                    ),
                    "a line without it scores 0: add it to every line",
                );
            }
            None => {
                let known: Vec<&str> = keys.iter().map(|(name, _)| name).collect();
                let help = near(key, known.iter().copied()).map_or_else(
                    || match known.as_slice() {
                        [] => "the lines have no keys beside `messages`: add it to every line"
                            .to_owned(),
                        known => format!(
                            "the keys are {}",
                            known
                                .iter()
                                .take(12)
                                .copied()
                                .collect::<Vec<_>>()
                                .join(", ")
                        ),
                    },
                    |near| format!("did you mean `item.{near}`?"),
                );
                self.error(
                    "key",
                    at,
                    format!("`{written}`: no line of the data has `{key}`"),
                    help,
                );
            }
        }
    }

    fn sample(&mut self, variable: &Variable, at: &str) {
        if variable.source != Source::OutputJson {
            return;
        }
        self.uses_output_json = true;
        let Some(schema) = self.against.response_schema else {
            return;
        };
        let path = path(variable, "sample.output_json");
        let (Some(first), Some(properties)) = (
            path.first(),
            schema.get("properties").and_then(Value::as_object),
        ) else {
            return;
        };
        if !properties.contains_key(first) {
            let names: Vec<&str> = properties.keys().map(String::as_str).collect();
            self.error(
                "output-json",
                at,
                format!("`{variable}`: the response schema has no `{first}`"),
                near(first, names.iter().copied()).map_or_else(
                    || format!("its properties are {}", names.join(", ")),
                    |near| format!("did you mean `sample.output_json.{near}`?"),
                ),
            );
        }
    }
}

/// One brace where two are meant.
fn lone(text: &str) -> bool {
    ["{item", "{sample", "${"]
        .iter()
        .any(|begin| text.contains(begin))
}

/// `item.a[0].b` as `a`, `0`, `b`.
fn path(variable: &Variable, root: &str) -> Vec<String> {
    variable
        .to_string()
        .trim_start_matches(root)
        .replace('[', ".")
        .replace(']', "")
        .split('.')
        .map(|step| step.trim().to_owned())
        .filter(|step| !step.is_empty())
        .collect()
}

fn advice(error: &TemplateError) -> String {
    match error {
        TemplateError::Open => "close it with }}".to_owned(),
        TemplateError::Namespace(text) => {
            let first = text.split(['.', '[']).next().unwrap_or_default();
            match first {
                "reference" | "row" | "data" | "example" => format!(
                    "keys of the data are under `item`: {{{{ {} }}}}",
                    text.replacen(first, "item", 1)
                ),
                "output" | "response" | "completion" | "answer" => {
                    "the answer is {{ sample.output_text }}".to_owned()
                }
                _ => format!(
                    "a key of the data is {{{{ item.{text} }}}}, the answer {{{{ sample.output_text }}}}"
                ),
            }
        }
        TemplateError::Path(_) => {
            "write names with dots and numbers in brackets: no filters, no calculations, no calls"
                .to_owned()
        }
        TemplateError::Sample(_) => "the answer as a text is {{ sample.output_text }}".to_owned(),
    }
}
