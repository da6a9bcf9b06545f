//! The forms of diagnostics. `UPDATE_GOLDEN=1` writes what is expected.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::{collections::BTreeSet, fs, path::Path};

use rft_mcp_codegen::{Diagnostics, Format, RULES, compile};
use serde_json::Value;

const MANIFEST: &str = "tests/formats/mistaken";

/// Mistakes with and without a line, with letters and signs that need escaping.
fn mistaken() -> Diagnostics {
    compile(MANIFEST).unwrap_err()
}

fn warned() -> Diagnostics {
    compile("tests/formats/warned").unwrap().warnings
}

fn golden(name: &str, format: Format) -> String {
    let text = mistaken().render(format) + "\n" + &warned().render(format) + "\n";
    let path = format!("tests/formats/{name}");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap_or_default(),
        text,
        "{path}"
    );
    text
}

#[test]
fn human() {
    golden("human.txt", Format::Human);
}

#[test]
fn json() {
    golden("json.txt", Format::Json);
    let said: Value = serde_json::from_str(&mistaken().render(Format::Json)).unwrap();
    let all = said["diagnostics"].as_array().unwrap();
    assert_eq!(
        (said["errors"].as_u64(), said["warnings"].as_u64()),
        (Some(all.len() as u64), Some(0))
    );
}

/// One command a line, whatever is in the message: what a workflow would take for another is escaped.
#[test]
fn github() {
    let text = golden("github.txt", Format::Github);
    for line in text.lines() {
        let (properties, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        assert!(properties.starts_with("error file=") || properties.starts_with("warning file="));
        assert!(!message.is_empty());
    }
    assert!(text.contains("100%25"));
}

/// The standard's own JSON Schema (OASIS, as the npm package `@microsoft/jest-sarif` has it).
#[test]
fn sarif_fits_the_schema_of_the_standard() {
    let schema = fs::read_to_string("tests/formats/sarif-2.1.0-rtm.5.json").unwrap();
    let mut schema: Value = serde_json::from_str(&schema).unwrap();
    // Its pattern for languages, which nothing here has, is no regular expression.
    for part in ["run", "toolComponent"] {
        let place = format!("/definitions/{part}/properties/language");
        let language = schema.pointer_mut(&place).unwrap().as_object_mut();
        assert!(language.unwrap().remove("pattern").is_some());
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    for diagnostics in [mistaken(), warned(), Diagnostics::default()] {
        let log = serde_json::from_str(&diagnostics.render(Format::Sarif)).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&log)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}

/// What a schema can not say: rules that results lead to, levels, places.
#[test]
fn sarif() {
    for (diagnostics, level) in [(mistaken(), "error"), (warned(), "warning")] {
        let log: Value = serde_json::from_str(&diagnostics.render(Format::Sarif)).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let ids: BTreeSet<_> = rules
            .iter()
            .map(|rule| rule["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids.len(), RULES.len(), "ids are unique");
        for rule in rules {
            assert!(
                !rule["shortDescription"]["text"]
                    .as_str()
                    .unwrap()
                    .is_empty()
            );
            assert!(
                rule["help"]["text"]
                    .as_str()
                    .unwrap()
                    .contains("## Example")
            );
        }
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), diagnostics.iter().count());
        for (result, said) in results.iter().zip(&diagnostics) {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], said.code);
            assert_eq!(
                (&result["ruleId"], &result["level"]),
                (&said.code.into(), &level.into())
            );
            assert!(
                result["message"]["text"]
                    .as_str()
                    .unwrap()
                    .starts_with(&said.message)
            );
            let place = &result["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            assert!(uri.is_ascii() && uri.starts_with("tests/formats/"), "{uri}");
            if said.line == 0 {
                assert_eq!(place.get("region"), None);
            } else {
                assert_eq!(place["region"]["startLine"], said.line);
                assert_eq!(place["region"]["endColumn"], said.column + said.width);
            }
        }
    }
}

/// A manifest in a directory whose name has signs of its own, with a line that is cut, a tab, and a line end in a name.
fn odd() -> Diagnostics {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("odd: one, 50%");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("tools")).unwrap();
    let base = Path::new("tests/diagnostics/base");
    for file in ["server.yaml", "providers.yaml"] {
        fs::copy(base.join(file), dir.join(file)).unwrap();
    }
    let text = format!(
        "tabbed: {{ title: x,\todd_key: 1 }}\nfar: {{ title: \"{}\", wrong_key: 1, \"a\\rb\": 1, more: \"{}\" }}\n",
        "x".repeat(300),
        "y".repeat(300)
    );
    fs::write(dir.join("tools/odd.yaml"), text).unwrap();
    compile(&dir).unwrap_err()
}

#[test]
fn carets_stand_under_what_is_meant_in_a_line_that_is_cut() {
    let text = odd().render(Format::Human);
    let lines: Vec<&str> = text.lines().collect();
    let below = |part: &str, code: &str| {
        let at = lines.iter().position(|line| line.contains(code)).unwrap();
        let (excerpt, carets) = (lines[at + 3], lines[at + 4]);
        let place = excerpt.find(part).unwrap();
        // In characters, and tabs as they are: a terminal widens both alike.
        let indent: String = excerpt[..place]
            .chars()
            .map(|c| if c == '\t' { '\t' } else { ' ' })
            .collect();
        let indent = indent.replacen(|c: char| c.is_ascii_digit(), " ", 1);
        let pointed = carets.replacen('|', " ", 1);
        assert!(
            pointed.starts_with(&format!("{indent}^")),
            "{excerpt}\n{carets}"
        );
        excerpt.to_owned()
    };
    let cut = below("wrong_key", "has no key `wrong_key`");
    assert!(cut.contains("| …x") && cut.ends_with("y…"), "{cut}");
    assert!(cut.chars().count() < 180, "{cut}");
    below("odd_key", "has no key `odd_key`");
}

#[test]
fn signs_of_paths_and_messages_are_escaped() {
    let diagnostics = odd();
    let github = diagnostics.render(Format::Github);
    assert_eq!(github.lines().count(), diagnostics.iter().count());
    for line in github.lines() {
        assert!(
            line.contains("/odd%3A one%2C 50%25/tools/odd.yaml,"),
            "{line}"
        );
    }
    assert!(
        github.contains("`a%0Db`") && !github.contains('\r'),
        "{github}"
    );
    let log: Value = serde_json::from_str(&diagnostics.render(Format::Sarif)).unwrap();
    // The columns here are characters: the standard's usual is another.
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    let uri = place["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.starts_with("file:///"), "{uri}");
    assert!(
        uri.ends_with("/odd%3A%20one%2C%2050%25/tools/odd.yaml"),
        "{uri}"
    );
}
