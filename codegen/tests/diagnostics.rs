//! Manifests with mistakes and what is said of them. A directory of `tests/diagnostics` has the name of a
//! code, the files that take the place of those of `base`, and `expected.txt`, which `UPDATE_GOLDEN=1` writes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use rft_mcp_codegen::{Diagnostics, RULES, Severity, check, compile};

const CASES: &str = "tests/diagnostics";

/// Copies the files of a directory, and of those in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// What is said of a manifest, whether it can be compiled or not.
///
/// Checking says what compiling says, in whatever way a manifest is wrong.
fn said(dir: &Path) -> Diagnostics {
    let checked = match check(dir) {
        Ok(checked) => checked.warnings,
        Err(diagnostics) => diagnostics,
    };
    let compiled = match compile(dir) {
        Ok(compiled) => compiled.warnings,
        Err(diagnostics) => diagnostics,
    };
    assert_eq!(checked, compiled);
    checked
}

/// A manifest of a test's own: `base` with the files of a case over it.
fn manifest(test: &str, case: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test).join(case);
    let _ = fs::remove_dir_all(&dir);
    copy(&Path::new(CASES).join("base"), &dir);
    if Path::new(CASES).join(case).exists() {
        copy(&Path::new(CASES).join(case), &dir);
    }
    // An empty file stands for one that is not there.
    for name in ["server.yaml", "providers.yaml"] {
        if fs::read(dir.join(name)).unwrap().is_empty() {
            fs::remove_file(dir.join(name)).unwrap();
        }
    }
    if case == "file-too-large" {
        fs::write(dir.join("large.yaml"), vec![b'#'; 9_000_000]).unwrap();
    }
    dir
}

#[test]
fn every_code_says_what_is_expected() {
    let cases = fs::read_dir(CASES)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let cases: BTreeSet<_> = cases.filter(|case| case != "base").collect();
    let codes: BTreeSet<_> = RULES.iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(cases, codes, "each code has a case");
    for case in cases {
        let dir = manifest("diagnostics", &case);
        let diagnostics = said(&dir);
        let rule = RULES.iter().find(|rule| rule.code == case).unwrap();
        assert!(
            diagnostics
                .iter()
                .any(|said| said.code == case && said.severity == rule.severity),
            "`{case}` is not said:\n{diagnostics}"
        );
        // A warning keeps nobody from compiling.
        assert_eq!(
            compile(&dir).is_ok(),
            rule.severity == Severity::Warning,
            "{diagnostics}"
        );
        let text = format!("{diagnostics}\n").replace(dir.to_str().unwrap(), "manifest");
        let expected = Path::new(CASES).join(&case).join("expected.txt");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&expected, &text).unwrap();
        }
        assert_eq!(
            fs::read_to_string(&expected).unwrap_or_default(),
            text,
            "{}",
            expected.display()
        );
    }
}

#[test]
fn the_base_has_no_mistake() {
    let said = said(&Path::new(CASES).join("base"));
    assert_eq!(said.iter().count(), 0, "{said}");
}

/// Each page explains its code and ends with an example: the first that is said in the code's case.
#[test]
fn every_page_has_the_example_of_its_case() {
    for rule in RULES {
        let path = Path::new("docs").join(rule.code).with_extension("md");
        let page = fs::read_to_string(&path).unwrap();
        let (text, _) = page.split_once("\n## Example\n").unwrap_or((&page, ""));
        let mut paragraphs = text.trim_end().split("\n\n");
        assert_eq!(paragraphs.next(), Some(format!("# {}", rule.code).as_str()));
        assert!(
            paragraphs.count() >= 2,
            "{} explains itself",
            path.display()
        );
        let dir = manifest("pages", rule.code);
        let said = said(&dir);
        let example = said.iter().find(|said| said.code == rule.code).unwrap();
        let example = example
            .to_string()
            .replace(dir.to_str().unwrap(), "manifest");
        let whole = format!("{text}\n## Example\n\n```text\n{example}\n```\n");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, &whole).unwrap();
        }
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            whole,
            "{}",
            path.display()
        );
    }
}

/// What is said of a manifest in `dir`, whose path is told as `manifest`.
fn told(dir: &Path) -> String {
    compile(dir)
        .unwrap_err()
        .to_string()
        .replace(dir.to_str().unwrap(), "manifest")
}

#[test]
fn a_directory_that_is_none_is_told_alone() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("nowhere");
    let nowhere = "error[missing-file]: there is no such directory\n--> manifest\n \
                   = help: a manifest is a directory with `server.yaml`, `providers.yaml` and `tools/*.yaml`\n\n\
                   1 mistake in the manifest";
    assert_eq!(told(&dir), nowhere);
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("file");
    fs::write(&file, "name: a").unwrap();
    assert_eq!(
        told(&file),
        nowhere.replace("there is no such directory", "this is no directory")
    );
}

