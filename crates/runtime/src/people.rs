//! People and departments: from files into the store, from the store into the directory.

use std::collections::{BTreeMap, BTreeSet};

use definition::{
    id::{DepartmentId, Login, RoleId},
    load::PeopleFile,
    model::{PersonChange, Settings},
    people::{Absence, Department, Directory, Person, PersonEntry, PersonStatus},
    text::Text,
};
use engine::origin::Cause;
use store::{DepartmentRow, Json, People, PersonRow, PersonState, RoleRow};

use crate::{
    application::Application,
    audit::Entry,
    error::{Error, Outcome},
    viewer::Origin,
};

impl Application {
    /// Brings people and departments in: new ones are added, known ones changed, nobody is removed.
    pub async fn import_people(&self, file: &PeopleFile, by: Option<&Login>) -> Outcome<()> {
        let now = self.clock.now();
        let mut rows = People::default();
        for department in &file.departments {
            rows.departments.push(department_row(department)?);
        }
        for entry in &file.people {
            rows.people.push(PersonRow {
                login: entry.login.to_string(),
                name: entry.name.clone(),
                department: entry.department.as_ref().map(ToString::to_string),
                manager: entry.manager.as_ref().map(ToString::to_string),
                status: state_of(entry.status),
                locale: None,
                away: if entry.away.is_empty() { None } else { Some(away_row(&entry.away)?) },
                created_at: now,
                updated_at: now,
            });
            let roles = entry.roles.iter();
            rows.roles.extend(roles.map(|role| RoleRow { person: entry.login.to_string(), role: role.to_string() }));
        }
        let entry = Entry::by(by, &Origin::default(), now).of("people_imported").counting(rows.people.len());
        let mut starts = Vec::new();
        // Whoever is there when a company is first brought in did not join it then.
        let known = self.directory();
        if known.people().next().is_some() {
            for entry in &file.people {
                let changes = changes(known.person(entry.login.as_str()), entry);
                for change in changes {
                    starts.extend(self.starts_because(&Cause::Person { login: entry.login.clone(), change })?);
                }
            }
        }
        self.store.people_put(&rows, &starts, &[entry.write()]).await?;
        self.refresh_directory().await
    }

    /// Reads everybody again.
    pub async fn refresh_directory(&self) -> Outcome<()> {
        let mut read_at = self.people_read_at.lock().await;
        let Some(workspace) = self.live().workspace.clone() else { return Ok(()) };
        // What changes while people are read is read again.
        let changed = self.store.people_changed().await?;
        let directory = self.directory_under(&workspace.settings).await?;
        self.set_directory(directory);
        *read_at = Some(changed);
        Ok(())
    }

    /// Whether people changed since they were last read.
    pub(crate) async fn people_are_behind(&self) -> Outcome<bool> {
        let read_at = *self.people_read_at.lock().await;
        Ok(read_at != Some(self.store.people_changed().await?))
    }

    /// Everybody, with what these settings make of their roles.
    pub(crate) async fn directory_under(&self, settings: &Settings) -> Outcome<Directory> {
        let People { people, roles, departments } = self.store.people().await?;
        let mut held: BTreeMap<String, BTreeSet<RoleId>> = BTreeMap::new();
        for RoleRow { person, role } in roles {
            held.entry(person).or_default().insert(RoleId::from(role.as_str()));
        }
        let departments = departments.iter().map(department).collect::<Outcome<Vec<_>>>()?;
        let people = people.into_iter().map(|row| {
            let roles = held.remove(&row.login).unwrap_or_default();
            person(row, roles)
        });
        let people = people.collect::<Outcome<Vec<_>>>()?;
        Ok(Directory::new(settings, people, departments))
    }
}

/// What happened to somebody, as far as processes may wait for it.
fn changes(known: Option<&Person>, now: &PersonEntry) -> Vec<PersonChange> {
    let was = known.map(|known| known.status);
    let mut changes = Vec::new();
    match (was, now.status) {
        (Some(PersonStatus::Active | PersonStatus::Disabled), PersonStatus::Left) => {
            changes.push(PersonChange::Left);
        }
        (None | Some(PersonStatus::Left), PersonStatus::Active) => changes.push(PersonChange::Joined),
        (
            None | Some(PersonStatus::Active | PersonStatus::Disabled | PersonStatus::Left),
            PersonStatus::Active | PersonStatus::Disabled | PersonStatus::Left,
        ) => {}
    }
    let is_elsewhere = |known: &Person| known.department != now.department || known.manager != now.manager;
    if now.status == PersonStatus::Active && was == Some(PersonStatus::Active) && known.is_some_and(is_elsewhere) {
        changes.push(PersonChange::Moved);
    }
    changes
}

fn department_row(department: &Department) -> Outcome<DepartmentRow> {
    Ok(DepartmentRow {
        id: department.id.to_string(),
        title: Json::of(&department.title).map_err(|_| Error::Damaged("a department's name"))?,
        head: department.head.as_ref().map(ToString::to_string),
        parent: department.parent.as_ref().map(ToString::to_string),
    })
}

fn department(row: &DepartmentRow) -> Outcome<Department> {
    let title: Text = row.title.read().map_err(|_| Error::Damaged("a department's name"))?;
    Ok(Department {
        id: DepartmentId::from(row.id.as_str()),
        title,
        head: row.head.as_deref().map(Login::from),
        parent: row.parent.as_deref().map(DepartmentId::from),
    })
}

/// When somebody is away, as it is stored.
pub(crate) fn away_row(away: &[Absence]) -> Outcome<Json> {
    Json::of(&away).map_err(|_| Error::Damaged("an absence"))
}

fn person(row: PersonRow, roles: BTreeSet<RoleId>) -> Outcome<PersonEntry> {
    let away = row.away.map(|away| away.read()).transpose().map_err(|_| Error::Damaged("an absence"))?;
    Ok(PersonEntry {
        away: away.unwrap_or_default(),
        login: Login::from(row.login.as_str()),
        name: row.name,
        department: row.department.as_deref().map(DepartmentId::from),
        manager: row.manager.as_deref().map(Login::from),
        roles,
        status: match row.status {
            PersonState::Active => PersonStatus::Active,
            PersonState::Disabled => PersonStatus::Disabled,
            PersonState::Left => PersonStatus::Left,
        },
    })
}

const fn state_of(status: PersonStatus) -> PersonState {
    match status {
        PersonStatus::Active => PersonState::Active,
        PersonStatus::Disabled => PersonState::Disabled,
        PersonStatus::Left => PersonState::Left,
    }
}
