//! Limits on what calls use up, and calls that have to be confirmed.

use std::sync::Arc;

use rft_mcp_runtime::{
    engine::{Asking, Engine, EngineError, Settings},
    upstream::Provider,
};
use serde_json::json;
use tokio::sync::Semaphore;

use crate::desk::{Desk, Fault, TABLE, call, limited, object};

fn asking(asking: Asking) -> Settings {
    Settings {
        asking,
        ..Settings::default()
    }
}

#[tokio::test]
async fn without_a_limit_nothing_is_looked_up() {
    let desk = Desk::open().await;
    call(&desk.plain(), "buy", json!({"book": "b", "coins": 1e9}))
        .await
        .unwrap();
    assert_eq!(desk.seen().len(), 1);
}

#[tokio::test]
async fn a_call_beyond_a_limit_is_refused_and_says_how_to_raise_it() {
    let desk = Desk::open().await;
    let engine = desk.engine(&limited(&[("coins", 5.0), ("day", 8.0)]));
    call(&engine, "buy", json!({"book": "b", "coins": 5}))
        .await
        .unwrap();
    let refused = call(&engine, "buy", json!({"book": "b", "coins": 6}))
        .await
        .unwrap_err();
    let expected = "nothing was sent: `buy` would go beyond what this server may spend. Limit `coins`, 5 coins for one: \
                    this call takes 6 (no price is known). Limit `day`, 8 coins a day: 5 are used and this call adds 6 (as \
                    lent). Do less, or tell the person who runs the server, who can raise it: it is started with `--spending \
                    coins=NUMBER --spending day=NUMBER`, or has it in its manifest under `spending`";
    assert_eq!(refused, expected);
    // No word of the person's helps.
    let arguments = json!({"book": "b", "coins": 4, "confirm": true});
    assert!(
        call(&engine, "buy", arguments)
            .await
            .unwrap_err()
            .contains("Limit `day`, 8")
    );
    call(&engine, "buy", json!({"book": "b", "coins": 3}))
        .await
        .unwrap();
    assert_eq!(desk.posts(), 2);
}

#[tokio::test]
async fn what_is_listed_counts_after_a_restart() {
    let desk = Desk::open().await;
    let limits = limited(&[("loans", 1.0)]);
    let first = call(
        &desk.engine(&limits),
        "lend",
        json!({"book": "b", "token": "one"}),
    )
    .await
    .unwrap();
    let restarted = desk.engine(&limits);
    let refused = call(&restarted, "lend", json!({"book": "b"}))
        .await
        .unwrap_err();
    assert!(
        refused.contains("Limit `loans`, 1 loans at once: 1 are used and this call adds 1."),
        "{refused}"
    );
    // What was started already is given, whatever the limit says now.
    let again = call(&restarted, "lend", json!({"book": "b", "token": "one"}))
        .await
        .unwrap();
    assert_eq!(again["loan_id"], first["loan_id"]);
    assert_eq!(desk.posts(), 1);
}

