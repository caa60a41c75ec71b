//! What nobody should look for: a clear answer, or nothing found; never a broken query. Rows: API-15, API-16,
//! API-17.

use serde_json::json;
use testkit::World;

use super::{encoded, garden};
use crate::client::get;

testkit::both_engines!(
    filters_that_cannot_be_are_refused_by_their_names,
    nothing_that_is_typed_breaks_a_search,
);

async fn filters_that_cannot_be_are_refused_by_their_names(world: World) {
    for (query, field) in [
        ("type=everything", "type"),
        ("purpose=sale", "purpose"),
        ("kind='", "kind"),
        ("category=%00", "category"),
        ("terms=price", "terms"),
        ("urgency=now", "urgency"),
        ("language=e", "language"),
        ("open=1", "open"),
        ("open=", "open"),
        ("tag=two+words", "tag"),
        ("tag=%23", "tag"),
        ("tag=", "tag"),
        ("language=", "language"),
        ("q=chairs&purpose=+", "purpose"),
        ("near=here", "near"),
        ("near=41.4,2.16&radius=40000000", "radius"),
        ("near=41.4,2.16&radius=1e999", "radius"),
        ("near=1e999,2.16", "near"),
        ("radius=5", "near"),
        ("from=yesterday", "from"),
        ("until=9999999999-01-01T00:00:00Z", "until"),
        ("limit=1000000000", "limit"),
    ] {
        let answer = get(&format!("/search?{query}")).send(&world).await;
        answer.problem(422, "invalid").field(field);
    }
}

async fn nothing_that_is_typed_breaks_a_search(world: World) {
    let (garden, ada) = garden(&world).await;
    world.need(garden, ada, "Chairs").await;
    let token = world.token(ada, "read").await;
    let (many, long, words) = ("%".repeat(1_000), "x".repeat(10_240), "a ".repeat(13));
    let long_rtl = "שלום ".repeat(12);
    for kind in ["listings", "collectives", "people"] {
        for (asked, status) in [
            ("a:*&b:*", 200),
            ("\"", 200),
            ("\"unbalanced", 200),
            ("'", 200),
            ("'; DROP TABLE listings; --", 200),
            ("foo & | ! <-> (", 200),
            ("NEAR(a b, 2)", 200),
            ("words : x", 200),
            ("id:*", 200),
            ("{words} : x", 200),
            ("^x -y +z", 200),
            ("AND OR NOT", 200),
            ("\u{202e}slairahc\u{202c}", 200),
            ("%_\\", 200),
            ("\u{0}x", 200),
            ("$1 ? :x @x", 200),
            ("{{7*7}} ${7*7} $(id)", 200),
            ("👩‍🌾 🧑🏿", 200),
            (long_rtl.as_str(), 200),
            (many.as_str(), 422),
            (long.as_str(), 422),
            (words.as_str(), 422),
        ] {
            let path = format!("/search?type={kind}&q={}", encoded(asked));
            let answer = get(&path).by(&token).send(&world).await.is(status);
            if status == 200 {
                assert_eq!(answer.json["items"], json!([]), "{kind} {asked}");
            } else {
                answer.problem(422, "invalid").field("q");
            }
        }
    }
    for query in ["q=%ff%fe", "q=%", "%ff=%ff", "q[]=x", "q=x&q=y", "=", "&&&"] {
        let answer = get(&format!("/search?{query}")).send(&world).await;
        assert!(matches!(answer.status.as_u16(), 200 | 422), "{query}: {}", answer.text);
    }
}
