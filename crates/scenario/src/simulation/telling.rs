//! What happened, in lines that a person can follow.

use engine::{EventEnvelope, Rejection};
use serde_json::Value;

use super::stage::Asked;
use crate::world::World;

/// What was asked, and what it led to.
pub fn tell(asked: &Asked, outcome: &Result<Vec<EventEnvelope>, Rejection>, world: &World) -> Vec<String> {
    let by = asked.actor.login().map_or("-", |login| login.as_str());
    let at = world.now.with_timezone(&world.plan.settings.timezone).format("%m-%d %H:%M");
    let command = named(format!("{:?}", asked.command), world);
    let command = command.replace("StepId", "").replace("Login", "");
    match outcome {
        Err(refused) => vec![format!("{at} {by}: {command}  refused: {}", named(format!("{refused:?}"), world))],
        Ok(events) => {
            let events = events.iter().map(|envelope| format!("        {}", event(envelope, world)));
            std::iter::once(format!("{at} {by}: {command}")).chain(events).collect()
        }
    }
}

/// An event by its name, the step, and what else it says in a word.
fn event(envelope: &EventEnvelope, world: &World) -> String {
    let value = serde_json::to_value(&envelope.event).expect("events are JSON");
    let kind = value["type"].as_str().unwrap_or_default().to_owned();
    let mut text = format!("{:>3} {kind}", envelope.number.0);
    for (name, value) in value.as_object().into_iter().flatten() {
        let is_told =
            !["type", "comment", "bound", "submission", "definition", "process", "version"].contains(&name.as_str());
        if is_told && !value.is_null() {
            text.extend([" ", name, "=", &short(value, world)]);
        }
    }
    text
}

fn short(value: &Value, world: &World) -> String {
    if let Some(step) = value.get("step").and_then(Value::as_str) {
        let people = value["state"]["candidates"].to_string();
        return format!("{step} {} {people}", value["role"].as_str().unwrap_or_default());
    }
    named(value.to_string().replace('"', ""), world)
}

/// The text with the ids of passages, tasks and timers written as what they are of.
fn named(mut text: String, world: &World) -> String {
    let Some(case) = &world.case else { return text };
    for (place, run) in case.runs.iter().enumerate() {
        text = text.replace(&run.id.to_string(), &format!("{}@{place}", run.step));
    }
    for (place, task) in case.tasks.iter().enumerate() {
        text = text.replace(&task.id.to_string(), &format!("{}#{place}", task.step));
    }
    for timer in &case.timers {
        text = text.replace(&timer.id.to_string(), &format!("timer{}", timer.number));
    }
    text
}
