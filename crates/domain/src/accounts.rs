//! Logins: who runs the instance, where an account stands, and what a password and an address must be.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use url::Host;

use crate::{Invalid, words::words};

words! {
    /// What an account may do on this instance.
    AccountRole, "role", { Admin = "admin", Member = "member" }
}

words! {
    /// Where an account stands. Only whoever is active signs in.
    AccountState, "state", {
        /// It is not known yet whether the e-mail address is theirs.
        Unconfirmed = "unconfirmed",
        /// Those who look after accounts have not answered yet.
        Waiting = "waiting",
        Active = "active",
        Rejected = "rejected",
        Deleted = "deleted",
    }
}

words! {
    /// What those who look after accounts do with one.
    AccountAct, "act", {
        Approve = "approve",
        Reject = "reject",
        Suspend = "suspend",
        Unsuspend = "unsuspend",
        /// Sends a link by which its owner chooses a new password.
        Reset = "reset",
    }
}

words! {
    /// Which accounts a list shows.
    AccountFilter, "state", {
        Unconfirmed = "unconfirmed",
        Waiting = "waiting",
        Active = "active",
        Suspended = "suspended",
        Rejected = "rejected",
        /// Their collective looks after them no more, and no other does yet.
        Unsponsored = "unsponsored",
    }
}

/// A password of 10 to 256 characters; longer ones would only cost time to hash.
pub fn password(text: &str) -> Result<&str, Invalid> {
    if (10..=256).contains(&text.chars().count()) && !text.contains('\0') {
        Ok(text)
    } else {
        Err(Invalid::new("password", "must be 10 to 256 characters"))
    }
}

/// Could it be a password that somebody has? One that was chosen long ago may be shorter than a new one may be.
pub fn could_be_password(text: &str) -> bool {
    text.len() <= 4 * 256
}

/// An e-mail address in the one form in which addresses are compared: small letters, and the host as the
/// name system spells it, so that nobody passes for somebody else by look-alikes.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

/// Nobody's address reaches a log by chance.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

impl Email {
    /// What stands before the `@` is plain ASCII: mail to anything else seldom arrives, and much else looks
    /// like it.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let wrong = || Invalid::new("email", "must look like name@server.example");
        let (name, host) = text.trim().rsplit_once('@').ok_or_else(wrong)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
        let words_ok = name.split('.').all(|word| !word.is_empty() && word.chars().all(plain));
        if !words_ok || 64 < name.len() {
            return Err(wrong());
        }
        let Ok(Host::Domain(host)) = Host::parse(host) else { return Err(wrong()) };
        let host = host.trim_end_matches('.');
        let address = format!("{}@{host}", name.to_ascii_lowercase());
        if !host.contains('.') || 254 < address.len() {
            return Err(wrong());
        }
        Ok(Self(address))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The mailbox behind it: `ada+tequio@mail.example` arrives where `ada@mail.example` does.
    pub fn mailbox(&self) -> String {
        let (name, host) = self.0.split_once('@').unwrap_or((&self.0, ""));
        let name = name.split_once('+').map_or(name, |(name, _)| name);
        format!("{name}@{host}")
    }
}

/// A name that somebody typed to sign in, so that all ways to write it count as one.
pub fn folded(login: &str) -> String {
    let login: String = login.nfkc().collect();
    login.trim().trim_start_matches('@').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_one_are_written_in_one_way() {
        for (text, want) in [
            (" Ada@Mail.Example ", "ada@mail.example"),
            ("ada@ｍａｉｌ.example", "mail.example"),
            ("ada@oﬀice.example", "office.example"),
            ("ada@mail.example.", "ada@mail.example"),
            ("a.d-a+x@büro.example", "xn--bro-hoa.example"),
        ] {
            let email = Email::parse(text).unwrap();
            assert!(email.as_str().ends_with(want), "{}", email.as_str());
        }
        assert_eq!(Email::parse("Ada+tequio@b.example").unwrap().mailbox(), "ada@b.example");
        assert_eq!(format!("{:?}", Email::parse("a@b.example").unwrap()), "Email(…)");
    }

    #[test]
    fn look_alikes_are_no_addresses_or_other_ones() {
        for text in [
            "",
            "ada",
            "@b.example",
            "ada@",
            "ada@localhost",
            "ada@127.0.0.1",
            "ada@[::1]",
            "a da@b.example",
            "ada@b .example",
            "ada..b@c.example",
            ".ada@c.example",
            "adİ@b.example",
            "ﬀ@b.example",
            "ada\u{0}@b.example",
            "ada\r\nBcc: eve@c.example@b.example",
            "ada@b.example\r\nBcc: eve@c.example",
            "\"ada\"@b.example",
            &format!("{}@b.example", "a".repeat(65)),
        ] {
            assert_eq!(Email::parse(text).unwrap_err().field, "email", "{text:?}");
        }
        let dotted = Email::parse("ada@gİthub.example").unwrap();
        assert_ne!(dotted, Email::parse("ada@github.example").unwrap());
    }

    #[test]
    fn names_that_look_the_same_count_as_one() {
        for text in ["ada", " @ADA ", "ａｄａ", "Ada"] {
            assert_eq!(folded(text), "ada");
        }
    }

    #[test]
    fn passwords_have_bounds() {
        for (text, ok) in
            [("123456789", false), ("1234567890", true), ("12345678\u{0}90", false), ("", false)]
        {
            assert_eq!(password(text).is_ok(), ok, "{text:?}");
        }
        assert!(password(&"x".repeat(256)).is_ok());
        assert!(password(&"x".repeat(257)).is_err());
        assert!(password("contraseñ").is_err() && password(&"ñ".repeat(256)).is_ok());
        assert!(could_be_password("contraseñ") && could_be_password(&"🌻".repeat(256)));
        assert!(!could_be_password(&"x".repeat(1025)));
    }
}
