//! Manifests and the text of the Rust that they become. `UPDATE_GOLDEN=1` writes it anew; `golden_types.rs`
//! compiles and runs it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{fs, path::Path};

use rft_mcp_codegen::compile;

fn check(name: &str) {
    let dir = Path::new("tests/golden").join(name);
    let compiled = compile(&dir).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let golden = dir.with_extension("rs");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&golden, &compiled.rust).unwrap();
    }
    assert!(
        fs::read_to_string(&golden).unwrap() == compiled.rust,
        "`{}` is not what the manifest beside it compiles to; see with UPDATE_GOLDEN=1 and `git diff`",
        golden.display()
    );
    assert_eq!(
        compiled,
        compile(&dir).unwrap(),
        "the same manifest gives the same text"
    );
}

#[test]
fn shapes() {
    check("shapes");
}

#[test]
fn library() {
    check("library");
}
