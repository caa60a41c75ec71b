//! Passwords, hashed with Argon2id (RFC 9106). Slow on purpose: call it on the blocking pool.
//!
//! Whoever is signed in proves with theirs that it is they who change what matters, and may choose another one.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use db::{DbError, accounts::AccountRow};
use domain::{Invalid, Time, accounts};

use crate::{Op, OpError, Operation, Result, account_secrets, letters, throttle, totp};

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

/// What became of a password that somebody typed once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    Right,
    Wrong,
    /// Too many were tried for this account; another try is worth it after so many seconds.
    TooMany(i64),
}

impl Proof {
    /// What is said where it is wrong.
    pub fn wrong() -> Invalid {
        Invalid::new("password", "is not the one of your account")
    }
}

/// Is it the password of this account? Each try counts as one to sign in.
pub async fn prove(account: &AccountRow, password: String, now: Time) -> Result<Proof> {
    if throttle::LOGINS_TO.is_too_much(&account.id.to_string(), now) {
        return Ok(Proof::TooMany(throttle::LOGINS_TO.wait()));
    }
    let hashed = account.password_hash.clone();
    let checked = tokio::task::spawn_blocking(move || {
        accounts::could_be_password(&password) && verify(&password, &hashed)
    });
    let fits =
        checked.await.map_err(|err| OpError::Storage(DbError::Unavailable(err.to_string())))?;
    Ok(if fits { Proof::Right } else { Proof::Wrong })
}

/// Somebody chooses another password; the old one was checked before. All other sessions end, and all other tokens.
#[derive(Clone, Debug)]
pub struct ChangePassword {
    /// See [`hash`].
    pub password_hash: String,
    /// The digest of the session or the token with which they ask: it stays.
    pub keep: Vec<u8>,
}

impl Operation for ChangePassword {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let account = totp::own(op)?;
        db::accounts::set_password(op.tx, account.id, &self.password_hash)?;
        db::accounts::sign_out_others(op.tx, account.id, &self.keep)?;
        let links = [account_secrets::RESET, account_secrets::EMAIL, crate::sessions::CODE];
        db::account_secrets::void_kinds(op.tx, account.id, &links)?;
        totp::tell(op, &account, letters::changed)
    }
}
