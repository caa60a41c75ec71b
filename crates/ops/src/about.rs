//! What those who run this place say it is: its name, its rules, its colours. What they have not set is as the
//! configuration says.

use std::collections::BTreeMap;

use db::Conn;
use domain::{
    Invalid,
    accounts::Email,
    console::{Accent, SiteText, name, site_text},
};

use crate::{Op, Operation, Result, accounts};

/// The languages in which such texts are written.
pub const LANGUAGES: [&str; 5] = ["en", "es", "ca", "de", "fr"];

const NAME: &str = "site.name";
const CONTACT: &str = "site.contact";
const ACCENT: &str = "site.accent";

fn key(text: SiteText) -> String {
    format!("site.{}", text.word())
}

/// A text in several languages; none of them is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// Of pairs of a language and a text; empty texts are left out.
    pub fn new<'t>(
        pairs: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> std::result::Result<Self, Invalid> {
        let mut texts = BTreeMap::new();
        for (language, text) in pairs {
            if !LANGUAGES.contains(&language) {
                return Err(Invalid::new("language", "must be one of: en es ca de fr"));
            }
            if !text.trim().is_empty() {
                texts.insert(language.to_owned(), text.to_owned());
            }
        }
        Ok(Self(texts))
    }

    /// As it was kept; what cannot be read says nothing.
    pub fn read(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_default())
    }

    /// As it is kept.
    pub fn json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// In a language, else in English, else in any.
    pub fn in_language(&self, language: &str) -> Option<&str> {
        let said = [language, "en"].iter().find_map(|it| self.0.get(*it));
        said.or_else(|| self.0.values().next()).map(String::as_str)
    }

    /// In this very language.
    pub fn exactly(&self, language: &str) -> &str {
        self.0.get(language).map_or("", String::as_str)
    }

    /// In whatever language there is.
    pub fn any(&self) -> &str {
        self.in_language("en").unwrap_or_default()
    }

    /// Does it say nothing at all?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The languages and what is said in them.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }

    /// Each text as this leaves it.
    pub fn each(
        &self,
        check: impl Fn(&str) -> std::result::Result<String, Invalid>,
    ) -> std::result::Result<Self, Invalid> {
        let checked = self.0.iter().map(|(language, text)| Ok((language.clone(), check(text)?)));
        let checked: std::result::Result<BTreeMap<_, _>, Invalid> = checked.collect();
        Ok(Self(checked?.into_iter().filter(|(_, text)| !text.is_empty()).collect()))
    }
}

/// What was set; what was not is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteSettings {
    pub name: Option<String>,
    pub contact: Option<String>,
    pub accent: Option<Accent>,
    pub description: Texts,
    pub rules: Texts,
    pub promises: Texts,
}

impl SiteSettings {
    /// All that was set, in one read.
    pub fn load(conn: &mut Conn) -> db::Result<Self> {
        let mut found: BTreeMap<String, String> =
            db::settings::beginning(conn, "site.")?.into_iter().collect();
        let mut take = |name: &str| found.remove(name).filter(|it| !it.is_empty());
        let accent = take(ACCENT).and_then(|word| Accent::parse(&word).ok());
        let mut text = |text| take(&key(text)).map(|it| Texts::read(&it)).unwrap_or_default();
        let (description, rules, promises) =
            (text(SiteText::Description), text(SiteText::Rules), text(SiteText::Promises));
        Ok(Self { name: take(NAME), contact: take(CONTACT), accent, description, rules, promises })
    }
}

/// Those who run this place say what it is; what is left out stays.
#[derive(Clone, Debug, Default)]
pub struct ChangeSite {
    /// Empty: as the configuration says.
    pub name: Option<String>,
    /// An address; empty: as the configuration says.
    pub contact: Option<String>,
    pub accent: Option<Accent>,
    pub description: Option<Texts>,
    pub rules: Option<Texts>,
    pub promises: Option<Texts>,
}

impl Operation for ChangeSite {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        accounts::administer(op)?;
        let before = SiteSettings::load(op.tx)?;
        if let Some(text) = &self.name {
            let text = if text.trim().is_empty() { String::new() } else { name(text)? };
            set(op, NAME, before.name.as_deref().unwrap_or_default(), &text)?;
        }
        if let Some(text) = &self.contact {
            let text = match text.trim() {
                "" => String::new(),
                text => Email::parse(text)
                    .map_err(|invalid| Invalid::new("contact", invalid.problem))?
                    .as_str()
                    .to_owned(),
            };
            set(op, CONTACT, before.contact.as_deref().unwrap_or_default(), &text)?;
        }
        if let Some(accent) = self.accent {
            set(op, ACCENT, before.accent.map_or("", Accent::word), accent.word())?;
        }
        for (field, kind, text, kept) in [
            ("description", SiteText::Description, self.description, before.description),
            ("rules", SiteText::Rules, self.rules, before.rules),
            ("promises", SiteText::Promises, self.promises, before.promises),
        ] {
            if let Some(text) = text {
                let text = text.each(|text| site_text(field, text))?;
                let json = if text.is_empty() { String::new() } else { text.json() };
                let kept = if kept.is_empty() { String::new() } else { kept.json() };
                set(op, &key(kind), &kept, &json)?;
            }
        }
        Ok(())
    }
}

/// Keeps a value where it is another one than before; the log names what was set.
fn set(op: &mut Op<'_, '_>, name: &str, before: &str, value: &str) -> Result<()> {
    if before == value {
        return Ok(());
    }
    db::settings::set(op.tx, name, value)?;
    let shown: String = value.chars().take(200).collect();
    op.audit(None, "change_setting", name, &shown)
}
