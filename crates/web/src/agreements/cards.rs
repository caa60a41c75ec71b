//! An agreement among others, and the form that makes one.

use db::{Conn, agreements::Answer, listings::ListingRow};
use domain::{
    Time,
    agreements::{AgreementState, admit},
    quantity::{Amount, Unit},
};

use crate::{
    Result, actors,
    labels::Word,
    session::Viewer,
    views::{
        agreements::{AgreementAction, AgreementView, OfferForm, OfferInput},
        forms::FormErrors,
    },
    when,
};

/// So many offers of one's own are shown below a listing.
const SOME: i64 = 5;

/// An agreement, with what the viewer can do as long as it waits; who answers says later that it is done.
pub(super) fn card(
    (row, listing, who): &Answer,
    waiting: AgreementAction,
    now: Time,
) -> AgreementView {
    let whole = listing.how_much();
    let amount = row.measure().map(|measure| match whole {
        Some(whole) if whole.unit == measure.unit => {
            many(&format!("{} of {}", measure.amount, whole.total), measure.unit)
        }
        _ => many(&measure.amount.to_string(), measure.unit),
    });
    let left = whole.filter(|whole| whole.found() != Amount::NOTHING);
    let waits = row.state == AgreementState::Offered;
    AgreementView {
        listing: format!("/listings/{}", listing.id),
        title: listing.title.clone(),
        lang: listing.language.as_str().to_owned(),
        purpose: listing.purpose,
        who: actors::view(who),
        amount,
        left: left.filter(|_| waits).map(|left| left.remaining.to_string()),
        in_return: row.in_return().map(|it| match it.unit {
            Unit::One if it.amount == Amount::ONE => words::say("offer-anything").into_owned(),
            unit => many(&it.amount.to_string(), unit),
        }),
        text: row.text.clone(),
        state: row.state,
        reason: row.reason.clone(),
        since: when::stamp(row.created_at, now),
        base: format!("/agreements/{}", row.id),
        can: match (row.state, waiting) {
            (AgreementState::Offered, can) => can,
            (AgreementState::Accepted, AgreementAction::Answer) => AgreementAction::Fulfil,
            _ => AgreementAction::Nothing,
        },
    }
}

/// `8 of 20 hours`; things that are counted need no unit.
fn many(amount: &str, unit: Unit) -> String {
    if unit == Unit::One { amount.to_owned() } else { format!("{amount} {}", unit.label()) }
}

/// What the viewer has offered to a listing.
pub(crate) fn offered(
    conn: &mut Conn,
    listing: &ListingRow,
    viewer: Option<&Viewer>,
    now: Time,
) -> Result<Vec<AgreementView>> {
    let Some(viewer) = viewer else { return Ok(Vec::new()) };
    let person = viewer.person.actor();
    let rows = db::agreements::by_responder(conn, person, Some(listing.id), None, SOME)?;
    Ok(rows.iter().map(|row| card(row, AgreementAction::Withdraw, now)).collect())
}

/// The form for whoever is signed in, where the listing's server understands what it sends.
pub(crate) fn form(
    conn: &mut Conn,
    listing: &ListingRow,
    viewer: Option<&Viewer>,
    (input, errors): (OfferInput, FormErrors),
    now: Time,
) -> Result<Option<OfferForm>> {
    let open = listing.is_public() && admit(listing.state, listing.expires_at, now).is_ok();
    let asked = viewer.is_some() && (open || !errors.is_empty());
    if !asked || !ops::agreements::answerable(conn, listing)? {
        return Ok(None);
    }
    let left = listing.how_much().map(|all| {
        let amount = many(&all.remaining.to_string(), all.unit);
        words::say_with("offer-up-to", &[("amount", amount.into())]).into_owned()
    });
    Ok(Some(OfferForm {
        action: format!("/listings/{}/agreements", listing.id),
        left,
        input,
        errors,
    }))
}
