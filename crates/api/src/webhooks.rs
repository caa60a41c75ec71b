//! Webhooks of a collective: where it is told what happens on its board. Its stewards see and change them.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use db::{
    Conn,
    webhooks::{LetterRow, WebhookRow},
};
use domain::{CollectiveId, PersonId, WebhookId, webhooks};
use ops::webhooks::{AddWebhook, EditWebhook, RemoveWebhook, TestWebhook};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Result,
    auth::{ReadWebhooks, Viewer, WriteWebhooks},
    body::Body,
    collectives::find,
    paging::{Page, PageQuery, query},
    problem::ApiError,
    sight, words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/collectives/{collective}/webhooks").get(list).post(add));
    cfg.service(
        web::resource("/collectives/{collective}/webhooks/{webhook}").patch(edit).delete(remove),
    );
    cfg.service(web::resource("/collectives/{collective}/webhooks/{webhook}/letters").get(letters));
    cfg.service(web::resource("/collectives/{collective}/webhooks/{webhook}/test").post(test));
}

/// Where a collective is told what happens.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WebhookView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    url: String,
    #[schema(value_type = Vec<words::WebhookEvent>)]
    events: Vec<String>,
    /// Off, too, after 20 letters in a row that never arrived.
    enabled: bool,
    /// How many letters in a row have not arrived.
    failures: i32,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    /// What letters are signed with; `null` ever after the answer to its making.
    secret: Option<String>,
}

/// A letter, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LetterView {
    /// The `Webhook-Id` it is sent with, each time the same.
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    event: String,
    attempts: i32,
    /// The status of the last answer.
    status: Option<i32>,
    /// Why it has not arrived.
    error: Option<String>,
    /// When it is tried next; `null` where it is not.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    done_at: Option<String>,
}

impl WebhookView {
    fn new(row: &WebhookRow, secret: Option<String>) -> Self {
        Self {
            id: row.id.uuid(),
            url: row.url.clone(),
            events: row.events.split(' ').map(str::to_owned).collect(),
            enabled: row.enabled,
            failures: row.failures,
            created_at: row.created_at.wire(),
            secret,
        }
    }
}

impl LetterView {
    fn new(row: LetterRow) -> Self {
        Self {
            id: row.id.uuid(),
            event: row.event,
            attempts: row.attempts,
            status: row.status,
            error: row.error,
            due_at: row.due_at.map(domain::Time::wire),
            created_at: row.created_at.wire(),
            done_at: row.done_at.map(domain::Time::wire),
        }
    }
}

/// A new webhook.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "url": "https://garden.example/tequio",
    "events": ["agreement.offered", "reply.posted"],
}))]
pub(crate) struct AddWebhookForm {
    /// An https address that everybody can reach.
    #[schema(max_length = 2000, pattern = "^https://[^\\s/?#@]+([/?][^\\s#]*)?$")]
    url: String,
    /// What to tell.
    #[schema(value_type = Vec<words::WebhookEvent>, min_items = 1)]
    events: Vec<String>,
}

/// What to change of a webhook; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "enabled": true }))]
pub(crate) struct EditWebhookForm {
    #[schema(max_length = 2000, pattern = "^https://[^\\s/?#@]+([/?][^\\s#]*)?$")]
    url: Option<String>,
    #[schema(value_type = Option<Vec<words::WebhookEvent>>, min_items = 1)]
    events: Option<Vec<String>>,
    /// Turned off, nothing is sent, and what waits is let go.
    enabled: Option<bool>,
}

/// Lists the webhooks of a collective.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/webhooks",
    operation_id = "listWebhooks",
    tag = "webhooks",
    params(("collective" = String, Path, description = "Its id or its handle")),
    responses((status = 200, description = "All of them, at most 10", body = Vec<WebhookView>)),
    security(("bearer" = ["webhooks:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadWebhooks>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let (collective, person) = (find(&api, &path).await?.id.collective(), viewer.person);
    let found = api.read(move |conn| {
        steward(conn, collective, person)?;
        Ok(db::webhooks::of(conn, collective)?)
    });
    let rows = found.await?;
    Ok(HttpResponse::Ok()
        .json(rows.iter().map(|row| WebhookView::new(row, None)).collect::<Vec<_>>()))
}

/// Adds a webhook; the answer has its secret, this once.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/webhooks",
    operation_id = "addWebhook",
    tag = "webhooks",
    params(("collective" = String, Path, description = "Its id or its handle")),
    request_body = AddWebhookForm,
    responses(
        (status = 201, description = "The new webhook", body = WebhookView, headers(("Location" = String))),
        (status = 409, description = "It has 10 webhooks already")
    ),
    security(("bearer" = ["webhooks:write"]))
)]
pub(crate) async fn add(
    api: web::Data<Api>,
    viewer: Viewer<WriteWebhooks>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: AddWebhookForm = body.json()?;
    let collective = find(&api, &path).await?.id.collective();
    let operation = AddWebhook {
        collective,
        url: webhooks::address(&form.url, is_plain(&api))?,
        events: webhooks::events(&form.events)?,
    };
    let (id, secret) = api.door.perform(viewer.origin(), operation).await?;
    let place = format!("api/v1/collectives/{collective}/webhooks/{id}");
    let view = one(&api, id, Some(secret)).await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, api.door.site().at(&place)))
        .json(view))
}

