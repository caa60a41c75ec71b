//! Who asks: bearer tokens and what they may be used for.

use std::{future::Future, marker::PhantomData, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use db::accounts::AccountRow;
use domain::{AccountId, Origin, PersonId, Time, scopes::Scopes};
use ops::{
    accounts::NoteTokenUse,
    passwords::{Proof, prove as proof},
};

use crate::{Api, Result, problem::ApiError};

/// How exactly the last use of a token is known.
const USE_SECONDS: i64 = 3_600;

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
    )+

        /// All that any route asks for.
        #[cfg(test)]
        const WORDS: &[&str] = &[$($word),+];
    };
}

scopes! {
    ReadAccounts = "accounts:read",
    WriteAccounts = "accounts:write",
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
    ReadNotifications = "notifications:read",
    ReadWebhooks = "webhooks:read",
    WriteWebhooks = "webhooks:write",
    ReadSearch = "search:read",
    ReadSearches = "searches:read",
    WriteSearches = "searches:write",
    ReadMedia = "media:read",
    WriteMedia = "media:write",
    ReadBlocks = "blocks:read",
    WriteBlocks = "blocks:write",
    ReadMutes = "mutes:read",
    WriteMutes = "mutes:write",
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
    /// Was the token given to an app?
    pub(crate) by_app: bool,
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
    let (now, shown) = (api.door.now(), digest.clone());
    let found = api.read(move |conn| {
        let of_somebody = db::accounts::find_token(conn, &shown, now)?;
        if let Some((account, scopes)) = of_somebody {
            let known = db::accounts::token_use(conn, &shown)?;
            return Ok(Some((Some((account, known)), scopes)));
        }
        let of_an_app = db::oauth::find_app_token(conn, &shown, now)?;
        Ok(of_an_app.map(|scopes| (None, scopes)))
    });
    let (account, scopes) = found.await?.ok_or(ApiError::BadToken)?;
    if !Scopes::parse(&scopes).is_ok_and(|scopes| scopes.allow(S::WORD)) {
        return Err(ApiError::MissingScope(S::WORD));
    }
    // An app by itself is nobody: it reads what everybody reads.
    let Some((account, known)) = account else { return Ok(None) };
    let is_new = |last: Option<Time>| last.is_none_or(|last| last.plus_seconds(USE_SECONDS) <= now);
    if known.is_some_and(|it| is_new(it.used_at))
        && let Err(err) = api.door.perform(Origin::server(), NoteTokenUse { digest }).await
    {
        // Nobody is turned away for the sake of a list.
        tracing::debug!(error = %err, "the use of a token could not be noted");
    }
    let by_app = known.is_some_and(|it| it.app.is_some());
    Ok(Some(Viewer { person: account.person_id, account, scopes, by_app, scope: PhantomData }))
}

/// Checks a password that somebody typed once more; a token alone does not change what matters most.
pub(crate) async fn prove(api: &Api, account: &AccountRow, password: String) -> Result<()> {
    match proof(account, password, api.door.now()).await? {
        Proof::Right => Ok(()),
        Proof::Wrong => Err(Proof::wrong().into()),
        Proof::TooMany(wait) => {
            Err(ApiError::TooMany { wait: u64::try_from(wait).unwrap_or_default() })
        }
    }
}

/// Whose token it is, whatever it allows; nobody's where it is not a good one.
pub(crate) async fn account_of(api: &Api, token: &str) -> Result<Option<AccountId>> {
    let (digest, now) = (ops::secrets::digest(token), api.door.now());
    let found = api.read(move |conn| Ok(db::accounts::find_token(conn, &digest, now)?)).await?;
    Ok(found.map(|(account, _)| account.id))
}

/// The token of the `Authorization` header; anything else in it is a bad token.
pub(crate) fn bearer(req: &HttpRequest) -> Result<Option<String>> {
    let Some(value) = req.headers().get(header::AUTHORIZATION) else { return Ok(None) };
    let text = value.to_str().map_err(|_| ApiError::BadToken)?;
    let (scheme, token) = text.trim().split_once(' ').ok_or(ApiError::BadToken)?;
    let token = token.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() {
        return Err(ApiError::BadToken);
    }
    Ok(Some(token.to_owned()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_word_that_a_route_asks_for_can_be_consented_to() {
        for word in super::WORDS {
            assert!(domain::scopes::Scopes::parse(word).is_ok(), "{word}");
        }
    }
}
