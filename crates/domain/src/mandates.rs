//! On whose behalf a collective posts: of somebody who has no account, and was asked.

use crate::{Invalid, text};

/// For whom, in the words that everybody may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mandate(String);

impl Mandate {
    /// One line of 1 to 120 characters, and the word of whoever posts that they were asked.
    pub fn parse(on_behalf_of: &str, consent: bool) -> Result<Self, Invalid> {
        let words = text::line("on_behalf_of", on_behalf_of, 1, 120)?;
        if !consent {
            let problem =
                "must be true: ask them whether you may post this for them, and tick it then";
            return Err(Invalid::new("consent", problem));
        }
        Ok(Self(words))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_posted_for_who_was_not_asked() {
        assert_eq!(Mandate::parse("a family", false).unwrap_err().field, "consent");
        assert_eq!(Mandate::parse(" ", true).unwrap_err().field, "on_behalf_of");
        assert_eq!(Mandate::parse("a\nfamily ", true).unwrap().as_str(), "a family");
        assert!(Mandate::parse(&"x".repeat(121), true).is_err());
    }
}
