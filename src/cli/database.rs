//! Where a command finds the watches of jobs.

use std::path::PathBuf;

use clap::Args;
use tokio_util::sync::CancellationToken;

use super::Error;
use crate::watching::Watching;

/// Holds the address of a database; with `_FILE` the path of a file with it.
#[cfg(feature = "postgres")]
const URL: &str = "RFT_MCP_DATABASE_URL";

/// Where watches of jobs are kept, if not in the data directory.
#[derive(Debug, Clone, Args)]
pub struct Database {
    /// A PostgreSQL database to keep watches of jobs in rather than in --data-dir, for servers of several machines:
    /// `postgres://USER@HOST/DATABASE`. Whoever lists this machine's processes sees it, so give one with a password in
    /// the variable `RFT_MCP_DATABASE_URL`, or in a file that `RFT_MCP_DATABASE_URL_FILE` names
    #[cfg(feature = "postgres")]
    #[arg(long, value_name = "URL", value_parser = secret)]
    database_url: Option<secrecy::SecretString>,
}

impl Database {
    /// The watches in the database, or else in this directory, which are looked after until the token is cancelled, or
    /// only shown.
    pub fn watching(
        self,
        directory: Option<PathBuf>,
        looks_after: bool,
        shutdown: CancellationToken,
    ) -> Result<Watching, Error> {
        #[cfg(feature = "postgres")]
        if let Some((url, from)) = self.url()? {
            let wrong = |error| Error::Usage(format!("{from}: {error}"));
            let address = rft_mcp_watches::Address::parse(&url).map_err(wrong)?;
            return Ok(Watching::shared(address, looks_after, shutdown));
        }
        Ok(Watching::new(directory, looks_after, shutdown))
    }

    /// Whether there is one.
    #[cfg_attr(
        not(feature = "postgres"),
        expect(clippy::unused_self, reason = "there is none to be given")
    )]
    pub fn is_given(&self) -> bool {
        #[cfg(feature = "postgres")]
        {
            let named = || set(URL).or_else(|| set(&format!("{URL}_FILE")));
            self.database_url.is_some() || named().is_some()
        }
        #[cfg(not(feature = "postgres"))]
        false
    }

    /// The address, and where it is from.
    #[cfg(feature = "postgres")]
    fn url(&self) -> Result<Option<(secrecy::SecretString, String)>, Error> {
        let file = format!("{URL}_FILE");
        if let Some(url) = &self.database_url {
            return Ok(Some((url.clone(), "--database-url".to_owned())));
        }
        if let Some(url) = set(URL) {
            return Ok(Some((url.into(), URL.to_owned())));
        }
        let Some(path) = set(&file) else {
            return Ok(None);
        };
        let what = format!("read the file that {file} names");
        let url = std::fs::read_to_string(path).map_err(Error::io(what))?;
        Ok(Some((url.into(), file)))
    }
}

/// Never an error, which would show it.
#[cfg(feature = "postgres")]
#[expect(clippy::unnecessary_wraps, reason = "as clap wants it")]
fn secret(text: &str) -> Result<secrecy::SecretString, std::convert::Infallible> {
    Ok(text.into())
}

#[cfg(feature = "postgres")]
fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
