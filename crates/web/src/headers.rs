//! The headers that keep a page to itself: no script, nothing from or to anybody else.

use actix_web::{http::header::HeaderValue, middleware::DefaultHeaders};

use crate::Tiles;

/// What a page may load, and who may frame it.
///
/// **Invariant** No host but our own, no inline style, no script: the promise "no third party
/// learns that you were here" rests on this line.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'none'; \
     style-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'";

/// The same for a page with scripts: ours, from this server, and none in the page itself.
pub const WITH_SCRIPTS: &str = "default-src 'self'; script-src 'self'; style-src 'self'; \
     img-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// That line as a header; pictures may come from whoever draws the tiles of the map, too.
pub(crate) fn with_scripts(tiles: Option<&Tiles>) -> HeaderValue {
    let usual = HeaderValue::from_static(WITH_SCRIPTS);
    let Some(tiles) = tiles else { return usual };
    let own = "img-src 'self'";
    let open = WITH_SCRIPTS.replace(own, &format!("{own} {}", tiles.origin));
    HeaderValue::try_from(open).unwrap_or(usual)
}

/// The headers of every page.
pub fn security() -> DefaultHeaders {
    DefaultHeaders::new()
        .add(("Content-Security-Policy", CONTENT_SECURITY_POLICY))
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("X-Frame-Options", "DENY"))
        .add(("Referrer-Policy", "same-origin"))
        .add(("Cross-Origin-Opener-Policy", "same-origin"))
        .add(("Permissions-Policy", "camera=(), geolocation=(), microphone=()"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_alone_come_from_whoever_draws_the_streets() {
        let tiles = Tiles::parse("https://tile.example/{z}/{x}/{y}.png", "Them").unwrap();
        let policy = with_scripts(Some(&tiles));
        let policy = policy.to_str().unwrap();
        assert_eq!(policy.matches("tile.example").count(), 1, "{policy}");
        assert!(policy.contains("img-src 'self' https://tile.example;"), "{policy}");
        assert_eq!(with_scripts(None), WITH_SCRIPTS);
    }
}
