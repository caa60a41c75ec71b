//! Pictures as clients see them.

use db::media::MediaRow;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::words;

/// A picture that you uploaded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MediaView {
    #[serde(flatten)]
    picture: PictureView,
    /// How many bytes it has; your pictures may have so many in all as the server allows.
    bytes: i64,
    /// The id of the listing that it comes with; without one it is gone after a day.
    #[schema(value_type = Option<String>, format = "uuid")]
    listing: Option<Uuid>,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
}

/// A picture that comes with a listing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PictureView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// At most 2,048 pixels wide and high; what is there never changes.
    url: String,
    /// The same, at most 400 pixels wide and high.
    preview_url: String,
    #[schema(value_type = words::MediaType)]
    media_type: &'static str,
    width: i32,
    height: i32,
    /// What there is to see.
    alt: String,
}

impl PictureView {
    /// From its row; `base` is the address of this server.
    pub(crate) fn new(row: &MediaRow, base: &str) -> Self {
        Self {
            id: row.id.uuid(),
            url: format!("{base}media/{}", row.file(false)),
            preview_url: format!("{base}media/{}", row.file(true)),
            media_type: row.media_type.word(),
            width: row.width,
            height: row.height,
            alt: row.alt.clone(),
        }
    }
}

impl MediaView {
    pub(super) fn new(row: &MediaRow, base: &str) -> Self {
        Self {
            picture: PictureView::new(row, base),
            bytes: row.bytes,
            listing: row.listing_id.map(domain::ListingId::uuid),
            created_at: row.created_at.wire(),
        }
    }
}
