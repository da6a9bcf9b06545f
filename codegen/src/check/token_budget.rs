//! `token-budget`: what `tools/list` costs is within the budget.

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    tokens::Tokens,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let budget = &manifest.server.budget;
    let tokens = Tokens::of(manifest);
    for (tool, cost) in manifest.tools.iter().zip(&tokens.tools) {
        if cost.total() > budget.tool {
            let message = format!(
                "`{}` costs about {} tokens, of {} that a tool may",
                cost.name,
                cost.total(),
                budget.tool
            );
            let mistake = Mistake::new("token-budget", tool.name.span, message);
            let help = "shorten its descriptions and schemas, or raise `budget` in `server.yaml`";
            report.add(mistake.help(help).tool(&tool.name.text));
        }
    }
    for (set, cost) in manifest.server.sets.iter().zip(&tokens.sets) {
        if cost.tokens > budget.set {
            let message = format!(
                "the set `{}` costs about {} tokens, of {} that a set may",
                cost.name, cost.tokens, budget.set
            );
            let mistake = Mistake::new("token-budget", set.name.span, message);
            report.add(mistake.help("divide the set, or raise `budget` in `server.yaml`"));
        }
    }
    let Some(span) = budget.span.or(manifest.server.span) else {
        return;
    };
    if tokens.listed > budget.total {
        let message = format!(
            "the tools that are listed by default cost about {} tokens, of {}",
            tokens.listed, budget.total
        );
        let mistake = Mistake::new("token-budget", span, message);
        let help = "give tools to sets that are not `default`, or raise `budget` in `server.yaml`";
        report.add(mistake.help(help));
    }
}
