//! OAuth 2: apps, consents, and the tokens that follow (RFC 6749, 6819, 7636, 9700).
//!
//! Who redeems something twice is told no, and all that followed from that consent ends with it; so a refusal
//! is an outcome here, not an error, for an error takes everything back.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use db::{
    apps::AppRow,
    oauth::{CodeRow, NewAccess, RefreshRow},
};
use domain::{
    AccountId, AppId, GrantId, Invalid, Refusal,
    oauth::{
        ACCESS_SECONDS, AppContent, CODE_SECONDS, REFRESH_SECONDS, Redirect, challenge, verifier,
    },
    scopes::Scopes,
};
use openssl::sha::sha256;

use crate::{Op, Operation, Result, secrets};

/// An app introduces itself (RFC 7591).
#[derive(Clone, Debug)]
pub struct RegisterApp {
    pub content: AppContent,
    /// By which it is known.
    pub client_id: String,
    /// Of its secret; none for one that can keep none.
    pub secret_digest: Option<Vec<u8>>,
}

impl Operation for RegisterApp {
    type Done = AppRow;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<AppRow> {
        let redirects: Vec<&str> = self.content.redirects.iter().map(Redirect::as_str).collect();
        let row = AppRow {
            id: op.mint(),
            client_id: self.client_id,
            secret_digest: self.secret_digest,
            name: self.content.name,
            website: self.content.website,
            redirect_uris: redirects.join(" "),
            scopes: self.content.scopes.words(),
            created_at: op.now,
        };
        db::apps::insert(op.tx, &row)?;
        Ok(row)
    }
}

/// Somebody allows an app to act for them; it gets a code for that.
#[derive(Clone, Debug)]
pub struct AllowApp {
    pub client_id: String,
    /// As it was asked for.
    pub redirect_uri: String,
    pub scopes: Scopes,
    /// S256 (RFC 7636).
    pub challenge: String,
    /// Of the code.
    pub digest: Vec<u8>,
}

impl Operation for AllowApp {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let person = op.person()?;
        let account = db::accounts::find_by_person(op.tx, person)?.ok_or(Refusal::NotAllowed)?;
        let app = db::apps::find(op.tx, &self.client_id)?
            .ok_or_else(|| Invalid::new("client_id", "is no app that is registered here"))?;
        challenge(&self.challenge)?;
        if !redirects_to(&app, &self.redirect_uri) {
            return Err(Invalid::new("redirect_uri", "is not one that the app registered").into());
        }
        if !Scopes::parse(&app.scopes)?.cover(&self.scopes) {
            return Err(Invalid::new("scope", "is more than the app registered for").into());
        }
        db::apps::touch(op.tx, app.id, op.now)?;
        let row = CodeRow {
            digest: self.digest,
            app_id: app.id,
            account_id: account.id,
            grant_id: op.mint(),
            redirect_uri: self.redirect_uri,
            scopes: self.scopes.words(),
            challenge: self.challenge,
            created_at: op.now,
            expires_at: op.now.plus_seconds(CODE_SECONDS),
            used_at: None,
        };
        Ok(db::oauth::insert_code(op.tx, &row)?)
    }
}

/// Did the app register this address?
pub fn redirects_to(app: &AppRow, asked: &str) -> bool {
    app.redirects().filter_map(|own| Redirect::parse(own).ok()).any(|own| own.fits(asked))
}

/// What a new pair of tokens is made of.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Of the access token.
    pub access: Vec<u8>,
    /// Of the refresh token.
    pub refresh: Vec<u8>,
}

/// What became of a code or a refresh token that was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redeemed {
    /// The new tokens hold, for these scopes.
    Good(Scopes),
    /// It is not good, or not any more (RFC 6749 §5.2, `invalid_grant`).
    Bad,
    /// More was asked for than was allowed (`invalid_scope`).
    TooMuch,
}

/// An app shows its code and the verifier behind the challenge.
#[derive(Clone, Debug)]
pub struct RedeemCode {
    pub app: AppId,
    pub digest: Vec<u8>,
    pub redirect_uri: String,
    pub verifier: String,
    pub pair: Pair,
}

impl Operation for RedeemCode {
    type Done = Redeemed;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<Redeemed> {
        let Some(code) = db::oauth::find_code(op.tx, &self.digest)? else {
            return Ok(Redeemed::Bad);
        };
        if !db::oauth::use_code(op.tx, &self.digest, op.now)? {
            // Somebody has a copy of it: nothing that followed from it is safe (RFC 6749 §4.1.2).
            db::oauth::end_grant(op.tx, code.grant_id)?;
            return Ok(Redeemed::Bad);
        }
        let fits = code.app_id == self.app
            && op.now < code.expires_at
            && code.redirect_uri == self.redirect_uri
            && verifies(&self.verifier, &code.challenge);
        if !fits {
            return Ok(Redeemed::Bad);
        }
        let scopes = Scopes::parse(&code.scopes)?;
        hand_out(op, (self.app, code.account_id, code.grant_id), &scopes, &scopes, self.pair)
    }
}

