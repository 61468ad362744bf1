//! The proofs: workflows that hold and that do not, each with what is said of it.
#![expect(clippy::disallowed_methods, reason = "tests read files; the crate itself does not")]
#![expect(clippy::unwrap_used, reason = "what tests read of the shipped workspace is there")]

use definition::{
    check,
    diagnostic::Diagnostic,
    load::{self, SourceFile, load_people},
    people::Directory,
};

mod workspace;

/// A request form with a field of each kind that conditions speak of, and one of L2.
const FORM: &str = r"
form: purchase
title: Purchase
fields:
  - { name: purpose, type: text, label: Purpose, sensitivity: L1, required: true }
  - { name: account, type: bank_card, label: Account, sensitivity: L2 }
  - { name: amount, type: number, label: Amount, required: true }
  - { name: urgent, type: yes_no, label: Urgent, required: true }
  - { name: colleague, type: person, label: Colleague, required: true }
  - { name: region, type: choice, label: Region, options: [north, south], required: true }
  - { name: records, type: records, register: customer, label: Records, required: true }
  - { name: fields, type: register_fields, register: customer, label: Fields, required: true }
";

const EXPORT: &str = "{ run: produce, action: records.export, with: { records: request.records, fields: request.fields, \
                      format: '\"csv\"', protect: { watermark: true, password: true, expires: 7 days, downloads: 3 } } }";

/// What is said of a workflow of these steps, one line each: place, code, severity, and the path if there is one.
fn found(lets: &str, steps: &str) -> Vec<String> {
    let text = format!(
        "workflow: purchase\ntitle: Purchase\nstart: {{ form: purchase, by: role:staff }}\nlet: {lets}\nsteps:\n{}",
        steps.replace("EXPORT", EXPORT)
    );
    let mut files = workspace::shipped();
    files.push(SourceFile { path: "forms/purchase.yaml".to_owned(), text: FORM.into() });
    files.push(SourceFile { path: "workflows/purchase.yaml".to_owned(), text: text.into_bytes() });
    lines(&checked(&files, false), "workflows/purchase.yaml")
}

fn checked(files: &[SourceFile], with_people: bool) -> Vec<Diagnostic> {
    let mut loaded = load::load(files);
    let settings = loaded.workspace.as_ref().unwrap().settings.clone();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let people = load_people(&settings, &workspace::read(&root, "tests/company/people.yaml")).file.unwrap();
    let directory = Directory::new(&settings, people.people, people.departments);
    check::check(&mut loaded, with_people.then_some(&directory));
    loaded.diagnostics
}

/// The findings of one file but for advice and the note that nobody's answers were checked.
fn lines(diagnostics: &[Diagnostic], file: &str) -> Vec<String> {
    let told = diagnostics.iter().filter(|one| one.file == file && ![514, 590, 591, 593].contains(&one.code.number));
    let line = |one: &Diagnostic| {
        let path: Vec<String> = one.path.iter().map(|step| format!("{} {}", step.step, step.happens)).collect();
        let arguments = ["field", "level", "clearance"].into_iter().filter_map(|name| one.arguments.get(name).cloned());
        let mut words = vec![one.code.to_string()];
        words.extend(one.arguments.get("step").cloned());
        words.extend(arguments);
        words.extend((!path.is_empty()).then(|| format!("[{}]", path.join(", "))));
        words.join(" ")
    };
    told.map(line).collect()
}

#[track_caller]
fn check_four_eyes(lets: &str, steps: &str, expected: &[&str]) {
    assert_eq!(found(lets, steps), expected, "{steps}");
}

const LEVEL: &str = "{ level: max_level(request.fields) }";

