//! The page of a collective, here or elsewhere.

use actix_web::web;
use db::{
    Conn,
    actors::ActorRow,
    collectives::CollectiveRow,
    listings::{Filter, ListingRow},
    mentions::Part,
};
use domain::{
    ListingId, ReplyId, Time,
    collectives::{FollowPolicy, Sections},
    listings::Purpose,
    memberships::Standing,
    mentions::MentionState,
};
use serde::Deserialize;

use super::{cards::short, profile};
use crate::{
    Result, Web, actors,
    answer::{Answer, linked, page as shown},
    interact, listings, machines, paging, posts,
    session::{Viewer, Visit},
    sight,
    views::{
        actors::FollowView,
        collectives::{CollectivePage, CollectiveView},
        feed::FeedItem,
        listings::{ListingCard, PlaceView},
        page::{Page, Pager},
    },
    when,
};

/// So many members are named at most.
const NAMED: i64 = 100;
/// So many open listings of each purpose on the page of a collective.
const OPEN: usize = 15;
/// So many that are over.
const PAST: usize = 9;
/// So many that are not out yet.
const DRAFTS: i64 = 24;
/// So many requests are counted.
const REQUESTS: i64 = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Cursor {
    before: Option<String>,
    posts: Option<String>,
}

/// Shows a collective of this server.
pub(super) async fn show(
    web: web::Data<Web>,
    visit: Visit,
    handle: web::Path<String>,
    cursor: web::Query<Cursor>,
) -> Answer {
    let handle = handle.into_inner();
    let actor = web.read(move |conn| sight::collective(conn, &handle)).await?;
    let Cursor { before, posts } = cursor.into_inner();
    page(&web, &visit, actor, before, posts).await
}

/// Everything about a collective that its page shows.
struct Facts {
    actor: ActorRow,
    /// What only the server it lives on knows.
    home: Option<CollectiveRow>,
    standing: Standing,
    follow: FollowView,
    requests: usize,
    reports: i64,
    answers: Option<i64>,
    accounts: Option<i64>,
    drafts: Vec<ListingCard>,
    needs: Shelf,
    offers: Shelf,
    past: Shelf,
    posts: (Vec<FeedItem>, Pager),
    queue: usize,
    inbox: i64,
    sections: Sections,
    people: Vec<ActorRow>,
}

/// Some listings, and whether there are more.
struct Shelf {
    cards: Vec<ListingCard>,
    last: Option<ListingId>,
}

/// The page of a collective, wherever it lives.
pub(crate) async fn page(
    web: &Web,
    visit: &Visit,
    actor: ActorRow,
    before: Option<String>,
    posts: Option<String>,
) -> Answer {
    let cursors = (sight::cursor(before.as_deref())?, sight::cursor(posts.as_deref())?);
    let (viewer, now) = (visit.viewer.clone(), web.door.now());
    let facts =
        web.read(move |conn| Facts::load(conn, actor, viewer.as_ref(), cursors, now)).await?;
    let ap_id = facts.actor.ap_id.clone();
    let base = actors::path(&facts.actor);
    let all = |purpose: Purpose| {
        let address: String =
            url::form_urlencoded::byte_serialize(facts.actor.address().as_bytes()).collect();
        format!("/listings?c={address}&purpose={}", purpose.word())
    };
    let view = CollectivePage {
        page: Page {
            canonical: Some(
                actors::home(&facts.actor).map_or_else(|| ap_id.clone(), |home| home.url),
            ),
            alternate: Some(ap_id.clone()),
            forms: machines::forms(Some(&facts.actor), &Filter::default()),
            noindex: !facts.actor.local,
            ..visit.frame(web)
        },
        more_needs: facts.needs.last.map(|_| all(Purpose::Need)),
        more_offers: facts.offers.last.map(|_| all(Purpose::Offer)),
        collective: facts.view(base.clone(), now),
        pager: Pager {
            newest: before.map(|_| format!("{base}#past")),
            older: facts.past.last.map(|id| format!("{base}?before={id}#past")),
        },
        drafts: facts.drafts,
        needs: facts.needs.cards,
        offers: facts.offers.cards,
        past: facts.past.cards,
        posts: facts.posts.0,
        more_posts: facts.posts.1,
    };
    Ok(linked(shown(&view)?, Some(&ap_id)))
}

