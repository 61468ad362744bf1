//! Workflows drawn from the grammar: every kind of step and every key that is built, nested in one another.
//!
//! What is drawn is a tree of lines, so that a failing one can be cut down; it is written out as the YAML that people
//! write, and goes through the same reading and the same proofs.

mod people;

use super::chance::Chance;

const DURATIONS: [&str; 6] = ["30 minutes", "2 hours", "1 day", "4 working hours", "1 working day", "2 working days"];

/// How deep steps are nested.
const DEPTH_MAX: usize = 3;

/// A workflow as a file says it.
#[derive(Debug, Clone)]
pub struct Workflow {
    /// The lines before the steps.
    pub head: Vec<String>,
    /// The steps.
    pub steps: Vec<Step>,
}

/// A step as a file says it.
#[derive(Debug, Clone)]
pub struct Step {
    /// `approve: a1`.
    name: String,
    /// Its other keys, a line each.
    pub keys: Vec<String>,
    /// The lists of steps inside it.
    pub lists: Vec<List>,
}

/// A list of steps inside another.
#[derive(Debug, Clone)]
pub struct List {
    /// The key it stands under: `steps`, `on_reject`, `cases`, `branches`.
    under: &'static str,
    /// Of one of several lists what tells it from the others: `if: rows > 2`, `name: b1`.
    is: Option<String>,
    /// What it holds.
    pub steps: Vec<Step>,
}

impl Workflow {
    /// Draws one.
    pub fn draw(chance: &mut Chance) -> Self {
        let withdraw = *chance.pick(&["anytime", "before_first_decision", "before_first_action", "never"]);
        let mut head = vec![
            "workflow: flow".to_owned(),
            "title: Flow".to_owned(),
            "start: { form: request, by: [role:staff, role:member] }".to_owned(),
            "let: { level: max_level(request.fields), rows: count(request.records) }".to_owned(),
            "outcomes: [settled]".to_owned(),
        ];
        head.push(format!("withdraw: {withdraw}"));
        let left = chance.between(2, 9);
        let mut grammar =
            Grammar { chance, left, named: 0, depth: 0, lanes: 0, earlier: vec![Vec::new()], approves: Vec::new() };
        let mut steps = grammar.list();
        // What is proved of actions is held against runs only where something that is proved is carried out.
        if grammar.chance.one_in(2) {
            let place = grammar.chance.below(steps.len() + 1);
            steps.insert(place, grammar.plain("approve", vec![r#"by: "role:dpo""#.to_owned()]));
            steps.push(grammar.step(Kind::Run));
        }
        Self { head, steps }
    }

    /// The file.
    pub fn yaml(&self) -> String {
        let mut lines = self.head.clone();
        write_list(&mut lines, "steps:".to_owned(), &self.steps);
        lines.join("\n") + "\n"
    }
}

/// A key with a list of steps under it.
fn write_list(lines: &mut Vec<String>, key: String, steps: &[Step]) {
    if steps.is_empty() {
        lines.push(key + " []");
        return;
    }
    let depth = 2 + key.len() - key.trim_start().len();
    lines.push(key);
    for step in steps {
        write_step(lines, step, &" ".repeat(depth));
    }
}

fn write_step(lines: &mut Vec<String>, step: &Step, indent: &str) {
    lines.push(format!("{indent}- {}", step.name));
    lines.extend(step.keys.iter().map(|key| format!("{indent}  {key}")));
    let mut under = "";
    for list in &step.lists {
        let Some(is) = &list.is else {
            write_list(lines, format!("{indent}  {}:", list.under), &list.steps);
            continue;
        };
        if list.under != under {
            under = list.under;
            lines.push(format!("{indent}  {under}:"));
        }
        lines.push(format!("{indent}    - {is}"));
        write_list(lines, format!("{indent}      steps:"), &list.steps);
    }
}

/// The kinds of steps.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Approve,
    Fill,
    Notify,
    Run,
    Branch,
    Parallel,
    Each,
    Repeat,
    Wait,
    Set,
    End,
}

const KINDS: [(usize, Kind); 10] = [
    (40, Kind::Approve),
    (14, Kind::Fill),
    (4, Kind::Notify),
    (14, Kind::Run),
    (10, Kind::Branch),
    (14, Kind::Parallel),
    (8, Kind::Each),
    (8, Kind::Repeat),
    (8, Kind::Wait),
    (4, Kind::Set),
];

/// Draws steps, and knows what they may name where they stand.
struct Grammar<'c> {
    chance: &'c mut Chance,
    /// How many steps there may still be.
    left: usize,
    named: usize,
    depth: usize,
    /// How many branches and items there are around.
    lanes: usize,
    /// The people steps before, in each list around.
    earlier: Vec<Vec<String>>,
    /// The `approve` steps before, wherever they stand.
    approves: Vec<String>,
}

impl Grammar<'_> {
    /// A list of steps that is not the last of its kind: perhaps empty where it is nested.
    fn list(&mut self) -> Vec<Step> {
        let most = if self.depth == 0 { self.left } else { self.chance.below(3) };
        let mut steps = Vec::new();
        while steps.len() < most && self.left > 0 {
            let kind = self.chance.weighted(&KINDS);
            steps.push(self.step(kind));
        }
        if self.chance.one_in(12) {
            steps.push(self.step(Kind::End));
        }
        steps
    }

