//! Where a database of PostgreSQL is, and how it is talked to.

use std::{net::IpAddr, path::PathBuf, sync::Arc, time::Duration};

use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use rustls_platform_verifier::ConfigVerifierExt as _;
use secrecy::{ExposeSecret as _, SecretString};
use tokio_postgres::{
    Config,
    config::{Host, SslMode},
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// After how long a connection that says nothing is tried: what forgets connections on the way does so after minutes.
const KEEPALIVE: Duration = Duration::from_secs(60);
/// What `tokio-postgres` takes where the address says nothing.
const USUAL: Duration = Duration::from_secs(2 * 60 * 60);

/// Why an address can not be used. It never repeats any of it: there is a password in it.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// It can not be read.
    #[error(
        "it is not the address of a PostgreSQL database: give postgres://USER:PASSWORD@HOST:PORT/DATABASE, with every \
         character of the password but letters and digits as %XX, and of parameters only sslmode, sslrootcert, host, \
         port, user, password, dbname, options, connect_timeout, keepalives, keepalives_idle, tcp_user_timeout, \
         target_session_attrs and channel_binding"
    )]
    Unreadable,
    /// It has no host.
    #[error(
        "it names no host: give postgres://USER@HOST/DATABASE, or ?host=/run/postgresql for a socket"
    )]
    NoHost,
    /// There is no such mode.
    #[error(
        "sslmode is require (or verify-full, which is the same here), or disable for a network that nobody else is in"
    )]
    Mode,
    /// The certificates to trust can not be read.
    #[error("the certificates in sslrootcert={} can not be used: {why}", path.display())]
    Roots {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// There are no certificates to trust.
    #[error("the certificates that this machine trusts can not be used: {0}")]
    Trust(#[from] rustls::Error),
}

/// The address of a database. `Debug` shows no password.
#[derive(Clone)]
pub struct Address {
    pub(super) config: Config,
    pub(super) tls: MakeRustlsConnect,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Address").field(&self.config).finish()
    }
}

impl Address {
    /// Reads `postgres://USER:PASSWORD@HOST:PORT/DATABASE?…`. Other machines are talked to by TLS only, with a
    /// certificate for their name, unless it says `sslmode=disable`; `sslrootcert` names a file of certificates (PEM)
    /// to trust instead of this machine's.
    ///
    /// # Errors
    /// When it can not be used; the error shows none of it.
    pub fn parse(url: &SecretString) -> Result<Self, AddressError> {
        let url = url.expose_secret().trim();
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(AddressError::Unreadable);
        }
        let Taken { url, mode, roots } = take(url);
        let mut config: Config = url.parse().map_err(|_| AddressError::Unreadable)?;
        if config.get_hosts().is_empty() {
            return Err(AddressError::NoHost);
        }
        let mode = match mode.as_deref() {
            Some("disable") => SslMode::Disable,
            // With `prefer` whoever is between could say that the server has no TLS.
            None | Some("prefer") if config.get_hosts().iter().all(is_here) => SslMode::Disable,
            None | Some("prefer" | "require" | "verify-ca" | "verify-full") => SslMode::Require,
            Some(_) => return Err(AddressError::Mode),
        };
        config.ssl_mode(mode);
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_keepalives_idle() == USUAL {
            config.keepalives_idle(KEEPALIVE);
        }
        if config.get_application_name().is_none() {
            config.application_name("rft-mcp");
        }
        let trusted = match (mode, roots) {
            // Not asked for anything.
            (SslMode::Disable, _) => plain(RootCertStore::empty()),
            (_, Some(path)) => plain(trusted(path)?),
            (_, None) => {
                // Does nothing where there is a provider already.
                let _ = ring::default_provider().install_default();
                ClientConfig::with_platform_verifier()?
            }
        };
        Ok(Self {
            config,
            tls: MakeRustlsConnect::new(trusted),
        })
    }
}

/// What is taken out of an address, and the rest.
struct Taken {
    url: String,
    mode: Option<String>,
    roots: Option<PathBuf>,
}

/// Takes out the parameters of TLS, of which `tokio-postgres` knows fewer.
fn take(url: &str) -> Taken {
    // As it is read there: the credentials end with the first `@`.
    let after = url.find('@').unwrap_or_default();
    let query = url.get(after..).and_then(|rest| rest.split_once('?'));
    let Some((_, query)) = query else {
        return Taken {
            url: url.to_owned(),
            mode: None,
            roots: None,
        };
    };
    let (mut mode, mut roots) = (None, None);
    let others: Vec<&str> = query
        .split('&')
        .filter(|pair| {
            let decoded = |value: &str| {
                percent_encoding::percent_decode_str(value)
                    .decode_utf8_lossy()
                    .into_owned()
            };
            match pair.split_once('=') {
                Some(("sslmode", value)) => mode = Some(decoded(value)),
                Some(("sslrootcert", value)) => roots = Some(PathBuf::from(decoded(value))),
                _ => return true,
            }
            false
        })
        .collect();
    let base = url.strip_suffix(query).unwrap_or(url);
    Taken {
        url: format!("{base}{}", others.join("&")),
        mode,
        roots,
    }
}

/// Whether a host is this machine.
fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

fn plain(roots: RootCertStore) -> ClientConfig {
    let _ = ring::default_provider().install_default();
    ClientConfig::builder()
        .with_root_certificates(Arc::new(roots))
        .with_no_client_auth()
}

/// The certificates in a file.
fn trusted(path: PathBuf) -> Result<RootCertStore, AddressError> {
    let read = || -> Result<RootCertStore, String> {
        let mut roots = RootCertStore::empty();
        let found = CertificateDer::pem_file_iter(&path).map_err(|error| error.to_string())?;
        for certificate in found {
            let certificate = certificate.map_err(|error| error.to_string())?;
            roots.add(certificate).map_err(|error| error.to_string())?;
        }
        if roots.is_empty() {
            return Err("there is none in it".to_owned());
        }
        Ok(roots)
    };
    read().map_err(|why| AddressError::Roots { path, why })
}
