//! What approving would do, for whoever decides.

use definition::{model::Confirm, value::FieldPick};
use engine::{
    predict::{Course, PredictedStep, Who},
    task::Role,
};

use super::Opened;
use crate::{
    i18n,
    pages::start::side::level_counts,
    view::case::{Comparison, Fact, Impact, LevelCount, Receiver, Undo},
    words::{self, values},
};

/// How far back the runtime compares.
const MONTHS: u64 = 12;

impl Opened<'_> {
    pub(super) fn impact(&self) -> Option<Impact> {
        let decides = self.view.tasks.iter().any(|task| task.role == Role::Decide);
        let records = self.view.summary.records.filter(|_| decides)?;
        let locale = self.reading.locale;
        let settings = &self.view.plan.settings;
        let form = self.view.plan.registers.values().next().map(AsRef::as_ref);
        let picks: Vec<FieldPick> = self.view.picks.iter().map(|sample| sample.pick.clone()).collect();
        let masked: Vec<&str> = picks.iter().filter(|pick| pick.masked).map(|pick| pick.name.as_str()).collect();
        let usual = self.view.usual;
        let of = |number: i64| u64::try_from(number).unwrap_or_default();
        Some(Impact {
            records,
            register: form.map(|form| form.title.get(locale).clone()).unwrap_or_default(),
            chosen: self.chosen_of_all(),
            receiver: self.receiver(),
            levels: level_counts(settings, form, locale, picks.iter().filter(|pick| !pick.masked)),
            masked: (!masked.is_empty()).then(|| LevelCount {
                level: words::cases::level_tag(locale, settings, definition::level::Level::L0),
                count: masked.len() as u64,
                fields: values::labels(locale, form, masked.iter().copied()),
            }),
            comparison: (usual.count > 0)
                .then(|| Comparison::of(records, (of(usual.median), of(usual.max)), (of(usual.count), MONTHS))),
            facts: self.facts(records, picks.len() as u64),
            undo: self.protect().map(|_| Undo::UntilDownload),
        })
    }

    /// How the records of the request were chosen; of several sets one after the other.
    fn chosen_of_all(&self) -> Option<String> {
        let fields = self.view.plan.form.fields.iter();
        let told = fields.filter_map(|field| self.chosen(&field.name, field.kind.register()?));
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| told.join(&self.say("chosen-also", &[])))
    }

    fn receiver(&self) -> Option<Receiver> {
        let locale = self.reading.locale;
        let login = self.view.case.recipient()?;
        let person = self.view.directory.person(login.as_str());
        let roles = person.into_iter().flat_map(|person| &person.roles);
        let titled = roles.filter_map(|role| self.view.plan.settings.roles.get(role));
        let role = titled.max_by_key(|role| role.clearance).map(|role| role.title.get(locale).clone());
        let none = || self.say("case-nobody", &[]);
        Some(Receiver {
            name: self.name(login),
            role: role.unwrap_or_else(none),
            department: words::people::person(locale, &self.view.directory, login).note.unwrap_or_else(none),
            clearance: person.map(|person| person.clearance.to_string()).unwrap_or_default(),
        })
    }

    fn facts(&self, records: u64, fields: u64) -> Vec<Fact> {
        let ahead: Vec<&PredictedStep> = self.deciders().filter(|step| step.course == Course::Ahead).collect();
        let mut facts: Vec<Fact> = ahead
            .iter()
            .map(|step| Fact::AlsoNeeds {
                who: match &step.who {
                    Who::People { people, pool: true } if people.len() > 1 => {
                        let names = words::timeline::names(self.reading, &self.view, people);
                        i18n::message(self.reading.locale, "impact-any-of", &[("names", names.into())])
                    }
                    Who::People { people, .. } => words::timeline::names(self.reading, &self.view, people),
                    Who::ToBeNamed { by } => words::timeline::names(self.reading, &self.view, by),
                    Who::Nobody => String::new(),
                },
                role: words::cases::step(self.reading.locale, Some(&self.view.plan.process), step.step.as_str()),
            })
            .collect();
        let Some(protect) = self.protect() else { return facts };
        if ahead.is_empty() {
            facts.push(Fact::Last);
        }
        facts.push(Fact::Grants {
            approvals: self.deciders().filter(|step| step.course != Course::Aside).count() as u64,
            records,
            fields,
            period: values::period(self.reading.locale, protect.expires),
            downloads: protect.downloads.into(),
        });
        facts
    }

    /// The steps in which people decide.
    fn deciders(&self) -> impl Iterator<Item = &PredictedStep> {
        self.view.path.iter().filter(|predicted| {
            let step = self.view.plan.process.step_by_id(predicted.step.as_str());
            step.is_some_and(|(_, step)| matches!(step.kind, definition::model::StepKind::Approve(_)))
        })
    }

    /// What a step asks as proof of identity.
    pub(super) fn confirm(&self, step: &str) -> Confirm {
        let step = self.view.plan.process.step_by_id(step);
        step.and_then(|(_, step)| step.kind.people()).map_or(Confirm::None, |people| people.confirm)
    }
}
