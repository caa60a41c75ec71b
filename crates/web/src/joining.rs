//! Asking to join a collective, and being answered.

use actix_web::{http::StatusCode, web};
use db::{
    Conn,
    actors::ActorRow,
    joining::{JoinRow, Joining},
};
use domain::{
    CollectiveId, Origin, PersonId, Time,
    joining::{JoinPolicy, questions},
};
use ops::joining::{AnswerJoin, AskToJoin, SetJoining, WithdrawJoin};
use serde::Deserialize;

use crate::{
    Result, Web, actors,
    answer::{Answer, page_with, see_notice},
    forms::{Bare, Posted, told},
    identity::frame,
    session::Signed,
    sight,
    views::{
        forms::FormErrors,
        joining::{JoinRequestView, JoiningInput, JoiningPage},
        page::Notice,
    },
    when,
};

/// So many requests at once; the next ones come when these are answered.
const REQUESTS: i64 = 50;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/c/{handle}/joining").get(show).post(ask))
        .service(web::resource("/c/{handle}/joining/withdraw").post(withdraw))
        .service(web::resource("/c/{handle}/joining/settings").post(set))
        .service(web::resource("/c/{handle}/joining/{person}/{said:accept|reject}").post(answer));
}

type Wrong = (StatusCode, FormErrors);

fn fine() -> Wrong {
    (StatusCode::OK, FormErrors::default())
}

/// Shows the way in to who may ask, and who asks to stewards.
async fn show(web: web::Data<Web>, signed: Signed, handle: web::Path<String>) -> Answer {
    form(&web, &signed, handle.into_inner(), Vec::new(), fine()).await
}

/// What there is to show.
struct Facts {
    collective: ActorRow,
    joining: Joining,
    steward: bool,
    belongs: bool,
    asked: bool,
    requests: Vec<JoinRow>,
}

impl Facts {
    fn load(conn: &mut Conn, handle: &str, person: PersonId) -> Result<Self> {
        let collective = sight::collective(conn, handle)?;
        let id: CollectiveId = collective.id.collective();
        let joining = db::joining::of(conn, id)?.ok_or(crate::error::PageError::NotFound)?;
        let standing = sight::standing(conn, id, Some(person))?;
        let steward = standing.governs().is_ok();
        let requests =
            if steward { db::joining::page(conn, id, None, REQUESTS)? } else { Vec::new() };
        let asked = db::joining::is_asked(conn, id, person)?;
        Ok(Self { collective, joining, steward, belongs: standing.belongs(), asked, requests })
    }
}

async fn form(
    web: &Web,
    signed: &Signed,
    handle: String,
    answers: Vec<String>,
    (status, errors): Wrong,
) -> Answer {
    let (person, now) = (signed.viewer.person, web.door.now());
    let facts = web.read(move |conn| Facts::load(conn, &handle, person)).await?;
    let base = format!("{}/joining", actors::path(&facts.collective));
    let Joining { policy, questions } = facts.joining;
    let request = |row: &JoinRow| request(row, &questions, &base, now);
    let requests = facts.requests.iter().map(request).collect();
    let typed = |number: usize| answers.get(number).cloned().unwrap_or_default();
    let asks = questions.iter().enumerate().map(|(number, it)| (it.clone(), typed(number)));
    page_with(
        status,
        &JoiningPage {
            page: frame(web, &signed.visit),
            collective: actors::view(&facts.collective),
            open: policy == JoinPolicy::Request,
            asks: asks.collect(),
            steward: facts.steward,
            belongs: facts.belongs,
            asked: facts.asked,
            requests,
            input: JoiningInput {
                policy: policy.word().to_owned(),
                questions: questions.join("\n"),
            },
            base,
            errors,
        },
    )
}

fn request(row: &JoinRow, questions: &[String], base: &str, now: Time) -> JoinRequestView {
    let question = |number: usize| questions.get(number).cloned().unwrap_or_default();
    let answers = row.answers.iter().enumerate();
    JoinRequestView {
        person: actors::view(&row.person),
        answers: answers.map(|(number, text)| (question(number), text.clone())).collect(),
        since: when::stamp(row.asked_at, now),
        base: format!("{base}/{}", row.person.id),
    }
}

/// The answers, in the order of the questions: `answer-0`, `answer-1`, …
fn answers(fields: &[(String, String)]) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for (name, value) in fields {
        let number = name.strip_prefix("answer-").and_then(|it| it.parse().ok());
        found.extend(number.map(|number| (number, value.clone())));
    }
    found.sort_by_key(|(number, _)| *number);
    found.into_iter().map(|(_, value)| value).collect()
}

/// Asks.
async fn ask(
    web: web::Data<Web>,
    handle: web::Path<String>,
    Posted(signed, sent): Posted<Vec<(String, String)>>,
) -> Answer {
    let (handle, answers) = (handle.into_inner(), answers(&sent));
    let collective = known(&web, &handle).await?;
    let operation = AskToJoin { collective, answers: answers.clone() };
    match web.door.perform(Origin::local(signed.viewer.person), operation).await {
        Ok(()) => Ok(see_notice(&format!("/c/{handle}/joining"), Notice::Decided)),
        Err(err) => form(&web, &signed, handle, answers, told(err)?).await,
    }
}

/// Takes the request back.
async fn withdraw(
    web: web::Data<Web>,
    handle: web::Path<String>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let handle = handle.into_inner();
    let collective = known(&web, &handle).await?;
    let operation = WithdrawJoin { collective };
    web.door.perform(Origin::local(signed.viewer.person), operation).await?;
    Ok(see_notice(&format!("/c/{handle}/joining"), Notice::TakenBack))
}

/// Takes somebody in, or turns them down.
async fn answer(
    web: web::Data<Web>,
    path: web::Path<(String, String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (handle, person, said) = path.into_inner();
    let person: PersonId = sight::id(&person)?;
    let collective = known(&web, &handle).await?;
    let operation = AnswerJoin { collective, person, accept: said == "accept" };
    web.door.perform(Origin::local(signed.viewer.person), operation).await?;
    Ok(see_notice(&format!("/c/{handle}/joining"), Notice::Decided))
}

/// What stewards choose.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Chosen {
    policy: String,
    questions: String,
}

/// Says how somebody comes in, and what they are asked.
async fn set(
    web: web::Data<Web>,
    handle: web::Path<String>,
    Posted(signed, sent): Posted<Chosen>,
) -> Answer {
    let handle = handle.into_inner();
    let collective = known(&web, &handle).await?;
    let lines = sent.questions.lines().map(str::trim).filter(|line| !line.is_empty());
    let lines: Vec<String> = lines.map(str::to_owned).collect();
    let joining = JoinPolicy::parse(&sent.policy)
        .and_then(|policy| Ok(Joining { policy, questions: questions(&lines)? }));
    let done = match joining {
        Ok(joining) => {
            let operation = SetJoining { collective, joining };
            web.door.perform(Origin::local(signed.viewer.person), operation).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    match done {
        Ok(()) => Ok(see_notice(&format!("/c/{handle}/joining"), Notice::Saved)),
        Err(err) => form(&web, &signed, handle, Vec::new(), told(err)?).await,
    }
}

async fn known(web: &Web, handle: &str) -> Result<CollectiveId> {
    let handle = handle.to_owned();
    web.read(move |conn| Ok(sight::collective(conn, &handle)?.id.collective())).await
}
