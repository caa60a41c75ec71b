//! What can go wrong with a query, told apart by what the caller can do about it.

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use thiserror::Error;

/// Why a query did not do what it was asked.
#[derive(Debug, Error)]
pub enum DbError {
    #[error("{0} not found")]
    NotFound(&'static str),
    /// A unique constraint was violated; the text names it, or its columns.
    #[error("unique constraint {0} violated")]
    Taken(String),
    #[error("row holds an impossible value")]
    Corrupt(#[source] domain::Invalid),
    /// No connection, or the database is locked or shutting down: worth another try.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// Two transactions met; repeating ours will do.
    #[error("transactions collided")]
    Collided,
    #[error("query failed")]
    Query(#[source] DieselError),
    #[error("{0}")]
    Schema(String),
}

impl DbError {
    /// May the same call succeed in a moment?
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Collided)
    }

    /// Was it this constraint? SQLite names the columns (`actors.ap_id`), PostgreSQL the constraint.
    pub fn is_taken(&self, constraint: &str, columns: &str) -> bool {
        matches!(self, Self::Taken(what) if what.contains(constraint) || what.contains(columns))
    }
}

impl From<DieselError> for DbError {
    fn from(err: DieselError) -> Self {
        match err {
            DieselError::NotFound => Self::NotFound("row"),
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => {
                Self::Taken(info.constraint_name().unwrap_or_else(|| info.message()).to_owned())
            }
            DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => {
                Self::Collided
            }
            DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, info) => {
                Self::Unavailable(info.message().to_owned())
            }
            DieselError::DatabaseError(_, ref info)
                if info.message().contains("deadlock detected") =>
            {
                Self::Collided
            }
            DieselError::DatabaseError(_, ref info) if is_passing(info.message()) => {
                Self::Unavailable(info.message().to_owned())
            }
            DieselError::DeserializationError(cause) if cause.is::<domain::Invalid>() => {
                match cause.downcast::<domain::Invalid>() {
                    Ok(invalid) => Self::Corrupt(*invalid),
                    Err(cause) => Self::Query(DieselError::DeserializationError(cause)),
                }
            }
            err => Self::Query(err),
        }
    }
}

/// Messages of both engines which say that waiting may help.
fn is_passing(message: &str) -> bool {
    [
        "database is locked",
        "database table is locked",
        "lock timeout",
        "the database system is",
        "terminating connection",
        "server closed the connection",
        "connection to server",
        "no connection to the server",
        "disk is full",
        "disk full",
        "No space left",
        "readonly database",
        "disk I/O error",
        "too many clients",
        "canceling statement",
    ]
    .iter()
    .any(|known| message.contains(known))
}
