//! What stewards do in the threads of their collective, and the log of it.

use actix_web::{HttpResponse, web};
use db::{Conn, actors::ActorRow, audit::AuditRow, listings::ListingRow, replies::ReplyRow};
use domain::{
    ActorId, EventId, ListingId, Origin, PersonId, Refusal, ReplyId, Time,
    memberships::Standing,
    moderation::{Act, reason},
};
use ops::moderation::{BlockActor, HideReply, LockListing, UnblockActor};
use serde::Deserialize;

use crate::{
    Result, Web, actors,
    answer::{Answer, own_path, page as shown, see_notice},
    error::PageError,
    forms::Posted,
    html::{body, warning},
    labels, paging,
    people::Cursor,
    session::{Signed, Visit},
    sight,
    views::{
        moderation::{ActView, BlockForm, LogPage, ModeratePage},
        page::{Notice, Page, Pager},
    },
    when,
};

/// So many acts on a page.
const PAGE: usize = 50;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/replies/{id}/moderate").get(moderate))
        .service(web::resource("/replies/{id}/{said:hide|show}").post(hide))
        .service(web::resource("/listings/{id}/{said:lock|unlock}").post(lock))
        .service(web::resource("/c/{handle}/{said:block|unblock}").post(block))
        .service(web::resource("/c/{handle}/log").get(log));
}

/// Why, and where the form stood.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    reason: String,
    actor: String,
    back: String,
}

/// An answer below a listing of this server, for stewards of its collective.
struct Facts {
    row: ReplyRow,
    author: ActorRow,
    listing: ListingRow,
    collective: ActorRow,
    blocked: bool,
    belongs: bool,
}

impl Facts {
    fn load(conn: &mut Conn, id: ReplyId, person: PersonId) -> Result<Self> {
        let row = db::replies::find(conn, id)?.ok_or(PageError::NotFound)?;
        let listing = row.listing_id.ok_or(PageError::NotFound)?;
        let listing = db::listings::find(conn, listing)?.ok_or(PageError::NotFound)?;
        let collective = listing.collective_id;
        let standing = sight::standing(conn, collective, Some(person))?;
        if !row.visibility.is_public() && standing.speaks().is_err() {
            return Err(PageError::NotFound);
        }
        standing.governs()?;
        let author = db::actors::find(conn, row.author_id)?.ok_or(PageError::NotFound)?;
        let group = db::actors::find(conn, collective.actor())?.ok_or(PageError::NotFound)?;
        let blocked = db::blocks::exists(conn, group.id, author.id)?;
        let theirs = sight::standing(conn, collective, Some(author.id.person()))?;
        let belongs = theirs != Standing::Stranger || author.id == group.id;
        Ok(Self { row, author, listing, collective: group, blocked, belongs })
    }
}

/// Shows what a steward can do with an answer.
async fn moderate(web: web::Data<Web>, signed: Signed, id: web::Path<String>) -> Answer {
    let id: ReplyId = sight::id(&id)?;
    let person = signed.viewer.person;
    let facts = web.read(move |conn| Facts::load(conn, id, person)).await?;
    let (row, base) = (&facts.row, actors::path(&facts.collective));
    let word = if facts.blocked { "unblock" } else { "block" };
    let block = BlockForm {
        action: format!("{base}/{word}"),
        actor: facts.author.id.to_string(),
        blocked: facts.blocked,
    };
    let view = ModeratePage {
        page: Page { noindex: true, ..signed.visit.frame(&web) },
        collective: actors::view(&facts.collective),
        author: actors::view(&facts.author),
        body: body(&row.text, &row.html),
        warning: warning(row),
        back: format!("/listings/{}#answers", facts.listing.id),
        base: format!("/replies/{id}"),
        hidden: row.hidden_at.is_some(),
        block: (!facts.belongs).then_some(block),
    };
    shown(&view)
}

