//! The rules of a manifest: what each is called, how much it weighs, and the page that explains it. A new rule
//! is a line here, a page in `docs/` and a directory in `tests/diagnostics/`, all named as its code.

/// How much a broken rule weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is compiled.
    Error,
    /// Told, and compiled all the same; can be allowed with a reason.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its stable name, such as `unknown-key`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Whether `allow` lets it pass, with a reason.
    pub allowable: bool,
    /// Its page of documentation, Markdown: a title, the rule in one paragraph, how to follow it, an example.
    pub page: &'static str,
}

impl Rule {
    /// The rule of a code.
    #[must_use]
    pub fn of(code: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.code == code)
    }

    /// The rule in a sentence: the first paragraph of its page, on one line.
    #[must_use]
    pub fn summary(&self) -> String {
        let paragraphs = self.page.split("\n\n");
        let first = paragraphs.into_iter().nth(1).unwrap_or_default();
        first.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The errors that can be right in some manifest: what is told because clients refuse it, and not because the server
/// could not serve it.
const fn is_allowable(code: &str) -> bool {
    matches!(
        code.as_bytes(),
        b"array-items"
            | b"missing-description"
            | b"ref-circular"
            | b"root-keyword"
            | b"unknown-keyword"
    )
}

macro_rules! rules {
    ($($severity:ident $code:literal)*) => {
        /// Every rule, sorted by code, but for `internal` and `untyped`: those stand for faults of this crate
        /// and of typify, which no manifest is known to bring about.
        pub const RULES: &[Rule] = &[$(Rule {
            code: $code,
            severity: Severity::$severity,
            allowable: matches!(Severity::$severity, Severity::Warning) || is_allowable($code),
            page: include_str!(concat!("../docs/", $code, ".md")),
        }),*];
    };
}

rules! {
    Error "action"
    Error "allow"
    Error "anchor"
    Error "argument"
    Error "array-items"
    Error "audit"
    Error "base-url"
    Error "base64"
    Error "brief"
    Warning "client-format"
    Warning "client-keyword"
    Error "client-use"
    Warning "closed-output"
    Error "completion"
    Error "confirm"
    Error "content"
    Error "content-file"
    Error "data-value"
    Error "default-value"
    Error "download"
    Error "duplicate-key"
    Error "empty-file"
    Error "environment"
    Error "example-input"
    Error "example-request"
    Error "example-response"
    Error "example-result"
    Error "feature"
    Error "file-name"
    Error "file-too-large"
    Error "function-argument"
    Error "header-name"
    Error "header-value"
    Error "instead"
    Error "invalid-schema"
    Error "key-type"
    Error "listed-name"
    Warning "long-description"
    Warning "long-name"
    Error "missing-description"
    Warning "missing-dollar"
    Error "missing-file"
    Error "missing-key"
    Error "never-valid"
    Warning "no-default-set"
    Warning "nullable-input"
    Error "number"
    Error "once"
    Error "only-reads"
    Error "page"
    Error "param-header"
    Error "path"
    Error "path-parameter"
    Error "placeholder"
    Warning "property-name"
    Error "provider-key"
    Error "provider-value"
    Error "read-tool"
    Error "ref-beside"
    Error "ref-circular"
    Error "ref-missing"
    Error "ref-too-large"
    Warning "reply-name"
    Error "request-key"
    Error "request-required"
    Error "reserved-input"
    Error "reserved-result"
    Error "resource-uri"
    Error "result-key"
    Error "result-required"
    Error "root-keyword"
    Error "root-schema"
    Error "rust-name"
    Error "spending"
    Error "tag"
    Error "task"
    Error "template-syntax"
    Warning "token-budget"
    Error "too-deep"
    Error "tool-name"
    Error "type-mismatch"
    Warning "undescribed-input"
    Error "unknown-effect"
    Error "unknown-function"
    Error "unknown-key"
    Error "unknown-keyword"
    Error "unknown-name"
    Error "unknown-set"
    Error "unknown-tool"
    Error "unreadable-file"
    Error "unsafe-retry"
    Warning "unused-allow"
    Warning "unused-file"
    Warning "unused-function"
    Error "unused-input"
    Warning "unused-set"
    Error "upload"
    Error "wrong-type"
    Error "yaml-syntax"
}
