//! Feeds: what those I follow say, and what everybody needs and offers.

use actix_web::{HttpRequest, HttpResponse, web};
use db::{Conn, listings::Filter};
use domain::ActorId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Result,
    auth::{MaybeViewer, ReadFeeds, Viewer},
    listings::{
        listed,
        views::{self, ListingView},
    },
    paging::{Page, PageQuery, Span, query},
    replies::ReplyView,
    search::FilterQuery,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/feeds/home").get(home));
    cfg.service(web::resource("/feeds/public").get(public));
}

/// A listing or a reply; `type` says which.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum FeedItem {
    Listing(Box<ListingView>),
    Reply(Box<ReplyView>),
}

impl FeedItem {
    fn id(&self) -> Uuid {
        match self {
            Self::Listing(view) => view.id,
            Self::Reply(view) => view.id,
        }
    }
}

/// Lists what the collectives and people you follow say, the newest first; with any filter, the needs and offers
/// among it alone.
#[utoipa::path(
    get,
    path = "/feeds/home",
    operation_id = "showHomeFeed",
    tag = "feeds",
    params(FilterQuery, PageQuery),
    responses((status = 200, description = "A page of listings and replies", body = Page<FeedItem>, headers(("Link" = String)))),
    security(("bearer" = ["feeds:read"]))
)]
pub(crate) async fn home(
    api: web::Data<Api>,
    viewer: Viewer<ReadFeeds>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("feeds/home")?;
    let filter = FilterQuery::read(&req)?;
    let reader = viewer.person.actor();
    let found = api.read(move |conn| merged(conn, reader, &filter, span));
    Ok(found.await?.answer(&api, &req))
}

/// Ids are ordered by time whatever they name, so one cursor serves both lists.
fn merged(conn: &mut Conn, reader: ActorId, filter: &Filter, span: Span) -> Result<Page<FeedItem>> {
    let listings = db::listings::feed(conn, reader, filter, span.cursor(), span.rows())?;
    let replies = if *filter == Filter::default() {
        db::replies::feed(conn, reader, span.cursor(), span.rows())?
    } else {
        Vec::new()
    };
    let listings = views::all(conn, &listings)?;
    let mut items: Vec<FeedItem> =
        listings.into_iter().map(|view| FeedItem::Listing(Box::new(view))).collect();
    let replies = ReplyView::all(conn, &replies)?;
    items.extend(replies.into_iter().map(|view| FeedItem::Reply(Box::new(view))));
    items.sort_unstable_by_key(|item| std::cmp::Reverse(item.id()));
    let next = span.cut(&mut items, FeedItem::id);
    Ok(Page { items, next })
}

/// Lists what is needed and offered at the moment by everybody known here, the newest first.
#[utoipa::path(
    get,
    path = "/feeds/public",
    operation_id = "showPublicFeed",
    tag = "feeds",
    params(FilterQuery, PageQuery),
    responses((status = 200, description = "A page of open listings", body = Page<ListingView>, headers(("Link" = String)))),
    security((), ("bearer" = ["feeds:read"]))
)]
pub(crate) async fn public(
    api: web::Data<Api>,
    _viewer: MaybeViewer<ReadFeeds>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let filter = FilterQuery::read(&req)?;
    listed(&api, &req, "feeds/public", Filter { open: Some(true), ..filter }).await
}
