//! Customers that nobody has: the demonstration's register, made from a seed.
//!
//! The same seed, count, owners and day give the same customers on every machine and in every later version; a test
//! pins their digest. Names follow the frequency of family names, identity numbers begin with divisions that exist and
//! end with the check digit of GB 11643, cards pass Luhn's formula, no two customers share a mobile number. All of it is
//! invented; a number that somebody really has is a coincidence, so nothing is ever sent to one.

mod random;

use std::{collections::HashSet, fmt};

use chrono::{Datelike, Days, NaiveDate};
use random::Random;
use vault::identifier::{bank_card, mobile, resident_id};

/// The seed of the demonstration that ships.
pub const DEMO_SEED: u64 = 20_261_120;
/// How many customers the demonstration that ships has.
pub const DEMO_CUSTOMERS: usize = 5_000;

/// The sales staff of `tests/company/people.yaml`, each with their share of the customers. The first of them owns more
/// than five hundred, so that both sides of the export approval's limit can be tried with one person.
pub const DEMO_OWNERS: &[(&str, u32)] = &[
    ("li.na", 24),
    ("liu.yang", 8),
    ("zhao.min", 8),
    ("sun.hao", 8),
    ("wu.tao", 8),
    ("xu.lei", 6),
    ("ma.chao", 4),
    ("zhang.wei", 2),
    ("he.li", 6),
    ("deng.kai", 6),
    ("xu.wen", 5),
    ("liang.bo", 5),
    ("xie.min", 5),
    ("tang.lei", 4),
    ("guo.qiang", 1),
];

const SURNAMES: &str = include_str!("customers/surnames.txt");
const GIVEN_NAMES: &str = include_str!("customers/given_names.txt");
const DIVISIONS: &str = include_str!("customers/divisions.txt");

/// Ranges that the three operators and their resellers give out.
const MOBILE_PREFIXES: &[&str] = &[
    "130", "131", "132", "133", "134", "135", "136", "137", "138", "139", "147", "149", "150", "151", "152", "153",
    "155", "156", "157", "158", "159", "166", "173", "175", "176", "177", "178", "180", "181", "182", "183", "184",
    "185", "186", "187", "188", "189", "190", "191", "193", "195", "196", "197", "198", "199",
];
const MOBILE_SERIALS: u32 = 100_000_000;

/// UnionPay issuers' first six digits, and how many digits their cards have.
const CARD_ISSUERS: &[(&str, usize)] = &[
    ("622202", 19),
    ("621700", 19),
    ("622848", 19),
    ("621660", 19),
    ("622700", 19),
    ("622262", 19),
    ("621799", 19),
    ("622908", 18),
    ("621483", 16),
    ("622588", 16),
    ("621691", 16),
];

const PERCENT: u32 = 100;
const WITH_ID_NUMBER_PERCENT: u32 = 92;
const WITH_BANK_CARD_PERCENT: u32 = 80;
const YOUNGEST_DAYS: u32 = 20 * 366;
const AGE_SPAN_DAYS: u32 = 50 * 365;
/// Last contacts lie within three and a half years, so that a few are past a retention of three.
const CONTACT_SPAN_DAYS: u32 = 1_277;
const DEALINGS_MAX: u32 = 6;
const SMALLEST_FEN: u32 = 9_900;
const LARGEST_FEN: u32 = 48_000_000;

/// One invented customer.
#[derive(Clone, PartialEq, Eq)]
pub struct Customer {
    /// Family name and given name.
    pub name: String,
    /// Eleven digits; no other customer has them.
    pub mobile: String,
    /// Eighteen characters with a correct check digit, for most customers.
    pub id_number: Option<String>,
    /// Sixteen to nineteen digits with a correct check digit, for most customers.
    pub bank_card: Option<String>,
    /// The login of whoever looks after them.
    pub owner: String,
    /// When they were last spoken to.
    pub last_contact: NaiveDate,
    /// What they bought, oldest first; at most six.
    pub dealings: Vec<Dealing>,
}

/// Invented or not, a customer looks like one: a log shows the owner alone.
impl fmt::Debug for Customer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Customer").field("owner", &self.owner).finish_non_exhaustive()
    }
}

/// One purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dealing {
    /// On which day.
    pub day: NaiveDate,
    /// For how much, in hundredths of a yuan.
    pub amount_fen: i64,
}

/// This many customers as of `today`, owned in proportion to the weights; none at all without owners.
pub fn customers<'a>(
    seed: u64,
    count: usize,
    owners: &'a [(&'a str, u32)],
    today: NaiveDate,
) -> impl Iterator<Item = Customer> + 'a {
    let mut maker = Maker::new(seed, owners, today);
    let count = if maker.owners.total == 0 { 0 } else { count };
    (0..count).map(move |_| maker.customer())
}

struct Maker<'a> {
    random: Random,
    today: NaiveDate,
    owners: Weighted<'a>,
    surnames: Weighted<'static>,
    women: Vec<&'static str>,
    men: Vec<&'static str>,
    divisions: Vec<&'static str>,
    mobiles: HashSet<String>,
}

