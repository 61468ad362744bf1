//! `chancery bench`: measures the reference case beside the raw commit rate of the same database.
//!
//! `--json` prints one object: `database`, `build`, `seconds`; `engine` with `cases_per_second` and
//! `transitions_per_second`; `in_process` and `http`, each an array with an entry for one caller and one for `--callers`,
//! of `callers cases_per_second transitions_per_second p50_micros p99_micros raw_transitions_per_second ratio`.

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
    },
};

/// Measures and prints.
pub async fn run(common: &Common, arguments: &Bench) -> Result<()> {
    let locale = common.locale.unwrap_or_default();
    let measuring = Measuring {
        data: &common.data,
        database: common.database.as_deref(),
        lasts: Duration::from_secs(arguments.seconds.max(1)),
        callers: arguments.callers.max(1),
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
    if figures.build == "debug" {
        lines.push(Line { id: "bench-debug", arguments: Vec::new() });
    }
    let engine = vec![
        ("cases", whole(figures.engine.cases_per_second)),
        ("transitions", whole(figures.engine.transitions_per_second)),
    ];
    lines.push(Line { id: "bench-of-engine", arguments: engine });
    lines.extend(figures.in_process.iter().map(|measured| line("bench-of-process", measured)));
    lines.extend(figures.http.iter().map(|measured| line("bench-of-http", measured)));
    lines
}

fn line(id: &'static str, measured: &Measured) -> Line {
    let millis = |micros: u64| format!("{}.{:02}", micros / 1_000, micros % 1_000 / 10).into();
    let arguments = vec![
        ("callers", measured.callers.to_string().into()),
        ("cases", whole(measured.cases_per_second)),
        ("transitions", whole(measured.transitions_per_second)),
        ("median", millis(measured.p50_micros)),
        ("slow", millis(measured.p99_micros)),
        ("raw", whole(measured.raw_transitions_per_second)),
        ("ratio", format!("{:.2}", measured.ratio).into()),
    ];
    Line { id, arguments }
}

fn whole(figure: f64) -> i18n::FluentValue<'static> {
    format!("{figure:.0}").into()
}
