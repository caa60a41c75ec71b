//! Letters that the clock writes: what is new, and what concerns somebody.

use std::time::Duration;

use domain::Origin;
use federation::workers::Shutdown;
use ops::{
    Door, Operation,
    digests::{SendDigest, SendNotices, due},
};

/// How often it is looked who is to be written to.
const NAP: Duration = Duration::from_mins(1);
/// So many accounts in one go.
const MANY: i64 = 200;

/// Runs until the server shuts down.
pub async fn work(door: Door, reader: db::Reader, mut shutdown: Shutdown) {
    loop {
        write(&door, &reader).await;
        tokio::select! {
            _ = shutdown.changed() => return,
            () = tokio::time::sleep(NAP) => {}
        }
    }
}

/// Writes the letters that are due.
pub async fn write(door: &Door, reader: &db::Reader) {
    let now = door.now();
    let (digests, notices) = match reader.read(move |conn| due(conn, now, MANY)).await {
        Ok(due) => due,
        Err(err) => {
            tracing::error!(%err, "it could not be read who is to be written to");
            return;
        }
    };
    for account in notices {
        said(door, SendNotices { account }).await;
    }
    for account in digests {
        said(door, SendDigest { account }).await;
    }
}

async fn said(door: &Door, letter: impl Operation) {
    if let Err(err) = door.perform(Origin::clock(), letter).await {
        tracing::error!(%err, "a letter could not be written");
    }
}

#[cfg(test)]
mod tests {
    use domain::letters::{Digest, Stop};
    use ops::settings::{ChangeSettings, StopLetters};
    use testkit::World;

    use super::*;

    testkit::both_engines!(
        a_week_of_news_is_one_letter_and_the_next_week_is_another,
        what_concerns_somebody_is_told_once_by_one_kind_of_letter,
    );

    const DAY: i64 = 86_400;

    /// The letters of a round of the clock to `eve`: subject and text.
    async fn round(world: &World) -> Vec<(String, String)> {
        write(&world.door, &world.reader).await;
        let letters = world.letters().await.into_iter();
        let hers = letters.filter(|letter| letter.to == "eve@mail.example");
        hers.map(|letter| (letter.subject, letter.text)).collect()
    }

    async fn a_week_of_news_is_one_letter_and_the_next_week_is_another(world: World) {
        let ada = world.person("ada").await;
        let garden = world.collective("garden", ada).await;
        let eve = world.person("eve").await;
        let follow = ops::follows::AskFollow { followed: garden.actor() };
        world.done(world.local(eve), follow).await;
        // What came out in the very moment of the last letter was in it.
        world.clock.advance(1);
        world.need(garden, ada, "Twenty chairs").await;
        world.clock.advance(6 * DAY);
        assert_eq!(round(&world).await, [], "the week is not over");
        world.clock.advance(DAY + 1);
        let letters = round(&world).await;
        assert_eq!(letters.len(), 1, "{letters:?}");
        assert!(letters[0].1.contains("Twenty chairs"), "{letters:?}");
        assert_eq!(round(&world).await, []);
        world.clock.advance(7 * DAY);
        assert_eq!(round(&world).await, [], "there is no empty letter");
        world.need(garden, ada, "A ladder").await;
        world.clock.advance(8 * DAY);
        let letters = round(&world).await;
        assert!(letters[0].1.contains("A ladder"), "{letters:?}");
        assert!(!letters[0].1.contains("Twenty chairs"), "never twice: {letters:?}");

        world.need(garden, ada, "A saw").await;
        let never = ChangeSettings { digest: Some(Digest::Never), ..ChangeSettings::default() };
        world.done(world.local(eve), never).await;
        world.clock.advance(8 * DAY);
        assert_eq!(round(&world).await, []);
        let daily = ChangeSettings { digest: Some(Digest::Daily), ..ChangeSettings::default() };
        world.done(world.local(eve), daily).await;
        world.clock.advance(1);
        world.need(garden, ada, "A rake").await;
        world.clock.advance(DAY + 1);
        let letters = round(&world).await;
        assert!(letters[0].1.contains("A rake"), "{letters:?}");
        assert!(!letters[0].1.contains("A saw"), "she did not want to know: {letters:?}");
    }

    async fn what_concerns_somebody_is_told_once_by_one_kind_of_letter(world: World) {
        let eve = world.person("eve").await;
        let garden = world.collective("garden", eve).await;
        let need = world.need(garden, eve, "Chairs").await;
        let ben = world.person("ben").await;
        world.answer(need, ben, "I have three").await;
        assert_eq!(round(&world).await, [], "she may be looking right now");
        world.clock.advance(601);
        world.answer(need, ben, "No, four").await;
        let letters = round(&world).await;
        assert_eq!(letters.len(), 1, "{letters:?}");
        assert_eq!(letters[0].1.matches("Chairs").count(), 2, "both at once: {letters:?}");
        assert!(!letters[0].1.contains("four"), "what others wrote stays here: {letters:?}");
        world.answer(need, ben, "Or five").await;
        world.clock.advance(1_200);
        assert_eq!(round(&world).await, [], "at most one an hour");
        world.clock.advance(3_600);
        assert_eq!(round(&world).await.len(), 1);
        world.clock.advance(7 * DAY);
        assert_eq!(round(&world).await, [], "what a letter told, no digest tells");

        let word = stop_word(&world, eve).await;
        let stop = StopLetters { word, stop: Stop::All };
        world.done(Origin::visitor(), stop).await;
        world.answer(need, ben, "Or six").await;
        world.clock.advance(30 * DAY);
        assert_eq!(round(&world).await, []);
    }

    async fn stop_word(world: &World, person: domain::PersonId) -> String {
        let account = world.account(person).await.id;
        let row = world.read(move |conn| db::letters::of(conn, account)).await.unwrap();
        row.stop_word.expect("a letter was written")
    }
}
