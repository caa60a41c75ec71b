//! Agreements (FEP-0837): offered to ours, offered to others, answered, taken back.

mod elsewhere;
mod ending;
mod here;
mod races;

use db::agreements::AgreementRow;
use domain::{
    ActorId, AgreementId, CollectiveId, ListingId, PersonId,
    agreements::AgreementState,
    listings::{Content, Purpose},
    quantity::Amount,
};
use ops::agreements::{AnswerAgreement, Asked, OfferAgreement, RecordOffer};
use testkit::{World, content, pieces};

/// A garden that needs 20 chairs, and its steward, Ada.
async fn garden(world: &World) -> (CollectiveId, PersonId, ListingId) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let chairs = Content { quantity: Some(pieces("20")), ..content(Purpose::Need, "20 chairs") };
    let need = world.publish(garden, ada, chairs).await;
    world.events().await;
    (garden, ada, need)
}

/// What somebody elsewhere offers in so many pieces, or without saying how many.
fn theirs(responder: ActorId, number: u32, listing: ListingId, pieces: &str) -> RecordOffer {
    let said = Some(pieces).filter(|said| !said.is_empty());
    RecordOffer {
        offer_id: format!("https://b.example/offers/{responder}/{number}"),
        responder,
        listing,
        asked: Asked { amount: said.map(str::to_owned), unit: said.map(|_| "one".to_owned()) },
        in_return: None,
        text: "From our hall".to_owned(),
    }
}

fn ours(listing: ListingId, pieces: &str) -> OfferAgreement {
    let quantity = Some(pieces).filter(|said| !said.is_empty());
    let quantity = quantity.map(|said| Amount::parse("quantity", said).unwrap());
    OfferAgreement { listing, quantity, text: "We have some".to_owned() }
}

fn yes(agreement: AgreementId) -> AnswerAgreement {
    AnswerAgreement { agreement, accept: true, reason: String::new() }
}

fn no(agreement: AgreementId, reason: &str) -> AnswerAgreement {
    AnswerAgreement { agreement, accept: false, reason: reason.to_owned() }
}

async fn by_offer(world: &World, offer: &RecordOffer) -> AgreementRow {
    let id = offer.offer_id.clone();
    let row = world.read(move |conn| db::agreements::find_by_offer(conn, &id)).await;
    row.expect("there is no such agreement")
}

async fn state(world: &World, id: AgreementId) -> AgreementState {
    world.read(move |conn| db::agreements::find(conn, id)).await.unwrap().state
}

/// What waits for the stewards of a collective.
async fn waiting(world: &World, collective: CollectiveId) -> Vec<AgreementRow> {
    let offered = Some(AgreementState::Offered);
    let rows =
        world.read(move |conn| db::agreements::page(conn, collective, offered, None, 1_000)).await;
    rows.into_iter().map(|row| row.0).collect()
}

/// All that was accepted of a listing, in thousandths.
async fn accepted(world: &World, collective: CollectiveId) -> i64 {
    let yes = Some(AgreementState::Accepted);
    let rows =
        world.read(move |conn| db::agreements::page(conn, collective, yes, None, 1_000)).await;
    rows.iter().filter_map(|row| row.0.quantity).map(i64::from).sum()
}
