//! Files that are no documents, or no corrections: each is told at its place, and none makes import or diff panic, hang
//! or use up the memory.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use rft_mcp_codegen::{
    Diagnostics,
    diff::{DiffError, diff},
    import::{Choice, Import, ImportError, Imported, SCHEMA_BYTES, import},
};

const MANIFEST: &str = "tests/import/library";
const LIBRARY: &str = "tests/import/library.yaml";

/// A path of this test alone, with nothing there.
fn path(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents");
    fs::create_dir_all(&dir).unwrap();
    let path = dir.join(name);
    let _ = fs::remove_file(&path);
    let _ = fs::remove_dir_all(&path);
    path
}

fn file(name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = path(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn imported(document: &Path, operations: &[&str]) -> Result<Imported, ImportError> {
    import(&Import {
        document: document.to_owned(),
        choice: Choice {
            operations: operations.iter().map(|id| (*id).to_owned()).collect(),
            tags: Vec::new(),
            all: operations.is_empty(),
        },
        dir: path("out"),
        set: None,
        partial: false,
        schema_bytes: SCHEMA_BYTES,
    })
}

fn refused(document: &Path, operations: &[&str]) -> Diagnostics {
    match imported(document, operations) {
        Err(ImportError::Refused(diagnostics)) => diagnostics,
        other => panic!("{other:?}"),
    }
}

fn invalid(document: &Path, corrections: Option<&PathBuf>) -> Diagnostics {
    match diff(document, Path::new(MANIFEST), corrections) {
        Err(DiffError::Invalid(diagnostics)) => diagnostics,
        other => panic!("{other:?}"),
    }
}

/// Asserts that a file is told as a document by both, and as corrections, each in its own words.
fn told(path: &Path, code: &str) {
    let corrections = path.to_owned();
    for (whole, said) in [
        ("the document", refused(path, &[])),
        ("the document", invalid(path, None)),
        (
            "the file of corrections",
            invalid(Path::new(LIBRARY), Some(&corrections)),
        ),
    ] {
        let mut all = said.iter();
        assert!(all.any(|one| one.code == code), "{said}");
        for one in &said {
            assert_eq!(Path::new(&one.file), path, "{said}");
            assert!(one.help.is_some(), "{said}");
        }
        let text = said.to_string();
        let end = format!(" in {whole}");
        assert!(text.ends_with(&end), "{text}");
        assert!(!text.contains("manifest"), "{text}");
    }
}

#[test]
fn what_is_no_plain_file_is_not_read() {
    told(&path("nothing.yaml"), "unreadable-file");
    let directory = path("directory.yaml");
    fs::create_dir(&directory).unwrap();
    told(&directory, "unreadable-file");
    told(&file("latin.yaml", b"a: gr\xfc\xdfe\n"), "unreadable-file");
}

#[cfg(unix)]
#[test]
fn what_never_ends_is_not_waited_for() {
    let fifo = path("fifo.yaml");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    assert!(made.unwrap().success());
    told(&fifo, "unreadable-file");
    let zero = path("zero.yaml");
    std::os::unix::fs::symlink("/dev/zero", &zero).unwrap();
    told(&zero, "unreadable-file");
}

#[test]
fn a_file_has_an_end() {
    // Nothing of it is on the disk.
    let large = path("large.yaml");
    File::create(&large).unwrap().set_len(65 << 20).unwrap();
    told(&large, "file-too-large");
    let said = refused(&large, &[]).to_string();
    assert!(said.contains("68157440 bytes, of 67108864"), "{said}");
    // No text, and told of the first of its characters only.
    File::create(&large).unwrap().set_len(6 << 20).unwrap();
    told(&large, "yaml-syntax");
    let said = refused(&large, &[]);
    assert_eq!(said.iter().count(), 100);
}

/// Small on the disk, and thousands of megabytes in the memory, or as many mistakes.
#[test]
fn a_file_has_no_more_values_than_can_be_kept() {
    let many = "a: [".to_owned() + &"[],".repeat(3_000_000) + "]\n";
    let said = refused(&file("many.yaml", many), &[]).to_string();
    assert!(said.contains("more than 3000000 values"), "{said}");
}

#[test]
fn what_is_not_read_of_yaml_is_told_in_the_words_of_its_file() {
    for (name, text, code) in [
        ("anchor.yaml", "a: &x { b: 1 }\nc: *x\n", "anchor"),
        ("merge.yaml", "c: { <<: { b: 1 } }\n", "anchor"),
        ("tag.yaml", "a: !custom 1\n", "tag"),
        ("unknown.yaml", "a: *x\n", "yaml-syntax"),
        ("directive.yaml", "%YAML 9\n", "yaml-syntax"),
        ("twice.yaml", "a: 1\na: 2\n", "duplicate-key"),
    ] {
        told(&file(name, text), code);
    }
    let said = refused(&file("laughs.yaml", "a: &x { b: 1 }\nc: *x\n"), &[]);
    assert!(said.to_string().contains("yq -o json"), "{said}");
}

/// Two operations, and a schema of `depth` objects in one another that only the second takes.
fn deep(depth: usize) -> String {
    let open = r#"{"type": "object", "properties": {"a": "#.repeat(depth);
    let close = "}}".repeat(depth);
    format!(
        r##"{{"openapi": "3.1.0", "info": {{"title": "Deep", "version": "1"}},
        "servers": [{{"url": "https://deep.example"}}],
        "paths": {{
            "/a": {{"get": {{"operationId": "getA", "summary": "Get it", "responses": {{"200": {{"description": "It"}}}}}}}},
            "/b": {{"post": {{"operationId": "postB", "summary": "Post it",
                "requestBody": {{"content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/B"}}}}}}}},
                "responses": {{"200": {{"description": "It"}}}}}}}}
        }},
        "components": {{"schemas": {{"B":
            {open}{{"type": "string"}}{close}
        }}}}}}"##
    )
}

