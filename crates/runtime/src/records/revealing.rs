//! Looking behind a mask: for a reason, for a while, and on record.

use std::fmt;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use definition::{
    id::{FieldName, FormId, Login},
    level::Level,
    model::{Field, Form, RegisterRight},
    value::Value,
};
use policy::{FieldView, Typed, may_touch};
use serde_json::json;
use store::RevealRow;
use uuid::Uuid;
use vault::{Binding, Payload};

use super::level_number;
use super::{RegisterFor, masking::masked, sealing::Opened};
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
#[derive(Clone, Default)]
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

/// Reasons and codes are not printed.
impl fmt::Debug for RevealAsked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { record, field, .. } = self;
        formatter.debug_struct("RevealAsked").field("record", record).field("field", field).finish_non_exhaustive()
    }
}

/// What looking behind a mask asks for, before it is done. Nothing in it is behind a mask.
#[derive(Debug, Clone)]
pub struct RevealOffer {
    /// The register.
    pub form: Arc<Form>,
    /// The field.
    pub field: FieldName,
    /// What the record is called, masked as its fields are.
    pub title: String,
    /// Whose it is.
    pub owner: Option<Login>,
    /// When it was entered.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// The level that the value is kept at.
    pub level: Level,
    /// The mask.
    pub mask: String,
    /// Whether a reason must be given.
    pub reason_required: bool,
    /// Whether a second factor must be given now.
    pub second_factor: bool,
}

impl Application {
    /// What the viewer is asked for before they see a value; refused if they may not see it at all.
    pub async fn reveal_offer(
        &self,
        viewer: &Viewer,
        register: &FormId,
        (record, field): (Uuid, &str),
    ) -> Outcome<RevealOffer> {
        let of = self.register_for(viewer, register, RegisterRight::View)?;
        let opened = self.visible_record(&of, record).await?;
        let (field, level) = self.revealable(&of, &opened, field)?;
        let rule = of.workspace.settings.level(level).reveal;
        Ok(RevealOffer {
            field: field.name.clone(),
            title: self.looking(&of, Some(&opened)).title(&of.form, &opened),
            owner: opened.owner(),
            created_at: opened.row.created_at,
            updated_at: opened.row.updated_at,
            level,
            mask: masked(field, opened.values.get(&field.name).unwrap_or(&Value::Empty)),
            reason_required: rule.is_some_and(|rule| rule.reason_required),
            second_factor: rule.is_some_and(|rule| rule.second_factor) && !self.gave_second_factor(viewer),
            form: Arc::clone(&of.form),
        })
    }

    /// A field whose values of this record the viewer may see for a while, and the level of its value.
    fn revealable<'a>(&self, of: &'a RegisterFor<'_>, opened: &Opened, name: &str) -> Outcome<(&'a Field, Level)> {
        let field = of.form.field(name).ok_or(Refusal::NotFound)?;
        let level = field.sensitivity.max(opened.levels.get(&field.name).copied().unwrap_or_default());
        let owner = opened.owner();
        let asked = (RegisterRight::Reveal, owner.as_ref());
        if !may_touch(&self.directory(), &of.viewer.person, &of.form, asked) {
            return Err(Refusal::Forbidden(Lacking::RegisterRight).into());
        }
        let has = of.viewer.person.clearance;
        if has < level {
            return Err(Refusal::Forbidden(Lacking::Clearance { needs: level, has }).into());
        }
        Ok((field, level))
    }

    /// Reveals a value for a minute. That it happened, and why, is written in the same transaction.
    pub async fn reveal(&self, viewer: &Viewer, register: &FormId, asked: &RevealAsked) -> Outcome<Value> {
        let of = self.register_for(viewer, register, RegisterRight::View)?;
        let opened = self.visible_record(&of, asked.record).await?;
        let (field, level) = self.revealable(&of, &opened, &asked.field)?;
        let kept_at = opened.levels.get(&field.name).copied();
        let value = opened.values.get(&field.name).cloned().unwrap_or_default();
        if self.looking(&of, Some(&opened)).view(field, kept_at, Typed::Elsewhere) == FieldView::Clear {
            // There is no mask to look behind, but it is a look.
            let entry = Entry::of_viewer(viewer, self.clock.now()).of("records_viewed");
            let entry = entry.about(register, vec![asked.record]).facts(&json!({ "fields": [field.name] }));
            self.store.audit_put(&[entry.write()]).await?;
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
