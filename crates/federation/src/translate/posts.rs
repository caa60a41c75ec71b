//! Posts of others: needs and offers, answers, and what followed people write.

use apub::inbound::{
    Activity, ActivityKind, Economic, ObjectRef, Post, Purpose as WirePurpose, Tag,
    Visibility as Seen,
};
use db::actors::ActorRow;
use domain::{
    CollectiveId, Invalid, Origin, PersonId, Speaker, Time, Way,
    listings::{Category, Kind, Purpose, State, Terms, Urgency},
    people::ActorKind,
    place::Point,
    quantity::{Amount, Quantity, Unit},
    replies::Visibility,
    tags,
    text::{self, Language},
};
use ops::{
    OpError,
    actors::RecordActorGone,
    html,
    listings::{RecordListing, RecordListingDeleted},
    lookup::Found,
    posts::RecordPost,
    replies::{RecordReply, RecordReplyDeleted},
};
use url::Url;

use super::{Received, threads};
use crate::{Federation, error::InboxError, federation::Request, meet};

/// `Create`, or `Update` of anything but an actor: the object as its author says it.
///
/// An embedded object is believed where it lies on the speaker's server and is theirs; anything else is
/// fetched from where it lies.
pub(super) async fn create(data: &Request, received: &Received) -> Result<(), InboxError> {
    let actor = &received.activity.actor;
    let post = match &received.activity.object {
        ObjectRef::Embedded { id: Some(id), value, .. } if id.origin() == actor.origin() => {
            let mut post = Post::parse(value)?;
            if post.to.is_empty() && post.cc.is_empty() {
                post.to.clone_from(&received.activity.to);
                post.cc.clone_from(&received.activity.cc);
            }
            post
        }
        ObjectRef::Id(id) if id.origin() == actor.origin() => {
            let (found_at, value) = meet::document(data, id, None).await?;
            Some(Post::parse(&value)?)
                .filter(|post| post.id == found_at)
                .ok_or(InboxError::Origin("the document names another address"))?
        }
        ObjectRef::Embedded { id: Some(_), .. } | ObjectRef::Id(_) => {
            return Err(InboxError::Origin("the object is on another server than its author"));
        }
        _ => return Err(super::missing("object")),
    };
    if post.attributed_to != *actor || post.id.origin() != actor.origin() {
        return Err(InboxError::Origin("the object is somebody else's"));
    }
    if received.activity.kind == ActivityKind::Create && is_known(data, &post.id).await? {
        return Err(InboxError::Ignored("known already; only an Update changes it".to_owned()));
    }
    let (author, origin) = received.speaker(data).await?;
    if mentions_us(data, &post) {
        threads::bring(data, &post, None).await;
    }
    record_post(data, origin, &author, &post).await?;
    Ok(())
}

pub(super) async fn is_known(data: &Federation, address: &Url) -> Result<bool, InboxError> {
    let ap_id = address.to_string();
    let known = data.read(move |conn| {
        Ok(db::listings::find_by_ap_id(conn, &ap_id)?.is_some()
            || db::replies::find_by_ap_id(conn, &ap_id)?.is_some())
    });
    Ok(known.await?)
}

/// Stores a post as a listing or as a reply, whichever it is.
pub async fn record_post(
    data: &Federation,
    origin: Origin,
    author: &ActorRow,
    post: &Post,
) -> Result<Found, InboxError> {
    if author.kind == ActorKind::Group
        && post.in_reply_to.is_none()
        && let Some(economic) = &post.economic
    {
        return record_listing(data, origin, author, post, economic).await;
    }
    let mut operation = operation(data, author, post).await?;
    operation.reply.mentions_us |= origin.way == Way::Fetched;
    Ok(Found::Reply(data.door().perform(origin, operation).await?))
}

/// A post that is no listing, as its author says it.
pub(super) async fn operation(
    data: &Federation,
    author: &ActorRow,
    post: &Post,
) -> Result<RecordPost, InboxError> {
    let reply = RecordReply {
        ap_id: post.id.to_string(),
        author: author.id,
        in_reply_to: post.in_reply_to.as_ref().map(Url::to_string),
        visibility: seen_by(author, post),
        html: text(post),
        summary: warning(post),
        sensitive: post.sensitive,
        language: post.language.clone(),
        url: post.url.as_ref().map(Url::to_string),
        published_at: time(post.published.as_deref()),
        updated_at: time(post.updated.as_deref()),
        mentions_us: mentions_us(data, post),
    };
    let title = post.name.clone().filter(|_| has_title(post));
    let (called, people) = called(data, post).await?;
    Ok(RecordPost { reply, title, group: None, called, people, again: false })
}