#[test]
fn four_eyes_looks_into_branches_at_once_items_and_rounds() {
    let officer = "{ approve: officer, by: role:dpo, see: [purpose, records, fields] }";
    // One of two branches suffices, and the other one has no officer.
    let any = format!(
        "  - {{ parallel: two, join: any, branches: [ {{ name: a, steps: [ {officer} ] }}, {{ name: b, steps: [] }} ] }}\n  - EXPORT"
    );
    check_four_eyes("{}", &any, &["D520 produce L3 L0 [start submitted, two case, produce runs]"]);
    let all = any.replace("join: any", "join: all");
    check_four_eyes("{}", &all, &[]);
    // An empty list asks nobody.
    let each = format!("  - {{ each: one, of: requester.roles, steps: [ {officer} ] }}\n  - EXPORT");
    check_four_eyes("{}", &each, &["D520 produce L3 L0 [start submitted, one empty, produce runs]"]);
    // A round is done at least once; a rejection that goes on is no approval.
    let repeat = format!("  - {{ repeat: again, until: true, at_most: 2, steps: [ {officer} ] }}\n  - EXPORT");
    check_four_eyes("{}", &repeat, &[]);
    let goes_on = repeat.replace("see: [purpose", "on_reject: continue, see: [purpose");
    check_four_eyes("{}", &goes_on, &["D520 produce L3 L0 [start submitted, officer rejected, produce runs]"]);
    // A condition that each round asks again tells nothing new: the rounds are soon walked.
    let asks = "{ branch: which, cases: [ { if: request.amount > 5, steps: [] }, { else: true, steps: [] } ] }";
    let asked_again = format!(
        "  - {{ repeat: again, until: 'request.amount > 7', at_most: 9, steps: [ {asks}, {officer} ] }}\n  - EXPORT"
    );
    check_four_eyes("{}", &asked_again, &[]);
    // An action in a branch of its own does not wait for the approval in the other.
    let beside = format!(
        "  - {{ parallel: two, branches: [ {{ name: a, steps: [ {officer} ] }}, {{ name: b, steps: [ EXPORT ] }} ] }}"
    );
    check_four_eyes("{}", &beside, &["D520 produce L3 L0 [start submitted, two case, produce runs]"]);
}

#[test]
fn four_eyes_looks_into_what_follows_a_failure() {
    let first = EXPORT.replace("produce", "first");
    let nested = first.strip_suffix(" }").unwrap();
    let steps = format!("  - {nested}, on_error: [ EXPORT ] }}");
    let alone = "D520 first L3 L0 [start submitted, first runs]";
    check_four_eyes("{}", &steps, &[alone, "D520 produce L3 L0 [start submitted, first failed, produce runs]"]);
    let approved = format!("  - {{ approve: officer, by: role:dpo, see: [purpose, records, fields] }}\n{steps}");
    check_four_eyes("{}", &approved, &[]);
}

#[test]
fn an_export_needs_somebody_else_who_is_cleared_for_what_it_may_carry() {
    check_four_eyes("{}", "  - EXPORT", &["D520 produce L3 L0 [start submitted, produce runs]"]);
    check_four_eyes(
        "{}",
        "  - { approve: manager, by: requester.manager, see: [purpose] }\n  - EXPORT",
        &["D521 produce L3 L0 [start submitted, manager approved, produce runs]"],
    );
    check_four_eyes("{}", "  - { approve: officer, by: role:dpo, see: [purpose] }\n  - EXPORT", &[]);
    check_four_eyes(
        "{}",
        "  - { approve: officer, by: [role:dpo, requester.manager], mode: all, see: [purpose] }\n  - EXPORT",
        &["D521 produce L3 L0 [start submitted, officer approved, produce runs]"],
    );
}

