//! JSON bodies, read only after the one who sends them is known.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, error::PayloadError, http::header, web};
use domain::Invalid;
use ops::OpError;
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
            return Err(ApiError::Query("must be an object, not sequence".to_owned()));
        }
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        let form = serde_path_to_error::deserialize(&mut json).map_err(|err| problem(&err))?;
        json.end().map_err(|err| ApiError::Malformed(err.to_string()))?;
        Ok(form)
    }

    /// The form it may be; no body at all is an empty form.
    pub(crate) fn json_or_default<T: DeserializeOwned + Default>(self) -> Result<T> {
        match &self.bytes {
            Ok(bytes) if bytes.is_empty() => Ok(T::default()),
            _ => Ok(self.json::<Option<T>>()?.unwrap_or_default()),
        }
    }
}

/// A form inside of another, in the field of that name.
pub(crate) fn value<T: DeserializeOwned>(name: &str, value: serde_json::Value) -> Result<T> {
    serde_path_to_error::deserialize(value).map_err(|err| inside(name, problem(&err)))
}

/// What is wrong inside of a field, by its path.
pub(crate) fn inside(name: &str, err: ApiError) -> ApiError {
    match err {
        ApiError::Field { field, problem, code } => {
            ApiError::Field { field: format!("{name}.{field}"), problem, code }
        }
        ApiError::Op(OpError::Invalid(Invalid { field, problem })) => {
            let field = format!("{name}.{field}");
            ApiError::Field { field, problem: problem.to_string(), code: "invalid" }
        }
        ApiError::Query(problem) => {
            ApiError::Field { field: name.to_owned(), problem, code: "invalid" }
        }
        other => other,
    }
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
fn problem(err: &serde_path_to_error::Error<serde_json::Error>) -> ApiError {
    let text = err.inner().to_string();
    if err.inner().classify() != Category::Data {
        return ApiError::Malformed(text);
    }
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    let mut field = match err.path().iter().next() {
        Some(_) => err.path().to_string(),
        None => String::new(),
    };
    let (mut problem, mut code) = (shape(what), "invalid");
    if what.starts_with("unknown field") {
        let known = what.split_once("`, expected ").map_or("none", |(_, known)| known);
        (problem, code) =
            (format!("is not a field of this request: expected {known}"), "unknown_field");
    }
    for (begins, says) in [("missing field", "is missing"), ("duplicate field", "is there twice")] {
        if what.starts_with(begins) {
            // What is not there, and what is there again, is known by the object that holds it.
            let named = what.split('`').nth(1).unwrap_or_default();
            if !field.is_empty() {
                field.push('.');
            }
            field.push_str(named);
            says.clone_into(&mut problem);
        }
    }
    if field.is_empty() {
        return ApiError::Query(problem);
    }
    ApiError::Field { field, problem, code }
}

/// Says what a value should be, in words of JSON rather than of this program.
fn shape(what: &str) -> String {
    let found = ["invalid type: ", "invalid value: ", "invalid length "];
    let found = found.iter().find_map(|begins| what.strip_prefix(begins));
    let Some((found, expected)) = found.and_then(|it| it.rsplit_once(", expected ")) else {
        return format!("is wrong: {what}");
    };
    if expected.starts_with("struct ") {
        let found = if what.starts_with("invalid length") { "sequence" } else { found };
        return format!("must be an object, not {found}");
    }
    format!("must be {expected}, not {found}")
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
            ("{\"title\": 5}", 422, "title must be a string, not integer `5`"),
            ("[]", 422, "must be an object, not sequence"),
            ("7", 422, "must be an object, not integer `7`"),
            ("{\"title\": ", 400, "at line 1 column 10"),
            ("", 400, "at line 1 column 0"),
            (" [\"a\", null]", 422, "must be an object, not sequence"),
            ("{\"title\": \"a\"} x", 400, "trailing characters"),
            (&format!("{{\"title\": {deep}}}"), 422, "title must be a string, not sequence"),
            (&deep, 422, "must be"),
        ] {
            let err = read(text).unwrap_err();
            assert_eq!(err.status_code().as_u16(), status, "{err}");
            assert!(err.to_string().contains(want), "{err}");
        }
    }

    #[test]
    fn what_is_wrong_inside_of_a_form_is_named_by_its_path() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Outer {
            #[serde(rename = "forms")]
            _forms: Option<Vec<Form>>,
            #[serde(rename = "form", default)]
            _form: Change<Form>,
        }
        for (text, want, code) in [
            (r#"{"form": {"title": 5}}"#, "form.title", "invalid"),
            (r#"{"form": {}}"#, "form.title", "invalid"),
            (r#"{"form": {"title": "a", "title": "b"}}"#, "form.title", "invalid"),
            (r#"{"form": {"title": "a", "place": 1.5}}"#, "form.place", "invalid"),
            (r#"{"form": {"title": "a", "ti`, x": 1}}"#, "form.ti`, x", "unknown_field"),
            (r#"{"form": 5}"#, "form", "invalid"),
            (r#"{"forms": {}}"#, "forms", "invalid"),
            (r#"{"forms": [{"title": "a"}, {"title": null}]}"#, "forms[1].title", "invalid"),
            (r#"{"forms": [{"title": "a"}, {"titel": null}]}"#, "forms[1].titel", "unknown_field"),
            (r#"{"forms": [{}]}"#, "forms[0].title", "invalid"),
        ] {
            let bytes = Ok(web::Bytes::copy_from_slice(text.as_bytes()));
            let body = Body { bytes, media_type: "application/json".to_owned() };
            let err = body.json::<Outer>().unwrap_err();
            let ApiError::Field { field, code: said, .. } = &err else { panic!("{text}: {err}") };
            assert_eq!((field.as_str(), *said), (want, code), "{text}");
            let value = serde_json::from_str(text).unwrap_or_default();
            if value != serde_json::Value::Null && !text.contains("\"b\"") {
                let err = super::value::<Outer>("kept", value).unwrap_err();
                assert!(err.to_string().starts_with(&format!("kept.{want} ")), "{text}: {err}");
            }
        }
        let err = super::value::<Outer>("kept", serde_json::json!(7)).unwrap_err();
        assert_eq!(err.to_string(), "kept must be an object, not integer `7`");
    }

    #[test]
    fn null_and_absent_differ() {
        assert_eq!(read("{\"title\": \"a\"}").unwrap().place, Change::Keep);
        assert_eq!(read("{\"title\": \"a\", \"place\": null}").unwrap().place, Change::Remove);
    }
}
