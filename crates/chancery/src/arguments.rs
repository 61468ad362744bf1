//! What may be said on the command line, or in the environment as `CHANCERY_*`.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use definition::text::Locale;

/// Chancery: forms and approval workflows for customer data.
#[derive(Debug, Parser)]
#[command(name = "chancery", version, propagate_version = true)]
pub struct Arguments {
    /// What every command may be told.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where things are.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// The workspace: the folder that holds chancery.yaml, forms/ and workflows/
    #[arg(long, global = true, env = "CHANCERY_WORKSPACE", default_value = ".", value_name = "DIR")]
    pub workspace: PathBuf,
    /// Where the database, the keyring, files and root.key are kept
    #[arg(long, global = true, env = "CHANCERY_DATA", default_value = ".chancery", value_name = "DIR")]
    pub data: PathBuf,
    /// `sqlite:FILE` or `postgres://…`; SQLite in the data folder if not given
    #[arg(long, global = true, env = "CHANCERY_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// The language of what is printed; the workspace's own if not given
    #[arg(long, global = true, env = "CHANCERY_LOCALE", value_name = "zh-CN|en", value_parser = locale)]
    pub locale: Option<Locale>,
}

/// What Chancery can be asked to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the workspace; exits with 1 if anything is wrong
    Check(Check),
    /// Run the scenarios
    Test(Test),
    /// Print the JSON Schemas of the definition files, or write them for editors
    Schema(Schema),
    /// Prepare an empty database and make its first administrator
    Init(Init),
    /// Bring in people and departments
    Import(Import),
    /// Serve the demo company; made on first use
    Demo(Demo),
    /// Serve the workspace
    Serve(Serve),
    /// Make a personal token for the API
    Token(Token),
    /// Hold the database against its own record
    Audit(Audit),
    /// Measure the reference case against the raw commit rate of the same database
    Bench(Bench),
}

/// `chancery check`
#[derive(Debug, Args)]
pub struct Check {
    /// Prove that somebody answers each step, with the people of this file
    #[arg(long, env = "CHANCERY_PEOPLE", value_name = "FILE")]
    pub people: Option<PathBuf>,
    /// Print an array of diagnostics as JSON
    #[arg(long, env = "CHANCERY_JSON")]
    pub json: bool,
}

/// `chancery test`
#[derive(Debug, Args)]
pub struct Test {
    /// Only scenarios whose file or name holds this
    pub filter: Option<String>,
    /// Print the results as JSON
    #[arg(long, env = "CHANCERY_JSON")]
    pub json: bool,
}

/// `chancery schema`
#[derive(Debug, Args)]
pub struct Schema {
    /// Which one; all in one object if not given
    #[arg(value_enum)]
    pub which: Option<SchemaName>,
    /// Write them into the data folder, where the shipped files' first lines point
    #[arg(long, env = "CHANCERY_WRITE", conflicts_with = "which")]
    pub write: bool,
}

/// A kind of definition file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    /// chancery.yaml
    Workspace,
    /// forms/*.yaml
    Form,
    /// workflows/*.yaml
    Workflow,
    /// workflows/*.scenarios.yaml
    Scenarios,
    /// people files
    People,
}

/// `chancery init`
#[derive(Debug, Args)]
pub struct Init {
    /// The first administrator's sign-in name; the first password is read from standard input
    #[arg(long, env = "CHANCERY_ADMIN", value_name = "LOGIN")]
    pub admin: String,
}

/// `chancery import`
#[derive(Debug, Args)]
pub struct Import {
    /// What the file holds
    #[command(subcommand)]
    pub what: ImportKind,
}

/// What can be brought in.
#[derive(Debug, Subcommand)]
pub enum ImportKind {
    /// People and departments
    People {
        /// A people file
        file: PathBuf,
    },
}

