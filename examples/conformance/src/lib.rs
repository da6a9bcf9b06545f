//! A server with the fixtures of the official MCP conformance suite: a manifest, and functions in Rust for what a
//! manifest does not say by itself.

mod asking;
mod calls;
mod rounds;
mod tasks;

/// What `manifest/` was compiled to.
pub mod generated {
    include!(concat!(env!("OUT_DIR"), "/manifest.rs"));
}

use std::error::Error;

use rft_mcp_runtime::{
    engine::{Context, Engine, Settings},
    server::Server,
    tool::{Block, FunctionError, List, Message, Table},
    upstream::Provider,
};

use crate::generated::{
    Handlers,
    types::{
        self, JsonSchema202012ToolInput, JsonSchema202012ToolOutput, TestElicitationInput,
        TestInputRequiredResultPromptPrompt, TestSamplingInput,
    },
};

/// The manifest, compiled.
pub static TABLE: &Table = generated::Manifest::<Functions>::TABLE;

/// The server, to be served on any transport. It sends no requests, so it has no provider.
///
/// # Errors
/// Never with these settings.
pub fn server() -> Result<Server, Box<dyn Error + Send + Sync>> {
    let engine = Engine::new(TABLE, Provider::none()?, &Settings::default())?;
    Ok(Server::new(engine, env!("CARGO_PKG_VERSION")))
}

/// What a tool here gives: content, or why there is none.
type Said = Result<Vec<Block>, FunctionError>;

#[expect(clippy::unnecessary_wraps, reason = "it ends the functions here")]
fn say(text: impl Into<String>) -> Said {
    Ok(vec![Block::text(text)])
}

/// The functions that the manifest names.
#[derive(Debug)]
pub struct Functions;

impl Handlers for Functions {
    async fn fail(_: types::TestErrorHandlingInput, _: Context) -> Said {
        calls::fail()
    }

    async fn progress(_: types::TestToolWithProgressInput, context: Context) -> Said {
        calls::progress(&context).await
    }

    async fn log_thrice(_: types::TestToolWithLoggingInput, context: Context) -> Said {
        calls::log_thrice(&context).await
    }

    async fn log_once(_: types::TestLoggingToolInput, context: Context) -> Said {
        calls::log_once(&context).await
    }

    async fn wait(_: types::TestReconnectionInput, _: Context) -> Said {
        calls::wait().await
    }

    async fn change_tools(_: types::TestTriggerToolChangeInput, context: Context) -> Said {
        calls::change(&context, List::Tools)
    }

    async fn change_prompts(_: types::TestTriggerPromptChangeInput, context: Context) -> Said {
        calls::change(&context, List::Prompts)
    }

    async fn elicit_defaults(
        _: types::TestElicitationSep1034DefaultsInput,
        context: Context,
    ) -> Said {
        asking::elicit_defaults(&context).await
    }

    async fn elicit_choices(_: types::TestElicitationSep1330EnumsInput, context: Context) -> Said {
        asking::elicit_choices(&context).await
    }

    async fn need_model(_: types::TestMissingCapabilityInput, context: Context) -> Said {
        asking::sample(&context, "Are you there?").await
    }

    async fn ask_value(_: types::TestStreamingElicitationInput, context: Context) -> Said {
        asking::ask_value(&context).await
    }

    async fn ask_name(_: types::TestInputRequiredResultElicitationInput, context: Context) -> Said {
        rounds::ask_name(&context).await
    }

    async fn ask_model(_: types::TestInputRequiredResultSamplingInput, context: Context) -> Said {
        rounds::ask_model(&context).await
    }

    async fn ask_roots(_: types::TestInputRequiredResultListRootsInput, context: Context) -> Said {
        rounds::ask_roots(&context).await
    }

    async fn confirm(_: types::TestInputRequiredResultRequestStateInput, context: Context) -> Said {
        rounds::confirm(&context).await
    }

    async fn confirm_again(
        _: types::TestInputRequiredResultTamperedStateInput,
        context: Context,
    ) -> Said {
        rounds::confirm(&context).await
    }

    async fn ask_all(
        _: types::TestInputRequiredResultMultipleInputsInput,
        context: Context,
    ) -> Said {
        rounds::ask_all(&context).await
    }

    async fn ask_twice(_: types::TestInputRequiredResultMultiRoundInput, context: Context) -> Said {
        rounds::ask_twice(&context).await
    }

    async fn ask_what_can_be(
        _: types::TestInputRequiredResultCapabilitiesInput,
        context: Context,
    ) -> Said {
        rounds::ask_what_can_be(&context).await
    }

    async fn sample(input: TestSamplingInput, context: Context) -> Said {
        asking::sample(&context, &input.prompt).await
    }

    async fn elicit(input: TestElicitationInput, context: Context) -> Said {
        asking::elicit(&context, &input.message).await
    }

    async fn greet_now(input: types::GreetInput, _: Context) -> Said {
        say(format!("Hello, {}!", input.name))
    }

    async fn compute(input: types::SlowComputeInput, context: Context) -> Said {
        let label = input.label.unwrap_or_default();
        let seconds = input.seconds.and_then(|seconds| seconds.as_f64());
        tasks::compute(&context, seconds.unwrap_or_default(), &label).await
    }

    async fn fail_later(_: types::FailingJobInput, _: Context) -> Said {
        tasks::fail_later().await
    }

    async fn need_roots(_: types::ProtocolErrorJobInput, context: Context) -> Said {
        tasks::need_roots(&context).await
    }

    async fn confirm_delete(input: types::ConfirmDeleteInput, context: Context) -> Said {
        tasks::confirm_delete(&context, &input.filename.unwrap_or_default()).await
    }

    async fn ask_both(_: types::MultiInputInput, context: Context) -> Said {
        tasks::ask_both(&context).await
    }

    async fn ask_then_work(_: types::TestToolWithTaskInput, context: Context) -> Said {
        tasks::ask_then_work(&context).await
    }

    async fn greet(
        input: JsonSchema202012ToolInput,
        _: Context,
    ) -> Result<JsonSchema202012ToolOutput, FunctionError> {
        let name = input.name.unwrap_or_else(|| "world".to_owned());
        Ok(JsonSchema202012ToolOutput {
            greeting: format!("Hello, {name}!"),
        })
    }

    async fn ask_context(
        _: TestInputRequiredResultPromptPrompt,
        context: Context,
    ) -> Result<Vec<Message>, FunctionError> {
        rounds::ask_context(&context).await
    }
}
