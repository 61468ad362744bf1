//! People, departments and the roles people hold.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    audit::AuditWrite,
    error::Error,
    row::{self, Bind, Json, rows, values, words},
    start::StartRow,
    store::{Store, WriteTx},
};

words! {
    /// Whether a person works here.
    pub enum PersonState {
        /// Works here and may sign in.
        Active = "active",
        /// Account closed for now.
        Disabled = "disabled",
        /// Left the company.
        Left = "left",
    }
}

rows! {
    /// A person.
    pub struct PersonRow in "person" {
        /// Sign-in name.
        pub login: String,
        /// How they are called.
        pub name: String,
        /// Where they work.
        pub department: Option<String>,
        /// Whom they report to.
        pub manager: Option<String>,
        /// Whether they work here now.
        pub status: PersonState,
        /// The language they chose.
        pub locale: Option<String>,
        /// When they are away, as they last said; nothing if they never did.
        pub away: Option<Json>,
        /// When they were entered.
        pub created_at: DateTime<Utc>,
        /// When they were last changed.
        pub updated_at: DateTime<Utc>,
    }

    /// A role somebody holds.
    pub struct RoleRow in "person_role" {
        /// Who.
        pub person: String,
        /// Which.
        pub role: String,
    }

    /// A department.
    pub struct DepartmentRow in "department" {
        /// Its id.
        pub id: String,
        /// Its name for people.
        pub title: Json,
        /// Who heads it.
        pub head: Option<String>,
        /// The department above.
        pub parent: Option<String>,
    }
}

/// Everybody, every department and every role held, read at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// Everybody, by login.
    pub people: Vec<PersonRow>,
    /// Who holds what.
    pub roles: Vec<RoleRow>,
    /// Every department, by id.
    pub departments: Vec<DepartmentRow>,
}

impl Store {
    /// Everybody. The caller keeps it and asks [`Store::people_changed`] whether it still holds.
    pub async fn people(&self) -> Result<People, Error> {
        let people = row::select::<PersonRow>("p", "FROM person p ORDER BY p.login");
        let roles = row::select::<RoleRow>("r", "FROM person_role r ORDER BY r.person, r.role");
        let departments = row::select::<DepartmentRow>("d", "FROM department d ORDER BY d.id");
        Ok(People {
            people: row::all(self.read(), people, Vec::new()).await?,
            roles: row::all(self.read(), roles, Vec::new()).await?,
            departments: row::all(self.read(), departments, Vec::new()).await?,
        })
    }

    /// Goes up with every change to people, roles or departments.
    pub async fn people_changed(&self) -> Result<i64, Error> {
        self.counter("people").await
    }

    /// A person.
    pub async fn person(&self, login: &str) -> Result<Option<PersonRow>, Error> {
        let rest = "FROM person p WHERE p.login = $1";
        row::one(self.read(), row::select::<PersonRow>("p", rest), values![login]).await
    }

    /// The roles a person holds.
    pub async fn roles_of(&self, login: &str) -> Result<Vec<String>, Error> {
        let sql = "SELECT role FROM person_role WHERE person = $1 ORDER BY role";
        row::column(self.read(), sql, values![login]).await
    }

