//! Pictures: what is taken, and what is kept of it.

use crate::{Invalid, text, words::words};

/// So many bytes are uploaded at most.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;
/// So many pixels a picture has at most, said by its header before anything is decoded.
pub const MOST_PIXELS: u64 = 40_000_000;
/// So many pixels the longer side has of what is kept.
pub const LONGEST_SIDE: u32 = 2_048;
/// The same of its preview.
pub const PREVIEW_SIDE: u32 = 400;
/// So many pictures come with a listing at most.
pub const MOST_ATTACHED: usize = 4;
/// So many characters say what is to see: Mastodon refuses more.
pub const LONGEST_ALT: usize = 1_500;

words! {
    /// What is kept: photographs, and what can be seen through.
    MediaType, "media_type", {
        Jpeg = "image/jpeg",
        Png = "image/png",
    }
}

impl MediaType {
    /// How the name of its file ends.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// What there is to see, for those who do not see it: never left out.
pub fn alt(text: &str) -> Result<String, Invalid> {
    text::lines("alt", text, 1, LONGEST_ALT)
}

/// May a picture be so wide and so high?
pub fn check_size(width: u32, height: u32) -> Result<(), Invalid> {
    let pixels = u64::from(width) * u64::from(height);
    if (1..=MOST_PIXELS).contains(&pixels) {
        return Ok(());
    }
    let problem = format!("must have 1 to 40,000,000 pixels; this one is {width} × {height}");
    Err(Invalid::new("file", problem))
}

/// The name of a file: what is in it says how it is called, so that nobody's words become a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileName {
    pub digest: [u8; 32],
    pub media_type: MediaType,
    pub preview: bool,
}

impl FileName {
    /// Of digits and letters alone: `0f…9a.jpg`, `0f…9a-400.jpg`.
    pub fn text(self) -> String {
        let digit = |four: u8| char::from_digit(u32::from(four), 16).unwrap_or('0');
        let pairs = self.digest.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
        let digest: String = pairs.collect();
        let size = if self.preview { "-400" } else { "" };
        format!("{digest}{size}.{}", self.media_type.extension())
    }

    /// Reads exactly what [`text`](Self::text) writes; anything else is no name.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, extension) = text.split_once('.')?;
        let media_type = *MediaType::ALL.iter().find(|it| it.extension() == extension)?;
        let (name, preview) = match name.strip_suffix("-400") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if name.len() != 64 || !name.bytes().all(is_hex) {
            return None;
        }
        let mut digest = [0; 32];
        for (place, byte) in digest.iter_mut().enumerate() {
            *byte = u8::from_str_radix(name.get(2 * place..2 * place + 2)?, 16).ok()?;
        }
        Some(Self { digest, media_type, preview })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_of_others_become_a_path() {
        let digest = [0xa5; 32];
        for (media_type, preview) in [(MediaType::Jpeg, false), (MediaType::Png, true)] {
            let name = FileName { digest, media_type, preview };
            assert_eq!(FileName::parse(&name.text()), Some(name));
        }
        let good = FileName { digest, media_type: MediaType::Jpeg, preview: false }.text();
        for wrong in [
            "",
            ".jpg",
            "../../etc/passwd",
            "..%2f.jpg",
            "CON.png",
            &good.to_uppercase(),
            &good.replace(".jpg", ".svg"),
            &good.replace(".jpg", ".jpg.exe"),
            &good.replace("a5a5.", "a5."),
            &format!("{good}\0"),
            &good.replacen("a5", "é", 1),
        ] {
            assert_eq!(FileName::parse(wrong), None, "MED-06 {wrong:?}");
        }
    }

    #[test]
    fn sizes_and_words_are_bounded() {
        for (width, height, ok) in [
            (1, 1, true),
            (8_000, 5_000, true),
            (8_000, 5_001, false),
            (65_000, 65_000, false),
            (u32::MAX, u32::MAX, false),
            (0, 10, false),
        ] {
            assert_eq!(check_size(width, height).is_ok(), ok, "{width} × {height}");
        }
        assert_eq!(alt(" ").unwrap_err().to_string(), "alt is missing");
        assert!(alt(&"x".repeat(1_501)).is_err());
        assert_eq!(alt(" A ladder ").unwrap(), "A ladder");
    }
}