/// What its author warns of, as plain text. On what is no note, a summary is an abstract.
fn warning(post: &Post) -> Option<String> {
    let warns = matches!(post.kind.as_str(), "Note" | "Question") || post.sensitive;
    let summary = post.summary.as_deref().filter(|_| warns)?;
    let words = cut(&html::words(summary), 500);
    (!words.is_empty()).then_some(words)
}

/// On an answer, a name is something else: a vote in a poll.
fn has_title(post: &Post) -> bool {
    post.economic.is_none() && post.in_reply_to.is_none()
}

async fn record_listing(
    data: &Federation,
    origin: Origin,
    author: &ActorRow,
    post: &Post,
    economic: &Economic,
) -> Result<Found, InboxError> {
    let id = author.id;
    let followed = data.read(move |conn| db::follows::has_local_follower(conn, id)).await?;
    if !followed && origin.way != Way::Fetched {
        return Err(InboxError::Ignored(
            "a listing of a collective nobody here follows".to_owned(),
        ));
    }
    if !seen_by(author, post).is_public() {
        return Err(InboxError::Ignored("a listing that is not public".to_owned()));
    }
    let operation = listing(data, author, post, economic);
    Ok(Found::Listing(data.door().perform(origin, operation).await?))
}

/// A post with ValueFlows properties in our words; what we do not know becomes the plainest word we have.
fn listing(
    data: &Federation,
    author: &ActorRow,
    post: &Post,
    economic: &Economic,
) -> RecordListing {
    let (base, now) = (data.site().base().as_str(), data.now());
    let place = economic.location.as_ref();
    let point = place.and_then(|place| Point::new(place.latitude?, place.longitude?).ok());
    let html = text(post);
    RecordListing {
        ap_id: post.id.to_string(),
        collective: author.id,
        purpose: match economic.purpose {
            WirePurpose::Offer => Purpose::Offer,
            WirePurpose::Request => Purpose::Need,
        },
        kind: kind(economic),
        title: title(post, economic, &html),
        html: post.plain.as_deref().map_or(html, |plain| html::from_tagged(plain, base)),
        quantity: quantity(economic),
        category: class(economic, "category").and_then(|word| Category::parse(word).ok()),
        tags: hashtags(post),
        terms: terms(economic),
        place: place.and_then(|place| place.name.clone()).map(|name| cut(&name, 120)),
        point,
        radius: place.and_then(|place| place.radius_m).map_or(0, metres),
        starts_at: time(economic.has_beginning.as_deref()),
        ends_at: time(economic.due.as_deref()),
        expires_at: time(economic.has_end.as_deref()),
        language: language(post),
        urgency: class(economic, "urgency").and_then(|word| Urgency::parse(word).ok()),
        state: state(economic, now),
        url: post.url.as_ref().map(Url::to_string),
        published_at: time(post.published.as_deref()),
        updated_at: time(post.updated.as_deref()),
    }
}

/// What it is marked with. That it is a need, or an offer, is said otherwise: a server of ours marks it with that
/// for others alone.
fn hashtags(post: &Post) -> Vec<tags::Tag> {
    let says_purpose = |href: &Url| {
        href.path() == "/listings" && href.query_pairs().any(|(name, _)| name == "purpose")
    };
    tags::once(post.tags.iter().filter_map(|tag| match tag {
        Tag::Hashtag { href: Some(href), .. } if says_purpose(href) => None,
        Tag::Hashtag { name, .. } => tags::Tag::parse(name).ok(),
        Tag::Mention { .. } => None,
    }))
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to what an i32 holds")]
fn metres(radius: f64) -> i32 {
    radius.clamp(0.0, 500_000.0) as i32
}

/// As the post says; "und", undetermined (BCP 47), where it does not.
fn language(post: &Post) -> Language {
    post.language.as_deref().and_then(|tag| Language::parse(tag).ok()).unwrap_or_default()
}

/// The word of a class of our own taxonomy, whichever server it is of: `…/taxonomy/kind/goods`.
fn class<'a>(economic: &'a Economic, facet: &str) -> Option<&'a str> {
    let path = format!("/taxonomy/{facet}/");
    economic.classified_as.iter().find_map(|class| Some(class.split_once(&path)?.1))
}

fn kind(economic: &Economic) -> Kind {
    let said = class(economic, "kind").and_then(|word| Kind::parse(word).ok());
    said.unwrap_or(match economic.action.as_deref() {
        Some("work" | "deliverService") => Kind::Time,
        Some("use") => Kind::Space,
        Some("copy" | "cite") => Kind::Knowledge,
        _ => Kind::Goods,
    })
}

