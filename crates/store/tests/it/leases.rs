//! Leases: one worker at a time, and nothing lost when it dies.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::json;
use store::{CommitError, OutboxDone, OutboxRow, Store, TimerRow, Transition};
use uuid::Uuid;

use crate::fixture::{Fixture, at, case, transition};

fn with_effects(number: i64, ids: std::ops::Range<u128>) -> Transition {
    let mut begun = transition(number, 1);
    let effect = |id| OutboxRow::new(Uuid::from_u128(id), begun.case.id, "mail".to_owned(), at(0), json!({}).into());
    begun.outbox = ids.map(effect).collect();
    begun
}

fn done(id: u128, fence: Option<i64>) -> Transition {
    let mut done = transition(1, 2);
    done.outbox_done = vec![OutboxDone { id: Uuid::from_u128(id), fence }];
    done
}

pub(crate) async fn an_effect_is_leased_by_one_worker_only(store: &Fixture) {
    store.commit(with_effects(1, 0..60)).await.unwrap();
    let leased = join_all((0..12).map(|_| {
        let store = Store::clone(store);
        tokio::spawn(async move { store.lease_outbox(at(1), at(30), 10).await.unwrap() })
    }));
    let ids: Vec<u128> = leased.await.into_iter().flat_map(|one| one.unwrap()).map(|one| one.id.as_u128()).collect();
    // Of twelve at once some may find too little left, but none finds what another has.
    let mut distinct: BTreeSet<u128> = ids.iter().copied().collect();
    assert_eq!(distinct.len(), ids.len());
    distinct.extend(store.lease_outbox(at(1), at(30), 60).await.unwrap().iter().map(|one| one.id.as_u128()));
    assert_eq!(distinct, (0..60).collect());
    assert_eq!(store.lease_outbox(at(2), at(30), 60).await.unwrap(), []);
}

pub(crate) async fn an_expired_lease_is_taken_over_and_the_old_holder_is_refused(store: &Fixture) {
    store.commit(with_effects(1, 1..2)).await.unwrap();
    let first = store.lease_outbox(at(1), at(30), 10).await.unwrap().remove(0);
    assert_eq!(store.lease_outbox(at(29), at(60), 10).await.unwrap(), []);
    let second = store.lease_outbox(at(30), at(60), 10).await.unwrap().remove(0);
    assert_eq!((first.fence, second.fence, second.attempts), (1, 2, 2));
    let refused = store.commit(done(1, Some(first.fence))).await;
    assert!(matches!(refused, Err(CommitError::LeaseLost)));
    assert_eq!(store.case_by_number(1).await.unwrap(), Some(case(1, 1)));
    assert!(!store.ack_outbox(first.id, first.fence).await.unwrap());
    assert!(!store.extend_outbox((first.id, first.fence), at(90), 900).await.unwrap());
    assert!(!store.release_outbox(first.id, first.fence, at(0)).await.unwrap());
    store.commit(done(1, Some(second.fence))).await.unwrap();
    assert_eq!(store.next_outbox_due().await.unwrap(), None);
}

pub(crate) async fn what_an_effect_has_written_counts_for_its_lease_alone(store: &Fixture) {
    store.commit(with_effects(1, 1..2)).await.unwrap();
    let case = case(1, 1).id;
    let told = async || store.progress_of_case(case).await.unwrap().map(|one| (one.attempts, one.written_now()));
    assert_eq!(told().await, None);
    let first = store.lease_outbox(at(1), at(30), 10).await.unwrap().remove(0);
    assert_eq!(told().await, Some((1, 0)));
    assert!(store.extend_outbox((first.id, first.fence), at(40), 3_000).await.unwrap());
    assert_eq!(told().await, Some((1, 3_000)));
    // Its holder dies; whoever takes it over writes the file from its beginning.
    let second = store.lease_outbox(at(40), at(70), 10).await.unwrap().remove(0);
    assert_eq!(told().await, Some((2, 0)));
    assert!(store.extend_outbox((second.id, second.fence), at(80), 500).await.unwrap());
    // Who was only thought dead changes nothing any more.
    assert!(!store.extend_outbox((first.id, first.fence), at(90), 4_000).await.unwrap());
    assert_eq!(told().await, Some((2, 500)));
    store.commit(done(1, Some(second.fence))).await.unwrap();
    assert_eq!(told().await, None);
}

pub(crate) async fn an_effect_given_back_waits_for_its_moment(store: &Fixture) {
    store.commit(with_effects(1, 1..3)).await.unwrap();
    let mut leased = store.lease_outbox(at(1), at(30), 10).await.unwrap();
    let other = leased.pop().unwrap();
    let one = leased.pop().unwrap();
    assert!(store.release_outbox(one.id, one.fence, at(100)).await.unwrap());
    assert!(store.ack_outbox(other.id, other.fence).await.unwrap());
    assert_eq!(store.next_outbox_due().await.unwrap(), Some(at(100)));
    assert_eq!(store.lease_outbox(at(99), at(130), 10).await.unwrap(), []);
    let again = store.lease_outbox(at(100), at(130), 10).await.unwrap();
    assert_eq!(
        again,
        [OutboxRow { not_before: at(100), attempts: 2, fence: 2, leased_until: again[0].leased_until, ..one }]
    );
}

pub(crate) async fn timers_fire_in_order_and_once(store: &Fixture) {
    let timer = |case_number: i64, due: i64, event: i64| TimerRow { due: at(due), case_number, event, ordinal: 0 };
    for number in 1..=3 {
        let mut begun = transition(number, 1);
        begun.timers_armed = vec![timer(number, 100 - number, 1), timer(number, 500, 2)];
        store.commit(begun).await.unwrap();
    }
    assert_eq!(store.lease_timers(at(96), at(120), 10).await.unwrap(), []);
    let due = store.lease_timers(at(99), at(120), 10).await.unwrap();
    let fired: Vec<_> = due.iter().map(|one| (one.case_id, one.timer)).collect();
    assert_eq!(fired, [3, 2, 1].map(|number| (case(number, 1).id, timer(number, 100 - number, 1))));
    assert_eq!(store.lease_timers(at(99), at(120), 10).await.unwrap(), []);
    // One is fired; one lost its race and is given back; one worker died.
    let mut next = transition(3, 2);
    next.timers_removed = vec![due[0].timer];
    store.commit(next).await.unwrap();
    store.release_timer(&due[1].timer).await.unwrap();
    assert_eq!(store.lease_timers(at(99), at(150), 10).await.unwrap(), [due[1].clone()]);
    assert_eq!(store.lease_timers(at(120), at(150), 10).await.unwrap(), [due[2].clone()]);
    store.remove_timer(&due[1].timer).await.unwrap();
    store.remove_timer(&due[2].timer).await.unwrap();
    assert_eq!(store.next_timer_due().await.unwrap(), Some(at(500)));
}

pub(crate) async fn a_withdrawn_effect_is_gone(store: &Fixture) {
    store.commit(with_effects(1, 1..2)).await.unwrap();
    let leased = store.lease_outbox(at(1), at(30), 10).await.unwrap().remove(0);
    store.commit(done(1, None)).await.unwrap();
    assert!(!store.ack_outbox(leased.id, leased.fence).await.unwrap());
    assert_eq!(store.lease_outbox(at(90), at(99), 10).await.unwrap(), []);
}
