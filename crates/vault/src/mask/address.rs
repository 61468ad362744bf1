//! Addresses in China keep province and city, as far as both are listed. Reading up to "the first character for city"
//! instead would show whatever somebody typed before it.

use super::WHOLE;

/// A province a line, its short form, then its prefectures: `full short: city city …`.
const REGIONS: &str = include_str!("regions.txt");
/// Ends the names of most prefectures, and is left out in everyday speech.
const CITY: char = '\u{5e02}';

struct Province {
    full: &'static str,
    short: &'static str,
    cities: &'static str,
}

pub(super) fn mask(value: &str) -> Option<String> {
    let kept = provinces().find_map(|province| province.beginning_of(value)).or_else(|| {
        let cities = provinces().flat_map(|province| province.cities.split(' '));
        listed_beginning(value, cities).map(str::to_owned)
    })?;
    Some(format!("{kept}{WHOLE}"))
}

impl Province {
    /// A short form counts only before one of its cities: there is a Shanghai Road in half the towns of the country.
    fn beginning_of(&self, value: &str) -> Option<String> {
        if let Some(rest) = value.strip_prefix(self.full) {
            return Some(format!("{}{}", self.full, self.city(rest).unwrap_or_default()));
        }
        let city = self.city(value.strip_prefix(self.short)?)?;
        Some(format!("{}{city}", self.short))
    }

    fn city(&self, rest: &str) -> Option<&'static str> {
        let rest = rest.trim_start();
        let spoken = || self.cities.split(' ').filter_map(|city| city.strip_suffix(CITY));
        listed_beginning(rest, self.cities.split(' ')).or_else(|| listed_beginning(rest, spoken()))
    }
}

fn provinces() -> impl Iterator<Item = Province> {
    REGIONS.lines().filter_map(|line| {
        let (names, cities) = line.split_once(':')?;
        let (full, short) = names.split_once(' ')?;
        Some(Province { full, short, cities: cities.trim() })
    })
}

/// No listed name begins with another of its list, so the first that fits is the only one.
fn listed_beginning(value: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    names.filter(|name| !name.is_empty()).find(|name| value.starts_with(name))
}
