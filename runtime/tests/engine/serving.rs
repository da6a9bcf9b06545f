//! Which tools are served.

use rft_mcp_runtime::engine::{Engine, EngineError, Settings};
use serde_json::json;

use crate::fake::{Fake, failed, object};

fn names(engine: &Engine) -> Vec<&'static str> {
    engine.tools().map(|spec| spec.name).collect()
}

#[tokio::test]
async fn sets_provider_and_read_only_choose_the_tools_and_say_why() {
    let fake = Fake::start([]).await;
    let engine = fake.engine(&Settings::default());
    assert_eq!(
        names(&engine),
        ["read", "write", "launch", "delete", "both"]
    );
    let why = async |engine: &Engine, tool: &str| {
        failed(engine.call(tool, object(json!({"id": "1"}))).await.unwrap())
    };
    assert_eq!(
        why(&engine, "lacked").await,
        "Acme has no `lacked`: the providers that have it are other"
    );
    assert_eq!(
        why(&engine, "rare").await,
        "`rare` is not served: its sets are rare, choose one with --sets"
    );

    let engine = fake.engine(&Settings {
        read_only: true,
        ..Settings::default()
    });
    assert_eq!(names(&engine), ["read", "both"]);
    assert!(why(&engine, "launch").await.contains("read-only"));

    let engine = fake.engine(&Settings {
        sets: Some(vec!["rare".into()]),
        ..Settings::default()
    });
    assert_eq!(names(&engine), ["rare"]);
    assert!(fake.seen().is_empty());
}

#[tokio::test]
async fn an_unknown_set_is_refused_with_those_there_are() {
    let fake = Fake::start([]).await;
    let provider = rft_mcp_runtime::upstream::Provider::resolve(
        &crate::fake::TABLE.providers[1],
        Some(&fake.base),
        &|_| None,
    );
    let settings = Settings {
        sets: Some(vec!["al".into()]),
        ..Settings::default()
    };
    let error = Engine::new(&crate::fake::TABLE, provider.unwrap(), &settings).unwrap_err();
    assert_eq!(
        error,
        EngineError::UnknownSet {
            name: "al".into(),
            known: vec!["all", "rare", "own"]
        }
    );
}
