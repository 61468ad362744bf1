//! A server in a process of its own, over what the other measurements left: how soon it listens, and its memory.

use std::{
    fs,
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use store::Store;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time,
};

use super::{
    Tokens,
    callers::{self, Way},
    company::Company,
    figures::ServerFigures,
};

/// How many clients work with it.
const CLIENTS: usize = 16;

/// How long it is left alone before its memory is looked at.
const IDLE: Duration = Duration::from_secs(2);

/// Starts it and looks at it; the application over the same database is closed.
pub async fn measure(company: &Company, tokens: &Tokens, lasts: Duration) -> Result<ServerFigures> {
    let store = Store::open(&company.config).await?;
    let waiting = u32::try_from(store.case_number_max().await?).unwrap_or(u32::MAX);
    let mut command = Command::new(std::env::current_exe()?);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CHANCERY_")) {
        command.env_remove(name);
    }
    command.args(["serve", "--listen", "127.0.0.1:0", "--database", &company.url]);
    command.arg("--workspace").arg(company.workspace()).arg("--data").arg(company.data());
    command.env("CHANCERY_LOG", "error").stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
    let began = Instant::now();
    let mut child = command.spawn().context("start a server")?;
    let listening = listening(&mut child).await;
    let start_millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let address = listening?;
    time::sleep(IDLE).await;
    let id = child.id().context("the server runs")?;
    let idle_kilobytes = memory(id, "VmRSS")?;
    let way = Way::Http { address, tokens: tokens.clone() };
    callers::work_for(company, (&way, &store), CLIENTS, lasts).await?;
    let load_kilobytes = memory(id, "VmHWM")?;
    child.kill().await?;
    store.close().await?;
    Ok(ServerFigures { waiting, start_millis, idle_kilobytes, load_kilobytes })
}

/// Where it listens, once it does.
async fn listening(child: &mut Child) -> Result<String> {
    let stdout = child.stdout.take().context("the server's output is read")?;
    let line = BufReader::new(stdout).lines().next_line().await?.unwrap_or_default();
    match line.trim().strip_prefix("listening on http://") {
        Some(address) => Ok(address.to_owned()),
        None => bail!("the server did not start"),
    }
}

/// A figure of the kernel's about a process, in kilobytes.
fn memory(process: u32, figure: &str) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).context("read the memory of a process")?;
    let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':'));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse().ok());
    kilobytes.context("the kernel tells of memory")
}
