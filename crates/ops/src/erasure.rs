//! The operation by which somebody deletes their account for good.

use db::{
    accounts::{AccountRow, Gone},
    actors::ActorRow,
};
use domain::{
    Invalid, PersonId,
    accounts::AccountRole,
    memberships::{Standing, may_step_down},
};

use crate::{Event, Op, OpError, Operation, Result, collectives, letters, mentions, relays, totp};

/// Somebody deletes their account. The password was checked before.
///
/// What they wrote, liked, offered, and looked for goes, and so does what opens the account. What they listed stays
/// with its collective, without their name. Their handle is nobody's ever again, and other servers that have heard
/// of them are told.
#[derive(Clone, Debug)]
pub struct DeleteAccount {
    /// A code, where the account asks for one.
    pub code: String,
}

impl Operation for DeleteAccount {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let account = totp::own(op)?;
        totp::demand(op, account.id, &self.code)?;
        not_the_last_admin(op, &account)?;
        let person = account.person_id;
        leave_all(op, person)?;
        let actor = db::actors::find(op.tx, person.actor())?.ok_or(OpError::NotFound("person"))?;
        let known = db::actors::is_known_elsewhere(op.tx, actor.id)?;
        let address = db::accounts::email(op.tx, account.id)?;
        take_back(op, &actor)?;
        let gone = Gone { account: account.id, person, now: op.now };
        db::accounts::erase(op.tx, gone)?;
        forget_name(op, &actor)?;
        if let Some((key, _)) = db::keys::private(op.tx, actor.id)? {
            db::keys::retire(op.tx, actor.id, &key, op.now)?;
        }
        db::actors::bury(op.tx, actor.id, op.now)?;
        if let Some(address) = address {
            letters::account_deleted(op, &address, &actor.handle, &account.locale)?;
        }
        if known {
            op.emit(&Event::ActorDeleted { actor: actor.id.uuid() })?;
        }
        Ok(())
    }
}

fn not_the_last_admin(op: &mut Op<'_, '_>, account: &AccountRow) -> Result<()> {
    if account.role == AccountRole::Admin && db::accounts::count_admins(op.tx)? <= 1 {
        let problem = "is that of the only admin of this server; make another one first";
        return Err(Invalid::new("role", problem).into());
    }
    Ok(())
}

/// Leaves every collective, and answers no invitation any more. A collective that would be without a steward is
/// named.
fn leave_all(op: &mut Op<'_, '_>, person: PersonId) -> Result<()> {
    for row in db::memberships::of_person(op.tx, person)? {
        let collective = row.actor.id.collective();
        collectives::lock(op, collective)?;
        if let Standing::Active(role) = db::memberships::standing(op.tx, collective, person)? {
            let stewards = db::memberships::count_stewards(op.tx, collective)?;
            if may_step_down(role, stewards).is_err() {
                let name = row.actor.display_name();
                let problem =
                    format!("{name} has no other steward than you; name another one there first");
                return Err(Invalid::new("collective", problem).into());
            }
        }
        db::memberships::delete(op.tx, collective, person)?;
        op.audit(Some(collective), "remove_member", &person.to_string(), "")?;
    }
    Ok(())
}

/// Takes back all that they said and did in public, and their name off what stays.
fn take_back(op: &mut Op<'_, '_>, actor: &ActorRow) -> Result<()> {
    mentions::withdraw_all_of(op, actor.id)?;
    db::follows::delete_all_of(op.tx, actor.id)?;
    db::reactions::delete_all_of(op.tx, actor.id)?;
    for listing in db::replies::threads_of(op.tx, actor.id)? {
        relays::touch(op, Some(listing))?;
    }
    for reply in db::replies::live_of(op.tx, actor.id)? {
        // Those who watch hear of each; other servers forget them all with their author.
        op.emit(&Event::heard("reply_deleted", reply))?;
    }
    db::agreements::withdraw_all_of(op.tx, actor.id)?;
    db::replies::bury_all_of(op.tx, actor.id, op.now)?;
    for listing in db::listings::disown(op.tx, actor.id.person(), op.now)? {
        op.emit(&Event::listing_changed(listing))?;
    }
    Ok(())
}

/// The log keeps what was done, by an id in place of a name.
fn forget_name(op: &mut Op<'_, '_>, actor: &ActorRow) -> Result<()> {
    let handle = actor.handle.to_lowercase();
    let names = [
        handle.clone(),
        format!("@{handle}"),
        format!("{handle}@{}", actor.host),
        actor.address().to_lowercase(),
        actor.ap_id.to_lowercase(),
    ];
    Ok(db::audit::rename(op.tx, &names, &actor.id.to_string())?)
}
