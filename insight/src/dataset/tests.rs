use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::Level;

const GOOD: &str = r#"{"messages":[{"role":"user","content":"hi"}],"answer":"4"}"#;

fn read_as(text: &[u8], limits: Limits, needed: Needed) -> Dataset {
    let mut check = Check::new(Part::Training, limits, needed);
    check.push(text);
    check.finish()
}

fn read(text: impl AsRef<[u8]>) -> Dataset {
    read_as(text.as_ref(), Limits::default(), Needed::default())
}

fn told(line: &str) -> (&'static str, Vec<u64>, String) {
    let dataset = read(format!("{GOOD}\n{line}\n"));
    let problem = dataset
        .problems
        .iter()
        .find(|problem| problem.level != Level::Note)
        .unwrap_or_else(|| panic!("nothing said of {line}"));
    (
        problem.code,
        problem.lines.clone(),
        format!("{}: {}", problem.message, problem.help),
    )
}

#[test]
fn every_rule_names_its_line_and_the_mend() {
    let user = json!({"role": "user", "content": "q"});
    for (line, code, words) in [
        ("{".to_owned(), "json", "one whole object a line"),
        (r#"{"messages":[{"role":"user","content":"x"}],"score":NaN}"#.to_owned(), "json", "no NaN"),
        ("{'a': 1}".to_owned(), "json", "double quotes"),
        ("[1]".to_owned(), "object", "a list, not a JSON object"),
        (json!({"answer": 1}).to_string(), "messages", "there is no `messages`"),
        (json!({"prompt": "x"}).to_string(), "messages", "`prompt` is not looked at"),
        (json!({"messages": []}).to_string(), "messages", "is empty"),
        (json!({"messages": "hi"}).to_string(), "messages", "is a text, not a list"),
        (json!({"messages": ["hi"]}).to_string(), "message", "message 1 is a text"),
        (json!({"messages": [{"role": "system", "content": "x"}, user]}).to_string(), "role", "`developer` instead"),
        (json!({"messages": [{"role": "robot", "content": "x"}, user]}).to_string(), "role", "developer, user, assistant, tool"),
        (json!({"messages": [{"content": "x"}, user]}).to_string(), "role", "has no role"),
        (json!({"messages": [{"role": "user", "content": 4}, user]}).to_string(), "content", "a number for content"),
        (json!({"messages": [{"role": "user"}, user]}).to_string(), "content", "no content"),
        (json!({"messages": [{"role": "user", "content": []}, user]}).to_string(), "content", "an empty list"),
        (json!({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]}).to_string(), "content", "only text"),
        (json!({"messages": [user, {"role": "assistant", "content": "a"}]}).to_string(), "last-message", "leave the assistant's out"),
        (json!({"messages": [user, {"role": "tool", "content": "a"}]}).to_string(), "last-message", "end the conversation"),
        (json!({"messages": [user], "tools": {}}).to_string(), "tools", "an object, not a list"),
        (json!({"messages": [user], "tools": [{"name": "f"}]}).to_string(), "tools", "no function with a name"),
        (json!({"messages": [{"role": "user", "content": " "}]}).to_string(), "empty-content", "says nothing"),
        (GOOD.to_owned(), "duplicate", "that of line 1"),
    ] {
        let (found, lines, text) = told(&line);
        assert_eq!((found, lines.as_slice()), (code, &[2][..]), "{line}: {text}");
        assert!(text.contains(words), "{line}: {text}");
    }
}

#[test]
fn what_the_api_takes_is_no_problem() {
    let tool = json!({"type": "function", "function": {"name": "f", "parameters": {}}});
    let line = json!({"messages": [
        {"role": "developer", "content": "d"},
        {"role": "user", "content": [{"type": "text", "text": "t"}]},
        {"role": "assistant", "content": null, "tool_calls": [{"id": "1"}]},
        {"role": "tool", "content": "r", "tool_call_id": "1"},
        {"role": "user", "content": "q"},
    ], "tools": [tool], "reference": {"a": [1]}});
    let dataset = read(format!("{line}\r\n"));
    assert_eq!(dataset.problems, []);
    assert_eq!((dataset.examples, dataset.valid, dataset.lines), (1, 1, 1));
}

