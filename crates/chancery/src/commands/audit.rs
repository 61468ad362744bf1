//! `chancery audit replay`: folds the events of every case and holds each row about it against them.
//!
//! Exits with 1 if anything differs. `--json` prints one object: `differences`, an array of `case kind …`, then how much
//! was looked at: `looked` with `cases events timers differences`. Differences are printed as they are found.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use anyhow::{Context, Result};
use runtime::replay::{self, Difference, How, What};
use server::i18n::{self, FluentValue, Locale};

use super::open;
use crate::arguments::{Audit, AuditKind, Common};

/// Does what is asked of the record.
pub async fn run(common: &Common, arguments: &Audit) -> Result<ExitCode> {
    let AuditKind::Replay { json } = arguments.what;
    let opened = open::store(common).await?;
    let locale = common.locale.unwrap_or_default();
    let mut printing = Printing { locale, json, told: 0, failed: None };
    printing.begin();
    let looked = replay::replay(&opened.store, &mut |difference| printing.tell(&difference)).await;
    let looked = looked.context("read the cases")?;
    printing.end(&looked)?;
    opened.store.close().await?;
    Ok(if looked.differences == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints differences as they come.
struct Printing {
    locale: Locale,
    json: bool,
    told: u64,
    /// Why nothing more can be printed.
    failed: Option<io::Error>,
}

impl Printing {
    fn begin(&mut self) {
        if self.json {
            self.print("{\"differences\":[");
        }
    }

    fn tell(&mut self, difference: &Difference) {
        let line = if self.json {
            let comma = if self.told == 0 { "" } else { "," };
            serde_json::to_string(difference).map(|line| format!("{comma}\n{line}")).unwrap_or_default()
        } else {
            format!("{}\n", sentence(self.locale, difference))
        };
        self.told += 1;
        self.print(&line);
    }

    fn end(mut self, looked: &replay::Looked) -> Result<()> {
        if self.json {
            let looked = serde_json::to_string(looked)?;
            self.print(&format!("],\n\"looked\":{looked}}}\n"));
        } else {
            let count = |count: u64| FluentValue::from(count);
            let arguments = [
                ("cases", count(looked.cases)),
                ("events", count(looked.events)),
                ("timers", count(looked.timers)),
                ("differences", count(looked.differences)),
            ];
            writeln!(io::stderr().lock(), "{}", i18n::message(self.locale, "replay-looked", &arguments))?;
        }
        self.failed.map_or(Ok(()), |error| Err(error).context("write the differences"))
    }

    fn print(&mut self, text: &str) {
        let mut stdout = io::stdout().lock();
        if let Err(error) = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
            self.failed.get_or_insert(error);
        }
    }
}

/// A difference in words.
fn sentence(locale: Locale, difference: &Difference) -> String {
    let text = |id: &str, arguments: &i18n::Arguments<'_>| i18n::message(locale, id, arguments);
    let how = |how: How| {
        let id = match how {
            How::Missing => "replay-how-missing",
            How::LeftOver => "replay-how-left-over",
            How::Differs => "replay-how-differs",
        };
        FluentValue::from(text(id, &[]))
    };
    let number = |number: &i64| FluentValue::from(number.to_string());
    let counts = |said: &i64, counted: &i64| [("said", number(said)), ("counted", number(counted))];
    let what = match &difference.what {
        What::EventsMissing { number: event } => text("replay-events-missing", &[("number", number(event))]),
        What::EventDamaged { number: event } => text("replay-event-damaged", &[("number", number(event))]),
        What::Snapshot => text("replay-snapshot", &[]),
        What::Column { column } => text("replay-column", &[("column", (*column).into())]),
        What::Task { task, how: differs } => {
            text("replay-task", &[("task", task.to_string().into()), ("how", how(*differs))])
        }
        What::Candidates { task } => text("replay-candidates", &[("task", task.to_string().into())]),
        What::Timer { due, how: differs } => {
            text("replay-timer", &[("due", due.to_rfc3339().into()), ("how", how(*differs))])
        }
        What::Effect => text("replay-effect", &[]),
        What::EventsOfNoCase { id } => text("replay-events-of-no-case", &[("id", id.to_string().into())]),
        What::TaskOfNoCase { task } => text("replay-task-of-no-case", &[("task", task.to_string().into())]),
        What::OpenTasks { person, said, counted } => {
            let [said, counted] = counts(said, counted);
            text("replay-open-tasks", &[("person", person.as_str().into()), said, counted])
        }
        What::Unread { person, said, counted } => {
            let [said, counted] = counts(said, counted);
            text("replay-unread", &[("person", person.as_str().into()), said, counted])
        }
        What::Numbers { said, counted } => text("replay-numbers", &counts(said, counted)),
    };
    match &difference.case {
        Some(case) => text("replay-in-case", &[("case", number(case)), ("what", what.into())]),
        None => what,
    }
}
