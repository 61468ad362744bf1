//! Messages for people inside the application, and the counts beside the inbox.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    commit::IdempotencyRow,
    error::Error,
    page::{Cursor, Page, fetch_limit},
    row::{self, Json, rows, values},
    store::Store,
    task::CountRow,
};

/// The most messages that are marked one by one.
pub const READ_MAX: usize = 200;

rows! {
    /// A message for a person. Its text is made when it is shown, in the reader's language.
    pub struct NotificationRow in "notification" {
        /// Its id.
        pub id: Uuid,
        /// Who it is for.
        pub person: String,
        /// What kind. One of kind `copied` puts its case into the list of copies.
        pub kind: String,
        /// The case it is about.
        pub case_id: Option<Uuid>,
        /// When it was sent.
        pub at: DateTime<Utc>,
        /// When it was read.
        pub read_at: Option<DateTime<Utc>>,
        /// What its text is made from. No personal values.
        pub body: Json,
    }
}

impl Store {
    /// Sends messages that belong to no transition.
    pub async fn notifications_put(&self, notifications: &[NotificationRow]) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        row::insert(tx.tx(), notifications, "").await?;
        let mut counts: BTreeMap<String, (i64, i64)> = BTreeMap::new();
        for one in notifications.iter().filter(|one| one.read_at.is_none()) {
            counts.entry(one.person.clone()).or_default().1 += 1;
        }
        change_counts(tx.tx(), counts).await?;
        tx.commit().await
    }

    /// A page of a person's messages, latest first.
    pub async fn notifications_page(
        &self,
        person: &str,
        after: Option<Cursor>,
        limit: u64,
    ) -> Result<Page<NotificationRow>, Error> {
        let from = after.unwrap_or(Cursor::LAST);
        let rest = "FROM notification n WHERE n.person = $1 AND (n.at, n.id) < ($2, $3) \
                    ORDER BY n.at DESC, n.id DESC LIMIT $4";
        let values = values![person, from.key, from.id, fetch_limit(limit)];
        let rows = row::all(self.read(), row::select::<NotificationRow>("n", rest), values).await?;
        Ok(Page::cut(rows, limit, |one: &NotificationRow| Cursor { key: one.at.timestamp_micros(), id: one.id }))
    }

    /// Marks a person's messages read that were sent until a moment, all or those that are named; how many changed.
    pub async fn notifications_read(
        &self,
        person: &str,
        ids: Option<&[Uuid]>,
        now: DateTime<Utc>,
        answer: Option<&IdempotencyRow>,
    ) -> Result<u64, Error> {
        let sql = "UPDATE notification SET read_at = $2 WHERE person = $1 AND at <= $2 AND read_at IS NULL";
        let tx = self.begin_write().await?;
        tx.remember(answer).await?;
        let mut changed = 0;
        match ids {
            None => changed += row::run(tx.tx(), sql, values![person, now]).await?,
            Some(ids) => {
                for id in ids.iter().take(READ_MAX) {
                    changed += row::run(tx.tx(), &format!("{sql} AND id = $3"), values![person, now, *id]).await?;
                }
            }
        }
        let fewer = -i64::try_from(changed).expect("a person has fewer messages");
        change_counts(tx.tx(), BTreeMap::from([(person.to_owned(), (0, fewer))])).await?;
        tx.commit().await?;
        Ok(changed)
    }
}

/// Changes how many open tasks and unread messages people have. In the order of logins, so that two transactions never
/// wait for each other.
pub(crate) async fn change_counts(
    db: &impl ConnectionTrait,
    changes: BTreeMap<String, (i64, i64)>,
) -> Result<(), Error> {
    let rows: Vec<_> = changes
        .into_iter()
        .filter(|(_, change)| *change != (0, 0))
        .map(|(person, (open_tasks, unread))| CountRow { person, open_tasks, unread })
        .collect();
    let suffix = "ON CONFLICT (person) DO UPDATE SET open_tasks = inbox_count.open_tasks + excluded.open_tasks, \
                  unread = inbox_count.unread + excluded.unread";
    row::insert(db, &rows, suffix).await
}
