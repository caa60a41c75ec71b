//! How the server is, and how much room it takes.

use actix_web::web;
use ops::console::{
    doctor::{self, Check, Finding},
    retention,
};
use words::{number, say, say_with};

use super::{frame, is, read, room};
use crate::{
    Web,
    answer::{Answer, page},
    session::Signed,
    views::admin::{FindingView, HealthPage, KeptView},
    when,
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/health").get(show));
}

/// Shows both.
async fn show(web: web::Data<Web>, signed: Signed) -> Answer {
    let (now, setup) = (web.door.now(), web.setup.clone());
    let found = read(&web, &signed, move |conn| {
        Ok((doctor::look(conn, &setup, now)?, retention::storage(conn, &setup)?))
    });
    let (waits, (findings, storage)) = found.await?;
    page(&HealthPage {
        page: frame(&web, &signed),
        room: room("/admin/health", waits),
        version: web.setup.version.clone(),
        findings: findings.into_iter().map(finding).collect(),
        engine: storage.engine,
        database: bytes(storage.database_bytes),
        pictures: storage.pictures,
        picture_room: bytes(storage.picture_bytes),
        kept: storage
            .rules
            .iter()
            .map(|it| KeptView {
                label: is(&format!("kept-{}", it.kept.word())),
                rows: number(it.rows),
                days: it.days,
            })
            .collect(),
        migrations: storage.migrations,
        now: when::moment(now, now),
    })
}

fn finding(it: Finding) -> FindingView {
    let detail = match it.check {
        Check::Inbox | Check::Work => {
            let minutes = it.detail.parse::<i64>().unwrap_or_default() / 60;
            say_with("console-health-minutes", &[("minutes", minutes.into())]).into_owned()
        }
        Check::Mail if it.detail.is_empty() => say("console-health-spooled").into_owned(),
        Check::Setup => String::new(),
        _ => it.detail,
    };
    FindingView {
        label: is(&format!("check-{}", it.check.word())),
        health: it.health.word(),
        says: is(it.health.word()),
        detail,
    }
}

/// So many bytes, for people.
fn bytes(number: i64) -> String {
    let (mut whole, mut rest) = (number.max(0), 0);
    for unit in ["B", "KiB", "MiB", "GiB"] {
        if whole < 1_024 || unit == "GiB" {
            return match unit {
                "B" => format!("{whole} B"),
                unit => format!("{whole}.{} {unit}", rest * 10 / 1_024),
            };
        }
        (whole, rest) = (whole / 1_024, whole % 1_024);
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn room_is_told_in_units_that_fit() {
        for (number, text) in [
            (0, "0 B"),
            (1_023, "1023 B"),
            (1_536, "1.5 KiB"),
            (5 * 1_048_576, "5.0 MiB"),
            (3 << 40, "3072.0 GiB"),
        ] {
            assert_eq!(bytes(number), text);
        }
    }
}
