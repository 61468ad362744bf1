//! Digests of values, and what an approval is bound to.

use definition::{model::FieldValues, value::Value};
use vault::{Digest, Digester};

/// What events call the values of a request.
pub fn values_digest(salt: &[u8], values: &FieldValues) -> Digest {
    let mut digester = Digester::new("submission");
    digester.bytes(salt).list(values.len());
    for (name, value) in values {
        digester.text(name.as_str());
        add_value(&mut digester, value);
    }
    digester.finish()
}

/// Adds a value so that two different values never read alike.
fn add_value(digester: &mut Digester, value: &Value) {
    match value {
        Value::Empty => digester.absent(),
        Value::Bool(yes) => digester.text("bool").number(u64::from(*yes)),
        Value::Number(number) => digester.text("number").text(&number.normalize().to_string()),
        Value::Text(text) => digester.text("text").text(text),
        Value::Date(date) => digester.text("date").text(&date.to_string()),
        Value::Moment(moment) => digester.text("moment").text(&moment.timestamp_micros().to_string()),
        Value::Level(level) => digester.text("level").text(level.as_str()),
        Value::Person(login) => digester.text("person").text(login.as_str()),
        Value::Department(id) => digester.text("department").text(id.as_str()),
        Value::Records(set) => digester.text("records").text(set.register.as_str()).number(set.count).text(&set.digest),
        Value::Picks(picks) => {
            digester.text("picks").list(picks.len());
            for pick in picks {
                digester.text(pick.name.as_str()).number(u64::from(pick.masked)).text(pick.level.as_str());
            }
            digester
        }
        Value::List(values) => {
            digester.text("list").list(values.len());
            for value in values {
                add_value(digester, value);
            }
            digester
        }
        Value::Map(values) => {
            digester.text("map").list(values.len());
            for (name, value) in values {
                digester.text(name);
                add_value(digester, value);
            }
            digester
        }
    };
}
