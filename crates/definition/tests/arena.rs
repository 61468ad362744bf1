//! The shipped workflow as a whole: every step in its place, with all that it says.

use std::fmt::Write;

use definition::{
    load::load,
    model::{ActionCall, Escalation, PeopleStep, Process, Step, StepKind},
    text::Localized,
};

mod workspace;

#[test]
fn the_shipped_workflow_becomes_this_arena() {
    let workspace = load(&workspace::shipped()).workspace.unwrap();
    let process = &workspace.processes["export-approval"];
    assert_eq!(written(process), EXPECTED);
}

const EXPECTED: &str = r#"export-approval: start export-request by Role { role: RoleId(staff), in_requester_department: false }, withdraw BeforeFirstAction, outcomes [], first Some(StepIndex(0))
let level: Level L0 = max_level(request.fields)
let rows: Number L0 = count(request.records)
0 manager in None next Some(StepIndex(1)): approve
  by RequesterManager(1) mode Any confirm None comment Optional if_nobody Escalate if_requester DropOut
  see [purpose, needed_until, records, fields, format]
  due 8 working hours, remind before Some("2 working hours") every Some("4 working hours") at_most 5
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
  watermark true, password true, expires 7 days, downloads 3, retry 5 from 30 seconds
5 ready in None next None: notify Requester
  您申请的导出已就绪（{{ rows }} 条）。 | Your export is ready ({{ rows }} records). (L0 ["rows"])
"#;

fn written(process: &Process) -> String {
    let mut text = format!(
        "{}: start {} by {:?}, withdraw {:?}, outcomes {:?}, first {:?}\n",
        process.id, process.start.form, process.start.by, process.withdraw, process.outcomes, process.first
    );
    for one in &process.lets {
        let expression = &one.expression;
        writeln!(text, "let {}: {:?} {} = {}", one.name, expression.result, expression.level, expression.source).unwrap();
    }
    for (index, step) in process.steps.iter().enumerate() {
        write!(text, "{index} {} in {:?} next {:?}: ", step.id, step.parent, step.next).unwrap();
        text.push_str(&kind(step));
    }
    text
}

fn kind(step: &Step) -> String {
    match &step.kind {
        StepKind::Approve(people) => format!("approve\n{}", people_step(people)),
        StepKind::Fill(fill) => {
            format!("fill\n{}  edit {:?} require {:?}\n", people_step(&fill.people), fill.edit, fill.require)
        }
        StepKind::Notify(notify) => {
            let Localized::PerLocale(each) = &notify.message else { return "one message for all\n".to_owned() };
            let sources: Vec<&str> = each.values().map(|template| &*template.source).collect();
            let first = each.values().next().unwrap();
            format!("notify {:?}\n  {} ({} {:?})\n", notify.to, sources.join(" | "), first.level, first.paths)
        }
        StepKind::Run(run) => {
            let ActionCall::RecordsExport(with) = &run.action;
            let (records, fields, format) = (&with.records.source, &with.fields.source, &with.format.source);
            format!(
                "run {}\n  records {records}, fields {fields}, format {format}\n  watermark {}, password {}, expires {}, downloads {}, retry {} from {}\n",
                run.action.name(),
                with.protect.watermark,
                with.protect.password,
                with.protect.expires,
                with.protect.downloads,
                run.retry.times,
                run.retry.first
            )
        }
        StepKind::Branch(branch) => branch.cases.iter().fold("branch\n".to_owned(), |mut text, case| {
            match &case.condition {
                Some(condition) => writeln!(text, "  if {}: {:?}", condition.source, case.first).unwrap(),
                None => writeln!(text, "  else: {:?}", case.first).unwrap(),
            }
            text
        }),
        StepKind::End(outcome) => format!("end {outcome}\n"),
    }
}

fn people_step(step: &PeopleStep) -> String {
    let mut text = format!(
        "  by {:?} mode {:?} confirm {:?} comment {:?} if_nobody {:?} if_requester {:?}\n",
        step.by, step.mode, step.confirm, step.comment, step.if_nobody, step.if_requester
    );
    if let Some(see) = &step.see {
        let see: Vec<&str> = see.iter().map(definition::id::FieldName::as_str).collect();
        writeln!(text, "  see [{}]", see.join(", ")).unwrap();
    }
    if let Some(due) = step.due {
        write!(text, "  due {due}").unwrap();
        if let Some(remind) = step.remind {
            let [before, every] = [remind.before, remind.every].map(|period| period.map(|one| one.to_string()));
            write!(text, ", remind before {before:?} every {every:?} at_most {}", remind.at_most).unwrap();
        }
        text.push('\n');
    }
    for rung in &step.escalate {
        let then: &Escalation = &rung.then;
        writeln!(text, "  after {}: {then:?}", rung.after).unwrap();
    }
    text
}
