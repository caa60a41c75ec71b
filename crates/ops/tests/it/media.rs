//! Pictures: what is taken, what is kept of it, and when it goes.

use std::{io::Cursor, path::PathBuf};

use domain::{Invalid, ListingId, MediaId, PersonId, media::MediaType};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use ops::{
    OpError,
    listings::{DeleteListing, EditListing, EditListingWith, Extras},
    media::{DescribeMedia, Store, prepare},
};
use testkit::{World, content};

testkit::both_engines!(
    a_picture_is_kept_once_and_goes_with_its_last_row,
    nobody_keeps_more_than_their_quota,
    pictures_come_with_a_listing_in_their_order,
    nobody_takes_pictures_of_others,
    what_nobody_needs_is_swept,
);

const QUOTA: i64 = 64 * 1024;

/// A photograph: no two pixels beside each other are alike.
fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([byte(x % 251), byte(y % 241), 90]))
}

fn byte(number: u32) -> u8 {
    u8::try_from(number).unwrap()
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.into().write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(photo(width, height), ImageFormat::Jpeg)
}

/// The first half of a file.
fn half(format: ImageFormat) -> Vec<u8> {
    let mut bytes = encoded(photo(60, 40), format);
    bytes.truncate(bytes.len() / 2);
    bytes
}

fn refused(bytes: &[u8]) -> Invalid {
    let invalid = prepare(bytes).expect_err("this should not have been taken");
    assert_eq!(invalid.field, "file");
    invalid
}

#[test]
fn photographs_become_jpeg_and_what_can_be_seen_through_png() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let made = prepare(&encoded(photo(60, 40), format)).unwrap();
        assert_eq!(
            (made.media_type, made.width, made.height),
            (MediaType::Jpeg, 60, 40),
            "{format:?}"
        );
    }
    let clear = RgbaImage::from_fn(60, 40, |x, _| Rgba([9, 9, 9, byte(x * 4)]));
    let made = prepare(&encoded(clear, ImageFormat::Png)).unwrap();
    assert_eq!(made.media_type, MediaType::Png);
    assert_eq!(image::guess_format(&made.full).unwrap(), ImageFormat::Png);
}

#[test]
fn large_pictures_are_made_smaller() {
    let made = prepare(&jpeg(3_000, 1_000)).unwrap();
    assert_eq!((made.width, made.height), (2_048, 683));
    let preview = image::load_from_memory(&made.preview).unwrap();
    assert_eq!((preview.width(), preview.height()), (400, 133));
}

#[test]
fn nothing_that_was_hidden_in_a_file_is_left() {
    // Little-endian, one entry: the camera was held turned to the right.
    let exif =
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPS 41.40 2.15";
    let mut bytes = jpeg(60, 40);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    bytes.splice(2..2, [&[0xff, 0xe1], &length[..], exif].concat());
    bytes.extend_from_slice(b"<script>alert(1)</script>");
    assert!(bytes.windows(3).any(|it| it == b"GPS"));
    let made = prepare(&bytes).unwrap();
    assert_eq!((made.width, made.height), (40, 60), "it is turned as the camera was held");
    for file in [&made.full, &made.preview] {
        for hidden in [b"GPS".as_slice(), b"Exif", b"<script"] {
            assert!(!file.windows(hidden.len()).any(|it| it == hidden), "MED-05 MED-08");
        }
    }
}

#[test]
fn what_is_no_picture_of_ours_is_refused() {
    let svg = b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let tiff = b"II*\0\x08\0\0\0\0\0";
    for bytes in [svg.as_slice(), b"", b"%PDF-1.4", b"<html>", b"GIF", tiff, b"\0\0\x01\0\x01\0"] {
        assert!(refused(bytes).problem.contains("JPEG, PNG, WebP, or GIF"), "MED-05");
    }
    let whole = jpeg(60, 40);
    for bytes in [
        whole[..whole.len() / 2].to_vec(),
        whole[..whole.len() - 2].to_vec(),
        b"\xff\xd8\xff\xe0".to_vec(),
        half(ImageFormat::Png),
        half(ImageFormat::Gif),
        half(ImageFormat::WebP),
        b"GIF89a<script>alert(1)</script>".to_vec(),
    ] {
        refused(&bytes);
    }
}

