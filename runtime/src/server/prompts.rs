//! Prompts as MCP has them.

use rmcp::{
    ErrorData, RoleServer,
    model::{
        GetPromptRequestMethod, GetPromptRequestParams, GetPromptResponse, GetPromptResult,
        ListPromptsRequestMethod, ListPromptsResult, PaginatedRequestParams, Prompt,
        PromptArgument, PromptMessage, Role,
    },
    service::RequestContext,
};
use serde_json::json;

use super::{Handler, Kept, content, exchange::unanswered_error, is_modern, misshapen, one_page};
use crate::{
    client::Unanswered,
    prompts::PromptError,
    tool::{self, ArgumentSpec, Message, PromptSpec},
};

impl Handler {
    /// `prompts/list`
    pub(super) fn prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        context: &RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        let prompts = self.table().prompts;
        if prompts.is_empty() {
            return Err(misshapen::not_served::<ListPromptsRequestMethod>());
        }
        one_page(request)?;
        let Kept {
            ttl_ms,
            cache_scope,
            meta,
        } = self.server.kept(context);
        Ok(ListPromptsResult {
            ttl_ms,
            cache_scope,
            meta,
            ..ListPromptsResult::with_all_items(prompts.iter().map(listed).collect())
        })
    }

    /// `prompts/get`
    pub(super) async fn prompt(
        &self,
        request: GetPromptRequestParams,
        context: &RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        if self.table().prompts.is_empty() {
            return Err(misshapen::not_served::<GetPromptRequestMethod>());
        }
        let engine = &self.server.shared.engine;
        let refused = |error: PromptError| ErrorData::invalid_params(error.to_string(), None);
        let spec = engine.find_prompt(&request.name).map_err(refused)?;
        let arguments = request.arguments.unwrap_or_default();
        let (round, client) = self.client(
            context,
            None,
            "prompts/get",
            false,
            || json!([request.name, arguments]),
            (request.input_responses, request.request_state.as_deref()),
        )?;
        let said = Box::pin(engine.prompt_for(client.clone(), spec, arguments));
        let messages = match self.calls.run(&context.ct, said).await {
            Ok(Ok(messages)) => messages,
            Ok(Err(PromptError::Unanswered(Unanswered::Asks(questions)))) => {
                return Ok(self.ask(round, &client, questions)?.into());
            }
            Ok(Err(PromptError::Unanswered(unanswered))) => {
                return Err(unanswered_error(unanswered, context, None));
            }
            Ok(Err(error)) => return Err(refused(error)),
            Err(stopped) => return Err(stopped.into_error(&request.name)),
        };
        let messages = messages.into_iter().map(message).collect();
        let mut result = GetPromptResult::new(messages).with_description(spec.description);
        if is_modern(context) {
            result.meta = Some(self.server.meta());
        }
        Ok(result.into())
    }
}

/// A prompt as `prompts/list` shows it.
fn listed(spec: &PromptSpec) -> Prompt {
    let arguments: Vec<_> = spec.arguments.iter().map(argument).collect();
    let arguments = (!arguments.is_empty()).then_some(arguments);
    Prompt::new(spec.name, Some(spec.description), arguments).with_title(spec.title)
}

fn argument(spec: &ArgumentSpec) -> PromptArgument {
    let argument = PromptArgument::new(spec.name)
        .with_description(spec.description)
        .with_required(spec.required);
    match spec.title {
        "" => argument,
        title => argument.with_title(title),
    }
}

fn message(message: Message) -> PromptMessage {
    let role = match message.role {
        tool::Role::User => Role::User,
        tool::Role::Assistant => Role::Assistant,
    };
    PromptMessage::new(role, content::block(message.content))
}
