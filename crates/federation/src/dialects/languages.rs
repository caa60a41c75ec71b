//! Languages as the threadiverse names them: a tag, and the name a language gives itself.

use apub::outbound::LanguageDocument;

/// By primary tag. Lemmy knows all of these, and takes a post in a language it does not know for one in none.
const LANGUAGES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("cy", "Cymraeg"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("eo", "Esperanto"),
    ("es", "Español"),
    ("eu", "Euskara"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("ga", "Gaeilge"),
    ("gl", "Galego"),
    ("hu", "Magyar"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nl", "Nederlands"),
    ("oc", "Occitan"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sv", "Svenska"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("zh", "中文"),
];

/// Does this tag say anything? `und` does not.
pub(super) fn is_known(tag: &str) -> bool {
    !tag.is_empty() && !primary(tag).eq_ignore_ascii_case("und")
}

/// A language that we can name; as a string it would make the post unreadable.
pub(super) fn language(tag: &str) -> Option<LanguageDocument> {
    let known = LANGUAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(primary(tag)));
    known.map(|(tag, name)| LanguageDocument {
        identifier: (*tag).to_owned(),
        name: (*name).to_owned(),
    })
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_named_by_its_primary_tag() {
        for (tag, want) in [
            ("es", Some("es")),
            ("es-MX", Some("es")),
            ("CA", Some("ca")),
            ("und", None),
            ("tlh", None),
            ("", None),
        ] {
            assert_eq!(language(tag).map(|it| it.identifier).as_deref(), want, "{tag}");
        }
        assert!(is_known("tlh") && !is_known("und") && !is_known(""));
    }
}
