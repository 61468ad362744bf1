//! People, and how they prove who they are; definitions, and whether anything is there at all.

use std::slice;

use serde_json::json;
use store::{
    AuditFilter, CredentialRow, DefinitionKind, DefinitionRow, DepartmentRow, People, PersonRow, PersonState, RoleRow,
    SessionRow, TokenRow,
};
use uuid::Uuid;

use crate::fixture::{Fixture, at, digest, entry};

fn person(login: &str) -> PersonRow {
    PersonRow {
        login: login.to_owned(),
        name: "李娜".to_owned(),
        department: Some("sales".to_owned()),
        manager: None,
        status: PersonState::Active,
        locale: None,
        away: None,
        created_at: at(0),
        updated_at: at(0),
    }
}

fn role(person: &str, role: &str) -> RoleRow {
    RoleRow { person: person.to_owned(), role: role.to_owned() }
}

fn company() -> People {
    People {
        people: vec![person("li.na"), person("wang.fang")],
        roles: vec![role("li.na", "dpo"), role("li.na", "staff"), role("wang.fang", "staff")],
        departments: vec![DepartmentRow {
            id: "sales".to_owned(),
            title: json!({ "zh": "销售部" }).into(),
            head: Some("li.na".to_owned()),
            parent: None,
        }],
    }
}

pub(crate) async fn people_are_entered_and_changed_together(store: &Fixture) {
    store.people_put(&company(), &[], &[entry(1, "admin", "import")]).await.unwrap();
    assert_eq!(store.people().await.unwrap(), company());
    assert_eq!(store.people_changed().await.unwrap(), 1);
    store.person_set_locale("li.na", "en").await.unwrap();
    // Only one is named: the other keeps her roles; a language chosen stays.
    let promoted = PersonRow { manager: Some("wang.fang".to_owned()), updated_at: at(5), ..person("li.na") };
    let update =
        People { people: vec![promoted.clone()], roles: vec![role("li.na", "auditor")], departments: Vec::new() };
    store.people_put(&update, &[], &[]).await.unwrap();
    store.role_give("wang.fang", "admin", &[]).await.unwrap();
    store.role_take("wang.fang", "staff", &[]).await.unwrap();
    let expected = People {
        people: vec![PersonRow { locale: Some("en".to_owned()), ..promoted }, person("wang.fang")],
        roles: vec![role("li.na", "auditor"), role("wang.fang", "admin")],
        ..company()
    };
    assert_eq!(store.people().await.unwrap(), expected);
    assert_eq!(store.people_changed().await.unwrap(), 4);
}

fn session(id: &str, person: &str) -> SessionRow {
    SessionRow {
        hash: digest(id),
        person: person.to_owned(),
        created_at: at(0),
        seen_at: at(0),
        expires_at: at(100),
        csrf: vec![1; 32],
        second_factor_at: None,
        from_address: Some("192.0.2.7".to_owned()),
    }
}

fn token(id: u128, person: &str) -> TokenRow {
    TokenRow {
        id: Uuid::from_u128(id),
        hash: digest(&id.to_string()),
        person: person.to_owned(),
        title: "script".to_owned(),
        created_at: at(0),
        expires_at: None,
        last_used_at: None,
        revoked_at: None,
    }
}

pub(crate) async fn whoever_leaves_is_signed_out(store: &Fixture) {
    store.people_put(&company(), &[], &[]).await.unwrap();
    for login in ["li.na", "wang.fang"] {
        store.session_put(&session(login, login), &[]).await.unwrap();
    }
    store.token_put(&token(1, "li.na"), &[]).await.unwrap();
    assert!(store.person_set_state("li.na", PersonState::Left, at(5), &[]).await.unwrap());
    assert!(!store.person_set_state("nobody", PersonState::Left, at(5), &[]).await.unwrap());
    assert_eq!(store.session(digest("li.na"), at(6)).await.unwrap(), None);
    assert_eq!(store.token(digest("1"), at(6)).await.unwrap(), None);
    assert_eq!(store.session(digest("wang.fang"), at(6)).await.unwrap(), Some(session("wang.fang", "wang.fang")));
    assert_eq!(store.person("li.na").await.unwrap().unwrap().status, PersonState::Left);
}

