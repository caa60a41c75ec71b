//! No page says in English what it has to say in another language.

use std::{collections::BTreeSet, fs, path::Path};

use words::Language;

use crate::{forms::plain, samples};

/// What is the same in other languages too: names, and words that look alike.
const ALIKE: &[&str] = &[
    "Admins",
    "Agriculture",
    "Cancel",
    "Code",
    "Collaborations",
    "Console",
    "Contact",
    "Description",
    "Deutsch",
    "E-mail",
    "English",
    "Error",
    "Error 403",
    "Error 404",
    "Error 500",
    "Español",
    "Français",
    "Friendica …",
    "Invitation",
    "Latitude",
    "Lemmy",
    "Longitude",
    "Mastodon",
    "Mention",
    "Migrations",
    "Name",
    "Note",
    "Original",
    "Place",
    "Server",
    "Software",
    "Tequio",
    "Tequio 0.1.0",
    "Token",
    "Transport",
    "Vision",
    "dates",
    "euros",
    "export",
    "litres",
    "mentions",
    "metres",
    "microblog",
    "minutes",
    "notifications",
    "sessions",
    "threadiverse",
];

/// What a page says: its texts, and what it says to those who hear it.
fn said(html: &str) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let hidden =
            tag.starts_with("script") || tag.starts_with("path") || tag.starts_with("code");
        if !hidden {
            texts.insert(text);
        }
        for name in [" aria-label=\"", " placeholder=\"", " title=\"", " alt=\""] {
            texts.extend(tag.split(name).nth(1).and_then(|it| it.split('"').next()));
        }
    }
    let texts = texts.iter().map(|text| plain(text)).collect::<Vec<_>>();
    let parts = texts.iter().flat_map(|text| text.split([':', '·', ',', ';', '(', ')', '?', '!']));
    let is_word = |it: &&str| 2 < it.chars().filter(|letter| letter.is_lowercase()).count();
    let parts = parts.map(|it| it.trim_matches([' ', '\n', '–', '.', '→']));
    parts.filter(|it| is_word(it) && !it.starts_with('@')).map(str::to_owned).collect()
}

/// What the samples themselves are filled with, which nobody translates.
fn sampled() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/samples");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let text: String = files.map(|path| fs::read_to_string(path).unwrap()).collect();
    let lines: Vec<&str> = text.split("\\\n").collect();
    let text: String = lines.iter().map(|line| line.trim_start()).collect();
    text.replace("\\n", "\n").replace("\\\"", "\"")
}

#[test]
fn no_page_in_another_language_says_an_english_sentence() {
    let english: BTreeSet<String> =
        samples::all().unwrap().iter().flat_map(|(_, html)| said(html)).collect();
    assert!(500 < english.len(), "the pages are read");
    let sampled = sampled();
    for language in Language::ALL.into_iter().filter(|it| it.is_whole()).skip(1) {
        let pages = words::within_sync(language, samples::all).unwrap();
        let mut left = Vec::new();
        for (page, html) in pages {
            let same = said(&html).into_iter().filter(|text| english.contains(text));
            let ours = same.filter(|it| !sampled.contains(it) && !ALIKE.contains(&it.as_str()));
            left.extend(ours.map(|text| format!("{page}: {text}")));
        }
        assert!(left.is_empty(), "{}: {left:#?}", language.tag());
    }
}
