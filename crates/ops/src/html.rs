//! HTML of others, made harmless; text of ours, made HTML.

use std::{collections::HashSet, sync::LazyLock};

use domain::tags::{Piece, is_address, pieces};

use crate::heavy;

/// What cleaning may add to a text of any length, in bytes: links say that they are not recommended.
const ROOM: usize = 4_096;

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
///
/// What comes out is at most twice as long as what went in, and a little; of HTML that was made to grow
/// beyond that, only its words are left.
pub fn clean(html: &str) -> String {
    let most = html.len().saturating_mul(2).saturating_add(ROOM);
    let calm = domain::text::calm(html);
    let html = calm.as_str();
    if !heavy::is_heavy(html) {
        let clean = CLEANER.clean(html).to_string();
        if clean.len() <= most {
            return clean;
        }
    }
    format!("<p>{}</p>", heavy::outside(html, html.len()).trim())
}

/// The words of an HTML text, for titles and previews: tags away, entities decoded, spaces single.
pub fn words(html: &str) -> String {
    let spaced = html.replace("</p>", " ").replace("<br", " <br");
    let bare = if heavy::is_heavy(&spaced) {
        heavy::outside(&spaced, spaced.len())
    } else {
        ammonia::Builder::empty().clean(&spaced).to_string()
    };
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
    paragraphs(text, None)
}

/// The same with tags as links, too: to their pages on the server whose address this is, as Mastodon writes them.
pub fn from_tagged(text: &str, base: &str) -> String {
    paragraphs(text, Some(base))
}

/// One line with its tags as links, and nothing else.
pub fn tagged(text: &str, base: &str) -> String {
    pieces(text).iter().map(|it| piece(it, base)).collect()
}

fn paragraphs(text: &str, base: Option<&str>) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    for paragraph in text.split("\n\n").map(str::trim).filter(|it| !it.is_empty()) {
        let lines: Vec<String> = paragraph.lines().map(|it| line(it, base)).collect();
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

fn line(text: &str, base: Option<&str>) -> String {
    text.split(' ').map(|it| word(it, base)).collect::<Vec<_>>().join(" ")
}

/// What stands between tags, or a tag as a link.
fn piece(piece: &Piece<'_>, base: &str) -> String {
    match piece {
        Piece::Text(text) => escape(text),
        Piece::Tag(tag) => format!(
            "<a href=\"{}{}\" class=\"mention hashtag\" rel=\"tag\">#<span>{}</span></a>",
            escape(base),
            tag.path(),
            escape(tag.name())
        ),
    }
}

/// A word, or a link where it is an address; punctuation after an address is not part of it.
fn word(text: &str, base: Option<&str>) -> String {
    if !is_address(text) {
        return base.map_or_else(|| escape(text), |base| tagged(text, base));
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
    fn nothing_grows_beyond_twice_its_length() {
        let bold = (0..3_000).map(|n| format!("<b {n}>")).collect::<Vec<_>>().concat();
        let links = "<a href=\"//b.example\">#</a><a href=\"https:x\">#</a>".repeat(1_000);
        for bomb in [
            format!("<p>{bold}{}", "<p>x".repeat(8_000)),
            "<b>".repeat(20_000),
            "<p>".repeat(20_000),
            "<blockquote><i>".repeat(4_000),
            "&".repeat(60_000),
            "&a".repeat(30_000),
            "&xyz;".repeat(5_000),
            "&amp;".repeat(5_000),
            "<div>".repeat(2_400),
            format!("<p {}>", (0..10_000).map(|n| format!("{n} ")).collect::<Vec<_>>().concat()),
            "&<".repeat(30_000),
            links,
            "<table><td><b><a href=https:x>".repeat(2_000),
            "<svg><math><template><style>".repeat(2_000),
        ] {
            let start = std::time::Instant::now();
            let (clean, words) = (clean(&bomb), words(&bomb));
            let bomb_start: String = bomb.chars().take(40).collect();
            assert!(clean.len() <= 2 * bomb.len() + ROOM, "{bomb_start}: {}", clean.len());
            assert!(words.len() <= 2 * bomb.len(), "{bomb_start}: {}", words.len());
            assert!(start.elapsed().as_secs() < 20, "{bomb_start}: {:?}", start.elapsed());
        }
        assert_eq!(clean(&"<b>x".repeat(9_000)), format!("<p>{}</p>", " x".repeat(9_000).trim()));
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
    fn tags_become_links_and_nothing_around_them_does() {
        let base = "https://a.example/";
        let link = |word: &str, name: &str| {
            format!(
                "<a href=\"https://a.example/tags/{word}\" class=\"mention hashtag\" \
                 rel=\"tag\">#<span>{name}</span></a>"
            )
        };
        let pan = link("pan", "Pan");
        assert_eq!(
            from_tagged("<b>#Pan</b> & #1", base),
            format!("<p>&lt;b&gt;{pan}&lt;/b&gt; &amp; #1</p>")
        );
        assert_eq!(from_tagged("a\n(#ñ)", base), format!("<p>a<br>({})</p>", link("%C3%B1", "ñ")));
        assert_eq!(tagged("x #Pan\"onclick", base), format!("x {pan}&quot;onclick"));
        assert_eq!(from_text("#Pan & co"), "<p>#Pan &amp; co</p>");
        let address = "https://a.example/#top";
        assert_eq!(from_tagged(address, base), from_text(address), "no tag is in an address");
        assert!(clean(&from_tagged("#Pan", base)).contains("class=\"mention hashtag\""));
    }

    #[test]
    fn words_are_what_a_reader_would_read() {
        assert_eq!(words("<p>Tengo <b>12</b> sillas</p><p>&amp; más</p>"), "Tengo 12 sillas & más");
    }
}
