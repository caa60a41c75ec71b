//! Offering, answering, and taking back.

use actix_web::web;
use domain::{
    AgreementId, Invalid, ListingId, Origin,
    agreements::{body, reason},
    quantity::Amount,
};
use ops::{
    OpError,
    agreements::{AnswerAgreement, FulfilAgreement, OfferAgreement, WithdrawAgreement},
};
use serde::Deserialize;

use super::lists;
use crate::{
    Web,
    answer::{Answer, see_notice},
    error::PageError,
    forms::{Bare, Posted, told},
    listings::{Answering, page_of},
    session::Signed,
    sight,
    views::{agreements::OfferInput, page::Notice},
};

/// Offers something in answer to a listing.
pub(super) async fn offer(
    web: web::Data<Web>,
    id: web::Path<String>,
    Posted(signed, sent): Posted<OfferInput>,
) -> Answer {
    let listing: ListingId = sight::id(&id)?;
    let person = signed.viewer.person;
    web.read(move |conn| sight::listing(conn, listing, Some(person))).await?;
    let offered = match read(listing, &sent) {
        Ok(operation) => web.door.perform(Origin::local(person), operation).await,
        Err(invalid) => Err(OpError::from(invalid)),
    };
    match offered {
        Ok(_) => Ok(see_notice(&format!("/listings/{listing}#offer"), Notice::Offered)),
        Err(err) => {
            let (status, offer_errors) = told(err)?;
            let answering = Answering { offer: sent, offer_errors, ..Answering::default() };
            page_of(&web, &signed.visit, listing, None, answering, status).await
        }
    }
}

fn read(listing: ListingId, sent: &OfferInput) -> Result<OfferAgreement, Invalid> {
    let quantity = Some(sent.quantity.trim()).filter(|typed| !typed.is_empty());
    let named = |invalid: Invalid| Invalid { field: "message", ..invalid };
    Ok(OfferAgreement {
        listing,
        quantity: quantity.map(|typed| Amount::parse("quantity", typed)).transpose()?,
        text: body(&sent.message).map_err(named)?,
    })
}

/// Why not.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Said {
    reason: String,
}

/// Says yes or no to what was offered.
pub(super) async fn answer(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, sent): Posted<Said>,
) -> Answer {
    let (id, said) = path.into_inner();
    let agreement: AgreementId = sight::id(&id)?;
    let person = signed.viewer.person;
    let handle = web.read(move |conn| sight::answerer(conn, agreement, person)).await?;
    let answered = match reason(&sent.reason) {
        Ok(reason) => {
            let operation = AnswerAgreement { agreement, accept: said == "accept", reason };
            web.door.perform(Origin::local(person), operation).await
        }
        Err(invalid) => Err(OpError::from(invalid)),
    };
    board_after(&web, &signed, handle, answered.map(|_| Notice::Decided)).await
}

/// Says that what was agreed on was handed over or done.
pub(super) async fn fulfil(
    web: web::Data<Web>,
    id: web::Path<String>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let agreement: AgreementId = sight::id(&id)?;
    let person = signed.viewer.person;
    let handle = web.read(move |conn| sight::answerer(conn, agreement, person)).await?;
    let done = web.door.perform(Origin::local(person), FulfilAgreement { agreement }).await;
    board_after(&web, &signed, handle, done.map(|_| Notice::Saved)).await
}

/// The page of the collective with what was done, or with what went wrong.
async fn board_after(
    web: &Web,
    signed: &Signed,
    handle: String,
    done: Result<Notice, OpError>,
) -> Answer {
    match done {
        Ok(notice) => Ok(see_notice(&format!("/c/{handle}/agreements"), notice)),
        Err(err) => {
            let (status, mut errors) = told(err)?;
            // There is a form for each of them: what is wrong is said above them all.
            errors.0.iter_mut().for_each(|error| error.field = "");
            lists::page_of(web, signed, handle, None, (status, errors)).await
        }
    }
}

/// Takes back what one has offered.
pub(super) async fn withdraw(
    web: web::Data<Web>,
    id: web::Path<String>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let agreement: AgreementId = sight::id(&id)?;
    let person = signed.viewer.person;
    let row = web.read(move |conn| {
        let row = db::agreements::find(conn, agreement)?;
        row.filter(|row| row.responder_id == person.actor()).ok_or(PageError::NotFound)
    });
    let listing = row.await?.listing_id;
    web.door.perform(Origin::local(person), WithdrawAgreement { agreement }).await?;
    Ok(see_notice(&format!("/listings/{listing}#offer"), Notice::TakenBack))
}
