//! Who is told by webhook of what watches decide.

use clap::Args;
use rft_mcp_watches::webhook::Secret;
use secrecy::{ExposeSecret as _, SecretString};

use super::{Error, secret};
use crate::watching::Hook;

/// Holds the address; with `_FILE` the path of a file with it.
const URL: &str = "RFT_MCP_WEBHOOK_URL";
/// Holds the secret; with `_FILE` the path of a file with it.
const SECRET: &str = "RFT_MCP_WEBHOOK_SECRET";

/// Holds the secret of the provider's webhooks, as its SDKs have it; with `_FILE` the path of a file with it.
const HEARD: &str = "OPENAI_WEBHOOK_SECRET";

/// The secret of the webhooks that the provider sends, where there is one.
pub fn heard() -> Result<Option<Secret>, Error> {
    let Some((secret, from)) = secret::text(HEARD)? else {
        return Ok(None);
    };
    let secret = Secret::parse(secret.expose_secret());
    let secret = secret.map_err(|error| Error::Usage(format!("{from}: {error}")))?;
    Ok(Some(secret))
}

/// Webhooks that the server sends.
#[derive(Debug, Clone, Args)]
pub struct Webhooks {
    /// An address that is told by signed webhooks (Standard Webhooks) of what watches decide, and when they end; https,
    /// or of this machine. The secret, `whsec_…`, is in the variable `RFT_MCP_WEBHOOK_SECRET`, or in a file that
    /// `RFT_MCP_WEBHOOK_SECRET_FILE` names. So may the address be, in `RFT_MCP_WEBHOOK_URL` or `RFT_MCP_WEBHOOK_URL_FILE`
    #[arg(long, value_name = "URL", value_parser = secret::unseen)]
    webhook_url: Option<SecretString>,
}

impl Webhooks {
    /// Where webhooks go, if anywhere.
    pub fn hook(&self) -> Result<Option<Hook>, Error> {
        let (url, from) = match &self.webhook_url {
            Some(url) => (url.clone(), "--webhook-url".to_owned()),
            None => match secret::text(URL)? {
                Some(found) => found,
                None => return Ok(None),
            },
        };
        let Some((secret, of)) = secret::text(SECRET)? else {
            return Err(Error::Usage(format!(
                "{from} needs a secret that signs what is sent: put one in {SECRET}, or name a file with it in \
                 {SECRET}_FILE. `echo whsec_$(openssl rand -base64 32)` makes one; the receiver has the same"
            )));
        };
        let hook = Hook::new(url.expose_secret(), secret.expose_secret());
        let hook = hook.map_err(|error| {
            Error::Usage(match error {
                crate::watching::HookError::Secret(error) => format!("{of}: {error}"),
                error => format!("{from}: {error}"),
            })
        })?;
        Ok(Some(hook))
    }
}
