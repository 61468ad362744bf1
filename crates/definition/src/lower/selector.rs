//! People selectors: `requester.manager`, `role:dpo`, a list of them.

use crate::{
    diagnostic::{Code, codes},
    expression::request_type,
    id::{DepartmentId, FieldName, Login, RoleId},
    lower::{names, reading, workflow::Lowering},
    model::{Chain, FieldKind, PERSON_FIELD, Selector},
    reporter::Reporter,
    syntax::{Node, Place},
};

/// Most parts of one union.
const PARTS_MAX: usize = 50;
/// Most levels that `requester.manager(n)` climbs.
const MANAGER_LEVELS_MAX: u32 = 20;

/// Where a selector stands, which decides what it may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placed {
    /// Who may start a case: nobody has asked yet.
    Start,
    /// In a step.
    Step,
    /// In an escalation, where somebody holds the task.
    Ladder,
}

/// The people that a node selects: one selector, or a list whose union it is.
pub(crate) fn lower(
    reporter: &mut Reporter<'_>,
    node: &Node,
    placed: Placed,
    lowering: &Lowering<'_>,
) -> Option<Selector> {
    if let Some(entries) = node.as_mapping() {
        let code = if node.get("expr").is_some() { codes::SELECTOR_NOT_YET } else { codes::SELECTOR_UNREADABLE };
        let found = entries.first().map(|entry| format!("{{ {}: … }}", entry.key)).unwrap_or_default();
        reporter.report(code, node.place, &[("found", &found)]);
        return None;
    }
    let Some(_) = node.as_sequence() else { return single(reporter, node, placed, lowering) };
    let items = reading::short_sequence(reporter, node, PARTS_MAX)?;
    if items.is_empty() {
        reporter.report(codes::EMPTY_VALUE, node.place, &[("expected", "list")]);
        return None;
    }
    let parts: Vec<_> = items.iter().map(|item| lower(reporter, item, placed, lowering)).collect();
    parts.into_iter().collect::<Option<_>>().map(Selector::Union)
}

fn single(reporter: &mut Reporter<'_>, node: &Node, placed: Placed, lowering: &Lowering<'_>) -> Option<Selector> {
    let text = reading::string(reporter, node)?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut reading = Reading { reporter, lowering, place: node.place, text };
    let selector = match words[..] {
        [one] => reading.word(one),
        ["requester.managers", "until", role] => {
            reading.prefixed_role(role).map(|role| Selector::RequesterManagers(Chain::Until(role)))
        }
        [role, "in", "requester.department"] => {
            let role = reading.prefixed_role(role);
            role.map(|role| Selector::Role { role, in_requester_department: true })
        }
        ["approvers", "of", step] => reading.approvers(step),
        ["chosen", "by", ..] => reading.refuse(codes::SELECTOR_NOT_YET),
        _ => reading.refuse(codes::SELECTOR_UNREADABLE),
    }?;
    let is_fit = match placed {
        Placed::Start => matches!(
            selector,
            Selector::Role { in_requester_department: false, .. }
                | Selector::Department(_)
                | Selector::DepartmentHead(_)
                | Selector::Person(_)
        ),
        Placed::Step => !matches!(selector, Selector::Assignee | Selector::AssigneeManager),
        Placed::Ladder => true,
    };
    let is_fit = is_fit && (lowering.has_requester || !selector.names_requester());
    if !is_fit {
        reporter.report(codes::SELECTOR_NOT_HERE, node.place, &[("found", text)]);
    }
    is_fit.then_some(selector)
}

/// Reads one selector and reports what is wrong with it.
struct Reading<'r, 'f, 'l> {
    reporter: &'r mut Reporter<'f>,
    lowering: &'l Lowering<'l>,
    place: Place,
    text: &'l str,
}

