//! The page on which a person says what an app may do for them (RFC 6749 §4.1, RFC 7636, RFC 9207).

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderValue, LOCATION},
    },
    web,
};
use db::apps::AppRow;
use domain::{
    Origin,
    oauth::{OUT_OF_BAND, challenge},
    scopes::Scopes,
};
use ops::{
    oauth::{AllowApp, redirects_to},
    secrets,
};
use serde::Deserialize;
use url::Url;

use crate::{
    Web,
    answer::{Answer, page, page_with},
    error::PageError,
    forms::Posted,
    headers, labels,
    session::{Signed, Visit},
    views::{
        oauth::{CodePage, ConsentPage, OAuthTroublePage},
        page::Page,
    },
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/oauth/authorize").get(show).post(answer));
}

/// What an app asks for; what it leaves out is empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    response_type: String,
    client_id: String,
    redirect_uri: String,
    scope: String,
    state: String,
    code_challenge: String,
    code_challenge_method: String,
}

/// The same, and what the person says to it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Decision {
    #[serde(flatten)]
    asked: Asked,
    decision: String,
}

/// A wish that can be answered.
struct Wish {
    app: AppRow,
    scopes: Scopes,
}

/// Why it cannot.
enum Wrong {
    /// Nobody must be sent to an address that the app did not register: the person is told this message.
    Here(&'static str),
    /// The app is told (RFC 6749 §4.1.2.1).
    There(&'static str, String),
}

/// Shows who asks for what.
async fn show(web: web::Data<Web>, visit: Visit, asked: web::Query<Asked>) -> Answer {
    let checked = check(&web, &asked).await?;
    if let Err(wrong @ Wrong::Here(_)) = checked {
        return refuse(&web, &visit, &asked, wrong);
    }
    // A link of ours leads nobody on who does not know that it is ours (RFC 9700 §4.11.2).
    let viewer = visit.viewer.as_ref().ok_or(PageError::SignIn)?;
    let wish = match checked {
        Ok(wish) => wish,
        Err(wrong) => return refuse(&web, &visit, &asked, wrong),
    };
    let hidden = [
        ("response_type", &asked.response_type),
        ("client_id", &asked.client_id),
        ("redirect_uri", &asked.redirect_uri),
        ("scope", &asked.scope),
        ("state", &asked.state),
        ("code_challenge", &asked.code_challenge),
        ("code_challenge_method", &asked.code_challenge_method),
    ];
    let view = ConsentPage {
        page: Page { noindex: true, ..visit.frame(&web) },
        app: wish.app.name.clone(),
        website: wish.app.website.clone(),
        person: viewer.name.clone(),
        handle: viewer.handle.clone(),
        may: wish.scopes.words().split(' ').map(labels::allowed).collect(),
        goes_to: goes_to(&asked.redirect_uri),
        hidden: hidden.map(|(name, value)| (name.to_owned(), value.clone())).into(),
    };
    Ok(leading_to(page(&view)?, &asked.redirect_uri))
}

/// Sends the person back to the app, with a code or a no.
async fn answer(web: web::Data<Web>, Posted(signed, said): Posted<Decision>) -> Answer {
    let Signed { visit, viewer } = signed;
    let asked = said.asked;
    let wish = match check(&web, &asked).await? {
        Ok(wish) => wish,
        Err(wrong) => return refuse(&web, &visit, &asked, wrong),
    };
    if said.decision != "allow" {
        let no = Wrong::There("access_denied", "the person said no".to_owned());
        return refuse(&web, &visit, &asked, no);
    }
    let code = secrets::fresh()?;
    let operation = AllowApp {
        client_id: asked.client_id.clone(),
        redirect_uri: asked.redirect_uri.clone(),
        scopes: wish.scopes,
        challenge: asked.code_challenge.clone(),
        digest: secrets::digest(&code),
    };
    web.door.perform(Origin::local(viewer.person), operation).await?;
    if asked.redirect_uri == OUT_OF_BAND {
        let page = Page { noindex: true, ..visit.frame(&web) };
        let mut answer = crate::answer::page(&CodePage { page, app: wish.app.name, code })?;
        answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        return Ok(answer);
    }
    back(&web, &asked, &[("code", &code)])
}

/// Is it an app of ours, an address of the app's, and a wish that may be granted?
async fn check(web: &Web, asked: &Asked) -> crate::Result<Result<Wish, Wrong>> {
    let client_id = asked.client_id.clone();
    let app = web.read(move |conn| Ok(db::apps::find(conn, &client_id)?)).await?;
    let Some(app) = app else {
        return Ok(Err(Wrong::Here("oauth-unknown-app")));
    };
    if !redirects_to(&app, &asked.redirect_uri) {
        return Ok(Err(Wrong::Here("oauth-unknown-address")));
    }
    let there = |error, told: &str| Ok(Err(Wrong::There(error, told.to_owned())));
    if asked.response_type != "code" {
        return there("unsupported_response_type", "response_type must be code");
    }
    if asked.state.is_empty() {
        return there("invalid_request", "state is missing");
    }
    if asked.code_challenge_method != "S256" {
        return there("invalid_request", "code_challenge_method must be S256");
    }
    if let Err(invalid) = challenge(&asked.code_challenge) {
        return there("invalid_request", &invalid.to_string());
    }
    let scopes = match Scopes::parse(&asked.scope) {
        Ok(scopes) => scopes,
        Err(invalid) => return there("invalid_scope", &invalid.to_string()),
    };
    if !Scopes::parse(&app.scopes)?.cover(&scopes) {
        return there("invalid_scope", "scope is more than the app registered for");
    }
    Ok(Ok(Wish { app, scopes }))
}

fn refuse(web: &Web, visit: &Visit, asked: &Asked, wrong: Wrong) -> Answer {
    let told = match wrong {
        Wrong::There(error, told) if asked.redirect_uri != OUT_OF_BAND => {
            return back(web, asked, &[("error", error), ("error_description", &told)]);
        }
        Wrong::There("access_denied", _) => words::say("oauth-said-no").into_owned(),
        Wrong::There(_, told) => {
            words::say_with("oauth-asks-wrongly", &[("what", told.into())]).into_owned()
        }
        Wrong::Here(message) => words::say(message).into_owned(),
    };
    // What was asked for is said nowhere on it, not in the links that choose a language either.
    let page = Page { noindex: true, query: String::new(), ..visit.frame(web) };
    page_with(StatusCode::BAD_REQUEST, &OAuthTroublePage { page, told })
}

/// Back to the app, with what it gave us and who we are.
fn back(web: &Web, asked: &Asked, said: &[(&str, &str)]) -> Answer {
    let mut url = Url::parse(&asked.redirect_uri).map_err(|_| PageError::BadRequest)?;
    let issuer = web.door.site().base().as_str().trim_end_matches('/');
    url.query_pairs_mut().extend_pairs(said).append_pair("iss", issuer);
    if !asked.state.is_empty() {
        url.query_pairs_mut().append_pair("state", &asked.state);
    }
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, url.as_str()))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .insert_header(("Referrer-Policy", "no-referrer"))
        .finish())
}

/// Browsers hold the way on after a form against the page the form is on, so the page must name it.
fn leading_to(mut answer: HttpResponse, redirect: &str) -> HttpResponse {
    let Ok(url) = Url::parse(redirect) else { return answer };
    let origin = url.origin();
    let goal =
        if origin.is_tuple() { origin.ascii_serialization() } else { format!("{}:", url.scheme()) };
    let own = "form-action 'self'";
    let policy = headers::CONTENT_SECURITY_POLICY.replace(own, &format!("{own} {goal}"));
    if let Ok(policy) = HeaderValue::try_from(policy) {
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    answer
}

/// Where the person will be, in words they can check.
fn goes_to(redirect: &str) -> String {
    if redirect == OUT_OF_BAND {
        return String::new();
    }
    let url = Url::parse(redirect).ok();
    let host = url.as_ref().and_then(Url::host_str).map(str::to_owned);
    host.or_else(|| url.map(|url| url.scheme().to_owned())).unwrap_or_default()
}
