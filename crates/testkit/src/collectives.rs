//! Collectives of this server and their members.

use domain::{
    CollectiveId, Handle, PersonId,
    collectives::{FollowPolicy, Profile},
    memberships::{Role, Standing},
    text::Language,
};
use ops::{
    collectives::CreateCollective,
    memberships::{AnswerInvitation, InviteMember},
};

use crate::World;

impl World {
    /// What a collective says of itself: followed at once, all members publish.
    pub fn profile(&self, name: &str) -> Profile {
        let spanish = Language::parse("es").unwrap();
        Profile::new(name, "", spanish, FollowPolicy::Open, true).unwrap()
    }

    /// What a collective is made from.
    pub fn new_collective(&self, handle: &str) -> CreateCollective {
        CreateCollective {
            handle: Handle::choose(handle).unwrap(),
            profile: self.profile(handle),
            group_keys: self.keys.next(),
            voice_keys: self.keys.next(),
        }
    }

    /// A new collective that somebody founds.
    pub async fn collective(&self, handle: &str, steward: PersonId) -> CollectiveId {
        self.done(self.local(steward), self.new_collective(handle)).await
    }

    /// A new collective whose followers wait for a steward, and whose members write drafts.
    pub async fn careful_collective(&self, handle: &str, steward: PersonId) -> CollectiveId {
        let new = self.new_collective(handle);
        let profile = Profile {
            follow_policy: FollowPolicy::Approval,
            members_publish: false,
            ..new.profile.clone()
        };
        self.done(self.local(steward), CreateCollective { profile, ..new }).await
    }

    /// A new person, invited by a steward and joined.
    pub async fn member(&self, collective: CollectiveId, handle: &str, role: Role) -> PersonId {
        let person = self.person(handle).await;
        self.join(collective, person, handle, role).await;
        person
    }

    /// Somebody who is here already is invited by a steward and joins.
    pub async fn join(&self, collective: CollectiveId, person: PersonId, handle: &str, role: Role) {
        let invite = InviteMember { collective, handle: handle.to_owned(), role };
        self.done(self.local(self.steward(collective).await), invite).await;
        self.done(self.local(person), AnswerInvitation { collective, accept: true }).await;
    }

    /// The steward who joined first.
    pub async fn steward(&self, collective: CollectiveId) -> PersonId {
        let members = self.read(move |conn| db::memberships::members(conn, collective)).await;
        let steward = members.iter().find(|it| it.role == Role::Steward && it.state == "active");
        steward.expect("this collective has no steward").actor.id.person()
    }

    /// How somebody stands with a collective.
    pub async fn standing(&self, collective: CollectiveId, person: PersonId) -> Standing {
        self.read(move |conn| db::memberships::standing(conn, collective, person)).await
    }
}
