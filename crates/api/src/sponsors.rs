//! Accounts that a collective sponsors, for its account managers and stewards; all accounts, for admins.

use actix_web::{HttpRequest, HttpResponse, web};
use db::sponsors::SponsoredRow;
use domain::{
    Handle, PersonId,
    accounts::{AccountAct, AccountFilter, Email},
    text,
};
use ops::{
    proposals::Act,
    sign_ups::MakeAccount,
    sponsors::{Desk, ManageAccount, SponsorAccount},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    Api, Result,
    actors::ActorView,
    admin::proposals::{ProposedView, held},
    auth::{ReadAdmin, ReadModeration, Viewer, WriteAdmin, WriteModeration},
    body::Body,
    collectives::find,
    moderation::ReasonForm,
    paging::{Page, PageQuery, query},
    problem::ApiError,
    sight,
    sign_ups::{administer, locale},
    words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/collectives/{collective}/accounts").get(list).post(make));
    cfg.service(web::resource("/collectives/{collective}/accounts/{person}/sponsor").post(sponsor));
    cfg.service(web::resource("/collectives/{collective}/accounts/{person}/{act}").post(act));
    cfg.service(web::resource("/admin/accounts").get(all));
    cfg.service(web::resource("/admin/accounts/{person}/{act}").post(act_as_admin));
}

/// An account, as those see it who look after it. Its address is seen by nobody.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SponsoredView {
    person: ActorView,
    #[schema(value_type = words::AccountState)]
    state: &'static str,
    #[schema(value_type = words::AccountRole)]
    role: &'static str,
    suspended: bool,
    /// What they wrote when they asked for it.
    application: String,
    /// The collective that looks after it.
    #[schema(value_type = Option<String>, format = "uuid")]
    sponsor: Option<Uuid>,
    /// Since when no collective does, where one did before.
    #[schema(value_type = Option<String>, format = DateTime)]
    unsponsored_at: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
}

impl SponsoredView {
    fn new(row: &SponsoredRow) -> Self {
        Self {
            person: ActorView::new(&row.actor),
            state: row.account.state.word(),
            role: row.account.role.word(),
            suspended: row.account.suspended_at.is_some(),
            application: row.application.clone(),
            sponsor: row.account.sponsor_id.map(domain::Id::uuid),
            unsponsored_at: row.unsponsored_at.map(domain::Time::wire),
            created_at: row.created_at.wire(),
        }
    }
}

/// Which accounts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AccountQuery {
    /// Those of one state; without it, all whose address is confirmed.
    #[param(value_type = Option<words::AccountFilter>, inline)]
    state: Option<String>,
}

fn filter(req: &HttpRequest) -> Result<Option<AccountFilter>> {
    let asked: AccountQuery = query(req)?;
    Ok(asked.state.as_deref().map(AccountFilter::parse).transpose()?)
}

