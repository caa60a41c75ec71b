//! Backups, restores, and copies: nothing is lost, and nothing half.

use std::{
    collections::HashSet,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use db::{
    Engine, Reader,
    rows::{Checksum, each, encode, snapshot, tables},
};
use domain::{PersonId, memberships::Role};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use ops::{
    backups::{BackupError, Made, Order, Wanted, copy, make, restore, verify},
    follows::AskFollow,
    listings::{Extras, PostListing, PostListingWith},
    media::{Hold, Store, litter, missing},
};
use testkit::{Database, World, content};
use uuid::{ContextV7, Timestamp, Uuid};

testkit::both_engines!(
    a_backup_holds_everything_and_comes_back_the_same_on_either_engine,
    a_backup_under_load_is_one_instant,
    a_damaged_backup_is_refused_before_anything_is_touched,
    a_backup_goes_into_an_empty_database_unless_somebody_says_otherwise,
    a_backup_is_for_its_owner_alone_and_takes_nobodys_place,
    what_is_missing_is_named_and_what_goes_meanwhile_is_not,
    a_backup_of_an_older_schema_is_brought_up_to_date,
    a_backup_of_a_newer_schema_or_of_another_server_is_refused,
    a_copy_is_compared_and_takes_nobodys_place,
    files_without_a_row_and_rows_without_a_file_are_found,
    what_would_be_thrown_away_is_counted_and_stays,
);

/// Something of everything, a picture with its files too.
async fn busy(world: &World) -> PersonId {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.member(garden, "bea", Role::Member).await;
    let need = world.need(garden, ada, "Chairs, 20 of them").await;
    let bob = world.remote_person("bob@b.example").await;
    world.done(world.local(bea), AskFollow { followed: bob }).await;
    world.answer(need, bea, "I have \"four\" \u{1f33d}\n= really").await;
    let store = Store::new(media(world), i64::MAX);
    let byte = |number: u32| u8::try_from(number).unwrap();
    let paint = RgbImage::from_fn(600, 500, |x, y| Rgb([byte(x % 251), byte(y % 241), 9]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::from(paint).write_to(&mut bytes, ImageFormat::Png).unwrap();
    let prepared = store.prepare(bytes.into_inner()).await.unwrap();
    let origin = world.local(ada);
    let kept = store.keep(&world.door, &world.reader, origin, prepared, "x".to_owned()).await;
    let form = content(domain::listings::Purpose::Offer, "A ladder");
    let post = PostListing { board: garden, content: form, publish: true };
    let extras = Extras { media: Some(vec![kept.unwrap()]), mandate: None };
    world.done(world.local(ada), PostListingWith { post, extras }).await;
    world.token(bea, "read").await;
    world.session(bea).await;
    ada
}

fn media(world: &World) -> PathBuf {
    world.dir().join("media")
}

fn file(world: &World) -> PathBuf {
    world.dir().join("backup.zip")
}

fn order(world: &World, target: &Path) -> Order {
    Order {
        media: media(world),
        target: target.to_owned(),
        program: "0.0.0".to_owned(),
        now: world.now(),
    }
}

async fn backup(world: &World) -> Made {
    made(world, &file(world)).await.unwrap()
}

async fn made(world: &World, target: &Path) -> Result<Made, BackupError> {
    let (reader, order) = (world.reader.clone(), order(world, target));
    tokio::task::spawn_blocking(move || make(&reader, &order, &mut |_| ())).await.unwrap()
}

fn wanted(world: &World, folder: &Path) -> Wanted {
    let instance = world.site.base().to_string();
    Wanted { file: file(world), media: folder.join("media"), instance, replace: false }
}

fn engines() -> Vec<Engine> {
    let all = [Engine::Sqlite, Engine::Postgres];
    all.into_iter().filter(|it| *it == Engine::Sqlite || testkit::postgres_is_here()).collect()
}

/// What is in every table, but for who holds which host.
fn sums(reader: &Reader) -> Vec<(String, Checksum)> {
    let conn = &mut reader.get().unwrap();
    let all = tables(conn).unwrap();
    let sum = |table: db::rows::Table| {
        let mut sum = Checksum::default();
        each(conn, &table, |row| {
            sum.add(&encode(&table, &row));
            Ok::<(), db::DbError>(())
        })
        .unwrap();
        (table.name, sum)
    };
    all.into_iter().map(sum).collect()
}

async fn a_backup_holds_everything_and_comes_back_the_same_on_either_engine(world: World) {
    busy(&world).await;
    let made = backup(&world).await;
    let before = sums(&world.reader);
    assert_eq!(made.manifest.rows(), before.iter().map(|(_, sum)| sum.rows).sum::<u64>());
    assert_eq!(made.manifest.media.len(), 2, "the picture and its preview");
    assert!(made.manifest.missing.is_empty());
    assert_eq!(made.manifest.instance.as_deref(), Some("https://a.example/"));
    for engine in engines() {
        let database = Database::empty(engine);
        let (reader, writer) = database.open();
        let folder = tempfile::tempdir().unwrap();
        let done = restore(&reader, &writer, &wanted(&world, folder.path()), &mut |_| ());
        let done = done.unwrap();
        assert_eq!(done.manifest, made.manifest);
        assert!(done.migrated.is_empty());
        assert_eq!(sums(&reader), before, "{engine:?}: BAK-02: keys and ids are the same");
        assert!(missing(&folder.path().join("media"), &reader).unwrap().is_empty());
        let conn = &mut reader.get().unwrap();
        let found = db::check::check(conn, |_| ()).unwrap();
        assert!(found.is_empty(), "{engine:?}: {found:?}");
    }
}

async fn a_backup_under_load_is_one_instant(world: World) {
    let ada = busy(&world).await;
    let garden = world.read(|conn| db::actors::find_local(conn, "garden")).await.unwrap();
    let (door, stop) = (world.door.clone(), AtomicBool::new(false));
    let (reader, order) = (world.reader.clone(), order(&world, &file(&world)));
    let origin = world.local(ada);
    let post = PostListing {
        board: garden.id.collective(),
        content: content(domain::listings::Purpose::Need, "Bread"),
        publish: true,
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            // As many as there is time for, and an end where an assertion fails.
            for _ in 0..3_000 {
                door.perform_blocking(&origin, &post).unwrap();
                if stop.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        for round in 0..3 {
            let target = world.dir().join(format!("{round}.zip"));
            let order = Order { target: target.clone(), ..order.clone() };
            make(&reader, &order, &mut |_| ()).unwrap();
            let database = Database::empty(Engine::Sqlite);
            let (there, writer) = database.open();
            let wanted = Wanted { file: target, ..wanted(&world, world.dir()) };
            restore(&there, &writer, &wanted, &mut |_| ()).unwrap();
            let conn = &mut there.get().unwrap();
            let listings = db::rows::counts(conn).unwrap();
            let rows = |name: &str| listings.iter().find(|(table, _)| table == name).unwrap().1;
            let told = world_events(conn);
            // Each need and the event that tells of it are written at once: so many of both, at any instant.
            assert_eq!(rows("listings"), told, "BAK-01: round {round}");
            assert!(db::check::check(conn, |_| ()).unwrap().is_empty());
        }
        stop.store(true, Ordering::Relaxed);
    });
}

/// How many needs and offers were told to be published.
fn world_events(conn: &mut db::Conn) -> i64 {
    let mut number = 0;
    let all = tables(conn).unwrap();
    let events = all.into_iter().find(|table| table.name == "events").unwrap();
    each(conn, &events, |row| {
        number += i64::from(row.contains(&db::rows::Cell::Text("listing_published".to_owned())));
        Ok::<(), db::DbError>(())
    })
    .unwrap();
    number
}

async fn a_damaged_backup_is_refused_before_anything_is_touched(world: World) {
    busy(&world).await;
    backup(&world).await;
    let whole = fs::read(file(&world)).unwrap();
    let database = Database::migrated(Engine::Sqlite);
    let (reader, writer) = database.open();
    let folder = tempfile::tempdir().unwrap();
    let before = sums(&reader);
    let wanted = Wanted { replace: true, ..wanted(&world, folder.path()) };
    let refused = |bytes: &[u8], what: &str| {
        fs::write(file(&world), bytes).unwrap();
        let refusal = restore(&reader, &writer, &wanted, &mut |_| ()).unwrap_err();
        assert!(matches!(refusal, BackupError::Refused(_)), "{what}: {refusal:?}");
        assert_eq!(sums(&reader), before, "BAK-03: {what}");
        assert!(!folder.path().join("media").exists(), "BAK-03: {what}");
    };
    for part in 0..16 {
        refused(&whole[..whole.len() * part / 16], &format!("cut off at {part}/16"));
    }
    refused(&whole[..whole.len() - 1], "the last byte is missing");
    refused(b"SQLite format 3\0 and so on", "another file");
    // A flipped bit is noticed wherever it means anything: names and dates of entries stand twice.
    let mut noticed = 0;
    for place in (0..whole.len()).step_by(whole.len() / 40) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x10;
        fs::write(file(&world), &bytes).unwrap();
        match verify(&file(&world), &mut |_| ()) {
            Err(_) => noticed += 1,
            Ok(manifest) => assert!(0 < manifest.rows(), "{place}"),
        }
    }
    assert!(30 < noticed, "{noticed} of 40");
}

async fn a_backup_goes_into_an_empty_database_unless_somebody_says_otherwise(world: World) {
    busy(&world).await;
    let made = backup(&world).await;
    let before = sums(&world.reader);
    let garden = world.read(|conn| db::actors::find_local(conn, "garden")).await.unwrap();
    let ada = world.read(|conn| db::actors::find_local(conn, "ada")).await.unwrap();
    world.need(garden.id.collective(), ada.id.person(), "After the backup").await;
    let (reader, writer) = world.database().open();
    let wanted = wanted(&world, world.dir());
    let refused = restore(&reader, &writer, &wanted, &mut |_| ()).unwrap_err().to_string();
    assert!(refused.contains("rows already") && refused.contains("--replace"), "{refused}");
    assert_ne!(sums(&world.reader), before);
    let wanted = Wanted { replace: true, ..wanted };
    let done = restore(&reader, &writer, &wanted, &mut |_| ()).unwrap();
    assert_eq!(done.manifest, made.manifest);
    assert_eq!(sums(&reader), before);
}

async fn a_backup_is_for_its_owner_alone_and_takes_nobodys_place(world: World) {
    busy(&world).await;
    backup(&world).await;
    let mode = fs::metadata(file(&world)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "BAK-05: it holds private keys");
    let before = fs::read(file(&world)).unwrap();
    let refused = made(&world, &file(&world)).await.unwrap_err().to_string();
    assert!(refused.contains("is there already"), "{refused}");
    assert_eq!(fs::read(file(&world)).unwrap(), before);
    let nowhere = made(&world, &world.dir().join("no/folder/backup.zip")).await;
    assert!(matches!(nowhere, Err(BackupError::Refused(_))), "{nowhere:?}");
    let left = fs::read_dir(world.dir()).unwrap();
    let left = left.map(|it| it.unwrap().file_name().into_string().unwrap());
    assert!(!left.into_iter().any(|name| name.contains("part")));
}

async fn what_is_missing_is_named_and_what_goes_meanwhile_is_not(world: World) {
    busy(&world).await;
    let hold = Hold::take(&media(&world)).unwrap();
    let store = Store::new(media(&world), i64::MAX);
    world.execute("UPDATE listings SET deleted_at = 1");
    let swept = store.sweep(&world.door, &world.reader).await.unwrap();
    assert_eq!(swept, 1, "its row is gone");
    let files = || {
        let all = fs::read_dir(media(&world)).unwrap();
        all.filter(|it| it.as_ref().unwrap().path().is_dir()).count()
    };
    assert_eq!(files(), 1, "and its file stays while a backup is made");
    drop(hold);
    let other = World::new(Engine::Sqlite).await;
    busy(&other).await;
    for folder in fs::read_dir(media(&other)).unwrap() {
        let path = folder.unwrap().path();
        drop(fs::remove_dir_all(path));
    }
    let made = backup(&other).await;
    assert_eq!((made.manifest.missing.len(), made.manifest.media.len()), (2, 0));
}

async fn a_backup_of_an_older_schema_is_brought_up_to_date(world: World) {
    busy(&world).await;
    let (_, writer) = world.database().open();
    let last = db::migrations::revert_last(&writer).unwrap();
    let made = backup(&world).await;
    assert!(!made.manifest.migrations.contains(&last));
    db::migrations::migrate(&writer).unwrap();
    let before = sums(&world.reader);
    for engine in engines() {
        let database = Database::empty(engine);
        let (reader, writer) = database.open();
        let done = restore(&reader, &writer, &wanted(&world, world.dir()), &mut |_| ());
        assert_eq!(done.unwrap().migrated, std::slice::from_ref(&last), "{engine:?}");
        assert_eq!(sums(&reader), before, "{engine:?}");
    }
}

async fn a_backup_of_a_newer_schema_or_of_another_server_is_refused(world: World) {
    busy(&world).await;
    backup(&world).await;
    let database = Database::empty(Engine::Sqlite);
    let (reader, writer) = database.open();
    let elsewhere =
        Wanted { instance: "https://elsewhere.example/".to_owned(), ..wanted(&world, world.dir()) };
    let refused = restore(&reader, &writer, &elsewhere, &mut |_| ()).unwrap_err().to_string();
    assert!(refused.contains("https://a.example/") && refused.contains("for ever"), "{refused}");
    world.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')");
    fs::remove_file(file(&world)).unwrap();
    backup(&world).await;
    let refused = restore(&reader, &writer, &wanted(&world, world.dir()), &mut |_| ());
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("newer version of tequio"), "{refused}");
    assert_eq!(snapshot(&reader, db::rows::count_rows).unwrap(), 0);
}

async fn a_copy_is_compared_and_takes_nobodys_place(world: World) {
    busy(&world).await;
    let before = sums(&world.reader);
    for engine in engines() {
        let database = Database::empty(engine);
        let (reader, writer) = database.open();
        let done = copy(&world.reader, (&reader, &writer), false, &mut |_| ()).unwrap();
        assert_eq!(done.tables.len(), before.len());
        assert_eq!(sums(&reader), before, "{engine:?}");
        let again = copy(&world.reader, (&reader, &writer), false, &mut |_| ());
        assert!(again.unwrap_err().to_string().contains("--replace"));
        copy(&world.reader, (&reader, &writer), true, &mut |_| ()).unwrap();
        assert_eq!(sums(&reader), before, "{engine:?}");
    }
}

async fn files_without_a_row_and_rows_without_a_file_are_found(world: World) {
    busy(&world).await;
    let root = media(&world);
    assert!(missing(&root, &world.reader).unwrap().is_empty());
    assert!(litter(&root, &world.reader, world.now()).unwrap().files.is_empty());
    world.execute("DELETE FROM media");
    let young = litter(&root, &world.reader, world.now()).unwrap();
    assert!(young.files.is_empty(), "a file is there before its row");
    age(&root);
    let found = litter(&root, &world.reader, world.now()).unwrap();
    assert_eq!(found.files.len(), 2);
    let hold = Hold::take(&root).unwrap();
    assert!(!found.delete(&root).unwrap() && found.files[0].is_file());
    drop(hold);
    assert!(found.delete(&root).unwrap() && !found.files[0].exists());
}

async fn what_would_be_thrown_away_is_counted_and_stays(world: World) {
    busy(&world).await;
    assert_eq!(world.queues.preview(7).await.unwrap(), []);
    world.execute("INSERT INTO days (name, day, value) VALUES ('x', 3, 1)");
    world.execute("UPDATE events SET pending = FALSE");
    world.clock.advance(8 * 86_400);
    let before = sums(&world.reader);
    let events = before.iter().find(|(table, _)| table == "events").unwrap().1.rows;
    for _ in 0..2 {
        let gone = world.queues.preview(7).await.unwrap();
        assert!(gone.contains(&("days".to_owned(), 1)), "{gone:?}");
        assert!(gone.contains(&("events".to_owned(), i64::try_from(events).unwrap())), "{gone:?}");
        assert_eq!(sums(&world.reader), before);
    }
}

/// Makes all files two hours old.
fn age(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            age(&path);
        } else {
            let then = std::time::SystemTime::now() - std::time::Duration::from_hours(2);
            fs::File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
        }
    }
}

/// After a backup of yesterday was restored and the clock was set back with it, the same moments are lived again.
#[test]
fn of_moments_lived_twice_no_id_comes_twice() {
    let mint = || {
        let context = ContextV7::new();
        let start = 1_760_000_000_u64;
        let at = move |number: u32| (start + u64::from(number / 1_000), number % 1_000 * 1_000_000);
        (0..100_000).map(move |number| {
            let (seconds, nanos) = at(number);
            Uuid::new_v7(Timestamp::from_unix(&context, seconds, nanos))
        })
    };
    let lost: HashSet<Uuid> = mint().collect();
    assert_eq!(lost.len(), 100_000);
    assert_eq!(mint().filter(|id| lost.contains(id)).count(), 0, "BAK-04: an id came twice");
}
