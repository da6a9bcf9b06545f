//! Files that are no YAML: each is told at the place of its cause, with the help that fits it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{fs, path::Path};

use rft_mcp_codegen::{Diagnostic, check};

/// What is said first of how a file is written.
fn said(case: &str, text: &str) -> Diagnostic {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("syntax")
        .join(case);
    fs::create_dir_all(dir.join("tools")).unwrap();
    fs::write(dir.join("tools/t.yaml"), text).unwrap();
    let diagnostics = check(&dir).unwrap_err();
    let said = diagnostics
        .iter()
        .find(|said| matches!(said.code, "yaml-syntax" | "key-type"));
    said.unwrap().clone()
}

const CASES: &[(&str, &str, (usize, usize), &str)] = &[
    // Tabs: the place is the tab's, not that of the value before it.
    ("tab", "a:\n  b: 1\n\tc: 2\n", (3, 1), "indent with spaces"),
    (
        "tab-far",
        "a:\n  b: x\n\n\n  \tc: 2\n",
        (5, 3),
        "indent with spaces",
    ),
    ("tab-first", "a:\n\tb: 1\n", (2, 1), "indent with spaces"),
    (
        "tab-list",
        "a:\n- 1\n-\t- 2\n",
        (3, 2),
        "indent with spaces",
    ),
    (
        "tab-quoted",
        "a: \"x\n\ty\"\n",
        (2, 1),
        "indent with spaces",
    ),
    ("tab-block", "a: |\n\tx\n", (2, 1), "indent with spaces"),
    // Characters.
    (
        "nul",
        "a: x\0\n",
        (1, 5),
        "remove it; a text in double quotes may have it as `\\u0000`",
    ),
    ("delete", "a: x\u{7f}\n", (1, 5), "may have it as `\\u007F`"),
    (
        "mark",
        "a: 1\n\u{feff}b: 2\n",
        (2, 1),
        "at the start of the file only",
    ),
    // Quotes and brackets.
    (
        "quote",
        "a: \"x\nb: 2\n",
        (1, 4),
        "close the quote that opens here",
    ),
    (
        "quote-end",
        "a: 1\nb: 'x\n",
        (2, 4),
        "close the quote that opens here",
    ),
    (
        "quote-in",
        "a: 'it's'\n",
        (1, 8),
        "write `''` for a quote inside `'…'`",
    ),
    (
        "escape",
        "a: \"\\d\"\n",
        (1, 4),
        "write `\\\\` for a backslash",
    ),
    (
        "bracket",
        "a: [1, 2\nb: c\n",
        (2, 2),
        "close the bracket that opens at line 1, column 4",
    ),
    (
        "brace",
        "x: 1\na: { b: [1], c: 2\n",
        (3, 1),
        "close the bracket that opens at line 2, column 4",
    ),
    (
        "bracket-inner",
        "a: { b: x, y: [ }\n",
        (1, 17),
        "opens at line 1, column 15",
    ),
    (
        "bracket-more",
        "a: [1, 2]]\n",
        (1, 10),
        "remove it, or open it before",
    ),
    (
        "template",
        "a: {b} and y\n",
        (1, 8),
        "quote a text that begins with `{`",
    ),
    (
        "template-key",
        "a: {{x}}\n",
        (1, 5),
        "quote a value that begins with `{`",
    ),
    // Indentation.
    (
        "less",
        "a:\n    b: 1\n  c: 2\n",
        (3, 3),
        "indent it with as many spaces as",
    ),
    (
        "list-less",
        "a:\n  - 1\n - 2\n",
        (3, 2),
        "indent it with as many spaces as",
    ),
    (
        "more",
        "a: 1\n  b: 2\n",
        (2, 4),
        "line 1 has its value already",
    ),
    // Keys.
    (
        "no-colon",
        "a: 1\nb\nc: 2\n",
        (3, 1),
        "line 2 is no `key: value`: give `b` a `: `",
    ),
    (
        "no-space",
        "a:1\nb: 2\n",
        (2, 2),
        "line 1 is no `key: value`: give `a:1` a `: `",
    ),
    (
        "colon",
        "a: say this: that\n",
        (1, 12),
        "quote a text that has `: ` in it",
    ),
    (
        "list-beside",
        "a: - b\n",
        (1, 4),
        "put a list on lines of its own",
    ),
    // Characters that mean something at the start of a text.
    (
        "anchor",
        "a: *nope\n",
        (1, 4),
        "anchors and aliases are not read; quote a text that begins with `*`",
    ),
    (
        "star",
        "a: *\n",
        (1, 4),
        "quote a text that begins with `*` or `&`",
    ),
    (
        "at",
        "a: @b\n",
        (1, 4),
        "quote a text that begins with this character",
    ),
    (
        "tag",
        "a: !<b\n",
        (1, 4),
        "quote a text that begins with `!`",
    ),
    (
        "directive",
        "%b\na: 1\n",
        (2, 1),
        "remove the lines that begin with `%`",
    ),
    (
        "block",
        "a: |x\n  y\n",
        (1, 4),
        "the text begins on the next line",
    ),
    ("comment", "a: \"x\"#c\n", (1, 7), "put a space before `#`"),
];

