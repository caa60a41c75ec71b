//! Words without accents and case, spelled so that every engine reads them alike.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::LONGEST;

/// The words of a text, composed and in lower case: what a stemmer reads.
pub(super) fn words(text: &str) -> Vec<String> {
    // Compatible letters first (ﬁ, ²), then composed: é is one letter whichever way it was typed.
    let text: String = text.nfkc().collect::<String>().to_lowercase();
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || is_combining_mark(c) {
            word.push(c);
        } else if !is_joint(c) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    words.push(word);
    words.retain(|word| word.chars().any(|c| c.is_alphanumeric() && !is_combining_mark(c)));
    words.into_iter().map(|word| word.chars().take(LONGEST).collect()).collect()
}

/// What stands within a word and is not one of its letters: the Catalan l·l, soft hyphens, joiners, the long
/// stroke of Arabic.
fn is_joint(c: char) -> bool {
    matches!(c, '·' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}')
}

/// Without accents: letters that are decomposed lose their marks, and those that are not have a plain form.
pub(super) fn folded(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'đ' | 'ð' => plain.push('d'),
            'ł' => plain.push('l'),
            'ı' => plain.push('i'),
            'ς' => plain.push('σ'),
            'ـ' => {}
            c => plain.push(c),
        }
    }
    plain
}

/// A word as it is kept and asked for: folded, in `a` to `z` and digits alone.
///
/// What is not ASCII is written as four digits of base 36. Engines disagree on which characters are letters,
/// and PostgreSQL on that with itself, by its locale; on these they agree. Beginnings stay beginnings.
pub(super) fn token(word: &str) -> String {
    let mut token = String::with_capacity(word.len());
    for c in folded(word).chars() {
        if c.is_ascii_alphanumeric() {
            token.push(c.to_ascii_lowercase());
        } else {
            let code = u32::from(c);
            let digits = [46_656, 1_296, 36, 1].map(|power| code / power % 36);
            token.extend(digits.map(|digit| char::from_digit(digit, 36).unwrap_or('0')));
        }
    }
    token
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_where_letters_end() {
        assert_eq!(words("A ladder, 3m (old)!"), ["a", "ladder", "3m", "old"]);
        assert_eq!(words("l'école"), ["l", "école"]);
        assert_eq!(words("col·laborar"), ["collaborar"]);
        assert_eq!(words("e\u{301}cole"), ["école"]);
        assert!(words("%_ \u{301} …").is_empty());
    }

    #[test]
    fn tokens_are_plain_and_keep_beginnings() {
        for (word, want) in [("räder", "rader"), ("straße", "strasse"), ("œuvre", "oeuvre")] {
            assert_eq!(token(word), want);
        }
        for word in ["τρακτέρ", "كراسي", "種子", "𞤀𞤣", "நெல்"] {
            let whole = token(word);
            assert!(whole.chars().all(|c| c.is_ascii_alphanumeric()), "{whole}");
            let first: String = word.chars().take(1).collect();
            assert!(whole.starts_with(&token(&first)));
        }
    }
}
