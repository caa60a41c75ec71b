//! Files that mean ill: refused early, or painted anew so that nothing of them is left.

use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::json;
use testkit::World;

use crate::{
    client::{Answer, ask, get, post},
    media::{form, pixel, upload},
};

testkit::both_engines!(
    a_gigabyte_is_refused_before_it_is_read,
    a_file_that_means_ill_is_refused_and_nothing_is_kept,
    what_is_no_upload_is_refused_and_nothing_is_kept,
    nothing_that_was_hidden_in_a_picture_is_served,
    the_same_picture_twice_is_stored_once,
);

/// A JPEG of one white pixel: what we made of a GIF.
async fn photo(world: &World, token: &str) -> Vec<u8> {
    let made = upload(world, token, &pixel()).await.is(201);
    served(world, &made, "url").await
}

async fn served(world: &World, made: &Answer, field: &str) -> Vec<u8> {
    let path = made.json[field].as_str().unwrap().strip_prefix("https://a.example").unwrap();
    get(path).outside().send(world).await.is(200).bytes
}

/// All that lies in the folder of pictures.
fn files(world: &World) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![world.dir().join("media")];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

async fn nothing_is_kept(world: &World, of: &str) {
    assert_eq!(world.rows().await.count("media"), 0, "{of}");
    assert_eq!(files(world), Vec::<PathBuf>::new(), "{of}");
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|it| it == what)
}

/// A PNG that says that it has 65,000 × 65,000 pixels, and has none.
fn vast() -> Vec<u8> {
    let side = 65_000_u32.to_be_bytes();
    let header = [b"IHDR", &side[..], &side[..], &[8, 2, 0, 0, 0]].concat();
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    png.extend_from_slice(&header);
    png.extend_from_slice(&crc(&header).to_be_bytes());
    png.extend_from_slice(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    png
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 }
        })
    })
}

async fn a_gigabyte_is_refused_before_it_is_read(world: World) {
    let token = world.token(world.person("ada").await, "read write").await;
    let read = Arc::new(AtomicUsize::new(0));
    let head = b"--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nGIF89a";
    let begun = ask("POST", "/media").body("multipart/form-data; boundary=x", head);
    let flood = begun.by(&token).flooding(&read);
    let announced = flood.clone().header("Content-Length", "1073741824").send(&world).await;
    announced.problem(413, "too_large");
    assert_eq!(read.load(Ordering::Relaxed), 0, "MED-07");
    nothing_is_kept(&world, "a gigabyte that is announced").await;
    let surprise = flood.send(&world).await.problem(413, "too_large");
    assert!(surprise.text.contains("8 MiB"), "{}", surprise.text);
    let read = read.load(Ordering::Relaxed);
    assert!((1..=9 * 1024 * 1024).contains(&read), "MED-07: {read} bytes were read");
    nothing_is_kept(&world, "a gigabyte that comes by surprise").await;
    let picture = pixel();
    let after = Arc::new(AtomicUsize::new(0));
    let late = form(&[("file", picture.as_slice())]).by(&token).flooding(&after);
    late.send(&world).await.problem(422, "invalid").field("alt");
    let after = after.load(Ordering::Relaxed);
    assert!(after <= 1024 * 1024, "MED-07: {after} bytes after the form were read");
    nothing_is_kept(&world, "a gigabyte that follows a form").await;
}

async fn a_file_that_means_ill_is_refused_and_nothing_is_kept(world: World) {
    let token = world.token(world.person("ada").await, "read write").await;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let (vast, cut) = (vast(), pixel());
    for (what, file, says) in [
        ("a drawing with a script", svg.as_slice(), "must be a picture"),
        ("a page", b"<!doctype html><script>alert(1)</script>", "must be a picture"),
        ("a program", b"\x7fELF\x02\x01\x01", "must be a picture"),
        ("an archive", b"PK\x03\x04\x14\0", "must be a picture"),
        ("nothing", b"", "must be a picture"),
        ("more pixels than anybody needs", &vast, "65000 × 65000"),
        ("a picture that is cut off", &cut[..24], "was cut off"),
        ("a script that looks like a GIF", b"GIF89a=1;/*\0*/alert(1)//", ""),
        ("a script that looks like a JPEG", b"\xff\xd8\xff\xe0\x2f\x2a*/alert(1)//", ""),
        ("a JPEG that only begins", b"\xff\xd8\xff", ""),
    ] {
        let answer = upload(&world, &token, file).await.problem(422, "invalid").field("file");
        assert!(answer.text.contains(says), "{what}: {}", answer.text);
        nothing_is_kept(&world, what).await;
    }
}

