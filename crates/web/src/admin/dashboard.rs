//! Numbers by day, and what waits.

use actix_web::web;
use domain::Time;
use ops::console::{Measure, Series, Waiting, series};
use serde::Deserialize;
use words::{number, say};

use super::{frame, is, read, room};
use crate::{
    Web,
    answer::{Answer, page},
    session::Signed,
    views::admin::{
        DashboardPage, Tile,
        chart::{ChartView, DayView},
    },
    when,
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin").get(show));
}

/// For how many days: 90, or 30 where anything else is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    days: String,
}

/// Shows the dashboard.
async fn show(web: web::Data<Web>, signed: Signed, asked: web::Query<Asked>) -> Answer {
    let days = if asked.days == "90" { 90 } else { 30 };
    let now = web.door.now();
    let (waits, found) = read(&web, &signed, move |conn| Ok(series(conn, now, days)?)).await?;
    page(&DashboardPage {
        page: frame(&web, &signed),
        room: room("/admin", waits),
        days,
        tiles: tiles(waits),
        charts: found.iter().map(|it| chart(it, now)).collect(),
    })
}

fn tiles(it: Waiting) -> Vec<Tile> {
    let tile = |label, value: i64, url, calls| Tile {
        label,
        value: number(value),
        url,
        calls: calls && 0 < value,
    };
    vec![
        tile(say("console-waits-accounts"), it.accounts, "/admin/accounts", true),
        tile(say("console-waits-reports"), it.reports, "/admin/cases", true),
        tile(say("console-waits-cases"), it.cases, "/admin/cases", true),
        tile(say("console-waits-appeals"), it.appeals, "/admin/cases", true),
        tile(say("console-waits-proposals"), it.proposals, "/admin/proposals", true),
        tile(say("console-waits-inbound"), it.inbound, "/admin/inbound?outcome=waiting", false),
        tile(say("console-waits-deliveries"), it.deliveries, "/admin/servers", false),
        tile(say("console-waits-jobs"), it.jobs, "/admin/jobs?state=waiting", false),
        tile(say("console-waits-dead"), it.dead_jobs, "/admin/jobs", true),
        tile(say("console-waits-lost"), it.given_up, "/admin/lost", false),
        tile(
            say("console-waits-failing"),
            it.failing_servers,
            "/admin/servers?state=failing",
            true,
        ),
        tile(say("console-waits-paused"), it.paused_servers, "/admin/servers?state=paused", false),
    ]
}

fn chart(series: &Series, now: Time) -> ChartView {
    let values: Vec<Option<i64>> = series.values.iter().map(|(_, value)| *value).collect();
    let known = || values.iter().flatten().copied();
    // How long a queue is and who is here is no sum.
    let is_sum = !matches!(series.measure, Measure::Active | Measure::Queue);
    let total = if is_sum { known().sum() } else { known().last().unwrap_or_default() };
    let total_is = if is_sum { say("console-chart-sum") } else { say("console-chart-last") };
    let day = |(at, value): &(Time, Option<i64>)| DayView {
        day: when::day(*at, now),
        value: value.map(number),
    };
    ChartView {
        id: series.measure.word(),
        title: is(series.measure.word()),
        total: number(total),
        total_is,
        most: number(known().max().unwrap_or_default()),
        bars: ChartView::bars(&values),
        days: series.values.iter().map(day).collect(),
    }
}
