//! Transitions: whole, durable, and only on the revision they were decided on.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::json;
use store::{
    ArtifactRow, ArtifactWrite, AuditFilter, CHUNK_IDS, CommitError, EventWaitRow, IdempotencyRow, OutboxRow,
    PayloadRow, RecordSet, Store, TimerRow, Transition,
};
use uuid::Uuid;

use crate::fixture::{Fixture, at, case, digest, entry, event, notification, open_task, task, transition};

pub(crate) async fn of_forty_writers_one_wins_each_revision(store: &Fixture) {
    store.commit(transition(1, 1)).await.unwrap();
    for revision in 2..=4 {
        let attempts = join_all((0..40).map(|_| {
            let store = Store::clone(store);
            tokio::spawn(async move { store.commit(transition(1, revision)).await })
        }));
        let answers: Vec<_> = attempts.await.into_iter().map(Result::unwrap).collect();
        let won = answers.iter().filter(|answer| answer.is_ok()).count();
        let lost = answers.iter().filter(|answer| matches!(answer, Err(CommitError::Conflict))).count();
        assert_eq!((won, lost), (1, 39));
    }
    let events = store.case_events(case(1, 1).id, 0).await.unwrap();
    assert_eq!(events.iter().map(|event| event.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
}

pub(crate) async fn a_conflict_in_a_group_leaves_the_others_alone(store: &Fixture) {
    join_all((1..=50).map(|number| store.commit(transition(number, 1)))).await.into_iter().for_each(Result::unwrap);
    // Every fifth was decided on a revision that is not there.
    let answers =
        join_all((1..=50).map(|number| store.commit(transition(number, if number % 5 == 0 { 9 } else { 2 })))).await;
    let conflicts: Vec<_> = answers
        .iter()
        .zip(1..)
        .filter(|(answer, _)| matches!(answer, Err(CommitError::Conflict)))
        .map(|(_, number)| number)
        .collect();
    assert_eq!(conflicts, [5, 10, 15, 20, 25, 30, 35, 40, 45, 50]);
    for number in 1..=50 {
        let kept = store.case_by_number(number).await.unwrap().unwrap();
        assert_eq!(kept, case(number, if number % 5 == 0 { 1 } else { 2 }));
        let events = store.case_events(kept.id, 0).await.unwrap();
        assert_eq!(events.len(), usize::try_from(kept.revision).unwrap());
    }
}

pub(crate) async fn one_bad_transition_in_a_group_fails_alone(store: &Fixture) {
    let bad = |number: i64| {
        let mut bad = transition(number, 1);
        // The same event twice breaks the primary key, which no check foresees.
        bad.events.push(event(&case(number, 1)));
        bad
    };
    let all = (1..=20).map(|number| store.commit(if number == 7 { bad(number) } else { transition(number, 1) }));
    let answers = join_all(all).await;
    let failed: Vec<_> =
        answers.iter().zip(1..).filter(|(answer, _)| answer.is_err()).map(|(_, number)| number).collect();
    assert!(matches!(answers[6], Err(CommitError::Store(_))));
    assert_eq!(failed, [7]);
    assert_eq!(store.case_by_number(7).await.unwrap(), None);
}

fn everything(number: i64) -> Transition {
    let mut all = transition(number, 1);
    let case = all.case.clone();
    all.tasks = vec![open_task(task(11, &case, Some(60)), &["li.na", "wang.fang"])];
    all.timers_armed = vec![TimerRow { due: at(60), case_number: number, event: 1, ordinal: 0 }];
    all.waits_begun = vec![EventWaitRow { event: "paid".to_owned(), case_id: case.id, run: Uuid::from_u128(22) }];
    all.outbox = vec![OutboxRow::new(Uuid::from_u128(21), case.id, "mail".to_owned(), at(0), json!({ "a": 1 }).into())];
    all.notifications = vec![notification(31, "li.na", Some(case.id), "copied")];
    all.payloads = vec![PayloadRow {
        case_id: case.id,
        digest: digest("payload"),
        key_id: Uuid::from_u128(41),
        level: 2,
        created_at: at(1),
        ciphertext: vec![0, 255, 1],
    }];
    let artifact = ArtifactRow {
        id: Uuid::from_u128(51),
        case_id: case.id,
        run_key: Uuid::from_u128(52),
        path: "aa/bb.zip".to_owned(),
        size: 12_345,
        digest: digest("file"),
        password_sealed: Some(vec![1, 2, 3]),
        person: "chen.jie".to_owned(),
        records: 3,
        created_at: at(2),
        expires_at: at(700),
        downloads_left: 3,
        password_shown_at: None,
        recalled_at: None,
    };
    all.artifacts = vec![ArtifactWrite { artifact, content: Some(vec![7; 9]) }];
    let mut about = entry(61, "chen.jie", "request");
    about.entry.register = Some("customer".to_owned());
    about.records = vec![Uuid::from_u128(71), Uuid::from_u128(72)];
    all.audit = vec![about];
    all
}

pub(crate) async fn a_case_is_read_with_the_values_it_has_now(store: &Fixture) {
    let mut all = everything(5);
    let (id, task) = (all.case.id, all.tasks[0].task.id);
    store.commit(all.clone()).await.unwrap();
    // The values that the case names are not among those that it has.
    assert_eq!(store.case_with_values(id).await.unwrap(), Some((all.case.clone(), None)));
    let kept = PayloadRow { digest: all.case.submission.unwrap(), ..all.payloads[0].clone() };
    let before = Some(all.case.revision);
    all.case.revision += 1;
    let mut next = Transition::new(all.case.clone(), before);
    next.payloads = vec![kept.clone()];
    store.commit(next).await.unwrap();
    let now = Some((all.case, Some(kept)));
    assert_eq!(store.case_with_values(id).await.unwrap(), now);
    assert_eq!(store.case_of_task(task).await.unwrap(), now);
    assert_eq!(store.case_of_task(id).await.unwrap(), None);
}

pub(crate) async fn a_transition_is_committed_whole_and_read_back_as_it_was(store: &Fixture) {
    let all = everything(5);
    store.commit(all.clone()).await.unwrap();
    let id = all.case.id;
    assert_eq!(store.case_by_id(id).await.unwrap(), Some(all.case));
    assert_eq!(store.case_events(id, 0).await.unwrap(), all.events);
    assert_eq!(store.tasks_of_case(id).await.unwrap(), [all.tasks[0].task.clone()]);
    assert_eq!(store.people_of_task(Uuid::from_u128(11)).await.unwrap(), ["li.na", "wang.fang"]);
    assert_eq!(store.next_timer_due().await.unwrap(), Some(at(60)));
    assert_eq!(store.payloads_of_case(id).await.unwrap(), all.payloads);
    let ArtifactWrite { artifact, content } = all.artifacts[0].clone();
    assert_eq!(store.artifacts_of_case(id).await.unwrap(), std::slice::from_ref(&artifact));
    assert_eq!(store.artifact_content(artifact.id).await.unwrap(), content);
    assert_eq!(store.notifications_page("li.na", None, 10).await.unwrap().rows, all.notifications);
    assert_eq!(store.audit_page(&AuditFilter::default(), None, 10).await.unwrap().rows, [all.audit[0].entry.clone()]);
    assert_eq!(store.audit_records(Uuid::from_u128(61), 10).await.unwrap(), all.audit[0].records);
    let leased = store.lease_outbox(at(1), at(30), 10).await.unwrap();
    assert_eq!(
        leased,
        [OutboxRow { attempts: 1, fence: 1, leased_until: leased[0].leased_until, ..all.outbox[0].clone() }]
    );
}

pub(crate) async fn a_case_is_found_by_the_event_it_waits_for_until_it_waits_no_longer(store: &Fixture) {
    let all = everything(5);
    let id = all.case.id;
    store.commit(all.clone()).await.unwrap();
    assert_eq!(store.cases_awaiting("paid", None, 10).await.unwrap(), [id]);
    assert_eq!(store.cases_awaiting("paid", Some(id), 10).await.unwrap(), Vec::<Uuid>::new());
    assert_eq!(store.cases_awaiting("sent", None, 10).await.unwrap(), Vec::<Uuid>::new());
    let mut next = transition(5, 2);
    next.waits_over = all.waits_begun;
    store.commit(next).await.unwrap();
    assert_eq!(store.cases_awaiting("paid", None, 10).await.unwrap(), Vec::<Uuid>::new());
}

pub(crate) async fn a_new_case_whose_id_is_taken_is_a_conflict(store: &Fixture) {
    store.commit(transition(1, 1)).await.unwrap();
    let answer = store.commit(transition(1, 1)).await;
    assert!(matches!(answer, Err(CommitError::Conflict)));
    assert_eq!(store.case_events(case(1, 1).id, 0).await.unwrap(), [event(&case(1, 1))]);
}

fn with_key(number: i64, key: &str) -> Transition {
    let mut keyed = transition(number, 1);
    keyed.idempotency = Some(IdempotencyRow {
        actor: "chen.jie".to_owned(),
        key: key.to_owned(),
        request: digest(key),
        status: 201,
        response: json!({ "case": number }).into(),
        at: at(number),
    });
    keyed
}

pub(crate) async fn the_same_request_is_answered_once(store: &Fixture) {
    // The same key ten times, each for a case of its own, as ten impatient retries would be.
    let answers = join_all((1..=10).map(|number| {
        let store = Store::clone(store);
        tokio::spawn(async move { store.commit(with_key(number, "k1")).await })
    }));
    let mut won = Vec::new();
    let mut duplicates = Vec::new();
    for (answer, number) in answers.await.into_iter().zip(1..) {
        match answer.unwrap() {
            Ok(()) => won.push(number),
            Err(CommitError::Duplicate(first)) => duplicates.push(*first),
            Err(other) => panic!("{other}"),
        }
    }
    let first = with_key(won[0], "k1").idempotency.unwrap();
    assert_eq!((won.len(), duplicates), (1, vec![first.clone(); 9]));
    assert_eq!(store.idempotency("chen.jie", "k1").await.unwrap(), Some(first));
    let cases = join_all((1..=10).map(|number| store.case_by_number(number))).await;
    assert_eq!(cases.into_iter().filter_map(Result::unwrap).count(), 1);
}

pub(crate) async fn a_refused_transition_leaves_its_idempotency_key_free(store: &Fixture) {
    store.commit(transition(1, 1)).await.unwrap();
    assert!(matches!(store.commit(with_key(1, "k1")).await, Err(CommitError::Conflict)));
    assert_eq!(store.idempotency("chen.jie", "k1").await.unwrap(), None);
    store.commit(with_key(2, "k1")).await.unwrap();
}

pub(crate) async fn what_was_acknowledged_is_there_after_reopening(store: &Fixture) {
    join_all((1..=30).map(|number| store.commit(with_key(number, &number.to_string()))))
        .await
        .into_iter()
        .for_each(Result::unwrap);
    // Another store on the same database, as after a crash: the first one is not closed.
    let again = Store::open(&store.config).await.unwrap();
    for number in 1..=30 {
        assert_eq!(again.case_by_number(number).await.unwrap(), Some(case(number, 1)));
        let retried = again.commit(with_key(number, &number.to_string())).await;
        assert!(matches!(retried, Err(CommitError::Duplicate(_))));
    }
    again.close().await.unwrap();
}

pub(crate) async fn frozen_records_are_read_back_in_their_order(store: &Fixture) {
    let ids: Vec<Uuid> = (0..10_000_u128).rev().map(Uuid::from_u128).collect();
    let set = RecordSet { digest: digest("set"), register: "customer".to_owned(), ids: ids.clone() };
    let mut freezing = transition(1, 1);
    freezing.record_sets =
        vec![set, RecordSet { digest: digest("none"), register: "customer".to_owned(), ids: Vec::new() }];
    let case = freezing.case.id;
    store.commit(freezing).await.unwrap();
    let mut read = Vec::new();
    let mut chunks = 0;
    while let Some(chunk) = store.record_set_chunk(case, digest("set"), chunks).await.unwrap() {
        assert!(chunk.len() <= CHUNK_IDS);
        read.extend(chunk);
        chunks += 1;
    }
    assert_eq!((read, chunks), (ids, 3));
    assert_eq!(store.record_set_size(case, digest("set")).await.unwrap(), Some(10_000));
    assert_eq!(store.record_set_size(case, digest("none")).await.unwrap(), Some(0));
    assert_eq!(store.record_set_size(case, digest("never")).await.unwrap(), None);
}

pub(crate) async fn numbers_are_given_once(store: &Fixture) {
    let taken = join_all((0..40).map(|_| {
        let store = Store::clone(store);
        tokio::spawn(async move { store.allocate("case", 3).await.unwrap() })
    }));
    let firsts: BTreeSet<i64> = taken.await.into_iter().map(Result::unwrap).collect();
    assert_eq!(firsts, (0..40).map(|at| 1 + at * 3).collect());
    assert_eq!(store.counter("case").await.unwrap(), 120);
}

pub(crate) async fn a_closed_store_answers_what_it_had_accepted(store: &Fixture) {
    let accepted: Vec<_> = (1..=100)
        .map(|number| {
            let store = Store::clone(store);
            tokio::spawn(async move { (number, store.commit(transition(number, 1)).await) })
        })
        .collect();
    let again = Store::open(&store.config).await.unwrap();
    store.close().await.unwrap();
    for (number, answer) in join_all(accepted).await.into_iter().map(Result::unwrap) {
        let kept = again.case_by_number(number).await.unwrap();
        assert_eq!(kept.is_some(), answer.is_ok(), "case {number}");
    }
    assert!(matches!(store.commit(transition(101, 1)).await, Err(CommitError::Store(store::Error::Closed))));
}
