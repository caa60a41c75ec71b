//! Pictures: uploading, describing, and throwing them away; and the files themselves.

mod form;
pub(crate) mod views;

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use domain::{
    MediaId,
    media::{MediaType, alt},
};
use ops::media::{DescribeMedia, Store};
use serde::Deserialize;
use utoipa::ToSchema;

use self::{form::Upload, views::MediaView};
use crate::{
    Api, Result,
    auth::{ReadMedia, Viewer, WriteMedia},
    body::Body,
    problem::ApiError,
    sight,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/media").post(upload));
    cfg.service(web::resource("/media/{media}").get(show).patch(describe).delete(remove));
}

/// The files, for everybody who knows what they are called; outside of `/api/v1`.
pub(crate) fn files(cfg: &mut web::ServiceConfig) {
    cfg.route("/media/{name}", web::get().to(file));
    cfg.route("/media/{name}", web::head().to(file));
}

/// What a picture may do in a browser that is led to it: nothing at all.
const HARMLESS: &str = "default-src 'none'; sandbox";

/// Answers with a file; what is in it never changes.
async fn file(store: web::Data<Store>, path: web::Path<String>) -> HttpResponse {
    let Some((bytes, media_type)) = store.read(&path).await else {
        return HttpResponse::NotFound()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .finish();
    };
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, MediaType::word(media_type)))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, HARMLESS))
        .insert_header(("Cross-Origin-Resource-Policy", "cross-origin"))
        .body(bytes)
}

/// A picture to upload.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "describes a form that is read part by part")]
pub(crate) struct UploadForm {
    /// JPEG, PNG, WebP, or GIF: at most 8 MiB, and 40 million pixels.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// What there is to see, for those who do not see it.
    #[schema(min_length = 1, max_length = 1500)]
    alt: String,
}

/// Uploads a picture. It is painted anew, so that nothing hidden is left in it, and kept for a day; let a listing
/// come with it in that time.
#[utoipa::path(
    post,
    path = "/media",
    operation_id = "uploadMedia",
    tag = "media",
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "The picture", body = MediaView, headers(("Location" = String))),
        (status = 413, description = "The file is over 8 MiB"),
        (status = 415, description = "The body is not multipart/form-data")
    ),
    security(("bearer" = ["media:write"]))
)]
pub(crate) async fn upload(
    api: web::Data<Api>,
    store: web::Data<Store>,
    viewer: Viewer<WriteMedia>,
    req: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse> {
    let Upload { file, alt: words } = Upload::read(&req, payload).await?;
    let words = alt(&words)?;
    let prepared = store.prepare(file).await?;
    let id = store.keep(&api.door, &api.reader, viewer.origin(), prepared, words).await?;
    let location = api.door.site().at(&format!("api/v1/media/{id}"));
    let view = find(&api, id, &viewer).await?;
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(view))
}

/// Shows a picture of yours.
#[utoipa::path(
    get,
    path = "/media/{media}",
    operation_id = "showMedia",
    tag = "media",
    params(("media" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 200, description = "The picture", body = MediaView)),
    security(("bearer" = ["media:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: Viewer<ReadMedia>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let id = sight::id(&path, "media")?;
    Ok(HttpResponse::Ok().json(find(&api, id, &viewer).await?))
}

/// What there is to see, in other words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "alt": "A ladder of six rungs, leaning at a wall" }))]
pub(crate) struct DescribeForm {
    #[schema(min_length = 1, max_length = 1500)]
    alt: String,
}

/// Says in other words what there is to see; other servers are told where a listing comes with it.
#[utoipa::path(
    patch,
    path = "/media/{media}",
    operation_id = "describeMedia",
    tag = "media",
    params(("media" = String, Path, description = "Its id", format = "uuid")),
    request_body = DescribeForm,
    responses((status = 200, description = "The picture", body = MediaView)),
    security(("bearer" = ["media:write"]))
)]
pub(crate) async fn describe(
    api: web::Data<Api>,
    viewer: Viewer<WriteMedia>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: DescribeForm = body.json()?;
    let media = sight::id(&path, "media")?;
    let operation = DescribeMedia { media, alt: alt(&form.alt)? };
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::Ok().json(find(&api, media, &viewer).await?))
}

/// Throws a picture of yours away, also from the listing that comes with it.
#[utoipa::path(
    delete,
    path = "/media/{media}",
    operation_id = "deleteMedia",
    tag = "media",
    params(("media" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 204, description = "It is gone")),
    security(("bearer" = ["media:write"]))
)]
pub(crate) async fn remove(
    api: web::Data<Api>,
    store: web::Data<Store>,
    viewer: Viewer<WriteMedia>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let media = sight::id(&path, "media")?;
    store.discard(&api.door, &api.reader, viewer.origin(), media).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A picture of whoever asks; to others it is not there.
async fn find<S>(api: &Api, id: MediaId, viewer: &Viewer<S>) -> Result<MediaView> {
    let person = viewer.person;
    let site = api.door.site().clone();
    let found = api.read(move |conn| {
        let row = db::media::find(conn, id)?.filter(|row| row.owner_id == person);
        let row = row.ok_or_else(|| ApiError::not_found("media"))?;
        Ok(MediaView::new(&row, site.base().as_str()))
    });
    found.await
}