pub(crate) async fn a_session_ends_when_it_expires(store: &Fixture) {
    store.session_put(&session("a", "li.na"), &[entry(1, "li.na", "sign_in")]).await.unwrap();
    store.session_put(&session("b", "li.na"), &[]).await.unwrap();
    assert_eq!(store.session(digest("a"), at(100)).await.unwrap(), None);
    store.session_seen(digest("a"), at(90), at(200)).await.unwrap();
    store.session_second_factor(digest("a"), at(95), &[]).await.unwrap();
    let kept =
        SessionRow { seen_at: at(90), expires_at: at(200), second_factor_at: Some(at(95)), ..session("a", "li.na") };
    assert_eq!(store.session(digest("a"), at(100)).await.unwrap(), Some(kept.clone()));
    assert_eq!(store.sessions_of("li.na", at(99)).await.unwrap(), [kept.clone(), session("b", "li.na")]);
    assert_eq!(store.sessions_forget(at(100)).await.unwrap(), 1);
    assert_eq!(store.sessions_end_others("li.na", Some(digest("a")), &[]).await.unwrap(), 0);
    store.session_end(digest("a"), &[]).await.unwrap();
    assert_eq!(store.sessions_of("li.na", at(0)).await.unwrap(), []);
}

fn credential(person: &str) -> CredentialRow {
    CredentialRow {
        person: person.to_owned(),
        password_hash: Some("$argon2id$".to_owned()),
        totp_sealed: Some(vec![1, 2]),
        totp_confirmed_at: Some(at(0)),
        totp_last_step: None,
        failed_attempts: 0,
        locked_until: None,
        updated_at: at(0),
        revision: 0,
    }
}

pub(crate) async fn of_two_changes_of_one_credential_the_later_is_told(store: &Fixture) {
    assert!(store.credential_put(&credential("li.na"), &[]).await.unwrap());
    assert!(!store.credential_put(&credential("li.na"), &[]).await.unwrap(), "both were the first");
    let read = store.credential("li.na").await.unwrap().unwrap();
    let password = CredentialRow { password_hash: Some("$new$".to_owned()), ..read.clone() };
    let factor = CredentialRow { totp_sealed: None, ..read.clone() };
    store.credential_failed("li.na", 9, at(900), &[]).await.unwrap();
    let noted = [entry(1, "li.na", "password"), entry(2, "li.na", "factor")];
    assert!(store.credential_put(&password, &noted[..1]).await.unwrap());
    assert!(!store.credential_put(&factor, &noted[1..]).await.unwrap(), "it was read before the password changed");
    let kept = store.credential("li.na").await.unwrap();
    assert_eq!(kept, Some(CredentialRow { revision: 2, failed_attempts: 1, ..password.clone() }));
    let log = store.audit_page(&AuditFilter::default(), None, 9).await.unwrap();
    assert_eq!(log.rows.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["password"]);
    assert!(store.totp_use_step("li.na", 10).await.unwrap());
    let stale = CredentialRow { revision: 2, ..password };
    assert!(!store.credential_put(&stale, &[]).await.unwrap(), "it would make a code good that was used");
}

pub(crate) async fn a_totp_step_counts_once(store: &Fixture) {
    store.credential_put(&credential("li.na"), &[]).await.unwrap();
    let mut answers = Vec::new();
    for step in [10, 10, 9, 11] {
        answers.push(store.totp_use_step("li.na", step).await.unwrap());
    }
    assert_eq!(answers, [true, false, false, true]);
}

pub(crate) async fn wrong_passwords_lock_the_account(store: &Fixture) {
    store.credential_put(&credential("li.na"), &[]).await.unwrap();
    let mut counts = Vec::new();
    for _ in 0..3 {
        counts.push(store.credential_failed("li.na", 3, at(900), &[]).await.unwrap());
        let locked = store.credential("li.na").await.unwrap().unwrap().locked_until;
        assert_eq!(locked, (counts.len() == 3).then_some(at(900)));
    }
    assert_eq!(counts, [1, 2, 3]);
    store.credential_succeeded("li.na").await.unwrap();
    assert_eq!(store.credential("li.na").await.unwrap(), Some(CredentialRow { revision: 1, ..credential("li.na") }));
    assert_eq!(store.credential_failed("nobody", 3, at(900), &[]).await.unwrap(), 0);
}

