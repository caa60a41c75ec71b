//! What people answer.

mod thread;

pub(crate) use thread::Thread;

use actix_web::web;
use db::{actors::ActorRow, listings::ListingRow};
use domain::{
    ActorId, ListingId, Origin, ReplyId,
    memberships::Standing,
    replies::{As, body},
};
use ops::{
    OpError,
    replies::{DeleteReply, PostReply},
};
use serde::Deserialize;

use crate::{
    Web, actors,
    answer::{Answer, see, see_notice},
    error::PageError,
    forms::{Bare, Posted, told},
    listings::{Answering, page_of},
    session::{Viewer, Visit},
    sight,
    views::{
        page::Notice,
        replies::{AnswerForm, AnswerView},
    },
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/listings/{id}/replies").get(back).post(post))
        .service(web::resource("/replies/{id}").get(show))
        .service(web::resource("/replies/{id}/delete").post(delete));
}

/// What somebody answers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    text: String,
    /// The answer that is answered.
    to: String,
    r#as: String,
}

/// Answers are read below their listing.
async fn back(id: web::Path<String>) -> Answer {
    let id: ListingId = sight::id(&id)?;
    Ok(see(&format!("/listings/{id}#answers")))
}

/// Answers a listing, or an answer below it.
async fn post(
    web: web::Data<Web>,
    id: web::Path<String>,
    Posted(signed, sent): Posted<Sent>,
) -> Answer {
    let listing: ListingId = sight::id(&id)?;
    let Sent { text, to, r#as } = sent;
    let parent: Option<ReplyId> = sight::cursor(Some(&to))?;
    let speak = As::parse(&r#as).unwrap_or(As::Themselves);
    let posted = match body(&text) {
        Ok(text) => {
            let operation = PostReply { listing, parent, speak, text, language: None };
            web.door.perform(Origin::local(signed.viewer.person), operation).await
        }
        Err(invalid) => Err(OpError::from(invalid)),
    };
    match posted {
        Ok(id) => {
            Ok(see_notice(&address(&web, &signed.visit, listing, id).await?, Notice::Answered))
        }
        Err(err) => {
            let (status, errors) = told(err)?;
            let as_voice = speak == As::Voice;
            let answering =
                Answering { to: parent, text, as_voice, errors, ..Answering::default() };
            page_of(&web, &signed.visit, listing, None, answering, status).await
        }
    }
}

/// Leads to an answer within its thread, or to a post on its author's page.
async fn show(web: web::Data<Web>, visit: Visit, id: web::Path<String>) -> Answer {
    let id: ReplyId = sight::id(&id)?;
    let viewer = visit.person();
    let found = web.read(move |conn| {
        let row = sight::reply(conn, id, viewer)?;
        let author = db::actors::find(conn, row.author_id)?.ok_or(PageError::NotFound)?;
        if let Some(listing) = row.listing_id {
            sight::listing(conn, listing, viewer)?;
        }
        Ok((row.listing_id, actors::path(&author)))
    });
    let (listing, author) = found.await?;
    Ok(match listing {
        Some(listing) => see(&address(&web, &visit, listing, id).await?),
        None => see(&format!("{author}#{}", anchor(id))),
    })
}

/// Where an answer stands: on the first page of its thread, or on the one that begins with it.
async fn address(
    web: &Web,
    visit: &Visit,
    listing: ListingId,
    id: ReplyId,
) -> crate::Result<String> {
    let viewer = visit.person();
    let first = web.read(move |conn| {
        let (_, standing) = sight::listing(conn, listing, viewer)?;
        Thread::is_on_first_page(conn, listing, standing, viewer, id)
    });
    let anchor = anchor(id);
    if first.await? {
        return Ok(format!("/listings/{listing}#{anchor}"));
    }
    let before = uuid::Uuid::from_u128(id.uuid().as_u128().saturating_sub(1));
    Ok(format!("/listings/{listing}?after={before}#{anchor}"))
}

/// Takes an answer back.
async fn delete(
    web: web::Data<Web>,
    id: web::Path<String>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let reply: ReplyId = sight::id(&id)?;
    let viewer = Some(signed.viewer.person);
    let row = web.read(move |conn| sight::reply(conn, reply, viewer)).await?;
    web.door.perform(Origin::local(signed.viewer.person), DeleteReply { reply }).await?;
    let back = row
        .listing_id
        .map_or_else(|| "/home".to_owned(), |listing| format!("/listings/{listing}#answers"));
    Ok(see_notice(&back, Notice::Deleted))
}

/// The place of an answer on a page.
fn anchor(id: ReplyId) -> String {
    format!("reply-{id}")
}

/// How the viewer can answer.
pub(crate) fn answering(
    viewer: Option<&Viewer>,
    listing: &ListingRow,
    collective: &ActorRow,
    standing: Standing,
    thread: &Thread,
    typed: &Answering,
) -> AnswerView {
    if !listing.is_public() {
        return AnswerView::NotYet;
    }
    if thread.locked {
        return AnswerView::Locked;
    }
    if viewer.is_none() {
        return AnswerView::Stranger;
    }
    let speaks = collective.local && standing.speaks().is_ok();
    let to = thread.answered.as_ref().filter(|(row, _)| Some(row.id) == typed.to);
    let private = to.is_some_and(|(row, _)| !row.visibility.is_public());
    AnswerView::Form(AnswerForm {
        action: format!("/listings/{}/replies", listing.id),
        text: typed.text.clone(),
        to: to.map(|(row, author)| (author.clone(), row.id.to_string())),
        readers: if private {
            "Only they and those who speak for your collective can read it."
        } else {
            "Everybody can read it."
        },
        voice: speaks.then(|| collective.display_name().to_owned()),
        as_voice: typed.as_voice,
        errors: typed.errors.clone(),
    })
}

/// Is this answer one of the collective's own voice?
fn is_voice(author: ActorId, listing: &ListingRow) -> bool {
    author == listing.collective_id.actor()
}
