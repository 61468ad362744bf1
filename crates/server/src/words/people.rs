//! People as readers see them: by name, with what tells namesakes apart.

use definition::{id::Login, people::Directory};

use crate::{i18n::Locale, view::Person};

/// Somebody with their department; a login that nobody has any more stands for itself.
pub fn person(locale: Locale, directory: &Directory, login: &Login) -> Person {
    let Some(known) = directory.person(login.as_str()) else {
        return Person { name: login.to_string(), note: None };
    };
    let department = known.department.as_ref().and_then(|id| directory.department(id.as_str()));
    Person { name: known.name.clone(), note: department.map(|department| department.title.get(locale).clone()) }
}

/// Somebody's name alone.
pub fn name(directory: &Directory, login: &Login) -> String {
    directory.person(login.as_str()).map_or_else(|| login.to_string(), |person| person.name.clone())
}