    fn step(&mut self, kind: Kind) -> Step {
        self.left = self.left.saturating_sub(1);
        match kind {
            Kind::Approve => self.approve(),
            Kind::Fill => self.fill(),
            Kind::Notify => {
                let to = self.selector();
                self.plain("notify", vec![format!("to: {to}"), r#"message: "{{ rows }}""#.to_owned()])
            }
            Kind::Run => self.run(),
            Kind::End => {
                let outcome = *self.chance.pick(&["approved", "rejected", "cancelled", "settled"]);
                Step { name: format!("end: {outcome}"), keys: Vec::new(), lists: Vec::new() }
            }
            Kind::Wait => self.wait(),
            Kind::Set => {
                let value = *self.chance.pick(&["rows > 2", "true", "(request.amount ?? 0) > 5"]);
                self.plain("set", vec![format!("values: {{ big{}: {value} }}", self.named)])
            }
            Kind::Branch | Kind::Parallel | Kind::Each | Kind::Repeat if self.depth == DEPTH_MAX => self.approve(),
            Kind::Branch => self.branch(),
            Kind::Parallel => self.parallel(),
            Kind::Each => self.each(),
            Kind::Repeat => self.repeat(),
        }
    }

    fn id(&mut self, kind: &str) -> String {
        self.named += 1;
        format!("{kind}{}", self.named)
    }

    fn plain(&mut self, kind: &str, keys: Vec<String>) -> Step {
        let id = self.id(kind);
        Step { name: format!("{kind}: {id}"), keys, lists: Vec::new() }
    }

    /// A list inside a step; `is_lane` where a rejection can end it alone.
    fn inside(&mut self, under: &'static str, is: Option<String>, is_lane: bool) -> List {
        self.depth += 1;
        self.lanes += usize::from(is_lane);
        self.earlier.push(Vec::new());
        let steps = self.list();
        self.earlier.pop();
        self.lanes -= usize::from(is_lane);
        self.depth -= 1;
        List { under, is, steps }
    }

    fn run(&mut self) -> Step {
        let times = self.chance.below(3);
        let with = "{ records: request.records, fields: request.fields, format: request.format, protect: { watermark: true, password: true, expires: 7 days, downloads: 3 } }";
        let mut keys = vec!["action: records.export".to_owned(), format!("with: {with}")];
        keys.push(format!("retry: {{ times: {times}, first: 30 seconds }}"));
        let mut lists = Vec::new();
        let nests = self.depth < DEPTH_MAX;
        match self.chance.below(8) {
            0 => keys.push("on_error: continue".to_owned()),
            1 if nests => lists.push(self.inside("on_error", None, false)),
            _ => {}
        }
        match self.chance.below(8) {
            0 => keys.push("undo: none".to_owned()),
            1 => lists.push(self.undo()),
            _ => {}
        }
        let id = self.id("run");
        Step { name: format!("run: {id}"), keys, lists }
    }

    /// What takes an action back: nobody decides there, and nothing ends.
    fn undo(&mut self) -> List {
        let by = format!("by: {}", self.selectors());
        let tell = vec!["to: requester".to_owned(), "message: It is taken back.".to_owned()];
        let steps = vec![self.plain("fill", vec![by]), self.plain("notify", tell)];
        List { under: "undo", is: None, steps }
    }

    fn wait(&mut self) -> Step {
        let keys = match self.chance.below(4) {
            0 => vec![format!("for: {}", self.duration())],
            1 => vec!["until: today + days(2)".to_owned()],
            what => {
                let mut keys = vec![format!("event: {}", self.chance.pick(&["paid", "signed"]))];
                if what == 2 {
                    keys.push(format!("timeout: {}", self.duration()));
                }
                if self.chance.one_in(3) {
                    keys.push(r#"match: event.order == "17""#.to_owned());
                }
                keys
            }
        };
        self.plain("wait", keys)
    }

    fn branch(&mut self) -> Step {
        let id = self.id("branch");
        let every = self.chance.one_in(2);
        let cases = self.chance.between(1, 2);
        let mut lists = Vec::new();
        for _ in 0..cases {
            let condition = self.condition();
            lists.push(self.inside("cases", Some(format!("if: {condition}")), true));
        }
        lists.push(self.inside("cases", Some("else: true".to_owned()), true));
        Step { name: format!("branch: {id}"), keys: vec![format!("every: {every}")], lists }
    }

    fn parallel(&mut self) -> Step {
        let id = self.id("parallel");
        let branches = self.chance.between(2, 3);
        let join = *self.chance.pick(&["all", "any", "2"]);
        let lists = (0..branches).map(|_| {
            let name = self.id("b");
            self.inside("branches", Some(format!("name: {name}")), true)
        });
        let lists = lists.collect();
        Step { name: format!("parallel: {id}"), keys: vec![format!("join: {join}")], lists }
    }

    fn each(&mut self) -> Step {
        let id = self.id("each");
        let of = *self.chance.pick(&[r#"["x", "y"]"#, "requester.roles", r#"["x", "y", "z"]"#]);
        let mut keys = vec![format!("of: '{of}'"), format!("as: one_of_{id}")];
        if self.chance.one_in(2) {
            keys.push("in_order: true".to_owned());
        }
        if self.chance.one_in(8) {
            keys.push("at_most: 2".to_owned());
        }
        let list = self.inside("steps", None, true);
        Step { name: format!("each: {id}"), keys, lists: vec![list] }
    }

    fn repeat(&mut self) -> Step {
        let id = self.id("repeat");
        let at_most = self.chance.between(1, 3);
        let list = self.inside("steps", None, false);
        let until = self.condition();
        let keys = vec![format!("at_most: {at_most}"), format!("until: {until}")];
        Step { name: format!("repeat: {id}"), keys, lists: vec![list] }
    }

    fn condition(&mut self) -> String {
        let pool = [
            "level >= L2",
            "rows > 2",
            "(request.amount ?? 0) > 5",
            "rows > 4 && level < L2",
            "requester.clearance >= L2",
            "false",
        ];
        match self.chance.any(&self.approves).filter(|_| self.chance.one_in(3)) {
            Some(step) => format!(r#"(steps.{step}.outcome ?? "") == "approved""#),
            None => (*self.chance.pick(&pool)).to_owned(),
        }
    }

    fn duration(&mut self) -> &'static str {
        DURATIONS[self.chance.below(DURATIONS.len())]
    }
}
