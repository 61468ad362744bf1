//! Records: what is written comes back, and only to whom it may.

use futures_util::future::join_all;
use serde_json::json;
use store::{
    Blind, BlindKind, Condition, DataKeyRow, FieldValue, KekRow, Record, RecordFilter, RecordRow, RecordWrite,
    RecordWritten, RowScope, SortKey, Span, Store, Stored,
};
use uuid::Uuid;

use crate::fixture::{Fixture, at, entry};

fn mobile(number: u128) -> Blind {
    Blind { field: "mobile".to_owned(), kind: BlindKind::Exact, blind: number.to_be_bytes().to_vec() }
}

/// A record of the customer register; its mobile number is its id, unless another is given.
fn customer(id: u128, owner: &str, revision: i64) -> RecordWrite {
    let clear = |field: &str, value: serde_json::Value, sort| FieldValue {
        field: field.to_owned(),
        level: 0,
        value: Stored::Clear { value: value.into(), sort: Some(sort) },
    };
    let number = i64::try_from(id).unwrap();
    let record = Record {
        row: RecordRow {
            id: Uuid::from_u128(id),
            register: "customer".to_owned(),
            owner: Some(owner.to_owned()),
            created_at: at(number),
            updated_at: at(number + revision),
            revision,
            seal: vec![7; 32],
        },
        values: vec![
            clear("amount", json!("9007199254740993.01"), SortKey::Number(number * 100)),
            clear(
                "region",
                json!("上海"),
                SortKey::Text(if id.is_multiple_of(2) { "east" } else { "west" }.to_owned()),
            ),
            FieldValue {
                field: "mobile".to_owned(),
                level: 1,
                value: Stored::Sealed { key_id: Uuid::from_u128(9), ciphertext: vec![0, 1, 255] },
            },
        ]
        .into_iter()
        .rev()
        .collect(),
    };
    RecordWrite { record, blinds: vec![mobile(id)], unique: vec![mobile(id)] }
}

/// As the store returns it: the values by field name.
fn stored(write: &RecordWrite) -> Record {
    let mut record = write.record.clone();
    record.values.sort_by(|a, b| a.field.cmp(&b.field));
    record
}

fn filter(conditions: Vec<Condition>) -> RecordFilter {
    RecordFilter { register: "customer".to_owned(), scope: RowScope::All, conditions }
}

async fn ids(store: &Store, filter: &RecordFilter) -> Vec<u128> {
    let ids = store.record_ids(filter, 1_000).await.unwrap();
    assert_eq!(store.records_count(filter, 1_000).await.unwrap(), i64::try_from(ids.len()).unwrap());
    ids.iter().map(Uuid::as_u128).collect()
}

async fn insert_ten(store: &Store) {
    let ten: Vec<_> = (1..=10).map(|id| customer(id, if id <= 4 { "li.na" } else { "wang.fang" }, 1)).collect();
    let written = store.records_insert(&ten, &[], &[entry(1, "chen.jie", "import")]).await.unwrap();
    assert_eq!(written, RecordWritten::Written);
}

pub(crate) async fn values_come_back_as_they_were_written(store: &Fixture) {
    insert_ten(store).await;
    let asked = [7, 99, 3].map(Uuid::from_u128);
    let found = store.records_by_ids(&asked).await.unwrap();
    assert_eq!(found, [stored(&customer(7, "wang.fang", 1)), stored(&customer(3, "li.na", 1))]);
    assert_eq!(store.record_blinds(Uuid::from_u128(3)).await.unwrap(), [mobile(3)]);
}

