use std::{fs, path::Path};

use store::{AuditFilter, DefinitionKind};

use crate::{Application, records::arena::Arena};

/// The shipped workspace, to be changed.
async fn own_workspace() -> Arena {
    Arena::open_with(|_| {}).await
}

fn processes(application: &Application) -> Vec<String> {
    application.live().plans.keys().map(ToString::to_string).collect()
}

#[tokio::test]
async fn after_a_restart_over_broken_files_what_was_live_is_served() {
    let arena = own_workspace().await;
    let before = processes(&arena.application);
    for (path, text) in
        [("chancery.yaml", "not: [settings"), ("workflows/export-approval.yaml", "workflow: export-approval\n")]
    {
        let path = arena.application.folder().join(path);
        let good = fs::read(&path).unwrap();
        fs::write(&path, text).unwrap();
        let again = arena.another().await;
        assert_eq!(processes(&again), before);
        assert!(again.live().is_behind());
        assert!(again.directory().active("li.na").is_some());
        fs::write(&path, good).unwrap();
    }
    fs::remove_file(arena.application.folder().join("chancery.yaml")).unwrap();
    assert_eq!(processes(&arena.another().await), before);
}

#[tokio::test]
async fn nothing_of_a_workspace_with_errors_is_published_when_nothing_was_live() {
    let broken = |workspace: &Path| fs::write(workspace.join("workflows/broken.yaml"), "workflow: broken\n").unwrap();
    let arena = Arena::open_with(broken).await;
    assert!(arena.application.live().workspace.is_none());
    assert_eq!(arena.application.store.definitions_live().await.unwrap(), []);
}

#[tokio::test]
async fn a_process_whose_file_is_gone_begins_no_case_after_a_restart_either() {
    let arena = own_workspace().await;
    fs::remove_file(arena.application.folder().join("workflows/export-approval.yaml")).unwrap();
    arena.application.publish_folder().await.unwrap();
    fs::write(arena.application.folder().join("chancery.yaml"), "not: [settings").unwrap();
    let again = arena.another().await;
    assert!(!processes(&again).contains(&"export-approval".to_owned()));
    let live = again.store.definitions_live().await.unwrap();
    assert!(live.iter().all(|row| row.kind != DefinitionKind::Workflow || row.name != "export-approval"));
    let retired = AuditFilter { kind: Some("definition_retired".to_owned()), ..AuditFilter::default() };
    let entries = again.store.audit_page(&retired, None, 9).await.unwrap().rows;
    let facts: Vec<&str> = entries.iter().map(|entry| entry.body.as_str()).collect();
    assert_eq!(facts, [r#"{"process":"export-approval"}"#]);
}
