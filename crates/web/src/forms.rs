//! Forms as they arrive: trusted only with the word that our page put into them.

use std::pin::Pin;

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::StatusCode,
    web::{Bytes, Query},
};
use ops::{OpError, secrets};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    Result,
    error::{PageError, about_field, no, refused},
    session::{Signed, Visit},
    views::forms::{FormError, FormErrors},
};

/// Somebody who is signed in, and the form they sent from a page of ours.
///
/// **Invariant:** it carries the word of their session; no handler changes anything without one.
#[derive(Debug)]
pub(crate) struct Posted<T>(pub(crate) Signed, pub(crate) T);

/// A form with nothing in it but its button.
#[derive(Debug, Deserialize)]
pub(crate) struct Bare {}

/// The word in a form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Word {
    csrf: String,
}

type Later<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

impl<T: DeserializeOwned + 'static> FromRequest for Posted<T> {
    type Error = PageError;
    type Future = Later<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Later<Self> {
        let visit = Visit::from_request(request, payload).into_inner();
        let body = body(request, payload);
        Box::pin(async move {
            let (visit, body) = (visit?, body.await?);
            let word = read::<Word>(&body)?.csrf;
            let viewer = visit.viewer.clone().filter(|viewer| secrets::same(&viewer.csrf, &word));
            match viewer {
                Some(viewer) => Ok(Self(Signed { visit, viewer }, read(&body)?)),
                None => Err(PageError::Forged { kept: long_text(&body) }),
            }
        })
    }
}

/// The body of a form: `application/x-www-form-urlencoded` and nothing else.
pub(crate) fn body(request: &HttpRequest, payload: &mut Payload) -> Later<String> {
    let is_form = request.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded");
    let bytes = Bytes::from_request(request, payload);
    Box::pin(async move {
        if !is_form {
            return Err(PageError::Forged { kept: None });
        }
        let bytes = bytes.await.map_err(|_| PageError::BadRequest)?;
        String::from_utf8(bytes.to_vec()).map_err(|_| PageError::BadRequest)
    })
}

/// Reads what a form says; a query is written in the same way.
pub(crate) fn read<T: DeserializeOwned>(body: &str) -> Result<T> {
    Query::from_query(body).map(Query::into_inner).map_err(|_| PageError::BadRequest)
}

/// What somebody took the time to write.
fn long_text(body: &str) -> Option<String> {
    let mut fields = url::form_urlencoded::parse(body.as_bytes());
    let text = fields.find(|(key, _)| key == "text" || key == "summary")?.1;
    (!text.trim().is_empty()).then(|| text.into_owned())
}

/// What to say in a form that was not accepted, and with which status; our own trouble is a page of its own.
pub(crate) fn told(err: OpError) -> Result<(StatusCode, FormErrors)> {
    match err {
        OpError::Invalid(invalid) => {
            let message = about_field(&invalid);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, one(invalid.field, message)))
        }
        OpError::Refused(refusal) => {
            let status = StatusCode::from_u16(refused(refusal).status());
            let message = no(refusal);
            Ok((status.unwrap_or(StatusCode::CONFLICT), one("", message)))
        }
        err => Err(err.into()),
    }
}

/// One thing that is wrong.
pub(crate) fn one(field: &'static str, message: String) -> FormErrors {
    FormErrors(vec![FormError { field, message }])
}

impl FormErrors {
    /// Keeps what is wrong with a value, or gives the value.
    pub(crate) fn keep<T>(&mut self, value: std::result::Result<T, domain::Invalid>) -> Option<T> {
        value
            .inspect_err(|invalid| {
                self.0.push(FormError { field: invalid.field, message: about_field(invalid) });
            })
            .ok()
    }
}
