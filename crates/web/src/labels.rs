//! The names of our words, as people read them.
//!
//! A word has a `slug`, which forms, addresses, CSS classes and icons use (it is the word `domain` has for
//! it), and a `label`, a message of `common.ftl` in the language of the request.

use std::borrow::Cow;

use domain::{
    agreements::AgreementState,
    collectives::FollowPolicy,
    listings::{Category, Kind, Purpose, Signature, State, Terms, Urgency},
    memberships::Role,
    moderation::Act,
    quantity::Unit,
    text::Licence,
};

/// A word of ours on a page.
pub trait Word: Copy + 'static {
    /// All of its list, in the order people are shown it.
    const WORDS: &'static [Self];
    /// What the messages of its list begin with.
    const LIST: &'static str;
    /// Its stable short name.
    fn slug(&self) -> &'static str;

    /// What people read: the message `LIST-SLUG`.
    fn label(&self) -> Cow<'static, str> {
        words::say(&key(Self::LIST, self.slug()))
    }

    /// Is it this one?
    fn is(&self, slug: &str) -> bool {
        self.slug() == slug
    }
}

/// The key of a word's message: what no key may have is a hyphen there.
fn key(list: &str, slug: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    format!("{list}-{}", slug.chars().map(letter).collect::<String>())
}

/// What stewards did, as the log says it before whom or what.
pub fn did(act: Act) -> Cow<'static, str> {
    words::say(&key("act", act.word()))
}

/// What an app may do with this word, as the page of consent says it.
pub fn allowed(scope: &str) -> String {
    words::say(&key("scope", scope)).into_owned()
}

/// Each list with the beginning of its messages.
macro_rules! lists {
    ($($list:ty = $name:literal),* $(,)?) => {$(
        impl Word for $list {
            const WORDS: &'static [Self] = Self::ALL;
            const LIST: &'static str = $name;

            fn slug(&self) -> &'static str {
                self.word()
            }
        }
    )*};
}

lists! {
    domain::incoming::Kind = "incoming-kind",
    domain::incoming::Shelf = "shelf",
    domain::letters::Digest = "digest",
    domain::templates::Recurs = "recurs",
    Purpose = "purpose",
    Kind = "kind",
    State = "state",
    AgreementState = "agreement",
    Urgency = "urgency",
    Terms = "terms",
    Signature = "signature",
    Role = "role",
    FollowPolicy = "follow-policy",
    Licence = "licence",
    Category = "category",
    Unit = "unit",
}

#[cfg(test)]
mod tests {
    use words::Language;

    use super::*;

    /// The keys of a list.
    fn keys<W: Word>() -> Vec<String> {
        W::WORDS.iter().map(|word| key(W::LIST, word.slug())).collect()
    }

    #[test]
    fn every_word_has_a_name_in_every_language() {
        let acts = Act::ALL.iter().map(|act| key("act", act.word())).collect();
        let scopes = domain::scopes::ALL.iter().map(|(word, _)| key("scope", word)).collect();
        let all: [Vec<String>; 14] = [
            keys::<Purpose>(),
            keys::<Kind>(),
            keys::<State>(),
            keys::<AgreementState>(),
            keys::<Urgency>(),
            keys::<Terms>(),
            keys::<Signature>(),
            keys::<Role>(),
            keys::<FollowPolicy>(),
            keys::<Licence>(),
            keys::<Category>(),
            keys::<Unit>(),
            scopes,
            acts,
        ];
        for key in all.iter().flatten() {
            for language in Language::ALL {
                assert!(words::knows(language, key), "{key} in {}", language.tag());
            }
        }
    }
}
