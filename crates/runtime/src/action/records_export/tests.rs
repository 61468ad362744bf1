use std::{
    io::{Cursor, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use calamine::{Data, Reader, Xlsx};
use chrono::TimeDelta;
use engine::{
    CaseId,
    event::{ActionResult, Undone},
};
use serde_json::{Value as Json, json};
use store::AuditFilter;
use uuid::Uuid;
use zip::ZipArchive;

use super::csv::guarded;
use crate::{
    artifacts::Extension,
    cases::{Cell, Request},
    error::{Error, Refusal},
    records::arena::{Arena, ID_NUMBER, day, dealings, text},
    tasks::{TaskDeed, With},
};

const WATERMARK: &str = "李娜 li.na · 2026-11-20 15:02 · EA-2026-0001";

async fn customers(arena: &Arena) -> Vec<Uuid> {
    arena
        .customers(&[
            (
                "li.na",
                &[
                    ("name", text("=1+1")),
                    ("mobile", text("13800001234")),
                    ("id_number", text(ID_NUMBER)),
                    ("last_contact", day("2026-03-01")),
                    ("dealings", dealings(&[("2026-01-02", "1200"), ("2026-02-03", "99.5")])),
                ],
            ),
            ("li.na", &[("name", text("@sum, \"小王\"")), ("mobile", text("13900005678"))]),
            ("liu.yang", &[("name", text("别人的客户")), ("mobile", text("13700009999"))]),
        ])
        .await
}

/// Li Na asks, her manager and the protection officer approve, and the file is made.
async fn exported(arena: &Arena, fields: Json, format: &str) -> CaseId {
    let case = approved(arena, fields, format).await;
    arena.application.settle().await.unwrap();
    case
}

async fn approved(arena: &Arena, fields: Json, format: &str) -> CaseId {
    let values = [
        ("purpose", json!("三季度成交客户电话回访，客服三组")),
        ("records", json!({ "where": [] })),
        ("fields", fields),
        ("format", json!(format)),
    ];
    let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let request = Request { values };
    let process = definition::id::WorkflowId::from("export-approval");
    let viewer = arena.viewer("li.na");
    let mut case = arena.application.start(&viewer, &process, &request).await.unwrap().case;
    for login in ["zhang.wei", "qian.xue"] {
        let held = case.tasks.iter().find(|task| task.is_held_by(arena.viewer(login).login())).map(|task| task.id);
        let Some(task) = held else { continue };
        let deed = arena.application.act_on_task(&arena.viewer(login), task, TaskDeed::Approve, With::default()).await;
        case = deed.unwrap().case;
    }
    case.id
}

async fn artifact(arena: &Arena, case: CaseId) -> store::ArtifactRow {
    let mut artifacts = arena.application.store.artifacts_of_case(case.0).await.unwrap();
    assert_eq!(artifacts.len(), 1);
    artifacts.pop().unwrap()
}

async fn downloaded(arena: &Arena, id: Uuid) -> Vec<u8> {
    let mut download = arena.application.download(&arena.viewer("li.na"), id).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = download.next().await {
        bytes.extend(piece.unwrap());
    }
    assert_eq!((bytes.len() as u64, vault::Digest::of(&bytes)), (download.size, download.digest));
    bytes
}

/// The one file of an archive, with its name.
fn unpacked(archive: Vec<u8>, password: &str) -> (String, Vec<u8>) {
    let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    assert_eq!(archive.len(), 1);
    assert!(archive.by_index(0).is_err());
    assert!(archive.by_index_decrypt(0, b"wrong").is_err());
    let mut file = archive.by_index_decrypt(0, password.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).unwrap();
    (file.name().unwrap().into_owned(), bytes)
}

fn cell(text: &str) -> Data {
    Data::String(text.to_owned())
}

#[tokio::test]
async fn a_workbook_holds_exactly_the_frozen_records_and_the_approved_fields() {
    let arena = Arena::open().await;
    let mut ids = customers(&arena).await;
    let fields =
        json!(["name", { "name": "mobile", "masked": true }, "id_number", "owner", "last_contact", "dealings"]);
    let case = exported(&arena, fields, "xlsx").await;
    let made = artifact(&arena, case).await;
    assert_eq!((made.records, made.downloads_left, made.person.as_str()), (2, 3, "li.na"));
    assert_eq!(made.expires_at, arena.now() + TimeDelta::days(7));
    let password = arena.application.artifact_password(&arena.viewer("li.na"), made.id).await.unwrap();
    let (name, workbook) = unpacked(downloaded(&arena, made.id).await, &password);
    assert_eq!(name, "export-approval-1.xlsx");
    let mut workbook = Xlsx::new(Cursor::new(workbook)).unwrap();
    assert_eq!(workbook.sheet_names(), ["customer"]);
    let formulas = workbook.worksheet_formula("customer").unwrap();
    assert!(formulas.used_cells().next().is_none());
    let sheet = workbook.worksheet_range("customer").unwrap();
    let rows: Vec<Vec<Data>> = sheet.rows().map(<[Data]>::to_vec).collect();
    let mut rows = rows;
    let Data::DateTime(day) = rows[2][4] else { panic!("no day: {:?}", rows[2][4]) };
    // Days since 30 December 1899, as spreadsheets count: 1 March 2026.
    assert!((day.as_f64() - 46_082.0).abs() < f64::EPSILON);
    rows[2][4] = Data::Empty;
    let empty = || Data::Empty;
    let expected = [
        vec![cell(WATERMARK), empty(), empty(), empty(), empty(), empty()],
        ["姓名", "手机", "身份证号", "负责人", "最近联系", "交易明细"].map(cell).to_vec(),
        vec![
            cell("=1+1"),
            cell("138****1234"),
            cell(ID_NUMBER),
            cell("李娜 li.na"),
            empty(),
            cell("2026-01-02 1200.00; 2026-02-03 99.50"),
        ],
        vec![cell("@sum, \"小王\""), cell("139****5678"), empty(), cell("李娜 li.na"), empty(), empty()],
    ];
    assert_eq!(rows, expected);
    let filter = AuditFilter { kind: Some("records_exported".into()), ..AuditFilter::default() };
    let entries = arena.application.store.audit_page(&filter, None, 10).await.unwrap().rows;
    let facts =
        r#"{"fields":["name","id_number","owner","last_contact","dealings"],"format":"xlsx","masked":["mobile"]}"#;
    assert_eq!(entries.iter().map(|entry| entry.body.as_str()).collect::<Vec<_>>(), [facts]);
    ids.truncate(2);
    assert_eq!(arena.application.store.audit_records(entries[0].id, 10).await.unwrap(), ids);
}

#[tokio::test]
async fn a_plain_table_does_no_harm_in_a_spreadsheet() {
    let arena = Arena::open().await;
    customers(&arena).await;
    let case = exported(&arena, json!(["name", { "name": "dealings", "masked": true }, "last_contact"]), "csv").await;
    let made = artifact(&arena, case).await;
    let password = arena.application.artifact_password(&arena.viewer("li.na"), made.id).await.unwrap();
    let (name, table) = unpacked(downloaded(&arena, made.id).await, &password);
    assert_eq!(name, "export-approval-1.csv");
    let expected = format!(
        "\u{feff}{WATERMARK}\r\n姓名,交易明细,最近联系\r\n'=1+1,****,2026-03-01\r\n\"'@sum, \"\"小王\"\"\",,\r\n"
    );
    assert_eq!(String::from_utf8(table).unwrap(), expected);
}

#[test]
fn whatever_begins_like_a_formula_is_written_as_a_text() {
    for harmful in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠a"] {
        assert_eq!(guarded(harmful), format!("'{harmful}"));
    }
    for harmless in ["", "张伟", "1-1", "a=b", " =1", "'=1"] {
        assert_eq!(guarded(harmless), harmless);
    }
}

#[tokio::test]
async fn a_file_goes_to_its_recipient_only_a_few_times_and_its_password_is_shown_once() {
    let arena = Arena::open().await;
    customers(&arena).await;
    let case = exported(&arena, json!(["name"]), "xlsx").await;
    let id = artifact(&arena, case).await.id;
    let other = arena.application.download(&arena.viewer("zhang.wei"), id).await.unwrap_err();
    assert!(matches!(other, Error::Refused(Refusal::NotFound)));
    let other = arena.application.artifact_password(&arena.viewer("zhang.wei"), id).await.unwrap_err();
    assert!(matches!(other, Error::Refused(Refusal::NotFound)));
    for _ in 0..3 {
        let download = arena.application.download(&arena.viewer("li.na"), id).await.unwrap();
        assert_eq!((download.file_name.as_str(), download.extension), ("export-approval-1.zip", Extension::Zip));
    }
    let spent = arena.application.download(&arena.viewer("li.na"), id).await.unwrap_err();
    assert!(matches!(spent, Error::Refused(Refusal::Expired)));
    arena.application.artifact_password(&arena.viewer("li.na"), id).await.unwrap();
    let shown = arena.application.artifact_password(&arena.viewer("li.na"), id).await.unwrap_err();
    assert!(matches!(shown, Error::Refused(Refusal::Expired)));
    let filter = AuditFilter { kind: Some("downloaded".into()), ..AuditFilter::default() };
    assert_eq!(arena.application.store.audit_page(&filter, None, 10).await.unwrap().rows.len(), 3);
}

/// Every file of the arena, finished or not.
fn files(arena: &Arena) -> Vec<std::path::PathBuf> {
    let Ok(shelves) = std::fs::read_dir(arena.folder.path().join("files")) else { return Vec::new() };
    let on = |shelf: std::fs::DirEntry| std::fs::read_dir(shelf.path()).unwrap();
    shelves.flat_map(|shelf| on(shelf.unwrap())).map(|file| file.unwrap().path()).collect()
}

#[tokio::test]
async fn a_file_whose_time_is_over_or_that_was_taken_back_is_gone() {
    let arena = Arena::open().await;
    customers(&arena).await;
    let files = || files(&arena).len();
    let viewer = arena.viewer("li.na");
    let recalled = artifact(&arena, exported(&arena, json!(["name"]), "xlsx").await).await.id;
    let expired = artifact(&arena, exported(&arena, json!(["name"]), "xlsx").await).await.id;
    assert_eq!(files(), 2);
    arena.application.recall(&viewer, recalled).await.unwrap();
    assert_eq!(files(), 1);
    arena.wait(TimeDelta::days(7));
    assert!(!arena.application.remove_expired_files().await.unwrap());
    assert_eq!(files(), 0);
    for id in [recalled, expired] {
        let refused = arena.application.download(&viewer, id).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(Refusal::Expired)));
    }
}

