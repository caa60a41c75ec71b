//! Somebody with a browser: cookies, forms, and what stands on a page.

use std::collections::BTreeMap;

use reqwest::{
    Method, RequestBuilder, Response,
    header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE},
};
use url::form_urlencoded::Serializer;

/// A visitor of one server.
pub(crate) struct Visitor {
    base: String,
    cookies: BTreeMap<String, String>,
    /// The page in front of them.
    pub(crate) page: String,
}

impl Visitor {
    pub(crate) fn new(base: &str) -> Self {
        Self { base: base.to_owned(), cookies: BTreeMap::new(), page: String::new() }
    }

    /// Opens a page, which has to be there.
    pub(crate) async fn open(&mut self, path: &str) {
        let answer = self.send(self.request(Method::GET, path)).await;
        let status = answer.status();
        self.page = answer.text().await.unwrap();
        assert_eq!(status, 200, "{path}: {}", self.page);
    }

    /// Sends a form of the page in front of them, and follows to where it leads.
    pub(crate) async fn submit(&mut self, action: &str, fields: &[(&str, &str)]) {
        assert!(self.page.contains(&format!("action=\"{action}\"")), "no form leads to {action}");
        let csrf = self.between("name=\"csrf\" value=\"", "\"");
        let mut form = Serializer::new(String::new());
        form.append_pair("csrf", &csrf).extend_pairs(fields);
        let request = self.request(Method::POST, action);
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = self.send(request.body(form.finish())).await;
        let status = answer.status();
        let there = answer.headers().get(LOCATION).map(|it| it.to_str().unwrap().to_owned());
        let said = answer.text().await.unwrap();
        assert_eq!(status, 303, "{action}: {said}");
        self.open(&there.unwrap()).await;
    }

    /// What stands on the page between two pieces of text.
    pub(crate) fn between(&self, before: &str, after: &str) -> String {
        let found = self.page.split_once(before).and_then(|(_, rest)| rest.split_once(after));
        found.unwrap_or_else(|| panic!("{before} is not on this page: {}", self.page)).0.to_owned()
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let cookies = cookies.collect::<Vec<_>>().join("; ");
        super::client().request(method, format!("{}{path}", self.base)).header(COOKIE, cookies)
    }

    async fn send(&mut self, request: RequestBuilder) -> Response {
        let answer = request.header("accept", "text/html").send().await.unwrap();
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }
}