/// A PNG that says of itself how large it is and has no pixels to show for it.
fn hollow(width: u32, height: u32) -> Vec<u8> {
    let mut png = encoded(photo(1, 1), ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    png
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 }
        })
    })
}

#[test]
fn a_picture_too_large_is_refused_before_it_is_decoded() {
    let started = std::time::Instant::now();
    let invalid = refused(&hollow(65_000, 65_000));
    assert!(invalid.problem.contains("65000 × 65000"), "MED-07 {invalid}");
    let mut gif = encoded(photo(1, 1), ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xff; 4]);
    let invalid = refused(&gif);
    assert!(invalid.problem.contains("65535 × 65535"), "MED-07 {invalid}");
    let invalid = refused(&vec![0xff; 8 * 1024 * 1024 + 1]);
    assert!(invalid.problem.contains("8 MiB"), "MED-07 {invalid}");
    assert!(started.elapsed().as_secs() < 5, "MED-07");
}

fn store(world: &World) -> Store {
    Store::new(world.dir().join("media"), QUOTA)
}

async fn keep(
    world: &World,
    store: &Store,
    owner: PersonId,
    bytes: Vec<u8>,
) -> Result<MediaId, OpError> {
    let prepared = store.prepare(bytes).await?;
    let alt = "A field".to_owned();
    store.keep(&world.door, &world.reader, world.local(owner), prepared, alt).await
}

fn files(world: &World) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![world.dir().join("media")];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

async fn a_picture_is_kept_once_and_goes_with_its_last_row(world: World) {
    let (ada, eve) = (world.person("ada").await, world.person("eve").await);
    let store = store(&world);
    let mine = keep(&world, &store, ada, jpeg(60, 40)).await.unwrap();
    let theirs = keep(&world, &store, eve, jpeg(60, 40)).await.unwrap();
    assert_eq!(files(&world).len(), 2, "the picture and its preview");
    let row = world.read(move |conn| db::media::find(conn, mine)).await.unwrap();
    let (bytes, media_type) = store.read(&row.file(false)).await.unwrap();
    assert_eq!((i64::try_from(bytes.len()).unwrap(), media_type), (row.bytes, MediaType::Jpeg));
    assert!(store.read(&row.file(true)).await.is_some());
    assert!(store.read("../../etc/passwd").await.is_none(), "MED-06");
    let discard = |who, id| store.discard(&world.door, &world.reader, world.local(who), id);
    assert_eq!(discard(eve, mine).await.unwrap_err().to_string(), "media not found", "API-02");
    discard(ada, mine).await.unwrap();
    assert_eq!(files(&world).len(), 2, "another needs it");
    discard(eve, theirs).await.unwrap();
    assert_eq!(files(&world), Vec::<PathBuf>::new());
    assert_eq!(world.rows().await.count("media"), 0);
    assert!(keep(&world, &store, ada, b"<svg/>".to_vec()).await.is_err());
    assert_eq!(files(&world).len(), 0, "nothing is stored of what is refused");
}

async fn nobody_keeps_more_than_their_quota(world: World) {
    let (ada, eve) = (world.person("ada").await, world.person("eve").await);
    let store = store(&world);
    let mut kept = 0;
    let refusal = loop {
        match keep(&world, &store, ada, jpeg(400, 300 + kept)).await {
            Ok(_) => kept += 1,
            Err(err) => break err,
        }
    };
    assert!(kept > 0 && refusal.to_string().starts_with("file does not fit"), "{refusal}");
    let used = world.read(move |conn| db::media::bytes_of(conn, ada)).await;
    assert!(used <= QUOTA, "{used}");
    assert_eq!(
        u32::try_from(files(&world).len()).unwrap(),
        2 * kept,
        "nothing is left of what did not fit"
    );
    keep(&world, &store, eve, jpeg(60, 40)).await.expect("each has room of their own");
}