/// No reciprocal means a gift (ValueFlows' own rule); custody alone means a loan.
fn terms(economic: &Economic) -> Terms {
    let said = class(economic, "terms").and_then(|word| Terms::parse(word).ok());
    said.unwrap_or(match economic.action.as_deref() {
        _ if economic.has_reciprocal => Terms::Barter,
        Some("transferCustody") => Terms::Loan,
        Some("use") => Terms::Use,
        Some("transfer" | "transferAllRights") => Terms::Gift,
        _ => Terms::LetsTalk,
    })
}

fn quantity(economic: &Economic) -> Option<Quantity> {
    let said = economic.quantity.as_ref()?;
    let unit = Unit::parse(&said.unit).ok()?;
    let total = Amount::parse("quantity", said.value.as_deref()?).ok()?;
    let open = economic.available.as_ref().and_then(|open| open.value.as_deref());
    let open = open.and_then(|open| Amount::parse_or_nothing("quantity", open).ok());
    Some(Quantity { total, remaining: open.map_or(total, |open| open.min(total)), unit })
}

fn state(economic: &Economic, now: Time) -> State {
    let said = class(economic, "state").and_then(|word| State::parse(word).ok());
    if let Some(said) = said.filter(|said| *said != State::Draft) {
        return said;
    }
    let over = time(economic.has_end.as_deref()).is_some_and(|end| end <= now);
    match (economic.finished, over) {
        (_, true) => State::Expired,
        (Some(true), false) => State::Fulfilled,
        _ => match quantity(economic) {
            Some(quantity) if quantity.remaining < quantity.total => State::Partly,
            _ => State::Open,
        },
    }
}

/// The bare title: as the intent says it, else the post's name, else its first words.
fn title(post: &Post, economic: &Economic, html: &str) -> String {
    let said = economic.name.clone().or_else(|| post.name.clone());
    let title = said.unwrap_or_else(|| html::words(html));
    let title = cut(&title, 120);
    if title.trim().is_empty() { "—".to_owned() } else { title }
}

fn cut(text: &str, most: usize) -> String {
    text::calm(text).chars().take(most).collect()
}

/// The text as HTML. What a post of the threadiverse is about, a link or a picture, stands below it, and so does
/// that between which a poll lets choose.
fn text(post: &Post) -> String {
    let content = post.content.clone().unwrap_or_default();
    let content = match post.media_type.as_deref() {
        Some("text/plain" | "text/markdown") => html::from_text(&content),
        _ => content,
    };
    let content = format!("{content}{}", options(post));
    match &post.name {
        Some(_) if has_title(post) => format!("{content}{}", link(post)),
        Some(name) if post.economic.is_none() => {
            format!("<p><strong>{}</strong></p>{content}", html::escape(name))
        }
        _ => content,
    }
}

fn options(post: &Post) -> String {
    if post.options.is_empty() {
        return String::new();
    }
    let option = |name: &String| format!("<li>{}</li>", html::escape(name));
    format!("<ul>{}</ul>", post.options.iter().map(option).collect::<String>())
}

fn link(post: &Post) -> String {
    let Some(first) = post.attachments.first() else { return String::new() };
    let url = html::escape(first.url.as_str());
    let words = first.alt.as_deref().filter(|alt| !alt.trim().is_empty());
    let words = html::escape(&cut(words.unwrap_or(first.url.as_str()), 200));
    format!("<p><a href=\"{url}\">{words}</a></p>")
}

/// Who may see it.
pub(super) fn seen_by(author: &ActorRow, post: &Post) -> Visibility {
    let followers = author.followers.as_deref().and_then(|url| Url::parse(url).ok());
    visibility(post.visibility(followers.as_ref()))
}

fn visibility(seen: Seen) -> Visibility {
    match seen {
        Seen::Public => Visibility::Public,
        Seen::Unlisted => Visibility::Unlisted,
        Seen::Followers => Visibility::Followers,
        Seen::Direct => Visibility::Direct,
    }
}

/// Does it call somebody of this server, by a mention or by its addressing?
fn mentions_us(data: &Federation, post: &Post) -> bool {
    let site = data.site();
    let tagged = post.tags.iter().any(|tag| match tag {
        Tag::Mention { href, .. } => site.owns(href),
        Tag::Hashtag { .. } => false,
    });
    tagged || post.to.iter().chain(&post.cc).chain(&post.audience).any(|url| site.owns(url))
}

