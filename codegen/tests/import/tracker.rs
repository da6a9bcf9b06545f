// Generated from the manifest by rft-mcp-codegen. Change the manifest, not this file.

#[allow(clippy::wildcard_imports)]
use ::rft_mcp_runtime::tool::*;
/// Inputs and outputs of tools and functions, and what native prompts and resources take.
#[allow(dead_code, missing_docs, clippy::all, clippy::pedantic)]
pub mod types {}
/// What the manifest names in Rust: functions, and native tools, prompts, resources and completions.
#[allow(clippy::all, clippy::pedantic)]
pub trait Handlers: 'static {}
/// The manifest, with the functions of `H`.
#[derive(Debug)]
pub struct Manifest<H>(::std::marker::PhantomData<H>);
#[allow(clippy::all, clippy::pedantic)]
impl<H: Handlers> Manifest<H> {
    /// The whole manifest as data.
    pub const TABLE: &'static Table = &Table {
        server: ServerSpec {
            name: "tracker-rest",
            title: "Tracker REST API",
            instructions: "Tools for Tracker REST API.",
            sets: &[
                SetSpec {
                    name: "issues",
                    description: "issues",
                    default: true,
                },
                SetSpec {
                    name: "repos",
                    description: "repos",
                    default: true,
                },
                SetSpec {
                    name: "markdown",
                    description: "markdown",
                    default: true,
                },
                SetSpec {
                    name: "admin",
                    description: "admin",
                    default: true,
                },
            ],
            client: ClientUse {
                asks: &[],
                logs: false,
                announces: &[],
            },
            limits: Limits {
                connect_seconds: 5,
                request_seconds: 600,
                response_bytes: 8388608,
                result_bytes: 100000,
            },
            spending: &[],
        },
        providers: &[
            ProviderSpec {
                name: "tracker-rest",
                title: "Tracker REST API",
                notice: "",
                base_url: Some(
                    &[
                        Piece::Env {
                            name: "TRACKER_REST_BASE_URL",
                            default: Some("https://api.tracker.example"),
                        },
                    ],
                ),
                auth: &[
                    Auth::Header(
                        "Authorization",
                        &[
                            Piece::Literal("Basic "),
                            Piece::Env {
                                name: "TRACKER_REST_TOKEN",
                                default: None,
                            },
                        ],
                    ),
                    Auth::Header(
                        "Cookie",
                        &[
                            Piece::Literal("sid="),
                            Piece::Env {
                                name: "TRACKER_REST_SESSION",
                                default: None,
                            },
                        ],
                    ),
                ],
                keys: &[],
                headers: &[
                    (
                        "X-App",
                        &[
                            Piece::Env {
                                name: "TRACKER_REST_APP",
                                default: None,
                            },
                        ],
                    ),
                ],
                query: &[],
                values: &[],
                lacks: &[],
            },
        ],
        tools: &[
            ToolSpec {
                name: "admin_create_key",
                title: "Admin create key",
                description: "Admin create key (POST /admin/keys).",
                effect: Effect::Write,
                sets: &["admin"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"note\":{\"type\":\"string\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"key\":{\"type\":\"string\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: untyped,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Post,
                            path: &[Segment::Literal("/admin/keys")],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: Some(
                                Template::First(
                                    &[
                                        Template::Object(
                                            &[
                                                (
                                                    "note",
                                                    Template::Take(Place {
                                                        root: Root::Input,
                                                        path: &[Step::Key("note")],
                                                    }),
                                                ),
                                            ],
                                        ),
                                        Template::Object(&[]),
                                    ],
                                ),
                            ),
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "key",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("key")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "issues_list_for_repo",
                title: "Issues list for repo",
                description: "Issues list for repo (GET /repos/{owner}/{repo}/issues).",
                effect: Effect::Read,
                sets: &["issues"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"owner\",\"repo\",\"X-Api-Version\"],\"properties\":{\"owner\":{\"type\":\"string\",\"minLength\":1,\"description\":\"The account.\"},\"repo\":{\"type\":\"string\",\"minLength\":1},\"labels\":{\"type\":\"string\",\"description\":\"Names with commas between.\"},\"state\":{\"type\":\"string\",\"enum\":[\"open\",\"closed\"],\"default\":\"open\"},\"assignees\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"maxItems\":3},\"page_size\":{\"type\":\"integer\",\"minimum\":1},\"X-Api-Version\":{\"type\":\"string\",\"const\":\"2026-01-01\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"items\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"number\":{},\"title\":{},\"closed_at\":{}}}}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: untyped,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[
                                Segment::Literal("/repos/"),
                                Segment::Param("owner"),
                                Segment::Literal("/"),
                                Segment::Param("repo"),
                                Segment::Literal("/issues"),
                            ],
                            query: &[
                                (
                                    "assignees",
                                    Template::Join {
                                        list: Place {
                                            root: Root::Input,
                                            path: &[Step::Key("assignees")],
                                        },
                                        separator: ",",
                                    },
                                ),
                                (
                                    "page[size]",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("page_size")],
                                    }),
                                ),
                                (
                                    "labels",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("labels")],
                                    }),
                                ),
                                (
                                    "state",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("state")],
                                    }),
                                ),
                            ],
                            headers: &[
                                (
                                    "X-Api-Version",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("X-Api-Version")],
                                    }),
                                ),
                            ],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "items",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "issues_create",
                title: "Issues create",
                description: "Issues create (POST /repos/{owner}/{repo}/issues).",
                effect: Effect::Write,
                sets: &["issues"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"owner\",\"repo\",\"title\"],\"properties\":{\"owner\":{\"type\":\"string\",\"minLength\":1,\"description\":\"The account.\"},\"repo\":{\"type\":\"string\",\"minLength\":1},\"title\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]},\"body\":{\"type\":\"string\"},\"milestone\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]},\"labels\":{\"type\":\"array\",\"items\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"color\":{\"type\":\"string\"}}}]}}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"number\":{\"type\":\"integer\"},\"title\":{\"type\":\"string\"},\"closed_at\":{}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: untyped,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Post,
                            path: &[
                                Segment::Literal("/repos/"),
                                Segment::Param("owner"),
                                Segment::Literal("/"),
                                Segment::Param("repo"),
                                Segment::Literal("/issues"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: Some(
                                Template::Object(
                                    &[
                                        (
                                            "title",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("title")],
                                            }),
                                        ),
                                        (
                                            "body",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("body")],
                                            }),
                                        ),
                                        (
                                            "milestone",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("milestone")],
                                            }),
                                        ),
                                        (
                                            "labels",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("labels")],
                                            }),
                                        ),
                                    ],
                                ),
                            ),
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "number",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("number")],
                                }),
                            ),
                            (
                                "title",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("title")],
                                }),
                            ),
                            (
                                "closed_at",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("closed_at")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "issues_add_event",
                title: "Issues add event",
                description: "Issues add event (POST /repos/{owner}/{repo}/issues/{issue_number}/events).",
                effect: Effect::Write,
                sets: &["issues"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"owner\",\"repo\",\"issue_number\",\"body\"],\"properties\":{\"owner\":{\"type\":\"string\",\"minLength\":1,\"description\":\"The account.\"},\"repo\":{\"type\":\"string\",\"minLength\":1},\"issue_number\":{\"type\":\"integer\"},\"body\":{\"anyOf\":[{\"type\":\"object\",\"required\":[\"type\",\"text\"],\"properties\":{\"text\":{\"type\":\"string\"},\"type\":{\"type\":\"string\",\"const\":\"comment\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"type\"],\"properties\":{\"label\":{\"type\":\"string\",\"minLength\":1},\"type\":{\"type\":\"string\",\"enum\":[\"labeled\",\"unlabeled\"]}}}],\"description\":\"The request's body.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"done\":{\"type\":\"boolean\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: untyped,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Post,
                            path: &[
                                Segment::Literal("/repos/"),
                                Segment::Param("owner"),
                                Segment::Literal("/"),
                                Segment::Param("repo"),
                                Segment::Literal("/issues/"),
                                Segment::Param("issue_number"),
                                Segment::Literal("/events"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: Some(
                                Template::Take(Place {
                                    root: Root::Input,
                                    path: &[Step::Key("body")],
                                }),
                            ),
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(&[("done", Template::Bool(true))]),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "markdown_render_raw",
                title: "Markdown render raw",
                description: "Markdown render raw (POST /markdown/raw).",
                effect: Effect::Write,
                sets: &["markdown"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"body\"],\"properties\":{\"body\":{\"type\":\"string\",\"description\":\"The request's body, text/plain.\"},\"save_to\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Local file to make, under a files root of the server; given inline when left out.\"},\"overwrite\":{\"type\":\"boolean\",\"description\":\"Whether that may be written over another.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\",\"description\":\"Its content.\"},\"base64\":{\"type\":\"string\",\"description\":\"Its content, when it is no text.\"},\"path\":{\"type\":\"string\",\"description\":\"Where it was written.\"},\"bytes\":{\"type\":\"integer\",\"description\":\"Size of the whole.\"},\"media_type\":{\"type\":\"string\"},\"truncated\":{\"type\":\"boolean\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: untyped,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Post,
                            path: &[Segment::Literal("/text/markdown/raw")],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            upload: Some(UploadSpec {
                                fields: &[],
                                types: &[],
                                files: &[
                                    FileSpec {
                                        part: "file",
                                        each: None,
                                        optional: false,
                                        filename: None,
                                        unnamed: "upload.txt",
                                        media_type: Some("text/plain"),
                                        text: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("body")],
                                            }),
                                        ),
                                        base64: None,
                                        path: None,
                                        max_bytes: 536870912,
                                        most: None,
                                        larger: None,
                                    },
                                ],
                                raw: true,
                            }),
                            download: Some(DownloadSpec {
                                path: Some(
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("save_to")],
                                    }),
                                ),
                                overwrite: Some(
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("overwrite")],
                                    }),
                                ),
                                offset: None,
                                inline_bytes: 65536,
                                file_bytes: 4294967296,
                                base64: true,
                            }),
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "text",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("text")],
                                }),
                            ),
                            (
                                "base64",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("base64")],
                                }),
                            ),
                            (
                                "path",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("path")],
                                }),
                            ),
                            (
                                "bytes",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("bytes")],
                                }),
                            ),
                            (
                                "media_type",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("media_type")],
                                }),
                            ),
                            (
                                "truncated",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("truncated")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "repos_update",
                title: "Repos update",
                description: "Repos update (PATCH /repos/{owner}/{repo}).",
                effect: Effect::Write,
                sets: &["repos"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"owner\",\"repo\"],\"properties\":{\"owner\":{\"type\":\"string\",\"minLength\":1,\"description\":\"The account.\"},\"repo\":{\"type\":\"string\",\"minLength\":1},\"description\":{\"type\":\"string\"},\"private\":{\"type\":\"boolean\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: untyped,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Patch,
                            path: &[
                                Segment::Literal("/repos/"),
                                Segment::Param("owner"),
                                Segment::Literal("/"),
                                Segment::Param("repo"),
                            ],
                            query: &[],
                            headers: &[
                                (
                                    "Content-Type",
                                    Template::Text("application/merge-patch+json"),
                                ),
                                (
                                    "Accept",
                                    Template::Text("application/vnd.tracker.v3+json"),
                                ),
                            ],
                            key: None,
                            body: Some(
                                Template::Object(
                                    &[
                                        (
                                            "description",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("description")],
                                            }),
                                        ),
                                        (
                                            "private",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("private")],
                                            }),
                                        ),
                                    ],
                                ),
                            ),
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "id",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("id")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
        ],
        prompts: &[],
        resources: &[],
    };
}