impl Facts {
    fn load(
        conn: &mut Conn,
        actor: ActorRow,
        viewer: Option<&Viewer>,
        (before, posts): (Option<ListingId>, Option<ReplyId>),
        now: Time,
    ) -> Result<Self> {
        let id = actor.id.collective();
        let standing = sight::standing(conn, id, viewer.map(|viewer| viewer.person))?;
        let (requests, reports, queue) = if standing.governs().is_ok() {
            let requests = db::follows::pending(conn, actor.id, REQUESTS)?.len();
            let which = (MentionState::New, Part::Ordinary);
            let waiting = db::mentions::page(conn, id, which, None, REQUESTS)?;
            // However much is kept apart, it is one thing to decide.
            let held = usize::from(db::mentions::held(conn, id, 0)?.mentions != 0);
            (requests, db::reports::count_open(conn, id)?, waiting.len() + held)
        } else {
            (0, 0, 0)
        };
        let inbox = match standing.governs() {
            Ok(()) => db::incoming::count_open(conn, id)?.0,
            Err(_) => 0,
        };
        let answers = match standing.speaks() {
            Ok(()) => Some(db::agreements::count_waiting(conn, id)?),
            Err(_) => None,
        };
        let accounts = match standing.manages_accounts() {
            Ok(()) => Some(db::sponsors::count_waiting(conn, id)?),
            Err(_) => None,
        };
        let drafts = if standing.belongs() {
            let rows = db::listings::drafts(conn, id, DRAFTS)?;
            listings::cards(conn, &rows, now)?
        } else {
            Vec::new()
        };
        let open = |purpose| Filter {
            collective: Some(id),
            purpose: Some(purpose),
            open: Some(true),
            ..Filter::default()
        };
        let over = Filter { collective: Some(id), open: Some(false), ..Filter::default() };
        Ok(Self {
            home: db::collectives::find(conn, id)?,
            sections: db::profiles::sections(conn, id)?,
            people: db::memberships::shown(conn, id, NAMED)?,
            follow: actors::follow(conn, viewer, &actor)?,
            needs: Shelf::fill(conn, &open(Purpose::Need), None, OPEN, now)?,
            offers: Shelf::fill(conn, &open(Purpose::Offer), None, OPEN, now)?,
            past: Shelf::fill(conn, &over, before, PAST, now)?,
            posts: posts::shelf(conn, &actor, posts, &actors::path(&actor), now)?,
            queue,
            inbox,
            actor,
            standing,
            requests,
            reports,
            answers,
            accounts,
            drafts,
        })
    }

    fn view(&self, base: String, now: Time) -> CollectiveView {
        let policy = match &self.home {
            Some(home) => home.follow_policy,
            None if self.actor.approves_followers => FollowPolicy::Approval,
            None => FollowPolicy::Open,
        };
        let (sections, helps) = profile::sections(&self.sections);
        let place = self.home.as_ref().and_then(|home| home.place.clone());
        CollectiveView {
            actor: actors::view(&self.actor),
            place: place.map(|name| PlaceView { name, within: None }),
            sections,
            helps,
            people: self.people.iter().map(actors::view).collect(),
            board: self.actor.local.then(|| format!("{base}/board")),
            interact: interact::address(&self.actor.ap_id),
            base,
            lang: self.home.as_ref().map(|it| it.language.as_str().to_owned()).unwrap_or_default(),
            summary: actors::summary(&self.actor),
            excerpt: short(&self.actor),
            address: self.actor.ap_id.clone(),
            since: Some(when::stamp(self.actor.created_at, now)),
            follow_policy: policy,
            home: actors::home(&self.actor),
            follow: self.follow.clone(),
            member: self.standing.belongs(),
            steward: self.standing.governs().is_ok(),
            requests: self.requests,
            reports: self.reports,
            log: self.home.as_ref().is_some_and(|it| it.public_log || self.standing.belongs()),
            answers: self.answers,
            accounts: self.accounts,
            queue: self.queue,
            inbox: self.inbox,
        }
    }
}

impl Shelf {
    fn fill(
        conn: &mut Conn,
        filter: &Filter,
        before: Option<ListingId>,
        most: usize,
        now: Time,
    ) -> Result<Self> {
        let mut rows: Vec<ListingRow> =
            db::listings::page(conn, filter, before, paging::ask(most))?;
        let last = paging::cut(&mut rows, most, |row| row.id);
        Ok(Self { cards: listings::cards(conn, &rows, now)?, last })
    }
}