impl<'a> Maker<'a> {
    fn new(seed: u64, owners: &[(&'a str, u32)], today: NaiveDate) -> Self {
        Self {
            random: Random::new(seed),
            today,
            owners: Weighted::new(owners.iter().copied()),
            surnames: Weighted::new(lines(SURNAMES).filter_map(|line| {
                let (name, weight) = line.split_once(' ')?;
                Some((name, weight.parse().expect("surnames.txt holds a name and a number on each line")))
            })),
            women: given_names("women "),
            men: given_names("men "),
            divisions: lines(DIVISIONS).flat_map(str::split_whitespace).collect(),
            mobiles: HashSet::new(),
        }
    }

    fn customer(&mut self) -> Customer {
        let is_woman = self.random.below(2) == 0;
        let last_contact = self.last_contact();
        Customer {
            name: self.name(is_woman),
            mobile: self.mobile(),
            id_number: self.random.chance(WITH_ID_NUMBER_PERCENT).then(|| self.id_number(is_woman)),
            bank_card: self.random.chance(WITH_BANK_CARD_PERCENT).then(|| self.bank_card()),
            owner: self.owners.pick(&mut self.random).to_owned(),
            last_contact,
            dealings: self.dealings(last_contact),
        }
    }

    fn name(&mut self, is_woman: bool) -> String {
        let surname = self.surnames.pick(&mut self.random);
        let given = self.random.choose(if is_woman { &self.women } else { &self.men });
        format!("{surname}{given}")
    }

    fn mobile(&mut self) -> String {
        loop {
            let prefix = self.random.choose(MOBILE_PREFIXES);
            let serial = self.random.below(MOBILE_SERIALS);
            let number =
                mobile::from_parts(prefix, serial).expect("the prefix is given out and the serial has 8 digits");
            if self.mobiles.insert(number.clone()) {
                return number;
            }
        }
    }

    fn id_number(&mut self, is_woman: bool) -> String {
        let division = self.random.choose(&self.divisions);
        let born = days_before(self.today, YOUNGEST_DAYS + self.random.below(AGE_SPAN_DAYS));
        let birthday = resident_id::Birthday {
            year: u16::try_from(born.year()).expect("people of today were born after the year 0"),
            month: u8::try_from(born.month()).expect("months end at 12"),
            day: u8::try_from(born.day()).expect("days end at 31"),
        };
        let half = u16::try_from(self.random.below(499)).expect("it is below 499");
        let sequence = half * 2 + if is_woman { 2 } else { 1 };
        resident_id::with_check_digit(division, birthday, sequence).expect("division, birthday and sequence are valid")
    }

    fn bank_card(&mut self) -> String {
        let &(issuer, digits) = self.random.choose(CARD_ISSUERS);
        let mut body = issuer.to_owned();
        while body.len() + 1 < digits {
            body.push(char::from_digit(self.random.below(10), 10).expect("it is below ten"));
        }
        bank_card::with_check_digit(&body).expect("issuer and length are valid")
    }

    /// The nearer of two draws: most customers were spoken to within the last year or so.
    fn last_contact(&mut self) -> NaiveDate {
        let days = self.random.below(CONTACT_SPAN_DAYS).min(self.random.below(CONTACT_SPAN_DAYS));
        days_before(self.today, days)
    }

    fn dealings(&mut self, last_contact: NaiveDate) -> Vec<Dealing> {
        let count = self.random.below(DEALINGS_MAX + 1);
        let mut dealings: Vec<Dealing> = (0..count).map(|_| self.dealing(last_contact)).collect();
        dealings.sort_by_key(|dealing| (dealing.day, dealing.amount_fen));
        dealings
    }

    /// Small amounts are common and large ones rare: the least of three draws, in whole tens of fen.
    fn dealing(&mut self, last_contact: NaiveDate) -> Dealing {
        let day = days_before(last_contact, self.random.below(CONTACT_SPAN_DAYS));
        let draws = [(); 3].map(|()| self.random.below(LARGEST_FEN - SMALLEST_FEN));
        let above = draws.into_iter().min().expect("three draws have a least");
        Dealing { day, amount_fen: i64::from((SMALLEST_FEN + above) / 10 * 10) }
    }
}

/// Texts of which each is picked in proportion to its weight.
struct Weighted<'a> {
    /// Each with the sum of the weights up to and including its own.
    upto: Vec<(u32, &'a str)>,
    total: u32,
}

impl<'a> Weighted<'a> {
    fn new(texts: impl Iterator<Item = (&'a str, u32)>) -> Self {
        let mut total = 0;
        let upto = texts
            .map(|(text, weight)| {
                total += weight;
                (total, text)
            })
            .collect();
        Self { upto, total }
    }

    fn pick(&self, random: &mut Random) -> &'a str {
        let ticket = random.below(self.total);
        let place = self.upto.partition_point(|&(upto, _)| upto <= ticket);
        self.upto[place].1
    }
}

fn given_names(heading: &str) -> Vec<&'static str> {
    let line = lines(GIVEN_NAMES).find_map(|line| line.strip_prefix(heading));
    line.expect("given_names.txt has a line of women's and one of men's").split_whitespace().collect()
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn days_before(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(days))).expect("a century before today is a date")
}

#[cfg(test)]
mod tests;
