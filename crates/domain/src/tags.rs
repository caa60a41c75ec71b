//! Tags: words that people mark with `#`, in any script.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use url::form_urlencoded::byte_serialize;

use crate::{Invalid, text};

/// So many tags a listing has at most.
pub const MOST: usize = 20;

/// The longest tag, in characters.
const LONGEST: usize = 100;

/// One tag. Two are the same when their words are, however they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    word: String,
    name: String,
}

impl Tag {
    /// Reads a tag, with its `#` or without: letters, digits, and underscores, of which one at least is no digit.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let wrong = "must be one word of letters, digits, and underscores, and not of digits alone";
        Self::named(text.strip_prefix(MARKS).unwrap_or(text))
            .ok_or_else(|| Invalid::new("tag", wrong))
    }

    fn named(name: &str) -> Option<Self> {
        if LONGEST * 4 < name.len() {
            return None;
        }
        let name: String = text::calm(name).nfc().collect();
        let word: String = name.to_lowercase().nfc().collect();
        (is_one(&name) && is_one(&word)).then_some(Self { word, name })
    }

    /// As tags are compared: in lower case.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// As its author wrote it, without `#`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where its page is on every server of ours, without a slash in front: `tags/cosecha`.
    pub fn path(&self) -> String {
        let word: String = byte_serialize(self.word.as_bytes()).collect();
        format!("tags/{word}")
    }
}

/// A part of a text: either a tag, or what stands around tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// No tag is in it.
    Text(&'a str),
    /// A tag; it stands there as `#` and its name.
    Tag(Tag),
}

/// What begins a tag.
const MARKS: [char; 2] = ['#', '＃'];

/// Is it made for words, in any script?
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_combining_mark(c)
}

/// May it stand between two letters of a tag? The dot of `l·l`, and what joins and parts letters elsewhere.
fn is_joint(c: char) -> bool {
    matches!(c, '·' | '・' | '\u{200c}')
}

/// How many bytes at the beginning of a text could be a tag.
fn reach(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if is_letter(c) && !(at == 0 && is_combining_mark(c)) {
            end = at + c.len_utf8();
        } else if at == 0 || at != end || !is_joint(c) {
            break;
        }
    }
    end
}

/// Is all of it one tag?
fn is_one(text: &str) -> bool {
    let says = |c: char| !(c.is_numeric() || is_joint(c) || is_combining_mark(c));
    !text.is_empty()
        && text.chars().count() <= LONGEST
        && reach(text) == text.len()
        && text.chars().any(says)
}

/// Does a tag begin after this character? Not inside of a word, an address, or an escaped letter.
fn opens(before: Option<char>) -> bool {
    before.is_none_or(|c| !(is_letter(c) || matches!(c, '/' | ')' | '=' | '&')))
}

/// Is this word of a text an address? There are no tags in those.
pub fn is_address(word: &str) -> bool {
    word.starts_with("https://") || word.starts_with("http://")
}

/// Takes a text apart into tags and what stands around them.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut from, mut before) = (0, None);
    for (at, c) in text.char_indices() {
        if MARKS.contains(&c) && opens(before) {
            let start = at + c.len_utf8();
            let end = start + text.get(start..).map_or(0, reach);
            if let Some(tag) = text.get(start..end).and_then(Tag::named) {
                pieces.extend(text.get(from..at).filter(|it| !it.is_empty()).map(Piece::Text));
                pieces.push(Piece::Tag(tag));
                from = end;
            }
        }
        before = Some(c);
    }
    pieces.extend(text.get(from..).filter(|it| !it.is_empty()).map(Piece::Text));
    pieces
}

/// The tags of a listing of ours: those in its title and in its text, each once.
pub fn of_listing(title: &str, text: &str) -> Vec<Tag> {
    let words = [title, text].into_iter().flat_map(|it| it.split([' ', '\n']));
    let pieces = words.filter(|word| !is_address(word)).flat_map(pieces);
    once(pieces.filter_map(|piece| match piece {
        Piece::Tag(tag) => Some(tag),
        Piece::Text(_) => None,
    }))
}

/// Each of them once, as it was written first, and no more than [`MOST`].
pub fn once(tags: impl Iterator<Item = Tag>) -> Vec<Tag> {
    let mut kept: Vec<Tag> = Vec::new();
    for tag in tags {
        if kept.iter().all(|it| it.word != tag.word) {
            kept.push(tag);
        }
        if MOST <= kept.len() {
            break;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        of_listing("", text).into_iter().map(|tag| tag.name).collect()
    }

    #[test]
    fn a_tag_is_a_word_behind_a_hash_in_any_script() {
        for (text, want) in [
            ("#Cosecha y #siembra_2026.", vec!["Cosecha", "siembra_2026"]),
            ("(#pan), #pa! y\n#col·lectiu·", vec!["pan", "pa", "col·lectiu"]),
            ("＃ツール #урожай #फसल #کتاب‌ها", vec!["ツール", "урожай", "फसल", "کتاب\u{200c}ها"]),
            ("#1 #2026 #1st ##both #_", vec!["1st", "both", "_"]),
            ("a#b c_#d https://a.example/#e /#f x=#g &#x41;", vec![]),
            ("see https://a.example/-#h, too", vec![]),
            ("# #, #- #· #\u{301}a", vec![]),
            ("#a#b", vec!["a"]),
        ] {
            assert_eq!(names(text), want, "{text}");
        }
        assert_eq!(names(&format!("#{} #{}", "a".repeat(100), "b".repeat(101))), ["a".repeat(100)]);
    }

    #[test]
    fn tags_are_the_same_in_capitals_and_are_listed_once() {
        assert_eq!(names("#Pan #pan #PAN #queso"), ["Pan", "queso"]);
        let of_both = of_listing("Pan #Trigo", "#trigo y #Ñandú");
        let words: Vec<&str> = of_both.iter().map(Tag::word).collect();
        assert_eq!(words, ["trigo", "ñandú"]);
        assert_eq!(Tag::parse("cafe\u{301}").unwrap(), Tag::parse(" #café ").unwrap());
        let many = (0..50).map(|number| format!("#t{number}")).collect::<Vec<_>>().join(" ");
        assert_eq!(names(&many).len(), MOST);
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        for text in ["", "#", "12", "two words", "a-b", "<b>", "a/b", "··", "\0", "a\u{200b}b"] {
            assert_eq!(Tag::parse(text).unwrap_err().field, "tag", "{text}");
        }
        assert!(Tag::parse(&"x".repeat(1_000_000)).is_err());
        let towers = format!("a{}", "\u{351}".repeat(90));
        assert!(Tag::parse(&towers).unwrap().word().chars().count() < 12);
        for odd in ["İstanbul", "ΟΔΟΣ", "ẞ", "Å"] {
            let tag = Tag::parse(odd).unwrap();
            assert_eq!(Tag::parse(tag.word()).unwrap().word(), tag.word(), "{odd}");
        }
    }

    #[test]
    fn a_text_is_what_its_pieces_say() {
        for text in ["Pan #Trigo, y más", "#a #b", "nothing", "", "x##y# #1"] {
            let back: String = pieces(text)
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => (*text).to_owned(),
                    Piece::Tag(tag) => format!("#{}", tag.name()),
                })
                .collect();
            assert_eq!(back, text);
        }
    }

    #[test]
    fn the_address_of_a_tag_holds_nothing_odd() {
        assert_eq!(Tag::parse("Cosecha_2026").unwrap().path(), "tags/cosecha_2026");
        assert_eq!(Tag::parse("ñ").unwrap().path(), "tags/%C3%B1");
    }
}