#[test]
fn depth_is_in_the_way_of_what_leads_there_only() {
    let document = file("deep.json", deep(40));
    let said = refused(&document, &[]);
    let [one] = said.iter().collect::<Vec<_>>()[..] else {
        panic!("{said}");
    };
    assert_eq!((one.code, one.line), ("too-deep", 10), "{said}");
    let text = said.to_string();
    for part in [
        "`postB` (POST /b): ",
        "more than 64 deep",
        "`components/schemas`",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(imported(&document, &["getA"]).unwrap().tools, ["get_a"]);
    // Compared, it is in the way of whoever has a tool for it.
    let dir = path("deep");
    for (path, text) in imported(&file("shallow.json", deep(1)), &[]).unwrap().files {
        let path = dir.join(path.strip_prefix(document.with_file_name("out")).unwrap());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    match diff(&document, &dir, None) {
        Err(DiffError::Invalid(said)) => assert!(said.to_string().contains("`postB`"), "{said}"),
        other => panic!("{other:?}"),
    }
    fs::remove_file(dir.join("tools/tools.yaml")).unwrap();
    for (path, text) in imported(&document, &["getA"]).unwrap().files {
        let path = dir.join(path.strip_prefix(document.with_file_name("out")).unwrap());
        fs::write(path, text).unwrap();
    }
    diff(&document, &dir, None).unwrap_or_else(|error| panic!("{error}"));
    // So deep that the parser ends there, and what would use up the stack.
    for depth in [200, 100_000] {
        let said = refused(&file("deeper.json", deep(depth)), &["getA"]);
        assert!(said.iter().all(|one| one.code == "too-deep"), "{said}");
    }
}

/// A document of one POST whose body leads to 17 schemas that each name the next twice, or the product of 17 alternatives.
#[test]
fn what_refers_without_end_is_compared_as_far_as_can_be_read() {
    let last = r#"{"type": "object", "properties": {"n": {"type": "integer"}}}"#;
    let union = |index: usize| {
        format!(
            r##"{{"anyOf": [{{"$ref": "#/components/schemas/L"}}, {{"type": "string", "const": "{index}"}}]}}"##
        )
    };
    let product: Vec<_> = (0..17).map(union).collect();
    let twice = |kind: &str| -> String {
        let level = |index: usize| {
            let next = format!(r##"{{"$ref": "#/components/schemas/A{}"}}"##, index + 1);
            format!(r#""A{index}": {{"{kind}": [{next}, {next}]}}, "#)
        };
        (0..17).map(level).collect::<String>() + &format!(r#""A17": {last}"#)
    };
    for (name, schemas) in [
        ("all", twice("allOf")),
        ("any", twice("anyOf")),
        (
            "product",
            format!(r#""A0": {{"allOf": [{}]}}"#, product.join(", ")),
        ),
    ] {
        let text = format!(
            r##"{{"openapi": "3.1.0", "info": {{"title": "Wide", "version": "1"}},
            "servers": [{{"url": "https://wide.example"}}],
            "paths": {{"/a": {{"post": {{"operationId": "postA", "summary": "Post it",
                "requestBody": {{"content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/A0"}}}}}}}},
                "responses": {{"200": {{"description": "It"}}}}}}}}}},
            "components": {{"schemas": {{"L": {last}, {schemas}}}}}}}"##
        );
        let document = file(&format!("{name}.json"), text);
        let dir = path(name);
        for (path, text) in imported(&document, &[]).unwrap().files {
            let path = dir.join(path.strip_prefix(document.with_file_name("out")).unwrap());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let compared = diff(&document, &dir, None).unwrap_or_else(|error| panic!("{error}"));
        assert!(compared.differences.is_empty(), "{name}: {compared:?}");
    }
}