/// Where and how to listen.
#[derive(Debug, Clone, Args)]
pub struct Listen {
    /// The address to listen on; port 0 takes a free one and prints it
    #[arg(long = "listen", env = "CHANCERY_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    pub address: SocketAddr,
    /// A certificate chain in PEM, to serve HTTPS
    #[arg(long, env = "CHANCERY_TLS_CERT", requires = "tls_key", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// The certificate's key in PEM
    #[arg(long, env = "CHANCERY_TLS_KEY", requires = "tls_cert", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// A proxy whose word on the client's address is believed; may be given several times
    #[arg(long, env = "CHANCERY_TRUSTED_PROXY", value_delimiter = ',', value_name = "CIDR")]
    pub trusted_proxy: Vec<String>,
    /// The clock; `manual` is for tests and stands still until it is moved
    #[arg(long, env = "CHANCERY_CLOCK", default_value = "system", value_enum)]
    pub clock: ClockKind,
    /// Serve a manual clock on PostgreSQL, or plain HTTP beyond this machine, all the same
    #[arg(long, env = "CHANCERY_I_KNOW")]
    pub i_know: bool,
}

/// Where the time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ClockKind {
    /// The machine's clock
    System,
    /// A clock that tests move
    Manual,
}

/// `chancery demo`
#[derive(Debug, Args)]
pub struct Demo {
    /// Where and how to listen.
    #[command(flatten)]
    pub listen: Listen,
}

/// `chancery serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// Where and how to listen.
    #[command(flatten)]
    pub listen: Listen,
}

/// `chancery token`
#[derive(Debug, Args)]
pub struct Token {
    /// Whose token
    pub login: String,
    /// What it is for
    #[arg(long, env = "CHANCERY_TITLE", default_value = "command line")]
    pub title: String,
}

/// `chancery audit`
#[derive(Debug, Args)]
pub struct Audit {
    /// What is held against what
    #[command(subcommand)]
    pub what: AuditKind,
}

/// What can be audited.
#[derive(Debug, Subcommand)]
pub enum AuditKind {
    /// Fold the events of every case and compare with its row, tasks, timers and counters; exits with 1 if any differs
    Replay {
        /// Print the differences as JSON
        #[arg(long, env = "CHANCERY_JSON")]
        json: bool,
    },
}

/// `chancery bench`
#[derive(Debug, Args)]
pub struct Bench {
    /// What to measure; everything if not given
    #[arg(value_enum, value_name = "PART")]
    pub parts: Vec<BenchPart>,
    /// Print the figures as JSON
    #[arg(long, env = "CHANCERY_JSON")]
    pub json: bool,
    /// How long each measurement runs
    #[arg(long, env = "CHANCERY_SECONDS", default_value_t = 3, value_name = "SECONDS")]
    pub seconds: u64,
    /// How many callers work at once, in one measurement after the other
    #[arg(long, env = "CHANCERY_CALLERS", value_delimiter = ',', default_value = "1,16,64", value_name = "N")]
    pub callers: Vec<usize>,
    /// How many open tasks there are when the inbox is measured, in ascending order
    #[arg(
        long,
        env = "CHANCERY_TASKS",
        value_delimiter = ',',
        default_value = "10000,100000,1000000",
        value_name = "N"
    )]
    pub tasks: Vec<u32>,
    /// How many timers wait when their worker is measured, in ascending order
    #[arg(long, env = "CHANCERY_TIMERS", value_delimiter = ',', default_value = "1000000", value_name = "N")]
    pub timers: Vec<u64>,
    /// How many timers fall due at once
    #[arg(long, env = "CHANCERY_DUE", default_value_t = 10_000, value_name = "N")]
    pub due: u32,
}

/// A part of the measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BenchPart {
    /// Decisions in memory
    Engine,
    /// Cases through the operations that pages and API call
    Process,
    /// Cases through the API, beside a server of bare rows
    Http,
    /// The inbox page with many open tasks
    Inbox,
    /// Many timers that wait, and many that are due at once
    Timers,
    /// A server of its own: how soon it listens, and how much memory it takes
    Server,
}

fn locale(tag: &str) -> Result<Locale, String> {
    Locale::parse(tag).ok_or_else(|| "zh-CN or en".to_owned())
}
