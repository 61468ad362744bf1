//! A private PostgreSQL for tests, made from the installed binaries.
//!
//! It listens on a Unix socket in a folder of its own, runs as an unprivileged user, and ends with the process that
//! started it, however that ends: a shell holds it and waits for our end of a pipe to close.

use std::{
    fs,
    io::{self, BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// The environment variable that names a PostgreSQL to use instead, by an address of a superuser; or says `none`, and
/// then what needs one is left out.
pub const ADDRESS_VARIABLE: &str = "CHANCERY_TEST_POSTGRES";
const NONE: &str = "none";
/// Where Debian puts the binaries of each version.
const VERSIONS: &str = "/usr/lib/postgresql";
/// Whom the server runs as when we are root, as which it refuses to run.
const UNPRIVILEGED: [&str; 2] = ["postgres", "nobody"];
/// The database user.
const USER: &str = "chancery";
/// What the server is told. It listens on nothing but its socket.
const OPTIONS: &str = "-c listen_addresses= -c max_connections=400 -c shared_buffers=64MB";
/// What the shell below says once the server answers.
const READY: &str = "ready";

/// Starts the server, says so when it answers (`pg_ctl` waits for that), and ends it when standard input closes.
const HOLD: &str = r#"pg_ctl=$1; folder=$2; options=$3
"$pg_ctl" start -w -s -D "$folder/data" -l "$folder/log" -o "-k $folder $options" && echo ready
cat >/dev/null; "$pg_ctl" stop -w -s -m fast -D "$folder/data"; rm -rf "$folder""#;

/// A running PostgreSQL.
#[derive(Debug)]
pub struct Server {
    address: Address,
    databases: AtomicU32,
}

#[derive(Debug)]
enum Address {
    /// Ours, in a folder.
    Private { folder: PathBuf, binaries: PathBuf, holder: Child },
    /// Somebody else's.
    Given { url: String },
}

impl Server {
    /// One server for all tests of this process; nothing when the environment says that there is none.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Server>> = OnceLock::new();
        SHARED.get_or_init(Self::start).as_ref()
    }

    /// Starts a server of one's own, or takes the one that the environment names.
    pub fn start() -> Option<Self> {
        if let Ok(url) = std::env::var(ADDRESS_VARIABLE) {
            return (url != NONE).then(|| Self { address: Address::Given { url }, databases: AtomicU32::new(0) });
        }
        let binaries = binaries().expect("PostgreSQL is installed, or CHANCERY_TEST_POSTGRES=none leaves it out");
        let folder = folder().expect("a folder in the temporary directory can be made");
        let data = folder.join("data");
        run(unprivileged(&binaries.join("initdb"))
            .args(["-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C"])
            .arg(&data));
        let mut holder = unprivileged(Path::new("/bin/sh"))
            .args(["-c", HOLD, "sh"])
            .arg(binaries.join("pg_ctl"))
            .arg(&folder)
            .arg(OPTIONS)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("/bin/sh runs");
        let mut said = String::new();
        let output = holder.stdout.take().expect("its output was asked for");
        BufReader::new(output).read_line(&mut said).expect("the shell can be heard");
        let started = Self { address: Address::Private { folder, binaries, holder }, databases: AtomicU32::new(0) };
        assert_eq!(said.trim(), READY, "PostgreSQL did not start: {}", started.log());
        Some(started)
    }

    /// The address of a new, empty database.
    pub fn database(&self) -> String {
        let name = format!("test_{}_{}", std::process::id(), self.databases.fetch_add(1, Ordering::Relaxed));
        match &self.address {
            Address::Private { folder, binaries, .. } => {
                run(Command::new(binaries.join("createdb")).args(["-U", USER, "-h"]).arg(folder).arg(&name));
                format!("postgres://{USER}@localhost/{name}?host={}", folder.display())
            }
            Address::Given { url } => {
                run(Command::new("psql").arg(url).args(["-q", "-c"]).arg(format!("CREATE DATABASE {name}")));
                with_database(url, &name)
            }
        }
    }

    fn log(&self) -> String {
        match &self.address {
            Address::Private { folder, .. } => fs::read_to_string(folder.join("log")).unwrap_or_default(),
            Address::Given { url } => url.clone(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Address::Private { holder, .. } = &mut self.address {
            drop(holder.stdin.take());
            holder.wait().expect("the shell that holds the server can be waited for");
        }
    }
}

/// The address with another database in it.
fn with_database(url: &str, name: &str) -> String {
    let (base, options) = url.split_once('?').map_or((url, String::new()), |(base, rest)| (base, format!("?{rest}")));
    let (server, _) = base.rsplit_once('/').expect("the address ends in a database");
    format!("{server}/{name}{options}")
}

/// The binaries of the newest version installed.
fn binaries() -> Option<PathBuf> {
    let versions = fs::read_dir(VERSIONS).ok()?.filter_map(Result::ok);
    let newest = versions.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok()).max()?;
    Some(Path::new(VERSIONS).join(newest.to_string()).join("bin"))
}

/// A folder that the server's user owns.
fn folder() -> io::Result<PathBuf> {
    static FOLDERS: AtomicU32 = AtomicU32::new(0);
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    // A short name: the socket's path must stay below 108 bytes.
    let folder = std::env::temp_dir().join(format!("chancery-pg-{}-{number}", std::process::id()));
    fs::create_dir(&folder)?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755))?;
    if let Some(user) = other_user() {
        run(Command::new("chown").arg(user).arg(&folder));
    }
    Ok(folder)
}

/// A command as a user that PostgreSQL accepts.
fn unprivileged(program: &Path) -> Command {
    let Some(user) = other_user() else { return Command::new(program) };
    let mut command = Command::new("setpriv");
    command.arg(format!("--reuid={user}")).args(["--clear-groups", "--"]).arg(program).current_dir("/");
    command
}

/// The user to change to, when we are root.
fn other_user() -> Option<&'static str> {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    if id.stdout.trim_ascii() != b"0" {
        return None;
    }
    let exists = |user: &&&str| Command::new("id").arg(user).output().is_ok_and(|output| output.status.success());
    UNPRIVILEGED.iter().find(exists).copied()
}

fn run(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().expect("the program runs");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
