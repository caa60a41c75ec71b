//! Operations on the second step of signing in: codes of an app on a phone (RFC 6238), and recovery codes for when
//! it is lost. Whoever performs one has checked the password before.

use db::accounts::AccountRow;
use domain::{AccountId, Invalid, PersonId, Refusal, Time};
use openssl::rand::rand_bytes;
use totp_rs::{Algorithm, TOTP};
use url::form_urlencoded::byte_serialize;

use crate::{
    Op, OpError, Operation, Result, accounts::administer, letters, secrets, sign_ups::handle,
};

const DIGITS: usize = 6;
const SECONDS: i64 = 30;
/// So many steps before and after count too: clocks differ.
const SKEW: i64 = 1;
const SECRET_BYTES: usize = 20;
/// How many recovery codes there are.
pub const RECOVERY_CODES: usize = 10;
/// The letters and digits of recovery codes; none of them looks like another.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// What an app on a phone is told, once.
#[derive(Clone, PartialEq, Eq)]
pub struct Offered {
    /// To be typed, in base32.
    pub secret: String,
    /// The same as a link, which is in the QR code.
    pub uri: String,
}

/// Nobody's secret reaches a log by chance.
impl std::fmt::Debug for Offered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Offered(…)")
    }
}

fn totp(secret: &[u8]) -> TOTP {
    TOTP::new_unchecked(Algorithm::SHA1, DIGITS, 1, SECONDS.unsigned_abs(), secret.to_vec())
}

/// The code of a moment.
pub fn code_at(secret: &[u8], now: Time) -> String {
    totp(secret).generate(now.seconds().unsigned_abs())
}

/// The secret as an app is told it, for an account of this server.
pub fn offered(site: &crate::Site, handle: &str, secret: &[u8]) -> Offered {
    let host: String = byte_serialize(site.host().as_bytes()).collect();
    let secret = totp(secret).get_secret_base32();
    let uri = format!("otpauth://totp/{host}:{handle}?secret={secret}&issuer={host}");
    Offered { secret, uri }
}

/// The step whose code this is, where it is one of now.
fn step_of(secret: &[u8], code: &str, now: Time) -> Option<i64> {
    let (totp, this) = (totp(secret), now.seconds().div_euclid(SECONDS));
    ((this - SKEW).max(0)..=this + SKEW)
        .find(|step| secrets::same(&totp.generate((step * SECONDS).unsigned_abs()), code))
}

/// What is typed, without what only makes it easier to read.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).take(64).collect::<String>().to_lowercase()
}

fn recovery_digest(account: AccountId, code: &str) -> Vec<u8> {
    secrets::digest(&format!("recovery {account} {code}"))
}

/// What is said where a code does not fit; whether it was used before is not told.
fn wrong_code() -> Invalid {
    Invalid::new("code", "does not fit; type the newest one of your app, or a recovery code")
}

/// Uses a code up, where the account asks for one.
pub(crate) fn demand(op: &mut Op<'_, '_>, account: AccountId, code: &str) -> Result<()> {
    let row = db::totp::find(op.tx, account)?;
    let Some(secret) = row.in_use() else { return Ok(()) };
    let code = plain(code);
    let fits = match step_of(secret, &code, op.now) {
        Some(step) => db::totp::use_step(op.tx, account, step)?,
        None => db::totp::use_code(op.tx, account, &recovery_digest(account, &code), op.now)?,
    };
    if fits { Ok(()) } else { Err(wrong_code().into()) }
}

/// The account of the person who speaks.
pub(crate) fn own(op: &mut Op<'_, '_>) -> Result<AccountRow> {
    let person = op.person()?;
    let own = db::accounts::find_by_person(op.tx, person)?.filter(AccountRow::is_usable);
    Ok(own.ok_or(Refusal::NotAllowed)?)
}

/// Offers a new secret; nothing is asked for until its first code has come back.
#[derive(Clone, Debug)]
pub struct BeginTotp;

impl Operation for BeginTotp {
    type Done = Offered;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<Offered> {
        let account = own(op)?;
        if db::totp::find(op.tx, account.id)?.in_use().is_some() {
            return Err(Refusal::TotpIsOn.into());
        }
        let mut secret = [0; SECRET_BYTES];
        rand_bytes(&mut secret).map_err(|_| Invalid::new("secret", "could not be drawn"))?;
        db::totp::begin(op.tx, account.id, &secret)?;
        let handle = handle(op, account.person_id)?;
        Ok(offered(op.site, &handle, &secret))
    }
}

/// From now on codes are asked for: the app knows the secret, as the first one shows.
#[derive(Clone, Debug)]
pub struct ConfirmTotp {
    pub code: String,
}

impl Operation for ConfirmTotp {
    /// The recovery codes, told this once.
    type Done = Vec<String>;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<Vec<String>> {
        let account = own(op)?;
        let row = db::totp::find(op.tx, account.id)?;
        if row.confirmed_at.is_some() {
            return Err(Refusal::TotpIsOn.into());
        }
        let secret = row.secret.ok_or(Refusal::TotpIsOff)?;
        let step = step_of(&secret, &plain(&self.code), op.now).ok_or_else(wrong_code)?;
        if !db::totp::use_step(op.tx, account.id, step)? {
            return Err(wrong_code().into());
        }
        db::totp::confirm(op.tx, account.id, op.now)?;
        let codes = new_codes(op, account.id)?;
        tell(op, &account, letters::totp_on)?;
        Ok(codes)
    }
}