impl Reading<'_, '_, '_> {
    fn word(&mut self, word: &str) -> Option<Selector> {
        match word {
            "requester" => return Some(Selector::Requester),
            "requester.managers" => return Some(Selector::RequesterManagers(Chain::Whole)),
            "requester.manager" => return Some(Selector::RequesterManager(1)),
            "requester.department.head" => return Some(Selector::RequesterDepartmentHead),
            "assignee" => return Some(Selector::Assignee),
            "assignee.manager" => return Some(Selector::AssigneeManager),
            _ => {}
        }
        if let Some(levels) = word.strip_prefix("requester.manager(").and_then(|rest| rest.strip_suffix(')')) {
            return self.levels(levels).map(Selector::RequesterManager);
        }
        if let Some(levels) = word.strip_prefix("requester.managers(").and_then(|rest| rest.strip_suffix(')')) {
            return self.levels(levels).map(|levels| Selector::RequesterManagers(Chain::Levels(levels)));
        }
        match word.split_once(':') {
            Some(("role", _)) => {
                let role = self.prefixed_role(word)?;
                Some(Selector::Role { role, in_requester_department: false })
            }
            Some(("department", name)) => self.department(name),
            Some(("person", login)) => self.person(login),
            _ => self.field_of_start(word),
        }
    }

    fn levels(&mut self, levels: &str) -> Option<u32> {
        let number = levels.parse::<u32>().ok().filter(|levels| (1..=MANAGER_LEVELS_MAX).contains(levels));
        if number.is_none() {
            let most = MANAGER_LEVELS_MAX.to_string();
            let arguments = [("found", levels), ("least", "1"), ("most", most.as_str())];
            self.reporter.report(codes::OUT_OF_BOUNDS, self.place, &arguments);
        }
        number
    }

    fn prefixed_role(&mut self, word: &str) -> Option<RoleId> {
        let Some(name) = word.strip_prefix("role:") else { return self.refuse(codes::SELECTOR_UNREADABLE) };
        let roles = &self.lowering.names.settings.roles;
        if let Some((role, _)) = roles.get_key_value(name) {
            return Some(role.clone());
        }
        let known = roles.keys().map(RoleId::as_str);
        reading::unknown_name(self.reporter, codes::UNKNOWN_ROLE, (name, self.place), known);
        None
    }

    /// Whether the department exists is for the check that has a directory.
    fn department(&mut self, name: &str) -> Option<Selector> {
        let (id, is_head) = name.strip_suffix(".head").map_or((name, false), |id| (id, true));
        if !names::check_kebab_case(self.reporter, id, self.place) {
            return None;
        }
        let id = DepartmentId::from(id);
        Some(if is_head { Selector::DepartmentHead(id) } else { Selector::Department(id) })
    }

    /// Whether the person exists is for the check that has a directory.
    fn person(&mut self, login: &str) -> Option<Selector> {
        names::check_login(self.reporter, login, self.place).then(|| Selector::Person(Login::from(login)))
    }

    /// `request.FIELD`, or what another start calls its values.
    fn field_of_start(&mut self, word: &str) -> Option<Selector> {
        let lowering = self.lowering;
        match (lowering.values_called, word.split_once('.')) {
            (Some("person"), None) if word == "person" => self.request_field(PERSON_FIELD),
            (Some("person"), Some(("person", "manager"))) => self.request_field(&format!("{PERSON_FIELD}.manager")),
            (Some("request" | "event" | "record"), Some((first, path))) if lowering.values_called == Some(first) => {
                self.request_field(path)
            }
            (_, Some(("request" | "event" | "record" | "person", _))) => self.refuse(codes::SELECTOR_NOT_HERE),
            (_, _) => self.refuse(codes::SELECTOR_UNREADABLE),
        }
    }

    fn request_field(&mut self, path: &str) -> Option<Selector> {
        let (name, manager) = path.strip_suffix(".manager").map_or((path, false), |name| (name, true));
        let form = self.lowering.form()?;
        let Some(field) = form.field(name) else {
            let known = form.fields.iter().map(|field| field.name.as_str());
            reading::unknown_name(self.reporter, codes::UNKNOWN_FIELD, (name, self.place), known);
            return None;
        };
        if !matches!(field.kind, FieldKind::Person) {
            let found = request_type(field);
            let arguments = [("name", name), ("expected", "person"), ("found", found.name())];
            self.reporter.report(codes::WRONG_FIELD_TYPE, self.place, &arguments);
            return None;
        }
        Some(Selector::RequestField { field: FieldName::from(name), manager })
    }

    fn approvers(&mut self, step: &str) -> Option<Selector> {
        let approves = &self.lowering.approves;
        if let Some(index) = approves.get(step) {
            return Some(Selector::ApproversOf(*index));
        }
        let known = approves.keys().map(String::as_str);
        reading::unknown_name(self.reporter, codes::NO_EARLIER_APPROVE, (step, self.place), known);
        None
    }

    fn refuse<T>(&mut self, code: Code) -> Option<T> {
        self.reporter.report(code, self.place, &[("found", self.text)]);
        None
    }
}
