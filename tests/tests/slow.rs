//! Visitors who take their time: none of them keeps anybody else waiting, and none is waited for without end.

use std::time::{Duration, Instant};

use testkit::{Database, Engine};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
};

use crate::support::{Program, fetch_status};

/// How many of each kind there are.
const MANY: usize = 100;

/// How a visitor speaks: what it says at once, and then a byte each second.
fn heads(port: u16) -> [String; 2] {
    let host = format!("127.0.0.1:{port}");
    [
        format!("GET /health HTTP/1.1\r\nHost: {host}\r\nX-Slow: "),
        format!(
            "POST /inbox HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/activity+json\r\n\
             Content-Length: 5000\r\n\r\n"
        ),
    ]
}

/// Speaks slowly, and tells how long it was listened to.
async fn drip(port: u16, head: String) -> Duration {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let start = Instant::now();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0; 512];
    while start.elapsed() < Duration::from_secs(50) {
        let read = tokio::time::timeout(Duration::from_secs(1), stream.read(&mut answer)).await;
        if read.is_ok() || stream.write_all(b"x").await.is_err() {
            break;
        }
    }
    start.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_and_idle_visitors_hold_up_nobody() {
    let database = Database::empty(Engine::Sqlite);
    let program = Program::new(database.address());
    let _server = program.serve().await;
    let port = program.port;
    let mut idle = Vec::new();
    for _ in 0..3 * MANY {
        idle.push(TcpStream::connect(("127.0.0.1", port)).await.unwrap());
    }
    let [slow_head, slow_body] = heads(port);
    let (mut heads, mut bodies) = (JoinSet::new(), JoinSet::new());
    for _ in 0..MANY {
        heads.spawn(drip(port, slow_head.clone()));
        bodies.spawn(drip(port, slow_body.clone()));
    }
    let mut waits = Vec::new();
    for _ in 0..50 {
        let asked = Instant::now();
        assert_eq!(fetch_status(&format!("{}/health", program.base())).await, Some(200));
        waits.push(asked.elapsed());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    waits.sort();
    println!("health answered after {:?} at the 48th of 50 times", waits[47]);
    assert!(waits[47] < Duration::from_secs(1), "PAR-12, PAR-13: {:?}", waits[47]);
    for heard in heads.join_all().await {
        assert!(heard < Duration::from_secs(20), "PAR-12: a head of {heard:?}");
    }
    for heard in bodies.join_all().await {
        assert!(heard < Duration::from_secs(45), "PAR-12: a body of {heard:?}");
    }
    drop(idle);
}