#[test]
fn what_a_machine_or_the_requester_does_is_no_approval() {
    let due = "due: 1 day, remind: { before: 1 hour }";
    for (more, path) in [
        (format!("{due}, escalate: [ {{ after: 1 day, do: approve }} ]"), "officer timed_out"),
        (format!("{due}, escalate: [ {{ after: 1 day, do: skip }} ]"), "officer timed_out"),
        ("if_nobody: skip".to_owned(), "officer skipped"),
        ("if_requester: skip".to_owned(), "officer skipped"),
        ("if_repeated: skip".to_owned(), "officer skipped"),
        ("if_requester: allow".to_owned(), "officer approved"),
    ] {
        check_four_eyes(
            "{}",
            &format!("  - {{ approve: officer, by: role:dpo, see: [purpose], {more} }}\n  - EXPORT"),
            &[&format!("D520 produce L3 L0 [start submitted, {path}, produce runs]")],
        );
    }
    check_four_eyes(
        "{}",
        "  - { fill: work, by: role:dpo, see: [purpose] }\n  - EXPORT",
        &["D520 produce L3 L0 [start submitted, work done, produce runs]"],
    );
    check_four_eyes(
        "{}",
        &format!(
            "  - {{ approve: officer, by: role:dpo, see: [purpose], {due}, escalate: [ {{ after: 1 day, do: reject }} ] }}\n  - EXPORT"
        ),
        &[],
    );
    check_four_eyes("{}", "  - { approve: officer, by: role:dpo, see: [purpose], if_nobody: reject }\n  - EXPORT", &[]);
}

#[test]
fn a_vote_in_which_the_requester_may_take_part_counts_only_if_nobody_can_carry_it_alone() {
    let breach = "D520 produce L3 L0 [start submitted, officer approved, produce runs]";
    for (vote, findings) in [
        ("vote: 2", &[][..]),
        ("vote: 3, weights: [{ who: role:legal, votes: 2 }]", &[]),
        ("vote: 1", &[breach]),
        ("vote: 60%", &[breach]),
        ("vote: 2, weights: [{ who: role:legal, votes: 2 }]", &[breach]),
    ] {
        let step = format!("approve: officer, by: role:dpo, see: [purpose], mode: {{ {vote} }}");
        check_four_eyes("{}", &format!("  - {{ {step}, if_requester: allow }}\n  - EXPORT"), findings);
        check_four_eyes("{}", &format!("  - {{ {step} }}\n  - EXPORT"), &[]);
    }
}

#[test]
fn a_substitute_whom_the_step_names_promises_what_their_role_promises() {
    check_four_eyes(
        "{}",
        "  - { approve: officer, by: role:dpo, see: [purpose], if_nobody: { to: role:legal } }\n  - EXPORT",
        &["D521 produce L3 L2 [start submitted, officer approved, produce runs]"],
    );
    check_four_eyes(
        "{}",
        "  - { approve: officer, by: role:dpo, see: [purpose], if_nobody: { to: requester.manager } }\n  - EXPORT",
        &[],
    );
}

#[test]
fn conditions_say_what_a_path_may_carry() {
    let branch = |condition: &str| {
        format!(
            "  - {{ approve: manager, by: requester.manager, see: [purpose] }}\n  - branch: risk\n    cases:\n      - if: \
             '{condition}'\n        steps: [ {{ approve: officer, by: role:dpo, see: [purpose] }} ]\n      - else: true\n        \
             steps: []\n  - EXPORT"
        )
    };
    let breach = |level: &str| {
        vec![format!("D521 produce {level} L0 [start submitted, manager approved, risk else, produce runs]")]
    };
    for condition in [
        "level >= L2",
        "level > L1",
        "!(level < L2)",
        "L2 <= level",
        "level >= L2 || request.amount > 500",
        "level == L2 || level == L3",
        "level in [L2, L3]",
        "!(level in [L0, L1])",
        "max_level(request.fields) != L0",
        "!(level < L2 && request.amount <= 5)",
    ] {
        assert_eq!(found(LEVEL, &branch(condition)), Vec::<String>::new(), "{condition}");
    }
    for (condition, level) in [
        ("level > L2", "L2"),
        ("level >= L3", "L2"),
        ("request.amount > 500", "L3"),
        ("level >= L2 && request.amount > 500", "L3"),
        ("level == L2", "L3"),
        ("level != L2", "L2"),
        ("requester.clearance >= L2", "L3"),
    ] {
        assert_eq!(found(LEVEL, &branch(condition)), breach(level), "{condition}");
    }
    let chained = "{ level: max_level(request.fields), risky: level >= L2, severe: risky || request.urgent }";
    assert_eq!(found(chained, &branch("severe")), Vec::<String>::new());
    assert_eq!(found(chained, &branch("severe && request.amount > 5")), breach("L3"));
}

