//! What somebody takes along.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use domain::{
    PersonId,
    listings::{Content, Purpose, Signature},
    memberships::Role,
};
use ops::{
    agreements::OfferAgreement,
    export::archive,
    follows::AskFollow,
    memberships::ChangeRole,
    searches::SaveSearch,
    templates::{CreateTemplate, Template},
};
use serde_json::Value;
use testkit::{World, content};

testkit::both_engines!(
    prv_10_everything_of_theirs_is_in_it,
    prv_10_nothing_of_anybody_else_is,
    nothing_that_opens_anything_is,
    many_pages_of_answers_are_all_there,
    prv_10_what_they_were_told_and_keep_for_later_is_in_it,
);

async fn files(world: &World, person: PersonId) -> BTreeMap<String, String> {
    let (account, site, now) = (world.account(person).await, world.site.clone(), world.now());
    let bytes = world.read(move |conn| archive(conn, &site, &account, now)).await;
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for place in 0..zip.len() {
        let mut file = zip.by_index(place).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        if file.name().split('.').next_back() == Some("json") {
            serde_json::from_str::<Value>(&text).expect(&text);
        }
        files.insert(file.name().to_owned(), text);
    }
    files
}

fn json(files: &BTreeMap<String, String>, name: &str) -> Value {
    serde_json::from_str(&files[name]).unwrap()
}

/// A person who did a little of everything.
async fn busy(world: &World) -> PersonId {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.member(garden, "bea", Role::Member).await;
    let need = world.need(garden, ada, "Chairs").await;
    let bob = world.remote_person("bob@b.example").await;
    world.done(world.local(bea), AskFollow { followed: bob }).await;
    world.done(world.local(bea), AskFollow { followed: garden.actor() }).await;
    world.answer(need, bea, "I have \"four\", =really").await;
    world.draft(garden, bea, content(Purpose::Offer, "A ladder")).await;
    let signed = Content { signed_by: Signature::Member, ..content(Purpose::Offer, "A room") };
    world.publish(garden, bea, signed).await;
    let offer = OfferAgreement { listing: need, quantity: None, text: "Take them".to_owned() };
    world.done(world.local(bea), offer).await;
    let search = SaveSearch {
        name: "Seats".to_owned(),
        criteria: domain::search::Criteria::parse("q=chairs").unwrap(),
        notify: true,
    };
    world.done(world.local(bea), search).await;
    world.token(bea, "read").await;
    world.session(bea).await;
    bea
}

async fn prv_10_everything_of_theirs_is_in_it(world: World) {
    let bea = busy(&world).await;
    let files = files(&world, bea).await;
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "account.json",
            "actor.json",
            "agreements.json",
            "blocks.json",
            "follows.csv",
            "follows.json",
            "listings.csv",
            "listings.json",
            "memberships.json",
            "notifications.json",
            "outbox.json",
            "reactions.json",
            "replies.csv",
            "replies.json",
            "searches.json",
            "sessions.json",
            "templates.json",
            "tokens.json",
        ]
    );
    assert_eq!(json(&files, "account.json")["email"], "bea@mail.example");
    let actor = json(&files, "actor.json");
    assert_eq!((&actor["type"], &actor["preferredUsername"]), (&"Person".into(), &"bea".into()));
    let outbox = json(&files, "outbox.json");
    assert_eq!(outbox["type"], "OrderedCollection");
    assert_eq!(outbox["totalItems"], 2);
    assert_eq!(outbox["orderedItems"][0]["type"], "Create");
    assert_eq!(outbox["orderedItems"][1]["object"]["name"], "A room");
    assert_eq!(json(&files, "memberships.json")[0]["role"], "member");
    assert_eq!(json(&files, "listings.json").as_array().unwrap().len(), 2, "drafts too");
    assert_eq!(json(&files, "replies.json")[0]["text"], "I have \"four\", =really");
    assert_eq!(json(&files, "agreements.json")[0]["text"], "Take them");
    assert_eq!(json(&files, "searches.json")[0]["query"], "q=chairs");
    assert_eq!(json(&files, "sessions.json")[0]["name"], "Firefox on Linux");
    assert_eq!(json(&files, "follows.json").as_array().unwrap().len(), 2);
    assert_eq!(
        files["follows.csv"],
        "Account address,Show boosts,Notify on new posts,Languages\r\n\
         garden@a.example,true,false,\r\n",
        "what is only asked is no follow"
    );
    assert!(files["replies.csv"].contains("\"I have \"\"four\"\", =really\""));
    assert!(files["listings.csv"].contains(",A ladder,,draft,,"), "{}", files["listings.csv"]);
}

