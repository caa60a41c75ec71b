//! What those I follow say, and whom I follow.

use std::collections::HashMap;

use actix_web::{http::StatusCode, web};
use db::{Conn, actors::ActorRow, listings::ListingRow, replies::ReplyRow};
use domain::{ActorId, FollowId, ListingId, PersonId, Time, follows::FollowState};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    Result, Web, actors,
    answer::{Answer, page_with},
    html::{body, warning},
    listings, paging,
    session::Signed,
    sight,
    views::{
        feed::{FeedItem, FeedPage, FollowingView, PostView},
        forms::FormErrors,
        memberships::InvitationView,
        page::{Page, Pager},
    },
    when,
};

/// So much on a page.
const PAGE: usize = 20;
/// So many of those I follow.
const FOLLOWING: i64 = 60;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/home").get(show));
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Cursor {
    before: Option<String>,
}

async fn show(web: web::Data<Web>, signed: Signed, cursor: web::Query<Cursor>) -> Answer {
    let nothing = (StatusCode::OK, FormErrors::default());
    page(&web, &signed, cursor.into_inner().before, String::new(), nothing).await
}

/// Everything on somebody's feed.
struct Facts {
    items: Vec<FeedItem>,
    older: Option<Uuid>,
    invitations: Vec<InvitationView>,
    mine: Vec<crate::views::actors::ActorView>,
    following: Vec<FollowingView>,
}

/// The feed, as a first answer or after somebody was not found.
pub(crate) async fn page(
    web: &Web,
    signed: &Signed,
    before: Option<String>,
    wanted: String,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let person = signed.viewer.person;
    let cursor: Option<FollowId> = sight::cursor(before.as_deref())?;
    let cursor = cursor.map(FollowId::uuid);
    let now = web.door.now();
    let facts = web.read(move |conn| Facts::load(conn, person, cursor, now)).await?;
    // A form that was not accepted is shown at the feed's own address.
    let mut frame = Page { noindex: true, ..signed.visit.frame(web) };
    "/home".clone_into(&mut frame.path);
    let view = FeedPage {
        page: frame,
        invitations: facts.invitations,
        mine: facts.mine,
        items: facts.items,
        pager: Pager {
            newest: before.map(|_| "/home".to_owned()),
            older: facts.older.map(|id| format!("/home?before={id}")),
        },
        following: facts.following,
        wanted,
        errors,
    };
    page_with(status, &view)
}

impl Facts {
    fn load(conn: &mut Conn, person: PersonId, cursor: Option<Uuid>, now: Time) -> Result<Self> {
        let (items, older) = items(conn, person, cursor, now)?;
        let (mut invitations, mut mine) = (Vec::new(), Vec::new());
        for row in db::memberships::of_person(conn, person)? {
            match row.state.as_str() {
                "invited" => invitations.push(InvitationView {
                    base: format!("{}/invitation", actors::path(&row.actor)),
                    collective: actors::view(&row.actor),
                    role: row.role,
                    since: when::stamp(row.since, now),
                }),
                "active" => mine.push(actors::view(&row.actor)),
                _ => {}
            }
        }
        let following = db::follows::following(conn, person.actor(), None, FOLLOWING)?;
        let following = following.iter().map(|(row, actor)| FollowingView {
            actor: actors::view(actor),
            pending: row.state == FollowState::Pending,
            who: actor.id.to_string(),
        });
        Ok(Self { items, older, invitations, mine, following: following.collect() })
    }
}

/// Listings and posts of those who are followed, the newest first, and where to go on.
fn items(
    conn: &mut Conn,
    person: PersonId,
    cursor: Option<Uuid>,
    now: Time,
) -> Result<(Vec<FeedItem>, Option<Uuid>)> {
    let limit = paging::ask(PAGE);
    let me = person.actor();
    let rows = db::listings::feed(conn, me, cursor.map(Into::into), limit)?;
    let said = db::replies::feed(conn, me, cursor.map(Into::into), limit)?;
    let ids = rows.iter().map(|row: &ListingRow| row.id.uuid());
    let mut ids: Vec<Uuid> = ids.chain(said.iter().map(|(row, _)| row.id.uuid())).collect();
    ids.sort_unstable_by(|a, b| b.cmp(a));
    let older = paging::cut(&mut ids, PAGE, |id| *id);
    let cards = listings::cards(conn, &rows, now)?;
    let mut items: HashMap<Uuid, FeedItem> = rows
        .iter()
        .zip(cards)
        .map(|(row, card)| (row.id.uuid(), FeedItem::Listing(card)))
        .collect();
    let about = About::load(conn, said.iter().map(|(row, _)| row))?;
    items.extend(
        said.iter()
            .map(|(row, author)| (row.id.uuid(), FeedItem::Post(post(row, author, &about, now)))),
    );
    Ok((ids.iter().filter_map(|id| items.remove(id)).collect(), older))
}

/// What posts are about and where they stand, read at once.
#[derive(Debug, Default)]
pub(crate) struct About {
    /// The titles of the public listings that they answer.
    listings: HashMap<ListingId, String>,
    /// The communities that they stand in.
    communities: HashMap<ActorId, ActorRow>,
}

impl About {
    /// Of several posts.
    pub(crate) fn load<'r>(
        conn: &mut Conn,
        rows: impl Iterator<Item = &'r ReplyRow> + Clone,
    ) -> Result<Self> {
        let mut ids: Vec<ListingId> = rows.clone().filter_map(|row| row.listing_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let listings = db::listings::find_all(conn, &ids)?;
        let public = listings.into_iter().filter(ListingRow::is_public);
        let groups = rows.filter_map(|row| row.group_id).collect();
        Ok(Self {
            listings: public.map(|row| (row.id, row.title)).collect(),
            communities: actors::find_all(conn, groups)?,
        })
    }

    /// The same on the page of a community: there, nobody need be told that it is the one.
    pub(crate) fn within(mut self, group: ActorId) -> Self {
        self.communities.remove(&group);
        self
    }
}

/// Something somebody said, as a line among others.
pub(crate) fn post(row: &ReplyRow, author: &ActorRow, about: &About, now: Time) -> PostView {
    let listing = row.listing_id.and_then(|id| Some((about.listings.get(&id)?.clone(), id)));
    let elsewhere = row.url.as_deref().or(Some(&row.ap_id)).and_then(actors::web_address);
    let url = match elsewhere {
        Some(address) if !row.visibility.is_public() && listing.is_none() => address.to_owned(),
        _ => format!("/replies/{}", row.id),
    };
    let community = row.group_id.and_then(|id| about.communities.get(&id));
    PostView {
        anchor: format!("reply-{}", row.id),
        author: actors::view(author),
        community: community.map(actors::view),
        title: row.title.clone(),
        body: body(&row.text, &row.html),
        warning: warning(row),
        lang: row.language.clone().unwrap_or_default(),
        published: when::moment(row.published_at, now),
        edited: row.updated_at.map(|time| when::moment(time, now)),
        url,
        about: listing.map(|(title, id)| (title, format!("/listings/{id}"))),
    }
}
