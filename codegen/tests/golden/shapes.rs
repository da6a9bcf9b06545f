// Generated from the manifest by rft-mcp-codegen. Change the manifest, not this file.

#[allow(clippy::wildcard_imports)]
use ::rft_mcp_runtime::tool::*;
/// Inputs and outputs of tools and functions, and what native prompts and resources take.
#[allow(dead_code, missing_docs, clippy::all, clippy::pedantic)]
pub mod types {
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct AllOfInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<::serde_json::Value>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub b: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub c: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct AutoInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<AutoInputA>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub b: ::std::option::Option<AutoInputB>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub c: ::std::option::Option<AutoInputC>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub d: ::std::option::Option<::serde_json::Value>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub e: ::std::option::Option<::serde_json::Value>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(untagged)]
    pub enum AutoInputA {
        AutoInputAWord(AutoInputAWord),
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
    pub enum AutoInputAWord {
        #[serde(rename = "auto")]
        Auto,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(untagged)]
    pub enum AutoInputB {
        AutoInputBWord(AutoInputBWord),
        Number(::serde_json::Number),
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
    pub enum AutoInputBWord {
        #[serde(rename = "auto")]
        Auto,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(untagged)]
    pub enum AutoInputC {
        String(::std::string::String),
        Boolean(bool),
        Number(::serde_json::Number),
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BaseWithUnionInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<BaseWithUnionInputA>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct BaseWithUnionInputA {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub x: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub y: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct DefaultsInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub b: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub c: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub d: ::std::option::Option<bool>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub e: ::std::option::Option<DefaultsInputE>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct DefaultsInputE {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub f: ::std::option::Option<bool>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct EmptyObjectInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<EmptyObjectInputA>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct EmptyObjectInputA {}
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ExternallyTaggedInput {
        pub u: ::serde_json::Value,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct FormatsInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub b: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub c: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub d: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub e: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub f: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct HidingInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<HidingInputA>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub b: ::std::option::Option<HidingInputB>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub c: ::std::option::Option<HidingInputC>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct HidingInputA {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub x: ::std::option::Option<::std::string::String>,
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
    pub enum HidingInputB {
        #[serde(rename = "a")]
        A,
        #[serde(rename = "b")]
        B,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct HidingInputC {
        pub e: ::serde_json::Number,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ListsInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub b: ::std::option::Option<
            ::std::vec::Vec<::std::vec::Vec<::serde_json::Number>>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub c: ::std::option::Option<::std::vec::Vec<::serde_json::Value>>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub d: ::std::option::Option<::std::vec::Vec<::rft_mcp_runtime::tool::Integer>>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct MapsInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<
            ::std::collections::BTreeMap<::std::string::String, ::std::string::String>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub b: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub c: ::std::option::Option<
            ::std::collections::BTreeMap<
                ::std::string::String,
                ::std::collections::BTreeMap<::std::string::String, ::serde_json::Number>,
            >,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub d: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct NumbersOfInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub b: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub c: ::std::option::Option<::serde_json::Value>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OddNamesInput {
        #[serde(rename = "a.b", skip_serializing_if = "::std::option::Option::is_none")]
        pub a_b: ::std::option::Option<::std::string::String>,
        #[serde(
            rename = "async",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub async_: ::std::option::Option<bool>,
        #[serde(
            rename = "crate",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub crate_: ::std::option::Option<::std::string::String>,
        #[serde(rename = "fn", skip_serializing_if = "::std::option::Option::is_none")]
        pub fn_: ::std::option::Option<::std::string::String>,
        #[serde(
            rename = "foo-bar",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub foo_bar: ::std::option::Option<::std::string::String>,
        #[serde(
            rename = "fooBar2",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub foo_bar2: ::std::option::Option<::std::string::String>,
        #[serde(rename = "self", skip_serializing_if = "::std::option::Option::is_none")]
        pub self_: ::std::option::Option<::std::string::String>,
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        pub type_: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OpenExtraInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OpenInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<OpenInputA>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub b: ::std::option::Option<OpenInputB>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct OpenInputA {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub x: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub y: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct OpenInputB {
        #[serde(rename = "type")]
        pub type_: OpenInputBType,
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
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
    pub enum OpenInputBType {
        #[serde(rename = "p")]
        P,
        #[serde(rename = "q")]
        Q,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OpenTypedInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<OpenTypedInputA>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct OpenTypedInputA {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub x: ::std::option::Option<::std::string::String>,
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct Point {
        pub x: ::serde_json::Number,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub y: ::std::option::Option<::serde_json::Number>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct RequiredAllInput {
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub a: ::std::option::Option<::std::string::String>,
        pub b: ::std::vec::Vec<::std::string::String>,
        pub c: ::std::collections::BTreeMap<
            ::std::string::String,
            ::std::string::String,
        >,
        pub d: ::serde_json::Value,
        pub e: RequiredAllInputE,
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub f: ::std::option::Option<RequiredAllInputF>,
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub g: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        pub h: ::serde_json::Value,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct RequiredAllInputE {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub x: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct RequiredAllInputF {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub x: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SameNamesAbInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<SameNamesAbInputA>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a_b: ::std::option::Option<SameNamesAbInputAb>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SameNamesAbInputA {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub b_c: ::std::option::Option<SameNamesAbInputABc>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SameNamesAbInputABc {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub x: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SameNamesAbInputAb {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub c: ::std::option::Option<SameNamesAbInputAbC>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SameNamesAbInputAbC {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub y: ::std::option::Option<::serde_json::Number>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ScalarsInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub b: ::std::option::Option<bool>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub half: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub i: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub n: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub s: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub small: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SharedChangedInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<SharedChangedInputA>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SharedChangedInputA {
        pub x: ::serde_json::Number,
        pub y: ::serde_json::Number,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SharedInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<Point>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub b: ::std::option::Option<Point>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct StartInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub input: ::std::option::Option<StartInputInput2>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct StartInputInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub y: ::std::option::Option<::serde_json::Number>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct StartInputInput2 {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub x: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct StringOrObjectInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<::serde_json::Value>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub b: ::std::option::Option<::serde_json::Value>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TaggedAloneInput {
        pub u: TaggedAloneInputU,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub v: ::std::option::Option<TaggedAloneInputV>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(tag = "kind", content = "v")]
    pub enum TaggedAloneInputU {
        #[serde(rename = "a")]
        A(::serde_json::Number),
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub enum TaggedAloneInputV {
        #[serde(rename = "kind")]
        Kind(TaggedAloneInputVKind),
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
    pub enum TaggedAloneInputVKind {
        #[serde(rename = "a")]
        A,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TaggedInput {
        pub u: TaggedInputU,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(tag = "kind", deny_unknown_fields)]
    pub enum TaggedInputU {
        #[serde(rename = "one")]
        One { n: ::serde_json::Number },
        #[serde(rename = "two_x")]
        TwoX {
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            list: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            o: ::std::option::Option<TaggedInputUTwoXo>,
        },
        #[serde(rename = "three")]
        Three,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TaggedInputUTwoXo {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub q: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TaggedNestedInput {
        pub u: TaggedNestedInputU,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(tag = "kind", deny_unknown_fields)]
    pub enum TaggedNestedInputU {
        #[serde(rename = "outer")]
        Outer { inner: TaggedNestedInputUOuterInner },
        #[serde(rename = "leaf")]
        Leaf {
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            rest: ::std::option::Option<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
            >,
        },
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(tag = "kind", deny_unknown_fields)]
    pub enum TaggedNestedInputUOuterInner {
        #[serde(rename = "a")]
        A {
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            i: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        },
        #[serde(rename = "b")]
        B {
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            w: ::std::option::Option<TaggedNestedInputUOuterInnerBw>,
        },
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(untagged)]
    pub enum TaggedNestedInputUOuterInnerBw {
        TaggedNestedInputUOuterInnerBwWord(TaggedNestedInputUOuterInnerBwWord),
        Number(::serde_json::Number),
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
    pub enum TaggedNestedInputUOuterInnerBwWord {
        #[serde(rename = "auto")]
        Auto,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TaggedNullInsideInput {
        pub u: ::serde_json::Value,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TaggedOpenInput {
        pub u: ::serde_json::Value,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TaggedOptionalContentInput {
        pub u: TaggedOptionalContentInputU,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(tag = "kind", deny_unknown_fields)]
    pub enum TaggedOptionalContentInputU {
        #[serde(rename = "a")]
        A {
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            v: ::std::option::Option<::serde_json::Number>,
        },
        #[serde(rename = "b")]
        B {
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            v: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        },
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TaggedSameContentInput {
        pub u: TaggedSameContentInputU,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(tag = "kind", content = "v")]
    pub enum TaggedSameContentInputU {
        #[serde(rename = "a")]
        A(::serde_json::Number),
        #[serde(rename = "b")]
        B(::std::vec::Vec<::std::string::String>),
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TaggedTwiceInput {
        pub u: TaggedTwiceInputU,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(tag = "type", deny_unknown_fields)]
    pub enum TaggedTwiceInputU {
        #[serde(rename = "x")]
        X { kind: TaggedTwiceInputUxKind },
        #[serde(rename = "y")]
        Y {
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            e: ::std::option::Option<::std::string::String>,
            kind: TaggedTwiceInputUyKind,
        },
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
    pub enum TaggedTwiceInputUxKind {
        #[serde(rename = "a")]
        A,
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
    pub enum TaggedTwiceInputUyKind {
        #[serde(rename = "a")]
        A,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct TuplesInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub a: ::std::option::Option<::std::vec::Vec<::serde_json::Value>>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct UntoldObjectsInput {
        pub u: ::serde_json::Value,
    }
    pub type DrawTreeInput = ::serde_json::Map<
        ::std::string::String,
        ::serde_json::Value,
    >;
    pub type NamesInput = ::serde_json::Map<::std::string::String, ::serde_json::Value>;
    pub type ClashingNamesInput = ::serde_json::Map<
        ::std::string::String,
        ::serde_json::Value,
    >;
    pub type DollarNamesInput = ::serde_json::Map<
        ::std::string::String,
        ::serde_json::Value,
    >;
    pub type NullableOptionalInput = ::serde_json::Map<
        ::std::string::String,
        ::serde_json::Value,
    >;
    pub type AnythingOptionalInput = ::serde_json::Map<
        ::std::string::String,
        ::serde_json::Value,
    >;
    pub type WordsInput = ::serde_json::Map<::std::string::String, ::serde_json::Value>;
    pub type RequiredNullInput = ::serde_json::Map<
        ::std::string::String,
        ::serde_json::Value,
    >;
}
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
            name: "shapes",
            title: "Every shape of schema",
            instructions: "None.",
            sets: &[
                SetSpec {
                    name: "all",
                    description: "Every tool.",
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
                name: "here",
                title: "Here",
                notice: "",
                base_url: None,
                auth: &[],
                keys: &[],
                headers: &[],
                query: &[],
                values: &[],
                lacks: &[],
            },
        ],
        tools: &[
            ToolSpec {
                name: "draw_tree",
                title: "Draw a tree",
                description: "With what clients refuse, where that is allowed.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"tree\":{\"type\":\"object\",\"description\":\"A tree.\",\"properties\":{\"name\":{\"type\":\"string\"},\"parent\":{\"type\":\"object\",\"description\":\"A tree.\"},\"branches\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"twigs\":{\"type\":\"array\",\"items\":{},\"description\":\"Smaller ones.\"}}}}}},\"list\":{\"type\":\"array\",\"description\":\"Anything.\"},\"kept\":{\"type\":\"string\",\"description\":\"Old.\"},\"same\":{\"const\":null,\"description\":\"Nothing.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"tree\":{\"type\":\"object\",\"description\":\"A tree.\",\"properties\":{\"name\":{\"type\":\"string\"},\"parent\":{\"type\":\"object\",\"description\":\"A tree.\"},\"branches\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"twigs\":{\"type\":\"array\",\"items\":{},\"description\":\"Smaller ones.\"}}}}}},\"list\":{\"type\":\"array\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::DrawTreeInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/trees")],
                            query: &[
                                (
                                    "tree",
                                    Template::Json(
                                        &Template::Take(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("tree")],
                                        }),
                                    ),
                                ),
                                (
                                    "list",
                                    Template::Json(
                                        &Template::Take(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("list")],
                                        }),
                                    ),
                                ),
                                (
                                    "kept",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("kept")],
                                    }),
                                ),
                                (
                                    "same",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("same")],
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
                                "tree",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("tree")],
                                }),
                            ),
                            (
                                "list",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("list")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "scalars",
                title: "scalars",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"s\":{\"type\":\"string\"},\"b\":{\"type\":\"boolean\"},\"n\":{\"type\":\"number\"},\"i\":{\"type\":\"integer\"},\"small\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":9},\"half\":{\"type\":\"integer\",\"minimum\":0}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ScalarsInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "s",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("s")],
                                    }),
                                ),
                                (
                                    "b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("b")],
                                    }),
                                ),
                                (
                                    "n",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("n")],
                                    }),
                                ),
                                (
                                    "i",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("i")],
                                    }),
                                ),
                                (
                                    "small",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("small")],
                                    }),
                                ),
                                (
                                    "half",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("half")],
                                    }),
                                ),
                            ],
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
                name: "names",
                title: "names",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"type\":{\"type\":\"string\"},\"self\":{\"type\":\"string\"},\"Self\":{\"type\":\"string\"}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::NamesInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "type",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("type")],
                                    }),
                                ),
                                (
                                    "self",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("self")],
                                    }),
                                ),
                                (
                                    "Self",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("Self")],
                                    }),
                                ),
                            ],
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
                name: "odd_names",
                title: "odd_names",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"type\":{\"type\":\"string\"},\"self\":{\"type\":\"string\"},\"crate\":{\"type\":\"string\"},\"foo-bar\":{\"type\":\"string\"},\"a.b\":{\"type\":\"string\"},\"fn\":{\"type\":\"string\"},\"fooBar2\":{\"type\":\"string\"},\"async\":{\"type\":\"boolean\"}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::OddNamesInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "type",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("type")],
                                    }),
                                ),
                                (
                                    "self",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("self")],
                                    }),
                                ),
                                (
                                    "crate",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("crate")],
                                    }),
                                ),
                                (
                                    "foo-bar",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("foo-bar")],
                                    }),
                                ),
                                (
                                    "a.b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a.b")],
                                    }),
                                ),
                                (
                                    "fn",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("fn")],
                                    }),
                                ),
                                (
                                    "fooBar2",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("fooBar2")],
                                    }),
                                ),
                                (
                                    "async",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("async")],
                                    }),
                                ),
                            ],
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
                name: "clashing_names",
                title: "clashing_names",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"fooBar\":{\"type\":\"string\"},\"foo_bar\":{\"type\":\"string\"}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ClashingNamesInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "fooBar",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("fooBar")],
                                    }),
                                ),
                                (
                                    "foo_bar",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("foo_bar")],
                                    }),
                                ),
                            ],
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
                name: "dollar_names",
                title: "dollar_names",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"$x\":{\"type\":\"string\"},\"1\":{\"type\":\"string\"},\"\":{\"type\":\"string\"},\"+\":{\"type\":\"string\"}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::DollarNamesInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "$x",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("$x")],
                                    }),
                                ),
                                (
                                    "1",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("1")],
                                    }),
                                ),
                                (
                                    "",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("")],
                                    }),
                                ),
                                (
                                    "+",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("+")],
                                    }),
                                ),
                            ],
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
                name: "lists",
                title: "lists",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"b\":{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":{\"type\":\"number\"}}},\"c\":{\"type\":\"array\",\"items\":{},\"uniqueItems\":true},\"d\":{\"type\":\"array\",\"minItems\":2,\"maxItems\":2,\"items\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":5}}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ListsInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                                (
                                    "b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("b")],
                                    }),
                                ),
                                (
                                    "c",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("c")],
                                    }),
                                ),
                                (
                                    "d",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("d")],
                                    }),
                                ),
                            ],
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
                name: "tuples",
                title: "tuples",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"array\",\"prefixItems\":[{\"type\":\"string\"},{\"type\":\"number\"}]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::TuplesInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                            ],
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
                name: "maps",
                title: "maps",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}},\"b\":{\"type\":\"object\"},\"c\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"number\"}}},\"d\":{\"type\":\"object\",\"patternProperties\":{\"^x\":{\"type\":\"string\"}},\"additionalProperties\":false}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::MapsInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                                (
                                    "b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("b")],
                                    }),
                                ),
                                (
                                    "c",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("c")],
                                    }),
                                ),
                                (
                                    "d",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("d")],
                                    }),
                                ),
                            ],
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
                name: "nullable_optional",
                title: "nullable_optional",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":[\"string\",\"null\"]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::NullableOptionalInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                            ],
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
                name: "anything_optional",
                title: "anything_optional",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::AnythingOptionalInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                            ],
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
                name: "open",
                title: "open",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"string\"},\"y\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}},\"b\":{\"type\":\"object\",\"required\":[\"type\"],\"properties\":{\"type\":{\"type\":\"string\",\"enum\":[\"p\",\"q\"]}}}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::OpenInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                                (
                                    "b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("b")],
                                    }),
                                ),
                            ],
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
                name: "open_extra",
                title: "open_extra",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"object\",\"properties\":{\"extra\":{\"type\":\"string\"}}}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::OpenExtraInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                            ],
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
                name: "open_typed",
                title: "open_typed",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"string\"}},\"additionalProperties\":{\"type\":\"number\"}}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::OpenTypedInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                            ],
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
                name: "words",
                title: "words",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"string\",\"enum\":[\"one\",\"two\"]},\"b\":{\"const\":\"only\"},\"c\":{\"type\":\"string\",\"enum\":[\"a-b\",\"a_b\"]},\"d\":{\"type\":\"string\",\"enum\":[\"<\",\">\"]},\"e\":{\"type\":\"string\",\"enum\":[\"Self\",\"type\",\"None\"]},\"f\":{\"enum\":[1,\"two\",null]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::WordsInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                                (
                                    "b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("b")],
                                    }),
                                ),
                                (
                                    "c",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("c")],
                                    }),
                                ),
                                (
                                    "d",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("d")],
                                    }),
                                ),
                                (
                                    "e",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("e")],
                                    }),
                                ),
                                (
                                    "f",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("f")],
                                    }),
                                ),
                            ],
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
                name: "numbers_of",
                title: "numbers_of",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"integer\",\"enum\":[1,2]},\"b\":{\"type\":\"number\",\"const\":1.5},\"c\":{\"const\":3}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::NumbersOfInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                                (
                                    "b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("b")],
                                    }),
                                ),
                                (
                                    "c",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("c")],
                                    }),
                                ),
                            ],
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
                name: "auto",
                title: "auto",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"anyOf\":[{\"const\":\"auto\",\"type\":\"string\"},{\"type\":\"integer\",\"minimum\":1,\"maximum\":50}]},\"b\":{\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"number\"}]},\"c\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"boolean\"},{\"type\":\"number\"}]},\"d\":{\"anyOf\":[{\"type\":\"string\",\"enum\":[\"auto\",\"none\"]},{\"type\":\"string\"}]},\"e\":{\"oneOf\":[{\"type\":\"integer\"},{\"type\":\"number\",\"maximum\":0.5}]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::AutoInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                                (
                                    "b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("b")],
                                    }),
                                ),
                                (
                                    "c",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("c")],
                                    }),
                                ),
                                (
                                    "d",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("d")],
                                    }),
                                ),
                                (
                                    "e",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("e")],
                                    }),
                                ),
                            ],
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
                name: "string_or_object",
                title: "string_or_object",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"x\":{\"type\":\"string\"}}}]},\"b\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"array\",\"items\":{\"type\":\"string\"}}]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::StringOrObjectInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                                (
                                    "b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("b")],
                                    }),
                                ),
                            ],
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
                name: "base_with_union",
                title: "base_with_union",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"x\":{\"type\":\"string\"},\"y\":{\"type\":\"string\"}},\"anyOf\":[{\"required\":[\"x\"]},{\"required\":[\"y\"]}]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::BaseWithUnionInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                            ],
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
                name: "formats",
                title: "formats",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"string\",\"format\":\"uuid\"},\"b\":{\"type\":\"string\",\"format\":\"date-time\"},\"c\":{\"type\":\"string\",\"pattern\":\"^a+$\",\"examples\":[\"a\",\"aa\"]},\"d\":{\"type\":\"integer\",\"format\":\"int32\"},\"e\":{\"type\":\"number\",\"format\":\"float\"},\"f\":{\"type\":\"string\",\"format\":\"ipv4\"}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::FormatsInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                                (
                                    "b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("b")],
                                    }),
                                ),
                                (
                                    "c",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("c")],
                                    }),
                                ),
                                (
                                    "d",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("d")],
                                    }),
                                ),
                                (
                                    "e",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("e")],
                                    }),
                                ),
                                (
                                    "f",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("f")],
                                    }),
                                ),
                            ],
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
                name: "defaults",
                title: "defaults",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"string\",\"default\":\"x\"},\"b\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":5,\"default\":3},\"c\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"default\":[\"q\"]},\"d\":{\"type\":\"boolean\",\"default\":true},\"e\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"f\":{\"type\":\"boolean\",\"default\":false}},\"default\":{}}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::DefaultsInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                                (
                                    "b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("b")],
                                    }),
                                ),
                                (
                                    "c",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("c")],
                                    }),
                                ),
                                (
                                    "d",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("d")],
                                    }),
                                ),
                                (
                                    "e",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("e")],
                                    }),
                                ),
                            ],
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
                name: "same_names_ab",
                title: "same_names_ab",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"b_c\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"x\":{\"type\":\"string\"}}}}},\"a_b\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"c\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"y\":{\"type\":\"number\"}}}}}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::SameNamesAbInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                                (
                                    "a_b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a_b")],
                                    }),
                                ),
                            ],
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
                name: "start",
                title: "start",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"input\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"x\":{\"type\":\"string\"}}}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::StartInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "input",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("input")],
                                    }),
                                ),
                            ],
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
                name: "start_input",
                title: "start_input",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"y\":{\"type\":\"number\"}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::StartInputInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "y",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("y")],
                                    }),
                                ),
                            ],
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
                name: "hiding",
                title: "hiding",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"x\":{\"type\":\"string\"}}},\"b\":{\"type\":\"string\",\"enum\":[\"a\",\"b\"]},\"c\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"e\"],\"properties\":{\"e\":{\"type\":\"number\"}}}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::HidingInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                                (
                                    "b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("b")],
                                    }),
                                ),
                                (
                                    "c",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("c")],
                                    }),
                                ),
                            ],
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
                name: "shared",
                title: "shared",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"x\"],\"properties\":{\"x\":{\"type\":\"number\"},\"y\":{\"type\":\"number\"}}},\"b\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"x\"],\"properties\":{\"x\":{\"type\":\"number\"},\"y\":{\"type\":\"number\"}},\"description\":\"Another.\"}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::SharedInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                                (
                                    "b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("b")],
                                    }),
                                ),
                            ],
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
                name: "shared_changed",
                title: "shared_changed",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"x\",\"y\"],\"properties\":{\"x\":{\"type\":\"number\"},\"y\":{\"type\":\"number\"}}}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::SharedChangedInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                            ],
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
                name: "all_of",
                title: "all_of",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"allOf\":[{\"type\":\"object\"},{\"required\":[\"x\"]}]},\"b\":{\"type\":\"string\",\"allOf\":[{\"minLength\":1}]},\"c\":{\"type\":\"string\",\"not\":{\"const\":\"no\"}}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::AllOfInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                                (
                                    "b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("b")],
                                    }),
                                ),
                                (
                                    "c",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("c")],
                                    }),
                                ),
                            ],
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
                name: "required_null",
                title: "required_null",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"null\"}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::RequiredNullInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                            ],
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
                name: "empty_object",
                title: "empty_object",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[],\"properties\":{\"a\":{\"type\":\"object\",\"additionalProperties\":false}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::EmptyObjectInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                            ],
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
                name: "required_all",
                title: "required_all",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\"],\"properties\":{\"a\":{\"type\":[\"string\",\"null\"]},\"b\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"c\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}},\"d\":{},\"e\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"x\":{\"type\":\"string\"}}},\"f\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"x\":{\"type\":\"string\"}}},{\"type\":\"null\"}]},\"g\":{\"type\":[\"array\",\"null\"],\"items\":{\"type\":\"string\"}},\"h\":{\"type\":\"null\"}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::RequiredAllInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "a",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("a")],
                                    }),
                                ),
                                (
                                    "b",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("b")],
                                    }),
                                ),
                                (
                                    "c",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("c")],
                                    }),
                                ),
                                (
                                    "d",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("d")],
                                    }),
                                ),
                                (
                                    "e",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("e")],
                                    }),
                                ),
                                (
                                    "f",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("f")],
                                    }),
                                ),
                                (
                                    "g",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("g")],
                                    }),
                                ),
                                (
                                    "h",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("h")],
                                    }),
                                ),
                            ],
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
                name: "tagged",
                title: "tagged",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"u\"],\"properties\":{\"u\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\",\"n\"],\"properties\":{\"kind\":{\"const\":\"one\"},\"n\":{\"type\":\"number\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\"],\"properties\":{\"kind\":{\"type\":\"string\",\"const\":\"two_x\"},\"list\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"o\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"q\":{\"type\":\"string\"}}}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\"],\"properties\":{\"kind\":{\"type\":\"string\",\"enum\":[\"three\"]}}}]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::TaggedInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "u",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("u")],
                                    }),
                                ),
                            ],
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
                name: "tagged_same_content",
                title: "tagged_same_content",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"u\"],\"properties\":{\"u\":{\"oneOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\",\"v\"],\"properties\":{\"kind\":{\"const\":\"a\"},\"v\":{\"type\":\"number\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\",\"v\"],\"properties\":{\"kind\":{\"const\":\"b\"},\"v\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::TaggedSameContentInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "u",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("u")],
                                    }),
                                ),
                            ],
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
                name: "tagged_optional_content",
                title: "tagged_optional_content",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"u\"],\"properties\":{\"u\":{\"oneOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\"],\"properties\":{\"kind\":{\"const\":\"a\"},\"v\":{\"type\":\"number\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\"],\"properties\":{\"kind\":{\"const\":\"b\"},\"v\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::TaggedOptionalContentInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "u",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("u")],
                                    }),
                                ),
                            ],
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
                name: "tagged_alone",
                title: "tagged_alone",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"u\"],\"properties\":{\"u\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\",\"v\"],\"properties\":{\"kind\":{\"const\":\"a\"},\"v\":{\"type\":\"number\"}}}]},\"v\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\"],\"properties\":{\"kind\":{\"const\":\"a\"}}}]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::TaggedAloneInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "u",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("u")],
                                    }),
                                ),
                                (
                                    "v",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("v")],
                                    }),
                                ),
                            ],
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
                name: "tagged_null_inside",
                title: "tagged_null_inside",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"u\"],\"properties\":{\"u\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\"],\"properties\":{\"kind\":{\"const\":\"a\"},\"v\":{\"type\":[\"number\",\"null\"]}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\"],\"properties\":{\"kind\":{\"const\":\"b\"}}}]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::TaggedNullInsideInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "u",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("u")],
                                    }),
                                ),
                            ],
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
                name: "tagged_open",
                title: "tagged_open",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"u\"],\"properties\":{\"u\":{\"anyOf\":[{\"type\":\"object\",\"required\":[\"kind\"],\"properties\":{\"kind\":{\"const\":\"a\"}}},{\"type\":\"object\",\"required\":[\"kind\"],\"properties\":{\"kind\":{\"const\":\"b\"},\"v\":{\"type\":\"number\"}}}]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::TaggedOpenInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "u",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("u")],
                                    }),
                                ),
                            ],
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
                name: "untold_objects",
                title: "untold_objects",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"u\"],\"properties\":{\"u\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"a\":{\"type\":\"string\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"b\":{\"type\":\"string\"}}}]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::UntoldObjectsInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "u",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("u")],
                                    }),
                                ),
                            ],
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
                name: "externally_tagged",
                title: "externally_tagged",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"u\"],\"properties\":{\"u\":{\"oneOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"string\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"b\"],\"properties\":{\"b\":{\"type\":\"number\"}}},{\"type\":\"string\",\"enum\":[\"c\"]}]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ExternallyTaggedInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "u",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("u")],
                                    }),
                                ),
                            ],
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
                name: "tagged_twice",
                title: "tagged_twice",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"u\"],\"properties\":{\"u\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\",\"type\"],\"properties\":{\"kind\":{\"const\":\"a\"},\"type\":{\"const\":\"x\"}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\",\"type\"],\"properties\":{\"kind\":{\"const\":\"a\"},\"type\":{\"const\":\"y\"},\"e\":{\"type\":\"string\"}}}]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::TaggedTwiceInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "u",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("u")],
                                    }),
                                ),
                            ],
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
                name: "tagged_nested",
                title: "tagged_nested",
                description: "A shape.",
                effect: Effect::Read,
                sets: &["all"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"u\"],\"properties\":{\"u\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\",\"inner\"],\"properties\":{\"kind\":{\"const\":\"outer\"},\"inner\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\"],\"properties\":{\"kind\":{\"const\":\"a\"},\"i\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":3}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\"],\"properties\":{\"kind\":{\"const\":\"b\"},\"w\":{\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"number\"}]}}}]}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"kind\"],\"properties\":{\"kind\":{\"const\":\"leaf\"},\"rest\":{\"type\":\"object\"}}}]}}}",
                output: Some("{\"type\":\"object\"}"),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::TaggedNestedInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/shapes")],
                            query: &[
                                (
                                    "u",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("u")],
                                    }),
                                ),
                            ],
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
        ],
        prompts: &[],
        resources: &[],
    };
}