#[test]
fn what_may_change_between_two_steps_decides_nothing() {
    let twice = |condition: &str, opposite: &str| {
        format!(
            "  - branch: first\n    cases:\n      - if: '{condition}'\n        steps: [ {{ approve: officer, by: role:dpo, see: \
             [purpose] }} ]\n      - else: true\n        steps: []\n  - branch: second\n    cases:\n      - if: '{opposite}'\n        \
             steps: [ {{ end: rejected }} ]\n      - else: true\n        steps: []\n  - EXPORT"
        )
    };
    let steady = twice("request.amount > 5", "request.amount <= 5");
    assert_eq!(found("{}", &steady), Vec::<String>::new());
    let day = twice("today > date(\"2026-11-20\")", "today <= date(\"2026-11-20\")");
    assert_eq!(found("{}", &day), ["D520 produce L3 L0 [start submitted, first else, second else, produce runs]"]);
    let role = twice("requester.clearance > L1", "requester.clearance <= L1");
    assert_eq!(found("{}", &role), ["D520 produce L3 L0 [start submitted, first else, second else, produce runs]"]);
}

#[test]
fn the_outcome_of_a_step_may_decide_the_way() {
    let steps = "  - { approve: officer, by: role:dpo, see: [purpose], if_nobody: skip }\n  - branch: asked\n    cases:\n      - \
                 if: 'steps.officer.outcome == \"skipped\"'\n        steps: [ { end: rejected } ]\n      - else: true\n        \
                 steps: []\n  - EXPORT";
    check_four_eyes("{}", steps, &[]);
}

#[test]
fn an_approval_that_did_not_see_what_a_fill_changes_no_longer_counts() {
    let steps = |see: &str| {
        format!(
            "  - {{ approve: officer, by: role:dpo, see: [{see}] }}\n  - {{ fill: correct, by: requester, edit: [fields] }}\n  - \
             EXPORT"
        )
    };
    check_four_eyes("{}", &steps("purpose, fields"), &[]);
    check_four_eyes(
        "{}",
        &steps("purpose"),
        &["D520 produce L3 L0 [start submitted, officer approved, correct done, produce runs]"],
    );
}

#[test]
fn too_many_ways_are_told_within_a_second() {
    let one = |number: usize| {
        format!(
            "  - branch: b{number}\n    cases:\n      - if: 'request.amount > {number}'\n        steps: []\n      - if: \
             'request.amount * {number} == {number}'\n        steps: []\n      - else: true\n        steps: []\n"
        )
    };
    let steps: String = (0..60).map(one).collect();
    let started = std::time::Instant::now();
    let told = found("{}", &format!("{steps}  - EXPORT"));
    assert_eq!(told.first().map(String::as_str), Some("D529"));
    assert!(started.elapsed() < std::time::Duration::from_secs(5), "{:?}", started.elapsed());
}

#[test]
fn let_values_that_double_at_each_line_take_no_time() {
    let names = (1..40).map(|number| format!("v{number}: v{} + v{}", number - 1, number - 1));
    let lets = format!("{{ v0: request.amount + 1, {} }}", names.collect::<Vec<_>>().join(", "));
    let steps = "  - branch: b\n    cases:\n      - if: 'v39 > 5'\n        steps: [ { end: rejected } ]\n      - else: true\n        \
                 steps: []\n  - { approve: officer, by: role:dpo, see: [purpose] }\n  - EXPORT";
    check_four_eyes(&lets, steps, &[]);
}

