//! Which provider a command uses, and the engine on it.

use clap::Args;
use rft_mcp_runtime::{
    engine::{Engine, Settings},
    tool::{Action, ProviderSpec, ToolSpec},
    upstream::{Provider, ProviderError},
};
use rft_mcp_sandbox::Config;
use serde_json::{Map, Value};

use super::{
    Error, preview,
    sandbox::{SPEED, start},
    say, threads,
};
use crate::TABLE;

/// The provider's name in the manifest that needs no key.
const SANDBOX: &str = "sandbox";

#[derive(Debug, Clone, Default, Args)]
pub struct Choice {
    /// Who runs the jobs: openai, azure, azure-legacy, bedrock, or sandbox, which is simulated and needs no key
    #[arg(long, env = "RFT_MCP_PROVIDER")]
    pub provider: Option<String>,
    /// Use this address of the provider's API, such as `http://127.0.0.1:8765/v1`
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// What an hour of training costs in dollars, for limits and estimates where the provider publishes no price
    #[arg(long, env = "RFT_MCP_HOURLY_USD", value_name = "USD", value_parser = price)]
    pub hourly_usd: Option<f64>,
}

impl Choice {
    /// What is chosen here, or else there.
    pub fn or(self, other: Self) -> Self {
        Self {
            provider: self.provider.or(other.provider),
            base_url: self.base_url.or(other.base_url),
            hourly_usd: self.hourly_usd.or(other.hourly_usd),
        }
    }

    /// A tool of the program.
    pub fn tool(name: &str) -> Result<&'static ToolSpec, Error> {
        let found = TABLE.tools.iter().find(|spec| spec.name == name);
        found.ok_or_else(|| {
            let known: Vec<&str> = TABLE.tools.iter().map(|spec| spec.name).collect();
            let known = known.join(", ");
            Error::Usage(
                unbuilt(name)
                    .unwrap_or_else(|| format!("there is no tool `{name}`: the tools are {known}")),
            )
        })
    }

    /// The provider, and the address that was given for it.
    pub fn spec(&self) -> Result<&'static ProviderSpec, Error> {
        let name = match &self.provider {
            Some(name) => name.as_str(),
            None => TABLE.providers.first().map_or(SANDBOX, |spec| spec.name),
        };
        let known = || TABLE.providers.iter().map(|spec| spec.name);
        let found = TABLE.providers.iter().find(|spec| spec.name == name);
        found.ok_or_else(|| {
            let known: Vec<&str> = known().collect();
            Error::Usage(format!(
                "there is no provider `{name}`: the providers are {}",
                known.join(", ")
            ))
        })
    }

    /// What a call would send, shown without sending it; else why it would fail.
    pub fn preview(
        &self,
        tool: &ToolSpec,
        arguments: Map<String, Value>,
        settings: &Settings,
        curl: bool,
    ) -> Result<Result<String, String>, Error> {
        let spec = self.spec()?;
        let env = |name: &str| std::env::var(name).ok();
        let nowhere = "http://127.0.0.1:8765/v1";
        let base_url = match &self.base_url {
            None if spec.is_embedded() => Some(nowhere),
            given => given.as_deref(),
        };
        let provider = Provider::resolve(spec, base_url, &preview::anything(spec, env))?;
        let engine = Engine::new(TABLE, provider, settings)?;
        let shown = preview::Preview {
            provider: spec,
            base_url: self.base_url.as_deref(),
            env: &env,
        };
        let planned = match tool.action {
            Action::Http { .. } => engine.plan(tool.name, arguments),
            _ => threads()?.block_on(engine.rehearse(tool.name, arguments)),
        };
        Ok(planned.map(|requests| shown.print(tool, &requests, curl)))
    }

    /// The engine. An embedded provider is started inside this process, and lives as long as it.
    pub async fn engine(self, settings: &Settings) -> Result<Engine, Error> {
        let spec = self.spec()?;
        let base_url = match self.base_url {
            None if spec.is_embedded() => Some(
                start(Config {
                    speed: SPEED,
                    examples: Some(crate::examples()),
                    ..Config::default()
                })
                .await?,
            ),
            given => given,
        };
        let env = |name: &str| std::env::var(name).ok();
        let mut provider = Provider::resolve(spec, base_url.as_deref(), &env).map_err(hint)?;
        if let Some(price) = self.hourly_usd {
            provider.set_value("hourly_usd", price.into());
        }
        if !spec.notice.trim().is_empty() {
            say(&format!("{}: {}", spec.title, spec.notice.trim()));
        }
        Ok(Engine::new(TABLE, provider, settings)?)
    }
}

/// What to do about a tool that the program has not, when the manifest in the working directory may have it.
#[cfg(feature = "authors")]
fn unbuilt(name: &str) -> Option<String> {
    let dir = std::path::Path::new("manifest");
    if !dir.join("server.yaml").is_file() {
        return None;
    }
    match rft_mcp_codegen::compile(dir) {
        Ok(compiled) => compiled.tools.iter().any(|tool| tool.name == name).then(|| {
            format!(
                "the tool `{name}` is in `manifest`, but not in this program, which was built before: build it again \
                 (`cargo build`, or `cargo install --path .` where that is what you run)"
            )
        }),
        Err(_) => Some(format!(
            "there is no tool `{name}` in this program, and `manifest` has mistakes: mend what `rft-mcp manifest \
             check` shows, and when the tool is there build the program again"
        )),
    }
}

/// Without the compiler of manifests nobody knows what a directory has.
#[cfg(not(feature = "authors"))]
fn unbuilt(_: &str) -> Option<String> {
    None
}

/// A number of dollars above nothing.
fn price(text: &str) -> Result<f64, String> {
    let price: f64 = text
        .parse()
        .map_err(|_| format!("expected a number of dollars, not `{text}`"))?;
    if price.is_finite() && price > 0.0 {
        Ok(price)
    } else {
        Err(format!("a price is above 0, not `{text}`"))
    }
}

fn hint(error: ProviderError) -> ProviderError {
    match error {
        ProviderError::Missing { title, names, .. } => {
            let hint = format!("; to try the server without a key, use --provider {SANDBOX}");
            ProviderError::Missing { title, names, hint }
        }
        other => other,
    }
}
