//! The pictures of a listing: added with words for those who do not see them, and taken away.

use actix_web::{HttpRequest, http::StatusCode, web};
use db::{listings::ListingRow, media::MediaRow};
use domain::{
    Invalid, ListingId, MediaId, Origin, PersonId, Refusal,
    listings::{Content, Title, Window, may_change},
    media::{MOST_ATTACHED, MOST_BYTES, alt},
    place::{Place, Point},
};
use ops::{
    listings::{EditListing, EditListingWith, Extras},
    media::Store,
};
use serde::Deserialize;

use super::show::picture;
use crate::{
    Result, Web,
    answer::{Answer, page_with, see_notice},
    error::PageError,
    forms::{Posted, told},
    session::Signed,
    sight,
    uploads::Upload,
    views::{
        forms::FormErrors,
        page::{Notice, Page},
        pictures::{PictureCard, PicturesPage},
    },
};

/// A listing as whoever may change it sees it.
struct Facts {
    row: ListingRow,
    point: Option<Point>,
    pictures: Vec<MediaRow>,
}

impl Facts {
    async fn load(web: &Web, id: ListingId, person: PersonId) -> Result<Self> {
        web.read(move |conn| {
            let (row, standing) = sight::listing(conn, id, Some(person))?;
            may_change(standing, row.author_id.unwrap_or(person), person)?;
            row.state.edit()?;
            let point = db::listings::exact_point(conn, id)?;
            Ok(Self { point, pictures: db::media::of(conn, id)?, row })
        })
        .await
    }

    /// What the listing says already, to be said again with other pictures.
    fn content(&self) -> ops::Result<Content> {
        let row = &self.row;
        let named = |name| Place { name, point: self.point, radius: row.radius };
        Ok(Content {
            purpose: row.purpose,
            kind: row.kind,
            title: Title::parse(&row.title).map_err(|_| Refusal::NotFromHere)?,
            text: row.text.clone(),
            quantity: row.how_much(),
            category: row.category,
            terms: row.terms,
            place: row.place.clone().map(named),
            window: Window {
                starts_at: row.starts_at,
                ends_at: row.ends_at,
                expires_at: row.expires_at,
            },
            language: row.language.clone(),
            urgency: row.urgency,
            licence: row.licence,
            signed_by: row.signed_by,
        })
    }

    /// Lets these pictures come with the listing, and no others.
    async fn keep(&self, web: &Web, origin: Origin, pictures: Vec<MediaId>) -> ops::Result<()> {
        let (listing, version) = (self.row.id, Some(self.row.version));
        let edit = EditListing { listing, content: self.content()?, version };
        let extras = Extras { media: Some(pictures), mandate: None };
        web.door.perform(origin, EditListingWith { edit, extras }).await
    }

    fn ids(&self) -> Vec<MediaId> {
        self.pictures.iter().map(|row| row.id).collect()
    }
}

/// Shows them, and the form that adds one.
pub(super) async fn show(web: web::Data<Web>, signed: Signed, id: web::Path<String>) -> Answer {
    let facts = Facts::load(&web, sight::id(&id)?, signed.viewer.person).await?;
    page(&web, &signed, &facts, String::new(), (StatusCode::OK, FormErrors::default()))
}

fn page(
    web: &Web,
    signed: &Signed,
    facts: &Facts,
    alt: String,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let base = format!("/listings/{}", facts.row.id);
    let card = |row: &MediaRow| PictureCard {
        picture: picture(row),
        remove: format!("{base}/pictures/{}/remove", row.id),
    };
    let view = PicturesPage {
        page: Page { noindex: true, ..signed.visit.frame(web) },
        title: facts.row.title.clone(),
        lang: facts.row.language.as_str().to_owned(),
        pictures: facts.pictures.iter().map(card).collect(),
        has_room: facts.pictures.len() < MOST_ATTACHED,
        base,
        alt,
        errors,
    };
    page_with(status, &view)
}

/// Adds one.
pub(super) async fn add(
    web: web::Data<Web>,
    store: web::Data<Store>,
    signed: Signed,
    request: HttpRequest,
    id: web::Path<String>,
    payload: web::Payload,
) -> Answer {
    let facts = Facts::load(&web, sight::id(&id)?, signed.viewer.person).await?;
    let form = Upload::read(&request, payload, &signed, MOST_BYTES).await?;
    let typed = form.field("alt").to_owned();
    match added(&web, &store, &signed, &facts, form).await {
        Ok(()) => {
            let back = format!("/listings/{}/pictures", facts.row.id);
            Ok(see_notice(&back, Notice::Saved))
        }
        Err(err) => page(&web, &signed, &facts, typed, told(err)?),
    }
}

async fn added(
    web: &Web,
    store: &Store,
    signed: &Signed,
    facts: &Facts,
    form: Upload,
) -> ops::Result<()> {
    if MOST_ATTACHED <= facts.pictures.len() {
        return Err(Invalid::new("media", "must be at most 4").into());
    }
    let words = alt(form.field("alt"))?;
    if form.too_large {
        return Err(Invalid::new("file", "must have at most 8 MiB").into());
    }
    if form.file.is_empty() {
        return Err(Invalid::new("file", "is not chosen yet").into());
    }
    let origin = Origin::local(signed.viewer.person);
    let prepared = store.prepare(form.file).await?;
    let id = store.keep(&web.door, &web.reader, origin.clone(), prepared, words).await?;
    let mut pictures = facts.ids();
    pictures.push(id);
    facts.keep(web, origin, pictures).await
}

/// A form with nothing in it but its button.
#[derive(Debug, Deserialize)]
pub(super) struct Remove {}

/// Takes one away.
pub(super) async fn remove(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, _): Posted<Remove>,
) -> Answer {
    let (listing, picture) = path.into_inner();
    let picture: MediaId = sight::id(&picture)?;
    let facts = Facts::load(&web, sight::id(&listing)?, signed.viewer.person).await?;
    let mut rest = facts.ids();
    if !rest.contains(&picture) {
        return Err(PageError::NotFound);
    }
    rest.retain(|id| *id != picture);
    let origin = Origin::local(signed.viewer.person);
    match facts.keep(&web, origin, rest).await {
        Ok(()) => Ok(see_notice(&format!("/listings/{listing}/pictures"), Notice::Saved)),
        Err(err) => page(&web, &signed, &facts, String::new(), told(err)?),
    }
}
