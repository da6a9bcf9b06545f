//! Servers of PostgreSQL from the machine's packages, each in a directory of its own that goes with the test.

use std::{
    fs,
    net::TcpListener,
    os::unix::fs::{MetadataExt as _, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Mutex, OnceLock, PoisonError},
};

/// What to do where there is none.
const INSTALL: &str = "these tests need the server of PostgreSQL, which `scripts/test` installs where it may: \
     install it (on Debian or Ubuntu: sudo apt-get install postgresql)";

/// The password of connections over TCP; those over the socket need none.
pub const PASSWORD: &str = "Pa55-and-%40?";
/// The same as a URL has it.
pub const ENCODED: &str = "Pa55-and-%2540%3F";

/// A server that runs until the process ends, however that may be.
pub struct Cluster {
    directory: PathBuf,
    programs: PathBuf,
    /// Who the server runs as: it refuses to be root.
    user: Option<u32>,
    /// Where it listens besides its socket.
    pub port: u16,
    /// Stops the server when its stdin closes.
    keeper: Child,
    making: Mutex<u32>,
}

impl Cluster {
    /// The one that all tests of a process share; its socket only.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(false))
    }

    /// One that also listens on a port of 127.0.0.1, with a password and TLS for `localhost`.
    pub fn listening() -> Self {
        Self::start(true)
    }

    fn start(listens: bool) -> Self {
        let programs = programs();
        // A socket's path has to be short.
        let since = std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos();
        let name = format!("rft-pg-{}-{since}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        fs::create_dir(&directory).unwrap();
        let user = (fs::metadata(&directory).unwrap().uid() == 0).then(nobody);
        if let Some(user) = user {
            chown(&directory, Some(user), Some(user)).unwrap();
        }
        let keeper = Command::new("sh")
            .args(["-c", r#"read _; "$@" -m immediate stop; rm -rf "$0""#])
            .arg(&directory)
            .args(command(user, &programs, "pg_ctl"))
            .arg("-D")
            .arg(directory.join("data"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut cluster = Self {
            directory,
            programs,
            user,
            port: 5432,
            keeper,
            making: Mutex::default(),
        };
        cluster.make();
        if listens {
            cluster.certify();
            cluster.listen();
        } else {
            cluster.settle("listen_addresses = ''");
            cluster.resume();
        }
        cluster
    }

    fn make(&self) {
        let password = self.directory.join("password");
        fs::write(&password, PASSWORD).unwrap();
        self.run("initdb", |initdb| {
            initdb
                .args(["--no-sync", "-U", "postgres", "-E", "UTF8", "--locale=C"])
                .args(["--auth-local=trust", "--auth-host=scram-sha-256"])
                .arg(format!("--pwfile={}", password.display()))
                .arg("-D")
                .arg(self.data());
        });
        let directory = self.directory.display();
        self.settle(&format!(
            "unix_socket_directories = '{directory}'\nfsync = off\nmax_connections = 300\nshared_buffers = 32MB"
        ));
    }

    /// A certificate of an authority that nobody else trusts.
    fn certify(&self) {
        let script = "
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=tests -keyout ca.key -out ca.crt
            openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr
            printf 'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n' > server.ext
            openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile server.ext -out server.crt
            chmod 600 server.key";
        let made = Command::new("sh")
            .args(["-ec", script])
            .current_dir(&self.directory)
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        if let Some(user) = self.user {
            chown(self.directory.join("server.key"), Some(user), Some(user)).unwrap();
        }
        let directory = self.directory.display();
        self.settle(&format!(
            "ssl = on\nssl_cert_file = '{directory}/server.crt'\nssl_key_file = '{directory}/server.key'"
        ));
    }

    /// Takes a port that is free; somebody else may be faster.
    fn listen(&mut self) {
        for _ in 0..10 {
            let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
            self.port = free.local_addr().unwrap().port();
            drop(free);
            self.settle(&format!(
                "listen_addresses = '127.0.0.1'\nport = {}",
                self.port
            ));
            if self.try_resume() {
                return;
            }
        }
        panic!("no port for PostgreSQL: {}", self.log());
    }

    /// Stops the server as a loss of power does.
    pub fn crash(&self) {
        self.run("pg_ctl", |pg_ctl| {
            pg_ctl
                .args(["-m", "immediate", "stop", "-D"])
                .arg(self.data());
        });
    }

    /// Starts it again.
    pub fn resume(&self) {
        assert!(
            self.try_resume(),
            "PostgreSQL does not start: {}",
            self.log()
        );
    }

    fn try_resume(&self) -> bool {
        let mut pg_ctl = self.command("pg_ctl");
        pg_ctl
            .args(["start", "-w", "-D"])
            .arg(self.data())
            .arg("-l")
            .arg(self.directory.join("log"));
        pg_ctl.status().unwrap().success()
    }

    /// Makes a database, and gives its name.
    pub fn database(&self) -> String {
        let mut made = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        *made += 1;
        let name = format!("test{made}");
        self.sql(
            "postgres",
            &format!("CREATE DATABASE {name} TEMPLATE template0"),
        );
        name
    }

    /// The address of a database by the socket.
    pub fn url(&self, database: &str) -> String {
        let host = self.directory.to_str().unwrap().replace('/', "%2F");
        format!("postgres://postgres@{host}:{}/{database}", self.port)
    }

    /// What a statement answers, as text.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let output = self.run("psql", |psql| {
            psql.args([
                "-X",
                "-q",
                "-A",
                "-t",
                "-v",
                "ON_ERROR_STOP=1",
                "-U",
                "postgres",
            ])
            .arg("-h")
            .arg(&self.directory)
            .args(["-p", &self.port.to_string(), "-d", database, "-c", sql]);
        });
        output.trim().to_owned()
    }

    /// The authority of its certificate.
    pub fn authority(&self) -> PathBuf {
        self.directory.join("ca.crt")
    }

    fn settle(&self, lines: &str) {
        let path = self.data().join("postgresql.conf");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{text}\n{lines}\n")).unwrap();
    }

    fn data(&self) -> PathBuf {
        self.directory.join("data")
    }

    fn log(&self) -> String {
        fs::read_to_string(self.directory.join("log")).unwrap_or_default()
    }

    fn run(&self, program: &str, with: impl FnOnce(&mut Command)) -> String {
        let mut command = self.command(program);
        with(&mut command);
        let output = command.stdout(Stdio::piped()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success(),
            "{program}: {said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        said
    }

    fn command(&self, program: &str) -> Command {
        let words = command(self.user, &self.programs, program);
        let mut command = Command::new(&words[0]);
        command
            .args(&words[1..])
            .current_dir(&self.directory)
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// Where the newest server's programs are: Debian has them out of the way.
fn programs() -> PathBuf {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut found: Vec<(u32, PathBuf)> = debian
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    found.sort();
    if let Some((_, bin)) = found.pop() {
        return bin;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .find(|bin| bin.join("initdb").exists() && bin.join("pg_ctl").exists())
        .unwrap_or_else(|| panic!("{INSTALL}"))
}

fn command(user: Option<u32>, programs: &Path, program: &str) -> Vec<String> {
    let program = programs.join(program).display().to_string();
    match user {
        None => vec![program],
        Some(user) => vec![
            "setpriv".to_owned(),
            format!("--reuid={user}"),
            format!("--regid={user}"),
            "--clear-groups".to_owned(),
            program,
        ],
    }
}

/// The number of somebody who is not root.
fn nobody() -> u32 {
    let id = Command::new("id").args(["-u", "postgres"]).output();
    let number = id
        .ok()
        .and_then(|id| String::from_utf8(id.stdout).ok()?.trim().parse().ok());
    number.unwrap_or(65_534)
}
