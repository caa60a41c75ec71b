//! Who belongs to a collective, and what they are trusted with.

use actix_web::{HttpRequest, HttpResponse, web};
use db::memberships::MemberRow;
use domain::{CollectiveId, PersonId, memberships::Role, text};
use ops::memberships::{AnswerInvitation, ChangeRole, InviteMember, RemoveMember};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Api, Result,
    actors::ActorView,
    auth::{ReadMemberships, Viewer, WriteMemberships},
    body::Body,
    collectives::find,
    paging::Page,
    problem::ApiError,
    sight, words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/collectives/{collective}/members").get(list).post(invite));
    cfg.service(
        web::resource("/collectives/{collective}/members/{person}").patch(change).delete(remove),
    );
    cfg.service(web::resource("/collectives/{collective}/invitation").post(answer));
}

/// Somebody who belongs to a collective, or is invited.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MemberView {
    person: ActorView,
    #[schema(value_type = words::Role)]
    role: &'static str,
    #[schema(value_type = words::MemberState)]
    state: String,
    /// Whether they agreed to be named on its page.
    shown: bool,
}

impl MemberView {
    fn new(row: &MemberRow) -> Self {
        Self {
            person: ActorView::new(&row.actor),
            role: row.role.word(),
            state: row.state.clone(),
            shown: row.shown,
        }
    }
}

/// Lists everybody in a collective in the order of joining, for its members.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/members",
    operation_id = "listMembers",
    tag = "memberships",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    responses((status = 200, description = "All members, on one page", body = Page<MemberView>, headers(("Link" = String)))),
    security(("bearer" = ["memberships:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadMemberships>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let collective = find(&api, &path).await?.id.collective();
    let person = viewer.person;
    let found = api.read(move |conn| {
        sight::member(conn, collective, Some(person))?;
        let rows = db::memberships::members(conn, collective)?;
        Ok(Page { items: rows.iter().map(MemberView::new).collect(), next: None })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Whom to invite.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "handle": "grace", "role": "delegate" }))]
pub(crate) struct InviteForm {
    /// A person of this server, with or without `@`.
    #[schema(min_length = 1, max_length = 320)]
    handle: String,
    /// `member` where it is left out.
    #[schema(value_type = Option<words::Role>)]
    role: Option<String>,
}

/// Invites a person of this server; stewards may.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/members",
    operation_id = "inviteMember",
    tag = "memberships",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    request_body = InviteForm,
    responses((status = 201, description = "Who was invited", body = MemberView)),
    security(("bearer" = ["memberships:write"]))
)]
pub(crate) async fn invite(
    api: web::Data<Api>,
    viewer: Viewer<WriteMemberships>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: InviteForm = body.json()?;
    let operation = InviteMember {
        collective: find(&api, &path).await?.id.collective(),
        handle: text::line("handle", &form.handle, 1, 320)?,
        role: form.role.as_deref().map_or(Ok(Role::Member), Role::parse)?,
    };
    let collective = operation.collective;
    let person = api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::Created().json(member(&api, collective, person).await?))
}

/// Another role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "role": "steward" }))]
pub(crate) struct RoleForm {
    #[schema(value_type = words::Role)]
    role: String,
}

/// Gives a member another role; stewards may, but the last steward stays one.
#[utoipa::path(
    patch,
    path = "/collectives/{collective}/members/{person}",
    operation_id = "changeRole",
    tag = "memberships",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        ("person" = String, Path, description = "The person's id", format = "uuid")
    ),
    request_body = RoleForm,
    responses(
        (status = 200, description = "The member as they stand now", body = MemberView),
        (status = 409, description = "They are the last steward")
    ),
    security(("bearer" = ["memberships:write"]))
)]
pub(crate) async fn change(
    api: web::Data<Api>,
    viewer: Viewer<WriteMemberships>,
    path: web::Path<(String, String)>,
    body: Body,
) -> Result<HttpResponse> {
    let form: RoleForm = body.json()?;
    let operation = ChangeRole {
        collective: find(&api, &path.0).await?.id.collective(),
        member: sight::id(&path.1, "member")?,
        role: Role::parse(&form.role)?,
    };
    let (collective, person) = (operation.collective, operation.member);
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::Ok().json(member(&api, collective, person).await?))
}

/// Leaves a collective, removes a member, or takes an invitation back; the last steward stays.
#[utoipa::path(
    delete,
    path = "/collectives/{collective}/members/{person}",
    operation_id = "removeMember",
    tag = "memberships",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        ("person" = String, Path, description = "The person's id; your own to leave", format = "uuid")
    ),
    responses(
        (status = 204, description = "They belong to it no more"),
        (status = 409, description = "They are the last steward")
    ),
    security(("bearer" = ["memberships:write"]))
)]
pub(crate) async fn remove(
    api: web::Data<Api>,
    viewer: Viewer<WriteMemberships>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let operation = RemoveMember {
        collective: find(&api, &path.0).await?.id.collective(),
        member: sight::id(&path.1, "member")?,
    };
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Yes or no.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "accept": true }))]
pub(crate) struct AnswerForm {
    pub(crate) accept: bool,
}

/// Says yes or no to an invitation of yours.
#[utoipa::path(
    post,
    path = "/collectives/{collective}/invitation",
    operation_id = "answerInvitation",
    tag = "memberships",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    request_body = AnswerForm,
    responses((status = 204, description = "Answered")),
    security(("bearer" = ["memberships:write"]))
)]
pub(crate) async fn answer(
    api: web::Data<Api>,
    viewer: Viewer<WriteMemberships>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: AnswerForm = body.json()?;
    let collective = find(&api, &path).await?.id.collective();
    let operation = AnswerInvitation { collective, accept: form.accept };
    api.door.perform(viewer.origin(), operation).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn member(api: &Api, collective: CollectiveId, person: PersonId) -> Result<MemberView> {
    let found = api.read(move |conn| {
        let rows = db::memberships::members(conn, collective)?;
        let row = rows.iter().find(|row| row.actor.id == person.actor());
        row.map(MemberView::new).ok_or_else(|| ApiError::not_found("member"))
    });
    found.await
}
