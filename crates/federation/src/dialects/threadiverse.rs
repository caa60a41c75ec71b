//! The dialect of Lemmy, PieFed, and Mbin: a titled `Page` by the voice, or by the member who chose to sign,
//! which the Group announces (FEP-1b12). A Group is no author there.

use apub::{
    PUBLIC,
    outbound::{NoteDocument, NoteForm},
};

use super::{ListingFacts, ReplyFacts, microblog};

/// A listing as a `Page` in the community of its Group.
pub fn listing(facts: &ListingFacts) -> NoteDocument {
    let note = microblog::listing(facts);
    let group = facts.collective.ap_id.clone();
    let author = facts.signer.as_ref().or(facts.voice.as_ref()).unwrap_or(&facts.collective);
    NoteDocument {
        form: NoteForm::Page {
            name: facts.listing.title.chars().take(200).collect(),
            media_type: "text/html".to_owned(),
        },
        attributed_to: author.ap_id.clone(),
        to: vec![group, PUBLIC.to_owned()],
        ..note
    }
}

/// An answer written here, as a `Note`; the voice answers in its own name.
pub fn reply(facts: &ReplyFacts) -> NoteDocument {
    let note = microblog::reply(facts);
    let is_voice = facts.collective.as_ref().is_some_and(|it| it.id == facts.author.id);
    let author = facts.voice.as_ref().filter(|_| is_voice).unwrap_or(&facts.author);
    NoteDocument { attributed_to: author.ap_id.clone(), ..note }
}
