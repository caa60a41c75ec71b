//! A message said again, as a `Note` of whoever says it. Facts in, document out.

use std::collections::BTreeMap;

use apub::{
    PUBLIC,
    outbound::{NoteDocument, NoteForm, TagDocument},
};
use db::actors::ActorRow;
use domain::{Dialect, Time};
use ops::html::escape;

use super::RelayFacts;

/// A relay as a `Note`: by a guest with the author's words, or by the Group, which tells whose they are.
pub(crate) fn note(facts: &RelayFacts) -> NoteDocument {
    let RelayFacts { relay, reply, author, speaker, collective, .. } = facts;
    let page = reply.url.clone().unwrap_or_else(|| reply.ap_id.clone());
    let group = collective.ap_id.clone();
    let by_guest = relay.dialect() == Dialect::Threadiverse;
    let called = if by_guest { Some(collective) } else { facts.answered.as_ref() };
    let content = if by_guest {
        // Nobody in the threadiverse reads a warning where microblogs do.
        let warning = reply.summary.as_deref().map(escape);
        let warning = warning.map(|it| format!("<p><strong>{it}</strong></p>")).unwrap_or_default();
        format!("{warning}{}<p>↪ {}</p>", reply.html, link(author, &page))
    } else {
        let call = called.map(call).unwrap_or_default();
        format!("<p>{call}{}:</p>{}", link(author, &page), reply.html)
    };
    let called_ids = called.map(|actor| actor.ap_id.clone());
    NoteDocument {
        context: Some(apub::context::note()),
        id: relay.ap_id.clone(),
        form: NoteForm::Note,
        attributed_to: speaker.ap_id.clone(),
        to: vec![PUBLIC.to_owned()],
        cc: called_ids.into_iter().chain(collective.followers.clone()).collect(),
        audience: Some(group),
        in_reply_to: facts.in_reply_to.clone(),
        summary: reply.summary.clone().filter(|_| !by_guest),
        content_map: BTreeMap::new(),
        content,
        language: None,
        source: None,
        published: reply.published_at.wire(),
        updated: reply.updated_at.map(Time::wire),
        url: if by_guest { page } else { relay.ap_id.clone() },
        sensitive: reply.sensitive,
        conversation: Some(facts.thread.clone()),
        thread: Some(facts.thread.clone()),
        tag: called.map(mention).into_iter().collect(),
        attachment: Vec::new(),
        image: None,
        replies: None,
        likes: None,
        shares: None,
        economic: None,
    }
}

/// Whose words these are, leading to the original.
fn link(author: &ActorRow, page: &str) -> String {
    let (href, name) = (escape(page), escape(&author.address()));
    format!("<a href=\"{href}\" rel=\"nofollow noopener noreferrer\">{name}</a>")
}

/// Calls somebody as Mastodon does, so that its readers make it a mention.
fn call(actor: &ActorRow) -> String {
    let href = escape(actor.url.as_deref().unwrap_or(&actor.ap_id));
    let name = escape(&actor.handle);
    format!(
        "<span class=\"h-card\"><a href=\"{href}\" class=\"u-url mention\">@<span>{name}</span></a></span> "
    )
}

fn mention(actor: &ActorRow) -> TagDocument {
    TagDocument::Mention { href: actor.ap_id.clone(), name: actor.address() }
}
