//! What happens, as it happens: server-sent events that go on where they broke off.
//!
//! Each stream reads the events of the database by their ids, so it does not matter which process wrote
//! them; a bell only makes it quicker. Each time it asks again who watches and what they may see.

mod seats;
mod stream_of;
mod topics;

use actix_web::{FromRequest as _, HttpRequest, HttpResponse, http::header, web};
use domain::{EventId, Invalid, PersonId};
use futures::stream;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

pub(crate) use seats::Seats;

use crate::{
    Api, Result,
    auth::{
        self, MaybeViewer, ReadAgreements, ReadFeeds, ReadListings, ReadNotifications, ReadReplies,
        Viewer,
    },
    collectives::find,
    limits,
    paging::query,
    problem::ApiError,
    sight, words,
};
use stream_of::Stream;
use topics::{Asked, Topic, Watcher};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/streaming").get(watch));
}

/// What to watch, and from where.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WatchQuery {
    /// `home`, `public`, `notifications`, `collective:HANDLE`, or `thread:LISTING`.
    #[param(
        value_type = String,
        required = true,
        pattern = "^(home|public|notifications|collective:.+|thread:.+)$"
    )]
    topic: Option<String>,
    /// The id of the last event that was seen, as `Last-Event-ID` has it; from now on where there is none.
    #[param(value_type = Option<String>, format = "uuid")]
    since: Option<String>,
}

/// The `data` of an event. What it is about is read by its id.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HappenedView {
    /// Also the name of the event.
    #[schema(value_type = words::HappenedType)]
    r#type: &'static str,
    /// What became of it; of a notification, what it is about.
    #[schema(value_type = words::HappenedChange)]
    change: String,
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    #[schema(value_type = String, format = DateTime)]
    occurred_at: String,
}

/// Tells what happens, as it happens (server-sent events).
///
/// The stream ends when the token does; a client that comes back with `Last-Event-ID` misses nothing of
/// the last seven days. An event may come twice: its id is the same.
#[utoipa::path(
    get,
    path = "/streaming",
    operation_id = "watch",
    tag = "streaming",
    params(WatchQuery),
    responses(
        (
            status = 200,
            description = "Events, each with its `id`, its name, and its `data`; a comment every 15 s",
            body = HappenedView,
            content_type = "text/event-stream"
        ),
        (status = 404, description = "There is no such collective or listing, or not for you"),
        (status = 410, description = "The listing was deleted"),
        (status = 429, description = "10 streams of this account, or of this address, are open")
    ),
    security(
        (),
        ("bearer" = ["feeds:read"]),
        ("bearer" = ["notifications:read"]),
        ("bearer" = ["listings:read", "replies:read"])
    )
)]
pub(crate) async fn watch(api: web::Data<Api>, req: HttpRequest) -> Result<HttpResponse> {
    let asked: WatchQuery = query(&req)?;
    let watcher = watcher(&api, &req, asked.topic.as_deref()).await?;
    let since = since(&req, asked.since.as_deref())?;
    let token = auth::bearer(&req)?;
    let who = watcher
        .person
        .map_or_else(|| limits::network(&req).to_string(), |person: PersonId| person.to_string());
    let seat = api.limits.seats.take(who).ok_or(ApiError::TooMany { wait: 30 })?;
    let stream = Stream::open(api, watcher, token, since, seat).await?;
    let events = stream::unfold(stream, |mut stream| async move {
        let text = stream.next().await?;
        Some((Ok::<_, actix_web::Error>(text), stream))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(Box::pin(events)))
}

/// Who watches what; the token must allow to read it.
async fn watcher(api: &Api, req: &HttpRequest, topic: Option<&str>) -> Result<Watcher> {
    let (topic, person) = match Asked::read(topic)? {
        Asked::Plain(Topic::Public) => {
            (Topic::Public, MaybeViewer::<ReadFeeds>::extract(req).await?.person)
        }
        Asked::Plain(Topic::Notifications) => {
            let viewer = Viewer::<ReadNotifications>::extract(req).await?;
            (Topic::Notifications, Some(viewer.person))
        }
        Asked::Plain(topic) => (topic, Some(Viewer::<ReadFeeds>::extract(req).await?.person)),
        Asked::Collective(handle) => {
            let person = reader(req).await?;
            (Topic::Collective(find(api, handle).await?.id.collective()), person)
        }
        Asked::Thread(listing) => {
            let person = reader(req).await?;
            let id = sight::id(listing, "listing")?;
            api.read(move |conn| sight::listing(conn, id, person)).await?;
            (Topic::Thread(id), person)
        }
    };
    let agreements = Viewer::<ReadAgreements>::extract(req).await.is_ok();
    Ok(Watcher { topic, person, agreements })
}

/// Who reads both listings and replies.
async fn reader(req: &HttpRequest) -> Result<Option<PersonId>> {
    MaybeViewer::<ReadListings>::extract(req).await?;
    Ok(MaybeViewer::<ReadReplies>::extract(req).await?.person)
}

/// What was seen last; a browser that comes back by itself says it in a header.
fn since(req: &HttpRequest, asked: Option<&str>) -> Result<Option<EventId>> {
    let header = req.headers().get("last-event-id").map(|value| value.to_str().unwrap_or("?"));
    let Some(text) = header.or(asked) else { return Ok(None) };
    let wrong = || Invalid::new("since", "must be the id of an event of this stream");
    let id: EventId = text.parse().map_err(|_| wrong())?;
    Ok(Some(id))
}