async fn prv_10_nothing_of_anybody_else_is(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.member(garden, "bea", Role::Member).await;
    let need = world.need(garden, ada, "Chairs").await;
    world.draft(garden, ada, content(Purpose::Need, "A secret of Ada")).await;
    world.answer(need, ada, "Words of Ada").await;
    world.answer(need, bea, "Words of Bea").await;
    let all: String = files(&world, bea).await.into_values().collect();
    assert!(all.contains("Words of Bea"));
    for foreign in ["ada@mail.example", "A secret of Ada", "Words of Ada"] {
        assert!(!all.contains(foreign), "{foreign}");
    }
}

async fn prv_10_what_they_were_told_and_keep_for_later_is_in_it(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.member(garden, "bea", Role::Delegate).await;
    let need = world.need(garden, ada, "Chairs").await;
    let offer = OfferAgreement { listing: need, quantity: None, text: "Take them".to_owned() };
    let eve = world.person("eve").await;
    let agreement = world.done(world.local(eve), offer).await;
    for (who, name) in [(ada, "Boxes of Ada"), (bea, "Boxes of Bea")] {
        let form = r#"{"purpose":"need","kind":"goods","title":"Boxes"}"#.to_owned();
        let template = Template { name: name.to_owned(), form, recurs: None, next_at: None };
        let create = CreateTemplate { collective: garden, template };
        world.done(world.local(who), create).await;
    }
    let hers = files(&world, bea).await;
    let told = json(&hers, "notifications.json");
    let told: Vec<_> = told.as_array().unwrap().iter().map(|it| &it["agreement"]).collect();
    assert!(told.contains(&&Value::from(agreement.to_string())), "{told:?}");
    assert!(hers["notifications.json"].contains("eve@a.example"));
    let kept = json(&hers, "templates.json");
    assert_eq!(kept.as_array().unwrap().len(), 1, "what others made is theirs");
    assert_eq!(
        (&kept[0]["name"], &kept[0]["form"]["title"]),
        (&"Boxes of Bea".into(), &"Boxes".into())
    );
    let role = ChangeRole { collective: garden, member: bea, role: Role::Member };
    world.done(world.local(ada), role).await;
    let hers = files(&world, bea).await;
    assert_eq!(
        json(&hers, "templates.json"),
        Value::Array(Vec::new()),
        "members read no templates"
    );
}

async fn nothing_that_opens_anything_is(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read").await;
    let (secret, csrf) = world.session(ada).await;
    let (shared, codes) = world.two_steps(ada).await;
    let all: String = files(&world, ada).await.into_values().collect();
    let told = ops::totp::offered(&world.site, "ada", &shared).secret;
    for secret in [&token, &secret, &csrf, &told, &codes[0]] {
        assert!(!all.contains(secret.as_str()));
    }
    assert!(!all.contains("argon2") && !all.contains("PRIVATE KEY"));
    assert!(all.contains("\"two_steps\": true"));
}

async fn many_pages_of_answers_are_all_there(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    for number in 0..520 {
        world.answer(need, ada, &format!("Answer {number}")).await;
    }
    let files = files(&world, ada).await;
    assert_eq!(json(&files, "replies.json").as_array().unwrap().len(), 520);
    assert_eq!(json(&files, "outbox.json")["totalItems"], 520);
    assert_eq!(files["replies.csv"].lines().count(), 521);
}
