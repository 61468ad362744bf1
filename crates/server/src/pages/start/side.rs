//! What follows when a request is sent: its way, what would make it shorter, and the request in figures.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use definition::{
    form_values::FieldProblem,
    id::{Login, StepId},
    level::Level,
    model::{ActionCall, Form, Process, StepKind},
    people::{Around, Directory},
    value::{FieldPick, Value},
};
use engine::{
    Plan,
    predict::{Change, Course, PredictedStep, Reason, Shortening, Who},
};
use runtime::cases::Preview;

use crate::{
    i18n::format::Reading,
    view::{
        case::{Control, LevelCount},
        start::{self, PathDoer, PathStop, Shorter, Side, Summary, Todo},
    },
    words::{self, reasons::Because, values},
};

/// The most hints that are given at once.
const HINTS_MAX: usize = 2;

/// What a side is told with.
pub struct Telling<'a> {
    /// Where and when it is read.
    pub reading: Reading,
    /// The process and what it refers to.
    pub plan: &'a Plan,
    /// Everybody.
    pub directory: &'a Directory,
    /// Who asks.
    pub requester: &'a Login,
}

impl Telling<'_> {
    /// Everything beside the form.
    pub fn side(&self, preview: &Preview, problems: &[FieldProblem]) -> Side {
        let picks = picks(preview);
        Side {
            path: self.path(&preview.path, &picks),
            unknown: preview.path.is_empty(),
            shorter: preview
                .shorter
                .iter()
                .take(HINTS_MAX)
                .filter_map(|way| self.shorter(way, &preview.path))
                .collect(),
            summary: self.summary(preview, &picks),
            todo: self.todo(problems),
            submit: Control::Offered,
        }
    }

    fn process(&self) -> &Process {
        &self.plan.process
    }

    fn path(&self, path: &[PredictedStep], picks: &[FieldPick]) -> Vec<PathStop> {
        let who = words::people::person(self.reading.locale, self.directory, self.requester);
        let mut stops = vec![PathStop { doer: PathDoer::You { who }, latest: None, because: Vec::new() }];
        stops.extend(path.iter().filter(|step| step.course != Course::Aside).filter_map(|step| self.stop(step, picks)));
        let exports = path.iter().filter(|step| step.course != Course::Aside).find_map(|step| self.export(&step.step));
        stops.extend(exports.map(|doer| PathStop { doer, latest: None, because: Vec::new() }));
        stops
    }

    fn stop(&self, predicted: &PredictedStep, picks: &[FieldPick]) -> Option<PathStop> {
        let (_, step) = self.process().step_by_id(predicted.step.as_str())?;
        let title = step.title.get(self.reading.locale).clone();
        let doer = match &step.kind {
            StepKind::Approve(_) | StepKind::Fill(_) => self.people(&predicted.who, title)?,
            StepKind::Run(_) => PathDoer::Machine { step: title },
            StepKind::Notify(notify) => {
                let told = self.directory.select(&notify.to, self.around());
                let others: Vec<String> = told
                    .iter()
                    .filter(|person| person.login != *self.requester)
                    .map(|person| person.name.clone())
                    .collect();
                if others.is_empty() {
                    return None;
                }
                PathDoer::Message { to: words::cases::joined(self.reading.locale, &others) }
            }
            StepKind::Branch(_)
            | StepKind::Parallel(_)
            | StepKind::Each(_)
            | StepKind::Repeat(_)
            | StepKind::Wait(_)
            | StepKind::Set(_)
            | StepKind::End(_) => return None,
        };
        let is_decided_by_people =
            matches!(doer, PathDoer::Person { .. } | PathDoer::People { .. } | PathDoer::Nobody { .. });
        let because = if is_decided_by_people { self.because(&predicted.why, picks) } else { Vec::new() };
        Some(PathStop { doer, latest: predicted.until, because })
    }

    fn people(&self, who: &Who, step: String) -> Option<PathDoer> {
        match who {
            Who::People { people, .. } => match people.as_slice() {
                [] => None,
                [one] => {
                    let who = words::people::person(self.reading.locale, self.directory, one);
                    Some(PathDoer::Person { who, step })
                }
                several => Some(PathDoer::People { who: self.names(several), count: several.len() as u64, step }),
            },
            Who::ToBeNamed { .. } => Some(PathDoer::Nobody { step }),
            Who::Nobody => None,
        }
    }

    fn names(&self, people: &[Login]) -> String {
        let names: Vec<String> = people.iter().map(|login| words::people::name(self.directory, login)).collect();
        words::cases::joined(self.reading.locale, &names)
    }

    fn around(&self) -> Around<'_> {
        Around { requester: Some(self.requester.as_str()), ..Around::NOBODY }
    }

    fn export(&self, step: &StepId) -> Option<PathDoer> {
        let (_, step) = self.process().step_by_id(step.as_str())?;
        let StepKind::Run(run) = &step.kind else { return None };
        let ActionCall::RecordsExport(arguments) = &run.action;
        Some(PathDoer::Download {
            copies: arguments.protect.downloads.into(),
            period: values::period(self.reading.locale, arguments.protect.expires),
        })
    }

    fn because(&self, why: &[Reason], picks: &[FieldPick]) -> Vec<start::Reason> {
        let taken = why.iter().filter(|reason| reason.taken == Some(true));
        taken.flat_map(|reason| self.holding(reason)).map(|because| self.reason(because, picks)).collect()
    }

    fn holding(&self, reason: &Reason) -> Vec<Because> {
        let Some(source) = &reason.source else { return Vec::new() };
        let branch = self.process().step_by_id(reason.branch.as_str()).map(|(_, step)| &step.kind);
        let Some(StepKind::Branch(branch)) = branch else { return Vec::new() };
        let is_meant = |case: &&definition::model::BranchCase| {
            case.condition.as_ref().is_some_and(|condition| *condition.source == **source)
        };
        branch.cases.iter().find(is_meant).map(|case| words::reasons::holding(case, &reason.values)).unwrap_or_default()
    }

    fn reason(&self, because: Because, picks: &[FieldPick]) -> start::Reason {
        match because {
            Because::Level(least) => {
                let meant = picks.iter().filter(|pick| pick.effective_level() >= least);
                let level = meant.clone().map(FieldPick::effective_level).max().unwrap_or(least);
                let names = meant.map(|pick| pick.name.as_str());
                start::Reason::Clear {
                    level: words::cases::level_tag(self.reading.locale, &self.plan.settings, level),
                    fields: values::labels(self.reading.locale, self.picked_form(), names),
                }
            }
            Because::Over(over) => start::Reason::Records { over },
            Because::Written(text) => start::Reason::Words { text },
        }
    }

    /// The register whose fields the form picks.
    fn picked_form(&self) -> Option<&Form> {
        self.plan.registers.values().next().map(AsRef::as_ref)
    }

    fn shorter(&self, way: &Shortening, path: &[PredictedStep]) -> Option<Shorter> {
        let masks: Vec<&str> = way
            .changes
            .iter()
            .filter_map(|change| match change {
                Change::Mask { pick, .. } => Some(pick.as_str()),
                Change::FewerRecords { .. } => None,
            })
            .collect();
        let fewer = way.changes.iter().find_map(|change| match change {
            Change::FewerRecords { at_most, .. } => Some(*at_most),
            Change::Mask { .. } => None,
        });
        let fields = values::labels(self.reading.locale, self.picked_form(), masks.iter().copied());
        let change = match (masks.is_empty(), fewer) {
            (false, None) => start::Change::Mask { fields },
            (true, Some(records)) => start::Change::Fewer { records },
            (false, Some(records)) => start::Change::MaskAndFewer { fields, records },
            (true, None) => return None,
        };
        let dropped: Vec<&PredictedStep> = path.iter().filter(|step| way.drops.contains(&step.step)).collect();
        let saved: TimeDelta = dropped.iter().filter_map(|step| span(step.from, step.until)).sum();
        Some(Shorter {
            change,
            spares: words::cases::joined(
                self.reading.locale,
                &dropped.iter().map(|step| self.spared(step)).collect::<Vec<_>>(),
            ),
            saves: (saved > TimeDelta::zero()).then(|| self.reading.length(saved)),
            action: (!masks.is_empty()).then(|| format!("mask:{}", masks.join(","))),
        })
    }

    fn spared(&self, step: &PredictedStep) -> String {
        match &step.who {
            Who::People { people, .. } if people.len() == 1 => self.names(people),
            Who::People { .. } | Who::ToBeNamed { .. } | Who::Nobody => {
                words::cases::step(self.reading.locale, Some(self.process()), step.step.as_str())
            }
        }
    }

    fn summary(&self, preview: &Preview, picks: &[FieldPick]) -> Option<Summary> {
        let asks = self.plan.form.fields.iter().any(|field| field.kind.register().is_some());
        asks.then(|| Summary {
            records: preview.summary.records,
            clear: self.levels(picks.iter().filter(|pick| !pick.masked)),
            masked: self.levels(picks.iter().filter(|pick| pick.masked)),
        })
    }

    fn levels<'p>(&self, picks: impl Iterator<Item = &'p FieldPick>) -> Vec<LevelCount> {
        level_counts(&self.plan.settings, self.picked_form(), self.reading.locale, picks)
    }

    fn todo(&self, problems: &[FieldProblem]) -> Vec<Todo> {
        let has_problem =
            |field: &&definition::model::Field| problems.iter().any(|problem| problem.field == field.name);
        let fields = self.plan.form.fields.iter().filter(has_problem);
        let todo = |field: &definition::model::Field| Todo {
            field: field.name.to_string(),
            label: field.label.get(self.reading.locale).clone(),
        };
        fields.map(todo).collect()
    }
}

/// How many fields of each level, the most protected first, with their names.
pub fn level_counts<'p>(
    settings: &definition::model::Settings,
    form: Option<&Form>,
    locale: definition::text::Locale,
    picks: impl Iterator<Item = &'p FieldPick>,
) -> Vec<LevelCount> {
    let mut by_level: BTreeMap<std::cmp::Reverse<Level>, Vec<&str>> = BTreeMap::new();
    for pick in picks {
        by_level.entry(std::cmp::Reverse(pick.level)).or_default().push(pick.name.as_str());
    }
    let count = |(level, names): (std::cmp::Reverse<Level>, Vec<&str>)| LevelCount {
        level: words::cases::level_tag(locale, settings, level.0),
        count: names.len() as u64,
        fields: values::labels(locale, form, names.into_iter()),
    };
    by_level.into_iter().map(count).collect()
}

fn picks(preview: &Preview) -> Vec<FieldPick> {
    let picks =
        preview.values.values().filter_map(|value| if let Value::Picks(picks) = value { Some(picks) } else { None });
    picks.flatten().cloned().collect()
}

fn span(from: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>) -> Option<TimeDelta> {
    Some(until? - from?)
}
