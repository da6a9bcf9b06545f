//! Data in local files, under the files roots and nowhere else.

use std::{fs, path::PathBuf};

use rft_mcp_sandbox::{Scenario, TRAINING_FILE};
use serde_json::{Value, json};

use crate::{FAST, World, outcomes};

/// A directory of a test's own.
fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("paths")
        .join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A world with the example data in files.
async fn world(test: &str) -> (World, PathBuf) {
    let folder = folder(test);
    let (training, validation) = rft_mcp::examples();
    fs::write(folder.join("train.jsonl"), training).unwrap();
    fs::write(folder.join("valid.jsonl"), validation).unwrap();
    let roots = [folder.clone()];
    (
        World::with_files(Scenario::Healthy, FAST, &roots).await,
        folder,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn data_is_taken_by_path_wherever_it_is_taken() {
    let (world, folder) = world("taken").await;
    let absolute = folder.join("train.jsonl");
    let absolute = absolute.to_str().unwrap();
    let grader = rft_mcp::grader();
    let both =
        json!({"training_path": absolute, "validation_path": "valid.jsonl", "grader": grader});
    let by_id = json!({"training_file": TRAINING_FILE, "validation_file": "file-sandbox-valid", "grader": grader});
    // The provider is asked first: from then on every result says that it is a simulator.
    let report = world.call("validate_dataset", by_id).await;
    assert_eq!(report, world.call("validate_dataset", both.clone()).await);
    assert_eq!(report["training"]["examples"], 400);

    let lint = json!({"grader": grader, "training_path": "train.jsonl"});
    let lint = world.call("lint_grader", lint).await;
    assert_eq!(lint["valid"], true, "{lint:#}");
    let missed = json!({"grader": grader, "training_text": "{\"messages\":[]}"});
    assert_eq!(world.call("lint_grader", missed).await["valid"], false);

    let rows = json!({
        "grader": grader, "training_path": "train.jsonl", "rows": 3,
        "response_schema": rft_mcp::response_schema(),
    });
    let tried = world.call("calibrate_grader", rows).await;
    assert_eq!(tried["graded"], 3, "{tried:#}");

    let cost = json!({"training_path": "train.jsonl", "validation_path": "valid.jsonl"});
    let ids = json!({"training_file": TRAINING_FILE, "validation_file": "file-sandbox-valid"});
    assert_eq!(
        world.call("estimate_cost", cost).await,
        world.call("estimate_cost", ids).await
    );

    let mut launch = both;
    launch["response_schema"] = rft_mcp::response_schema();
    let report = world.call("preflight", launch.clone()).await;
    assert_eq!(report["ready"], true, "{report:#}");
    let mut small = launch;
    small["training_path"] = "small.jsonl".into();
    small["hyperparameters"] = json!({"batch_size": 3});
    let example =
        |word: &str| json!({"messages": [{"role": "user", "content": word}], "word": word});
    let lines = ["pear", "plum"].map(|word| example(word).to_string());
    fs::write(folder.join("small.jsonl"), lines.join("\n")).unwrap();
    let refused = world.call("preflight", small).await;
    assert_eq!(outcomes(&refused)["hyperparameters"], "fail", "{refused:#}");
    assert_eq!(outcomes(&report)["overlap"], "pass");
    let told = report["checks"].to_string();
    assert!(told.contains("upload it with upload_file"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_outside_of_the_roots_is_refused_by_every_tool() {
    let (world, folder) = world("refused").await;
    let secret = folder.parent().unwrap().join("secret.jsonl");
    fs::write(&secret, "{}\n").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&secret, folder.join("link.jsonl")).unwrap();
    let grader = rft_mcp::grader();
    for (path, words) in [
        ("../secret.jsonl", "outside of the directories"),
        (secret.to_str().unwrap(), "outside of the directories"),
        #[cfg(unix)]
        ("link.jsonl", "outside of the directories"),
        ("nothing.jsonl", "there is no file `nothing.jsonl`"),
        (".", "outside of the directories"),
    ] {
        for tool in [
            "validate_dataset",
            "lint_grader",
            "calibrate_grader",
            "estimate_cost",
        ] {
            let mut arguments = json!({"training_path": path});
            if tool.ends_with("grader") {
                arguments["grader"] = grader.clone();
            }
            let refused = world.refused(tool, arguments).await;
            assert!(refused.contains(words), "{tool} {path}: {refused}");
        }
        let launch =
            json!({"training_path": path, "validation_path": "valid.jsonl", "grader": grader});
        let report = world.call("preflight", launch).await;
        assert_eq!(outcomes(&report)["training_file"], "fail");
        assert!(report["checks"].to_string().contains(words), "{report:#}");
    }
    // And where no directory was given, there are no files.
    let bare = World::new(Scenario::Healthy, FAST).await;
    let absolute = folder.join("train.jsonl");
    let refused = bare
        .refused("validate_dataset", json!({"training_path": absolute}))
        .await;
    assert!(refused.contains("--files-root"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn data_is_given_in_one_way() {
    let (world, _) = world("one-way").await;
    let grader = rft_mcp::grader();
    let twice =
        json!({"training_file": TRAINING_FILE, "training_path": "train.jsonl", "grader": grader});
    for tool in ["validate_dataset", "lint_grader", "calibrate_grader"] {
        let refused = world.refused(tool, twice.clone()).await;
        assert!(refused.contains("give one of them"), "{tool}: {refused}");
    }
    let lacking = json!({"training_file": TRAINING_FILE, "grader": grader});
    let refused = world.refused("preflight", lacking).await;
    assert!(
        refused.contains("there is no validation data: give validation_file, or validation_path"),
        "{refused}"
    );
}

/// A line of a megabyte, bytes that are no UTF-8, a NUL, and a line that is not ended.
#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_file_is_told_line_by_line() {
    let (world, folder) = world("hostile").await;
    let line = |text: &str| json!({"messages": [{"role": "user", "content": text}], "word": "w"});
    let mut bytes = Vec::new();
    for part in [
        line("first").to_string().into_bytes(),
        line(&"long ".repeat(200_000)).to_string().into_bytes(),
        b"{\"messages\": [{\"role\": \"user\", \"content\": \"\xff\xfe\"}]}".to_vec(),
        b"\0\0".to_vec(),
        b"[1, NaN]".to_vec(),
        line("last").to_string().into_bytes(),
    ] {
        bytes.extend(part);
        bytes.push(b'\n');
    }
    bytes.pop();
    fs::write(folder.join("hostile.jsonl"), &bytes).unwrap();
    let report = world
        .call(
            "validate_dataset",
            json!({"training_path": "hostile.jsonl"}),
        )
        .await;
    let training = &report["training"];
    assert_eq!(
        (&training["lines"], &training["bytes"]),
        (&json!(6), &json!(bytes.len()))
    );
    assert_eq!(report["valid"], false);
    let lines: Vec<u64> = training["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["level"] == "error")
        .flat_map(|problem| problem["lines"].as_array().unwrap())
        .filter_map(Value::as_u64)
        .collect();
    for wrong in [3, 4, 5] {
        assert!(lines.contains(&wrong), "{report:#}");
    }
    for right in [1, 2, 6] {
        assert!(!lines.contains(&right), "{report:#}");
    }
}