/// Hides an answer, or shows it again.
async fn hide(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, sent): Posted<Sent>,
) -> Answer {
    let (reply, said) = path.into_inner();
    let reply: ReplyId = sight::id(&reply)?;
    let person = signed.viewer.person;
    let listing = web.read(move |conn| Ok(Facts::load(conn, reply, person)?.listing.id)).await?;
    let operation = HideReply { reply, hidden: said == "hide", reason: reason(&sent.reason)? };
    web.door.perform(Origin::local(person), operation).await?;
    Ok(see_notice(&format!("/listings/{listing}#answers"), Notice::Saved))
}

/// Lets a listing take no more answers, or take them again.
async fn lock(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, sent): Posted<Sent>,
) -> Answer {
    let (listing, said) = path.into_inner();
    let listing: ListingId = sight::id(&listing)?;
    let person = signed.viewer.person;
    web.read(move |conn| sight::listing(conn, listing, Some(person))).await?;
    let operation = LockListing { listing, locked: said == "lock", reason: reason(&sent.reason)? };
    web.door.perform(Origin::local(person), operation).await?;
    Ok(see_notice(&format!("/listings/{listing}#answers"), Notice::Saved))
}

/// Shuts somebody out, or lets them in again.
async fn block(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, sent): Posted<Sent>,
) -> Answer {
    let (handle, said) = path.into_inner();
    let collective = web.read(move |conn| sight::collective(conn, &handle)).await?;
    let actor: ActorId = sight::id(&sent.actor)?;
    let (id, why) = (collective.id.collective(), reason(&sent.reason)?);
    let origin = Origin::local(signed.viewer.person);
    if said == "block" {
        let operation = BlockActor { collective: id, actor, reason: why };
        web.door.perform(origin, operation).await?;
    } else {
        let operation = UnblockActor { collective: id, actor, reason: why };
        web.door.perform(origin, operation).await?;
    }
    let home = actors::path(&collective);
    let back = own_path(web.door.site(), &sent.back).unwrap_or(&home);
    Ok(see_notice(back, Notice::Saved))
}

/// Shows what the stewards did: to members, and to everybody where the collective says so.
async fn log(
    web: web::Data<Web>,
    visit: Visit,
    handle: web::Path<String>,
    cursor: web::Query<Cursor>,
) -> Answer {
    let before: Option<EventId> = sight::cursor(cursor.before.as_deref())?;
    let viewer = visit.person();
    let found = web.read(move |conn| {
        let actor = sight::collective(conn, &handle)?;
        let row = db::collectives::find(conn, actor.id.collective())?;
        let row = row.ok_or(PageError::NotFound)?;
        let standing = sight::standing(conn, row.id, viewer)?;
        if !row.public_log && !standing.belongs() {
            return Err(Refusal::NotAMember.into());
        }
        let acts: Vec<&str> = Act::ALL.iter().map(|act| act.word()).collect();
        let mut rows = db::audit::page(conn, row.id, &acts, before, paging::ask(PAGE))?;
        let older = paging::cut(&mut rows, PAGE, |(id, _): &(EventId, AuditRow)| *id);
        Ok((actor, (row.public_log, standing.governs().is_ok()), rows, older))
    });
    let (actor, (public, steward), rows, older) = found.await?;
    let (base, now) = (format!("{}/log", actors::path(&actor)), web.door.now());
    let view = LogPage {
        page: Page { noindex: true, ..visit.frame(&web) },
        collective: actors::view(&actor),
        steward,
        public,
        acts: rows.iter().filter_map(|(_, row)| act(row, now)).collect(),
        pager: Pager {
            newest: before.map(|_| base.clone()),
            older: older.map(|id| format!("{base}?before={id}")),
        },
    };
    let answer: HttpResponse = shown(&view)?;
    Ok(answer)
}

fn act(row: &AuditRow, now: Time) -> Option<ActView> {
    Some(ActView {
        says: labels::did(Act::parse(&row.action).ok()?),
        address: actors::web_address(&row.target).map(str::to_owned),
        target: row.target.clone(),
        reason: row.detail.clone(),
        when: when::moment(row.happened_at, now),
    })
}
