//! What letters about accounts say, in the language of the account. Their links begin with the address of this
//! server's configuration, never with one that a request named.

mod news;

pub use news::sentence;
pub(crate) use news::{concerning, digest};

use domain::{Time, accounts::Email, cases::DecisionKind};
use words::{Arg, Language, say, say_with};

use crate::{Op, Result, mail, mail::Letter};

/// Leaves a letter of these paragraphs, signed with the name of this server's host.
fn leave(op: &mut Op<'_, '_>, to: &Email, subject: &str, paragraphs: &[String]) -> Result<()> {
    let host = op.site.host();
    let letter = Letter {
        to: to.as_str().to_owned(),
        subject: format!("[{host}] {subject}"),
        text: format!("{}\n\n-- \n{host}\n", paragraphs.join("\n\n")),
        stop: None,
    };
    mail::leave(op, &letter)
}

/// The language of whoever has this address, or this handle where the address is not theirs yet.
fn language(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<Language> {
    let account = match db::accounts::find_by_email(op.tx, to)? {
        Some(account) => Some(account),
        None if handle.is_empty() => None,
        None => db::accounts::find_login(op.tx, handle)?,
    };
    Ok(account.and_then(|it| Language::of_tag(&it.locale)).unwrap_or_default())
}

/// Writes a letter in the language of its reader; `said` is told the name of the host.
fn write(
    op: &mut Op<'_, '_>,
    (to, handle): (&Email, &str),
    said: impl FnOnce(&crate::Site) -> (String, Vec<String>),
) -> Result<()> {
    let language = language(op, to, handle)?;
    let (subject, paragraphs) = words::within_sync(language, || said(op.site));
    leave(op, to, &subject, &paragraphs)
}

/// A message.
fn plain(key: &str) -> String {
    say(key).into_owned()
}

/// A message about somebody.
fn told(key: &str, args: &[(&str, &str)]) -> String {
    let args: Vec<(&str, Arg<'_>)> =
        args.iter().map(|(name, text)| (*name, (*text).into())).collect();
    say_with(key, &args).into_owned()
}

pub(crate) fn confirm(op: &mut Op<'_, '_>, to: &Email, handle: &str, link: &str) -> Result<()> {
    write(op, (to, handle), |site| {
        let asked = told("letter-confirm", &[("handle", handle), ("host", site.host())]);
        (say("letter-confirm-subject").into(), vec![asked, link.to_owned(), plain("letter-ignore")])
    })
}

pub(crate) fn welcome(op: &mut Op<'_, '_>, to: &Email, handle: &str, link: &str) -> Result<()> {
    write(op, (to, handle), |site| {
        let made = told("letter-welcome", &[("handle", handle), ("host", site.host())]);
        let later = told("letter-welcome-later", &[("link", &site.at("account/reset"))]);
        let ignore = plain("letter-ignore");
        (say("letter-welcome-subject").into(), vec![made, link.to_owned(), later, ignore])
    })
}

pub(crate) fn known(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    write(op, (to, handle), |site| {
        let asked = told("letter-known", &[("handle", handle), ("host", site.host())]);
        let (login, reset) = (site.at("login"), site.at("account/reset"));
        let ways = told("letter-known-ways", &[("login", &login), ("reset", &reset)]);
        (say("letter-known-subject").into(), vec![asked, ways, plain("letter-ignore-nothing")])
    })
}

pub(crate) fn applied(
    op: &mut Op<'_, '_>,
    to: &Email,
    handle: &str,
    (whom, page): &(String, String),
) -> Result<()> {
    write(op, (to, ""), |site| {
        let link = site.at(page);
        let args =
            [("handle", handle), ("host", site.host()), ("whom", whom), ("link", link.as_str())];
        (say("letter-applied-subject").into(), vec![told("letter-applied", &args)])
    })
}

pub(crate) fn approved(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    write(op, (to, handle), |site| {
        let link = site.at("login");
        let ready = told("letter-approved", &[("handle", handle), ("link", &link)]);
        (say("letter-approved-subject").into(), vec![ready])
    })
}

pub(crate) fn rejected(op: &mut Op<'_, '_>, to: &Email, handle: &str, why: &str) -> Result<()> {
    write(op, (to, handle), |_| {
        let mut text = vec![told("letter-rejected", &[("handle", handle)])];
        if !why.is_empty() {
            text.push(told("letter-reason", &[("text", why)]));
        }
        (say("letter-rejected-subject").into(), text)
    })
}

pub(crate) fn reset(op: &mut Op<'_, '_>, to: &Email, handle: &str, link: &str) -> Result<()> {
    write(op, (to, handle), |_| {
        let open = told("letter-reset", &[("handle", handle)]);
        (say("letter-reset-subject").into(), vec![open, link.to_owned(), plain("letter-ignore")])
    })
}

/// Where to choose another password, for whoever did not do it themselves.
fn not_you(site: &crate::Site) -> String {
    told("letter-not-you", &[("link", &site.at("account/reset"))])
}

pub(crate) fn changed(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    write(op, (to, handle), |site| {
        let text = vec![told("letter-changed", &[("handle", handle)]), not_you(site)];
        (say("letter-changed-subject").into(), text)
    })
}

pub(crate) fn totp_on(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    write(op, (to, handle), |site| {
        let text = vec![told("letter-totp-on", &[("handle", handle)]), not_you(site)];
        (say("letter-totp-on-subject").into(), text)
    })
}

pub(crate) fn totp_off(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    write(op, (to, handle), |site| {
        let text = vec![told("letter-totp-off", &[("handle", handle)]), not_you(site)];
        (say("letter-totp-off-subject").into(), text)
    })
}

pub(crate) fn email_old(op: &mut Op<'_, '_>, to: &Email, handle: &str, link: &str) -> Result<()> {
    write(op, (to, handle), |site| {
        let open = told("letter-email-old", &[("handle", handle)]);
        let other = told("letter-email-old-not-you", &[("link", &site.at("account/reset"))]);
        (say("letter-email-old-subject").into(), vec![open, link.to_owned(), other])
    })
}

pub(crate) fn email_new(op: &mut Op<'_, '_>, to: &Email, handle: &str, link: &str) -> Result<()> {
    write(op, (to, handle), |site| {
        let open = told("letter-email-new", &[("handle", handle), ("host", site.host())]);
        let text = vec![open, link.to_owned(), plain("letter-ignore")];
        (say("letter-email-new-subject").into(), text)
    })
}

pub(crate) fn email_known(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    write(op, (to, handle), |site| {
        let asked = told("letter-email-known", &[("handle", handle), ("host", site.host())]);
        (say("letter-known-subject").into(), vec![asked, plain("letter-ignore-nothing")])
    })
}

pub(crate) fn email_changed(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    write(op, (to, handle), |site| {
        let text = told("letter-email-changed", &[("handle", handle), ("host", site.host())]);
        (say("letter-email-changed-subject").into(), vec![text])
    })
}

/// The last one; the account that knew the language is gone.
pub(crate) fn account_deleted(
    op: &mut Op<'_, '_>,
    to: &Email,
    handle: &str,
    locale: &str,
) -> Result<()> {
    let language = Language::of_tag(locale).unwrap_or_default();
    let (subject, text) = words::within_sync(language, || {
        (plain("letter-deleted-subject"), told("letter-deleted", &[("handle", handle)]))
    });
    leave(op, to, &subject, &[text])
}

pub(crate) fn unsponsored(
    op: &mut Op<'_, '_>,
    to: &Email,
    handle: &str,
    collective: &str,
    until: Time,
) -> Result<()> {
    let until = until.utc().format("%Y-%m-%d").to_string();
    write(op, (to, handle), |_| {
        let args = [("handle", handle), ("name", collective), ("until", until.as_str())];
        (say("letter-unsponsored-subject").into(), vec![told("letter-unsponsored", &args)])
    })
}

pub(crate) fn sponsored(op: &mut Op<'_, '_>, to: &Email, handle: &str, by: &str) -> Result<()> {
    write(op, (to, handle), |_| {
        let text = told("letter-sponsored", &[("handle", handle), ("name", by)]);
        (say("letter-sponsored-subject").into(), vec![text])
    })
}

pub(crate) fn grace_over(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    write(op, (to, handle), |_| {
        let text = told("letter-grace", &[("handle", handle)]);
        (say("letter-grace-subject").into(), vec![text])
    })
}

pub(crate) fn door_shut(op: &mut Op<'_, '_>, to: &Email) -> Result<()> {
    write(op, (to, ""), |_| (say("letter-door-subject").into(), vec![plain("letter-door")]))
}

pub(crate) fn decided(
    op: &mut Op<'_, '_>,
    to: &Email,
    handle: &str,
    row: &db::cases::DecisionRow,
    secret: &str,
) -> Result<()> {
    write(op, (to, handle), |site| {
        let about = told("letter-decided", &[("handle", handle), ("host", site.host())]);
        let what = plain(match row.kind {
            DecisionKind::NoSanction => "letter-decided-nothing",
            DecisionKind::Repair => "letter-decided-repair",
            DecisionKind::Warning => "letter-decided-warning",
            DecisionKind::Hidden => "letter-decided-hidden",
            DecisionKind::Suspended => "letter-decided-suspended",
        });
        let link = site.at(&format!("appeal?token={secret}"));
        let text = vec![about, what, row.text.clone(), plain("letter-decided-appeal"), link];
        (say("letter-decided-subject").into(), text)
    })
}

pub(crate) fn answered(
    op: &mut Op<'_, '_>,
    to: &Email,
    handle: &str,
    upheld: bool,
    answer: &str,
) -> Result<()> {
    write(op, (to, handle), |_| {
        let about = told("letter-appeal", &[("handle", handle)]);
        let what = plain(if upheld { "letter-appeal-upheld" } else { "letter-appeal-taken-back" });
        (say("letter-appeal-subject").into(), vec![about, what, answer.to_owned()])
    })
}
