//! Passwords, hashed with Argon2id (RFC 9106). Slow on purpose: call it on the blocking pool.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use db::DbError;
use domain::Invalid;

use crate::{OpError, Result};

/// Hashes a password that has been checked for its length.
pub fn hash(password: &str) -> std::result::Result<String, Invalid> {
    let hashed = Argon2::default().hash_password(password.as_bytes());
    Ok(hashed.map_err(|_| Invalid::new("password", "could not be hashed"))?.to_string())
}

/// The same, for those who must not block.
pub async fn hash_aside(password: String) -> Result<String> {
    let hashed = tokio::task::spawn_blocking(move || hash(&password)).await;
    let hashed = hashed.map_err(|err| OpError::Storage(DbError::Unavailable(err.to_string())))?;
    Ok(hashed?)
}

/// Is it the password behind this hash? A malformed hash fits nothing.
pub fn verify(password: &str, hashed: &str) -> bool {
    PasswordHash::new(hashed)
        .is_ok_and(|hashed| Argon2::default().verify_password(password.as_bytes(), &hashed).is_ok())
}

/// Takes as long as [`verify`], so that an unknown name answers no faster than a wrong password.
pub fn pretend(password: &str) {
    drop(hash(password));
}
