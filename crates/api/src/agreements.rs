//! Agreements (FEP-0837): what is offered in answer to a listing, and what its stewards say to that.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use db::{Conn, actors::ActorRow, agreements::AgreementRow, listings::ListingRow};
use domain::{
    AgreementId, PersonId,
    agreements::{AgreementState, body, reason},
    quantity::Amount,
};
use ops::agreements::{AnswerAgreement, FulfilAgreement, OfferAgreement, WithdrawAgreement};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    Api, Result,
    actors::ActorView,
    auth::{ReadAgreements, Viewer, WriteAgreements},
    body::Body,
    collectives::find,
    paging::{Page, PageQuery, query},
    problem::ApiError,
    sight, words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/agreements").get(list));
    cfg.service(web::resource("/agreements/{agreement}").get(show));
    cfg.service(web::resource("/agreements/{agreement}/accept").post(accept));
    cfg.service(web::resource("/agreements/{agreement}/reject").post(reject));
    cfg.service(web::resource("/agreements/{agreement}/withdraw").post(withdraw));
    cfg.service(web::resource("/agreements/{agreement}/fulfil").post(fulfil));
    cfg.service(web::resource("/collectives/{collective}/agreements").get(board));
    cfg.service(web::resource("/listings/{listing}/agreements").post(offer));
}

/// What somebody offers in answer to a listing; for them and for those who speak for its collective.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgreementView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    listing: AnsweredView,
    /// Who offers.
    responder: ActorView,
    /// Who answers: the collective of the listing.
    collective: ActorView,
    /// How much is offered; `null` where the listing does not say how much there is.
    quantity: Option<MeasureView>,
    /// How much is given in return; `null` where the terms of the listing ask for nothing.
    in_return: Option<MeasureView>,
    /// Plain text.
    text: String,
    #[schema(value_type = words::AgreementState)]
    state: &'static str,
    /// Why it was turned down; plain text.
    reason: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    /// When it was answered or taken back.
    #[schema(value_type = Option<String>, format = DateTime)]
    answered_at: Option<String>,
    /// When those who speak for the collective said that it was handed over or done.
    #[schema(value_type = Option<String>, format = DateTime)]
    fulfilled_at: Option<String>,
}

/// The listing that is answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnsweredView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// The address that names it on every server.
    uri: String,
    title: String,
    #[schema(value_type = words::Purpose)]
    purpose: &'static str,
    #[schema(value_type = words::State)]
    state: &'static str,
    /// What is still open of it.
    remaining: Option<MeasureView>,
}

/// So much of a unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeasureView {
    #[schema(value_type = words::Decimal)]
    amount: String,
    #[schema(value_type = words::Unit)]
    unit: &'static str,
}

impl AgreementView {
    fn new(
        row: &AgreementRow,
        listing: &ListingRow,
        responder: &ActorRow,
        collective: &ActorRow,
    ) -> Self {
        let measure = |amount: Amount, unit: domain::quantity::Unit| MeasureView {
            amount: amount.to_string(),
            unit: unit.word(),
        };
        Self {
            id: row.id.uuid(),
            listing: AnsweredView {
                id: listing.id.uuid(),
                uri: listing.ap_id.clone(),
                title: listing.title.clone(),
                purpose: listing.purpose.word(),
                state: listing.state.word(),
                remaining: listing.how_much().map(|it| measure(it.remaining, it.unit)),
            },
            responder: ActorView::new(responder),
            collective: ActorView::new(collective),
            quantity: row.measure().map(|it| measure(it.amount, it.unit)),
            in_return: row.in_return().map(|it| measure(it.amount, it.unit)),
            text: row.text.clone(),
            state: row.state.word(),
            reason: row.reason.clone(),
            created_at: row.created_at.wire(),
            answered_at: row.answered_at.map(domain::Time::wire),
            fulfilled_at: row.fulfilled_at.map(domain::Time::wire),
        }
    }
}

/// One agreement, as somebody may see it.
fn one(conn: &mut Conn, id: AgreementId, viewer: PersonId) -> Result<AgreementView> {
    let (row, listing) = sight::agreement(conn, id, viewer)?;
    let responder = db::actors::find(conn, row.responder_id)?;
    let collective = db::actors::find(conn, listing.collective_id.actor())?;
    let both = responder.zip(collective).ok_or_else(|| ApiError::not_found("agreement"))?;
    Ok(AgreementView::new(&row, &listing, &both.0, &both.1))
}

