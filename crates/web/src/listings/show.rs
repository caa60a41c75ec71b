//! A listing with everything: what it says, what was answered, and what the viewer can do.

use actix_web::{HttpResponse, http::StatusCode, web};
use db::{
    Conn, actors::ActorRow, collectives::CollectiveRow, listings::ListingRow, media::MediaRow,
};
use domain::{
    ListingId, ReplyId, Time,
    listings::{Signature, admit, may_change},
    memberships::Standing,
    text::Licence,
};
use serde::Deserialize;

use super::cards::card;
use crate::{
    Result, Web, actors, agreements,
    answer::{Answer, linked, page_with},
    error::PageError,
    html::tagged,
    interact,
    labels::Word,
    reactions::Votes,
    replies::{self, Thread},
    session::{Viewer, Visit},
    sight, tags,
    views::{
        agreements::{AgreementView, OfferForm, OfferInput},
        forms::FormErrors,
        listings::{ListingAction, ListingPage, ListingView, PictureView},
        moderation::ThreadCare,
        page::Page,
        reactions::VotesView,
        tags::TagView,
    },
    when,
};

/// What a listing's address may say beyond the listing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The answers after this one.
    after: Option<String>,
    /// The answer that is being answered.
    to: Option<String>,
}

/// What was typed into one of the forms below a listing, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answering {
    /// The answer that is being answered.
    pub(crate) to: Option<ReplyId>,
    pub(crate) text: String,
    pub(crate) as_voice: bool,
    pub(crate) errors: FormErrors,
    /// How much was found, as typed, and what is wrong with that.
    pub(crate) found: Option<String>,
    pub(crate) found_errors: FormErrors,
    /// What is offered, as typed, and what is wrong with that.
    pub(crate) offer: OfferInput,
    pub(crate) offer_errors: FormErrors,
}

/// Everything about a listing that a page of it shows.
struct Facts {
    row: ListingRow,
    collective: ActorRow,
    /// What only the server it lives on knows.
    home: Option<CollectiveRow>,
    signer: Option<ActorRow>,
    standing: Standing,
    thread: Thread,
    offer: Option<OfferForm>,
    offered: Vec<AgreementView>,
    votes: VotesView,
    pictures: Vec<PictureView>,
    tags: Vec<TagView>,
    on_behalf_of: Option<String>,
}

