//! The provider of the jobs that are watched.

use futures::future::BoxFuture;
use rft_mcp_monitors::Action;
use rft_mcp_runtime::{
    engine::{Context, Unlisted},
    tool::Effect,
    upstream::UpstreamError,
};
use rft_mcp_watches::{Launches, Look, Message, Provider, Trail, Trouble};
use serde_json::Value;

use crate::{
    knowledge,
    native::{Known, Reach, Run},
};

/// The provider of the jobs.
pub struct Jobs(pub Context);

impl Provider for Jobs {
    fn look<'a>(
        &'a self,
        job: &'a str,
        from: Option<&'a Trail>,
    ) -> BoxFuture<'a, Result<Look, Trouble>> {
        Box::pin(async move {
            let table =
                knowledge::metrics().map_err(|error| Trouble::Unknown(error.to_string()))?;
            let known = from.map(|trail| Known {
                event: &trail.event,
                series: &trail.series,
            });
            let run = Run::gather(&self.0, job, table, known)
                .await
                .map_err(|error| trouble(&error))?;
            let text = |event: &Value, key: &str| {
                let text = event.get(key).and_then(Value::as_str);
                text.unwrap_or_default().to_owned()
            };
            Ok(Look {
                status: run.status().to_owned(),
                complete: run.reach != Reach::Broken,
                whole: run.reach != Reach::Known,
                newest: run.newest.clone(),
                view: run.view(),
                spent: run.spent(),
                messages: run
                    .messages
                    .iter()
                    .map(|event| Message {
                        id: text(event, "id"),
                        text: text(event, "message"),
                    })
                    .collect(),
                series: run.series,
            })
        })
    }

    fn act<'a>(
        &'a self,
        watch: &'a str,
        job: &'a str,
        action: Action,
    ) -> BoxFuture<'a, Result<String, Trouble>> {
        Box::pin(async move {
            let verb = match action {
                Action::Pause => "pause",
                Action::Cancel => "cancel",
                Action::Notify => return Ok(String::new()),
            };
            let tool = format!("{verb}_job");
            let post = async |context: Context| {
                // As what costs money: never sent again by itself after a failure that does not say what happened.
                let path = ["fine_tuning", "jobs", job, verb];
                context.post(&path, None, Effect::Costly).await
            };
            let engine = &self.0.engine;
            let posted = engine.unasked(watch, &tool, &[("job_id", job)], post).await;
            // Nothing was sent, and that says nothing about the job: it is tried again for as long as it takes.
            let reply = posted.map_err(|refusal| Trouble::Unknown(refusal.0))?;
            let reply = reply.map_err(|error| trouble(&error))?;
            let status = reply.get("status").and_then(Value::as_str);
            Ok(status.unwrap_or("unknown").to_owned())
        })
    }
}

impl Launches for Jobs {
    fn find<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Option<String>, Trouble>> {
        Box::pin(async move {
            match self.0.started("start_job", token).await {
                Ok(job) => {
                    let id = job.as_ref().and_then(|job| job.get("id")?.as_str());
                    Ok(id.map(str::to_owned))
                }
                Err(Unlisted::Upstream(error)) => Err(trouble(&error)),
                // What was not seen may be older, or the only one.
                Err(why @ Unlisted::Broken(_)) => Err(Trouble::Unknown(why.to_string())),
            }
        })
    }
}

fn trouble(error: &UpstreamError) -> Trouble {
    let says = error.to_string();
    match error {
        UpstreamError::Status(status) => match status.status {
            404 => Trouble::Gone(says),
            429 => Trouble::Busy {
                says,
                retry_after: status.retry_after.map(|wait| wait.as_secs_f64()),
            },
            _ if !error.is_ambiguous() => Trouble::Refused(says),
            _ => Trouble::Unknown(says),
        },
        _ => Trouble::Unknown(says),
    }
}

