//! The first admin of a new server.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::{
    Handle, Origin,
    accounts::{self, Email},
    text,
};
use ops::{passwords, setup::FoundAdmin, throttle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Api, Result, body::Body, peer, problem::ApiError};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/setup").post(found));
}

/// Who runs this place from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "token": "the word that the server printed",
    "handle": "ada",
    "email": "ada@mail.example",
    "password": "a long sentence is best",
}))]
pub(crate) struct SetupForm {
    token: String,
    handle: String,
    #[schema(max_length = 100)]
    name: Option<String>,
    email: Option<String>,
    /// 10 to 256 bytes.
    password: String,
}

/// The account that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundedView {
    #[schema(value_type = String, format = "uuid")]
    person: Uuid,
}

/// Makes the first admin, with the word that the server printed when it started.
///
/// Without that word there is nothing here, and as soon as somebody runs the place there is nothing for ever.
#[utoipa::path(
    post,
    path = "/setup",
    operation_id = "setUp",
    tag = "instance",
    request_body = SetupForm,
    responses(
        (status = 201, description = "The account is made", body = FoundedView),
        (status = 404, description = "The word is not a good one, or somebody runs this place already")
    ),
    security(())
)]
pub(crate) async fn found(
    api: web::Data<Api>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse> {
    let form: SetupForm = body.json()?;
    peer::count(&req, &throttle::LINKS_FROM, &api)?;
    let word = form.token.trim().to_owned();
    let asked = word.clone();
    if !api.read(move |conn| Ok(ops::setup::opens(conn, &asked)?)).await? {
        return Err(ApiError::NoSuchPath);
    }
    let handle = Handle::choose(&form.handle)?;
    let name = text::line("name", form.name.as_deref().unwrap_or_default(), 0, 100)?;
    let email = form.email.as_deref().map(Email::parse).transpose()?;
    accounts::password(&form.password)?;
    let operation = FoundAdmin {
        word,
        handle,
        name,
        email,
        password_hash: passwords::hash_aside(form.password).await?,
        locale: "en".to_owned(),
        keys: api.keys.pair().await?,
    };
    let person = api.door.perform(Origin::visitor(), operation).await?;
    Ok(HttpResponse::Created().json(FoundedView { person: person.uuid() }))
}
