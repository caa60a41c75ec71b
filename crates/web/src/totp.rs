//! Two steps to sign in: turned on with an app on a phone, and off again.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, HeaderValue},
    },
    web,
};
use domain::Origin;
use ops::{
    OpError,
    totp::{BeginTotp, ConfirmTotp, DisableTotp, Offered, RenewRecoveryCodes, offered},
};
use serde::Deserialize;

use crate::{
    Result, Web,
    answer::{Answer, page_with, see, see_notice},
    forms::{Posted, told},
    identity::{account, frame, prove},
    qr,
    session::Signed,
    views::{
        forms::FormErrors,
        identity::{OfferView, TwoStepsPage},
        page::Notice,
    },
    when,
};

const HERE: &str = "/account/two-steps";

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(HERE).get(show));
    cfg.service(web::resource("/account/two-steps/begin").post(begin));
    cfg.service(web::resource("/account/two-steps/confirm").post(confirm));
    cfg.service(web::resource("/account/two-steps/codes").post(renew));
    cfg.service(web::resource("/account/two-steps/off").post(disable));
}

/// What the page shows beside where one stands.
#[derive(Default)]
struct Told {
    offer: Option<Offered>,
    codes: Vec<String>,
    errors: FormErrors,
    status: StatusCode,
}

impl Told {
    fn wrong(err: OpError) -> Result<Self> {
        let (status, errors) = told(err)?;
        Ok(Self { errors, status, ..Self::default() })
    }
}

async fn show(web: web::Data<Web>, signed: Signed) -> Answer {
    page(&web, &signed, Told::default()).await
}

async fn page(web: &Web, signed: &Signed, told: Told) -> Answer {
    let (id, now) = (account(web, signed).await?.id, web.door.now());
    let found =
        web.read(move |conn| Ok((db::totp::find(conn, id)?, db::totp::count_codes(conn, id)?)));
    let (row, left) = found.await?;
    let view = TwoStepsPage {
        page: frame(web, &signed.visit),
        since: row.confirmed_at.map(|since| when::stamp(since, now)),
        left,
        offer: told.offer.map(|offer| OfferView {
            qr: qr::view(&offer.uri),
            secret: in_fours(&offer.secret),
            uri: offer.uri,
        }),
        codes: told.codes,
        errors: told.errors,
    };
    Ok(unkept(page_with(told.status, &view)?))
}

/// What is shown once is kept by nobody in between.
fn unkept(mut answer: HttpResponse) -> HttpResponse {
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    answer
}

fn in_fours(secret: &str) -> String {
    let mut text = String::with_capacity(secret.len() * 5 / 4);
    for (place, letter) in secret.chars().enumerate() {
        if place != 0 && place % 4 == 0 {
            text.push(' ');
        }
        text.push(letter);
    }
    text
}

/// The password, typed once more.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Sure {
    password: String,
}

/// Shows the secret to the app.
async fn begin(web: web::Data<Web>, Posted(signed, form): Posted<Sure>) -> Answer {
    let account = account(&web, &signed).await?;
    let done = match prove(&web, &account, form.password).await? {
        Ok(()) => web.door.perform(Origin::local(signed.viewer.person), BeginTotp).await,
        Err(err) => Err(err),
    };
    let told = match done {
        Ok(offer) => Told { offer: Some(offer), ..Told::default() },
        Err(err) => Told::wrong(err)?,
    };
    page(&web, &signed, told).await
}

/// A code of the app.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Code {
    code: String,
}

/// Turns it on, and shows the recovery codes.
async fn confirm(web: web::Data<Web>, Posted(signed, form): Posted<Code>) -> Answer {
    let operation = ConfirmTotp { code: form.code };
    let told = match web.door.perform(Origin::local(signed.viewer.person), operation).await {
        Ok(codes) => Told { codes, ..Told::default() },
        Err(err @ OpError::Invalid(_)) => {
            // The same secret once more, so that nobody has to begin anew because of a typing error.
            let id = account(&web, &signed).await?.id;
            let row = web.read(move |conn| Ok(db::totp::find(conn, id)?)).await?;
            let offer = row.secret.map(|it| offered(web.door.site(), &signed.viewer.handle, &it));
            Told { offer, ..Told::wrong(err)? }
        }
        Err(OpError::Refused(_)) => return Ok(see(HERE)),
        Err(err) => Told::wrong(err)?,
    };
    page(&web, &signed, told).await
}

/// Shows new recovery codes.
async fn renew(web: web::Data<Web>, Posted(signed, form): Posted<Sure>) -> Answer {
    let account = account(&web, &signed).await?;
    let done = match prove(&web, &account, form.password).await? {
        Ok(()) => web.door.perform(Origin::local(signed.viewer.person), RenewRecoveryCodes).await,
        Err(err) => Err(err),
    };
    let told = match done {
        Ok(codes) => Told { codes, ..Told::default() },
        Err(err) => Told::wrong(err)?,
    };
    page(&web, &signed, told).await
}

async fn disable(web: web::Data<Web>, Posted(signed, form): Posted<Sure>) -> Answer {
    let account = account(&web, &signed).await?;
    let done = match prove(&web, &account, form.password).await? {
        Ok(()) => web.door.perform(Origin::local(signed.viewer.person), DisableTotp).await,
        Err(err) => Err(err),
    };
    match done {
        Ok(()) => Ok(see_notice(HERE, Notice::TwoStepsOff)),
        Err(err) => page(&web, &signed, Told::wrong(err)?).await,
    }
}
