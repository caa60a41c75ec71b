//! The audit log of the whole server.

use actix_web::web;
use db::{audit::AuditRow, console::log};
use domain::{EventId, EventMark, Time, text};
use serde::Deserialize;
use words::say;

use super::{PAGE, choice, frame, pager, read, room};
use crate::{
    Result, Web, actors,
    answer::{Answer, page},
    paging,
    session::Signed,
    sight,
    views::admin::list::{Fact, FilterField, ListPage, Mark, Row},
    when,
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/log").get(show));
}

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    who: String,
    action: String,
    target: String,
    from: String,
    until: String,
    before: String,
}

/// Shows the log.
async fn show(web: web::Data<Web>, signed: Signed, asked: web::Query<Asked>) -> Answer {
    let asked = asked.into_inner();
    let (wanted, now) = (asked.clone(), web.door.now());
    let found = read(&web, &signed, move |conn| {
        let before: Option<EventId> = sight::cursor(Some(&wanted.before))?;
        let line = |text: &str| text::line("q", text, 0, 200).unwrap_or_default();
        let handle = line(&wanted.who).trim_start_matches('@').to_owned();
        let who = if handle.is_empty() { None } else { db::actors::find_local(conn, &handle)? };
        let actions = log::actions(conn)?;
        if !handle.is_empty() && who.is_none() {
            return Ok((Vec::new(), None, actions));
        }
        let filter = log::Wanted {
            actor: who.map(|actor| actor.id),
            action: line(&wanted.action),
            target: line(&wanted.target),
            from: when::first_of("from", &wanted.from).unwrap_or_default(),
            until: when::last_of("until", &wanted.until).unwrap_or_default(),
        };
        let mut rows = log::page::<EventMark>(conn, &filter, before, paging::ask(PAGE))?;
        let older = paging::cut(&mut rows, PAGE, |row| row.0.to_string());
        Ok((lines(conn, rows, now)?, older, actions))
    });
    let (waits, (rows, older, actions)) = found.await?;
    let mut choices = vec![choice("", say("console-all"))];
    choices.extend(actions.iter().map(|word| choice(word, word.clone().into())));
    page(&ListPage {
        page: frame(&web, &signed),
        room: room("/admin/log", waits),
        title: say("console-nav-log"),
        lead: say("console-log-lead"),
        tabs: Vec::new(),
        filter: vec![
            FilterField::typed("who", say("console-log-who"), &asked.who),
            FilterField::chosen("action", say("console-log-what"), &asked.action, choices),
            FilterField::typed("target", say("console-log-target"), &asked.target),
            FilterField::day("from", say("console-from"), &asked.from),
            FilterField::day("until", say("console-until"), &asked.until),
        ],
        rows,
        pager: pager(
            "/admin/log",
            &[
                ("who", &asked.who),
                ("action", &asked.action),
                ("target", &asked.target),
                ("from", &asked.from),
                ("until", &asked.until),
            ],
            asked.before.is_empty(),
            older,
        ),
    })
}

fn lines(conn: &mut db::Conn, rows: Vec<(EventId, AuditRow)>, now: Time) -> Result<Vec<Row>> {
    let who = rows
        .iter()
        .flat_map(|(_, row)| [row.actor_id, row.collective_id.map(domain::CollectiveId::actor)]);
    let who = actors::find_all(conn, who.flatten().collect())?;
    let view = |(_, row): (EventId, AuditRow)| {
        let name = row.actor_id.and_then(|id| who.get(&id));
        let by = match name {
            Some(actor) => Fact::link(say("console-log-who"), actor.address(), actors::path(actor)),
            None => Fact::text(say("console-log-who"), say("console-log-server")),
        };
        let mut facts =
            vec![by, Fact::time(say("console-log-when"), when::moment(row.happened_at, now))];
        let place = row.collective_id.and_then(|id| who.get(&id.actor()));
        facts.extend(place.map(|actor| {
            Fact::link(say("console-log-where"), actor.display_name(), actors::path(actor))
        }));
        Row {
            title: if row.target.is_empty() { "–".to_owned() } else { row.target },
            url: None,
            marks: vec![Mark::new(row.action.into(), "")],
            facts,
            quote: row.detail,
            deeds: Vec::new(),
        }
    };
    Ok(rows.into_iter().map(view).collect())
}