#[cfg(test)]
mod tests {
    use rft_mcp_insight::metrics::Series;
    use rft_mcp_runtime::{
        engine::{Engine, Settings},
        upstream,
    };
    use rft_mcp_sandbox::{
        Config, Sandbox, TRAINING_FILE, VALIDATION_FILE,
        faults::{Dropped, Fault, Rule, StatusFault, True},
    };
    use serde_json::json;
    use tokio::net::TcpListener;

    use super::*;

    const PAUSE: &str = "POST /v1/fine_tuning/jobs/{id}/pause";
    const EVENTS: &str = "GET /v1/fine_tuning/jobs/{id}/events";

    /// A provider whose job runs, and its sandbox.
    async fn running() -> (Jobs, String, Sandbox) {
        running_at().await.0
    }

    /// The same, and its address.
    async fn running_at() -> ((Jobs, String, Sandbox), String) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = format!("http://{}/v1", listener.local_addr().unwrap());
        let sandbox = Sandbox::new(Config {
            speed: 5_000.0,
            ..Config::default()
        });
        tokio::spawn(sandbox.clone().serve(listener, std::future::pending()));
        let context = context(&base, &Settings::default());
        let body = json!({
            "model": "o4-mini-2025-04-16", "training_file": TRAINING_FILE, "validation_file": VALIDATION_FILE,
            "method": {"type": "reinforcement", "reinforcement": {
                "grader": {"type": "string_check", "name": "right", "input": "{{sample.output_text}}",
                    "reference": "{{item.answer}}", "operation": "eq"},
                "hyperparameters": {"n_epochs": 50, "batch_size": 1},
            }},
        });
        let path = ["fine_tuning", "jobs"];
        let job = context.post(&path, body, Effect::Costly).await.unwrap();
        let id = job["id"].as_str().unwrap().to_owned();
        let jobs = Jobs(context);
        while jobs.look(&id, None).await.unwrap().status != "running" {
            tokio::task::yield_now().await;
        }
        ((jobs, id, sandbox), base)
    }

    fn context(base: &str, settings: &Settings) -> Context {
        let mut providers = crate::TABLE.providers.iter();
        let spec = providers.find(|one| one.name == "sandbox").unwrap();
        let provider = upstream::Provider::resolve(spec, Some(base), &|_| None).unwrap();
        Context::new(Engine::new(crate::TABLE, provider, settings).unwrap())
    }

    fn fault(sandbox: &Sandbox, route: &str, fault: Fault) {
        let rule = Rule {
            route: route.to_owned(),
            count: 1_000,
            after: 0,
            fault,
        };
        sandbox.faults().clear();
        sandbox.faults().add(rule).unwrap();
    }

    fn hits(sandbox: &Sandbox) -> u64 {
        sandbox.faults().list()["data"][0]["hit"].as_u64().unwrap()
    }

    fn status(status: u16) -> Fault {
        Fault::Status(StatusFault {
            status,
            acted: false,
            later_ms: 0,
            headers: [("retry-after-ms".to_owned(), "1".to_owned())].into(),
            body: None,
        })
    }

    /// After these nobody knows what happened; so they are sent once, and looked for.
    #[tokio::test]
    async fn an_unknown_outcome_is_told_as_one_and_never_sent_again_here() {
        let (jobs, job, sandbox) = running().await;
        for unknown in [
            status(500),
            status(503),
            Fault::Drop {
                drop: Dropped::Before,
            },
        ] {
            fault(&sandbox, PAUSE, unknown);
            let trouble = jobs.act("watch-1", &job, Action::Pause).await.unwrap_err();
            assert!(matches!(trouble, Trouble::Unknown(_)), "{trouble:?}");
            assert_eq!(hits(&sandbox), 1);
        }
        // The answer is lost, and the pause is not.
        fault(&sandbox, PAUSE, Fault::Malformed { malformed: True });
        let trouble = jobs.act("watch-1", &job, Action::Pause).await.unwrap_err();
        assert!(matches!(trouble, Trouble::Unknown(_)), "{trouble:?}");
        let look = jobs.look(&job, None).await.unwrap();
        assert!(look.status.starts_with("paus"), "{}", look.status);
        assert!(
            look.messages
                .iter()
                .any(|message| message.text.contains("pausing"))
        );
    }

    #[tokio::test]
    async fn refusals_are_told_apart() {
        let (jobs, job, sandbox) = running().await;
        fault(&sandbox, PAUSE, status(429));
        let trouble = jobs.act("watch-1", &job, Action::Pause).await.unwrap_err();
        let Trouble::Busy { retry_after, .. } = trouble else {
            panic!("{trouble:?}")
        };
        assert_eq!(retry_after, Some(0.001), "what the provider asked for");
        fault(&sandbox, PAUSE, status(403));
        let trouble = jobs.act("watch-1", &job, Action::Pause).await.unwrap_err();
        assert!(matches!(trouble, Trouble::Refused(_)), "{trouble:?}");
        let trouble = jobs.look("ftjob-none", None).await.unwrap_err();
        assert!(matches!(trouble, Trouble::Gone(_)), "{trouble:?}");
        sandbox.faults().clear();
        assert_eq!(
            jobs.act("watch-1", &job, Action::Pause).await.unwrap(),
            "pausing"
        );
    }

    /// A server's own acts are logged as calls are, and none is sent that can not be.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn what_a_watch_does_is_in_the_audit_log() {
        let ((_, job, sandbox), base) = running_at().await;
        let logging = |path: &std::path::Path| {
            let settings = Settings {
                audit_log: Some(path.to_owned()),
                ..Settings::default()
            };
            Jobs(context(&base, &settings))
        };
        // A disk that is full before anything is sent.
        let full = logging(std::path::Path::new("/dev/full"));
        fault(&sandbox, PAUSE, status(403));
        let trouble = full.act("watch-1", &job, Action::Pause).await.unwrap_err();
        assert!(matches!(trouble, Trouble::Unknown(_)), "{trouble:?}");
        assert!(trouble.to_string().contains("audit log"), "{trouble}");
        assert_eq!(hits(&sandbox), 0, "nothing is sent unlogged");

        let path = std::env::temp_dir().join(format!("rft-mcp-audit-of-{job}"));
        let jobs = logging(&path);
        jobs.act("watch-1", &job, Action::Pause).await.unwrap_err();
        fault(&sandbox, PAUSE, status(500));
        jobs.act("watch-1", &job, Action::Pause).await.unwrap_err();
        sandbox.faults().clear();
        jobs.act("watch-1", &job, Action::Pause).await.unwrap();
        let log = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let lines: Vec<Value> = log
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let outcomes: Vec<_> = lines
            .iter()
            .filter_map(|line| line["outcome"].as_str())
            .collect();
        assert_eq!(outcomes, ["error", "ambiguous", "ok"], "{log}");
        assert_eq!(lines.len(), 6, "{log}");
        for line in &lines {
            assert_eq!(line["client"], "watch-1");
            assert_eq!(line["tool"], "pause_job");
        }
        assert_eq!(lines[0]["arguments"]["names"], json!(["job_id"]));
    }

    fn trail(event: &str, series: Series) -> Trail {
        Trail {
            event: event.to_owned(),
            message: None,
            names: ["train_reward".to_owned()].into(),
            series,
        }
    }

    fn page(events: &[Value], has_more: bool) -> Fault {
        Fault::Status(StatusFault {
            status: 200,
            acted: false,
            later_ms: 0,
            headers: [].into(),
            body: Some(json!({ "object": "list", "data": events, "has_more": has_more })),
        })
    }

    /// The event of a step, told at this time.
    fn step(step: u64, at: u64) -> Value {
        json!({
            "id": format!("ftevent-{step}"), "created_at": at, "type": "metrics",
            "data": { "step": step, "train_reward_mean": 0.5 },
        })
    }

    fn steps(look: &Look) -> Vec<u64> {
        look.series.steps.iter().map(|step| step.step).collect()
    }

    #[tokio::test]
    async fn a_look_goes_on_from_where_the_one_before_ended() {
        let (jobs, job, sandbox) = running().await;
        let events: Vec<Value> = (1..=9).rev().map(|at| step(at, at)).collect();
        fault(&sandbox, EVENTS, page(&events[4..], false));
        let first = jobs.look(&job, None).await.unwrap();
        assert!(first.whole && first.complete);
        assert_eq!(
            (steps(&first), first.newest.as_deref()),
            (vec![1, 2, 3, 4, 5], Some("ftevent-5"))
        );
        let trail = trail("ftevent-5", first.series);
        // The page after would be read, if it were asked for, and has no end.
        fault(&sandbox, EVENTS, page(&events[..5], true));
        let next = jobs.look(&job, Some(&trail)).await.unwrap();
        assert!(!next.whole && next.complete);
        assert_eq!(hits(&sandbox), 1);
        assert_eq!(
            (steps(&next), next.newest.as_deref()),
            ((1..=9).collect(), Some("ftevent-9"))
        );
        // Without what is known there is more to read, and that page is not it.
        fault(&sandbox, EVENTS, page(&events[..4], true));
        let cut = jobs.look(&job, Some(&trail)).await.unwrap();
        assert!(!cut.complete);
    }

    #[tokio::test]
    async fn what_came_late_is_read_where_it_is_near_and_no_order_is_trusted_that_is_none() {
        let (jobs, job, sandbox) = running().await;
        let read = |events: Vec<Value>| {
            fault(&sandbox, EVENTS, page(&events, false));
            let first = step(1, 1);
            let known = crate::knowledge::metrics().unwrap();
            let mut collector = rft_mcp_insight::metrics::Collector::new(known);
            collector.event(&first);
            let trail = trail("ftevent-1", collector.finish());
            let (jobs, job) = (&jobs, &job);
            async move { jobs.look(job, Some(&trail)).await.unwrap() }
        };
        // Late, behind the newest that was known, and twice.
        let late = read(vec![
            step(4, 4),
            step(4, 4),
            step(1, 1),
            step(2, 1),
            step(3, 0),
        ])
        .await;
        assert_eq!((steps(&late), late.whole), (vec![1, 2, 3, 4], false));
        // The oldest first, mixed, without times: such a list is read to its end.
        let mut timeless = step(2, 2);
        timeless["created_at"] = Value::Null;
        for events in [
            vec![step(1, 1), step(2, 2), step(3, 3)],
            vec![step(3, 3), step(1, 1), step(2, 2)],
            vec![timeless, step(1, 1), step(3, 1)],
        ] {
            let look = read(events.clone()).await;
            assert!(look.whole && look.complete, "{events:?}");
            assert_eq!(steps(&look).len(), 3, "{events:?}");
        }
        // One that the provider has no more is looked for to the end.
        let gone = read(vec![step(3, 3), step(2, 2)]).await;
        assert!(gone.whole && gone.complete);
        assert_eq!(steps(&gone), [2, 3]);
    }

    #[tokio::test]
    async fn events_that_were_not_read_to_the_end_are_not_whole() {
        let (jobs, job, sandbox) = running().await;
        assert!(jobs.look(&job, None).await.unwrap().complete);
        let page = |body: Value| {
            Fault::Status(StatusFault {
                status: 200,
                acted: false,
                later_ms: 0,
                headers: [].into(),
                body: Some(body),
            })
        };
        let event = json!({ "id": "ftevent-1", "type": "message", "message": "x" });
        for cut in [
            // A cursor that stands still, none at all, and no list.
            json!({ "data": [event], "has_more": true }),
            json!({ "data": [], "has_more": true }),
            json!({ "object": "list" }),
        ] {
            fault(&sandbox, EVENTS, page(cut.clone()));
            let look = jobs.look(&job, None).await.unwrap();
            assert!(!look.complete, "{cut}");
            assert_eq!(look.newest, None, "nothing goes on from there");
            let trail = trail("ftevent-0", Series::default());
            let look = jobs.look(&job, Some(&trail)).await.unwrap();
            assert!(!look.complete, "{cut}");
        }
        fault(&sandbox, EVENTS, status(500));
        let trouble = jobs.look(&job, None).await.unwrap_err();
        assert!(matches!(trouble, Trouble::Unknown(_)), "{trouble:?}");
    }
}