/// The shipped process with one more approval, after the file was made.
fn reviewed(workspace: &std::path::Path) {
    let path = workspace.join("workflows/export-approval.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let ready = text.find("  - notify: ready").unwrap();
    let review = "  - { approve: review, by: role:dpo, see: [purpose], due: 1 day, remind: { before: 1 hour } }\n";
    std::fs::write(&path, format!("{}{review}", &text[..ready])).unwrap();
}

#[tokio::test]
async fn a_file_is_taken_back_when_the_case_is_rejected_after_it_was_made() {
    for (fetched, how) in [(false, Undone::Undone), (true, Undone::TooLate)] {
        let arena = Arena::open_with(reviewed).await;
        customers(&arena).await;
        let id = exported(&arena, json!(["name"]), "csv").await;
        let made = artifact(&arena, id).await;
        if fetched {
            downloaded(&arena, made.id).await;
        }
        let officer = arena.viewer("qian.xue");
        let review = arena.application.load_case(id).await.unwrap().open_tasks().next().unwrap().id;
        let with = With { comment: Some("不该导出".to_owned()), ..With::default() };
        let case = arena.application.act_on_task(&officer, review, TaskDeed::Reject, with).await.unwrap().case;
        assert!(case.is_running(), "it is taken back first");
        arena.application.settle().await.unwrap();
        let case = arena.application.load_case(id).await.unwrap();
        let outcome = |case: &engine::Case| match &case.status {
            engine::case::Status::Ended { outcome, .. } => outcome.to_string(),
            engine::case::Status::Running => String::new(),
        };
        let run = case.last_run_of("produce").unwrap();
        let over = Some(engine::case::Undoing::Over { how, at: arena.now() });
        assert_eq!((outcome(&case), &run.undo), ("rejected".to_owned(), &over));
        assert_eq!(files(&arena), Vec::<std::path::PathBuf>::new());
        let refused = arena.application.download(&arena.viewer("li.na"), made.id).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(Refusal::Expired)));
        let filter = AuditFilter { kind: Some("recalled".into()), ..AuditFilter::default() };
        assert_eq!(arena.application.store.audit_page(&filter, None, 10).await.unwrap().rows.len(), 1);
        // Its report may be lost: taken back again, it is as it was.
        let written = Arc::default();
        let attempt =
            super::Attempt { case: &case, values: None, run: run.id, number: 2, written: &written, undoes: true };
        assert_eq!(arena.application.undo(&attempt).await.unwrap(), how);
    }
}

