//! Full text without an engine's help: how texts become words, and how words are asked for.
//!
//! Both databases are given the same plain tokens and asked for the same plain tokens, so both give the same
//! answers. What is kept of a text is each of its words folded (no accents, no case) and what remains of it
//! without its ending, in the language of the text.

mod criteria;
mod fold;
mod stem;

pub use criteria::{Criteria, Facts, Near};

use std::collections::BTreeSet;

use crate::Invalid;

/// Counts on when the same text is kept as other tokens or other tags than before: both are then made anew.
pub const VERSION: &str = "2";

/// So many characters of a text are kept.
const MOST_KEPT: usize = 10_000;

/// The longest word that is told apart; longer ones are cut.
const LONGEST: usize = 40;

/// The most words somebody may ask for.
const MOST_WORDS: usize = 12;

/// The longest question.
const MOST_ASKED: usize = 200;

/// The tokens to keep of a text in a language (a tag, perhaps `und`), with a space between them.
pub fn tokens(text: &str, language: &str) -> String {
    let mut kept = BTreeSet::new();
    let text: String = text.chars().take(MOST_KEPT).collect();
    for word in fold::words(&text) {
        kept.extend(stem::stems(&word, language));
        kept.insert(begins(&word));
    }
    kept.into_iter().collect::<Vec<_>>().join(" ")
}

/// The token of a word as it is. All tokens begin with a letter: engines read numbers in ways of their own.
fn begins(word: &str) -> String {
    format!("w{}", fold::token(word))
}

/// The text that sanitised HTML shows.
pub fn outside_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut is_inside = false;
    for c in html.chars() {
        match c {
            '<' => is_inside = true,
            '>' if is_inside => {
                is_inside = false;
                text.push(' ');
            }
            c if !is_inside => text.push(c),
            _ => {}
        }
    }
    let names = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", " "), ("&amp;", "&")];
    names.iter().fold(text, |text, (name, is)| text.replace(name, is))
}

/// Words somebody looks for: all of them must be there, each as the beginning of a word or as a form of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// As it was typed.
    text: String,
    asked: Vec<Asked>,
}

/// One word: its beginning, or any of its stems.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    begins: String,
    stems: BTreeSet<String>,
}

impl Words {
    /// Reads what somebody typed, of at most 200 characters and 12 words; `None` where it is empty. What has
    /// no letter and no digit finds nothing. Nothing in it is an operator.
    pub fn parse(field: &'static str, text: &str) -> Result<Option<Self>, Invalid> {
        let text = crate::text::line(field, text, 0, MOST_ASKED)?;
        let words = fold::words(&text);
        if MOST_WORDS < words.len() {
            let problem = format!("must be at most {MOST_WORDS} words; these are {}", words.len());
            return Err(Invalid::new(field, problem));
        }
        Ok(Self::asked(text, &words))
    }

