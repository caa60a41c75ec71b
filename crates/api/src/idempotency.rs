//! `Idempotency-Key`: a request that is sent twice is done once, and answered twice
//! (draft-ietf-httpapi-idempotency-key-header).

use actix_web::{
    Error, HttpResponse, HttpResponseBuilder, ResponseError,
    body::{BodySize, BoxBody, MessageBody, to_bytes},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, header},
    middleware::Next,
    web,
};
use db::idempotency::Kept;
use domain::{AccountId, Origin, Time};
use ops::idempotency::{Claim, ClaimKey, KeepAnswer};

use crate::{Api, Result as ApiResult, auth, body::LARGEST, problem::ApiError};

/// The header that names a request.
pub(crate) const HEADER: &str = "idempotency-key";
/// Says of an answer that it was given before.
const REPLAYED: &str = "idempotency-replayed";
/// The longest name, in bytes.
const LONGEST: usize = 255;
/// More than any form with files needs.
const LARGEST_WITH_FILES: usize = 16 * 1024 * 1024;
/// The largest answer that is kept.
const LARGEST_ANSWER: u64 = 1024 * 1024;
/// What is kept of an answer beside its body.
const HEADERS: [&str; 5] = ["content-type", "location", "etag", "link", "www-authenticate"];

/// A claim of this request, and what its answer is kept under.
struct Ticket {
    api: web::Data<Api>,
    token: String,
    account: AccountId,
    name: String,
    claimed: Time,
}

/// What is to be done with a request.
enum Turn {
    /// It has no key, or nobody can have claimed it: whoever it is for says what is wrong.
    Plain,
    Mine(Ticket),
    Replay(HttpResponse),
}

/// Does each named request once.
pub(crate) async fn once(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match turn(&mut req).await {
        Ok(Turn::Plain) => Ok(next.call(req).await?.map_into_boxed_body()),
        Ok(Turn::Replay(answer)) => Ok(req.into_response(answer)),
        Err(problem) => Ok(req.into_response(problem.error_response())),
        Ok(Turn::Mine(ticket)) => {
            // A client that hangs up drops its request, but not what was begun: a task of its own goes on
            // to the end, so that the next try finds the answer.
            let work = actix_web::rt::spawn(async move {
                let answer = next.call(req).await?.map_into_boxed_body();
                Ok::<_, Error>(ticket.keep(answer).await)
            });
            work.await.map_err(|_| Error::from(ApiError::Miswired))?
        }
    }
}

async fn turn(req: &mut ServiceRequest) -> ApiResult<Turn> {
    let writes = [Method::POST, Method::PUT, Method::PATCH, Method::DELETE].contains(req.method());
    if !writes || !req.headers().contains_key(HEADER) {
        return Ok(Turn::Plain);
    }
    let api = req.app_data::<web::Data<Api>>().ok_or(ApiError::Miswired)?.clone();
    let Ok(Some(token)) = auth::bearer(req.request()) else { return Ok(Turn::Plain) };
    let Some(account) = auth::account_of(&api, &token).await? else { return Ok(Turn::Plain) };
    let Some(name) = name(req)? else { return Ok(Turn::Plain) };
    let body = body(req).await?;
    let digest = digest(req, &token, &body);
    req.set_payload(Payload::from(body));
    let claim = ClaimKey { account, name: name.clone(), digest };
    match api.door.perform(Origin::server(), claim).await? {
        Claim::Yours(claimed) => Ok(Turn::Mine(Ticket { api, token, account, name, claimed })),
        Claim::Answered(kept) => Ok(Turn::Replay(replay(&token, &kept)?)),
        Claim::UnderWay => Err(ApiError::UnderWay),
        Claim::Another => Err(ApiError::KeyReused),
    }
}

/// What the client calls the request; the quotes of a structured field are no part of it.
fn name(req: &ServiceRequest) -> ApiResult<Option<String>> {
    let mut values = req.headers().get_all(HEADER);
    let Some(value) = values.next() else { return Ok(None) };
    let text = value.to_str().map_err(|_| ApiError::KeyInvalid)?.trim();
    let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let plain = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    let fits = plain && !bare.is_empty() && text.len() <= LONGEST && values.next().is_none();
    if fits { Ok(Some(bare.to_owned())) } else { Err(ApiError::KeyInvalid) }
}

/// The body, read to its end; a form with files may be larger than others.
async fn body(req: &mut ServiceRequest) -> ApiResult<web::Bytes> {
    let media_type = req.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let has_files = media_type.is_some_and(|it| it.starts_with("multipart/"));
    let most = if has_files { LARGEST_WITH_FILES } else { LARGEST };
    let payload = req.extract::<web::Payload>().await.map_err(|_| ApiError::Unread)?;
    let read = payload.to_bytes_limited(most).await.map_err(|_| ApiError::TooLarge)?;
    read.map_err(|_| ApiError::Unread)
}

/// What makes a request what it is. The token is a part of it: with another one it is another request.
fn digest(req: &ServiceRequest, token: &str, body: &[u8]) -> Vec<u8> {
    let media_type = req.headers().get(header::CONTENT_TYPE).map(|it| it.as_bytes().to_vec());
    let line = format!("{} {}\n{token}\n", req.method(), req.uri());
    let all = [line.as_bytes(), &media_type.unwrap_or_default(), b"\n", body].concat();
    ops::secrets::digest_bytes(&all)
}

impl Ticket {
    /// Keeps the answer, and hands it on.
    async fn keep(self, answer: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
        let status = answer.status();
        let is_small = matches!(
            answer.response().body().size(),
            BodySize::None | BodySize::Sized(..=LARGEST_ANSWER)
        );
        let is_final = !status.is_server_error()
            && ![StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS].contains(&status);
        if !is_small || !is_final {
            self.store(None).await;
            return answer;
        }
        let headers: Vec<(&str, &str)> = HEADERS
            .iter()
            .filter_map(|name| Some((*name, answer.headers().get(*name)?.to_str().ok()?)))
            .collect();
        let headers = serde_json::to_string(&headers).unwrap_or_default();
        let (request, answer) = answer.into_parts();
        let (answer, body) = answer.into_parts();
        let body = to_bytes(body).await.unwrap_or_default();
        let sealed = ops::secrets::seal(&self.token, &body).ok();
        let kept = sealed.map(|body| Kept { status: status.as_u16(), headers, body });
        self.store(kept).await;
        ServiceResponse::new(request, answer.set_body(body).map_into_boxed_body())
    }

    /// A key whose answer cannot be kept is free after a minute, as after a crash.
    async fn store(self, kept: Option<Kept>) {
        let Self { api, account, name, claimed, .. } = self;
        let keep = KeepAnswer { account, name, claimed, kept };
        if let Err(err) = api.door.perform(Origin::server(), keep).await {
            tracing::error!(%err, "the answer to a request with a key could not be kept");
        }
    }
}

fn replay(token: &str, kept: &Kept) -> ApiResult<HttpResponse> {
    let body = ops::secrets::unseal(token, &kept.body).ok_or(ApiError::Miswired)?;
    let status = StatusCode::from_u16(kept.status).map_err(|_| ApiError::Miswired)?;
    let mut answer = HttpResponseBuilder::new(status);
    let headers: Vec<(String, String)> = serde_json::from_str(&kept.headers).unwrap_or_default();
    for header in headers {
        answer.insert_header(header);
    }
    answer.insert_header((REPLAYED, "true"));
    Ok(if body.is_empty() { answer.finish() } else { answer.body(body) })
}
