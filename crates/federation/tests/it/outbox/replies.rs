//! Answers written here, from their beginning to their end.

use db::replies::ReplyRow;
use domain::{
    ListingId, ReplyId,
    listings::{Kind, Purpose, State, Terms},
    memberships::Role,
    replies::{As, Visibility},
    text::Language,
};
use ops::{
    listings::RecordListing,
    replies::{DeleteReply, EditReply, PostReply},
};
use serde_json::{Value, json};
use testkit::World;

use super::{Street, all_kinds, ids};
use crate::{
    peer::Somebody,
    shown::shown,
    words::{create, follow, note, with},
};

testkit::both_engines!(
    an_answer_is_told_to_each_in_its_dialect,
    the_voice_answers_as_the_voice_in_the_threadiverse,
    what_is_not_for_all_never_goes_to_the_threadiverse,
    who_reads_no_announcements_gets_the_answer_from_its_author,
    an_answer_to_a_community_elsewhere_goes_there_from_its_author,
);

fn answer(listing: ListingId, parent: Option<ReplyId>, speak: As) -> PostReply {
    PostReply { listing, parent, speak, text: "I have 8".to_owned(), language: None }
}

async fn an_answer_is_told_to_each_in_its_dialect(world: World) {
    let street = Street::new(world).await;
    let scene = &street.scene;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    street.arrived().await;
    let grace = scene.world.member(scene.garden, "grace", Role::Member).await;
    let by = scene.world.local(grace);
    let reply = scene.world.answer(need, grace, "I have 8").await;
    let edit = || EditReply { reply, text: "I have 9".to_owned() };
    for (kind, notes_want, pages_want) in [
        ("create", "Create Note", "Announce Create Note"),
        ("update", "Update Note", "Announce Update Note"),
        ("delete", "Delete Tombstone", "Announce Delete"),
    ] {
        match kind {
            "update" => scene.world.done(by.clone(), edit()).await,
            "delete" => scene.world.done(by.clone(), DeleteReply { reply }).await,
            _ => {}
        }
        let (notes, pages) = street.arrived().await;
        assert_eq!(
            (all_kinds(&notes), all_kinds(&pages)),
            (vec![notes_want.into()], vec![pages_want.into()])
        );
        notes[0].verify(&scene.key_of(grace.actor()).await);
        pages[0].verify(&scene.key_of(scene.garden.actor()).await);
        insta::assert_snapshot!(format!("announce_{kind}_reply"), shown(&pages[0].json()));
    }
}

async fn the_voice_answers_as_the_voice_in_the_threadiverse(world: World) {
    let street = Street::new(world).await;
    let scene = &street.scene;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    street.arrived().await;
    scene.world.done(scene.world.local(scene.ada), answer(need, None, As::Voice)).await;
    let (notes, pages) = street.arrived().await;
    let (note, page) = (notes[0].json(), pages[0].json());
    let (group, voice) = (scene.group(), format!("{}/voice", scene.group()));
    assert_eq!((&note["actor"], &note["object"]["attributedTo"]), (&json!(group), &json!(group)));
    let inner = &page["object"];
    assert_eq!((&inner["actor"], &inner["object"]["attributedTo"]), (&json!(voice), &json!(voice)));
    assert_eq!(inner["object"]["id"], note["object"]["id"], "it is one answer");
    assert!(!page.to_string().contains("/u/ada"), "nobody learns who wrote it");
}

/// Something Bob says under a listing, as it is known here.
async fn bob_says(street: &Street, listing: ListingId, to: Value) -> ReplyRow {
    let (scene, bob) = (&street.scene, &street.scene.bob);
    let address = scene.world.listing(listing).await.ap_id;
    let said = with(with(note(bob, "1", &address, "psst"), "to", to), "cc", json!([]));
    scene.deliver(bob, &create(bob, &said)).await;
    let id = said["id"].as_str().unwrap().to_owned();
    scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await.unwrap()
}

async fn what_is_not_for_all_never_goes_to_the_threadiverse(world: World) {
    let street = Street::new(world).await;
    let scene = &street.scene;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    for (to, visibility) in [
        (json!([scene.group()]), Visibility::Direct),
        (json!([format!("{}/followers", scene.bob.id)]), Visibility::Followers),
    ] {
        let parent = bob_says(&street, need, to).await;
        if visibility == Visibility::Direct {
            assert_eq!(parent.visibility, visibility);
        }
        street.arrived().await;
        let parent = Some(parent.id);
        let by = || scene.world.local(scene.ada);
        let reply = scene.world.done(by(), answer(need, parent, As::Voice)).await;
        let edit = EditReply { reply, text: "I have 9".to_owned() };
        scene.world.done(by(), edit).await;
        scene.world.done(by(), DeleteReply { reply }).await;
        let (notes, pages) = street.arrived().await;
        assert_eq!(notes.len(), 3);
        assert!(!notes.iter().any(|note| note.json().to_string().contains("#Public")));
        assert!(pages.is_empty());
    }
}

