//! The dialect of Lemmy, PieFed, and Mbin: a titled `Page` by the voice, or by the member who chose to sign,
//! which the Group announces (FEP-1b12). A Group is no author there.
//!
//! Lemmy compares shapes: `attributedTo` and `audience` are one string each, `language` and `image` objects,
//! everything that may be many a list. The title is the `name`, and is not said again in the text. There is
//! no `source`: Lemmy reads none but Markdown, and the text says more than was typed.

use apub::{
    PUBLIC,
    inbound::ActivityKind,
    outbound::{ActivityDocument, AttachmentDocument, ImageDocument, NoteDocument, NoteForm},
};
use db::{actors::ActorRow, media::MediaRow};
use domain::{Dialect, Time, listings::Signature};
use ops::html::from_tagged;
use serde_json::json;

use super::{
    ListingFacts, ReplyFacts, activities, answers, languages, microblog,
    text::{answer, details, found, hashtags, headline, mention, on_behalf_of},
    wording::words,
};

/// Lemmy cuts a longer title.
const MOST_TITLE: usize = 200;

/// A listing as a `Page` in the community of its Group.
pub fn listing(facts: &ListingFacts) -> NoteDocument {
    let note = microblog::listing(facts);
    let (listing, group) = (&facts.listing, &facts.collective);
    let words = words(listing.language.as_str());
    let content = [
        from_tagged(&listing.text, &facts.base),
        details(listing, &words),
        on_behalf_of(facts, &words),
        answer(listing, &words),
    ]
    .concat();
    let mut tag = hashtags(listing, &words, &facts.base);
    tag.push(mention(group));
    NoteDocument {
        form: NoteForm::Page { name: title(facts), media_type: "text/html".to_owned() },
        attributed_to: author(facts).ap_id.clone(),
        to: vec![group.ap_id.clone(), PUBLIC.to_owned()],
        content_map: note.content_map.into_keys().map(|tag| (tag, content.clone())).collect(),
        content,
        language: languages::language(listing.language.as_str()),
        source: None,
        attachment: facts.media.iter().map(|row| picture(row, &facts.base)).collect(),
        image: facts.media.first().map(|row| ImageDocument {
            media_type: row.media_type.word().to_owned(),
            url: format!("{}media/{}", facts.base, row.file(false)),
        }),
        tag,
        ..note
    }
}

/// A picture as Lemmy shows it; the first is what its post leads to.
fn picture(row: &MediaRow, base: &str) -> AttachmentDocument {
    let url = format!("{base}media/{}", row.file(false));
    AttachmentDocument::Image { url, name: Some(row.alt.clone()) }
}

/// Titles are all that a list of posts shows, so what was found so far is in them too.
fn title(facts: &ListingFacts) -> String {
    let listing = &facts.listing;
    let words = words(listing.language.as_str());
    let state = words.closed(listing.state).map(str::to_owned);
    let state = state.or_else(|| found(listing, &words));
    headline(listing, &words, state).chars().take(MOST_TITLE).collect()
}

/// The member who signed, or the voice.
fn author(facts: &ListingFacts) -> &ActorRow {
    let signer = facts.signer.as_ref().filter(|_| facts.listing.signed_by == Signature::Member);
    signer.or(facts.voice.as_ref()).unwrap_or(&facts.collective)
}

/// An answer written here, as a `Note`; the voice answers in its own name.
pub fn reply(facts: &ReplyFacts) -> NoteDocument {
    let voice = facts.voice.as_ref().filter(|_| answers::is_voice(facts));
    let language = facts.reply.language.as_deref().and_then(languages::language);
    let in_reply_to = facts.in_reply_to(Dialect::Threadiverse);
    let note = answers::note(facts, voice.unwrap_or(&facts.author));
    NoteDocument { in_reply_to, language, ..note }
}

/// A listing went out: what the Group announces.
pub fn create(facts: &ListingFacts, id: String) -> ActivityDocument {
    inner(activities::create(listing(facts), id), Some(&facts.collective))
}

/// Its words or its state changed.
pub fn update(facts: &ListingFacts, id: String) -> ActivityDocument {
    inner(activities::update(listing(facts), id), Some(&facts.collective))
}

/// It is gone. With a `summary` it would be a moderator's deed.
pub fn delete(facts: &ListingFacts, id: String) -> ActivityDocument {
    let object = json!(facts.listing.ap_id);
    inner(activities::delete(listing(facts), object, id), Some(&facts.collective))
}

/// Somebody answered.
pub fn create_reply(facts: &ReplyFacts, id: String) -> ActivityDocument {
    inner(activities::create(reply(facts), id), facts.collective.as_ref())
}

/// They changed it.
pub fn update_reply(facts: &ReplyFacts, id: String) -> ActivityDocument {
    inner(activities::update(reply(facts), id), facts.collective.as_ref())
}

/// They took it back.
pub fn delete_reply(facts: &ReplyFacts, id: String) -> ActivityDocument {
    let object = json!(facts.reply.ap_id);
    inner(activities::delete(reply(facts), object, id), facts.collective.as_ref())
}

/// As it stands inside of an Announce: said in the Group, and without a context.
fn inner(activity: ActivityDocument, group: Option<&ActorRow>) -> ActivityDocument {
    let audience = group.map(|group| group.ap_id.clone());
    ActivityDocument { context: None, audience, ..activity }
}

/// What the Group passes on to its followers: a whole activity, or Lemmy reads none of it. `cc` is there
/// for the same reason.
pub fn announce(
    group: &ActorRow,
    id: String,
    published: Time,
    inner: &ActivityDocument,
) -> ActivityDocument {
    ActivityDocument {
        context: Some(apub::context::note()),
        id,
        kind: ActivityKind::Announce,
        actor: group.ap_id.clone(),
        to: vec![PUBLIC.to_owned()],
        cc: group.followers.iter().cloned().collect(),
        object: json!(inner),
        target: None,
        result: None,
        audience: None,
        content: None,
        summary: None,
        published: Some(published.wire()),
    }
}

/// The `Create` of a listing, in letters and in the outbox alike.
pub fn create_id(listing: &str) -> String {
    format!("{listing}/create")
}

/// The `Announce` of it.
pub fn announce_id(listing: &str) -> String {
    format!("{listing}/announce")
}

/// The listing as it was announced when it went out: the same under the same ids wherever it is told.
pub fn announced(facts: &ListingFacts) -> ActivityDocument {
    let id = &facts.listing.ap_id;
    let published = facts.listing.published_at.unwrap_or(facts.listing.updated_at);
    announce(&facts.collective, announce_id(id), published, &create(facts, create_id(id)))
}
