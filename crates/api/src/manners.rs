//! What every answer under `/api/v1` has in common: CORS, caching, and problems for wrong addresses.

use actix_web::{
    Error, HttpResponse, ResponseError,
    body::{BodySize, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderMap, HeaderValue},
    },
    middleware::Next,
};

use crate::{etag, problem::ApiError, wording};

/// What a page of elsewhere may read of an answer.
const EXPOSED: &str = "Link, ETag, Location, Retry-After, WWW-Authenticate, Content-Language, \
                       Idempotency-Replayed, RateLimit, RateLimit-Policy";

/// Answers preflights; adds the headers that every answer has.
///
/// Any web page may call with a token it was given; cookies are never read here, so none can be misused.
pub(crate) async fn keep(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let with_token = req.headers().contains_key(header::AUTHORIZATION);
    let language = wording::wanted(req.headers());
    let reads = [Method::GET, Method::HEAD].contains(req.method());
    let only_head = *req.method() == Method::HEAD;
    let mut answer = match *req.method() {
        Method::OPTIONS => req.into_response(preflight()),
        Method::HEAD => {
            req.head_mut().method = Method::GET;
            next.call(req).await?.map_into_boxed_body()
        }
        _ => next.call(req).await?.map_into_boxed_body(),
    };
    if answer.status() == StatusCode::METHOD_NOT_ALLOWED {
        answer = name_methods(answer);
    }
    if only_head && answer.response().body().size() == BodySize::Stream {
        // A stream that nobody reads would never end.
        answer = answer.map_body(|_, _| BoxBody::new(()));
    }
    if reads {
        answer = etag::condition(answer).await;
    }
    answer = wording::say(answer, language).await;
    let headers = answer.headers_mut();
    let set = |headers: &mut HeaderMap, name, value| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(headers, header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    set(headers, header::VARY, "Authorization, Origin, Accept-Language");
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if with_token {
        set(headers, header::CACHE_CONTROL, "private, no-store");
    }
    Ok(answer)
}

/// What is asked of an address that does not exist.
pub(crate) async fn no_such_path() -> Result<HttpResponse, ApiError> {
    Err(ApiError::NoSuchPath)
}

fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, PATCH, DELETE"))
        .insert_header((
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "Authorization, Content-Type, If-Match, If-None-Match, Accept-Language, \
             Idempotency-Key, Last-Event-ID",
        ))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
        .finish()
}

/// Keeps the `Allow` header and says the rest as a problem.
fn name_methods(answer: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let allow = answer.headers().get(header::ALLOW).cloned();
    let mut problem = answer.into_response(ApiError::Method.error_response());
    if let Some(allow) = allow {
        problem.headers_mut().insert(header::ALLOW, allow);
    }
    problem
}