/// Is it the verifier that the challenge was made from (RFC 7636 §4.6)?
fn verifies(text: &str, challenge: &str) -> bool {
    let Ok(text) = verifier(text) else { return false };
    secrets::same(&URL_SAFE_NO_PAD.encode(sha256(text.as_bytes())), challenge)
}

/// An app shows its refresh token and gets a new pair for it; the old pair ends.
#[derive(Clone, Debug)]
pub struct RefreshTokens {
    pub app: AppId,
    pub digest: Vec<u8>,
    /// Fewer than before, where it asks for that.
    pub scopes: Option<Scopes>,
    pub pair: Pair,
}

impl Operation for RefreshTokens {
    type Done = Redeemed;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<Redeemed> {
        let found = db::oauth::find_refresh(op.tx, &self.digest)?;
        let Some(row) = found.filter(|row| row.app_id == self.app) else {
            return Ok(Redeemed::Bad);
        };
        let held = Scopes::parse(&row.scopes)?;
        let wanted = self.scopes.unwrap_or_else(|| held.clone());
        if row.used_at.is_none() && !held.cover(&wanted) {
            return Ok(Redeemed::TooMuch);
        }
        if !db::oauth::use_refresh(op.tx, &self.digest, op.now)? {
            // Shown twice: one of the two is a thief (RFC 9700 §4.14).
            db::oauth::end_grant(op.tx, row.grant_id)?;
            return Ok(Redeemed::Bad);
        }
        if row.expires_at <= op.now {
            return Ok(Redeemed::Bad);
        }
        db::oauth::end_access(op.tx, row.grant_id)?;
        hand_out(op, (self.app, row.account_id, row.grant_id), &wanted, &held, self.pair)
    }
}

/// Writes a pair of tokens: one to use, for `scopes`, and one to get the next pair with, for all that is `held`.
fn hand_out(
    op: &mut Op<'_, '_>,
    (app, account, grant): (AppId, AccountId, GrantId),
    scopes: &Scopes,
    held: &Scopes,
    pair: Pair,
) -> Result<Redeemed> {
    if !db::accounts::is_usable(op.tx, account)? {
        return Ok(Redeemed::Bad);
    }
    let name = db::apps::name(op.tx, app)?;
    let access = NewAccess {
        id: op.mint(),
        digest: &pair.access,
        account,
        app,
        grant,
        name: &name,
        scopes: &scopes.words(),
        now: op.now,
        until: op.now.plus_seconds(ACCESS_SECONDS),
    };
    db::oauth::insert_access(op.tx, &access)?;
    let refresh = RefreshRow {
        digest: pair.refresh,
        app_id: app,
        account_id: account,
        grant_id: grant,
        scopes: held.words(),
        created_at: op.now,
        expires_at: op.now.plus_seconds(REFRESH_SECONDS),
        used_at: None,
    };
    db::oauth::insert_refresh(op.tx, &refresh)?;
    db::apps::touch(op.tx, app, op.now)?;
    Ok(Redeemed::Good(scopes.clone()))
}

/// An app asks for a token of its own, for what everybody may read (RFC 6749 §4.4).
#[derive(Clone, Debug)]
pub struct MakeAppToken {
    pub app: AppId,
    pub digest: Vec<u8>,
    pub scopes: Scopes,
}

impl Operation for MakeAppToken {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let until = op.now.plus_seconds(ACCESS_SECONDS);
        let words = self.scopes.words();
        db::oauth::insert_app_token(op.tx, self.app, &self.digest, &words, op.now, until)?;
        Ok(db::apps::touch(op.tx, self.app, op.now)?)
    }
}

/// An app gives back a token of whichever kind (RFC 7009); what is not its own stays.
#[derive(Clone, Debug)]
pub struct RevokeToken {
    pub app: AppId,
    pub digest: Vec<u8>,
}

impl Operation for RevokeToken {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let refresh = db::oauth::find_refresh(op.tx, &self.digest)?;
        let refresh = refresh.filter(|row| row.app_id == self.app).map(|row| row.grant_id);
        let access = db::oauth::grant_of_access(op.tx, self.app, &self.digest)?;
        if let Some(grant) = refresh.or(access) {
            db::oauth::end_grant(op.tx, grant)?;
        }
        Ok(db::oauth::end_app_token(op.tx, self.app, &self.digest)?)
    }
}

#[cfg(test)]
mod tests {
    use super::verifies;

    #[test]
    fn the_example_of_rfc_7636_appendix_b_verifies() {
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert!(verifies("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", challenge));
        assert!(!verifies("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl", challenge));
        assert!(!verifies(challenge, challenge), "`plain` is not spoken here");
    }
}
