//! A manifest that says everything that could be markup, in every form.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use serde_json::from_value;

use super::*;

/// What would be markup, a cell, code or a quote, or end it.
const HOSTILE: &str = "<b>&amp;\"'`|\\";
/// The same as JSON has it.
const JSON: &str = r#"<b>&amp;\"'`|\\"#;
/// The same where a page for a browser has it.
const HTML: &str = "&lt;b&gt;&amp;amp;&quot;'`|\\";
const HTML_JSON: &str = r"&lt;b&gt;&amp;amp;\&quot;'`|\\";
/// The same on a line of a Markdown page, and as code there.
const LINE: &str = "&lt;b>&amp;amp;\"'\\`&#124;\\";
const CODE: &str = "<code>&#60;b&#62;&#38;amp&#59;&#34;&#39;&#96;&#124;&#92;</code>";

fn leaked<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn tool() -> Described {
    let title = leaked(format!("title {HOSTILE}"));
    let description = leaked(format!(
        "description {HOSTILE}\n\n# head {HOSTILE}\n\n```\nopen"
    ));
    let input = json!({
        "type": "object", "additionalProperties": false, "required": ["list"],
        "properties": {
            "list": { "type": "array", "description": format!("meaning {HOSTILE}\nmore"), "items": { "enum": [HOSTILE] } },
            HOSTILE: { "type": "object", "properties": { "in": { "const": HOSTILE } } },
        },
    });
    let example = |name: &str, more: Value| -> Example {
        let mut example =
            json!({ "tool": "hostile", "name": name, "input": { "list": [HOSTILE] } });
        let members = example.as_object_mut().unwrap();
        members.extend(more.as_object().unwrap().clone());
        from_value(example).unwrap()
    };
    let sent = json!([{ "method": "POST", "path": format!("/a/{HOSTILE}"), "query": { "q": HOSTILE }, "body": { "b": HOSTILE } }]);
    Described {
        spec: leaked(ToolSpec {
            name: "hostile",
            title,
            description,
            effect: Effect::Costly,
            sets: &["core", "jobs"],
            ..ToolSpec::PLAIN
        }),
        input,
        output: Some(
            json!({ "type": "object", "properties": { "out": { "type": "string", "description": HOSTILE } } }),
        ),
        examples: vec![
            example(
                &format!("works {HOSTILE}"),
                json!({ "requests": sent, "result": { "out": HOSTILE } }),
            ),
            example(
                "fails\nthere",
                json!({ "requests": sent, "error": format!("error {HOSTILE}") }),
            ),
            example("fails-there", json!({ "requests": [], "error": "refused" })),
            example(
                "fails there",
                json!({ "requests": sent, "result_has": { "out": HOSTILE } }),
            ),
            example(
                "fails:there",
                json!({ "provider": HOSTILE, "requests": sent, "result": { "out": "x" } }),
            ),
        ],
    }
}

#[test]
fn a_page_for_a_browser_has_no_markup_of_the_manifest() {
    let page = html::page(&[tool()]);
    assert!(!page.contains("<b>"), "{page}");
    let shown = [
        format!("<p class=\"title\">title {HTML}</p>\n<p>description {HTML}\n\n# head {HTML}"),
        format!(
            "<td><code>list</code></td><td>list of &quot;{HTML_JSON}&quot;</td><td>meaning {HTML}\nmore</td>"
        ),
        format!("<td><code>{HTML}</code></td><td>object</td><td></td>"),
        format!("<td><code>{HTML}.in</code></td><td>&quot;{HTML_JSON}&quot;</td>"),
        format!("<tr><td><code>out</code></td><td>string</td><td>{HTML}</td></tr>"),
        format!(
            "<h3>Example: works {HTML}</h3>\n<pre>{{ &quot;list&quot;: [&quot;{HTML_JSON}&quot;] }}</pre>\n<p>Sends</p>"
        ),
        format!(
            "<p><code>POST /a/{HTML}?q={HTML}</code></p>\n<pre>{{ &quot;b&quot;: &quot;{HTML_JSON}&quot; }}</pre>"
        ),
        format!("<p>Gives</p>\n<pre>{{ &quot;out&quot;: &quot;{HTML_JSON}&quot; }}</pre>"),
        format!(
            "<p>Gives, among others</p>\n<pre>{{ &quot;out&quot;: &quot;{HTML_JSON}&quot; }}</pre>"
        ),
        format!("<p>Fails, and says: error {HTML}</p>"),
        format!("<h3>Example: fails:there, on {HTML}</h3>"),
    ];
    for shown in shown {
        assert!(page.contains(&shown), "{shown}\n{page}");
    }
}

