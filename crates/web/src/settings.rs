//! What somebody chooses for their account, and the page that stops letters without signing in.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header::SET_COOKIE},
    web,
};
use domain::{
    Origin,
    letters::{Digest, Stop},
};
use ops::settings::{ChangeSettings, StopLetters};
use words::Language;

use crate::{
    Result, Web,
    answer::{Answer, page, page_with, see_notice},
    error::PageError,
    forms::{Posted, told},
    identity::{account, frame},
    session::{self, Signed, Visit},
    views::{
        forms::FormErrors,
        page::Notice,
        settings::{SettingsInput, SettingsPage, StopLettersPage},
    },
};

const HERE: &str = "/account/settings";

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(HERE).get(show).post(save))
        .service(web::resource("/letters/{word}/{stop}").get(ask).post(stop));
}

async fn show(web: web::Data<Web>, signed: Signed) -> Answer {
    let account = account(&web, &signed).await?;
    let row = web.read(move |conn| Ok(db::letters::of(conn, account.id)?)).await?;
    let row = row.ok_or(PageError::NotFound)?;
    let input = SettingsInput {
        locale: row.locale,
        digest: row.digest.word().to_owned(),
        letters: if row.letters { "yes" } else { "" }.to_owned(),
    };
    form(&web, &signed, input, (StatusCode::OK, FormErrors::default()))
}

fn form(
    web: &Web,
    signed: &Signed,
    input: SettingsInput,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    page_with(status, &SettingsPage { page: frame(web, &signed.visit), input, errors })
}

/// Saves; from then on pages are in that language, whatever was chosen in this browser before.
async fn save(web: web::Data<Web>, Posted(signed, sent): Posted<SettingsInput>) -> Answer {
    let chosen = || {
        let unknown = || domain::Invalid::new("locale", "is not one of those");
        let language = Language::of_tag(&sent.locale).ok_or_else(unknown)?;
        let change = ChangeSettings {
            locale: Some(domain::text::Language::parse(language.tag())?),
            digest: Some(Digest::parse(&sent.digest)?),
            letters: Some(sent.letters == "yes"),
        };
        Ok::<_, domain::Invalid>((language, change))
    };
    let done = match chosen() {
        Ok((language, change)) => {
            let done = web.door.perform(Origin::local(signed.viewer.person), change).await;
            done.map(|()| language)
        }
        Err(invalid) => Err(invalid.into()),
    };
    match done {
        Ok(language) => {
            let mut answer = see_notice(HERE, Notice::Saved);
            let cookie = session::keep_language(&web, language).parse();
            let cookie = cookie.map_err(|_| PageError::Ours("a tag of a language is no header"))?;
            answer.headers_mut().append(SET_COOKIE, cookie);
            Ok(answer)
        }
        Err(err) => form(&web, &signed, sent, told(err)?),
    }
}

/// Whose letters, and which.
async fn known(web: &Web, word: &str, stop: &str) -> Result<Stop> {
    let stop = Stop::parse(stop).map_err(|_| PageError::NotFound)?;
    let word = word.to_owned();
    let account = web.read(move |conn| Ok(db::letters::by_stop_word(conn, &word)?)).await?;
    account.map(|_| stop).ok_or(PageError::NotFound)
}

/// Shows a button: programs that look at links before people do press none.
async fn ask(web: web::Data<Web>, visit: Visit, path: web::Path<(String, String)>) -> Answer {
    let (word, stop) = path.into_inner();
    let stop = known(&web, &word, &stop).await?;
    page(&StopLettersPage { page: frame(&web, &visit), stop, word, done: false })
}

/// Stops them. It takes no session and no word of a form: the link is word enough (RFC 8058).
async fn stop(
    web: web::Data<Web>,
    visit: Visit,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (word, stop) = path.into_inner();
    let stop = known(&web, &word, &stop).await?;
    web.door.perform(Origin::visitor(), StopLetters { word: word.clone(), stop }).await?;
    page(&StopLettersPage { page: frame(&web, &visit), stop, word, done: true })
}
