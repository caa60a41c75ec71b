//! Logins: who runs the instance, and what a password must be.

use crate::{Invalid, words::words};

words! {
    /// What an account may do on this instance.
    AccountRole, "role", { Admin = "admin", Member = "member" }
}

/// A password of 10 to 256 bytes; longer ones would only cost time to hash.
pub fn password(text: &str) -> Result<&str, Invalid> {
    if (10..=256).contains(&text.len()) && !text.contains('\0') {
        Ok(text)
    } else {
        Err(Invalid::new("password", "must be 10 to 256 characters"))
    }
}
