//! Words without their endings, in the languages we know the endings of.

use std::collections::BTreeSet;

use rust_stemmers::{Algorithm, Stemmer};

use super::fold::{folded, token};

/// How a language drops endings.
#[derive(Clone, Copy)]
enum Way {
    Snowball(Algorithm),
    Catalan,
}

/// Every language whose endings are known here.
const ALL: [(&str, Way); 8] = [
    ("es", Way::Snowball(Algorithm::Spanish)),
    ("ca", Way::Catalan),
    ("en", Way::Snowball(Algorithm::English)),
    ("fr", Way::Snowball(Algorithm::French)),
    ("de", Way::Snowball(Algorithm::German)),
    ("pt", Way::Snowball(Algorithm::Portuguese)),
    ("it", Way::Snowball(Algorithm::Italian)),
    ("gl", Way::Snowball(Algorithm::Portuguese)),
];

/// The shortest word that has an ending to drop.
const SHORTEST: usize = 3;

/// The tokens of the stems of a word in a language; in all of them where it is not known which.
///
/// They begin with `s` and the language, so that none is taken for a word, nor for a stem of another language
/// (`Rad` is a bicycle, `radio` has nothing to do with it).
/// A word is stemmed as it is and without its accents, for people leave them out.
pub(super) fn stems(word: &str, language: &str) -> BTreeSet<String> {
    let language = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let plain = folded(word);
    if plain.chars().count() < SHORTEST || !plain.chars().all(|c| c.is_ascii_alphabetic()) {
        return BTreeSet::new();
    }
    let ways = ALL.iter().filter(|(known, _)| language == "und" || language == *known);
    let both = |(known, way): &(&str, Way)| {
        // French keeps the `s` after some vowels (vélos), which may belong to the word.
        let bare = plain.strip_suffix(['s', 'x']).filter(|_| *known == "fr").unwrap_or(&plain);
        let forms = [way.stem(word), way.stem(&plain), way.stem(bare)];
        forms.map(|stem| format!("s{known}{}", token(&stem)))
    };
    ways.flat_map(both).collect()
}

impl Way {
    fn stem(self, word: &str) -> String {
        match self {
            Self::Snowball(algorithm) => Stemmer::create(algorithm).stem(word).into_owned(),
            Self::Catalan => catalan(&folded(word)),
        }
    }
}

/// A light one: the plural, the ending of gender, and the `n` that only the plural shows (camió, camions).
fn catalan(word: &str) -> String {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let bare = singular.strip_suffix('n').unwrap_or(singular);
    let bare = bare.strip_suffix(['a', 'e', 'o', 'i']).unwrap_or(bare);
    // Before e and i the same sound is written otherwise: vaca, vaques; pluja, pluges; plaça, places.
    let bare = match bare.strip_suffix("qu").or_else(|| bare.strip_suffix('c')) {
        Some(rest) => format!("{rest}c"),
        None => match bare.strip_suffix("gu") {
            Some(rest) => format!("{rest}g"),
            None => bare.strip_suffix('j').map_or(bare.to_owned(), |rest| format!("{rest}g")),
        },
    };
    if bare.len() < SHORTEST { word.to_owned() } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn catalan_words_meet_in_their_stems() {
        for (one, many) in [
            ("bicicleta", "bicicletes"),
            ("camió", "camions"),
            ("cadira", "cadires"),
            ("eina", "eines"),
            ("vaca", "vaques"),
            ("pluja", "pluges"),
            ("plaça", "places"),
            ("arbre", "arbres"),
            ("home", "homes"),
        ] {
            assert_eq!(catalan(&folded(one)), catalan(&folded(many)), "{one} {many}");
        }
    }

    #[test]
    fn a_language_without_known_endings_keeps_words_whole() {
        assert!(stems("talot", "fi").is_empty());
        assert!(stems("10", "en").is_empty());
        assert!(stems("τρακτερ", "und").is_empty());
    }
}