async fn what_is_no_upload_is_refused_and_nothing_is_kept(world: World) {
    let token = world.token(world.person("ada").await, "read write").await;
    let picture = pixel();
    let whole = [("file", picture.as_slice()), ("alt", b"A pixel".as_slice())];
    for wrong in ["image/gif", "application/x-www-form-urlencoded", "multipart/mixed; boundary=x"] {
        let answer = form(&whole).by(&token).header("Content-Type", wrong).send(&world).await;
        answer.problem(415, "unsupported_media_type");
        nothing_is_kept(&world, wrong).await;
    }
    let plain = post("/media", &json!({ "file": "x", "alt": "x" })).by(&token);
    plain.send(&world).await.problem(415, "unsupported_media_type");
    let other = form(&whole).by(&token).header("Content-Type", "multipart/form-data; boundary=y");
    other.send(&world).await.problem(400, "malformed");
    for alt in [None, Some(b" \n".as_slice()), Some(b"\xff\xfe"), Some(&[b'x'; 1_501])] {
        let parts = [Some(("file", picture.as_slice())), alt.map(|alt| ("alt", alt))];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        let answer = form(&parts).by(&token).send(&world).await;
        answer.problem(422, "invalid").field("alt");
        nothing_is_kept(&world, "a picture without words").await;
    }
}

async fn nothing_that_was_hidden_in_a_picture_is_served(world: World) {
    let token = world.token(world.person("ada").await, "read write").await;
    let plain = photo(&world, &token).await;
    let exif = b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0GPSLatitude 41.40 2.15";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let mut bytes = plain.clone();
    bytes.splice(2..2, [&[0xff, 0xe1], &length[..], exif].concat());
    bytes.splice(2..2, [b"\xff\xfe\0\x1a".as_slice(), b"<script>alert(1)//--\0\0\0\0"].concat());
    bytes.extend_from_slice(b"PK\x03\x04 an archive <script>alert(2)</script>");
    let hidden: [&[u8]; 5] = [b"Exif", b"GPS", b"<script", b"PK\x03\x04", b"a.png"];
    assert!(hidden[..4].iter().all(|it| has(&bytes, it)), "it is what we mean it to be");
    let parts = [("file", bytes.as_slice()), ("alt", b"A field".as_slice())];
    let made = form(&parts).by(&token).send(&world).await.is(201);
    for field in ["url", "preview_url"] {
        let file = served(&world, &made, field).await;
        assert!(file.starts_with(b"\xff\xd8\xff") && file.ends_with(b"\xff\xd9"));
        for it in hidden {
            assert!(!has(&file, it), "MED-05 MED-08: {}", String::from_utf8_lossy(it));
        }
    }
    for path in files(&world) {
        let bytes = fs::read(&path).unwrap();
        assert!(!hidden.iter().any(|it| has(&bytes, it)), "{}", path.display());
    }
}

async fn the_same_picture_twice_is_stored_once(world: World) {
    let ada = world.token(world.person("ada").await, "read write").await;
    let eve = world.token(world.person("eve").await, "read write").await;
    let first = upload(&world, &ada, &pixel()).await.is(201);
    let before = files(&world);
    assert_eq!(before.len(), 2, "the picture and its preview");
    let second = upload(&world, &eve, &pixel()).await.is(201);
    assert_eq!(first.json["url"], second.json["url"]);
    assert_ne!(first.id(), second.id(), "each has words of their own");
    assert_eq!(files(&world).len(), 2);
    let name = first.json["url"].as_str().unwrap().rsplit('/').next().unwrap();
    assert!(before.iter().any(|path| path.ends_with(name)));
    let gone = ask("DELETE", &format!("/media/{}", first.id())).by(&ada).send(&world).await;
    gone.is(204);
    served(&world, &second, "url").await;
}
