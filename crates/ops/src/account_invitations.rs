//! Operations on words by which somebody may ask for an account.

use db::account_invitations::InvitationRow;
use domain::{AccountInvitationId, CollectiveId, Invalid, Speaker};

use crate::{Op, OpError, Operation, Result, sponsors::Desk};

/// Those who look after accounts make an invitation; whoever comes with it needs no other yes.
#[derive(Clone, Debug)]
pub struct InviteAccount {
    pub desk: Desk,
    /// Of the invitation's word.
    pub digest: Vec<u8>,
    /// For whom it is; 0 to 200 characters.
    pub note: String,
    /// How many may come with it.
    pub uses: i32,
    /// For how many days.
    pub days: i64,
}

impl Operation for InviteAccount {
    type Done = AccountInvitationId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<AccountInvitationId> {
        self.desk.sit(op)?;
        if !(1..=100).contains(&self.uses) {
            return Err(Invalid::new("uses", "must be a number from 1 to 100").into());
        }
        if !(1..=90).contains(&self.days) {
            return Err(Invalid::new("days", "must be a number from 1 to 90").into());
        }
        let collective = self.desk.collective();
        let row = InvitationRow {
            id: op.mint(),
            collective_id: collective,
            note: self.note,
            uses_left: self.uses,
            created_at: op.now,
            expires_at: op.now.plus_days(self.days),
        };
        let by = match op.origin.speaker {
            Speaker::Person(person) => Some(person),
            _ => None,
        };
        db::account_invitations::insert(op.tx, &row, &self.digest, by)?;
        op.audit(collective, "invite_account", &row.id.to_string(), "")?;
        Ok(row.id)
    }
}

/// Takes an invitation of a collective back.
#[derive(Clone, Debug)]
pub struct RevokeInvitation {
    pub collective: CollectiveId,
    pub invitation: AccountInvitationId,
}

impl Operation for RevokeInvitation {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        Desk::Collective(self.collective).sit(op)?;
        if !db::account_invitations::delete(op.tx, self.collective, self.invitation)? {
            return Err(OpError::NotFound("invitation"));
        }
        let target = self.invitation.to_string();
        op.audit(Some(self.collective), "revoke_account_invitation", &target, "")
    }
}
