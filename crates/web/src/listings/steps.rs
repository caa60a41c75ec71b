//! From state to state, one button each.

use actix_web::web;
use domain::{
    ListingId, Origin,
    listings::State,
    quantity::Amount,
    replies::{As, body},
};
use ops::{
    OpError,
    listings::{DeleteListing, MoveListing, Step},
    replies::PostReply,
};
use serde::Deserialize;

use super::show::{Answering, page};
use crate::{
    Result, Web, actors,
    answer::{Answer, see_notice},
    error::PageError,
    forms::{Bare, Posted, told},
    session::Signed,
    sight,
    views::page::Notice,
};

/// What a step is told: what was seen, and how much was found.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Taken {
    version: String,
    found: String,
    /// What is said to those who helped.
    thanks: String,
}

/// Moves a listing on.
pub(super) async fn step(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, taken): Posted<Taken>,
) -> Answer {
    let (id, word) = path.into_inner();
    let (listing, taken) = (sight::id(&id)?, taken);
    seen(&web, &signed, listing).await?;
    let version = taken.version.parse().ok();
    let thanks = thanks(&word, &taken.thanks)?;
    let moved = match which(&word, &taken.found) {
        Ok(step) => {
            let operation = MoveListing { listing, step, version };
            web.door.perform(Origin::local(signed.viewer.person), operation).await
        }
        Err(err) => Err(err),
    };
    if let (Ok(_), Some(text)) = (&moved, thanks) {
        give_thanks(&web, Origin::local(signed.viewer.person), listing, text).await;
    }
    match moved {
        Ok(_) if word == "publish" => Ok(see_notice(&format!("/listings/{id}"), Notice::Published)),
        Ok(_) => Ok(see_notice(&format!("/listings/{id}"), Notice::StateChanged)),
        Err(err @ OpError::Invalid(_)) => {
            let (status, found_errors) = told(err)?;
            let found = Some(taken.found);
            let answering = Answering { found, found_errors, ..Answering::default() };
            page(&web, &signed.visit, listing, None, answering, status).await
        }
        Err(err) => Err(err.into()),
    }
}

/// In the voice of the collective; by whoever may not speak with it, in their own name.
async fn give_thanks(web: &Web, origin: Origin, listing: ListingId, text: String) {
    let voice = PostReply { listing, parent: None, speak: As::Voice, text, language: None };
    let themselves = PostReply { speak: As::Themselves, ..voice.clone() };
    let said = match web.door.perform(origin.clone(), voice).await {
        Err(OpError::Refused(_)) => web.door.perform(origin, themselves).await,
        said => said,
    };
    // The listing is fulfilled, whatever becomes of the thanks.
    drop(said.inspect_err(|err| tracing::warn!(%err, "thanks could not be said")));
}

/// What is said to those who helped, if something is.
fn thanks(word: &str, text: &str) -> Result<Option<String>> {
    if word != "fulfil" || text.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(body(text)?))
}

fn which(word: &str, found: &str) -> std::result::Result<Step, OpError> {
    Ok(match word {
        "publish" => Step::Publish,
        "progress" => Step::Progress { found: Amount::parse_or_nothing("found", found)? },
        "fulfil" => Step::Fulfil,
        "withdraw" => Step::Withdraw,
        "reopen" => Step::Reopen { expires_at: None },
        _ => return Err(OpError::NotFound("step")),
    })
}

/// Sends a draft out into the world.
pub(super) async fn publish(
    web: &Web,
    origin: Origin,
    listing: ListingId,
    version: Option<i64>,
) -> Result<State> {
    let operation = MoveListing { listing, step: Step::Publish, version };
    Ok(web.door.perform(origin, operation).await?)
}

/// Takes a listing away for good.
pub(super) async fn delete(
    web: web::Data<Web>,
    id: web::Path<String>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let listing = sight::id(&id)?;
    let back = seen(&web, &signed, listing).await?;
    web.door.perform(Origin::local(signed.viewer.person), DeleteListing { listing }).await?;
    Ok(see_notice(&back, Notice::Deleted))
}

/// Whoever may not see a listing learns nothing by trying to change it. Gives its collective's page.
async fn seen(web: &Web, signed: &Signed, id: ListingId) -> Result<String> {
    let viewer = Some(signed.viewer.person);
    let owner = web.read(move |conn| {
        let (row, _) = sight::listing(conn, id, viewer)?;
        let actor = db::actors::find(conn, row.collective_id.actor())?;
        actor.ok_or(PageError::NotFound)
    });
    Ok(actors::path(&owner.await?))
}
