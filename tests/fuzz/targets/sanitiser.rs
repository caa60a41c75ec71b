//! HTML of others made harmless: nothing in it acts, it grows no further, and cleaning it again changes nothing.
#![no_main]

#[path = "../../../crates/ops/src/heavy.rs"]
mod heavy;
#[path = "../../../crates/ops/src/html.rs"]
mod html;

use libfuzzer_sys::fuzz_target;

/// What may stay; a browser finds no other tag in what came out.
const TAGS: [&str; 19] = [
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
];

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let clean = html::clean(&text);
    assert!(clean.len() <= 2 * text.len() + 4_096, "{} became {}", text.len(), clean.len());
    for tag in tags(&clean) {
        check(tag);
    }
    let again = html::clean(&clean);
    assert_eq!(html::clean(&again), again, "what is clean stays as it is");
    let words = html::words(&text);
    assert!(words.len() <= 2 * text.len() + 4_096 && !words.contains('\n'));
    for tag in tags(&html::from_text(&text)).chain(tags(&html::escape(&text))) {
        check(tag);
    }
});

/// What stands between `<` and `>`.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest))
}

fn check(tag: &str) {
    let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    let name = name.trim_start_matches('/');
    assert!(TAGS.contains(&name) || ["h3", "h4"].contains(&name), "<{tag}>");
    let mut quoted = attributes.split('"');
    while let (Some(before), Some(value)) = (quoted.next(), quoted.next()) {
        let key = before.trim();
        assert!(["href=", "rel=", "class="].contains(&key), "<{tag}>");
        // As a browser reads it.
        let value: String = value.chars().filter(|c| !['\t', '\n', '\r'].contains(c)).collect();
        let value = value.trim_start_matches(|c: char| c <= ' ');
        let scheme = value.split(':').next().unwrap_or_default().to_lowercase();
        assert!(
            key != "href=" || ["http", "https", "mailto"].contains(&scheme.as_str()),
            "<{tag}>"
        );
    }
}
