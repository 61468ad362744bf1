use definition::{
    level::Level,
    load::{SourceFile, load},
};

use super::{
    FieldView::{self, Clear, Hidden, Masked},
    Typed, field_view,
};

const SETTINGS: &str = "
workspace: Test
locale: en
timezone: Asia/Shanghai
sensitivity:
  L0: { title: A }
  L1: { title: B, others_see: masked }
  L2: { title: C, others_see: masked, reveal: { reason: required } }
  L3: { title: D, others_see: nothing, reveal: { reason: required } }
roles: { staff: { title: Staff, clearance: L1 } }
calendar: { hours: { mon-fri: [\"09:00-18:00\"] } }
";

const HELD_BACK: FieldView = Masked { revealable: false };
const ON_ASKING: FieldView = Masked { revealable: true };

#[test]
fn what_is_seen_follows_from_level_and_clearance() {
    let file = SourceFile { path: "chancery.yaml".to_owned(), text: SETTINGS.as_bytes().to_vec() };
    let settings = load(&[file]).workspace.unwrap().settings;
    let table = [
        (Level::L0, [Clear, Clear, Clear, Clear]),
        (Level::L1, [HELD_BACK, Clear, Clear, Clear]),
        (Level::L2, [HELD_BACK, HELD_BACK, ON_ASKING, ON_ASKING]),
        (Level::L3, [Hidden, Hidden, Hidden, ON_ASKING]),
    ];
    for (level, expected) in table {
        let seen = Level::ALL.map(|clearance| field_view(clearance, settings.level(level), level, Typed::Elsewhere));
        assert_eq!(seen, expected, "{level}");
    }
}

#[test]
fn revealing_shows_to_the_cleared_alone() {
    let file = SourceFile { path: "chancery.yaml".to_owned(), text: SETTINGS.as_bytes().to_vec() };
    let settings = load(&[file]).workspace.unwrap().settings;
    let rule = settings.level(Level::L2);
    let seen = Level::ALL.map(|clearance| field_view(clearance, rule, Level::L2, Typed::Revealed));
    assert_eq!(seen, [HELD_BACK, HELD_BACK, Clear, Clear]);
}

#[test]
fn what_one_typed_into_a_draft_of_ones_own_is_clear() {
    let file = SourceFile { path: "chancery.yaml".to_owned(), text: SETTINGS.as_bytes().to_vec() };
    let settings = load(&[file]).workspace.unwrap().settings;
    let seen = Level::ALL.map(|level| field_view(Level::L0, settings.level(level), level, Typed::InOwnDraft));
    assert_eq!(seen, [Clear; 4]);
}
