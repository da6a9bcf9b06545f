//! Prompts, resources, completions and content.

use rft_mcp_runtime::{
    engine::Context,
    tool::{
        Action, Answer, ArgumentSpec, Bit, Block, BlockSpec, Body, BodySpec, Complete, Effect,
        FunctionError, Message, MessageSpec, NativeFuture, Partial, Place, PromptSpec, Read,
        ResourceSpec, Role, Root, Says, Segment, Step, Table, Template, ToolSpec, VariableSpec,
    },
    transport::http::HttpOptions,
};
use serde_json::{Map, Value, json};

use crate::confirm::next;
use crate::fixture::{EMPTY, Http, PROVIDERS, SERVER, call, initialize, reply, server_of, tool};

const NAME: &str = r#"{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string"}}}"#;

static TABLE: Table = Table {
    server: SERVER,
    providers: PROVIDERS,
    tools: &[
        tool("list_jobs", Effect::Read, EMPTY, EMPTY, list_jobs),
        ToolSpec {
            output: None,
            input: NAME,
            action: Action::Content(&[BlockSpec::Text(&[
                Bit::Literal("Hello, "),
                Bit::Argument("name"),
            ])]),
            ..tool("hello", Effect::Read, EMPTY, EMPTY, list_jobs)
        },
        ToolSpec {
            output: None,
            action: Action::NativeContent(draw),
            ..tool("draw", Effect::Read, EMPTY, EMPTY, list_jobs)
        },
    ],
    prompts: &[
        PromptSpec {
            name: "review",
            title: "Review",
            description: "Reviews a job.",
            arguments: &[
                ArgumentSpec {
                    required: true,
                    complete: Complete::Tool {
                        tool: "list_jobs",
                        input: Template::Object(&[]),
                        values: Template::Each {
                            list: Place {
                                root: Root::Reply(0),
                                path: &[Step::Key("jobs")],
                            },
                            item: &Template::Take(Place {
                                root: Root::Item,
                                path: &[Step::Key("id")],
                            }),
                        },
                    },
                    ..argument("job")
                },
                ArgumentSpec {
                    default: Some("brief"),
                    complete: Complete::Values(&["brief", "long"]),
                    ..argument("length")
                },
                ArgumentSpec {
                    complete: Complete::Native(complete),
                    ..argument("note")
                },
            ],
            says: Says::Messages(&[
                MessageSpec {
                    role: Role::User,
                    content: BlockSpec::Text(&[
                        Bit::Argument("length"),
                        Bit::Literal(" review of "),
                        Bit::Argument("job"),
                    ]),
                    when: None,
                    tool: None,
                    without: None,
                },
                MessageSpec {
                    role: Role::Assistant,
                    content: BlockSpec::Resource {
                        uri: &[Bit::Literal("test://notes/"), Bit::Argument("note")],
                        mime_type: "text/plain",
                        body: BodySpec::Text(&[Bit::Argument("note")]),
                    },
                    when: Some("note"),
                    tool: None,
                    without: None,
                },
                said_where(
                    Some("list_jobs"),
                    None,
                    &[Bit::Literal("Look with list_jobs.")],
                ),
                said_where(None, Some("list_jobs"), &[Bit::Literal("Look by hand.")]),
                said_where(Some("stop_job"), None, &[Bit::Literal("Stop it.")]),
                said_where(None, Some("stop_job"), &[Bit::Literal("Let it run.")]),
            ]),
        },
        PromptSpec {
            name: "native",
            title: "Native",
            description: "Said by a function.",
            arguments: &[argument("mood")],
            says: Says::Native(mood),
        },
    ],
    resources: &[
        ResourceSpec {
            read: Read::Text(&[Bit::Literal("the guide")]),
            ..resource("guide", "test://guide", &[])
        },
        ResourceSpec {
            read: Read::Blob("AAE="),
            mime_type: "image/png",
            ..resource("picture", "test://picture", &[])
        },
        ResourceSpec {
            segments: &[Segment::Literal("test://jobs/"), Segment::Param("id")],
            variables: &[VariableSpec {
                name: "id",
                complete: Complete::Values(&["7", "77", "8"]),
            }],
            read: Read::Json(Template::Object(&[(
                "id",
                Template::Take(Place {
                    root: Root::Input,
                    path: &[Step::Key("id")],
                }),
            )])),
            subscribe: true,
            ..resource("job", "test://jobs/{id}", &[])
        },
        ResourceSpec {
            read: Read::Tool {
                tool: "list_jobs",
                input: Template::Object(&[]),
            },
            ..resource("jobs", "test://jobs", &[])
        },
        ResourceSpec {
            read: Read::Native(broken),
            ..resource("broken", "test://broken", &[])
        },
    ],
};

