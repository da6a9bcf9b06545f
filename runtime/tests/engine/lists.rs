//! Pages, and results that are too large.

use rft_mcp_runtime::tool::{
    Action, Bounds, Effect, Method, PageSpec, Place, RequestSpec, Root, Segment, Step, Template,
    ToolSpec,
};
use serde_json::{Value, json};

use crate::fake::{Answer, Fake, RESULT, done, failed, input, ok, reply, tool};

const IN: &str = r#"{"type":"object","additionalProperties":false,"properties":{"after":{"type":"string"},"limit":{"type":"integer"},"all_pages":{"type":"boolean"}}}"#;
const OUT: &str = r#"{"type":"object","required":["ids"],"properties":{"ids":{"type":"array"},"next":{"type":"string"},"more":{"type":"boolean"},"truncated":{"type":"boolean"},"note":{"type":"string"}}}"#;

const REQUEST: RequestSpec = RequestSpec {
    method: Method::Get,
    path: &[Segment::Literal("/things")],
    query: &[
        ("after", input(&[Step::Key("after")])),
        ("limit", input(&[Step::Key("limit")])),
    ],
    ..RequestSpec::PLAIN
};

const fn at(path: &'static [Step]) -> Place {
    Place {
        root: Root::Reply(0),
        path,
    }
}

const ITEMS: Place = at(&[Step::Key("data")]);
const LAST: &[Step] = &[Step::Key("data"), Step::Index(-1), Step::Key("id")];
const TOKEN_PATH: &[Step] = &[Step::Key("token")];
const IDS: Template = Template::Each {
    list: ITEMS,
    item: &Template::Take(Place {
        root: Root::Item,
        path: &[Step::Key("id")],
    }),
};

const LISTED: Template = Template::Object(&[
    ("ids", IDS),
    ("next", reply(0, LAST)),
    ("more", reply(0, &[Step::Key("has_more")])),
]);

const fn list(name: &'static str, after: &'static [Step], more: Option<Place>) -> ToolSpec {
    ToolSpec {
        sets: &["own"],
        input: IN,
        output: Some(OUT),
        action: Action::Http {
            requests: &[REQUEST],
            result: LISTED,
            page: Some(PageSpec {
                input: "after",
                items: ITEMS,
                after: at(after),
                more,
                max_pages: 3,
                max_items: 7,
            }),
            once: None,
        },
        ..tool(name, Effect::Read, &[], RESULT)
    }
}

pub const LIST: ToolSpec = list("list", LAST, Some(at(&[Step::Key("has_more")])));
pub const SHORT: ToolSpec = ToolSpec {
    bounds: Bounds {
        result_bytes: Some(400),
        ..Bounds::NONE
    },
    ..list("short", LAST, Some(at(&[Step::Key("has_more")])))
};
pub const TOKEN: ToolSpec = list("token", TOKEN_PATH, None);

/// A page of things.
fn page(ids: std::ops::Range<usize>, more: bool) -> Answer {
    let data: Vec<Value> = ids.map(|id| json!({"id": format!("t{id}")})).collect();
    ok(json!({"object": "list", "data": data, "has_more": more}))
}

fn ids(result: &Value) -> Vec<String> {
    let ids = result["ids"].as_array().unwrap();
    ids.iter()
        .map(|id| id.as_str().unwrap().to_owned())
        .collect()
}

