//! The words of our taxonomy at their addresses, which stand in `resourceClassifiedAs`: a concept for
//! programs, for people the list of what is open.

use actix_web::{
    HttpRequest, HttpResponse, guard,
    http::{Uri, header},
    web,
};
use domain::listings::{Category, Kind, State, Terms, Urgency};
use serde_json::json;

use crate::{Federation, error::InboxError, serve};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    let path = "/taxonomy/{facet}/{word}";
    let ap = guard::fn_guard(serve::wants_activity);
    let known = guard::fn_guard(|ctx| known(&ctx.head().uri).is_some());
    cfg.service(web::resource(path).guard(ap).route(web::get().to(concept)))
        .service(web::resource(path).guard(known).route(web::get().to(page)));
}

/// Facet and word, where both are ours.
fn known(uri: &Uri) -> Option<(&str, &str)> {
    let (facet, word) = uri.path().strip_prefix("/taxonomy/")?.split_once('/')?;
    let is_known = match facet {
        "kind" => Kind::parse(word).is_ok(),
        "terms" => Terms::parse(word).is_ok(),
        "category" => Category::parse(word).is_ok(),
        "urgency" => Urgency::parse(word).is_ok(),
        // A draft is nobody's business.
        "state" => State::parse(word).is_ok_and(|state| state != State::Draft),
        _ => false,
    };
    is_known.then_some((facet, word))
}

async fn concept(
    data: web::Data<Federation>,
    request: HttpRequest,
) -> Result<HttpResponse, InboxError> {
    let (facet, word) = known(request.uri()).ok_or(db::DbError::NotFound("word"))?;
    Ok(serve::document(&json!({
        "@context": [
            apub::context::ACTIVITY_STREAMS,
            { "skos": "http://www.w3.org/2004/02/skos/core#" },
        ],
        "id": data.site().at(&format!("taxonomy/{facet}/{word}")),
        "type": "skos:Concept",
        "name": word,
    })))
}

/// Lists can be filtered by kind; all of them show what is open.
async fn page(request: HttpRequest) -> HttpResponse {
    let place = match known(request.uri()) {
        Some(("kind", word)) => format!("/listings?kind={word}"),
        _ => "/listings".to_owned(),
    };
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, place))
        .insert_header((header::VARY, "Accept, User-Agent, Signature"))
        .insert_header((header::CACHE_CONTROL, "private, max-age=60"))
        .finish()
}
