//! From a file of somebody to a picture of ours.

use std::io::Cursor;

use db::media::Digest;
use domain::{
    Invalid,
    media::{LONGEST_SIDE, MOST_BYTES, MediaType, PREVIEW_SIDE, check_size},
};
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits, Rgba,
    codecs::jpeg::JpegEncoder, imageops::FilterType, metadata::Orientation,
};

/// A decoder may use so much memory: the largest picture with sixteen bits a channel.
const MOST_MEMORY: u64 = 384 * 1024 * 1024;
/// How well photographs are kept, of 100.
const QUALITY: u8 = 85;

/// A picture, painted anew, with its preview.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub digest: Digest,
    pub media_type: MediaType,
    pub full: Vec<u8>,
    pub preview: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// Looks at a file and paints it anew. Blocks, and takes a while.
///
/// What it is is said by its content, never by its name. Its size is checked before it is decoded; of several
/// pictures that follow each other the first is kept.
pub fn prepare(bytes: &[u8]) -> Result<Prepared, Invalid> {
    if MOST_BYTES < bytes.len() {
        return Err(Invalid::new("file", "must have at most 8 MiB"));
    }
    let format = format(bytes)?;
    if format == ImageFormat::Jpeg && !jpeg_ends(bytes) {
        return Err(unreadable());
    }
    let picture = within(read(bytes, format)?, LONGEST_SIDE);
    let media_type = if is_see_through(&picture) { MediaType::Png } else { MediaType::Jpeg };
    let (width, height) = (picture.width(), picture.height());
    let preview = within(picture.clone(), PREVIEW_SIDE);
    let full = encode(&picture, media_type).map_err(|_| unreadable())?;
    let preview = encode(&preview, media_type).map_err(|_| unreadable())?;
    let digest = Digest(openssl::sha::sha256(&full));
    Ok(Prepared { digest, media_type, full, preview, width, height })
}

fn unreadable() -> Invalid {
    Invalid::new("file", "is damaged or was cut off; save the picture anew and send that")
}

fn format(bytes: &[u8]) -> Result<ImageFormat, Invalid> {
    use ImageFormat::{Gif, Jpeg, Png, WebP};
    match image::guess_format(bytes) {
        Ok(format @ (Jpeg | Png | WebP | Gif)) => Ok(format),
        _ => Err(Invalid::new("file", "must be a picture: JPEG, PNG, WebP, or GIF")),
    }
}

/// Decodes it, and turns it as its camera was held.
fn read(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Invalid> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| unreadable())?;
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| unreadable())?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// No side longer than this; a small picture stays as it is.
fn within(picture: DynamicImage, side: u32) -> DynamicImage {
    if picture.width() <= side && picture.height() <= side {
        return picture;
    }
    picture.resize(side, side, FilterType::Triangle)
}

fn is_see_through(picture: &DynamicImage) -> bool {
    let clear = |Rgba([_, _, _, alpha]): &Rgba<u8>| *alpha < u8::MAX;
    picture.color().has_alpha() && picture.to_rgba8().pixels().any(clear)
}

fn encode(picture: &DynamicImage, media_type: MediaType) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    match media_type {
        MediaType::Jpeg => {
            let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
            picture.to_rgb8().write_with_encoder(encoder)?;
        }
        MediaType::Png => {
            picture.to_rgba8().write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)?;
        }
    }
    Ok(bytes)
}

/// Does a JPEG go on to its end? The decoder would paint what is missing grey.
fn jpeg_ends(bytes: &[u8]) -> bool {
    let byte = |at: usize| bytes.get(at).copied();
    let mut at = 2;
    loop {
        let (Some(0xff), Some(marker)) = (byte(at), byte(at + 1)) else { return false };
        match marker {
            0xd9 => return true,
            // Bytes that fill up, and markers without a length.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => {
                let (Some(high), Some(low)) = (byte(at + 2), byte(at + 3)) else { return false };
                at += 2 + usize::from(high) * 256 + usize::from(low);
                if marker == 0xda {
                    let Some(next) = after_scan(bytes, at) else { return false };
                    at = next;
                }
            }
        }
    }
}

/// Where the marker after the pixels is, which begin here.
fn after_scan(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let is_marker =
        |pair: &[u8]| matches!(pair, [0xff, it] if !matches!(it, 0 | 0xd0..=0xd7 | 0xff));
    rest.windows(2).position(is_marker).map(|at| from + at)
}