fn asked(fake: &Fake) -> Vec<String> {
    let seen = fake.seen().into_iter();
    seen.map(|seen| seen.uri.query().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn one_page_is_asked_for_unless_all_are() {
    let fake = Fake::start([page(0..2, true), page(2..4, true)]).await;
    let result = done(fake.call("list", json!({"limit": 2})).await);
    assert_eq!(
        result,
        json!({"ids": ["t0", "t1"], "next": "t1", "more": true})
    );
    assert_eq!(asked(&fake), ["limit=2"]);
}

#[tokio::test]
async fn all_pages_are_walked_by_their_cursors() {
    let fake = Fake::start([page(0..2, true), page(2..4, true), page(4..5, false)]).await;
    let result = done(
        fake.call("list", json!({"all_pages": true, "limit": 2}))
            .await,
    );
    assert_eq!(
        result,
        json!({"ids": ["t0", "t1", "t2", "t3", "t4"], "next": "t4", "more": false})
    );
    assert_eq!(
        asked(&fake),
        ["limit=2", "after=t1&limit=2", "after=t3&limit=2"]
    );
}

#[tokio::test]
async fn a_walk_ends_at_its_cap_and_says_how_to_go_on() {
    let fake = Fake::start([page(0..1, true), page(1..2, true), page(2..3, true)]).await;
    let result = done(fake.call("list", json!({"all_pages": true})).await);
    assert_eq!(ids(&result), ["t0", "t1", "t2"]);
    assert_eq!(
        result["note"],
        "These are 3 items and there are more: one call walks at most 3 pages; call again with `after`: \"t2\" for what \
         follows."
    );
    assert_eq!(
        (&result["truncated"], &result["more"]),
        (&json!(true), &json!(true))
    );
    let fake = Fake::start([page(0..5, true), page(5..10, false)]).await;
    let result = done(fake.call("list", json!({"all_pages": true})).await);
    assert_eq!(ids(&result).len(), 7);
    assert_eq!(
        (&result["next"], &result["more"]),
        (&json!("t6"), &json!(true))
    );
    assert!(result["note"].as_str().unwrap().contains("at most 7 items"));
}

#[tokio::test(start_paused = true)]
async fn a_page_that_fails_does_not_lose_those_before() {
    let fake = Fake::start([page(0..2, true)]).await;
    let result = done(fake.call("list", json!({"all_pages": true})).await);
    assert_eq!(ids(&result), ["t0", "t1"]);
    let note = result["note"].as_str().unwrap();
    assert!(
        note.contains("the script is over") && note.contains("`after`: \"t1\""),
        "{note}"
    );
    let fake = Fake::start([page(0..2, true), page(0..2, true)]).await;
    let result = done(fake.call("list", json!({"all_pages": true})).await);
    assert!(
        result["note"]
            .as_str()
            .unwrap()
            .contains("cursor that it had given before")
    );
}

#[tokio::test]
async fn a_cursor_that_is_no_items_own_is_followed_too() {
    let with = |ids: &[&str], token: &str| {
        let data: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
        ok(json!({"data": data, "token": token}))
    };
    let fake = Fake::start([with(&["a"], "p2"), with(&["b"], "")]).await;
    let result = done(fake.call("token", json!({"all_pages": true})).await);
    assert_eq!(ids(&result), ["a", "b"]);
    assert_eq!(asked(&fake), ["", "after=p2"]);
    assert_eq!(result.get("truncated"), None);
}

#[tokio::test]
async fn a_result_that_is_too_large_is_cut_after_a_whole_item() {
    let fake = Fake::start([page(0..80, false)]).await;
    let result = done(fake.call("short", json!({})).await);
    let shown = ids(&result);
    assert!((5..80).contains(&shown.len()), "{shown:?}");
    let last = shown.last().unwrap();
    assert_eq!(
        (&result["next"], &result["more"]),
        (&json!(last), &json!(true))
    );
    let note = result["note"].as_str().unwrap();
    assert!(
        note.contains("at most 400 bytes") && note.contains(&format!("`after`: \"{last}\"")),
        "{note}"
    );
    // What it says of itself is counted too: else items that the cursor passes over would make room for it.
    let whole = result.to_string().len();
    assert!((390..=400).contains(&whole), "as many as fit: {whole}");
}

/// That a result is made up is said within its limit.
#[tokio::test]
async fn a_simulated_result_is_no_larger_than_another() {
    let data: Vec<Value> = (0..80).map(|id| json!({"id": format!("t{id}")})).collect();
    let headers = vec![("x-simulated", "true".to_owned())];
    let body = json!({"object": "list", "data": data, "has_more": false});
    let fake = Fake::start([Answer::Json(200, headers, body)]).await;
    let result = done(fake.call("short", json!({})).await);
    assert!(result["simulated"].is_string(), "{result}");
    let whole = result.to_string().len();
    assert!((390..=400).contains(&whole), "as many as fit: {whole}");
}

#[tokio::test]
async fn a_reply_that_is_too_large_is_read_as_far_as_it_goes() {
    // The provider's reply is cut at 1000 bytes.
    let fake = Fake::start([page(0..200, false)]).await;
    let result = done(fake.call("list", json!({})).await);
    let shown = ids(&result);
    assert!((60..100).contains(&shown.len()), "{}", shown.len());
    assert_eq!(result["more"], true);
    let note = result["note"].as_str().unwrap();
    assert!(
        note.contains(&format!("`after`: {:?}", shown.last().unwrap())),
        "{note}"
    );
    // What is one thing can not be cut.
    let fake = Fake::start([ok(json!({"data": "x".repeat(2000)}))]).await;
    assert!(failed(fake.call("list", json!({})).await).contains("larger than 1000 bytes"));
    // And a cursor of the whole page would pass over what was cut.
    let data: Vec<Value> = (0..200).map(|id| json!({"id": id.to_string()})).collect();
    let fake = Fake::start([ok(json!({"token": "p2", "data": data}))]).await;
    let result = done(fake.call("token", json!({"limit": 200})).await);
    let note = result["note"].as_str().unwrap();
    assert!(
        note.contains("with a smaller `limit`") && !note.contains("p2"),
        "{note}"
    );
}
