//! Votes that a followed community passes on.

use serde_json::Value;
use testkit::World;

use crate::{
    communities::{Place, announce, followed, inner},
    peer::Somebody,
    words::act,
};

testkit::both_engines!(
    votes_in_a_community_count_as_it_says_and_nobody_is_asked,
    nobody_is_counted_twice,
    a_community_counts_no_votes_on_what_is_not_its_own,
);

/// A post of Carla's in the mill.
async fn posted(it: &Place) -> Value {
    let post = it.post(1);
    let create = inner(&it.carla, "Create", "1", post.clone());
    assert_eq!(it.announced("1", create).await.0, "done");
    it.c.asked();
    it.scene.b.asked();
    post
}

/// Votes for something, and against it.
async fn counts(it: &Place, post: &Value) -> (i64, i64) {
    let id = it.row(post).await.unwrap().id.uuid();
    let read = move |conn: &mut db::Conn| db::reactions::count(conn, &[id]);
    let rows = it.scene.world.read(read).await;
    (rows[0].likes, rows[0].dislikes)
}

fn vote(by: &Somebody, kind: &str, name: &str, post: &Value) -> Value {
    inner(by, kind, name, post["id"].clone())
}

async fn votes_in_a_community_count_as_it_says_and_nobody_is_asked(world: World) {
    let it = Place::new(world).await;
    let post = posted(&it).await;
    let (bob, carla) = (&it.scene.bob, &it.carla);
    let dora = it.c.person("dora", 2);
    let actors = it.scene.world.rows().await.count("actors");
    for (name, by, kind, want) in [
        ("2", bob, "Like", (1, 0)),
        ("3", &dora, "Dislike", (1, 1)),
        ("4", carla, "Like", (2, 1)),
        ("5", bob, "Dislike", (1, 2)),
        ("6", bob, "Dislike", (1, 2)),
    ] {
        assert_eq!(it.announced(name, vote(by, kind, name, &post)).await.0, "done", "{name}");
        assert_eq!(counts(&it, &post).await, want, "{name}");
    }
    for (name, by, kind, want) in [
        // Lemmy 0.19 takes a vote against back as if it had been one for.
        ("u5", bob, "Like", (1, 1)),
        ("u3", &dora, "Dislike", (1, 0)),
        ("u4", carla, "Like", (0, 0)),
        ("u4x", carla, "Like", (0, 0)),
    ] {
        let undo = inner(by, "Undo", name, vote(by, kind, &format!("fresh{name}"), &post));
        assert_eq!(it.announced(name, undo).await.0, "done", "{name}");
        assert_eq!(counts(&it, &post).await, want, "{name}");
    }
    assert!(it.c.asked().is_empty() && it.scene.b.asked().is_empty(), "nobody was asked");
    assert_eq!(it.scene.world.rows().await.count("actors"), actors, "nobody was met");
}

async fn nobody_is_counted_twice(world: World) {
    let it = Place::new(world).await;
    let post = posted(&it).await;
    let (bob, carla) = (&it.scene.bob, &it.carla);
    let says = async |by: &Somebody, kind: &str, name: &str| {
        it.scene.deliver(by, &act(by, kind, name, post["id"].clone())).await;
        counts(&it, &post).await
    };
    let passes = async |by: &Somebody, kind: &str, name: &str| {
        it.announced(name, vote(by, kind, name, &post)).await;
        counts(&it, &post).await
    };
    assert_eq!(passes(bob, "Like", "2").await, (1, 0));
    assert_eq!(says(bob, "Like", "2").await, (1, 0), "the same from himself");
    assert_eq!(passes(bob, "Like", "3").await, (1, 0), "under another id");
    assert_eq!(says(carla, "Like", "4").await, (2, 0));
    assert_eq!(passes(carla, "Like", "4").await, (2, 0));
    assert_eq!(passes(carla, "Dislike", "5").await, (1, 1), "she changed her mind");
    let dora = it.c.person("dora", 2);
    assert_eq!(passes(&dora, "Dislike", "6").await, (1, 2));
    let undo = act(&dora, "Undo", "7", vote(&dora, "Dislike", "6", &post));
    it.scene.deliver(&dora, &undo).await;
    assert_eq!(counts(&it, &post).await, (1, 1), "she takes it back herself");
    assert_eq!(it.scene.world.rows().await.count("tallies"), 0);
}

async fn a_community_counts_no_votes_on_what_is_not_its_own(world: World) {
    let it = Place::new(world).await;
    let scene = &it.scene;
    let post = posted(&it).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let need = scene.world.listing(need).await.ap_id;
    let stray = scene.b.group("stray", 2);
    followed(scene, &stray).await;
    scene.meet_all().await;
    let (mill, bob) = (&scene.mill, &scene.bob);
    for (number, object) in
        [need, scene.group(), format!("{}/post/9", it.carla.id)].iter().enumerate()
    {
        let name = format!("own{number}");
        let vote = inner(bob, "Like", &name, object.as_str());
        it.idle(mill, &announce(mill, &name, vote), object).await;
    }
    let by_bob = |name: &str| vote(bob, "Like", name, &post);
    it.idle(&stray, &announce(&stray, "1", by_bob("1")), "another community's post").await;
    it.idle(bob, &announce(bob, "1", by_bob("2")), "Bob is no Group").await;
    let ada = Somebody { id: "https://a.example/u/ada".to_owned(), ..bob.clone() };
    it.idle(mill, &announce(mill, "2", vote(&ada, "Like", "3", &post)), "Ada votes here").await;
    let elsewhere = crate::words::with(by_bob("4"), "id", format!("{}/likes/1", it.carla.id));
    it.idle(mill, &announce(mill, "3", elsewhere), "the vote lies elsewhere").await;
    let of_another = inner(&it.carla, "Undo", "5", by_bob("4"));
    it.idle(mill, &announce(mill, "4", of_another), "nobody takes back for another").await;
    scene.suspend("c.example", true).await;
    let shut = vote(&it.c.person("eve", 2), "Like", "6", &post);
    it.idle(mill, &announce(mill, "5", shut), "of a server that is suspended here").await;
    assert_eq!(counts(&it, &post).await, (0, 0));
}
