//! The program: reads the command line and does what it says.
//!
//! What was asked for goes to standard output, everything else to standard error. The exit status is 1 where a check or
//! a scenario failed, 2 where the command itself could not be carried out.

mod arguments;
mod bench;
mod commands;
mod data_folder;
mod demo;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use anyhow::Context;
use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::arguments::{Arguments, Command};

/// The status of a command that could not be carried out.
const COULD_NOT: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    run(&arguments).unwrap_or_else(|error| {
        // Nobody is left to tell if standard error is closed.
        drop(writeln!(io::stderr().lock(), "chancery: {error:#}"));
        ExitCode::from(COULD_NOT)
    })
}

fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let common = &arguments.common;
    match &arguments.command {
        Command::Check(check) => commands::check::run(common, check),
        Command::Test(test) => commands::test::run(common, test),
        Command::Schema(schema) => commands::schema::run(common, schema),
        Command::Init(init) => served(commands::people::init(common, init)),
        Command::Import(import) => served(commands::people::import(common, import)),
        Command::Token(token) => served(commands::people::token(common, token)),
        Command::Demo(demo) => served(commands::demo::run(common, demo)),
        Command::Serve(serve) => served(commands::serve::run(common, serve)),
        Command::Audit(audit) => logged("warn", commands::audit::run(common, audit)),
        Command::Bench(bench) => logged("warn", succeeded(commands::bench::run(common, bench))),
    }
}

/// Runs a command that works on the store, with its log on standard error.
fn served(command: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<ExitCode> {
    logged("info,sqlx=warn,sea_orm=warn", succeeded(command))
}

/// A command that either does what it is told or fails.
async fn succeeded(command: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<ExitCode> {
    command.await.map(|()| ExitCode::SUCCESS)
}

/// Runs a command with these lines of its log on standard error, if the environment names no others.
fn logged(lines: &str, command: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    let filter = EnvFilter::try_from_env("CHANCERY_LOG").unwrap_or_else(|_| EnvFilter::new(lines));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start the runtime")?;
    runtime.block_on(command)
}
