//! Invitations by which somebody gets an account that a collective sponsors.

use actix_web::{HttpRequest, HttpResponse, web};
use db::account_invitations::InvitationRow;
use domain::text;
use ops::{
    account_invitations::{InviteAccount, RevokeInvitation},
    secrets,
    sponsors::Desk,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Result,
    auth::{ReadModeration, Viewer, WriteModeration},
    body::Body,
    collectives::find,
    numbers,
    paging::{Page, PageQuery, query},
    sight,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/collectives/{collective}/account-invitations").get(list).post(invite),
    );
    cfg.service(web::resource("/collectives/{collective}/account-invitations/{id}").delete(revoke));
}

/// An invitation. Its word is told once, when it is made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountInvitationView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// For whom it is.
    note: String,
    /// How many may still come with it.
    uses_left: i32,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    #[schema(value_type = String, format = DateTime)]
    expires_at: String,
}

impl AccountInvitationView {
    fn new(row: &InvitationRow) -> Self {
        Self {
            id: row.id.uuid(),
            note: row.note.clone(),
            uses_left: row.uses_left,
            created_at: row.created_at.wire(),
            expires_at: row.expires_at.wire(),
        }
    }
}

/// Lists the invitations of a collective, the newest first, for its account managers and stewards.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/account-invitations",
    operation_id = "listAccountInvitations",
    tag = "accounts",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host"), PageQuery),
    responses((status = 200, description = "A page of them", body = Page<AccountInvitationView>, headers(("Link" = String)))),
    security(("bearer" = ["moderation:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadModeration>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("account-invitations")?;
    let id = find(&api, &path).await?.id.collective();
    let person = viewer.person;
    let found = api.read(move |conn| {
        sight::standing(conn, id, Some(person))?.manages_accounts()?;
        let mut rows = db::account_invitations::page(conn, id, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: rows.iter().map(AccountInvitationView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// For whom, for how many, and for how long.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "note": "the new ones of March", "uses": 5 }))]
pub(crate) struct AccountInvitationForm {
    #[schema(max_length = 200)]
    note: Option<String>,
    /// How many may come with it: 1 to 100; one where it is left out.
    #[serde(default, deserialize_with = "numbers::whole")]
    #[schema(minimum = 1, maximum = 100)]
    uses: Option<i32>,
    /// For how many days: 1 to 90; 14 where it is left out.
    #[serde(default, deserialize_with = "numbers::whole")]
    #[schema(minimum = 1, maximum = 90)]
    days: Option<i64>,
}

/// An invitation as it is handed over.
#[derive(Serialize, ToSchema)]
pub(crate) struct NewInvitationView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// The word; it is told only here.
    word: String,
    /// The page to sign up on, with the word in it.
    url: String,
}

/// Makes an invitation; whoever comes with it needs no other yes. The body may be left out.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/account-invitations",
    operation_id = "inviteAccount",
    tag = "accounts",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    request_body = Option<AccountInvitationForm>,
    responses((status = 201, description = "The invitation", body = NewInvitationView)),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn invite(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: AccountInvitationForm = body.json_or_default()?;
    let word = secrets::fresh()?;
    let operation = InviteAccount {
        desk: Desk::Collective(find(&api, &path).await?.id.collective()),
        digest: secrets::digest(&word),
        note: text::line("note", form.note.as_deref().unwrap_or_default(), 0, 200)?,
        uses: form.uses.unwrap_or(1),
        days: form.days.unwrap_or(14),
    };
    let id = api.door.perform(viewer.origin(), operation).await?.uuid();
    let url = api.door.site().at(&format!("join?invitation={word}"));
    Ok(HttpResponse::Created().json(NewInvitationView { id, word, url }))
}

/// Takes an invitation back.
#[utoipa::path(
    delete,
    path = "/collectives/{collective}/account-invitations/{id}",
    operation_id = "revokeAccountInvitation",
    tag = "accounts",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        ("id" = String, Path, description = "The invitation's id", format = "uuid")
    ),
    responses((status = 204, description = "Nobody can use it any more")),
    security(("bearer" = ["moderation:write"]))
)]
pub(crate) async fn revoke(
    api: web::Data<Api>,
    viewer: Viewer<WriteModeration>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let operation = RevokeInvitation {
        collective: find(&api, &path.0).await?.id.collective(),
        invitation: sight::id(&path.1, "invitation")?,
    };
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::NoContent().finish())
}
