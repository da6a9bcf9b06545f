//! What tools send that were imported: the Rust of the manifests of `tests/import`, which `import.rs` keeps what it
//! is, put behind the runtime. What is expected here is written by what OpenAPI says of the documents, not by what
//! came out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "tests"
)]

use rft_mcp_runtime::{
    engine::{Engine, Request, Settings},
    tool::Table,
    upstream::{Content, Provider},
};
use serde_json::{Value, json};

#[deny(warnings)]
#[allow(dead_code, reason = "a library would export it")]
mod pets {
    include!("import/pets.rs");
}

#[deny(warnings)]
#[allow(dead_code, reason = "a library would export it")]
mod tracker {
    include!("import/tracker.rs");
}

#[derive(Debug)]
struct Nothing;
impl pets::Handlers for Nothing {}
impl tracker::Handlers for Nothing {}

static PETS: &Table = pets::Manifest::<Nothing>::TABLE;
static TRACKER: &Table = tracker::Manifest::<Nothing>::TABLE;

fn plan(table: &'static Table, tool: &str, arguments: Value) -> Result<Request, String> {
    let env = |_: &str| Some("set".to_owned());
    let [provider] = table.providers else {
        panic!("one provider");
    };
    let provider = Provider::resolve(provider, Some("http://127.0.0.1:9"), &env).unwrap();
    let engine = Engine::new(table, provider, &Settings::default()).unwrap();
    let Value::Object(arguments) = arguments else {
        panic!("an object");
    };
    let mut requests = engine.plan(tool, arguments)?;
    assert_eq!(requests.len(), 1, "{tool}");
    Ok(requests.remove(0))
}

fn sent(table: &'static Table, tool: &str, arguments: Value) -> Request {
    plan(table, tool, arguments).unwrap_or_else(|error| panic!("{tool}: {error}"))
}

/// What there is of a request besides its path, the way that one writes it down.
fn shown(request: &Request) -> Value {
    let mut shown = json!({ "to": format!("{:?} {}", request.method, request.target) });
    let mut add = |name: &str, value: Value| shown[name] = value;
    if !request.headers.is_empty() {
        let headers = request.headers.iter();
        add(
            "headers",
            headers
                .map(|(name, value)| ((*name).to_owned(), json!(value)))
                .collect(),
        );
    }
    if let Some(key) = request.key {
        add("key", json!(key));
    }
    if let Some(body) = &request.body {
        add("body", body.clone());
    }
    if let Some(form) = &request.form {
        add("form", json!(form));
    }
    if let Some(upload) = &request.upload {
        let fields = upload.fields.iter().map(|(name, value, kind)| {
            kind.map_or_else(
                || format!("{name}={value}"),
                |kind| format!("{name}={value} ({kind})"),
            )
        });
        let files = upload.files.iter().map(|file| {
            let content = match &file.content {
                Content::Text(text) => text.clone(),
                Content::Bytes(bytes) => format!("{bytes:?}"),
                Content::Path(path) | Content::Piece { path, .. } => format!("<{path}"),
            };
            let part = if upload.raw { "" } else { file.part };
            format!(
                "{part}={content} ({}, {})",
                file.filename(),
                file.media_type()
            )
        });
        add("upload", fields.chain(files).collect());
    }
    shown
}

#[test]
fn queries_are_spelled_as_their_style_says() {
    let arguments = json!({
        "status": ["available", "sold"],
        "where": {"size": {"min": 3}, "tags": ["a", "b"]},
        "ids": [1, 2],
        "near": {"lat": 0.5},
        "page": {"limit": 5, "after": "x y"},
        "kinds": ["cat"],
        "X-Trace": "t",
    });
    assert_eq!(
        shown(&sent(PETS, "find_pets_by_status", arguments)),
        json!({
            "to": "Get /pet/findByStatus?ids=1%202&near=%7B%22lat%22%3A0.5%7D&limit=5&after=x%20y&kinds%5B%5D=cat\
                   &status=available&status=sold&where%5Bsize%5D%5Bmin%5D=3&where%5Btags%5D=a&where%5Btags%5D=b",
            "headers": {"X-Trace": "t"},
        })
    );
    let arguments = json!({"owner": "a/b", "repo": "c", "X-Api-Version": "2026-01-01", "assignees": ["x", "y"], "page_size": 2, "state": "open"});
    assert_eq!(
        shown(&sent(TRACKER, "issues_list_for_repo", arguments)),
        json!({
            "to": "Get /repos/a%2Fb/c/issues?assignees=x%2Cy&page%5Bsize%5D=2&state=open",
            "headers": {"X-Api-Version": "2026-01-01"},
        })
    );
}

#[test]
fn paths_are_spelled_as_their_style_says() {
    let arguments = json!({"coords": "1;2", "range": 3, "codes": "a,b"});
    assert_eq!(
        shown(&sent(PETS, "find_near", arguments)),
        json!({
            "to": "Get /pet/;coords=1%3B2/.3/a%2Cb",
            "headers": {"Accept": "application/vnd.shop+json"},
        })
    );
}

