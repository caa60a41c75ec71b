//! Likes and votes, by a button.

use std::collections::HashMap;

use actix_web::web;
use db::Conn;
use domain::{ListingId, Origin, PersonId, ReplyId, replies::ReactionKind};
use ops::reactions::{React, ReactionObject, Unreact};
use uuid::Uuid;

use crate::{
    Result, Web,
    answer::{Answer, see},
    error::PageError,
    forms::{Bare, Posted},
    session::Viewer,
    sight,
    views::reactions::VotesView,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/listings/{id}/{said:like|unlike}").post(listing))
        .service(web::resource("/replies/{id}/{said:like|unlike|dislike|undislike}").post(reply));
}

/// Likes a listing, or likes it no longer.
async fn listing(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (id, said) = path.into_inner();
    let id: ListingId = sight::id(&id)?;
    let viewer = Some(signed.viewer.person);
    web.read(move |conn| sight::listing(conn, id, viewer)).await?;
    vote(&web, &signed.viewer, ReactionObject::Listing(id), &said).await?;
    Ok(see(&format!("/listings/{id}")))
}

/// Likes a post or an answer, votes against it, or takes that back.
async fn reply(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (id, said) = path.into_inner();
    let id: ReplyId = sight::id(&id)?;
    let viewer = Some(signed.viewer.person);
    web.read(move |conn| sight::reply(conn, id, viewer)).await?;
    vote(&web, &signed.viewer, ReactionObject::Reply(id), &said).await?;
    Ok(see(&format!("/replies/{id}")))
}

async fn vote(web: &Web, viewer: &Viewer, object: ReactionObject, said: &str) -> Result<()> {
    let origin = Origin::local(viewer.person);
    let (kind, undone) = match said {
        "like" => (ReactionKind::Like, false),
        "unlike" => (ReactionKind::Like, true),
        "dislike" => (ReactionKind::Dislike, false),
        "undislike" => (ReactionKind::Dislike, true),
        _ => return Err(PageError::NotFound),
    };
    if undone {
        web.door.perform(origin, Unreact { object, kind }).await?;
    } else {
        web.door.perform(origin, React { object, kind }).await?;
    }
    Ok(())
}

/// How several things stand, read at once.
#[derive(Debug, Default)]
pub(crate) struct Votes {
    counts: HashMap<Uuid, db::reactions::Counts>,
    own: Vec<(Uuid, ReactionKind)>,
    signed_in: bool,
}

impl Votes {
    /// Everybody's votes, and the viewer's own.
    pub(crate) fn load(conn: &mut Conn, viewer: Option<PersonId>, things: &[Uuid]) -> Result<Self> {
        let counts = db::reactions::count(conn, things)?;
        let own = match viewer {
            Some(person) => db::reactions::of_actor(conn, person.actor(), things)?,
            None => Vec::new(),
        };
        Ok(Self {
            counts: counts.into_iter().map(|it| (it.object, it)).collect(),
            own: own.into_iter().map(|(thing, kind, _)| (thing, kind)).collect(),
            signed_in: viewer.is_some(),
        })
    }

    /// How one of them stands. `base` is the path its forms go to; votes against are cast in communities.
    pub(crate) fn of(&self, thing: Uuid, base: String, against: bool) -> VotesView {
        let counts = self.counts.get(&thing).copied().unwrap_or_default();
        let did = |kind| self.own.contains(&(thing, kind));
        VotesView {
            likes: counts.likes,
            dislikes: against.then_some(counts.dislikes),
            liked: did(ReactionKind::Like),
            disliked: did(ReactionKind::Dislike),
            base: self.signed_in.then_some(base),
        }
    }
}