/// A message that depends on which tools are served.
const fn said_where(
    tool: Option<&'static str>,
    without: Option<&'static str>,
    text: &'static [Bit],
) -> MessageSpec {
    MessageSpec {
        role: Role::User,
        content: BlockSpec::Text(text),
        when: None,
        tool,
        without,
    }
}

const fn argument(name: &'static str) -> ArgumentSpec {
    ArgumentSpec {
        name,
        title: "",
        description: "What it is.",
        required: false,
        default: None,
        complete: Complete::Nothing,
    }
}

const fn resource(
    name: &'static str,
    uri: &'static str,
    variables: &'static [VariableSpec],
) -> ResourceSpec {
    ResourceSpec {
        name,
        title: "A resource",
        description: "To read.",
        uri,
        segments: &[],
        mime_type: "text/plain",
        variables,
        read: Read::Blob(""),
        subscribe: false,
    }
}

fn list_jobs(_: Value, _: Context) -> NativeFuture {
    Box::pin(async {
        let jobs: Vec<Value> = (0..120)
            .map(|n| json!({"id": format!("job-{n}")}))
            .collect();
        Ok(json!({ "jobs": jobs }))
    })
}

fn draw(_: Value, _: Context) -> Answer<Vec<Block>> {
    Box::pin(async {
        let mut link = Block::link("test://guide", "guide");
        if let Block::Link { title, .. } = &mut link {
            "The guide".clone_into(title);
        }
        Ok(vec![
            Block::image(&[0, 1], "image/png"),
            Block::audio(&[2], "audio/wav"),
            Block::resource("test://x", "text/plain", Body::text("x")),
            link,
        ])
    })
}

fn mood(arguments: Map<String, Value>, _: Context) -> Answer<Vec<Message>> {
    Box::pin(async move {
        match arguments.get("mood") {
            Some(mood) => Ok(vec![Message::user(Block::text(mood.to_string()))]),
            None => Err(FunctionError("say a mood".to_owned())),
        }
    })
}

fn complete(partial: Partial, _: Context) -> Answer<Vec<String>> {
    Box::pin(async move { Ok(vec![format!("{}!{}", partial.value, partial.given["job"])]) })
}

fn broken(_: Map<String, Value>, _: Context) -> Answer<Body> {
    Box::pin(async {
        Err(FunctionError(
            "the shelf is empty: come back later".to_owned(),
        ))
    })
}

async fn http() -> Http {
    Http::serve(server_of(&TABLE), HttpOptions::default()).await
}

