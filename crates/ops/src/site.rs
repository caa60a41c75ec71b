//! Where things of this server are found. Addresses are for ever.

use domain::{ActivityId, AgreementId, Handle, Id, Invalid, ListingId, ReplyId};
use url::Url;

/// The public address of this server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    base: Url,
    host: String,
}

impl Site {
    /// From a base address without a path: `https://commons.example/`.
    pub fn new(base: &Url) -> Result<Self, Invalid> {
        let wrong = || Invalid::new("instance.url", "must look like https://commons.example");
        let host = base.host_str().ok_or_else(wrong)?;
        let host = match base.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        if base.path() != "/" || base.query().is_some() || !base.username().is_empty() {
            return Err(wrong());
        }
        Ok(Self { base: base.clone(), host })
    }

    /// The base address, which is also the id of the instance actor; it ends in `/`.
    pub fn base(&self) -> &Url {
        &self.base
    }

    /// Host, and port where it is not the scheme's own: what stands behind the `@` of our handles.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Does this address lie on this server?
    pub fn owns(&self, url: &Url) -> bool {
        url.origin() == self.base.origin()
    }

    /// An address from its path without the leading slash.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// `/c/HANDLE`
    pub fn collective(&self, handle: &Handle) -> String {
        self.at(&format!("c/{}", handle.as_str()))
    }

    /// `/c/HANDLE/voice`
    pub fn voice(&self, collective: &Handle) -> String {
        self.at(&format!("c/{}/voice", collective.as_str()))
    }

    /// `/u/HANDLE`
    pub fn person(&self, handle: &Handle) -> String {
        self.at(&format!("u/{}", handle.as_str()))
    }

    /// `/listings/UUID`
    pub fn listing(&self, id: ListingId) -> String {
        self.at(&format!("listings/{id}"))
    }

    /// `/replies/UUID`
    pub fn reply(&self, id: ReplyId) -> String {
        self.at(&format!("replies/{id}"))
    }

    /// `/relays/UUID`: a message of somebody elsewhere, said again.
    pub fn relay<T>(&self, id: Id<T>) -> String {
        self.at(&format!("relays/{id}"))
    }

    /// `/agreements/UUID`
    pub fn agreement(&self, id: AgreementId) -> String {
        self.at(&format!("agreements/{id}"))
    }

    /// `/activities/UUID`
    pub fn activity(&self, id: ActivityId) -> String {
        self.at(&format!("activities/{id}"))
    }

    /// `/activities/UUID` of anything that has an id of its own, such as a follow.
    pub fn act<T>(&self, id: Id<T>) -> String {
        self.at(&format!("activities/{id}"))
    }

    /// `/inbox`, where all of this server's actors receive what concerns many.
    pub fn shared_inbox(&self) -> String {
        self.at("inbox")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_built_from_the_base() {
        let site = Site::new(&Url::parse("http://127.0.0.1:8101").unwrap()).unwrap();
        assert_eq!(site.host(), "127.0.0.1:8101");
        let garden = Handle::parse("garden").unwrap();
        assert_eq!(site.voice(&garden), "http://127.0.0.1:8101/c/garden/voice");
        assert!(site.owns(&Url::parse("http://127.0.0.1:8101/c/garden").unwrap()));
        assert!(!site.owns(&Url::parse("http://127.0.0.1:8102/c/garden").unwrap()));
        assert!(Site::new(&Url::parse("https://commons.example/sub").unwrap()).is_err());
    }
}
