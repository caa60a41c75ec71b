//! Reading an answer's body without trusting its size.

use std::io::{self, Write};

use bytes::Bytes;
use flate2::write::GzDecoder;
use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};

use super::FetchError;

/// The most bytes of headers an answer may have.
const MOST_HEADER_BYTES: usize = 64 * 1024;

/// How many times larger than itself a compressed body may unpack, beyond the first 64 KiB.
const MOST_RATIO: usize = 100;
const RATIO_COUNTS_FROM: usize = 64 * 1024;

/// Refuses an answer whose headers are larger than 64 KiB together.
pub(super) fn check_headers(headers: &HeaderMap) -> Result<(), FetchError> {
    let total: usize = headers.iter().map(|(n, v)| n.as_str().len() + v.len() + 4).sum();
    if total > MOST_HEADER_BYTES { Err(FetchError::TooLarge) } else { Ok(()) }
}

/// The whole body, unpacked, of at most `max` bytes both as sent and as unpacked.
///
/// It is unpacked here and not by the HTTP client, which would not say how much it read: a small
/// body may unpack to much, and much may unpack to nothing.
pub(super) async fn read(mut response: Response, max: usize) -> Result<Bytes, FetchError> {
    let mut sink = match encodings(response.headers()).as_slice() {
        [] => Sink::Plain(Limited { bytes: Vec::new(), max }),
        [one] if one == "gzip" || one == "x-gzip" => {
            Sink::Gzip(Box::new(GzDecoder::new(Limited { bytes: Vec::new(), max })))
        }
        _ => return Err(FetchError::Refused("content encoding")),
    };
    if response.content_length().is_some_and(|length| length > max as u64) {
        return Err(FetchError::TooLarge);
    }
    let mut received = 0;
    while let Some(chunk) = response.chunk().await? {
        received += chunk.len();
        if received > max {
            return Err(FetchError::TooLarge);
        }
        sink.take(&chunk, received)?;
    }
    sink.finish()
}

/// The start of a body as text, at most `max` bytes; what cannot be read is left out.
pub(super) async fn read_start(mut response: Response, max: usize) -> String {
    let mut bytes = Vec::new();
    while bytes.len() < max
        && let Ok(Some(chunk)) = response.chunk().await
    {
        bytes.extend_from_slice(&chunk);
    }
    bytes.truncate(max);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn encodings(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(CONTENT_ENCODING).iter();
    lines
        .map(|line| String::from_utf8_lossy(line.as_bytes()).to_ascii_lowercase())
        .flat_map(|line| line.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>())
        .filter(|name| !name.is_empty() && name != "identity")
        .collect()
}

/// Where a body goes, chunk by chunk.
enum Sink {
    Plain(Limited),
    Gzip(Box<GzDecoder<Limited>>),
}

impl Sink {
    fn take(&mut self, chunk: &[u8], received: usize) -> Result<(), FetchError> {
        let (written, unpacked) = match self {
            Self::Plain(limited) => (limited.write_all(chunk), limited.bytes.len()),
            Self::Gzip(decoder) => (decoder.write_all(chunk), decoder.get_ref().bytes.len()),
        };
        written.map_err(|error| understood(&error))?;
        if unpacked > RATIO_COUNTS_FROM && unpacked / MOST_RATIO > received {
            return Err(FetchError::TooLarge);
        }
        Ok(())
    }

    fn finish(self) -> Result<Bytes, FetchError> {
        let limited = match self {
            Self::Plain(limited) => limited,
            Self::Gzip(decoder) => decoder.finish().map_err(|error| understood(&error))?,
        };
        Ok(limited.bytes.into())
    }
}

/// Memory that takes no more than `max` bytes.
struct Limited {
    bytes: Vec<u8>,
    max: usize,
}

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.max {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn understood(error: &io::Error) -> FetchError {
    match error.kind() {
        io::ErrorKind::FileTooLarge => FetchError::TooLarge,
        _ => FetchError::Other(format!("content encoding: {error}")),
    }
}
