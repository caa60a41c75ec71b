//! Webhooks: where a collective wants to be told what happens on its board.

use url::Url;

use crate::{Invalid, words::words};

/// The most webhooks of a collective.
pub const MOST: i64 = 10;
/// How often a letter is tried.
pub const TRIES: i32 = 8;
/// After how many letters in a row that never arrived a webhook is turned off.
pub const GIVEN_UP: i32 = 20;

words! {
    /// What a webhook may be told of.
    WebhookEvent, "events", {
        ListingPublished = "listing.published",
        ListingChanged = "listing.changed",
        ListingDeleted = "listing.deleted",
        ReplyPosted = "reply.posted",
        ReplyEdited = "reply.edited",
        ReplyDeleted = "reply.deleted",
        ReplyHidden = "reply.hidden",
        ReplyShown = "reply.shown",
        AgreementOffered = "agreement.offered",
        AgreementAnswered = "agreement.answered",
        AgreementFulfilled = "agreement.fulfilled",
        AgreementWithdrawn = "agreement.withdrawn",
    }
}

/// Reads the events a webhook wants; none is none too few.
pub fn events(words: &[String]) -> Result<Vec<WebhookEvent>, Invalid> {
    if words.is_empty() {
        return Err(Invalid::new("events", "must name at least one event"));
    }
    let mut events = Vec::new();
    for word in words {
        let event = WebhookEvent::parse(word)?;
        if !events.contains(&event) {
            events.push(event);
        }
    }
    Ok(events)
}

/// Reads where the letters go: `https`, or `http` too where this server itself is reached so.
pub fn address(text: &str, plain: bool) -> Result<Url, Invalid> {
    let wrong = || Invalid::new("url", "must be an https address of at most 2000 characters");
    let url = Url::parse(text).ok().filter(|_| text.len() <= 2_000).ok_or_else(wrong)?;
    let scheme = url.scheme() == "https" || (plain && url.scheme() == "http");
    let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if scheme && bare && url.host().is_some() { Ok(url) } else { Err(wrong()) }
}

/// How many seconds to wait after so many tries; nothing after the last one. A day in all.
pub fn wait(tries: i32) -> Option<i64> {
    match tries {
        ..=1 => Some(60),
        2 => Some(5 * 60),
        3 => Some(15 * 60),
        4 => Some(3_600),
        5 => Some(3 * 3_600),
        6 => Some(6 * 3_600),
        7 => Some(13 * 3_600),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_to_https_alone() {
        for (text, plain, ok) in [
            ("https://b.example/hook?x=1", false, true),
            ("http://b.example/hook", false, false),
            ("http://127.0.0.1:9/hook", true, true),
            ("https://me:pw@b.example/", false, false),
            ("https://b.example/#x", false, false),
            ("ftp://b.example/", true, false),
            ("file:///etc/passwd", true, false),
            ("b.example", false, false),
            ("", false, false),
        ] {
            assert_eq!(address(text, plain).is_ok(), ok, "{text}");
        }
        assert!(address(&format!("https://b.example/{}", "x".repeat(2_000)), false).is_err());
    }

    #[test]
    fn a_letter_is_tried_eight_times_within_a_day() {
        let waits: Vec<i64> = (1..).map_while(wait).collect();
        assert_eq!(waits.len() + 1, usize::try_from(TRIES).unwrap());
        assert!((80_000..86_400).contains(&waits.iter().sum::<i64>()));
    }

    #[test]
    fn events_are_words_of_the_list_and_each_counts_once() {
        let read =
            |words: &[&str]| events(&words.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(read(&["reply.posted", "reply.posted"]).unwrap(), [WebhookEvent::ReplyPosted]);
        assert!(read(&[]).is_err() && read(&["*"]).is_err());
    }
}
