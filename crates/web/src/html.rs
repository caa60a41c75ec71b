//! What people write, made harmless before it is shown.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use ops::html::{from_tagged, from_text, words};

/// HTML that [`clean`] let through; nothing else makes one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// Is there nothing to show?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "p",
        "br",
        "a",
        "em",
        "strong",
        "b",
        "i",
        "u",
        "s",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "span",
    ];
    let classes = ["h-card", "mention", "u-url", "hashtag", "invisible", "ellipsis"];
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(tags))
        .clean_content_tags(HashSet::from(["script", "style", "iframe", "object", "template"]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .generic_attributes(HashSet::from(["lang", "dir"]))
        .allowed_classes(HashMap::from([
            ("a", HashSet::from(classes)),
            ("span", HashSet::from(classes)),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("nofollow noopener noreferrer ugc"));
    builder
});

/// Keeps what a text needs and drops the rest: scripts, styles, media, odd links, odd classes.
pub fn clean(html: &str) -> SafeHtml {
    SafeHtml(CLEANER.clean(html).to_string())
}

/// What was written: plain text of ours, or the HTML of others, and neither is trusted.
pub(crate) fn body(text: &str, html: &str) -> SafeHtml {
    if html.is_empty() { clean(&from_text(text)) } else { clean(html) }
}

/// The same of a listing: in a text of ours, tags lead to their pages on this server, whose address this is.
pub(crate) fn tagged(text: &str, html: &str, base: &str) -> SafeHtml {
    if html.is_empty() { clean(&from_tagged(text, base)) } else { clean(html) }
}

/// What stands above a text that is folded until somebody opens it; nothing where it is not.
///
/// No media of others are shown here, so a note that warns of none but its media is not folded.
pub(crate) fn warning(row: &db::replies::ReplyRow) -> Option<String> {
    let unnamed = row.sensitive && row.title.is_some();
    row.summary.clone().or_else(|| unnamed.then(|| "Sensitive".to_owned()))
}

/// The first words of it, plain, at most about two lines.
pub(crate) fn excerpt(text: &str, html: &str) -> String {
    const MOST: usize = 180;
    let words = if html.is_empty() {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        words(html)
    };
    if words.chars().count() <= MOST {
        return words;
    }
    let cut: String = words.chars().take(MOST).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', '.', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_text_needs_is_kept() {
        let rel = r#"rel="nofollow noopener noreferrer ugc""#;
        let link = format!(r#"<a class="mention" href="https://a.test/" {rel}>a</a>"#);
        let cases = [
            ("<p>Hi <b>you</b></p>", "<p>Hi <b>you</b></p>"),
            ("<script>alert(1)</script>x", "x"),
            ("<p style=\"color:red\" onclick=\"x()\">y</p>", "<p>y</p>"),
            ("<img src=\"https://t.test/pixel\">z", "z"),
            ("<span class=\"invisible evil\">u</span>", "<span class=\"invisible\">u</span>"),
            ("<p dir=\"rtl\" lang=\"ar\">س</p>", "<p dir=\"rtl\" lang=\"ar\">س</p>"),
        ];
        for (dirty, expected) in cases {
            assert_eq!(clean(dirty).to_string(), expected);
        }
        let cleaned = clean(r#"<a class="mention big" href="https://a.test/">a</a>"#).to_string();
        assert_eq!(cleaned, link);
    }

    #[test]
    fn a_link_leads_to_the_web_or_to_mail_only() {
        for href in ["javascript:alert(1)", "data:text/html,x", "/logout", "//a.test/x"] {
            let cleaned = clean(&format!("<a href=\"{href}\">x</a>")).to_string();
            assert!(!cleaned.contains("href"), "{cleaned}");
        }
    }
}
