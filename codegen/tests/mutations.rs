//! The product's own manifest with one thing changed: what is changed in one place only is told with that
//! line, and nothing that is done to a manifest makes the compiler panic.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use proptest::{prelude::*, test_runner::RngSeed};
use rft_mcp_codegen::{Diagnostics, compile};

const MANIFEST: &str = "../manifest";

/// A copy of the manifest to change, one for each test.
struct Copy {
    dir: PathBuf,
    files: Vec<(String, String)>,
}

impl Copy {
    fn new(test: &str) -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("mutations")
            .join(test);
        let _ = fs::remove_dir_all(&dir);
        let files = compile(MANIFEST).unwrap().files.into_iter().map(|path| {
            let name = path
                .strip_prefix(MANIFEST)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            (name, fs::read_to_string(path).unwrap())
        });
        let copy = Self {
            dir,
            files: files.collect(),
        };
        for (name, text) in &copy.files {
            fs::create_dir_all(copy.dir.join(name).parent().unwrap()).unwrap();
            fs::write(copy.dir.join(name), text).unwrap();
        }
        copy
    }

    /// What is said of the manifest when one file has this text.
    fn with(&self, file: usize, text: &str) -> Result<(), Diagnostics> {
        let (name, original) = &self.files[file];
        fs::write(self.dir.join(name), text).unwrap();
        let compiled = compile(&self.dir).map(drop);
        fs::write(self.dir.join(name), original).unwrap();
        compiled
    }

    /// Puts `with` for the part of a line, and asserts that this very line is told.
    fn told(&self, file: usize, line: usize, part: std::ops::Range<usize>, with: &str) {
        let (name, text) = &self.files[file];
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines[line].replace_range(part, with);
        let changed = lines[line].clone();
        let said = self.with(file, &lines.join("\n"));
        let told = |diagnostics: &Diagnostics| {
            diagnostics
                .iter()
                .any(|d| d.file.ends_with(name.as_str()) && d.line == line + 1)
        };
        match said {
            Ok(()) => panic!(
                "{name}:{}: nothing is said of `{}`",
                line + 1,
                changed.trim()
            ),
            Err(diagnostics) => assert!(
                told(&diagnostics),
                "{name}:{}: `{}`\n{diagnostics}",
                line + 1,
                changed.trim()
            ),
        }
    }
}

/// The places of what follows each `mark` on a line, as far as `name` holds.
fn after(line: &str, mark: &str, name: fn(char) -> bool) -> Vec<std::ops::Range<usize>> {
    let places = line.match_indices(mark).map(|(at, _)| at + mark.len());
    places
        .map(|at| at..at + line[at..].find(|c| !name(c)).unwrap_or(line.len() - at))
        .collect()
}

fn word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Renames every name of a kind, in each of its places alone.
fn rename(test: &str, mark: &str, files: fn(&str) -> bool) {
    let copy = Copy::new(test);
    let mut count = 0;
    for (file, (name, text)) in copy
        .files
        .iter()
        .enumerate()
        .filter(|(_, (name, _))| files(name))
    {
        for (line, content) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with('#'))
        {
            for place in after(content, mark, word) {
                if !content[place.clone()].starts_with(|c: char| c.is_ascii_alphabetic()) {
                    continue;
                }
                let renamed = format!("{}q", &content[place.clone()]);
                copy.told(file, line, place, &renamed);
                count += 1;
            }
        }
        assert!(!name.is_empty());
    }
    assert!(count > 1, "there are such names");
}

fn is_template(name: &str) -> bool {
    name.starts_with("tools/") || name.starts_with("results/")
}

#[test]
fn a_renamed_place_is_told() {
    // Only the first name: what a provider replies has no schema.
    rename("places", " $", is_template);
    rename("places", "[$", is_template);
}

#[test]
fn a_renamed_function_is_told() {
    rename("functions", "$call: ", is_template);
}

#[test]
fn a_renamed_reference_is_told() {
    rename("references", "#/", |_| true);
}

#[test]
fn a_renamed_path_parameter_is_told() {
    rename("parameters", "/{", is_template);
}

#[test]
fn a_renamed_effect_is_told() {
    rename("effects", "effect: ", is_template);
}

/// Every key of the files whose keys all mean something.
#[test]
fn a_renamed_key_is_told() {
    let copy = Copy::new("keys");
    for (file, (name, text)) in copy.files.iter().enumerate() {
        for (line, content) in text.lines().enumerate() {
            let key = content.trim_start();
            let depth = content.len() - key.len();
            // The keys of a tool itself: deeper ones may be the names of others.
            let Some((key, _)) = key.split_once(':') else {
                continue;
            };
            if name.starts_with("tools/") && depth == 2 && key.chars().all(word) {
                copy.told(file, line, depth..depth + key.len(), &format!("{key}q"));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    /// Whatever is done to the text, there is an answer, and a sorted one.
    #[test]
    fn nothing_makes_it_panic(
        file in 0_usize..100,
        at in 0_usize..100_000,
        length in 0_usize..40,
        with in prop_oneof![
            Just(String::new()),
            Just("\n".to_owned()),
            Just("  ".to_owned()),
            Just("$".to_owned()),
            Just("{ $ref: \"#/\" }".to_owned()),
            Just("*a &b !c".to_owned()),
            Just("[[{".to_owned()),
            Just("null".to_owned()),
            Just("\u{0}\u{2028}\u{feff}é".to_owned()),
            Just("{ $each: $item, $value: { $call: clip_reward } }".to_owned()),
            "[ -~]{0,12}",
        ],
    ) {
        let copy = Copy::new("anything");
        let file = file % copy.files.len();
        let letters: Vec<char> = copy.files[file].1.chars().collect();
        let at = at % letters.len();
        let end = (at + length).min(letters.len());
        let text: String = letters[..at].iter().copied().chain(with.chars()).chain(letters[end..].iter().copied()).collect();
        if let Err(diagnostics) = copy.with(file, &text) {
            let told = diagnostics.to_string();
            prop_assert!(told.contains("error["));
            prop_assert!(!told.contains("error[internal]"), "{}", told);
            prop_assert!(!told.contains("error[untyped]"), "{}", told);
        }
    }
}

#[test]
fn a_tool_needs_nothing_but_its_file() {
    let copy = Copy::new("a_tool_more");
    let tool = "get_batch:
  title: Look at a batch
  description: One batch.
  effect: read
  sets: [core]
  input: { type: object, additionalProperties: false, required: [batch], properties: { batch: { type: string } } }
  request: { get: '/batches/{batch}' }
  result: { id: $response.id }
  output: { type: object, required: [id], properties: { id: { type: string } } }
";
    fs::write(copy.dir.join("tools/added.yaml"), tool).unwrap();
    assert!(
        compile(&copy.dir)
            .unwrap()
            .rust
            .contains("name: \"get_batch\"")
    );
}
