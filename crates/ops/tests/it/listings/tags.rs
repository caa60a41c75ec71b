//! What needs and offers are marked with.

use db::listings::Filter;
use domain::{
    ListingId, Origin,
    listings::{Content, Purpose},
    search::Criteria,
    tags::Tag,
};
use ops::{
    Op, Operation, Result,
    actors::RecordActorGone,
    listings::{DeleteListing, EditListing, RecordListing, RecordListingDeleted},
    moderation::{SuspendActor, UnsuspendActor},
    search::reindex,
    searches::SaveSearch,
};
use testkit::{World, content};

use super::{elsewhere::said, garden};

testkit::both_engines!(
    the_words_behind_a_hash_are_the_tags_of_a_listing,
    an_edit_replaces_them_and_a_deletion_takes_them_away,
    those_of_others_are_what_their_home_says,
    what_is_marked_is_shown_as_all_else_is,
    whoever_looks_for_a_tag_is_told_of_what_is_new,
    listings_of_an_older_version_get_their_tags_with_their_words,
);

async fn tags(world: &World, listing: ListingId) -> Vec<String> {
    let tags = world.read(move |conn| db::tags::of(conn, listing)).await;
    tags.iter().map(|tag| tag.name().to_owned()).collect()
}

async fn marked(world: &World, tag: &str) -> Vec<ListingId> {
    let filter = Filter { tag: Some(Tag::parse(tag).unwrap()), ..Filter::default() };
    let rows = world.read(move |conn| db::listings::page(conn, &filter, None, 50)).await;
    rows.into_iter().map(|row| row.id).collect()
}

fn parsed(tags: &[&str]) -> Vec<Tag> {
    tags.iter().map(|tag| Tag::parse(tag).unwrap()).collect()
}

fn need(title: &str, text: &str) -> Content {
    Content { text: text.to_owned(), ..content(Purpose::Need, title) }
}

async fn the_words_behind_a_hash_are_the_tags_of_a_listing(world: World) {
    let (garden, ada) = garden(&world).await;
    let text = "Para la #cosecha, la #Ñapa y #ñapa; #2026 no, https://a.example/#esto tampoco.";
    let chairs = world.publish(garden, ada, need("Sillas #Fiesta", text)).await;
    let bread = world.publish(garden, ada, need("Pan", "#COSECHA")).await;
    assert_eq!(tags(&world, chairs).await, ["Fiesta", "cosecha", "Ñapa"]);
    assert_eq!(marked(&world, "Cosecha").await, [bread, chairs], "newest first");
    assert_eq!(marked(&world, "#ñAPA").await, [chairs]);
    assert_eq!(marked(&world, "esto").await, []);
    let many = (0..60).map(|number| format!("#t{number}")).collect::<Vec<_>>().join(" ");
    let many = world.publish(garden, ada, need("Many", &many)).await;
    assert_eq!(tags(&world, many).await.len(), domain::tags::MOST);
}

async fn an_edit_replaces_them_and_a_deletion_takes_them_away(world: World) {
    let (garden, ada) = garden(&world).await;
    let chairs = world.publish(garden, ada, need("Sillas", "#fiesta #cosecha")).await;
    let content = need("Sillas #verano", "#Fiesta");
    let edit = EditListing { listing: chairs, content, version: None };
    world.done(world.local(ada), edit).await;
    assert_eq!(tags(&world, chairs).await, ["verano", "Fiesta"]);
    assert_eq!(marked(&world, "cosecha").await, []);
    assert_eq!(marked(&world, "fiesta").await, [chairs]);
    world.done(world.local(ada), DeleteListing { listing: chairs }).await;
    assert_eq!(marked(&world, "fiesta").await, []);
    assert_eq!(world.rows().await.count("listing_tags"), 0);
}

