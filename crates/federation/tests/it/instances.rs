//! Meeting servers: what they say of themselves, when they are asked, and what comes of their silence.

use domain::Dialect;
use federation::instances;
use serde_json::json;
use testkit::World;

use crate::{
    peer::{Page, Peer, Somebody},
    scene::Scene,
    words::follow,
};

testkit::both_engines!(
    a_server_is_asked_what_it_is_before_its_follow_is_answered,
    a_server_that_says_nothing_is_a_microblog_for_now,
    servers_are_asked_again_every_day_and_stay_what_they_were,
    a_suspended_server_is_asked_nothing,
);

const NODEINFO: &str = "/.well-known/nodeinfo";

/// Puts there what software a server is.
fn runs(peer: &Peer, software: &str, version: &str) {
    let rel = "http://nodeinfo.diaspora.software/ns/schema/2.1";
    let links = json!({ "links": [{ "rel": rel, "href": peer.at("/nodeinfo/2.1") }] });
    peer.put(NODEINFO, Page::Typed("application/json", links.to_string()));
    let info = json!({ "software": { "name": software, "version": version } });
    peer.put("/nodeinfo/2.1", Page::Typed("application/json", info.to_string()));
}

async fn known(scene: &Scene, peer: &Peer) -> db::instances::InstanceRow {
    let host = peer.host().to_owned();
    scene.world.read(move |conn| db::instances::find(conn, &host)).await.unwrap()
}

/// A server of its own number, for `https` is not spoken here, and somebody on it.
async fn server() -> (Peer, Somebody) {
    let peer = Peer::unnamed().await;
    let dora = peer.person("dora", 5);
    (peer, dora)
}

async fn a_server_is_asked_what_it_is_before_its_follow_is_answered(world: World) {
    let scene = Scene::new(world).await;
    let (peer, dora) = server().await;
    runs(&peer, "lemmy", "0.19.20");
    scene.send(scene.letter(&dora, &follow(&dora, "1", &scene.group()))).await.is(202);
    scene.receive().await;
    let row = known(&scene, &peer).await;
    assert_eq!((row.dialect, row.software.as_deref()), (Dialect::Threadiverse, Some("lemmy")));
    assert!(peer.arrived().is_empty(), "it was asked before it was told anything");
    scene.settle().await;
    assert_eq!(peer.arrived()[0].kind(), "Accept");
    peer.asked();
    scene.deliver(&dora, &follow(&dora, "2", &scene.group())).await;
    assert!(!peer.asked().contains(&NODEINFO.to_owned()), "once is enough");
}

async fn a_server_that_says_nothing_is_a_microblog_for_now(world: World) {
    let scene = Scene::new(world).await;
    let (peer, dora) = server().await;
    peer.put(NODEINFO, Page::Silence);
    scene.deliver(&dora, &follow(&dora, "1", &scene.group())).await;
    assert_eq!(peer.arrived()[0].kind(), "Accept", "a follow does not wait for it");
    let row = known(&scene, &peer).await;
    assert_eq!((row.dialect, row.checked_at), (Dialect::Microblog, None), "its job asks again");
    assert_eq!(scene.world.read(db::jobs::count_pending).await, 1);
    peer.asked();
    scene.deliver(&dora, &follow(&dora, "2", &scene.group())).await;
    assert_eq!(peer.arrived()[0].kind(), "Accept");
    assert!(!peer.asked().contains(&NODEINFO.to_owned()), "nobody waits for it twice");
}

async fn servers_are_asked_again_every_day_and_stay_what_they_were(world: World) {
    let scene = Scene::new(world).await;
    let (peer, dora) = server().await;
    runs(&peer, "lemmy", "0.19.20");
    scene.deliver(&dora, &follow(&dora, "1", &scene.group())).await;
    let asked = || peer.asked().contains(&NODEINFO.to_owned());
    asked();
    let refresh = async || instances::refresh(&scene.fed).await.unwrap();
    scene.world.clock.advance(86_000);
    refresh().await;
    assert!(!asked(), "a day is not over");
    scene.world.clock.advance(1_000);
    runs(&peer, "lemmy", "1.0.0");
    refresh().await;
    assert!(asked());
    assert_eq!(known(&scene, &peer).await.version.as_deref(), Some("1.0.0"));
    for broken in
        [Page::Status(503), Page::Status(404), Page::Typed("application/json", "[".into())]
    {
        scene.world.clock.advance(90_000);
        peer.put(NODEINFO, broken);
        refresh().await;
        assert!(asked());
        let row = known(&scene, &peer).await;
        assert_eq!((row.dialect, row.software.as_deref()), (Dialect::Threadiverse, Some("lemmy")));
        assert_eq!(row.checked_at, Some(scene.world.now()), "and not before tomorrow again");
        refresh().await;
        assert!(!asked());
    }
    // Nobody there has to do with us any more.
    let asked_for = follow(&dora, "1", &scene.group());
    scene.deliver(&dora, &crate::words::undo(&dora, "2", &asked_for)).await;
    scene.world.clock.advance(90_000);
    asked();
    refresh().await;
    assert!(!asked());
}

async fn a_suspended_server_is_asked_nothing(world: World) {
    let scene = Scene::new(world).await;
    let (peer, dora) = server().await;
    runs(&peer, "lemmy", "0.19.20");
    scene.deliver(&dora, &follow(&dora, "1", &scene.group())).await;
    scene.suspend(peer.host(), true).await;
    scene.world.clock.advance(90_000);
    peer.asked();
    instances::refresh(&scene.fed).await.unwrap();
    assert!(peer.asked().is_empty());
}
