//! The audit log, and what it speaks of: reveals and downloads.

use std::slice;

use store::{AuditFilter, AuditRow, AuditWrite, RevealRow, UsualSize};
use uuid::Uuid;

use crate::fixture::{Fixture, at, audit, digest, entry, transition};

async fn found(store: &Fixture, filter: AuditFilter) -> Vec<u128> {
    let mut ids = Vec::new();
    let mut after = None;
    loop {
        let page = store.audit_page(&filter, after, 2).await.unwrap();
        ids.extend(page.rows.iter().map(|entry| entry.id.as_u128()));
        after = page.next;
        if after.is_none() {
            return ids;
        }
    }
}

pub(crate) async fn entries_are_found_by_what_they_concern(store: &Fixture) {
    let about = |id: u128, actor: &str, kind: &str, records: &[u128]| AuditWrite {
        entry: AuditRow { register: Some("customer".to_owned()), ..audit(id, actor, kind) },
        records: records.iter().copied().map(Uuid::from_u128).collect(),
        answer: None,
    };
    let case = Uuid::from_u128(77);
    let of_case = AuditWrite::about_nothing(AuditRow { case_id: Some(case), ..audit(4, "li.na", "decide") });
    let all = [
        about(1, "li.na", "view", &[1, 2]),
        about(2, "wang.fang", "view", &[2, 2]),
        about(3, "li.na", "reveal", &[3]),
        of_case,
        entry(5, "chen.jie", "sign_in"),
    ];
    store.audit_put(&all).await.unwrap();
    let filter = AuditFilter::default;
    let text = |text: &str| Some(text.to_owned());
    let cases = [
        (filter(), vec![5, 4, 3, 2, 1]),
        (AuditFilter { actor: text("li.na"), ..filter() }, vec![4, 3, 1]),
        (AuditFilter { kind: text("view"), ..filter() }, vec![2, 1]),
        (AuditFilter { actor: text("li.na"), kind: text("view"), ..filter() }, vec![1]),
        (AuditFilter { case: Some(case), ..filter() }, vec![4]),
        (AuditFilter { register: text("customer"), ..filter() }, vec![3, 2, 1]),
        (AuditFilter { record: Some(Uuid::from_u128(2)), ..filter() }, vec![2, 1]),
        (AuditFilter { from: Some(at(2)), until: Some(at(4)), ..filter() }, vec![3, 2]),
    ];
    for (filter, expected) in cases {
        assert_eq!(found(store, filter.clone()).await, expected, "{filter:?}");
    }
}

pub(crate) async fn the_usual_size_is_the_median(store: &Fixture) {
    let exports: Vec<_> = [(1, 10), (2, 5_000), (3, 20), (4, 30), (5, 1)]
        .map(|(id, record_count)| AuditWrite::about_nothing(AuditRow { record_count, ..audit(id, "li.na", "export") }))
        .into();
    store.audit_put(&exports).await.unwrap();
    let usual = store.usual_size("li.na", "export", at(1)).await.unwrap();
    assert_eq!(usual, UsualSize { count: 5, median: 20, max: 5_000 });
    let lately = store.usual_size("li.na", "export", at(2)).await.unwrap();
    assert_eq!(lately, UsualSize { count: 4, median: 20, max: 5_000 });
    assert_eq!(store.usual_size("wang.fang", "export", at(0)).await.unwrap(), UsualSize::default());
}

async fn make_file(store: &Fixture) -> Uuid {
    let mut made = transition(1, 1);
    let id = Uuid::from_u128(51);
    let artifact = store::ArtifactRow {
        id,
        case_id: made.case.id,
        run_key: Uuid::from_u128(52),
        path: "aa/bb.zip".to_owned(),
        size: 12_345,
        digest: digest("file"),
        password_sealed: Some(vec![1, 2, 3]),
        person: "li.na".to_owned(),
        records: 3,
        created_at: at(2),
        expires_at: at(700),
        downloads_left: 2,
        password_shown_at: None,
        recalled_at: None,
    };
    made.artifacts = vec![store::ArtifactWrite { artifact, content: None }];
    store.commit(made).await.unwrap();
    id
}

pub(crate) async fn a_download_is_spent_once_each(store: &Fixture) {
    let id = make_file(store).await;
    let download = async |who: &str, when: i64, audit_id: u128| {
        let audit = [entry(audit_id, who, "download")];
        store.artifact_download(id, who, at(when), &audit).await.unwrap().map(|file| file.downloads_left)
    };
    assert_eq!(download("wang.fang", 10, 1).await, None);
    assert_eq!(download("li.na", 700, 2).await, None);
    assert_eq!(download("li.na", 10, 3).await, Some(1));
    assert_eq!(download("li.na", 11, 4).await, Some(0));
    assert_eq!(download("li.na", 12, 5).await, None);
    // Who got nothing left no entry.
    assert_eq!(found(store, AuditFilter::default()).await, [4, 3]);
    assert_eq!(store.artifacts_expired(at(700)).await.unwrap().len(), 1);
    assert!(store.artifact_recall(id, at(701), &[]).await.unwrap().is_some());
    assert!(store.artifact_recall(id, at(702), &[]).await.unwrap().is_none());
    assert_eq!(store.artifacts_expired(at(703)).await.unwrap(), []);
}

pub(crate) async fn a_password_is_shown_once(store: &Fixture) {
    let id = make_file(store).await;
    assert_eq!(store.artifact_password(id, "wang.fang", at(5), &[]).await.unwrap(), None);
    let shown = store.artifact_password(id, "li.na", at(6), &[entry(1, "li.na", "password")]).await.unwrap();
    assert_eq!(shown, Some(vec![1, 2, 3]));
    assert_eq!(store.artifact_password(id, "li.na", at(7), &[]).await.unwrap(), None);
    let file = store.artifact_by_run(Uuid::from_u128(52)).await.unwrap().unwrap();
    assert_eq!((file.password_sealed, file.password_shown_at), (None, Some(at(6))));
    let reveal = RevealRow {
        id: Uuid::from_u128(1),
        person: "li.na".to_owned(),
        register: "customer".to_owned(),
        record_id: Uuid::from_u128(9),
        field: "id_number".to_owned(),
        at: at(1),
        expires_at: at(60),
    };
    store.reveal_put(slice::from_ref(&reveal), &[entry(2, "li.na", "reveal")]).await.unwrap();
    assert_eq!(store.reveals("li.na", reveal.record_id, at(59)).await.unwrap(), slice::from_ref(&reveal));
    assert_eq!(store.reveals("li.na", reveal.record_id, at(60)).await.unwrap(), []);
}
