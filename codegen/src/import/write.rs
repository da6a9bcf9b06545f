//! Tools as the text of files, in a manifest that is there already or in a new one.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use heck::ToSnakeCase as _;
use serde_json::{Value, json};

use super::{
    ImportError, is_manifest, names::UNTAGGED, scaffold, security::Security, text::one_line,
};
use crate::{
    diagnostics::Report,
    endpoints::{Endpoint, Endpoints},
    load,
    model::{Action, Piece},
    openapi::{Document, Operation},
    parse::parse,
    read,
    tokens::Tokens,
};

/// More notes than these are counted.
const NOTES: usize = 12;

/// A tool, ready to be written.
pub(super) struct Written<'d> {
    pub(super) name: String,
    pub(super) operation: Operation<'d>,
    pub(super) tool: Value,
    /// What the document says that the tool does not.
    pub(super) notes: Vec<String>,
}

/// The manifest that is written to.
pub(super) struct Manifest {
    /// `None` for a new one.
    known: Option<Known>,
}

/// A manifest that is there already.
struct Known {
    /// The set that was chosen for new tools.
    set: Option<String>,
    /// All sets.
    sets: Vec<String>,
    /// The set for a tool whose tag is none.
    roomiest: String,
    /// Each tool with the requests that it sends.
    tools: Vec<(String, Vec<Endpoint>)>,
    /// The texts of the files in `tools/`, by their paths.
    files: BTreeMap<String, String>,
    /// The names of the providers' other keys.
    keys: Vec<String>,
    /// What the providers' addresses are made of.
    addresses: Vec<String>,
}

impl Manifest {
    /// One that is not there yet.
    pub(super) fn new() -> Self {
        Self { known: None }
    }

    /// Looks at what is there.
    pub(super) fn look(dir: &Path, set: Option<&str>) -> Result<Self, ImportError> {
        if !is_manifest(dir) {
            return Ok(Self::new());
        }
        let mut report = Report::default();
        let mut files = match load::load(dir, &mut report) {
            Ok(files) => files,
            Err(sources) => return Err(ImportError::Invalid(report.finish(&sources))),
        };
        let manifest = read::read(dir, &mut files, &mut report);
        if report.has_errors() {
            return Err(ImportError::Invalid(report.finish(&files.sources)));
        }
        let sets = &manifest.server.sets;
        let tokens = Tokens::of(&manifest);
        let set = match set {
            Some(name) if sets.iter().any(|set| set.name.text == name) => Some(name.to_owned()),
            Some(name) => {
                let names: Vec<_> = sets.iter().map(|set| set.name.text.as_str()).collect();
                return Err(ImportError::Unknown(format!(
                    "`server.yaml` has no set `{name}`: the sets are {}",
                    names.join(", ")
                )));
            }
            None => None,
        };
        let Some(roomiest) = tokens.roomiest() else {
            let message = "`server.yaml` has no set: give it one first";
            return Err(ImportError::Unknown(message.to_owned()));
        };
        let tools = manifest.tools.iter().map(|tool| {
            let requests = match &tool.action {
                Action::Http { requests, .. } => requests.as_slice(),
                _ => &[],
            };
            let endpoints = requests.iter().map(Endpoint::of);
            (tool.name.text.clone(), endpoints.collect())
        });
        let providers = manifest.providers.iter();
        let keys = providers.clone().flat_map(|provider| &provider.keys);
        let pieces = providers.flat_map(|provider| provider.base_url.iter().flatten());
        let addresses = pieces.filter_map(|piece| match piece {
            Piece::Literal(text) => Some(text.clone()),
            Piece::Env { default, .. } => default.clone(),
        });
        let texts = files
            .sources
            .iter()
            .filter(|(_, file)| file.path.starts_with("tools/"));
        Ok(Self {
            known: Some(Known {
                set,
                sets: sets.iter().map(|set| set.name.text.clone()).collect(),
                roomiest: roomiest.name.clone(),
                tools: tools.collect(),
                files: texts
                    .map(|(_, file)| (file.path.clone(), file.text.clone()))
                    .collect(),
                keys: keys.map(|(name, _)| name.text.clone()).collect(),
                addresses: addresses.collect(),
            }),
        })
    }

    /// Whether requests may name a key: in a new manifest each that they need is written.
    pub(super) fn has_key(&self, key: &str) -> bool {
        let known = self.known.as_ref();
        known.is_none_or(|known| known.keys.iter().any(|one| one == key))
    }

    /// Whether some provider has an address; a new manifest gets one that does.
    pub(super) fn has_address(&self, address: &str) -> bool {
        let host = |address: &str| {
            let (_, rest) = address.split_once("://")?;
            Some(rest.split(['/', '{', ':']).next()?.to_owned())
        };
        let Some(known) = &self.known else {
            return true;
        };
        // Nothing certain is known of an address that is none.
        let Some(wanted) = host(address).filter(|host| !host.is_empty()) else {
            return true;
        };
        known.addresses.iter().any(|one| one.contains(&wanted))
    }

    /// The names of the tools that are there.
    pub(super) fn tools(&self) -> impl Iterator<Item = &str> {
        let known = self.known.iter().flat_map(|known| &known.tools);
        known.map(|(name, _)| name.as_str())
    }

    /// The tool that sends this operation already, alone.
    pub(super) fn tool_of(
        &self,
        operation: &Operation<'_>,
        endpoints: &Endpoints<'_>,
    ) -> Option<&str> {
        let is_it = |endpoint: &Endpoint| {
            let found = endpoints.find(endpoint);
            found.is_some_and(|found| found.key.span == operation.key.span)
        };
        let mut tools = self.known.iter().flat_map(|known| &known.tools);
        let found = tools.find(|(_, sent)| matches!(sent.as_slice(), [one] if is_it(one)));
        found.map(|(name, _)| name.as_str())
    }

