//! Saved searches, and whom a new listing concerns.

use domain::{PersonId, SearchId, listings::Purpose, search::Criteria};
use ops::{
    OpError,
    searches::{DeleteSearch, EditSearch, SaveSearch, matching},
};
use testkit::{World, content};

testkit::both_engines!(
    a_new_listing_names_those_who_look_for_it,
    nobody_keeps_more_than_fifty_searches,
    searches_of_others_are_not_there,
);

async fn save(world: &World, person: PersonId, query: &str, notify: bool) -> SearchId {
    let search =
        SaveSearch { name: query.to_owned(), criteria: Criteria::parse(query).unwrap(), notify };
    world.done(world.local(person), search).await
}

async fn a_new_listing_names_those_who_look_for_it(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let [bea, cho, dai, eve] = [
        world.person("bea").await,
        world.person("cho").await,
        world.person("dai").await,
        world.person("eve").await,
    ];
    save(&world, ada, "q=sillas", true).await;
    save(&world, bea, "q=silla&purpose=need", true).await;
    save(&world, bea, "purpose=need", true).await;
    save(&world, cho, "q=silla&purpose=offer", true).await;
    save(&world, dai, "q=silla", false).await;
    let changed = save(&world, eve, "q=mesas", true).await;
    let need = world.need(garden, ada, "Veinte sillas").await;
    let row = world.listing(need).await;
    let asked = row.clone();
    assert_eq!(world.read(move |conn| matching_of(conn, &asked)).await, [bea]);
    let edit = EditSearch {
        search: changed,
        name: None,
        criteria: Some(Criteria::parse("language=es").unwrap()),
        notify: None,
    };
    world.done(world.local(eve), edit).await;
    assert_eq!(world.read(move |conn| matching_of(conn, &row)).await, [bea, eve]);
    let draft = world.draft(garden, ada, content(Purpose::Need, "Sillas")).await;
    let draft = world.listing(draft).await;
    assert_eq!(world.read(move |conn| matching_of(conn, &draft)).await, []);
}

fn matching_of(conn: &mut db::Conn, row: &db::listings::ListingRow) -> db::Result<Vec<PersonId>> {
    matching(conn, row).map_err(|err| match err {
        OpError::Storage(err) => err,
        other => panic!("{other:?}"),
    })
}

async fn nobody_keeps_more_than_fifty_searches(world: World) {
    let ada = world.person("ada").await;
    for number in 0..50 {
        save(&world, ada, &format!("q={number}"), false).await;
    }
    let one_more =
        SaveSearch { name: "One more".to_owned(), criteria: Criteria::default(), notify: false };
    assert_eq!(world.invalid(world.local(ada), one_more).await.field, "query");
    let nameless =
        SaveSearch { name: " ".to_owned(), criteria: Criteria::default(), notify: false };
    let bea = world.person("bea").await;
    assert_eq!(world.invalid(world.local(bea), nameless).await.field, "name");
}

async fn searches_of_others_are_not_there(world: World) {
    let (ada, eve) = (world.person("ada").await, world.person("eve").await);
    let search = save(&world, ada, "q=sillas", true).await;
    let edit = EditSearch { search, name: None, criteria: None, notify: Some(false) };
    let failure = world.failed(world.local(eve), edit).await;
    assert!(matches!(failure, OpError::NotFound("search")));
    let failure = world.failed(world.local(eve), DeleteSearch { search }).await;
    assert!(matches!(failure, OpError::NotFound("search")));
    world.done(world.local(ada), DeleteSearch { search }).await;
    assert_eq!(world.rows().await.count("saved_searches"), 0);
}