#[test]
fn heirs_are_told_apart_and_sent_with_their_key() {
    let cat = json!({"name": null, "kind": "cat", "hunts": true, "category": {"id": 1}});
    assert_eq!(
        shown(&sent(PETS, "update_pet", json!({"body": cat}))),
        json!({"to": "Put /pet", "key": "petstore_auth", "body": cat})
    );
    for wrong in [
        json!({"name": "a", "kind": "cat"}),
        json!({"name": "a", "kind": "bird"}),
        json!({"kind": "Dog"}),
    ] {
        assert!(
            plan(PETS, "update_pet", json!({"body": wrong})).is_err(),
            "{wrong}"
        );
    }
    let event = |body: Value| json!({"owner": "a", "repo": "b", "issue_number": 1, "body": body});
    let label = json!({"type": "unlabeled", "label": "bug"});
    assert_eq!(
        shown(&sent(TRACKER, "issues_add_event", event(label.clone()))),
        json!({"to": "Post /repos/a/b/issues/1/events", "body": label})
    );
    for wrong in [
        json!({"type": "labeled", "text": "x"}),
        json!({"type": "comment"}),
    ] {
        assert!(
            plan(TRACKER, "issues_add_event", event(wrong.clone())).is_err(),
            "{wrong}"
        );
    }
}

#[test]
fn forms_have_their_fields() {
    let arguments = json!({"petId": 7, "name": "a b", "tags": ["x", "y"], "owner": {"name": "o"}, "metadata": {"k": "v"}, "lists": ["l"]});
    assert_eq!(
        shown(&sent(PETS, "update_pet_with_form", arguments)),
        json!({
            "to": "Post /pet/7",
            "form": "name=a%20b&tags=x&tags=y&owner=%7B%22name%22%3A%22o%22%7D&metadata%5Bk%5D=v&lists%5B%5D=l",
        })
    );
    let arguments = json!({
        "petId": 7,
        "pictures": [{"path": "a.png"}, {"base64": "AQ==", "filename": "b.gif"}],
        "cover": {"path": "c.jpg"},
        "about": {"limit": 1},
        "title": "t",
        "mode": "auto",
        "size": {"width": 2},
    });
    assert_eq!(
        shown(&sent(PETS, "add_pictures", arguments)),
        json!({
            "to": "Post /pet/7/album",
            "upload": [
                "about={\"limit\":1} (application/json)", "title=t", "mode=auto", "size[width]=2",
                "pictures=<a.png (a.png, image/png)", "pictures=[1] (b.gif, image/gif)", "cover=<c.jpg (c.jpg, image/jpeg)",
            ],
        })
    );
}

#[test]
fn files_and_texts_are_sent_as_they_are() {
    let arguments = json!({"petId": 7, "file": {"text": "bytes", "filename": "a.txt"}, "additionalMetadata": "m"});
    assert_eq!(
        shown(&sent(PETS, "upload_file", arguments)),
        json!({
            "to": "Post /pet/7/uploadImage?additionalMetadata=m",
            "upload": ["=bytes (a.txt, application/octet-stream)"],
        })
    );
    let request = sent(TRACKER, "markdown_render_raw", json!({"body": "# a"}));
    assert_eq!(
        shown(&request),
        json!({"to": "Post /text/markdown/raw", "upload": ["=# a (upload.txt, text/plain)"]})
    );
    assert!(request.download.unwrap().base64);
}

#[test]
fn bodies_have_their_media_type_and_are_there_when_they_are_required() {
    let arguments = json!({"owner": "a", "repo": "b", "private": true});
    assert_eq!(
        shown(&sent(TRACKER, "repos_update", arguments)),
        json!({
            "to": "Patch /repos/a/b",
            "headers": {"Content-Type": "application/merge-patch+json", "Accept": "application/vnd.tracker.v3+json"},
            "body": {"private": true},
        })
    );
    let arguments = json!({"owner": "a", "repo": "b"});
    assert_eq!(sent(TRACKER, "repos_update", arguments).body, None);
    assert_eq!(
        sent(TRACKER, "admin_create_key", json!({})).body,
        Some(json!({}))
    );
    let arguments = json!({"owner": "a", "repo": "b", "title": 1, "labels": ["x", {"name": "y"}]});
    assert_eq!(
        sent(TRACKER, "issues_create", arguments).body,
        Some(json!({"title": 1, "labels": ["x", {"name": "y"}]}))
    );
}

#[test]
fn replies_that_are_files_are_taken_as_such() {
    let arguments = json!({"petId": 7, "offset": 2, "local_offset": 5});
    let request = sent(PETS, "get_picture", arguments);
    assert_eq!(
        shown(&request),
        json!({"to": "Get /pet/7/picture?offset=2"})
    );
    assert_eq!(request.download.unwrap().offset, 5);
    // What can not be asked for again has to be kept.
    assert!(plan(PETS, "draw_picture", json!({"petId": 7})).is_err());
    let request = sent(
        PETS,
        "draw_picture",
        json!({"petId": 7, "save_to": "a.png"}),
    );
    assert_eq!(
        shown(&request),
        json!({"to": "Put /pet/7/picture", "body": {}})
    );
    assert_eq!(request.download.unwrap().path.as_deref(), Some("a.png"));
}

#[test]
fn what_holds_a_key_is_no_input() {
    assert_eq!(
        shown(&sent(PETS, "delete_pet", json!({"petId": 7}))),
        json!({"to": "Delete /pet/7"})
    );
    assert!(plan(PETS, "delete_pet", json!({"petId": 7, "api_key": "x"})).is_err());
    let [provider] = TRACKER.providers else {
        panic!("one provider");
    };
    assert_eq!(
        provider.headers.len(),
        1,
        "the key that is asked for beside the other"
    );
    assert_eq!(provider.auth.len(), 2);
}
