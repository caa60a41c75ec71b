//! JSON bodies, read only after the one who sends them is known.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, error::PayloadError, http::header, web};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::error::Category;

use crate::{Result, problem::ApiError};

/// More than any form of ours needs.
pub(crate) const LARGEST: usize = 256 * 1024;

/// The bytes of a body. What is wrong with them is said when they are read, so that whoever may not
/// write at all hears that first.
pub(crate) struct Body {
    bytes: Result<web::Bytes>,
    media_type: String,
}

impl FromRequest for Body {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media_type = req.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let media_type = media_type.unwrap_or_default().to_ascii_lowercase();
        let bytes = web::Bytes::from_request(req, payload);
        Box::pin(async move {
            let bytes = bytes.await.map_err(|err| match err.as_error::<PayloadError>() {
                Some(PayloadError::Overflow) => ApiError::TooLarge,
                _ => ApiError::Unread,
            });
            Ok(Self { bytes, media_type })
        })
    }
}

impl Body {
    /// The form it must be.
    pub(crate) fn json<T: DeserializeOwned>(self) -> Result<T> {
        let bytes = self.bytes?;
        let essence = self.media_type.split(';').next().unwrap_or_default().trim();
        if essence != "application/json" {
            return Err(ApiError::MediaType);
        }
        // A list would be taken for the fields of a form in their order.
        if bytes.trim_ascii_start().starts_with(b"[") {
            return Err(ApiError::Query("invalid type: a list, expected an object".to_owned()));
        }
        serde_json::from_slice(&bytes).map_err(|err| problem(&err))
    }

    /// The form it may be; no body at all is an empty form.
    pub(crate) fn json_or_default<T: DeserializeOwned + Default>(self) -> Result<T> {
        match &self.bytes {
            Ok(bytes) if bytes.is_empty() => Ok(T::default()),
            _ => Ok(self.json::<Option<T>>()?.unwrap_or_default()),
        }
    }
}

/// A form inside of another.
pub(crate) fn value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T> {
    serde_json::from_value(value).map_err(|err| problem(&err))
}

/// A field of an edit: absent, `null`, or something new.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum Change<T> {
    #[default]
    Keep,
    Remove,
    Set(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        Ok(Option::deserialize(from)?.map_or(Self::Remove, Self::Set))
    }
}

impl<T> Change<T> {
    /// What it makes of what is there `now`.
    pub(crate) fn apply<U, E>(
        &self,
        now: Option<U>,
        parse: impl FnOnce(&T) -> std::result::Result<U, E>,
    ) -> std::result::Result<Option<U>, E> {
        match self {
            Self::Keep => Ok(now),
            Self::Remove => Ok(None),
            Self::Set(said) => parse(said).map(Some),
        }
    }
}

/// Says what is wrong: with the JSON and where, or with which field.
fn problem(err: &serde_json::Error) -> ApiError {
    let text = err.to_string();
    if err.classify() != Category::Data {
        return ApiError::Malformed(text);
    }
    let (what, place) = text.rsplit_once(" at line ").unwrap_or((&text, ""));
    let named = what.split('`').nth(1).unwrap_or_default().to_owned();
    if what.starts_with("unknown field") {
        let known = what.split_once(", ").map_or("", |(_, known)| known);
        let problem = format!("is not a field of this request: {known}");
        return ApiError::Field { field: named, problem, code: "unknown_field" };
    }
    if what.starts_with("missing field") {
        return ApiError::Field { field: named, problem: "is missing".to_owned(), code: "invalid" };
    }
    if what.starts_with("duplicate field") {
        let problem = "is there twice".to_owned();
        return ApiError::Field { field: named, problem, code: "invalid" };
    }
    ApiError::Query(format!("{what} at line {place}"))
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Form {
        #[serde(rename = "title")]
        _title: String,
        #[serde(default)]
        place: Change<String>,
    }

    fn read(text: &str) -> Result<Form> {
        let bytes = Ok(web::Bytes::copy_from_slice(text.as_bytes()));
        Body { bytes, media_type: "application/json; charset=utf-8".to_owned() }.json()
    }

    #[test]
    fn what_is_wrong_is_named() {
        let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
        for (text, status, want) in [
            ("{\"title\": \"a\", \"role\": 1}", 422, "role is not a field of this request"),
            ("{}", 422, "title is missing"),
            ("{\"title\": \"a\", \"title\": \"b\"}", 422, "title is there twice"),
            ("{\"title\": 5}", 422, "invalid type: integer `5`, expected a string at line 1"),
            ("{\"title\": ", 400, "at line 1 column 10"),
            ("", 400, "at line 1 column 0"),
            (" [\"a\", null]", 422, "a list, expected an object"),
            ("{\"title\": \"a\"} x", 400, "trailing characters"),
            (&format!("{{\"title\": {deep}}}"), 422, "invalid type"),
            (&deep, 422, "invalid"),
        ] {
            let err = read(text).unwrap_err();
            assert_eq!(err.status_code().as_u16(), status, "{err}");
            assert!(err.to_string().contains(want), "{err}");
        }
    }

    #[test]
    fn null_and_absent_differ() {
        assert_eq!(read("{\"title\": \"a\"}").unwrap().place, Change::Keep);
        assert_eq!(read("{\"title\": \"a\", \"place\": null}").unwrap().place, Change::Remove);
    }
}
