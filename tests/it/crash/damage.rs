//! `chancery audit replay` on a real database: it finds nothing, and then exactly what was damaged.

use std::sync::mpsc;

use definition::id::Login;
use engine::Case;
use serde_json::{Value, json};
use store::{Json, Store, TaskWrite, TimerRow, Transition};
use tests::postgres::Server;
use tokio::runtime::Runtime;

use super::{
    load::{Job, Worker},
    program::Installation,
};

#[test]
fn a_damaged_row_is_named_by_its_case_on_sqlite() {
    is_named(None);
}

#[test]
fn a_damaged_row_is_named_by_its_case_on_postgresql() {
    let Some(server) = Server::start() else { return };
    is_named(Some(server.database()));
}

fn is_named(database: Option<String>) {
    let person = "li.na";
    let installation = Installation::prepare(database, &[person]);
    let serving = installation.serve();
    Worker::new(person, Job::Request, 7).work(&installation, &serving, &mpsc::channel().0);
    serving.kill();
    let (status, found) = replayed(&installation);
    assert_eq!((status, &found["differences"], &found["looked"]["cases"]), (Some(0), &json!([]), &json!(3)), "{found}");
    let [task, due] = Runtime::new().unwrap().block_on(damage(&installation));
    let (status, found) = replayed(&installation);
    let expected = json!([
        { "case": 1, "kind": "column", "column": "outcome" },
        { "case": 2, "kind": "snapshot" },
        { "case": 3, "kind": "task", "task": task, "how": "differs" },
        { "case": 3, "kind": "candidates", "task": task },
        { "case": 3, "kind": "timer", "due": due, "how": "missing" },
    ]);
    assert_eq!((status, &found["differences"]), (Some(1), &expected));
    let told = installation.command(&["--locale", "en", "audit", "replay"]).output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    let named: Vec<&str> = told.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(named, ["Case 1", "Case 2", "Case 3", "Case 3", "Case 3"]);
}

fn replayed(installation: &Installation) -> (Option<i32>, Value) {
    let output = installation.command(&["audit", "replay", "--json"]).output().unwrap();
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

/// Damages a column of one case, the snapshot of another, and a task and a timer of a third; the last two.
async fn damage(installation: &Installation) -> [Value; 2] {
    let store = Store::open(&installation.store()).await.unwrap();
    let mut row = store.case_by_number(1).await.unwrap().unwrap();
    row.outcome = Some("approved".to_owned());
    let revision = Some(row.revision);
    store.commit(Transition::new(row, revision)).await.unwrap();
    let mut row = store.case_by_number(2).await.unwrap().unwrap();
    let mut case: Case = row.snapshot.read().unwrap();
    case.copied.insert(Login::from("sun.hao"));
    row.snapshot = Json::of(&case).unwrap();
    let revision = Some(row.revision);
    store.commit(Transition::new(row, revision)).await.unwrap();
    let row = store.case_by_number(3).await.unwrap().unwrap();
    let revision = Some(row.revision);
    let mut damaged = Transition::new(row, revision);
    let mut task = store.tasks_of_case(damaged.case.id).await.unwrap().remove(0);
    task.due_at = None;
    let case: Case = damaged.case.snapshot.read().unwrap();
    let timer = case.timers.iter().min_by_key(|timer| timer.due_at).unwrap().clone();
    let taken: Vec<(TimerRow, _)> = store.timers_after(None).await.unwrap();
    let is_it =
        |row: &TimerRow| row.case_number == 3 && row.due == timer.due_at && row.event == i64::from(timer.number.0);
    damaged.timers_removed = taken.into_iter().map(|(row, _)| row).filter(is_it).collect();
    let named = [json!(task.id), json!(timer.due_at)];
    damaged.tasks = vec![TaskWrite { task, people: vec!["sun.hao".to_owned()] }];
    store.commit(damaged).await.unwrap();
    store.close().await.unwrap();
    named
}
