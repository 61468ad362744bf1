//! How the tables came to be: one list of migrations for the main database, one for the keyring.
//!
//! The statements are written once; [`Dialect::ddl`] puts each database's type names in.

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager};

use crate::dialect::Dialect;

/// The main database's migrations, oldest first.
pub(crate) struct Main;

/// The keyring's migrations, oldest first.
pub(crate) struct Keyring;

impl MigratorTrait for Main {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(Script { name: "m0001_first", sql: include_str!("main.sql") }),
            Box::new(Script { name: "m0002_incidents", sql: include_str!("incidents.sql") }),
            Box::new(Script { name: "m0003_starts", sql: include_str!("starts.sql") }),
            Box::new(Script { name: "m0004_credential_revision", sql: include_str!("credential_revision.sql") }),
            Box::new(Script { name: "m0005_artifact_content", sql: include_str!("artifact_content.sql") }),
            Box::new(Script { name: "m0006_progress", sql: include_str!("progress.sql") }),
            Box::new(Script { name: "m0007_absences", sql: include_str!("absences.sql") }),
            Box::new(Script { name: "m0008_waits", sql: include_str!("waits.sql") }),
        ]
    }
}

impl MigratorTrait for Keyring {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(Script { name: "k0001_first", sql: include_str!("keyring.sql") })]
    }
}

/// A migration that is a file of statements.
struct Script {
    name: &'static str,
    sql: &'static str,
}

impl MigrationName for Script {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait]
impl MigrationTrait for Script {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let sql = Dialect::of(connection).ddl(self.sql);
        connection.execute_unprepared(&sql).await.map(drop)
    }
}
