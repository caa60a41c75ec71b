//! What is left of an account that its owner has deleted: a row without a word in it.

use diesel::prelude::*;
use domain::{
    AccountId, PersonId, Time,
    accounts::{AccountRole, AccountState},
};

use crate::{
    Result, Tx,
    jobs::MAIL,
    schema::{
        account_invitations, account_secrets, accounts, activities, blocks, deliveries,
        idempotency_keys, incoming, jobs, media, mutes, notifications, oauth_codes, recovery_codes,
        refresh_tokens, reports, saved_searches, sessions, tokens,
    },
};

/// Who is gone.
#[derive(Clone, Copy, Debug)]
pub struct Gone {
    pub account: AccountId,
    pub person: PersonId,
    pub now: Time,
}

/// Erases what belongs to nobody but its owner: address, password, sessions, tokens, secrets, what they looked
/// for, what they were told, and letters that still wait for them.
pub fn erase(tx: &mut Tx<'_>, gone: Gone) -> Result<()> {
    let address: Option<String> =
        accounts::table.find(gone.account.bytes()).select(accounts::email).first(&mut **tx)?;
    if let Some(address) = address {
        let theirs = format!("%\"to\":\"{}\"%", escaped(&address));
        let letters =
            jobs::table.filter(jobs::kind.eq(MAIL)).filter(jobs::payload.like(theirs).escape('\\'));
        diesel::delete(letters).execute(&mut **tx)?;
    }
    empty_row(tx, gone)?;
    secrets(tx, gone.account)?;
    own_things(tx, gone.person)?;
    said(tx, gone.person)
}

/// A text as `LIKE` reads it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

fn empty_row(tx: &mut Tx<'_>, gone: Gone) -> Result<()> {
    diesel::update(accounts::table.find(gone.account.bytes()))
        .set((
            accounts::email.eq(None::<String>),
            accounts::password_hash.eq(""),
            accounts::role.eq(AccountRole::Member.word()),
            accounts::sponsor_id.eq(None::<Vec<u8>>),
            accounts::unsponsored_at.eq(None::<i64>),
            accounts::locale.eq(""),
            accounts::state.eq(AccountState::Deleted.word()),
            accounts::application.eq(""),
            accounts::totp_secret.eq(None::<Vec<u8>>),
            accounts::totp_confirmed_at.eq(None::<i64>),
            accounts::totp_step.eq(None::<i64>),
            accounts::deleted_at.eq(Some(gone.now.micros())),
            accounts::stop_word.eq(None::<String>),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// What opens an account, and the answers that are kept for its requests.
fn secrets(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    let id = account.bytes();
    let theirs = sessions::table.filter(sessions::account_id.eq(&id));
    diesel::delete(theirs).execute(&mut **tx)?;
    let theirs = tokens::table.filter(tokens::account_id.eq(&id));
    diesel::delete(theirs).execute(&mut **tx)?;
    let theirs = refresh_tokens::table.filter(refresh_tokens::account_id.eq(&id));
    diesel::delete(theirs).execute(&mut **tx)?;
    let theirs = oauth_codes::table.filter(oauth_codes::account_id.eq(&id));
    diesel::delete(theirs).execute(&mut **tx)?;
    let theirs = account_secrets::table.filter(account_secrets::account_id.eq(&id));
    diesel::delete(theirs).execute(&mut **tx)?;
    let theirs = recovery_codes::table.filter(recovery_codes::account_id.eq(&id));
    diesel::delete(theirs).execute(&mut **tx)?;
    let theirs = idempotency_keys::table
        .filter(idempotency_keys::account_id.eq(&id))
        .filter(idempotency_keys::status.is_not_null());
    diesel::delete(theirs).execute(&mut **tx)?;
    Ok(())
}

fn own_things(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    let id = person.bytes();
    let theirs = saved_searches::table.filter(saved_searches::person_id.eq(&id));
    diesel::delete(theirs).execute(&mut **tx)?;
    let theirs = mutes::table.filter(mutes::person_id.eq(&id).or(mutes::muted_id.eq(&id)));
    diesel::delete(theirs).execute(&mut **tx)?;
    let theirs = notifications::table
        .filter(notifications::person_id.eq(&id).or(notifications::actor_id.eq(Some(&id))));
    diesel::delete(theirs).execute(&mut **tx)?;
    let theirs = blocks::table.filter(blocks::blocker_id.eq(&id));
    diesel::delete(theirs).execute(&mut **tx)?;
    // Those that come with nothing are thrown away with their files at the next sweep.
    let theirs = media::table.filter(media::owner_id.eq(&id)).filter(media::listing_id.is_null());
    diesel::update(theirs)
        .set((media::alt.eq(""), media::created_at.eq(0_i64)))
        .execute(&mut **tx)?;
    let theirs = account_invitations::table.filter(account_invitations::created_by.eq(Some(&id)));
    diesel::update(theirs)
        .set(account_invitations::created_by.eq(None::<Vec<u8>>))
        .execute(&mut **tx)?;
    let theirs = incoming::table
        .filter(incoming::kind.eq("join_request"))
        .filter(incoming::subject_id.eq(&id));
    diesel::delete(theirs).execute(&mut **tx)?;
    crate::incoming::let_go(tx, None, person)
}

/// What they sent, and what of it still waits.
fn said(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    let theirs =
        || activities::table.filter(activities::actor_id.eq(person.bytes())).select(activities::id);
    let waiting = deliveries::table.filter(deliveries::activity_id.eq_any(theirs()));
    diesel::delete(waiting).execute(&mut **tx)?;
    let sent = activities::table.filter(activities::actor_id.eq(person.bytes()));
    diesel::delete(sent).execute(&mut **tx)?;
    // Why they reported is theirs (walks `reports_reporter_idx`); that it was reported, and what, stays with the moderators.
    let reported = reports::table.filter(reports::reporter_id.eq(person.bytes()));
    diesel::update(reported).set(reports::text.eq("")).execute(&mut **tx)?;
    Ok(())
}