    /// The set of an operation's tool: that of its tag, which a new manifest has for each; else the one with most room.
    pub(super) fn set_of(&self, operation: &Operation<'_>) -> String {
        let tag = group(operation);
        match &self.known {
            None => tag,
            Some(known) => match &known.set {
                Some(chosen) => chosen.clone(),
                None if known.sets.contains(&tag) => tag,
                None => known.roomiest.clone(),
            },
        }
    }

    /// Every file with its text; those of a new manifest's server and providers among them.
    pub(super) fn files(
        &self,
        written: &[Written<'_>],
        document: &Document,
        security: &Security<'_>,
    ) -> Vec<(String, String)> {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for tool in written {
            let path = format!("tools/{}.yaml", group(&tool.operation));
            let before = || {
                let known = self.known.as_ref()?;
                known.files.get(&path).cloned()
            };
            let text = files
                .entry(path.clone())
                .or_insert_with(|| before().unwrap_or_default());
            if !text.is_empty() {
                if !text.ends_with('\n') {
                    text.push('\n');
                }
                text.push('\n');
            }
            text.push_str(&as_yaml(tool));
        }
        let mut files: Vec<_> = files.into_iter().collect();
        if self.known.is_none() && !written.is_empty() {
            let operations: Vec<_> = written.iter().map(|tool| &tool.operation).collect();
            files.extend(scaffold::files(document, &operations, security));
        }
        files
    }
}

/// The file and the set of an operation: its first tag.
pub(super) fn group(operation: &Operation<'_>) -> String {
    let tag = operation.tag().unwrap_or(UNTAGGED);
    super::names::identifier(&tag.to_snake_case())
}

/// A tool with comments before it that say where it is from, and what was left out.
fn as_yaml(written: &Written<'_>) -> String {
    let endpoint = written.operation.endpoint();
    let from = match written.operation.id() {
        Some(id) => format!("{endpoint}, in the document `{id}`."),
        None => format!("{endpoint}."),
    };
    let mut text = format!("# {}\n", one_line(&from));
    for note in written.notes.iter().take(NOTES) {
        let _ = writeln!(text, "# - {}", one_line(note));
    }
    if written.notes.len() > NOTES {
        let _ = writeln!(text, "# - and {} more", written.notes.len() - NOTES);
    }
    text.push_str(&yaml(&json!({ &written.name: written.tool })));
    text
}

/// A value as YAML; as JSON, which is YAML too, where the manifest's parser would read something else: line ends of
/// Unicode are folded by the one and kept by the other.
pub(super) fn yaml(value: &Value) -> String {
    let is_read_back = |text: &String| {
        let mut report = Report::default();
        let read = parse(text, 0, &mut report);
        !report.has_errors() && read.to_value() == *value
    };
    yaml_serde::to_string(value)
        .ok()
        .filter(is_read_back)
        .unwrap_or_else(|| printable(&format!("{value:#}\n")))
}

/// JSON whose control characters, which it allows within strings, are escapes: the parser takes none.
fn printable(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for char in json.chars() {
        if char.is_control() && char != '\n' {
            let _ = write!(text, "\\u{:04x}", u32::from(char));
        } else {
            text.push(char);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// JSON values with texts that YAML could take for something else.
    fn values() -> impl Strategy<Value = Value> {
        let texts = prop_oneof![
            "\\PC{0,12}",
            "[ -~\\n\\t#:'\"]{0,20}",
            proptest::sample::select(vec![
                "yes",
                "no",
                "on",
                "~",
                "null",
                "Null",
                "true",
                "TRUE",
                "1",
                "1.0",
                "1e3",
                "0x1f",
                "0o17",
                ".inf",
                ".NaN",
                "-",
                "- a",
                "a: b",
                "a #b",
                " a",
                "a ",
                "2026-01-01",
                "|",
                ">",
                "&a",
                "*a",
                "!a",
                "%a",
                "@a",
                "`a`",
                "{a}",
                "[a]",
                "$a",
                "=",
                "<<",
                "---",
                "...",
                "\u{feff}",
                "\u{85}",
                "\u{2028}",
                "a\n",
                "\n",
                "",
                "1_000",
                "0b1",
                "+1",
                "1.",
                "0777",
                "12:30:45",
                "\u{7f}",
                "\u{0}",
            ])
            .prop_map(str::to_owned),
        ];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(|number| json!(number)),
            any::<u64>().prop_map(|number| json!(number)),
            any::<f64>().prop_map(|number| json!(number)),
            texts.clone().prop_map(Value::String),
        ];
        leaf.prop_recursive(3, 16, 4, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                proptest::collection::vec((texts.clone(), inner), 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever is written is read back the same by the manifest's own parser.
        #[test]
        fn yaml_is_read_back_the_same(value in values()) {
            let mut report = Report::default();
            let text = yaml(&json!({ "a": value }));
            let read = parse(&text, 0, &mut report);
            prop_assert!(!report.has_errors(), "{text}");
            prop_assert_eq!(read.to_value(), json!({ "a": value }), "{}", text);
        }
    }

    /// What is no YAML as it is, beside what only JSON keeps.
    #[test]
    fn control_characters_are_escaped() {
        let value = json!({"a\u{7f}": "\u{2028}\u{9f}\u{85}\u{0}"});
        let mut report = Report::default();
        let text = yaml(&value);
        let read = parse(&text, 0, &mut report);
        assert!(!report.has_errors(), "{text}");
        assert_eq!(read.to_value(), value, "{text}");
    }
}
