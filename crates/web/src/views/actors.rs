//! Those who speak: people and collectives, ours and others'.

/// Somebody, or a collective, as a line on a page.
#[derive(Clone, Debug)]
pub struct ActorView {
    /// Their name, as they write it.
    pub name: String,
    /// The handle without its host.
    pub handle: String,
    /// The host they live on.
    pub host: String,
    /// Their page on this server.
    pub url: String,
    /// Do they live here?
    pub local: bool,
    /// Is it a collective?
    pub collective: bool,
}

impl ActorView {
    /// The whole handle, as one types it into a search box.
    pub fn full_handle(&self) -> String {
        format!("@{}@{}", self.handle, self.host)
    }

    /// The letter in their sign.
    pub fn initial(&self) -> String {
        let first = self.name.chars().chain(self.handle.chars()).find(|c| c.is_alphanumeric());
        first.map(|c| c.to_uppercase().collect()).unwrap_or_default()
    }

    /// Which of the six tints their sign has; the same one everywhere.
    pub fn tint(&self) -> usize {
        let bytes = self.handle.bytes().chain(self.host.bytes());
        bytes.fold(7_usize, |sum, byte| (sum * 31 + usize::from(byte)) % 997) % 6
    }
}

/// Do I follow them?
#[derive(Clone, Debug)]
pub enum FollowView {
    /// Nobody is signed in.
    Stranger,
    /// They are mine, or me.
    Own,
    /// No; a form follows.
    No {
        /// Whom: an id.
        who: String,
    },
    /// Asked, not answered; a form takes it back.
    Pending {
        /// Whom: an id.
        who: String,
    },
    /// Yes; a form stops it.
    Yes {
        /// Whom: an id.
        who: String,
    },
}
