//! Pages of lists: some items, and the cursor of the next page.

use runtime::{Cursor, Page};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::problem::Problem;

/// How many items a page holds if nothing is said.
const ITEMS: u64 = 50;

/// How many items a page holds at most.
const ITEMS_MAX: u64 = 200;

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// The `next` of the page before.
    pub after: Option<String>,
    /// How many items at most: 50 if nothing is said, never more than 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u64>,
}

impl Paging {
    /// The cursor to go on from.
    pub fn cursor(&self) -> Result<Option<Cursor>, Problem> {
        self.after.as_deref().map(str::parse).transpose().map_err(|_| Problem::Malformed)
    }

    /// How many items.
    pub fn limit(&self) -> u64 {
        self.limit.unwrap_or(ITEMS).clamp(1, ITEMS_MAX)
    }
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Items<T> {
    /// The items, in the order of the list.
    pub items: Vec<T>,
    /// Ask for this as `after` to go on; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Items<T> {
    /// A page of what the runtime found.
    pub fn of<U>(page: Page<U>, make: impl FnMut(U) -> T) -> Self {
        Self { next: page.next.map(|cursor| cursor.to_string()), items: page.rows.into_iter().map(make).collect() }
    }

    /// A list that is short enough for one page.
    pub fn all(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}
