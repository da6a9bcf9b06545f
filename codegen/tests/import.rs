//! OpenAPI documents and the manifests that they become. `UPDATE_GOLDEN=1` writes the expected files anew.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "tests"
)]

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::{Config, RngSeed, TestRunner},
};

use rft_mcp_codegen::{
    compile,
    import::{Choice, Import, ImportError, Imported, SCHEMA_BYTES, import},
};
use serde_json::{Value, json};
use support::values::values;

mod support;

fn everything(document: &str, out: &str) -> Import {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("import")
        .join(out);
    let _ = fs::remove_dir_all(&dir);
    Import {
        document: PathBuf::from(document),
        choice: Choice {
            all: true,
            ..Choice::default()
        },
        dir,
        set: None,
        partial: false,
        schema_bytes: SCHEMA_BYTES,
    }
}

fn written(import_: &Import) -> Imported {
    let imported = import(import_).unwrap_or_else(|error| panic!("{error}"));
    for (path, text) in &imported.files {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    imported
}

/// Compares a text with a golden file.
fn check(golden: &Path, text: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(golden.parent().unwrap()).unwrap();
        fs::write(golden, text).unwrap();
    }
    let expected = fs::read_to_string(golden).unwrap_or_default();
    assert!(
        expected == text,
        "`{}` is not what is written; see with UPDATE_GOLDEN=1 and `git diff`",
        golden.display()
    );
}

/// Imports a document, and compares the manifest with the golden one, and its Rust where that is kept.
fn becomes(name: &str, files: usize, rust: bool) -> Imported {
    let mut import = everything(&format!("tests/import/{name}.yaml"), name);
    import.partial = true;
    let imported = written(&import);
    let golden = Path::new("tests/import").join(name);
    for (path, text) in &imported.files {
        check(&golden.join(path.strip_prefix(&import.dir).unwrap()), text);
    }
    assert_eq!(imported.files.len(), files, "and nothing else");
    let compiled = compile(&import.dir).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    if rust {
        check(&golden.with_extension("rs"), &compiled.rust);
    }
    imported
}

#[test]
fn a_document_becomes_a_manifest() {
    let imported = becomes("library", 4, false);
    assert!(imported.refused.is_none());
}

/// What these send is looked at in `imported.rs`.
#[test]
fn documents_as_others_write_them_become_manifests() {
    let pets = becomes("pets", 4, true);
    assert!(pets.refused.is_none());
    let tracker = becomes("tracker", 6, true);
    let told = format!("{}\n", tracker.refused.unwrap());
    check(Path::new("tests/import/tracker.txt"), &told);
}

/// The input schema of a tool in the compiled manifest.
fn schema(dir: &Path, tool: &str) -> Value {
    let schemas = schemas(&compile(dir).unwrap().rust);
    let mut named = schemas.into_iter().filter(|(name, _)| name == tool);
    named.next().unwrap().1
}

/// The input schemas of every tool, by its name.
fn schemas(rust: &str) -> Vec<(String, Value)> {
    let literal = |text: &str| {
        let literal: syn::LitStr = syn::parse_str(text.trim_end_matches(',')).unwrap();
        literal.value()
    };
    let tools = rust.split("ToolSpec {\n").skip(1);
    tools
        .map(|tool| {
            let of = |key: &str| {
                let mut lines = tool.lines().map(str::trim);
                let line = lines.find_map(|line| line.strip_prefix(key));
                literal(line.unwrap())
            };
            (of("name: "), serde_json::from_str(&of("input: ")).unwrap())
        })
        .collect()
}