    /// The same of whatever is typed on a page: of what is too long, the beginning is asked for.
    pub fn beginning(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|c| !c.is_control()).take(MOST_ASKED).collect();
        let mut words = fold::words(&text);
        words.truncate(MOST_WORDS);
        Self::asked(text.trim().to_owned(), &words)
    }

    fn asked(text: String, words: &[String]) -> Option<Self> {
        let ask = |word: &String| Asked { begins: begins(word), stems: stem::stems(word, "und") };
        let asked = words.iter().map(ask).collect();
        Some(Self { text, asked }).filter(|words| !words.text.is_empty())
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Is there nothing in it that could be found?
    pub fn is_void(&self) -> bool {
        self.asked.is_empty()
    }

    /// The question for FTS5 of SQLite: quoted tokens, each a beginning or exact, and nothing else.
    pub fn for_sqlite(&self) -> String {
        self.question(|begins| format!("\"{begins}\"*"), |stem| format!("\"{stem}\""), "OR", "AND")
    }

    /// The question for `to_tsquery` of PostgreSQL.
    pub fn for_postgres(&self) -> String {
        self.question(|begins| format!("'{begins}':*"), |stem| format!("'{stem}'"), "|", "&")
    }

    fn question(
        &self,
        begins: impl Fn(&str) -> String,
        exact: impl Fn(&str) -> String,
        or: &str,
        and: &str,
    ) -> String {
        let one = |asked: &Asked| {
            let stems = asked.stems.iter().map(|stem| exact(stem));
            let all: Vec<_> = std::iter::once(begins(&asked.begins)).chain(stems).collect();
            format!("({})", all.join(&format!(" {or} ")))
        };
        let all: Vec<_> = self.asked.iter().map(one).collect();
        all.join(&format!(" {and} "))
    }

    /// Are they in a text that was kept as these tokens?
    pub fn are_in(&self, tokens: &str) -> bool {
        let tokens: BTreeSet<&str> = tokens.split(' ').collect();
        let has = |asked: &Asked| {
            let next = tokens.range(asked.begins.as_str()..).next();
            next.is_some_and(|token| token.starts_with(&asked.begins))
                || asked.stems.iter().any(|stem| tokens.contains(stem.as_str()))
        };
        !self.asked.is_empty() && self.asked.iter().all(has)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(asked: &str, text: &str, language: &str) -> bool {
        let words = Words::parse("q", asked).unwrap().unwrap();
        words.are_in(&tokens(text, language))
    }

    #[test]
    fn words_are_found_in_their_forms_with_and_without_accents() {
        for (text, language, asked) in [
            ("Veinte sillas para la asamblea", "es", "silla"),
            ("Una silla", "es", "SILLAS"),
            ("Un camión pequeño", "es-MX", "camiones pequeno"),
            ("El comité de huerta", "es", "comite"),
            ("El comite", "es", "comités"),
            ("Una bicicleta vella", "ca", "bicicletes"),
            ("Bicicletes", "ca", "bicicleta"),
            ("Calen camions", "ca", "camió"),
            ("Un camió", "ca", "camions"),
            ("Col·laboració", "ca", "collaboracio"),
            ("Zwei Räder", "de", "rader"),
            ("Zwei Räder", "de", "Rad"),
            ("Große Straße", "de", "strasse gross"),
            ("Twenty ladders", "en", "ladder"),
            ("A ladder", "en", "ladders"),
            ("Des vélos réparés", "fr", "velo"),
            ("Un vélo", "fr", "velos"),
            ("Œuvre", "fr", "oeuvre"),
            ("Una sedia", "it", "sedie"),
            ("Duas máquinas", "pt", "maquina"),
            ("كراسي خشبية", "ar", "كراسي"),
            ("كِتَاب", "ar", "كتاب"),
            ("Ένα τρακτέρ", "el", "τρακτερ"),
            ("ΣΠΌΡΟΣ", "el", "σπόρος"),
            ("Тракторы", "ru", "тракторы"),
            ("種子交換会", "ja", "種子"),
            ("Chairs 100%", "en", "100 %"),
            ("Solo una", "und", "solo"),
        ] {
            assert!(finds(asked, text, language), "{asked} in {text}");
        }
    }

    #[test]
    fn other_words_are_not_found() {
        for (text, language, asked) in [
            ("Un sillón", "es", "silla"),
            ("Twenty ladders", "en", "adder"),
            ("Twenty ladders", "en", "ladder chair"),
            ("Twenty ladders", "en", "twenty AND chairs"),
            ("Zwei Räder", "de", "Radio"),
            ("مفتاح", "ar", "كراسي"),
            ("Chairs", "en", "%%%"),
            ("Chairs", "en", "* : & | ! \"'"),
        ] {
            assert!(!finds(asked, text, language), "{asked} in {text}");
        }
    }

    #[test]
    fn questions_hold_letters_digits_and_our_own_quotes_alone() {
        for asked in
            ["a:*&b:*", "\"open", "'; drop table", "x) OR (y", "NEAR(a b)", "ש\u{202e}לום", "ß''"]
        {
            let words = Words::parse("q", asked).unwrap().unwrap();
            let plain = |c: char| c.is_ascii_alphanumeric() || "\"*() ORAND".contains(c);
            assert!(words.for_sqlite().chars().all(plain), "{asked}: {}", words.for_sqlite());
            let plain = |c: char| c.is_ascii_alphanumeric() || "':*|&() ".contains(c);
            assert!(words.for_postgres().chars().all(plain), "{asked}: {}", words.for_postgres());
        }
    }

    #[test]
    fn questions_are_bounded() {
        assert_eq!(Words::parse("q", " \u{0} ").unwrap(), None);
        assert!(Words::parse("q", &"%".repeat(1_000)).is_err());
        assert!(Words::parse("q", &"x".repeat(10_240)).is_err());
        assert!(Words::parse("q", &"a ".repeat(13)).is_err());
        assert!(Words::parse("q", &"a ".repeat(12)).unwrap().is_some());
        assert!(Words::parse("q", &"%".repeat(200)).unwrap().unwrap().is_void());
        assert_eq!(Words::beginning(&"a ".repeat(10_000)), Words::beginning(&"a ".repeat(100)));
        assert_eq!(Words::beginning(" \u{0} "), None);
    }

    #[test]
    fn of_html_the_text_is_kept() {
        let html = "<p>20 <b title=\"no\">sillas</b> &amp; mesas&nbsp;&lt;b&gt;</p>";
        assert_eq!(tokens(&outside_tags(html), "zz"), "w20 wb wmesas wsillas");
    }
}
