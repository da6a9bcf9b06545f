//! Source of a python grader, as far as it can be judged without running it. An exception scores 0 without a word, so
//! what surely raises one is worth saying.

use serde_json::Value;

use super::Check;

/// The API's limit.
const LONGEST: usize = 256 * 1000;
/// Modules that need the network, which a grader does not have.
const NETWORK: [&str; 8] = [
    "requests",
    "httpx",
    "urllib",
    "aiohttp",
    "socket",
    "openai",
    "anthropic",
    "boto3",
];

impl Check<'_> {
    pub(super) fn python(&mut self, grader: &Value, at: &str) {
        let Some(source) = grader.get("source").and_then(Value::as_str) else {
            return;
        };
        let at = &format!("{at}/source");
        if source.len() >= LONGEST {
            self.error(
                "source-size",
                at,
                format!("the source has {} bytes: the limit is 256 kB", source.len()),
                "move data out of it into the lines of the file",
            );
        }
        self.definition(source, at);
        for line in source.lines() {
            if let Some(module) = imported(line).filter(|module| NETWORK.contains(module)) {
                self.warn(
                    "network",
                    at,
                    format!("`{module}` needs the network, which a grader does not have"),
                    "compute from the answer and the line alone, or use a score_model grader",
                );
            }
        }
        if source.contains("sample.output_") {
            self.error(
                "attribute",
                at,
                "`sample` is a dictionary: `sample.output_text` raises an exception, which scores 0",
                "write sample[\"output_text\"]",
            );
        }
        if source.contains('\t') && source.lines().any(|line| line.starts_with("    ")) {
            self.warn(
                "tabs",
                at,
                "tabs and blanks are mixed",
                "indent with blanks alone",
            );
        }
        for key in item_keys(source) {
            self.python_key(&key, at);
        }
    }

    /// `item["key"]` raises where the key is missing.
    fn python_key(&mut self, key: &str, at: &str) {
        let before = self.problems.len();
        self.key(key, &format!("item[\"{key}\"]"), at);
        // It may be caught: it is no error for sure.
        for problem in self.problems.iter_mut().skip(before) {
            problem.level = crate::Level::Warning;
        }
    }

    fn definition(&mut self, source: &str, at: &str) {
        let found = source.lines().find_map(|line| {
            line.trim_start()
                .trim_start_matches("async ")
                .strip_prefix("def grade")
                .filter(|rest| rest.trim_start().starts_with('('))
                .map(|rest| (line, rest))
        });
        let Some((line, rest)) = found else {
            self.error(
                "def-grade",
                at,
                "the source defines no function `grade`",
                "define `def grade(sample, item):` at the top level; it returns a number",
            );
            return;
        };
        if line.starts_with([' ', '\t']) {
            self.error(
                "def-grade",
                at,
                "`grade` is defined inside something else",
                "define it at the top level, without indentation",
            );
        }
        if line.starts_with("async") {
            self.error(
                "def-grade",
                at,
                "`grade` is async",
                "make it a plain function: it is called without await",
            );
        }
        if let Some(count) = parameters(rest).filter(|count| *count != 2) {
            self.error(
                "def-grade",
                at,
                format!("`grade` takes {count} parameters"),
                "it is called with two: def grade(sample, item)",
            );
        }
        if !source.contains("return") {
            self.error(
                "def-grade",
                at,
                "`grade` returns nothing, which scores 0",
                "return a number",
            );
        }
    }
}

/// How many parameters without a default a list in one line has; `None` where it goes on or takes any number.
fn parameters(rest: &str) -> Option<usize> {
    let (_, rest) = rest.split_once('(')?;
    let mut depth = 0_usize;
    let mut end = None;
    for (index, c) in rest.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => {
                end = Some(index);
                break;
            }
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let list = rest.get(..end?)?;
    if list.contains('*') || list.contains('=') || list.contains('[') {
        return None;
    }
    Some(
        list.split(',')
            .filter(|parameter| !parameter.trim().is_empty())
            .count(),
    )
}

/// The first module of `import x` or `from x import y`.
fn imported(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let rest = line
        .strip_prefix("import ")
        .or_else(|| line.strip_prefix("from "))?;
    rest.trim_start()
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .next()
}

/// Keys in `item["key"]`, each once.
fn item_keys(source: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for quote in ['"', '\''] {
        let mut rest = source;
        let open = format!("item[{quote}");
        while let Some((before, after)) = rest.split_once(&open) {
            rest = after;
            // `an_item["…"]` is something else.
            let other = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
            if let Some((key, _)) = after.split_once(quote)
                && !other
                && !keys.iter().any(|known| known == key)
            {
                keys.push(key.to_owned());
            }
        }
    }
    keys
}