/// Shows a listing.
pub(super) async fn show(
    web: web::Data<Web>,
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Answer {
    let to = sight::cursor(asked.to.as_deref())?;
    let answering = Answering { to, ..Answering::default() };
    let after = sight::cursor(asked.after.as_deref())?;
    page(&web, &visit, sight::id(&id)?, after, answering, StatusCode::OK).await
}

/// The page of a listing, as a first answer or after a form that was not accepted.
pub(crate) async fn page(
    web: &Web,
    visit: &Visit,
    id: ListingId,
    after: Option<ReplyId>,
    answering: Answering,
    status: StatusCode,
) -> Answer {
    let viewer = visit.viewer.clone();
    let to = answering.to;
    let typed = (answering.offer.clone(), answering.offer_errors.clone());
    let now = web.door.now();
    let facts = web.read(move |conn| {
        let facts = Facts::load(conn, id, viewer.as_ref(), after, to, now)?;
        facts.with_offer(conn, viewer.as_ref(), typed, now)
    });
    let facts = facts.await?;
    let mut frame = visit.frame(web);
    let linked_as = facts.row.is_public().then(|| facts.row.ap_id.clone());
    facts.place(&mut frame);
    let listing = facts.view(web, visit.viewer.as_ref(), now);
    let answer = replies::answering(
        visit.viewer.as_ref(),
        &facts.row,
        &facts.collective,
        facts.standing,
        &facts.thread,
        &answering,
    );
    let care = facts.care(visit.viewer.as_ref());
    let Facts { thread: Thread { total, replies, pager, .. }, offer, offered, .. } = facts;
    let view = ListingPage {
        page: frame,
        listing,
        answers: total,
        replies,
        pager,
        answer,
        care,
        offer,
        offered,
        found: answering.found,
        errors: answering.found_errors,
    };
    let answer: HttpResponse = page_with(status, &view)?;
    Ok(linked(answer, linked_as.as_deref()))
}

/// A listing that everybody may read, as nobody in particular sees it.
pub(super) async fn public(web: &Web, id: ListingId) -> Result<ListingView> {
    let now = web.door.now();
    let facts = web.read(move |conn| Facts::load(conn, id, None, None, None, now)).await?;
    Ok(facts.view(web, None, now))
}

pub(super) fn picture(row: &MediaRow) -> PictureView {
    PictureView {
        url: format!("/media/{}", row.file(false)),
        alt: row.alt.clone(),
        width: row.width,
        height: row.height,
    }
}

impl Facts {
    fn load(
        conn: &mut Conn,
        id: ListingId,
        viewer: Option<&Viewer>,
        after: Option<ReplyId>,
        to: Option<ReplyId>,
        now: Time,
    ) -> Result<Self> {
        let person = viewer.map(|viewer| viewer.person);
        let (row, standing) = sight::listing(conn, id, person)?;
        let signer = row.author_id.filter(|_| row.signed_by == Signature::Member);
        let owner = row.collective_id.actor();
        let mut known = actors::find_all(
            conn,
            [Some(owner), signer.map(domain::PersonId::actor)].into_iter().flatten().collect(),
        )?;
        let signer = signer.and_then(|person| known.remove(&person.actor()));
        let collective = known.remove(&owner).ok_or(PageError::NotFound)?;
        let thread = Thread::load(conn, &row, standing, person, after, to, now)?;
        let home = db::collectives::find(conn, row.collective_id)?;
        let (offer, offered) = (None, Vec::new());
        let voter = person.filter(|_| row.is_public());
        let votes = Votes::load(conn, voter, &[row.id.uuid()])?;
        let votes = votes.of(row.id.uuid(), format!("/listings/{id}"), false);
        let pictures = db::media::of(conn, id)?.iter().map(picture).collect();
        let tags = tags::of(conn, id)?;
        let on_behalf_of = db::mandates::find(conn, id)?;
        Ok(Self {
            row,
            collective,
            home,
            signer,
            standing,
            thread,
            offer,
            offered,
            votes,
            pictures,
            tags,
            on_behalf_of,
        })
    }

    /// With what the viewer has offered here, and the form to offer more.
    fn with_offer(
        self,
        conn: &mut Conn,
        viewer: Option<&Viewer>,
        typed: (OfferInput, FormErrors),
        now: Time,
    ) -> Result<Self> {
        let offer = agreements::form(conn, &self.row, viewer, typed, now)?;
        let offered = agreements::offered(conn, &self.row, viewer, now)?;
        Ok(Self { offer, offered, ..self })
    }

    /// What the frame says of a listing: the one address it has, and whether this is it.
    fn place(&self, frame: &mut Page) {
        let public = self.row.is_public();
        let elsewhere = self.row.url.as_deref().and_then(actors::web_address);
        frame.noindex = !public || !self.collective.local;
        frame.canonical = if self.collective.local {
            public.then(|| self.row.ap_id.clone())
        } else {
            elsewhere.or_else(|| actors::web_address(&self.row.ap_id)).map(str::to_owned)
        };
        frame.alternate = public.then(|| self.row.ap_id.clone());
    }

    fn view(&self, web: &Web, viewer: Option<&Viewer>, now: Time) -> ListingView {
        let (row, base) = (&self.row, web.door.site().base().as_str());
        let home = actors::home(&self.collective).map(|home| {
            let page = row.url.as_deref().and_then(actors::web_address);
            let url = page.map_or(home.url, str::to_owned);
            crate::views::page::HomeServer { host: home.host, url }
        });
        ListingView {
            card: card(row, actors::view(&self.collective), now),
            body: tagged(&row.text, &row.html, base),
            tags: self.tags.clone(),
            signed_by: self.signer.as_ref().map(actors::view),
            address: row.ap_id.clone(),
            category: row.category.map(|category| category.label().into_owned()),
            licence: (home.is_none() || row.licence != Licence::Reserved)
                .then(|| row.licence.label().into_owned()),
            expires: row.expires_at.map(|time| when::day(time, now)),
            edited: row.changed_at().map(|time| when::moment(time, now)),
            home,
            votes: self.votes.clone(),
            pictures: self.pictures.clone(),
            on_behalf_of: self.on_behalf_of.clone(),
            category_page: row.category.map(|it| format!("/categories/{}", it.word())),
            interact: row.is_public().then(|| interact::address(&row.ap_id)),
            poster: row.is_public().then(|| format!("/listings/{}/poster", row.id)),
            actions: self.actions(viewer),
            base: format!("/listings/{}", row.id),
            version: row.version,
        }
    }

    /// What a steward can do with the thread.
    fn care(&self, viewer: Option<&Viewer>) -> Option<ThreadCare> {
        let steward = viewer.is_some() && self.standing.governs().is_ok();
        let locked = self.thread.locked;
        let word = if locked { "unlock" } else { "lock" };
        (steward && self.row.is_public())
            .then(|| ThreadCare { locked, action: format!("/listings/{}/{word}", self.row.id) })
    }

    /// The buttons that would be accepted now: the rules are asked, none is written here.
    fn actions(&self, viewer: Option<&Viewer>) -> Vec<ListingAction> {
        let (Some(viewer), Some(home)) = (viewer, self.home.as_ref()) else { return Vec::new() };
        let row = &self.row;
        let author = row.author_id.unwrap_or(viewer.person);
        if may_change(self.standing, author, viewer.person).is_err() {
            return Vec::new();
        }
        let state = row.state;
        let publishes = state.publish().is_ok() && admit(home.board(), self.standing, true).is_ok();
        let counts = row.how_much().is_some_and(|quantity| state.progress(quantity).is_ok());
        [
            (ListingAction::Publish, publishes),
            (ListingAction::Progress, counts),
            (ListingAction::Fulfil, state.fulfil().is_ok()),
            (ListingAction::Withdraw, state.withdraw().is_ok()),
            (ListingAction::Reopen, state.reopen(row.how_much()).is_ok()),
            (ListingAction::Edit, state.edit().is_ok()),
            (ListingAction::Keep, self.standing.speaks().is_ok()),
            (ListingAction::Delete, true),
        ]
        .into_iter()
        .filter_map(|(action, may)| may.then_some(action))
        .collect()
    }
}
