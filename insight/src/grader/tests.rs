use serde_json::json;

use super::*;
use crate::dataset::{Check as DataCheck, Limits, Part};

fn check(grader: &Value) -> Lint {
    lint(grader, &Against::default())
}

fn told(grader: &Value) -> Vec<(&'static str, String, String)> {
    check(grader)
        .problems
        .into_iter()
        .filter(|problem| problem.level != Level::Note)
        .map(|problem| {
            let text = format!("{}: {}", problem.message, problem.help);
            (problem.code, problem.at.unwrap_or_default(), text)
        })
        .collect()
}

fn string_check() -> Value {
    json!({"type": "string_check", "name": "s", "input": "{{ sample.output_text }}", "reference": "{{ item.answer }}", "operation": "eq"})
}

fn with(mut grader: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    grader.pointer_mut(parent).unwrap()[key] = value;
    grader
}

fn without(mut grader: Value, key: &str) -> Value {
    grader.as_object_mut().unwrap().shift_remove(key);
    grader
}

fn score_model() -> Value {
    json!({"type": "score_model", "name": "m", "model": "gpt-4o-2024-08-06", "range": [0, 5], "input": [
        {"role": "user", "content": "Score {{ sample.output_text }} against {{ item.answer }}"}
    ]})
}

fn python(source: &str) -> Value {
    json!({"type": "python", "name": "p", "source": source})
}

fn multi(formula: &str) -> Value {
    json!({"type": "multi", "name": "both", "graders": {"a": string_check(), "b": score_model()}, "calculate_output": formula})
}