async fn those_of_others_are_what_their_home_says(world: World) {
    let mill = world.remote_collective("mill@b.example").await;
    let origin = world.fetched_from(mill).await;
    let version = |tags: &[&str]| RecordListing {
        html: "<p>#never</p>".to_owned(),
        tags: parsed(tags),
        ..said(mill, "Flour #never")
    };
    let flour = world.done(origin.clone(), version(&["#Harina", "pan"])).await;
    assert_eq!(tags(&world, flour).await, ["Harina", "pan"]);
    assert_eq!(
        marked(&world, "never").await,
        [],
        "what is in a text elsewhere is its home's to say"
    );
    world.clock.advance(60);
    world.done(origin.clone(), version(&["pan", "queso"])).await;
    assert_eq!(tags(&world, flour).await, ["pan", "queso"]);
    assert_eq!(marked(&world, "harina").await, []);
    world.done(origin.clone(), RecordListingDeleted { listing: flour }).await;
    assert_eq!(world.rows().await.count("listing_tags"), 0);

    let other =
        RecordListing { ap_id: "https://b.example/listings/2".to_owned(), ..version(&["pan"]) };
    world.done(origin.clone(), other).await;
    assert_eq!(marked(&world, "pan").await.len(), 1);
    world.done(origin, RecordActorGone { actor: mill }).await;
    assert_eq!(world.rows().await.count("listing_tags"), 0);
}

async fn what_is_marked_is_shown_as_all_else_is(world: World) {
    let (garden, ada) = garden(&world).await;
    let draft = world.draft(garden, ada, need("Sillas", "#fiesta")).await;
    assert_eq!(tags(&world, draft).await, ["fiesta"]);
    assert_eq!(marked(&world, "fiesta").await, [], "a draft is its collective's");
    let mill = world.remote_collective("mill@b.example").await;
    let origin = world.fetched_from(mill).await;
    let flour = RecordListing { tags: parsed(&["fiesta"]), ..said(mill, "Flour") };
    let flour = world.done(origin, flour).await;
    assert_eq!(marked(&world, "fiesta").await, [flour]);
    let reason = "spam".to_owned();
    let suspend = SuspendActor { actor: mill, reason: reason.clone() };
    world.done(Origin::server(), suspend).await;
    assert_eq!(marked(&world, "fiesta").await, []);
    world.done(Origin::server(), UnsuspendActor { actor: mill, reason }).await;
    assert_eq!(marked(&world, "fiesta").await, [flour]);
}

async fn whoever_looks_for_a_tag_is_told_of_what_is_new(world: World) {
    let (garden, ada) = garden(&world).await;
    let (bea, eve) = (world.person("bea").await, world.person("eve").await);
    for (person, query) in [(bea, "tag=Cosecha"), (eve, "tag=fiesta")] {
        let criteria = Criteria::parse(query).unwrap();
        let search = SaveSearch { name: query.to_owned(), criteria, notify: true };
        world.done(world.local(person), search).await;
    }
    let listing = world.publish(garden, ada, need("Sillas", "#COSECHA")).await;
    let row = world.listing(listing).await;
    let told = world.read(move |conn| Ok(ops::searches::matching(conn, &row).unwrap())).await;
    assert_eq!(told, [bea]);
}

/// As an older version leaves a listing.
#[derive(Clone)]
struct Unmark(ListingId);

impl Operation for Unmark {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        Ok(db::tags::set(op.tx, self.0, &[])?)
    }
}

async fn listings_of_an_older_version_get_their_tags_with_their_words(world: World) {
    let (garden, ada) = garden(&world).await;
    let mill = world.remote_collective("mill@b.example").await;
    let origin = world.fetched_from(mill).await;
    let flour = RecordListing { tags: parsed(&["pan"]), ..said(mill, "Flour") };
    let flour = world.done(origin, flour).await;
    let chairs = world.publish(garden, ada, need("Sillas", "#fiesta")).await;
    world.done(Origin::server(), Unmark(chairs)).await;
    assert_eq!(marked(&world, "fiesta").await, []);
    let door = world.door.clone();
    tokio::task::spawn_blocking(move || reindex(&door, |_| ()).unwrap()).await.unwrap();
    assert_eq!(marked(&world, "fiesta").await, [chairs]);
    assert_eq!(marked(&world, "pan").await, [flour], "what others said is still so");
}
