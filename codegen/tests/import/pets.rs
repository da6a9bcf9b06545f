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
            name: "pet-shop",
            title: "Pet Shop API",
            instructions: "Tools for Pet Shop API.",
            sets: &[
                SetSpec {
                    name: "pet",
                    description: "pet",
                    default: true,
                },
                SetSpec {
                    name: "store",
                    description: "store",
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
                name: "pet-shop",
                title: "Pet Shop API",
                notice: "",
                base_url: Some(
                    &[
                        Piece::Env {
                            name: "PET_SHOP_BASE_URL",
                            default: Some("https://pets.example/api/v3"),
                        },
                    ],
                ),
                auth: &[
                    Auth::Header(
                        "api_key",
                        &[
                            Piece::Env {
                                name: "PET_SHOP_API_KEY",
                                default: None,
                            },
                        ],
                    ),
                ],
                keys: &[
                    (
                        "petstore_auth",
                        &[
                            Auth::Bearer(
                                &[
                                    Piece::Env {
                                        name: "PET_SHOP_PETSTORE",
                                        default: None,
                                    },
                                ],
                            ),
                        ],
                    ),
                ],
                headers: &[],
                query: &[],
                values: &[],
                lacks: &[],
            },
        ],
        tools: &[
            ToolSpec {
                name: "update_pet",
                title: "Update an existing pet",
                description: "Update an existing pet",
                effect: Effect::Write,
                sets: &["pet"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"body\"],\"properties\":{\"body\":{\"anyOf\":[{\"type\":\"object\",\"required\":[\"name\",\"kind\",\"hunts\"],\"properties\":{\"name\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"category\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"},\"name\":{\"type\":\"string\"}}},\"hunts\":{\"type\":\"boolean\"},\"kind\":{\"type\":\"string\",\"const\":\"cat\"}}},{\"type\":\"object\",\"required\":[\"name\",\"kind\"],\"properties\":{\"name\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"category\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"},\"name\":{\"type\":\"string\"}}},\"pack\":{\"type\":\"integer\"},\"kind\":{\"type\":\"string\",\"const\":\"Dog\"}}}],\"description\":\"The request's body.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"},\"name\":{},\"kind\":{\"type\":\"string\"},\"category\":{}}}",
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
                            method: Method::Put,
                            path: &[Segment::Literal("/pet")],
                            query: &[],
                            headers: &[],
                            key: Some("petstore_auth"),
                            body: Some(
                                Template::Take(Place {
                                    root: Root::Input,
                                    path: &[Step::Key("body")],
                                }),
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
                            (
                                "name",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("name")],
                                }),
                            ),
                            (
                                "kind",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("kind")],
                                }),
                            ),
                            (
                                "category",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("category")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "find_pets_by_status",
                title: "Find pets by status",
                description: "Find pets by status (GET /pet/findByStatus).",
                effect: Effect::Read,
                sets: &["pet"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"status\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"enum\":[\"available\",\"sold\"]}},\"where\":{\"type\":\"object\",\"properties\":{\"size\":{\"type\":\"object\",\"properties\":{\"min\":{\"type\":\"integer\"}}},\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}},\"ids\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}},\"near\":{\"type\":\"object\",\"required\":[\"lat\"],\"properties\":{\"lat\":{\"type\":\"number\"}}},\"page\":{\"type\":\"object\",\"properties\":{\"limit\":{\"type\":\"integer\"},\"after\":{\"type\":\"string\"}}},\"kinds\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"X-Trace\":{\"type\":\"string\",\"pattern\":\"^[ -~]*$\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"items\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"id\":{},\"name\":{},\"kind\":{},\"category\":{}}}}}}",
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
                            path: &[Segment::Literal("/pet/findByStatus")],
                            query: &[
                                (
                                    "ids",
                                    Template::Join {
                                        list: Place {
                                            root: Root::Input,
                                            path: &[Step::Key("ids")],
                                        },
                                        separator: " ",
                                    },
                                ),
                                (
                                    "near",
                                    Template::Json(
                                        &Template::Take(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("near")],
                                        }),
                                    ),
                                ),
                                (
                                    "limit",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("page"), Step::Key("limit")],
                                    }),
                                ),
                                (
                                    "after",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("page"), Step::Key("after")],
                                    }),
                                ),
                                (
                                    "kinds[]",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("kinds")],
                                    }),
                                ),
                                (
                                    "status",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("status")],
                                    }),
                                ),
                                (
                                    "where",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("where")],
                                    }),
                                ),
                            ],
                            headers: &[
                                (
                                    "X-Trace",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("X-Trace")],
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
                name: "update_pet_with_form",
                title: "Update pet with form",
                description: "Update pet with form (POST /pet/{petId}).",
                effect: Effect::Write,
                sets: &["pet"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"petId\",\"name\"],\"properties\":{\"petId\":{\"type\":\"integer\",\"description\":\"ID of the pet\"},\"name\":{\"type\":\"string\"},\"status\":{\"type\":\"string\"},\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"owner\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}},\"metadata\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}},\"lists\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}",
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
                            path: &[Segment::Literal("/pet/"), Segment::Param("petId")],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            form: &[
                                (
                                    "name",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("name")],
                                    }),
                                ),
                                (
                                    "status",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("status")],
                                    }),
                                ),
                                (
                                    "tags",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("tags")],
                                    }),
                                ),
                                (
                                    "owner",
                                    Template::Json(
                                        &Template::Take(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("owner")],
                                        }),
                                    ),
                                ),
                                (
                                    "metadata",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("metadata")],
                                    }),
                                ),
                                (
                                    "lists[]",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("lists")],
                                    }),
                                ),
                            ],
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(&[("done", Template::Bool(true))]),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "delete_pet",
                title: "Delete pet",
                description: "Delete pet (DELETE /pet/{petId}).",
                effect: Effect::Destructive,
                sets: &["pet"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"petId\"],\"properties\":{\"petId\":{\"type\":\"integer\",\"description\":\"ID of the pet\"}}}",
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
                            method: Method::Delete,
                            path: &[Segment::Literal("/pet/"), Segment::Param("petId")],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(&[("done", Template::Bool(true))]),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "upload_file",
                title: "Upload file",
                description: "Upload file (POST /pet/{petId}/uploadImage).",
                effect: Effect::Write,
                sets: &["pet"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"petId\",\"file\"],\"properties\":{\"petId\":{\"type\":\"integer\",\"description\":\"ID of the pet\"},\"additionalMetadata\":{\"type\":\"string\"},\"file\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"path\"],\"properties\":{\"path\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Local file, under a files root of the server.\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"base64\",\"filename\"],\"properties\":{\"base64\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Its bytes.\"},\"filename\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Its name, with the ending that says what it is.\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"text\",\"filename\"],\"properties\":{\"text\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Its content.\"},\"filename\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Its name, with the ending that says what it is.\"}}}],\"description\":\"The file to send.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"code\":{\"type\":\"integer\"}}}",
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
                                Segment::Literal("/pet/"),
                                Segment::Param("petId"),
                                Segment::Literal("/uploadImage"),
                            ],
                            query: &[
                                (
                                    "additionalMetadata",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("additionalMetadata")],
                                    }),
                                ),
                            ],
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
                                        filename: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("file"), Step::Key("filename")],
                                            }),
                                        ),
                                        unnamed: "upload.txt",
                                        media_type: Some("application/octet-stream"),
                                        text: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("file"), Step::Key("text")],
                                            }),
                                        ),
                                        base64: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("file"), Step::Key("base64")],
                                            }),
                                        ),
                                        path: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("file"), Step::Key("path")],
                                            }),
                                        ),
                                        max_bytes: 536870912,
                                        most: None,
                                        larger: None,
                                    },
                                ],
                                raw: true,
                            }),
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "code",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("code")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "add_pictures",
                title: "Add pictures",
                description: "Add pictures (POST /pet/{petId}/album).",
                effect: Effect::Write,
                sets: &["pet"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"petId\",\"pictures\",\"about\"],\"properties\":{\"petId\":{\"type\":\"integer\",\"description\":\"ID of the pet\"},\"pictures\":{\"type\":\"array\",\"items\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"path\"],\"properties\":{\"path\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Local file, under a files root of the server.\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"base64\",\"filename\"],\"properties\":{\"base64\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Its bytes.\"},\"filename\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Its name, with the ending that says what it is.\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"text\",\"filename\"],\"properties\":{\"text\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Its content.\"},\"filename\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Its name, with the ending that says what it is.\"}}}]},\"description\":\"The pictures.\"},\"cover\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"path\"],\"properties\":{\"path\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Local file, under a files root of the server.\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"base64\",\"filename\"],\"properties\":{\"base64\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Its bytes.\"},\"filename\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Its name, with the ending that says what it is.\"}}}],\"description\":\"The file to send.\"},\"about\":{\"type\":\"object\",\"properties\":{\"limit\":{\"type\":\"integer\"},\"after\":{\"type\":\"string\"}}},\"title\":{\"type\":\"string\"},\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"mode\":{\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"object\",\"properties\":{\"size\":{\"type\":\"integer\"}}}]},\"size\":{\"type\":\"object\",\"properties\":{\"width\":{\"type\":\"integer\"}}},\"save_to\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Local file to make, under a files root of the server; given inline when left out.\"},\"overwrite\":{\"type\":\"boolean\",\"description\":\"Whether that may be written over another.\"}}}",
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
                            path: &[
                                Segment::Literal("/pet/"),
                                Segment::Param("petId"),
                                Segment::Literal("/album"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            upload: Some(UploadSpec {
                                fields: &[
                                    (
                                        "about",
                                        Template::Json(
                                            &Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("about")],
                                            }),
                                        ),
                                    ),
                                    (
                                        "title",
                                        Template::Take(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("title")],
                                        }),
                                    ),
                                    (
                                        "tags",
                                        Template::Take(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("tags")],
                                        }),
                                    ),
                                    (
                                        "mode",
                                        Template::Json(
                                            &Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("mode")],
                                            }),
                                        ),
                                    ),
                                    (
                                        "size",
                                        Template::Take(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("size")],
                                        }),
                                    ),
                                ],
                                types: &[("about", "application/json")],
                                files: &[
                                    FileSpec {
                                        part: "pictures",
                                        each: Some(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("pictures")],
                                        }),
                                        optional: false,
                                        filename: Some(
                                            Template::Take(Place {
                                                root: Root::Item,
                                                path: &[Step::Key("filename")],
                                            }),
                                        ),
                                        unnamed: "upload.txt",
                                        media_type: None,
                                        text: Some(
                                            Template::Take(Place {
                                                root: Root::Item,
                                                path: &[Step::Key("text")],
                                            }),
                                        ),
                                        base64: Some(
                                            Template::Take(Place {
                                                root: Root::Item,
                                                path: &[Step::Key("base64")],
                                            }),
                                        ),
                                        path: Some(
                                            Template::Take(Place {
                                                root: Root::Item,
                                                path: &[Step::Key("path")],
                                            }),
                                        ),
                                        max_bytes: 536870912,
                                        most: None,
                                        larger: None,
                                    },
                                    FileSpec {
                                        part: "cover",
                                        each: None,
                                        optional: true,
                                        filename: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("cover"), Step::Key("filename")],
                                            }),
                                        ),
                                        unnamed: "upload.txt",
                                        media_type: None,
                                        text: None,
                                        base64: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("cover"), Step::Key("base64")],
                                            }),
                                        ),
                                        path: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("cover"), Step::Key("path")],
                                            }),
                                        ),
                                        max_bytes: 536870912,
                                        most: None,
                                        larger: None,
                                    },
                                ],
                                raw: false,
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
                name: "get_picture",
                title: "Get picture",
                description: "Get picture (GET /pet/{petId}/picture).",
                effect: Effect::Read,
                sets: &["pet"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"petId\"],\"properties\":{\"petId\":{\"type\":\"integer\",\"description\":\"ID of the pet\"},\"offset\":{\"type\":\"integer\"},\"save_to\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Local file to make, under a files root of the server; given inline when left out.\"},\"overwrite\":{\"type\":\"boolean\",\"description\":\"Whether that may be written over another.\"},\"local_offset\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":9007199254740991,\"description\":\"Bytes to skip, without a local file.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\",\"description\":\"Its content.\"},\"base64\":{\"type\":\"string\",\"description\":\"Its content, when it is no text.\"},\"path\":{\"type\":\"string\",\"description\":\"Where it was written.\"},\"bytes\":{\"type\":\"integer\",\"description\":\"Size of the whole.\"},\"media_type\":{\"type\":\"string\"},\"truncated\":{\"type\":\"boolean\"},\"next\":{\"type\":\"integer\",\"description\":\"Pass as offset for what follows.\"}}}",
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
                                Segment::Literal("/pet/"),
                                Segment::Param("petId"),
                                Segment::Literal("/picture"),
                            ],
                            query: &[
                                (
                                    "offset",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("offset")],
                                    }),
                                ),
                            ],
                            headers: &[],
                            key: None,
                            body: None,
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
                                offset: Some(
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("local_offset")],
                                    }),
                                ),
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
                            (
                                "next",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("next")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "draw_picture",
                title: "Draw picture",
                description: "Draw picture (PUT /pet/{petId}/picture).",
                effect: Effect::Write,
                sets: &["pet"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"petId\",\"save_to\"],\"properties\":{\"petId\":{\"type\":\"integer\",\"description\":\"ID of the pet\"},\"style\":{\"type\":\"string\"},\"save_to\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Local file to make, under a files root of the server.\"},\"overwrite\":{\"type\":\"boolean\",\"description\":\"Whether that may be written over another.\"}}}",
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
                            method: Method::Put,
                            path: &[
                                Segment::Literal("/pet/"),
                                Segment::Param("petId"),
                                Segment::Literal("/picture"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: Some(
                                Template::First(
                                    &[
                                        Template::Object(
                                            &[
                                                (
                                                    "style",
                                                    Template::Take(Place {
                                                        root: Root::Input,
                                                        path: &[Step::Key("style")],
                                                    }),
                                                ),
                                            ],
                                        ),
                                        Template::Object(&[]),
                                    ],
                                ),
                            ),
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
                                base64: false,
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
                name: "find_near",
                title: "Find near",
                description: "Find near (GET /pet/{coords}/{range}/{codes}).",
                effect: Effect::Read,
                sets: &["pet"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"coords\",\"range\",\"codes\"],\"properties\":{\"coords\":{\"type\":\"string\",\"minLength\":1},\"range\":{\"type\":\"integer\"},\"codes\":{\"type\":\"string\",\"description\":\"Several with commas between.\",\"minLength\":1}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"pets\":{\"type\":\"array\",\"items\":{}}}}",
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
                                Segment::Literal("/pet/;coords="),
                                Segment::Param("coords"),
                                Segment::Literal("/."),
                                Segment::Param("range"),
                                Segment::Literal("/"),
                                Segment::Param("codes"),
                            ],
                            query: &[],
                            headers: &[
                                ("Accept", Template::Text("application/vnd.shop+json")),
                            ],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "pets",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("pets")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "get_inventory",
                title: "Get inventory",
                description: "Get inventory (GET /store/inventory).",
                effect: Effect::Read,
                sets: &["store"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{}}",
                output: Some("{\"type\":\"object\"}"),
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
                            path: &[Segment::Literal("/store/inventory")],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Take(Place {
                        root: Root::Reply(0),
                        path: &[],
                    }),
                    page: None,
                    once: None,
                },
            },
        ],
        prompts: &[],
        resources: &[],
    };
}
