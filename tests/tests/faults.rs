//! What the server stands on gives way: the database is away, slow, locked, or full, or there are too few files.
//!
//! Whatever was answered with a yes is there afterwards, and nobody is told that it is the server's own fault.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Database, Engine};
use tokio::net::TcpStream;

use crate::support::{
    Cable, Lemmy, Person, Program, at, both_engines, client, eventually, fetch_status, on,
};

both_engines! {
    a_full_disk_stops_what_is_written_and_nothing_else,
    whoever_waits_for_a_lock_too_long_is_told_to_come_back,
    too_many_visitors_for_the_files_there_may_be_do_not_end_the_server,
}

/// What only PostgreSQL can suffer; SQLite is no server that could go away.
macro_rules! on_postgres {
    ($($case:ident),+ $(,)?) => {$(
        mod $case {
            #[test]
            fn postgres() {
                super::on(testkit::Engine::Postgres, super::$case);
            }
        }
    )+};
}

on_postgres! {
    a_database_that_is_away_is_waited_for_and_nothing_is_lost,
    connections_that_the_database_ends_are_made_anew,
    a_slow_database_makes_slow_answers_and_no_wrong_ones,
}

fn need(title: &str) -> Value {
    json!({ "purpose": "need", "kind": "goods", "title": title })
}

async fn post(person: &Person, title: &str) -> u16 {
    person.ask(Method::POST, "collectives/garden/listings", Some(need(title))).await.0
}

/// The status of a page, and for how many seconds whoever asked shall wait.
async fn look(address: &str) -> (u16, Option<u64>) {
    let answer = client().get(address).send().await.unwrap();
    let wait = answer.headers().get("retry-after");
    let seconds = wait.and_then(|value| value.to_str().ok()?.parse().ok());
    (answer.status().as_u16(), seconds)
}

async fn at_the_page(page: String) -> u16 {
    look(&page).await.0
}

/// How many needs stand open in the garden.
async fn open_needs(person: &Person) -> i64 {
    person.get("collectives/garden").await["open_needs"].as_i64().unwrap()
}

async fn a_database_that_is_away_is_waited_for_and_nothing_is_lost(engine: Engine) {
    let database = Database::empty(engine);
    let cable = Cable::to(database.address()).await;
    let program = Program::new(&cable.address);
    let nuria = program.person("nuria");
    let lemmy = Lemmy::start();
    let server = program.serve().await;
    let base = server.base.clone();
    nuria.found("garden").await;
    assert_eq!(post(&nuria, "Before").await, 201);
    let voice = format!("{base}/c/garden");
    let follow = json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{}/activities/follow/1", lemmy.base),
        "type": "Follow",
        "actor": lemmy.carla(),
        "object": voice,
    });

    cable.pull();
    let asked = Instant::now();
    let paths = ["health", "c/garden", "api/v1/collectives/garden", "collectives"];
    let addresses = paths.map(|path| format!("{base}/{path}"));
    let (posted, sent, health, page, api, list) = tokio::join!(
        post(&nuria, "Meanwhile"),
        lemmy.send(&base, &follow),
        look(&addresses[0]),
        look(&addresses[1]),
        look(&addresses[2]),
        look(&addresses[3]),
    );
    assert_eq!(posted, 503, "DBF-01: a client may try again");
    assert_eq!(sent, 503, "DBF-01: a server tries again");
    for (path, (status, wait)) in paths.into_iter().zip([health, page, api, list]) {
        assert_eq!(status, 503, "DBF-01: {path}");
        assert!(wait.is_some_and(|seconds| (1..=60).contains(&seconds)), "DBF-01: {path} {wait:?}");
    }
    println!("six answers in {:?} without a database", asked.elapsed());

    cable.put_back();
    let back = Instant::now();
    eventually("a need being taken", async || (post(&nuria, "After").await == 201).then_some(()))
        .await;
    assert!(back.elapsed() < Duration::from_secs(5), "DBF-01: {:?}", back.elapsed());
    assert_eq!(open_needs(&nuria).await, 2, "DBF-01: what was answered, and no more");
    assert_eq!(lemmy.send(&base, &follow).await, 202);
    eventually("Carla following", async || {
        let garden = nuria.get("collectives/garden").await;
        (garden["followers"] == 1).then_some(())
    })
    .await;
    drop(server);
}

async fn connections_that_the_database_ends_are_made_anew(engine: Engine) {
    let database = Database::empty(engine);
    let program = Program::new(database.address());
    let nuria = program.person("nuria");
    let _server = program.serve().await;
    nuria.found("garden").await;
    database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    let mut statuses = Vec::new();
    for number in 0..30 {
        statuses.push(post(&nuria, &format!("Need {number}")).await);
    }
    let taken = statuses.iter().filter(|status| **status == 201).count();
    let failed: Vec<u16> = statuses.into_iter().filter(|status| *status != 201).collect();
    println!("{} of 30 failed", failed.len());
    assert!(failed.iter().all(|status| *status == 503), "DBF-02: {failed:?}");
    // One for each connection of the pool, at most.
    assert!(failed.len() <= 8, "DBF-02: {failed:?}");
    assert_eq!(open_needs(&nuria).await, i64::try_from(taken).unwrap(), "DBF-02");
}

