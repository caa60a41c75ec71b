//! An answer written here: the same `Note` everywhere, but for who speaks where the voice does.

use apub::{
    PUBLIC,
    outbound::{NoteDocument, NoteForm, SourceDocument},
};
use db::actors::ActorRow;
use domain::{Time, replies::Visibility};
use ops::html::from_text;

use super::{
    ReplyFacts, languages,
    text::{link, mention},
};

/// The answer as a `Note` by `author`: the person who wrote it, or whoever speaks for the collective.
pub(super) fn note(facts: &ReplyFacts, author: &ActorRow) -> NoteDocument {
    let ReplyFacts { reply, collective, thread, .. } = facts;
    let tagged = tagged(facts);
    let content = content(facts, &tagged);
    let (to, cc) = recipients(facts, author, &tagged);
    let language = reply.language.as_deref().filter(|tag| languages::is_known(tag));
    NoteDocument {
        context: Some(apub::context::note()),
        id: reply.ap_id.clone(),
        form: NoteForm::Note,
        attributed_to: author.ap_id.clone(),
        to,
        cc,
        audience: collective.as_ref().map(|collective| collective.ap_id.clone()),
        in_reply_to: reply.in_reply_to.clone(),
        summary: None,
        content_map: language.map(|tag| (tag.to_owned(), content.clone())).into_iter().collect(),
        content,
        language: None,
        source: Some(SourceDocument {
            content: reply.text.clone(),
            media_type: "text/plain".to_owned(),
        }),
        published: reply.published_at.wire(),
        updated: reply.updated_at.map(Time::wire),
        url: reply.url.clone().unwrap_or_else(|| reply.ap_id.clone()),
        sensitive: false,
        conversation: thread.clone(),
        thread: thread.clone(),
        tag: tagged.iter().map(|actor| mention(actor)).collect(),
        attachment: Vec::new(),
        image: None,
        replies: None,
        likes: None,
        shares: None,
        economic: None,
    }
}

/// Does the collective itself speak?
pub(super) fn is_voice(facts: &ReplyFacts) -> bool {
    facts.collective.as_ref().is_some_and(|it| it.id == facts.author.id)
}

/// Whom an answer names: whoever is answered, and the collective, so that answers to it come back.
fn tagged(facts: &ReplyFacts) -> Vec<&ActorRow> {
    let mut tagged: Vec<&ActorRow> = Vec::new();
    let answered = facts.answered.iter().filter(|it| it.id != facts.author.id);
    for actor in answered.chain(&facts.collective) {
        if tagged.iter().all(|known| known.id != actor.id) {
            tagged.push(actor);
        }
    }
    tagged
}

/// The text, with those it calls at the beginning of its first paragraph; nobody calls themselves.
fn content(facts: &ReplyFacts, tagged: &[&ActorRow]) -> String {
    let called = tagged.iter().filter(|actor| actor.id != facts.author.id);
    let called: Vec<String> = called.map(|actor| link(actor)).collect();
    let text = from_text(&facts.reply.text);
    match (called.is_empty(), text.strip_prefix("<p>")) {
        (true, _) => text,
        (false, Some(rest)) => format!("<p>{} {rest}", called.join(" ")),
        (false, None) => format!("<p>{}</p>{text}", called.join(" ")),
    }
}

fn recipients(
    facts: &ReplyFacts,
    author: &ActorRow,
    tagged: &[&ActorRow],
) -> (Vec<String>, Vec<String>) {
    let named = tagged.iter().filter(|actor| actor.id != author.id);
    let named = named.map(|actor| actor.ap_id.clone());
    let own = author.followers.iter().cloned();
    let board = facts.collective.iter().filter(|it| it.id != author.id);
    let board = board.filter_map(|collective| collective.followers.clone());
    match facts.reply.visibility {
        Visibility::Public => (vec![PUBLIC.to_owned()], own.chain(named).chain(board).collect()),
        Visibility::Unlisted => {
            (own.collect(), std::iter::once(PUBLIC.to_owned()).chain(named).collect())
        }
        Visibility::Followers => (own.collect(), named.collect()),
        Visibility::Direct => (named.collect(), Vec::new()),
    }
}
