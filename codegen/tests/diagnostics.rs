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

use rft_mcp_codegen::{CODES, compile};

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

/// A manifest of a test's own: `base` with the files of a case over it.
fn manifest(case: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("diagnostics")
        .join(case);
    let _ = fs::remove_dir_all(&dir);
    copy(&Path::new(CASES).join("base"), &dir);
    copy(&Path::new(CASES).join(case), &dir);
    // An empty file stands for one that is not there.
    for name in ["server.yaml", "providers.yaml"] {
        if fs::read(dir.join(name)).unwrap().is_empty() {
            fs::remove_file(dir.join(name)).unwrap();
        }
    }
    dir
}

#[test]
fn every_code_says_what_is_expected() {
    let cases = fs::read_dir(CASES)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let cases: BTreeSet<_> = cases.filter(|case| case != "base").collect();
    let codes: BTreeSet<_> = CODES.iter().map(|code| (*code).to_owned()).collect();
    assert_eq!(cases, codes, "each code has a case");
    for case in cases {
        let dir = manifest(&case);
        let diagnostics = compile(&dir).expect_err(&case);
        assert!(
            diagnostics.iter().any(|diagnostic| diagnostic.code == case),
            "`{case}` is not said:\n{diagnostics}"
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
    let base = Path::new(CASES).join("base");
    compile(base).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
}