/// Which collectives of this server it calls, or their voices, and which people; at most a dozen in all.
async fn called(
    data: &Federation,
    post: &Post,
) -> Result<(Vec<CollectiveId>, Vec<PersonId>), InboxError> {
    let tagged = post.tags.iter().filter_map(|tag| match tag {
        Tag::Mention { href, .. } => Some(href),
        Tag::Hashtag { .. } => None,
    });
    let named = tagged.chain(&post.to).chain(&post.cc).chain(&post.audience);
    let mut addresses: Vec<String> =
        named.filter(|url| data.site().owns(url)).map(Url::to_string).collect();
    addresses.sort_unstable();
    addresses.dedup();
    addresses.truncate(12);
    if addresses.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let found = data.read(move |conn| {
        let (mut called, mut people) = (Vec::new(), Vec::new());
        for address in addresses {
            let row = db::actors::find_by_ap_id(conn, &address)?;
            let Some(row) = row.filter(|row| row.local && row.deleted_at.is_none()) else {
                continue;
            };
            match row.kind {
                ActorKind::Group => called.push(row.id.collective()),
                ActorKind::Organization => {
                    called.extend(db::collectives::find_by_voice(conn, row.id)?.map(|row| row.id));
                }
                ActorKind::Person => people.push(row.id.person()),
                _ => {}
            }
        }
        called.sort_unstable();
        called.dedup();
        Ok((called, people))
    });
    Ok(found.await?)
}

fn time(text: Option<&str>) -> Option<Time> {
    text.and_then(|text| Time::parse("time", text).ok())
}

/// `Delete` of an actor by itself, of a listing by its Group, of a note by its author.
pub(super) async fn delete(data: &Request, received: &Received) -> Result<(), InboxError> {
    let object = received.object()?;
    let (author, origin) = received.speaker(data).await?;
    if *object == received.activity.actor {
        data.door().perform(origin, RecordActorGone { actor: author.id }).await?;
        return Ok(());
    }
    if object.origin() != received.activity.actor.origin() {
        return Err(InboxError::Origin("what is deleted is on another server"));
    }
    let ap_id = object.to_string();
    let listing = data.read(move |conn| db::listings::find_by_ap_id(conn, &ap_id)).await?;
    if let Some(listing) = listing {
        data.door().perform(origin, RecordListingDeleted { listing: listing.id }).await?;
        return Ok(());
    }
    let operation = RecordReplyDeleted { ap_id: object.to_string(), author: author.id };
    data.door().perform(origin, operation).await?;
    Ok(())
}

/// `Undo` of a `Delete`: the author puts back what was deleted. It is fetched from where it lies, since the
/// message does not hold it.
pub(super) async fn undelete(
    data: &Request,
    received: &Received,
    inner: &Activity,
) -> Result<(), InboxError> {
    let object = inner.object.id().ok_or_else(|| super::missing("object"))?;
    if object.origin() != received.activity.actor.origin() {
        return Err(InboxError::Origin("what is put back is on another server"));
    }
    let ap_id = object.to_string();
    let known = data.read(move |conn| db::replies::find_by_ap_id(conn, &ap_id)).await?;
    if known.is_none_or(|row| row.deleted_at.is_none()) {
        return Err(InboxError::Ignored("nothing of that id was deleted here".to_owned()));
    }
    let post = threads::fetch_post(data, object).await?;
    if post.attributed_to != received.activity.actor {
        return Err(InboxError::Origin("the object is somebody else's"));
    }
    let (author, origin) = received.speaker(data).await?;
    let operation = RecordPost { again: true, ..operation(data, &author, &post).await? };
    data.door().perform(origin, operation).await?;
    Ok(())
}

/// A post fetched from its own address, by whoever wrote it.
pub(crate) async fn record_fetched(data: &Federation, post: &Post) -> Result<Found, InboxError> {
    if post.attributed_to.origin() != post.id.origin() {
        return Err(InboxError::Origin("the post is on another server than its author"));
    }
    let (author, origin) = author(data, post).await?;
    match record_post(data, origin, &author, post).await {
        Err(InboxError::Op(OpError::Invalid(Invalid { field, problem }))) => {
            Err(InboxError::Broken(format!("{field} {problem}")))
        }
        done => done,
    }
}

/// The author of a post that was fetched, as whoever speaks by it.
pub(super) async fn author(
    data: &Federation,
    post: &Post,
) -> Result<(ActorRow, Origin), InboxError> {
    let author = meet::actor(data, &post.attributed_to).await?;
    if author.deleted_at.is_some() {
        return Err(super::gone());
    }
    if author.suspended_at.is_some() {
        return Err(InboxError::Blocked);
    }
    let origin = speaking(&author);
    Ok((author, origin))
}

/// Somebody speaks by what was fetched from their own server.
pub(super) fn speaking(actor: &ActorRow) -> Origin {
    let speaker = match actor.kind {
        ActorKind::Group => Speaker::Collective(actor.id.collective()),
        _ => Speaker::Person(actor.id.person()),
    };
    Origin { speaker, way: Way::Fetched }
}
