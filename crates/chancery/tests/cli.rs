//! The program as people and scripts call it: what it prints, and with which status it ends.
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its workspace has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// A second is promised to a release; the build that tests run is a fraction as fast, beside other work.
const ANSWER_SECONDS_MAX: u64 = 5;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn chancery(workspace: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    for name in ["CHANCERY_LOCALE", "CHANCERY_DATA", "CHANCERY_WORKSPACE", "NO_COLOR"] {
        command.env_remove(name);
    }
    command.arg("--workspace").arg(workspace).args(arguments).current_dir(workspace).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A copy of the shipped workspace.
fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = repository();
    let mut files = vec![PathBuf::from("chancery.yaml"), PathBuf::from("tests/company/people.yaml")];
    for place in ["forms", "workflows", "workflows/calendars"] {
        let entries = fs::read_dir(root.join(place)).unwrap().map(|entry| entry.unwrap());
        files.extend(
            entries
                .filter(|entry| entry.file_type().unwrap().is_file())
                .map(|entry| Path::new(place).join(entry.file_name())),
        );
    }
    for file in files {
        let to = folder.path().join(&file);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(root.join(&file), to).unwrap();
    }
    folder
}

/// A copy in which a text of the shipped workflow is another.
fn changed(from: &str, to: &str) -> tempfile::TempDir {
    let folder = copy();
    let path = folder.path().join("workflows/export-approval.yaml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "the workflow says {from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
    folder
}

/// The line of the workflow that says something, from 1.
fn line_of(folder: &Path, text: &str) -> usize {
    let workflow = fs::read_to_string(folder.join("workflows/export-approval.yaml")).unwrap();
    1 + workflow.lines().position(|line| line.contains(text)).unwrap()
}

#[test]
fn the_shipped_workspace_passes_the_check() {
    let output = chancery(&repository(), &["check", "--json", "--people", "tests/company/people.yaml"]);
    assert_eq!((out(&output).trim(), err(&output).as_str(), output.status.code()), ("[]", "", Some(0)));
}

#[test]
fn the_findings_are_told_in_both_languages() {
    let folder = changed("level >= L2", "level > L2");
    let line = line_of(folder.path(), "run: produce");
    let chinese = chancery(folder.path(), &["check", "--people", "tests/company/people.yaml"]);
    assert_eq!(
        out(&chinese),
        format!(
            "\
workflows/export-approval.yaml:{line}:10 错误 D521 (four-eyes)
    {line} |   - run: produce
       |          ^
  沿这条路径，动作 records.export 可能触及 L2，而批准人只保证有 L0 的权限。
  怎样改：请在“produce”之前让权限达到 L2 的角色审批，并让条件把这样的申请都分过去。主管等职位不保证任何权限。
  这条路径会出问题：
    1. 申请人提交申请。
    2. “manager”批准。
    3. “risk”的其他条件都不成立，走 else。
    4. “produce”执行 records.export L2。

"
        )
    );
    assert_eq!((err(&chinese).trim(), chinese.status.code()), ("检查完毕：1 个错误，0 个提醒。", Some(1)));

    let english = chancery(folder.path(), &["--locale", "en", "check", "--people", "tests/company/people.yaml"]);
    let told = out(&english);
    let path: Vec<&str> =
        told.lines().filter(|line| line.starts_with("    ") && line.contains(". ")).map(str::trim).collect();
    assert_eq!(
        path,
        [
            "1. The requester submits.",
            "2. “manager” is approved.",
            "3. No other case of “risk” holds; it takes else.",
            "4. “produce” runs records.export L2.",
        ]
    );
    assert_eq!((err(&english).trim(), english.status.code()), ("Checked: 1 error, 0 warnings.", Some(1)));
}

#[test]
fn the_json_of_a_finding_is_what_others_script_against() {
    let folder = changed("          - approve: protection", "          - fill: protection");
    let output =
        chancery(folder.path(), &["--locale", "en", "check", "--json", "--people", "tests/company/people.yaml"]);
    let mut found: Value = serde_json::from_str(&out(&output)).unwrap();
    let finding = found[0].as_object_mut().unwrap();
    let (message, help) = (finding.remove("message").unwrap(), finding.remove("help").unwrap());
    assert!(message.as_str().is_some_and(|text| text.contains("records.export")), "{message}");
    assert!(help.as_str().is_some_and(|text| text.contains("produce")), "{help}");
    let step = |step: &str, happens: &str, detail: Value, text: &str| json!({ "step": step, "happens": happens, "detail": detail, "text": text });
    let expected = json!([{
        "file": "workflows/export-approval.yaml",
        "line": line_of(folder.path(), "run: produce"),
        "column": 10,
        "code": "D521",
        "kind": "four-eyes",
        "severity": "error",
        "path": [
            step("start", "submitted", Value::Null, "The requester submits."),
            step("manager", "approved", Value::Null, "“manager” is approved."),
            step("risk", "case", json!("level >= L2 || rows > 500"), "“risk” takes the case level >= L2 || rows > 500."),
            step("protection", "done", Value::Null, "“protection” is filled in."),
            step("produce", "runs", json!("records.export L3"), "“produce” runs records.export L3."),
        ],
    }]);
    assert_eq!((found, output.status.code()), (expected, Some(1)));
}

#[test]
fn warnings_and_notes_do_not_fail_the_check() {
    let folder = changed("    remind: { before: 2 working hours, every: 4 working hours, at_most: 5 }\n", "");
    let without_ladder = fs::read_to_string(folder.path().join("workflows/export-approval.yaml")).unwrap();
    let start = without_ladder.find("    escalate:\n").unwrap();
    let end = without_ladder.find("  - branch: risk").unwrap();
    fs::write(
        folder.path().join("workflows/export-approval.yaml"),
        format!("{}{}", &without_ladder[..start], &without_ladder[end..]),
    )
    .unwrap();
    let output = chancery(folder.path(), &["check", "--json"]);
    let found: Vec<Value> = serde_json::from_str(&out(&output)).unwrap();
    let told: Vec<String> = found
        .iter()
        .map(|one| format!("{} {}", one["severity"].as_str().unwrap(), one["code"].as_str().unwrap()))
        .collect();
    assert_eq!((told, output.status.code()), (vec!["note D514".to_owned(), "warning D591".to_owned()], Some(0)));
}

#[test]
fn hostile_files_are_answered_with_a_diagnostic_and_in_time() {
    let bomb = (0..60).fold("a0: &a0 [x]\n".to_owned(), |text, number| {
        format!("{text}a{}: &a{} [{}]\n", number + 1, number + 1, format!("*a{number}, ").repeat(9))
    });
    let utf16: Vec<u8> = "workflow: hostile\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hostile: [(&str, Vec<u8>, &str); 9] = [
        ("five megabytes", b"# comment\n".repeat(500_000), "D003"),
        ("nesting", b"[".repeat(100_000), "D004"),
        ("an alias bomb", bomb.into_bytes(), "D008"),
        ("UTF-16", [b"\xff\xfe".to_vec(), utf16].concat(), "D002"),
        ("binary", (0..=255).cycle().take(10_000).collect(), "D002"),
        ("nothing", Vec::new(), "D006"),
        ("a tag", b"workflow: !x hostile".to_vec(), "D007"),
        ("an endless key", b"a".repeat(900_000), "D"),
        ("many keys", (0..50_000).flat_map(|number| format!("k{number}: 1\n").into_bytes()).collect(), "D"),
    ];
    for (what, text, code) in hostile {
        let folder = copy();
        fs::write(folder.path().join("workflows/hostile.yaml"), text).unwrap();
        let started = Instant::now();
        let output = chancery(folder.path(), &["check", "--json"]);
        let found: Vec<Value> =
            serde_json::from_str(&out(&output)).unwrap_or_else(|_| panic!("{what}: {}", err(&output)));
        let of_file = found.iter().filter(|one| one["file"] == "workflows/hostile.yaml");
        let codes: Vec<&str> = of_file.filter_map(|one| one["code"].as_str()).collect();
        assert!(codes.iter().any(|found| found.starts_with(code)), "{what}: {codes:?}");
        assert_eq!((err(&output).as_str(), output.status.code()), ("", Some(1)), "{what}");
        assert!(started.elapsed() < Duration::from_secs(ANSWER_SECONDS_MAX), "{what}: {:?}", started.elapsed());
        let told = chancery(folder.path(), &["check"]);
        assert_eq!(told.status.code(), Some(1), "{what}");
        assert!(
            told.stdout.iter().all(|byte| *byte == b'\n' || !byte.is_ascii_control()),
            "{what} reaches the terminal"
        );
    }
}

#[test]
fn a_folder_without_settings_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let output = chancery(folder.path(), &["--locale", "en", "check", "--json"]);
    let found: Vec<Value> = serde_json::from_str(&out(&output)).unwrap();
    let told: Vec<&Value> = found.iter().map(|one| &one["code"]).collect();
    assert_eq!((told, output.status.code()), (vec![&json!("D107")], Some(1)));
    let nowhere = folder.path().join("nowhere");
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    let output = command.arg("check").arg("--workspace").arg(nowhere).output().unwrap();
    assert_eq!((out(&output).as_str(), output.status.code()), ("", Some(2)));
}

