use std::collections::BTreeMap;

use definition::{
    form_values::{Complaint, Entered, EnteredValues},
    id::Login,
    level::Level,
    value::{Relation, Value},
};
use serde_json::json;
use store::{AuditFilter, RecordFilter, RowScope};
use uuid::Uuid;

use super::{
    arena::{Arena, ID_NUMBER, day, dealings, register, text},
    *,
};
use crate::cases::Cell;

/// One customer of Li Na's and one of Liu Yang's.
async fn two_customers(arena: &Arena) -> [Uuid; 2] {
    let ids = arena
        .customers(&[
            (
                "li.na",
                &[
                    ("name", text("欧阳明华")),
                    ("mobile", text("13800001234")),
                    ("id_number", text(ID_NUMBER)),
                    ("last_contact", day("2026-03-01")),
                    ("dealings", dealings(&[("2026-01-02", "1200"), ("2026-02-03", "99.5")])),
                ],
            ),
            ("liu.yang", &[("name", text("周杰")), ("mobile", text("13900005678"))]),
        ])
        .await;
    <[Uuid; 2]>::try_from(ids).unwrap()
}

fn cells(record: &RecordShown) -> BTreeMap<&str, &Cell> {
    record.cells.iter().map(|shown| (shown.name.as_str(), &shown.cell)).collect()
}

fn clear(value: &str) -> Cell {
    Cell::Clear(text(value))
}

fn mask(text: &str, revealable: bool) -> Cell {
    Cell::Masked { text: text.to_owned(), revealable }
}

fn everything() -> (Selection, PageAsked) {
    (Selection::everything(), PageAsked { after: None, limit: 50 })
}

fn entered(values: &[(&str, serde_json::Value)]) -> EnteredValues {
    values.iter().map(|(name, value)| ((*name).to_owned(), Entered::Raw(value.clone()))).collect()
}

fn complaints(result: Outcome<impl std::fmt::Debug>) -> Vec<(String, &'static str)> {
    let Err(Error::Refused(Refusal::Fields(problems))) = result else { panic!("not refused for fields: {result:?}") };
    let message = |complaint: Complaint| match complaint {
        Complaint::Known { message, .. } => message,
        Complaint::Said(_) => "said",
    };
    problems.into_iter().map(|problem| (problem.field.to_string(), message(problem.complaint))).collect()
}

#[tokio::test]
async fn staff_see_their_own_customers_as_their_clearance_allows() {
    let arena = Arena::open().await;
    let [mine, _] = two_customers(&arena).await;
    let viewer = arena.viewer("li.na");
    let (all, asked) = everything();
    let page = arena.application.records_page(&viewer, &register(), &all, asked).await.unwrap();
    assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [mine]);
    assert_eq!((page.counted.count, page.counted.is_more), (1, false));
    let id_number = mask(&vault::mask(vault::mask::Rule::Id, ID_NUMBER), false);
    let expected = [
        ("bank_card", &Cell::Empty),
        ("dealings", &Cell::Hidden),
        ("id_number", &id_number),
        ("last_contact", &Cell::Clear(day("2026-03-01"))),
        ("mobile", &clear("13800001234")),
        ("name", &clear("欧阳明华")),
        ("owner", &Cell::Clear(Value::Person(Login::from("li.na")))),
    ];
    assert_eq!(cells(&page.rows[0]).into_iter().collect::<Vec<_>>(), expected);
    assert_eq!(page.rows[0].title, "欧阳明华");
}

