//! Roles of people in a collective, and who may give and take them.

use crate::{Refusal, words::words};

words! {
    /// What a member is trusted with.
    Role, "role", {
        /// Runs the collective: everything below, members, and settings.
        Steward = "steward",
        /// Speaks for it: publishes, answers as the voice.
        Delegate = "delegate",
        /// Validates and looks after the accounts the collective sponsors.
        AccountManager = "account_manager",
        Member = "member",
    }
}

/// How a person stands with a collective at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Active(Role),
    Invited(Role),
    Suspended,
    Stranger,
}

impl Standing {
    /// May they run the collective: edit it, invite, give roles, answer follow requests?
    pub fn governs(self) -> Result<(), Refusal> {
        match self {
            Self::Active(Role::Steward) => Ok(()),
            Self::Active(_) => Err(Refusal::StewardsOnly),
            Self::Suspended => Err(Refusal::Suspended),
            Self::Invited(_) | Self::Stranger => Err(Refusal::NotAMember),
        }
    }

    /// May they look after the accounts that the collective sponsors?
    pub fn manages_accounts(self) -> Result<(), Refusal> {
        match self {
            Self::Active(Role::Steward | Role::AccountManager) => Ok(()),
            Self::Active(_) => Err(Refusal::AccountManagersOnly),
            other => other.governs(),
        }
    }

    /// May they speak as the collective's voice?
    pub fn speaks(self) -> Result<(), Refusal> {
        match self {
            Self::Active(Role::Steward | Role::Delegate) => Ok(()),
            other => other.governs(),
        }
    }

    /// Do they belong to it?
    pub fn belongs(self) -> bool {
        matches!(self, Self::Active(_))
    }
}

/// May a member of `role` stop being a steward (leave, be removed, or get another role)?
///
/// `stewards` counts the active stewards now, this member among them.
pub fn may_step_down(role: Role, stewards: i64) -> Result<(), Refusal> {
    if role == Role::Steward && stewards <= 1 { Err(Refusal::LastSteward) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_say_what_people_may_do() {
        for (standing, governs, speaks) in [
            (Standing::Active(Role::Steward), Ok(()), Ok(())),
            (Standing::Active(Role::Delegate), Err(Refusal::StewardsOnly), Ok(())),
            (
                Standing::Active(Role::AccountManager),
                Err(Refusal::StewardsOnly),
                Err(Refusal::StewardsOnly),
            ),
            (
                Standing::Active(Role::Member),
                Err(Refusal::StewardsOnly),
                Err(Refusal::StewardsOnly),
            ),
            (Standing::Invited(Role::Steward), Err(Refusal::NotAMember), Err(Refusal::NotAMember)),
            (Standing::Suspended, Err(Refusal::Suspended), Err(Refusal::Suspended)),
            (Standing::Stranger, Err(Refusal::NotAMember), Err(Refusal::NotAMember)),
        ] {
            assert_eq!((standing.governs(), standing.speaks()), (governs, speaks), "{standing:?}");
        }
    }

    #[test]
    fn account_managers_and_stewards_look_after_accounts() {
        for (standing, want) in [
            (Standing::Active(Role::Steward), Ok(())),
            (Standing::Active(Role::AccountManager), Ok(())),
            (Standing::Active(Role::Delegate), Err(Refusal::AccountManagersOnly)),
            (Standing::Active(Role::Member), Err(Refusal::AccountManagersOnly)),
            (Standing::Invited(Role::AccountManager), Err(Refusal::NotAMember)),
            (Standing::Suspended, Err(Refusal::Suspended)),
            (Standing::Stranger, Err(Refusal::NotAMember)),
        ] {
            assert_eq!(standing.manages_accounts(), want, "{standing:?}");
        }
    }

    #[test]
    fn the_last_steward_stays() {
        for (role, stewards, want) in [
            (Role::Steward, 1, Err(Refusal::LastSteward)),
            (Role::Steward, 2, Ok(())),
            (Role::Member, 1, Ok(())),
            (Role::Delegate, 0, Ok(())),
        ] {
            assert_eq!(may_step_down(role, stewards), want, "{role:?} {stewards}");
        }
    }
}
