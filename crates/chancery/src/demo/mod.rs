//! The demonstration company: people, customers, passwords and second factors, made once on an empty database.

pub mod customers;

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result, bail};
use definition::{
    id::{FieldName, FormId, Login},
    load::{SourceFile, load_people},
    model::FieldValues,
    value::Value,
};
use runtime::{Application, identity::DEMO_PASSWORD};
use rust_decimal::Decimal;
use store::Store;
use zeroize::Zeroizing;

use customers::{Customer, DEMO_CUSTOMERS, DEMO_OWNERS, DEMO_SEED};

/// The mark that a database holds the demonstration and nothing else.
const MARK: &str = "demo";
const BEING_MADE: &str = "being made";
const READY: &str = "ready";

/// The register of the customers.
const REGISTER: &str = "customer";

/// Where the people stand, below the workspace.
const PEOPLE: &str = "tests/company/people.yaml";

/// Those whom the sign-in page offers first: one of each kind.
pub const OFFERED: &[&str] = &["li.na", "zhang.wei", "wang.fang", "zhou.lan", "zhou.min", "he.jing"];

/// Whether a store holds the demonstration, is empty, or holds anything else, which is refused.
pub async fn is_made(store: &Store) -> Result<bool> {
    match store.state(MARK).await?.as_deref() {
        Some(READY) => Ok(true),
        Some(_) => bail!("the demo was interrupted while it was made: remove the data folder and start again"),
        None if store.is_empty().await? => Ok(false),
        None => bail!("this database holds something other than the demo; give the demo a --data folder of its own"),
    }
}

/// Marks an empty store before anything is put into it.
pub async fn begin(store: &Store) -> Result<()> {
    Ok(store.state_put(MARK, BEING_MADE).await?)
}

/// Makes the company.
pub async fn make(application: &Application, workspace: &Path, progress: &dyn Fn(&str)) -> Result<()> {
    let today = application.clock().now().with_timezone(&application.time_zone()).date_naive();
    let path = workspace.join(PEOPLE);
    let text = std::fs::read(&path).with_context(|| format!("read {}", path.display()))?;
    let live = application.workspace().context("the workspace does not pass the check: run `chancery check`")?;
    let loaded = load_people(&live.settings, &SourceFile { path: PEOPLE.to_owned(), text });
    let file = loaded.file.with_context(|| format!("{PEOPLE} cannot be used as it is"))?;
    application.import_people(&file, None).await?;
    progress("people");
    let logins: Vec<Login> = file.people.iter().map(|person| person.login.clone()).collect();
    give_credentials(application, &logins).await?;
    progress("credentials");
    let records = customers::customers(DEMO_SEED, DEMO_CUSTOMERS, DEMO_OWNERS, today).map(record).collect();
    application.import_records(&FormId::from(REGISTER), records, None).await?;
    progress("customers");
    application.store().state_put(MARK, READY).await?;
    Ok(())
}

/// Passwords for everybody, and a second factor for those whose decisions ask for one. One after the other: each hash
/// takes its memory.
async fn give_credentials(application: &Application, people: &[Login]) -> Result<()> {
    let password = Zeroizing::new(DEMO_PASSWORD.to_owned());
    for login in people {
        application.set_password(login, &password).await?;
        application.give_second_factor(login).await?;
    }
    Ok(())
}

fn record(customer: Customer) -> (Option<Login>, FieldValues) {
    let owner = Login::from(customer.owner.as_str());
    let mut values = FieldValues::new();
    let mut put = |name: &str, value: Value| values.insert(FieldName::from(name), value);
    put("name", Value::Text(customer.name));
    put("mobile", Value::Text(customer.mobile));
    put("owner", Value::Person(owner.clone()));
    put("last_contact", Value::Date(customer.last_contact));
    for (name, text) in [("id_number", customer.id_number), ("bank_card", customer.bank_card)] {
        if let Some(text) = text {
            put(name, Value::Text(text));
        }
    }
    let rows = customer.dealings.into_iter().map(|dealing| {
        let amount = Value::Number(Decimal::new(dealing.amount_fen, 2));
        Value::Map(BTreeMap::from([("day".to_owned(), Value::Date(dealing.day)), ("amount".to_owned(), amount)]))
    });
    let rows: Vec<Value> = rows.collect();
    if !rows.is_empty() {
        put("dealings", Value::List(rows));
    }
    (Some(owner), values)
}
