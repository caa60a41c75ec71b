//! What was offered to a collective, and what somebody has offered.

use actix_web::{http::StatusCode, web};
use db::{Conn, actors::ActorRow, agreements::Answer as Row};
use domain::{AgreementId, PersonId, Time, agreements::AgreementState};
use serde::Deserialize;

use super::cards::card;
use crate::{
    Result, Web, actors,
    answer::{Answer, page_with},
    paging,
    session::Signed,
    sight,
    views::{
        agreements::{AgreementAction, AgreementView, AgreementsPage},
        forms::FormErrors,
        page::{Page, Pager},
    },
};

/// So many that wait are shown at once; the next ones come when these are answered.
const WAITING: i64 = 50;
/// So many earlier ones.
const PAST: usize = 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Cursor {
    before: Option<String>,
}

/// Shows what was offered to a collective, to those who speak for it.
pub(super) async fn board(
    web: web::Data<Web>,
    signed: Signed,
    handle: web::Path<String>,
    cursor: web::Query<Cursor>,
) -> Answer {
    let nothing = (StatusCode::OK, FormErrors::default());
    let handle = handle.into_inner();
    page_of(&web, &signed, handle, cursor.into_inner().before, nothing).await
}

/// The same, or what went wrong with an answer.
pub(super) async fn page_of(
    web: &Web,
    signed: &Signed,
    handle: String,
    before: Option<String>,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let (person, now) = (signed.viewer.person, web.door.now());
    let cursor = sight::cursor(before.as_deref())?;
    let found = web.read(move |conn| {
        let collective = sight::collective(conn, &handle)?;
        let shelf = Shelf::of_collective(conn, &collective, person, cursor, now)?;
        let id = collective.id.collective();
        let steward = sight::standing(conn, id, Some(person))?.governs().is_ok();
        Ok((collective, steward, shelf))
    });
    let (collective, steward, shelf) = found.await?;
    let base = actors::path(&collective);
    let view = AgreementsPage {
        collective: Some(actors::view(&collective)),
        steward,
        errors,
        ..shelf.page(web, signed, base.clone(), &format!("{base}/agreements"), before.is_some())
    };
    page_with(status, &view)
}

/// Shows what somebody has offered.
pub(super) async fn mine(
    web: web::Data<Web>,
    signed: Signed,
    cursor: web::Query<Cursor>,
) -> Answer {
    let (person, now) = (signed.viewer.person, web.door.now());
    let before = cursor.into_inner().before;
    let cursor = sight::cursor(before.as_deref())?;
    let shelf = web.read(move |conn| Shelf::of_person(conn, person, cursor, now)).await?;
    let base = "/home".to_owned();
    page_with(StatusCode::OK, &shelf.page(&web, &signed, base, "/agreements", before.is_some()))
}

/// What waits, and a page of what does not.
struct Shelf {
    waiting: Vec<AgreementView>,
    past: Vec<AgreementView>,
    last: Option<AgreementId>,
}

impl Shelf {
    fn of_collective(
        conn: &mut Conn,
        collective: &ActorRow,
        person: PersonId,
        before: Option<AgreementId>,
        now: Time,
    ) -> Result<Self> {
        let id = collective.id.collective();
        sight::standing(conn, id, Some(person))?.speaks()?;
        let offered = Some(AgreementState::Offered);
        let waiting = db::agreements::page(conn, id, offered, None, WAITING)?;
        let all = db::agreements::page(conn, id, None, before, paging::ask(PAST))?;
        Ok(Self::of(&waiting, all, AgreementAction::Answer, now))
    }

    fn of_person(
        conn: &mut Conn,
        person: PersonId,
        before: Option<AgreementId>,
        now: Time,
    ) -> Result<Self> {
        let all =
            db::agreements::by_responder(conn, person.actor(), None, before, paging::ask(PAST))?;
        let waits = |row: &&Row| row.0.state == AgreementState::Offered;
        let waiting: Vec<Row> = all.iter().filter(waits).cloned().collect();
        Ok(Self::of(&waiting, all, AgreementAction::Withdraw, now))
    }

    /// What waits is shown apart: it is left out of the page of all.
    fn of(waiting: &[Row], mut all: Vec<Row>, can: AgreementAction, now: Time) -> Self {
        let last = paging::cut(&mut all, PAST, |row| row.0.id);
        let past = all.iter().filter(|row| row.0.state != AgreementState::Offered);
        Self {
            past: past.map(|row| card(row, can, now)).collect(),
            waiting: waiting.iter().map(|row| card(row, can, now)).collect(),
            last,
        }
    }

    fn page(
        self,
        web: &Web,
        signed: &Signed,
        base: String,
        path: &str,
        further: bool,
    ) -> AgreementsPage {
        AgreementsPage {
            page: Page { noindex: true, ..signed.visit.frame(web) },
            collective: None,
            steward: false,
            base,
            waiting: self.waiting,
            past: self.past,
            pager: Pager {
                newest: further.then(|| path.to_owned()),
                older: self.last.map(|id| format!("{path}?before={id}")),
            },
            errors: FormErrors::default(),
        }
    }
}
