//! The first admin of a new server: whoever holds the word that was printed when it started.

use db::Conn;
use domain::{
    Handle, Origin, PersonId, Refusal,
    accounts::{AccountRole, Email},
    people::KeyPair,
};

use crate::{Op, Operation, Result, accounts::CreateAccount, secrets};

/// The digest of the word, in hexadecimal.
const WORD: &str = "setup.digest";

/// Is there nobody yet who runs this place, and a word that lets somebody in?
pub fn is_open(conn: &mut Conn) -> db::Result<bool> {
    Ok(!has_admins(conn)? && db::settings::find(conn, WORD)?.is_some())
}

/// Does this word let somebody in?
pub fn opens(conn: &mut Conn, word: &str) -> db::Result<bool> {
    let kept = db::settings::find(conn, WORD)?;
    let known = kept.is_some_and(|kept| secrets::same(&kept, &hex(&secrets::digest(word))));
    Ok(known && !has_admins(conn)?)
}

/// An admin who is suspended is one nevertheless: shutting somebody out opens no door.
fn has_admins(conn: &mut Conn) -> db::Result<bool> {
    db::accounts::has_admins(conn)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// Keeps the digest of the word that is printed, in place of an earlier one; where there is an admin, none.
#[derive(Clone, Debug)]
pub struct OpenSetup {
    /// Of the word.
    pub digest: Vec<u8>,
}

impl Operation for OpenSetup {
    /// Whether the word lets somebody in.
    type Done = bool;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<bool> {
        if *op.origin != Origin::server() {
            return Err(Refusal::NotTheirsToSay.into());
        }
        if has_admins(op.tx)? {
            db::settings::forget(op.tx, WORD)?;
            return Ok(false);
        }
        db::settings::set(op.tx, WORD, &hex(&self.digest))?;
        Ok(true)
    }
}

/// Makes the first admin; the word is used up by it.
#[derive(Clone)]
pub struct FoundAdmin {
    pub word: String,
    pub handle: Handle,
    /// 0 to 100 characters.
    pub name: String,
    pub email: Option<Email>,
    /// See [`crate::passwords::hash`].
    pub password_hash: String,
    pub locale: String,
    pub keys: KeyPair,
}

impl Operation for FoundAdmin {
    type Done = PersonId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<PersonId> {
        if !opens(op.tx, &self.word)? || !db::settings::forget(op.tx, WORD)? {
            return Err(Refusal::BadLink.into());
        }
        let account = CreateAccount {
            handle: self.handle,
            name: self.name,
            email: self.email.map(|email| email.as_str().to_owned()),
            password_hash: self.password_hash,
            role: AccountRole::Admin,
            sponsor: None,
            locale: self.locale,
            keys: self.keys,
        };
        let server = Origin::server();
        let mut founding = Op { tx: &mut *op.tx, now: op.now, origin: &server, site: op.site };
        account.perform(&mut founding)
    }
}
