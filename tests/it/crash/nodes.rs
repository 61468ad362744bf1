//! Two real servers on one PostgreSQL share the work; each is killed while the other goes on.

use std::{
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use store::Store;
use tests::postgres::Server;
use tokio::runtime::Runtime;

use super::{
    NO_MORE,
    client::Client,
    load::{Random, Worker},
    look, people,
    program::{CONTROL, Change, Installation, Serving},
    verify::Found,
};

const EXPORT: &str = "export-approval.yaml";

/// How often each of the two is killed.
const ROUNDS: usize = 4;

/// Deadlines and waits short enough to be lived through on the machine's clock.
const SHORT: &[Change] = &[
    (EXPORT, "due: 8 working hours", "due: 2 seconds"),
    (
        EXPORT,
        "{ before: 2 working hours, every: 4 working hours, at_most: 5 }",
        "{ before: 1 second, every: 1 second, at_most: 5 }",
    ),
    (EXPORT, "{ after: 1 working day,  to: assignee.manager }", "{ after: 2 seconds,  to: assignee.manager }"),
    (EXPORT, "{ after: 3 working days, do: reject }", "{ after: 6 seconds, do: reject }"),
    (CONTROL, "due: 8 working hours", "due: 2 seconds"),
    (CONTROL, "due: 4 working hours", "due: 1 second"),
    (
        CONTROL,
        "{ before: 2 working hours, every: 4 working hours, at_most: 5 }",
        "{ before: 1 second, every: 1 second, at_most: 5 }",
    ),
    (CONTROL, "{ every: 2 working hours, at_most: 2 }", "{ every: 1 second, at_most: 2 }"),
    (CONTROL, "{ after: 1 working day, to: assignee.manager }", "{ after: 2 seconds, to: assignee.manager }"),
    (CONTROL, "{ after: 3 working days, do: reject }", "{ after: 6 seconds, do: reject }"),
    (CONTROL, "{ after: 1 working day, do: skip }", "{ after: 3 seconds, do: skip }"),
    (CONTROL, "for: 5 hours", "for: 2 seconds"),
    (CONTROL, "for: 3 hours", "for: 1 second"),
    (CONTROL, "for: 2 hours", "for: 1 second"),
    (CONTROL, "timeout: 1 day", "timeout: 2 seconds"),
];

/// The most answers that are waited for before a kill.
const ANSWERS_MAX: u64 = 12;

/// How long every case may take to come to its end by itself: the ladder, and the leases of who was killed.
const END_MAX: Duration = Duration::from_secs(90);

#[test]
fn two_servers_share_the_work_and_either_may_be_killed() {
    let Some(server) = Server::start() else { return };
    let seed = 0x5EED_0003;
    let mut workers = people(seed);
    let names: Vec<&'static str> = workers.iter().map(Worker::person).collect();
    let installation = Installation::prepare_with(Some(server.database()), &names, SHORT);
    let mut random = Random(seed);
    let (logs, logged) = mpsc::channel();
    let mut nodes = [installation.serve_node(0, &logs), installation.serve_node(1, &logs)];
    for round in 0..2 * ROUNDS {
        let killed = round % 2;
        while_one_is_killed(&installation, &mut workers, (&nodes, killed), &mut random);
        nodes[killed] = installation.serve_node(killed, &logs);
    }
    for (place, worker) in workers.iter_mut().enumerate() {
        let mut client = Client::connect(&nodes[place % 2].address, installation.token(worker.person())).unwrap();
        worker.ask_again(&mut client).unwrap();
    }
    let runtime = Runtime::new().unwrap();
    runtime.block_on(until_all_ended(&installation, &logged));
    for node in &nodes {
        node.kill();
    }
    let mut found = Found::on_real_time();
    runtime.block_on(look(&installation, &workers, &mut found));
    found.is_complete(&workers);
    // Which of the two takes what is theirs to race for; that one of them did everything is not.
    let logged = [installation.node_logged(0), installation.node_logged(1)];
    let kinds = ["A timer of case", "An action of case"];
    for kind in kinds {
        assert!(logged.iter().any(|log| log.contains(kind)), "somebody did this: {kind}");
    }
    for (node, log) in logged.iter().enumerate() {
        assert!(kinds.iter().any(|kind| log.contains(kind)), "node {node} did its share");
    }
}

/// Half of the people work with each server, until one of the two is killed under them.
fn while_one_is_killed(
    installation: &Installation,
    workers: &mut [Worker],
    (nodes, killed): (&[Serving; 2], usize),
    random: &mut Random,
) {
    let (answers, answered) = mpsc::channel();
    thread::scope(|scope| {
        for (place, worker) in workers.iter_mut().enumerate() {
            let answers = answers.clone();
            scope.spawn(move || worker.work(installation, &nodes[place % 2], &answers));
        }
        for _ in 0..=random.below(ANSWERS_MAX) {
            if answered.recv_timeout(NO_MORE).is_err() {
                break;
            }
        }
        nodes[killed].kill();
    });
}

/// A case comes to its end by what a server then logs, so that it is looked again after each line and not before.
async fn until_all_ended(installation: &Installation, logged: &mpsc::Receiver<()>) {
    let store = Store::open(&installation.store()).await.unwrap();
    let began = Instant::now();
    while !store.cases_running(None, 1).await.unwrap().rows.is_empty() {
        let left = END_MAX.saturating_sub(began.elapsed());
        logged.recv_timeout(left).expect("every case comes to its end");
        // One look for all that was logged meanwhile.
        while logged.try_recv().is_ok() {}
    }
    assert_eq!(store.next_timer_due().await.unwrap(), None);
    store.close().await.unwrap();
}
