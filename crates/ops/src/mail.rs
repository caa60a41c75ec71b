//! Letters to people here. An operation leaves one in its own transaction; `server` sends it after the commit.

use std::fmt;

use domain::JobMark;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{Op, Result};

/// The kind of the job that a letter is.
pub const JOB: &str = db::jobs::MAIL;

/// A letter to one address, as plain text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
    /// Where whoever gets it stops letters like it with one press of a button (RFC 8058); none where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<String>,
}

/// Neither an address nor a link reaches a log by chance.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Letter(…)")
    }
}

/// Leaves a letter to be sent after the commit; it is tried again when it can't be sent at once.
pub fn leave(op: &mut Op<'_, '_>, letter: &Letter) -> Result<()> {
    let name = op.mint::<JobMark>().to_string();
    op.job(JOB, &name, &json!(letter))
}
