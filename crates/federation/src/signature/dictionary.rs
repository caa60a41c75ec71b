//! Dictionaries of structured fields (RFC 9651), which RFC 9421 and RFC 9530 write their headers as.

use sfv::{Dictionary, FieldType as _, Parser};

use super::cavage::LONGEST;

/// Reads a dictionary that is not empty; with it comes the one way to write it, which is what is signed.
///
/// Where a key or a parameter is given twice RFC 9651 lets the last one count, and a proxy that does
/// not know that may believe the first: such a dictionary is none. So is one with numbers or base64 in
/// an unusual form; only space is free.
pub(super) fn read(text: &str) -> Option<(Dictionary, String)> {
    if text.len() > LONGEST {
        return None;
    }
    let read: Dictionary = Parser::new(text).parse().ok()?;
    let written = read.serialize()?;
    let dense = |text: &str| text.replace([' ', '\t'], "");
    (dense(text) == dense(&written)).then_some((read, written))
}
