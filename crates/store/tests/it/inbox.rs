//! The inbox: what waits for whom, page by page, and how much of it.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use store::{Counts, Cursor, InboxBox, InboxCount, InboxFacet, InboxFilter, Span, Store};
use uuid::Uuid;

use crate::fixture::{Fixture, at, case, done_task, notification, open_task, task, transition};

/// The ids of a list, in pages of a size; `between` runs after each page.
async fn read_all(store: &Store, list: InboxBox, size: u64, mut between: impl AsyncFnMut(usize)) -> Vec<Uuid> {
    let mut ids = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let page = store.inbox_page("li.na", (list, &InboxFilter::default()), after, size).await.unwrap();
        ids.extend(page.rows.iter().map(|item| item.task.as_ref().map_or(item.case.id, |task| task.id)));
        between(ids.len()).await;
        after = page.next;
        if after.is_none() {
            return ids;
        }
    }
}

pub(crate) async fn pages_are_stable_while_tasks_come_in(store: &Fixture) {
    // Tasks 10, 20 … 100 by due date; two of them due at the same moment.
    let due = |number: i64| Some(if number == 50 { 40 } else { number });
    for number in (10..=100).step_by(10) {
        let mut begun = transition(number, 1);
        begun.tasks.push(open_task(task(u128::try_from(number).unwrap(), &begun.case, due(number)), &["li.na"]));
        store.commit(begun).await.unwrap();
    }
    let seen = read_all(store, InboxBox::Todo, 3, async |read| {
        // One comes in before the page's end, one after it.
        let read = i64::try_from(read).unwrap();
        for number in [read, 1_000 + read] {
            let mut late = transition(500 + number, 1);
            let id = u128::try_from(2_000 + number).unwrap();
            let due = if number < 1_000 { 1 } else { 95 };
            late.tasks.push(open_task(task(id, &late.case, Some(due)), &["li.na"]));
            store.commit(late).await.unwrap();
        }
    })
    .await;
    let numbers: Vec<u128> = seen.iter().map(Uuid::as_u128).filter(|id| *id <= 100).collect();
    assert_eq!(numbers, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    let late: Vec<u128> = seen.iter().map(Uuid::as_u128).filter(|id| *id > 100).collect();
    assert_eq!(late.len(), late.iter().collect::<std::collections::BTreeSet<_>>().len());
}

pub(crate) async fn counts_equal_a_recount(store: &Fixture) {
    const PEOPLE: [&str; 4] = ["li.na", "wang.fang", "zhao.lei", "sun.li"];
    join_all((1..=40).map(|number| {
        let mut begun = transition(number, 1);
        let who = usize::try_from(number).unwrap();
        let people = [PEOPLE[who % 4], PEOPLE[(who + 1) % 4]];
        begun.tasks.push(open_task(task(u128::try_from(number).unwrap(), &begun.case, Some(number)), &people));
        store.commit(begun)
    }))
    .await
    .into_iter()
    .for_each(Result::unwrap);
    // A quarter is done, a quarter claimed by one, a quarter handed to another; some of it loses its race.
    join_all((1..=40).flat_map(|number| (0..2).map(move |_| number)).map(|number| {
        let mut next = transition(number, 2);
        let own = task(u128::try_from(number).unwrap(), &next.case, Some(number));
        next.tasks.push(match number % 4 {
            0 => done_task(own, "li.na", 100),
            1 => open_task(own, &["li.na"]),
            2 => open_task(own, &["sun.li", "zhao.lei", "wang.fang"]),
            _ => open_task(task(u128::try_from(100 + number).unwrap(), &next.case, None), &["zhao.lei"]),
        });
        store.commit(next)
    }))
    .await;
    let mut counted = BTreeMap::new();
    let mut listed = BTreeMap::new();
    for person in PEOPLE {
        counted.insert(person, store.counts(person).await.unwrap());
        let page = store.inbox_page(person, (InboxBox::Todo, &InboxFilter::default()), None, 200).await.unwrap();
        let open_tasks = i64::try_from(page.rows.len()).unwrap();
        listed.insert(person, Counts { open_tasks, unread: 0 });
    }
    assert_eq!(counted, listed);
    let total: i64 = counted.values().map(|counts| counts.open_tasks).sum();
    assert_eq!(total, 10 + 30 + 30);
}

pub(crate) async fn a_task_without_due_date_comes_last(store: &Fixture) {
    let mut begun = transition(1, 1);
    begun.tasks = vec![
        open_task(task(1, &begun.case, None), &["li.na"]),
        open_task(task(2, &begun.case, Some(1_000_000)), &["li.na"]),
    ];
    store.commit(begun).await.unwrap();
    let ids = read_all(store, InboxBox::Todo, 1, async |_| {}).await;
    assert_eq!(ids, [Uuid::from_u128(2), Uuid::from_u128(1)]);
}

pub(crate) async fn done_started_and_copied_begin_with_the_latest(store: &Fixture) {
    for number in 1..=3 {
        let mut begun = transition(number, 1);
        begun.case.requester = Some("li.na".to_owned());
        let id = u128::try_from(number).unwrap();
        begun.tasks.push(done_task(task(id, &begun.case, None), "li.na", 10 - number));
        begun.notifications.push(notification(id, "li.na", Some(begun.case.id), "copied"));
        begun.notifications.push(notification(100 + id, "li.na", Some(begun.case.id), "reminder"));
        store.commit(begun).await.unwrap();
    }
    let cases = |numbers: [i64; 3]| numbers.map(|number| case(number, 1).id);
    assert_eq!(read_all(store, InboxBox::Done, 2, async |_| {}).await, [1, 2, 3].map(Uuid::from_u128));
    assert_eq!(read_all(store, InboxBox::Started, 2, async |_| {}).await, cases([3, 2, 1]));
    assert_eq!(read_all(store, InboxBox::Copied, 2, async |_| {}).await, cases([3, 2, 1]));
}

pub(crate) async fn a_list_is_narrowed_counted_and_watched(store: &Fixture) {
    for number in 1..=4 {
        let mut begun = transition(number, 1);
        begun.case.requester = Some(if number % 2 == 0 { "sun.li" } else { "zhao.lei" }.to_owned());
        if number < 3 { "export" } else { "handover" }.clone_into(&mut begun.case.workflow);
        let id = u128::try_from(number).unwrap();
        let due = (number < 4).then_some(number * 10);
        begun.tasks.push(open_task(task(id, &begun.case, due), &["li.na"]));
        begun.notifications.push(notification(id, "li.na", Some(begun.case.id), "copied"));
        store.commit(begun).await.unwrap();
    }
    let found = async |filter: InboxFilter| {
        let page = store.inbox_page("li.na", (InboxBox::Todo, &filter), None, 10).await.unwrap();
        page.rows.iter().map(|item| item.task.as_ref().unwrap().id.as_u128()).collect::<Vec<_>>()
    };
    let all = InboxFilter::default;
    assert_eq!(found(all()).await, [1, 2, 3, 4]);
    assert_eq!(found(InboxFilter { workflow: Some("export".into()), ..all() }).await, [1, 2]);
    assert_eq!(found(InboxFilter { requester: Some("zhao.lei".into()), ..all() }).await, [1, 3]);
    let between = |from: Option<i64>, until: Option<i64>| Span { from: from.map(at), until: until.map(at) };
    assert_eq!(found(InboxFilter { due: Some(between(None, Some(20))), ..all() }).await, [1]);
    assert_eq!(found(InboxFilter { due: Some(between(Some(20), Some(31))), ..all() }).await, [2, 3]);
    let both = InboxFilter { workflow: Some("handover".into()), requester: Some("sun.li".into()), ..all() };
    assert_eq!(found(both).await, [4]);
    let facets = store.inbox_facets("li.na", InboxBox::Copied).await.unwrap();
    let facets: Vec<(&str, Option<&str>)> =
        facets.iter().map(|InboxFacet { workflow, requester }| (workflow.as_str(), requester.as_deref())).collect();
    let expected = [("export", "sun.li"), ("export", "zhao.lei"), ("handover", "sun.li"), ("handover", "zhao.lei")];
    assert_eq!(facets, expected.map(|(workflow, requester)| (workflow, Some(requester))));
    for (list, count) in [(InboxBox::Todo, 4), (InboxBox::Done, 0), (InboxBox::Started, 0), (InboxBox::Copied, 4)] {
        assert_eq!(store.inbox_count("li.na", list).await.unwrap(), InboxCount { count, is_more: false });
    }
    assert_eq!(store.inbox_count("sun.li", InboxBox::Started).await.unwrap().count, 2);
    assert_eq!(store.due_within("li.na", between(None, Some(20))).await.unwrap(), 1);
    assert_eq!(store.due_within("li.na", between(Some(20), Some(31))).await.unwrap(), 2);
    let watched = [1, 3, 99].map(Uuid::from_u128);
    let mut waiting = store.still_waiting("li.na", &watched).await.unwrap();
    waiting.sort_unstable();
    assert_eq!(waiting, [1, 3].map(Uuid::from_u128));
    assert_eq!(store.still_waiting("sun.li", &watched).await.unwrap(), [] as [Uuid; 0]);
}

pub(crate) async fn notifications_are_counted_until_read(store: &Fixture) {
    let all: Vec<_> = (1..=5).map(|id| notification(id, "li.na", None, "reminder")).collect();
    store.notifications_put(&all).await.unwrap();
    let unread = async || store.counts("li.na").await.unwrap().unread;
    assert_eq!(unread().await, 5);
    let one = async |person: &str, id: u128| {
        store.notifications_read(person, Some(&[Uuid::from_u128(id)]), at(9), None).await.unwrap()
    };
    assert_eq!(one("li.na", 2).await, 1);
    assert_eq!(one("li.na", 2).await, 0);
    assert_eq!(one("wang.fang", 3).await, 0);
    assert_eq!(unread().await, 4);
    assert_eq!(store.notifications_read("li.na", None, at(4), None).await.unwrap(), 3);
    assert_eq!(unread().await, 1);
    assert_eq!(store.counts("wang.fang").await.unwrap(), Counts::default());
}
