//! What is said on top of every page, for a while.

use std::collections::BTreeMap;

use actix_web::{http::StatusCode, web};
use db::announcements::AnnouncementRow;
use domain::{AnnouncementId, Time};
use ops::{
    about::Texts,
    announcements::{Announce, EndAnnouncement},
};
use words::{current, say};

use super::{
    frame, is, only, read, room,
    settings::{fields, texts},
};
use crate::{
    Web,
    answer::{Answer, page_with, see_notice},
    forms::{Bare, Posted, told},
    session::Signed,
    sight,
    views::{
        admin::{
            forms::AnnouncementsPage,
            list::{Deed, Fact, Mark, Row},
        },
        forms::FormErrors,
        page::Notice,
    },
    when,
};

/// So many are shown.
const MOST: i64 = 100;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/announcements").get(show).post(announce))
        .service(web::resource("/admin/announcements/{id}/end").post(end));
}

/// What was typed, by the names of the fields.
type Typed = BTreeMap<String, String>;

/// Shows them, and the form for a new one.
async fn show(web: web::Data<Web>, signed: Signed) -> Answer {
    let fine = (StatusCode::OK, FormErrors::default());
    form(&web, &signed, Typed::default(), fine).await
}

async fn form(
    web: &Web,
    signed: &Signed,
    typed: Typed,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let now = web.door.now();
    let (waits, rows) = read(web, signed, |conn| Ok(db::announcements::all(conn, MOST)?)).await?;
    let at = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let view = AnnouncementsPage {
        page: frame(web, signed),
        room: room("/admin/announcements", waits),
        rows: rows.iter().map(|row| view(row, now)).collect(),
        fields: fields("text", &Texts::default(), Some(&typed)),
        starts: at("starts_at"),
        ends: at("ends_at"),
        errors,
    };
    page_with(status, &view)
}

fn view(row: &AnnouncementRow, now: Time) -> Row {
    let text = Texts::read(&row.text);
    let over = row.ends_at.is_some_and(|ends| ends <= now);
    let mark = if over {
        Mark::new(is("over"), "")
    } else if now < row.starts_at {
        Mark::new(is("to-come"), "poor")
    } else {
        Mark::new(is("said-now"), "good")
    };
    let mut facts = vec![Fact::time(say("console-from"), when::moment(row.starts_at, now))];
    facts.extend(row.ends_at.map(|at| Fact::time(say("console-until"), when::moment(at, now))));
    let languages: Vec<&str> = text.pairs().map(|(language, _)| language).collect();
    facts.push(Fact::text(say("console-languages"), languages.join(", ")));
    let action = format!("/admin/announcements/{}/end", row.id);
    Row {
        title: text.in_language(current().tag()).unwrap_or_default().to_owned(),
        marks: vec![mark],
        facts,
        deeds: vec![Deed::new(action, say("console-announcement-end")).harming()],
        ..Row::default()
    }
}

/// Says something.
async fn announce(web: web::Data<Web>, Posted(signed, typed): Posted<Typed>) -> Answer {
    let origin = only(&web, &signed).await?;
    let at = |name: &str| typed.get(name).map_or("", String::as_str);
    let wanted = || -> ops::Result<Announce> {
        Ok(Announce {
            text: texts("text", &typed),
            starts_at: when::first_of("starts_at", at("starts_at"))?,
            ends_at: when::last_of("ends_at", at("ends_at"))?,
        })
    };
    let done = match wanted() {
        Ok(announce) => web.door.perform(origin, announce).await,
        Err(err) => Err(err),
    };
    match done {
        Ok(_) => Ok(see_notice("/admin/announcements", Notice::Saved)),
        Err(err) => form(&web, &signed, typed, told(err)?).await,
    }
}

/// Takes one away.
async fn end(
    web: web::Data<Web>,
    id: web::Path<String>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let id: AnnouncementId = sight::id(&id)?;
    let origin = only(&web, &signed).await?;
    web.door.perform(origin, EndAnnouncement { id }).await?;
    Ok(see_notice("/admin/announcements", Notice::Saved))
}
