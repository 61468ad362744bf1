//! Steps for people: who, how several decide, by when, and what they may do.

use super::{Grammar, Step};
use crate::simulation::company::{DEPARTMENTS, LOGINS};

const FIELDS: [&str; 7] = ["purpose", "amount", "account", "colleague", "records", "fields", "format"];
const ACTS: [&str; 12] = [
    "reject",
    "return",
    "transfer",
    "delegate",
    "add_before",
    "add_after",
    "add_alongside",
    "remove",
    "claim",
    "comment",
    "opinion",
    "ask",
];

impl Grammar<'_> {
    pub(super) fn approve(&mut self) -> Step {
        let id = self.id("approve");
        let mut keys = self.people_keys(true);
        if self.chance.one_in(6) {
            keys.push(format!("if_requester: {}", self.chance.pick(&["manager", "skip", "allow"])));
        }
        match self.chance.below(6) {
            0 | 1 if self.lanes > 0 => keys.push("on_reject: branch".to_owned()),
            2 => keys.push("on_reject: continue".to_owned()),
            _ => {}
        }
        let has_rule = keys.iter().any(|key| key.starts_with("on_reject"));
        let lists = if !has_rule && self.depth < super::DEPTH_MAX && self.chance.one_in(6) {
            vec![self.inside("on_reject", None, false)]
        } else {
            Vec::new()
        };
        self.note(&id);
        self.approves.push(id.clone());
        Step { name: format!("approve: {id}"), keys, lists }
    }

    pub(super) fn fill(&mut self) -> Step {
        let id = self.id("fill");
        let mut keys = self.people_keys(false);
        let editable = ["amount", "purpose", "fields", "records", "colleague"];
        let edit: Vec<&str> = self.chance.some(&editable).into_iter().copied().collect();
        let require: Vec<&str> = edit.iter().copied().filter(|_| self.chance.one_in(2)).collect();
        keys.push(format!("edit: [{}]", edit.join(", ")));
        keys.push(format!("require: [{}]", require.join(", ")));
        self.note(&id);
        Step { name: format!("fill: {id}"), keys, lists: Vec::new() }
    }

    /// A people step that later ones may return to.
    fn note(&mut self, id: &str) {
        self.earlier.last_mut().expect("there is always a list around").push(id.to_owned());
    }

    fn people_keys(&mut self, decides: bool) -> Vec<String> {
        let by = if !decides && self.chance.one_in(2) { "requester".to_owned() } else { self.selectors() };
        let mut keys = vec![format!("by: {by}")];
        keys.extend(self.mode(decides));
        keys.extend(self.clock());
        if self.chance.one_in(3) {
            let see: Vec<&str> =
                self.chance.some(&FIELDS).into_iter().copied().filter(|name| *name != "account").collect();
            keys.push(format!("see: [{}]", see.join(", ")));
        }
        if self.chance.one_in(6) {
            keys.push(format!("confirm: {}", self.chance.pick(&["password", "second_factor"])));
        }
        if self.chance.one_in(6) {
            keys.push(format!("comment: {}", self.chance.pick(&["required", "on_reject"])));
        }
        if self.chance.one_in(4) {
            let to = self.selector();
            let otherwise = [("skip".to_owned()), "reject".to_owned(), format!("{{ to: {to} }}")];
            keys.push(format!("if_nobody: {}", self.chance.pick(&otherwise)));
        }
        keys.extend(self.allow(decides));
        if self.chance.one_in(6) {
            keys.push(format!("transfer_to: {}", self.selectors()));
        }
        if self.chance.one_in(2) {
            keys.push("take_back: true".to_owned());
        }
        if self.chance.one_in(3) {
            keys.push("pause_while_asked: true".to_owned());
        }
        keys.extend(self.returns());
        keys
    }

    fn mode(&mut self, decides: bool) -> Option<String> {
        let mode = match self.chance.below(8) {
            0 | 1 => "all".to_owned(),
            2 | 3 => "in_order".to_owned(),
            4 | 5 if decides => self.vote(),
            _ => return None,
        };
        Some(format!("mode: {mode}"))
    }

    fn vote(&mut self) -> String {
        let mut keys = vec![format!("vote: {}", self.chance.pick(&["1", "2", "60%", "50%", "100%"]))];
        if self.chance.one_in(3) {
            keys.push(format!("weights: [{{ who: {}, votes: 2 }}]", self.selector()));
        }
        if self.chance.one_in(3) {
            keys.push(format!("veto: {}", self.selector()));
        }
        if self.chance.one_in(5) {
            keys.push("each_department: 1".to_owned());
        }
        format!("{{ {} }}", keys.join(", "))
    }

    /// The due time, reminders and the ladder.
    fn clock(&mut self) -> Vec<String> {
        if self.chance.one_in(3) {
            return Vec::new();
        }
        let mut keys = vec![format!("due: {}", self.duration())];
        if self.chance.one_in(2) {
            let before = if self.chance.one_in(2) { "before: 1 hour, " } else { "" };
            let at_most = self.chance.between(1, 3);
            keys.push(format!("remind: {{ {before}every: 3 hours, at_most: {at_most} }}"));
        }
        let rungs = self.chance.below(4);
        let mut ladder = Vec::new();
        for rung in 0..rungs {
            let after = [0, 2, 30][rung] + self.chance.below(2);
            let is_last = rung + 1 == rungs;
            let act = match self.chance.below(if is_last { 5 } else { 3 }) {
                0 => format!("to: {}", self.ladder_selector()),
                1 => format!("add: {}", self.ladder_selector()),
                2 => format!("notify: {}", self.ladder_selector()),
                _ => format!("do: {}", self.chance.pick(&["approve", "reject", "skip"])),
            };
            ladder.push(format!("{{ after: {after} hours, {act} }}"));
        }
        if !ladder.is_empty() {
            keys.push(format!("escalate: [{}]", ladder.join(", ")));
        }
        keys
    }

    fn allow(&mut self, decides: bool) -> Option<String> {
        let mut acts: Vec<&str> = match self.chance.below(4) {
            0 | 3 => ACTS.to_vec(),
            1 => self.chance.some(&ACTS).into_iter().copied().collect(),
            _ => return None,
        };
        if decides {
            acts.push("approve");
        } else {
            acts.retain(|act| *act != "reject");
        }
        Some(format!("allow: [{}]", acts.join(", ")))
    }

    fn returns(&mut self) -> Option<String> {
        if !self.chance.one_in(3) {
            return None;
        }
        let earlier: Vec<&str> = self.earlier.iter().flatten().map(String::as_str).collect();
        let to = match self.chance.below(4) {
            0 => "requester",
            1 => "previous",
            2 => self.chance.any(earlier).unwrap_or("any"),
            _ => "any",
        };
        let then = self.chance.pick(&["redo", "come_back"]);
        let at_most = self.chance.between(1, 3);
        Some(format!("return: {{ to: {to}, then: {then}, at_most: {at_most} }}"))
    }

    pub(super) fn selectors(&mut self) -> String {
        let parts: Vec<String> = (0..self.chance.between(1, 3)).map(|_| self.selector()).collect();
        format!("[{}]", parts.join(", "))
    }

    fn ladder_selector(&mut self) -> String {
        match self.chance.below(4) {
            0 => "assignee.manager".to_owned(),
            1 => "assignee".to_owned(),
            _ => self.selector(),
        }
    }

    /// One rule that finds people.
    pub(super) fn selector(&mut self) -> String {
        let rule = match self.chance.below(16) {
            0..=3 => "role:dpo".to_owned(),
            4 => "role:member".to_owned(),
            5 => "role:director".to_owned(),
            6 => "requester.manager".to_owned(),
            7 => "requester.manager(2)".to_owned(),
            8 => "requester.managers until role:director".to_owned(),
            9 => "requester.department.head".to_owned(),
            10 => format!("department:{}", self.chance.pick(&DEPARTMENTS)),
            11 => format!("department:{}.head", self.chance.pick(&DEPARTMENTS)),
            12 => "request.colleague".to_owned(),
            13 => "role:member in requester.department".to_owned(),
            14 => match self.chance.any(&self.approves) {
                Some(step) => format!("approvers of {step}"),
                None => "role:staff".to_owned(),
            },
            _ => format!("person:{}", self.chance.pick(&LOGINS)),
        };
        format!("\"{rule}\"")
    }
}
