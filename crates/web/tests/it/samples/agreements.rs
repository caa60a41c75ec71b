//! Sample agreements.

use askama::Template as _;
use domain::{agreements::AgreementState, listings::Purpose};
use web::views::{
    agreements::{AgreementAction, AgreementView, AgreementsPage, OfferForm, OfferInput},
    forms::FormErrors,
    page::Pager,
};

use super::{
    Rendered,
    actors::{garden, kitchen},
    frame::{page, time},
};

pub(crate) fn waiting(can: AgreementAction) -> AgreementView {
    AgreementView {
        listing: "listing.html".into(),
        title: "Mans per collir les faves abans de la pluja".into(),
        lang: "ca".into(),
        purpose: Purpose::Need,
        who: kitchen(),
        amount: Some("8 of 20".into()),
        left: Some("12".into()),
        in_return: Some("2 hours".into()),
        text: "Som vuit.\nPortem guants <b>hello</b>.".into(),
        state: AgreementState::Offered,
        reason: String::new(),
        since: time("2026-05-05T10:00:00Z", "5 May"),
        base: "/agreements/1".into(),
        can,
    }
}

fn past(state: AgreementState, reason: &str) -> AgreementView {
    AgreementView { state, reason: reason.into(), ..waiting(AgreementAction::Nothing) }
}

pub(crate) fn form() -> OfferForm {
    OfferForm {
        action: "/listings/1/agreements".into(),
        left: Some("Up to 12. Left empty, it means all of that.".into()),
        input: OfferInput::default(),
        errors: FormErrors::default(),
    }
}

fn all(path: &str, can: AgreementAction) -> AgreementsPage {
    AgreementsPage {
        page: page(path, true),
        collective: None,
        steward: false,
        base: "/c/lafiguera".into(),
        waiting: vec![waiting(can)],
        past: vec![
            AgreementView {
                state: AgreementState::Accepted,
                ..waiting(match can {
                    AgreementAction::Answer => AgreementAction::Fulfil,
                    _ => AgreementAction::Nothing,
                })
            },
            past(AgreementState::Fulfilled, ""),
            past(AgreementState::Rejected, "Massa lluny"),
            past(AgreementState::Withdrawn, ""),
        ],
        pager: Pager { newest: None, older: Some("/agreements?before=1".into()) },
        errors: FormErrors::default(),
    }
}

pub(crate) fn of_collective() -> Rendered {
    let page = all("/c/lafiguera/agreements", AgreementAction::Answer);
    AgreementsPage { collective: Some(garden()), steward: true, ..page }.render()
}

pub(crate) fn mine() -> Rendered {
    all("/agreements", AgreementAction::Withdraw).render()
}
