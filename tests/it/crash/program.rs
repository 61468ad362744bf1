//! The program under test as its users start it, on a folder of its own.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, Stdio},
    sync::{Mutex, mpsc::Sender},
    thread,
};

use store::Config;
use tempfile::TempDir;

/// The workflow of branches at once, items, rounds and waits.
pub const CONTROL: &str = "control.yaml";

/// A workflow, what it says, and what it is to say.
pub type Change = (&'static str, &'static str, &'static str);

/// An installation: a data folder, perhaps a database elsewhere, people and their tokens.
pub struct Installation {
    folder: TempDir,
    workspace: PathBuf,
    database: Option<String>,
    tokens: BTreeMap<&'static str, String>,
}

/// A server that runs, until it is killed.
pub struct Serving {
    child: Mutex<Child>,
    /// Where it listens.
    pub address: String,
}

impl Installation {
    /// Brings the demo company's people in, and makes a token for each of these.
    pub fn prepare(database: Option<String>, people: &[&'static str]) -> Self {
        Self::prepare_with(database, people, &[])
    }

    /// The same with other words in the workflows.
    pub fn prepare_with(database: Option<String>, people: &[&'static str], changes: &[Change]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let workspace = workspace_in(&folder.path().join("workspace"), changes);
        let mut made = Self { folder, workspace, database, tokens: BTreeMap::new() };
        made.told(&["import", "people", repository().join("tests/company/people.yaml").to_str().unwrap()]);
        for person in people {
            let token = made.told(&["token", person]).trim().to_owned();
            made.tokens.insert(person, token);
        }
        made
    }

    pub fn token(&self, person: &str) -> &str {
        &self.tokens[person]
    }

    /// Where its rows are, to look at them while no server runs.
    pub fn store(&self) -> Config {
        self.database.as_deref().map_or_else(|| Config::sqlite_in(&self.data()), Config::postgres)
    }

    /// Where its generated files are.
    pub fn files(&self) -> PathBuf {
        self.data().join("files")
    }

    /// Starts the server on a clock that is moved by hand, and waits until it says that it listens.
    pub fn serve(&self) -> Serving {
        self.serve_with(&["--clock", "manual", "--i-know"], appended(&self.log()).into())
    }

    /// Starts one of several servers on the machine's clock, and tells of each line that it logs.
    pub fn serve_node(&self, node: usize, logged: &Sender<()>) -> Serving {
        let mut serving = self.serve_with(&[], Stdio::piped());
        let said = serving.child.get_mut().unwrap().stderr.take().unwrap();
        let (log, logged) = (appended(&self.node_log(node)), logged.clone());
        thread::spawn(move || follow(said, log, &logged));
        serving
    }

    fn serve_with(&self, arguments: &[&str], log: Stdio) -> Serving {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.args(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").map(str::to_owned);
        let address = address.unwrap_or_else(|| panic!("the server did not start, its log ends:\n{}", self.log_end()));
        Serving { child: Mutex::new(child), address }
    }

    /// What one of several servers logged.
    pub fn node_logged(&self, node: usize) -> String {
        fs::read_to_string(self.node_log(node)).unwrap_or_default()
    }

    fn node_log(&self, node: usize) -> PathBuf {
        self.folder.path().join(format!("log-{node}"))
    }

    /// The last lines of what the servers logged.
    pub fn log_end(&self) -> String {
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Runs a command to its end and gives what it printed.
    fn told(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CHANCERY_")) {
            command.env_remove(name);
        }
        command.args(arguments).stdin(Stdio::null()).arg("--workspace").arg(&self.workspace);
        command.arg("--data").arg(self.data());
        if let Some(database) = &self.database {
            command.args(["--database", database]);
        }
        command
    }
}

impl Serving {
    /// Ends it as a power cut would, in the middle of whatever it is doing.
    pub fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        // It may have ended already, and then there is nothing to kill.
        drop(child.kill());
        child.wait().unwrap();
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let ends = self.log_end();
            // Nobody is left to tell if standard error is closed.
            drop(writeln!(io::stderr(), "the server's log ends:\n{ends}"));
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.kill();
    }
}

fn appended(log: &Path) -> File {
    File::options().append(true).create(true).open(log).unwrap()
}

/// Writes what a server says to its log, line by line, until it ends.
fn follow(said: ChildStderr, mut log: File, logged: &Sender<()>) {
    for line in BufReader::new(said).lines().map_while(Result::ok) {
        writeln!(log, "{line}").unwrap();
        // Whoever listens may have heard enough.
        logged.send(()).ok();
    }
}

/// A copy of the shipped workspace with the tests' workflows beside it, and other words in its workflows.
fn workspace_in(folder: &Path, changes: &[Change]) -> PathBuf {
    for place in ["", "forms", "workflows", "workflows/calendars"] {
        fs::create_dir_all(folder.join(place)).unwrap();
        let entries = fs::read_dir(repository().join(place)).unwrap().map(Result::unwrap);
        for entry in entries.filter(|entry| entry.path().extension().is_some_and(|end| end == "yaml" || end == "ics")) {
            fs::copy(entry.path(), folder.join(place).join(entry.file_name())).unwrap();
        }
    }
    fs::copy(repository().join("tests/it/crash").join(CONTROL), folder.join("workflows").join(CONTROL)).unwrap();
    for (file, from, to) in changes {
        let path = folder.join("workflows").join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} says {from}");
        fs::write(path, text.replace(from, to)).unwrap();
    }
    folder.to_owned()
}

/// The program, which cargo puts two folders above the test.
fn binary() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let path = test.parent().and_then(Path::parent).unwrap().join("chancery");
    assert!(path.exists(), "{} is missing: run `cargo build -p chancery` first", path.display());
    path
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
