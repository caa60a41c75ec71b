//! Sums: how much is needed, offered, answered, and agreed on. Nothing about anybody.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use actix_web::{HttpResponse, web};
use db::{Conn, statistics::ListingCount};
use domain::{CollectiveId, Time};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Api, Result,
    auth::{MaybeViewer, ReadCollectives},
    collectives::find,
    words,
};

/// So many seconds a sum is good.
const FRESH: i64 = 60;

/// So many sums are kept.
const MOST: usize = 1_000;

/// Numbers of active people are rounded up to a multiple of this: of few, nobody is told apart.
const ROUND: i64 = 5;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.app_data(web::Data::new(Kept::default()));
    cfg.service(web::resource("/instance/statistics").get(instance));
    cfg.service(web::resource("/collectives/{collective}/statistics").get(collective));
}

/// Sums of the last minute, each with the time at which it was made.
#[derive(Debug, Default)]
pub(crate) struct Kept(Mutex<HashMap<Option<CollectiveId>, (Time, StatisticsView)>>);

impl Kept {
    fn find(&self, of: Option<CollectiveId>, now: Time) -> Option<StatisticsView> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = kept.get(&of).filter(|(made, _)| now < made.plus_seconds(FRESH));
        fresh.map(|(_, view)| view.clone())
    }

    fn keep(&self, of: Option<CollectiveId>, now: Time, view: &StatisticsView) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if MOST <= kept.len() {
            kept.clear();
        }
        kept.insert(of, (now, view.clone()));
    }
}

/// Sums, at most a minute old.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct StatisticsView {
    /// How many collectives live here; `null` for one collective.
    collectives: Option<i64>,
    /// Published listings, by purpose, kind, and state.
    listings: Vec<ListingsView>,
    /// Public answers under them.
    replies: i64,
    agreements: Vec<AgreementsView>,
    /// People of this server who posted or answered something in the last 30 days, rounded up to fives.
    active_month: i64,
    /// The same of 180 days.
    active_half_year: i64,
    #[schema(value_type = String, format = DateTime)]
    counted_at: String,
}

/// So many listings of one purpose and kind in one state.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ListingsView {
    #[schema(value_type = words::Purpose)]
    purpose: String,
    #[schema(value_type = words::Kind)]
    kind: String,
    #[schema(value_type = words::State)]
    state: String,
    count: i64,
}

/// So many agreements in one state.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct AgreementsView {
    #[schema(value_type = words::AgreementState)]
    state: String,
    count: i64,
}

fn view(conn: &mut Conn, of: Option<CollectiveId>, now: Time) -> Result<StatisticsView> {
    let collectives = match of {
        Some(_) => None,
        None => Some(db::collectives::count(conn)?),
    };
    let listings = db::statistics::listings(conn, of)?.into_iter().map(|row| {
        let ListingCount { purpose, kind, state, count } = row;
        ListingsView { purpose, kind, state, count }
    });
    let agreements = db::statistics::agreements(conn, of)?.into_iter();
    Ok(StatisticsView {
        collectives,
        listings: listings.collect(),
        replies: db::statistics::replies(conn, of)?,
        agreements: agreements.map(|(state, count)| AgreementsView { state, count }).collect(),
        active_month: rounded(db::statistics::active(conn, of, now.plus_days(-30))?),
        active_half_year: rounded(db::statistics::active(conn, of, now.plus_days(-180))?),
        counted_at: now.wire(),
    })
}

fn rounded(number: i64) -> i64 {
    number.saturating_add(ROUND - 1) / ROUND * ROUND
}

async fn answer(api: &Api, kept: &Kept, of: Option<CollectiveId>) -> Result<HttpResponse> {
    let now = api.door.now();
    if let Some(view) = kept.find(of, now) {
        return Ok(HttpResponse::Ok().json(view));
    }
    let view = api.read(move |conn| view(conn, of, now)).await?;
    kept.keep(of, now, &view);
    Ok(HttpResponse::Ok().json(view))
}

/// Shows how much is needed, offered, answered, and agreed on by the collectives of this server.
#[utoipa::path(
    get,
    path = "/instance/statistics",
    operation_id = "showStatistics",
    tag = "instance",
    responses((status = 200, description = "Sums", body = StatisticsView)),
    security(())
)]
pub(crate) async fn instance(api: web::Data<Api>, kept: web::Data<Kept>) -> Result<HttpResponse> {
    answer(&api, &kept, None).await
}

/// Shows the same of one collective.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/statistics",
    operation_id = "showCollectiveStatistics",
    tag = "collectives",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    responses(
        (status = 200, description = "Sums", body = StatisticsView),
        (status = 410, description = "It was dissolved")
    ),
    security((), ("bearer" = ["collectives:read"]))
)]
pub(crate) async fn collective(
    api: web::Data<Api>,
    _viewer: MaybeViewer<ReadCollectives>,
    kept: web::Data<Kept>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let collective = find(&api, &path).await?.id.collective();
    answer(&api, &kept, Some(collective)).await
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn numbers_of_people_are_rounded_up_to_fives() {
        for (number, want) in [(0, 0), (1, 5), (5, 5), (6, 10), (203, 205)] {
            assert_eq!(rounded(number), want);
        }
    }
}
