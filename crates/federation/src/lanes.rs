//! What a letter is about. Letters about one thing reach an inbox in their order; others do not wait for them.

use serde_json::Value;

/// How much of a digest names a lane.
const LENGTH: usize = 16;
/// An `Undo` in an `Announce` of an `Undo` is looked into, and nothing deeper.
const DEEPEST: usize = 4;

/// The lane of an activity: that of the thing which it creates, changes, or deletes; of who follows, likes, or
/// blocks whom or what; and of what it answers, takes back, or announces.
pub(crate) fn lane(activity: &Value) -> Vec<u8> {
    let mut digest = openssl::sha::sha256(subject(activity, 0).as_bytes()).to_vec();
    digest.truncate(LENGTH);
    digest
}

fn subject(activity: &Value, depth: usize) -> String {
    let word = |name: &str| activity.get(name).and_then(Value::as_str).unwrap_or_default();
    let object = activity.get("object");
    let thing = object.and_then(id).unwrap_or_else(|| word("id"));
    match word("type") {
        "Undo" | "Accept" | "Reject" | "Announce" => match object {
            Some(inner) if inner.get("actor").is_some() && depth < DEEPEST => {
                subject(inner, depth + 1)
            }
            _ => thing.to_owned(),
        },
        // Whoever changes their mind is heard in order; nobody waits for what others think of the same thing.
        "Like" | "Dislike" => format!("{} {thing}", word("actor")),
        // Whoever is blocked is let go first; both are about the two of them, whoever begins.
        "Follow" | "Block" => {
            let mut two = [word("actor"), thing];
            two.sort_unstable();
            two.join(" ")
        }
        // An Offer has no object with a name: what answers it names the Offer.
        "Offer" => word("id").to_owned(),
        _ => thing.to_owned(),
    }
}

/// The address of an object, or of the first of several.
fn id(object: &Value) -> Option<&str> {
    let object = object.as_array().map_or(Some(object), |objects| objects.first())?;
    object.as_str().or_else(|| object.get("id")?.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(kind: &str, actor: &str, object: &Value) -> Value {
        json!({ "id": format!("{kind} by {actor}"), "type": kind, "actor": actor, "object": object })
    }

    #[test]
    fn what_is_said_of_one_thing_is_one_lane() {
        let note = json!({ "id": "https://a.example/1", "type": "Note" });
        let tombstone = json!({ "id": "https://a.example/1", "type": "Tombstone" });
        let create = said("Create", "group", &note);
        let follow = said("Follow", "ada", &json!("group"));
        let like = said("Like", "ada", &json!("https://a.example/1"));
        let offer = said("Offer", "ada", &json!({ "type": "Agreement" }));
        for (same, want) in [
            (
                vec![
                    create.clone(),
                    said("Update", "group", &note),
                    said("Delete", "group", &tombstone),
                    said("Delete", "voice", &json!("https://a.example/1")),
                    said("Announce", "group", &create),
                    said("Announce", "group", &said("Undo", "voice", &create)),
                    said("Add", "voice", &json!("https://a.example/1")),
                    said("Flag", "voice", &json!(["https://a.example/1", "x"])),
                ],
                "https://a.example/1",
            ),
            (
                vec![
                    follow.clone(),
                    said("Undo", "ada", &follow),
                    said("Accept", "group", &follow),
                    said("Reject", "group", &follow),
                    said("Block", "group", &json!("ada")),
                    said("Block", "ada", &json!("group")),
                    said("Undo", "ada", &said("Block", "ada", &json!("group"))),
                ],
                "ada group",
            ),
            (
                vec![
                    like.clone(),
                    said("Undo", "ada", &like),
                    said("Dislike", "ada", &json!("https://a.example/1")),
                    said("Announce", "group", &like),
                ],
                "ada https://a.example/1",
            ),
            (
                vec![
                    offer.clone(),
                    said("Undo", "ada", &offer),
                    said("Accept", "group", &json!("Offer by ada")),
                ],
                "Offer by ada",
            ),
        ] {
            for activity in &same {
                assert_eq!(subject(activity, 0), want, "{activity}");
                assert_eq!(lane(activity), lane(&same[0]));
            }
        }
    }

    #[test]
    fn whatever_it_is_it_has_a_lane() {
        let mut deep = json!({ "id": "x" });
        for _ in 0..50 {
            deep = said("Undo", "ada", &deep);
        }
        for odd in [json!(null), json!([]), json!({}), json!({ "object": [] }), deep] {
            assert_eq!(lane(&odd).len(), LENGTH, "{odd}");
        }
        assert_ne!(lane(&json!({ "id": "a" })), lane(&json!({ "id": "b" })));
    }
}