#[test]
fn bytes_that_are_no_utf_8_are_placed() {
    let mut file = GOOD.as_bytes().to_vec();
    file.extend(b"\n{\"messages\": \"\xff\"}\n");
    let dataset = read(&file);
    assert_eq!(dataset.problems[0].code, "utf-8");
    assert_eq!(dataset.problems[0].lines, [2]);
    assert!(
        dataset.problems[0].message.contains("column 15"),
        "{:?}",
        dataset.problems[0]
    );
    let dataset = read(format!("\u{feff}{GOOD}"));
    assert_eq!(dataset.problems[0].code, "byte-order-mark");
    assert_eq!(dataset.examples, 1);
}

#[test]
fn many_problems_are_counted_and_few_are_named() {
    let dataset = read("{}\n".repeat(5_000));
    assert_eq!(dataset.problems.len(), 2, "{:?}", dataset.problems);
    let problem = &dataset.problems[0];
    assert_eq!(
        (problem.code, problem.count, problem.lines.len()),
        ("messages", 5_000, 10)
    );
    assert_eq!((dataset.examples, dataset.valid), (5_000, 0));
}

#[test]
fn what_differs_is_told_apart_under_one_code() {
    let lines = [
        json!({"messages": []}),
        json!({"messages": "text"}),
        json!({"messages": [{"role": "user", "content": 1}]}),
        json!({"messages": [{"role": "user"}]}),
        json!({"messages": [{"role": "assistant", "content": "a"}]}),
        json!({"messages": [{"role": "developer", "content": "a"}]}),
        json!({"messages": []}),
    ];
    let file: Vec<_> = lines.iter().map(ToString::to_string).collect();
    let dataset = read(file.join("\n"));
    let lines_of = |words: &str| {
        let mut problems = dataset.problems.iter();
        let found = problems.find(|problem| problem.message.contains(words));
        found.unwrap_or_else(|| panic!("{words}")).lines.clone()
    };
    assert_eq!(lines_of("`messages` is empty"), [1, 7]);
    assert_eq!(lines_of("`messages` is a text"), [2]);
    assert_eq!(lines_of("a number for content"), [3]);
    assert_eq!(lines_of("no content"), [4]);
    assert_eq!(lines_of("from assistant"), [5]);
    assert_eq!(lines_of("from developer"), [6]);
}

#[test]
fn keys_that_the_grader_needs_are_missed_line_by_line() {
    let path = |text: &str| text.split('.').map(str::to_owned).collect::<Vec<_>>();
    let needed = Needed::new([path("answer"), path("meta.tags.0"), path("answer")]);
    assert_eq!(needed.paths().len(), 2);
    let line = |rest: serde_json::Value| {
        let mut line = json!({"messages": [{"role": "user", "content": rest.to_string()}]});
        line.as_object_mut()
            .unwrap()
            .extend(rest.as_object().unwrap().clone());
        line.to_string()
    };
    let file = [
        line(json!({"answer": 1, "meta": {"tags": ["x"]}})),
        line(json!({"answer": null, "meta": {"tags": ["x"]}})),
        line(json!({"answer": 2, "meta": {"tags": []}})),
    ]
    .join("\n");
    let dataset = read_as(file.as_bytes(), Limits::default(), needed);
    let missing: Vec<_> = dataset
        .problems
        .iter()
        .filter(|problem| problem.code == "missing-key")
        .map(|problem| (problem.lines.as_slice(), problem.message.as_str()))
        .collect();
    assert_eq!(missing.len(), 2);
    assert_eq!(missing[0].0, [2]);
    assert!(
        missing[0].1.contains("{{ item.answer }}"),
        "{}",
        missing[0].1
    );
    assert_eq!(missing[1].0, [3]);
    assert_eq!(dataset.valid, 1);
}

