//! The words that needs and offers are sorted by, as people of several languages read them.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use domain::labels::{Facet, LANGUAGES, Labels, facets};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Api, Result};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/categories").get(list));
}

/// All lists of words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CategoriesView {
    /// Where the same is found as SKOS.
    #[schema(example = "https://commons.example/taxonomy")]
    uri: String,
    facets: Vec<FacetView>,
}

/// A list of words that describe one side of a listing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetView {
    /// As filters name it.
    #[schema(value_type = String, example = "terms")]
    name: &'static str,
    /// By language.
    #[schema(value_type = BTreeMap<String, String>)]
    labels: BTreeMap<&'static str, &'static str>,
    words: Vec<WordView>,
}

/// A word.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WordView {
    /// As fields and filters spell it; it never changes.
    #[schema(value_type = String, example = "barter")]
    word: &'static str,
    /// The address that names it on every server; `null` for needs and offers themselves.
    #[schema(example = "https://commons.example/taxonomy/terms/barter")]
    uri: Option<String>,
    /// By language.
    #[schema(value_type = BTreeMap<String, String>, example = json!({ "en": "Barter", "es": "Trueque" }))]
    labels: BTreeMap<&'static str, &'static str>,
}

fn by_language(labels: Labels) -> BTreeMap<&'static str, &'static str> {
    LANGUAGES.into_iter().zip(labels).collect()
}

fn view(api: &Api, facet: &Facet) -> FacetView {
    let site = api.door.site();
    let words = facet.words.iter().map(|concept| WordView {
        word: concept.word,
        // On the wire, `purpose` is a word of ValueFlows.
        uri: (facet.name != "purpose")
            .then(|| site.at(&format!("taxonomy/{}/{}", facet.name, concept.word))),
        labels: by_language(concept.labels),
    });
    FacetView { name: facet.name, labels: by_language(facet.labels), words: words.collect() }
}

/// Lists the words by which needs and offers are sorted and filtered, with their names in English, Spanish,
/// Catalan, German, and French.
#[utoipa::path(
    get,
    path = "/categories",
    operation_id = "listCategories",
    tag = "search",
    responses((status = 200, description = "All of them", body = CategoriesView)),
    security(())
)]
pub(crate) async fn list(api: web::Data<Api>) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(CategoriesView {
        uri: api.door.site().at("taxonomy"),
        facets: facets().iter().map(|facet| view(&api, facet)).collect(),
    }))
}
