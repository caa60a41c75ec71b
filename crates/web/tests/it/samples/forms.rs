//! Pages one writes on.

use askama::Template;
use web::html::clean;
use web::views::accounts::{
    ConfirmPage, JoinInput, JoinPage, LoginPage, NewPasswordPage, ResetPage,
};
use web::views::collectives::{CollectiveFormPage, CollectiveInput, SectionField};
use web::views::forms::{Choice, FormError, FormErrors};
use web::views::listing_form::{ListingFormPage, ListingInput, PreviewView};

use super::Rendered;
use super::actors::garden;
use super::frame::page;

fn choices(all: &[(&str, &str)]) -> Vec<Choice> {
    all.iter().map(|(v, l)| Choice { value: (*v).into(), label: (*l).into() }).collect()
}

fn languages() -> Vec<Choice> {
    choices(&[("ca", "català"), ("es", "español"), ("de", "Deutsch"), ("ar", "العربية")])
}

pub(crate) fn wrong(all: &[(&'static str, &str)]) -> FormErrors {
    let error = |(field, message): &(&'static str, &str)| FormError {
        field,
        message: (*message).to_owned(),
    };
    FormErrors(all.iter().map(error).collect())
}

pub(crate) fn listing_form(with_errors: bool) -> Rendered {
    let errors: &[(&'static str, &str)] = if with_errors {
        &[
            ("kind", "Choose a kind."),
            ("title", "Give it a title."),
            ("quantity", "Write a number, like 20 or 2.5."),
            ("latitude", "The latitude must be from -90 to 90."),
        ]
    } else {
        &[]
    };
    ListingFormPage {
        page: page("/c/lafiguera/listings/new", true),
        collective: garden(),
        action: "/c/lafiguera/listings/new".into(),
        back: "/c/lafiguera".into(),
        published: false,
        may_publish: true,
        editing: false,
        input: ListingInput {
            purpose: "need".into(),
            text: if with_errors {
                "El cap de setmana vinent collim.".into()
            } else {
                String::new()
            },
            quantity: if with_errors { "molts".into() } else { String::new() },
            latitude: if with_errors { "412".into() } else { String::new() },
            language: "ca".into(),
            ..ListingInput::default()
        },
        languages: languages(),
        preview: with_errors.then(|| PreviewView {
            microblog: clean(
                "<p><strong>Cal: Mans per a la verema</strong></p><p>El cap de setmana vinent.</p>",
            ),
            title: "Cal: Mans per a la verema".into(),
            threadiverse: clean("<p>El cap de setmana vinent collim.</p>"),
        }),
        errors: wrong(errors),
    }
    .render()
}

pub(crate) fn login(with_errors: bool) -> Rendered {
    let errors: &[(&'static str, &str)] =
        if with_errors { &[("", "What you typed doesn’t fit together.")] } else { &[] };
    LoginPage {
        page: page("/login", false),
        login: if with_errors { "montse".into() } else { String::new() },
        next: "/home".into(),
        errors: wrong(errors),
    }
    .render()
}

pub(crate) fn join(invited: bool) -> Rendered {
    let errors: &[(&'static str, &str)] = if invited {
        &[
            ("handle", "The handle is taken on this server; choose another one."),
            ("agreement", "The box about our rules must be ticked: the rules are for all."),
        ]
    } else {
        &[]
    };
    JoinPage {
        page: page("/join", false),
        closed: false,
        invitation_needed: false,
        invited,
        host: invited.then(|| garden().name),
        input: JoinInput {
            handle: if invited { "montse".into() } else { String::new() },
            collective: "lafiguera".into(),
            ..JoinInput::default()
        },
        errors: wrong(errors),
    }
    .render()
}

pub(crate) fn confirm() -> Rendered {
    let page = page("/account/confirm", false);
    ConfirmPage { page, token: "f00d".into(), errors: FormErrors::default() }.render()
}

pub(crate) fn reset() -> Rendered {
    let page = page("/account/reset", false);
    ResetPage { page, email: String::new(), errors: FormErrors::default() }.render()
}

pub(crate) fn new_password() -> Rendered {
    let page = page("/account/reset", false);
    let errors = wrong(&[("password", "The password must be 10 to 256 characters.")]);
    NewPasswordPage { page, token: "f00d".into(), errors }.render()
}

pub(crate) fn collective_form() -> Rendered {
    CollectiveFormPage {
        page: page("/collectives/new", true),
        action: "/collectives".into(),
        editing: None,
        input: CollectiveInput { language: "ca".into(), ..CollectiveInput::default() },
        sections: Vec::new(),
        languages: languages(),
        errors: FormErrors::default(),
    }
    .render()
}

pub(crate) fn collective_edit() -> Rendered {
    let field = |name, label: &'static str, hint: &'static str| SectionField {
        name,
        label: label.into(),
        hint: hint.into(),
        text: "Un carrer que es <b>hello</b> alimenta".into(),
    };
    CollectiveFormPage {
        page: page("/c/lafiguera/edit", true),
        action: "/c/lafiguera/edit".into(),
        editing: Some("La Figuera <b>hello</b>".into()),
        input: CollectiveInput {
            language: "ca".into(),
            place: "Poble-sec".into(),
            latitude: "91".into(),
            ..CollectiveInput::default()
        },
        sections: vec![
            field("vision", "Vision", "Where you want to get."),
            field("values", "Values", ""),
        ],
        languages: languages(),
        errors: wrong(&[("latitude", "The latitude must be from -90 to 90.")]),
    }
    .render()
}
