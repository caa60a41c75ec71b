//! CSV (RFC 4180) for those who count.

use ::csv::{Terminator, WriterBuilder};
use actix_web::{
    HttpResponse,
    http::header::{self, HeaderValue},
};
use domain::{
    Time,
    listings::{Category, Urgency},
};

use super::{
    List,
    entries::{Entry, bare},
};
use crate::{Result, problem::ApiError};

pub(super) const MEDIA_TYPE: &str = "text/csv; charset=utf-8; header=present";

const HEADER: [&str; 26] = [
    "id",
    "url",
    "collective",
    "collective_address",
    "signed_by",
    "purpose",
    "kind",
    "state",
    "title",
    "text",
    "category",
    "terms",
    "quantity",
    "remaining",
    "unit",
    "place",
    "latitude",
    "longitude",
    "radius",
    "starts_at",
    "ends_at",
    "expires_at",
    "language",
    "urgency",
    "published_at",
    "updated_at",
];

/// The list as a table.
pub(super) fn write(list: &List) -> Result<String> {
    table(list).map_err(|err| {
        let cause: &dyn std::error::Error = &*err;
        tracing::error!(error = cause, "a table could not be written");
        ApiError::Miswired
    })
}

/// Makes the answer a file to be saved, and says where the next part of it is.
pub(super) fn attach(answer: &mut HttpResponse, next: Option<&str>) {
    let headers = answer.headers_mut();
    let attached = HeaderValue::from_static("attachment; filename=\"listings.csv\"");
    headers.insert(header::CONTENT_DISPOSITION, attached);
    let next = next.map(|next| format!("<{next}>; rel=\"next\""));
    if let Some(next) = next.and_then(|next| HeaderValue::try_from(next).ok()) {
        headers.insert(header::LINK, next);
    }
}

fn table(list: &List) -> std::result::Result<String, Box<dyn std::error::Error>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for entry in &list.entries {
        writer.write_record(row(entry))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

fn row(entry: &Entry) -> [String; 26] {
    let row = &entry.row;
    let quantity = row.how_much();
    let point = row.point();
    let time = |time: Option<Time>| time.map(Time::wire).unwrap_or_default();
    let number = |degrees: Option<f64>| degrees.map(|it| it.to_string()).unwrap_or_default();
    let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
    [
        row.id.to_string(),
        cell(entry.page()),
        cell(entry.collective.display_name()),
        cell(&format!("{}@{}", entry.collective.handle, entry.collective.host)),
        entry.signer.as_ref().map(|signer| cell(signer.display_name())).unwrap_or_default(),
        row.purpose.word().to_owned(),
        row.kind.word().to_owned(),
        row.state.word().to_owned(),
        cell(&row.title),
        cell(&entry.text()),
        word(row.category.map(Category::word)),
        row.terms.word().to_owned(),
        quantity.map(|it| it.total.to_string()).unwrap_or_default(),
        quantity.map(|it| it.remaining.to_string()).unwrap_or_default(),
        word(quantity.map(|it| it.unit.word())),
        cell(row.place.as_deref().unwrap_or_default()),
        number(point.map(|point| point.latitude)),
        number(point.map(|point| point.longitude)),
        point.map(|_| row.radius.to_string()).unwrap_or_default(),
        time(row.starts_at),
        time(row.ends_at),
        time(row.expires_at),
        row.language.as_str().to_owned(),
        word(row.urgency.map(Urgency::word)),
        time(row.published_at),
        row.updated_at.wire(),
    ]
}

/// What somebody wrote, as no spreadsheet computes it: an apostrophe stands before what could be a formula.
fn cell(text: &str) -> String {
    let text = bare(text);
    let formula = ['=', '+', '-', '@', '\t', '\n', '＝', '＋', '－', '＠'];
    if text.trim_start_matches(' ').starts_with(formula) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn what_somebody_wrote_is_never_a_formula() {
        for (text, want) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("  =HYPERLINK(\"x\")", "'  =HYPERLINK(\"x\")"),
            ("\t=1", "'\t=1"),
            ("\u{0}=1", "'=1"),
            ("＝1", "'＝1"),
            ("20 chairs = a lot", "20 chairs = a lot"),
            ("", ""),
        ] {
            assert_eq!(cell(text), want, "{text:?}");
        }
    }
}
