//! Forms kept for later, and listings that come again.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use db::templates::TemplateRow;
use domain::{
    Invalid, PersonId, TemplateId, Time,
    listings::Content,
    templates::Recurs,
    text::{self, Language},
};
use ops::templates::{CreateTemplate, DeleteTemplate, EditTemplate, Template, UseTemplate};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Result,
    auth::{ReadListings, Viewer, WriteListings},
    body::{self, Body, Change},
    collectives::find,
    etag::{IfMatch, etag},
    listings::{self, PostListingForm, views::ListingView},
    paging::{Page, PageQuery, query},
    problem::ApiError,
    sight, words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/collectives/{collective}/templates").get(list).post(create));
    cfg.service(web::resource("/templates/{template}").get(show).patch(edit).delete(remove));
    cfg.service(web::resource("/templates/{template}/use").post(make));
}

/// A form kept for later.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TemplateView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// The id of its collective.
    #[schema(value_type = String, format = "uuid")]
    collective: Uuid,
    name: String,
    /// What a listing from it says.
    #[schema(value_type = Object)]
    form: Value,
    /// How often it is published by itself.
    #[schema(value_type = Option<words::Recurs>)]
    recurs: Option<&'static str>,
    /// When it is next published by itself.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_at: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    #[schema(value_type = String, format = DateTime)]
    updated_at: String,
    /// Counts changes; also the `ETag`.
    version: i64,
}

impl TemplateView {
    fn new(row: &TemplateRow) -> Self {
        Self {
            id: row.id.uuid(),
            collective: row.collective_id.uuid(),
            name: row.name.clone(),
            form: serde_json::from_str(&row.form).unwrap_or_default(),
            recurs: row.recurs.map(Recurs::word),
            next_at: row.next_at.map(Time::wire),
            created_at: row.created_at.wire(),
            updated_at: row.updated_at.wire(),
            version: row.version,
        }
    }
}

/// Lists the templates of a collective, the newest first, for its members.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/templates",
    operation_id = "listTemplates",
    tag = "templates",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        PageQuery
    ),
    responses((status = 200, description = "A page of templates", body = Page<TemplateView>, headers(("Link" = String)))),
    security(("bearer" = ["listings:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadListings>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("templates")?;
    let id = find(&api, &path).await?.id.collective();
    let person = viewer.person;
    let found = api.read(move |conn| {
        sight::member(conn, id, Some(person))?;
        let mut rows = db::templates::page(conn, id, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: rows.iter().map(TemplateView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// A form to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "Vegetable boxes",
    "form": { "purpose": "offer", "kind": "goods", "title": "Vegetable boxes" },
    "recurs": "weekly",
    "next_at": "2027-03-14T08:00:00Z",
}))]
pub(crate) struct TemplateForm {
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// As a listing is posted, without dates, pictures, and on whose behalf: those are of one time.
    #[schema(value_type = PostListingForm)]
    form: Value,
    /// How often it is published by itself; each one closes when the next is due.
    #[schema(value_type = Option<words::Recurs>)]
    recurs: Option<String>,
    /// When it is first published by itself: in the future; of months and years, on day 1 to 28.
    #[schema(format = DateTime)]
    next_at: Option<String>,
}

impl TemplateForm {
    fn template(&self) -> Result<Template> {
        Ok(Template {
            name: text::line("name", &self.name, 1, 120)?,
            form: checked(&self.form)?,
            recurs: self.recurs.as_deref().map(Recurs::parse).transpose()?,
            next_at: listings::time("next_at", self.next_at.as_deref())?,
        })
    }
}

/// The form of a listing as it is kept: read once, so that it can be read later.
fn checked(form: &Value) -> Result<String> {
    let read: PostListingForm = body::value("form", form.clone())?;
    read.refuse_single_use()?;
    read.content(Language::default().as_str()).map_err(|err| body::inside("form", err))?;
    let text = form.to_string();
    if body::LARGEST / 8 < text.len() {
        return Err(Invalid::new("form", "must be at most 32 KiB").into());
    }
    Ok(text)
}

/// What the form of a template says, for whoever publishes it when its time has come.
pub fn content(form: &str, language: &str) -> Option<Content> {
    let form: PostListingForm = serde_json::from_str(form).ok()?;
    form.content(language).ok()
}

/// Keeps a form for later; stewards and delegates may.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/templates",
    operation_id = "createTemplate",
    tag = "templates",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    request_body = TemplateForm,
    responses((
        status = 201,
        description = "The template",
        body = TemplateView,
        headers(("Location" = String), ("ETag" = String))
    )),
    security(("bearer" = ["listings:write"]))
)]
pub(crate) async fn create(
    api: web::Data<Api>,
    viewer: Viewer<WriteListings>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: TemplateForm = body.json()?;
    let collective = find(&api, &path).await?.id.collective();
    let operation = CreateTemplate { collective, template: form.template()? };
    let id = api.door.perform(viewer.origin(), operation).await?;
    let row = row(&api, id, viewer.person).await?;
    let location = api.door.site().at(&format!("api/v1/templates/{id}"));
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, location))
        .insert_header(etag(row.version))
        .json(TemplateView::new(&row)))
}

