//! Which form a server reads: every peer is spoken to natively.

use crate::words::words;

words! {
    /// What a server speaks; a property of its host.
    Dialect, "dialect", {
        /// Mastodon, GoToSocial, Misskey, Pleroma, Friendica, and everybody we do not know: a `Note` by the Group.
        Microblog = "microblog",
        /// Lemmy, PieFed, Mbin: a `Page` by the voice, announced by the Group (FEP-1b12).
        Threadiverse = "threadiverse",
    }
}

/// Software of the threadiverse, as NodeInfo names it.
const THREADIVERSE: &[&str] = &["lemmy", "piefed", "mbin", "kbin"];

impl Dialect {
    /// What a software reads, by the name NodeInfo gives it; an unknown one is a microblog.
    pub fn of_software(name: &str) -> Self {
        let name = name.trim();
        if THREADIVERSE.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            Self::Threadiverse
        } else {
            Self::Microblog
        }
    }

    /// What a request's `User-Agent` lets us guess of a server we have not met: `Lemmy/0.19.20; +https://…`.
    pub fn of_user_agent(agent: &str) -> Self {
        Self::of_software(agent.split(['/', ' ', ';']).next().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn software_and_agents_have_a_dialect() {
        for (text, want) in [
            ("lemmy", Dialect::Threadiverse),
            ("PieFed", Dialect::Threadiverse),
            ("mbin", Dialect::Threadiverse),
            ("mastodon", Dialect::Microblog),
            ("lemmynot", Dialect::Microblog),
            ("", Dialect::Microblog),
        ] {
            assert_eq!(Dialect::of_software(text), want, "{text}");
        }
        for (agent, want) in [
            ("Lemmy/0.19.20; +https://lemmy.test", Dialect::Threadiverse),
            ("PieFed/1.0; +https://piefed.test", Dialect::Threadiverse),
            ("gotosocial/0.20.0-snapshot (+https://gts.test)", Dialect::Microblog),
            ("Mastodon/4.5.0 (http.rb/5.3.1; +https://mastodon.test/)", Dialect::Microblog),
            ("Mozilla/5.0 (Lemmy/0.19)", Dialect::Microblog),
        ] {
            assert_eq!(Dialect::of_user_agent(agent), want, "{agent}");
        }
    }
}
