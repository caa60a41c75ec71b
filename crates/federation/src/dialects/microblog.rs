//! The dialect of Mastodon, GoToSocial, Misskey, Pleroma, Friendica, and of everybody we do not know: a
//! `Note` by the Group.
//!
//! No `name` (GoToSocial folds it as a content warning) and no `summary` (Mastodon does): the title is the
//! bold first line. What it is about stands in the text, for almost every reader sees only that, and again
//! as ValueFlows properties for those who know them.

use std::collections::BTreeMap;

use apub::{
    PUBLIC,
    outbound::{
        ActivityDocument, AttachmentDocument, CountDocument, NoteDocument, NoteForm,
        RepliesDocument, SourceDocument, TagDocument, TombstoneDocument, TombstoneKind,
    },
};
use db::media::MediaRow;
use domain::{Dialect, Time, listings::Signature};
use ops::html::{from_tagged, tagged};
use serde_json::{Value, json};

use super::{
    ListingFacts, ReplyFacts, activities, answers,
    economic::economic,
    languages,
    text::{answer, details, hashtag, hashtags, headline, link, mention, on_behalf_of},
    wording::words,
};

/// A listing as a `Note` by its Group.
pub fn listing(facts: &ListingFacts) -> NoteDocument {
    let ListingFacts { listing, collective, .. } = facts;
    let content = content(facts);
    let url = listing.url.clone().unwrap_or_else(|| listing.ap_id.clone());
    let language = Some(listing.language.as_str()).filter(|tag| languages::is_known(tag));
    NoteDocument {
        context: Some(apub::context::note()),
        id: listing.ap_id.clone(),
        form: NoteForm::Note,
        attributed_to: collective.ap_id.clone(),
        to: vec![PUBLIC.to_owned()],
        cc: collective.followers.iter().cloned().collect(),
        audience: Some(collective.ap_id.clone()),
        in_reply_to: None,
        summary: None,
        content_map: in_language(language, &content),
        content,
        language: None,
        source: Some(SourceDocument {
            content: listing.text.clone(),
            media_type: "text/plain".to_owned(),
        }),
        published: listing.published_at.unwrap_or(listing.updated_at).wire(),
        updated: listing.changed_at().map(Time::wire),
        url,
        sensitive: false,
        conversation: Some(listing.ap_id.clone()),
        thread: Some(listing.ap_id.clone()),
        tag: tags(facts),
        attachment: facts.media.iter().map(|row| picture(row, &facts.base)).collect(),
        image: None,
        replies: Some(RepliesDocument::new(
            &format!("{}/replies", listing.ap_id),
            facts.replies.clone(),
        )),
        likes: Some(CountDocument::new(format!("{}/likes", listing.ap_id), facts.likes)),
        shares: Some(CountDocument::new(format!("{}/shares", listing.ap_id), facts.shares)),
        economic: Some(economic(listing, collective, &facts.base)),
    }
}

/// A picture as Mastodon sends it too, with what there is to see and how large it is.
fn picture(row: &MediaRow, base: &str) -> AttachmentDocument {
    AttachmentDocument::Document {
        media_type: row.media_type.word().to_owned(),
        url: format!("{base}media/{}", row.file(false)),
        name: Some(row.alt.clone()),
        width: u32::try_from(row.width).ok(),
        height: u32::try_from(row.height).ok(),
    }
}

/// An answer written here, as a `Note` by its author; the voice answers as the Group.
pub fn reply(facts: &ReplyFacts) -> NoteDocument {
    let in_reply_to = facts.in_reply_to(Dialect::Microblog);
    NoteDocument { in_reply_to, ..answers::note(facts, &facts.author) }
}

/// A listing went out: by the Group, as everything here is.
pub fn create(facts: &ListingFacts, id: String) -> ActivityDocument {
    activities::create(listing(facts), id)
}

/// Its words or its state changed.
pub fn update(facts: &ListingFacts, id: String) -> ActivityDocument {
    activities::update(listing(facts), id)
}

/// It is gone.
pub fn delete(facts: &ListingFacts, id: String) -> ActivityDocument {
    activities::delete(listing(facts), tombstone(&facts.listing.ap_id), id)
}

/// Somebody answered.
pub fn create_reply(facts: &ReplyFacts, id: String) -> ActivityDocument {
    activities::create(reply(facts), id)
}

/// They changed it.
pub fn update_reply(facts: &ReplyFacts, id: String) -> ActivityDocument {
    activities::update(reply(facts), id)
}

/// They took it back.
pub fn delete_reply(facts: &ReplyFacts, id: String) -> ActivityDocument {
    activities::delete(reply(facts), tombstone(&facts.reply.ap_id), id)
}

fn tombstone(id: &str) -> Value {
    json!(TombstoneDocument {
        context: None,
        id: id.to_owned(),
        kind: TombstoneKind::default(),
        deleted: None,
        former_type: None,
        public_key: None,
    })
}

/// The same text under its language, where that is known: Mastodon shows it by that.
pub(super) fn in_language(language: Option<&str>, content: &str) -> BTreeMap<String, String> {
    language.map(|tag| (tag.to_owned(), content.to_owned())).into_iter().collect()
}

/// The text that every reader sees.
fn content(facts: &ListingFacts) -> String {
    let listing = &facts.listing;
    let words = words(listing.language.as_str());
    let state = words.closed(listing.state).map(str::to_owned);
    let signer = facts.signer.as_ref().filter(|_| listing.signed_by == Signature::Member);
    let parts = [
        format!(
            "<p><strong>{}</strong></p>",
            tagged(&headline(listing, &words, state), &facts.base)
        ),
        from_tagged(&listing.text, &facts.base),
        details(listing, &words),
        on_behalf_of(facts, &words),
        signer.map(|it| format!("<p>{} {}</p>", words.signed, link(it))).unwrap_or_default(),
        answer(listing, &words),
        hashtag(listing, &words, &facts.base),
    ];
    parts.concat()
}

/// The Group is mentioned, its own author: clients that answer an answer keep all who were mentioned, and so
/// it comes back here.
fn tags(facts: &ListingFacts) -> Vec<TagDocument> {
    let words = words(facts.listing.language.as_str());
    let signer = facts.signer.as_ref().filter(|_| facts.listing.signed_by == Signature::Member);
    let mentions = std::iter::once(&facts.collective).chain(signer).map(mention);
    hashtags(&facts.listing, &words, &facts.base).into_iter().chain(mentions).collect()
}
