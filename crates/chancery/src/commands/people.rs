//! `chancery init`, `chancery import people` and `chancery token`: what an operator does before people can.

use std::{
    collections::BTreeSet,
    io::{self, BufRead, IsTerminal, Write},
    path::Path,
};

use anyhow::{Context, Result, bail};
use definition::{
    id::{Login, RoleId},
    load::{PeopleFile, SourceFile, load_people},
    model::{Capability, Workspace},
    people::{PersonEntry, PersonStatus},
};
use runtime::{Application, clock::Clock, identity::PASSWORD_CHARACTERS_MIN};
use zeroize::Zeroizing;

use super::{diagnostics, open};
use crate::arguments::{Common, Import, ImportKind, Init, Token};

/// Makes the first administrator of an empty database.
pub async fn init(common: &Common, init: &Init) -> Result<()> {
    let application = open::application(common, open::store(common).await?, Clock::System, false).await?;
    if application.directory().people().next().is_some() {
        bail!("this database has people already; ask one of its administrators");
    }
    let workspace = application.workspace().context("the workspace cannot be used: run `chancery check`")?;
    let roles = administrator_roles(&workspace);
    if roles.is_empty() {
        bail!("no role of chancery.yaml can: [people]; give one that duty first");
    }
    let password = read_password()?;
    let person = PersonEntry {
        away: Vec::new(),
        login: Login::from(init.admin.as_str()),
        name: init.admin.clone(),
        department: None,
        manager: None,
        roles,
        status: PersonStatus::Active,
    };
    let file = PeopleFile { people: vec![person], departments: Vec::new() };
    application.import_people(&file, None).await?;
    application.set_password(&Login::from(init.admin.as_str()), &password).await?;
    application.close().await?;
    Ok(())
}

/// Brings people and departments in.
pub async fn import(common: &Common, import: &Import) -> Result<()> {
    let ImportKind::People { file } = &import.what;
    let application = open::application(common, open::store(common).await?, Clock::System, false).await?;
    let people = read(common, &application, file)?;
    application.import_people(&people, None).await?;
    application.close().await?;
    Ok(())
}

/// Makes a personal token and prints it.
pub async fn token(common: &Common, token: &Token) -> Result<()> {
    let application = open::application(common, open::store(common).await?, Clock::System, false).await?;
    let login = Login::from(token.login.as_str());
    let made = application
        .give_token(&login, &token.title)
        .await
        .with_context(|| format!("nobody who may sign in is called {login}"))?;
    writeln!(io::stdout().lock(), "{}", made.secret)?;
    application.close().await?;
    Ok(())
}

/// Reads a people file against the workspace that is live.
pub fn read(common: &Common, application: &Application, path: &Path) -> Result<PeopleFile> {
    let text = std::fs::read(path).with_context(|| format!("read {}", path.display()))?;
    let workspace = application.workspace().context("the workspace cannot be used: run `chancery check`")?;
    let file = SourceFile { path: path.display().to_string(), text };
    let loaded = load_people(&workspace.settings, &file);
    diagnostics::print(
        &mut io::stderr().lock(),
        &loaded.diagnostics,
        common.locale.unwrap_or(workspace.settings.locale),
    )?;
    loaded.file.with_context(|| format!("{} cannot be used as it is", path.display()))
}

/// The roles that together keep people and build processes; the first administrator holds them.
fn administrator_roles(workspace: &Workspace) -> BTreeSet<RoleId> {
    let roles = workspace.settings.roles.iter();
    roles.filter(|(_, role)| role.can.contains(&Capability::People)).map(|(id, _)| id.clone()).collect()
}

fn read_password() -> Result<Zeroizing<String>> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        write!(io::stderr().lock(), "password (at least {PASSWORD_CHARACTERS_MIN} characters): ")?;
    }
    let mut line = Zeroizing::new(String::new());
    stdin.lock().read_line(&mut line).context("read the password from standard input")?;
    let password = Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned());
    if password.chars().count() < PASSWORD_CHARACTERS_MIN {
        bail!("give a password of at least {PASSWORD_CHARACTERS_MIN} characters on standard input");
    }
    Ok(password)
}