#[test]
fn graders_that_are_right_are_left_alone() {
    for (grader, range) in [
        (string_check(), Some((0.0, 1.0))),
        (
            json!({"type": "text_similarity", "name": "t", "input": "{{ sample.output_json.a[0].b }}", "reference": "{{ item.a }}", "evaluation_metric": "rouge_l", "pass_threshold": 0.5}),
            Some((0.0, 1.0)),
        ),
        (score_model(), Some((0.0, 5.0))),
        (
            python(
                "import math\n\ndef grade(sample, item) -> float:\n    return len(sample[\"output_text\"]) / 10\n",
            ),
            None,
        ),
        (
            python("def grade(sample: dict[str, str], item: dict) -> float:\n    return 1\n"),
            None,
        ),
        (
            python("def grade(sample, item, **rest):\n    return 1\n"),
            None,
        ),
        (multi("0.5 * a + 0.1 * b"), Some((0.0, 1.0))),
        (
            json!({"type": "endpoint", "name": "e", "url": "https://example.com/grade"}),
            None,
        ),
        (
            json!({"type": "lambda", "lambda": {"function": "arn:aws:lambda:us-west-2:1:function:f"}}),
            None,
        ),
    ] {
        assert_eq!(told(&grader), [], "{grader}");
        assert_eq!(check(&grader).range, range, "{grader}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn every_mistake_is_told_at_its_place_with_its_mend() {
    let list = json!([string_check()]);
    for (grader, code, at, words) in [
        (json!("x"), "grader", "", "a text"),
        (json!({"name": "x"}), "type", "/type", "no `type`"),
        (
            json!({"type": "strng_check"}),
            "type",
            "/type",
            "did you mean `string_check`?",
        ),
        (
            json!({"type": "label_model"}),
            "type",
            "/type",
            "score_model gives a number",
        ),
        (json!({"type": "quantum"}), "type", "/type", "the types are"),
        (
            without(string_check(), "name"),
            "missing",
            "",
            "a name of your own",
        ),
        (
            without(string_check(), "reference"),
            "missing",
            "",
            "add `reference`, a text",
        ),
        (
            with(string_check(), "/operation", json!("equals")),
            "word",
            "/operation",
            "it is one of eq, ne, like, ilike",
        ),
        (
            with(string_check(), "/input", json!(4)),
            "wrong-type",
            "/input",
            "must be a text, not a number",
        ),
        (
            with(string_check(), "/input", json!(" ")),
            "wrong-type",
            "/input",
            "an empty one",
        ),
        (
            with(string_check(), "/refrence", json!("x")),
            "unknown",
            "/refrence",
            "did you mean `reference`?",
        ),
        (
            with(string_check(), "/expected", json!("x")),
            "unknown",
            "/expected",
            "it is called `reference`",
        ),
        (
            with(string_check(), "/pass_threshold", json!(2)),
            "threshold",
            "/pass_threshold",
            "between 0 and 1",
        ),
        (
            with(string_check(), "/input", json!("always")),
            "no-sample",
            "",
            "every answer gets the same reward",
        ),
        (
            with(string_check(), "/input", json!("{{ output_text }}")),
            "template",
            "/input",
            "the namespaces are item and sample",
        ),
        (
            with(
                string_check(),
                "/reference",
                json!("{{ reference.answer }}"),
            ),
            "template",
            "/reference",
            "{{ item.answer }}",
        ),
        (
            with(string_check(), "/reference", json!("{{ item.answer ")),
            "template",
            "/reference",
            "close it",
        ),
        (
            with(
                string_check(),
                "/reference",
                json!("{{ item.answer | upper }}"),
            ),
            "template",
            "/reference",
            "no filters",
        ),
        (
            with(string_check(), "/reference", json!("{item.answer}")),
            "braces",
            "/reference",
            "only `{{ … }}` is filled in",
        ),
        (
            with(string_check(), "/reference", json!("{{ sample.text }}")),
            "template",
            "/reference",
            "{{ sample.output_text }}",
        ),
        (
            with(score_model(), "/range", json!([1, 0])),
            "range",
            "/range",
            "the lower one first",
        ),
        (
            with(score_model(), "/range", json!([0, 1, 2])),
            "range",
            "/range",
            "a lower and a higher number",
        ),
        (
            with(score_model(), "/input", json!([])),
            "prompt",
            "/input",
            "no message",
        ),
        (
            with(score_model(), "/input/0/role", json!("bot")),
            "role",
            "/input/0/role",
            "system, developer, user, assistant",
        ),
        (
            with(score_model(), "/input", json!([{"role": "user"}])),
            "content",
            "/input/0/content",
            "no content",
        ),
        (
            with(score_model(), "/input/0/content", json!("Score it")),
            "no-sample",
            "",
            "where the answer goes",
        ),
        (
            with(score_model(), "/prompt", json!("x")),
            "unknown",
            "/prompt",
            "it is called `input`",
        ),
        (
            with(score_model(), "/sampling_params", json!({"max_tokens": 5})),
            "sampling",
            "/sampling_params/max_tokens",
            "max_completions_tokens",
        ),
        (
            python("def score(sample, item):\n    return 1"),
            "def-grade",
            "/source",
            "defines no function `grade`",
        ),
        (
            python("class A:\n    def grade(sample, item):\n        return 1"),
            "def-grade",
            "/source",
            "at the top level",
        ),
        (
            python("async def grade(sample, item):\n    return 1"),
            "def-grade",
            "/source",
            "async",
        ),
        (
            python("def grade(sample):\n    return 1"),
            "def-grade",
            "/source",
            "takes 1 parameters",
        ),
        (
            python("def grade(sample, item):\n    pass"),
            "def-grade",
            "/source",
            "returns nothing",
        ),
        (
            python("import requests\ndef grade(sample, item):\n    return 1"),
            "network",
            "/source",
            "`requests` needs the network",
        ),
        (
            python("from urllib.request import urlopen\ndef grade(sample, item):\n    return 1"),
            "network",
            "/source",
            "`urllib`",
        ),
        (
            python("def grade(sample, item):\n    return len(sample.output_text)"),
            "attribute",
            "/source",
            "sample[\"output_text\"]",
        ),
        (
            python(&format!(
                "def grade(sample, item):\n    return 1\n#{}",
                "x".repeat(256_000)
            )),
            "source-size",
            "/source",
            "256 kB",
        ),
        (
            with(multi("a"), "/graders", list),
            "graders",
            "/graders",
            "a map from names to graders",
        ),
        (
            with(multi("a"), "/graders", json!({})),
            "graders",
            "/graders",
            "is empty",
        ),
        (
            with(multi("a"), "/graders", string_check()),
            "graders",
            "/graders",
            "a single grader",
        ),
        (
            with(multi("a * b"), "/graders/a", multi("a")),
            "nested",
            "/graders/a",
            "can not hold another",
        ),
        (
            multi("a * b * c"),
            "formula-variable",
            "/calculate_output",
            "no grader is called `c`",
        ),
        (
            multi("a"),
            "unused-grader",
            "/graders/b",
            "does not use `b`",
        ),
        (
            multi("a ** b"),
            "formula",
            "/calculate_output",
            "a power is written with ^",
        ),
        (
            multi("a if b else 0"),
            "formula",
            "/calculate_output",
            "it is made of numbers",
        ),
        (
            multi("a > b"),
            "formula",
            "/calculate_output",
            "no comparisons",
        ),
        (
            multi("mean(a, b)"),
            "formula",
            "/calculate_output",
            "the functions are",
        ),
        (
            multi("a + b +"),
            "formula",
            "/calculate_output",
            "missing at its end",
        ),
        (
            multi("a / b"),
            "unbounded",
            "/calculate_output",
            "division by 0",
        ),
        (
            multi("0 * a + 0 * b"),
            "constant",
            "/calculate_output",
            "always 0",
        ),
        (
            json!({"type": "multi", "name": "x", "graders": {"a-b": string_check()}, "calculate_output": "1"}),
            "grader-name",
            "/graders/a-b",
            "letters, digits and _",
        ),
        (
            with(multi("a * b"), "/graders/a/pass_threshold", json!(0.5)),
            "threshold",
            "/graders/a/pass_threshold",
            "outermost",
        ),
        (
            with(multi("a * b"), "/graders/a/operation", json!("is")),
            "word",
            "/graders/a/operation",
            "one of",
        ),
        (
            json!({"type": "endpoint", "name": "e", "url": "http://x"}),
            "endpoint-url",
            "/url",
            "https",
        ),
        (
            json!({"type": "lambda", "lambda": {"function": "f"}}),
            "lambda-arn",
            "/lambda/function",
            "arn:aws:lambda",
        ),
    ] {
        let found = told(&grader);
        assert!(
            found
                .iter()
                .any(|(c, place, text)| (*c, place.as_str()) == (code, at) && text.contains(words)),
            "{grader}\nexpected {code} at {at} with {words:?}, found {found:#?}"
        );
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let grader = json!({"type": "multi", "name": "m", "graders": {
        "a": {"type": "string_check", "name": "a", "input": "{{ sample.output_text }}", "reference": "{{ x }}", "operation": "is"},
        "b": {"type": "python", "name": "b", "source": "x"},
    }, "calculate_output": "a + c"});
    let codes: Vec<_> = told(&grader).into_iter().map(|(code, ..)| code).collect();
    for code in [
        "template",
        "word",
        "def-grade",
        "formula-variable",
        "unused-grader",
    ] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    // What is not known of a formula with an unknown name is not told as well.
    assert!(!codes.contains(&"unbounded"), "{codes:?}");
    let alone = multi("a * b * c");
    assert_eq!(told(&alone).len(), 1, "{:?}", told(&alone));
}

#[test]
fn templates_are_held_against_the_data() {
    let mut data = DataCheck::new(Part::Training, Limits::default(), Needed::default());
    for (index, rest) in [r#""answer":1,"some":2"#, r#""answer":1"#]
        .iter()
        .enumerate()
    {
        data.push(
            format!("{{\"messages\":[{{\"role\":\"user\",\"content\":\"{index}\"}}],{rest}}}\n")
                .as_bytes(),
        );
    }
    let data = data.finish();
    let against = Against {
        data: Some((&data.keys, data.examples)),
        ..Against::default()
    };
    let told = |grader: &Value| {
        let problems = lint(grader, &against).problems;
        problems
            .into_iter()
            .map(|p| (p.level, format!("{}: {}", p.message, p.help)))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(&string_check()), []);
    let found = told(&with(
        string_check(),
        "/reference",
        json!("{{ item.anwser }}"),
    ));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].0 == Level::Error && found[0].1.contains("did you mean `item.answer`?"),
        "{found:?}"
    );
    let found = told(&with(
        string_check(),
        "/reference",
        json!("{{ item.some }}"),
    ));
    assert!(
        found[0].1.contains("`some` stands on 1 of 2 lines"),
        "{found:?}"
    );
    // It may be caught, so it is a warning.
    let found = told(&python(
        "def grade(sample, item):\n    return item['nothing'] + an_item['other']",
    ));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].0 == Level::Warning && found[0].1.contains("nothing"));
}

