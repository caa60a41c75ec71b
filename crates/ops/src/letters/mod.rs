//! What letters about accounts say. Their links begin with the address of this server's configuration, never
//! with one that a request named.

mod news;

pub(crate) use news::{concerning, digest};

use domain::{Time, accounts::Email};

use crate::{Op, Result, mail, mail::Letter};

/// Who ignores a letter is safe.
const IGNORE: &str = "If it was not you, ignore this letter: nothing happens without the link.";

/// Leaves a letter, signed with the name of this server's host.
pub(crate) fn leave(op: &mut Op<'_, '_>, to: &Email, subject: &str, text: &str) -> Result<()> {
    let host = op.site.host();
    let letter = Letter {
        to: to.as_str().to_owned(),
        subject: format!("[{host}] {subject}"),
        text: format!("{text}\n\n-- \n{host}\n"),
        stop: None,
    };
    mail::leave(op, &letter)
}

pub(crate) fn confirm(op: &mut Op<'_, '_>, to: &Email, handle: &str, link: &str) -> Result<()> {
    let text = format!(
        "Somebody asked for the account @{handle} on {} with this address.\n\n\
         To confirm that it was you, open this link within an hour:\n\n{link}\n\n{IGNORE}",
        op.site.host()
    );
    leave(op, to, "Confirm your address", &text)
}

pub(crate) fn welcome(op: &mut Op<'_, '_>, to: &Email, handle: &str, link: &str) -> Result<()> {
    let text = format!(
        "An account was made for you on {}: @{handle}.\n\n\
         To choose a password, open this link within an hour:\n\n{link}\n\n\
         Later, ask for another link at {}\n\n{IGNORE}",
        op.site.host(),
        op.site.at("account/reset"),
    );
    leave(op, to, "Choose a password", &text)
}

pub(crate) fn known(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    let text = format!(
        "Somebody asked for an account on {} with this address. It has one already: @{handle}.\n\n\
         Sign in at {}\nor choose a new password at {}\n\n\
         If it was not you, ignore this letter: nothing has changed.",
        op.site.host(),
        op.site.at("login"),
        op.site.at("account/reset"),
    );
    leave(op, to, "You have an account already", &text)
}

pub(crate) fn applied(
    op: &mut Op<'_, '_>,
    to: &Email,
    handle: &str,
    (whom, page): &(String, String),
) -> Result<()> {
    let text = format!(
        "@{handle} asks for an account on {}, and waits for an answer of {whom}.\n\n\
         What they wrote, and the buttons to answer, are at {}",
        op.site.host(),
        op.site.at(page),
    );
    leave(op, to, "Somebody asks for an account", &text)
}

pub(crate) fn approved(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    let text = format!("Your account @{handle} is ready. Sign in at {}", op.site.at("login"));
    leave(op, to, "Your account is ready", &text)
}

pub(crate) fn rejected(op: &mut Op<'_, '_>, to: &Email, handle: &str, why: &str) -> Result<()> {
    let why = if why.is_empty() { String::new() } else { format!("\n\nThe reason: {why}") };
    let text = format!("The answer to your asking for the account @{handle} is no.{why}");
    leave(op, to, "About your account", &text)
}

pub(crate) fn reset(op: &mut Op<'_, '_>, to: &Email, handle: &str, link: &str) -> Result<()> {
    let text = format!(
        "To choose a new password for @{handle}, open this link within an hour:\n\n{link}\n\n{IGNORE}"
    );
    leave(op, to, "Choose a new password", &text)
}

pub(crate) fn changed(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    let text = format!(
        "The password of @{handle} was changed, and everybody who was signed in is signed out.\n\n\
         If it was not you, choose another one at {}",
        op.site.at("account/reset"),
    );
    leave(op, to, "Your password was changed", &text)
}

pub(crate) fn totp_on(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    let text = format!(
        "From now on @{handle} signs in with a code of your app too. Keep the recovery codes in a safe \
         place: without the app and without them nobody comes in.\n\n\
         If it was not you, choose another password at {}",
        op.site.at("account/reset"),
    );
    leave(op, to, "Signing in takes two steps now", &text)
}

pub(crate) fn totp_off(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    let text = format!(
        "From now on @{handle} signs in with the password alone.\n\n\
         If it was not you, choose another password at {}",
        op.site.at("account/reset"),
    );
    leave(op, to, "Signing in takes one step again", &text)
}

pub(crate) fn email_old(op: &mut Op<'_, '_>, to: &Email, handle: &str, link: &str) -> Result<()> {
    let text = format!(
        "Somebody who knows the password of @{handle} wants letters to go to another address.\n\n\
         If it was you, open this link within an hour, and the one that we sent to the new address:\n\n\
         {link}\n\n\
         If it was not you, do not open it, and choose another password at {}",
        op.site.at("account/reset"),
    );
    leave(op, to, "Shall your address be another one?", &text)
}

pub(crate) fn email_new(op: &mut Op<'_, '_>, to: &Email, handle: &str, link: &str) -> Result<()> {
    let text = format!(
        "Somebody wants this to be the address of @{handle} on {}.\n\n\
         If it was you, open this link within an hour, and the one that we sent to the address of \
         before:\n\n{link}\n\n{IGNORE}",
        op.site.host(),
    );
    leave(op, to, "Is this your new address?", &text)
}

pub(crate) fn email_known(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    let text = format!(
        "Somebody wants this to be the address of another account on {}. It is that of @{handle} already, \
         and stays so.\n\nIf it was not you, ignore this letter: nothing has changed.",
        op.site.host(),
    );
    leave(op, to, "You have an account already", &text)
}

pub(crate) fn email_changed(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    let text = format!(
        "Letters to @{handle} go to another address from now on; this is the last one that comes here.\n\n\
         If it was not you, tell those who keep {}.",
        op.site.host(),
    );
    leave(op, to, "Your address was changed", &text)
}

pub(crate) fn account_deleted(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    let text = format!(
        "Your account @{handle} is deleted, and so is what you have answered and whom you follow. Other \
         servers are asked to forget you as well. We do not keep this address.\n\nThank you for what you gave."
    );
    leave(op, to, "Your account is deleted", &text)
}

pub(crate) fn unsponsored(
    op: &mut Op<'_, '_>,
    to: &Email,
    handle: &str,
    collective: &str,
    until: Time,
) -> Result<()> {
    let until = until.utc().format("%Y-%m-%d");
    let text = format!(
        "{collective} looks after your account @{handle} no more.\n\n\
         Ask another collective you belong to here to look after it before {until}. \
         Until then nothing changes; then the account is suspended, and nothing is deleted."
    );
    leave(op, to, "Your account needs a collective", &text)
}

pub(crate) fn sponsored(op: &mut Op<'_, '_>, to: &Email, handle: &str, by: &str) -> Result<()> {
    let text = format!("{by} looks after your account @{handle} from now on.");
    leave(op, to, "Your account has a collective again", &text)
}

pub(crate) fn grace_over(op: &mut Op<'_, '_>, to: &Email, handle: &str) -> Result<()> {
    let text = format!(
        "No collective looks after your account @{handle}, so it is suspended. Nothing is deleted: \
         it opens again as soon as a collective you belong to takes it on."
    );
    leave(op, to, "Your account is suspended", &text)
}

pub(crate) fn door_shut(op: &mut Op<'_, '_>, to: &Email) -> Result<()> {
    let text = "Nobody who runs this server has signed in for seven days, and everybody could sign up \
                unasked. From now on new accounts wait for approval. You can open the door again in \
                the settings for signing up.";
    leave(op, to, "New accounts wait for approval now", text)
}
