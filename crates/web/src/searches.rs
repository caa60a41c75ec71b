//! What somebody looks for again and again.

use actix_web::{http::StatusCode, web};
use db::searches::SearchRow;
use domain::{Origin, SearchId, search::Criteria};
use ops::{
    OpError,
    searches::{DeleteSearch, EditSearch, SaveSearch},
};
use serde::Deserialize;

use crate::{
    Web,
    answer::{Answer, page_with, see_notice},
    error::PageError,
    forms::{Bare, Posted, told},
    identity::frame,
    session::Signed,
    sight,
    views::{
        forms::FormErrors,
        page::Notice,
        searches::{SearchView, SearchesPage},
    },
};

/// So many somebody can have.
const MOST: i64 = 50;
const HERE: &str = "/searches";

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(HERE).get(show).post(save))
        .service(web::resource("/searches/{search}/{act:delete|tell|hush}").post(act));
}

async fn show(web: web::Data<Web>, signed: Signed) -> Answer {
    list(&web, &signed, (StatusCode::OK, FormErrors::default())).await
}

async fn list(web: &Web, signed: &Signed, (status, errors): (StatusCode, FormErrors)) -> Answer {
    let person = signed.viewer.person;
    let rows = web.read(move |conn| Ok(db::searches::page(conn, person, None, MOST)?)).await?;
    let view = |row: &SearchRow| SearchView {
        name: row.name.clone(),
        url: format!("/listings?{}", row.query),
        notify: row.notify,
        base: format!("{HERE}/{}", row.id),
    };
    let searches = rows.iter().map(view).collect();
    page_with(status, &SearchesPage { page: frame(web, &signed.visit), searches, errors })
}

/// What was looked for when the button was pressed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    query: String,
    name: String,
}

/// Keeps a search, and tells of what is new.
async fn save(web: web::Data<Web>, Posted(signed, sent): Posted<Sent>) -> Answer {
    let search = Criteria::parse(&sent.query).map(|criteria| SaveSearch {
        name: name(&sent, &criteria),
        criteria: Criteria { open: None, ..criteria },
        notify: true,
    });
    let saved = match search {
        Ok(search) => web.door.perform(Origin::local(signed.viewer.person), search).await,
        Err(invalid) => Err(OpError::from(invalid)),
    };
    match saved {
        Ok(_) => Ok(see_notice(HERE, Notice::Saved)),
        Err(err) => list(&web, &signed, told(err)?).await,
    }
}

/// As it was typed, or what it looks for in words.
fn name(sent: &Sent, criteria: &Criteria) -> String {
    use crate::labels::Word as _;

    let typed = sent.name.trim();
    if !typed.is_empty() {
        return typed.chars().take(100).collect();
    }
    let parts = [
        criteria.purpose.map(|it| it.label().into_owned()),
        criteria.kind.map(|it| it.label().into_owned()),
        criteria.category.map(|it| it.label().into_owned()),
        criteria.words.as_ref().map(|it| it.as_str().to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return words::say("searches-everything").into_owned();
    }
    parts.join(" · ").chars().take(100).collect()
}

/// Forgets one, or tells of what is new, or does no longer.
async fn act(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (search, act) = path.into_inner();
    let search: SearchId = sight::id(&search)?;
    let origin = Origin::local(signed.viewer.person);
    let told = |notify| EditSearch { search, name: None, criteria: None, notify: Some(notify) };
    match act.as_str() {
        "delete" => web.door.perform(origin, DeleteSearch { search }).await?,
        "tell" => web.door.perform(origin, told(true)).await?,
        "hush" => web.door.perform(origin, told(false)).await?,
        _ => return Err(PageError::NotFound),
    }
    Ok(see_notice(HERE, Notice::Saved))
}
