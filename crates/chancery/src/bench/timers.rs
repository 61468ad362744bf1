//! Timers: very many that wait, and many that fall due at once.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use chrono::TimeDelta;
use runtime::worker::Workers;
use tokio::{task::JoinSet, time};

use super::{
    company::{Company, TEAMS},
    figures::{DueFigures, TimerFigures},
    inbox::median_nanos,
};

/// How many callers begin their cases.
const CALLERS: u32 = 64;

/// How often it is looked whether one is due.
const TICKS: usize = 500;

/// How many timers one lease takes, and for how long.
const LEASE: (u32, TimeDelta) = (200, TimeDelta::seconds(10));

/// How long the timers may take to fire.
const FIRED_MAX: Duration = Duration::from_mins(5);

/// How often it is looked whether all have fired.
const LOOK_AGAIN: Duration = Duration::from_millis(2);

/// Sets more and more timers, years off, and looks each time how long it takes to find that none is due.
pub async fn waiting(company: &Company, counts: &[u64]) -> Result<Vec<TimerFigures>> {
    let store = company.application.store();
    let now = company.application.clock().now();
    store.scrub().await?;
    let before = store.size_bytes().await?;
    let (mut figures, mut set) = (Vec::new(), 0);
    for count in counts {
        let from = now + TimeDelta::days(3_650) + TimeDelta::minutes(i64::try_from(set / 1_000)?);
        store.fill_timers(set, count.saturating_sub(set), from).await?;
        set = set.max(*count);
        store.scrub().await?;
        let mut ticks = Vec::new();
        for _ in 0..TICKS {
            let began = Instant::now();
            let leased = store.lease_timers(now, now + LEASE.1, LEASE.0).await?;
            ticks.push(began.elapsed());
            if !leased.is_empty() {
                bail!("a timer fell due that should not");
            }
        }
        let bytes = store.size_bytes().await?.saturating_sub(before);
        figures.push(TimerFigures { timers: *count, bytes, empty_tick_nanos: median_nanos(&mut ticks) });
    }
    Ok(figures)
}

/// Begins cases, lets their first timers fall due at one moment, and watches them fire.
pub async fn due(company: &Company, timers: u32) -> Result<DueFigures> {
    let mut beginning = JoinSet::new();
    for caller in 0..CALLERS {
        let company = company.clone();
        beginning.spawn(async move {
            let asker = TEAMS[caller as usize % TEAMS.len()].0;
            let viewer = company.viewer(asker)?;
            let mut last = None;
            for count in (caller..timers).step_by(CALLERS as usize) {
                let request = company.request(asker, u64::from(count));
                let begun = company.application.start(&viewer, &Company::process(), &request).await?;
                let first = begun.case.timers.iter().map(|timer| timer.due_at).min();
                last = last.max(first);
            }
            Ok::<_, anyhow::Error>(last)
        });
    }
    let mut due_at = None;
    while let Some(begun) = beginning.join_next().await {
        due_at = due_at.max(begun??);
    }
    let due_at = due_at.context("a reference case has a timer")?;
    company.application.clock().advance_to(due_at);
    let began = Instant::now();
    let workers = Workers::start(&company.application);
    let store = company.application.store();
    while store.next_timer_due().await?.is_some_and(|due| due <= due_at) {
        if began.elapsed() > FIRED_MAX {
            bail!("the timers did not fire");
        }
        time::sleep(LOOK_AGAIN).await;
    }
    let lasted = began.elapsed();
    workers.stop().await;
    let fired_per_second = f64::from(timers) / lasted.as_secs_f64();
    let all_millis = u64::try_from(lasted.as_millis()).unwrap_or(u64::MAX);
    Ok(DueFigures { timers, fired_per_second, all_millis })
}
