//! The documents at our addresses, and the letters around them.

mod actors;
mod collections;
mod dialects;
mod kept;
mod lemmy;
mod listings;
mod negotiation;
mod readers;
mod replies;
mod rules;
mod sent;
mod taxonomy;

use domain::{
    listings::{Category, Content, Purpose, Signature, Terms, Urgency, Window},
    place::{Place, Point},
};
use testkit::World;

/// A need that says everything a listing can say, written where nobody may know.
fn full(world: &World) -> Content {
    let now = world.now();
    Content {
        text: "For the <assembly> on Saturday.\n\nSee https://a.example/x?y=1&z=2.".to_owned(),
        quantity: Some(testkit::pieces("20")),
        category: Some(Category::CommunitySpaces),
        terms: Terms::Loan,
        place: Some(Place {
            name: "Gràcia".to_owned(),
            point: Some(Point { latitude: 41.402_917, longitude: 2.156_331 }),
            radius: 500,
        }),
        window: Window {
            starts_at: Some(now.plus_days(5)),
            ends_at: Some(now.plus_days(7)),
            expires_at: Some(now.plus_days(6)),
        },
        urgency: Some(Urgency::Days),
        signed_by: Signature::Voice,
        ..testkit::content(Purpose::Need, "20 chairs & a <table>")
    }
}