/// Which agreements to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AgreementsQuery {
    /// Left out: all of them.
    #[param(value_type = Option<words::AgreementState>)]
    state: Option<String>,
}

/// Lists what was offered to a collective, the newest first, for those who speak for it.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/agreements",
    operation_id = "listAgreements",
    tag = "agreements",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        AgreementsQuery,
        PageQuery
    ),
    responses((status = 200, description = "A page of agreements", body = Page<AgreementView>, headers(("Link" = String)))),
    security(("bearer" = ["agreements:read"]))
)]
pub(crate) async fn board(
    api: web::Data<Api>,
    viewer: Viewer<ReadAgreements>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let state = query::<AgreementsQuery>(&req)?.state;
    let state = state.as_deref().map(AgreementState::parse).transpose()?;
    let span = query::<PageQuery>(&req)?.span("collective-agreements")?;
    let collective = find(&api, &path).await?;
    let person = viewer.person;
    let found = api.read(move |conn| {
        let id = collective.id.collective();
        sight::standing(conn, id, Some(person))?.speaks()?;
        let mut rows = db::agreements::page(conn, id, state, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.0.id.uuid());
        let view = |(row, listing, responder): &db::agreements::Answer| {
            AgreementView::new(row, listing, responder, &collective)
        };
        Ok(Page { items: rows.iter().map(view).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Lists what you have offered, the newest first.
#[utoipa::path(
    get,
    path = "/agreements",
    operation_id = "listMyAgreements",
    tag = "agreements",
    params(PageQuery),
    responses((status = 200, description = "A page of agreements", body = Page<AgreementView>, headers(("Link" = String)))),
    security(("bearer" = ["agreements:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadAgreements>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("my-agreements")?;
    let person = viewer.person.actor();
    let found = api.read(move |conn| {
        let me = db::actors::find(conn, person)?.ok_or_else(|| ApiError::not_found("person"))?;
        let mut rows =
            db::agreements::by_responder(conn, person, None, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.0.id.uuid());
        let view = |(row, listing, collective): &db::agreements::Answer| {
            AgreementView::new(row, listing, &me, collective)
        };
        Ok(Page { items: rows.iter().map(view).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Shows an agreement, to who offers and to those who answer.
#[utoipa::path(
    get,
    path = "/agreements/{agreement}",
    operation_id = "showAgreement",
    tag = "agreements",
    params(("agreement" = String, Path, description = "Its id", format = "uuid")),
    responses((status = 200, description = "The agreement", body = AgreementView)),
    security(("bearer" = ["agreements:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: Viewer<ReadAgreements>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let (id, person) = (sight::id(&path, "agreement")?, viewer.person);
    Ok(HttpResponse::Ok().json(api.read(move |conn| one(conn, id, person)).await?))
}

/// What you offer in answer to a listing.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "quantity": "8", "text": "We can bring them on Friday." }))]
pub(crate) struct OfferForm {
    /// How much, in the unit of the listing; left out: all that is still open.
    #[schema(value_type = Option<words::Amount>)]
    quantity: Option<String>,
    /// Plain text, for those who answer alone.
    #[schema(max_length = 2000)]
    text: Option<String>,
}

/// Offers something in answer to a listing: of this server, or of one that understands it.
#[utoipa::path(
    post,
    path = "/listings/{listing}/agreements",
    operation_id = "offerAgreement",
    tag = "agreements",
    params(("listing" = String, Path, description = "Its id", format = "uuid")),
    request_body = Option<OfferForm>,
    responses(
        (
            status = 201,
            description = "It waits for an answer",
            body = AgreementView,
            headers(("Location" = String))
        ),
        (status = 409, description = "The listing is closed, an offer of yours waits there already, too much of yours waits, or its server takes replies only"),
        (status = 410, description = "The listing was deleted")
    ),
    security(("bearer" = ["agreements:write"]))
)]
pub(crate) async fn offer(
    api: web::Data<Api>,
    viewer: Viewer<WriteAgreements>,
    path: web::Path<String>,
    body_: Body,
) -> Result<HttpResponse> {
    let form: OfferForm = body_.json_or_default()?;
    let (listing, person) = (sight::id(&path, "listing")?, viewer.person);
    let quantity = form.quantity.as_deref().map(|text| Amount::parse("quantity", text));
    let text = body(form.text.as_deref().unwrap_or_default())?;
    let operation = OfferAgreement { listing, quantity: quantity.transpose()?, text };
    api.read(move |conn| sight::listing(conn, listing, Some(person))).await?;
    let id = api.door.perform(viewer.origin(), operation).await?;
    let view = api.read(move |conn| one(conn, id, person)).await?;
    let location = api.door.site().at(&format!("api/v1/agreements/{id}"));
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(view))
}

/// Says yes: what is offered is taken from what is still open of the listing.
#[utoipa::path(
    post,
    path = "/agreements/{agreement}/accept",
    operation_id = "acceptAgreement",
    tag = "agreements",
    params(("agreement" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (status = 200, description = "The agreement as it is now", body = AgreementView),
        (status = 409, description = "It was answered before, or less is left than was offered")
    ),
    security(("bearer" = ["agreements:write"]))
)]
pub(crate) async fn accept(
    api: web::Data<Api>,
    viewer: Viewer<WriteAgreements>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    answer(&api, &viewer, &path, true, String::new()).await
}

/// Why not.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "We have found enough, thank you." }))]
pub(crate) struct RejectForm {
    /// Plain text; who offered reads it.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

/// Says no; the body may be left out.
#[utoipa::path(
    post,
    path = "/agreements/{agreement}/reject",
    operation_id = "rejectAgreement",
    tag = "agreements",
    params(("agreement" = String, Path, description = "Its id", format = "uuid")),
    request_body = Option<RejectForm>,
    responses(
        (status = 200, description = "The agreement as it is now", body = AgreementView),
        (status = 409, description = "It was answered before")
    ),
    security(("bearer" = ["agreements:write"]))
)]
pub(crate) async fn reject(
    api: web::Data<Api>,
    viewer: Viewer<WriteAgreements>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: RejectForm = body.json_or_default()?;
    let reason = reason(form.reason.as_deref().unwrap_or_default())?;
    answer(&api, &viewer, &path, false, reason).await
}

async fn answer(
    api: &Api,
    viewer: &Viewer<WriteAgreements>,
    path: &str,
    accept: bool,
    reason: String,
) -> Result<HttpResponse> {
    let (agreement, person) = (sight::id(path, "agreement")?, viewer.person);
    api.door.perform(viewer.origin(), AnswerAgreement { agreement, accept, reason }).await?;
    Ok(HttpResponse::Ok().json(api.read(move |conn| one(conn, agreement, person)).await?))
}

/// Says that what was agreed on was handed over or done; who offered gets a receipt. Twice is as once.
#[utoipa::path(
    post,
    path = "/agreements/{agreement}/fulfil",
    operation_id = "fulfilAgreement",
    tag = "agreements",
    params(("agreement" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (status = 200, description = "The agreement as it is now", body = AgreementView),
        (status = 409, description = "It was not accepted")
    ),
    security(("bearer" = ["agreements:write"]))
)]
pub(crate) async fn fulfil(
    api: web::Data<Api>,
    viewer: Viewer<WriteAgreements>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let (agreement, person) = (sight::id(&path, "agreement")?, viewer.person);
    api.door.perform(viewer.origin(), FulfilAgreement { agreement }).await?;
    Ok(HttpResponse::Ok().json(api.read(move |conn| one(conn, agreement, person)).await?))
}

/// Takes back what you have offered, as long as nobody has answered.
#[utoipa::path(
    post,
    path = "/agreements/{agreement}/withdraw",
    operation_id = "withdrawAgreement",
    tag = "agreements",
    params(("agreement" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (status = 200, description = "The agreement as it is now", body = AgreementView),
        (status = 409, description = "It was answered before")
    ),
    security(("bearer" = ["agreements:write"]))
)]
pub(crate) async fn withdraw(
    api: web::Data<Api>,
    viewer: Viewer<WriteAgreements>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let (agreement, person) = (sight::id(&path, "agreement")?, viewer.person);
    api.door.perform(viewer.origin(), WithdrawAgreement { agreement }).await?;
    Ok(HttpResponse::Ok().json(api.read(move |conn| one(conn, agreement, person)).await?))
}
