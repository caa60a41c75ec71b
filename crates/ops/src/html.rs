//! HTML of others, made harmless; text of ours, made HTML.

use std::{collections::HashSet, sync::LazyLock};

/// What Mastodon and Lemmy send and show: paragraphs, links, emphasis, lists, quotes, code.
static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .tags(HashSet::from([
            "p",
            "br",
            "a",
            "span",
            "em",
            "strong",
            "b",
            "i",
            "u",
            "s",
            "del",
            "code",
            "pre",
            "blockquote",
            "ul",
            "ol",
            "li",
            "h1",
            "h2",
            "h3",
            "h4",
        ]))
        .generic_attributes(HashSet::new())
        .tag_attributes([("a", HashSet::from(["href"]))].into())
        .allowed_classes(
            [
                ("a", HashSet::from(["mention", "u-url", "hashtag"])),
                ("span", HashSet::from(["h-card", "invisible", "ellipsis", "mention"])),
            ]
            .into(),
        )
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("nofollow noopener noreferrer ugc"));
    cleaner
});

/// Makes HTML of others harmless: scripts, styles, images, frames, and odd addresses are gone.
pub fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

/// The words of an HTML text, for titles and previews: tags away, entities decoded, spaces single.
pub fn words(html: &str) -> String {
    let spaced = html.replace("</p>", " ").replace("<br", " <br");
    let bare = ammonia::Builder::empty().clean(&spaced).to_string();
    let plain = bare
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Plain text as HTML: paragraphs at empty lines, breaks at line ends, addresses as links.
pub fn from_text(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    for paragraph in text.split("\n\n").map(str::trim).filter(|it| !it.is_empty()) {
        let lines: Vec<String> = paragraph.lines().map(line).collect();
        html.push_str("<p>");
        html.push_str(&lines.join("<br>"));
        html.push_str("</p>");
    }
    html
}

/// Escapes the five characters that mean something in HTML.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

fn line(text: &str) -> String {
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A word, or a link where it is an address; punctuation after an address is not part of it.
fn word(text: &str) -> String {
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    if !is_address {
        return escape(text);
    }
    let address = text.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'']);
    match url::Url::parse(address) {
        Ok(url) if url.host_str().is_some() => {
            let rest = text.strip_prefix(address).unwrap_or_default();
            let href = escape(url.as_str());
            let shown = escape(address);
            format!(
                "<a href=\"{href}\" rel=\"nofollow noopener noreferrer\">{shown}</a>{}",
                escape(rest)
            )
        }
        _ => escape(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_html_of_others_can_act() {
        for (html, want) in [
            ("<script>alert(1)</script>hi", "hi"),
            ("<p onclick=\"x()\">hi</p>", "<p>hi</p>"),
            (
                "<a href=\"javascript:alert(1)\">x</a>",
                "<a rel=\"nofollow noopener noreferrer ugc\">x</a>",
            ),
            ("<img src=x onerror=alert(1)>", ""),
            ("<svg onload=alert(1)></svg>", ""),
            ("<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", ""),
            ("<style>*{display:none}</style>a", "a"),
            ("<iframe src=//evil.example></iframe>", ""),
        ] {
            assert_eq!(clean(html), want, "{html}");
        }
    }

    #[test]
    fn our_text_becomes_paragraphs_and_links() {
        assert_eq!(
            from_text("20 <chairs> & more\nsee https://a.example/x?y=1&z=2.\n\n\nThanks"),
            "<p>20 &lt;chairs&gt; &amp; more<br>see <a href=\"https://a.example/x?y=1&amp;z=2\" \
             rel=\"nofollow noopener noreferrer\">https://a.example/x?y=1&amp;z=2</a>.</p><p>Thanks</p>"
        );
    }

    #[test]
    fn words_are_what_a_reader_would_read() {
        assert_eq!(words("<p>Tengo <b>12</b> sillas</p><p>&amp; más</p>"), "Tengo 12 sillas & más");
    }
}
