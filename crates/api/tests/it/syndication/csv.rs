//! CSV, as the csv crate reads it.

use std::collections::BTreeMap;

use domain::listings::{Content, Purpose, Signature};
use testkit::{World, content};

use super::{chairs, hear, told};
use crate::client::outside;

testkit::both_engines!(
    a_spreadsheet_reads_the_table,
    no_cell_is_a_formula,
    a_table_holds_everything_that_was_published,
);

type Row = BTreeMap<String, String>;

async fn read(world: &World, path: &str) -> Vec<Row> {
    let answer = outside(path).send(world).await.is(200);
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"listings.csv\"");
    let mut reader = csv::Reader::from_reader(answer.text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::Result<csv::StringRecord>| -> Row {
        let record = record.unwrap();
        header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(row).collect()
}

async fn a_spreadsheet_reads_the_table(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.publish(garden, ada, chairs()).await;
    let rows = read(&world, "/feeds/c/garden.csv").await;
    assert_eq!(rows.len(), 1);
    let id = need.to_string();
    for (column, want) in [
        ("id", id.as_str()),
        ("url", &format!("https://a.example/listings/{id}")),
        ("collective", "garden"),
        ("collective_address", "garden@a.example"),
        ("signed_by", ""),
        ("purpose", "need"),
        ("kind", "goods"),
        ("state", "open"),
        ("title", "20 chairs"),
        ("text", "For the harvest supper.\n\nSee https://a.example/c/garden, & bring <two>."),
        ("category", "food"),
        ("terms", "loan"),
        ("quantity", "20"),
        ("remaining", "20"),
        ("unit", "one"),
        ("place", "The mill"),
        ("latitude", "41.4"),
        ("longitude", "2.16"),
        ("radius", "500"),
        ("starts_at", "2026-03-14T08:00:00Z"),
        ("ends_at", "2026-03-15T08:00:00Z"),
        ("expires_at", "2026-03-14T00:00:00Z"),
        ("language", "es"),
        ("urgency", ""),
        ("published_at", "2026-03-01T10:00:00Z"),
        ("updated_at", "2026-03-01T10:00:00Z"),
    ] {
        assert_eq!(rows[0].get(column).map(String::as_str), Some(want), "{column}");
    }
    assert_eq!(rows[0].len(), 26);
}

async fn no_cell_is_a_formula(world: World) {
    let bakery = world.remote_collective("bakery@b.example").await;
    for (number, title) in [(1, "=1+1"), (2, "+1"), (3, "-1"), (4, "@x"), (5, "a\"b,c\nd")] {
        hear(&world, told(number, title, bakery)).await;
    }
    let rows = read(&world, "/feeds/listings.csv").await;
    let mut titles: Vec<&str> = rows.iter().map(|row| row["title"].as_str()).collect();
    titles.sort_unstable();
    assert_eq!(titles, ["'+1", "'-1", "'=1+1", "'@x", "a\"b,c\nd"]);
}

async fn a_table_holds_everything_that_was_published(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let signed = Content { signed_by: Signature::Member, ..content(Purpose::Offer, "Hands") };
    world.publish(garden, ada, signed).await;
    for number in 0..60 {
        world.need(garden, ada, &format!("Need {number}")).await;
    }
    let done = world.need(garden, ada, "Done").await;
    let token = world.token(ada, "read write").await;
    let step = crate::client::post(&format!("/listings/{done}/fulfil"), &serde_json::json!({}));
    step.by(&token).send(&world).await.is(200);
    let rows = read(&world, "/feeds/listings.csv").await;
    assert_eq!(rows.len(), 62, "more than a page of the API");
    assert_eq!((rows[0]["title"].as_str(), rows[0]["state"].as_str()), ("Done", "fulfilled"));
    assert_eq!(rows[61]["signed_by"], "ada");
    assert_eq!(read(&world, "/feeds/listings.csv?open=true&purpose=offer").await.len(), 1);
    assert_eq!(outside("/feeds/listings.csv").send(&world).await.header("link"), "");
}