#[tokio::test]
async fn each_answer_with_records_leaves_one_entry_found_by_each_of_them() {
    let arena = Arena::open().await;
    let [mine, theirs] = two_customers(&arena).await;
    let viewer = arena.viewer("zhang.wei");
    let (all, asked) = everything();
    arena.application.records_page(&viewer, &register(), &all, asked).await.unwrap();
    for record in [mine, theirs] {
        let filter =
            AuditFilter { record: Some(record), kind: Some("records_viewed".into()), ..AuditFilter::default() };
        let entries = arena.application.store.audit_page(&filter, None, 10).await.unwrap().rows;
        assert_eq!(entries.len(), 1);
        assert_eq!((entries[0].actor.as_deref(), entries[0].record_count), (Some("zhang.wei"), 2));
        assert_eq!(entries[0].body.as_str(), r#"{"fields":["mobile","name"]}"#);
    }
}

#[tokio::test]
async fn a_record_out_of_reach_is_not_there() {
    let arena = Arena::open().await;
    let [_, theirs] = two_customers(&arena).await;
    let viewer = arena.viewer("li.na");
    let refused = arena.application.record(&viewer, &register(), theirs).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Refusal::NotFound)));
    let asked = RevealAsked { record: theirs, field: "name".into(), ..RevealAsked::default() };
    let refused = arena.application.reveal(&viewer, &register(), &asked).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Refusal::NotFound)));
    let edit = entered(&[("name", json!("某人"))]);
    let refused = arena.application.edit_record(&viewer, &register(), (theirs, 1), edit).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Refusal::NotFound)));
}

