//! Why an operation did not happen.

use db::DbError;
use domain::{Invalid, Refusal};
use thiserror::Error;

/// Why nothing was written.
#[derive(Debug, Error)]
pub enum OpError {
    /// A rule said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A value cannot exist.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    #[error("{0} not found")]
    NotFound(&'static str),
    /// The same activity has been performed before.
    #[error("already performed")]
    AlreadyDone,
    #[error("storage failed: {0}")]
    Storage(#[source] DbError),
}

impl From<DbError> for OpError {
    fn from(err: DbError) -> Self {
        match err {
            DbError::NotFound(what) => Self::NotFound(what),
            err => Self::Storage(err),
        }
    }
}

impl db::pool::Transient for OpError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Storage(err) if db::pool::Transient::is_transient(err))
    }
}