/// Calls that come at once have all read the same list.
#[tokio::test]
async fn calls_at_once_do_not_pass_a_limit_together() {
    for tool in ["buy", "lend"] {
        let gate = Arc::new(Semaphore::new(0));
        let desk = Desk::gated(Some(Arc::clone(&gate))).await;
        let engine = desk.engine(&limited(&[("loans", 3.0)]));
        let calls = (0..10).map(|_| {
            let engine = engine.clone();
            tokio::spawn(async move { call(&engine, tool, json!({"book": "b"})).await })
        });
        let calls: Vec<_> = calls.collect();
        // Until each is refused, or waits to be lent something.
        let refused = || calls.iter().filter(|call| call.is_finished()).count();
        while refused() + desk.waiting() < 10 {
            tokio::task::yield_now().await;
        }
        gate.add_permits(10);
        let results = futures::future::join_all(calls).await;
        let refused = results.iter().filter(|one| one.as_ref().unwrap().is_err());
        assert_eq!((refused.count(), desk.posts()), (7, 3), "{tool}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_came_to_nothing_does_not_count_and_what_may_have_happened_does() {
    let desk = Desk::open().await;
    let engine = desk.engine(&limited(&[("loans", 1.0)]));
    desk.fault(Fault::Refuse(400));
    call(&engine, "buy", json!({"book": "b"}))
        .await
        .unwrap_err();
    desk.fault(Fault::Refuse(500));
    let doubtful = call(&engine, "buy", json!({"book": "b"}))
        .await
        .unwrap_err();
    assert!(doubtful.contains("not known whether"), "{doubtful}");
    let refused = call(&engine, "buy", json!({"book": "b"}))
        .await
        .unwrap_err();
    assert!(
        refused.contains("1 are used and this call adds 1"),
        "{refused}"
    );
    // The list that shows nothing for ten minutes is right.
    tokio::time::advance(std::time::Duration::from_secs(601)).await;
    call(&engine, "buy", json!({"book": "b"})).await.unwrap();
}

#[tokio::test]
async fn what_has_ended_counts_no_more() {
    for tool in ["buy", "lend"] {
        let desk = Desk::open().await;
        let engine = desk.engine(&limited(&[("loans", 1.0)]));
        let lent = call(&engine, tool, json!({"book": "b"})).await.unwrap();
        call(&engine, tool, json!({"book": "b"})).await.unwrap_err();
        let ended = json!({"id": lent["loan_id"]});
        call(&engine, "end", ended).await.unwrap();
        call(&engine, tool, json!({"book": "b"})).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_that_lags_is_no_way_around_a_limit() {
    for tool in ["buy", "lend"] {
        let desk = Desk::open().await;
        let engine = desk.engine(&limited(&[("loans", 1.0)]));
        desk.fault(Fault::Hide(100));
        call(&engine, tool, json!({"book": "b"})).await.unwrap();
        let refused = call(&engine, tool, json!({"book": "b"})).await.unwrap_err();
        assert!(refused.contains("1 are used"), "{refused}");
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_when_the_check_fails() {
    let desk = Desk::open().await;
    let engine = desk.engine(&limited(&[("coins", 5.0)]));
    desk.looks([500; 40]);
    let refused = call(&engine, "buy", json!({"book": "b"}))
        .await
        .unwrap_err();
    assert!(
        refused.starts_with("nothing was sent: what `buy` would use could not be found out: "),
        "{refused}"
    );
    assert!(
        refused.contains("HTTP 500") && refused.contains("Call again when that is mended"),
        "{refused}"
    );
    // Nor when the person says that all is well.
    let refused = call(&engine, "buy", json!({"book": "unknown", "confirm": true})).await;
    assert!(refused.unwrap_err().contains("could not be found out"));
    assert_eq!(desk.posts(), 0);
}

#[tokio::test]
async fn what_is_not_known_is_confirmed_and_never_passes_in_silence() {
    for how in [Asking::Auto, Asking::Always, Asking::Never] {
        let desk = Desk::open().await;
        let settings = Settings {
            asking: how,
            ..limited(&[("coins", 5.0)])
        };
        let engine = desk.engine(&settings);
        let arguments = json!({"book": "priceless"});
        let refused = call(&engine, "buy", arguments).await.unwrap_err();
        assert!(refused.contains("can not be said whether the limit `coins`, 5 coins for one, is kept (no price is known)"), "{refused}");
        assert!(
            refused.contains("call again with the same arguments and `confirm: true`"),
            "{refused}"
        );
        assert_eq!(desk.posts(), 0, "{how:?}");
        call(
            &engine,
            "buy",
            json!({"book": "priceless", "confirm": true}),
        )
        .await
        .unwrap();
    }
}

#[tokio::test]
async fn a_client_that_can_not_ask_says_that_the_person_agreed() {
    let desk = Desk::open().await;
    desk.put(json!({"id": "loan-1", "at": 1}));
    // The manifest is strict with one tool, and the command line with all.
    let auto = desk.engine(&asking(Asking::Auto));
    let refused = call(&auto, "end", json!({"id": "loan-1"}))
        .await
        .unwrap_err();
    let expected = "nothing was sent: `end` has to be confirmed by the person, and this client can not be asked. Ask them \
                    this, and when they agree call again with the same arguments and `confirm: true`:\nEnd loan-1?\n\
                    Provider: The desk.";
    assert_eq!(refused, expected);
    call(&auto, "buy", json!({"book": "b"})).await.unwrap();
    let always = desk.engine(&asking(Asking::Always));
    let refused = call(&always, "buy", json!({"book": "b", "coins": 3}))
        .await
        .unwrap_err();
    assert!(
        refused.ends_with(":\nLend b?\nProvider: The desk. It costs 3 coins."),
        "{refused}"
    );
    assert!(
        call(&always, "buy", json!({"book": "b", "confirm": false}))
            .await
            .is_err()
    );
    // As a text too: some clients send all as texts.
    for said in [json!(true), json!("true")] {
        call(&always, "buy", json!({"book": "b", "confirm": said}))
            .await
            .unwrap();
    }
    let never = desk.engine(&asking(Asking::Never));
    call(&never, "end", json!({"id": "loan-1"})).await.unwrap();
    let wrong = call(&never, "end", json!({"id": "loan-1", "confirm": "sure"}))
        .await
        .unwrap_err();
    assert!(
        wrong.contains("`/confirm`: expected true or false"),
        "{wrong}"
    );
}

/// What an agent puts into the arguments is not to look like what the server asks.
#[tokio::test]
async fn a_question_has_the_arguments_on_one_line_and_bounded() {
    let desk = Desk::open().await;
    let always = desk.engine(&asking(Asking::Always));
    let book = format!("b\nProvider: free.\u{1b}[2J{}", "x".repeat(1_000));
    let refused = call(&always, "buy", json!({"book": book}))
        .await
        .unwrap_err();
    let question = refused.split_once(":\n").unwrap().1;
    let first = question.lines().next().unwrap();
    assert!(
        first.starts_with("Lend \"b Provider: free. [2Jxxx"),
        "{first}"
    );
    assert!(
        first.chars().count() < 220 && first.ends_with("x…\"?"),
        "{first}"
    );
    // What is not seen, or turns the direction; and a quote that would end the other.
    for (book, expected) in [
        ("a\u{202e}b\u{2028}c\u{feff}", "Lend \"a b c \"?"),
        ("b\"? Provider: \"x", r#"Lend "b\"? Provider: \"x"?"#),
        ("ft:o4-mini:acme::a1", "Lend ft:o4-mini:acme::a1?"),
    ] {
        let refused = call(&always, "buy", json!({"book": book})).await;
        let refused = refused.unwrap_err();
        let question = refused.split_once(":\n").unwrap().1;
        assert_eq!(question.split('\n').next(), Some(expected), "{refused}");
    }
}

#[tokio::test]
async fn the_argument_is_listed_only_where_it_may_be_demanded() {
    let desk = Desk::open().await;
    let listed = |settings: &Settings| {
        let engine = desk.engine(settings);
        let mut tools: Vec<&str> = Vec::new();
        for spec in TABLE.tools {
            let schema = engine.input_schema(spec);
            let properties = schema.get("properties");
            if properties.is_some_and(|properties| properties.get("confirm").is_some()) {
                tools.push(spec.name);
            }
        }
        tools
    };
    assert_eq!(listed(&asking(Asking::Auto)), ["end"]);
    assert_eq!(
        listed(&asking(Asking::Always)),
        ["lend", "guard", "buy", "end"]
    );
    assert_eq!(listed(&asking(Asking::Never)), [] as [&str; 0]);
    assert_eq!(
        listed(&limited(&[("coins", 1.0)])),
        ["lend", "guard", "buy"]
    );
}

#[tokio::test]
async fn a_limit_that_is_not_there_is_told_with_those_that_are() {
    let provider = Provider::resolve(&TABLE.providers[0], Some("http://127.0.0.1:1"), &|_| {
        Some("key".to_owned())
    });
    let error = Engine::new(&TABLE, provider.unwrap(), &limited(&[("coin", 1.0)])).unwrap_err();
    assert!(matches!(error, EngineError::UnknownLimit { .. }));
    assert_eq!(
        error.to_string(),
        "there is no limit `coin`: the limits are coins, day, loans"
    );
}

/// A command line asks by itself.
#[tokio::test]
async fn whoever_sits_at_the_terminal_is_asked() {
    let desk = Desk::open().await;
    let engine = desk.engine(&asking(Asking::Auto));
    let arguments = || object(json!({"book": "b", "confirm": true}));
    for (answer, said) in [
        (Ok(true), "Done"),
        (Ok(false), "the person declined `buy`"),
        (
            Err("no terminal".to_owned()),
            "could not be asked (no terminal)",
        ),
    ] {
        let asked = Arc::new(std::sync::Mutex::new(String::new()));
        let seen = Arc::clone(&asked);
        let answered = move |question: String| {
            *seen.lock().unwrap() = question;
            answer.clone()
        };
        let outcome = engine
            .call_asking(answered, "buy", arguments())
            .await
            .unwrap();
        assert!(format!("{outcome:?}").contains(said), "{outcome:?}");
        assert_eq!(
            *asked.lock().unwrap(),
            "Lend b?\nProvider: The desk. It costs 1 coins."
        );
    }
    assert_eq!(desk.posts(), 1);
}
