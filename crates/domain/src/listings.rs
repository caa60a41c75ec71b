//! Needs and offers: their words, their states, and who may change them.

use crate::{
    Invalid, PersonId, Refusal, Time,
    memberships::{Role, Standing},
    place::Place,
    quantity::{Amount, Quantity},
    text::{self, Language, Licence},
    words::words,
};

words! {
    /// Whether something is needed or offered; on the wire `vf:purpose` `request` or `offer`.
    Purpose, "purpose", { Need = "need", Offer = "offer" }
}

words! {
    /// What kind of thing it is about.
    Kind, "kind", {
        Financial = "financial",
        /// People's time, hands, and skills.
        Time = "time",
        /// Things, tools, food, technical means.
        Goods = "goods",
        Knowledge = "knowledge",
        Space = "space",
    }
}

words! {
    /// On which terms; there is no sale.
    Terms, "terms", {
        Gift = "gift",
        Loan = "loan",
        Use = "use",
        Barter = "barter",
        TimeBank = "timebank",
        LetsTalk = "lets-talk",
    }
}

words! {
    /// How soon it matters.
    Urgency, "urgency", {
        Today = "today",
        Days = "days",
        Weeks = "weeks",
        Season = "season",
        Standing = "standing",
    }
}

words! {
    /// The field of life it belongs to, after the activities of the RIPESS `ESSglobal` vocabulary (CC BY 3.0).
    Category, "category", {
        Arts = "arts-culture",
        Campaigning = "campaigning",
        CommunitySpaces = "community-spaces",
        Education = "education",
        Energy = "energy",
        Food = "food",
        GoodsServices = "goods-services",
        Health = "health-care",
        Housing = "housing",
        Money = "money-finance",
        Nature = "nature-environment",
        Repair = "reuse-repair",
        Agriculture = "agriculture",
        Industry = "crafts-industry",
        Utilities = "water-utilities",
        Transport = "transport",
        Technology = "information-technology",
    }
}

words! {
    /// Where a listing stands.
    State, "state", {
        /// Seen by its collective alone; it has never left this server.
        Draft = "draft",
        Open = "open",
        /// Some of it was found or given.
        Partly = "partly",
        Fulfilled = "fulfilled",
        Withdrawn = "withdrawn",
        Expired = "expired",
    }
}

words! {
    /// Who is shown as its author: the collective, or the member who chose to sign.
    Signature, "signed_by", { Voice = "voice", Member = "member" }
}

/// One line of 1 to 120 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    /// Trims, and refuses what is empty or too long.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        text::line("title", text, 1, 120).map(Self)
    }

    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Title> for String {
    fn from(title: Title) -> Self {
        title.0
    }
}

/// From when until when it is wanted or to be had, and when the listing closes by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    pub starts_at: Option<Time>,
    pub ends_at: Option<Time>,
    pub expires_at: Option<Time>,
}

impl Window {
    /// Refuses an end before the start, and an expiry that has passed or is more than five years away.
    pub fn check(self, now: Time) -> Result<Self, Invalid> {
        if let (Some(starts), Some(ends)) = (self.starts_at, self.ends_at)
            && ends < starts
        {
            return Err(Invalid::new("ends_at", "must not be before starts_at"));
        }
        match self.expires_at {
            Some(expires) if expires <= now => {
                Err(Invalid::new("expires_at", "must be in the future"))
            }
            Some(expires) if now.plus_days(5 * 366) < expires => {
                Err(Invalid::new("expires_at", "must be within five years"))
            }
            _ => Ok(self),
        }
    }
}

/// What the author of a listing chose; everything a listing says that is not its state.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    pub purpose: Purpose,
    pub kind: Kind,
    pub title: Title,
    /// Plain text, up to 5,000 characters; addresses in it become links when shown.
    pub text: String,
    pub quantity: Option<Quantity>,
    pub category: Option<Category>,
    pub terms: Terms,
    pub place: Option<Place>,
    pub window: Window,
    pub language: Language,
    pub urgency: Option<Urgency>,
    pub licence: Licence,
    pub signed_by: Signature,
}

/// The text of a listing: up to 5,000 characters.
pub fn body(text: &str) -> Result<String, Invalid> {
    text::lines("text", text, 0, 5_000)
}

/// The rules a collective has set for its board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Board {
    pub open: bool,
    /// Whether members publish by themselves; if not, they write drafts.
    pub members_publish: bool,
}

