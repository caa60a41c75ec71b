//! iCalendar, as the ical crate reads it.

use domain::listings::{Content, Purpose, Window};
use ical::{IcalParser, parser::ical::component::IcalCalendar, property::Property};
use ops::listings::RecordListing;
use testkit::{World, content};

use super::{at, chairs, hear, told};
use crate::client::{outside, post};

testkit::both_engines!(
    a_calendar_holds_what_has_a_time,
    what_is_called_off_is_cancelled,
    the_words_of_others_break_no_calendar,
);

async fn read(world: &World, path: &str) -> IcalCalendar {
    let answer = outside(path).send(world).await.is(200);
    for line in answer.text.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\n', '\r']), "{line:?}");
    }
    let mut calendars: Vec<_> = IcalParser::new(answer.text.as_bytes()).collect();
    assert_eq!(calendars.len(), 1);
    calendars.remove(0).unwrap_or_else(|err| panic!("{err}: {}", answer.text))
}

fn value<'p>(properties: &'p [Property], name: &str) -> Option<&'p str> {
    let mut found = properties.iter().filter(|property| property.name == name);
    let value = found.next()?.value.as_deref();
    assert!(found.next().is_none(), "{name} is there twice");
    value
}

async fn a_calendar_holds_what_has_a_time(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.need(garden, ada, "Whenever").await;
    let need = world.publish(garden, ada, chairs()).await;
    let until = Window { ends_at: Some(at("2026-04-01T00:00:00Z")), ..Window::default() };
    let until = Content { window: until, ..content(Purpose::Offer, "Until April") };
    world.publish(garden, ada, until).await;
    for path in ["/feeds/listings.ics", "/feeds/c/garden.ics"] {
        let calendar = read(&world, path).await;
        assert_eq!(value(&calendar.properties, "VERSION"), Some("2.0"));
        assert!(value(&calendar.properties, "PRODID").unwrap().contains("Tequio"));
        assert_eq!(calendar.events.len(), 2, "what has no time is in no calendar");
        let until = &calendar.events[0].properties;
        assert_eq!(value(until, "DTSTART"), Some("20260401T000000Z"));
        assert_eq!(value(until, "DTEND"), None, "an end must be after its beginning");
        let id = format!("https://a.example/listings/{need}");
        let event = &calendar.events[1].properties;
        for (name, want) in [
            ("UID", id.as_str()),
            ("URL", &id),
            ("DTSTAMP", "20260301T100000Z"),
            ("DTSTART", "20260314T080000Z"),
            ("DTEND", "20260315T080000Z"),
            ("SUMMARY", "Need: 20 chairs"),
            ("LOCATION", "The mill"),
            ("GEO", "41.4;2.16"),
            ("STATUS", "CONFIRMED"),
            ("CATEGORIES", "need,goods,loan,food"),
        ] {
            assert_eq!(value(event, name), Some(want), "{path} {name}");
        }
        let text = value(event, "DESCRIPTION").unwrap();
        let want = "For the harvest supper.\\n\\nSee https://a.example/c/garden\\, & bring <two>.";
        assert_eq!(text, want);
    }
}

async fn what_is_called_off_is_cancelled(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.publish(garden, ada, chairs()).await;
    let token = world.token(ada, "read write").await;
    world.clock.advance(60);
    let step = post(&format!("/listings/{need}/withdraw"), &serde_json::json!({}));
    step.by(&token).send(&world).await.is(200);
    let calendar = read(&world, "/feeds/listings.ics").await;
    let event = &calendar.events[0].properties;
    assert_eq!(value(event, "STATUS"), Some("CANCELLED"));
    assert_eq!(value(event, "SEQUENCE"), Some("2"));
    assert_eq!(value(event, "DTSTAMP"), Some("20260301T100100Z"));
    assert!(read(&world, "/feeds/listings.ics?open=true").await.events.is_empty());
}

async fn the_words_of_others_break_no_calendar(world: World) {
    let bakery = world.remote_collective("bakery@b.example").await;
    let odd = RecordListing {
        html: format!("<p>{}</p><p>END:VEVENT</p>", "\u{8001}\u{864e}, ".repeat(400)),
        place: Some("a\r\nATTENDEE:x;b".to_owned()),
        starts_at: Some(at("2026-03-14T09:00:00Z")),
        ..told(1, "x\r\nEND:VCALENDAR\r\n; \\, y", bakery)
    };
    hear(&world, odd).await;
    let calendar = read(&world, "/feeds/c/bakery@b.example.ics").await;
    assert_eq!(calendar.events.len(), 1);
    let event = &calendar.events[0].properties;
    assert_eq!(value(event, "SUMMARY"), Some("Offer: x END:VCALENDAR \\; \\\\\\, y"));
    assert_eq!(value(event, "ATTENDEE"), None);
    assert!(value(event, "DESCRIPTION").unwrap().ends_with("END:VEVENT"));
}
