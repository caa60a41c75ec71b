//! What this place says it is, who may join, and whether it takes two.

use std::collections::BTreeMap;

use actix_web::{http::StatusCode, web};
use domain::{
    console::{Accent, SiteText},
    sign_ups::SignUpMode,
};
use ops::{
    about::{ChangeSite, LANGUAGES, SiteSettings, Texts},
    proposals::{Act, SetTwoPersons, two_persons},
    sign_ups::ChangeSignUp,
};
use words::{Language, say};

use super::{choice, frame, held, is, only, read, room};
use crate::{
    Web,
    answer::{Answer, page_with, see_notice},
    forms::{Posted, told},
    session::Signed,
    views::{
        admin::forms::{SettingsPage, TextField, TextSet},
        forms::FormErrors,
        page::Notice,
    },
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/settings").get(show).post(change));
}

/// What was typed, by the names of the fields.
type Typed = BTreeMap<String, String>;

/// Shows the settings.
async fn show(web: web::Data<Web>, signed: Signed) -> Answer {
    form(&web, &signed, None, (StatusCode::OK, FormErrors::default())).await
}

/// A text in each language: what was typed, else what is set.
pub(super) fn fields(name: &str, set: &Texts, typed: Option<&Typed>) -> Vec<TextField> {
    let field = |tag: &'static str| {
        let name = format!("{name}-{tag}");
        let language = Language::of_tag(tag).unwrap_or_default();
        let value = match typed {
            Some(typed) => typed.get(&name).cloned().unwrap_or_default(),
            None => set.exactly(tag).to_owned(),
        };
        TextField { name, language: language.name(), tag, value }
    };
    LANGUAGES.iter().map(|tag| field(tag)).collect()
}

/// What was typed in each language.
pub(super) fn texts(name: &str, typed: &Typed) -> Texts {
    let pairs = LANGUAGES
        .iter()
        .filter_map(|tag| typed.get(&format!("{name}-{tag}")).map(|text| (*tag, text.as_str())));
    Texts::new(pairs).unwrap_or_default()
}

async fn form(
    web: &Web,
    signed: &Signed,
    typed: Option<Typed>,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let found = read(web, signed, |conn| {
        Ok((SiteSettings::load(conn)?, ops::sign_ups::mode(conn)?, two_persons(conn)?))
    });
    let (waits, (set, mode, two)) = found.await?;
    let typed = typed.as_ref();
    let value = |name: &str, set: Option<&str>| match typed {
        Some(typed) => typed.get(name).cloned().unwrap_or_default(),
        None => set.unwrap_or_default().to_owned(),
    };
    let text = |kind: SiteText, label, hint, set: &Texts| TextSet {
        label,
        hint,
        fields: fields(kind.word(), set, typed),
    };
    let accent = set.accent.unwrap_or(Accent::Leaf).word();
    let view = SettingsPage {
        page: frame(web, signed),
        room: room("/admin/settings", waits),
        mode: value("mode", Some(mode.word())),
        modes: SignUpMode::ALL.iter().map(|it| choice(it.word(), is(it.word()))).collect(),
        name: value("name", set.name.as_deref()),
        contact: value("contact", set.contact.as_deref()),
        accent: value("accent", Some(accent)),
        accents: Accent::ALL.iter().map(|it| choice(it.word(), is(it.word()))).collect(),
        texts: vec![
            text(
                SiteText::Description,
                say("console-settings-description"),
                say("console-settings-description-hint"),
                &set.description,
            ),
            text(
                SiteText::Rules,
                say("console-settings-rules"),
                say("console-settings-rules-hint"),
                &set.rules,
            ),
            text(
                SiteText::Promises,
                say("console-settings-promises"),
                say("console-settings-promises-hint"),
                &set.promises,
            ),
        ],
        two_persons: typed.map_or(two, |typed| typed.contains_key("two_persons")),
        errors,
    };
    page_with(status, &view)
}

/// Sets what was typed.
async fn change(web: web::Data<Web>, Posted(signed, typed): Posted<Typed>) -> Answer {
    let origin = only(&web, &signed).await?;
    let at = |name: &str| typed.get(name).map_or("", String::as_str);
    let wanted = || -> ops::Result<(ChangeSite, SignUpMode)> {
        let change = ChangeSite {
            name: Some(at("name").to_owned()),
            contact: Some(at("contact").to_owned()),
            accent: Some(Accent::parse(at("accent"))?),
            description: Some(texts("description", &typed)),
            rules: Some(texts("rules", &typed)),
            promises: Some(texts("promises", &typed)),
        };
        Ok((change, SignUpMode::parse(at("mode"))?))
    };
    let done = match wanted() {
        Ok((change, mode)) => match web.door.perform(origin.clone(), change).await {
            Ok(()) => {
                let now = web.read(|conn| Ok(ops::sign_ups::mode(conn)?)).await?;
                if now == mode {
                    Ok(())
                } else {
                    web.door.perform(origin.clone(), ChangeSignUp { mode }).await
                }
            }
            Err(err) => Err(err),
        },
        Err(err) => Err(err),
    };
    if let Err(err) = done {
        return form(&web, &signed, Some(typed), told(err)?).await;
    }
    let on = typed.contains_key("two_persons");
    let done = web.door.perform(origin.clone(), SetTwoPersons { on }).await;
    match held(&web, &origin, done, || Act::OnePerson).await {
        Ok(Ok(())) => Ok(see_notice("/admin/settings", Notice::Saved)),
        Ok(Err(waits)) => Ok(waits),
        Err(err) => form(&web, &signed, Some(typed), told(err)?).await,
    }
}
