//! Languages people are asked to choose from, by the names their speakers give them.

use crate::views::forms::Choice;

/// Tags (BCP 47) and autonyms, in the order of the tags.
const KNOWN: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("ast", "asturianu"),
    ("ay", "aymar aru"),
    ("bg", "български"),
    ("br", "brezhoneg"),
    ("ca", "català"),
    ("cs", "čeština"),
    ("cy", "Cymraeg"),
    ("da", "dansk"),
    ("de", "Deutsch"),
    ("el", "ελληνικά"),
    ("en", "English"),
    ("eo", "Esperanto"),
    ("es", "español"),
    ("et", "eesti"),
    ("eu", "euskara"),
    ("fa", "فارسی"),
    ("fi", "suomi"),
    ("fr", "français"),
    ("ga", "Gaeilge"),
    ("gd", "Gàidhlig"),
    ("gl", "galego"),
    ("gn", "avañe’ẽ"),
    ("hr", "hrvatski"),
    ("hu", "magyar"),
    ("it", "italiano"),
    ("ja", "日本語"),
    ("ku", "kurdî"),
    ("lt", "lietuvių"),
    ("lv", "latviešu"),
    ("nah", "nāhuatl"),
    ("nl", "Nederlands"),
    ("no", "norsk"),
    ("oc", "occitan"),
    ("pl", "polski"),
    ("pt", "português"),
    ("pt-BR", "português do Brasil"),
    ("qu", "runasimi"),
    ("ro", "română"),
    ("ru", "русский"),
    ("sc", "sardu"),
    ("sk", "slovenčina"),
    ("sl", "slovenščina"),
    ("sq", "shqip"),
    ("sr", "српски"),
    ("sv", "svenska"),
    ("tr", "Türkçe"),
    ("uk", "українська"),
    ("zap", "diidxazá"),
    ("zh", "中文"),
];

/// What a form offers; a language we have no name for stays choosable where it was chosen before.
pub(crate) fn choices(chosen: &str) -> Vec<Choice> {
    let choice =
        |value: &str, label: &str| Choice { value: value.to_owned(), label: label.to_owned() };
    let mut all: Vec<Choice> = KNOWN.iter().map(|(tag, name)| choice(tag, name)).collect();
    all.push(choice("und", &words::say("fields-another-language")));
    if !chosen.is_empty() && all.iter().all(|known| known.value != chosen) {
        all.insert(0, choice(chosen, chosen));
    }
    all
}