#[tokio::test]
async fn a_search_finds_by_whole_number_and_last_four_within_reach_and_never_records_the_term() {
    let arena = Arena::open().await;
    let [mine, theirs] = two_customers(&arena).await;
    let found = async |login: &str, term: &str| {
        let page = arena.application.search(&arena.viewer(login), &register(), term).await.unwrap();
        page.rows.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(found("li.na", "138 0000 1234").await, [mine]);
    assert_eq!(found("li.na", "1234").await, [mine]);
    assert_eq!(found("li.na", ID_NUMBER).await, [mine]);
    assert_eq!(found("li.na", "13900005678").await, [] as [Uuid; 0]);
    assert_eq!(found("zhang.wei", "13900005678").await, [theirs]);
    assert_eq!(found("zhang.wei", "周杰").await, [] as [Uuid; 0]);
    let filter = AuditFilter { kind: Some("records_searched".into()), ..AuditFilter::default() };
    let entries = arena.application.store.audit_page(&filter, None, 10).await.unwrap().rows;
    assert_eq!(entries.len(), 6);
    for entry in entries {
        let digest = entry.digest.unwrap();
        assert_ne!(digest, vault::Digest::of(b"13900005678"));
        assert!(!entry.body.as_str().contains("1390000"));
    }
}

#[tokio::test]
async fn two_records_never_share_a_unique_value() {
    let arena = Arena::open().await;
    let viewer = arena.viewer("li.na");
    let values = entered(&[("name", json!("周杰")), ("mobile", json!("139 0000 5678"))]);
    let id = arena.application.create_record(&viewer, &register(), values.clone()).await.unwrap();
    let other = arena.viewer("liu.yang");
    let again = arena.application.create_record(&other, &register(), values).await;
    assert_eq!(complaints(again), [("mobile".to_owned(), "field-not-unique")]);
    let free = entered(&[("name", json!("吴芳")), ("mobile", json!("13900005679"))]);
    let second = arena.application.create_record(&viewer, &register(), free).await.unwrap();
    let taken = entered(&[("mobile", json!("13900005678"))]);
    let edited = arena.application.edit_record(&viewer, &register(), (second, 1), taken).await;
    assert_eq!(complaints(edited), [("mobile".to_owned(), "field-not-unique")]);
    // A record does not stand in its own way.
    let same = entered(&[("mobile", json!("13900005678")), ("name", json!("周洁"))]);
    assert_eq!(arena.application.edit_record(&viewer, &register(), (id, 1), same).await.unwrap(), 2);
}

#[tokio::test]
async fn a_new_record_belongs_to_whoever_enters_it_and_to_nobody_out_of_their_reach() {
    let arena = Arena::open().await;
    let viewer = arena.viewer("li.na");
    let id = arena.application.create_record(&viewer, &register(), entered(&[("name", json!("周杰"))])).await.unwrap();
    let view = arena.application.record(&viewer, &register(), id).await.unwrap();
    assert_eq!(view.record.owner, Some(Login::from("li.na")));
    let given = entered(&[("name", json!("吴芳")), ("owner", json!("liu.yang"))]);
    let refused = arena.application.create_record(&viewer, &register(), given.clone()).await;
    assert_eq!(complaints(refused), [("owner".to_owned(), "field-owner")]);
    let given_away = arena.application.edit_record(&viewer, &register(), (id, 1), given).await;
    assert_eq!(complaints(given_away), [("owner".to_owned(), "field-owner")]);
}

#[tokio::test]
async fn an_edit_keeps_what_the_editor_cannot_see_and_cannot_overwrite_it() {
    let arena = Arena::open().await;
    let [mine, _] = two_customers(&arena).await;
    let viewer = arena.viewer("li.na");
    let overwrite = entered(&[("id_number", json!(ID_NUMBER))]);
    let refused = arena.application.edit_record(&viewer, &register(), (mine, 1), overwrite).await.unwrap_err();
    let needs = Lacking::Clearance { needs: Level::L2, has: Level::L1 };
    assert!(matches!(refused, Error::Refused(Refusal::Forbidden(lacking)) if lacking == needs));
    let edit = entered(&[("name", json!("欧阳明")), ("id_number", json!("")), ("last_contact", json!(""))]);
    assert_eq!(arena.application.edit_record(&viewer, &register(), (mine, 1), edit.clone()).await.unwrap(), 2);
    let stale = arena.application.edit_record(&viewer, &register(), (mine, 1), edit).await.unwrap_err();
    assert!(matches!(stale, Error::Refused(Refusal::Changed)));
    let (_, form) = arena.application.register(&register()).unwrap();
    let opened = arena.application.open_record(&form, mine).await.unwrap().unwrap();
    let kept: Vec<(&str, &Value)> = opened.values.iter().map(|(name, value)| (name.as_str(), value)).collect();
    let sold = dealings(&[("2026-01-02", "1200"), ("2026-02-03", "99.5")]);
    let expected = [
        ("dealings", &sold),
        ("id_number", &text(ID_NUMBER)),
        ("mobile", &text("13800001234")),
        ("name", &text("欧阳明")),
        ("owner", &Value::Person(Login::from("li.na"))),
    ];
    assert_eq!(kept, expected);
}

#[tokio::test]
async fn a_value_is_revealed_for_a_reason_and_for_a_minute() {
    let arena = Arena::open().await;
    let [mine, _] = two_customers(&arena).await;
    let viewer = arena.viewer("zhang.wei");
    let asked = RevealAsked { record: mine, field: "id_number".into(), ..RevealAsked::default() };
    let refused = arena.application.reveal(&viewer, &register(), &asked).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Refusal::ReasonNeeded)));
    let shown = async || {
        let view = arena.application.record(&viewer, &register(), mine).await.unwrap();
        cells(&view.record)["id_number"].clone()
    };
    let masked = mask(&vault::mask(vault::mask::Rule::Id, ID_NUMBER), true);
    assert_eq!(shown().await, masked);
    let asked = RevealAsked { reason: Some("客户来电核实".into()), ..asked };
    let value = arena.application.reveal(&viewer, &register(), &asked).await.unwrap();
    assert_eq!(value, text(ID_NUMBER));
    assert_eq!(shown().await, clear(ID_NUMBER));
    arena.wait(REVEALED_FOR);
    assert_eq!(shown().await, masked);
    let filter = AuditFilter { kind: Some("value_revealed".into()), record: Some(mine), ..AuditFilter::default() };
    let entries = arena.application.store.audit_page(&filter, None, 10).await.unwrap().rows;
    assert_eq!(entries.len(), 1);
    let sealed = entries[0].reason_ciphertext.as_ref().unwrap();
    assert!(!sealed.windows(6).any(|window| window == "客户".as_bytes()));
}

