use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use vault::{
    digest::Digest,
    identifier::{bank_card, mobile, resident_id},
};

use super::{CONTACT_SPAN_DAYS, Customer, DEMO_CUSTOMERS, DEMO_OWNERS, DEMO_SEED, customers, days_before};

const PEOPLE: &str = include_str!("../../../../../tests/company/people.yaml");

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

fn demo() -> Vec<Customer> {
    customers(DEMO_SEED, DEMO_CUSTOMERS, DEMO_OWNERS, today()).collect()
}

fn digest(customers: &[Customer]) -> String {
    let rows: Vec<_> = customers
        .iter()
        .map(|each| {
            let dealings: Vec<_> = each.dealings.iter().map(|dealing| (dealing.day, dealing.amount_fen)).collect();
            (&each.name, &each.mobile, &each.id_number, &each.bank_card, &each.owner, each.last_contact, dealings)
        })
        .collect();
    Digest::of(format!("{rows:?}").as_bytes()).to_string()
}

#[test]
fn the_same_seed_gives_the_same_customers_for_ever() {
    assert_eq!(digest(&demo()), "587011e1622e568ce9dbb78eb67c0d05e7f57b842eca71c907076512668e4409");
}

#[test]
fn another_seed_gives_other_customers() {
    let others: Vec<_> = customers(DEMO_SEED + 1, DEMO_CUSTOMERS, DEMO_OWNERS, today()).collect();
    assert_ne!(digest(&others), digest(&demo()));
}

#[test]
fn every_number_of_five_thousand_customers_is_valid() {
    let invalid: Vec<_> = demo()
        .into_iter()
        .filter(|customer| {
            let mobile = mobile::parse(&customer.mobile).as_ref() == Ok(&customer.mobile);
            let id = customer.id_number.as_ref().is_none_or(|id| resident_id::parse(id).as_ref() == Ok(id));
            let card = customer.bank_card.as_ref().is_none_or(|card| bank_card::parse(card).as_ref() == Ok(card));
            !(mobile && id && card)
        })
        .collect();
    assert_eq!(invalid, []);
}

#[test]
fn no_two_customers_share_a_mobile_number() {
    let mobiles: BTreeSet<_> = demo().into_iter().map(|customer| customer.mobile).collect();
    assert_eq!(mobiles.len(), DEMO_CUSTOMERS);
}

#[test]
fn most_have_an_identity_number_and_a_card_and_some_have_neither() {
    let demo = demo();
    let share = |count: usize| count * 100 / demo.len();
    let ids = share(demo.iter().filter(|customer| customer.id_number.is_some()).count());
    let cards = share(demo.iter().filter(|customer| customer.bank_card.is_some()).count());
    assert!((90..=94).contains(&ids) && (78..=82).contains(&cards), "{ids} % and {cards} %");
}

#[test]
fn dates_and_amounts_lie_within_their_bounds() {
    let earliest = days_before(today(), CONTACT_SPAN_DAYS);
    let wrong: Vec<_> = demo()
        .into_iter()
        .filter(|customer| {
            let contact = customer.last_contact > earliest && customer.last_contact <= today();
            let dealings =
                customer.dealings.iter().all(|dealing| dealing.day <= customer.last_contact && dealing.amount_fen > 0);
            !(contact
                && dealings
                && customer.dealings.len() <= 6
                && customer.dealings.is_sorted_by_key(|each| each.day))
        })
        .collect();
    assert_eq!(wrong, []);
}

#[test]
fn some_customers_were_last_spoken_to_more_than_three_years_ago() {
    let limit = days_before(today(), 3 * 366);
    let overdue = demo().iter().filter(|customer| customer.last_contact < limit).count();
    assert!((50..500).contains(&overdue), "{overdue}");
}

#[test]
fn the_sex_in_an_identity_number_fits_the_name() {
    let women = super::given_names("women ");
    let wrong = demo().into_iter().filter(|customer| {
        let Some(id) = &customer.id_number else { return false };
        let is_woman = women.iter().any(|given| customer.name.ends_with(given));
        let is_even = (id.as_bytes()[16] - b'0').is_multiple_of(2);
        is_woman != is_even
    });
    assert_eq!(wrong.count(), 0);
}

#[test]
fn every_owner_works_in_sales_and_holds_their_share() {
    let mut held: BTreeMap<String, usize> = BTreeMap::new();
    for customer in demo() {
        *held.entry(customer.owner).or_default() += 1;
    }
    let strangers: Vec<_> = DEMO_OWNERS
        .iter()
        .filter(|(login, _)| {
            !PEOPLE
                .lines()
                .any(|line| line.contains(&format!("login: {login},")) && line.contains("department: sales-"))
        })
        .collect();
    assert_eq!(strangers, Vec::<&(&str, u32)>::new());
    assert_eq!(held.len(), DEMO_OWNERS.len());
    assert!((1_100..1_300).contains(&held["li.na"]), "{}", held["li.na"]);
}

#[test]
fn without_owners_there_are_no_customers() {
    assert_eq!(customers(DEMO_SEED, 10, &[], today()).count(), 0);
}

#[test]
fn a_customer_in_a_log_shows_the_owner_alone() {
    let shown = customers(DEMO_SEED, 1, &[("li.na", 1)], today()).map(|customer| format!("{customer:?}"));
    assert_eq!(shown.collect::<Vec<_>>(), ["Customer { owner: \"li.na\", .. }"]);
}
