//! Who I am.

use actix_web::{HttpResponse, web};
use db::memberships::MemberRow;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Result,
    actors::ActorView,
    auth::{ReadAccounts, Viewer},
    identity,
    problem::ApiError,
    words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/me").get(show).delete(identity::delete));
}

/// My login.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    #[schema(value_type = words::AccountRole)]
    role: &'static str,
    /// The language of its pages.
    locale: String,
    /// What this token may be used for.
    #[schema(example = json!(["read", "write"]))]
    scopes: Vec<String>,
}

/// A collective that I belong to or am invited to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MyMembershipView {
    collective: ActorView,
    #[schema(value_type = words::Role)]
    role: &'static str,
    #[schema(value_type = words::MemberState)]
    state: String,
}

/// Me, and where I belong.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeView {
    account: AccountView,
    person: ActorView,
    memberships: Vec<MyMembershipView>,
    /// What I may still say yes or no to.
    invitations: Vec<MyMembershipView>,
}

/// Shows who I am: my account, my person, my collectives, and the invitations I have not answered.
#[utoipa::path(
    get,
    path = "/me",
    operation_id = "showMe",
    tag = "accounts",
    responses((status = 200, description = "Me", body = MeView)),
    security(("bearer" = ["accounts:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: Viewer<ReadAccounts>,
) -> Result<HttpResponse> {
    let person = viewer.person;
    let found = api.read(move |conn| {
        let actor = db::actors::find(conn, person.actor())?;
        let actor = actor.ok_or_else(|| ApiError::not_found("person"))?;
        Ok((actor, db::memberships::of_person(conn, person)?))
    });
    let (actor, rows) = found.await?;
    let (invitations, memberships): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| row.state == "invited");
    Ok(HttpResponse::Ok().json(MeView {
        account: AccountView {
            id: viewer.account.id.uuid(),
            role: viewer.account.role.word(),
            locale: viewer.account.locale.clone(),
            scopes: viewer.scopes.split_whitespace().map(str::to_owned).collect(),
        },
        person: ActorView::new(&actor),
        memberships: memberships.into_iter().map(view).collect(),
        invitations: invitations.into_iter().map(view).collect(),
    }))
}

fn view(row: &MemberRow) -> MyMembershipView {
    MyMembershipView {
        collective: ActorView::new(&row.actor),
        role: row.role.word(),
        state: row.state.clone(),
    }
}