#[test]
fn a_broken_people_file_is_told_like_any_other() {
    let folder = copy();
    fs::write(folder.path().join("people.yaml"), "people: [ { login: li.na, name: Li, roles: [stuff] } ]\n").unwrap();
    let output = chancery(folder.path(), &["check", "--json", "--people", "people.yaml"]);
    let found: Vec<Value> = serde_json::from_str(&out(&output)).unwrap();
    let told: Vec<(&str, &str)> =
        found.iter().map(|one| (one["file"].as_str().unwrap(), one["code"].as_str().unwrap())).collect();
    assert_eq!(told, [("workflows/export-approval.yaml", "D514"), ("people.yaml", "D101")]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_shipped_scenarios_pass() {
    let output = chancery(&repository(), &["--locale", "en", "test", "--json"]);
    let result: Value = serde_json::from_str(&out(&output)).unwrap();
    let count = result["scenarios"].as_array().unwrap().len();
    assert!(count > 20, "{count}");
    assert_eq!((&result["passed"], &result["failed"], &result["diagnostics"]), (&json!(count), &json!(0), &json!([])));
    assert_eq!(output.status.code(), Some(0));
    let told = chancery(&repository(), &["--locale", "en", "test", "silent manager"]);
    assert_eq!(
        (out(&told).as_str(), err(&told).trim(), told.status.code()),
        (
            "workflows/export-approval.scenarios.yaml\n  ✓ A silent manager is escalated\n",
            "1 scenario passed.",
            Some(0)
        )
    );
}

#[test]
fn a_scenario_that_does_not_hold_says_where_and_how() {
    let folder = copy();
    let scenarios = "\
scenarios: export-approval
people: tests/company/people.yaml
cases:
  - scenario: { zh: 两处不对, en: Two things differ }
    start:
      by: li.na
      at: 2026-11-20T10:00
      request:
        purpose: 三季度成交客户电话回访
        records: { register: customer, ids: [1, 2] }
        fields: [name]
        format: xlsx
    then:
      - expect: { waiting: protection, not_ran: [produce] }
      - wu.tao: approve
      - zhang.wei: approve
      - expect: { not_ran: [produce] }
";
    fs::write(folder.path().join("workflows/export-approval.scenarios.yaml"), scenarios).unwrap();
    let english = chancery(folder.path(), &["--locale", "en", "test"]);
    assert_eq!(
        out(&english),
        "\
workflows/export-approval.scenarios.yaml
  ✗ Two things differ
      Line 14, waiting: expected protection, found manager.
      Line 15: what wu.tao did was refused (This is not among your tasks.), and the scenario does not say so.
      Line 17, not_ran: expected no produce, found produce.
"
    );
    assert_eq!((err(&english).trim(), english.status.code()), ("1 of 1 scenarios failed.", Some(1)));
    let json = chancery(folder.path(), &["test", "--json"]);
    let result: Value = serde_json::from_str(&out(&json)).unwrap();
    assert_eq!(
        (&result["failed"], &result["scenarios"][0]["failures"][0], json.status.code()),
        (&json!(1), &json!({ "line": 14, "text": "第 14 行 waiting：应当是 protection，实际是 manager。" }), Some(1))
    );
}

#[test]
fn scenarios_that_cannot_be_read_or_leave_the_workspace_fail_with_a_diagnostic() {
    for people in ["../people.yaml", "/etc/passwd", "nobody.yaml"] {
        let folder = copy();
        let text = format!("scenarios: export-approval\npeople: {people}\ncases: []\n");
        fs::write(folder.path().join("workflows/export-approval.scenarios.yaml"), text).unwrap();
        let output = chancery(folder.path(), &["test", "--json"]);
        let result: Value = serde_json::from_str(&out(&output)).unwrap();
        assert_eq!((&result["diagnostics"][0]["code"], output.status.code()), (&json!("D107"), Some(1)), "{people}");
    }
}

#[test]
fn every_schema_can_be_printed_and_written() {
    let folder = copy();
    let all: Value = serde_json::from_str(&out(&chancery(folder.path(), &["schema"]))).unwrap();
    let names: Vec<&String> = all.as_object().unwrap().keys().collect();
    assert_eq!(names, ["form", "people", "scenarios", "workflow", "workspace"]);
    let written = chancery(folder.path(), &["schema", "--write"]);
    assert_eq!((out(&written).as_str(), written.status.code()), ("", Some(0)));
    for name in names {
        let one: Value = serde_json::from_str(&out(&chancery(folder.path(), &["schema", name]))).unwrap();
        let file = fs::read_to_string(folder.path().join(format!(".chancery/schema/{name}.json"))).unwrap();
        assert_eq!((&one, serde_json::from_str::<Value>(&file).unwrap()), (&all[name], one.clone()), "{name}");
    }
}
