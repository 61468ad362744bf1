//! `chancery demo`: the demonstration company, made on first use and served.

use std::io::{self, Write};

use anyhow::{Result, bail};

use super::{
    open, schema,
    serve::{clock, refuse_plain_http_abroad, until_stopped},
};
use crate::{
    arguments::{Common, Demo},
    demo,
};

/// Serves the demonstration; makes it first on an empty database.
pub async fn run(common: &Common, arguments: &Demo) -> Result<()> {
    let listen = &arguments.listen;
    refuse_plain_http_abroad(listen)?;
    let opened = open::store(common).await?;
    if !opened.is_sqlite {
        bail!("the demo runs on SQLite: leave --database out");
    }
    // Editors complete the shipped files by these.
    schema::write_into(&opened.data)?;
    let is_made = demo::is_made(&opened.store).await?;
    if !is_made {
        demo::begin(&opened.store).await?;
    }
    let application = open::application(common, opened, clock(listen), true).await?;
    if !is_made {
        let told = |what: &str| drop(writeln!(io::stderr().lock(), "==> The demo company: {what}"));
        demo::make(&application, &common.workspace, &told).await?;
    }
    list_sign_ins(&application)?;
    until_stopped(application, listen).await
}

/// Who can be tried; the sign-in page offers them with one click as well.
fn list_sign_ins(application: &runtime::Application) -> Result<()> {
    let directory = application.directory();
    let mut stderr = io::stderr().lock();
    writeln!(stderr, "Sign in with one click, or with the password {}:", runtime::identity::DEMO_PASSWORD)?;
    for login in demo::OFFERED {
        if let Some(person) = directory.active(login) {
            let roles: Vec<String> = person.roles.iter().map(ToString::to_string).collect();
            writeln!(stderr, "  {login:<12} {} ({})", person.name, roles.join(", "))?;
        }
    }
    Ok(())
}