/// Lists the accounts that a collective sponsors, the newest first, for its account managers and stewards.
///
/// With `state=unsponsored` these are members whose account no collective looks after any more.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/accounts",
    operation_id = "listAccounts",
    tag = "accounts",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        AccountQuery,
        PageQuery
    ),
    responses((status = 200, description = "A page of them", body = Page<SponsoredView>, headers(("Link" = String)))),
    security(("bearer" = ["moderation:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadModeration>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("accounts")?;
    let filter = filter(&req)?;
    let id = find(&api, &path).await?.id.collective();
    let person = viewer.person;
    let found = api.read(move |conn| {
        sight::standing(conn, id, Some(person))?.manages_accounts()?;
        let mut rows = db::sponsors::page(conn, Some(id), filter, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.account.id.uuid());
        Ok(Page { items: rows.iter().map(SponsoredView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// For whom an account is made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "handle": "grace", "email": "grace@mail.example" }))]
pub(crate) struct MakeForm {
    #[schema(value_type = words::Handle)]
    handle: String,
    #[schema(max_length = 100)]
    name: Option<String>,
    #[schema(format = "email")]
    email: String,
    #[schema(value_type = Option<words::Language>)]
    locale: Option<String>,
}

/// Makes an account that the collective sponsors; its owner gets a link to choose a password.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/accounts",
    operation_id = "makeAccount",
    tag = "accounts",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    request_body = MakeForm,
    responses((status = 201, description = "The account; a letter is on its way", body = SponsoredView)),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn make(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: MakeForm = body.json()?;
    let collective = find(&api, &path).await?.id.collective();
    let person = viewer.person;
    api.read(move |conn| Ok(sight::standing(conn, collective, Some(person))?.manages_accounts()?))
        .await?;
    let operation = MakeAccount {
        collective,
        handle: Handle::choose(&form.handle)?,
        name: text::line("name", form.name.as_deref().unwrap_or_default(), 0, 100)?,
        email: Email::parse(&form.email)?,
        locale: locale(form.locale.as_deref())?,
        keys: api.keys.pair().await?,
    };
    let person = api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::Created().json(view(&api, person).await?))
}

/// Lets somebody in (`approve`) or not (`reject`), shuts them out (`suspend`) or lets them in again
/// (`unsuspend`), or sends them a link for a new password (`reset`).
#[utoipa::path(
    post,
    path = "/collectives/{collective}/accounts/{person}/{act}",
    operation_id = "manageAccount",
    tag = "accounts",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        ("person" = String, Path, description = "The person's id", format = "uuid"),
        ("act" = inline(words::AccountAct), Path, description = "What to do")
    ),
    request_body = Option<ReasonForm>,
    responses(
        (status = 200, description = "The account as it stands now", body = SponsoredView),
        (status = 409, description = "It waits for no answer")
    ),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn act(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    path: web::Path<(String, String, String)>,
    body: Body,
) -> Result<HttpResponse> {
    let (collective, person, act) = path.into_inner();
    let act = AccountAct::parse(&act).map_err(|_| ApiError::NoSuchPath)?;
    let desk = Desk::Collective(find(&api, &collective).await?.id.collective());
    let operation = manage(desk, &person, act, body)?;
    let person = operation.person;
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::Ok().json(view(&api, person).await?))
}

/// Takes on a member whose account no collective looks after any more.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/accounts/{person}/sponsor",
    operation_id = "sponsorAccount",
    tag = "accounts",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        ("person" = String, Path, description = "The person's id", format = "uuid")
    ),
    responses((status = 200, description = "The account as it stands now", body = SponsoredView)),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn sponsor(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let collective = find(&api, &path.0).await?.id.collective();
    let person: PersonId = sight::id(&path.1, "account")?;
    api.door.perform(viewer.origin(), SponsorAccount { collective, person }).await?;
    Ok(HttpResponse::Ok().json(view(&api, person).await?))
}

/// Lists all accounts, the newest first, for those who run the instance.
#[utoipa::path(
    get,
    path = "/admin/accounts",
    operation_id = "listAllAccounts",
    tag = "accounts",
    params(AccountQuery, PageQuery),
    responses((status = 200, description = "A page of them", body = Page<SponsoredView>, headers(("Link" = String)))),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn all(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    administer(&viewer)?;
    let span = query::<PageQuery>(&req)?.span("accounts")?;
    let filter = filter(&req)?;
    let found = api.read(move |conn| {
        let mut rows = db::sponsors::page(conn, None, filter, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.account.id.uuid());
        Ok(Page { items: rows.iter().map(SponsoredView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// The same as for a collective's accounts, for any account; admins may.
#[utoipa::path(
    post,
    path = "/admin/accounts/{person}/{act}",
    operation_id = "administerAccount",
    tag = "accounts",
    params(
        ("person" = String, Path, description = "The person's id", format = "uuid"),
        ("act" = inline(words::AccountAct), Path, description = "What to do")
    ),
    request_body = Option<ReasonForm>,
    responses(
        (status = 200, description = "The account as it stands now", body = SponsoredView),
        (status = 202, description = "It waits for a second admin", body = ProposedView),
        (status = 409, description = "It waits for no answer")
    ),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn act_as_admin(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    path: web::Path<(String, String)>,
    body: Body,
) -> Result<HttpResponse> {
    administer(&viewer)?;
    let (person, act) = path.into_inner();
    let act = AccountAct::parse(&act).map_err(|_| ApiError::NoSuchPath)?;
    let operation = manage(Desk::Admins, &person, act, body)?;
    let (person, reason) = (operation.person, operation.reason.clone());
    let done = api.door.perform(viewer.origin(), operation).await;
    let propose = || Act::suspend(person.actor(), reason);
    if let Err(waits) = held(&api, &viewer, done, propose).await? {
        return Ok(waits);
    }
    Ok(HttpResponse::Ok().json(view(&api, person).await?))
}

fn manage(desk: Desk, person: &str, act: AccountAct, body: Body) -> Result<ManageAccount> {
    let person = sight::id(person, "account")?;
    Ok(ManageAccount { desk, person, act, reason: ReasonForm::of(body)? })
}

async fn view(api: &Api, person: PersonId) -> Result<SponsoredView> {
    let found = api.read(move |conn| {
        let row = db::sponsors::find(conn, person)?;
        let row = row.ok_or_else(|| ApiError::not_found("account"))?;
        Ok(SponsoredView::new(&row))
    });
    found.await
}