/// Shows a template, to members of its collective.
#[utoipa::path(
    get,
    path = "/templates/{template}",
    operation_id = "showTemplate",
    tag = "templates",
    params(("template" = String, Path, description = "Its id", format = "uuid")),
    responses((
        status = 200,
        description = "The template",
        body = TemplateView,
        headers(("ETag" = String))
    )),
    security(("bearer" = ["listings:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: Viewer<ReadListings>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let row = row(&api, sight::id(&path, "template")?, viewer.person).await?;
    Ok(HttpResponse::Ok().insert_header(etag(row.version)).json(TemplateView::new(&row)))
}

/// What to change of a template; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "recurs": null, "next_at": null }))]
pub(crate) struct EditTemplateForm {
    #[schema(min_length = 1, max_length = 120)]
    name: Option<String>,
    /// The whole form anew.
    #[schema(value_type = Option<PostListingForm>)]
    form: Option<Value>,
    #[serde(default)]
    #[schema(value_type = Option<words::Recurs>)]
    recurs: Change<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    next_at: Change<String>,
}

impl EditTemplateForm {
    fn template(&self, row: &TemplateRow) -> Result<Template> {
        Ok(Template {
            name: text::line("name", self.name.as_deref().unwrap_or(&row.name), 1, 120)?,
            form: self.form.as_ref().map_or_else(|| Ok(row.form.clone()), checked)?,
            recurs: self.recurs.apply(row.recurs, |word| Recurs::parse(word))?,
            next_at: self.next_at.apply(row.next_at, |text| Time::parse("next_at", text))?,
        })
    }
}

/// Changes a template; stewards and delegates may.
#[utoipa::path(
    patch,
    path = "/templates/{template}",
    operation_id = "editTemplate",
    tag = "templates",
    params(
        ("template" = String, Path, description = "Its id", format = "uuid"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what you saw")
    ),
    request_body = EditTemplateForm,
    responses(
        (
            status = 200,
            description = "The template as it is now",
            body = TemplateView,
            headers(("ETag" = String))
        ),
        (status = 409, description = "Somebody else has changed it meanwhile"),
        (status = 412, description = "It is not the version that If-Match names")
    ),
    security(("bearer" = ["listings:write"]))
)]
pub(crate) async fn edit(
    api: web::Data<Api>,
    viewer: Viewer<WriteListings>,
    path: web::Path<String>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse> {
    let form: EditTemplateForm = body.json()?;
    let id = sight::id(&path, "template")?;
    let seen = IfMatch::of(&req);
    let old = row(&api, id, viewer.person).await?;
    let template = form.template(&old)?;
    seen.check(old.version)?;
    let operation = EditTemplate { id, template, version: old.version };
    let done = api.door.perform(viewer.origin(), operation).await;
    done.map_err(|err| ApiError::from(err).precondition(seen.is_named()))?;
    let row = row(&api, id, viewer.person).await?;
    Ok(HttpResponse::Ok().insert_header(etag(row.version)).json(TemplateView::new(&row)))
}

/// Throws a template away; what was made from it stays. Stewards and delegates may.
#[utoipa::path(
    delete,
    path = "/templates/{template}",
    operation_id = "deleteTemplate",
    tag = "templates",
    params(("template" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 204, description = "It is gone")),
    security(("bearer" = ["listings:write"]))
)]
pub(crate) async fn remove(
    api: web::Data<Api>,
    viewer: Viewer<WriteListings>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let id = sight::id(&path, "template")?;
    api.door.perform(viewer.origin(), DeleteTemplate { id }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// How to use a template.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "publish": true }))]
pub(crate) struct UseForm {
    /// `true` publishes it; a draft is made where it is left out.
    publish: Option<bool>,
    /// When it closes by itself: in the future, within five years.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
}

/// Makes a listing from a template; whoever may post on its collective's board may.
#[utoipa::path(
    post,
    path = "/templates/{template}/use",
    operation_id = "useTemplate",
    tag = "templates",
    params(("template" = String, Path, description = "Its id", format = "uuid")),
    request_body = Option<UseForm>,
    responses(
        (
            status = 201,
            description = "The new listing",
            body = ListingView,
            headers(("Location" = String), ("ETag" = String))
        ),
        (status = 409, description = "The board takes no new listings")
    ),
    security(("bearer" = ["listings:write"]))
)]
pub(crate) async fn make(
    api: web::Data<Api>,
    viewer: Viewer<WriteListings>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: UseForm = body.json_or_default()?;
    let row = row(&api, sight::id(&path, "template")?, viewer.person).await?;
    let board = row.collective_id;
    let home = api.read(move |conn| Ok(db::collectives::find(conn, board)?)).await?;
    let home = home.ok_or(domain::Refusal::NotFromHere)?;
    let missing = || Invalid::new("form", "is none of this version any more; edit the template");
    let mut content = content(&row.form, home.language.as_str()).ok_or_else(missing)?;
    content.window.expires_at = listings::time("expires_at", form.expires_at.as_deref())?;
    let publish = form.publish.unwrap_or_default();
    let operation = UseTemplate { id: row.id, content, publish };
    let id = api.door.perform(viewer.origin(), operation).await?;
    let mut created = HttpResponse::Created();
    let location = api.door.site().at(&format!("api/v1/listings/{id}"));
    created.insert_header((header::LOCATION, location));
    listings::answer(&api, created, id, Some(viewer.person)).await
}

/// A template, for members of its collective; to others it is not there.
async fn row(api: &Api, id: TemplateId, person: PersonId) -> Result<TemplateRow> {
    let found = api.read(move |conn| {
        let missing = || ApiError::not_found("template");
        let row = db::templates::find(conn, id)?.ok_or_else(missing)?;
        let standing = sight::standing(conn, row.collective_id, Some(person))?;
        if standing.belongs() { Ok(row) } else { Err(missing()) }
    });
    found.await
}