pub(crate) async fn a_row_rule_hides_what_others_own(store: &Fixture) {
    insert_ten(store).await;
    let scoped = |people: &[&str]| RecordFilter {
        scope: RowScope::OwnedBy(people.iter().map(|one| (*one).to_owned()).collect()),
        ..filter(Vec::new())
    };
    assert_eq!(ids(store, &scoped(&["li.na"])).await, [1, 2, 3, 4]);
    assert_eq!(ids(store, &scoped(&[])).await, []);
    assert_eq!(ids(store, &scoped(&["wang.fang", "li.na"])).await.len(), 10);
    let page = store.records_page(&scoped(&["li.na"]), None, 3).await.unwrap();
    let rest = store.records_page(&scoped(&["li.na"]), page.next, 3).await.unwrap();
    let shown: Vec<u128> = page.rows.iter().chain(&rest.rows).map(|row| row.id.as_u128()).collect();
    assert_eq!((shown, rest.next), (vec![4, 3, 2, 1], None));
}

pub(crate) async fn filters_narrow_and_counts_agree(store: &Fixture) {
    insert_ten(store).await;
    let text = |one_of: &[&str]| Condition::Text {
        field: "region".to_owned(),
        one_of: one_of.iter().map(|one| (*one).to_owned()).collect(),
    };
    let number = |from, until| Condition::Number { field: "amount".to_owned(), span: Span { from, until } };
    let cases = [
        (vec![], (1..=10).collect::<Vec<u128>>()),
        (vec![text(&["east"])], vec![2, 4, 6, 8, 10]),
        (vec![text(&["east", "west"])], (1..=10).collect()),
        (vec![text(&[])], vec![]),
        (vec![number(Some(300), Some(500))], vec![3, 4]),
        (vec![number(Some(900), None), text(&["west"])], vec![9]),
        (vec![Condition::Owner(vec!["li.na".to_owned()]), text(&["west"])], vec![1, 3]),
        (vec![Condition::Created(Span { from: Some(at(8)), until: None })], vec![8, 9, 10]),
        (vec![Condition::Updated(Span { from: None, until: Some(at(3)) })], vec![1]),
        (vec![Condition::Empty("mobile".to_owned())], vec![]),
        (vec![Condition::Empty("email".to_owned()), number(None, Some(200))], vec![1]),
        (vec![Condition::Blind(mobile(6))], vec![6]),
        (vec![Condition::Ids(vec![Uuid::from_u128(2), Uuid::from_u128(5)])], vec![2, 5]),
    ];
    for (conditions, expected) in cases {
        let asked = filter(conditions);
        assert_eq!(ids(store, &asked).await, expected, "{asked:?}");
    }
    assert_eq!(store.records_count(&filter(Vec::new()), 7).await.unwrap(), 7);
    assert_eq!(store.record_ids(&filter(Vec::new()), 7).await.unwrap().len(), 8);
    let found = store.records_by_blind("customer", &mobile(6), 5).await.unwrap();
    assert_eq!(found, [Uuid::from_u128(6)]);
}

pub(crate) async fn a_unique_value_is_refused_twice(store: &Fixture) {
    insert_ten(store).await;
    let mut twin = customer(11, "li.na", 1);
    twin.unique = vec![mobile(6)];
    let refused = RecordWritten::Duplicate { field: "mobile".to_owned(), record: Uuid::from_u128(6) };
    assert_eq!(store.records_insert(&[twin.clone()], &[], &[]).await.unwrap(), refused);
    // Also within one import.
    let mut other = customer(12, "li.na", 1);
    (twin.unique, other.unique) = (vec![mobile(77)], vec![mobile(77)]);
    let refused = RecordWritten::Duplicate { field: "mobile".to_owned(), record: Uuid::from_u128(11) };
    assert_eq!(store.records_insert(&[twin, other], &[], &[]).await.unwrap(), refused);
    assert_eq!(ids(store, &filter(Vec::new())).await.len(), 10);
    // A record does not stand in its own way.
    let same = customer(6, "wang.fang", 2);
    assert_eq!(store.record_update(&same, 1, &[], &[]).await.unwrap(), RecordWritten::Written);
}

