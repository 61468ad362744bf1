//! Looking behind a mask: for a reason, for a while, and on record.

use chrono::TimeDelta;
use definition::{id::FormId, level::Level, model::RegisterRight, value::Value};
use policy::{FieldView, Typed, may_touch};
use serde_json::json;
use store::RevealRow;
use uuid::Uuid;
use vault::{Binding, Payload};

use super::level_number;
use crate::{
    application::Application,
    audit::Entry,
    error::{Lacking, Outcome, Refusal},
    payload::fresh_id,
    viewer::Viewer,
};

/// How long a revealed value stays in clear.
pub const REVEALED_FOR: TimeDelta = TimeDelta::seconds(60);

/// The most characters of a reason.
const REASON_CHARACTERS_MAX: usize = 500;

/// Reasons are free text.
const REASON_LEVEL: Level = Level::L1;

/// What somebody wants to see, and why.
#[derive(Debug, Clone, Default)]
pub struct RevealAsked {
    /// The record.
    pub record: Uuid,
    /// The field.
    pub field: String,
    /// Why.
    pub reason: Option<String>,
    /// A code of their second factor.
    pub code: Option<String>,
}

impl Application {
    /// Reveals a value for a minute. That it happened, and why, is written in the same transaction.
    pub async fn reveal(&self, viewer: &Viewer, register: &FormId, asked: &RevealAsked) -> Outcome<Value> {
        let of = self.register_for(viewer, register, RegisterRight::View)?;
        let opened = self.visible_record(&of, asked.record).await?;
        let field = of.form.field(&asked.field).ok_or(Refusal::NotFound)?;
        let kept_at = opened.levels.get(&field.name).copied();
        let level = field.sensitivity.max(kept_at.unwrap_or_default());
        let right = (RegisterRight::Reveal, opened.owner());
        if !may_touch(&self.directory(), &viewer.person, &of.form, (right.0, right.1.as_ref())) {
            return Err(Refusal::Forbidden(Lacking::RegisterRight).into());
        }
        let has = viewer.person.clearance;
        if has < level {
            return Err(Refusal::Forbidden(Lacking::Clearance { needs: level, has }).into());
        }
        let value = opened.values.get(&field.name).cloned().unwrap_or_default();
        if self.looking(&of, Some(&opened)).view(field, kept_at, Typed::Elsewhere) == FieldView::Clear {
            // There is no mask to look behind.
            return Ok(value);
        }
        let rule = of.workspace.settings.level(level).reveal;
        let reason = asked.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        if rule.is_some_and(|rule| rule.reason_required) && reason.is_none() {
            return Err(Refusal::ReasonNeeded.into());
        }
        if reason.is_some_and(|reason| reason.chars().count() > REASON_CHARACTERS_MAX) {
            return Err(Refusal::TooLarge { limit: REASON_CHARACTERS_MAX as u64 }.into());
        }
        if rule.is_some_and(|rule| rule.second_factor) {
            self.need_second_factor(viewer, asked.code.as_deref()).await?;
        }
        self.note_revealed(viewer, (register, asked), reason).await?;
        Ok(value)
    }

    async fn note_revealed(
        &self,
        viewer: &Viewer,
        (register, asked): (&FormId, &RevealAsked),
        reason: Option<&str>,
    ) -> Outcome<()> {
        let now = self.clock.now();
        let facts = json!({ "fields": [asked.field] });
        let mut entry = Entry::of_viewer(viewer, now).of("value_revealed");
        entry = entry.about(register, vec![asked.record]).facts(&facts);
        if let Some(reason) = reason {
            let key = self.keys.data_key(&self.store, asked.record, REASON_LEVEL, register.as_str()).await?;
            let binding = Binding {
                workspace: self.keys.workspace(),
                payload: Payload::Comment,
                form: register.as_str(),
                record: entry.id(),
                field: "reason",
                level: level_number(REASON_LEVEL),
            };
            let sealed = key.seal(&binding, reason.as_bytes(), &mut rand::fill)?;
            entry = entry.reason(key.id().0, sealed.into_bytes());
        }
        let row = RevealRow {
            id: fresh_id(),
            person: viewer.login().to_string(),
            register: register.to_string(),
            record_id: asked.record,
            field: asked.field.clone(),
            at: now,
            expires_at: now + REVEALED_FOR,
        };
        Ok(self.store.reveal_put(&[row], &[entry.write()]).await?)
    }
}
