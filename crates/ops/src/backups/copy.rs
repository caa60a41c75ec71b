//! From one database to another, which may be of the other engine.

use db::{
    DbError, Reader, Writer,
    rows::{Checksum, count_rows, each, encode, replace, snapshot, tables},
};

use super::{BackupError, Progress, Result, TOLD_EVERY, TableSum, Watch};

/// What was copied.
#[derive(Clone, Debug)]
pub struct Copied {
    /// Each table as it was read; what was written was read again, and is the same.
    pub tables: Vec<TableSum>,
    /// The migrations that were applied to the copy afterwards.
    pub migrated: Vec<String>,
    /// In how many texts a NUL was replaced, which PostgreSQL cannot keep.
    pub replaced: u64,
}

/// Copies all rows of one instant, and reads them again. Blocks; a failure leaves the other database as it was.
pub fn copy(
    from: &Reader,
    to: (&Reader, &Writer),
    may_replace: bool,
    watch: &mut Watch<'_>,
) -> Result<Copied> {
    let (there, writer) = to;
    let rows = snapshot(there, count_rows)?;
    if 0 < rows && !may_replace {
        return Err(BackupError::Refused(format!(
            "the other database holds {rows} rows already; copy into an empty one, or say \
             --replace if all of that may go"
        )));
    }
    snapshot(from, |conn| {
        let versions = db::console::storage::migrations(conn).map_err(|_| {
            let problem = "there is nothing to copy: the database has no tables of tequio";
            BackupError::Refused(problem.to_owned())
        })?;
        let known = db::migrations::known_versions(conn)?;
        if !known.starts_with(&versions) {
            let problem =
                "the database was upgraded by a newer version of tequio; copy it with that version";
            return Err(BackupError::Refused(problem.to_owned()));
        }
        let ((tables, replaced), migrated) = replace(writer, &versions, |filling| {
            let mut sums = Vec::new();
            for table in tables(conn)? {
                let (mut sum, name) = (Checksum::default(), table.name.as_str());
                each(conn, &table, |row| {
                    sum.add(&encode(&table, &row));
                    filling.row(&table, row)?;
                    if sum.rows.is_multiple_of(TOLD_EVERY) {
                        watch(Progress::Rows { table: name, rows: sum.rows, whole: false });
                    }
                    Ok::<(), DbError>(())
                })?;
                if filling.replaced == 0 && filling.sum(name) != sum {
                    let problem = format!("{name} was not copied as it is; nothing was changed");
                    return Err(BackupError::Refused(problem));
                }
                watch(Progress::Rows { table: name, rows: sum.rows, whole: true });
                sums.push(TableSum::of(table, sum));
            }
            Ok((sums, filling.replaced))
        })?;
        Ok(Copied { tables, migrated, replaced })
    })
}
