//! `chancery bench`: measures the reference case beside the raw commit rate of the same database, and what surrounds it.
//!
//! `--json` prints one object: `database`, `build`, `seconds`; `engine` with `cases_per_second` and
//! `transitions_per_second`; `in_process` and `http`, each an array with an entry for each number of `--callers`, of
//! `callers cases_per_second transitions_per_second p50_micros p99_micros approve_p99_micros raw_transitions_per_second
//! ratio`, over HTTP also `bare_cases_per_second bare_ratio`; `inbox` with an entry for each number of `--tasks`, of
//! `tasks p50_micros bytes`; `timers` with one for each of `--timers`, of `timers bytes empty_tick_nanos`; `due` with
//! `timers fired_per_second all_millis`; `server` with `waiting start_millis idle_kilobytes load_kilobytes`; `goals`, an
//! array of `name value must aim met`.

use std::{
    io::{self, Write},
    time::Duration,
};

use anyhow::Result;
use server::i18n;

use crate::{
    arguments::{Bench, Common},
    bench::{
        self, Measuring,
        figures::{Figures, Measured},
        goals::{Goal, Met},
    },
};

/// Measures and prints.
pub async fn run(common: &Common, arguments: &Bench) -> Result<()> {
    let locale = common.locale.unwrap_or_default();
    let measuring = Measuring {
        parts: &arguments.parts,
        data: &common.data,
        database: common.database.as_deref(),
        lasts: Duration::from_secs(arguments.seconds.max(1)),
        callers: &arguments.callers,
        tasks: &arguments.tasks,
        timers: &arguments.timers,
        due: arguments.due,
    };
    // Nobody is left to tell if standard error is closed.
    let progress = |id: &str| drop(writeln!(io::stderr().lock(), "==> {}", i18n::message(locale, id, &[])));
    let figures = bench::measure(measuring, &progress).await?;
    let mut stdout = io::stdout().lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut stdout, &figures)?;
        writeln!(stdout)?;
    } else {
        for line in lines(&figures) {
            writeln!(stdout, "{}", i18n::message(locale, line.id, &line.arguments))?;
        }
        for goal in &figures.goals {
            writeln!(stdout, "{}", said(locale, goal))?;
        }
    }
    Ok(stdout.flush()?)
}

/// A message and what stands in it.
struct Line {
    id: &'static str,
    arguments: Vec<(&'static str, i18n::FluentValue<'static>)>,
}

fn lines(figures: &Figures) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = |id: &'static str, arguments| lines.push(Line { id, arguments });
    if figures.build == "debug" {
        line("bench-debug", Vec::new());
    }
    if let Some(engine) = &figures.engine {
        let arguments =
            vec![("cases", whole(engine.cases_per_second)), ("transitions", whole(engine.transitions_per_second))];
        line("bench-of-engine", arguments);
    }
    for measured in &figures.in_process {
        line("bench-of-process", arguments_of(measured));
    }
    for measured in &figures.http {
        line("bench-of-http", arguments_of(measured));
    }
    for one in &figures.inbox {
        let tasks = ("tasks", one.tasks.to_string().into());
        line(
            "bench-of-inbox",
            vec![tasks, ("median", millis(one.p50_micros)), ("bytes", one.bytes.to_string().into())],
        );
    }
    if let Some(due) = figures.due {
        let count = ("timers", due.timers.to_string().into());
        line(
            "bench-of-due",
            vec![count, ("fired", whole(due.fired_per_second)), ("millis", due.all_millis.to_string().into())],
        );
    }
    for one in &figures.timers {
        let count = ("timers", one.timers.to_string().into());
        let megabytes = ("megabytes", (one.bytes / 1_000_000).to_string().into());
        line("bench-of-timers", vec![count, megabytes, ("micros", millis(one.empty_tick_nanos))]);
    }
    if let Some(server) = figures.server {
        let arguments = vec![
            ("waiting", server.waiting.to_string().into()),
            ("millis", server.start_millis.to_string().into()),
            ("idle", (server.idle_kilobytes / 1_000).to_string().into()),
            ("load", (server.load_kilobytes / 1_000).to_string().into()),
        ];
        line("bench-of-server", arguments);
    }
    lines
}

fn arguments_of(measured: &Measured) -> Vec<(&'static str, i18n::FluentValue<'static>)> {
    vec![
        ("callers", measured.callers.to_string().into()),
        ("cases", whole(measured.cases_per_second)),
        ("transitions", whole(measured.transitions_per_second)),
        ("median", millis(measured.p50_micros)),
        ("slow", millis(measured.p99_micros)),
        ("raw", whole(measured.raw_transitions_per_second)),
        ("ratio", format!("{:.2}", measured.ratio).into()),
        ("bare", whole(measured.bare_cases_per_second.unwrap_or_default())),
        ("against", format!("{:.2}", measured.bare_ratio.unwrap_or_default()).into()),
    ]
}

/// A goal, what was measured, and whether it was reached.
fn said(locale: i18n::Locale, goal: &Goal) -> String {
    let met = match goal.met {
        Met::Aim => "bench-met",
        Met::Must => "bench-met-must",
        Met::Missed => "bench-missed",
    };
    let figure = |figure: f64| i18n::FluentValue::from(format!("{figure:.2}"));
    let arguments = [
        ("goal", i18n::message(locale, goal.message, &[]).into()),
        ("value", figure(goal.value)),
        ("must", figure(goal.must)),
        ("aim", goal.aim.map_or_else(|| "\u{2013}".into(), figure)),
    ];
    i18n::message(locale, met, &arguments)
}

fn millis(micros: u64) -> i18n::FluentValue<'static> {
    format!("{}.{:02}", micros / 1_000, micros % 1_000 / 10).into()
}

fn whole(figure: f64) -> i18n::FluentValue<'static> {
    format!("{figure:.0}").into()
}