pub(crate) async fn attempts_are_counted_per_subject(store: &Fixture) {
    let address = digest("192.0.2.7");
    let mut counts = Vec::new();
    for second in [0, 10, 20, 70] {
        counts.push(store.attempt("address", address, at(second), at(second - 60)).await.unwrap());
    }
    assert_eq!(counts, [1, 2, 3, 2]);
    assert_eq!(store.attempts("login", address, at(0)).await.unwrap(), 0);
    assert_eq!(store.attempts_forget(at(50)).await.unwrap(), 3);
    assert_eq!(store.attempts("address", address, at(0)).await.unwrap(), 1);
}

pub(crate) async fn a_revoked_token_is_unknown(store: &Fixture) {
    store.token_put(&token(1, "li.na"), &[entry(1, "li.na", "token")]).await.unwrap();
    let ending = TokenRow { expires_at: Some(at(50)), ..token(2, "li.na") };
    store.token_put(&ending, &[]).await.unwrap();
    store.token_used(Uuid::from_u128(1), at(9)).await.unwrap();
    let used = TokenRow { last_used_at: Some(at(9)), ..token(1, "li.na") };
    assert_eq!(store.token(digest("1"), at(60)).await.unwrap(), Some(used));
    assert_eq!(store.token(digest("2"), at(49)).await.unwrap(), Some(ending));
    assert_eq!(store.token(digest("2"), at(50)).await.unwrap(), None);
    assert!(!store.token_revoke("wang.fang", Uuid::from_u128(1), at(60), &[]).await.unwrap());
    assert!(store.token_revoke("li.na", Uuid::from_u128(1), at(60), &[]).await.unwrap());
    assert_eq!(store.token(digest("1"), at(61)).await.unwrap(), None);
    assert_eq!(store.tokens_of("li.na").await.unwrap().len(), 1);
}

pub(crate) async fn a_definition_goes_live_again_under_its_old_number(store: &Fixture) {
    let version = |content: &str| DefinitionRow {
        digest: digest(content),
        kind: DefinitionKind::Workflow,
        name: "export-approval".to_owned(),
        number: 0,
        sources: json!({ "workflow": content }).into(),
        published_at: at(0),
        published_by: "admin".to_owned(),
        live: true,
    };
    let mut numbers = Vec::new();
    for content in ["one", "two", "one"] {
        numbers.push(store.definition_publish(&version(content), &[]).await.unwrap());
    }
    assert_eq!(numbers, [1, 2, 1]);
    let live = DefinitionRow { number: 1, ..version("one") };
    assert_eq!(store.definitions_live().await.unwrap(), slice::from_ref(&live));
    let old = DefinitionRow { number: 2, live: false, ..version("two") };
    assert_eq!(store.definition(digest("two")).await.unwrap(), Some(old.clone()));
    let versions = store.definition_versions(DefinitionKind::Workflow, "export-approval").await.unwrap();
    assert_eq!(versions, [old, live]);
    assert!(store.definition_retire(DefinitionKind::Workflow, "export-approval", &[]).await.unwrap());
    assert!(!store.definition_retire(DefinitionKind::Workflow, "export-approval", &[]).await.unwrap());
    assert_eq!(store.definitions_live().await.unwrap(), []);
}

pub(crate) async fn an_empty_database_is_told_from_a_used_one(store: &Fixture) {
    assert!(store.is_empty().await.unwrap());
    assert_eq!(store.state("demo").await.unwrap(), None);
    store.state_put("demo", "1").await.unwrap();
    store.state_put("demo", "2").await.unwrap();
    assert_eq!(store.state("demo").await.unwrap(), Some("2".to_owned()));
    assert!(!store.is_empty().await.unwrap());
    store.ping().await.unwrap();
}