#[tokio::test]
async fn nothing_of_a_value_lies_on_the_disk_in_clear() {
    let arena = Arena::open().await;
    customers(&arena).await;
    let small = artifact(&arena, exported(&arena, json!(["name", "mobile"]), "csv").await).await.id;
    let small = arena.application.store.artifact_content(small).await.unwrap().unwrap();
    exported(&arena, json!(["name", "mobile"]), "xlsx").await;
    let large = std::fs::read(files(&arena).pop().unwrap()).unwrap();
    for bytes in [small, large] {
        assert!(!bytes.windows(11).any(|window| window == b"13800001234"));
        assert!(!bytes.starts_with(b"PK"));
    }
}

#[tokio::test]
async fn a_small_file_lies_in_the_database_until_it_is_taken_back() {
    let arena = Arena::open().await;
    customers(&arena).await;
    let id = artifact(&arena, exported(&arena, json!(["name"]), "csv").await).await.id;
    assert_eq!(files(&arena), Vec::<std::path::PathBuf>::new());
    assert!(arena.application.store.artifact_content(id).await.unwrap().is_some());
    arena.application.recall(&arena.viewer("li.na"), id).await.unwrap();
    assert_eq!(arena.application.store.artifact_content(id).await.unwrap(), None);
}

#[tokio::test]
async fn a_second_attempt_makes_no_second_file() {
    let arena = Arena::open().await;
    customers(&arena).await;
    let case = exported(&arena, json!(["name"]), "xlsx").await;
    let made = artifact(&arena, case).await;
    let case = arena.application.load_case(case).await.unwrap();
    let run = case.runs.iter().find(|run| run.step.as_str() == "produce").unwrap().id;
    let written = Arc::default();
    let attempt = super::Attempt { case: &case, values: None, run, number: 2, written: &written, undoes: false };
    let again = arena.application.attempt(&attempt).await.unwrap();
    let result = ActionResult::Export { artifact: made.id, records: 2, expires_at: made.expires_at };
    assert_eq!((again.result, again.artifacts.len(), again.audit.len()), (result, 0, 0));
    assert_eq!(files(&arena).len(), 1);
}

