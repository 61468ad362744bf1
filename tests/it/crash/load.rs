//! What people do while the server is killed under them: each remembers what they asked and what they were told, and
//! asks again under the same key whatever was not answered.

use std::{collections::BTreeSet, io, sync::mpsc::Sender};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    client::{Answer, Client},
    program::{Installation, Serving},
    verify::PROCESSES,
};

/// How many requests one person sends before the server is killed.
const STARTS: usize = 3;

/// How often one person looks for tasks before the server is killed.
const LOOKS: usize = 40;

/// One task in so many is decided against.
const REJECTED_ONE_IN: u64 = 5;

/// How often the clock is moved before the server is killed.
const MOVES: u32 = 4;

/// The shortest and the longest move, in minutes.
const MOVE_MINUTES: [u64; 2] = [20, 300];

/// Something that was asked under a key.
#[derive(Debug)]
pub struct Asked {
    pub person: &'static str,
    pub path: String,
    pub key: String,
    pub body: Value,
    /// The task it is about, if it decides one.
    pub task: Option<Uuid>,
    /// What was answered; nothing as long as it has to be asked again.
    pub answer: Option<Answer>,
}

/// Somebody who works through the API.
#[derive(Debug)]
pub struct Worker {
    person: &'static str,
    job: Job,
    random: Random,
    record: Option<Value>,
    asked: Vec<Asked>,
    attempts: usize,
}

/// What somebody does all day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Asks for exports, by the shipped process or by the one of branches at once, items, rounds and waits.
    Request,
    /// Decides those tasks whose number leaves this remainder.
    Decide { remainders: &'static [u8] },
}

/// How many remainders tasks are told apart by.
const REMAINDERS: u8 = 4;

impl Worker {
    pub fn new(person: &'static str, job: Job, seed: u64) -> Self {
        Self { person, job, random: Random(seed), record: None, asked: Vec::new(), attempts: 0 }
    }

    pub fn person(&self) -> &'static str {
        self.person
    }

    pub fn asked(&self) -> &[Asked] {
        &self.asked
    }

    /// How many requests were sent, each of which may have drawn a case number.
    pub fn attempts(&self) -> usize {
        self.attempts
    }

    /// Works until there is nothing to do or the server is gone; tells of each answer.
    pub fn work(&mut self, installation: &Installation, serving: &Serving, answers: &Sender<()>) {
        // The server is killed meanwhile: how far this got is in what was answered.
        drop(self.try_work(installation, serving, answers));
    }

    fn try_work(&mut self, installation: &Installation, serving: &Serving, answers: &Sender<()>) -> io::Result<()> {
        let mut client = Client::connect(&serving.address, installation.token(self.person))?;
        self.ask_again(&mut client)?;
        match self.job {
            Job::Request => {
                for _ in 0..STARTS {
                    self.start(&mut client)?;
                    tell(answers);
                }
            }
            Job::Decide { remainders } => {
                for _ in 0..LOOKS {
                    self.decide(&mut client, remainders, answers)?;
                }
            }
        }
        Ok(())
    }

    /// Asks everything again that was not answered.
    pub fn ask_again(&mut self, client: &mut Client) -> io::Result<()> {
        for asked in self.asked.iter_mut().filter(|asked| asked.answer.is_none()) {
            self.attempts += 1;
            send(client, asked)?;
        }
        Ok(())
    }

    fn start(&mut self, client: &mut Client) -> io::Result<()> {
        if self.record.is_none() {
            let mobile = format!("138{:08}", self.random.below(100_000_000));
            let body = json!({ "values": { "name": "王小明", "mobile": mobile } });
            let key = self.random.key();
            let answer = client.post("/registers/customer/records", &key, &body)?;
            assert_eq!(answer.status, 201, "{answer:?}");
            self.record = Some(answer.body["id"].clone());
        }
        let format = if self.random.below(2) == 0 { "csv" } else { "xlsx" };
        let values = json!({
            "purpose": "三季度成交客户电话回访，客服三组",
            "records": { "ids": [self.record] },
            "fields": ["name", { "name": "mobile", "masked": true }],
            "format": format,
        });
        let workflow = PROCESSES[usize::try_from(self.random.below(PROCESSES.len() as u64)).unwrap()];
        self.ask(client, "/cases".to_owned(), json!({ "workflow": workflow, "values": values }), None)
    }

    /// Decides what waits and was not asked before; one in so many is turned down.
    fn decide(&mut self, client: &mut Client, remainders: &[u8], answers: &Sender<()>) -> io::Result<()> {
        let list = client.get("/tasks?box=todo&limit=100")?;
        assert_eq!(list.status, 200, "{list:?}");
        let items = list.body["items"].as_array().unwrap();
        let ids = items.iter().map(|item| item["task"]["id"].as_str().unwrap().parse::<Uuid>().unwrap());
        let before: BTreeSet<Uuid> = self.asked.iter().filter_map(|asked| asked.task).collect();
        let is_ours = |id: &Uuid| remainders.contains(&(id.as_bytes()[15] % REMAINDERS)) && !before.contains(id);
        for task in ids.filter(is_ours) {
            let (what, body) = if self.random.below(REJECTED_ONE_IN) == 0 {
                ("reject", json!({ "comment": "用途不清楚，请写明后再申请" }))
            } else {
                ("approve", json!({}))
            };
            self.ask(client, format!("/tasks/{task}/{what}"), body, Some(task))?;
            tell(answers);
        }
        Ok(())
    }

    fn ask(&mut self, client: &mut Client, path: String, body: Value, task: Option<Uuid>) -> io::Result<()> {
        self.attempts += 1;
        self.asked.push(Asked { person: self.person, path, key: self.random.key(), body, task, answer: None });
        send(client, self.asked.last_mut().unwrap())
    }
}

