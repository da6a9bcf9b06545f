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
