use std::time::Duration;

use futures::FutureExt as _;
use rmcp::model::{InputResponses, TaskPayload, TaskStatus};
use serde_json::json;

use super::*;
use crate::{
    client::Question,
    server::tasks::{MOST, Tasks},
    tool::{Block, Effect, TaskSpec},
};

static SPEC: TaskSpec = TaskSpec {
    required: false,
    after_seconds: 0,
    ttl_seconds: 60,
    poll_seconds: 1,
};

fn owner(key: &str) -> Owner {
    Owner::with(key)
}

fn kept(tasks: &Tasks) -> Arc<Task> {
    kept_of(tasks, Effect::Read)
}

fn kept_of(tasks: &Tasks, effect: Effect) -> Arc<Task> {
    let task = tasks.begin(&SPEC, effect, owner("a")).unwrap();
    tasks.keep(&task);
    task
}

fn said(text: &str) -> Outcome {
    Outcome::Content(vec![Block::text(text)])
}

async fn end(task: &Task, calls: &Calls, call: impl Future<Output = Called> + Send + 'static) {
    run(MetaObject::default(), calls, task, call.boxed(), "look").await;
}

fn question() -> Question {
    Question::Elicit {
        message: "Name?".to_owned(),
        form: json!({"type": "object", "properties": {"n": {"type": "string"}}, "required": ["n"]}),
    }
}

#[tokio::test(start_paused = true)]
async fn a_task_has_the_result_of_its_call() {
    let tasks = Tasks::default();
    let task = kept(&tasks);
    assert_eq!(task.detailed().status(), TaskStatus::Working);
    let call = async {
        tokio::time::sleep(Duration::from_secs(30)).await;
        Ok(said("done"))
    };
    end(&task, &Calls::default(), call).await;
    let TaskPayload::Completed { result } = task.detailed().payload else {
        panic!("{:?}", task.detailed());
    };
    assert_eq!(result["content"][0]["text"], "done");
}

#[tokio::test(start_paused = true)]
async fn what_fails_in_a_tool_completes_and_what_panics_fails() {
    let tasks = Tasks::default();
    let (failing, panicking) = (kept(&tasks), kept(&tasks));
    let calls = Calls::default();
    end(&failing, &calls, async {
        Ok(Outcome::Failed("no".to_owned()))
    })
    .await;
    let TaskPayload::Completed { result } = failing.detailed().payload else {
        panic!("{:?}", failing.detailed());
    };
    assert_eq!(result["isError"], true);
    end(&panicking, &calls, async { panic!("a mistake") }).await;
    let TaskPayload::Failed { error } = panicking.detailed().payload else {
        panic!("{:?}", panicking.detailed());
    };
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("may have taken effect")
    );
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_task_stops_and_says_that_it_may_have_taken_effect() {
    let tasks = Tasks::default();
    let task = kept(&tasks);
    task.stop().cancel();
    end(&task, &Calls::default(), std::future::pending()).await;
    let shown = task.shown();
    assert_eq!(shown.status, TaskStatus::Cancelled);
    assert!(shown.status_message.unwrap().contains("look before"));
    // What was done by then was done.
    let done = kept(&tasks);
    done.stop().cancel();
    end(&done, &Calls::default(), async { Ok(said("done")) }).await;
    assert_eq!(done.shown().status, TaskStatus::Completed);
}

#[tokio::test(start_paused = true)]
async fn a_task_ends_with_the_server() {
    let tasks = Tasks::default();
    let task = kept(&tasks);
    let calls = Calls::default();
    calls.abort();
    end(&task, &calls, std::future::pending()).await;
    assert_eq!(task.shown().status, TaskStatus::Failed);
}

#[tokio::test(start_paused = true)]
async fn a_task_is_stopped_and_forgotten_when_its_time_is_over() {
    let tasks = Tasks::default();
    let task = kept(&tasks);
    let id = task.id().to_owned();
    assert!(tasks.find(&id, &owner("a")).is_ok());
    end(&task, &Calls::default(), std::future::pending()).await;
    assert_eq!(task.shown().status, TaskStatus::Cancelled);
    assert!(tasks.find(&id, &owner("a")).is_err());
}

