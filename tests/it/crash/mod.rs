//! The real server is killed in the middle of its work, again and again, and loses and doubles nothing.

mod client;
mod damage;
mod load;
mod nodes;
mod program;
#[expect(clippy::wildcard_enum_match_arm, reason = "a test looks for one thing among many")]
mod verify;

use std::{
    io::{self, Write},
    sync::mpsc,
    thread,
    time::Duration,
};

use chrono::TimeDelta;
use store::Store;
use tests::postgres::Server;
use tokio::runtime::Runtime;

use self::{
    client::Client,
    load::{Job, Mover, Random, Worker},
    program::Installation,
    verify::Found,
};

/// How often the server is killed on one installation; and on each database, if the environment does not say.
const KILLS: usize = 25;

/// The environment variable that says how often on each database; `make crash` does.
const KILLS_VARIABLE: &str = "CHANCERY_TEST_KILLS";

/// The most answers that are waited for before a kill.
const ANSWERS_MAX: u64 = 20;

/// How long an answer is waited for; then everybody has done what they had to, and the server is at its own work.
const NO_MORE: Duration = Duration::from_secs(2);

/// How long after the last answer the kill comes, at most.
const LATER_MICROS: u64 = 30_000;

/// The days in which every case comes to its end by itself.
const DAYS_TO_THE_END: usize = 16;

/// Who moves the clock.
const MOVER: &str = "zhou.min";

/// Who works. The manager leaves half of the tasks to the ladder, and the manager's manager half of those.
fn people(seed: u64) -> Vec<Worker> {
    let requesters = ["li.na", "liu.yang", "zhao.min", "sun.hao"].map(|person| (person, Job::Request));
    let approvers =
        [("zhang.wei", Job::Decide { remainders: &[0, 1] }), ("wang.fang", Job::Decide { remainders: &[2] })];
    let all = requesters.into_iter().chain(approvers).zip(1..);
    all.map(|((person, job), number)| Worker::new(person, job, seed + number)).collect()
}

/// The kills of one installation after the other. Each has a seed of its own and is brought to its end, so that looking
/// at all there is after each kill does not take longer and longer.
fn installations(seed: u64) -> impl Iterator<Item = (usize, u64)> {
    let kills: usize = std::env::var(KILLS_VARIABLE).map_or(KILLS, |kills| kills.parse().expect("a number of kills"));
    (0..kills).step_by(KILLS).zip(0..).map(move |(before, number)| (KILLS.min(kills - before), seed + (number << 32)))
}

#[test]
fn kills_lose_and_double_nothing_on_sqlite() {
    for (kills, seed) in installations(0x5EED_0001) {
        survive(None, kills, seed);
    }
}

#[test]
fn kills_lose_and_double_nothing_on_postgresql() {
    let Some(server) = Server::start() else { return };
    for (kills, seed) in installations(0x5EED_0002) {
        survive(Some(server.database()), kills, seed);
    }
}

fn survive(database: Option<String>, kills: usize, seed: u64) {
    let mut workers = people(seed);
    let mut names: Vec<&'static str> = workers.iter().map(Worker::person).collect();
    names.push(MOVER);
    let kind = if database.is_some() { "PostgreSQL" } else { "SQLite" };
    let installation = Installation::prepare(database, &names);
    let mut random = Random(seed);
    let mut mover = Mover::new(MOVER, seed);
    let mut found = Found::default();
    let runtime = Runtime::new().unwrap();
    for _ in 0..kills {
        until_killed(&installation, &mut workers, &mut mover, &mut random);
        runtime.block_on(look(&installation, &workers, &mut found));
    }
    let serving = installation.serve();
    mover.catch_up(&installation, &serving);
    for worker in &mut workers {
        let mut client = Client::connect(&serving.address, installation.token(worker.person())).unwrap();
        worker.ask_again(&mut client).unwrap();
    }
    let mut client = Client::connect(&serving.address, installation.token(MOVER)).unwrap();
    for _ in 0..DAYS_TO_THE_END {
        mover.advance(&mut client, TimeDelta::days(1)).unwrap();
    }
    serving.kill();
    runtime.block_on(look(&installation, &workers, &mut found));
    found.is_complete(&workers);
    runtime.block_on(nothing_waits(&installation));
    // Nobody is left to tell if standard error is closed.
    drop(writeln!(io::stderr(), "{kind}, seed {seed:x}: {kills} kills, {}", found.told()));
}

/// One life of the server.
fn until_killed(installation: &Installation, workers: &mut [Worker], mover: &mut Mover, random: &mut Random) {
    let serving = installation.serve();
    mover.catch_up(installation, &serving);
    let (answers, answered) = mpsc::channel();
    thread::scope(|scope| {
        let serving = &serving;
        for worker in workers {
            let answers = answers.clone();
            scope.spawn(move || worker.work(installation, serving, &answers));
        }
        scope.spawn(move || mover.work(installation, serving, &answers));
        for _ in 0..=random.below(ANSWERS_MAX) {
            if answered.recv_timeout(NO_MORE).is_err() {
                break;
            }
        }
        // Not always right after an answer.
        answered.recv_timeout(Duration::from_micros(random.below(LATER_MICROS))).ok();
        serving.kill();
    });
}

/// Holds the rows against themselves and against what people were told.
async fn look(installation: &Installation, workers: &[Worker], found: &mut Found) {
    let store = Store::open(&installation.store()).await.unwrap();
    found.look(&store, &installation.files()).await;
    found.holds_what_was_told(workers);
    let mut differences = Vec::new();
    runtime::replay::replay(&store, &mut |difference| differences.push(difference)).await.unwrap();
    assert_eq!(differences, [], "every row is what its events say");
    store.close().await.unwrap();
}

/// Nothing is left that should have happened by now.
async fn nothing_waits(installation: &Installation) {
    let store = Store::open(&installation.store()).await.unwrap();
    assert_eq!(store.next_timer_due().await.unwrap(), None);
    assert_eq!(store.next_outbox_due().await.unwrap(), None);
    store.close().await.unwrap();
}