#[tokio::test]
async fn what_a_table_has_is_advertised_and_listed() {
    let http = http().await;
    let discovered = http.modern("server/discover", json!({})).await;
    let expected =
        json!({"tools": {}, "prompts": {}, "resources": {"subscribe": true}, "completions": {}});
    assert_eq!(discovered.json["result"]["capabilities"], expected);
    // A client of old could be told of changes in a session only, and is given none: any replica answers it.
    let greeted = reply(http.post(initialize("2025-11-25").to_string())).await;
    assert_eq!(
        greeted.json["result"]["capabilities"]["resources"],
        json!({})
    );
    assert!(
        !greeted.headers.contains_key("mcp-session-id"),
        "{greeted:?}"
    );

    let listed = http.modern("prompts/list", json!({})).await;
    let expected = json!({
        "name": "review", "title": "Review", "description": "Reviews a job.",
        "arguments": [
            {"name": "job", "description": "What it is.", "required": true},
            {"name": "length", "description": "What it is.", "required": false},
            {"name": "note", "description": "What it is.", "required": false},
        ],
    });
    assert_eq!(listed.json["result"]["prompts"][0], expected);

    let listed = http.modern("resources/list", json!({})).await;
    let names: Vec<_> = listed.json["result"]["resources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].clone())
        .collect();
    assert_eq!(names, ["guide", "picture", "jobs", "broken"]);
    assert!(
        listed.json["result"]["ttlMs"].is_u64() && listed.json["result"]["cacheScope"] == "public"
    );

    let listed = http.modern("resources/templates/list", json!({})).await;
    assert_eq!(
        listed.json["result"]["resourceTemplates"][0]["uriTemplate"],
        "test://jobs/{id}"
    );

    let listed = http.modern("tools/list", json!({})).await;
    assert!(
        listed.json["result"]["tools"][1]
            .get("outputSchema")
            .is_none()
    );

    let refused = http.modern("prompts/list", json!({"cursor": "2"})).await;
    assert_eq!(refused.error(), (200, -32602));
    http.stop().await;
}

#[tokio::test]
async fn what_a_table_lacks_is_not_there() {
    let http = Http::start(HttpOptions::default()).await;
    for method in [
        "prompts/list",
        "prompts/get",
        "resources/list",
        "resources/templates/list",
        "resources/read",
        "completion/complete",
    ] {
        let params = match method {
            "prompts/get" => json!({"name": "a"}),
            "resources/read" => json!({"uri": "test://a"}),
            "completion/complete" => {
                json!({"ref": {"type": "ref/prompt", "name": "a"}, "argument": {"name": "a", "value": ""}})
            }
            _ => json!({}),
        };
        assert_eq!(
            http.modern(method, params).await.error(),
            (404, -32601),
            "{method}"
        );
    }
    http.stop().await;
}

#[tokio::test]
async fn prompts_put_arguments_in() {
    let http = http().await;
    let get = async |name: &str, arguments: Value| {
        http.modern("prompts/get", json!({"name": name, "arguments": arguments}))
            .await
    };
    let said = get("review", json!({"job": "job-{{note}}"})).await;
    let text = |text: &str| json!([{"role": "user", "content": {"type": "text", "text": text}}]);
    assert_eq!(
        said.json["result"]["messages"][0],
        text("brief review of job-{{note}}")[0]
    );
    assert_eq!(said.json["result"]["description"], "Reviews a job.");

    let said = get("review", json!({"job": "7", "length": "long", "note": "n"})).await;
    let texts: Vec<_> = said.json["result"]["messages"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|message| message["content"]["text"].as_str())
        .collect();
    assert_eq!(
        texts,
        ["long review of 7", "Look with list_jobs.", "Let it run."]
    );
    let note = json!({"role": "assistant", "content": {"type": "resource",
        "resource": {"uri": "test://notes/n", "mimeType": "text/plain", "text": "n"}}});
    assert_eq!(said.json["result"]["messages"][1], note);

    let refused = get("review", json!({"lenght": "long", "note": ""})).await;
    assert_eq!(refused.error(), (200, -32602));
    let message = refused.json["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("did you mean `length`?") && message.contains("`job` is missing"),
        "{message}"
    );

    let refused = get("reveiw", json!({})).await;
    assert!(
        refused.json["error"]["message"]
            .as_str()
            .unwrap()
            .contains("did you mean `review`?")
    );

    assert_eq!(
        get("native", json!({"mood": "glad"})).await.json["result"]["messages"],
        text("\"glad\"")
    );
    assert_eq!(
        get("native", json!({})).await.json["error"]["message"],
        "say a mood"
    );
    http.stop().await;
}

#[tokio::test]
async fn resources_are_read() {
    let http = http().await;
    let read = async |uri: &str| http.modern("resources/read", json!({"uri": uri})).await;
    let guide = read("test://guide").await;
    let expected = json!([{"uri": "test://guide", "mimeType": "text/plain", "text": "the guide"}]);
    assert_eq!(guide.json["result"]["contents"], expected);
    assert_eq!(guide.json["result"]["cacheScope"], "public");

    let picture = read("test://picture").await;
    let expected = json!([{"uri": "test://picture", "mimeType": "image/png", "blob": "AAE="}]);
    assert_eq!(picture.json["result"]["contents"], expected);

    let job = read("test://jobs/%22a%22%20b").await;
    assert_eq!(
        job.json["result"]["contents"][0]["text"],
        r#"{"id":"\"a\" b"}"#
    );

    let jobs = read("test://jobs").await;
    assert!(
        jobs.json["result"]["contents"][0]["text"]
            .as_str()
            .unwrap()
            .starts_with(r#"{"jobs":[{"id":"job-0"}"#)
    );
    assert_eq!(
        (
            &jobs.json["result"]["cacheScope"],
            &jobs.json["result"]["ttlMs"]
        ),
        (&json!("private"), &json!(0))
    );

    let broken = read("test://broken").await;
    assert_eq!(
        broken.json["error"]["message"],
        "the shelf is empty: come back later"
    );

    let missing = read("test://jobs/a/b").await;
    assert_eq!(missing.error(), (200, -32602));
    assert_eq!(
        missing.json["error"]["data"],
        json!({"uri": "test://jobs/a/b"})
    );
    let missing = http
        .legacy("resources/read", json!({"uri": "test://nothing"}))
        .await;
    assert_eq!(missing.error(), (200, -32002));
    http.stop().await;
}

#[tokio::test]
async fn arguments_are_completed() {
    let http = http().await;
    let complete = async |name: &str, value: &str| {
        let params = json!({"ref": {"type": "ref/prompt", "name": "review"},
            "argument": {"name": name, "value": value}, "context": {"arguments": {"job": "j"}}});
        http.modern("completion/complete", params).await.json["result"]["completion"].clone()
    };
    assert_eq!(
        complete("length", "L").await,
        json!({"values": ["long"], "total": 1, "hasMore": false})
    );
    assert_eq!(complete("note", "a").await["values"], json!(["a!\"j\""]));
    let jobs = complete("job", "").await;
    assert_eq!(
        (
            jobs["values"].as_array().unwrap().len(),
            &jobs["total"],
            &jobs["hasMore"]
        ),
        (100, &json!(120), &json!(true))
    );
    assert_eq!(
        complete("job", "job-11").await["values"]
            .as_array()
            .unwrap()
            .len(),
        11
    );

    let params = json!({"ref": {"type": "ref/resource", "uri": "test://jobs/{id}"}, "argument": {"name": "id", "value": "7"}});
    let ids = http.legacy("completion/complete", params).await;
    assert_eq!(
        ids.json["result"]["completion"]["values"],
        json!(["7", "77"])
    );
    let params = json!({"ref": {"type": "ref/prompt", "name": "review"}, "argument": {"name": "jobb", "value": ""}});
    assert_eq!(
        http.modern("completion/complete", params).await.error(),
        (200, -32602)
    );
    http.stop().await;
}

#[tokio::test]
async fn tools_give_content() {
    let http = http().await;
    let hello = http
        .modern("tools/call", call("hello", json!({"name": "you"})))
        .await;
    assert_eq!(
        hello.json["result"]["content"],
        json!([{"type": "text", "text": "Hello, you"}])
    );
    assert!(hello.json["result"].get("structuredContent").is_none());

    let drawn = http.modern("tools/call", call("draw", json!({}))).await;
    let expected = json!([
        {"type": "image", "data": "AAE=", "mimeType": "image/png"},
        {"type": "audio", "data": "Ag==", "mimeType": "audio/wav"},
        {"type": "resource", "resource": {"uri": "test://x", "mimeType": "text/plain", "text": "x"}},
        {"type": "resource_link", "uri": "test://guide", "name": "guide", "title": "The guide"},
    ]);
    assert_eq!(drawn.json["result"]["content"], expected);
    http.stop().await;
}

/// Since 2026-07-28, that takes no session.
#[tokio::test]
async fn who_listens_is_told_what_it_will_be_told() {
    let http = http().await;
    let wanted =
        json!({"notifications": {"resourceSubscriptions": ["test://jobs/7", "test://nothing"]}});
    let mut stream = http
        .modern_request("subscriptions/listen", wanted)
        .send()
        .await
        .unwrap();
    let told = next(&mut stream, &mut String::new()).await;
    assert_eq!(told["method"], "notifications/subscriptions/acknowledged");
    assert_eq!(
        told["params"]["notifications"],
        json!({"resourceSubscriptions": ["test://jobs/7"]})
    );
    drop(stream);
    http.stop().await;
}
