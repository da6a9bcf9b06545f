//! What only a server of a database does: go away, want a password, and be on another machine.

use std::{sync::Arc, time::Duration};

use rft_mcp_watches::{Address, Outcome, Postgres, Rate, State, Store};
use tokio_util::sync::CancellationToken;

use crate::{
    cluster::{Cluster, ENCODED, PASSWORD},
    fake::{Fake, SCOPE, watched, watcher},
};

fn address(url: &str) -> Address {
    Address::parse(&url.into()).unwrap()
}

fn store(url: &str) -> Arc<dyn Store> {
    Arc::new(Postgres::new(address(url)).unwrap())
}

/// What is said when it is asked something.
fn refused(url: &str) -> String {
    store(url).find(SCOPE, "job").unwrap_err().to_string()
}

/// Nothing shows the password, however it is written.
fn hides(text: &str) {
    for secret in [PASSWORD, ENCODED, "Pa55"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[tokio::test]
async fn watches_go_on_when_the_server_is_back() {
    let cluster = Cluster::listening();
    let name = cluster.database();
    let store = store(&cluster.url(&name));
    let fake = Fake::default();
    fake.plateau("job");
    let shutdown = CancellationToken::new();
    let watcher = watcher(&store, &fake);
    watcher.round().await.unwrap();
    cluster.crash();
    let error = watcher.round().await.unwrap_err().to_string();
    assert!(error.contains("can not be used: PostgreSQL: "), "{error}");
    let running = tokio::spawn(watcher.run(shutdown.clone()));
    tokio::time::sleep(Duration::from_millis(50)).await;
    cluster.resume();
    // The first call on what was connected before is told, where the server went away meanwhile; here nothing was.
    store.add(&watched("job")).unwrap();
    while store.find(SCOPE, "job").unwrap().unwrap().state != State::Resting {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(fake.of("job").sent, 1);
    shutdown.cancel();
    running.await.unwrap();
}

#[test]
fn a_password_is_used_and_never_shown() {
    let cluster = Cluster::listening();
    let name = cluster.database();
    let url = |password: &str| {
        format!(
            "postgres://postgres:{password}@127.0.0.1:{}/{name}",
            cluster.port
        )
    };
    let right = url(ENCODED);
    store(&right).find(SCOPE, "job").unwrap();
    hides(&format!("{:?}", address(&right)));
    hides(&format!("{:?}", store(&right)));
    let wrong = refused(&url(&format!("{ENCODED}x")));
    assert!(wrong.contains("password authentication failed"), "{wrong}");
    hides(&wrong);
    cluster.crash();
    let away = store(&right).find(SCOPE, "job").unwrap_err();
    hides(&format!("{away} {away:?}"));
    // Whatever is wrong with an address, and wherever the password got to.
    for unreadable in [
        format!("mysql://postgres:{ENCODED}@127.0.0.1/{name}"),
        format!("host=127.0.0.1 password={PASSWORD}"),
        format!("postgres://postgres:{ENCODED}@127.0.0.1:{ENCODED}/{name}"),
        format!("postgres://127.0.0.1/{name}?{ENCODED}=1"),
        format!("postgres://postgres:{ENCODED}@127.0.0.1/{name}?sslmode={ENCODED}"),
        format!("postgres://postgres:{ENCODED}@/{name}"),
        PASSWORD.to_owned(),
    ] {
        let error = Address::parse(&unreadable.as_str().into()).unwrap_err();
        hides(&format!("{error} {error:?}"));
    }
}

#[test]
fn other_machines_are_talked_to_by_tls_with_a_certificate_for_their_name() {
    let cluster = Cluster::listening();
    let name = cluster.database();
    let roots = cluster.authority().display().to_string();
    let url = |host: &str, query: &str| {
        format!(
            "postgres://postgres:{ENCODED}@{host}:{}/{name}?{query}",
            cluster.port
        )
    };
    let trusted = format!("sslmode=require&sslrootcert={roots}&application_name=by-tls");
    let by_tls = store(&url("localhost", &trusted));
    by_tls.find(SCOPE, "job").unwrap();
    let seen = cluster.sql(
        &name,
        "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'by-tls'",
    );
    assert_eq!(seen, "t");
    // Not the authority that this machine trusts, another name, and none that has no certificate in it.
    let unknown = refused(&url("localhost", "sslmode=require"));
    assert!(
        unknown.contains("TLS") && unknown.contains("certificate"),
        "{unknown}"
    );
    let other = refused(&url("127.0.0.1", &trusted));
    assert!(other.contains("not valid for name"), "{other}");
    let none = format!("sslmode=require&sslrootcert={roots}.none");
    let none = Address::parse(&url("localhost", &none).as_str().into());
    assert!(none.unwrap_err().to_string().contains("sslrootcert="));
    // One that is elsewhere is not asked without TLS, unless told to.
    let shown = |query: &str| format!("{:?}", address(&url("db.example.com", query)));
    assert!(shown("").contains("Require"), "{}", shown(""));
    assert!(shown("sslmode=prefer").contains("Require"));
    assert!(shown("sslmode=disable").contains("Disable"));
    // A server that has no TLS is not talked to either.
    cluster.sql(&name, "ALTER SYSTEM SET ssl = off");
    cluster.crash();
    cluster.resume();
    let bare = refused(&url("localhost", &trusted));
    assert!(bare.contains("TLS"), "{bare}");
}

#[test]
fn what_a_provider_says_is_kept_though_it_has_what_a_column_can_not_hold() {
    let cluster = Cluster::shared();
    let store = store(&cluster.url(&cluster.database()));
    store.add(&watched("job")).unwrap();
    let rate = Rate {
        per_second: 1e6,
        burst: 10,
    };
    let [claim] = store
        .claim(SCOPE, "me", 10, 100.0, rate)
        .unwrap()
        .claims
        .try_into()
        .unwrap();
    let decision = serde_json::json!({
        "rule": "max_steps", "action": "pause", "reason": "a \0", "points": [], "values": {},
    });
    let decision = serde_json::from_value(decision).unwrap();
    let seen = ["\0".to_owned()];
    let record = store.intend(&claim, &decision, &seen, 100.0).unwrap();
    assert_eq!((&record.decision, &record.seen[..]), (&decision, &seen[..]));
    store
        .settle(&claim, record.id, Outcome::Done, "pau\0sed")
        .unwrap();
    let [record] = store
        .decisions(&claim.watch.id, 10)
        .unwrap()
        .try_into()
        .unwrap();
    assert_eq!(record.answer.as_deref(), Some("pau\u{fffd}sed"));
}

#[test]
fn a_database_that_can_not_hold_every_text_is_refused() {
    let cluster = Cluster::shared();
    cluster.sql(
        "postgres",
        "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'",
    );
    let error = refused(&cluster.url("latin"));
    assert!(error.contains("make one with the encoding UTF8"), "{error}");
}
