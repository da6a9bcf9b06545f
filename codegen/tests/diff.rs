//! A manifest beside a document that changed: the manifest is the one that the document of the import tests became.
//! `UPDATE_GOLDEN=1` writes the expected files anew.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use rft_mcp_codegen::diff::{Change, Diff, DiffError, diff};

const MANIFEST: &str = "tests/import/library";

/// What was changed in the document, what of the document was replaced by what, and the one difference there is then.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    (Change, &'static str),
);

const CASES: [Case; 8] = [
    (
        "an endpoint is gone",
        "  /search:\n",
        "  /searches:\n",
        (Change::Gone, "POST /search"),
    ),
    (
        "a parameter is new",
        "        - { name: session, in: cookie",
        "        - { name: year, in: query, schema: { type: integer } }\n        - { name: session, in: cookie",
        (Change::New, "GET /books query.year"),
    ),
    (
        "a parameter is called otherwise",
        "{ name: author, in: query",
        "{ name: authors, in: query",
        (Change::Renamed, "GET /books query.author"),
    ),
    (
        "a parameter is gone",
        "        - { name: author, in: query, description: Only books of this author., schema: { type: string } }\n",
        "",
        (Change::Gone, "GET /books query.author"),
    ),
    (
        "a parameter is of another type",
        "description: Only books of this author., schema: { type: string }",
        "description: Only books of this author., schema: { type: integer }",
        (Change::Retyped, "GET /books query.author"),
    ),
    (
        "a parameter must be there",
        "{ name: author, in: query, ",
        "{ name: author, in: query, required: true, ",
        (Change::Required, "GET /books query.author"),
    ),
    (
        "more values are taken",
        "enum: [words]",
        "enum: [words, meanings]",
        (Change::Widened, "POST /search body.mode"),
    ),
    (
        "fewer values are taken",
        "enum: [loans, shelves]",
        "enum: [loans]",
        (Change::Narrowed, "GET /books query.include[][]"),
    ),
];

/// A file of this test alone.
fn file(name: &str, text: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff");
    fs::create_dir_all(&dir).unwrap();
    let path = dir.join(name);
    fs::write(&path, text).unwrap();
    path
}

fn document() -> String {
    fs::read_to_string("tests/import/library.yaml").unwrap()
}

