//! What is wrong with a value, in the language of whoever typed it.
//!
//! The rules of the program say it in English (`must be 1 to 120 characters`). Its message is found by those
//! words, with `n` for each number: `problem-must-be-n-to-n-characters`, which is told the numbers as `a`, `b`.

use crate::{Arg, Language, bundles::knows, current, say_with};

/// What numbers are called, in the order they come.
const NAMES: [&str; 4] = ["a", "b", "c", "d"];

/// A problem in the language of this piece of work; nothing where it is said in English alone.
#[must_use]
pub fn problem(english: &str) -> Option<String> {
    if current() == Language::English {
        return None;
    }
    let (key, args) = key(english);
    let args: Vec<(&str, Arg<'_>)> =
        args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
    knows(current(), &key).then(|| say_with(&key, &args).into_owned())
}

/// Does some message stand for it?
#[must_use]
pub fn knows_problem(language: Language, english: &str) -> bool {
    knows(language, &key(english).0)
}

/// The key of a problem, and what its message is told.
fn key(english: &str) -> (String, Vec<(&'static str, String)>) {
    if let Some(list) = english.strip_prefix("must be one of:") {
        return ("problem-one-of".to_owned(), vec![("list", list.trim().to_owned())]);
    }
    let mut key = "problem".to_owned();
    let mut numbers: Vec<String> = Vec::new();
    let mut letters = english.chars().peekable();
    let mut gap = true;
    while let Some(letter) = letters.next() {
        let is_minus = letter == '-' && gap && letters.peek().is_some_and(char::is_ascii_digit);
        if letter.is_ascii_digit() || is_minus {
            let mut number = letter.to_string();
            while let Some(next) = letters.next_if(|it| it.is_ascii_digit() || ".,:-".contains(*it))
            {
                number.push(next);
            }
            numbers.push(number.trim_end_matches(['.', ',', ':', '-']).to_owned());
            push(&mut key, &mut gap, 'n');
        } else if letter.is_ascii_alphabetic() {
            push(&mut key, &mut gap, letter.to_ascii_lowercase());
        } else {
            gap = true;
        }
    }
    (key, NAMES.into_iter().zip(numbers).collect())
}

/// A letter of a key, after a hyphen where a word begins.
fn push(key: &mut String, gap: &mut bool, letter: char) {
    if std::mem::take(gap) {
        key.push('-');
    }
    key.push(letter);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::within_sync;

    #[test]
    fn a_problem_is_found_by_its_words() {
        assert_eq!(problem("is missing"), None, "it is English already");
        within_sync(Language::Spanish, || {
            let said = problem("must be at most 40 characters; this one has 51");
            assert_eq!(said.as_deref(), Some("debe tener 40 caracteres como mucho; tiene 51"));
            let said = problem("must be one of: need offer");
            assert_eq!(said.as_deref(), Some("debe ser una de estas palabras: need offer"));
            let said = problem("must be from -90 to 90");
            assert_eq!(said.as_deref(), Some("debe estar entre -90 y 90"));
            assert_eq!(problem("is something nobody ever said"), None);
        });
    }
}