    /// Enters people and departments or changes those known, all or none. The roles of each person named become those
    /// given; who is not named stays as they are. The cases that this begins are noted with it.
    pub async fn people_put(&self, people: &People, starts: &[StartRow], audit: &[AuditWrite]) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        let upsert = "ON CONFLICT (id) DO UPDATE SET title = excluded.title, head = excluded.head, \
                      parent = excluded.parent";
        row::insert(tx.tx(), &people.departments, upsert).await?;
        let upsert = "ON CONFLICT (login) DO UPDATE SET name = excluded.name, department = excluded.department, \
                      manager = excluded.manager, status = excluded.status, \
                      locale = COALESCE(excluded.locale, person.locale), \
                      away = COALESCE(excluded.away, person.away), updated_at = excluded.updated_at";
        row::insert(tx.tx(), &people.people, upsert).await?;
        let logins: Vec<_> = people.people.iter().map(|one| one.login.bound()).collect();
        for (count, chunk) in row::chunks(logins, 1) {
            let sql = format!("DELETE FROM person_role WHERE person IN ({})", row::placeholders(1, count));
            row::run(tx.tx(), sql, chunk).await?;
        }
        row::insert(tx.tx(), &people.roles, "ON CONFLICT DO NOTHING").await?;
        for gone in people.people.iter().filter(|one| one.status != PersonState::Active) {
            end_access(&tx, &gone.login, gone.updated_at).await?;
        }
        tx.starts(starts).await?;
        self.finish_people(tx, audit).await
    }

    /// Changes whether a person works here; their sessions and tokens end when they do not. False: nobody of that name.
    pub async fn person_set_state(
        &self,
        login: &str,
        state: PersonState,
        now: DateTime<Utc>,
        audit: &[AuditWrite],
    ) -> Result<bool, Error> {
        let tx = self.begin_write().await?;
        let sql = "UPDATE person SET status = $2, updated_at = $3 WHERE login = $1";
        if row::run(tx.tx(), sql, values![login, state, now]).await? == 0 {
            tx.rollback().await?;
            return Ok(false);
        }
        if state != PersonState::Active {
            end_access(&tx, login, now).await?;
        }
        self.finish_people(tx, audit).await?;
        Ok(true)
    }

    /// Changes when a person is away.
    pub async fn person_set_away(&self, login: &str, away: Json, audit: &[AuditWrite]) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        row::run(tx.tx(), "UPDATE person SET away = $2 WHERE login = $1", values![login, away]).await?;
        self.finish_people(tx, audit).await
    }

    /// Cases with an open task in somebody's to-do list, by id, after one.
    pub async fn cases_waiting_for(&self, login: &str, after: Option<Uuid>, limit: u32) -> Result<Vec<Uuid>, Error> {
        let sql = "SELECT DISTINCT t.case_id FROM task_candidate c JOIN task t ON t.id = c.task_id \
                   WHERE c.person = $1 AND t.case_id > $2 ORDER BY t.case_id LIMIT $3";
        row::column(self.read(), sql, values![login, after.unwrap_or(Uuid::nil()), i64::from(limit)]).await
    }

    /// Those who do not work here now and have open tasks in their to-do list.
    pub async fn gone_with_tasks(&self) -> Result<Vec<String>, Error> {
        let sql = "SELECT p.login FROM person p WHERE p.status <> 'active' \
                   AND EXISTS (SELECT 1 FROM task_candidate c WHERE c.person = p.login) ORDER BY p.login";
        row::column(self.read(), sql, Vec::new()).await
    }

    /// Gives a role to a person.
    pub async fn role_give(&self, login: &str, role: &str, audit: &[AuditWrite]) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        let row = RoleRow { person: login.to_owned(), role: role.to_owned() };
        row::insert(tx.tx(), [&row], "ON CONFLICT DO NOTHING").await?;
        self.finish_people(tx, audit).await
    }

    /// Takes a role from a person.
    pub async fn role_take(&self, login: &str, role: &str, audit: &[AuditWrite]) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        row::run(tx.tx(), "DELETE FROM person_role WHERE person = $1 AND role = $2", values![login, role]).await?;
        self.finish_people(tx, audit).await
    }

    /// Changes the language a person sees.
    pub async fn person_set_locale(&self, login: &str, locale: &str) -> Result<(), Error> {
        self.alone("UPDATE person SET locale = $2 WHERE login = $1", values![login, locale]).await.map(drop)
    }

    async fn finish_people(&self, tx: WriteTx, audit: &[AuditWrite]) -> Result<(), Error> {
        tx.allocate("people", 1).await?;
        tx.audit(audit).await?;
        tx.commit().await
    }
}

/// Ends the sessions and tokens of somebody who does not work here now: they stay ended when the person returns.
async fn end_access(tx: &WriteTx, login: &str, now: DateTime<Utc>) -> Result<(), Error> {
    row::run(tx.tx(), "DELETE FROM session WHERE person = $1", values![login]).await?;
    let sql = "UPDATE token SET revoked_at = $2 WHERE person = $1 AND revoked_at IS NULL";
    row::run(tx.tx(), sql, values![login, now]).await.map(drop)
}

/// Revealed values that one call returns at most.
const REVEALS_MAX: i64 = 1_000;

rows! {
    /// Leave to see a value in clear for a while.
    pub struct RevealRow in "reveal" {
        /// Its id.
        pub id: Uuid,
        /// Who may see it.
        pub person: String,
        /// The register.
        pub register: String,
        /// The record.
        pub record_id: Uuid,
        /// The field.
        pub field: String,
        /// Since when.
        pub at: DateTime<Utc>,
        /// Until when.
        pub expires_at: DateTime<Utc>,
    }
}

impl Store {
    /// Notes that a person revealed values, with the entries that say so.
    pub async fn reveal_put(&self, reveals: &[RevealRow], audit: &[AuditWrite]) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        row::insert(tx.tx(), reveals, "").await?;
        tx.audit(audit).await?;
        tx.commit().await
    }

    /// All that a person may see in clear at this moment, as much as a page could show.
    pub async fn reveals_of(&self, person: &str, now: DateTime<Utc>) -> Result<Vec<RevealRow>, Error> {
        let rest = "FROM reveal r WHERE r.person = $1 AND r.expires_at > $2 ORDER BY r.expires_at DESC LIMIT $3";
        row::all(self.read(), row::select::<RevealRow>("r", rest), values![person, now, REVEALS_MAX]).await
    }

    /// What a person may see in clear of a record at this moment.
    pub async fn reveals(&self, person: &str, record: Uuid, now: DateTime<Utc>) -> Result<Vec<RevealRow>, Error> {
        let rest =
            "FROM reveal r WHERE r.person = $1 AND r.record_id = $2 AND r.expires_at > $3 ORDER BY r.field, r.id";
        row::all(self.read(), row::select::<RevealRow>("r", rest), values![person, record, now]).await
    }
}
