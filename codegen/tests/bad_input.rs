//! Files that are no manifest: each is told, and none makes the compiler panic, hang or use up the memory.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use rft_mcp_codegen::{Diagnostics, Severity, compile};

/// A copy of a right manifest, to break.
fn manifest(test: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("bad_input")
        .join(test);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("tools")).unwrap();
    for file in [
        "server.yaml",
        "providers.yaml",
        "functions.yaml",
        "shared.yaml",
        "tools/books.yaml",
    ] {
        fs::copy(
            Path::new("tests/diagnostics/base").join(file),
            dir.join(file),
        )
        .unwrap();
    }
    dir
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// Puts a file beside the others and asserts that it is told under a code.
fn told(test: &str, file: &str, bytes: impl AsRef<[u8]>, code: &str) -> Diagnostics {
    let dir = manifest(test);
    fs::write(dir.join(file), bytes).unwrap();
    said(&dir, file, code)
}

fn said(dir: &Path, file: &str, code: &str) -> Diagnostics {
    let diagnostics = compile(dir).unwrap_err();
    let told = diagnostics
        .iter()
        .any(|said| said.code == code && said.file.ends_with(file) && said.help.is_some());
    assert!(
        told,
        "`{code}` of {file} is not told:\n{}",
        start(&diagnostics)
    );
    diagnostics
}

/// Enough of it to read.
fn start(diagnostics: &Diagnostics) -> String {
    diagnostics.to_string().chars().take(2_000).collect()
}

const MORE: &str = "tools/more.yaml";

#[test]
fn yaml_that_is_none() {
    for text in [
        "a: b: c",
        "a:\n\t- b\n",
        "a: \"b\n",
        "a: [1, 2\n",
        "- a\nb: c\n",
        "a: 1\n---\nb: 2\n",
        "%YAML 9\n",
        "a: @b\n",
    ] {
        told("syntax", MORE, text, "yaml-syntax");
    }
}

#[test]
fn keys_that_stand_twice() {
    told("duplicate", MORE, "a: 1\na: 2\n", "duplicate-key");
    // As many as fit into a file; told as far as anybody reads.
    let text = "a: 1\n".repeat(1_000_000);
    let diagnostics = told("duplicates", MORE, text, "duplicate-key");
    assert!(diagnostics.omitted() > 900_000);
    assert!(
        diagnostics
            .to_string()
            .ends_with("more that are not shown in the manifest")
    );
}

#[test]
fn anchors_and_merges() {
    told("anchor", MORE, "a: &x { b: 1 }\nc: { <<: *x }\n", "anchor");
    let merged = told("merge", MORE, "c: { <<: { b: 1 } }\n", "anchor");
    assert!(start(&merged).contains("no merge keys"), "{merged}");
    assert!(!start(&merged).contains("`<<`"), "told once: {merged}");
    // Grows without end for those who follow it.
    let laughs = (1..40).map(|level| {
        let before = level - 1;
        format!("a{level}: &a{level} [*a{before}, *a{before}, *a{before}]\n")
    });
    let laughs = "a0: &a0 [ha, ha]\n".to_owned() + &laughs.collect::<Vec<_>>().concat();
    told("laughs", MORE, laughs, "anchor");
}

#[test]
fn encodings() {
    let text = fs::read_to_string("tests/diagnostics/base/tools/books.yaml").unwrap();
    let utf16: Vec<u16> = std::iter::once(0xfeff).chain(text.encode_utf16()).collect();
    let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    told("utf16le", MORE, little, "unreadable-file");
    told("utf16be", MORE, big, "unreadable-file");
    told("latin1", MORE, b"a: gr\xfc\xdfe\n", "unreadable-file");
    // The parser ends at some characters, and hands on others.
    for (test, text) in [("nul", "a: \0\nb: 1\n"), ("escape", "a: \"b \u{1b}[2J\"\n")] {
        let said = told(test, MORE, text, "yaml-syntax");
        let first = said.iter().find(|one| one.code == "yaml-syntax").unwrap();
        assert!(first.message.contains("is in no YAML file"), "{said}");
        assert!(first.help.as_ref().unwrap().contains("remove it"), "{said}");
    }

    // What some editors put before UTF-8 is no mistake.
    let dir = manifest("bom");
    fs::write(dir.join("tools/books.yaml"), format!("\u{feff}{text}")).unwrap();
    compile(&dir).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
}

