//! The JSON-LD contexts of what we send.
//!
//! Terms are inline, so that a reader who expands them need fetch nothing but the two contexts that
//! everyone has; a reader who doesn't sees plain keys.

use serde_json::{Value, json};

/// The context of the Activity Vocabulary.
pub const ACTIVITY_STREAMS: &str = "https://www.w3.org/ns/activitystreams";

/// The context of keys and signatures.
pub const SECURITY: &str = "https://w3id.org/security/v1";

/// For activities whose object brings no terms of its own, collections, and tombstones.
pub fn plain() -> Value {
    json!(ACTIVITY_STREAMS)
}

/// For actors: keys, Mastodon's terms, and profile fields.
pub fn actor() -> Value {
    json!([
        ACTIVITY_STREAMS,
        SECURITY,
        {
            "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
            "alsoKnownAs": {"@id": "as:alsoKnownAs", "@type": "@id"},
            "movedTo": {"@id": "as:movedTo", "@type": "@id"},
            "toot": "http://joinmastodon.org/ns#",
            "featured": {"@id": "toot:featured", "@type": "@id"},
            "discoverable": "toot:discoverable",
            "indexable": "toot:indexable",
            "lemmy": "https://join-lemmy.org/ns#",
            "postingRestrictedToMods": "lemmy:postingRestrictedToMods",
            "schema": "http://schema.org#",
            "PropertyValue": "schema:PropertyValue",
            "value": "schema:value"
        }
    ])
}

/// For notes and pages, and the activities that carry them: threads, media, and `ValueFlows`.
pub fn note() -> Value {
    json!([
        ACTIVITY_STREAMS,
        SECURITY,
        {
            "om2": "http://www.ontology-of-units-of-measure.org/resource/om-2/",
            "vf": "https://w3id.org/valueflows/ont/vf#",
            "Intent": "vf:Intent",
            "action": "vf:action",
            "purpose": "vf:purpose",
            "publishes": "vf:publishes",
            "reciprocal": "vf:reciprocal",
            "unitBased": "vf:unitBased",
            "resourceConformsTo": "vf:resourceConformsTo",
            "resourceClassifiedAs": "vf:resourceClassifiedAs",
            "resourceQuantity": "vf:resourceQuantity",
            "effortQuantity": "vf:effortQuantity",
            "availableQuantity": "vf:availableQuantity",
            "minimumQuantity": "vf:minimumQuantity",
            "receiver": {"@id": "vf:receiver", "@type": "@id"},
            "provider": {"@id": "vf:provider", "@type": "@id"},
            "eligibleLocation": "vf:eligibleLocation",
            "hasBeginning": "vf:hasBeginning",
            "hasEnd": "vf:hasEnd",
            "due": "vf:due",
            "finished": "vf:finished",
            "hasUnit": "om2:hasUnit",
            "hasNumericalValue": "om2:hasNumericalValue",
            "Hashtag": "as:Hashtag",
            "sensitive": "as:sensitive",
            "ostatus": "http://ostatus.org#",
            "conversation": "ostatus:conversation"
        }
    ])
}

/// For a `Proposal` of its own (FEP-0837), agreements, and the activities that carry them.
pub fn proposal() -> Value {
    json!([
        ACTIVITY_STREAMS,
        {
            "om2": "http://www.ontology-of-units-of-measure.org/resource/om-2/",
            "vf": "https://w3id.org/valueflows/ont/vf#",
            "Proposal": "vf:Proposal",
            "Intent": "vf:Intent",
            "Agreement": "vf:Agreement",
            "Commitment": "vf:Commitment",
            "action": "vf:action",
            "purpose": "vf:purpose",
            "unitBased": "vf:unitBased",
            "publishes": "vf:publishes",
            "reciprocal": "vf:reciprocal",
            "stipulates": "vf:stipulates",
            "stipulatesReciprocal": "vf:stipulatesReciprocal",
            "satisfies": {"@id": "vf:satisfies", "@type": "@id"},
            "resourceConformsTo": "vf:resourceConformsTo",
            "resourceClassifiedAs": "vf:resourceClassifiedAs",
            "resourceQuantity": "vf:resourceQuantity",
            "effortQuantity": "vf:effortQuantity",
            "availableQuantity": "vf:availableQuantity",
            "minimumQuantity": "vf:minimumQuantity",
            "receiver": {"@id": "vf:receiver", "@type": "@id"},
            "provider": {"@id": "vf:provider", "@type": "@id"},
            "hasBeginning": "vf:hasBeginning",
            "hasEnd": "vf:hasEnd",
            "due": "vf:due",
            "finished": "vf:finished",
            "hasUnit": "om2:hasUnit",
            "hasNumericalValue": "om2:hasNumericalValue"
        }
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prefix_that_a_term_uses_is_declared() {
        for context in [actor(), note(), proposal()] {
            let terms = context.as_array().unwrap().last().unwrap().as_object().unwrap();
            for (term, meaning) in terms {
                let iri = meaning.as_str().or_else(|| meaning["@id"].as_str()).unwrap();
                let prefix = iri.split(':').next().unwrap();
                let declared = prefix == "as" || prefix.starts_with("http");
                assert!(declared || terms.contains_key(prefix), "{term}: {iri}");
            }
        }
    }

    #[test]
    fn our_own_contexts_pass_our_own_parser() {
        for context in [plain(), actor(), note(), proposal()] {
            let document = json!({ "@context": context }).to_string();
            assert!(crate::json::parse(document.as_bytes()).is_ok());
        }
    }
}
