// Generated from the manifest by rft-mcp-codegen. Change the manifest, not this file.

#[allow(clippy::wildcard_imports)]
use ::rft_mcp_runtime::tool::*;
/// Inputs and outputs of tools and functions, and what native prompts and resources take.
#[allow(dead_code, missing_docs, clippy::all, clippy::pedantic)]
pub mod types {
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ConversePrompt {
        pub mood: ::std::string::String,
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        pub type_: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct CountWordsInput {
        pub text: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct CountWordsOutput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub longest: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub share: ::std::option::Option<f64>,
        pub words: i64,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct DrawInput {}
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct FullNameInput {
        pub first: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct LendInput {
        pub id: ::rft_mcp_runtime::tool::Integer,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub loan_token: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub notes: ::std::option::Option<::std::vec::Vec<LendInputNotesItem>>,
        pub to: LendInputTo,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct LendInputNotesItem {
        pub text: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(tag = "kind", deny_unknown_fields)]
    pub enum LendInputTo {
        #[serde(rename = "member")]
        Member { card: ::std::string::String },
        #[serde(rename = "guest")]
        Guest {
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            days: ::std::option::Option<::serde_json::Number>,
        },
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct MatchInput {
        pub word: ::std::string::String,
        pub words: ::std::vec::Vec<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct MeasureInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub high: ::std::option::Option<MeasureInputHigh>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub unit: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub wide: ::std::option::Option<MeasureInputWide>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct MeasureInputHigh {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metres: ::std::option::Option<::serde_json::Number>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct MeasureInputWide {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metres: ::std::option::Option<::serde_json::Number>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct MeasureOutput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub area: ::std::option::Option<f64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ShelfResource {
        pub shelf: ::std::string::String,
    }
    pub type FullNameOutput = ::std::option::Option<::std::string::String>;
    pub type MatchOutput = bool;
}
/// What native tools and functions know, as compact JSON text.
#[allow(dead_code)]
pub mod data {
    /// Where books stand; "quotes" and #hashes stay what they are.
    pub const SHELVES: &str = "{\"floors\":[0,1.5,\"two\\\"#\"],\"rooms\":{\"a/b\":null}}";
}
/// What the manifest names in Rust: functions, and native tools, prompts, resources and completions.
#[allow(clippy::all, clippy::pedantic)]
pub trait Handlers: 'static {
    /// First and last name in one.
    ///
    /// # Errors
    /// What to do instead, for the agent to read.
    fn full_name(
        input: types::FullNameInput,
    ) -> Result<types::FullNameOutput, FunctionError>;
    /// Whether a word is among words. Its name is a keyword of Rust.
    ///
    /// # Errors
    /// What to do instead, for the agent to read.
    fn r#match(input: types::MatchInput) -> Result<types::MatchOutput, FunctionError>;
    /// Counts the words of a text, here.
    fn count_words(
        input: types::CountWordsInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::CountWordsOutput, FunctionError>,
    > + Send;
    /// Draws something, here.
    fn draw(
        input: types::DrawInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<Output = Result<Vec<Block>, FunctionError>> + Send;
    /// Measures something, here.
    fn measure(
        input: types::MeasureInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::MeasureOutput, FunctionError>,
    > + Send;
    /// What a call of `lend` would use up.
    fn count_loans(
        input: types::LendInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<Output = Result<Estimate, FunctionError>> + Send;
    /// Told of each step of what a call of `lend` starts.
    fn note_loan(
        given: ::serde_json::Map<String, ::serde_json::Value>,
        along: Along,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<::serde_json::Map<String, ::serde_json::Value>, FunctionError>,
    > + Send;
    /// Begins to talk.
    fn converse(
        arguments: types::ConversePrompt,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<Output = Result<Vec<Message>, FunctionError>> + Send;
    /// What stands on a shelf.
    fn shelf(
        variables: types::ShelfResource,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<Output = Result<Body, FunctionError>> + Send;
    /// What may stand where an argument is half typed, the likeliest first.
    fn readers(
        partial: Partial,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<Output = Result<Vec<String>, FunctionError>> + Send;
}
/// The manifest, with the functions of `H`.
#[derive(Debug)]
pub struct Manifest<H>(::std::marker::PhantomData<H>);
#[allow(clippy::all, clippy::pedantic)]
impl<H: Handlers> Manifest<H> {
    /// The whole manifest as data.
    pub const TABLE: &'static Table = &Table {
        server: ServerSpec {
            name: "library",
            title: "A library",
            instructions: "Books and their loans.",
            sets: &[
                SetSpec {
                    name: "read",
                    description: "Look",
                    default: true,
                },
                SetSpec {
                    name: "lend",
                    description: "Lend and return",
                    default: false,
                },
            ],
            client: ClientUse {
                asks: &[Ask::Elicitation, Ask::Sampling, Ask::Roots],
                logs: true,
                announces: &[List::Tools, List::Prompts, List::Resources],
            },
            limits: Limits {
                connect_seconds: 2,
                request_seconds: 600,
                response_bytes: 8388608,
                result_bytes: 100000,
            },
            spending: &[
                LimitSpec {
                    name: "books",
                    description: "books at once",
                    most: Some(3.0),
                },
                LimitSpec {
                    name: "money",
                    description: "coins",
                    most: None,
                },
            ],
        },
        providers: &[
            ProviderSpec {
                name: "city",
                title: "City library",
                notice: "Closed on \"Sundays\" \\ holidays.",
                base_url: Some(
                    &[
                        Piece::Literal("https://"),
                        Piece::Env {
                            name: "CITY_HOST",
                            default: Some("books.example"),
                        },
                        Piece::Literal("/v1"),
                    ],
                ),
                auth: &[
                    Auth::Bearer(
                        &[
                            Piece::Env {
                                name: "CITY_TOKEN",
                                default: None,
                            },
                        ],
                    ),
                    Auth::Header(
                        "x-key",
                        &[
                            Piece::Literal("key "),
                            Piece::Env {
                                name: "CITY_KEY",
                                default: Some(""),
                            },
                        ],
                    ),
                ],
                keys: &[
                    (
                        "librarian",
                        &[
                            Auth::Bearer(
                                &[
                                    Piece::Env {
                                        name: "CITY_LIBRARIAN",
                                        default: None,
                                    },
                                ],
                            ),
                        ],
                    ),
                ],
                headers: &[
                    (
                        "X-Branch",
                        &[
                            Piece::Env {
                                name: "BRANCH",
                                default: Some("main"),
                            },
                        ],
                    ),
                ],
                query: &[
                    (
                        "v",
                        &[
                            Piece::Env {
                                name: "CITY_VERSION",
                                default: Some("2"),
                            },
                        ],
                    ),
                    ("lang", &[Piece::Literal("en")]),
                ],
                values: &[
                    ("shelf", "\"a\""),
                    ("most", "{\"books\":3,\"floors\":[1,\"2\"]}"),
                ],
                lacks: &["notes", "guests"],
            },
            ProviderSpec {
                name: "shed",
                title: "Shed",
                notice: "",
                base_url: None,
                auth: &[],
                keys: &[],
                headers: &[],
                query: &[],
                values: &[],
                lacks: &["lend"],
            },
        ],
        tools: &[
            ToolSpec {
                name: "get_book",
                title: "Look at a book",
                description: "One book by its number.",
                effect: Effect::Read,
                sets: &["read"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":999999,\"description\":\"Number of the book.\"},\"words\":{\"type\":\"array\",\"description\":\"The query takes it by itself.\",\"items\":{\"type\":\"string\",\"format\":\"word\"}}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":999999,\"description\":\"Number of the book.\"},\"title\":{\"type\":\"string\"},\"author\":{\"type\":\"string\"},\"german\":{\"type\":\"boolean\"}}}",
                ),
                instead: &[
                    Instead {
                        within: "",
                        name: "isbn",
                        help: "use id; look it up with find_books",
                    },
                ],
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
                                Segment::Literal("/books/"),
                                Segment::Param("id"),
                                Segment::Literal(".json"),
                            ],
                            query: &[
                                (
                                    "words",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("words")],
                                    }),
                                ),
                            ],
                            headers: &[("X-Trace", Template::Text("$literal"))],
                            key: None,
                            body: None,
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
                                "title",
                                Template::First(
                                    &[
                                        Template::Take(Place {
                                            root: Root::Reply(0),
                                            path: &[Step::Key("long_title")],
                                        }),
                                        Template::Take(Place {
                                            root: Root::Reply(0),
                                            path: &[Step::Key("title")],
                                        }),
                                        Template::Text("??"),
                                    ],
                                ),
                            ),
                            (
                                "author",
                                Template::Call(
                                    &CallSpec {
                                        name: "full_name",
                                        function: |arguments| function(arguments, H::full_name),
                                        arguments: &[
                                            (
                                                "first",
                                                Template::Take(Place {
                                                    root: Root::Reply(0),
                                                    path: &[Step::Key("first")],
                                                }),
                                            ),
                                            (
                                                "last",
                                                Template::Take(Place {
                                                    root: Root::Reply(0),
                                                    path: &[Step::Key("last")],
                                                }),
                                            ),
                                        ],
                                        required: &["first"],
                                    },
                                ),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "find_books",
                title: "Find books",
                description: "Books by author and language, with the newest loan.",
                effect: Effect::Read,
                sets: &["read"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"author\":{\"type\":\"string\"},\"filter\":{\"type\":\"object\",\"description\":\"By languages and year.\",\"additionalProperties\":false,\"properties\":{\"languages\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"year\":{\"anyOf\":[{\"type\":\"string\",\"const\":\"any\"},{\"type\":\"integer\",\"minimum\":0,\"maximum\":2100}]}}}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"books\"],\"properties\":{\"books\":{\"type\":\"array\",\"description\":\"Books.\",\"items\":{\"type\":\"object\",\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":999999,\"description\":\"Number of the book.\"},\"title\":{\"type\":\"string\"},\"author\":{\"type\":\"string\"},\"german\":{\"type\":\"boolean\"}}}},\"authors\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"asked\":{\"type\":\"object\"},\"newest\":{\"type\":\"string\"},\"price\":{\"type\":\"object\",\"additionalProperties\":true}}}",
                ),
                instead: &[
                    Instead {
                        within: "/filter",
                        name: "lang",
                        help: "use languages",
                    },
                ],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/filter"],
                    output: &["/properties/books"],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: untyped,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "books",
                            method: Method::Get,
                            path: &[Segment::Literal("/books")],
                            query: &[
                                (
                                    "author",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("author")],
                                    }),
                                ),
                                (
                                    "lang",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("filter"), Step::Key("languages")],
                                    }),
                                ),
                                (
                                    "year",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("filter"), Step::Key("year")],
                                    }),
                                ),
                                ("max", Template::Integer(20)),
                            ],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                        RequestSpec {
                            name: "loans",
                            method: Method::Get,
                            path: &[Segment::Literal("/loans")],
                            query: &[("since", Template::Number(-1.5))],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "books",
                                Template::Each {
                                    list: Place {
                                        root: Root::Reply(0),
                                        path: &[Step::Key("items")],
                                    },
                                    item: &Template::Object(
                                        &[
                                            (
                                                "id",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("id")],
                                                }),
                                            ),
                                            (
                                                "german",
                                                Template::Call(
                                                    &CallSpec {
                                                        name: "match",
                                                        function: |arguments| function(arguments, H::r#match),
                                                        arguments: &[
                                                            ("word", Template::Text("german")),
                                                            (
                                                                "words",
                                                                Template::Take(Place {
                                                                    root: Root::Item,
                                                                    path: &[Step::Key("languages")],
                                                                }),
                                                            ),
                                                        ],
                                                        required: &["word", "words"],
                                                    },
                                                ),
                                            ),
                                            (
                                                "title",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("titles"), Step::Index(0)],
                                                }),
                                            ),
                                        ],
                                    ),
                                },
                            ),
                            (
                                "authors",
                                Template::Each {
                                    list: Place {
                                        root: Root::Reply(0),
                                        path: &[Step::Key("items")],
                                    },
                                    item: &Template::Take(Place {
                                        root: Root::Item,
                                        path: &[Step::Key("author")],
                                    }),
                                },
                            ),
                            (
                                "asked",
                                Template::Object(
                                    &[
                                        (
                                            "author",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("author")],
                                            }),
                                        ),
                                    ],
                                ),
                            ),
                            (
                                "newest",
                                Template::Take(Place {
                                    root: Root::Reply(1),
                                    path: &[
                                        Step::Key("items"),
                                        Step::Index(-1),
                                        Step::Key("at"),
                                    ],
                                }),
                            ),
                            (
                                "price",
                                Template::Object(
                                    &[("$", Template::Null), ("amount", Template::Integer(0))],
                                ),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "lend",
                title: "Lend a book",
                description: "Lends \"a book\", for {money}.",
                effect: Effect::Costly,
                sets: &["lend"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"id\",\"to\"],\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":999999,\"description\":\"Number of the book.\"},\"to\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\",\"card\"],\"properties\":{\"kind\":{\"const\":\"member\"},\"card\":{\"type\":\"string\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\"],\"properties\":{\"kind\":{\"const\":\"guest\"},\"days\":{\"type\":\"number\"}}}]},\"notes\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"text\"],\"properties\":{\"text\":{\"type\":\"string\"}}}},\"loan_token\":{\"type\":\"string\",\"minLength\":8,\"maxLength\":128,\"description\":\"Same token, same result; else random.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"},\"loan_token\":{\"type\":\"string\"},\"note\":{\"type\":\"string\"}}}",
                ),
                instead: &[],
                features: &[
                    Feature {
                        name: "guests",
                        at: "/properties/to/anyOf/1",
                    },
                    Feature {
                        name: "notes",
                        at: "/properties/notes",
                    },
                ],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/loan_token"],
                    output: &[],
                },
                confirm: Some(
                    &ConfirmSpec {
                        ask: &[
                            Bit::Literal("Lend \""),
                            Bit::Argument("id"),
                            Bit::Literal("\"?"),
                        ],
                        estimate: Some(|input, context| estimate(
                            input,
                            context,
                            H::count_loans,
                        )),
                        unasked: Unasked::Refuse,
                    },
                ),
                audit: &["id", "loan_token"],
                task: None,
                typed: typed::<types::LendInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Post,
                            path: &[
                                Segment::Literal("/books/"),
                                Segment::Param("id"),
                                Segment::Literal("/loans"),
                            ],
                            query: &[("dry", Template::Bool(false))],
                            headers: &[],
                            key: Some("librarian"),
                            body: Some(
                                Template::Object(
                                    &[
                                        (
                                            "shelf",
                                            Template::Take(Place {
                                                root: Root::Provider,
                                                path: &[Step::Key("shelf")],
                                            }),
                                        ),
                                        (
                                            "most",
                                            Template::Take(Place {
                                                root: Root::Provider,
                                                path: &[Step::Key("most"), Step::Key("books")],
                                            }),
                                        ),
                                        (
                                            "floor",
                                            Template::Take(Place {
                                                root: Root::Provider,
                                                path: &[
                                                    Step::Key("most"),
                                                    Step::Key("floors"),
                                                    Step::Index(-1),
                                                ],
                                            }),
                                        ),
                                        (
                                            "to",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("to")],
                                            }),
                                        ),
                                        (
                                            "notes",
                                            Template::Each {
                                                list: Place {
                                                    root: Root::Input,
                                                    path: &[Step::Key("notes")],
                                                },
                                                item: &Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("text")],
                                                }),
                                            },
                                        ),
                                        (
                                            "tags",
                                            Template::List(
                                                &[
                                                    Template::Text("lent"),
                                                    Template::Take(Place {
                                                        root: Root::Input,
                                                        path: &[Step::Key("to"), Step::Key("kind")],
                                                    }),
                                                    Template::Null,
                                                    Template::Number(1.25),
                                                ],
                                            ),
                                        ),
                                    ],
                                ),
                            ),
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Take(Place {
                        root: Root::Reply(0),
                        path: &[],
                    }),
                    page: None,
                    once: Some(
                        &OnceSpec {
                            input: "loan_token",
                            path: &["labels", "loan_token"],
                            most: Some(3),
                            find: "find_loans",
                            with: &[
                                (
                                    "after",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("loan_token")],
                                    }),
                                ),
                            ],
                            undo: Some(UndoSpec {
                                tool: "return_book",
                                with: &[
                                    (
                                        "id",
                                        Template::Take(Place {
                                            root: Root::Reply(0),
                                            path: &[Step::Key("id")],
                                        }),
                                    ),
                                ],
                                age: Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("at")],
                                },
                            }),
                            beside: Some(BesideSpec {
                                with: &[
                                    (
                                        "to",
                                        Template::Take(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("to")],
                                        }),
                                    ),
                                    (
                                        "deep",
                                        Template::Object(
                                            &[
                                                (
                                                    "kind",
                                                    Template::Take(Place {
                                                        root: Root::Input,
                                                        path: &[Step::Key("to"), Step::Key("kind")],
                                                    }),
                                                ),
                                            ],
                                        ),
                                    ),
                                ],
                                native: |given, along, context| Box::pin(
                                    H::note_loan(given, along, context),
                                ),
                            }),
                        },
                    ),
                },
            },
            ToolSpec {
                name: "return_book",
                title: "Return a book",
                description: "Ends a loan.",
                effect: Effect::Write,
                sets: &["lend"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"integer\",\"description\":\"Number of the loan.\"}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: Some(
                    &ConfirmSpec {
                        ask: &[
                            Bit::Literal("Return {{it}}, the loan "),
                            Bit::Argument("id"),
                            Bit::Literal("?"),
                        ],
                        estimate: None,
                        unasked: Unasked::Allow,
                    },
                ),
                audit: &[],
                task: None,
                typed: untyped,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Delete,
                            path: &[Segment::Literal("/loans/"), Segment::Param("id")],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(&[]),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "list_covers",
                title: "List covers",
                description: "Covers of a book, page by page.",
                effect: Effect::Read,
                sets: &["read"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":999999,\"description\":\"Number of the book.\"},\"from\":{\"type\":\"string\"},\"all_pages\":{\"type\":\"boolean\",\"description\":\"Every page, up to 500 items.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"covers\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"next\":{\"type\":\"string\"},\"left\":{\"type\":\"string\"},\"note\":{\"type\":\"string\",\"description\":\"What to know.\"},\"truncated\":{\"type\":\"boolean\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds {
                    timeout_seconds: Some(20),
                    retry: Some(Retry { times: 4, ambiguous: true }),
                    result_bytes: Some(20000),
                },
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
                                Segment::Literal("/books/"),
                                Segment::Param("id"),
                                Segment::Literal("/covers"),
                            ],
                            query: &[
                                (
                                    "from",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("from")],
                                    }),
                                ),
                            ],
                            headers: &[],
                            key: None,
                            body: None,
                            reply_headers: &["x-ratelimit-remaining"],
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "covers",
                                Template::Each {
                                    list: Place {
                                        root: Root::Reply(0),
                                        path: &[Step::Key("covers")],
                                    },
                                    item: &Template::Take(Place {
                                        root: Root::Item,
                                        path: &[Step::Key("id")],
                                    }),
                                },
                            ),
                            (
                                "next",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[
                                        Step::Key("covers"),
                                        Step::Index(-1),
                                        Step::Key("id"),
                                    ],
                                }),
                            ),
                            (
                                "left",
                                Template::Take(Place {
                                    root: Root::ReplyHeaders(0),
                                    path: &[Step::Key("x-ratelimit-remaining")],
                                }),
                            ),
                        ],
                    ),
                    page: Some(PageSpec {
                        input: "from",
                        items: Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("covers")],
                        },
                        after: Place {
                            root: Root::Reply(0),
                            path: &[
                                Step::Key("covers"),
                                Step::Index(-1),
                                Step::Key("id"),
                            ],
                        },
                        more: Some(Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("more")],
                        }),
                        max_pages: 20,
                        max_items: 500,
                    }),
                    once: None,
                },
            },
            ToolSpec {
                name: "find_loans",
                title: "Find loans",
                description: "Loans, whose cursor is that of a page.",
                effect: Effect::Read,
                sets: &["read"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"after\":{\"type\":\"string\"},\"all_pages\":{\"type\":\"boolean\",\"description\":\"Every page, up to 1000 items.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"loans\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"}}}},\"truncated\":{\"type\":\"boolean\"},\"note\":{\"type\":\"string\"}}}",
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
                            path: &[Segment::Literal("/loans")],
                            query: &[
                                (
                                    "after",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("after")],
                                    }),
                                ),
                            ],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "loans",
                                Template::Each {
                                    list: Place {
                                        root: Root::Reply(0),
                                        path: &[Step::Key("loans")],
                                    },
                                    item: &Template::Object(
                                        &[
                                            (
                                                "id",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("id")],
                                                }),
                                            ),
                                        ],
                                    ),
                                },
                            ),
                        ],
                    ),
                    page: Some(PageSpec {
                        input: "after",
                        items: Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("loans")],
                        },
                        after: Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("next")],
                        },
                        more: None,
                        max_pages: 3,
                        max_items: 1000,
                    }),
                    once: None,
                },
            },
            ToolSpec {
                name: "add_cover",
                title: "Add a cover",
                description: "Sends a picture or a text.",
                effect: Effect::Write,
                sets: &["lend"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":999999,\"description\":\"Number of the book.\"},\"text\":{\"type\":\"string\"},\"path\":{\"type\":\"string\"},\"name\":{\"type\":\"string\"},\"expires\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"seconds\":{\"type\":\"integer\"}}}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds {
                    timeout_seconds: None,
                    retry: Some(Retry {
                        times: 0,
                        ambiguous: false,
                    }),
                    result_bytes: None,
                },
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
                                Segment::Literal("/books/"),
                                Segment::Param("id"),
                                Segment::Literal("/cover"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            upload: Some(UploadSpec {
                                fields: &[
                                    ("kind", Template::Text("cover")),
                                    (
                                        "expires",
                                        Template::Take(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("expires")],
                                        }),
                                    ),
                                ],
                                types: &[],
                                files: &[
                                    FileSpec {
                                        part: "cover",
                                        each: None,
                                        optional: false,
                                        filename: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("name")],
                                            }),
                                        ),
                                        unnamed: "cover.txt",
                                        media_type: Some("text/plain"),
                                        text: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("text")],
                                            }),
                                        ),
                                        base64: None,
                                        path: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("path")],
                                            }),
                                        ),
                                        max_bytes: 1000,
                                        most: None,
                                        larger: None,
                                    },
                                ],
                                raw: false,
                            }),
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
            ToolSpec {
                name: "get_cover",
                title: "Get a cover",
                description: "As text, or into a file.",
                effect: Effect::Read,
                sets: &["read"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":999999,\"description\":\"Number of the book.\"},\"path\":{\"type\":\"string\"},\"overwrite\":{\"type\":\"boolean\"},\"offset\":{\"type\":\"integer\",\"minimum\":0}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"},\"bytes\":{\"type\":\"integer\"}}}",
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
                                Segment::Literal("/books/"),
                                Segment::Param("id"),
                                Segment::Literal("/cover"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            download: Some(DownloadSpec {
                                path: Some(
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("path")],
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
                                        path: &[Step::Key("offset")],
                                    }),
                                ),
                                inline_bytes: 1000,
                                file_bytes: 2000,
                                base64: true,
                            }),
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
            ToolSpec {
                name: "add_pages",
                title: "Add pages",
                description: "Sends pictures of pages, and how they look.",
                effect: Effect::Write,
                sets: &["lend"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"id\",\"pages\"],\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":999999,\"description\":\"Number of the book.\"},\"pages\":{\"type\":\"array\",\"items\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"path\"],\"properties\":{\"path\":{\"type\":\"string\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"base64\"],\"properties\":{\"base64\":{\"type\":\"string\"},\"filename\":{\"type\":\"string\"}}}]}},\"map\":{\"type\":\"string\"},\"look\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"paper\":{\"type\":\"string\"}}}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"}}}",
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
                                Segment::Literal("/books/"),
                                Segment::Param("id"),
                                Segment::Literal("/pages"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            upload: Some(UploadSpec {
                                fields: &[
                                    (
                                        "look",
                                        Template::Json(
                                            &Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("look")],
                                            }),
                                        ),
                                    ),
                                ],
                                types: &[("look", "application/json")],
                                files: &[
                                    FileSpec {
                                        part: "page[]",
                                        each: Some(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("pages")],
                                        }),
                                        optional: false,
                                        filename: Some(
                                            Template::Take(Place {
                                                root: Root::Item,
                                                path: &[Step::Key("filename")],
                                            }),
                                        ),
                                        unnamed: "page.png",
                                        media_type: None,
                                        text: None,
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
                                        part: "map",
                                        each: None,
                                        optional: true,
                                        filename: None,
                                        unnamed: "upload.txt",
                                        media_type: None,
                                        text: None,
                                        base64: None,
                                        path: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("map")],
                                            }),
                                        ),
                                        max_bytes: 536870912,
                                        most: None,
                                        larger: None,
                                    },
                                ],
                                raw: false,
                            }),
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
            ToolSpec {
                name: "add_text",
                title: "Add a text",
                description: "Sends a text as it is.",
                effect: Effect::Write,
                sets: &["lend"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"id\",\"text\"],\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":999999,\"description\":\"Number of the book.\"},\"text\":{\"type\":\"string\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"}}}",
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
                                Segment::Literal("/books/"),
                                Segment::Param("id"),
                                Segment::Literal("/text"),
                            ],
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
                                                path: &[Step::Key("text")],
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
            ToolSpec {
                name: "read_aloud",
                title: "Read aloud",
                description: "Speaks a text, into a file.",
                effect: Effect::Costly,
                sets: &["lend"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"voice\",\"path\"],\"properties\":{\"voice\":{\"type\":\"string\"},\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"path\":{\"type\":\"string\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}}}",
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
                            path: &[Segment::Literal("/voices")],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            form: &[
                                (
                                    "voice",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("voice")],
                                    }),
                                ),
                                (
                                    "tag",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("tags")],
                                    }),
                                ),
                            ],
                            download: Some(DownloadSpec {
                                path: Some(
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("path")],
                                    }),
                                ),
                                overwrite: None,
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
                                "path",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("path")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "count_words",
                title: "Count words",
                description: "Counts the words of a text, here.",
                effect: Effect::Read,
                sets: &["read"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"text\"],\"properties\":{\"text\":{\"type\":\"string\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"words\"],\"properties\":{\"words\":{\"type\":\"integer\"},\"share\":{\"type\":\"number\"},\"longest\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::CountWordsInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::count_words,
                )),
            },
            ToolSpec {
                name: "say_hello",
                title: "Say hello",
                description: "Says the same to everyone.",
                effect: Effect::Read,
                sets: &["read"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"name\"],\"properties\":{\"name\":{\"type\":\"string\"}}}",
                output: None,
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: untyped,
                action: Action::Content(
                    &[
                        BlockSpec::Text(
                            &[
                                Bit::Literal("Hello, "),
                                Bit::Argument("name"),
                                Bit::Literal("!"),
                            ],
                        ),
                        BlockSpec::Link {
                            uri: &[Bit::Literal("library://rules")],
                            name: "rules",
                            title: "",
                            description: "",
                            mime_type: "",
                        },
                    ],
                ),
            },
            ToolSpec {
                name: "draw",
                title: "Draw",
                description: "Draws something, here.",
                effect: Effect::Read,
                sets: &["read"],
                input: "{\"type\":\"object\",\"additionalProperties\":false}",
                output: None,
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::DrawInput>,
                action: Action::NativeContent(|input, context| content(
                    input,
                    context,
                    H::draw,
                )),
            },
            ToolSpec {
                name: "find_words",
                title: "Find words",
                description: "Words with any of these tags.",
                effect: Effect::Read,
                sets: &["read"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"tags\"],\"properties\":{\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"languages\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"words\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}",
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
                            path: &[Segment::Literal("/words")],
                            query: &[
                                (
                                    "tag",
                                    Template::Join {
                                        list: Place {
                                            root: Root::Input,
                                            path: &[Step::Key("tags")],
                                        },
                                        separator: ",",
                                    },
                                ),
                                (
                                    "language",
                                    Template::Join {
                                        list: Place {
                                            root: Root::Input,
                                            path: &[Step::Key("languages")],
                                        },
                                        separator: "|",
                                    },
                                ),
                            ],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "words",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("words")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "measure",
                title: "Measure",
                description: "Measures something, here.",
                effect: Effect::Read,
                sets: &["read"],
                input: "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\",\"additionalProperties\":false,\"$defs\":{\"length\":{\"$anchor\":\"length\",\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"metres\":{\"type\":\"number\"}}}},\"properties\":{\"wide\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"metres\":{\"type\":\"number\"}}},\"high\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"metres\":{\"type\":\"number\"}}},\"unit\":{\"type\":\"string\",\"x-mcp-header\":\"Unit\"}},\"minProperties\":1,\"if\":{\"required\":[\"wide\"],\"properties\":{\"unit\":{\"const\":\"m\"}}},\"then\":{\"required\":[\"unit\"]},\"else\":{\"required\":[\"high\"]}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"area\":{\"type\":\"number\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::MeasureInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::measure,
                )),
            },
        ],
        prompts: &[
            PromptSpec {
                name: "recommend",
                title: "Recommend a book",
                description: "Finds something to read.",
                arguments: &[
                    ArgumentSpec {
                        name: "topic",
                        title: "",
                        description: "What it is about.",
                        required: true,
                        default: None,
                        complete: Complete::Values(&["ships", "whales"]),
                    },
                    ArgumentSpec {
                        name: "length",
                        title: "Length",
                        description: "How long it may be.",
                        required: false,
                        default: Some("short"),
                        complete: Complete::Values(&["short", "long"]),
                    },
                    ArgumentSpec {
                        name: "like",
                        title: "",
                        description: "A book to go by.",
                        required: false,
                        default: None,
                        complete: Complete::Tool {
                            tool: "find_books",
                            input: Template::Object(
                                &[
                                    (
                                        "author",
                                        Template::Take(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("value")],
                                        }),
                                    ),
                                ],
                            ),
                            values: Template::Each {
                                list: Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("books")],
                                },
                                item: &Template::Take(Place {
                                    root: Root::Item,
                                    path: &[Step::Key("title")],
                                }),
                            },
                        },
                    },
                    ArgumentSpec {
                        name: "reader",
                        title: "",
                        description: "Who reads.",
                        required: false,
                        default: None,
                        complete: Complete::Native(|partial, context| complete(
                            partial,
                            context,
                            H::readers,
                        )),
                    },
                ],
                says: Says::Messages(
                    &[
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal("A "),
                                    Bit::Argument("length"),
                                    Bit::Literal(" book on "),
                                    Bit::Argument("topic"),
                                    Bit::Literal(", please.\nBraces are {{kept}}."),
                                ],
                            ),
                            when: None,
                            tool: None,
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal("I liked "),
                                    Bit::Argument("like"),
                                    Bit::Literal("."),
                                ],
                            ),
                            when: Some("like"),
                            tool: None,
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[Bit::Literal("Lend me the first.")],
                            ),
                            when: None,
                            tool: Some("lend"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[Bit::Literal("Tell me where it stands.")],
                            ),
                            when: None,
                            tool: None,
                            without: Some("lend"),
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal("It is for "),
                                    Bit::Argument("reader"),
                                    Bit::Literal("."),
                                ],
                            ),
                            when: Some("reader"),
                            tool: None,
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Image {
                                data: "iVBORw0KGgo=",
                                mime_type: "image/png",
                            },
                            when: None,
                            tool: None,
                            without: None,
                        },
                        MessageSpec {
                            role: Role::Assistant,
                            content: BlockSpec::Link {
                                uri: &[
                                    Bit::Literal("library://topics/"),
                                    Bit::Argument("topic"),
                                ],
                                name: "topic",
                                title: "The topic",
                                description: "",
                                mime_type: "",
                            },
                            when: None,
                            tool: None,
                            without: None,
                        },
                        MessageSpec {
                            role: Role::Assistant,
                            content: BlockSpec::Resource {
                                uri: &[
                                    Bit::Literal("library://notes/"),
                                    Bit::Argument("topic"),
                                ],
                                mime_type: "text/plain",
                                body: BodySpec::Text(
                                    &[Bit::Literal("Notes on "), Bit::Argument("topic")],
                                ),
                            },
                            when: None,
                            tool: None,
                            without: None,
                        },
                        MessageSpec {
                            role: Role::Assistant,
                            content: BlockSpec::Audio {
                                data: "UklGRg==",
                                mime_type: "audio/wav",
                            },
                            when: None,
                            tool: None,
                            without: None,
                        },
                    ],
                ),
            },
            PromptSpec {
                name: "converse",
                title: "Talk about books",
                description: "Begins to talk.",
                arguments: &[
                    ArgumentSpec {
                        name: "mood",
                        title: "",
                        description: "How one feels.",
                        required: true,
                        default: None,
                        complete: Complete::Nothing,
                    },
                    ArgumentSpec {
                        name: "type",
                        title: "",
                        description: "A word that Rust keeps.",
                        required: false,
                        default: None,
                        complete: Complete::Nothing,
                    },
                ],
                says: Says::Native(|arguments, context| prompt(
                    arguments,
                    context,
                    H::converse,
                )),
            },
        ],
        resources: &[
            ResourceSpec {
                name: "rules",
                title: "Rules",
                description: "The house rules.",
                uri: "library://rules",
                segments: &[Segment::Literal("library://rules")],
                mime_type: "text/markdown",
                variables: &[],
                read: Read::Text(
                    &[Bit::Literal("# Rules\n\nBring {{books}} back in time.\n")],
                ),
                subscribe: false,
            },
            ResourceSpec {
                name: "greeting",
                title: "Greeting",
                description: "A word to everyone.",
                uri: "library://greetings/{name}",
                segments: &[
                    Segment::Literal("library://greetings/"),
                    Segment::Param("name"),
                ],
                mime_type: "text/plain",
                variables: &[
                    VariableSpec {
                        name: "name",
                        complete: Complete::Values(&["reader", "writer"]),
                    },
                ],
                read: Read::Text(
                    &[
                        Bit::Literal("Welcome, "),
                        Bit::Argument("name"),
                        Bit::Literal("."),
                    ],
                ),
                subscribe: true,
            },
            ResourceSpec {
                name: "stamp",
                title: "Stamp",
                description: "The stamp as bytes.",
                uri: "library://stamp",
                segments: &[Segment::Literal("library://stamp")],
                mime_type: "application/octet-stream",
                variables: &[],
                read: Read::Blob("AAEC"),
                subscribe: false,
            },
            ResourceSpec {
                name: "record",
                title: "Record",
                description: "A number as JSON.",
                uri: "library://records/{id}/json",
                segments: &[
                    Segment::Literal("library://records/"),
                    Segment::Param("id"),
                    Segment::Literal("/json"),
                ],
                mime_type: "application/json",
                variables: &[
                    VariableSpec {
                        name: "id",
                        complete: Complete::Nothing,
                    },
                ],
                read: Read::Json(
                    Template::Object(
                        &[
                            (
                                "id",
                                Template::Take(Place {
                                    root: Root::Input,
                                    path: &[Step::Key("id")],
                                }),
                            ),
                            ("kept", Template::Bool(true)),
                        ],
                    ),
                ),
                subscribe: false,
            },
            ResourceSpec {
                name: "book",
                title: "Book",
                description: "What a tool says of a book.",
                uri: "library://books/{book}",
                segments: &[
                    Segment::Literal("library://books/"),
                    Segment::Param("book"),
                ],
                mime_type: "application/json",
                variables: &[
                    VariableSpec {
                        name: "book",
                        complete: Complete::Nothing,
                    },
                ],
                read: Read::Tool {
                    tool: "get_book",
                    input: Template::Object(
                        &[
                            (
                                "id",
                                Template::Take(Place {
                                    root: Root::Input,
                                    path: &[Step::Key("book")],
                                }),
                            ),
                        ],
                    ),
                },
                subscribe: false,
            },
            ResourceSpec {
                name: "shelf",
                title: "Shelf",
                description: "What stands on a shelf.",
                uri: "library://shelves/{shelf}",
                segments: &[
                    Segment::Literal("library://shelves/"),
                    Segment::Param("shelf"),
                ],
                mime_type: "text/plain",
                variables: &[
                    VariableSpec {
                        name: "shelf",
                        complete: Complete::Nothing,
                    },
                ],
                read: Read::Native(|variables, context| resource(
                    variables,
                    context,
                    H::shelf,
                )),
                subscribe: false,
            },
        ],
    };
}
