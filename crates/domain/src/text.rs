//! Text that people type: how long it may be, and what is never in it.

use unicode_normalization::char::is_combining_mark;

use crate::{Invalid, words::words};

/// So many marks a letter may carry: the Vietnamese and the Hebrew alphabet need three, none needs more
/// than that by much; towers of them cover the lines above and below.
const MARKS: usize = 8;

/// A text without towers of combining marks (MED-04).
pub fn calm(text: &str) -> String {
    let mut marks = 0;
    text.chars()
        .filter(|letter| {
            marks = if is_combining_mark(*letter) { marks + 1 } else { 0 };
            marks <= MARKS
        })
        .collect()
}

/// One line of `least` to `most` characters, trimmed; line breaks and control characters become spaces.
pub fn line(field: &'static str, text: &str, least: usize, most: usize) -> Result<String, Invalid> {
    bounded(field, text.trim(), 0, most)?;
    let text: String = calm(text).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    bounded(field, text.trim(), least, most)
}

/// Several lines, trimmed; control characters other than line breaks and tabs are dropped.
pub fn lines(
    field: &'static str,
    text: &str,
    least: usize,
    most: usize,
) -> Result<String, Invalid> {
    let keep = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let text = text.replace("\r\n", "\n");
    bounded(field, text.trim(), 0, most)?;
    let text: String = calm(&text).chars().filter(keep).collect();
    bounded(field, text.trim(), least, most)
}

fn bounded(field: &'static str, text: &str, least: usize, most: usize) -> Result<String, Invalid> {
    let length = text.chars().count();
    if length < least {
        return Err(Invalid::new(field, if least == 1 { "is missing" } else { "is too short" }));
    }
    if most < length {
        let problem = format!("must be at most {most} characters; this one has {length}");
        return Err(Invalid::new(field, problem));
    }
    Ok(text.to_owned())
}

/// A language tag (BCP 47), as far as it is used here: `es`, `pt-BR`, `zh-Hant`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Language(String);

impl Language {
    /// A well-formed tag of at most 35 characters.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let mut parts = text.split('-');
        let first_ok = parts.next().is_some_and(|p| {
            (2..=3).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphabetic())
        });
        let rest_ok = parts
            .all(|p| (1..=8).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphanumeric()));
        if text.len() <= 35 && first_ok && rest_ok {
            Ok(Self(text.to_owned()))
        } else {
            Err(Invalid::new("language", "must be a language tag like es, ca, or pt-BR"))
        }
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Language {
    /// `und`: undetermined.
    fn default() -> Self {
        Self("und".to_owned())
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}

impl TryFrom<String> for Language {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        Self::parse(&text)
    }
}

words! {
    /// Under which licence a text may be used, by its SPDX identifier.
    Licence, "licence", {
        ShareAlike = "CC-BY-SA-4.0",
        Attribution = "CC-BY-4.0",
        PublicDomain = "CC0-1.0",
        NonCommercial = "CC-BY-NC-SA-4.0",
        Peer = "PPL",
        Reserved = "all-rights-reserved",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_carries_no_tower_of_marks_med_04() {
        let tower = format!("Z{}algo", "\u{351}".repeat(5_000));
        assert_eq!(calm(&tower).chars().count(), 13);
        let low: String = tower.chars().take(100).collect();
        assert_eq!(line("title", &low, 1, 120).unwrap().chars().count(), 9);
        for honest in ["Tiếng Việt", "e\u{301}\u{328}", "שָׁלוֹם", "ก็ที่นี่"]
        {
            assert_eq!(calm(honest), honest);
        }
    }

    #[test]
    fn lines_are_bounded_in_characters_not_bytes() {
        assert_eq!(line("title", "  A\nladder\u{0} ", 1, 120).unwrap(), "A ladder");
        assert_eq!(line("title", &"ñ".repeat(120), 1, 120).unwrap().chars().count(), 120);
        assert_eq!(line("title", " ", 1, 120).unwrap_err().problem, "is missing");
        let long = line("title", &"x".repeat(300), 1, 120).unwrap_err();
        assert_eq!(long.to_string(), "title must be at most 120 characters; this one has 300");
        assert_eq!(lines("text", "a\r\nb\u{7}", 0, 10).unwrap(), "a\nb");
    }

    #[test]
    fn language_tags_are_well_formed() {
        for (text, ok) in
            [("es", true), ("pt-BR", true), ("zh-Hant-TW", true), ("x", false), ("español", false)]
        {
            assert_eq!(Language::parse(text).is_ok(), ok, "{text}");
        }
    }
}
