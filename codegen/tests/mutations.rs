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
use rft_mcp_codegen::{Compiled, Diagnostics, compile};

const MANIFEST: &str = "../manifest";

/// A copy of the manifest to change, one for each test.
struct Copy {
    dir: PathBuf,
    files: Vec<(String, String)>,
}

/// Everything, the texts that resources give too.
fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
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
        copy_all(Path::new(MANIFEST), &copy.dir);
        copy
    }

    /// What comes of the manifest when one file has this text.
    fn with(&self, file: usize, text: &str) -> Result<(), Diagnostics> {
        self.compiled(file, text).map(drop)
    }

    /// What is said of it, warnings included.
    fn said(&self, file: usize, text: &str) -> Diagnostics {
        match self.compiled(file, text) {
            Ok(compiled) => compiled.warnings,
            Err(diagnostics) => diagnostics,
        }
    }

    fn compiled(&self, file: usize, text: &str) -> Result<Compiled, Diagnostics> {
        let (name, original) = &self.files[file];
        fs::write(self.dir.join(name), text).unwrap();
        let compiled = compile(&self.dir);
        fs::write(self.dir.join(name), original).unwrap();
        compiled
    }

    /// Puts `with` for the part of a line, and asserts that this very line is told.
    fn told(&self, file: usize, line: usize, part: std::ops::Range<usize>, with: &str) {
        let (name, text) = &self.files[file];
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines[line].replace_range(part, with);
        let changed = lines[line].clone();
        let said = self.said(file, &lines.join("\n"));
        let told = said
            .iter()
            .any(|said| said.file.ends_with(name.as_str()) && said.line == line + 1);
        let place = format!("{name}:{}: `{}`", line + 1, changed.trim());
        assert!(told, "{place} is not told; this is:\n{said}");
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
    assert!(count > 0, "there are such names");
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

/// Both ways into the result of a tool that completes an argument.
#[test]
fn a_renamed_completion_is_told() {
    let completes = |name: &str| name.starts_with("prompts/") || name.starts_with("resources/");
    rename("completions", "$result.", completes);
    rename("completions", "$item.", completes);
}

/// What nothing but a reply says, where a second job or the rest of a list depends on it.
#[test]
fn a_renamed_place_of_a_page_or_an_undo_is_told() {
    rename("pages", "page: { after: \"$response.", is_template);
    rename("pages", "more: $response.", is_template);
    rename("undo", "with: { job_id: $response.", is_template);
    rename("undo", "age: $response.", is_template);
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

/// A way to break a line: its name, and the part of a line with what goes there, when it can be broken so.
type Mutation = (
    &'static str,
    fn(&str) -> Option<(std::ops::Range<usize>, String)>,
);

/// Puts `with` for the first `find` of a line.
fn swap(line: &str, find: &str, with: &str) -> Option<(std::ops::Range<usize>, String)> {
    let at = line.find(find)?;
    Some((at..at + find.len(), with.to_owned()))
}

/// Slips of the hand that people make in every part of a manifest.
const MUTATIONS: &[Mutation] = &[
    ("a key of a tool", |line| swap(line, "  title:", "  titel:")),
    ("a key of a request", |line| {
        swap(line, "    body:", "    bdoy:")
    }),
    ("a method", |line| swap(line, "    post:", "    pots:")),
    ("another method", |line| swap(line, "    get:", "    got:")),
    ("an effect", |line| {
        swap(line, "effect: read", "effect: reed")
    }),
    ("a set", |line| swap(line, "sets: [core", "sets: [cor")),
    ("a keyword", |line| swap(line, "required:", "requird:")),
    ("another keyword", |line| {
        swap(line, "minLength:", "minLenght:")
    }),
    ("a type", |line| swap(line, "type: string", "type: strng")),
    ("another type", |line| {
        swap(line, "type: integer", "type: int")
    }),
    ("a limit", |line| swap(line, "minimum: 1", "minimum: one")),
    ("an open object", |line| {
        swap(
            line,
            "additionalProperties: false",
            "additionalProperties: no",
        )
    }),
    ("a reference", |line| {
        swap(line, "common.yaml#/", "comon.yaml#/")
    }),
    ("the name of a reference", |line| {
        swap(line, "job.yaml#/Job", "job.yaml#/Jobs")
    }),
    ("a place", |line| swap(line, ": $response", ": $respons")),
    ("the syntax of a place", |line| {
        swap(line, ": $response.", ": $response..")
    }),
    ("an element", |line| swap(line, ": $item", ": $itme")),
    ("a text with a dollar", |line| {
        swap(line, ": $response", ": a $response")
    }),
    ("a function", |line| swap(line, "$call: ", "$call: no_")),
    ("a form of template", |line| swap(line, "$each:", "$eech:")),
    ("another form of template", |line| {
        swap(line, "$first:", "$frist:")
    }),
    ("a parameter of a path", |line| {
        swap(line, "/{job_id}", "/{jobid}")
    }),
    ("a path", |line| swap(line, "get: /", "get: ")),
    ("a brace", |line| swap(line, "_id}", "_id")),
    ("a description", |line| {
        swap(line, "  description: ", "  description: \"\" # ")
    }),
    ("an environment variable", |line| swap(line, "${O", "${ O")),
    ("an address", |line| {
        swap(line, "base_url: ${OPENAI", "base_url: ftp://${OPENAI")
    }),
    ("a key of a provider", |line| {
        swap(line, "  lacks:", "  lack:")
    }),
    ("a tool that a provider lacks", |line| {
        swap(line, "- pause_job", "- pausejob")
    }),
    ("an anchor", |line| {
        swap(line, "  sets: [", "  sets: &sets [")
    }),
    ("an alias", |line| {
        swap(line, "effect: read", "effect: *read")
    }),
    ("a tag", |line| {
        swap(line, "effect: read", "effect: !!str read")
    }),
    ("a number", |line| {
        swap(line, "maximum: 100", "maximum: 0x64")
    }),
    ("a quote", |line| swap(line, "  title: ", "  title: 'x' ")),
    ("a tab", |line| swap(line, "    get:", "\tget:")),
    ("a name of a header", |line| {
        swap(line, "    OpenAI-Project:", "    OpenAI Project:")
    }),
    ("a default set", |line| {
        swap(line, "default: true", "default: yes")
    }),
    ("a limit of the server", |line| {
        swap(line, "connect_seconds: 5", "connect_seconds: 0")
    }),
    ("the type of an argument", |line| {
        swap(
            line,
            "$call: clip_reward, grader: $grader",
            "$call: clip_reward, grader: $suffix",
        )
    }),
    ("an argument", |line| {
        swap(
            line,
            "limits: $advanced.reward_clip",
            "limit: $advanced.reward_clip",
        )
    }),
    ("a way into an input", |line| {
        swap(line, "$advanced.reward_clip", "$advanced.reward_clp")
    }),
    ("what a provider takes", |line| {
        swap(line, "seed: $seed", "seed: $suffix")
    }),
    ("what a provider calls it", |line| {
        swap(
            line,
            "      validation_file: $validation_file",
            "      validation_fil: $validation_file",
        )
    }),
    ("a constant that the provider takes", |line| {
        swap(
            line,
            "        type: reinforcement",
            "        type: reinforcment",
        )
    }),
    ("what an undo takes of the answer", |line| {
        swap(
            line,
            "job_id: $response.id }, age",
            "job_id: $response.di }, age",
        )
    }),
    ("the age of what is undone", |line| {
        swap(
            line,
            "age: $response.created_at",
            "age: $response.created_ta",
        )
    }),
    ("whether there is more", |line| {
        swap(line, "more: $response.has_more", "more: $response.hasmore")
    }),
    ("where a list goes on", |line| {
        swap(line, "next: $response.data[", "next: $response.date[")
    }),
    ("what a shared result takes of a reply", |line| {
        swap(
            line,
            "expires_at: $response.expires_at",
            "expires_at: $response.expired_at",
        )
    }),
    ("an element that completes", |line| {
        swap(line, "$value: $item.file_id", "$value: $item.fileid")
    }),
    ("a list that completes", |line| {
        swap(
            line,
            "$each: $result.jobs, $value",
            "$each: $result.job, $value",
        )
    }),
];

/// More than fifty manifests, each broken in one line: something is said of that very line.
#[test]
fn fifty_slips_are_told_at_their_line() {
    let copy = Copy::new("slips");
    let mut count = 0;
    for (what, mutate) in MUTATIONS {
        let mut done = 0;
        // In up to two files each, so that shared files and tools are both broken.
        for (file, (_, text)) in copy.files.iter().enumerate() {
            let lines = text.lines().enumerate();
            let found = lines
                .filter(|(_, line)| !line.trim_start().starts_with('#'))
                .find_map(|(line, content)| Some((line, mutate(content)?)));
            if let Some((line, (part, with))) = found
                && done < 2
            {
                copy.told(file, line, part, &with);
                done += 1;
            }
        }
        assert!(done > 0, "no line of the manifest has {what}");
        count += done;
    }
    assert!(count >= 50, "only {count}");
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