/// Tells of an answer. Whoever listens may have stopped to count.
fn tell(answers: &Sender<()>) {
    answers.send(()).ok();
}

fn send(client: &mut Client, asked: &mut Asked) -> io::Result<()> {
    let answer = client.post(&asked.path, &asked.key, &asked.body)?;
    assert!(answer.status < 500, "{asked:?} {answer:?}");
    asked.answer = Some(answer);
    Ok(())
}

/// Moves the clock, and knows how far it was moved although each server begins at the machine's time.
#[derive(Debug)]
pub struct Mover {
    person: &'static str,
    random: Random,
    reached: DateTime<Utc>,
}

impl Mover {
    pub fn new(person: &'static str, seed: u64) -> Self {
        Self { person, random: Random(seed), reached: DateTime::UNIX_EPOCH }
    }

    /// Goes on where the killed server was.
    pub fn catch_up(&mut self, installation: &Installation, serving: &Serving) {
        let mut client = Client::connect(&serving.address, installation.token(self.person)).unwrap();
        let shown = client.get("/clock").unwrap();
        let now: DateTime<Utc> = shown.body["now"].as_str().unwrap().parse().unwrap();
        let behind = self.reached - now;
        self.reached = now;
        if behind > TimeDelta::zero() {
            self.advance(&mut client, behind + TimeDelta::seconds(1)).unwrap();
        }
    }

    /// Moves the clock some times, or until the server is gone.
    pub fn work(&mut self, installation: &Installation, serving: &Serving, answers: &Sender<()>) {
        let Ok(mut client) = Client::connect(&serving.address, installation.token(self.person)) else { return };
        for _ in 0..MOVES {
            let [least, most] = MOVE_MINUTES;
            let minutes = least + self.random.below(most - least);
            let by = TimeDelta::minutes(i64::try_from(minutes).unwrap());
            if self.advance(&mut client, by).is_err() {
                return;
            }
            tell(answers);
        }
    }

    /// Moves the clock; what was not answered may have been done.
    pub fn advance(&mut self, client: &mut Client, by: TimeDelta) -> io::Result<()> {
        self.reached += by;
        let answer = client.post("/clock", "", &json!({ "advance": format!("PT{}S", by.num_seconds()) }))?;
        assert_eq!(answer.status, 200, "{answer:?}");
        self.reached = self.reached.max(answer.body["now"].as_str().unwrap().parse().unwrap());
        Ok(())
    }
}

/// Chance that a seed repeats (`SplitMix64`).
#[derive(Debug)]
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn key(&mut self) -> String {
        format!("{:016x}{:016x}", self.next(), self.next())
    }
}
