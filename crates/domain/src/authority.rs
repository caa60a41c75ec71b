//! Whose word counts: the home server of a board decides, every other server asks or records.

use url::Url;

use crate::{ActorId, CollectiveId, InboundId, PersonId, Refusal};

/// The collective something belongs to, and whether we are the server it lives on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    pub collective: CollectiveId,
    pub here: bool,
}

/// Who says so, and by which way it reached us. The speaker has been authenticated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub speaker: Speaker,
    pub way: Way,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    Person(PersonId),
    Collective(CollectiveId),
    /// An actor of another server that has no name here (yet).
    Stranger,
    /// This server itself: its clock, its workers, and whoever may run its commands.
    Server,
}

/// How it reached us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A page, a client, or a command of this server.
    Local,
    /// An activity in an inbox; the door claims `activity` so that it is done once. `inbound` is the stored
    /// message, for those who pass it on.
    Inbox { activity: Url, claim: [u8; 32], inbound: InboundId },
    /// A document we fetched from its own server.
    Fetched,
    /// The clock.
    Clock,
}

/// What a word is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authority {
    /// Ours to decide: the rules run.
    Decide,
    /// Not ours: stored as awaiting its home, which is told.
    Ask,
    /// Its home has decided: stored as it says.
    Record,
}

impl Origin {
    /// A person of this server, signed in.
    pub fn local(person: PersonId) -> Self {
        Self { speaker: Speaker::Person(person), way: Way::Local }
    }

    /// The server's own hand: commands and housekeeping.
    pub fn server() -> Self {
        Self { speaker: Speaker::Server, way: Way::Local }
    }

    /// Somebody at a page or a client of this server who is not signed in.
    pub fn visitor() -> Self {
        Self { speaker: Speaker::Stranger, way: Way::Local }
    }

    /// The clock of this server.
    pub fn clock() -> Self {
        Self { speaker: Speaker::Server, way: Way::Clock }
    }

    /// The speaking actor, where it has a name here.
    pub fn actor(&self) -> Option<ActorId> {
        match self.speaker {
            Speaker::Person(person) => Some(person.actor()),
            Speaker::Collective(collective) => Some(collective.actor()),
            Speaker::Stranger | Speaker::Server => None,
        }
    }
}

/// Whose word counts when `origin` speaks of a change that `author` makes to something `home` keeps?
pub fn authority(home: Home, author: PersonId, origin: &Origin) -> Result<Authority, Refusal> {
    match (home.here, origin.speaker, &origin.way) {
        (true, Speaker::Person(person), _) if person == author => Ok(Authority::Decide),
        (true, Speaker::Server, Way::Clock | Way::Local) => Ok(Authority::Decide),
        (false, Speaker::Person(person), Way::Local) if person == author => Ok(Authority::Ask),
        (false, Speaker::Collective(it), Way::Inbox { .. } | Way::Fetched)
            if it == home.collective =>
        {
            Ok(Authority::Record)
        }
        _ => Err(Refusal::NotTheirsToSay),
    }
}

/// Does `origin` speak of what is its own? A reply, a like, a follow belongs to the actor who makes it.
pub fn own_word(owner: ActorId, origin: &Origin) -> Result<(), Refusal> {
    if origin.actor() == Some(owner) { Ok(()) } else { Err(Refusal::NotTheirsToSay) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn only_the_author_or_the_board_is_heard() {
        let [garden, mill] = [1, 2].map(|n| CollectiveId::from(Uuid::from_u128(n)));
        let [ada, eve] = [3, 4].map(|n| PersonId::from(Uuid::from_u128(n)));
        let inbox = || Way::Inbox {
            activity: Url::parse("https://b.example/1").unwrap(),
            claim: [0; 32],
            inbound: InboundId::from(Uuid::from_u128(9)),
        };
        let said = |speaker, way| Origin { speaker, way };
        let hears = |here, origin| authority(Home { collective: garden, here }, ada, &origin);

        for (here, speaker, way, want) in [
            (true, Speaker::Person(ada), Way::Local, Ok(Authority::Decide)),
            (true, Speaker::Person(ada), inbox(), Ok(Authority::Decide)),
            (true, Speaker::Person(eve), Way::Local, Err(Refusal::NotTheirsToSay)),
            (true, Speaker::Collective(mill), Way::Fetched, Err(Refusal::NotTheirsToSay)),
            (true, Speaker::Collective(garden), inbox(), Err(Refusal::NotTheirsToSay)),
            (true, Speaker::Server, Way::Clock, Ok(Authority::Decide)),
            (true, Speaker::Stranger, inbox(), Err(Refusal::NotTheirsToSay)),
            (false, Speaker::Person(ada), Way::Local, Ok(Authority::Ask)),
            (false, Speaker::Person(ada), Way::Fetched, Err(Refusal::NotTheirsToSay)),
            (false, Speaker::Collective(garden), Way::Fetched, Ok(Authority::Record)),
            (false, Speaker::Collective(garden), inbox(), Ok(Authority::Record)),
            (false, Speaker::Collective(garden), Way::Local, Err(Refusal::NotTheirsToSay)),
            (false, Speaker::Collective(mill), Way::Fetched, Err(Refusal::NotTheirsToSay)),
            (false, Speaker::Server, Way::Clock, Err(Refusal::NotTheirsToSay)),
        ] {
            assert_eq!(hears(here, said(speaker, way.clone())), want, "{here} {speaker:?} {way:?}");
        }
    }

    #[test]
    fn nobody_speaks_for_another() {
        let [ada, eve] = [3, 4].map(|n| PersonId::from(Uuid::from_u128(n)));
        assert_eq!(own_word(ada.actor(), &Origin::local(ada)), Ok(()));
        assert_eq!(own_word(ada.actor(), &Origin::local(eve)), Err(Refusal::NotTheirsToSay));
        assert_eq!(own_word(ada.actor(), &Origin::server()), Err(Refusal::NotTheirsToSay));
    }
}
