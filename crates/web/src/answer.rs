//! Answers of handlers: a page, or the way to another one.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{HeaderValue, LINK, LOCATION},
    },
};
use askama::Template;
use ops::Site;

use crate::{Result, views::page::Notice};

/// What a handler answers.
pub(crate) type Answer = Result<HttpResponse>;

/// A page.
pub(crate) fn page(view: &impl Template) -> Answer {
    page_with(StatusCode::OK, view)
}

/// A page that says how it went.
pub(crate) fn page_with(status: StatusCode, view: &impl Template) -> Answer {
    let html = view.render()?;
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html))
}

/// The same, naming what machines may read instead.
pub(crate) fn linked(mut answer: HttpResponse, ap_id: Option<&str>) -> HttpResponse {
    let link = ap_id
        .map(|id| format!("<{id}>; rel=\"alternate\"; type=\"application/activity+json\""))
        .and_then(|link| HeaderValue::try_from(link).ok());
    if let Some(link) = link {
        answer.headers_mut().append(LINK, link);
    }
    answer
}

/// Go there, and read.
pub(crate) fn see(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, path)).finish()
}

/// Go there, and read what just happened.
pub(crate) fn see_notice(path: &str, notice: Notice) -> HttpResponse {
    let (path, anchor) = path.split_once('#').map_or((path, ""), |(path, anchor)| (path, anchor));
    let mark = if path.contains('?') { '&' } else { '?' };
    let hash = if anchor.is_empty() { "" } else { "#" };
    see(&format!("{path}{mark}notice={}{hash}{anchor}", notice.name()))
}

/// A path that somebody handed us, if it leads nowhere but to this server.
///
/// Browsers read `//host`, `/\host`, and a `/` followed by a tab and another `/` as other hosts.
pub(crate) fn own_path<'p>(site: &Site, path: &'p str) -> Option<&'p str> {
    let plain = path.starts_with('/')
        && path.len() < 2_000
        && !path.contains('\\')
        && !path.chars().any(|c| c.is_control() || c.is_whitespace());
    let stays = || site.base().join(path).is_ok_and(|url| site.owns(&url));
    (plain && !path.starts_with("//") && stays()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leads_to_another_server() {
        let site = Site::new(&url::Url::parse("https://a.example/").unwrap()).unwrap();
        for (path, ours) in [
            ("/", true),
            ("/listings?q=a%20b#answers", true),
            ("", false),
            ("home", false),
            ("//evil.test", false),
            ("///evil.test", false),
            ("/\\evil.test", false),
            ("/\t/evil.test", false),
            ("/\n/evil.test", false),
            ("https://evil.test/", false),
            ("javascript:alert(1)", false),
        ] {
            assert_eq!(own_path(&site, path).is_some(), ours, "{path:?}");
        }
    }
}
