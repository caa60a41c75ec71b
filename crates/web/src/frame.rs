//! What happens around every handler: who is there, whether the form comes from here, what is said when
//! it did not work, and the headers of every answer.

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::ErrorInternalServerError,
    http::{
        Method, StatusCode,
        header::{
            CACHE_CONTROL, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN, RETRY_AFTER, VARY,
        },
    },
    middleware::Next,
    web,
};
use ops::Site;

use crate::{
    Result, Web,
    answer::{page_with, see},
    error::PageError,
    session::Visit,
    views::errors::{ErrorPage, Trouble},
};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Wraps every page.
pub(crate) async fn keep<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let web = request.app_data::<web::Data<Web>>().cloned();
    let web = web.ok_or_else(|| ErrorInternalServerError("pages were not given their parts"))?;
    // The body of an answer to HEAD is dropped on its way out.
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let nobody = Visit::anonymous(request.request()).of_place(&web).await;
    let known = match from_here(web.door.site(), &request) {
        Ok(()) => nobody.clone().recognise(&web, request.headers()).await,
        Err(err) => Err(err),
    };
    let (visit, answer) = match known {
        Ok(visit) => {
            request.extensions_mut().insert(visit.clone());
            let answer = words::within(visit.language, next.call(request)).await?;
            (visit, answer.map_into_boxed_body())
        }
        Err(err) => (nobody, request.into_response(HttpResponse::from_error(err))),
    };
    let (request, answer) = answer.into_parts();
    let explained = || explain(&web, &visit, &request, answer);
    let mut answer = words::within_sync(visit.language, explained);
    head(&visit, answer.headers_mut());
    Ok(ServiceResponse::new(request, answer))
}

/// Refuses a form that a page of somebody else has sent (API-07).
///
/// Browsers say in `Sec-Fetch-Site` and in `Origin` where a form comes from; old ones say nothing, and
/// then the word in the form decides alone.
fn from_here(site: &Site, request: &ServiceRequest) -> Result<()> {
    if request.method().is_safe() {
        return Ok(());
    }
    let headers = request.headers();
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let fetched = text(SEC_FETCH_SITE).is_none_or(|it| matches!(it, "same-origin" | "none"));
    let host = text(HOST).unwrap_or_default();
    let ours = |origin: &str| {
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        origin == site.base().origin().ascii_serialization() || authority == Some(host)
    };
    if fetched && text(ORIGIN).is_none_or(ours) {
        return Ok(());
    }
    Err(PageError::Forged { kept: None })
}

/// Puts a page where a handler had none; what is our own fault is logged here, once.
fn explain(web: &Web, visit: &Visit, request: &HttpRequest, answer: HttpResponse) -> HttpResponse {
    let wrong_way = answer.status() == StatusCode::METHOD_NOT_ALLOWED;
    let page = match answer.error().and_then(|err| err.as_error::<PageError>()) {
        None if wrong_way => trouble(web, visit, &PageError::WrongWay),
        None => return answer,
        Some(PageError::SignIn) if request.method() == Method::GET => {
            return see(&format!("/login?next={}", encoded(&here(request))));
        }
        Some(err) => trouble(web, visit, err),
    };
    page.unwrap_or_else(|err| {
        tracing::error!(error = ?err, "the page that tells of a failure failed");
        HttpResponse::InternalServerError().body("Something broke. It is our fault, not yours.")
    })
}

fn trouble(web: &Web, visit: &Visit, err: &PageError) -> Result<HttpResponse> {
    let trouble = err.trouble();
    if matches!(trouble, Trouble::Ours | Trouble::Busy) {
        tracing::error!(error = ?err, path = visit.path, "a page could not be shown");
    }
    let mut page = visit.frame(web);
    page.noindex = true;
    page.notice = None;
    let view = ErrorPage { page, trouble, reason: err.reason(), kept: err.kept() };
    let status = StatusCode::from_u16(trouble.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let mut answer = page_with(status, &view)?;
    let wait = match err {
        PageError::TooMany(seconds) => Some(*seconds),
        _ => (trouble == Trouble::Busy).then_some(60),
    };
    if let Some(wait) = wait {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait));
    }
    Ok(answer)
}

/// The headers that depend on who asks.
fn head(visit: &Visit, headers: &mut HeaderMap) {
    headers.insert(VARY, HeaderValue::from_static("Accept, Accept-Language, Cookie"));
    if !headers.contains_key(CACHE_CONTROL) {
        let keep = if visit.viewer.is_some() { "private, no-store" } else { "private, max-age=60" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    }
}

/// The page that says there is none.
pub(crate) async fn nothing_here() -> Result<HttpResponse> {
    Err(PageError::NotFound)
}

fn here(request: &HttpRequest) -> String {
    request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
}

/// A text as a value in a query.
pub(crate) fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
