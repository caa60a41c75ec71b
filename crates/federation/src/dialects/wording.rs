//! The few fixed words in the text of a listing, in the language of the listing.

use domain::{
    Time,
    listings::{Purpose, State, Terms},
    quantity::Unit,
};

/// The words of one language. They stand beside needs and offers, beside chairs and kilograms: none of them
/// agrees in gender or number with what it is said of.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    need: &'static str,
    offer: &'static str,
    fulfilled: &'static str,
    withdrawn: &'static str,
    expired: &'static str,
    /// `{found}` of `{total}` found.
    found: &'static str,
    /// The same of an offer: given.
    given: &'static str,
    pub until: &'static str,
    pub from: &'static str,
    pub answer: &'static str,
    pub signed: &'static str,
    pub on_behalf_of: &'static str,
    need_tag: &'static str,
    offer_tag: &'static str,
    terms: [&'static str; 6],
    units: [&'static str; 5],
}

const ENGLISH: Words = Words {
    need: "Need",
    offer: "Offer",
    fulfilled: "Fulfilled",
    withdrawn: "Withdrawn",
    expired: "Expired",
    found: "{found} of {total} found",
    given: "{found} of {total} given",
    until: "until",
    from: "from",
    answer: "Can you help? Answer this post, or here:",
    signed: "Written by",
    on_behalf_of: "On behalf of",
    need_tag: "need",
    offer_tag: "offer",
    terms: ["gift", "loan", "for use", "barter", "time bank", "let's talk"],
    units: ["hours", "days", "kg", "g", "litres"],
};

const SPANISH: Words = Words {
    need: "Se necesita",
    offer: "Se ofrece",
    fulfilled: "Cumplida",
    withdrawn: "Retirada",
    expired: "Caducada",
    found: "conseguido: {found} de {total}",
    given: "entregado: {found} de {total}",
    until: "hasta el",
    from: "desde el",
    answer: "¿Puedes ayudar? Responde a esta publicación, o aquí:",
    signed: "Escrito por",
    on_behalf_of: "En nombre de",
    need_tag: "necesito",
    offer_tag: "ofrezco",
    terms: ["regalo", "préstamo", "en uso", "trueque", "banco de tiempo", "lo hablamos"],
    units: ["horas", "días", "kg", "g", "litros"],
};

const CATALAN: Words = Words {
    need: "Cal",
    offer: "S'ofereix",
    fulfilled: "Resolta",
    withdrawn: "Retirada",
    expired: "Caducada",
    found: "aconseguit: {found} de {total}",
    given: "donat: {found} de {total}",
    until: "fins al",
    from: "des del",
    answer: "Hi pots ajudar? Respon a aquesta publicació, o aquí:",
    signed: "Escrit per",
    on_behalf_of: "En nom de",
    need_tag: "necessito",
    offer_tag: "ofereixo",
    terms: ["regal", "préstec", "en ús", "intercanvi", "banc de temps", "en parlem"],
    units: ["hores", "dies", "kg", "g", "litres"],
};

const GERMAN: Words = Words {
    need: "Gesucht",
    offer: "Angebot",
    fulfilled: "Erledigt",
    withdrawn: "Zurückgezogen",
    expired: "Abgelaufen",
    found: "{found} von {total} gefunden",
    given: "{found} von {total} vergeben",
    until: "bis",
    from: "ab",
    answer: "Kannst du helfen? Antworte auf diesen Beitrag oder hier:",
    signed: "Geschrieben von",
    on_behalf_of: "Im Namen von",
    need_tag: "suche",
    offer_tag: "biete",
    terms: ["geschenkt", "geliehen", "zur Nutzung", "Tausch", "Zeitbank", "nach Absprache"],
    units: ["Stunden", "Tage", "kg", "g", "Liter"],
};

const FRENCH: Words = Words {
    need: "Besoin",
    offer: "Offre",
    fulfilled: "Résolu",
    withdrawn: "Retiré",
    expired: "Expiré",
    found: "trouvé : {found} sur {total}",
    given: "donné : {found} sur {total}",
    until: "jusqu'au",
    from: "à partir du",
    answer: "Tu peux aider ? Réponds à ce message, ou ici :",
    signed: "Écrit par",
    on_behalf_of: "De la part de",
    need_tag: "cherche",
    offer_tag: "offre",
    terms: ["don", "prêt", "usage", "troc", "banque de temps", "à discuter"],
    units: ["heures", "jours", "kg", "g", "litres"],
};

/// The words of a language; English where we have none.
pub fn words(language: &str) -> Words {
    match language.split('-').next().unwrap_or_default() {
        "es" => SPANISH,
        "ca" => CATALAN,
        "de" => GERMAN,
        "fr" => FRENCH,
        _ => ENGLISH,
    }
}

impl Words {
    /// "Need" or "Offer".
    pub fn purpose(&self, purpose: Purpose) -> &'static str {
        match purpose {
            Purpose::Need => self.need,
            Purpose::Offer => self.offer,
        }
    }

    /// The hashtag of needs or offers, without `#`.
    pub fn tag(&self, purpose: Purpose) -> &'static str {
        match purpose {
            Purpose::Need => self.need_tag,
            Purpose::Offer => self.offer_tag,
        }
    }

    /// The word of a closed state; open ones need none.
    pub fn closed(&self, state: State) -> Option<&'static str> {
        match state {
            State::Fulfilled => Some(self.fulfilled),
            State::Withdrawn => Some(self.withdrawn),
            State::Expired => Some(self.expired),
            State::Draft | State::Open | State::Partly => None,
        }
    }

    /// "8 of 20 found", or given.
    pub fn found(&self, purpose: Purpose, found: &str, total: &str) -> String {
        let form = match purpose {
            Purpose::Need => self.found,
            Purpose::Offer => self.given,
        };
        form.replace("{found}", found).replace("{total}", total)
    }

    /// The terms in plain words.
    pub fn terms(&self, terms: Terms) -> &'static str {
        let [gift, loan, for_use, barter, time_bank, lets_talk] = self.terms;
        match terms {
            Terms::Gift => gift,
            Terms::Loan => loan,
            Terms::Use => for_use,
            Terms::Barter => barter,
            Terms::TimeBank => time_bank,
            Terms::LetsTalk => lets_talk,
        }
    }

    /// The unit after a number; nothing where things are counted.
    pub fn unit(&self, unit: Unit) -> &'static str {
        let [hours, days, kilograms, grams, litres] = self.units;
        match unit {
            Unit::One => "",
            Unit::Hour => hours,
            Unit::Day => days,
            Unit::Kilogram => kilograms,
            Unit::Gram => grams,
            Unit::Litre => litres,
            Unit::Metre => "m",
            Unit::SquareMetre => "m²",
            Unit::CubicMetre => "m³",
            Unit::Kilometre => "km",
            Unit::KilowattHour => "kWh",
            Unit::Euro => "€",
            Unit::PoundSterling => "£",
            Unit::UnitedStatesDollar => "US$",
        }
    }
}

