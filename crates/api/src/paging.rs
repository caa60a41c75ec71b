//! Lists in pages: an opaque cursor, a bounded limit, and where the next page is.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Id, Invalid};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{Api, Result, problem::ApiError, words};

const MOST: i64 = 50;
const USUAL: i64 = 20;

/// Which part of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// How many items at most: 1 to 50.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 50, default = 20)]
    limit: Option<String>,
    /// `next` of the page before.
    #[param(value_type = Option<words::Cursor>, inline)]
    cursor: Option<String>,
}

/// A place in a list, and how far to read from there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    list: &'static str,
    cursor: Option<Uuid>,
    limit: i64,
}

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// The `cursor` of the next page; `null` on the last one.
    pub(crate) next: Option<String>,
}

impl PageQuery {
    /// Checks both; `list` is the name under which the list's cursors are made.
    pub(crate) fn span(&self, list: &'static str) -> Result<Span> {
        let wrong = || Invalid::new("limit", "must be a number from 1 to 50");
        let limit = match &self.limit {
            Some(text) => text.parse().map_err(|_| wrong())?,
            None => USUAL,
        };
        if !(1..=MOST).contains(&limit) {
            return Err(wrong().into());
        }
        let cursor = self.cursor.as_deref().map(|cursor| open(list, cursor)).transpose()?;
        Ok(Span { list, cursor, limit })
    }
}

impl Span {
    /// The id to go on from.
    pub(crate) fn cursor<T>(self) -> Option<Id<T>> {
        self.cursor.map(Id::from)
    }

    /// The same place, but so many items from there.
    pub(crate) fn of(self, limit: i64) -> Self {
        Self { limit, ..self }
    }

    /// How many rows to load: one more than to show, which tells whether there is a next page.
    pub(crate) fn rows(self) -> i64 {
        self.limit + 1
    }

    /// Takes away the row too many; says where the next page begins. `id` names a row.
    pub(crate) fn cut<R>(self, rows: &mut Vec<R>, id: impl Fn(&R) -> Uuid) -> Option<String> {
        let limit = usize::try_from(self.limit).unwrap_or_default();
        if rows.len() <= limit {
            return None;
        }
        rows.truncate(limit);
        rows.last().map(|row| seal(self.list, id(row)))
    }
}

impl<T: Serialize> Page<T> {
    /// The page as an answer, with a `Link` to the next one.
    pub(crate) fn answer(self, api: &Api, req: &HttpRequest) -> HttpResponse {
        let mut answer = HttpResponse::Ok();
        if let Some(next) = &self.next {
            let link = format!("<{}>; rel=\"next\"", next_url(api, req, next));
            answer.insert_header((header::LINK, link));
        }
        answer.json(self)
    }
}

/// The words behind the `?` of a request.
pub(crate) fn query<T: DeserializeOwned>(req: &HttpRequest) -> Result<T> {
    web::Query::from_query(req.query_string())
        .map(web::Query::into_inner)
        .map_err(|err| ApiError::Query(format!("the query could not be read: {err}")))
}

fn next_url(api: &Api, req: &HttpRequest, next: &str) -> String {
    let mut url = api.door.site().base().clone();
    url.set_path(req.path());
    let asked = url::form_urlencoded::parse(req.query_string().as_bytes());
    url.query_pairs_mut()
        .extend_pairs(asked.filter(|(name, _)| name != "cursor"))
        .append_pair("cursor", next);
    url.into()
}

/// An id and four bytes that only fit this list.
fn seal(list: &str, id: Uuid) -> String {
    let mut bytes = id.as_bytes().to_vec();
    bytes.extend(mark(list, id));
    URL_SAFE_NO_PAD.encode(bytes)
}

fn open(list: &str, cursor: &str) -> Result<Uuid> {
    let wrong = || Invalid::new("cursor", "must be `next` of an earlier page of the same list");
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| wrong())?;
    let (id, said) = bytes.split_at_checked(16).ok_or_else(wrong)?;
    let id = Uuid::from_slice(id).map_err(|_| wrong())?;
    if said != mark(list, id) {
        return Err(wrong().into());
    }
    Ok(id)
}

fn mark(list: &str, id: Uuid) -> Vec<u8> {
    let mut digest = ops::secrets::digest(&format!("cursor {list} {id}"));
    digest.truncate(4);
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_fits_its_own_list_only() {
        let id = Uuid::from_u128(7);
        let cursor = seal("listings", id);
        assert_eq!(open("listings", &cursor).unwrap(), id);
        assert!(open("follows", &cursor).is_err());
        let forged = URL_SAFE_NO_PAD.encode([0_u8; 20]);
        for forged in [forged.as_str(), "", "x", "'; drop table listings", &id.to_string()] {
            assert!(open("listings", forged).is_err(), "{forged}");
        }
    }

    #[test]
    fn limits_are_bounded() {
        for (limit, ok) in [
            ("1", true),
            ("50", true),
            ("0", false),
            ("51", false),
            ("-1", false),
            ("1000000000", false),
            ("1e9", false),
            ("99999999999999999999", false),
            ("", false),
        ] {
            let query = PageQuery { limit: Some(limit.to_owned()), cursor: None };
            assert_eq!(query.span("listings").is_ok(), ok, "{limit}");
        }
    }
}
