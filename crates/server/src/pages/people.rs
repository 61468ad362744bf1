//! People who are named in a field: found by a few letters, and read from what was typed.

use axum::{Form, Json};
use definition::{
    id::Login,
    people::{Directory, Person},
};
use serde::{Deserialize, Serialize};

use crate::{
    http::{answer::Visit, problem::Problem, visitor::SignedIn},
    i18n::Locale,
    view::form::Choice,
    words,
};

/// How many people one look finds.
const FOUND_MAX: usize = 20;

/// What somebody typed into the field. It may be a name, so it never stands in an address.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    csrf_token: String,
    #[serde(default)]
    q: String,
}

/// Somebody who was found.
#[derive(Debug, Serialize)]
pub struct Found {
    value: String,
    label: String,
}

/// The active people whose name, login or department has the letters.
pub async fn find(visit: Visit, signed_in: SignedIn, Form(typed): Form<Typed>) -> Result<Json<Vec<Found>>, Problem> {
    signed_in.check_form(&typed.csrf_token)?;
    let directory = visit.state.application.directory();
    let words: Vec<String> = typed.q.split_whitespace().map(str::to_lowercase).collect();
    let found = directory.people().filter(|person| directory.active(person.login.as_str()).is_some());
    let found = found.filter(|person| {
        let department = words::people::person(visit.locale, &directory, &person.login).note.unwrap_or_default();
        let text = format!("{} {} {department}", person.name, person.login).to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    });
    let found = found.take(FOUND_MAX).map(|person| option_of(visit.locale, &directory, &person.login));
    Ok(Json(found.map(|Choice { value, label }| Found { value, label }).collect()))
}

/// Somebody as such a field offers them: the name and the login, told apart by the department.
pub fn option_of(locale: Locale, directory: &Directory, login: &Login) -> Choice {
    let person = words::people::person(locale, directory, login);
    Choice { value: format!("{} {login}", person.name), label: person.note.unwrap_or_default() }
}

/// Who is meant: a login, a name and a login as they were offered, or a name that only one active person has. Whoever is
/// meant otherwise is nobody, which is for the operation to say.
pub fn meant(directory: &Directory, typed: &str) -> Login {
    let typed = typed.trim();
    let last = typed.split_whitespace().next_back().unwrap_or_default();
    for login in [typed, last] {
        if directory.person(login).is_some() {
            return Login::from(login);
        }
    }
    let mut named = directory
        .people()
        .filter(|person: &&Person| person.name == typed && directory.active(person.login.as_str()).is_some());
    match (named.next(), named.next()) {
        (Some(only), None) => only.login.clone(),
        (_, _) => Login::from(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::company::directory;

    #[test]
    fn somebody_is_named_by_login_by_what_was_offered_or_by_a_name_that_is_theirs_alone() {
        let directory = directory();
        for (typed, expected) in [
            ("zhang.wei", "zhang.wei"),
            (" 张伟 zhang.wei ", "zhang.wei"),
            ("张伟", "zhang.wei"),
            ("谁也不是", "谁也不是"),
            ("", ""),
        ] {
            assert_eq!(meant(&directory, typed), Login::from(expected), "{typed}");
        }
    }
}