async fn who_reads_no_announcements_gets_the_answer_from_its_author(world: World) {
    let street = Street::new(world).await;
    let scene = &street.scene;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    // Dora reads a Lemmy on which nobody follows the garden; Carla follows Grace as well.
    let other = scene.lemmy("other.example").await;
    let dora = other.person("dora", 2);
    let address = scene.world.listing(need).await.ap_id;
    let said = note(&dora, "1", &address, "Which colour?");
    scene.deliver(&dora, &create(&dora, &said)).await;
    let grace = scene.world.person("grace").await;
    let asked = follow(&street.carla, "2", &scene.world.site.at("u/grace"));
    scene.deliver(&street.carla, &asked).await;
    street.arrived().await;
    other.arrived();
    let id = said["id"].as_str().unwrap().to_owned();
    let parent = scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await;
    let parent = parent.map(|row| row.id);
    scene.world.done(scene.world.local(grace), answer(need, parent, As::Themselves)).await;
    let (notes, pages) = street.arrived().await;
    assert_eq!(all_kinds(&notes), ["Create Note"]);
    assert_eq!(all_kinds(&pages), ["Create Note", "Announce Create Note"]);
    let [create, announced, _] = ids(&pages[1].json());
    assert_ne!(create, announced);
    assert_eq!(ids(&pages[0].json())[0], announced, "it is one activity");
    let direct = other.arrived();
    assert_eq!(all_kinds(&direct), ["Create Note"]);
    direct[0].verify(&scene.key_of(grace.actor()).await);
    assert_eq!(direct[0].json()["id"], announced);

    let voice = scene.world.done(scene.world.local(scene.ada), answer(need, parent, As::Voice));
    voice.await;
    street.arrived().await;
    let direct = other.arrived();
    assert_eq!(direct[0].json()["actor"], format!("{}/voice", scene.group()));
    let voice = scene.world.read(|conn| db::actors::find_local(conn, "garden.voice")).await;
    direct[0].verify(&scene.key_of(voice.unwrap().id).await);
}

/// A need of a collective elsewhere.
async fn foreign_need(street: &Street, group: &Somebody) -> ListingId {
    let scene = &street.scene;
    let collective = scene.meet(group).await;
    let need = RecordListing {
        ap_id: format!("{}/needs/1", group.id),
        collective,
        purpose: Purpose::Need,
        kind: Kind::Goods,
        title: "Flour".to_owned(),
        html: String::new(),
        quantity: None,
        category: None,
        tags: Vec::new(),
        terms: Terms::LetsTalk,
        place: None,
        point: None,
        radius: 0,
        starts_at: None,
        ends_at: None,
        expires_at: None,
        language: Language::parse("es").unwrap(),
        urgency: None,
        state: State::Open,
        url: None,
        published_at: None,
        updated_at: None,
    };
    scene.world.done(scene.world.fetched_from(collective).await, need).await
}

async fn an_answer_to_a_community_elsewhere_goes_there_from_its_author(world: World) {
    let street = Street::new(world).await;
    let scene = &street.scene;
    let weavers = street.lemmy.group("weavers", 4);
    let need = foreign_need(&street, &weavers).await;
    let parent = note(&street.carla, "1", &format!("{}/needs/1", weavers.id), "How much?");
    scene.deliver(&street.carla, &create(&street.carla, &parent)).await;
    street.arrived().await;
    let id = parent["id"].as_str().unwrap().to_owned();
    let parent = scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id)).await;
    let parent = parent.map(|row| row.id);
    let by = || scene.world.local(scene.ada);
    let reply = scene.world.done(by(), answer(need, parent, As::Themselves)).await;
    let (notes, pages) = street.arrived().await;
    assert!(notes.is_empty());
    assert_eq!(all_kinds(&pages), ["Create Note"], "once, and our garden has nothing to announce");
    pages[0].verify(&scene.key_of(scene.ada.actor()).await);
    insta::assert_snapshot!("create_reply_to_community", shown(&pages[0].json()));
    scene.world.done(by(), DeleteReply { reply }).await;
    let (_, pages) = street.arrived().await;
    assert_eq!(all_kinds(&pages), ["Delete"]);
    assert!(pages[0].json()["object"].is_string());

    // The same to a collective that reads a microblog.
    let need = foreign_need(&street, &scene.mill).await;
    scene.world.done(by(), answer(need, None, As::Themselves)).await;
    let (notes, pages) = street.arrived().await;
    assert_eq!((all_kinds(&notes), pages.len()), (vec!["Create Note".to_owned()], 0));
}