/// A day that everybody reads the same way: `2026-03-14`.
pub fn day(time: Time) -> String {
    time.wire().chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_its_words_in_every_language() {
        for (language, fulfilled, withdrawn, expired, found, given) in [
            ("en", "Fulfilled", "Withdrawn", "Expired", "8 of 20 kg found", "8 of 20 kg given"),
            (
                "es",
                "Cumplida",
                "Retirada",
                "Caducada",
                "conseguido: 8 de 20 kg",
                "entregado: 8 de 20 kg",
            ),
            (
                "ca",
                "Resolta",
                "Retirada",
                "Caducada",
                "aconseguit: 8 de 20 kg",
                "donat: 8 de 20 kg",
            ),
            (
                "de",
                "Erledigt",
                "Zurückgezogen",
                "Abgelaufen",
                "8 von 20 kg gefunden",
                "8 von 20 kg vergeben",
            ),
            ("fr", "Résolu", "Retiré", "Expiré", "trouvé : 8 sur 20 kg", "donné : 8 sur 20 kg"),
        ] {
            for tag in [language.to_owned(), format!("{language}-XX")] {
                let words = words(&tag);
                for state in State::ALL {
                    let want = match state {
                        State::Fulfilled => Some(fulfilled),
                        State::Withdrawn => Some(withdrawn),
                        State::Expired => Some(expired),
                        State::Draft | State::Open | State::Partly => None,
                    };
                    assert_eq!(words.closed(*state), want, "{tag} {state:?}");
                }
                assert_eq!(words.found(Purpose::Need, "8", "20 kg"), found);
                assert_eq!(words.found(Purpose::Offer, "8", "20 kg"), given);
            }
        }
        assert_eq!(
            words("und").closed(State::Expired),
            Some("Expired"),
            "English where we have none"
        );
    }

    #[test]
    fn no_word_is_missing_in_any_language() {
        for language in ["en", "es", "ca", "de", "fr"] {
            let words = words(language);
            for purpose in Purpose::ALL {
                assert!(!words.purpose(*purpose).is_empty() && !words.tag(*purpose).is_empty());
                // GoToSocial drops hashtags with a hyphen, Mastodon those with a space.
                assert!(words.tag(*purpose).chars().all(char::is_alphanumeric), "{language}");
            }
            assert!(Terms::ALL.iter().all(|terms| !words.terms(*terms).is_empty()), "{language}");
            let unnamed = Unit::ALL.iter().filter(|unit| words.unit(**unit).is_empty());
            assert_eq!(unnamed.collect::<Vec<_>>(), [&Unit::One], "{language}");
        }
    }
}
