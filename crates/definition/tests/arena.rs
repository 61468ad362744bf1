//! The shipped workflow as a whole: every step in its place, with all that it says.

use definition::{
    id::FieldName,
    load::load,
    model::{ActionCall, BranchCase, Let, PeopleStep, Process, Protect, Remind, Step, StepIndex, StepKind},
    period::Period,
};

mod workspace;

#[test]
fn the_shipped_workflow_becomes_this_arena() {
    let workspace = load(&workspace::shipped()).workspace.unwrap();
    let process = &workspace.processes["export-approval"];
    assert_eq!(written(process), EXPECTED);
}

const EXPECTED: &str = r#"export-approval: start Form { form: FormId(export-request), by: Role { role: RoleId(staff), in_requester_department: false } }, withdraw BeforeFirstAction, outcomes [], first Some(StepIndex(0))
let level: Level L0 = max_level(request.fields)
let rows: Number L0 = count(request.records)
0 manager in None next Some(StepIndex(1)): approve
  by RequesterManager(1) mode Any confirm None comment Optional if_nobody Escalate if_requester DropOut
  see [purpose, needed_until, records, fields, format]
  due 8 working hours
  remind before Some("2 working hours") every Some("4 working hours") at_most 5
  after 1 working day: To(AssigneeManager)
  after 3 working days: Do(Reject)
1 risk in None next Some(StepIndex(4)): branch
  if level >= L2 || rows > 500: Some(StepIndex(2))
  else: None
2 protection in Some(Parent { step: StepIndex(1), case: 0 }) next Some(StepIndex(3)): approve
  by Role { role: RoleId(dpo), in_requester_department: false } mode Any confirm SecondFactor comment Optional if_nobody Escalate if_requester DropOut
  see [purpose, needed_until, records, fields, format]
  due 1 working day
  after 1 working day: Notify(Role { role: RoleId(admin), in_requester_department: false })
3 copy in Some(Parent { step: StepIndex(1), case: 0 }) next None: notify Role { role: RoleId(dpo), in_requester_department: false }
  导出已批准（{{ rows }} 条）。 | An export of {{ rows }} records was approved. (L0 ["rows"])
4 produce in None next Some(StepIndex(5)): run records.export
  records request.records, fields request.fields, format request.format
  watermark true, password true, expires 7 days, downloads 3
  retry 5 from 30 seconds
5 ready in None next None: notify Requester
  您申请的导出已就绪（{{ rows }} 条）。 | Your export is ready ({{ rows }} records). (L0 ["rows"])
"#;

fn written(process: &Process) -> String {
    let mut lines = vec![format!(
        "{}: start {:?}, withdraw {:?}, outcomes {:?}, first {:?}",
        process.id, process.start, process.withdraw, process.outcomes, process.first
    )];
    for Let { name, expression, .. } in &process.lets {
        lines.push(format!("let {name}: {:?} {} = {}", expression.result, expression.level, expression.source));
    }
    for (StepIndex(index), step) in process.written_steps() {
        let (head, details) = kind(step);
        lines.push(format!("{index} {} in {:?} next {:?}: {head}", step.id, step.parent, step.next));
        lines.extend(details.into_iter().map(|line| format!("  {line}")));
    }
    lines.join("\n") + "\n"
}

/// The kind in a word, and what belongs to it, line by line.
fn kind(step: &Step) -> (String, Vec<String>) {
    match &step.kind {
        StepKind::Approve(people) => ("approve".to_owned(), people_step(people)),
        StepKind::Fill(fill) => (format!("fill {:?} {:?}", fill.edit, fill.require), people_step(&fill.people)),
        StepKind::Notify(notify) => {
            let messages = notify.message.all();
            let sources: Vec<&str> = messages.iter().map(|template| &*template.source).collect();
            let detail = format!("{} ({} {:?})", sources.join(" | "), messages[0].level, messages[0].paths);
            (format!("notify {:?}", notify.to), vec![detail])
        }
        StepKind::Run(run) => {
            let ActionCall::RecordsExport(with) = &run.action;
            let (records, fields, format) = (&with.records.source, &with.fields.source, &with.format.source);
            let Protect { watermark, password, expires, downloads, .. } = with.protect;
            let details = vec![
                format!("records {records}, fields {fields}, format {format}"),
                format!("watermark {watermark}, password {password}, expires {expires}, downloads {downloads}"),
                format!("retry {} from {}", run.retry.times, run.retry.first),
            ];
            (format!("run {}", run.action.name()), details)
        }
        StepKind::Branch(branch) => {
            let condition = |case: &BranchCase| {
                case.condition.as_ref().map_or("else".to_owned(), |condition| format!("if {}", condition.source))
            };
            let details = branch.cases.iter().map(|case| format!("{}: {:?}", condition(case), case.first)).collect();
            ("branch".to_owned(), details)
        }
        StepKind::Parallel(parallel) => {
            let branches = parallel.branches.iter().map(|branch| format!("{}: {:?}", branch.name, branch.first));
            (format!("parallel {:?}", parallel.join), branches.collect())
        }
        StepKind::Each(each) => {
            let line = format!("each {} as {} at_most {}", each.of.source, each.item, each.at_most);
            (line, vec![format!("in_order {}: {:?}", each.in_order, each.first)])
        }
        StepKind::Repeat(repeat) => {
            let line = format!("repeat until {} at_most {}", repeat.until.source, repeat.at_most);
            (line, vec![format!("{:?}", repeat.first)])
        }
        StepKind::Wait(wait) => (format!("wait {wait:?}"), Vec::new()),
        StepKind::Set(set) => {
            let values = set.values.iter().map(|(name, value)| format!("{name} = {}", value.source));
            ("set".to_owned(), values.collect())
        }
        StepKind::End(outcome) => (format!("end {outcome}"), Vec::new()),
    }
}

fn people_step(step: &PeopleStep) -> Vec<String> {
    let PeopleStep { by, mode, confirm, comment, if_nobody, if_requester, .. } = step;
    let mut lines = vec![format!(
        "by {by:?} mode {mode:?} confirm {confirm:?} comment {comment:?} if_nobody {if_nobody:?} if_requester {if_requester:?}"
    )];
    if let Some(see) = &step.see {
        let see: Vec<&str> = see.iter().map(FieldName::as_str).collect();
        lines.push(format!("see [{}]", see.join(", ")));
    }
    let shown = |period: Option<Period>| period.map(|period| period.to_string());
    lines.extend(shown(step.due).map(|due| format!("due {due}")));
    if let Some(Remind { before, every, at_most, .. }) = step.remind {
        lines.push(format!("remind before {:?} every {:?} at_most {at_most}", shown(before), shown(every)));
    }
    lines.extend(step.escalate.iter().map(|rung| format!("after {}: {:?}", rung.after, rung.then)));
    lines
}
