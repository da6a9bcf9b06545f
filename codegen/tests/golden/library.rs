// Generated from the manifest by rft-mcp-codegen. Change the manifest, not this file.

#[allow(clippy::wildcard_imports)]
use ::rft_mcp_runtime::tool::*;
/// Inputs and outputs of tools and functions.
#[allow(dead_code, missing_docs, clippy::all, clippy::pedantic)]
pub mod types {
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
    pub struct FindBooksInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub author: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub filter: ::std::option::Option<FindBooksInputFilter>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct FindBooksInputFilter {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub languages: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub year: ::std::option::Option<FindBooksInputFilterYear>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(untagged)]
    pub enum FindBooksInputFilterYear {
        FindBooksInputFilterYearWord(FindBooksInputFilterYearWord),
        Integer(::rft_mcp_runtime::tool::Integer),
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum FindBooksInputFilterYearWord {
        #[serde(rename = "any")]
        Any,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct FullNameInput {
        pub first: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct GetBookInput {
        pub id: ::rft_mcp_runtime::tool::Integer,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub words: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct LendInput {
        pub id: ::rft_mcp_runtime::tool::Integer,
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
    pub type FullNameOutput = ::std::option::Option<::std::string::String>;
    pub type MatchOutput = bool;
}
/// What the manifest names in Rust: its functions, and its native tools.
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
            limits: Limits {
                connect_seconds: 2,
                request_seconds: 600,
                response_bytes: 8388608,
            },
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
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":999999,\"description\":\"Number of the book.\"},\"words\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"description\":\"The query takes it by itself.\"}}}",
                output: "{\"type\":\"object\",\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":999999,\"description\":\"Number of the book.\"},\"title\":{\"type\":\"string\"},\"author\":{\"type\":\"string\"},\"german\":{\"type\":\"boolean\"}}}",
                instead: &[
                    Instead {
                        within: "",
                        name: "isbn",
                        help: "use id; look it up with find_books",
                    },
                ],
                features: &[],
                typed: typed::<types::GetBookInput>,
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
                },
            },
            ToolSpec {
                name: "find_books",
                title: "Find books",
                description: "Books by author and language, with the newest loan.",
                effect: Effect::Read,
                sets: &["read"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"author\":{\"type\":\"string\"},\"filter\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"languages\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"year\":{\"anyOf\":[{\"type\":\"string\",\"const\":\"any\"},{\"type\":\"integer\",\"minimum\":0,\"maximum\":2100}]}}}}}",
                output: "{\"type\":\"object\",\"required\":[\"books\"],\"properties\":{\"books\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":999999,\"description\":\"Number of the book.\"},\"title\":{\"type\":\"string\"},\"author\":{\"type\":\"string\"},\"german\":{\"type\":\"boolean\"}}}},\"authors\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"asked\":{\"type\":\"object\"},\"newest\":{\"type\":\"string\"},\"price\":{\"type\":\"object\",\"additionalProperties\":true}}}",
                instead: &[
                    Instead {
                        within: "/filter",
                        name: "lang",
                        help: "use languages",
                    },
                ],
                features: &[],
                typed: typed::<types::FindBooksInput>,
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
                        },
                        RequestSpec {
                            name: "loans",
                            method: Method::Get,
                            path: &[Segment::Literal("/loans")],
                            query: &[("since", Template::Number(-1.5))],
                            headers: &[],
                            key: None,
                            body: None,
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
                },
            },
            ToolSpec {
                name: "lend",
                title: "Lend a book",
                description: "Lends \"a book\", for {money}.",
                effect: Effect::Costly,
                sets: &["lend"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"id\",\"to\"],\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":999999,\"description\":\"Number of the book.\"},\"to\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\",\"card\"],\"properties\":{\"kind\":{\"const\":\"member\"},\"card\":{\"type\":\"string\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\"],\"properties\":{\"kind\":{\"const\":\"guest\"},\"days\":{\"type\":\"number\"}}}]},\"notes\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"text\"],\"properties\":{\"text\":{\"type\":\"string\"}}}}}}",
                output: "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}}}",
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
                        },
                    ],
                    result: Template::Take(Place {
                        root: Root::Reply(0),
                        path: &[],
                    }),
                },
            },
            ToolSpec {
                name: "count_words",
                title: "Count words",
                description: "Counts the words of a text, here.",
                effect: Effect::Read,
                sets: &["read"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"text\"],\"properties\":{\"text\":{\"type\":\"string\"}}}",
                output: "{\"type\":\"object\",\"required\":[\"words\"],\"properties\":{\"words\":{\"type\":\"integer\"},\"share\":{\"type\":\"number\"},\"longest\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}",
                instead: &[],
                features: &[],
                typed: typed::<types::CountWordsInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::count_words,
                )),
            },
        ],
    };
}