#[test]
fn nobody_is_shown_or_sent_what_they_are_not_cleared_for() {
    let cases = [
        ("  - { approve: check, by: role:technician, see: [purpose] }", vec!["D530 check purpose L1 L0"]),
        ("  - { approve: check, by: role:staff, see: [purpose, account] }", vec!["D530 check account L2 L1"]),
        ("  - { approve: check, by: [role:dpo, role:staff], see: [account] }", vec!["D530 check account L2 L1"]),
        ("  - { fill: work, by: role:staff, see: [purpose], edit: [account] }", vec!["D530 work account L2 L1"]),
        (
            "  - { approve: check, by: role:legal, see: [account], if_nobody: { to: role:staff } }",
            vec!["D530 check account L2 L1"],
        ),
        ("  - { approve: check, by: role:legal, see: [purpose, account] }", vec![]),
        ("  - { approve: check, by: requester.manager, see: [account] }", vec![]),
        ("  - { notify: tell, to: role:dpo, message: 'For {{ request.purpose }}' }", vec!["D531 tell L1"]),
        ("  - { notify: tell, to: role:dpo, message: 'For {{ request.amount }}' }", vec![]),
    ];
    for (steps, expected) in cases {
        assert_eq!(found("{}", steps), expected, "{steps}");
    }
}

#[test]
fn advice_is_given_where_a_careful_colleague_would() {
    let all = |steps: &str| {
        let text = format!(
            "workflow: purchase\ntitle: Purchase\nstart: {{ form: purchase, by: role:staff }}\nsteps:\n{steps}"
        );
        let mut files = workspace::shipped();
        files.push(SourceFile { path: "forms/purchase.yaml".to_owned(), text: FORM.into() });
        files.push(SourceFile { path: "workflows/purchase.yaml".to_owned(), text: text.into_bytes() });
        let told = checked(&files, true).into_iter().filter(|one| one.file == "workflows/purchase.yaml");
        told.map(|one| format!("{}:{} {}", one.line, one.column, one.code)).collect::<Vec<_>>()
    };
    let two = |first: &str, second: &str| {
        format!(
            "  - {{ approve: one, by: {first}, due: 1 day, remind: {{ before: 1 hour }} }}\n  - {{ approve: two, by: {second}, due: 1 day, remind: {{ before: 1 hour }} }}"
        )
    };
    assert_eq!(all("  - { approve: one, by: role:legal }"), ["5:16 D590"]);
    assert_eq!(all("  - { approve: one, by: role:legal, due: 1 day }"), ["5:16 D591"]);
    assert_eq!(all(&two("person:zhou.lan", "person:zhou.lan")), ["1:11 D592"]);
    assert_eq!(all(&two("person:zhou.lan", "role:legal")), Vec::<String>::new());
    assert_eq!(
        all("  - { approve: one, by: role:legal, see: [purpose], due: 1 day, remind: { before: 1 hour } }"),
        ["1:11 D593"]
    );
}

mod shipped {
    use super::*;

    const FILE: &str = "workflows/export-approval.yaml";

    /// What is said of the shipped workflow once something of it was replaced.
    fn mutant(from: &str, to: &str) -> Vec<String> {
        let mut files = workspace::shipped();
        let file = files.iter_mut().find(|file| file.path == FILE).unwrap();
        let text = String::from_utf8(file.text.clone()).unwrap();
        assert!(text.contains(from), "the workflow says {from}");
        file.text = text.replacen(from, to, 1).into_bytes();
        lines(&checked(&files, false), FILE)
    }

    const ELSE: &str = "D521 produce L3 L0 [start submitted, manager approved, risk else, produce runs]";

