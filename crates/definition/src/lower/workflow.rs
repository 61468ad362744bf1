//! Workflows: `workflows/*.yaml`.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    diagnostic::codes,
    expression::{Type, TypeScope, is_scope_name},
    id::{LetName, OutcomeName, StepId, WorkflowId},
    level::Level,
    lower::{
        Names, expressions, names,
        reading::{self, Keys},
        start, step,
    },
    model::{Fill, Form, Let, PeopleStep, Process, RESUBMISSION, Selector, Step, StepIndex, StepKind, Withdraw},
    reporter::Reporter,
    syntax::{Entry, Node, Place, closest},
};

pub(crate) const KEYS: Keys = Keys {
    known: &["workflow", "title", "help", "start", "let", "withdraw", "outcomes", "steps"],
    not_yet: &["due", "remind", "escalate"],
};

/// Most `let` values of a workflow.
const LETS_MAX: usize = 64;
/// Most outcomes of a workflow's own.
const OUTCOMES_MAX: usize = 32;

const WITHDRAW: &[(&str, Withdraw)] = &[
    ("anytime", Withdraw::Anytime),
    ("before_first_decision", Withdraw::BeforeFirstDecision),
    ("before_first_action", Withdraw::BeforeFirstAction),
    ("never", Withdraw::Never),
];

/// How every case may end, whatever its workflow says.
const OUTCOMES: [&str; 3] = ["approved", "rejected", "cancelled"];

/// What the lowering of one workflow knows so far.
pub(crate) struct Lowering<'a> {
    pub(crate) names: &'a Names<'a>,
    /// What a case begins with; absent if that is not sound, and then nothing that depends on it is judged.
    pub(crate) intake: Option<Arc<Form>>,
    /// Whether somebody sends the request whom selectors may speak of.
    pub(crate) has_requester: bool,
    /// What expressions and selectors call the values that a case begins with.
    pub(crate) values_called: Option<&'static str>,
    /// What expressions may name at this point.
    pub(crate) scope: TypeScope,
    /// The workflow's own outcomes.
    pub(crate) outcomes: Vec<OutcomeName>,
    /// Every step met so far; empty where one is not sound.
    pub(crate) steps: Vec<Option<Step>>,
    /// Where each step id was first given.
    pub(crate) ids: BTreeMap<String, Place>,
    /// The approve steps that surely or possibly ran before this point.
    pub(crate) approves: BTreeMap<String, StepIndex>,
    /// The people steps before this point in its own list, last, and in each enclosing one.
    pub(crate) returnable: Vec<Vec<(String, StepIndex)>>,
    /// How many cases, branches and items surround this point.
    pub(crate) lanes: u32,
    /// Whether the steps being read take an action back.
    pub(crate) undoing: bool,
    /// The case variables that were set so far, with the type each keeps.
    pub(crate) variables: BTreeMap<String, Type>,
    /// The names that may have another value each time they are asked for: variables and items.
    pub(crate) volatile: BTreeSet<String>,
}

/// The process that a workflow file describes, if it is sound, and where each of its steps is named.
pub(crate) fn lower(
    reporter: &mut Reporter<'_>,
    root: &Node,
    names: &Names<'_>,
) -> Option<(Process, BTreeMap<String, Place>)> {
    let errors = reporter.errors();
    let mapping = reading::mapping(reporter, root, KEYS)?;
    let id = mapping.required(reporter, "workflow").and_then(|node| names::kebab_case(reporter, node));
    let title = mapping.required(reporter, "title").and_then(|node| reading::text(reporter, node));
    let help = mapping.get("help").and_then(|node| reading::text(reporter, node));
    let withdraw = match mapping.get("withdraw") {
        Some(node) => reading::one_of(reporter, node, WITHDRAW),
        None => Some(Withdraw::BeforeFirstAction),
    };
    let outcomes = mapping.get("outcomes").map(|node| outcomes(reporter, node)).unwrap_or_default();

    let start = mapping.required(reporter, "start").and_then(|node| start::read(reporter, node));
    let intake = start.and_then(|start| start.intake(reporter, names));
    let mut lowering = Lowering {
        names,
        scope: start.zip(intake.as_deref()).map(|(start, intake)| start.scope(intake)).unwrap_or_default(),
        intake,
        has_requester: start.is_none_or(|start| start.has_requester()),
        values_called: start.map_or(Some("request"), |start| start.values_called()),
        outcomes,
        steps: Vec::new(),
        ids: BTreeMap::new(),
        approves: BTreeMap::new(),
        returnable: Vec::new(),
        lanes: 0,
        undoing: false,
        variables: BTreeMap::new(),
        volatile: BTreeSet::new(),
    };
    let start = start.and_then(|start| start.lower(reporter, &lowering));
    let lets = mapping.get("let").map(|node| lets(reporter, node, &mut lowering)).unwrap_or_default();
    // A `let` is worked out before there is a case.
    lowering.scope.insert("this_case.number", Type::Text, Level::L0);
    lowering.scope.insert("this_case.started", Type::Moment, Level::L0);
    let first = mapping.required(reporter, "steps").and_then(|node| step::list(reporter, node, None, &mut lowering));

    let returnable_to = lowering.intake.clone().filter(|_| lowering.has_requester);
    let resubmission = returnable_to.map(|form| lowering.add_resubmission(&form));

    let process = Process {
        id: WorkflowId::from(id?),
        title: title?,
        help,
        start: start?,
        intake: lowering.intake?,
        lets,
        withdraw: withdraw?,
        outcomes: lowering.outcomes,
        steps: lowering.steps.into_iter().collect::<Option<_>>()?,
        first,
        resubmission,
    };
    (reporter.errors() == errors).then_some((process, lowering.ids))
}