#[test]
fn what_the_document_accepts_is_accepted() {
    let import = everything("tests/import/library.yaml", "accepted");
    written(&import);
    for (tool, inputs) in [
        (
            "list_books",
            vec![
                "{}",
                r#"{"include": ["loans"], "ids": [1, 2], "tags": ["a"], "filter": {"year": 1}, "page": {"limit": 3, "after": "x"}, "X-Shelf": ["s"]}"#,
            ],
        ),
        (
            "add_book",
            vec![
                r#"{"title": "a"}"#,
                r#"{"title": "a", "language": "eo", "year": 1922, "price": 0.5, "isbn": "9780000000000"}"#,
                r#"{"title": "a", "language": "en", "cover": "https://a.example/"}"#,
                r#"{"title": "a", "cover": {"color": "red", "hard": false, "more": 1}}"#,
            ],
        ),
        ("get_book", vec![r#"{"book-id": 1}"#]),
        (
            "search",
            vec![
                r#"{"words": "a", "mode": "words", "body_response": "x"}"#,
                r#"{"words": "a", "mode": "words", "filter": {"field": "x", "all": [{"field": "y", "all": [{"all": []}]}]}}"#,
            ],
        ),
        (
            "change_reader",
            vec![
                r#"{"body": {"kind": "adult", "name": "a", "more": true}}"#,
                r#"{"body": {"kind": "child", "guardian": "a"}}"#,
            ],
        ),
    ] {
        let schema = schema(&import.dir, tool);
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        for input in inputs {
            let value: Value = serde_json::from_str(input).unwrap();
            let wrong: Vec<_> = validator
                .iter_errors(&value)
                .map(|error| error.to_string())
                .collect();
            assert_eq!(wrong, Vec::<String>::new(), "{tool}: {input}");
        }
    }
    // And what it refuses is refused.
    for (tool, input) in [
        ("get_book", r#"{"book-id": 0}"#),
        ("add_book", r#"{"title": "a", "isbn": "1"}"#),
        ("add_book", r#"{"title": "a", "id": 7}"#),
        ("search", r#"{"words": "", "mode": "words"}"#),
        ("change_reader", r#"{"body": {"kind": "adult"}}"#),
    ] {
        let schema = schema(&import.dir, tool);
        let value: Value = serde_json::from_str(input).unwrap();
        assert!(
            !jsonschema::draft202012::is_valid(&schema, &value),
            "{tool}: {input}"
        );
    }
}

#[test]
fn what_can_not_be_imported_is_told_at_its_place_and_nothing_is_written() {
    let mut import_ = everything("tests/import/unimportable.json", "unimportable");
    match import(&import_) {
        Err(ImportError::Refused(diagnostics)) => {
            check(
                Path::new("tests/import/unimportable.txt"),
                &format!("{diagnostics}\n"),
            );
        }
        other => panic!("{other:?}"),
    }
    import_.partial = true;
    let imported = written(&import_);
    assert_eq!(imported.tools, ["read_file", "speak", "end_session"]);
    let spoken = fs::read_to_string(import_.dir.join("tools/tools.yaml")).unwrap();
    assert!(spoken.contains("Takes `$HOME` or $HOME."), "{spoken}");
    assert!(imported.refused.is_some());
}

#[test]
fn a_document_without_operations_is_told() {
    let mut import_ = everything("tests/import/empty.yaml", "empty");
    let told = import(&import_).unwrap_err().to_string();
    assert!(told.contains("has no operations"), "{told}");
    import_.choice = Choice {
        operations: vec!["getBook".to_owned()],
        ..Choice::default()
    };
    let told = import(&import_).unwrap_err().to_string();
    assert!(told.contains("no operation `getBook`"), "{told}");
}

/// A document of one POST whose body is the first of `schemas`, written to a file.
fn posting(name: &str, id: &str, schemas: &Value) -> Import {
    let (first, _) = schemas.as_object().unwrap().iter().next().unwrap();
    let body = json!({ "$ref": format!("#/components/schemas/{first}") });
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://api.example.org"}],
        "paths": {"/a": {"post": {
            "operationId": id, "summary": "Post it",
            "requestBody": {"content": {"application/json": {"schema": body}}},
            "responses": {"200": {"description": "Fine"}},
        }}},
        "components": {"schemas": schemas},
    });
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.json"));
    fs::write(&path, document.to_string()).unwrap();
    everything(path.to_str().unwrap(), name)
}

#[test]
fn what_a_document_says_stays_in_its_comment() {
    let id = "post\ninjected:\n  title: Injected\u{85}also:\u{2028}too: 1\rmore: 1";
    let written = written(&posting("injecting", id, &json!({"A": {"type": "object"}})));
    assert_eq!(written.tools.len(), 1);
    let (_, text) = written
        .files
        .iter()
        .find(|(path, _)| path.ends_with("tools/tools.yaml"))
        .unwrap();
    for line in text.lines().take_while(|line| line.starts_with('#')) {
        assert!(!line.contains(['\u{85}', '\u{2028}', '\r']), "{line:?}");
    }
    assert!(
        !text.lines().any(|line| line.starts_with("injected")),
        "{text}"
    );
}

#[test]
fn documents_that_refer_without_end_are_written_out_as_far_as_can_be_read() {
    let name = |index: usize| format!("A{index:05}");
    let to = |index: usize| json!({ "$ref": format!("#/components/schemas/{}", name(index)) });
    let last = json!({"type": "object", "properties": {"n": {"type": "integer"}}});
    // Each twice in the one before: a billion in the first.
    for (kind, wide) in [("allOf", 30), ("anyOf", 30), ("prefixItems", 30)] {
        let mut schemas: serde_json::Map<_, _> = (0..wide)
            .map(|index| (name(index), json!({ kind: [to(index + 1), to(index + 1)] })))
            .collect();
        schemas.insert(name(wide), last.clone());
        let import_ = posting(&format!("wide-{kind}"), "post", &schemas.into());
        assert!(import(&import_).is_ok(), "{kind}");
    }
    let mut schemas: serde_json::Map<_, _> = (0..20_000)
        .map(|index| (name(index), to(index + 1)))
        .collect();
    schemas.insert(name(20_000), last);
    // It may be refused, and does not end the process.
    let _ = import(&posting("long", "post", &schemas.into()));
}

/// What is too deep to be written out is not told apart by names that it does not have.
#[test]
fn what_is_cut_off_keeps_the_values_that_tell_it_apart() {
    let text = json!({"type": "object", "properties": {
        "kind": {"enum": ["text"], "type": "string"}, "text": {"type": "string"},
    }});
    let image = json!({"type": "object", "required": ["kind"], "properties": {
        "kind": {"$ref": "#/components/schemas/Kind"},
    }});
    let to = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let part = json!({
        "oneOf": [to("Text"), to("Image"), to("Plain")], "discriminator": {"propertyName": "kind"},
    });
    let schemas = json!({
        "A": {"type": "object", "properties": {"part": part}},
        "Text": text, "Image": image, "Kind": {"const": "image"},
        "Plain": {"type": "object", "properties": {"kind": {"type": "string"}}},
    });
    for bytes in [1, 300, SCHEMA_BYTES] {
        let mut import_ = posting("apart", "post", &schemas);
        import_.schema_bytes = bytes;
        written(&import_);
        let schema = schema(&import_.dir, "post");
        for part in [
            json!({"text": "a"}),
            json!({"kind": "text", "text": "a"}),
            json!({"kind": "image"}),
            json!({"kind": "Plain"}),
        ] {
            let input = json!({ "part": part });
            let valid = jsonschema::draft202012::is_valid(&schema, &input);
            assert!(valid, "{bytes}: {input}: {schema:#}");
        }
    }
}

#[test]
fn operations_are_added_to_a_manifest_once() {
    let mut import_ = everything("tests/import/library.yaml", "added");
    import_.choice = Choice {
        operations: vec!["getBook".to_owned()],
        ..Choice::default()
    };
    written(&import_);
    let books = import_.dir.join("tools/books.yaml");
    let own = "# My own words.\n".to_owned() + &fs::read_to_string(&books).unwrap();
    fs::write(&books, &own).unwrap();
    import_.choice = Choice {
        operations: vec!["GET /books/{book-id}".to_owned()],
        tags: vec!["books".to_owned()],
        all: false,
    };
    let imported = written(&import_);
    assert_eq!(imported.known, ["get_book"]);
    assert_eq!(
        imported.tools,
        ["list_books", "add_book", "remove_book", "search"]
    );
    assert!(fs::read_to_string(&books).unwrap().starts_with(&own));
    assert_eq!(imported.files.len(), 1, "only the file of tools is written");
    compile(&import_.dir).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
}

/// What a manifest lacks that another API's tools need is said, in the tool and to whoever imports.
#[test]
fn another_api_s_provider_and_keys_are_asked_for() {
    let mut import_ = everything("tests/import/library.yaml", "another");
    import_.choice = Choice {
        operations: vec!["getBook".to_owned()],
        ..Choice::default()
    };
    assert_eq!(
        written(&import_).provider,
        None,
        "a new manifest has its own"
    );
    import_.document = PathBuf::from("tests/import/pets.yaml");
    import_.choice.operations = vec!["updatePet".to_owned(), "getInventory".to_owned()];
    import_.set = Some("books".to_owned());
    let imported = written(&import_);
    let provider = imported.provider.unwrap();
    for line in [
        "base_url: ${PET_SHOP_BASE_URL:-https://pets.example/api/v3}",
        "petstore_auth:",
    ] {
        assert!(provider.contains(line), "{line}: {provider}");
    }
    let tools = fs::read_to_string(import_.dir.join("tools/pet.yaml")).unwrap();
    for line in [
        "# - it needs a key of its own: add `petstore_auth` under `keys` of the provider, and `key: petstore_auth` here",
        "  - books\n",
    ] {
        assert!(tools.contains(line), "{line}: {tools}");
    }
    assert!(!tools.contains("\n    key:"), "{tools}");
    import_.set = Some("boks".to_owned());
    let told = import(&import_).unwrap_err().to_string();
    assert!(
        told.contains("no set `boks`") && told.contains("books"),
        "{told}"
    );
}

/// Whoever does not choose a set finds a tool in that of its tag, or where the most room is among those that are listed.
#[test]
fn tools_of_no_chosen_set_go_to_that_of_their_tag_or_to_the_roomiest() {
    let mut import_ = everything("tests/import/library.yaml", "sets");
    import_.choice = Choice {
        operations: vec!["getBook".to_owned()],
        ..Choice::default()
    };
    written(&import_);
    let server = import_.dir.join("server.yaml");
    let text = fs::read_to_string(&server).unwrap();
    let sets = "sets:\n  more: { description: Not listed. }\n  room: { description: Empty., default: true }\n  \
                pet: { description: Pets. }\n";
    fs::write(&server, text.replacen("sets:\n", sets, 1)).unwrap();
    import_.document = PathBuf::from("tests/import/pets.yaml");
    import_.choice.operations = vec!["updatePet".to_owned(), "getInventory".to_owned()];
    written(&import_);
    for (file, set) in [("pet", "  - pet\n"), ("store", "  - room\n")] {
        let tools = fs::read_to_string(import_.dir.join(format!("tools/{file}.yaml"))).unwrap();
        let (_, sets) = tools.split_once("  sets:\n").unwrap();
        assert!(sets.starts_with(set), "{file}: {tools}");
    }
}

/// A whole published document is not part of the project: those who have one give its path. `scripts/check-import`
/// compiles and serves what becomes of it, and calls every tool.
const PUBLISHED: &str = "RFT_MCP_OPENAPI";

#[test]
fn a_whole_published_document_becomes_tools_that_inputs_can_be_made_for() {
    let given = std::env::var_os(PUBLISHED).map(PathBuf::from);
    let beside = PathBuf::from("../../shared/reference/openai-openapi.yaml");
    let Some(document) = given.or_else(|| beside.exists().then_some(beside)) else {
        // Written past the harness, which would keep it to itself.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: set {PUBLISHED} to a published OpenAPI document"
        );
        return;
    };
    let import = everything(&document.to_string_lossy(), "published");
    let imported = written(&import);
    let rust = compile(&import.dir).unwrap().rust;
    let file = syn::parse_file(&rust);
    assert!(file.is_ok(), "{:?}", file.err());
    let mut runner = TestRunner::new(Config {
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..Config::default()
    });
    let schemas = schemas(&rust);
    assert_eq!(schemas.len(), imported.tools.len());
    for (tool, schema) in schemas {
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let inputs = values(&schema);
        let mut made = (0..300).map(|_| inputs.new_tree(&mut runner).unwrap().current());
        assert!(
            made.any(|input| validator.is_valid(&input)),
            "{tool}: {schema:#}"
        );
    }
}

#[test]
fn what_is_not_there_is_told_with_the_nearest_name() {
    let mut import_ = everything("tests/import/library.yaml", "unknown");
    import_.choice = Choice {
        operations: vec!["listBook".to_owned()],
        tags: vec!["Boks".to_owned()],
        all: false,
    };
    match import(&import_) {
        Err(ImportError::Unknown(told)) => {
            assert!(
                told.contains("`listBooks`") && told.contains("`Books`"),
                "{told}"
            );
        }
        other => panic!("{other:?}"),
    }
}
