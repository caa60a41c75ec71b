//! Numbers by day, what waits, how the server is, and how much room it takes.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::{Invalid, Time};
use ops::console::{self, Series, Waiting, doctor, retention};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::only;
use crate::{
    Api, Result,
    auth::{ReadAdmin, Viewer},
    paging::query,
};

/// For so many days where no number is given, and at most.
const USUAL: i64 = 30;
const MOST: i64 = 365;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/numbers").get(numbers))
        .service(web::resource("/admin/health").get(health))
        .service(web::resource("/admin/storage").get(storage));
}

/// For how many days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DaysQuery {
    /// 1 to 365.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 365, default = 30)]
    days: Option<String>,
}

/// The number of a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DayView {
    #[schema(example = "2026-03-14")]
    day: String,
    /// Nothing where nobody counted on that day.
    value: Option<i64>,
}

/// A line of numbers, one a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesView {
    /// `sign_ups`, `active`, `opened`, `met`, `received`, `delivered`, `queue`, or `failed`.
    #[schema(value_type = String, example = "sign_ups")]
    name: &'static str,
    days: Vec<DayView>,
}

impl SeriesView {
    fn new(series: &Series) -> Self {
        let day = |(at, value): &(Time, Option<i64>)| DayView {
            day: at.utc().format("%Y-%m-%d").to_string(),
            value: *value,
        };
        Self { name: series.measure.word(), days: series.values.iter().map(day).collect() }
    }
}

/// What waits at this moment.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WaitingView {
    accounts: i64,
    /// Reports in no case yet.
    reports: i64,
    cases: i64,
    appeals: i64,
    proposals: i64,
    inbound: i64,
    deliveries: i64,
    jobs: i64,
    dead_jobs: i64,
    /// Letters to other servers that were given up.
    given_up: i64,
    failing_servers: i64,
    paused_servers: i64,
}

impl From<Waiting> for WaitingView {
    fn from(it: Waiting) -> Self {
        Self {
            accounts: it.accounts,
            reports: it.reports,
            cases: it.cases,
            appeals: it.appeals,
            proposals: it.proposals,
            inbound: it.inbound,
            deliveries: it.deliveries,
            jobs: it.jobs,
            dead_jobs: it.dead_jobs,
            given_up: it.given_up,
            failing_servers: it.failing_servers,
            paused_servers: it.paused_servers,
        }
    }
}

/// Numbers of the last days, today with them, and what waits now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NumbersView {
    series: Vec<SeriesView>,
    waiting: WaitingView,
}

/// Counts sign-ups, active accounts, listings opened and met, messages, and failures by day; admins may.
#[utoipa::path(
    get,
    path = "/admin/numbers",
    operation_id = "showNumbers",
    tag = "admin",
    params(DaysQuery),
    responses((status = 200, description = "The numbers", body = NumbersView)),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn numbers(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let wrong = || Invalid::new("days", "must be a number from 1 to 365");
    let days = match query::<DaysQuery>(&req)?.days {
        Some(text) => text.parse().map_err(|_| wrong())?,
        None => USUAL,
    };
    if !(1..=MOST).contains(&days) {
        return Err(wrong().into());
    }
    let now = api.door.now();
    let found = api.read(move |conn| {
        let series = console::series(conn, now, days)?.iter().map(SeriesView::new).collect();
        Ok(NumbersView { series, waiting: console::waiting(conn)?.into() })
    });
    Ok(HttpResponse::Ok().json(found.await?))
}

/// One thing that was looked at.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingView {
    #[schema(value_type = String, example = "migrations")]
    check: &'static str,
    /// `good`, `poor`, or `bad`.
    #[schema(value_type = String, example = "good")]
    health: &'static str,
    /// A number or a name that says more.
    detail: String,
}

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HealthView {
    version: String,
    findings: Vec<FindingView>,
}

/// Says how the server is, as far as it can tell without asking anybody; admins may.
#[utoipa::path(
    get,
    path = "/admin/health",
    operation_id = "showHealth",
    tag = "admin",
    responses((status = 200, description = "What was found", body = HealthView)),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn health(api: web::Data<Api>, viewer: Viewer<ReadAdmin>) -> Result<HttpResponse> {
    only(&viewer)?;
    let (now, setup) = (api.door.now(), api.setup.clone());
    let findings = api.read(move |conn| Ok(doctor::look(conn, &setup, now)?)).await?;
    let view = |it: doctor::Finding| FindingView {
        check: it.check.word(),
        health: it.health.word(),
        detail: it.detail,
    };
    let findings = findings.into_iter().map(view).collect();
    Ok(HttpResponse::Ok().json(HealthView { version: api.setup.version.clone(), findings }))
}

/// How much there is of something, and after how many days it goes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeptView {
    #[schema(value_type = String, example = "inbound")]
    what: &'static str,
    rows: i64,
    days: i64,
}

/// How much room everything takes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StorageView {
    #[schema(example = "SQLite 3.50.4")]
    engine: String,
    database_bytes: i64,
    pictures: i64,
    picture_bytes: i64,
    /// What is thrown away after some time.
    kept: Vec<KeptView>,
    /// The migrations that are applied.
    migrations: Vec<String>,
}

/// Says how much room everything takes, and what is thrown away when; admins may.
#[utoipa::path(
    get,
    path = "/admin/storage",
    operation_id = "showStorage",
    tag = "admin",
    responses((status = 200, description = "The room it takes", body = StorageView)),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn storage(
    api: web::Data<Api>,
    viewer: Viewer<ReadAdmin>,
) -> Result<HttpResponse> {
    only(&viewer)?;
    let setup = api.setup.clone();
    let found = api.read(move |conn| Ok(retention::storage(conn, &setup)?)).await?;
    let kept =
        |it: retention::Rule| KeptView { what: it.kept.word(), rows: it.rows, days: it.days };
    Ok(HttpResponse::Ok().json(StorageView {
        engine: found.engine,
        database_bytes: found.database_bytes,
        pictures: found.pictures,
        picture_bytes: found.picture_bytes,
        kept: found.rules.into_iter().map(kept).collect(),
        migrations: found.migrations,
    }))
}
