//! What somebody here is told.

use crate::words::words;

words! {
    /// What a notification is about.
    Kind, "kind", {
        /// Somebody answered what they wrote, or a listing of a collective they speak for.
        Reply = "reply",
        /// Somebody called them, or a collective they run, by name.
        Mention = "mention",
        /// Somebody offered something to a collective they speak for.
        AgreementOffered = "agreement_offered",
        /// What they offered was answered.
        AgreementAnswered = "agreement_answered",
        /// Somebody asks to follow a collective they run.
        FollowRequest = "follow_request",
        /// They are invited to a collective.
        Invitation = "invitation",
        /// Somebody asks to join a collective they run.
        JoinRequest = "join_request",
        /// Their request to join was answered.
        JoinAnswered = "join_answered",
        /// Something was reported to a collective they run.
        Report = "report",
        /// A listing of theirs is about to expire.
        Expiring = "expiring",
        /// A new listing is what a saved search of theirs looks for.
        Found = "found",
        /// Stewards did something to what they wrote, or to them.
        Moderation = "moderation",
    }
}

/// So many days before it closes, the author of a listing is told.
pub const DAYS_BEFORE_EXPIRY: i64 = 3;

/// So many days a notification is kept.
pub const DAYS_KEPT: i64 = 90;

/// The names behind an `@` in what somebody wrote, each once, at most ten: `grace`, `grace@a.example`.
pub fn named(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = word.trim_start_matches(['(', '"', '\'', '¿', '¡']);
        let Some(name) = word.strip_prefix('@') else { continue };
        let is_part =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '@' | ':');
        let end = name.find(|c: char| !is_part(c)).unwrap_or(name.len());
        let name = name.get(..end).unwrap_or_default().trim_end_matches(['.', '-', ':', '@']);
        let name = name.to_ascii_lowercase();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names.truncate(10);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_what_people_write() {
        for (text, want) in [
            ("ask @grace, she knows", vec!["grace"]),
            ("(@Grace@a.example) and @ben. Or @ben!", vec!["grace@a.example", "ben"]),
            ("mail grace@a.example @ @@ @.", vec![]),
            ("@a-b @c_d@x.example:8080", vec!["a-b", "c_d@x.example:8080"]),
        ] {
            assert_eq!(named(text), want, "{text}");
        }
        let many: Vec<String> = (0..100).map(|number| format!("@p{number}")).collect();
        assert_eq!(named(&many.join(" ")).len(), 10);
    }
}