fn compared(name: &str, document: &str, corrections: Option<&PathBuf>) -> Diff {
    let path = file(&format!("{name}.yaml"), document);
    diff(&path, Path::new(MANIFEST), corrections).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn what_a_document_became_differs_from_it_where_import_says_so() {
    let mut text = String::new();
    for difference in compared("same", &document(), None).differences {
        writeln!(text, "{} {}", difference.change.name(), difference.at).unwrap();
    }
    let golden = Path::new("tests/diff/library.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(golden, &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(golden).unwrap());
}

#[test]
fn each_kind_of_change_is_found_at_its_place() {
    let before = compared("before", &document(), None).differences;
    for (what, from, to, (change, at)) in CASES {
        let original = document();
        assert_eq!(original.matches(from).count(), 1, "{what}: `{from}`");
        let after = compared("after", &original.replace(from, to), None);
        let new: Vec<_> = after
            .differences
            .iter()
            .filter(|one| {
                before
                    .iter()
                    .all(|old| (&old.at, old.change) != (&one.at, one.change))
            })
            .collect();
        let [one] = new.as_slice() else {
            panic!("{what}: {new:#?}");
        };
        assert_eq!((one.change, one.at.as_str()), (change, at), "{what}");
        assert!(one.ours.starts_with(MANIFEST), "{what}: {one}");
        assert!(one.theirs.contains("after.yaml:"), "{what}: {one}");
    }
}

/// The manifest that the pet shop's document became, beside that document with something changed.
#[test]
fn forms_and_files_are_compared_with_the_form_of_the_document() {
    let original = fs::read_to_string("tests/import/pets.yaml").unwrap();
    let found = |name: &str, document: &str| -> Vec<(Change, String)> {
        let path = file(&format!("{name}.yaml"), document);
        let compared = diff(&path, Path::new("tests/import/pets"), None);
        let compared = compared.unwrap_or_else(|error| panic!("{error}"));
        let differences = compared.differences.into_iter();
        differences.map(|one| (one.change, one.at)).collect()
    };
    let before = found("pets", &original);
    for (from, to, change, at) in [
        (
            "status: { type: string, nullable: true }",
            "condition: { type: integer }",
            Change::Gone,
            "POST /pet/{petId} form.status",
        ),
        (
            "required: [name]",
            "required: [name, status]",
            Change::Required,
            "POST /pet/{petId} form.status",
        ),
        (
            "cover: { type: string, format: binary }",
            "front: { type: string, format: binary }",
            Change::Gone,
            "POST /pet/{petId}/album form.cover",
        ),
        (
            "title: { type: string }",
            "title: { type: integer }",
            Change::Retyped,
            "POST /pet/{petId}/album form.title",
        ),
        (
            "title: { type: string }",
            "title: { type: string }\n                size_of_it: { type: string }",
            Change::New,
            "POST /pet/{petId}/album form.size_of_it",
        ),
        (
            "application/x-www-form-urlencoded:\n            schema:",
            "text/plain:\n            schema:",
            Change::Gone,
            "POST /pet/{petId} body",
        ),
    ] {
        assert_eq!(original.matches(from).count(), 1, "{from}");
        let after = found("pets-after", &original.replace(from, to));
        let new: Vec<_> = after.iter().filter(|one| !before.contains(one)).collect();
        assert!(new.contains(&&(change, at.to_owned())), "{to}: {new:?}");
    }
    let of_forms =
        |(_, at): &&(Change, String)| at.contains(" form.") || at.contains("header.Accept");
    assert_eq!(before.iter().find(of_forms), None, "what it became fits it");
}

#[test]
fn what_is_listed_has_its_reason_and_what_nothing_needs_is_told() {
    let changed = document().replace("enum: [words]", "enum: [words, meanings]");
    let listed = "- at: POST /search body.mode\n  change: widened\n  reason: meanings cost money\n\
                  - at: GET /nothing*\n  reason: it was there once\n";
    let corrections = file("corrections.yaml", listed);
    let compared = compared("listed", &changed, Some(&corrections));
    let mode = compared
        .differences
        .iter()
        .find(|one| one.at == "POST /search body.mode")
        .unwrap();
    assert_eq!(mode.reason.as_deref(), Some("meanings cost money"));
    assert_eq!(compared.idle, ["GET /nothing*: it was there once"]);
    let others = compared
        .differences
        .iter()
        .filter(|one| one.at != mode.at)
        .all(|one| one.reason.is_none());
    assert!(others, "{compared:#?}");
}

#[test]
fn mistakes_in_a_file_of_corrections_are_told_at_their_line() {
    let corrections = file(
        "wrong.yaml",
        "- at: GET /books\n  change: widenned\n- change: gone\n  why: so\n",
    );
    let path = file("wrong-document.yaml", &document());
    let error = diff(&path, Path::new(MANIFEST), Some(&corrections)).unwrap_err();
    let DiffError::Invalid(diagnostics) = error;
    let told = diagnostics.to_string();
    for expected in [
        "there is no change `widenned`",
        "did you mean `widened`",
        "wrong.yaml:2:",
        "`reason`",
        "`why`",
        "wrong.yaml:4:",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

/// OpenAI's document is not part of the project: those who have it give its path.
const PUBLISHED: &str = "RFT_MCP_OPENAPI";

#[test]
fn our_manifest_differs_from_the_published_document_only_where_it_is_listed() {
    let given = std::env::var_os(PUBLISHED).map(PathBuf::from);
    let beside = PathBuf::from("../../shared/reference/rft-openapi.json");
    let Some(document) = given.or_else(|| beside.exists().then_some(beside)) else {
        // Written past the harness, which would keep it to itself.
        let mut stderr = std::io::stderr();
        let _ = writeln!(
            stderr,
            "skipped: set {PUBLISHED} to the published OpenAPI document"
        );
        return;
    };
    let corrections = PathBuf::from("../docs/corrections.yaml");
    let compared = diff(&document, Path::new("../manifest"), Some(&corrections))
        .unwrap_or_else(|error| panic!("{error}"));
    let open: Vec<_> = compared
        .differences
        .iter()
        .filter(|one| one.reason.is_none())
        .map(ToString::to_string)
        .collect();
    assert!(open.is_empty(), "{}", open.join("\n\n"));
    assert!(compared.idle.is_empty(), "{:#?}", compared.idle);
}