#[tokio::test]
async fn revealing_needs_the_right_the_clearance_and_the_second_factor() {
    let arena = Arena::open().await;
    let [mine, _] = two_customers(&arena).await;
    let reason = Some("核实交易".to_owned());
    let asked = RevealAsked { record: mine, field: "id_number".into(), reason: reason.clone(), code: None };
    let by_staff = arena.application.reveal(&arena.viewer("li.na"), &register(), &asked).await.unwrap_err();
    assert!(matches!(by_staff, Error::Refused(Refusal::Forbidden(Lacking::RegisterRight))));
    let asked = RevealAsked { record: mine, field: "dealings".into(), reason, code: None };
    let below = arena.application.reveal(&arena.viewer("zhang.wei"), &register(), &asked).await.unwrap_err();
    let needs = Lacking::Clearance { needs: Level::L3, has: Level::L2 };
    assert!(matches!(below, Error::Refused(Refusal::Forbidden(lacking)) if lacking == needs));
    let own = arena
        .customers(&[("qian.xue", &[("name", text("郑爽")), ("dealings", dealings(&[("2026-01-02", "5")]))])])
        .await;
    let asked = RevealAsked { record: *own.last().unwrap(), ..asked };
    let without = arena.viewer_without_second_factor("qian.xue");
    let needed = arena.application.reveal(&without, &register(), &asked).await.unwrap_err();
    assert!(matches!(needed, Error::Refused(Refusal::SecondFactorNeeded { enrolled: false })));
    let value = arena.application.reveal(&arena.viewer("qian.xue"), &register(), &asked).await.unwrap();
    assert_eq!(value, dealings(&[("2026-01-02", "5")]));
}

#[tokio::test]
async fn a_record_that_was_changed_behind_the_applications_back_is_never_shown_as_good() {
    let arena = Arena::open().await;
    let [_, theirs] = two_customers(&arena).await;
    let store = &arena.application.store;
    let blinds = store.record_blinds(theirs).await.unwrap();
    let mut record = store.record(theirs).await.unwrap().unwrap();
    // Liu Yang's customer becomes Li Na's, with the old seal.
    record.row.owner = Some("li.na".into());
    let write = store::RecordWrite { record, blinds, unique: Vec::new() };
    store.record_update(&write, 1, &[], &[]).await.unwrap();
    let viewer = arena.viewer("li.na");
    let refused = arena.application.record(&viewer, &register(), theirs).await.unwrap_err();
    assert!(matches!(refused, Error::Damaged(_)));
    let (all, asked) = everything();
    let page = arena.application.records_page(&viewer, &register(), &all, asked).await.unwrap();
    let row = page.rows.iter().find(|row| row.id == theirs).unwrap();
    assert!(row.is_damaged);
    assert!(row.cells.iter().all(|shown| shown.cell == Cell::Hidden));
    assert_eq!(row.title, "");
}

#[tokio::test]
async fn a_selection_freezes_exactly_what_it_means_within_reach() {
    let arena = Arena::open().await;
    let [mine, theirs] = two_customers(&arena).await;
    let frozen = async |login: &str, selection: serde_json::Value| {
        let selection = Selection::read(&selection).unwrap();
        arena.application.freeze(&arena.viewer(login), &register(), &selection).await
    };
    assert_eq!(frozen("li.na", json!({ "where": [] })).await.unwrap().ids, [mine]);
    let both = frozen("zhang.wei", json!({ "ids": [theirs, mine, mine] })).await.unwrap();
    assert_eq!(both.ids, [mine, theirs]);
    let all = frozen("zhang.wei", json!({ "where": [] })).await.unwrap();
    assert_eq!((both.ids, both.digest), (all.ids, all.digest));
    let gone = frozen("li.na", json!({ "ids": [mine, theirs] })).await;
    assert_eq!(complaints(gone), [("records".to_owned(), "selection-gone")]);
    let ids = async |test: serde_json::Value| frozen("zhang.wei", json!({ "where": [test] })).await.unwrap().ids;
    assert_eq!(ids(json!({ "field": "owner", "op": "is", "value": "liu.yang" })).await, [theirs]);
    assert_eq!(ids(json!({ "field": "owner", "op": "is_not", "value": "liu.yang" })).await, [mine]);
    assert_eq!(ids(json!({ "field": "last_contact", "op": "before", "value": "2026-03-02" })).await, [mine]);
    assert_eq!(ids(json!({ "field": "last_contact", "op": "is", "value": "2026-03-01" })).await, [mine]);
    assert_eq!(ids(json!({ "field": "last_contact", "op": "after", "value": "2026-03-01" })).await, [] as [Uuid; 0]);
    let within = json!({ "field": "last_contact", "op": "between", "value": "2026-03-01", "value2": "2026-03-01" });
    assert_eq!(ids(within).await, [mine]);
    assert_eq!(ids(json!({ "field": "last_contact", "op": "empty" })).await, [theirs]);
    assert_eq!(ids(json!({ "field": "mobile", "op": "last4", "value": "5678" })).await, [theirs]);
}

