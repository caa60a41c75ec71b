//! What was decided about somebody, for themselves: signed in, or with the word of the letter that told them.

use actix_web::{HttpRequest, http::StatusCode, web};
use db::{
    Conn,
    cases::{AppealRow, DecisionRow},
};
use domain::{DecisionId, Origin, Time};
use ops::{
    cases::{Appeal, Door},
    secrets, throttle,
};
use serde::Deserialize;

use super::{cases::appeal_view, is};
use crate::{
    Result, Web,
    answer::{Answer, page_with, see_notice},
    door::{self, Knock},
    error::PageError,
    forms::{Posted, told},
    session::{Signed, Visit},
    sight,
    views::{
        admin::forms::{DecisionsPage, MyDecision},
        forms::FormErrors,
        page::{Notice, Page},
    },
    when,
};

/// So many are shown.
const MOST: i64 = 100;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/decisions").get(mine))
        .service(web::resource("/decisions/{decision}/appeal").post(appeal))
        .service(web::resource("/appeal").get(by_letter).post(appeal_by_letter));
}

/// A decision and what was said to it.
type Found = (DecisionRow, Option<AppealRow>);

fn with_appeal(conn: &mut Conn, row: DecisionRow) -> Result<Found> {
    let appeal = db::cases::appeal_to(conn, row.id)?;
    Ok((row, appeal))
}

fn view((row, appeal): &Found, action: Option<String>, now: Time) -> MyDecision {
    MyDecision {
        label: is(row.kind.word()),
        text: row.text.clone(),
        when: when::moment(row.decided_at, now),
        appeal: appeal.as_ref().map(|appeal| appeal_view(row.id, appeal, false, now)),
        action: action.filter(|_| appeal.is_none()),
    }
}

/// Shows what was decided about whoever is signed in.
async fn mine(web: web::Data<Web>, signed: Signed) -> Answer {
    let fine = (StatusCode::OK, FormErrors::default());
    all(&web, &signed, String::new(), fine).await
}

async fn all(
    web: &Web,
    signed: &Signed,
    text: String,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let (person, now) = (signed.viewer.person.actor(), web.door.now());
    let found = web.read(move |conn| {
        let rows = db::cases::decisions_about(conn, person, MOST)?;
        rows.into_iter().map(|row| with_appeal(conn, row)).collect::<Result<Vec<_>>>()
    });
    let at = |it: &Found| Some(format!("/decisions/{}/appeal", it.0.id));
    let view = DecisionsPage {
        page: Page { noindex: true, ..signed.visit.frame(web) },
        decisions: found.await?.iter().map(|it| view(it, at(it), now)).collect(),
        token: String::new(),
        text,
        errors,
    };
    page_with(status, &view)
}

/// What somebody says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    token: String,
    text: String,
}

/// Appeals, signed in.
async fn appeal(
    web: web::Data<Web>,
    id: web::Path<String>,
    Posted(signed, said): Posted<Said>,
) -> Answer {
    let id: DecisionId = sight::id(&id)?;
    let appeal = Appeal { door: Door::Person(id), text: said.text.clone() };
    match web.door.perform(Origin::local(signed.viewer.person), appeal).await {
        Ok(()) => Ok(see_notice("/decisions", Notice::Appealed)),
        Err(err) => all(&web, &signed, said.text, told(err)?).await,
    }
}

/// Shows a decision to whoever has the letter that told of it.
async fn by_letter(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    said: web::Query<Said>,
) -> Answer {
    door::count(&web, &request, &throttle::LINKS_FROM)?;
    let said = Said { text: String::new(), ..said.into_inner() };
    letter(&web, &visit, &request, said, (StatusCode::OK, FormErrors::default())).await
}

async fn letter(
    web: &Web,
    visit: &Visit,
    request: &HttpRequest,
    said: Said,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let (digest, now) = (secrets::digest(said.token.trim()), web.door.now());
    let found = web.read(move |conn| {
        let row = db::cases::decision_by(conn, &digest)?.ok_or(PageError::NotFound)?;
        with_appeal(conn, row)
    });
    let found = found.await?;
    let word = door::word(web, request.headers())?;
    let page = DecisionsPage {
        page: door::frame(web, visit, &word),
        decisions: vec![view(&found, Some("/appeal".to_owned()), now)],
        token: said.token,
        text: said.text,
        errors,
    };
    door::shown(web, &word, status, &page)
}

/// Appeals with the word of a letter.
async fn appeal_by_letter(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    Knock { is_ours, form: said }: Knock<Said>,
) -> Answer {
    if !is_ours {
        return letter(&web, &visit, &request, said, door::too_old()).await;
    }
    door::count(&web, &request, &throttle::LINKS_FROM)?;
    let digest = secrets::digest(said.token.trim());
    let appeal = Appeal { door: Door::Letter(digest), text: said.text.clone() };
    match web.door.perform(Origin::visitor(), appeal).await {
        Ok(()) => {
            let token = crate::frame::encoded(said.token.trim());
            Ok(see_notice(&format!("/appeal?token={token}"), Notice::Appealed))
        }
        Err(err) => letter(&web, &visit, &request, said, told(err)?).await,
    }
}
