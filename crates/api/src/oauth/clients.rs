//! Which app asks, and what it sent (RFC 6749 §2.3).

use std::{collections::HashMap, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use db::apps::AppRow;

use super::errors::OAuthError;
use crate::Api;

/// The fields of a form, each there once.
pub(crate) struct Form(HashMap<String, String>);

impl FromRequest for Form {
    type Error = OAuthError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, OAuthError>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = req.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        let is_form = kind.eq_ignore_ascii_case("application/x-www-form-urlencoded");
        let body = web::Bytes::from_request(req, payload);
        Box::pin(async move {
            let invalid = |text: &str| OAuthError::InvalidRequest(text.to_owned());
            if !is_form {
                return Err(invalid("send a form: application/x-www-form-urlencoded"));
            }
            let body = body.await.map_err(|_| invalid("the form could not be read"))?;
            let mut fields = HashMap::new();
            for (name, value) in url::form_urlencoded::parse(&body) {
                if fields.insert(name.clone().into_owned(), value.into_owned()).is_some() {
                    return Err(OAuthError::InvalidRequest(format!("{name} is there twice")));
                }
            }
            Ok(Self(fields))
        })
    }
}

impl Form {
    /// What is in a field; nothing where it is empty (RFC 6749 §3.2).
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|it| !it.is_empty())
    }

    /// What must be in a field.
    pub(crate) fn need(&self, name: &str) -> Result<&str, OAuthError> {
        self.get(name).ok_or_else(|| OAuthError::InvalidRequest(format!("{name} is missing")))
    }
}

/// The app that asks: by its id and secret, or by its id alone where it can keep no secret.
pub(crate) async fn client(
    api: &Api,
    req: &HttpRequest,
    form: &Form,
) -> Result<AppRow, OAuthError> {
    let (id, secret) = match basic(req)? {
        Some((id, secret)) if form.get("client_secret").is_none() => (id, Some(secret)),
        Some(_) => {
            let twice = "send the secret in one place: in the header, or in the form";
            return Err(OAuthError::InvalidRequest(twice.to_owned()));
        }
        None => {
            let id = form.get("client_id").ok_or(OAuthError::InvalidClient)?;
            (id.to_owned(), form.get("client_secret").map(str::to_owned))
        }
    };
    let found = api.reader.read(move |conn| db::apps::find(conn, &id)).await?;
    let app = found.ok_or(OAuthError::InvalidClient)?;
    let fits = match (&app.secret_digest, &secret) {
        // Digests are compared, so the time it takes tells nothing about a secret.
        (Some(kept), Some(said)) => *kept == ops::secrets::digest(said),
        (None, None) => true,
        _ => false,
    };
    if fits { Ok(app) } else { Err(OAuthError::InvalidClient) }
}

/// Id and secret of the `Authorization` header, each form-encoded as RFC 6749 §2.3.1 wants it.
fn basic(req: &HttpRequest) -> Result<Option<(String, String)>, OAuthError> {
    let Some(value) = req.headers().get(header::AUTHORIZATION) else { return Ok(None) };
    let decoded = value.to_str().ok().and_then(|text| {
        let (scheme, rest) = text.trim().split_once(' ')?;
        let bytes = STANDARD.decode(rest.trim()).ok()?;
        let pair = String::from_utf8(bytes).ok()?;
        let (id, secret) = pair.split_once(':')?;
        scheme.eq_ignore_ascii_case("basic").then(|| (plain(id), plain(secret)))
    });
    decoded.map(Some).ok_or(OAuthError::InvalidClient)
}

fn plain(text: &str) -> String {
    let field = format!("{text}=");
    let decoded = url::form_urlencoded::parse(field.as_bytes()).next();
    decoded.map(|(name, _)| name.into_owned()).unwrap_or_default()
}
