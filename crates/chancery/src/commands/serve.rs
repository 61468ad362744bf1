//! `chancery serve`: pages, API and workers, until told to stop.

use std::io::Write;

use anyhow::{Context, Result, bail};
use chrono::Utc;
use runtime::{Application, clock::Clock, worker::Workers};
use server::{
    http::{
        origin::{Network, TrustedProxies},
        state::{Options, ServerState},
    },
    serve::Server,
};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing::info;

use super::open;
use crate::arguments::{ClockKind, Common, Listen, Serve};

/// Serves the workspace.
pub async fn run(common: &Common, serve: &Serve) -> Result<()> {
    let listen = &serve.listen;
    refuse_plain_http_abroad(listen)?;
    let opened = open::store(common).await?;
    if listen.clock == ClockKind::Manual && !opened.is_sqlite && !listen.i_know {
        bail!(
            "a manual clock on PostgreSQL would move time for every node on it; say --i-know if that is what you want"
        );
    }
    let application = open::application(common, opened, clock(listen), false).await?;
    if application.live().workspace.is_none() {
        bail!("the workspace does not pass the check and none was live before: run `chancery check`");
    }
    if application.directory().people().next().is_none() {
        bail!("nobody could sign in: run `chancery init --admin LOGIN` first");
    }
    until_stopped(application, listen).await
}

/// The clock that was asked for; a manual one starts at the machine's time.
pub fn clock(listen: &Listen) -> Clock {
    match listen.clock {
        ClockKind::System => Clock::System,
        ClockKind::Manual => Clock::manual(Utc::now()),
    }
}

/// Plain HTTP leaves this machine only behind a proxy that adds TLS.
pub fn refuse_plain_http_abroad(listen: &Listen) -> Result<()> {
    let is_abroad = !listen.address.ip().is_loopback();
    let is_covered = listen.tls_cert.is_some() || !listen.trusted_proxy.is_empty() || listen.i_know;
    if is_abroad && !is_covered {
        bail!(
            "{} can be reached from other machines: give --tls-cert and --tls-key, or name the proxy that adds TLS with \
             --trusted-proxy",
            listen.address
        );
    }
    Ok(())
}

/// Serves an application until the process is told to stop.
pub async fn until_stopped(application: Application, listen: &Listen) -> Result<()> {
    let tls = match (&listen.tls_cert, &listen.tls_key) {
        (Some(certificate), Some(key)) => Some(server::serve::tls(certificate, key).context("read the certificate")?),
        _ => None,
    };
    let networks = listen.trusted_proxy.iter().map(|network| network.parse::<Network>()).collect::<Result<_, _>>();
    let options = Options {
        proxies: TrustedProxies::new(networks.context("read --trusted-proxy")?),
        is_secure: tls.is_some() || !listen.trusted_proxy.is_empty(),
        templates: development_templates(),
        moves_clock: application.clock().is_manual(),
    };
    server::assets::verify()?;
    let metrics = server::metrics::install().context("prepare the metrics")?;
    let state = ServerState::new(application.clone(), options, Some(metrics));
    let server = Server::bind(listen.address, tls).await.with_context(|| format!("listen on {}", listen.address))?;
    let stop = CancellationToken::new();
    let workers = Workers::start(&application);
    announce(&server.url()?)?;
    tokio::spawn(stop_on_signal(stop.clone()));
    server.serve(server::router::router(state), stop).await.context("serve")?;
    workers.stop().await;
    application.close().await.context("close the database")?;
    Ok(())
}

/// The one line that scripts wait for.
fn announce(url: &str) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "listening on {url}")?;
    stdout.flush()?;
    Ok(())
}

/// In `make dev` templates are read from the work tree as they change.
fn development_templates() -> Option<std::path::PathBuf> {
    std::env::var_os("CHANCERY_DEV")
        .map(|_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/templates"))
}

async fn stop_on_signal(stop: CancellationToken) {
    let Ok(mut terminated) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        result = tokio::signal::ctrl_c() => drop(result),
        _ = terminated.recv() => {}
    }
    info!("Stopping after what is being answered");
    stop.cancel();
}
