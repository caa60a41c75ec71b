//! Listings as clients see them.

use db::{Conn, collectives::CollectiveRow, listings::ListingRow};
use domain::{ActorId, ListingId, Time, listings::Signature, quantity::Quantity};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Result,
    actors::{self, ActorView},
    media::views::PictureView,
    problem::ApiError,
    words,
};

/// A need or an offer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListingView {
    #[schema(value_type = String, format = "uuid")]
    pub(crate) id: Uuid,
    /// The address that names it on every server.
    uri: String,
    /// Its page.
    url: String,
    collective: ActorView,
    #[schema(value_type = words::Purpose)]
    purpose: &'static str,
    #[schema(value_type = words::Kind)]
    kind: &'static str,
    #[schema(example = "20 chairs for the harvest supper")]
    title: String,
    /// Plain text.
    text: String,
    /// The same as harmless HTML.
    html: String,
    quantity: Option<QuantityView>,
    #[schema(value_type = Option<words::Category>)]
    category: Option<&'static str>,
    /// The words that it is marked with (`#cosecha` in its title or text), without `#`; at most 20.
    #[schema(example = json!(["cosecha"]))]
    tags: Vec<String>,
    #[schema(value_type = words::Terms)]
    terms: &'static str,
    place: Option<PlaceView>,
    /// Pictures that come with it, at most four.
    media: Vec<PictureView>,
    /// For whom the collective posts this.
    on_behalf_of: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    starts_at: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    ends_at: Option<String>,
    /// When it closes by itself.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<String>,
    #[schema(example = "en")]
    language: String,
    #[schema(value_type = Option<words::Urgency>)]
    urgency: Option<&'static str>,
    #[schema(value_type = words::Licence)]
    licence: &'static str,
    #[schema(value_type = words::State)]
    state: &'static str,
    #[schema(value_type = words::Signature)]
    signed_by: &'static str,
    /// The member who chose to sign; nobody where the collective speaks.
    author: Option<ActorView>,
    /// `null` while it is a draft.
    #[schema(value_type = Option<String>, format = DateTime)]
    published_at: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    updated_at: String,
    /// Whether it takes no more answers.
    locked: bool,
    /// Public answers.
    reply_count: i64,
    likes: i64,
    /// Votes against it, of the threadiverse.
    dislikes: i64,
    boosts: i64,
    /// Counts changes; also the `ETag`.
    pub(crate) version: i64,
}

/// How much, and how much of it is still open; decimal numbers as text, so that nothing is rounded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuantityView {
    #[schema(example = "20")]
    total: String,
    #[schema(example = "12")]
    remaining: String,
    #[schema(example = "8")]
    found: String,
    #[schema(value_type = words::Unit)]
    unit: &'static str,
}

/// Where; the point is coarse, the exact one stays with the collective.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlaceView {
    #[schema(example = "The mill")]
    name: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    /// How far around help is useful, in metres; 0 is unknown.
    radius: i32,
}

impl QuantityView {
    fn new(quantity: Quantity) -> Self {
        Self {
            total: quantity.total.to_string(),
            remaining: quantity.remaining.to_string(),
            found: quantity.found().to_string(),
            unit: quantity.unit.word(),
        }
    }
}

impl PlaceView {
    /// Of a collective: a name, and perhaps a point that was blurred before it was kept.
    pub(crate) fn of_collective(row: &CollectiveRow) -> Option<Self> {
        let place = row.place()?;
        Some(Self {
            name: Some(place.name),
            latitude: place.point.map(|point| point.latitude),
            longitude: place.point.map(|point| point.longitude),
            radius: place.radius,
        })
    }

    fn new(row: &ListingRow) -> Option<Self> {
        let point = row.point();
        (row.place.is_some() || point.is_some()).then(|| Self {
            name: row.place.clone(),
            latitude: point.map(|point| point.latitude),
            longitude: point.map(|point| point.longitude),
            radius: row.radius,
        })
    }
}

/// How often something was answered, liked, and boosted.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    replies: i64,
    reactions: db::reactions::Counts,
    locked: bool,
}

/// What is said beside its words.
struct Beside {
    counts: Counts,
    tags: Vec<String>,
    media: Vec<PictureView>,
    on_behalf_of: Option<String>,
}

/// The address of this server, of which the address of a listing of ours is made; only those have pictures.
fn home(row: &ListingRow) -> &str {
    row.ap_id.split_once("listings/").map_or("/", |(base, _)| base)
}

