//! Outboxes, followers, pins, moderators, and replies.

use serde::Serialize;
use serde_json::Value;

/// A collection in one piece: Lemmy follows no pages.
///
/// Lemmy wants followers as a `Collection` with empty `items`, and outbox, featured, and moderators
/// as an `OrderedCollection` with all `orderedItems`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectionDocument {
    /// [`crate::context::plain`], or that of the items; absent where the document is embedded.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// Its id.
    pub id: String,
    /// Is there an order?
    #[serde(rename = "type")]
    pub kind: CollectionKind,
    /// How many there are, shown or not.
    pub total_items: u64,
    /// The first page, where there are pages: Mastodon takes a collection without one as hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Value>,
    /// All of a `Collection`; absent when only their number is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<Vec<Value>>,
    /// All of an `OrderedCollection`; absent when only their number is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordered_items: Option<Vec<Value>>,
}

/// Is there an order?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum CollectionKind {
    /// No.
    Collection,
    /// Yes, the newest first.
    OrderedCollection,
}

impl CollectionDocument {
    /// An ordered collection with everything in it.
    pub fn ordered(id: String, items: Vec<Value>) -> Self {
        let total_items = items.len() as u64;
        let kind = CollectionKind::OrderedCollection;
        Self { ordered_items: Some(items), ..Self::count_only(id, kind, total_items) }
    }

    /// An unordered collection of a number of things that are not shown.
    pub fn hidden(id: String, total_items: u64) -> Self {
        let kind = CollectionKind::Collection;
        Self { items: Some(Vec::new()), ..Self::count_only(id, kind, total_items) }
    }

    /// Only how many there are.
    pub fn count_only(id: String, kind: CollectionKind, total_items: u64) -> Self {
        let context = Some(crate::context::plain());
        Self { context, id, kind, total_items, first: None, items: None, ordered_items: None }
    }
}

/// One page of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "CollectionPage", rename_all = "camelCase")]
pub struct CollectionPageDocument {
    /// [`crate::context::plain`]; absent where the page is embedded.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// Its id; an embedded page needs none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The collection.
    pub part_of: String,
    /// The page after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Ids of what is on it.
    pub items: Vec<String>,
}

/// The replies to a post, as they are embedded in it and served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "Collection")]
pub struct RepliesDocument {
    /// [`crate::context::plain`]; absent where the collection is embedded.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// The id of the collection.
    pub id: String,
    /// As many as fit on one page: Mastodon often stops after the first.
    pub first: CollectionPageDocument,
}

impl RepliesDocument {
    /// The replies `id` with all `items` on the one page, to be embedded.
    pub fn new(id: &str, items: Vec<String>) -> Self {
        let part_of = id.to_owned();
        let first = CollectionPageDocument { context: None, id: None, part_of, next: None, items };
        Self { context: None, id: id.to_owned(), first }
    }
}

/// How many likes or shares a post has, as it is embedded in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "Collection", rename_all = "camelCase")]
pub struct CountDocument {
    /// The id of the collection.
    pub id: String,
    /// How many.
    pub total_items: u64,
}

impl CountDocument {
    /// The collection `id` of `total_items` things.
    pub fn new(id: String, total_items: u64) -> Self {
        Self { id, total_items }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn followers_are_counted_and_not_shown() {
        let followers =
            CollectionDocument::hidden("https://a.example/c/garden/followers".into(), 7);
        insta::assert_json_snapshot!(followers, @r#"
        {
          "@context": "https://www.w3.org/ns/activitystreams",
          "id": "https://a.example/c/garden/followers",
          "type": "Collection",
          "totalItems": 7,
          "items": []
        }
        "#);
    }

    #[test]
    fn moderators_are_shown_in_order() {
        let id = "https://a.example/c/garden/moderators".to_owned();
        let moderators = CollectionDocument::ordered(id, vec![json!("https://a.example/u/ana")]);
        insta::assert_json_snapshot!(moderators, @r#"
        {
          "@context": "https://www.w3.org/ns/activitystreams",
          "id": "https://a.example/c/garden/moderators",
          "type": "OrderedCollection",
          "totalItems": 1,
          "orderedItems": [
            "https://a.example/u/ana"
          ]
        }
        "#);
    }

    #[test]
    fn an_ordered_collection_may_be_only_counted() {
        let id = "https://a.example/u/ana/outbox".to_owned();
        let outbox = CollectionDocument::count_only(id, CollectionKind::OrderedCollection, 42);
        insta::assert_json_snapshot!(outbox, @r#"
        {
          "@context": "https://www.w3.org/ns/activitystreams",
          "id": "https://a.example/u/ana/outbox",
          "type": "OrderedCollection",
          "totalItems": 42
        }
        "#);
    }
}
