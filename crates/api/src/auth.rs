//! Who asks: bearer tokens and what they may be used for.

use std::{future::Future, marker::PhantomData, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use db::accounts::AccountRow;
use domain::{Origin, PersonId};

use crate::{Api, Result, problem::ApiError};

/// What a token must allow; a type for each word, so that a handler's signature names it.
pub(crate) trait Scope: 'static {
    /// `listings:write` is held by a token of exactly this word, or of `write`.
    const WORD: &'static str;
}

macro_rules! scopes {
    ($($name:ident = $word:literal),+ $(,)?) => {$(
        #[doc = concat!("`", $word, "`")]
        pub(crate) enum $name {}

        impl Scope for $name {
            const WORD: &'static str = $word;
        }
    )+};
}

scopes! {
    ReadAccounts = "accounts:read",
    ReadCollectives = "collectives:read",
    WriteCollectives = "collectives:write",
    ReadMemberships = "memberships:read",
    WriteMemberships = "memberships:write",
    ReadListings = "listings:read",
    WriteListings = "listings:write",
    ReadReplies = "replies:read",
    WriteReplies = "replies:write",
    ReadAgreements = "agreements:read",
    WriteAgreements = "agreements:write",
    WriteReactions = "reactions:write",
    ReadQueue = "queue:read",
    WriteQueue = "queue:write",
    ReadFollows = "follows:read",
    WriteFollows = "follows:write",
    ReadFeeds = "feeds:read",
    ReadLookup = "lookup:read",
    ReadMedia = "media:read",
    WriteMedia = "media:write",
    ReadBlocks = "blocks:read",
    WriteBlocks = "blocks:write",
    ReadMutes = "mutes:read",
    WriteMutes = "mutes:write",
    ReadNotifications = "notifications:read",
    WriteNotifications = "notifications:write",
    ReadModeration = "moderation:read",
    WriteModeration = "moderation:write",
    ReadAdmin = "admin:read",
    WriteAdmin = "admin:write",
}

/// Somebody with a token that allows `S`.
pub(crate) struct Viewer<S> {
    pub(crate) account: AccountRow,
    pub(crate) person: PersonId,
    /// The words of the token.
    pub(crate) scopes: String,
    scope: PhantomData<fn() -> S>,
}

impl<S> Viewer<S> {
    /// As whom the door hears them.
    pub(crate) fn origin(&self) -> Origin {
        Origin::local(self.person)
    }
}

/// Anybody; with a token it must be a good one, and allow `S`.
pub(crate) struct MaybeViewer<S> {
    pub(crate) person: Option<PersonId>,
    scope: PhantomData<fn() -> S>,
}

type Extraction<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

impl<S: Scope> FromRequest for Viewer<S> {
    type Error = ApiError;
    type Future = Extraction<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move { recognise(&req).await?.ok_or(ApiError::NoToken) })
    }
}

impl<S: Scope> FromRequest for MaybeViewer<S> {
    type Error = ApiError;
    type Future = Extraction<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let viewer: Option<Viewer<S>> = recognise(&req).await?;
            Ok(Self { person: viewer.map(|viewer| viewer.person), scope: PhantomData })
        })
    }
}

/// Whose token it is; nobody's where there is none.
async fn recognise<S: Scope>(req: &HttpRequest) -> Result<Option<Viewer<S>>> {
    let Some(token) = bearer(req)? else { return Ok(None) };
    let api = req.app_data::<web::Data<Api>>().ok_or(ApiError::Miswired)?;
    let digest = ops::secrets::digest(&token);
    let now = api.door.now();
    let found = api.read(move |conn| Ok(db::accounts::find_token(conn, &digest, now)?)).await?;
    let (account, scopes) = found.ok_or(ApiError::BadToken)?;
    if !allows(&scopes, S::WORD) {
        return Err(ApiError::MissingScope(S::WORD));
    }
    Ok(Some(Viewer { person: account.person_id, account, scopes, scope: PhantomData }))
}

/// The token of the `Authorization` header; anything else in it is a bad token.
fn bearer(req: &HttpRequest) -> Result<Option<String>> {
    let Some(value) = req.headers().get(header::AUTHORIZATION) else { return Ok(None) };
    let text = value.to_str().map_err(|_| ApiError::BadToken)?;
    let (scheme, token) = text.trim().split_once(' ').ok_or(ApiError::BadToken)?;
    let token = token.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() {
        return Err(ApiError::BadToken);
    }
    Ok(Some(token.to_owned()))
}

/// Do these words allow it: by its own name, or by the broad word behind its colon?
fn allows(scopes: &str, wanted: &str) -> bool {
    let broad = wanted.rsplit(':').next().unwrap_or(wanted);
    scopes.split_whitespace().any(|word| word == wanted || word == broad)
}

#[cfg(test)]
mod tests {
    use super::allows;

    #[test]
    fn a_broad_word_allows_its_narrow_ones() {
        for (scopes, wanted, ok) in [
            ("read write", "listings:write", true),
            ("read", "listings:write", false),
            ("read", "listings:read", true),
            ("listings:write", "listings:write", true),
            ("listings:write", "replies:write", false),
            ("listings:write", "listings:read", false),
            ("listings", "listings:read", false),
            ("", "listings:read", false),
            ("readwrite", "listings:read", false),
        ] {
            assert_eq!(allows(scopes, wanted), ok, "{scopes:?} {wanted}");
        }
    }
}
