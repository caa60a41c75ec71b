//! Markup that was made to take long, to grow, or to come through.

use std::time::{Duration, Instant};

use testkit::World;

use crate::{
    scene::Scene,
    words::{create, note, with},
};

testkit::both_engines!(
    markup_that_was_made_to_take_long_does_not,
    a_name_with_control_characters_is_one_line,
);

/// Texts of about 60 KB.
fn baits() -> Vec<(&'static str, String)> {
    let bold = (0..3_000).map(|number| format!("<b {number}>")).collect::<Vec<_>>().concat();
    let entity = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>";
    vec![
        ("PAR-09", "<b>".repeat(20_000)),
        ("PAR-09", "<p>".repeat(20_000)),
        ("PAR-09", "<div><blockquote>".repeat(3_500)),
        ("PAR-09", format!("<p>{bold}{}", "<p>x".repeat(8_000))),
        ("PAR-09", format!("{entity}{}", "&b;".repeat(20_000))),
        ("PAR-09", "<ul><li>".repeat(7_500)),
        ("PAR-10", format!("@{}", "a".repeat(60_000))),
        ("PAR-10", "@a".repeat(30_000)),
        ("PAR-10", "#".repeat(60_000)),
        ("PAR-10", format!("http://{}", "(".repeat(60_000))),
        ("PAR-10", "http://a.b/(".repeat(5_000)),
        ("PAR-16", "<math><mtext><table><mglyph><style>".repeat(1_700)),
        ("PAR-16", "<svg><style><!--</style><img src=x onerror=alert(1)>".repeat(1_100)),
        ("PAR-16", "<template><select><frameset>".repeat(2_000)),
        ("PAR-16", "</p></br></template></form><isindex>".repeat(1_600)),
        ("PAR-16", "<noscript><p title=\"</noscript><script>alert(1)</script>\">".repeat(1_000)),
    ]
}

async fn markup_that_was_made_to_take_long_does_not(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let need = scene.world.listing(need).await.ap_id;
    for (number, (id, bait)) in baits().into_iter().enumerate() {
        for kind in ["text/html", "text/markdown"] {
            let name = format!("{number}{}", kind.len());
            let said = with(note(&scene.bob, &name, &need, ""), "content", bait.as_str());
            let said = with(with(said, "mediaType", kind), "name", bait.get(..255).unwrap());
            let start = Instant::now();
            let (outcome, reason) = scene.outcome(&scene.bob, &create(&scene.bob, &said)).await;
            // Without optimisation it takes some thirty times as long as in a release.
            assert!(
                start.elapsed() < Duration::from_secs(3),
                "{id} {number} {:?}",
                start.elapsed()
            );
            assert_eq!(outcome, "done", "{id} {number}: {reason}");
            let id_of = said["id"].as_str().unwrap().to_owned();
            let row = scene.world.read(move |conn| db::replies::find_by_ap_id(conn, &id_of)).await;
            let html = row.unwrap().html;
            assert!(html.len() <= 2 * 400_000, "{id} {number}: {}", html.len());
            for bad in ["<script", "onerror=alert(1)>", "<img", "<svg", "<style", "<template"] {
                assert!(!html.contains(bad), "{id} {number}: {bad}");
            }
        }
    }
}

async fn a_name_with_control_characters_is_one_line(world: World) {
    let scene = Scene::new(world).await;
    let odd = format!("Eve\r\n2026-03-01 INFO all is well \u{1b}[31m{}", "x".repeat(500_000));
    let eve = scene.b.person("eve", 5);
    eve.change(|document| document["name"] = odd.clone().into());
    let eve = scene.meet(&eve).await;
    let name = scene.world.actor(eve).await.name;
    assert!(
        !name.contains(['\r', '\n', '\u{1b}']) && name.chars().count() <= 255,
        "PAR-17 {name:?}"
    );
}
