//! What goes on during a long command, a line for each thing that is done.

use ops::backups::Progress;

/// Prints it.
pub(super) fn tell(progress: Progress<'_>) {
    match progress {
        Progress::Rows { rows: 0, .. } => {}
        Progress::Rows { table, rows, whole: true } => println!("  {table}: {rows}"),
        Progress::Rows { table, rows, whole: false } => println!("  {table}: {rows} so far"),
        Progress::Files { of: 0, .. } => {}
        Progress::Files { done, of } => println!("  pictures: {done} of {of} files"),
        Progress::Verifying => println!("reading it again"),
    }
}

/// Bytes as people say them.
pub(super) fn mebibytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) / (1024 * 1024);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}
