//! What is said on top of every page, for a while.

use actix_web::{HttpResponse, web};
use db::announcements::AnnouncementRow;
use domain::{AnnouncementId, Time};
use ops::{
    about::Texts,
    announcements::{Announce, EndAnnouncement},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    only,
    settings::{ByLanguage, by_language, texts},
};
use crate::{
    Api, Result,
    auth::{MaybeViewer, ReadAdmin, ReadCollectives, Viewer, WriteAdmin},
    body::Body,
    sight,
};

/// So many are kept in a list.
const MOST: i64 = 200;
/// So many are said at once.
const AT_ONCE: i64 = 5;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/announcements").get(current))
        .service(web::resource("/admin/announcements").get(list).post(announce))
        .service(web::resource("/admin/announcements/{announcement}").delete(end));
}

/// An announcement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnnouncementView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// By language.
    #[schema(value_type = Object)]
    text: ByLanguage,
    #[schema(value_type = String, format = DateTime)]
    starts_at: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    ends_at: Option<String>,
}

impl AnnouncementView {
    fn new(row: &AnnouncementRow) -> Self {
        Self {
            id: row.id.uuid(),
            text: by_language(&Texts::read(&row.text)),
            starts_at: row.starts_at.wire(),
            ends_at: row.ends_at.map(Time::wire),
        }
    }
}

/// Announcements, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnnouncementsView {
    items: Vec<AnnouncementView>,
}

impl AnnouncementsView {
    fn new(rows: &[AnnouncementRow]) -> Self {
        Self { items: rows.iter().map(AnnouncementView::new).collect() }
    }
}

/// Lists what those who run this place say to everybody at this moment.
#[utoipa::path(
    get,
    path = "/announcements",
    operation_id = "listCurrentAnnouncements",
    tag = "instance",
    responses((status = 200, description = "The newest five", body = AnnouncementsView)),
    security((), ("bearer" = ["collectives:read"]))
)]
pub(crate) async fn current(
    api: web::Data<Api>,
    _viewer: MaybeViewer<ReadCollectives>,
) -> Result<HttpResponse> {
    let now = api.door.now();
    let rows = api.read(move |conn| Ok(db::announcements::current(conn, now, AT_ONCE)?)).await?;
    Ok(HttpResponse::Ok().json(AnnouncementsView::new(&rows)))
}

/// Lists announcements, those that are over and those to come too; admins may.
#[utoipa::path(
    get,
    path = "/admin/announcements",
    operation_id = "listAnnouncements",
    tag = "admin",
    responses((status = 200, description = "The newest 200", body = AnnouncementsView)),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn list(api: web::Data<Api>, viewer: Viewer<ReadAdmin>) -> Result<HttpResponse> {
    only(&viewer)?;
    let rows = api.read(|conn| Ok(db::announcements::all(conn, MOST)?)).await?;
    Ok(HttpResponse::Ok().json(AnnouncementsView::new(&rows)))
}

/// What is announced.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "text": { "en": "We move to a new machine tonight.", "es": "Esta noche nos mudamos." },
    "ends_at": "2026-03-15T08:00:00Z",
}))]
pub(crate) struct AnnouncementForm {
    /// By language, up to 500 characters each; in one language at least.
    #[schema(value_type = Object)]
    text: ByLanguage,
    /// From when on; from now on where it is left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    starts_at: Option<String>,
    /// Until when; until it is taken away where it is left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    ends_at: Option<String>,
}

/// The id of what was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnnouncedView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
}

/// Says something on top of every page; admins may.
#[utoipa::path(
    post,
    path = "/admin/announcements",
    operation_id = "announce",
    tag = "admin",
    request_body = AnnouncementForm,
    responses((status = 201, description = "It is said", body = AnnouncedView)),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn announce(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    body: Body,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let form: AnnouncementForm = body.json()?;
    let moment = |field, text: Option<String>| {
        text.as_deref().map(|text| Time::parse(field, text)).transpose()
    };
    let operation = Announce {
        text: texts(&form.text)?,
        starts_at: moment("starts_at", form.starts_at)?,
        ends_at: moment("ends_at", form.ends_at)?,
    };
    let id = api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::Created().json(AnnouncedView { id: id.uuid() }))
}

/// Takes an announcement away; admins may.
#[utoipa::path(
    delete,
    path = "/admin/announcements/{announcement}",
    operation_id = "endAnnouncement",
    tag = "admin",
    params(("announcement" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 204, description = "It is gone")),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn end(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let id: AnnouncementId = sight::id(&path, "announcement")?;
    api.door.perform(viewer.origin(), EndAnnouncement { id }).await?;
    Ok(HttpResponse::NoContent().finish())
}
