//! A manifest's tools at a glance.

use crate::{
    model::{Action, Effect, Manifest, Method, Request, Segment},
    read::METHODS,
};

/// A tool in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// Its name.
    pub name: String,
    /// `read`, `write`, `costly` or `destructive`.
    pub effect: &'static str,
    /// Its sets.
    pub sets: Vec<String>,
    /// What it sends: methods with paths, `native …`, or `content`.
    pub sends: Vec<String>,
    /// Its description.
    pub description: String,
}

pub(crate) fn of(manifest: &Manifest) -> Vec<Overview> {
    let tools = manifest.tools.iter().map(|tool| Overview {
        name: tool.name.text.clone(),
        effect: match tool.effect {
            Effect::Read => "read",
            Effect::Write => "write",
            Effect::Costly => "costly",
            Effect::Destructive | Effect::Broken => "destructive",
        },
        sets: tool.sets.iter().map(|set| set.text.clone()).collect(),
        sends: match &tool.action {
            Action::Http { requests, .. } => requests.iter().map(line).collect(),
            Action::Native(function) => vec![format!("native {}", function.text)],
            Action::Content(_) => vec!["content".to_owned()],
            Action::Broken => Vec::new(),
        },
        description: tool.description.clone(),
    });
    tools.collect()
}

/// `GET /jobs/{job_id}`
fn line(request: &Request) -> String {
    let segments = request.path.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => text.clone(),
        Segment::Param(name) => format!("{{{name}}}"),
    });
    format!(
        "{} {}",
        method(request.method),
        segments.collect::<String>()
    )
}

/// A method as HTTP spells it.
pub(crate) fn method(method: Method) -> String {
    let name = METHODS.iter().find(|(_, one)| *one == method);
    name.map_or("", |(name, _)| name).to_uppercase()
}