async fn with(
    world: &World,
    who: PersonId,
    listing: ListingId,
    media: Vec<MediaId>,
) -> Result<(), OpError> {
    let content = content(domain::listings::Purpose::Need, "Chairs");
    let edit = EditListing { listing, content, version: None };
    let extras = Extras { media: Some(media), mandate: None };
    world.door.perform(world.local(who), EditListingWith { edit, extras }).await
}

async fn shown(world: &World, listing: ListingId) -> Vec<MediaId> {
    let rows = world.read(move |conn| db::media::of(conn, listing)).await;
    rows.iter().map(|row| row.id).collect()
}

async fn pictures_come_with_a_listing_in_their_order(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let store = store(&world);
    let mut ids = Vec::new();
    for width in 10..15 {
        ids.push(keep(&world, &store, ada, jpeg(width, 10)).await.unwrap());
    }
    with(&world, ada, need, vec![ids[2], ids[0]]).await.unwrap();
    assert_eq!(shown(&world, need).await, [ids[2], ids[0]]);
    with(&world, ada, need, vec![ids[0], ids[1], ids[2], ids[3]]).await.unwrap();
    assert_eq!(shown(&world, need).await, ids[..4]);
    assert!(with(&world, ada, need, ids.clone()).await.is_err(), "at most four");
    assert!(with(&world, ada, need, vec![ids[0], ids[0]]).await.is_err(), "each once");
    assert_eq!(shown(&world, need).await, ids[..4], "what is refused changes nothing");
    world.events().await;
    let describe = DescribeMedia { media: ids[0], alt: "A green field".to_owned() };
    world.done(world.local(ada), describe).await;
    assert_eq!(world.events().await, [ops::Event::listing_changed(need)]);
    store.discard(&world.door, &world.reader, world.local(ada), ids[0]).await.unwrap();
    assert_eq!(shown(&world, need).await, ids[1..4]);
    assert_eq!(world.events().await, [ops::Event::listing_changed(need)]);
}

async fn nobody_takes_pictures_of_others(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let eve = world.person("eve").await;
    let mill = world.collective("mill", eve).await;
    let theirs = world.need(mill, eve, "Flour").await;
    let store = store(&world);
    let picture = keep(&world, &store, eve, jpeg(10, 10)).await.unwrap();
    let never = world.queues.mint();
    let mut said = Vec::new();
    for id in [picture, never] {
        said.push(with(&world, ada, need, vec![id]).await.unwrap_err().to_string());
    }
    assert_eq!(said[0], said[1], "API-02: nothing tells that it is there");
    with(&world, eve, theirs, vec![picture]).await.unwrap();
    let second = world.need(mill, eve, "Water").await;
    assert!(with(&world, eve, second, vec![picture]).await.is_err(), "it comes with another");
    let describe = DescribeMedia { media: picture, alt: "Mine".to_owned() };
    assert_eq!(world.failed(world.local(ada), describe).await.to_string(), "media not found");
}

async fn what_nobody_needs_is_swept(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let gone = world.need(garden, ada, "Ladders").await;
    let store = store(&world);
    let shown = keep(&world, &store, ada, jpeg(10, 10)).await.unwrap();
    let buried = keep(&world, &store, ada, jpeg(11, 10)).await.unwrap();
    keep(&world, &store, ada, jpeg(12, 10)).await.unwrap();
    with(&world, ada, need, vec![shown]).await.unwrap();
    with(&world, ada, gone, vec![buried]).await.unwrap();
    let sweep = || async { store.sweep(&world.door, &world.reader).await.unwrap() };
    assert_eq!(sweep().await, 0);
    world.done(world.local(ada), DeleteListing { listing: gone }).await;
    assert_eq!(sweep().await, 1, "MED-09");
    assert_eq!(files(&world).len(), 4, "MED-09: the files of a deleted listing are gone");
    world.clock.advance(25 * 3_600);
    let fresh = keep(&world, &store, ada, jpeg(13, 10)).await.unwrap();
    assert_eq!(sweep().await, 1, "what came with nothing for a day");
    assert_eq!(sweep().await, 0);
    let left = [shown, fresh];
    for id in left {
        assert!(world.read(move |conn| db::media::find(conn, id)).await.is_some());
    }
    assert_eq!(files(&world).len(), 4);
}
