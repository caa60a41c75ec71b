//! QR codes, drawn as one path of SVG: nobody else is asked to draw them, and no picture is loaded.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::views::identity::QrView;

/// So many modules of paper around it (ISO/IEC 18004).
const QUIET: usize = 4;

/// The code of a text; none where the text is too long for one.
pub(crate) fn view(text: &str) -> Option<QrView> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (row, colors) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in colors.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, long) = (column + QUIET, row + QUIET, run.len());
                write!(path, "M{x} {y}h{long}v1h-{long}z").ok()?;
            }
            column += run.len();
        }
    }
    Some(QrView { size: width + 2 * QUIET, path })
}

/// The same in as few letters as can be, for pages with many: lines to be drawn one module wide, and less that may
/// be torn off.
pub(crate) fn lines(text: &str) -> Option<QrView> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (row, colors) in code.to_colors().chunks(width).enumerate() {
        write!(path, "M{QUIET} {}.5", row + QUIET).ok()?;
        for run in colors.chunk_by(|one, other| one == other) {
            match run.first() {
                Some(Color::Dark) => write!(path, "h{}", run.len()).ok()?,
                _ => write!(path, "m{} 0", run.len()).ok()?,
            }
        }
    }
    Some(QrView { size: width + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_as_rows_of_modules() {
        let qr = view("otpauth://totp/a.example:ada?secret=GEZDGNBVGY3TQOJQ").unwrap();
        assert!(qr.size >= 21 + 2 * QUIET);
        // The upper side of the finder pattern: seven dark modules.
        assert!(qr.path.starts_with("M4 4h7v1h-7z"), "{}", qr.path);
        assert!(qr.path.chars().all(|c| c.is_ascii_digit() || "Mhvz -".contains(c)));
        assert!(view(&"x".repeat(10_000)).is_none());
    }

    #[test]
    fn a_code_of_lines_is_the_same_in_fewer_letters() {
        let address = "https://commons.example/listings/0196a3b0-7c11-7f5e-9d0a-2f5b8c1de001";
        let (lines, whole) = (lines(address).unwrap(), view(address).unwrap());
        assert!(lines.path.starts_with("M4 4.5h7m"), "{}", lines.path);
        let (lines, whole) = (lines.path.len(), whole.path.len());
        assert!(lines * 3 < whole * 2, "{lines} letters instead of {whole}");
    }
}
