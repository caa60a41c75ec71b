//! Who may see a post, as its addresses say.

use url::Url;

use crate::address::PUBLIC;

/// Who may see a post; the words are Mastodon's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Everyone: the public is in `to`.
    Public,
    /// Everyone who comes across it: the public is in `cc`.
    Unlisted,
    /// The author's followers, and whoever is named.
    Followers,
    /// Whoever is named, if anyone.
    Direct,
}

impl Visibility {
    /// What these addresses mean, when `followers` is the author's followers collection.
    pub fn of(to: &[Url], cc: &[Url], followers: Option<&Url>) -> Self {
        let is_public = |url: &Url| url.as_str() == PUBLIC;
        if to.iter().any(is_public) {
            Self::Public
        } else if cc.iter().any(is_public) {
            Self::Unlisted
        } else if followers
            .is_some_and(|followers| to.contains(followers) || cc.contains(followers))
        {
            Self::Followers
        } else {
            Self::Direct
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_address_decides() {
        let public: Url = PUBLIC.parse().unwrap();
        let followers: Url = "https://a.example/u/ana/followers".parse().unwrap();
        let bob: Url = "https://b.example/u/bob".parse().unwrap();
        let of = |to: &[&Url], cc: &[&Url]| {
            let own = |urls: &[&Url]| urls.iter().map(|url| (*url).clone()).collect::<Vec<_>>();
            Visibility::of(&own(to), &own(cc), Some(&followers))
        };
        assert_eq!(of(&[&public], &[&followers]), Visibility::Public);
        assert_eq!(of(&[&followers], &[&public, &bob]), Visibility::Unlisted);
        assert_eq!(of(&[&followers], &[&bob]), Visibility::Followers);
        assert_eq!(of(&[&bob], &[&followers]), Visibility::Followers);
        assert_eq!(of(&[&bob], &[]), Visibility::Direct);
        assert_eq!(of(&[], &[]), Visibility::Direct);
        assert_eq!(Visibility::of(&[followers], &[], None), Visibility::Direct);
    }
}
