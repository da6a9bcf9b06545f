//! Creating, reading and listing jobs.

use rft_mcp_sandbox::Config;
use serde_json::{Value, json};

use crate::document::Document;
use crate::support::{Api, START, config, exact, pass, request, request_with};

fn ids(list: &Value) -> Vec<String> {
    let data = list["data"].as_array().unwrap().iter();
    data.map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_job_echoes_its_request() {
    let api = Api::new();
    let mut request = request();
    request["suffix"] = "mine".into();
    request["metadata"] = json!({"launch": "1"});
    request["integrations"] = json!([{"type": "wandb", "wandb": {"project": "p", "tags": ["t"]}}]);
    let format = json!({"type": "json_schema", "json_schema": {"name": "n", "strict": true, "schema": {"type": "object"}}});
    request["method"]["reinforcement"]["response_format"] = format.clone();
    let job = api.post("/fine_tuning/jobs", request.clone()).await.ok();
    for key in [
        "model",
        "training_file",
        "validation_file",
        "seed",
        "metadata",
    ] {
        assert_eq!(job[key], request[key], "{key}");
    }
    assert_eq!(job["created_at"], START);
    assert_eq!(job["user_provided_suffix"], "mine");
    assert_eq!(job["integrations"][0]["wandb"]["tags"], json!(["t"]));
    assert_eq!(job["integrations"][0]["wandb"]["name"], Value::Null);
    let method = &job["method"]["reinforcement"];
    assert_eq!(
        (&method["grader"], &method["response_format"]),
        (&exact(), &format)
    );
    assert_eq!(method["hyperparameters"]["eval_interval"], 2);
    assert_eq!(method["hyperparameters"]["batch_size"], "auto");
    // Once it runs, what was left to the provider is decided.
    let id = job["id"].as_str().unwrap();
    let job = api.until(id, "running").await;
    assert_eq!(
        job["method"]["reinforcement"]["hyperparameters"]["batch_size"],
        9
    );
}

#[tokio::test(start_paused = true)]
async fn a_job_has_no_fields_that_the_document_and_its_corrections_lack() {
    let api = Api::new();
    let job = api.post("/fine_tuning/jobs", request()).await.ok();
    let known = &Document::get().schemas["FineTuningJob"]["properties"];
    for key in job.as_object().unwrap().keys() {
        assert!(known.get(key).is_some(), "{key}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_form_of_auto_and_whole_numbers_is_accepted() {
    let api = Api::new();
    let hyperparameters = json!({
        "batch_size": "auto", "n_epochs": 2.0, "learning_rate_multiplier": 1, "compute_multiplier": null,
    });
    api.launch(request_with(exact(), hyperparameters)).await;
}

#[tokio::test(start_paused = true)]
async fn jobs_are_listed_newest_first_by_page_and_metadata() {
    let api = Api::new();
    let mut launched = Vec::new();
    for metadata in [
        json!({"k": "a", "x": "1"}),
        json!(null),
        json!({"k": "b & c"}),
        json!({}),
        json!({"k": "a"}),
    ] {
        let mut request = request();
        request["metadata"] = metadata;
        launched.push(api.launch(request).await);
        pass(1.0).await;
    }
    launched.reverse();
    let list = async |query: &str| api.get(&format!("/fine_tuning/jobs{query}")).await.ok();
    let all = list("").await;
    assert_eq!(
        (ids(&all), &all["has_more"]),
        (launched.clone(), &false.into())
    );
    let page = list("?limit=2").await;
    assert_eq!(
        (ids(&page), &page["has_more"]),
        (launched[..2].to_vec(), &true.into())
    );
    let page = list(&format!("?limit=3&after={}", launched[1])).await;
    assert_eq!(
        (ids(&page), &page["has_more"]),
        (launched[2..].to_vec(), &false.into())
    );

    let of = |numbers: &[usize]| {
        numbers
            .iter()
            .map(|n| launched[*n].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&list("?metadata[k]=a").await), of(&[0, 4]));
    assert_eq!(ids(&list("?metadata%5Bk%5D=b%20%26%20c").await), of(&[2]));
    assert_eq!(ids(&list("?metadata[k]=a&metadata[x]=1").await), of(&[4]));
    assert_eq!(ids(&list("?metadata=null").await), of(&[1, 3]));
    assert_eq!(ids(&list("?metadata[k]=none").await), of(&[]));
    assert_eq!(
        ids(&list(&format!("?metadata[k]=a&after={}", launched[0])).await),
        of(&[4])
    );
}

#[tokio::test(start_paused = true)]
async fn events_and_checkpoints_are_paged_newest_first() {
    let api = Api::new();
    let id = api.launch(request()).await;
    api.finish(&id).await;
    for what in ["events", "checkpoints"] {
        let path = format!("/fine_tuning/jobs/{id}/{what}");
        let whole = api.get(&format!("{path}?limit=1000")).await.ok();
        let mut paged = Vec::new();
        let mut query = "?limit=2".to_owned();
        loop {
            let page = api.get(&format!("{path}{query}")).await.ok();
            paged.extend(page["data"].as_array().unwrap().clone());
            if page["has_more"] == false {
                break;
            }
            query = format!(
                "?limit=2&after={}",
                paged.last().unwrap()["id"].as_str().unwrap()
            );
        }
        assert_eq!(&paged, whole["data"].as_array().unwrap(), "{what}");
        let times: Vec<i64> = paged
            .iter()
            .map(|item| item["created_at"].as_i64().unwrap())
            .collect();
        assert!(times.is_sorted_by(|a, b| a >= b), "{times:?}");
    }
    let events = api
        .get(&format!("/fine_tuning/jobs/{id}/events"))
        .await
        .ok();
    assert_eq!(events["data"].as_array().unwrap().len(), 20);
}

#[tokio::test(start_paused = true)]
async fn ids_look_like_the_real_ones() {
    let api = Api::new();
    let id = api.launch(request()).await;
    api.finish(&id).await;
    let form = |id: &str, prefix: &str, length: usize| {
        let rest = id.strip_prefix(prefix).unwrap();
        assert!(
            rest.len() == length && rest.chars().all(|c| c.is_ascii_alphanumeric()),
            "{id}"
        );
    };
    form(&id, "ftjob-", 24);
    form(
        api.events(&id).await[0]["id"].as_str().unwrap(),
        "ftevent-",
        24,
    );
    form(
        api.checkpoints(&id).await[0]["id"].as_str().unwrap(),
        "ftckpt_",
        24,
    );
    form(
        api.job(&id).await["result_files"][0].as_str().unwrap(),
        "file-",
        22,
    );
}

#[tokio::test(start_paused = true)]
async fn the_number_of_jobs_is_limited() {
    let api = Api::of(Config {
        job_limit: 2,
        ..config()
    });
    api.launch(request()).await;
    api.launch(request()).await;
    api.post("/fine_tuning/jobs", request())
        .await
        .refused(400, "sandbox_jobs_full", ());
}