#[test]
fn a_markdown_page_keeps_its_lines_cells_and_code() {
    let page = markdown::page(&[tool()], false);
    let shown = [
        format!("\n| [`hostile`](#hostile) | costly | title {LINE} |\n"),
        "\n\ndescription &lt;b>&amp;amp;\"'\\`|\\\n\n\\# head &lt;b>&amp;amp;\"'\\`|\\\n\n```\nopen\n```\n\nEffect: costly. Sets: core, jobs."
            .to_owned(),
        format!("\n| `list` | list of {} | yes | meaning {LINE} more |\n", CODE.replace("&#34;", "&#92;&#34;").replace("<code>", "<code>&#34;").replace("&#92;</code>", "&#92;&#92;&#34;</code>")),
        format!("\n| {CODE} | object |  |  |\n"),
        format!("\n### Example: works {LINE}\n\n```json\n{{ \"list\": [\"{JSON}\"] }}\n```\n\nSends\n\n- <code>POST &#47;a&#47;&#60;b"),
        format!("```json\n{{ \"b\": \"{JSON}\" }}\n```\n"),
        format!("\nGives\n\n```json\n{{ \"out\": \"{JSON}\" }}\n```\n"),
        "\n### Example: fails there\n\n```json\n".to_owned(),
        format!("\nFails, and says: error {LINE}\n"),
        format!("\n### Example: fails:there, on {LINE}\n"),
    ];
    for shown in shown {
        assert!(page.contains(&shown), "{shown}\n{page}");
    }
    for row in page.lines().filter(|line| line.starts_with("| ")) {
        assert!([4, 5].contains(&row.matches('|').count()), "{row}");
    }
}

#[test]
fn an_openapi_document_has_tags_and_every_example_that_fits_a_schema() {
    let document = openapi::document(&[tool()]);
    let names: Vec<&Value> = document["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| &tag["name"])
        .collect();
    assert_eq!(names, ["core", "jobs"]);
    let operation = &document["paths"]["/tools/hostile"]["post"];
    assert_eq!(operation["tags"], json!(["core", "jobs"]));
    assert_eq!(operation["x-effect"], "costly");
    let values = |media: &Value| -> Vec<(String, Value)> {
        let all = media["content"]["application/json"]["examples"]
            .as_object()
            .unwrap();
        all.iter()
            .map(|(name, one)| (name.clone(), one["value"].clone()))
            .collect()
    };
    // What is refused before anything is sent is no input; a part of a result is no result. None hides another.
    let input = json!({ "list": [HOSTILE] });
    let works = "works--b--amp------";
    let inputs = [works, "fails-there", "fails-there-2", "fails-there-3"]
        .map(|name| (name.to_owned(), input.clone()));
    assert_eq!(values(&operation["requestBody"]), inputs);
    assert_eq!(
        values(&operation["responses"]["200"]),
        [
            (works.to_owned(), json!({ "out": HOSTILE })),
            ("fails-there".to_owned(), json!({ "out": "x" }))
        ]
    );
    let error = |text: &str| json!({ "error": format!("… {text} …") });
    assert_eq!(
        values(&operation["responses"]["default"]),
        [
            ("fails-there".to_owned(), error(&format!("error {HOSTILE}"))),
            ("fails-there-2".to_owned(), error("refused"))
        ]
    );
}

#[test]
fn the_list_has_sets_and_both_schemas() {
    let tool = tool();
    let (input, output) = (tool.input.clone(), tool.output.clone());
    let expected = json!({
        "name": "hostile", "title": format!("title {HOSTILE}"), "description": tool.description(),
        "sets": ["core", "jobs"], "inputSchema": input, "outputSchema": output,
    });
    let tools = [tool];
    assert_eq!(described(&tools, true), expected);
    assert_eq!(described(&tools, false), json!({ "tools": [expected] }));
}

/// What a schema asks for can be more than a machine has.
#[test]
fn a_made_up_input_is_short() {
    let schema = json!({
        "type": "object", "required": ["text", "list"],
        "properties": {
            "text": { "type": "string", "minLength": u64::MAX },
            "list": { "type": "array", "minItems": u64::MAX, "items": { "type": "string" } },
        },
    });
    let made = smallest::smallest(&schema);
    assert_eq!(made["text"].as_str().unwrap().chars().count(), 100);
    assert_eq!(made["list"].as_array().unwrap().len(), 100);
}