#[test]
fn a_manifest_without_tools_and_a_file_that_can_not_be_read_are_told() {
    let dir = manifest("directories", "no-tools");
    fs::remove_dir_all(dir.join("tools")).unwrap();
    let without =
        "error[missing-file]: there is no file of tools in the manifest\n--> manifest/tools\n";
    assert!(told(&dir).starts_with(without), "{}", told(&dir));
    fs::create_dir(dir.join("tools")).unwrap();
    assert!(told(&dir).starts_with(without), "{}", told(&dir));
    // A link that leads nowhere can not be read whoever asks.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", dir.join("tools/gone.yaml")).unwrap();
        let gone = "error[unreadable-file]: the file can not be read: ";
        assert!(told(&dir).starts_with(gone), "{}", told(&dir));
        assert!(told(&dir).contains("--> manifest/tools/gone.yaml\n"));
    }
}

/// A tool with this in its input and beside it.
fn tool(input: &str, beside: &str) -> String {
    format!(
        "get_book:\n  title: Look\n  effect: read\n  sets: [core]\n  {beside}\n  input: {{ type: object, additionalProperties: false, \
         properties: {{ a: {{ description: A., {input} }} }} }}\n  request: {{ get: /books, query: {{ a: {{ $json: $a }} }} }}\n  \
         result: {{ id: $response.id }}\n  output: {{ type: object, properties: {{ id: {{ type: string }} }} }}\n"
    )
}

/// What clients refuse can be allowed by the schema, the tool and the whole manifest; elsewhere it is told all the same.
#[test]
fn what_clients_refuse_is_allowed_where_it_is_said() {
    let described = "description: A book.";
    // The code, what breaks the rule in the input and in the tool, and where it may be allowed.
    let cases = [
        (
            "array-items",
            "type: array",
            described,
            "schema tool server",
        ),
        (
            "unknown-keyword",
            "type: string, nullable: true",
            described,
            "schema tool server",
        ),
        (
            "nullable-input",
            "const: null",
            described,
            "schema tool server",
        ),
        (
            "nullable-input",
            "enum: [null]",
            described,
            "schema tool server",
        ),
        (
            "client-keyword",
            "oneOf: [{ type: string }]",
            described,
            "schema tool server",
        ),
        (
            "ref-circular",
            "$ref: ../loop.yaml#/Loop",
            described,
            "schema",
        ),
        (
            "missing-description",
            "type: string",
            "title: Look",
            "tool server",
        ),
    ];
    let codes = |dir: &Path| -> Vec<String> {
        let said = said(dir);
        said.iter().map(|said| said.code.to_owned()).collect()
    };
    for (code, input, beside, places) in cases {
        let beside = beside.replace("title: Look", "# no description");
        for allowed in ["nowhere", "schema", "tool", "server"] {
            let dir = manifest("allowed", "base");
            let reason = format!("{{ {code}: It is known here. }}");
            let (mut input, mut beside) = (input.to_owned(), beside.clone());
            let mut loop_ =
                "Loop: { type: object, properties: { again: { $ref: \"#/Loop\" } } }".to_owned();
            match allowed {
                "schema" if code == "ref-circular" => {
                    loop_ = loop_.replace("#/Loop\"", &format!("#/Loop\", x-allow: {reason}"));
                }
                "schema" => input = format!("{input}, x-allow: {reason}"),
                "tool" => beside = format!("{beside}\n  allow: {reason}"),
                "server" => {
                    let server = fs::read_to_string(dir.join("server.yaml")).unwrap();
                    fs::write(
                        dir.join("server.yaml"),
                        format!("{server}allow: {reason}\n"),
                    )
                    .unwrap();
                }
                _ => {}
            }
            fs::write(dir.join("loop.yaml"), loop_).unwrap();
            fs::write(dir.join("tools/books.yaml"), tool(&input, &beside)).unwrap();
            fs::remove_file(dir.join("functions.yaml")).unwrap();
            let told = codes(&dir).iter().any(|told| told == code);
            let holds = places.split(' ').any(|place| place == allowed);
            assert_eq!(told, !holds, "{code} allowed in {allowed}: {}", said(&dir));
            if holds {
                assert!(
                    compile(&dir).is_ok(),
                    "{code} allowed in {allowed}: {}",
                    said(&dir)
                );
                let other: Vec<_> = codes(&dir)
                    .into_iter()
                    .filter(|code| code != "unused-file")
                    .collect();
                assert_eq!(
                    other,
                    Vec::<String>::new(),
                    "{code} allowed in {allowed}: {}",
                    said(&dir)
                );
            }
        }
    }
}
