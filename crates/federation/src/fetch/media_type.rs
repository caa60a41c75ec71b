//! The media types of documents (RFC 9110, section 8.3).

/// The profile that makes `application/ld+json` an ActivityStreams document (ActivityPub, section
/// 3.2).
const ACTIVITY_STREAMS: &str = "https://www.w3.org/ns/activitystreams";

/// Is this `Content-Type` an ActivityStreams document?
///
/// That is `application/activity+json`, or `application/ld+json` whose `profile` names
/// ActivityStreams, whatever other parameters there are, in any order and case.
pub fn is_activity(content_type: &str) -> bool {
    let (essence, parameters) = parse(content_type);
    match essence.as_str() {
        "application/activity+json" => true,
        "application/ld+json" => parameters.iter().any(|(name, value)| {
            name == "profile" && value.split_ascii_whitespace().any(|one| one == ACTIVITY_STREAMS)
        }),
        _ => false,
    }
}

/// Is this `Content-Type` any JSON: `application/json`, or with a suffix (RFC 6839) as in
/// `application/jrd+json`?
pub fn is_json(content_type: &str) -> bool {
    let (essence, _) = parse(content_type);
    let subtype = essence.strip_prefix("application/");
    subtype.is_some_and(|subtype| subtype == "json" || subtype.ends_with("+json"))
}

/// The type in lower case, and its parameters with their names in lower case.
fn parse(content_type: &str) -> (String, Vec<(String, String)>) {
    let mut parts = split_unquoted(content_type).into_iter();
    let essence = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let parameters = parts.filter_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim();
        let bare = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).unwrap_or(value);
        Some((name.trim().to_ascii_lowercase(), bare.to_owned()))
    });
    (essence, parameters.collect())
}

/// The parts of `text` between semicolons that are not in quotes.
fn split_unquoted(text: &str) -> Vec<&str> {
    let mut quoted = false;
    text.split(|c| {
        quoted ^= c == '"';
        c == ';' && !quoted
    })
    .collect()
}
