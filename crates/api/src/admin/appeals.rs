//! What somebody says to a decision about them, and what is answered.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::{DecisionId, Origin};
use ops::{
    cases::{AnswerAppeal, Appeal, Door},
    secrets, throttle,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    cases::{DecisionView, DecisionsView},
    only,
};
use crate::{
    Api, Result,
    auth::{ReadAccounts, ReadAdmin, Viewer, WriteAccounts, WriteAdmin},
    body::Body,
    peer, sight,
};

/// So many are on the one page.
const MOST: i64 = 200;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/appeals").get(list))
        .service(web::resource("/admin/decisions/{decision}/answer").post(answer))
        .service(web::resource("/me/decisions").get(mine))
        .service(web::resource("/me/decisions/{decision}/appeal").post(appeal))
        .service(web::resource("/appeals").post(by_letter));
}

/// Lists the decisions whose appeals nobody has answered, the oldest first; admins may.
#[utoipa::path(
    get,
    path = "/admin/appeals",
    operation_id = "listAppeals",
    tag = "moderation",
    responses((status = 200, description = "The first 200", body = DecisionsView)),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn list(api: web::Data<Api>, viewer: Viewer<ReadAdmin>) -> Result<HttpResponse> {
    only(&viewer)?;
    let found = api.read(move |conn| {
        let mut items = Vec::new();
        for appeal in db::cases::open_appeals(conn, MOST)? {
            if let Some(row) = db::cases::decision(conn, appeal.decision_id)? {
                items.push(DecisionView::load(conn, &row)?);
            }
        }
        Ok(DecisionsView { items })
    });
    Ok(HttpResponse::Ok().json(found.await?))
}

/// What is answered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "upheld": false, "answer": "You are right; we did not see the whole thread." }))]
pub(crate) struct AppealAnswerForm {
    /// Whether the decision stands. Where it does not, what was done is undone.
    upheld: bool,
    /// Whoever appealed reads it.
    #[schema(max_length = 5000)]
    answer: String,
}

/// Answers an appeal; another admin than the one who decided may, where there is another.
#[utoipa::path(
    post,
    path = "/admin/decisions/{decision}/answer",
    operation_id = "answerAppeal",
    tag = "moderation",
    params(("decision" = String, Path, description = "The id of the decision", format = "uuid")),
    request_body = AppealAnswerForm,
    responses((status = 204, description = "It is answered")),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn answer(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let decision: DecisionId = sight::id(&path, "appeal")?;
    let form: AppealAnswerForm = body.json()?;
    let operation = AnswerAppeal { decision, upheld: form.upheld, answer: form.answer };
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists what was decided about me, the newest first.
#[utoipa::path(
    get,
    path = "/me/decisions",
    operation_id = "listMyDecisions",
    tag = "moderation",
    responses((status = 200, description = "The last 200", body = DecisionsView)),
    security(("bearer" = ["accounts:read"]))
)]
pub(crate) async fn mine(
    api: web::Data<Api>,
    viewer: Viewer<ReadAccounts>,
) -> Result<HttpResponse> {
    let person = viewer.person.actor();
    let found = api.read(move |conn| {
        let rows = db::cases::decisions_about(conn, person, MOST)?;
        let items = rows.iter().map(|row| DecisionView::load(conn, row));
        Ok(DecisionsView { items: items.collect::<Result<Vec<_>>>()? })
    });
    Ok(HttpResponse::Ok().json(found.await?))
}

/// What I say to it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "It was not me who wrote that." }))]
pub(crate) struct AppealForm {
    #[schema(max_length = 5000)]
    text: String,
}

/// Appeals against what was decided about me, once.
#[utoipa::path(
    post,
    path = "/me/decisions/{decision}/appeal",
    operation_id = "appeal",
    tag = "moderation",
    params(("decision" = String, Path, description = "The id of the decision", format = "uuid")),
    request_body = AppealForm,
    responses((status = 204, description = "Somebody will answer")),
    security(("bearer" = ["accounts:write"]))
)]
pub(crate) async fn appeal(
    api: web::Data<Api>,
    viewer: Viewer<WriteAccounts>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let id: DecisionId = sight::id(&path, "decision")?;
    let form: AppealForm = body.json()?;
    let operation = Appeal { door: Door::Person(id), text: form.text };
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What somebody says who is shut out, with the word of the letter that told them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "token": "the word in the link", "text": "It was not me who wrote that." }))]
pub(crate) struct LetterForm {
    token: String,
    #[schema(max_length = 5000)]
    text: String,
}

/// Appeals with the word of the letter that told of a decision, once: whoever is shut out has no other way.
#[utoipa::path(
    post,
    path = "/appeals",
    operation_id = "appealByLetter",
    tag = "moderation",
    request_body = LetterForm,
    responses(
        (status = 204, description = "Somebody will answer"),
        (status = 404, description = "The word is not a good one")
    ),
    security(())
)]
pub(crate) async fn by_letter(
    api: web::Data<Api>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse> {
    let form: LetterForm = body.json()?;
    peer::count(&req, &throttle::LINKS_FROM, &api)?;
    let door = Door::Letter(secrets::digest(form.token.trim()));
    api.door.perform(Origin::visitor(), Appeal { door, text: form.text }).await?;
    Ok(HttpResponse::NoContent().finish())
}
