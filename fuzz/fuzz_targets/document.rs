//! Any bytes as an OpenAPI document: whatever they are, they become tools that pass the check, or there is a mistake
//! that says why not; and what they became can be compared with them. The first byte says whether they take the place
//! of the document, or of the file of corrections that goes with one.
#![no_main]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use libfuzzer_sys::fuzz_target;
use rft_mcp_codegen::{
    Diagnostics, Format, diff,
    import::{self, Choice, Import, ImportError, SCHEMA_BYTES},
};

static DIR: LazyLock<PathBuf> = LazyLock::new(|| {
    let dir = std::env::temp_dir().join(format!("rft-mcp-fuzz-document-{}", std::process::id()));
    fs::create_dir_all(&dir).expect("a directory can be made");
    let library = include_str!("../../codegen/tests/import/library.yaml");
    fs::write(dir.join("library.yaml"), library).expect("a file can be written");
    become_manifest(&dir.join("library.yaml"), &dir.join("library"));
    dir
});

fuzz_target!(|data: &[u8]| {
    let Some((which, bytes)) = data.split_first() else {
        return;
    };
    let file = DIR.join("given");
    fs::write(&file, bytes).expect("a file can be written");
    if which % 2 == 1 {
        let _ = compare(&DIR.join("library.yaml"), &DIR.join("library"), Some(&file));
        return;
    }
    let dir = DIR.join("become");
    become_manifest(&file, &dir);
    if dir.exists() {
        let differences = compare(&file, &dir, None);
        assert_eq!(differences, "", "it became this just now");
        fs::remove_dir_all(dir).expect("a directory can be removed");
    }
});

/// Writes what a document becomes.
fn become_manifest(document: &Path, dir: &Path) {
    let import = Import {
        document: document.to_owned(),
        choice: Choice {
            all: true,
            ..Choice::default()
        },
        dir: dir.to_owned(),
        set: None,
        partial: true,
        schema_bytes: SCHEMA_BYTES,
    };
    match import::import(&import) {
        Ok(imported) => {
            if let Some(refused) = &imported.refused {
                told(refused);
            }
            for (path, text) in &imported.files {
                let folder = path.parent().expect("it is in the directory");
                fs::create_dir_all(folder).expect("a directory can be made");
                fs::write(path, text).expect("a file can be written");
            }
        }
        Err(ImportError::Refused(refused)) => told(&refused),
        Err(ImportError::Invalid(said)) => panic!("what is written passes the check: {said}"),
        Err(ImportError::Unknown(_)) => {}
    }
}

/// Every difference, in words.
fn compare(document: &Path, dir: &Path, corrections: Option<&PathBuf>) -> String {
    match diff::diff(document, dir, corrections) {
        Ok(compared) => compared.differences.iter().map(ToString::to_string).collect(),
        Err(diff::DiffError::Invalid(said)) => {
            told(&said);
            String::new()
        }
    }
}

fn told(said: &Diagnostics) {
    for form in [Format::Human, Format::Json, Format::Sarif, Format::Github] {
        std::hint::black_box(said.render(form));
    }
    let is_fault = |message: &str| message.contains("(internal)") || message.contains("(untyped)");
    let fault = said.iter().find(|one| is_fault(&one.message));
    assert!(fault.is_none(), "{said}");
}
