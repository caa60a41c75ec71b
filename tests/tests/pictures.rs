//! Pictures over a real socket: what goes up, what comes down, and what is sent without end.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde_json::Value;
use testkit::{Database, Engine};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::support::{Person, Program, both_engines, client, fetch_status};

both_engines! {
    a_picture_goes_up_and_comes_down_harmless,
    a_gigabyte_is_refused_before_it_is_sent,
}

/// A GIF of one white pixel.
const PIXEL: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
const FILE: &str =
    "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.gif\"\r\n\r\n";
const ALT: &str =
    "\r\n--x\r\nContent-Disposition: form-data; name=\"alt\"\r\n\r\nA pixel\r\n--x--\r\n";

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn program(database: &Database) -> Program {
    let mut program = Program::new(database.address());
    let folder = program.folder.path().join("pictures");
    program.set("TEQUIO__MEDIA__FOLDER", folder);
    program
}

async fn a_picture_goes_up_and_comes_down_harmless(engine: Engine) {
    let database = Database::empty(engine);
    let program = program(&database);
    let nuria = program.person("nuria");
    let server = program.serve().await;
    let body = [FILE.as_bytes(), PIXEL, ALT.as_bytes()].concat();
    let upload = client()
        .post(format!("{}/api/v1/media", program.base()))
        .bearer_auth(&nuria.token)
        .header("content-type", "multipart/form-data; boundary=x")
        .body(body);
    let answer = upload.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 201);
    let made: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(files(&program.folder.path().join("pictures")).len(), 2);
    let url = made["url"].as_str().unwrap();
    for asked in [client().get(url), client().head(url)] {
        let file = asked.header("accept", "image/*,*/*;q=0.8").send().await.unwrap();
        assert_eq!(file.status().as_u16(), 200);
        let header = |name: &str| file.headers()[name].to_str().unwrap();
        assert_eq!(header("content-type"), "image/jpeg");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(header("cache-control"), "public, max-age=31536000, immutable");
    }
    // It is on the disk: another process serves it.
    server.kill();
    let _server = program.serve().await;
    assert_eq!(fetch_status(url).await, Some(200));
}

/// Sends zeros in chunks until it is answered, or a gigabyte is out; what was answered, and how much was sent.
async fn flood(program: &Program, person: &Person) -> (String, usize) {
    const CHUNK: usize = 64 * 1024;
    let mut stream = TcpStream::connect(("127.0.0.1", program.port)).await.unwrap();
    let head = format!(
        "POST /api/v1/media HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n\
         Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n\
         {:x}\r\n{FILE}\r\n",
        program.port,
        person.token,
        FILE.len(),
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = [format!("{CHUNK:x}\r\n").as_bytes(), &vec![0; CHUNK], b"\r\n"].concat();
    let (mut reads, mut writes) = stream.split();
    let mut answer = vec![0; 4_096];
    let mut sent = 0;
    let pour = async {
        while sent < 1024 * 1024 * 1024 && writes.write_all(&chunk).await.is_ok() {
            sent += CHUNK;
        }
        // What was answered meanwhile is still to be read.
        tokio::time::sleep(Duration::from_secs(5)).await;
    };
    let read = tokio::select! {
        read = reads.read(&mut answer) => read.unwrap_or_default(),
        () = pour => 0,
    };
    answer.truncate(read);
    (String::from_utf8_lossy(&answer).into_owned(), sent)
}

async fn a_gigabyte_is_refused_before_it_is_sent(engine: Engine) {
    let database = Database::empty(engine);
    let program = program(&database);
    let nuria = program.person("nuria");
    let _server = program.serve().await;
    let started = Instant::now();
    let (answer, sent) = flood(&program, &nuria).await;
    println!("answered after {sent} bytes and {:?}", started.elapsed());
    assert!(answer.starts_with("HTTP/1.1 413 "), "MED-07: {answer}");
    // Beside what is read, there is what lies in the buffers of two sockets.
    assert!(sent < 64 * 1024 * 1024, "MED-07: {sent}");
    assert_eq!(fetch_status(&format!("{}/health", program.base())).await, Some(200));
    assert_eq!(files(&program.folder.path().join("pictures")), Vec::<PathBuf>::new());
}
