//! The page "me": language and theme, absence, password, second factor, personal tokens, sessions.
//!
//! Forms post to `/me/language` (`locale`), `/me/theme` (`theme`), `/me/password` (`current`, `new`, `again`),
//! `/me/second-factor` (`do` = `enrol` with `password`, `confirm` with `code`, `cancel`, or `remove` with `code`), `/me/tokens` (`do` = `create`
//! with `name`, `days` and `password`, or `revoke` with `token`), `/me/absences` (`do` = `say` with `from`, `until`, `deputy`,
//! `process` and `up_to`, `forget` with `place`, or `hand_over`), `/me/sessions` (`do` = `end` with `session`, or `end_others`).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::template::{Page, Place};

use super::{LevelTag, Person, form::Choice};

/// The page "me".
#[derive(Debug, Clone, Serialize)]
pub struct MePage {
    /// Who.
    pub person: Person,
    /// Their login.
    pub login: String,
    /// What they may see at most.
    pub clearance: LevelTag,
    /// Their roles, by name.
    pub roles: Vec<String>,
    /// Who decides on their requests.
    pub superior: Option<Person>,
    /// What was wrong with a new password.
    pub password: Password,
    /// Where they stand with the second factor.
    pub second_factor: SecondFactor,
    /// Personal tokens for programs.
    pub tokens: Vec<Token>,
    /// A token just made: shown this once.
    pub new_token: Option<NewToken>,
    /// What was wrong with the name of a new token.
    pub token_name_missing: bool,
    /// Making a token asks for the password again.
    pub token_password: PasswordAgain,
    /// When they are away.
    pub absence: Absences,
    /// Where they are signed in.
    pub sessions: Vec<Session>,
}

/// When somebody is away, and a further time to be said.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Absences {
    /// Those that are said.
    pub said: Vec<Absence>,
    /// The processes to choose from.
    pub processes: Vec<Choice>,
    /// The levels to choose from.
    pub levels: Vec<Choice>,
    /// What was typed and cannot be.
    pub typed: AbsenceTyped,
    /// Why not, in words.
    pub wrong: Option<String>,
    /// Whether somebody does their work today.
    pub today: bool,
}

/// A time in which another does their work.
#[derive(Debug, Clone, Serialize)]
pub struct Absence {
    /// Its place in the list, from 0.
    pub place: usize,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Who does it.
    pub deputy: Person,
    /// Of which process, and up to which level, if not of all.
    pub narrowed: Vec<String>,
    /// Whether it is over.
    pub over: bool,
}

/// A further absence as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AbsenceTyped {
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The deputy.
    pub deputy: String,
    /// The process.
    pub process: String,
    /// The level.
    pub up_to: String,
}

impl Page for MePage {
    const TEMPLATE: &'static str = "me.html";
    const PLACE: Place = Place::Elsewhere;
}

/// The form for a new password.
#[derive(Debug, Clone, Serialize)]
pub struct Password {
    /// How long a new one must be.
    pub length_min: u32,
    /// What was wrong.
    pub errors: Vec<PasswordError>,
}

/// What is wrong with a change of password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordError {
    /// The current one is another.
    CurrentWrong,
    /// Too short.
    TooShort,
    /// Among those that everybody tries first, or made of the login.
    TooCommon,
    /// The repetition differs.
    AgainDiffers,
}

/// A password that is asked for again.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PasswordAgain {
    /// Whether the one given was wrong.
    pub wrong: bool,
    /// Everybody's, in a demo.
    pub demo: Option<String>,
}

/// The second factor.
#[derive(Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SecondFactor {
    /// There is none.
    Absent {
        /// Enrolling asks for the password again.
        password: PasswordAgain,
    },
    /// Shown to the authenticator, waiting for its first code.
    Enrolling {
        /// The QR code as the path of an SVG.
        qr: QrCode,
        /// The same, to be typed: groups of four.
        secret: String,
        /// Whether the last code was wrong.
        wrong: bool,
        /// The code that is right just now; in a demo only.
        demo_code: Option<String>,
    },
    /// In use.
    Active {
        /// Since when.
        since: DateTime<Utc>,
        /// Whether the last code, meant to remove it, was wrong.
        wrong: bool,
        /// The code that is right just now; in a demo only.
        demo_code: Option<DemoCode>,
    },
}

/// Secrets stay out of logs.
impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Absent { .. } => "Absent",
            Self::Enrolling { .. } => "Enrolling",
            Self::Active { .. } => "Active",
        })
    }
}

/// The code that a demo shows, so that nobody needs a telephone to try it.
#[derive(Clone, Serialize)]
pub struct DemoCode {
    /// Six digits.
    pub code: String,
    /// How long it is right.
    pub seconds: u32,
}

/// A QR code: dark modules as one SVG path, on a square of `size` units with its quiet zone.
#[derive(Clone, Serialize)]
pub struct QrCode {
    /// Side of the square.
    pub size: usize,
    /// The path.
    pub path: String,
}

impl QrCode {
    /// Draws modules, row by row, true is dark; `width` of them make a row.
    pub fn draw(modules: impl IntoIterator<Item = bool>, width: usize) -> Self {
        use std::fmt::Write;

        /// Modules of light around the code, without which scanners find nothing.
        const QUIET: usize = 4;
        let mut path = String::new();
        for (index, _) in modules.into_iter().enumerate().filter(|(_, dark)| *dark) {
            write!(path, "M{} {}h1v1h-1z", index % width + QUIET, index / width + QUIET)
                .expect("writing to a string succeeds");
        }
        Self { size: width + 2 * QUIET, path }
    }
}

/// A personal token, by which a program acts as this person.
#[derive(Debug, Clone, Serialize)]
pub struct Token {
    /// Which.
    pub id: String,
    /// What it is for, in the person's words.
    pub name: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was used last.
    pub used_at: Option<DateTime<Utc>>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A token just made.
#[derive(Clone, Serialize)]
pub struct NewToken {
    /// What it is for.
    pub name: String,
    /// The token itself; only its digest is kept.
    pub secret: String,
}

/// Secrets stay out of logs.
impl std::fmt::Debug for NewToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("NewToken").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A place where the person is signed in.
#[derive(Debug, Clone, Serialize)]
pub struct Session {
    /// Which.
    pub id: String,
    /// Browser and system, as far as they tell: `Chrome · Windows`.
    pub device: String,
    /// The network address.
    pub address: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it was used last.
    pub seen_at: DateTime<Utc>,
    /// This very one.
    pub current: bool,
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../samples/me.rs"]
mod samples;
