//! The languages there are.

/// A language of pages and letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, as it is written in Europe.
    #[default]
    English,
    /// Spanish.
    Spanish,
    /// Catalan.
    Catalan,
    /// German.
    German,
    /// French.
    French,
}

impl Language {
    /// All, in the order people are offered them.
    pub const ALL: [Self; 5] =
        [Self::English, Self::Spanish, Self::Catalan, Self::German, Self::French];

    /// Its tag (BCP 47), as `lang` and `Accept-Language` have it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::Catalan => "ca",
            Self::German => "de",
            Self::French => "fr",
        }
    }

    /// What its speakers call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
            Self::Catalan => "Català",
            Self::German => "Deutsch",
            Self::French => "Français",
        }
    }

    /// Does it say everything? What it leaves out is said in English.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        match self {
            Self::English | Self::Spanish | Self::Catalan | Self::German | Self::French => true,
        }
    }

    /// The language of a tag: `ca`, `ca-ES`, `CA`.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|known| known.tag().eq_ignore_ascii_case(primary))
    }

    /// The one that is liked best among ours, by the value of `Accept-Language` (RFC 9110, 12.5.4);
    /// nothing where none of them is liked.
    #[must_use]
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: (u32, Option<Self>) = (0, None);
        for part in header.split(',').take(50) {
            let (tag, weight) = part.split_once(';').unwrap_or((part, ""));
            let language =
                if tag.trim() == "*" { Some(Self::default()) } else { Self::of_tag(tag) };
            let weight = thousandths(weight);
            if language.is_some() && best.0 < weight {
                best = (weight, language);
            }
        }
        best.1
    }

    pub(crate) const fn index(self) -> usize {
        match self {
            Self::English => 0,
            Self::Spanish => 1,
            Self::Catalan => 2,
            Self::German => 3,
            Self::French => 4,
        }
    }
}

/// `q=0.8` as 800; nothing said is 1000, and what cannot be read is 0.
fn thousandths(weight: &str) -> u32 {
    let weight = weight.trim();
    if weight.is_empty() {
        return 1_000;
    }
    let Some(text) = weight.strip_prefix("q=") else { return 0 };
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if 3 < decimals.len() {
        return 0;
    }
    let padded = format!("{decimals:0<3}");
    match (whole.parse::<u32>(), padded.parse::<u32>()) {
        (Ok(whole), Ok(thousandths)) => {
            whole.saturating_mul(1_000).saturating_add(thousandths).min(1_000)
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_liked_best_is_taken() {
        for (header, language) in [
            ("ca,es;q=0.8,en;q=0.5", Some(Language::Catalan)),
            ("es-MX;q=0.4, de-AT;q=0.9", Some(Language::German)),
            ("eu, fr;q=0.001", Some(Language::French)),
            ("*", Some(Language::English)),
            ("eu, gl", None),
            ("es;q=0", None),
            ("es;q=lots", None),
            ("es;q=0.12345", None),
            ("", None),
        ] {
            assert_eq!(Language::accepted(header), language, "{header:?}");
        }
    }
}