    #[test]
    fn the_shipped_workflow_holds_for_everybody_in_the_demo_company() {
        let told: Vec<String> = checked(&workspace::shipped(), true)
            .iter()
            .map(|one| format!("{} {:?}", one.code, one.arguments))
            .collect();
        assert_eq!(told, Vec::<String>::new());
    }

    #[test]
    fn without_a_directory_it_is_said_that_nobodys_answers_were_checked() {
        let told: Vec<String> = checked(&workspace::shipped(), false)
            .iter()
            .map(|one| format!("{}:{} {}", one.line, one.column, one.code))
            .collect();
        assert_eq!(told, ["2:11 D514"]);
    }

    #[test]
    fn each_mutant_of_the_shipped_workflow_is_caught() {
        let case = "D521 produce L3 L0 [start submitted, manager approved, risk case, produce runs]";
        for (from, to, expected) in [
            ("level >= L2 || rows > 500", "level < L2 || rows > 500", ELSE),
            ("level >= L2 || rows > 500", "rows > 500", ELSE),
            ("level >= L2 || rows > 500", "level >= L2 && rows > 500", ELSE),
            (
                "by: role:dpo\n",
                "by: role:staff\n",
                "D521 produce L3 L1 [start submitted, manager approved, risk case, protection approved, produce runs]",
            ),
            (
                "by: role:dpo\n",
                "by: role:dpo\n            if_nobody: skip\n",
                "D521 produce L3 L0 [start submitted, manager approved, risk case, protection skipped, produce runs]",
            ),
            (
                "notify: role:admin }",
                "do: approve }",
                "D521 produce L3 L0 [start submitted, manager approved, risk case, protection timed_out, produce runs]",
            ),
            (
                "approve: protection",
                "fill: protection",
                "D521 produce L3 L0 [start submitted, manager approved, risk case, protection done, produce runs]",
            ),
            ("level >= L2 || rows > 500", "level > L2 || rows > 500", &ELSE.replace("L3", "L2")),
            ("max_level(request.fields)", "L1", ELSE),
        ] {
            assert_eq!(mutant(from, to), [expected], "{to}");
        }
        let whole = "          - approve: protection\n            title: { zh: 个人信息保护负责人, en: Data protection officer }\n            by: role:dpo\n            see: [purpose, needed_until, records, fields, format]\n            confirm: second_factor\n            due: 1 working day\n            escalate: [ { after: 1 working day, notify: role:admin } ]\n";
        assert_eq!(mutant(whole, ""), [case]);
        assert_eq!(mutant("by: role:dpo\n", "by: role:technician\n")[..1], ["D530 protection purpose L1 L0"]);
        assert_eq!(
            mutant("（{{ rows }} 条）。\", en: \"Your", "{{ request.purpose }}\", en: \"Your"),
            ["D531 ready L1"]
        );
    }
}

mod answers {
    use super::*;

    const COMPANY: &str = "\
departments:
  - { id: sales, title: Sales, head: boss }
people:
  - { login: boss, name: Boss, department: sales, roles: [staff, director] }
  - { login: chief, name: Chief, department: sales, manager: boss, roles: [staff, sales-manager] }
  - { login: clerk, name: Clerk, department: sales, manager: chief, roles: [staff] }
  - { login: officer, name: Officer, manager: boss, roles: [dpo] }
";