#[test]
fn needed_keys_are_those_of_all_templates() {
    let mut grader = multi("a * b");
    grader["graders"]["a"]["reference"] = json!("{{ item.x.y[2] }} {{ sample.output_json.z }}");
    let lint = check(&grader);
    assert_eq!(
        lint.needed.paths(),
        [
            vec!["x".to_owned(), "y".to_owned(), "2".to_owned()],
            vec!["answer".to_owned()]
        ]
    );
    assert!(lint.uses_output_json && lint.asks_model);
}

#[test]
fn answers_are_held_against_their_schema() {
    let schema = json!({"type": "object", "properties": {"word": {"type": "string"}}});
    let against = Against {
        response_schema: Some(&schema),
        ..Against::default()
    };
    let grader = |key: &str| {
        with(
            string_check(),
            "/input",
            json!(format!("{{{{ sample.output_json.{key} }}}}")),
        )
    };
    assert!(lint(&grader("word"), &against).problems.is_empty());
    let problems = lint(&grader("wrod"), &against).problems;
    assert_eq!(problems[0].code, "output-json");
    assert!(
        problems[0].help.contains("output_json.word"),
        "{problems:?}"
    );
}

#[test]
fn providers_take_some_types_only() {
    let types = ["lambda".to_owned()];
    let against = Against {
        provider: Some(("Amazon Bedrock", &types)),
        ..Against::default()
    };
    let problems = lint(&string_check(), &against).problems;
    assert_eq!(
        problems[0].message,
        "Amazon Bedrock takes no `string_check` grader"
    );
    assert_eq!(problems[0].help, "it takes lambda");
    let lambda =
        json!({"type": "lambda", "lambda": {"function": "arn:aws:lambda:us-west-2:1:function:f"}});
    assert!(lint(&lambda, &against).problems.is_empty());
}

#[test]
fn no_value_makes_it_panic() {
    for text in [
        "null",
        "[]",
        "{\"type\":\"multi\",\"graders\":{\"\":null},\"calculate_output\":[]}",
        "{\"type\":\"score_model\",\"input\":[[],null,{\"content\":[null]}]}",
        "{\"type\":\"lambda\",\"lambda\":7}",
    ] {
        let grader: Value = serde_json::from_str(text).unwrap();
        assert!(!check(&grader).is_valid(), "{text}");
    }
}
