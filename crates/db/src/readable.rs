//! Lists in which a row cannot be read: the others are shown.

use diesel::result::{Error, QueryResult};

use crate::Result;

/// The rows that can be read. One that holds a word of a newer version, or was damaged, is left out and logged;
/// `tequio db check` names it.
///
/// A page of them may be shorter than was asked for.
pub(crate) fn readable<T>(
    table: &'static str,
    rows: impl Iterator<Item = QueryResult<T>>,
) -> Result<Vec<T>> {
    let mut read = Vec::new();
    for row in rows {
        match row {
            Ok(row) => read.push(row),
            Err(Error::DeserializationError(err)) => {
                tracing::error!(table, %err, "a row cannot be read and is not shown");
            }
            Err(err) => return Err(err.into()),
        }
    }
    Ok(read)
}
