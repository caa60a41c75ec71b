//! Which addresses we talk to: the public internet, and nothing that only looks like it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Endings of names that never lead to a public server (RFC 6761, RFC 6762, RFC 7686, RFC 8375).
const PRIVATE_ENDINGS: [&str; 7] =
    [".localhost", ".local", ".localdomain", ".internal", ".home.arpa", ".onion", ".i2p"];

/// Why no request goes to `ip`, if none does.
///
/// For IPv6 it is a list of what is allowed: `2000::/3` without its reserved parts, so NAT64, 6to4,
/// Teredo and every other way of writing an IPv4 address in IPv6 is outside. In development
/// loopback is allowed too, and no other private address.
pub fn forbidden_ip(ip: IpAddr, development: bool) -> Option<&'static str> {
    if development && ip.is_loopback() {
        return None;
    }
    let public = match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    };
    (!public).then_some("private address")
}

/// Is this address outside everything that IANA's special-purpose registry sets apart?
fn is_public_v4(ip: Ipv4Addr) -> bool {
    !matches!(
        ip.octets(),
        [0 | 10 | 127 | 224..=255, ..]          // this network, private, loopback, multicast, reserved
            | [100, 64..=127, ..]               // shared between a carrier's customers
            | [169, 254, ..]                    // link-local
            | [172, 16..=31, ..]                // private
            | [192, 0, 0 | 2, _]                // protocol assignments, documentation
            | [192, 88, 99, _]                  // 6to4 relays
            | [192, 168, ..]                    // private
            | [198, 18..=19, ..]                // benchmarks
            | [198, 51, 100, _]                 // documentation
            | [203, 0, 113, _] // documentation
    )
}

/// Is this address in `2000::/3`, and in none of the parts of it that are set apart?
fn is_public_v6(ip: Ipv6Addr) -> bool {
    match ip.segments() {
        [0x2001, 0..=0x01ff, ..] => false, // protocol assignments: Teredo, benchmarks, ORCHID
        [0x2001, 0x0db8, ..] => false,     // documentation
        [0x2002, ..] => false,             // 6to4
        [0x3fff, 0..=0x0fff, ..] => false, // documentation
        [first, ..] => (0x2000..=0x3fff).contains(&first),
    }
}

/// Why no request goes to a server of this name, if none does. A trailing dot and case are ignored.
pub fn forbidden_name(name: &str, development: bool) -> Option<&'static str> {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    if development && (name == "localhost" || name.ends_with(".localhost")) {
        return None;
    }
    if !name.contains('.') {
        return Some("name without a domain");
    }
    PRIVATE_ENDINGS.iter().any(|ending| name.ends_with(ending)).then_some("private name")
}

/// The address to ask for `url`: without its fragment and without a trailing dot in the name.
///
/// Outside development that is `https` on port 443 of a public name; a literal IP address is
/// nobody's home. `own` is our own authority: what is ours is not fetched.
pub(super) fn permitted(
    url: &Url,
    development: bool,
    own: Option<&str>,
) -> Result<Url, &'static str> {
    let mut url = url.clone();
    url.set_fragment(None);
    if url.scheme() != "https" && !(development && url.scheme() == "http") {
        return Err("scheme");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("credentials in the address");
    }
    if !development && url.port_or_known_default() != Some(443) {
        return Err("port");
    }
    let refusal = match url.host() {
        None => Some("no host"),
        Some(Host::Ipv4(ip)) => forbidden_literal(ip.into(), development),
        Some(Host::Ipv6(ip)) => forbidden_literal(ip.into(), development),
        Some(Host::Domain(name)) => forbidden_name(name, development),
    };
    if let Some(reason) = refusal {
        return Err(reason);
    }
    if let Some(name) = url.domain().and_then(|name| name.strip_suffix('.')).map(str::to_owned) {
        url.set_host(Some(&name)).map_err(|_| "no host")?;
    }
    if own.is_some_and(|own| own.eq_ignore_ascii_case(&authority(&url))) {
        return Err("our own address");
    }
    Ok(url)
}

/// The host of `url`, and the port where it is not the scheme's own.
pub(super) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn forbidden_literal(ip: IpAddr, development: bool) -> Option<&'static str> {
    forbidden_ip(ip, development).or_else(|| (!development).then_some("literal address"))
}
