//! What I am told.

use actix_web::{HttpRequest, HttpResponse, web};
use db::{Conn, notifications::NotificationRow};
use domain::{CollectiveId, Invalid, NotificationId, Time};
use ops::notifications::{DeleteNotification, ReadNotifications, Seen};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    Api, Result,
    actors::{self, ActorView},
    auth::{ReadNotifications as ReadScope, Viewer, WriteNotifications},
    body::Body,
    listings::yes_or_no,
    paging::{Page, PageQuery, query},
    sight, words,
};

/// So many are named at once at most.
const MOST_NAMED: usize = 100;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/notifications").get(list));
    cfg.service(web::resource("/notifications/count").get(count));
    cfg.service(web::resource("/notifications/read").post(read));
    cfg.service(web::resource("/notifications/{notification}").delete(remove));
}

/// Something that you are told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotificationView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    #[schema(value_type = words::NotificationKind)]
    kind: &'static str,
    /// Who did it; `null` where that stays with the collective or its moderators.
    actor: Option<ActorView>,
    /// The collective that it concerns.
    collective: Option<ActorView>,
    /// The id of the listing that it concerns.
    #[schema(value_type = Option<String>, format = "uuid")]
    listing: Option<Uuid>,
    /// The id of what was said.
    #[schema(value_type = Option<String>, format = "uuid")]
    reply: Option<Uuid>,
    /// The id of the agreement, where it tells of one.
    #[schema(value_type = Option<String>, format = "uuid")]
    agreement: Option<Uuid>,
    /// The title of the listing, the state of an agreement, a role, or what moderators did and why.
    text: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    /// `null` while it is new to you.
    #[schema(value_type = Option<String>, format = DateTime)]
    read_at: Option<String>,
}

/// Notifications with whom they name, loaded at once.
fn views(conn: &mut Conn, rows: &[NotificationRow]) -> Result<Vec<NotificationView>> {
    let ids =
        rows.iter().flat_map(|row| [row.actor_id, row.collective_id.map(CollectiveId::actor)]);
    let known = actors::load(conn, ids.flatten().collect())?;
    let views = rows.iter().map(|row| NotificationView {
        id: row.id.uuid(),
        kind: row.kind.word(),
        actor: row.actor_id.and_then(|id| known.get(&id).cloned()),
        collective: row.collective_id.and_then(|id| known.get(&id.actor()).cloned()),
        listing: row.listing_id.map(domain::ListingId::uuid),
        reply: row.reply_id.map(domain::ReplyId::uuid),
        agreement: row.agreement_id.map(domain::AgreementId::uuid),
        text: row.text.clone(),
        created_at: row.created_at.wire(),
        read_at: row.read_at.map(Time::wire),
    });
    Ok(views.collect())
}

/// Which notifications to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct NotificationsQuery {
    /// `true`: those alone that you have not read.
    #[param(value_type = Option<bool>)]
    unread: Option<String>,
}

/// Lists what you are told, the newest first. It is kept for 90 days.
#[utoipa::path(
    get,
    path = "/notifications",
    operation_id = "listNotifications",
    tag = "notifications",
    params(NotificationsQuery, PageQuery),
    responses((status = 200, description = "A page of notifications", body = Page<NotificationView>, headers(("Link" = String)))),
    security(("bearer" = ["notifications:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadScope>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let asked = query::<NotificationsQuery>(&req)?;
    let unread = yes_or_no("unread", asked.unread.as_deref())?.unwrap_or_default();
    let span = query::<PageQuery>(&req)?.span("notifications")?;
    let person = viewer.person;
    let found = api.read(move |conn| {
        let (cursor, rows) = (span.cursor(), span.rows());
        let mut rows = db::notifications::page(conn, person, unread, cursor, rows)?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: views(conn, &rows)?, next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// How much is new.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnreadView {
    unread: i64,
}

/// Counts what you have not read.
#[utoipa::path(
    get,
    path = "/notifications/count",
    operation_id = "countNotifications",
    tag = "notifications",
    responses((status = 200, description = "How much is new", body = UnreadView)),
    security(("bearer" = ["notifications:read"]))
)]
pub(crate) async fn count(api: web::Data<Api>, viewer: Viewer<ReadScope>) -> Result<HttpResponse> {
    let person = viewer.person;
    let unread = api.read(move |conn| Ok(db::notifications::count_unread(conn, person)?)).await?;
    Ok(HttpResponse::Ok().json(UnreadView { unread }))
}

/// What you have read: everything `until` one of them, or those of `ids`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "until": "01890000-0000-7000-8000-000000000000" }))]
pub(crate) struct ReadForm {
    /// The id of the newest one that you have read.
    #[schema(format = "uuid")]
    until: Option<String>,
    #[schema(value_type = Option<Vec<words::Uuid>>, max_items = 100)]
    ids: Option<Vec<String>>,
}

impl ReadForm {
    fn seen(&self) -> Result<Seen> {
        let wrong = |field| Invalid::new(field, "must be the id of a notification");
        let parse = |field, text: &str| text.parse::<NotificationId>().map_err(|_| wrong(field));
        match (&self.until, &self.ids) {
            (Some(until), None) => Ok(Seen::Until(parse("until", until)?)),
            (None, Some(ids)) if ids.len() <= MOST_NAMED => {
                let ids = ids.iter().map(|id| parse("ids", id));
                Ok(Seen::These(ids.collect::<std::result::Result<_, _>>()?))
            }
            (None, Some(_)) => Err(Invalid::new("ids", "must be at most 100").into()),
            _ => {
                let problem = "must be given, or ids must; and not both";
                Err(Invalid::new("until", problem).into())
            }
        }
    }
}

/// Marks what you have read; ids that are none of yours change nothing.
#[utoipa::path(
    post,
    path = "/notifications/read",
    operation_id = "readNotifications",
    tag = "notifications",
    request_body = ReadForm,
    responses((status = 204, description = "They count as read")),
    security(("bearer" = ["notifications:write"]))
)]
pub(crate) async fn read(
    api: web::Data<Api>,
    viewer: Viewer<WriteNotifications>,
    body: Body,
) -> Result<HttpResponse> {
    let form: ReadForm = body.json()?;
    api.door.perform(viewer.origin(), ReadNotifications { seen: form.seen()? }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Throws a notification away.
#[utoipa::path(
    delete,
    path = "/notifications/{notification}",
    operation_id = "deleteNotification",
    tag = "notifications",
    params(("notification" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 204, description = "It is gone")),
    security(("bearer" = ["notifications:write"]))
)]
pub(crate) async fn remove(
    api: web::Data<Api>,
    viewer: Viewer<WriteNotifications>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let notification = sight::id(&path, "notification")?;
    api.door.perform(viewer.origin(), DeleteNotification { notification }).await?;
    Ok(HttpResponse::NoContent().finish())
}
