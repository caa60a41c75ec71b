//! The words of our taxonomy at their addresses, which stand in `resourceClassifiedAs`, and all of them at
//! `/taxonomy`: SKOS for programs, for people the list of what is open.

use actix_web::{
    HttpRequest, HttpResponse,
    dev::RequestHead,
    guard,
    http::{Uri, header},
    web,
};
use domain::labels::{Concept, LANGUAGES, Labels, facets};
use serde_json::{Map, Value, json};

use crate::{Federation, error::InboxError, serve};

/// What names are in the context of a concept.
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/taxonomy")
            .guard(guard::fn_guard(|ctx| !wants_page(ctx.head())))
            .route(web::get().to(scheme)),
    )
    .service(web::resource("/taxonomy").route(web::get().to(page)));
    let path = "/taxonomy/{facet}/{word}";
    let ap = guard::fn_guard(serve::wants_activity);
    let known = guard::fn_guard(|ctx| known(&ctx.head().uri).is_some());
    cfg.service(web::resource(path).guard(ap).route(web::get().to(concept)))
        .service(web::resource(path).guard(known).route(web::get().to(page)));
}

/// Does a browser ask?
fn wants_page(head: &RequestHead) -> bool {
    let accept = head.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// Facet and word, where both are ours. Needs and offers themselves are words of ValueFlows.
fn known(uri: &Uri) -> Option<(&'static str, Concept)> {
    let (name, word) = uri.path().strip_prefix("/taxonomy/")?.split_once('/')?;
    let facet = facets().into_iter().find(|facet| facet.name == name && name != "purpose")?;
    let concept = facet.words.into_iter().find(|concept| concept.word == word)?;
    Some((facet.name, concept))
}

fn context() -> Value {
    json!([
        apub::context::ACTIVITY_STREAMS,
        {
            "skos": SKOS,
            "prefLabel": { "@id": "skos:prefLabel", "@container": "@language" },
            "inScheme": { "@id": "skos:inScheme", "@type": "@id" },
            "broader": { "@id": "skos:broader", "@type": "@id" },
            "hasTopConcept": { "@id": "skos:hasTopConcept" },
            "narrower": { "@id": "skos:narrower" },
        },
    ])
}

fn by_language(labels: Labels) -> Value {
    let pairs = LANGUAGES.into_iter().zip(labels);
    Value::Object(pairs.map(|(tag, name)| (tag.to_owned(), name.into())).collect())
}

/// A word, without its context.
fn body(data: &Federation, facet: &str, concept: Concept) -> Map<String, Value> {
    let site = data.site();
    let pairs: [(&str, Value); 6] = [
        ("id", site.at(&format!("taxonomy/{facet}/{}", concept.word)).into()),
        ("type", "skos:Concept".into()),
        ("name", concept.word.into()),
        ("prefLabel", by_language(concept.labels)),
        ("inScheme", site.at("taxonomy").into()),
        ("broader", site.at(&format!("taxonomy#{facet}")).into()),
    ];
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

async fn concept(
    data: web::Data<Federation>,
    request: HttpRequest,
) -> Result<HttpResponse, InboxError> {
    let (facet, concept) = known(request.uri()).ok_or(db::DbError::NotFound("word"))?;
    let mut document = body(&data, facet, concept);
    document.insert("@context".to_owned(), context());
    Ok(serve::document(&Value::Object(document)))
}

/// All lists of words, and the words of each.
async fn scheme(data: web::Data<Federation>) -> HttpResponse {
    let site = data.site();
    let tops = facets().into_iter().filter(|facet| facet.name != "purpose").map(|facet| {
        let words = facet.words.iter().map(|concept| body(&data, facet.name, *concept));
        json!({
            "id": site.at(&format!("taxonomy#{}", facet.name)),
            "type": "skos:Concept",
            "name": facet.name,
            "prefLabel": by_language(facet.labels),
            "narrower": words.collect::<Vec<_>>(),
        })
    });
    serve::document(&json!({
        "@context": context(),
        "id": site.at("taxonomy"),
        "type": "skos:ConceptScheme",
        "hasTopConcept": tops.collect::<Vec<_>>(),
    }))
}

/// Lists can be filtered by kind; all of them show what is open.
async fn page(request: HttpRequest) -> HttpResponse {
    let place = match known(request.uri()) {
        Some(("kind", concept)) => format!("/listings?kind={}", concept.word),
        _ => "/listings".to_owned(),
    };
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, place))
        .insert_header((header::VARY, "Accept, User-Agent, Signature"))
        .insert_header((header::CACHE_CONTROL, "private, max-age=60"))
        .finish()
}