async fn a_slow_database_makes_slow_answers_and_no_wrong_ones(engine: Engine) {
    let database = Database::empty(engine);
    let cable = Cable::to(database.address()).await;
    let program = Program::new(&cable.address);
    let nuria = program.person("nuria");
    let server = program.serve().await;
    nuria.found("garden").await;
    cable.lengthen(Duration::from_millis(200));
    let page = format!("{}/c/garden", server.base);
    let visit = async |visitors: usize| {
        let page = page.clone();
        let all: tokio::task::JoinSet<_> =
            std::iter::repeat_with(|| at_the_page(page.clone())).take(visitors).collect();
        all.join_all().await
    };
    // As many as there are connections for: each waits, and nobody is sent away.
    let (posted, seen) = tokio::join!(post(&nuria, "Slowly"), visit(3));
    assert_eq!((posted, seen), (201, vec![200; 3]), "DBF-07");
    // A crowd: who would wait too long is told so, and what was taken is there.
    let (posted, seen) = tokio::join!(post(&nuria, "In a crowd"), visit(16));
    for status in seen.into_iter().chain([posted]) {
        assert!([200, 201, 503].contains(&status), "DBF-05, DBF-07: {status}");
    }
    assert_eq!(post(&nuria, "After the crowd").await, 201, "DBF-07");
    cable.lengthen(Duration::ZERO);
    assert_eq!(look(&page).await.0, 200, "DBF-07: nothing is left of it");
    let taken = if posted == 201 { 3 } else { 2 };
    assert_eq!(open_needs(&nuria).await, taken, "DBF-07");
}

async fn whoever_waits_for_a_lock_too_long_is_told_to_come_back(engine: Engine) {
    let database = Database::empty(engine);
    let program = Program::new(database.address());
    let nuria = program.person("nuria");
    let server = program.serve().await;
    nuria.found("garden").await;
    let listing = nuria.need("garden", "Twenty chairs").await;
    let path = at("listings", &listing, "");
    let edit = || nuria.ask(Method::PATCH, &path, Some(json!({ "title": "Thirty chairs" })));
    // SQLite has one who writes; PostgreSQL locks the row of the listing.
    let held = database.hold(match engine {
        Engine::Sqlite => "UPDATE listings SET title = 'Nothing'",
        Engine::Postgres => "SELECT 1 FROM listings FOR UPDATE",
    });
    let asked = Instant::now();
    let (status, told) = edit().await;
    println!("told after {:?}", asked.elapsed());
    assert_eq!(status, 503, "DBF-04, DBF-08: {told}");
    assert!(asked.elapsed() < Duration::from_secs(15), "DBF-04: {:?}", asked.elapsed());
    if engine == Engine::Postgres {
        assert_eq!(post(&nuria, "Another").await, 201, "DBF-04: it is locked alone");
    }
    assert_eq!(fetch_status(&format!("{}/c/garden", server.base)).await, Some(200), "DBF-04");
    drop(held);
    let (status, edited) = edit().await;
    assert_eq!((status, &edited["title"]), (200, &json!("Thirty chairs")), "DBF-04, DBF-08");
}

/// On SQLite, the folder of the server is a small disk of its own. PostgreSQL has its own disk, and tells.
async fn a_full_disk_stops_what_is_written_and_nothing_else(engine: Engine) {
    const LEFT: usize = 1_500_000;
    let database = match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some(Database::empty(engine)),
    };
    let mut program = match &database {
        Some(database) => Program::new(database.address()),
        None => Program::new("sqlite://disk/tequio.sqlite3"),
    };
    program.write("disk/note", "");
    let nuria = program.person("nuria");
    if engine == Engine::Sqlite {
        program.on_a_small_disk("disk", LEFT);
    }
    let server = program.serve().await;
    nuria.found("garden").await;
    if let Some(database) = &database {
        database.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE \
             EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; \
             END $$; CREATE TRIGGER full_disk BEFORE INSERT ON listings \
             EXECUTE FUNCTION full_disk();",
        );
    }
    let text = "Flour, and water. ".repeat(250);
    let (mut taken, mut status) = (0, 201);
    while status == 201 && taken < 2_000 {
        let body = json!({ "purpose": "need", "kind": "goods", "title": "Bread", "text": text });
        (status, _) = nuria.ask(Method::POST, "collectives/garden/listings", Some(body)).await;
        taken += i64::from(status == 201);
    }
    println!("full after {taken} needs");
    assert_eq!(status, 503, "DBF-03: told to come back");
    assert_eq!(fetch_status(&format!("{}/c/garden", server.base)).await, Some(200), "DBF-03");
    assert_eq!(open_needs(&nuria).await, taken, "DBF-03: what was answered is there");

    if let Some(database) = &database {
        database.execute("DROP TRIGGER full_disk ON listings");
    } else {
        let ballast = program.folder.path().join("disk/ballast");
        server.on_its_disk(&["rm", ballast.to_str().unwrap()]);
    }
    eventually("a need being taken", async || (post(&nuria, "After").await == 201).then_some(()))
        .await;
    assert_eq!(open_needs(&nuria).await, taken + 1, "DBF-03");
}

async fn too_many_visitors_for_the_files_there_may_be_do_not_end_the_server(engine: Engine) {
    let database = Database::empty(engine);
    let mut program = Program::new(database.address());
    let nuria = program.person("nuria");
    program.with_at_most_files(160);
    let mut server = program.serve().await;
    nuria.found("garden").await;
    let mut idle = Vec::new();
    for _ in 0..300 {
        let connect = TcpStream::connect(("127.0.0.1", program.port));
        if let Ok(Ok(stream)) = tokio::time::timeout(Duration::from_secs(1), connect).await {
            idle.push(stream);
        }
    }
    assert!(200 < idle.len(), "{}", idle.len());
    drop(idle);
    eventually("a page", async || {
        let address = format!("{}/c/garden", program.base());
        let page = fetch_status(&address);
        let page = tokio::time::timeout(Duration::from_secs(2), page).await;
        (page == Ok(Some(200))).then_some(())
    })
    .await;
    assert_eq!(post(&nuria, "After").await, 201, "DBF-10");
    server.answers().await;
}
