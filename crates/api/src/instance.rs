//! What this server is.

use actix_web::{HttpResponse, web};
use domain::listings::{Category, Kind, Terms, Urgency};
use domain::quantity::Unit;
use ops::about::SiteSettings;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Api, Result, words};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/instance").get(show));
}

/// This server, and the words it knows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstanceView {
    #[schema(example = "Commons of the valley")]
    name: String,
    /// What stands behind the `@` of handles.
    host: String,
    url: String,
    /// Of the software `tequio`.
    #[schema(value_type = String, example = "0.1.0")]
    version: &'static str,
    counts: Counts,
    /// Who may ask for an account.
    #[schema(value_type = words::SignUpMode)]
    sign_up: &'static str,
    #[schema(value_type = Vec<words::Kind>)]
    kinds: Vec<&'static str>,
    #[schema(value_type = Vec<words::Category>)]
    categories: Vec<&'static str>,
    #[schema(value_type = Vec<words::Terms>)]
    terms: Vec<&'static str>,
    #[schema(value_type = Vec<words::Urgency>)]
    urgencies: Vec<&'static str>,
    #[schema(value_type = Vec<words::Unit>)]
    units: Vec<&'static str>,
}

/// How many live here.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Counts {
    people: i64,
    collectives: i64,
    listings: i64,
    replies: i64,
}

/// Shows this server: its name, its numbers, and the words that forms are made of.
#[utoipa::path(
    get,
    path = "/instance",
    operation_id = "showInstance",
    tag = "instance",
    responses((status = 200, description = "This server", body = InstanceView)),
    security(())
)]
pub(crate) async fn show(api: web::Data<Api>) -> Result<HttpResponse> {
    let found = api.read(|conn| {
        let counts = Counts {
            people: db::actors::count_local_people(conn)?,
            collectives: db::collectives::count(conn)?,
            listings: db::listings::count_local(conn)?,
            replies: db::replies::count_local(conn)?,
        };
        let named = SiteSettings::load(conn)?.name;
        Ok((counts, ops::sign_ups::mode(conn)?.word(), named))
    });
    let (counts, sign_up, named) = found.await?;
    let site = api.door.site();
    Ok(HttpResponse::Ok().json(InstanceView {
        name: named.unwrap_or_else(|| api.name.clone()),
        host: site.host().to_owned(),
        url: site.base().to_string(),
        version: env!("CARGO_PKG_VERSION"),
        counts,
        sign_up,
        kinds: Kind::ALL.iter().map(|word| word.word()).collect(),
        categories: Category::ALL.iter().map(|word| word.word()).collect(),
        terms: Terms::ALL.iter().map(|word| word.word()).collect(),
        urgencies: Urgency::ALL.iter().map(|word| word.word()).collect(),
        units: Unit::ALL.iter().map(|word| word.word()).collect(),
    }))
}