/// Changes a webhook, or turns it off and on.
#[utoipa::path(
    patch,
    path = "/collectives/{collective}/webhooks/{webhook}",
    operation_id = "editWebhook",
    tag = "webhooks",
    params(
        ("collective" = String, Path, description = "Its id or its handle"),
        ("webhook" = String, Path, description = "Its id", format = "uuid")
    ),
    request_body = EditWebhookForm,
    responses((status = 200, description = "The webhook as it is now", body = WebhookView)),
    security(("bearer" = ["webhooks:write"]))
)]
pub(crate) async fn edit(
    api: web::Data<Api>,
    viewer: Viewer<WriteWebhooks>,
    path: web::Path<(String, String)>,
    body: Body,
) -> Result<HttpResponse> {
    let form: EditWebhookForm = body.json()?;
    let (collective, webhook) = named(&api, &path).await?;
    let url = form.url.as_deref().map(|url| webhooks::address(url, is_plain(&api))).transpose()?;
    let events = form.events.as_deref().map(webhooks::events).transpose()?;
    let operation = EditWebhook { collective, webhook, url, events, enabled: form.enabled };
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::Ok().json(one(&api, webhook, None).await?))
}

/// Deletes a webhook and the log of its letters.
#[utoipa::path(
    delete,
    path = "/collectives/{collective}/webhooks/{webhook}",
    operation_id = "removeWebhook",
    tag = "webhooks",
    params(
        ("collective" = String, Path, description = "Its id or its handle"),
        ("webhook" = String, Path, description = "Its id", format = "uuid")
    ),
    responses((status = 204, description = "It is gone")),
    security(("bearer" = ["webhooks:write"]))
)]
pub(crate) async fn remove(
    api: web::Data<Api>,
    viewer: Viewer<WriteWebhooks>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (collective, webhook) = named(&api, &path).await?;
    api.door.perform(viewer.origin(), RemoveWebhook { collective, webhook }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists what was sent to a webhook in the last thirty days, the newest first.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/webhooks/{webhook}/letters",
    operation_id = "listLetters",
    tag = "webhooks",
    params(
        ("collective" = String, Path, description = "Its id or its handle"),
        ("webhook" = String, Path, description = "Its id", format = "uuid"),
        PageQuery
    ),
    responses((status = 200, description = "A page of letters", body = Page<LetterView>, headers(("Link" = String)))),
    security(("bearer" = ["webhooks:read"]))
)]
pub(crate) async fn letters(
    api: web::Data<Api>,
    viewer: Viewer<ReadWebhooks>,
    path: web::Path<(String, String)>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("letters")?;
    let (collective, webhook) = named(&api, &path).await?;
    let person = viewer.person;
    let found = api.read(move |conn| {
        steward(conn, collective, person)?;
        let row = db::webhooks::find(conn, webhook)?;
        if row.is_none_or(|row| row.collective_id != collective) {
            return Err(ApiError::not_found("webhook"));
        }
        let mut rows = db::webhooks::letters(conn, webhook, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: rows.into_iter().map(LetterView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Sends a letter that tells of nothing (`test`), to see whether it arrives.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/webhooks/{webhook}/test",
    operation_id = "testWebhook",
    tag = "webhooks",
    params(
        ("collective" = String, Path, description = "Its id or its handle"),
        ("webhook" = String, Path, description = "Its id", format = "uuid")
    ),
    responses(
        (status = 204, description = "It is on its way; the letters say what became of it"),
        (status = 409, description = "The webhook is turned off")
    ),
    security(("bearer" = ["webhooks:write"]))
)]
pub(crate) async fn test(
    api: web::Data<Api>,
    viewer: Viewer<WriteWebhooks>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (collective, webhook) = named(&api, &path).await?;
    api.door.perform(viewer.origin(), TestWebhook { collective, webhook }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Is this server itself reached by plain http, as in development?
fn is_plain(api: &Api) -> bool {
    api.door.site().base().scheme() == "http"
}

async fn named(api: &Api, path: &(String, String)) -> Result<(CollectiveId, WebhookId)> {
    let collective = find(api, &path.0).await?.id.collective();
    Ok((collective, sight::id(&path.1, "webhook")?))
}

fn steward(conn: &mut Conn, collective: CollectiveId, person: PersonId) -> Result<()> {
    Ok(sight::standing(conn, collective, Some(person))?.governs()?)
}

async fn one(api: &Api, id: WebhookId, secret: Option<String>) -> Result<WebhookView> {
    let row = api.read(move |conn| Ok(db::webhooks::find(conn, id)?)).await?;
    Ok(WebhookView::new(&row.ok_or_else(|| ApiError::not_found("webhook"))?, secret))
}
