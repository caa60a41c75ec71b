//! Following, by a button or by what somebody typed.

use actix_web::{http::StatusCode, web};
use domain::{ActorId, Origin};
use ops::{
    LookupError, OpError,
    follows::{AskFollow, Unfollow},
    lookup::Found,
};
use serde::Deserialize;

use crate::{
    Web,
    answer::{Answer, own_path, see, see_notice},
    error::sentence,
    feed,
    forms::{Posted, one, told},
    sight,
    views::page::Notice,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/follow").post(follow))
        .service(web::resource("/unfollow").post(unfollow));
}

/// Whom, and where the form stood.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    /// An id of ours, from a button; or a handle or an address, as typed.
    who: String,
    back: String,
}

/// Follows somebody; the address of a need, an offer, or an answer leads there instead.
async fn follow(web: web::Data<Web>, Posted(signed, sent): Posted<Sent>) -> Answer {
    let Sent { who, back } = sent;
    let back = own_path(web.door.site(), &back).unwrap_or("/home");
    let found = match sight::id(&who) {
        Ok(id) => Ok(Found::Actor(id)),
        Err(_) => web.lookup.find(who.trim()).await,
    };
    let followed = match found {
        Ok(Found::Actor(followed)) => followed,
        Ok(Found::Listing(id)) => return Ok(see(&format!("/listings/{id}"))),
        Ok(Found::Reply(id)) => return Ok(see(&format!("/replies/{id}"))),
        Err(err) => {
            let errors = one("who", not_found(&err));
            return feed::page(&web, &signed, None, who, (status(&err), errors)).await;
        }
    };
    let asked = web.door.perform(Origin::local(signed.viewer.person), AskFollow { followed }).await;
    match asked {
        Ok(_) => Ok(see_notice(back, Notice::Followed)),
        Err(err @ (OpError::Refused(_) | OpError::Invalid(_))) => {
            feed::page(&web, &signed, None, who, told(err)?).await
        }
        Err(err) => Err(err.into()),
    }
}

fn status(err: &LookupError) -> StatusCode {
    match err {
        LookupError::Ours => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// The sentences of a lookup read on from what was looked for, or stand alone.
fn not_found(err: &LookupError) -> String {
    let message = err.to_string();
    match err {
        LookupError::Malformed | LookupError::Gone => sentence(&format!("it {message}")),
        _ => sentence(&message),
    }
}

/// Follows somebody no longer.
async fn unfollow(web: web::Data<Web>, Posted(signed, sent): Posted<Sent>) -> Answer {
    let Sent { who, back } = sent;
    let followed: ActorId = sight::id(&who)?;
    web.door.perform(Origin::local(signed.viewer.person), Unfollow { followed }).await?;
    let back = own_path(web.door.site(), &back).unwrap_or("/home");
    Ok(see_notice(back, Notice::Unfollowed))
}
