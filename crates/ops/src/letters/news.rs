//! Letters that tell what is new.

use std::fmt::Write as _;

use db::{accounts::AccountRow, notifications::NotificationRow};
use domain::{accounts::Email, notifications::Kind};

use crate::{
    Op, Result,
    digests::{News, Told},
    mail::{self, Letter},
};

/// What is new since the last one.
pub(crate) fn digest(
    op: &mut Op<'_, '_>,
    (_, to): (&AccountRow, &Email),
    stop: &str,
    news: &News,
) -> Result<()> {
    let mut text = String::new();
    notices(op, news, &mut text);
    listings(op, news, &mut text);
    leave(op, to, "What is new", &text, stop)
}

/// What concerns somebody.
pub(crate) fn concerning(
    op: &mut Op<'_, '_>,
    (_, to): (&AccountRow, &Email),
    stop: &str,
    news: &News,
) -> Result<()> {
    let mut text = String::new();
    notices(op, news, &mut text);
    let subject = match news.notices.as_slice() {
        [(row, told)] => sentence(row, told),
        _ => "Some things concern you".to_owned(),
    };
    leave(op, to, &subject, &text, stop)
}

fn notices(op: &Op<'_, '_>, news: &News, text: &mut String) {
    for (row, told) in &news.notices {
        let _ = write!(text, "{}\n{}\n\n", sentence(row, told), op.site.at(&told.path));
    }
    if 0 < news.more_notices {
        let _ = write!(text, "and {} more: {}\n\n", news.more_notices, op.site.at("notifications"));
    }
}

fn listings(op: &Op<'_, '_>, news: &News, text: &mut String) {
    for (row, by) in &news.listings {
        let address = op.site.at(&format!("listings/{}", row.id));
        let _ = write!(text, "{}: {}\n{by}\n{address}\n\n", row.purpose.word(), row.title);
    }
    if 0 < news.more_listings {
        let _ = write!(text, "and {} more: {}\n\n", news.more_listings, op.site.at("home"));
    }
}

/// What a notification says.
fn sentence(row: &NotificationRow, told: &Told) -> String {
    let Told { actor, collective, .. } = told;
    let text = &row.text;
    match row.kind {
        Kind::Reply => format!("{actor} answered: {text}"),
        _ => format!("{} {actor} {collective} {text}", row.kind.word()),
    }
}

fn leave(op: &mut Op<'_, '_>, to: &Email, subject: &str, text: &str, stop: &str) -> Result<()> {
    let host = op.site.host();
    let letter = Letter {
        to: to.as_str().to_owned(),
        subject: format!("[{host}] {subject}"),
        text: format!("{}\n\n-- \n{host}\n{stop}\n", text.trim_end()),
        stop: Some(stop.to_owned()),
    };
    mail::leave(op, &letter)
}