    /// What is said of a step, for a company with these more people.
    fn told(step: &str, more: &str) -> Vec<String> {
        let text = format!(
            "workflow: purchase\ntitle: Purchase\nstart: {{ form: purchase, by: role:staff }}\nsteps:\n  - {{ approve: one, {step} }}"
        );
        let mut files = workspace::shipped();
        files.push(SourceFile { path: "forms/purchase.yaml".to_owned(), text: FORM.into() });
        files.push(SourceFile { path: "workflows/purchase.yaml".to_owned(), text: text.into_bytes() });
        let mut loaded = load::load(&files);
        let settings = loaded.workspace.as_ref().unwrap().settings.clone();
        let company = SourceFile { path: "people.yaml".to_owned(), text: format!("{COMPANY}{more}").into_bytes() };
        let people = load_people(&settings, &company);
        let people = people.file.unwrap_or_else(|| panic!("{:?}", people.diagnostics));
        check::check(&mut loaded, Some(&Directory::new(&settings, people.people, people.departments)));
        let answers = loaded
            .diagnostics
            .iter()
            .filter(|one| one.file == "workflows/purchase.yaml" && (510..520).contains(&one.code.number));
        answers
            .map(|one| {
                format!("{} {:?} {}", one.code, one.severity, one.arguments.get("people").cloned().unwrap_or_default())
            })
            .collect()
    }

    const ADMIN: &str = "  - { login: admin, name: Admin, roles: [admin] }\n";

    #[test]
    fn each_requester_has_somebody_or_the_step_says_what_happens() {
        let cases: [(&str, &str, &[&str]); 15] = [
            ("by: requester.manager", ADMIN, &["D511 Warning boss"]),
            ("by: requester.manager", "", &["D510 Error boss"]),
            ("by: requester.manager, if_nobody: reject", "", &[]),
            ("by: requester.manager, if_nobody: skip", "", &[]),
            ("by: requester.manager, if_nobody: { to: role:dpo }", "", &[]),
            ("by: requester.manager, if_nobody: { to: requester.department.head }", ADMIN, &["D511 Warning boss"]),
            ("by: requester.manager, see: [account]", ADMIN, &["D511 Warning boss"]),
            ("by: role:sales-manager", ADMIN, &[]),
            ("by: person:chief, if_requester: skip", "", &[]),
            ("by: person:boss", ADMIN, &["D511 Warning boss"]),
            ("by: person:boss, if_requester: allow", "", &[]),
            ("by: role:auditor", ADMIN, &["D511 Warning boss, chief, clerk"]),
            (
                "by: role:auditor",
                "  - { login: admin, name: Admin, roles: [admin, staff] }\n",
                &["D510 Error admin", "D511 Warning boss, chief, clerk"],
            ),
            ("by: request.colleague", ADMIN, &[]),
            ("by: request.colleague", "", &["D510 Error boss, chief, clerk"]),
        ];
        for (step, more, expected) in cases {
            assert_eq!(told(step, more), expected, "{step} {more}");
        }
    }

    #[test]
    fn whoever_is_not_cleared_for_what_a_step_shows_is_nobody() {
        // The clerk's own request goes to their manager, who is cleared.
        assert_eq!(told("by: person:clerk, see: [account]", ADMIN), ["D511 Warning boss, chief"]);
    }

    #[test]
    fn a_ladder_does_not_lead_back() {
        let ladder =
            |rungs: &str| format!("by: requester.manager, due: 1 day, if_nobody: reject, escalate: [ {rungs} ]");
        let cases: [(&str, &[&str]); 5] = [
            ("{ after: 1 day, to: assignee.manager }", &[]),
            ("{ after: 1 day, to: requester.manager }", &["D513 Warning chief, clerk"]),
            ("{ after: 1 day, to: role:director }", &["D513 Warning chief"]),
            (
                "{ after: 1 day, to: role:dpo }, { after: 2 days, to: requester.manager }",
                &["D513 Warning chief, clerk"],
            ),
            ("{ after: 1 day, to: role:dpo }, { after: 2 days, to: assignee.manager }", &["D513 Warning chief"]),
        ];
        for (rungs, expected) in cases {
            assert_eq!(told(&ladder(rungs), ADMIN), expected, "{rungs}");
        }
        let fixed = "by: role:dpo, due: 1 day, escalate: [ { after: 1 day, to: role:dpo } ]";
        assert_eq!(told(fixed, ADMIN), ["D513 Error boss, chief, clerk"]);
    }
}
