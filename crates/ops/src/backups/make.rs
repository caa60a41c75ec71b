//! Making a backup while the server runs.

use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::{BufWriter, Read as _, Write},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use db::{
    Conn, Reader,
    rows::{Cell, Checksum, Table, each, encode, snapshot, tables},
};
use domain::{
    Time,
    media::{FileName, MediaType},
};
use openssl::sha::Sha256;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    BackupError, FILES_TOLD_EVERY, MANIFEST, Manifest, MediaFile, Progress, Result, TOLD_EVERY,
    TableSum, Watch, media_entry, table_entry, verify,
};
use crate::media::{Hold, file_path, hex};

/// What is to be backed up, and where to.
#[derive(Clone, Debug)]
pub struct Order {
    /// The folder with the pictures; it need not be there.
    pub media: PathBuf,
    /// A file that is not there yet.
    pub target: PathBuf,
    /// The version of this program.
    pub program: String,
    pub now: Time,
}

/// A backup that was made, and read again.
#[derive(Clone, Debug)]
pub struct Made {
    pub manifest: Manifest,
    pub bytes: u64,
}

type Archive = ZipWriter<BufWriter<File>>;

/// Writes a backup of one instant, reads it again, and only then gives it its name. Blocks; the server goes on
/// reading and writing meanwhile.
///
/// Nobody but the owner may read the file: it holds the private keys of all actors.
pub fn make(reader: &Reader, order: &Order, watch: &mut Watch<'_>) -> Result<Made> {
    let target = &order.target;
    if target.exists() {
        let problem = format!("{} is there already, and is not written over", target.display());
        return Err(BackupError::Refused(problem));
    }
    let part = part_of(target);
    let made = write(reader, order, &part, watch).and_then(|manifest| {
        watch(Progress::Verifying);
        if verify(&part, &mut |_| ())? != manifest {
            let problem = "what was written is not what is read; is the disk well?";
            return Err(BackupError::Refused(problem.to_owned()));
        }
        give_name(&part, target)?;
        let folder = target.parent().filter(|it| !it.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(Made { manifest, bytes: fs::metadata(target)?.len() })
    });
    drop(fs::remove_file(&part));
    made
}

/// Unlike a renaming, a link never takes the place of a file that came meanwhile; some disks have no links.
fn give_name(part: &Path, target: &Path) -> std::io::Result<()> {
    match fs::hard_link(part, target) {
        Err(err) if err.kind() != std::io::ErrorKind::AlreadyExists => fs::rename(part, target),
        linked => linked,
    }
}

fn part_of(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    target.with_file_name(name)
}

fn write(reader: &Reader, order: &Order, part: &Path, watch: &mut Watch<'_>) -> Result<Manifest> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(part);
    let file = file.map_err(|err| {
        BackupError::Refused(format!("{} cannot be written: {err}", part.display()))
    })?;
    let mut archive = ZipWriter::new(BufWriter::new(file));
    // Pictures that go meanwhile stay until they are copied.
    let hold = Hold::take(&order.media)?;
    let mut pictures = BTreeSet::new();
    let mut manifest = snapshot(reader, |conn| {
        let mut sums = Vec::new();
        for table in tables(conn)? {
            let sum = write_table(conn, &mut archive, &table, &mut pictures, watch)?;
            sums.push(TableSum::of(table, sum));
        }
        Ok::<_, BackupError>(Manifest {
            program: order.program.clone(),
            engine: db::console::storage::engine(conn)?,
            made_at: order.now.exact(),
            instance: instance(conn, &sums)?,
            migrations: db::console::storage::migrations(conn)?,
            tables: sums,
            media: Vec::new(),
            missing: Vec::new(),
        })
    })?;
    write_media(&mut archive, &order.media, &pictures, &mut manifest, watch)?;
    drop(hold);
    archive.start_file(MANIFEST, options(CompressionMethod::Deflated))?;
    archive.write_all(manifest.to_json().to_string().as_bytes())?;
    let file = archive.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(manifest)
}

fn instance(conn: &mut Conn, sums: &[TableSum]) -> Result<Option<String>> {
    if !sums.iter().any(|it| it.table.name == "settings") {
        let problem = "there is nothing to back up: the database has no tables of tequio";
        return Err(BackupError::Refused(problem.to_owned()));
    }
    Ok(db::settings::find(conn, "instance.url")?)
}

fn options(method: CompressionMethod) -> SimpleFileOptions {
    let options = SimpleFileOptions::default().compression_method(method);
    options.large_file(true).unix_permissions(0o600)
}

fn write_table(
    conn: &mut Conn,
    archive: &mut Archive,
    table: &Table,
    pictures: &mut BTreeSet<String>,
    watch: &mut Watch<'_>,
) -> Result<Checksum> {
    archive.start_file(table_entry(&table.name), options(CompressionMethod::Deflated))?;
    let mut sum = Checksum::default();
    let name = table.name.as_str();
    each(conn, table, |row| {
        if name == "media" {
            pictures.extend(names(table, &row));
        }
        let mut line = encode(table, &row);
        sum.add(&line);
        line.push('\n');
        archive.write_all(line.as_bytes())?;
        if sum.rows.is_multiple_of(TOLD_EVERY) {
            watch(Progress::Rows { table: name, rows: sum.rows, whole: false });
        }
        Ok::<(), BackupError>(())
    })?;
    watch(Progress::Rows { table: name, rows: sum.rows, whole: true });
    Ok(sum)
}

/// The files of a row of `media`: the picture and its preview. None where the row is damaged.
fn names(table: &Table, row: &[Cell]) -> Vec<String> {
    let cell = |name: &str| {
        let place = table.columns.iter().position(|column| column.name == name)?;
        row.get(place)
    };
    let (Some(Cell::Bytes(digest)), Some(Cell::Text(word))) = (cell("digest"), cell("media_type"))
    else {
        return Vec::new();
    };
    let (Ok(digest), Ok(media_type)) =
        (<[u8; 32]>::try_from(digest.as_slice()), MediaType::try_from(word.clone()))
    else {
        return Vec::new();
    };
    [false, true].map(|preview| FileName { digest, media_type, preview }.text()).into()
}

fn write_media(
    archive: &mut Archive,
    root: &Path,
    pictures: &BTreeSet<String>,
    manifest: &mut Manifest,
    watch: &mut Watch<'_>,
) -> Result<()> {
    for (done, text) in pictures.iter().enumerate() {
        let Some(name) = FileName::parse(text) else { continue };
        let Ok(mut file) = File::open(file_path(root, name)) else {
            manifest.missing.push(text.clone());
            continue;
        };
        // Pictures are packed already.
        archive.start_file(media_entry(text), options(CompressionMethod::Stored))?;
        let (mut hash, mut bytes) = (Sha256::new(), 0_u64);
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = file.read(&mut buffer)?;
            let Some(chunk) = buffer.get(..read).filter(|chunk| !chunk.is_empty()) else { break };
            hash.update(chunk);
            archive.write_all(chunk)?;
            bytes += read as u64;
        }
        manifest.media.push(MediaFile { name, bytes, sha256: hex(&hash.finish()) });
        if done.is_multiple_of(FILES_TOLD_EVERY) {
            watch(Progress::Files { done, of: pictures.len() });
        }
    }
    watch(Progress::Files { done: pictures.len(), of: pictures.len() });
    Ok(())
}
