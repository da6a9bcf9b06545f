//! What an argument of a prompt or of a resource may go on as.

use rmcp::{
    ErrorData, RoleServer,
    model::{
        CompleteRequestMethod, CompleteRequestParams, CompleteResult, CompletionInfo, Reference,
    },
    service::RequestContext,
};

use super::{Handler, capabilities::completes, is_modern, misshapen};
use crate::tool::Partial;

impl Handler {
    /// `completion/complete`
    pub(super) async fn completion(
        &self,
        request: CompleteRequestParams,
        context: &RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        if !completes(self.table()) {
            return Err(misshapen::not_served::<CompleteRequestMethod>());
        }
        let argument = request.argument;
        let refused = |message: String| Err(ErrorData::invalid_params(message, None));
        let found = match &request.r#ref {
            Reference::Prompt(prompt) => {
                let spec = match self.server.shared.engine.find_prompt(&prompt.name) {
                    Ok(spec) => spec,
                    Err(error) => return refused(error.to_string()),
                };
                let mut arguments = spec.arguments.iter();
                arguments
                    .find(|one| one.name == argument.name)
                    .map(|one| &one.complete)
            }
            Reference::Resource(resource) => {
                let mut resources = self.table().resources.iter();
                let Some(spec) = resources.find(|spec| spec.uri == resource.uri) else {
                    let uri = &resource.uri;
                    return refused(format!(
                        "there is no resource template `{uri}`: resources/templates/list says which there are"
                    ));
                };
                let mut variables = spec.variables.iter();
                variables
                    .find(|one| one.name == argument.name)
                    .map(|one| &one.complete)
            }
            _ => return refused("`ref` must be of a prompt or of a resource".to_owned()),
        };
        let Some(complete) = found else {
            return refused(format!("there is no argument `{}` there", argument.name));
        };
        let given = request
            .context
            .and_then(|context| context.arguments)
            .unwrap_or_default();
        let partial = Partial {
            argument: argument.name,
            value: argument.value,
            given: given
                .into_iter()
                .map(|(name, value)| (name, value.into()))
                .collect(),
        };
        let completion = Box::pin(self.server.shared.engine.complete(complete, partial));
        let completion = match self.calls.run(&context.ct, completion).await {
            Ok(completion) => completion,
            Err(stopped) => return Err(stopped.into_error("completion/complete")),
        };
        let mut info = CompletionInfo::default();
        info.has_more = Some(completion.total > completion.values.len());
        info.total = u32::try_from(completion.total).ok();
        info.values = completion.values;
        let mut result = CompleteResult::new(info);
        if is_modern(context) {
            result.meta = Some(self.server.meta());
        }
        Ok(result)
    }
}
