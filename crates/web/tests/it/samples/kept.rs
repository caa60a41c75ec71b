//! Pictures of a listing, and forms kept for later.

use askama::Template;
use domain::{listings::Purpose, templates::Recurs};
use web::views::{
    forms::{Choice, FormErrors},
    listings::PictureView,
    pictures::{PictureCard, PicturesPage},
    templates::{TemplateInput, TemplateView, TemplatesPage},
};

use super::Rendered;
use super::actors::garden;
use super::forms::wrong;
use super::frame::{older, page, time};

pub(crate) fn pictures(full: bool) -> Rendered {
    let card = |alt: &str| PictureCard {
        picture: PictureView {
            url: "/media/07.jpg".into(),
            alt: alt.into(),
            width: 600,
            height: 400,
        },
        remove: "/listings/1/pictures/2/remove".into(),
    };
    let mut pictures = vec![card("Una escala \"de fusta\" <b>hello\nrecolzada a la paret")];
    if full {
        pictures.extend(["L’hort", "Les caixes", "El rètol"].map(card));
    }
    let wrongs = [("file", "The file must be a picture: JPEG, PNG, WebP, or GIF.")];
    PicturesPage {
        page: page("/listings/1/pictures", true),
        title: "Mans per a la verema".into(),
        lang: "ca".into(),
        base: "/listings/1".into(),
        pictures,
        has_room: !full,
        alt: if full { String::new() } else { "L’hort al <b>hello matí".into() },
        errors: if full { FormErrors::default() } else { wrong(&wrongs) },
    }
    .render()
}

fn template(name: &str, recurs: Option<Recurs>) -> TemplateView {
    TemplateView {
        name: name.into(),
        purpose: Some(Purpose::Offer),
        title: "Cistelles de verdura".into(),
        recurs,
        next: recurs.map(|_| time("2026-05-11T08:00:00Z", "11 May")),
        make: "/c/lafiguera/listings/new?template=1".into(),
        base: "/c/lafiguera/templates/1".into(),
        open: recurs.is_some(),
        input: TemplateInput {
            name: name.into(),
            recurs: recurs.map_or("", Recurs::word).into(),
            next_at: "2026-05-11".into(),
            version: "2".into(),
        },
    }
}

pub(crate) fn templates(some: bool) -> Rendered {
    let every = vec![
        Choice { value: String::new(), label: words::say("templates-never").into_owned() },
        Choice { value: "weekly".into(), label: words::say("recurs-weekly").into_owned() },
    ];
    let all = vec![
        template("Cistelles de verdura", Some(Recurs::Weekly)),
        template("Mans per a la verema <b>hello", None),
    ];
    TemplatesPage {
        page: page("/c/lafiguera/templates", true),
        collective: garden(),
        speaks: some,
        steward: some,
        templates: if some { all } else { vec![] },
        every,
        pager: older(),
        errors: FormErrors::default(),
    }
    .render()
}
