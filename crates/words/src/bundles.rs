//! The messages of each language.

use std::{borrow::Cow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::{Language, current, number};

/// The names and texts of the files of each language, in the order of [`Language::ALL`].
macro_rules! locales {
    ($($tag:literal),*; $files:tt) => { [$(locales!(@language $tag, $files)),*] };
    (@language $tag:literal, [$($file:literal),*]) => {
        &[$(($file, include_str!(concat!("../locales/", $tag, "/", $file, ".ftl")))),*]
    };
}

const FILES: [&[(&str, &str)]; 5] = locales!(
    "en", "es", "ca", "de", "fr";
    ["accounts", "collectives", "common", "console", "errors", "layout", "letters", "listings", "members",
     "moderation", "visitors"]
);

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<Bundle>> =
    LazyLock::new(|| Language::ALL.into_iter().map(bundle).collect());

/// What a message is told: a number, which it may count, or a text.
#[derive(Clone, Debug)]
pub struct Arg<'a>(FluentValue<'a>);

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self(FluentValue::from(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self(FluentValue::from(text))
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self(FluentValue::from(number))
    }
}

/// The files of a language: name and text.
#[must_use]
pub fn files(language: Language) -> &'static [(&'static str, &'static str)] {
    FILES.get(language.index()).copied().unwrap_or_default()
}

/// Does a language have this message itself?
#[must_use]
pub fn knows(language: Language, key: &str) -> bool {
    BUNDLES.get(language.index()).is_some_and(|bundle| bundle.has_message(key))
}

/// A message in the language of this piece of work.
///
/// One that is in no file is its own text, and an error in the log: a test refuses such.
#[must_use]
pub fn say(key: &str) -> Cow<'static, str> {
    say_args(key, None)
}

/// The same with what it is told.
#[must_use]
pub fn say_with(key: &str, args: &[(&str, Arg<'_>)]) -> Cow<'static, str> {
    let mut told = FluentArgs::with_capacity(args.len());
    for (name, Arg(value)) in args {
        told.set((*name).to_owned(), value.clone());
    }
    Cow::Owned(say_args(key, Some(&told)).into_owned())
}

fn say_args<'a>(key: &str, args: Option<&'a FluentArgs<'a>>) -> Cow<'a, str>
where
    'static: 'a,
{
    for language in [current(), Language::default()] {
        let bundle: Option<&'static Bundle> = BUNDLES.get(language.index());
        let found = bundle.and_then(|bundle| Some((bundle, bundle.get_message(key)?.value()?)));
        let Some((bundle, pattern)) = found else { continue };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, ?errors, language = language.tag(), "a message is not told all");
        }
        return text;
    }
    tracing::error!(key, "there is no such message");
    Cow::Owned(key.to_owned())
}

fn bundle(language: Language) -> Bundle {
    let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // Pages put `bdi` around what people wrote; marks in the text would be seen by whoever compares it.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(it) if it.value.fract() == 0.0 => {
            it.as_string().parse().ok().map(number)
        }
        _ => None,
    }));
    for (file, text) in files(language) {
        let resource =
            FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(read, errors)| {
                tracing::error!(
                    file,
                    ?errors,
                    language = language.tag(),
                    "a file of messages is broken"
                );
                read
            });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(file, ?errors, language = language.tag(), "a message is there twice");
        }
    }
    bundle
}