/// Listings with their collectives and their numbers, loaded at once.
pub(crate) fn all(conn: &mut Conn, rows: &[ListingRow]) -> Result<Vec<ListingView>> {
    let actors = rows.iter().flat_map(|row| [Some(row.collective_id.actor()), signer(row)]);
    let actors = actors::load(conn, actors.flatten().collect())?;
    let ids: Vec<ListingId> = rows.iter().map(|row| row.id).collect();
    let uuids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let replies = db::replies::count_each(conn, &ids)?;
    let reactions = db::reactions::count(conn, &uuids)?;
    let locked = db::locks::among(conn, &ids)?;
    let counts = |id: ListingId| Counts {
        replies: replies.iter().find(|row| row.0 == id).map_or(0, |row| row.1),
        reactions: reactions
            .iter()
            .find(|row| row.object == id.uuid())
            .copied()
            .unwrap_or_default(),
        locked: locked.contains(&id),
    };
    let pictures = db::media::of_each(conn, &ids)?;
    let mandates = db::mandates::of_each(conn, &ids)?;
    let tags = db::tags::of_each(conn, &ids)?;
    let beside = |row: &ListingRow| Beside {
        counts: counts(row.id),
        tags: tags.iter().filter(|it| it.0 == row.id).map(|it| it.1.name().to_owned()).collect(),
        media: pictures
            .iter()
            .filter(|it| it.listing_id == Some(row.id))
            .map(|it| PictureView::new(it, home(row)))
            .collect(),
        on_behalf_of: mandates.iter().find(|it| it.0 == row.id).map(|it| it.1.clone()),
    };
    let views = rows.iter().map(|row| {
        let collective = actors.get(&row.collective_id.actor()).cloned();
        let collective = collective.ok_or_else(|| ApiError::not_found("collective"))?;
        let author = signer(row).and_then(|id| actors.get(&id).cloned());
        Ok(view(row, collective, author, beside(row)))
    });
    views.collect()
}

/// One listing.
pub(crate) fn one(conn: &mut Conn, row: ListingRow) -> Result<ListingView> {
    all(conn, &[row])?.pop().ok_or_else(|| ApiError::not_found("listing"))
}

/// The member whose name may be known.
fn signer(row: &ListingRow) -> Option<ActorId> {
    match row.signed_by {
        Signature::Member => row.author_id.map(domain::PersonId::actor),
        Signature::Voice => None,
    }
}

fn view(
    row: &ListingRow,
    collective: ActorView,
    author: Option<ActorView>,
    beside: Beside,
) -> ListingView {
    let Beside { counts, tags, media, on_behalf_of } = beside;
    let (text, html) = words_of_listing(row);
    let url = row.url.clone().unwrap_or_else(|| row.ap_id.clone());
    ListingView {
        id: row.id.uuid(),
        uri: row.ap_id.clone(),
        url,
        collective,
        purpose: row.purpose.word(),
        kind: row.kind.word(),
        title: row.title.clone(),
        text,
        html,
        quantity: row.how_much().map(QuantityView::new),
        category: row.category.map(domain::listings::Category::word),
        tags,
        terms: row.terms.word(),
        place: PlaceView::new(row),
        media,
        on_behalf_of,
        starts_at: row.starts_at.map(Time::wire),
        ends_at: row.ends_at.map(Time::wire),
        expires_at: row.expires_at.map(Time::wire),
        language: row.language.as_str().to_owned(),
        urgency: row.urgency.map(domain::listings::Urgency::word),
        licence: row.licence.word(),
        state: row.state.word(),
        signed_by: row.signed_by.word(),
        author,
        published_at: row.published_at.map(Time::wire),
        updated_at: row.updated_at.wire(),
        locked: counts.locked,
        reply_count: counts.replies,
        likes: counts.reactions.likes,
        dislikes: counts.reactions.dislikes,
        boosts: counts.reactions.boosts,
        version: row.version,
    }
}

/// Text and HTML of a listing; in ours, tags lead to their pages.
pub(crate) fn words_of_listing(row: &ListingRow) -> (String, String) {
    if row.html.is_empty() {
        (row.text.clone(), ops::html::from_tagged(&row.text, home(row)))
    } else {
        words_of(&row.text, &row.html)
    }
}

/// Text and HTML of what was written here (text alone is kept) or elsewhere (HTML alone).
pub(crate) fn words_of(text: &str, html: &str) -> (String, String) {
    if html.is_empty() {
        (text.to_owned(), ops::html::from_text(text))
    } else {
        (ops::html::words(html), ops::html::clean(html))
    }
}
