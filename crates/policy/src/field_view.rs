//! What a person sees of one value.

use definition::{
    level::Level,
    model::{LevelRule, OthersSee},
};

/// What a person sees of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldView {
    /// The value.
    Clear,
    /// Its mask.
    Masked {
        /// Whether they may ask for the value, and what the level's rule demands applies then.
        revealable: bool,
    },
    /// Nothing: not even that there is a value.
    Hidden,
}

/// How the viewer came to the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// Somebody else entered it, or it was sent already.
    Elsewhere,
    /// The viewer typed it into a draft of their own.
    InOwnDraft,
    /// The viewer revealed it a moment ago, with what the level's rule demands.
    Revealed,
}

/// What somebody with this clearance sees of a value of this level.
pub fn field_view(clearance: Level, rule: &LevelRule, level: Level, typed: Typed) -> FieldView {
    if typed == Typed::InOwnDraft || level == Level::L0 {
        return FieldView::Clear;
    }
    if clearance < level {
        return match rule.others_see {
            OthersSee::Clear => FieldView::Clear,
            OthersSee::Masked => FieldView::Masked { revealable: false },
            OthersSee::Nothing => FieldView::Hidden,
        };
    }
    match (rule.reveal, typed) {
        (None, _) | (Some(_), Typed::Revealed) => FieldView::Clear,
        (Some(_), Typed::Elsewhere | Typed::InOwnDraft) => FieldView::Masked { revealable: true },
    }
}

#[cfg(test)]
mod tests;
