//! `chancery.yaml`: levels, roles, calendar.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use crate::{
    diagnostic::codes,
    id::RoleId,
    level::Level,
    lower::{
        calendar::{self, Sources},
        names,
        reading::{self, Keys, Mapping},
    },
    model::{Capability, LevelRule, OthersSee, Reveal, Role, Settings},
    reporter::Reporter,
    syntax::Node,
    text::Locale,
};

pub(crate) const KEYS: Keys = Keys::all(&["workspace", "locale", "timezone", "sensitivity", "roles", "calendar"]);
pub(crate) const LEVEL_KEYS: Keys = Keys::all(&["title", "others_see", "reveal"]);
pub(crate) const REVEAL_KEYS: Keys = Keys::all(&["reason", "second_factor"]);
pub(crate) const ROLE_KEYS: Keys = Keys::all(&["title", "clearance", "can"]);
const LEVELS: &[&str] = &["L0", "L1", "L2", "L3"];

const OTHERS_SEE: &[(&str, OthersSee)] =
    &[("masked", OthersSee::Masked), ("nothing", OthersSee::Nothing), ("clear", OthersSee::Clear)];

const REASONS: &[(&str, bool)] = &[("required", true), ("optional", false)];

const CAPABILITIES: &[(&str, Capability)] = &[
    ("build", Capability::Build),
    ("people", Capability::People),
    ("settings", Capability::Settings),
    ("incidents", Capability::Incidents),
    ("audit", Capability::Audit),
];

/// The levels by name, as a value of `clearance` and `sensitivity`.
pub(crate) const LEVEL_WORDS: &[(&str, Level)] =
    &[("L0", Level::L0), ("L1", Level::L1), ("L2", Level::L2), ("L3", Level::L3)];

/// The settings that `chancery.yaml` describes; nothing if any part cannot be used.
pub(crate) fn lower(reporter: &mut Reporter<'_>, root: &Node, sources: &Sources<'_>) -> Option<Settings> {
    let errors = reporter.errors();
    let mapping = reading::mapping(reporter, root, KEYS)?;
    let name = mapping.required(reporter, "workspace").and_then(|node| reading::text(reporter, node));
    let locale = mapping.required(reporter, "locale").and_then(|node| locale(reporter, node));
    let timezone = mapping.required(reporter, "timezone").and_then(|node| timezone(reporter, node));
    let levels = mapping.required(reporter, "sensitivity").and_then(|node| levels(reporter, node));
    let roles = mapping.required(reporter, "roles").and_then(|node| roles(reporter, node));
    let calendar = mapping
        .required(reporter, "calendar")
        .and_then(|node| calendar::lower(reporter, node, timezone.unwrap_or(Tz::UTC), sources));
    let settings = Settings {
        name: name?,
        locale: locale?,
        timezone: timezone?,
        levels: levels?,
        roles: roles?,
        calendar: calendar?,
    };
    (reporter.errors() == errors).then_some(settings)
}

fn locale(reporter: &mut Reporter<'_>, node: &Node) -> Option<Locale> {
    let tag = reading::string(reporter, node)?;
    let locale = Locale::parse(tag);
    if locale.is_none() {
        reporter.report(codes::UNKNOWN_LOCALE, node.place, &[("found", tag)]);
    }
    locale
}

fn timezone(reporter: &mut Reporter<'_>, node: &Node) -> Option<Tz> {
    let name = reading::string(reporter, node)?;
    let zone = name.parse::<Tz>().ok();
    if zone.is_none() {
        reporter.report(codes::UNKNOWN_TIMEZONE, node.place, &[("found", name)]);
    }
    zone
}

fn levels(reporter: &mut Reporter<'_>, node: &Node) -> Option<[LevelRule; 4]> {
    let mapping = reading::mapping(reporter, node, Keys::all(LEVELS))?;
    let [l0, l1, l2, l3] = Level::ALL.map(|one| {
        let node = mapping.required(reporter, one.as_str())?;
        level_rule(reporter, node, one)
    });
    Some([l0?, l1?, l2?, l3?])
}

fn level_rule(reporter: &mut Reporter<'_>, node: &Node, level: Level) -> Option<LevelRule> {
    let mapping = reading::mapping(reporter, node, LEVEL_KEYS)?;
    let title = mapping.required(reporter, "title").and_then(|node| reading::text(reporter, node));
    let others_see = others_see(reporter, &mapping, level);
    let reveal = match mapping.get("reveal") {
        Some(node) => Some(reveal(reporter, node)?),
        None => None,
    };
    Some(LevelRule { title: title?, others_see: others_see?, reveal })
}

/// Above L0 a level hides its values from those who are not cleared, or it would be no level.
fn others_see(reporter: &mut Reporter<'_>, mapping: &Mapping<'_>, level: Level) -> Option<OthersSee> {
    if level == Level::L0 && mapping.get("others_see").is_none() {
        return Some(OthersSee::Clear);
    }
    let node = mapping.required(reporter, "others_see")?;
    let others_see = reading::one_of(reporter, node, OTHERS_SEE)?;
    if level > Level::L0 && others_see == OthersSee::Clear {
        reporter.report(codes::LEVEL_OPEN, node.place, &[("level", level.as_str())]);
        return None;
    }
    Some(others_see)
}

fn reveal(reporter: &mut Reporter<'_>, node: &Node) -> Option<Reveal> {
    let mapping = reading::mapping(reporter, node, REVEAL_KEYS)?;
    let reason_required = match mapping.get("reason") {
        Some(node) => reading::one_of(reporter, node, REASONS)?,
        None => false,
    };
    let second_factor = match mapping.get("second_factor") {
        Some(node) => reading::boolean(reporter, node)?,
        None => false,
    };
    Some(Reveal { reason_required, second_factor })
}

fn roles(reporter: &mut Reporter<'_>, node: &Node) -> Option<BTreeMap<RoleId, Role>> {
    let mapping = reading::any_mapping(reporter, node)?;
    let mut roles = BTreeMap::new();
    for entry in mapping.entries {
        let is_spelt = names::check_kebab_case(reporter, &entry.key, entry.key_place);
        let role = role(reporter, &entry.value);
        if let (true, Some(role)) = (is_spelt, role) {
            roles.insert(RoleId::from(entry.key.as_str()), role);
        }
    }
    Some(roles)
}

fn role(reporter: &mut Reporter<'_>, node: &Node) -> Option<Role> {
    let mapping = reading::mapping(reporter, node, ROLE_KEYS)?;
    let title = mapping.required(reporter, "title").and_then(|node| reading::text(reporter, node));
    let clearance =
        mapping.required(reporter, "clearance").and_then(|node| reading::one_of(reporter, node, LEVEL_WORDS));
    let mut can = BTreeSet::new();
    if let Some(node) = mapping.get("can") {
        for item in reading::sequence(reporter, node)? {
            can.extend(reading::one_of(reporter, item, CAPABILITIES));
        }
    }
    Some(Role { title: title?, clearance: clearance?, can })
}
