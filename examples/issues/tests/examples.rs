//! The manifest's examples, run on the tools and functions of this product.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;

use issues_mcp::TABLE;
use rft_mcp_testing::{TestError, examples};

#[tokio::test]
async fn the_examples_of_the_manifest_hold() {
    let report = examples("manifest", TABLE).await.unwrap();
    assert!(report.holds(), "{report}");
    assert_eq!(report.to_string(), "4 examples hold, 0 do not");
}

/// The manifest, with other text in its tools.
async fn changed(changes: &[(&str, &str)]) -> Result<String, TestError> {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("tools")).unwrap();
    for name in ["server.yaml", "providers.yaml", "functions.yaml"] {
        fs::copy(format!("manifest/{name}"), dir.path().join(name)).unwrap();
    }
    let mut tools = fs::read_to_string("manifest/tools/issues.yaml").unwrap();
    for (from, to) in changes {
        assert!(tools.contains(from), "{from}");
        tools = tools.replace(from, to);
    }
    fs::write(dir.path().join("tools/issues.yaml"), tools).unwrap();
    let report = examples(dir.path(), TABLE).await?;
    assert!(!report.holds());
    Ok(report.to_string())
}

/// What a function makes, what a header carries and what an error says is seen by running it alone.
#[tokio::test]
async fn what_does_not_hold_is_told_at_its_line() {
    let report = changed(&[
        ("labels: [bug] }] }", "labels: [bug, red] }] }"),
        ("Bearer example-GITHUB_TOKEN", "Bearer other"),
        ("error: Not Found", "error: Gone"),
        ("result: { words: 3 }", "result: { words: 4 }"),
    ])
    .await
    .unwrap();
    let told = [
        "list_issues `open ones` does not hold\n  --> ",
        "tools/issues.yaml:31\n  GET /repos/me/mine/issues: header authorization: expected Bearer other, got Bearer example-GITHUB_TOKEN\n  result/issues/0/labels/1: expected \"red\", got nothing\n",
        "list_issues `a repository that is not there` does not hold\n",
        "\n  the error has no `Gone` in it: ",
        "count_words `three words` does not hold\n",
        "\n  result/words: expected 4, got 3\n",
        "\n1 example holds, 3 do not",
    ];
    for part in told {
        assert!(report.contains(part), "{part}\n{report}");
    }
}

/// An optional member that does not fit is left out of the result, and so of the example.
#[tokio::test]
async fn what_does_not_fit_is_left_out_of_an_example() {
    let reply = "html_url: \"https://issues.example/2\"";
    let whole = "result: { number: 2, url: \"https://issues.example/2\" }";
    let without = [(reply, "html_url: 7"), (whole, "result: { number: 2 }")];
    let report = changed(&[&without[..], &[("error: Not Found", "error: Gone")]].concat())
        .await
        .unwrap();
    assert!(report.contains("\n3 examples hold, 1 does not"), "{report}");
    let with = [
        (reply, "html_url: 7"),
        (whole, "result: { number: 2, url: 7 }"),
    ];
    let mistakes = changed(&with).await.unwrap_err().to_string();
    let said = "an optional member that does not fit is left out";
    assert!(mistakes.contains(said), "{mistakes}");
}

/// A tool that came after the build is told, and one without an example too.
#[tokio::test]
async fn a_tool_that_is_not_compiled_or_has_no_example_is_told() {
    let report = changed(&[
        ("count_words:\n  title", "count_them:\n  title"),
        ("with a label", "with a label # it has"),
    ])
    .await
    .unwrap();
    assert!(
        report.contains("count_them `three words` does not hold")
            && report.contains("the tool is not in this program: build it again"),
        "{report}"
    );
    let tools = fs::read_to_string("manifest/tools/issues.yaml").unwrap();
    let (_, created) = tools.split_once("    - name: with a label\n").unwrap();
    let (created, _) = created.split_once("\n\n").unwrap();
    let example = format!("  examples:\n    - name: with a label\n{created}\n");
    let report = changed(&[(&example, ""), ("error: Not Found", "error: Gone")])
        .await
        .unwrap();
    assert!(
        report.contains("\nwithout an example: create_issue\n2 examples hold, 1 does not"),
        "{report}"
    );
}

#[tokio::test]
async fn a_manifest_with_mistakes_is_not_run() {
    let mistake = changed(&[("effect: write", "effect: wild")]).await;
    let mistakes = mistake.unwrap_err().to_string();
    assert!(mistakes.contains("tools/issues.yaml:48:11"), "{mistakes}");
}
