//! A few actors, follows, and activities, for tests of what lies on top of them.

use db::{Result, Tx, activities::ActivityRow, actors::NewActor, follows::FollowRow};
use domain::{ActivityId, ActorId, follows::FollowState, people::ActorKind};

use crate::engines::{at, id};

/// An actor of `b.example` and the like, or of this server where the host is `a.example`.
pub(crate) fn actor(tx: &mut Tx<'_>, number: u128, host: &str, shared: bool) -> Result<ActorId> {
    let ap_id = format!("https://{host}/users/{number}");
    db::instances::meet(tx, host, at(0))?;
    let new = NewActor {
        id: id(number),
        kind: ActorKind::Person,
        handle: format!("actor{number}"),
        host: host.to_owned(),
        local: host == "a.example",
        name: String::new(),
        summary: String::new(),
        url: None,
        inbox: format!("{ap_id}/inbox"),
        shared_inbox: shared.then(|| format!("https://{host}/inbox")),
        outbox: None,
        followers: None,
        following: None,
        featured: None,
        moderators: None,
        icon: None,
        approves_followers: false,
        now: at(0),
        ap_id,
    };
    db::actors::upsert(tx, &new)
}

pub(crate) fn follow(
    tx: &mut Tx<'_>,
    follower: ActorId,
    followed: ActorId,
    state: FollowState,
) -> Result<()> {
    let row = FollowRow {
        id: id(follower.uuid().as_u128()),
        ap_id: format!("https://b.example/follows/{follower}"),
        follower_id: follower,
        followed_id: followed,
        state,
        created_at: at(0),
    };
    db::follows::upsert(tx, &row).map(drop)
}

pub(crate) fn activity(tx: &mut Tx<'_>, number: u128, sender: ActorId) -> Result<ActivityId> {
    let row = ActivityRow {
        id: id(number),
        actor_id: sender,
        kind: "Create".to_owned(),
        public: true,
        body: "{}".to_owned(),
        created_at: at(0),
        key_id: None,
        lane: vec![1],
    };
    db::activities::insert(tx, &row)?;
    Ok(row.id)
}