#[test]
fn counts_and_sizes_of_a_provider_are_kept() {
    let mut limits = Limits {
        provider: "Example".to_owned(),
        min_examples: Some(2),
        max_examples: Some(3),
        max_bytes: Some(300),
        max_request_bytes: Some(250),
    };
    let file = |count: usize| {
        (0..count)
            .map(|index| GOOD.replace("hi", &format!("hi {index}")))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let codes = |count: usize| {
        let dataset = read_as(file(count).as_bytes(), limits.clone(), Needed::default());
        dataset
            .problems
            .iter()
            .map(|problem| problem.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(1), ["too-few"]);
    assert_eq!(codes(2), Vec::<&str>::new());
    assert_eq!(codes(3), Vec::<&str>::new());
    assert_eq!(codes(4), ["too-many"]);
    assert_eq!(codes(5), ["too-many", "too-large"]);
    // In parts a larger one is taken.
    limits.max_bytes = Some(10_000);
    let dataset = read_as(file(3).as_bytes(), limits.clone(), Needed::default());
    assert_eq!(dataset.problems, []);
    limits.max_request_bytes = Some(50);
    let dataset = read_as(file(3).as_bytes(), limits, Needed::default());
    assert!(dataset.is_valid());
    assert_eq!(
        (dataset.problems[0].code, dataset.problems[0].level),
        ("in-parts", Level::Note)
    );
    assert_eq!(read("\n \n").problems[0].code, "empty");
}

#[test]
fn the_same_conversation_in_both_files_is_found_however_it_is_written() {
    let training = read(format!("{GOOD}\n{}", GOOD.replace("hi", "ho")));
    let validation = read(
        "{\"answer\": 7, \"messages\": [ {\"content\": \"ho\", \"role\": \"user\"} ]}\n\
         {\"messages\": [{\"role\": \"developer\", \"content\": \"ho\"}, {\"role\": \"user\", \"content\": \"x\"}]}",
    );
    let overlap = training.overlap(&validation);
    assert_eq!(overlap.count, 1);
    assert_eq!(
        overlap.lines,
        [Shared {
            training: 2,
            validation: 1
        }]
    );
}

#[test]
fn keys_that_differ_from_line_to_line_are_told() {
    let file = format!(
        "{GOOD}\n{}\n{}",
        GOOD.replace("hi", "b").replace("\"4\"", "4"),
        GOOD.replace("hi", "c").replace("answer", "other")
    );
    let dataset = read(file);
    let of = |code: &str| {
        dataset
            .problems
            .iter()
            .find(|problem| problem.code == code)
            .unwrap()
    };
    assert_eq!(of("mixed-key").lines, [2]);
    assert!(
        of("mixed-key")
            .message
            .contains("a number 1 times, a text 1 times")
    );
    assert!(of("uneven-key").message.contains("2 of 3"));
    let many: Vec<String> = (0..300)
        .map(|index| {
            format!(
                "{{\"messages\":[{{\"role\":\"user\",\"content\":\"{index}\"}}],\"k{index}\":1}}\n"
            )
        })
        .collect();
    let dataset = read(many.concat());
    assert!(
        dataset
            .problems
            .iter()
            .any(|problem| problem.code == "many-keys")
    );
}

#[test]
fn a_line_of_many_megabytes_is_told_and_the_next_one_read() {
    let mut check = Check::new(Part::Training, Limits::default(), Needed::default());
    let chunk = vec![b'x'; 1 << 20];
    for _ in 0..40 {
        check.push(&chunk);
    }
    // What is held of it does not grow with the line.
    assert!(check.held() <= 32 << 20, "{}", check.held());
    check.push(b"\n");
    check.push(GOOD.as_bytes());
    let dataset = check.finish();
    assert_eq!(dataset.problems[0].code, "long-line");
    assert_eq!((dataset.examples, dataset.valid, dataset.lines), (2, 1, 2));
}

#[test]
fn tokens_are_estimated() {
    let line = |letters: usize| {
        json!({"messages": [{"role": "user", "content": "x".repeat(letters)}]}).to_string()
    };
    let file: Vec<String> = (1..=100).map(|index| line(index * 40)).collect();
    let dataset = read(file.join("\n"));
    let tokens = dataset.sizes.tokens().unwrap();
    assert_eq!(
        (tokens.median, tokens.p95, tokens.max, tokens.mean),
        (500, 950, 1000, 505)
    );
    assert_eq!(dataset.sizes.longest_line(), line(4000).len());
    assert!(read("").sizes.tokens().is_none());
}

proptest! {
    #[test]
    fn any_bytes_cut_anywhere_give_the_same(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0_usize..200) {
        let whole = read(&bytes);
        let mut check = Check::new(Part::Training, Limits::default(), Needed::default());
        let (head, tail) = bytes.split_at(cut.min(bytes.len()));
        check.push(head);
        check.push(tail);
        let parts = check.finish();
        prop_assert_eq!(&whole.problems, &parts.problems);
        prop_assert_eq!((whole.examples, whole.lines, whole.bytes), (parts.examples, parts.lines, parts.bytes));
    }
}
