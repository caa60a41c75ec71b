//! The main journey: find, follow, read, answer, and the answer's answer, between two servers.

use std::{path::Path, time::Duration};

use anyhow::Context as _;
use domain::{ListingId, Origin, PersonId, ReplyId, follows::FollowState, replies::As};
use ops::{Lookup as _, follows::AskFollow, lookup::Found, replies::PostReply};

use super::{
    PASSWORD, Server, people,
    progress::Progress,
    seed::{self, Filled},
};

/// Where the journey led.
pub(super) struct Done {
    on_a: String,
    on_b: String,
}

/// Walks it; each step waits until its effect has arrived over HTTP.
pub(super) async fn walk(
    a: &Server,
    people_a: &Filled,
    b: &Server,
    people_b: &Filled,
    progress: &Progress,
) -> anyhow::Result<Done> {
    let reader = person(people_b, "maren")?;
    let steward = person(people_a, "nuria")?;
    let address = format!("@ateneu@{}", a.running.federation.site().host());
    follow(b, reader, &address).await?;
    progress.done(&format!("Maren (B) found {address}, asked to follow, and was accepted"));

    let board = people_a.collectives.get("ateneu").copied().context("no ateneu")?;
    let listing = seed::post(a, steward, board, &people::CHAIRS).await?;
    let ap_id = a.running.federation.site().listing(listing);
    let on_b = wait_for_listing(b, &ap_id).await?;
    progress.done("a need posted on A arrived in Maren's home feed on B");

    let reply = answer(b, reader, on_b, None, As::Themselves, people::ANSWER).await?;
    let address = b.running.federation.site().reply(reply);
    let on_a = wait_for_reply(a, &address).await?;
    progress.done("Maren's answer on B arrived in the thread on A");

    let thanks = answer(a, steward, listing, Some(on_a), As::Voice, people::THANKS).await?;
    let address = a.running.federation.site().reply(thanks);
    wait_for_reply(b, &address).await?;
    progress.done("the collective's voice answered on A, and Maren reads it on B");

    let step =
        ops::listings::Step::Progress { found: domain::quantity::Amount::parse("found", "8")? };
    let found = ops::listings::MoveListing { listing, step, version: None };
    a.running.federation.door().perform(Origin::local(steward), found).await?;
    wait_until(|| async {
        let row = b.running.federation.read(move |conn| db::listings::find(conn, on_b)).await?;
        Ok(row.filter(|row| row.state == domain::listings::State::Partly))
    })
    .await
    .context("the change of the need did not arrive on B")?;
    progress.done("“8 of 20 chairs found” on A shows on B");
    Ok(Done { on_a: ap_id, on_b: b.running.federation.site().listing(on_b) })
}

fn person(people: &Filled, handle: &str) -> anyhow::Result<PersonId> {
    people.people.get(handle).copied().with_context(|| format!("nobody is called {handle}"))
}

/// Follows by handle: WebFinger, actor, `Follow`, and the `Accept` that comes back.
async fn follow(server: &Server, person: PersonId, address: &str) -> anyhow::Result<()> {
    let federation = &server.running.federation;
    let Found::Actor(followed) = federation.find(address).await? else {
        anyhow::bail!("{address} is no actor");
    };
    federation.door().perform(Origin::local(person), AskFollow { followed }).await?;
    wait_until(|| async {
        let follow =
            federation.read(move |conn| db::follows::find(conn, person.actor(), followed)).await?;
        Ok(follow.filter(|follow| follow.state == FollowState::Accepted))
    })
    .await
    .with_context(|| format!("{address} did not accept the follow"))?;
    Ok(())
}

async fn answer(
    server: &Server,
    person: PersonId,
    listing: ListingId,
    parent: Option<ReplyId>,
    speak: As,
    text: &str,
) -> anyhow::Result<ReplyId> {
    let text = domain::replies::body(text)?;
    let operation = PostReply { listing, parent, speak, text, language: Some("en".to_owned()) };
    Ok(server.running.federation.door().perform(Origin::local(person), operation).await?)
}

async fn wait_for_listing(server: &Server, ap_id: &str) -> anyhow::Result<ListingId> {
    let federation = &server.running.federation;
    let row = wait_until(|| async {
        let ap_id = ap_id.to_owned();
        federation.read(move |conn| db::listings::find_by_ap_id(conn, &ap_id)).await
    });
    Ok(row.await.context("the need did not arrive")?.id)
}

async fn wait_for_reply(server: &Server, ap_id: &str) -> anyhow::Result<ReplyId> {
    let federation = &server.running.federation;
    let row = wait_until(|| async {
        let ap_id = ap_id.to_owned();
        federation.read(move |conn| db::replies::find_by_ap_id(conn, &ap_id)).await
    });
    Ok(row.await.context("the answer did not arrive")?.id)
}

/// Looks every 50 ms, for half a minute.
async fn wait_until<T, F>(mut look: impl FnMut() -> F) -> anyhow::Result<T>
where
    F: Future<Output = db::Result<Option<T>>>,
{
    for _ in 0..600 {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    anyhow::bail!("half a minute went by")
}

/// What to click on.
pub(super) fn tell(a: &Server, b: &Server, done: &Done, folder: &Path) {
    println!("\nBoth servers are running. Look around:\n");
    println!("  A  {:<28} sign in as nuria (admin), pau, or amina", a.url.as_str());
    println!("  B  {:<28} sign in as maren (admin), tom, or leyla", b.url.as_str());
    println!("     everybody's password: {PASSWORD}\n");
    println!("  The need on A              {}", done.on_a);
    println!("  The same need, seen from B {}", done.on_b);
    println!("  Maren's home feed          {}home", b.url);
    println!("\n  The databases are in {}", folder.display());
    println!("     {}", a.database.display());
    println!("     {}", b.database.display());
    println!("\nPress Ctrl-C to stop.");
}