#[tokio::test]
async fn a_condition_that_cannot_be_answered_is_refused_with_the_reason() {
    let arena = Arena::open().await;
    two_customers(&arena).await;
    let refusal = async |test: serde_json::Value| {
        let selection = Selection::read(&json!({ "where": [test] })).unwrap();
        complaints(arena.application.count_selection(&arena.viewer("li.na"), &register(), &selection).await)
    };
    let name = json!({ "field": "name", "op": "is", "value": "周杰" });
    assert_eq!(refusal(name).await, [("name".to_owned(), "selection-impossible")]);
    let unknown = json!({ "field": "nickname", "op": "is", "value": "a" });
    assert_eq!(refusal(unknown).await, [("nickname".to_owned(), "selection-unknown-field")]);
    // To whom a field is hidden, it cannot be asked whether it is empty.
    let hidden = json!({ "field": "dealings", "op": "empty" });
    assert_eq!(refusal(hidden).await, [("dealings".to_owned(), "selection-unknown-field")]);
    let wrong = json!({ "field": "last_contact", "op": "is", "value": "yesterday" });
    assert_eq!(refusal(wrong).await, [("last_contact".to_owned(), "selection-value")]);
    assert_eq!(Selection::read(&json!({ "ids": [], "where": [] })), None);
    assert_eq!(Selection::read(&json!({ "where": [{ "field": "a", "op": "looks_like" }] })), None);
}

#[tokio::test]
async fn a_request_is_told_about_its_records_at_the_field_that_chose_them() {
    let arena = Arena::open().await;
    let chosen = json!({ "where": [{ "field": "name", "op": "is", "value": "周杰" }] });
    let values = BTreeMap::from([("records".to_owned(), chosen)]);
    let request = crate::cases::Request { values };
    let process = definition::id::WorkflowId::from("export-approval");
    let refused = arena.application.start(&arena.viewer("li.na"), &process, &request).await;
    assert_eq!(complaints(refused), [("records".to_owned(), "selection-impossible")]);
}

#[tokio::test]
async fn no_value_of_a_protected_field_is_kept_in_clear() {
    let arena = Arena::open().await;
    two_customers(&arena).await;
    for one in arena.application.store.records_by_ids(&all_ids(&arena).await).await.unwrap() {
        for value in one.values {
            let is_clear = matches!(value.value, store::Stored::Clear { .. });
            assert_eq!(is_clear, ["owner", "last_contact"].contains(&value.field.as_str()), "{}", value.field);
        }
    }
}

async fn all_ids(arena: &Arena) -> Vec<Uuid> {
    arena.application.store.record_ids(&RecordFilter::all("customer", RowScope::All), 10).await.unwrap()
}

#[tokio::test]
async fn what_is_no_text_is_masked_whole() {
    let arena = Arena::open().await;
    let (_, form) = arena.application.register(&register()).unwrap();
    let field = |name: &str| form.field(name).unwrap();
    assert_eq!(masked(field("mobile"), &text("13800001234")), "138****1234");
    assert_eq!(masked(field("dealings"), &dealings(&[("2026-01-02", "5")])), "****");
    assert_eq!(masked(field("last_contact"), &day("2026-01-02")), "****");
}

#[tokio::test]
async fn counting_whom_a_protected_value_finds_is_recorded_without_the_value() {
    let arena = Arena::open().await;
    two_customers(&arena).await;
    let viewer = arena.viewer("li.na");
    let test = Test {
        field: "mobile".to_owned(),
        op: Relation::Is,
        value: json!("13800001234"),
        value2: serde_json::Value::Null,
    };
    let counted = arena.application.count_selection(&viewer, &register(), &Selection::Where(vec![test])).await.unwrap();
    assert_eq!(counted.count, 1);
    let asked = AuditFilter { kind: Some("records_searched".to_owned()), ..AuditFilter::default() };
    let entries = arena.application.store.audit_page(&asked, None, 10).await.unwrap().rows;
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!((entry.actor.as_deref(), entry.record_count), (Some("li.na"), 1));
    assert!(entry.digest.is_some());
    assert!(!format!("{entry:?}").contains("13800001234"));
}
