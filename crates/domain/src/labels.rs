//! Our words as people of five languages read them: what forms of clients and other servers' maps are made of.

use crate::listings::{Category, Kind, Purpose, State, Terms, Urgency};

/// The languages, in the order of every [`Labels`].
pub const LANGUAGES: [&str; 5] = ["en", "es", "ca", "de", "fr"];

/// One name in each of the [`LANGUAGES`].
pub type Labels = [&'static str; 5];

/// A list of words that describe one side of a listing.
#[derive(Clone, Debug)]
pub struct Facet {
    /// As filters and addresses name it.
    pub name: &'static str,
    pub labels: Labels,
    pub words: Vec<Concept>,
}

/// A word and its names.
#[derive(Clone, Copy, Debug)]
pub struct Concept {
    pub word: &'static str,
    pub labels: Labels,
}

/// All of them. A draft is nobody's business: it is not among the states.
pub fn facets() -> Vec<Facet> {
    fn words<W: Copy>(all: &[W], concept: impl Fn(W) -> (&'static str, Labels)) -> Vec<Concept> {
        let concepts = all.iter().map(|word| concept(*word));
        concepts.map(|(word, labels)| Concept { word, labels }).collect()
    }
    let states: Vec<State> =
        State::ALL.iter().copied().filter(|state| *state != State::Draft).collect();
    vec![
        Facet {
            name: "purpose",
            labels: ["Purpose", "Propósito", "Propòsit", "Zweck", "But"],
            words: words(Purpose::ALL, |it| (it.word(), purpose(it))),
        },
        Facet {
            name: "kind",
            labels: ["Kind", "Tipo", "Tipus", "Art", "Type"],
            words: words(Kind::ALL, |it| (it.word(), kind(it))),
        },
        Facet {
            name: "category",
            labels: ["Field of life", "Ámbito", "Àmbit", "Lebensbereich", "Domaine"],
            words: words(Category::ALL, |it| (it.word(), category(it))),
        },
        Facet {
            name: "terms",
            labels: ["Terms", "Condiciones", "Condicions", "Bedingungen", "Conditions"],
            words: words(Terms::ALL, |it| (it.word(), terms(it))),
        },
        Facet {
            name: "urgency",
            labels: ["Urgency", "Urgencia", "Urgència", "Dringlichkeit", "Urgence"],
            words: words(Urgency::ALL, |it| (it.word(), urgency(it))),
        },
        Facet {
            name: "state",
            labels: ["State", "Estado", "Estat", "Stand", "État"],
            words: words(&states, |it| (it.word(), state(it))),
        },
    ]
}

fn purpose(word: Purpose) -> Labels {
    match word {
        Purpose::Need => ["Need", "Necesidad", "Necessitat", "Gesuch", "Besoin"],
        Purpose::Offer => ["Offer", "Oferta", "Oferta", "Angebot", "Offre"],
    }
}

fn kind(word: Kind) -> Labels {
    match word {
        Kind::Financial => [
            "Money & finance",
            "Dinero y finanzas",
            "Diners i finances",
            "Geld und Finanzen",
            "Argent et finances",
        ],
        Kind::Time => [
            "People & time",
            "Personas y tiempo",
            "Persones i temps",
            "Menschen und Zeit",
            "Personnes et temps",
        ],
        Kind::Goods => [
            "Things & technical",
            "Cosas y técnica",
            "Coses i tècnica",
            "Dinge und Technik",
            "Objets et technique",
        ],
        Kind::Knowledge => ["Knowledge", "Conocimiento", "Coneixement", "Wissen", "Savoirs"],
        Kind::Space => ["Space", "Espacio", "Espai", "Räume", "Espaces"],
    }
}

fn terms(word: Terms) -> Labels {
    match word {
        Terms::Gift => ["Gift", "Regalo", "Regal", "Geschenkt", "Don"],
        Terms::Loan => ["Loan", "Préstamo", "Préstec", "Geliehen", "Prêt"],
        Terms::Use => ["Use together", "En uso", "En ús", "Zur Nutzung", "Usage"],
        Terms::Barter => ["Barter", "Trueque", "Intercanvi", "Tausch", "Troc"],
        Terms::TimeBank => {
            ["Time bank", "Banco de tiempo", "Banc de temps", "Zeitbank", "Banque de temps"]
        }
        Terms::LetsTalk => {
            ["Let’s talk", "Lo hablamos", "En parlem", "Nach Absprache", "À discuter"]
        }
    }
}

fn urgency(word: Urgency) -> Labels {
    match word {
        Urgency::Today => ["Today", "Hoy", "Avui", "Heute", "Aujourd’hui"],
        Urgency::Days => [
            "Within days",
            "En unos días",
            "En uns dies",
            "In einigen Tagen",
            "D’ici quelques jours",
        ],
        Urgency::Weeks => [
            "Within weeks",
            "En unas semanas",
            "En unes setmanes",
            "In einigen Wochen",
            "D’ici quelques semaines",
        ],
        Urgency::Season => {
            ["This season", "Esta temporada", "Aquesta temporada", "Diese Saison", "Cette saison"]
        }
        Urgency::Standing => [
            "Any time",
            "En cualquier momento",
            "En qualsevol moment",
            "Jederzeit",
            "À tout moment",
        ],
    }
}

fn state(word: State) -> Labels {
    match word {
        State::Draft => ["Draft", "Borrador", "Esborrany", "Entwurf", "Brouillon"],
        State::Open => ["Open", "Abierta", "Oberta", "Offen", "Ouvert"],
        State::Partly => [
            "Partly fulfilled",
            "Cumplida en parte",
            "Resolta en part",
            "Teilweise erledigt",
            "Résolu en partie",
        ],
        State::Fulfilled => ["Fulfilled", "Cumplida", "Resolta", "Erledigt", "Résolu"],
        State::Withdrawn => ["Withdrawn", "Retirada", "Retirada", "Zurückgezogen", "Retiré"],
        State::Expired => ["Expired", "Caducada", "Caducada", "Abgelaufen", "Expiré"],
    }
}

#[expect(clippy::too_many_lines, reason = "a table of words")]
fn category(word: Category) -> Labels {
    match word {
        Category::Arts => [
            "Arts & culture",
            "Arte y cultura",
            "Art i cultura",
            "Kunst und Kultur",
            "Arts et culture",
        ],
        Category::Campaigning => ["Campaigning", "Campañas", "Campanyes", "Kampagnen", "Campagnes"],
        Category::CommunitySpaces => [
            "Community spaces",
            "Espacios comunitarios",
            "Espais comunitaris",
            "Gemeinschaftsräume",
            "Lieux communs",
        ],
        Category::Education => ["Education", "Educación", "Educació", "Bildung", "Éducation"],
        Category::Energy => ["Energy", "Energía", "Energia", "Energie", "Énergie"],
        Category::Food => ["Food", "Alimentación", "Alimentació", "Lebensmittel", "Alimentation"],
        Category::GoodsServices => [
            "Goods & services",
            "Bienes y servicios",
            "Béns i serveis",
            "Waren und Dienste",
            "Biens et services",
        ],
        Category::Health => [
            "Health & care",
            "Salud y cuidados",
            "Salut i cures",
            "Gesundheit und Sorge",
            "Santé et soins",
        ],
        Category::Housing => ["Housing", "Vivienda", "Habitatge", "Wohnen", "Logement"],
        Category::Money => [
            "Money & finance",
            "Dinero y finanzas",
            "Diners i finances",
            "Geld und Finanzen",
            "Argent et finances",
        ],
        Category::Nature => [
            "Nature & environment",
            "Naturaleza y medio ambiente",
            "Natura i medi ambient",
            "Natur und Umwelt",
            "Nature et environnement",
        ],
        Category::Repair => [
            "Reuse & repair",
            "Reutilización y reparación",
            "Reutilització i reparació",
            "Weitergeben und Reparieren",
            "Réemploi et réparation",
        ],
        Category::Agriculture => {
            ["Agriculture", "Agricultura", "Agricultura", "Landwirtschaft", "Agriculture"]
        }
        Category::Industry => [
            "Crafts & industry",
            "Artesanía e industria",
            "Artesania i indústria",
            "Handwerk und Industrie",
            "Artisanat et industrie",
        ],
        Category::Utilities => [
            "Water & utilities",
            "Agua y suministros",
            "Aigua i subministraments",
            "Wasser und Versorgung",
            "Eau et réseaux",
        ],
        Category::Transport => ["Transport", "Transporte", "Transport", "Verkehr", "Transports"],
        Category::Technology => [
            "Information technology",
            "Informática",
            "Informàtica",
            "Informationstechnik",
            "Informatique",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_word_has_a_name_of_its_own_in_every_language() {
        let facets = facets();
        assert_eq!(facets.len(), 6);
        for facet in &facets {
            assert!(!facet.words.is_empty(), "{}", facet.name);
            for (number, language) in LANGUAGES.iter().enumerate() {
                let names = facet.words.iter().map(|concept| concept.labels[number]);
                let names: BTreeSet<&str> = names.filter(|name| !name.trim().is_empty()).collect();
                assert_eq!(names.len(), facet.words.len(), "{} {language}", facet.name);
            }
        }
    }

    #[test]
    fn a_draft_is_not_among_the_states() {
        let facets = facets();
        let states = facets.iter().find(|facet| facet.name == "state").unwrap();
        assert!(states.words.iter().all(|concept| concept.word != "draft"));
    }
}