#[tokio::test]
async fn an_attempt_says_how_many_records_it_has_written() {
    let arena = Arena::open().await;
    customers(&arena).await;
    for format in ["xlsx", "csv"] {
        let case = approved(&arena, json!(["name"]), format).await;
        let case = arena.application.load_case(case).await.unwrap();
        let run = case.runs.iter().find(|run| run.step.as_str() == "produce").unwrap().id;
        let written = Arc::new(AtomicU64::new(0));
        let attempt = super::Attempt { case: &case, values: None, run, number: 1, written: &written, undoes: false };
        arena.application.attempt(&attempt).await.unwrap();
        assert_eq!(written.load(Ordering::Relaxed), 2);
    }
}

#[tokio::test]
async fn a_record_that_is_not_what_was_approved_stops_the_export() {
    let arena = Arena::open().await;
    let ids = customers(&arena).await;
    let case = approved(&arena, json!(["name"]), "xlsx").await;
    let store = &arena.application.store;
    let mut record = store.record(ids[0]).await.unwrap().unwrap();
    record.values.retain(|value| value.field != "last_contact");
    store
        .record_update(&store::RecordWrite { record, blinds: Vec::new(), unique: Vec::new() }, 1, &[], &[])
        .await
        .unwrap();
    arena.application.settle().await.unwrap();
    assert!(store.artifacts_of_case(case.0).await.unwrap().is_empty());
    let line = store.case_by_id(case.0).await.unwrap().unwrap();
    assert_eq!(line.status, store::CaseStatus::Incident);
}

#[tokio::test]
async fn an_approver_who_may_not_view_the_record_sees_its_sample_masked() {
    let arena = Arena::open().await;
    customers(&arena).await;
    let case = approved(&arena, json!(["mobile", "owner", "id_number"]), "csv").await;
    let samples = async |login: &str| {
        let view = arena.application.open_case(&arena.viewer(login), case).await.unwrap();
        let shown = view.picks.into_iter().map(|pick| (pick.pick.name.to_string(), pick.sample));
        shown.collect::<std::collections::BTreeMap<String, Cell>>()
    };
    let masked = |cell: &Cell| matches!(cell, Cell::Masked { revealable: false, .. });
    // Her manager may view her customers; the protection officer is cleared for more but views no register.
    assert!(matches!(samples("zhang.wei").await["mobile"], Cell::Clear(_)));
    assert!(masked(&samples("qian.xue").await["mobile"]));
    assert!(matches!(samples("qian.xue").await["owner"], Cell::Clear(_)));
}
