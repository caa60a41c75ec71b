//! The same as tables, for those who calculate, and for other servers that read lists of follows.

use csv::{Terminator, WriterBuilder};
use db::Conn;
use domain::{Time, follows::FollowState};

use super::{Archive, Owner, PAGE, Result, listing_page, reply_page, unwritten};

/// One line of a table. What a spreadsheet would take for a formula is text.
fn line(cells: &[&str]) -> Result<Vec<u8>> {
    let plain = |cell: &&str| {
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        if formula { format!("'{cell}") } else { (*cell).to_owned() }
    };
    written(cells.iter().map(plain).collect())
}

fn written(cells: Vec<String>) -> Result<Vec<u8>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(cells).map_err(unwritten)?;
    writer.into_inner().map_err(unwritten)
}

fn when(time: Option<Time>) -> String {
    time.map(Time::wire).unwrap_or_default()
}

/// `follows.csv`, as Mastodon writes and reads it.
pub(super) fn follows(conn: &mut Conn, owner: &Owner, archive: &mut Archive) -> Result<()> {
    archive.begin("follows.csv")?;
    archive.write(&line(&[
        "Account address",
        "Show boosts",
        "Notify on new posts",
        "Languages",
    ])?)?;
    let mut cursor = None;
    loop {
        let rows = db::follows::following(conn, owner.person.id, cursor, PAGE)?;
        for (_, actor) in rows.iter().filter(|(row, _)| row.state == FollowState::Accepted) {
            let address = format!("{}@{}", actor.handle, actor.host);
            archive.write(&line(&[&address, "true", "false", ""])?)?;
        }
        cursor = rows.last().map(|(row, _)| row.id);
        if cursor.is_none() {
            return Ok(());
        }
    }
}

/// `listings.csv`
pub(super) fn listings(conn: &mut Conn, owner: &Owner, archive: &mut Archive) -> Result<()> {
    archive.begin("listings.csv")?;
    let head = ["id", "purpose", "kind", "title", "text", "state", "published_at", "updated_at"];
    archive.write(&line(&head)?)?;
    let mut after = None;
    loop {
        let rows = listing_page(conn, owner, after)?;
        for row in &rows {
            let (published, updated) = (when(row.published_at), row.updated_at.wire());
            let (purpose, kind, state) = (row.purpose.word(), row.kind.word(), row.state.word());
            let cells =
                [&row.ap_id, purpose, kind, &row.title, &row.text, state, &published, &updated];
            archive.write(&line(&cells)?)?;
        }
        after = rows.last().map(|row| row.id);
        if after.is_none() {
            return Ok(());
        }
    }
}

/// `replies.csv`
pub(super) fn replies(conn: &mut Conn, owner: &Owner, archive: &mut Archive) -> Result<()> {
    archive.begin("replies.csv")?;
    archive.write(&line(&["id", "in_reply_to", "visibility", "text", "published_at"])?)?;
    let mut after = None;
    loop {
        let rows = reply_page(conn, owner, after)?;
        for row in &rows {
            let parent = row.in_reply_to.clone().unwrap_or_default();
            let (seen, at) = (row.visibility.word(), row.published_at.wire());
            archive.write(&line(&[&row.ap_id, &parent, seen, &row.text, &at])?)?;
        }
        after = rows.last().map(|row| row.id);
        if after.is_none() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let line = line(&["=1+1", "a \"b\", c", "-2", ""]).unwrap();
        assert_eq!(String::from_utf8(line).unwrap(), "'=1+1,\"a \"\"b\"\", c\",'-2,\r\n");
    }
}