pub(crate) async fn of_two_writers_of_one_unique_value_one_wins(store: &Fixture) {
    let attempts = join_all((1..=8).map(|id| {
        let store = Store::clone(store);
        let mut write = customer(id, "li.na", 1);
        (write.blinds, write.unique) = (vec![mobile(500)], vec![mobile(500)]);
        tokio::spawn(async move { store.records_insert(&[write], &[], &[]).await.unwrap() })
    }));
    let written = attempts.await.into_iter().filter(|one| *one.as_ref().unwrap() == RecordWritten::Written).count();
    assert_eq!((written, ids(store, &filter(Vec::new())).await.len()), (1, 1));
}

pub(crate) async fn an_update_on_an_old_revision_is_a_conflict(store: &Fixture) {
    insert_ten(store).await;
    let mut changed = customer(3, "sun.li", 2);
    changed.blinds = vec![mobile(33)];
    assert_eq!(store.record_update(&changed, 1, &[], &[]).await.unwrap(), RecordWritten::Written);
    let late = customer(3, "zhao.lei", 2);
    assert_eq!(store.record_update(&late, 1, &[], &[]).await.unwrap(), RecordWritten::Conflict);
    let mut expected = stored(&changed);
    expected.row.created_at = at(3);
    assert_eq!(store.record(Uuid::from_u128(3)).await.unwrap(), Some(expected));
    assert_eq!(store.record_blinds(Uuid::from_u128(3)).await.unwrap(), [mobile(33)]);
}

pub(crate) async fn a_deleted_record_leaves_nothing(store: &Fixture) {
    insert_ten(store).await;
    let gone = [2, 3].map(Uuid::from_u128);
    assert_eq!(store.records_delete(&gone, &[entry(2, "chen.jie", "destroy")]).await.unwrap(), 2);
    assert_eq!(store.records_by_ids(&gone).await.unwrap(), []);
    assert_eq!(store.records_by_blind("customer", &mobile(2), 5).await.unwrap(), [] as [Uuid; 0]);
    assert_eq!(ids(store, &filter(Vec::new())).await, [1, 4, 5, 6, 7, 8, 9, 10]);
    store.scrub().await.unwrap();
}

pub(crate) async fn data_keys_are_kept_once_and_destroyed_for_good(store: &Fixture) {
    assert_eq!(store.root_check().await.unwrap(), None);
    assert_eq!(store.root_check_put(vec![1]).await.unwrap(), [1]);
    assert_eq!(store.root_check_put(vec![2]).await.unwrap(), [1]);
    let kek = |id: u128| KekRow {
        id: Uuid::from_u128(id),
        purpose: "customer".to_owned(),
        epoch: 1,
        wrapped: vec![5; 60],
        created_at: at(0),
    };
    assert_eq!(store.kek_put(&kek(1)).await.unwrap(), kek(1));
    assert_eq!(store.kek_put(&kek(2)).await.unwrap(), kek(1));
    assert_eq!(store.keks().await.unwrap(), [kek(1)]);
    let key = |id: u128, scope: u128| DataKeyRow {
        id: Uuid::from_u128(id),
        scope: Uuid::from_u128(scope),
        level: 2,
        kek_id: Uuid::from_u128(1),
        wrapped: id.to_be_bytes().to_vec(),
    };
    let many: Vec<_> = (0..300).map(|n| key(1_000 + n, n)).collect();
    assert_eq!(store.data_keys_put(many).await.unwrap().len(), 300);
    assert_eq!(store.data_keys_put(vec![key(5_000, 7)]).await.unwrap(), [key(1_007, 7)]);
    assert_eq!(store.data_keys(&[Uuid::from_u128(1_007)]).await.unwrap(), [key(1_007, 7)]);
    assert_eq!(store.data_keys_destroy(&[Uuid::from_u128(7)]).await.unwrap(), 1);
    assert_eq!(store.data_keys_of(&[Uuid::from_u128(7), Uuid::from_u128(8)]).await.unwrap(), [key(1_008, 8)]);
}
