//! Where a command finds the watches of jobs.

use std::path::PathBuf;

use clap::Args;
use tokio_util::sync::CancellationToken;

use super::Error;
#[cfg(feature = "postgres")]
use super::secret;
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
    #[arg(long, value_name = "URL", value_parser = secret::unseen)]
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
            self.database_url.is_some() || secret::is_named(URL)
        }
        #[cfg(not(feature = "postgres"))]
        false
    }

    /// The address, and where it is from.
    #[cfg(feature = "postgres")]
    fn url(&self) -> Result<Option<(secrecy::SecretString, String)>, Error> {
        if let Some(url) = &self.database_url {
            return Ok(Some((url.clone(), "--database-url".to_owned())));
        }
        secret::text(URL)
    }
}
