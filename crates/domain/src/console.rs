//! What those who run the instance set, and what takes two of them.

use crate::{Invalid, text, words::words};

words! {
    /// What takes two people, where the instance says so.
    ProposalAct, "act", {
        SuspendActor = "suspend_actor",
        SuspendDomain = "suspend_domain",
        ImportDomains = "import_domains",
        SetMode = "set_federation_mode",
        /// The rule itself ends.
        OnePerson = "one_person",
    }
}

words! {
    /// Where a proposal stands.
    ProposalState, "state", {
        Waiting = "waiting",
        /// A second person has agreed, and it is done.
        Done = "done",
        /// Somebody has said no, or taken it back.
        Refused = "refused",
    }
}

words! {
    /// The colour of buttons and links. Each can be read on our background, by day and by night.
    Accent, "accent", {
        Clay = "clay",
        Leaf = "leaf",
        Sea = "sea",
        Plum = "plum",
        Slate = "slate",
    }
}

words! {
    /// A text that admins write for this place, in several languages.
    SiteText, "text", {
        /// What this place is.
        Description = "description",
        /// What one agrees to who signs up, one rule a line.
        Rules = "rules",
        /// What is promised about data, beyond what the software promises.
        Promises = "promises",
    }
}

/// What this instance calls itself: 1 to 100 characters.
pub fn name(text: &str) -> Result<String, Invalid> {
    text::line("name", text, 1, 100)
}

/// One of those texts: up to 10,000 characters.
pub fn site_text(field: &'static str, text: &str) -> Result<String, Invalid> {
    text::lines(field, text, 0, 10_000)
}

/// What is said on top of pages: up to 500 characters.
pub fn announcement(text: &str) -> Result<String, Invalid> {
    text::line("text", text, 0, 500)
}
