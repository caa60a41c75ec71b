//! Starting, being well, and ending.

use std::time::{Duration, Instant};

use testkit::{Database, Engine};

use crate::support::{Program, both_engines, fetch, fetch_status, free_port};

both_engines! {
    a_server_that_is_asked_to_end_under_load_ends_well_and_soon,
    a_second_start_is_ready_at_once,
    two_servers_on_one_port_are_one_too_many,
}

async fn a_server_that_is_asked_to_end_under_load_ends_well_and_soon(engine: Engine) {
    let database = Database::empty(engine);
    let program = Program::new(database.address());
    let nuria = program.person("nuria");
    let server = program.serve().await;
    nuria.found("garden").await;
    let load = async {
        let mut answered = 0_u32;
        let health = format!("{}/c/garden", program.base());
        while fetch_status(&health).await.is_some() {
            answered += 1;
        }
        answered
    };
    let writes = async {
        let mut posted = 0_u32;
        let path = format!("{}/health", program.base());
        while fetch_status(&path).await.is_some() {
            nuria.try_need("garden", "A ladder").await;
            posted += 1;
        }
        posted
    };
    let end = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        server.terminate().await
    };
    let (answered, posted, (status, took)) = tokio::join!(load, writes, end);
    println!("{answered} pages, {posted} needs; ended after {took:?}");
    assert!(0 < answered && 0 < posted);
    assert_eq!(status.code(), Some(0));
    assert!(took < Duration::from_secs(10), "{took:?}");
    // What was answered is there.
    let _server = program.serve().await;
    let listed = nuria.get("collectives/garden").await;
    assert!(0 < listed["open_needs"].as_i64().unwrap());
}

async fn a_second_start_is_ready_at_once(engine: Engine) {
    let database = Database::empty(engine);
    let program = Program::new(database.address());
    let first = program.spawn().answers().await;
    let second = program.spawn().answers().await;
    println!("ready after {first:?} on a new database, after {second:?} on an existing one");
    assert!(second < Duration::from_secs(5), "{second:?}");
}

async fn two_servers_on_one_port_are_one_too_many(engine: Engine) {
    let database = Database::empty(engine);
    let program = Program::new(database.address());
    let server = program.serve().await;
    let start = Instant::now();
    let said = program.run(&["serve"]);
    assert_eq!(said.code, Some(1), "{said:#?}");
    let port = program.port;
    let sentence =
        format!("127.0.0.1:{port} cannot be listened on; is another server running there?");
    assert!(said.err.contains(&sentence), "{said:#?}");
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(fetch_status(&format!("{}/health", server.base)).await, Some(200));
}

#[tokio::test]
async fn api_28_what_is_measured_is_told_on_a_listener_of_its_own_alone() {
    let database = Database::empty(Engine::Sqlite);
    let mut program = Program::new(database.address());
    let port = free_port();
    program.set("TEQUIO__METRICS__BIND", format!("127.0.0.1:{port}"));
    let server = program.serve().await;
    let inside = fetch_status(&format!("http://127.0.0.1:{port}/metrics")).await;
    assert_eq!(inside, Some(200), "there is something to keep inside");
    for path in ["metrics", "metrics/", "debug/pprof", "debug", "admin/metrics", "api/v1/metrics"] {
        let status = fetch_status(&format!("{}/{path}", server.base)).await;
        assert_eq!(status, Some(404), "API-28: /{path}");
    }
    let (_, health) = fetch(&format!("{}/health", server.base)).await;
    let told: Vec<&String> = health.as_object().unwrap().keys().collect();
    assert_eq!(told, ["status", "secure"], "API-28: no details");
    let shipped = include_str!("../../config/default.toml");
    let (_, metrics) = shipped.split_once("[metrics]").unwrap();
    let bind = metrics.lines().find(|line| line.starts_with("bind = ")).unwrap();
    assert!(bind.starts_with("bind = \"127.0.0.1:"), "API-28: {bind}");
}

#[tokio::test]
async fn health_tells_whether_a_server_is_well() {
    let database = Database::empty(Engine::Sqlite);
    let program = Program::new(database.address());
    let ill = program.run(&["health"]);
    assert_eq!(ill.code, Some(1), "{ill:#?}");
    assert!(ill.err.contains(&format!("nobody listens at 127.0.0.1:{}", program.port)), "{ill:#?}");
    let _server = program.serve().await;
    let well = program.well(&["health"]);
    assert!(well.contains(r#""status":"ok""#), "{well}");
}
