//! Letters that tell what is new.

use std::fmt::Write as _;

use db::{accounts::AccountRow, listings::ListingRow, notifications::NotificationRow};
use domain::{accounts::Email, notifications::Kind};
use words::{Language, say, say_with};

use super::{plain, told};
use crate::{
    Op, Result, Site,
    digests::{News, Told},
    mail::{self, Letter},
};

/// What is new since the last one.
pub(crate) fn digest(
    op: &mut Op<'_, '_>,
    (account, to): (&AccountRow, &Email),
    stop: &str,
    news: &News,
) -> Result<()> {
    let (subject, text) = in_their_language(account, || {
        let mut text = String::new();
        if !news.notices.is_empty() {
            heading(&mut text, &say("letter-news-concerning"));
            notices(op.site, news, &mut text);
        }
        if !news.listings.is_empty() {
            heading(&mut text, &say("letter-news-listings"));
            listings(op.site, news, &mut text);
        }
        text.push_str(&told("letter-stop-digest", &[("link", stop)]));
        (plain("letter-digest-subject"), text)
    });
    leave(op, to, &subject, &text, stop)
}

/// What concerns somebody.
pub(crate) fn concerning(
    op: &mut Op<'_, '_>,
    (account, to): (&AccountRow, &Email),
    stop: &str,
    news: &News,
) -> Result<()> {
    let (subject, text) = in_their_language(account, || {
        let mut text = String::new();
        notices(op.site, news, &mut text);
        text.push_str(&told("letter-stop-notices", &[("link", stop)]));
        let number = news.notices.len() + news.more_notices;
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let subject = match news.notices.as_slice() {
            [(row, told)] => sentence(row, told),
            _ => say_with("letter-notices-subject", &[("n", number.into())]).into_owned(),
        };
        (subject, text)
    });
    leave(op, to, &subject, &text, stop)
}

fn in_their_language<T>(account: &AccountRow, write: impl FnOnce() -> T) -> T {
    words::within_sync(Language::of_tag(&account.locale).unwrap_or_default(), write)
}

fn heading(text: &mut String, words: &str) {
    let _ = write!(text, "{words}\n{}\n\n", "=".repeat(words.chars().count()));
}

/// How many more there are, and where.
fn more(text: &mut String, number: usize, link: String) {
    if number == 0 {
        return;
    }
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    let said = say_with("letter-news-more", &[("n", number.into()), ("link", link.into())]);
    let _ = write!(text, "{said}\n\n");
}

fn notices(site: &Site, news: &News, text: &mut String) {
    for (row, told) in &news.notices {
        let _ = write!(text, "{}\n{}\n\n", sentence(row, told), site.at(&told.path));
    }
    more(text, news.more_notices, site.at("notifications"));
}

fn listings(site: &Site, news: &News, text: &mut String) {
    for (row, by) in &news.listings {
        let address = site.at(&format!("listings/{}", row.id));
        let _ = write!(text, "{}: {}\n{by}\n{address}\n\n", purpose(row), row.title);
    }
    more(text, news.more_listings, site.at("home"));
}

fn purpose(row: &ListingRow) -> String {
    plain(&format!("purpose-{}", row.purpose.word()))
}

/// What a notification says, in the language of this piece of work.
pub fn sentence(row: &NotificationRow, about: &Told) -> String {
    let (actor, collective) = (about.actor.as_str(), about.collective.as_str());
    let text = row.text.as_str();
    let word = |list: &str| plain(&format!("{list}-{}", text.replace('_', "-")));
    let is_unnamed = text.is_empty();
    match row.kind {
        Kind::Reply if is_unnamed => told("notification-reply-post", &[("actor", actor)]),
        Kind::Reply => told("notification-reply", &[("actor", actor), ("text", text)]),
        Kind::Mention if row.collective_id.is_some() && is_unnamed => {
            let who = [("actor", actor), ("collective", collective)];
            told("notification-mention-collective", &who)
        }
        Kind::Mention => told("notification-mention", &[("actor", actor)]),
        Kind::AgreementOffered => {
            told("notification-agreement-offered", &[("actor", actor), ("text", text)])
        }
        Kind::AgreementAnswered => {
            let state = word("agreement");
            let args = [("collective", collective), ("state", state.as_str())];
            told("notification-agreement-answered", &args)
        }
        Kind::FollowRequest => {
            let who = [("actor", actor), ("collective", collective)];
            told("notification-follow-request", &who)
        }
        Kind::Invitation => {
            let role = word("role");
            let args = [("collective", collective), ("role", role.as_str())];
            told("notification-invitation", &args)
        }
        Kind::JoinRequest => {
            let who = [("actor", actor), ("collective", collective)];
            told("notification-join-request", &who)
        }
        Kind::JoinAnswered if text == "accepted" => {
            told("notification-join-accepted", &[("collective", collective)])
        }
        Kind::JoinAnswered => told("notification-join-rejected", &[("collective", collective)]),
        Kind::Report => told("notification-report", &[("collective", collective)]),
        Kind::Expiring => told("notification-expiring", &[("text", text)]),
        Kind::Found => told("notification-found", &[("text", text)]),
        Kind::Moderation => told("notification-moderation", &[("text", text)]),
    }
}

fn leave(op: &mut Op<'_, '_>, to: &Email, subject: &str, text: &str, stop: &str) -> Result<()> {
    let host = op.site.host();
    let letter = Letter {
        to: to.as_str().to_owned(),
        subject: format!("[{host}] {subject}"),
        text: format!("{text}\n\n-- \n{host}\n"),
        stop: Some(stop.to_owned()),
    };
    mail::leave(op, &letter)
}
