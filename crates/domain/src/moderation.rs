//! What stewards do in their collective, and what is reported to them.

use crate::{Invalid, text, words::words};

words! {
    /// What stewards did; the word stands in the log of their collective.
    Act, "act", {
        HideReply = "hide_reply",
        ShowReply = "show_reply",
        BlockActor = "block_actor",
        UnblockActor = "unblock_actor",
        LockListing = "lock_listing",
        UnlockListing = "unlock_listing",
    }
}

/// Why somebody did it: up to 500 characters, which whoever reads the log sees.
pub fn reason(text: &str) -> Result<String, Invalid> {
    text::line("reason", text, 0, 500)
}

/// Why something is reported: up to 5,000 characters.
pub fn complaint(text: &str) -> Result<String, Invalid> {
    text::lines("text", text, 0, 5_000)
}