#[test]
fn large_files() {
    told("large", MORE, vec![b'#'; 10 << 20], "file-too-large");
    // One line of mistakes, and one key of a whole file.
    let line = format!("a: [{}]\n", "&x 1, ".repeat(200_000));
    told("line", MORE, line, "anchor");
    let key = format!("{}: 1\n", "k".repeat(7 << 20));
    told("key", MORE, key, "yaml-syntax");
    // Many keys, all right and all unknown.
    let keys = (0..20_000).map(|key| format!("    k{key}: 1\n"));
    let text = "more:\n  request:\n".to_owned() + &keys.collect::<Vec<_>>().concat();
    told("keys", MORE, text, "unknown-key");
}

#[test]
fn deep_nesting() {
    for open in ["[", "{a: ", "- ", "? "] {
        let diagnostics = compile({
            let dir = manifest("deep");
            fs::write(dir.join(MORE), open.repeat(200_000)).unwrap();
            dir
        });
        let diagnostics = diagnostics.unwrap_err();
        let told = diagnostics.iter().any(|said| said.code == "too-deep");
        assert!(told, "`{open}`: {}", start(&diagnostics));
    }
}

#[test]
fn references_in_circles() {
    for text in [
        "A: { $ref: \"#/A\" }\n",
        "A: { $ref: \"#/B\" }\nB: { $ref: \"#/A\" }\n",
        "A: { properties: { a: { $ref: more.yaml#/A } } }\n",
        "A: { items: { $ref: \"\" } }\n",
    ] {
        let dir = manifest("circles");
        fs::write(dir.join("more.yaml"), text).unwrap();
        let tool = fs::read_to_string(dir.join("tools/books.yaml")).unwrap();
        let tool = tool.replace("../shared.yaml#/Book", "../more.yaml#/A");
        fs::write(dir.join("tools/books.yaml"), tool).unwrap();
        said(&dir, "more.yaml", "ref-circular");
    }
}

#[test]
fn files_that_are_missing() {
    for file in ["server.yaml", "providers.yaml"] {
        let dir = manifest("missing");
        fs::remove_file(dir.join(file)).unwrap();
        said(&dir, file, "missing-file");
    }
    // Nothing is said of what no provider can have then.
    let dir = manifest("missing");
    fs::remove_dir_all(&dir).unwrap();
    copy(Path::new("../manifest"), &dir);
    fs::remove_file(dir.join("providers.yaml")).unwrap();
    let diagnostics = said(&dir, "providers.yaml", "missing-file");
    assert_eq!(diagnostics.count(Severity::Error), 1, "{diagnostics}");
    let dir = manifest("missing");
    fs::remove_file(dir.join("shared.yaml")).unwrap();
    said(&dir, "tools/books.yaml", "ref-missing");
    fs::remove_dir_all(&dir).unwrap();
    assert!(compile(&dir).is_err());
}

#[test]
fn directories_in_the_place_of_files() {
    let dir = manifest("directory");
    fs::remove_file(dir.join("server.yaml")).unwrap();
    fs::create_dir(dir.join("server.yaml")).unwrap();
    said(&dir, "server.yaml", "missing-file");
    let file = dir.join("tools/books.yaml");
    assert!(compile(&file).is_err());
}

#[cfg(unix)]
#[test]
fn links_in_circles_and_files_without_end() {
    use std::os::unix::fs::symlink;

    let dir = manifest("links");
    for name in ["one", "two"] {
        symlink("..", dir.join("tools").join(name)).unwrap();
    }
    compile(&dir).unwrap_or_else(|diagnostics| panic!("{}", start(&diagnostics)));
    symlink("nowhere.yaml", dir.join(MORE)).unwrap();
    said(&dir, MORE, "unreadable-file");
    fs::remove_file(dir.join(MORE)).unwrap();
    symlink("/dev/zero", dir.join(MORE)).unwrap();
    said(&dir, MORE, "unreadable-file");
    fs::remove_file(dir.join(MORE)).unwrap();
    // Would wait for a writer for ever.
    let made = std::process::Command::new("mkfifo")
        .arg(dir.join(MORE))
        .status()
        .unwrap();
    assert!(made.success());
    said(&dir, MORE, "unreadable-file");
}