/// What it did would be lost, and done again.
#[tokio::test(start_paused = true)]
async fn a_task_that_does_something_runs_to_its_end_and_is_kept_from_there() {
    for effect in [Effect::Write, Effect::Costly, Effect::Destructive] {
        let tasks = Tasks::default();
        let task = kept_of(&tasks, effect);
        let found = || tasks.find(task.id(), &owner("a"));
        let call = async {
            tokio::time::sleep(Duration::from_secs(600)).await;
            Ok(said("done"))
        };
        let calls = Calls::default();
        let mut running = Box::pin(end(&task, &calls, call));
        assert!((&mut running).now_or_never().is_none());
        tokio::time::advance(Duration::from_secs(500)).await;
        assert!((&mut running).now_or_never().is_none());
        let shown = found().unwrap().shown();
        assert_eq!((shown.status, shown.ttl_ms), (TaskStatus::Working, None));
        running.await;
        tokio::time::advance(Duration::from_secs(59)).await;
        let shown = found().unwrap().shown();
        assert_eq!(shown.status, TaskStatus::Completed);
        assert_eq!(shown.ttl_ms, Some(660_000));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(found().is_err());
    }
}

/// Else what runs to its end would have none when its client is gone.
#[tokio::test(start_paused = true)]
async fn a_question_is_not_asked_for_ever() {
    let tasks = Tasks::default();
    let task = kept_of(&tasks, Effect::Costly);
    let unanswered = task.ask("who", question()).await.unwrap_err();
    assert!(
        unanswered.starts_with("nobody answered within 60 seconds: call the tool again"),
        "{unanswered}"
    );
    assert_eq!(task.detailed().status(), TaskStatus::Working);
}

#[tokio::test(start_paused = true)]
async fn nobody_learns_whether_a_task_is_there_but_its_owner() {
    let tasks = Tasks::default();
    let task = kept(&tasks);
    let foreign = tasks.find(task.id(), &owner("b")).unwrap_err();
    let unknown = tasks.find("none", &owner("a")).unwrap_err();
    assert_eq!(foreign, unknown);
    assert_eq!(foreign.code, rmcp::model::ErrorCode::INVALID_PARAMS);
}

#[tokio::test(start_paused = true)]
async fn a_full_store_takes_tasks_again_when_some_are_forgotten() {
    let tasks = Tasks::default();
    for _ in 0..MOST {
        kept(&tasks);
    }
    assert!(tasks.begin(&SPEC, Effect::Read, owner("a")).is_none());
    tokio::time::advance(Duration::from_secs(61)).await;
    assert!(tasks.begin(&SPEC, Effect::Read, owner("a")).is_some());
}

#[tokio::test(start_paused = true)]
async fn questions_wait_for_answers_that_fit() {
    let tasks = Tasks::default();
    let task = kept(&tasks);
    let asking = Arc::clone(&task);
    let mut call = Box::pin(async move {
        let answers = tokio::join!(asking.ask("who", question()), asking.ask("who", question()));
        (answers.0.unwrap(), answers.1.unwrap())
    });
    assert!((&mut call).now_or_never().is_none());
    let asked = |task: &Task| match task.detailed().payload {
        TaskPayload::InputRequired { input_requests } => input_requests.into_keys().collect(),
        _ => Vec::new(),
    };
    assert_eq!(asked(&task), ["who", "who-2"]);
    let answer = |key: &str, name: serde_json::Value| {
        let value = json!({"action": "accept", "content": {"n": name}});
        tasks::answer(&task, InputResponses::from([(key.to_owned(), value)]))
    };
    assert!(
        answer("who", json!(1))
            .unwrap_err()
            .message
            .contains("`who`")
    );
    answer("nobody", json!("A")).unwrap();
    assert_eq!(asked(&task), ["who", "who-2"]);
    answer("who", json!("A")).unwrap();
    assert_eq!(asked(&task), ["who-2"]);
    answer("who-2", json!("B")).unwrap();
    let (first, second) = call.await;
    assert_eq!(first["content"]["n"], "A");
    assert_eq!(second["content"]["n"], "B");
    assert_eq!(task.detailed().status(), TaskStatus::Working);
}