/// No codes are asked for any more.
#[derive(Clone, Debug)]
pub struct DisableTotp;

impl Operation for DisableTotp {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let account = own(op)?;
        let row = db::totp::find(op.tx, account.id)?;
        if row.secret.is_none() {
            return Err(Refusal::TotpIsOff.into());
        }
        db::totp::clear(op.tx, account.id)?;
        if row.confirmed_at.is_some() {
            tell(op, &account, letters::totp_off)?;
        }
        Ok(())
    }
}

/// Those who run the instance let somebody in who has lost phone and recovery codes: signing in takes the password
/// alone, until its owner turns the second step on anew.
#[derive(Clone, Debug)]
pub struct ResetTotp {
    pub person: PersonId,
}

impl Operation for ResetTotp {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        administer(op)?;
        let account = db::accounts::find_by_person(op.tx, self.person)?;
        let account = account.filter(AccountRow::is_usable);
        let account = account.ok_or(OpError::NotFound("account"))?;
        if db::totp::find(op.tx, account.id)?.in_use().is_none() {
            return Err(Refusal::TotpIsOff.into());
        }
        db::totp::clear(op.tx, account.id)?;
        tell(op, &account, letters::totp_off)?;
        let handle = handle(op, account.person_id)?;
        op.audit(None, "reset_totp", &handle, "")
    }
}

/// Makes new recovery codes; those of before are worth nothing any more.
#[derive(Clone, Debug)]
pub struct RenewRecoveryCodes;

impl Operation for RenewRecoveryCodes {
    /// Told this once.
    type Done = Vec<String>;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<Vec<String>> {
        let account = own(op)?;
        if db::totp::find(op.tx, account.id)?.in_use().is_none() {
            return Err(Refusal::TotpIsOff.into());
        }
        new_codes(op, account.id)
    }
}

fn new_codes(op: &mut Op<'_, '_>, account: AccountId) -> Result<Vec<String>> {
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        codes.push(new_code()?);
    }
    let digests: Vec<Vec<u8>> =
        codes.iter().map(|code| recovery_digest(account, &plain(code))).collect();
    db::totp::replace_codes(op.tx, account, &digests)?;
    Ok(codes)
}

/// `abcd-efgh-ijkm-npqr`: 80 bits, easy to write down.
fn new_code() -> std::result::Result<String, Invalid> {
    let mut bytes = [0; 16];
    rand_bytes(&mut bytes).map_err(|_| Invalid::new("code", "could not be drawn"))?;
    let mut code = String::with_capacity(19);
    for (place, byte) in bytes.iter().enumerate() {
        if place != 0 && place % 4 == 0 {
            code.push('-');
        }
        let letter = ALPHABET.get(usize::from(byte & 31)).copied().unwrap_or(b'a');
        code.push(char::from(letter));
    }
    Ok(code)
}

/// Writes to the owner of an account, where it has an address.
pub(crate) fn tell(
    op: &mut Op<'_, '_>,
    account: &AccountRow,
    letter: fn(&mut Op<'_, '_>, &domain::accounts::Email, &str) -> Result<()>,
) -> Result<()> {
    let Some(email) = db::accounts::email(op.tx, account.id)? else { return Ok(()) };
    let handle = handle(op, account.person_id)?;
    letter(op, &email, &handle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let now = Time::from_micros(seconds * 1_000_000);
            assert_eq!(code_at(secret, now), code);
            assert_eq!(step_of(secret, code, now), Some(seconds / 30));
            assert_eq!(step_of(secret, code, now.plus_seconds(30)), Some(seconds / 30));
            assert_eq!(step_of(secret, code, now.plus_seconds(-30)), Some(seconds / 30));
            assert_eq!(step_of(secret, code, now.plus_seconds(90)), None);
            assert_eq!(step_of(secret, code, now.plus_seconds(-90)), None);
        }
        assert_eq!(step_of(secret, "", Time::from_micros(0)), None);
    }

    #[test]
    fn a_code_may_be_typed_as_it_is_read() {
        assert_eq!(plain(" 123 456 "), "123456");
        assert_eq!(plain("ABCD-efgh"), "abcdefgh");
        assert_eq!(plain(&"9".repeat(10_000)).len(), 64);
        let code = new_code().unwrap();
        assert_eq!((code.len(), plain(&code).len()), (19, 16));
        assert_ne!(code, new_code().unwrap());
    }

    #[test]
    fn an_app_reads_the_link() {
        let site = crate::Site::new(&"http://127.0.0.1:8101".parse().unwrap()).unwrap();
        let told = offered(&site, "ada", b"12345678901234567890");
        assert_eq!(told.secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            told.uri,
            "otpauth://totp/127.0.0.1%3A8101:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=127.0.0.1%3A8101"
        );
    }
}