#[test]
fn every_cause_has_its_place_and_its_help() {
    let mut wrong = Vec::new();
    for (test, text, place, help) in CASES {
        let said = said(test, text);
        let fits = said.help.as_deref().is_some_and(|said| said.contains(help));
        if (said.line, said.column) != *place || !fits {
            wrong.push(format!("{test}: {place:?}, {help}\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn nesting_has_its_own_help() {
    for (test, text) in [
        ("flow", format!("a: {}\n", "[".repeat(300))),
        (
            "block",
            (0..300).fold(String::new(), |text, depth| {
                text + &" ".repeat(depth) + "a:\n"
            }),
        ),
    ] {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("syntax-deep")
            .join(test);
        fs::create_dir_all(dir.join("tools")).unwrap();
        fs::write(dir.join("tools/t.yaml"), text).unwrap();
        let diagnostics = check(&dir).unwrap_err();
        let deep = diagnostics.iter().find(|said| said.code == "too-deep");
        let help = deep.and_then(|deep| deep.help.as_deref()).unwrap();
        assert!(help.contains("to a file of their own"), "{test}: {help}");
    }
}

/// However long a line is, what is around the place is shown, and the caret stands under it.
#[test]
fn an_excerpt_is_around_its_place() {
    for (test, before, after) in [
        ("short", 10, 10),
        ("column-5000", 5_000, 0),
        ("far", 20_000, 20_000),
        ("start", 0, 40_000),
        ("end", 40_000, 0),
    ] {
        let text = format!("a: \"{}\" @@{}\n", "ä".repeat(before), "ö".repeat(after));
        let said = said(test, &text);
        assert_eq!(said.column, before + 7, "{test}");
        let shown = said.to_string();
        let lines: Vec<&str> = shown.lines().collect();
        let [excerpt, carets] = lines.get(3..5).unwrap() else {
            panic!("{shown}")
        };
        assert!(excerpt.chars().count() < 200, "{shown}");
        let caret = carets.chars().position(|c| c == '^').unwrap();
        let pointed: String = excerpt.chars().skip(caret).take(2).collect();
        assert_eq!(pointed, "@@", "{test}:\n{shown}");
        assert_eq!(excerpt.contains("| …"), before > 1_000, "{shown}");
        assert_eq!(excerpt.ends_with('…'), after > 1_000, "{shown}");
    }
}

/// Characters that would reach the terminal of whoever reads it are shown as a mark.
#[test]
fn an_excerpt_has_no_control_characters() {
    let shown = said("control", "a: x\u{1b}[31m\n").to_string();
    assert!(shown.contains("| a: x\u{fffd}[31m\n"), "{shown}");
    // Nor has what is said of a name, which quotes it.
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("syntax/control-key");
    fs::create_dir_all(dir.join("tools")).unwrap();
    let text = "get_a:\n  \"x\\e[2J\\nerror\": 1\n";
    fs::write(dir.join("tools/t.yaml"), text).unwrap();
    let shown = check(&dir).unwrap_err().to_string();
    assert!(shown.contains("x\u{fffd}[2J\u{fffd}error"), "{shown}");
    assert!(!shown.contains('\u{1b}'), "{shown}");
}
