//! Slips in a right manifest, and the help for each: what was meant, or nothing that leads astray.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use rft_mcp_codegen::{Diagnostics, check};

const BASE: &str = "tests/diagnostics/base";

const FILES: [&str; 4] = [
    "server.yaml",
    "providers.yaml",
    "functions.yaml",
    "shared.yaml",
];

/// What is said of the base with one thing replaced in its tools.
fn said(test: &str, from: &str, to: &str) -> Diagnostics {
    let dir: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("helps")
        .join(test);
    fs::create_dir_all(dir.join("tools")).unwrap();
    fs::create_dir_all(dir.join("schemas")).unwrap();
    for file in FILES {
        fs::copy(Path::new(BASE).join(file), dir.join(file)).unwrap();
    }
    fs::write(dir.join("schemas/books.yaml"), "Book: { type: object }\n").unwrap();
    let tools = fs::read_to_string(Path::new(BASE).join("tools/books.yaml")).unwrap();
    let slipped = tools.replacen(from, to, 1);
    assert_ne!(tools, slipped, "{test}");
    fs::write(dir.join("tools/books.yaml"), slipped).unwrap();
    check(&dir).unwrap_err()
}

/// The helps of a code.
fn helps(diagnostics: &Diagnostics, code: &str) -> Vec<String> {
    let said = diagnostics.iter().filter(|said| said.code == code);
    said.map(|said| said.help.clone().unwrap_or_default())
        .collect()
}

#[test]
fn what_was_not_indented_is_told_where_it_belongs() {
    let said = said(
        "indented",
        "  request:\n    get: /books/{id}\n",
        "  request:\n  get: /books/{id}\n  query: { lang: en }\n",
    );
    assert_eq!(
        helps(&said, "wrong-type"),
        ["indent what belongs to it under it, further in than its key"],
        "{said}"
    );
    assert_eq!(
        helps(&said, "unknown-key"),
        [
            "`request` above is empty: indent `get` further than `request` if it belongs to it",
            "`request` above is empty: indent `query` further than `request` if it belongs to it",
        ],
        "{said}"
    );
}

#[test]
fn a_key_below_one_that_is_filled_belongs_nowhere() {
    let said = said(
        "filled",
        "    get: /books/{id}\n",
        "    get: /books/{id}\n  zzzzzz: 1\n",
    );
    let helps = helps(&said, "unknown-key");
    assert_eq!(helps.len(), 1, "{said}");
    assert!(helps.iter().all(|help| !help.contains("indent")), "{said}");
}

#[test]
fn a_type_that_does_not_exist_is_told_once() {
    for kind in ["strng", "[string, strng]", "5"] {
        let to = format!("id: {{ type: {kind}, description: Its number. }}");
        let said = said("type", "id: { $ref: ../shared.yaml#/Id }", &to);
        assert_eq!(helps(&said, "path-parameter"), [""; 0], "{kind}: {said}");
        assert_eq!(helps(&said, "invalid-schema").len(), 1, "{kind}: {said}");
    }
    let to = "id: { type: array, description: Its number. }";
    let said = said("type", "id: { $ref: ../shared.yaml#/Id }", to);
    assert_eq!(helps(&said, "path-parameter").len(), 1, "{said}");
}

#[test]
fn a_missing_file_is_held_against_those_that_are_near() {
    for (slip, meant) in [
        ("../share.yaml#/Id", Some("../shared.yaml#/Id")),
        ("./.././sharde.yaml#/Id", Some("./.././shared.yaml#/Id")),
        ("../shared.yml#/Id", Some("../shared.yaml#/Id")),
        ("shared.yaml#/Id", Some("../shared.yaml#/Id")),
        ("../../shared.yaml#/Id", Some("../shared.yaml#/Id")),
        (
            "../schemas/book.yaml#/Book",
            Some("../schemas/books.yaml#/Book"),
        ),
        ("../schemas/shared.yaml", Some("../shared.yaml")),
        ("../zebra.yaml#/Id", None),
        ("../../../etc/x.yaml", None),
        ("../schemas/wholly_else.yaml#/Id", None),
    ] {
        let said = said("ref", "../shared.yaml#/Id", slip);
        let helps = helps(&said, "ref-missing");
        let [help] = helps.as_slice() else {
            panic!("{slip}: {said}")
        };
        match meant {
            Some(meant) => assert_eq!(*help, format!("did you mean `{meant}`?"), "{slip}"),
            None => assert!(help.starts_with("name a file under"), "{slip}: {help}"),
        }
    }
}

#[test]
fn what_others_write_otherwise_is_told_as_it_is_here() {
    for (name, from, to, code, help) in [
        (
            "colon",
            "get: /books/{id}",
            "get: /books/:id",
            "path-parameter",
            "write `{id}` to take the input `id`",
        ),
        (
            "list",
            "sets: [core]",
            "sets: core",
            "wrong-type",
            "write it as a list: `[core]`",
        ),
        (
            "nullable",
            "id: { $ref: ../shared.yaml#/Id }",
            "id: { $ref: ../shared.yaml#/Id, nullable: true }",
            "unknown-keyword",
            "remove it: an input that is not in `required` may be null too; elsewhere write `type: [string, \"null\"]`",
        ),
    ] {
        let said = said(name, from, to);
        assert!(helps(&said, code).contains(&help.to_owned()), "{said}");
    }
    // A colon that is the provider's own takes nothing.
    let said = said(
        "verb",
        "get: /books/{id}",
        "get: /books/{id}/:run/:i/x:id/{nobody}",
    );
    assert_eq!(helps(&said, "path-parameter").len(), 1, "{said}");
}

#[test]
fn a_server_without_sets_is_told_how_to_have_one() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("helps/setless");
    fs::create_dir_all(dir.join("tools")).unwrap();
    for file in FILES.into_iter().chain(["tools/books.yaml"]) {
        fs::copy(Path::new(BASE).join(file), dir.join(file)).unwrap();
    }
    fs::write(
        dir.join("server.yaml"),
        "name: books\ninstructions: Books.\n",
    )
    .unwrap();
    let said = check(&dir).unwrap_err();
    assert_eq!(
        helps(&said, "unknown-set"),
        ["add it to `server.yaml`: `sets: { core: { description: …, default: true } }`"],
        "{said}"
    );
}
