//! The language of a visit: chosen by a link, else by the account, else by the browser.

use actix_web::{
    HttpRequest,
    http::header::{ACCEPT_LANGUAGE, HeaderMap, SET_COOKIE},
    web,
};
use serde::Deserialize;
use words::Language;

use crate::{
    Web,
    answer::{Answer, own_path, see},
    error::PageError,
    session,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/language/{tag}").get(choose));
}

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Back {
    back: String,
}

/// Keeps the choice in this browser for a year; nothing else changes, so a link is enough.
async fn choose(
    web: web::Data<Web>,
    tag: web::Path<String>,
    back: web::Query<Back>,
    _: HttpRequest,
) -> Answer {
    let language = Language::ALL.into_iter().find(|known| known.tag() == tag.as_str());
    let language = language.ok_or(PageError::NotFound)?;
    let mut answer = see(own_path(web.door.site(), &back.back).unwrap_or("/"));
    let cookie = session::keep_language(&web, language).parse();
    let cookie = cookie.map_err(|_| PageError::Ours("a tag of a language is no header"))?;
    answer.headers_mut().append(SET_COOKIE, cookie);
    Ok(answer)
}

/// The language a browser asks for: the one that was chosen here, else what its settings say.
pub(crate) fn asked(headers: &HeaderMap) -> (Option<Language>, Language) {
    let chosen = session::kept_language(headers);
    let lines = headers.get_all(ACCEPT_LANGUAGE).filter_map(|value| value.to_str().ok());
    let liked = Language::accepted(&lines.collect::<Vec<_>>().join(","));
    (chosen, liked.unwrap_or_default())
}
