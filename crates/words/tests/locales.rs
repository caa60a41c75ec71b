//! Every sentence is there once, in every language that calls itself whole, and somebody says it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use words::Language;

/// What keys begin with that are put together where they are said: a list and one of its words.
const PUT_TOGETHER: &[&str] = &[
    "act-",
    "agreement-",
    "category-",
    "code-",
    "digest-",
    "console-is-",
    "error-",
    "field-",
    "follow-policy-",
    "incoming-kind-",
    "kind-",
    "licence-",
    "notice-",
    "problem-",
    "purpose-",
    "recurs-",
    "refusal-",
    "role-",
    "shelf-",
    "scope-",
    "signature-",
    "state-",
    "status-",
    "terms-",
    "unit-",
    "urgency-",
];

/// The messages of a language: key, and the names of what each is told.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for (file, text) in words::files(language) {
        let read = parser::parse(*text);
        let read =
            read.unwrap_or_else(|(_, errors)| panic!("{}/{file}.ftl: {errors:?}", language.tag()));
        for entry in read.body {
            let Entry::Message(message) = entry else { continue };
            let key = message.id.name.to_owned();
            let mut told = BTreeSet::new();
            let value = message.value.unwrap_or_else(|| panic!("{key} says nothing"));
            variables(&value, &mut told);
            assert!(
                all.insert(key.clone(), told).is_none(),
                "{key} is twice in {}",
                language.tag()
            );
        }
    }
    all
}

/// The names in a pattern, also within what it chooses from.
fn variables(pattern: &Pattern<&str>, told: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => variable(inline, told),
            Expression::Select { selector, variants } => {
                variable(selector, told);
                for variant in variants {
                    variables(&variant.value, told);
                }
            }
        }
    }
}

fn variable(inline: &InlineExpression<&str>, told: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = inline {
        told.insert(id.name.to_owned());
    }
}

/// Every source file and template of the workspace that may say something.
fn sources() -> Vec<(PathBuf, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut folders: Vec<PathBuf> =
        ["api/src", "ops/src", "server/src", "web/src", "web/templates"]
            .iter()
            .map(|folder| crates.join(folder))
            .collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs" || it == "html" || it == "txt") {
                files.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files
}

/// Every text between quotation marks that could be a key.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    let is_key = |it: &&str| {
        it.contains('-')
            && it.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    text.split('"').filter(is_key)
}

/// The keys that are said for certain: before `|t` and `|rich`, and in `say("…")`.
fn said(text: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    for (at, _) in text.match_indices("\"|t").chain(text.match_indices("\"|rich")) {
        keys.extend(text.get(..at).and_then(|before| before.rsplit('"').next()));
    }
    for call in ["say(\"", "say_with(\""] {
        for (at, _) in text.match_indices(call) {
            keys.extend(text.get(at + call.len()..).and_then(|after| after.split('"').next()));
        }
    }
    keys
}

#[test]
fn a_language_that_calls_itself_whole_says_everything() {
    let english = messages(Language::English);
    assert!(100 < english.len(), "the files are read");
    for language in Language::ALL {
        let theirs = messages(language);
        let extra: Vec<_> = theirs.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(extra.is_empty(), "{} has what English has not: {extra:?}", language.tag());
        let missing: Vec<_> = english.keys().filter(|key| !theirs.contains_key(*key)).collect();
        assert!(!language.is_whole() || missing.is_empty(), "{} lacks {missing:?}", language.tag());
    }
}

#[test]
fn a_translation_is_told_no_more_than_the_english_message() {
    let english = messages(Language::English);
    for language in Language::ALL {
        for (key, told) in messages(language) {
            let known = english.get(&key).cloned().unwrap_or_default();
            assert!(told.is_subset(&known), "{key} in {} asks for {told:?}", language.tag());
        }
    }
}

#[test]
fn what_is_said_is_there_and_what_is_there_is_said() {
    let english = messages(Language::English);
    let sources = sources();
    let mut spoken = BTreeSet::new();
    for (path, text) in &sources {
        // The module that explains how it is done has an example in its words.
        let is_example = path.ends_with("web/src/filters.rs");
        for key in said(text).into_iter().filter(|_| !is_example) {
            assert!(
                english.contains_key(key),
                "{} says {key:?}, which is in no file",
                path.display()
            );
        }
        spoken.extend(literals(text));
    }
    assert!(50 < spoken.len(), "the sources are read");
    let together = |key: &str| PUT_TOGETHER.iter().any(|prefix| key.starts_with(prefix));
    let unused: Vec<_> =
        english.keys().filter(|key| !spoken.contains(key.as_str()) && !together(key)).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

#[test]
fn a_message_counts_in_its_language() {
    for (language, text) in [(Language::English, "Error 404"), (Language::German, "Fehler 404")] {
        let said = words::within_sync(language, || {
            words::say_with("error-number", &[("status", "404".into())])
        });
        assert_eq!(said, text);
    }
    assert_eq!(words::say("no-such-message"), "no-such-message");
}
