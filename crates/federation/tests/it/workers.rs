//! The loops themselves, as the server runs them.

use std::time::{Duration, Instant};

use federation::workers;
use testkit::World;
use tokio::sync::watch;

use crate::{
    peer::{Page, Peer},
    scene::Scene,
    words::follow,
};

testkit::both_engines!(
    the_loops_do_it_all_and_end_when_they_are_told,
    a_server_tells_what_software_it_is,
);

/// Waits for something that the loops do, for ten seconds at most.
async fn until<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(started.elapsed() < Duration::from_secs(10), "it never came");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn the_loops_do_it_all_and_end_when_they_are_told(world: World) {
    let scene = Scene::new(world).await;
    let (stop, shutdown) = watch::channel(false);
    let config = scene.fed.config().await.unwrap();
    let loops = [
        tokio::spawn(workers::receive(config, 4, shutdown.clone())),
        tokio::spawn(workers::tell(scene.fed.clone(), shutdown.clone())),
        tokio::spawn(workers::deliver(scene.fed.clone(), 4, shutdown.clone())),
        tokio::spawn(workers::work(scene.fed.clone(), shutdown)),
    ];
    let arrived = async || {
        let arrived = scene.b.arrived();
        (!arrived.is_empty()).then_some(arrived)
    };
    let asked = follow(&scene.bob, "1", &scene.group());
    scene.send(scene.letter(&scene.bob, &asked)).await.is(202);
    assert_eq!(until(arrived).await[0].kind(), "Accept");
    scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let create = until(arrived).await;
    assert_eq!((create.len(), create[0].kind().as_str()), (1, "Create"));

    stop.send_replace(true);
    for running in loops {
        let ended = tokio::time::timeout(Duration::from_secs(5), running).await;
        ended.expect("a loop ends when it is told").unwrap();
    }
}

async fn a_server_tells_what_software_it_is(world: World) {
    let scene = Scene::new(world).await;
    let peer = Peer::unnamed().await;
    let carla = peer.person("carla", 5);
    let link = |href: &str| {
        let rel = "http://nodeinfo.diaspora.software/ns/schema/2.0";
        serde_json::json!({ "links": [{ "rel": rel, "href": href }] }).to_string()
    };
    let evil = link("http://169.254.169.254/latest");
    peer.put("/.well-known/nodeinfo", Page::Typed("application/json", evil));
    scene.meet(&carla).await;
    let (stop, shutdown) = watch::channel(false);
    let running = tokio::spawn(workers::work(scene.fed.clone(), shutdown));
    let host = peer.host().to_owned();
    let known = async || {
        let host = host.clone();
        let row = scene.world.read(move |conn| db::instances::find(conn, &host)).await;
        row.filter(|row| row.checked_at.is_some())
    };
    assert_eq!(until(known).await.software, None, "FET-09: not asked at another address");

    let other = Peer::unnamed().await;
    let host = other.host().to_owned();
    let good = link(&other.at("/nodeinfo/2.0"));
    other.put("/.well-known/nodeinfo", Page::Typed("application/json", good));
    let software = serde_json::json!({ "software": { "name": "mastodon", "version": "4.6.5" } });
    other.put("/nodeinfo/2.0", Page::Typed("application/json", software.to_string()));
    scene.meet(&other.person("dora", 5)).await;
    let known = async || {
        let host = host.clone();
        let row = scene.world.read(move |conn| db::instances::find(conn, &host)).await;
        row.filter(|row| row.checked_at.is_some())
    };
    let row = until(known).await;
    assert_eq!(
        (row.software.as_deref(), row.version.as_deref()),
        (Some("mastodon"), Some("4.6.5"))
    );
    stop.send_replace(true);
    running.await.unwrap();
}
