//! Asking for an account, and showing that an address is one's own.

use actix_web::{HttpRequest, http::StatusCode, web};
use domain::{
    CollectiveId, Handle, Invalid, Origin, Refusal,
    accounts::{self, AccountState, Email},
    people::ActorKind,
    sign_ups::{SignUpMode, admit},
    text,
};
use ops::{
    OpError, passwords, secrets,
    sign_ups::{ConfirmAccount, SignUp},
    throttle,
};
use serde::Deserialize;

use crate::{
    Result, Web,
    answer::{Answer, see, see_notice},
    door::{self, Knock},
    forms::told,
    session::Visit,
    views::{
        accounts::{ConfirmPage, JoinInput, JoinPage},
        forms::FormErrors,
        page::Notice,
    },
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/join").get(show).post(join));
    cfg.service(web::resource("/account/confirm").get(ask).post(confirm));
}

/// Shows the form that asks for an account.
async fn show(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    input: web::Query<JoinInput>,
) -> Answer {
    if visit.viewer.is_some() {
        return Ok(see("/home"));
    }
    let JoinInput { collective, invitation, .. } = input.into_inner();
    let input = JoinInput { collective, invitation, ..JoinInput::default() };
    form(&web, &visit, &request, input, (StatusCode::OK, FormErrors::default())).await
}

async fn form(
    web: &Web,
    visit: &Visit,
    request: &HttpRequest,
    input: JoinInput,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let (digest, now) = (secrets::digest(input.invitation.trim()), web.door.now());
    let found = web.read(move |conn| {
        let mode = ops::sign_ups::mode(conn)?;
        let invitation = db::account_invitations::find(conn, &digest, now)?;
        let host = match invitation.as_ref().and_then(|it| it.collective_id) {
            Some(id) => db::actors::find(conn, id.actor())?,
            None => None,
        };
        Ok((mode, invitation.is_some(), host.map(|it| it.display_name().to_owned())))
    });
    let (mode, invited, host) = found.await?;
    let word = door::word(web, request.headers())?;
    let view = JoinPage {
        page: door::frame(web, visit, &word),
        closed: mode == SignUpMode::Closed,
        invitation_needed: mode == SignUpMode::Invitation,
        invited,
        host,
        input,
        errors,
    };
    door::shown(web, &word, status, &view)
}

/// Asks for an account. Whether the address has one already is told to its owner alone.
async fn join(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    Knock { is_ours, form: input }: Knock<JoinInput>,
) -> Answer {
    if !is_ours {
        return form(&web, &visit, &request, input, door::too_old()).await;
    }
    door::count(&web, &request, &throttle::SIGN_UPS_FROM)?;
    match sign_up(&web, &input).await {
        Ok(()) => Ok(see_notice("/login", Notice::LetterSent)),
        Err(err) => form(&web, &visit, &request, input, told(err)?).await,
    }
}

async fn sign_up(web: &Web, input: &JoinInput) -> ops::Result<()> {
    let handle = Handle::choose(&input.handle)?;
    let name = text::line("name", &input.name, 0, 100)?;
    let email = Email::parse(&input.email)?;
    accounts::password(&input.password)?;
    let invitation = Some(input.invitation.trim()).filter(|word| !word.is_empty());
    let invitation = invitation.map(secrets::digest);
    let invited = invitation.is_some();
    let mode = web.reader.read(ops::sign_ups::mode).await?;
    admit(mode, invited)?;
    let operation = SignUp {
        handle,
        name,
        email,
        collective: named(web, &input.collective).await?,
        invitation,
        application: input.application.clone(),
        agreement: input.agreement == "yes",
        locale: words::current().tag().to_owned(),
        password_hash: passwords::hash_aside(input.password.clone()).await?,
        keys: web.keys.pair().await?,
    };
    web.door.perform(Origin::visitor(), operation).await
}

/// The collective of this server that somebody names, where they name one.
async fn named(web: &Web, text: &str) -> ops::Result<Option<CollectiveId>> {
    let text = text.trim().trim_start_matches('@');
    let name = text.split_once('@').map_or(text, |(name, _)| name).to_owned();
    if name.is_empty() {
        return Ok(None);
    }
    let found = web.reader.read(move |conn| db::actors::find_local(conn, &name)).await?;
    let group = found.filter(|it| it.kind == ActorKind::Group && it.deleted_at.is_none());
    let unknown = || Invalid::new("collective", "is not known on this server");
    Ok(Some(group.ok_or_else(unknown)?.id.collective()))
}

/// The word of a link.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Link {
    pub(crate) token: String,
}

/// Shows the button of a link that was sent: a program that only looks at links confirms nothing.
async fn ask(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    link: web::Query<Link>,
) -> Answer {
    let link = link.into_inner();
    button(&web, &visit, &request, link, (StatusCode::OK, FormErrors::default()))
}

fn button(
    web: &Web,
    visit: &Visit,
    request: &HttpRequest,
    link: Link,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let word = door::word(web, request.headers())?;
    let page = door::frame(web, visit, &word);
    door::shown(web, &word, status, &ConfirmPage { page, token: link.token, errors })
}

/// Confirms an address.
async fn confirm(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    Knock { is_ours, form: link }: Knock<Link>,
) -> Answer {
    if !is_ours {
        return button(&web, &visit, &request, link, door::too_old());
    }
    door::count(&web, &request, &throttle::LINKS_FROM)?;
    let digest = secrets::digest(link.token.trim());
    match web.door.perform(Origin::visitor(), ConfirmAccount { digest }).await {
        Ok(state) => Ok(see_notice("/login", settled(state))),
        Err(err) => button(&web, &visit, &request, link, bad_link(err)?),
    }
}

/// What to say once an address is confirmed.
pub(crate) fn settled(state: AccountState) -> Notice {
    if state == AccountState::Active { Notice::Confirmed } else { Notice::AwaitsApproval }
}

/// What to say on the page of a link that does not work.
pub(crate) fn bad_link(err: OpError) -> Result<(StatusCode, FormErrors)> {
    match err {
        OpError::Refused(Refusal::BadLink) => {
            let (_, errors) = told(err)?;
            Ok((StatusCode::NOT_FOUND, errors))
        }
        err => told(err),
    }
}
