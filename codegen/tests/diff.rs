//! A manifest beside a document that changed: the manifest is the one that the document of the import tests became.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use rft_mcp_codegen::{
    diff::{Change, Diff, DiffError, diff},
    import::{Choice, Import, Imported, SCHEMA_BYTES, import},
};

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

/// Everything in a document, into a directory.
fn imported(document: &Path, dir: &Path) -> Imported {
    let imported = import(&Import {
        document: document.to_owned(),
        choice: Choice {
            all: true,
            ..Choice::default()
        },
        dir: dir.to_owned(),
        set: None,
        partial: true,
        schema_bytes: SCHEMA_BYTES,
    });
    imported.unwrap_or_else(|error| panic!("{error}"))
}

/// What a document becomes, whole, in a directory of its own.
fn import_whole(document: &Path, name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("diff")
        .join(name);
    let _ = fs::remove_dir_all(&dir);
    for (path, text) in imported(document, &dir).files {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn nothing_differs(document: &Path, name: &str) {
    let compared = diff(document, &import_whole(document, name), None);
    let compared = compared.unwrap_or_else(|error| panic!("{error}"));
    let told = compared.differences.iter().map(ToString::to_string);
    let told = told.collect::<Vec<_>>().join("\n\n");
    assert!(told.is_empty(), "{}:\n{told}", document.display());
}

#[test]
fn what_a_document_became_does_not_differ_from_it() {
    for name in ["library", "pets", "tracker"] {
        nothing_differs(Path::new(&format!("tests/import/{name}.yaml")), name);
    }
}

/// One path with a constant behind it that another has not, a cookie, a header that HTTP sets, and a body of its own kind.
const ODD: &str = r#"
openapi: 3.1.0
info: { title: Odd, version: "1" }
servers: [{ url: https://odd.example }]
paths:
  /jobs:
    get:
      operationId: listJobs
      summary: List them
      parameters:
        - { name: seen, in: cookie, schema: { type: string } }
        - { name: Host, in: header, required: true, schema: { type: string } }
        - { name: where, in: query, schema: { type: object, additionalProperties: { type: object } } }
        - { name: limit, in: query, schema: { type: integer } }
      responses: { "200": { description: They } }
  /jobs?beta=true:
    get:
      operationId: listBetaJobs
      summary: List those too
      parameters:
        - { name: after, in: query, schema: { type: string } }
      responses: { "200": { description: They } }
  /jobs/{id}/steps:
    get:
      operationId: listSteps
      summary: List steps
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses: { "200": { description: They } }
  /;id={id}:
    get:
      operationId: getPlain
      summary: Look at it
      servers: [{ url: https://odd.example/v2 }]
      parameters:
        - { name: id, in: path, required: true, style: label, schema: { type: string } }
      responses: { "200": { description: It } }
"#;

#[test]
fn what_import_leaves_out_or_reads_its_own_way_is_no_difference() {
    let document = file("odd.yaml", ODD);
    nothing_differs(&document, "odd");
    // Nor is it imported again.
    let again = imported(&document, &import_whole(&document, "odd-again"));
    assert_eq!(again.tools, Vec::<String>::new());
    assert_eq!(again.known.len(), 4, "{:?}", again.known);
}

#[test]
fn what_changed_after_an_import_is_told_all_the_same() {
    let dir = import_whole(&file("odd-before.yaml", ODD), "odd-before");
    let now = |from: &str, to: &str| -> Vec<(Change, String, String)> {
        assert_eq!(ODD.matches(from).count(), 1, "{from}");
        let path = file("odd-after.yaml", &ODD.replace(from, to));
        let compared = diff(&path, &dir, None).unwrap_or_else(|error| panic!("{error}"));
        let all = compared.differences.into_iter();
        all.map(|one| (one.change, one.at, one.message)).collect()
    };
    let limit = "- { name: limit, in: query, schema: { type: integer } }";
    for (from, to, change, at, message) in [
        (
            limit,
            "- { name: limit, in: query, schema: { type: integer } }\n        - { name: team, in: query, required: true, schema: { type: string } }",
            Change::Required,
            "GET /jobs query.team",
            "`list_jobs`: the document requires the query parameter `team`: calls without it fail",
        ),
        (
            limit,
            "- { name: limit, in: query, schema: { type: integer } }\n        - { name: team, in: query, schema: { type: string } }",
            Change::New,
            "GET /jobs query.team",
            "`list_jobs`: the document has the query parameter `team`, which is not sent",
        ),
        (
            limit,
            "- { name: limit, in: query, schema: { type: string } }",
            Change::Retyped,
            "GET /jobs query.limit",
            "`list_jobs`: this takes `integer`, and the document `string`",
        ),
        (
            "- { name: after, in: query, schema: { type: string } }",
            "- { name: before, in: query, schema: { type: string } }",
            Change::Gone,
            "GET /jobs query.after",
            "`list_beta_jobs`: the document has no `after` there",
        ),
        (
            "/jobs/{id}/steps:",
            "/jobs/{id}/stages:",
            Change::Gone,
            "GET /jobs/{id}/steps",
            "`list_steps`: the document has no `GET /jobs/{id}/steps`",
        ),
        (
            "/jobs/{id}/steps:",
            "/jobs/{job_id}/step:",
            Change::Gone,
            "GET /jobs/{id}/steps",
            "`list_steps`: the document has no `GET /jobs/{id}/steps`; there is `GET /jobs/{job_id}/step`",
        ),
        (
            "/jobs/{id}/steps:",
            "/alpha/jobs/{id}/steps:",
            Change::Gone,
            "GET /jobs/{id}/steps",
            "`list_steps`: the document has no `GET /jobs/{id}/steps`; there is `GET /alpha/jobs/{id}/steps`",
        ),
    ] {
        let all = now(from, to);
        let expected = (change, at.to_owned(), message.to_owned());
        assert!(all.contains(&expected), "{to}: {all:#?}");
    }
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

/// The published document; else that which is beside the project, if it is.
fn published(name: &str) -> Option<PathBuf> {
    let given = std::env::var_os(PUBLISHED).map(PathBuf::from);
    let beside = Path::new("../../shared/reference").join(name);
    let found = given.or_else(|| beside.exists().then_some(beside));
    if found.is_none() {
        // Written past the harness, which would keep it to itself.
        let mut stderr = std::io::stderr();
        let _ = writeln!(
            stderr,
            "skipped: set {PUBLISHED} to the published OpenAPI document"
        );
    }
    found
}

#[test]
fn what_a_whole_published_document_became_does_not_differ_from_it() {
    if let Some(document) = published("openai-openapi.yaml") {
        nothing_differs(&document, "published");
    }
}

#[test]
fn our_manifest_differs_from_the_published_document_only_where_it_is_listed() {
    let Some(document) = published("rft-openapi.json") else {
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
