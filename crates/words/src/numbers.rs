//! Numbers, as a language groups their digits.

use std::sync::LazyLock;

use icu_decimal::{DecimalFormatter, input::Decimal, options::DecimalFormatterOptions};

use crate::{Language, current, dates::locale};

static FORMATTERS: LazyLock<Vec<Option<DecimalFormatter>>> = LazyLock::new(|| {
    let make = |language| {
        DecimalFormatter::try_new(locale(language).into(), DecimalFormatterOptions::default()).ok()
    };
    Language::ALL.into_iter().map(make).collect()
});

/// A whole number: `12,345`, `12.345`, `12 345`.
#[must_use]
pub fn number(number: i64) -> String {
    let formatter = FORMATTERS.get(current().index()).and_then(Option::as_ref);
    formatter.map_or_else(|| number.to_string(), |it| it.format(&Decimal::from(number)).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::within_sync;

    #[test]
    fn digits_are_grouped_as_a_language_does() {
        for (language, text) in [
            (Language::English, "1,234,567"),
            (Language::Spanish, "1.234.567"),
            (Language::Catalan, "1.234.567"),
            (Language::German, "1.234.567"),
            (Language::French, "1\u{202f}234\u{202f}567"),
        ] {
            assert_eq!(within_sync(language, || number(1_234_567)), text);
        }
    }
}