fn lets(reporter: &mut Reporter<'_>, node: &Node, lowering: &mut Lowering<'_>) -> Vec<Let> {
    let Some(mapping) = reading::any_mapping(reporter, node) else { return Vec::new() };
    if mapping.entries.len() > LETS_MAX {
        reporter.report(codes::TOO_MANY, node.place, &[("limit", &LETS_MAX.to_string())]);
        return Vec::new();
    }
    let mut lets = Vec::new();
    for Entry { key, key_place, value } in mapping.entries {
        let is_spelt = names::check_snake_case(reporter, key, *key_place);
        if is_spelt && is_scope_name(key) {
            reporter.report(codes::RESERVED_WORD, *key_place, &[("found", key)]);
        }
        if lowering.intake.is_none() {
            continue;
        }
        match expressions::expression(reporter, value, &lowering.scope, None) {
            Some(expression) => {
                lowering.scope.insert(key.as_str(), expression.result.clone(), expression.level);
                lets.push(Let { name: LetName::from(key.as_str()), expression });
            }
            None => lowering.scope.insert_unsound(key.as_str()),
        }
    }
    lets
}

fn outcomes(reporter: &mut Reporter<'_>, node: &Node) -> Vec<OutcomeName> {
    let mut outcomes: Vec<OutcomeName> = Vec::new();
    for item in reading::short_sequence(reporter, node, OUTCOMES_MAX).unwrap_or_default() {
        let Some(name) = names::snake_case(reporter, item) else { continue };
        let is_taken = OUTCOMES.contains(&name) || outcomes.iter().any(|taken| taken.as_str() == name);
        if is_taken {
            let first = node.place.line.to_string();
            reporter.report(codes::DUPLICATE_NAME, item.place, &[("name", name), ("first", &first)]);
        } else {
            outcomes.push(OutcomeName::from(name));
        }
    }
    outcomes
}

impl Lowering<'_> {
    /// What a case begins with, if that is sound.
    pub(crate) fn form(&self) -> Option<&Form> {
        self.intake.as_deref()
    }

    /// The outcome that an `end` names.
    pub(crate) fn outcome(&self, reporter: &mut Reporter<'_>, node: &Node) -> Option<OutcomeName> {
        let name = reading::string(reporter, node)?;
        let known = || OUTCOMES.into_iter().chain(self.outcomes.iter().map(OutcomeName::as_str));
        if known().any(|outcome| outcome == name) {
            return Some(OutcomeName::from(name));
        }
        let suggestion = closest(name, known()).unwrap_or_default();
        let known = known().collect::<Vec<_>>().join(" ");
        let arguments = [("name", name), ("suggestion", suggestion), ("known", &known)];
        reporter.report(codes::UNKNOWN_OUTCOME, node.place, &arguments);
        None
    }

    /// Adds the step at which the requester changes a request that was returned: a `fill` of all its fields, in no list.
    fn add_resubmission(&mut self, form: &Form) -> StepIndex {
        let index = StepIndex(u16::try_from(self.steps.len()).expect("list() keeps within STEPS_MAX"));
        let people = PeopleStep::plain(Selector::Requester);
        let edit = form.fields.iter().map(|field| field.name.clone()).collect();
        self.steps.push(Some(Step {
            id: StepId::from(RESUBMISSION),
            title: form.title.clone(),
            help: None,
            kind: StepKind::Fill(Fill { people, edit, require: Vec::new() }),
            parent: None,
            next: None,
        }));
        index
    }

    /// Notes a step's id; one that is taken is reported.
    pub(crate) fn claim_id(&mut self, reporter: &mut Reporter<'_>, node: &Node) -> Option<StepId> {
        let name = names::snake_case(reporter, node)?;
        if name == RESUBMISSION {
            reporter.report(codes::RESERVED_WORD, node.place, &[("found", name)]);
            return None;
        }
        if let Some(first) = self.ids.get(name) {
            let first = first.line.to_string();
            reporter.report(codes::DUPLICATE_NAME, node.place, &[("name", name), ("first", &first)]);
            return None;
        }
        self.ids.insert(name.to_owned(), node.place);
        Some(StepId::from(name))
    }
}
