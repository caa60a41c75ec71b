//! Actors of other servers, and what is known of any actor.

use db::{actors::ActorRow, follows::FollowRow};
use domain::{
    ActorId, Origin,
    people::{ActorKind, KeyPair},
};
use ops::actors::RecordActor;

use crate::{World, pair};

impl World {
    /// A person of another server that we meet: `bob@b.example` is `https://b.example/users/bob`.
    pub async fn remote_person(&self, address: &str) -> ActorId {
        self.done(Origin::server(), self.new_remote(ActorKind::Person, address)).await
    }

    /// A collective of another server that we meet: `mill@b.example` is `https://b.example/groups/mill`.
    pub async fn remote_collective(&self, address: &str) -> ActorId {
        self.done(Origin::server(), self.new_remote(ActorKind::Group, address)).await
    }

    /// What another server says of one of its actors, whose key nobody else has.
    pub fn new_remote(&self, kind: ActorKind, address: &str) -> RecordActor {
        let (handle, host) = address.split_once('@').expect("an address is name@host");
        let folder = if kind == ActorKind::Group { "groups" } else { "users" };
        let ap_id = format!("https://{host}/{folder}/{handle}");
        let key = (format!("{ap_id}#main-key"), self.remote_keys(&ap_id).public_pem);
        RecordActor {
            kind,
            handle: handle.to_owned(),
            host: host.to_owned(),
            name: String::new(),
            summary: String::new(),
            url: Some(format!("https://{host}/@{handle}")),
            inbox: format!("{ap_id}/inbox"),
            shared_inbox: Some(format!("https://{host}/inbox")),
            outbox: Some(format!("{ap_id}/outbox")),
            followers: Some(format!("{ap_id}/followers")),
            following: Some(format!("{ap_id}/following")),
            featured: None,
            moderators: None,
            icon: None,
            approves_followers: false,
            keys: vec![key],
            ap_id,
        }
    }

    /// The pair with which an actor of another server signs. There are four: the fifth is the first again.
    pub fn remote_keys(&self, ap_id: &str) -> KeyPair {
        let mut met = self.met.lock().unwrap();
        let place = met.iter().position(|known| known == ap_id).unwrap_or_else(|| {
            met.push(ap_id.to_owned());
            met.len() - 1
        });
        pair(2 + place % 4)
    }

    /// What is known of an actor.
    pub async fn actor(&self, id: ActorId) -> ActorRow {
        let actor = self.read(move |conn| db::actors::find(conn, id)).await;
        actor.expect("there is no such actor")
    }

    /// The follow of one by the other.
    pub async fn follow(&self, follower: ActorId, followed: ActorId) -> Option<FollowRow> {
        self.read(move |conn| db::follows::find(conn, follower, followed)).await
    }
}
