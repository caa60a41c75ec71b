//! The two ways of saying no: a rule refuses, or a value cannot exist.

use std::borrow::Cow;

use thiserror::Error;

/// Why a rule said no. Every variant is something a person can be told, and has a stable [`code`](Self::code).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("this collective takes no new listings at the moment")]
    BoardClosed,
    #[error("only stewards and delegates may do this in this collective")]
    StewardsOnly,
    #[error("only members of this collective may do this")]
    NotAMember,
    #[error("your membership is suspended")]
    Suspended,
    #[error("that is not theirs to say")]
    NotTheirsToSay,
    #[error("a collective must keep at least one steward; name another one first")]
    LastSteward,
    #[error("this invitation was answered already or never existed")]
    NoInvitation,
    #[error("this listing is a draft; publish it first")]
    StillADraft,
    #[error("this listing is published already")]
    AlreadyPublished,
    #[error("this listing is fulfilled; reopen it before changing it")]
    Fulfilled,
    #[error("this listing was withdrawn; reopen it before changing it")]
    Withdrawn,
    #[error("this listing has expired; reopen it with a new expiry before changing it")]
    Expired,
    #[error("this listing is open, so there is nothing to reopen")]
    AlreadyOpen,
    #[error("this listing lives on another server; only its own collective can change it")]
    NotFromHere,
    #[error("somebody else has changed it meanwhile; load it again and repeat your change")]
    Stale,
    #[error("this person or server is blocked here")]
    Blocked,
    #[error("the thread is too deep to answer at this place; answer further up")]
    ThreadTooDeep,
    #[error("this thread is locked; it takes no more answers")]
    Locked,
    #[error("the account is not allowed to do this")]
    NotAllowed,
    #[error("only account managers and stewards may do this in this collective")]
    AccountManagersOnly,
    #[error("this server takes no new accounts at the moment")]
    SignUpClosed,
    #[error("an account here needs an invitation; ask a collective of this server for one")]
    InvitationNeeded,
    #[error("this account does not wait for an answer")]
    NotWaiting,
    #[error("this link was used already, has expired, or never existed; ask for a new one")]
    BadLink,
    #[error("signing in takes two steps already; turn that off first")]
    TotpIsOn,
    #[error("signing in takes one step only; turn the second one on first")]
    TotpIsOff,
    #[error("you cannot follow yourself")]
    FollowsItself,
    #[error("there is no such request to answer")]
    NoRequest,
    #[error("this concerns nobody on this server")]
    NotForUs,
    #[error("what was deleted does not come back")]
    Deleted,
    #[error("this listing is not open: nothing more is needed or offered")]
    NoLongerOpen,
    #[error("less is left than was offered: somebody else was quicker, or the listing was changed")]
    NotEnoughLeft,
    #[error("this was answered or taken back already")]
    AlreadyAnswered,
    #[error(
        "what you have offered here waits for its answer; take it back first to offer something else"
    )]
    AlreadyOffered,
    #[error("this was not agreed on by both sides")]
    NotAgreed,
    #[error("too many offers to this collective wait for an answer, or were made today")]
    TooManyOffers,
    #[error("this collective takes members by invitation alone; ask its stewards for one")]
    InvitationOnly,
    #[error("that server does not understand offers of this kind; write a reply instead")]
    RepliesOnly,
    #[error("another steward has taken this; they see to it, or put it back")]
    TakenAlready,
    #[error("a collective has at most 10 webhooks; delete one first")]
    TooManyWebhooks,
    #[error("this webhook is turned off; turn it on first")]
    WebhookIsOff,
    #[error("whoever decided or proposed this does not answer it; somebody else has to")]
    OwnDecision,
    #[error("this takes two who run this place; propose it, and another one has to agree")]
    SecondPerson,
}

impl Refusal {
    /// A name for programs, stable for ever.
    pub fn code(self) -> &'static str {
        match self {
            Self::BoardClosed => "board_closed",
            Self::StewardsOnly => "stewards_only",
            Self::NotAMember => "not_a_member",
            Self::Suspended => "suspended",
            Self::NotTheirsToSay => "not_theirs_to_say",
            Self::LastSteward => "last_steward",
            Self::NoInvitation => "no_invitation",
            Self::StillADraft => "still_a_draft",
            Self::AlreadyPublished => "already_published",
            Self::Fulfilled => "fulfilled",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::AlreadyOpen => "already_open",
            Self::NotFromHere => "not_from_here",
            Self::Stale => "stale",
            Self::Blocked => "blocked",
            Self::ThreadTooDeep => "thread_too_deep",
            Self::Locked => "locked",
            Self::NotAllowed => "not_allowed",
            Self::AccountManagersOnly => "account_managers_only",
            Self::SignUpClosed => "sign_up_closed",
            Self::InvitationNeeded => "invitation_needed",
            Self::NotWaiting => "not_waiting",
            Self::BadLink => "bad_link",
            Self::TotpIsOn => "totp_is_on",
            Self::TotpIsOff => "totp_is_off",
            Self::FollowsItself => "follows_itself",
            Self::NoRequest => "no_request",
            Self::NotForUs => "not_for_us",
            Self::Deleted => "deleted",
            Self::NoLongerOpen => "no_longer_open",
            Self::NotEnoughLeft => "not_enough_left",
            Self::AlreadyAnswered => "already_answered",
            Self::AlreadyOffered => "already_offered",
            Self::NotAgreed => "not_agreed",
            Self::TooManyOffers => "too_many_offers",
            Self::InvitationOnly => "invitation_only",
            Self::RepliesOnly => "replies_only",
            Self::TakenAlready => "taken_already",
            Self::TooManyWebhooks => "too_many_webhooks",
            Self::WebhookIsOff => "webhook_is_off",
            Self::OwnDecision => "own_decision",
            Self::SecondPerson => "second_person_needed",
        }
    }
}

/// A value that cannot exist: which field, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{field} {problem}")]
pub struct Invalid {
    /// The field, as the API and the form call it.
    pub field: &'static str,
    /// What would be right, to be read after the field's name: "must be 1 to 120 characters".
    pub problem: Cow<'static, str>,
}

impl Invalid {
    /// `problem` reads on from the field's name: "must be …".
    pub fn new(field: &'static str, problem: impl Into<Cow<'static, str>>) -> Self {
        Self { field, problem: problem.into() }
    }
}
