//! What native tools ask of the provider.

use std::{fs, path::PathBuf};

use rft_mcp_runtime::{
    engine::{Context, Settings},
    tool::{Effect, FunctionError},
    upstream::UpstreamError,
};
use serde_json::json;

use crate::fake::{Answer, Fake, ok};

fn busy() -> Answer {
    Answer::Json(503, vec![], json!({"error": {"message": "busy"}}))
}

fn context(fake: &Fake) -> Context {
    Context::new(fake.engine(&Settings::default()))
}

#[tokio::test(start_paused = true)]
async fn reads_are_encoded_and_sent_again() {
    let fake = Fake::start([busy(), ok(json!({"id": "x"}))]).await;
    let read = context(&fake)
        .read(&["things", "a/b ?"], &[("after", "c&d"), ("limit", "5")])
        .await;
    assert_eq!(read.unwrap(), json!({"id": "x"}));
    let seen = fake.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(
        seen[1].uri.to_string(),
        "/v1/things/a%2Fb%20%3F?after=c%26d&limit=5"
    );
}

#[tokio::test]
async fn what_a_program_keeps_is_there_for_its_functions() {
    let fake = Fake::start([]).await;
    let context = context(&fake);
    context.engine.keep(7_u8);
    context.engine.keep(8_u8);
    assert_eq!(context.engine.kept::<u8>(), Some(&7));
    assert_eq!(context.engine.kept::<u16>(), None);
}

#[tokio::test(start_paused = true)]
async fn posts_are_as_careful_as_their_effect() {
    let fake = Fake::start([busy(), ok(json!({}))]).await;
    let body = json!({"a": 1});
    let posted = context(&fake)
        .post(&["things"], body.clone(), Effect::Costly)
        .await;
    assert!(matches!(posted, Err(UpstreamError::Status(_))));
    assert_eq!(fake.seen().len(), 1);
    assert_eq!(fake.seen()[0].body, body.to_string().into_bytes());
    let fake = Fake::start([busy(), ok(json!({}))]).await;
    let posted = context(&fake).post(&["things"], body, Effect::Read).await;
    assert_eq!(posted.unwrap(), json!({}));
}

#[tokio::test(start_paused = true)]
async fn bytes_are_handed_on_beyond_the_cap_of_json() {
    // The table reads at most 1,000 bytes of a reply.
    let content = vec![0xff; 100_000];
    let fake = Fake::start([busy(), Answer::File(vec![], content.clone())]).await;
    let mut taken = Vec::new();
    let streamed = context(&fake)
        .stream(&["files", "f", "content"], |chunk| {
            taken.extend_from_slice(chunk);
        })
        .await;
    assert_eq!(streamed, Ok(()));
    assert_eq!(taken, content);
}

#[tokio::test(start_paused = true)]
async fn a_step_that_leads_elsewhere_is_refused_and_failures_say_what_to_do() {
    let fake = Fake::start([]).await;
    for step in ["", " ", ".", ".."] {
        let read = context(&fake).read(&["things", step], &[]).await;
        assert!(
            read.unwrap_err().to_string().contains("expected the id"),
            "{step:?}"
        );
    }
    assert!(fake.seen().is_empty());
    let error = context(&fake).read(&["things", "x"], &[]).await;
    let FunctionError(told) = error.unwrap_err().into();
    assert!(
        told.contains("the script is over") && told.contains("Check the id"),
        "{told}"
    );
    assert_eq!(context(&fake).value("model"), Some(&json!("m-1")));
}

#[tokio::test]
async fn local_files_are_handed_on_in_pieces_from_the_roots_only() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("context");
    fs::create_dir_all(&folder).unwrap();
    let bytes: Vec<u8> = (0..3_000_000_u32).flat_map(u32::to_le_bytes).collect();
    fs::write(folder.join("large"), &bytes).unwrap();
    let fake = Fake::start([]).await;
    let settings = Settings {
        files_roots: vec![folder.clone()],
        ..Settings::default()
    };
    let context = Context::new(fake.engine(&settings));
    let (mut taken, mut largest) = (Vec::new(), 0);
    let read = context
        .file("large", |chunk| {
            largest = largest.max(chunk.len());
            taken.extend_from_slice(chunk);
        })
        .await;
    assert_eq!(read, Ok(()));
    assert!(taken == bytes && largest <= 1 << 18, "{largest}");
    for path in ["../context.txt", "nothing", ".", "/etc/hostname"] {
        let read = context.file(path, |_| panic!("{path} was read")).await;
        assert!(matches!(read, Err(UpstreamError::Local(_))), "{path}");
    }
    let bare = Context::new(fake.engine(&Settings::default()));
    let read = bare.file("large", |_| {}).await.unwrap_err();
    assert!(read.to_string().contains("--files-root"), "{read}");
}
