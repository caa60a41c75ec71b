//! How somebody gets in: whom a server lets in, and who has to say yes.

use crate::{Invalid, Refusal, accounts::AccountState, text, words::words};

words! {
    /// Who may ask for an account.
    SignUpMode, "mode", {
        /// Nobody.
        Closed = "closed",
        /// Whoever has an invitation.
        Invitation = "invitation",
        /// Everybody; a collective, or those who run the instance, say yes or no.
        Approval = "approval",
        /// Everybody, and nobody is asked.
        Open = "open",
    }
}

/// May somebody ask for an account?
pub fn admit(mode: SignUpMode, invited: bool) -> Result<(), Refusal> {
    match mode {
        SignUpMode::Closed => Err(Refusal::SignUpClosed),
        SignUpMode::Invitation if !invited => Err(Refusal::InvitationNeeded),
        _ => Ok(()),
    }
}

/// Where an account stands once its address is confirmed.
///
/// `approved`: somebody vouched for it already. Whoever names a collective waits for it, even where the door
/// is open: nobody is sponsored without being asked.
pub fn confirmed(mode: SignUpMode, approved: bool, names_collective: bool) -> AccountState {
    if approved || (mode == SignUpMode::Open && !names_collective) {
        AccountState::Active
    } else {
        AccountState::Waiting
    }
}

/// What somebody says who asks to be let in; it must be something where somebody will read it.
pub fn application(text: &str, is_read: bool) -> Result<String, Invalid> {
    text::lines("application", text, usize::from(is_read), 2_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mode_lets_in_whom_it_says() {
        for (mode, alone, invited) in [
            (SignUpMode::Closed, Err(Refusal::SignUpClosed), Err(Refusal::SignUpClosed)),
            (SignUpMode::Invitation, Err(Refusal::InvitationNeeded), Ok(())),
            (SignUpMode::Approval, Ok(()), Ok(())),
            (SignUpMode::Open, Ok(()), Ok(())),
        ] {
            assert_eq!((admit(mode, false), admit(mode, true)), (alone, invited), "{mode:?}");
        }
    }

    #[test]
    fn who_was_vouched_for_waits_for_nobody() {
        for (mode, approved, named, want) in [
            (SignUpMode::Invitation, true, true, AccountState::Active),
            (SignUpMode::Approval, true, true, AccountState::Active),
            (SignUpMode::Approval, false, true, AccountState::Waiting),
            (SignUpMode::Approval, false, false, AccountState::Waiting),
            (SignUpMode::Open, false, false, AccountState::Active),
            (SignUpMode::Open, false, true, AccountState::Waiting),
            (SignUpMode::Closed, false, false, AccountState::Waiting),
        ] {
            assert_eq!(confirmed(mode, approved, named), want, "{mode:?} {approved} {named}");
        }
    }
}