/// May someone of this standing put a listing on this board, and in which state?
pub fn admit(board: Board, standing: Standing, publish: bool) -> Result<State, Refusal> {
    if publish && !board.open {
        return Err(Refusal::BoardClosed);
    }
    match standing {
        Standing::Active(Role::Steward | Role::Delegate) if publish => Ok(State::Open),
        Standing::Active(_) if publish && board.members_publish => Ok(State::Open),
        Standing::Active(_) if publish => Err(Refusal::StewardsOnly),
        Standing::Active(_) => Ok(State::Draft),
        Standing::Suspended => Err(Refusal::Suspended),
        Standing::Invited(_) | Standing::Stranger => Err(Refusal::NotAMember),
    }
}

/// May someone of this standing change a listing that `author` wrote?
pub fn may_change(standing: Standing, author: PersonId, person: PersonId) -> Result<(), Refusal> {
    match standing {
        Standing::Active(Role::Steward | Role::Delegate) => Ok(()),
        Standing::Active(_) if author == person => Ok(()),
        Standing::Active(_) => Err(Refusal::StewardsOnly),
        Standing::Suspended => Err(Refusal::Suspended),
        Standing::Invited(_) | Standing::Stranger => Err(Refusal::NotAMember),
    }
}

impl State {
    /// Is help still wanted, or still to be had?
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Partly)
    }

    /// May its words be changed now?
    pub fn edit(self) -> Result<Self, Refusal> {
        match self {
            Self::Draft | Self::Open | Self::Partly => Ok(self),
            closed => Err(closed.closed()),
        }
    }

    /// From a draft to the world.
    pub fn publish(self) -> Result<Self, Refusal> {
        match self {
            Self::Draft => Ok(Self::Open),
            _ => Err(Refusal::AlreadyPublished),
        }
    }

    /// After something was found: open, partly, or fulfilled when nothing remains.
    pub fn progress(self, quantity: Quantity) -> Result<Self, Refusal> {
        match self {
            Self::Draft => Err(Refusal::StillADraft),
            Self::Open | Self::Partly if quantity.remaining == Amount::NOTHING => {
                Ok(Self::Fulfilled)
            }
            Self::Open | Self::Partly if quantity.remaining == quantity.total => Ok(Self::Open),
            Self::Open | Self::Partly => Ok(Self::Partly),
            closed => Err(closed.closed()),
        }
    }

    /// Everything was found or given.
    pub fn fulfil(self) -> Result<Self, Refusal> {
        self.close(Self::Fulfilled)
    }

    /// No longer needed, no longer offered.
    pub fn withdraw(self) -> Result<Self, Refusal> {
        self.close(Self::Withdrawn)
    }

    /// Its time is over.
    pub fn expire(self) -> Result<Self, Refusal> {
        self.close(Self::Expired)
    }

    /// Open again; partly, if something was found before.
    pub fn reopen(self, quantity: Option<Quantity>) -> Result<Self, Refusal> {
        match self {
            Self::Fulfilled | Self::Withdrawn | Self::Expired => Ok(match quantity {
                Some(q) if q.remaining < q.total && q.remaining != Amount::NOTHING => Self::Partly,
                _ => Self::Open,
            }),
            Self::Draft => Err(Refusal::StillADraft),
            Self::Open | Self::Partly => Err(Refusal::AlreadyOpen),
        }
    }

    fn close(self, to: Self) -> Result<Self, Refusal> {
        match self {
            Self::Draft => Err(Refusal::StillADraft),
            Self::Open | Self::Partly => Ok(to),
            closed => Err(closed.closed()),
        }
    }

    fn closed(self) -> Refusal {
        match self {
            Self::Fulfilled => Refusal::Fulfilled,
            Self::Withdrawn => Refusal::Withdrawn,
            Self::Expired => Refusal::Expired,
            Self::Draft => Refusal::StillADraft,
            Self::Open | Self::Partly => Refusal::AlreadyOpen,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Unit;
    use uuid::Uuid;

    fn chairs(remaining: &str) -> Quantity {
        let amount = |n| Amount::parse_or_nothing("quantity", n).unwrap();
        Quantity { remaining: amount(remaining), ..Quantity::whole(amount("20"), Unit::One) }
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of six states and six steps")]
    fn a_listing_goes_only_where_its_state_allows() {
        use Refusal as R;
        use State::{Draft, Expired, Fulfilled, Open, Partly, Withdrawn};
        // state, edit, publish, progress (8 of 20), fulfil, withdraw, reopen
        type Row = (State, [Result<State, Refusal>; 6]);
        let table: [Row; 6] = [
            (
                Draft,
                [
                    Ok(Draft),
                    Ok(Open),
                    Err(R::StillADraft),
                    Err(R::StillADraft),
                    Err(R::StillADraft),
                    Err(R::StillADraft),
                ],
            ),
            (
                Open,
                [
                    Ok(Open),
                    Err(R::AlreadyPublished),
                    Ok(Partly),
                    Ok(Fulfilled),
                    Ok(Withdrawn),
                    Err(R::AlreadyOpen),
                ],
            ),
            (
                Partly,
                [
                    Ok(Partly),
                    Err(R::AlreadyPublished),
                    Ok(Partly),
                    Ok(Fulfilled),
                    Ok(Withdrawn),
                    Err(R::AlreadyOpen),
                ],
            ),
            (
                Fulfilled,
                [
                    Err(R::Fulfilled),
                    Err(R::AlreadyPublished),
                    Err(R::Fulfilled),
                    Err(R::Fulfilled),
                    Err(R::Fulfilled),
                    Ok(Partly),
                ],
            ),
            (
                Withdrawn,
                [
                    Err(R::Withdrawn),
                    Err(R::AlreadyPublished),
                    Err(R::Withdrawn),
                    Err(R::Withdrawn),
                    Err(R::Withdrawn),
                    Ok(Partly),
                ],
            ),
            (
                Expired,
                [
                    Err(R::Expired),
                    Err(R::AlreadyPublished),
                    Err(R::Expired),
                    Err(R::Expired),
                    Err(R::Expired),
                    Ok(Partly),
                ],
            ),
        ];
        for (state, want) in table {
            let got = [
                state.edit(),
                state.publish(),
                state.progress(chairs("12")),
                state.fulfil(),
                state.withdraw(),
                state.reopen(Some(chairs("12"))),
            ];
            assert_eq!(got, want, "{state:?}");
        }
    }

    #[test]
    fn progress_says_open_partly_or_fulfilled_by_what_remains() {
        for (remaining, want) in [
            ("20", State::Open),
            ("12", State::Partly),
            ("0.5", State::Partly),
            ("0", State::Fulfilled),
        ] {
            assert_eq!(State::Partly.progress(chairs(remaining)), Ok(want), "{remaining}");
        }
        assert_eq!(State::Fulfilled.reopen(Some(chairs("0"))), Ok(State::Open));
        assert_eq!(State::Fulfilled.reopen(None), Ok(State::Open));
    }

    #[test]
    fn the_board_says_who_publishes() {
        let board = |open, members_publish| Board { open, members_publish };
        for (board, standing, publish, want) in [
            (board(true, true), Standing::Active(Role::Member), true, Ok(State::Open)),
            (board(true, false), Standing::Active(Role::Member), true, Err(Refusal::StewardsOnly)),
            (board(true, false), Standing::Active(Role::Member), false, Ok(State::Draft)),
            (board(true, false), Standing::Active(Role::Delegate), true, Ok(State::Open)),
            (board(false, true), Standing::Active(Role::Steward), true, Err(Refusal::BoardClosed)),
            (board(false, true), Standing::Active(Role::Steward), false, Ok(State::Draft)),
            (board(true, true), Standing::Invited(Role::Steward), true, Err(Refusal::NotAMember)),
            (board(true, true), Standing::Suspended, true, Err(Refusal::Suspended)),
            (board(true, true), Standing::Stranger, false, Err(Refusal::NotAMember)),
        ] {
            assert_eq!(admit(board, standing, publish), want, "{board:?} {standing:?} {publish}");
        }
    }

    #[test]
    fn a_member_changes_their_own_and_a_steward_every_listing() {
        let [ada, bob] = [1, 2].map(|n| PersonId::from(Uuid::from_u128(n)));
        for (standing, author, want) in [
            (Standing::Active(Role::Steward), bob, Ok(())),
            (Standing::Active(Role::Member), ada, Ok(())),
            (Standing::Active(Role::Member), bob, Err(Refusal::StewardsOnly)),
            (Standing::Active(Role::AccountManager), bob, Err(Refusal::StewardsOnly)),
            (Standing::Suspended, ada, Err(Refusal::Suspended)),
            (Standing::Stranger, ada, Err(Refusal::NotAMember)),
        ] {
            assert_eq!(may_change(standing, author, ada), want, "{standing:?}");
        }
    }

    #[test]
    fn windows_are_possible() {
        let now = Time::parse("now", "2026-03-01T00:00:00Z").unwrap();
        let at = |days| Some(now.plus_days(days));
        for (starts_at, ends_at, expires_at, field) in [
            (None, None, None, None),
            (at(1), at(2), at(3), None),
            (at(2), at(1), None, Some("ends_at")),
            (None, None, at(0), Some("expires_at")),
            (None, None, at(5 * 366 + 1), Some("expires_at")),
        ] {
            let window = Window { starts_at, ends_at, expires_at };
            assert_eq!(window.check(now).err().map(|e| e.field), field);
        }
    }
}
