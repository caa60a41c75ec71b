//! What people answer.

mod thread;

pub(crate) use thread::Thread;

use actix_web::{http::StatusCode, web};
use db::{actors::ActorRow, listings::ListingRow};
use domain::{
    ListingId, Origin, ReplyId,
    memberships::Standing,
    replies::{As, body},
};
use ops::{
    OpError,
    replies::{DeleteReply, PostReply},
};
use serde::Deserialize;

use crate::{
    Web,
    answer::{Answer, see, see_notice},
    forms::{Bare, Posted, told},
    listings::{Answering, page_of},
    posts,
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

/// What the address of a post may say beyond the post.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The answers after this one.
    after: Option<String>,
    /// The answer that is being answered.
    to: Option<String>,
    notice: Option<String>,
}

/// Leads to an answer within its thread, or shows a post with the thread below it.
async fn show(
    web: web::Data<Web>,
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Answer {
    let id: ReplyId = sight::id(&id)?;
    let viewer = visit.person();
    let found = web.read(move |conn| {
        let row = sight::reply(conn, id, viewer)?;
        if let Some(listing) = row.listing_id {
            sight::listing(conn, listing, viewer)?;
        }
        Ok((row.listing_id, row.root_id))
    });
    let to = match found.await? {
        (Some(listing), _) => address(&web, &visit, listing, id).await?,
        (None, Some(root)) => below(&web, &visit, root, id).await?,
        (None, None) => {
            let after = sight::cursor(asked.after.as_deref())?;
            let to = sight::cursor(asked.to.as_deref())?;
            let answering = Answering { to, ..Answering::default() };
            return posts::page(&web, &visit, id, after, answering, StatusCode::OK).await;
        }
    };
    let notice = asked.notice.as_deref().and_then(Notice::named);
    Ok(notice.map_or_else(|| see(&to), |notice| see_notice(&to, notice)))
}

/// Where an answer below a post stands.
async fn below(web: &Web, visit: &Visit, root: ReplyId, id: ReplyId) -> crate::Result<String> {
    let reader = visit.person();
    let first = web.read(move |conn| Thread::is_on_first_page_below(conn, root, reader, id));
    let anchor = anchor(id);
    if first.await? {
        return Ok(format!("/replies/{root}#{anchor}"));
    }
    let before = uuid::Uuid::from_u128(id.uuid().as_u128().saturating_sub(1));
    Ok(format!("/replies/{root}?after={before}#{anchor}"))
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
    let back = match (row.listing_id, row.root_id) {
        (Some(listing), _) => format!("/listings/{listing}#answers"),
        (None, Some(root)) => format!("/replies/{root}#answers"),
        (None, None) => "/home".to_owned(),
    };
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
        let page = format!("/listings/{}", listing.id);
        return AnswerView::Stranger { address: listing.ap_id.clone(), page };
    }
    let speaks = collective.local && standing.speaks().is_ok();
    let to = thread.answered.as_ref().filter(|(row, _)| Some(row.id) == typed.to);
    let private = to.is_some_and(|(row, _)| !row.visibility.is_public());
    AnswerView::Form(AnswerForm {
        action: format!("/listings/{}/replies", listing.id),
        text: typed.text.clone(),
        to: to.map(|(row, author)| (author.clone(), row.id.to_string())),
        readers: if private {
            words::say("answer-readers-few")
        } else {
            words::say("answer-readers-all")
        },
        voice: speaks.then(|| collective.display_name().to_owned()),
        as_voice: typed.as_voice,
        errors: typed.errors.clone(),
    })
}
