//! How much of something, and of which unit.

use std::fmt;

use crate::{Invalid, words::words};

/// An amount with up to three decimals, more than nothing and at most a thousand million.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i64);

const THOUSAND: i64 = 1_000;
const MOST: i64 = 1_000_000_000 * THOUSAND;

impl Amount {
    /// Nothing: what remains when everything was found.
    pub const NOTHING: Self = Self(0);

    /// One.
    pub const ONE: Self = Self(THOUSAND);

    /// Reads `20` or `2.5`, with a comma or a point.
    pub fn parse(field: &'static str, text: &str) -> Result<Self, Invalid> {
        let amount = Self::parse_or_nothing(field, text)?;
        if amount == Self::NOTHING {
            return Err(Invalid::new(field, "must be more than 0"));
        }
        Ok(amount)
    }

    /// Reads an amount that may be nothing.
    pub fn parse_or_nothing(field: &'static str, text: &str) -> Result<Self, Invalid> {
        let wrong = || {
            Invalid::new(field, "must be a number from 0 to 1000000000 with at most three decimals")
        };
        let text = text.trim().replace(',', ".");
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
        let well_formed = !whole.is_empty() && whole.len() <= 10 && decimals.len() <= 3;
        if !well_formed || !digits(whole) || !digits(decimals) {
            return Err(wrong());
        }
        let whole: i64 = whole.parse().map_err(|_| wrong())?;
        let decimals: i64 = format!("{decimals:0<3}").parse().map_err(|_| wrong())?;
        let thousandths = whole * THOUSAND + decimals;
        if MOST < thousandths { Err(wrong()) } else { Ok(Self(thousandths)) }
    }

    /// What is left of `self` after `found`; never less than nothing.
    #[must_use]
    pub fn less(self, found: Self) -> Self {
        Self((self.0 - found.0).max(0))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, decimals) = (self.0 / THOUSAND, self.0 % THOUSAND);
        if decimals == 0 {
            return write!(f, "{whole}");
        }
        let decimals = format!("{decimals:03}");
        write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
    }
}

impl TryFrom<i64> for Amount {
    type Error = Invalid;

    /// From thousandths, as the database keeps it.
    fn try_from(thousandths: i64) -> Result<Self, Invalid> {
        if (0..=MOST).contains(&thousandths) {
            Ok(Self(thousandths))
        } else {
            Err(Invalid::new("quantity", "must be from 0 to 1000000000"))
        }
    }
}

impl From<Amount> for i64 {
    fn from(amount: Amount) -> Self {
        amount.0
    }
}

words! {
    /// A unit by its local name in the Ontology of Units of Measure 2, which is also its wire name.
    Unit, "unit", {
        /// Things that are counted.
        One = "one",
        Hour = "hour",
        Day = "day",
        Kilogram = "kilogram",
        Gram = "gram",
        Litre = "litre",
        Metre = "metre",
        SquareMetre = "squareMetre",
        CubicMetre = "cubicMetre",
        Kilometre = "kilometre",
        KilowattHour = "kilowattHour",
        Euro = "euro",
        PoundSterling = "poundSterling",
        UnitedStatesDollar = "UnitedStatesDollar",
    }
}

/// So much of a unit, and how much of it is still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    pub total: Amount,
    pub remaining: Amount,
    pub unit: Unit,
}

impl Quantity {
    /// Everything still open.
    pub fn whole(total: Amount, unit: Unit) -> Self {
        Self { total, remaining: total, unit }
    }

    /// What was found or given so far.
    pub fn found(self) -> Amount {
        self.total.less(self.remaining)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_and_bounded() {
        for (text, want) in [
            ("20", Some("20")),
            ("2.5", Some("2.5")),
            ("2,50", Some("2.5")),
            ("0.001", Some("0.001")),
            ("1000000000", Some("1000000000")),
            ("1000000000.001", None),
            ("0", None),
            ("-1", None),
            ("1e3", None),
            ("NaN", None),
            ("∞", None),
            ("1.2345", None),
            ("", None),
            (".5", None),
            ("99999999999999999999", None),
        ] {
            let got = Amount::parse("quantity", text).ok().map(|a| a.to_string());
            assert_eq!(got.as_deref(), want, "{text}");
        }
    }

    #[test]
    fn what_is_found_and_what_remains_add_up() {
        let amount = |n: &str| Amount::parse_or_nothing("quantity", n).unwrap();
        let chairs =
            Quantity { remaining: amount("12"), ..Quantity::whole(amount("20"), Unit::One) };
        assert_eq!(chairs.found(), amount("8"));
        assert_eq!(amount("8").less(amount("20")), Amount::NOTHING);
    }
}
