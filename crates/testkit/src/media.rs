//! Pictures, in the books alone: no file is written.

use db::media::Digest;
use domain::{
    CollectiveId, ListingId, MediaId, PersonId, listings::Content, mandates::Mandate,
    media::MediaType,
};
use ops::{
    listings::{Extras, PostListing, PostListingWith},
    media::KeepMedia,
};

use crate::World;

impl World {
    /// A picture of somebody, 60 pixels wide and 40 high.
    pub async fn picture(&self, owner: PersonId, alt: &str) -> MediaId {
        let operation = KeepMedia {
            digest: Digest([7; 32]),
            media_type: MediaType::Jpeg,
            bytes: 100,
            width: 60,
            height: 40,
            alt: alt.to_owned(),
            quota: i64::MAX,
        };
        self.done(self.local(owner), operation).await
    }

    /// A listing for all to see that comes with these pictures, on behalf of somebody.
    pub async fn publish_with(
        &self,
        board: CollectiveId,
        author: PersonId,
        content: Content,
        media: Vec<MediaId>,
        on_behalf_of: &str,
    ) -> ListingId {
        let post = PostListing { board, content, publish: true };
        let mandate = Some(Some(Mandate::parse(on_behalf_of, true).unwrap()));
        let extras = Extras { media: Some(media), mandate };
        self.done(self.local(author), PostListingWith { post, extras }).await
    }
}
