//! How a listing will look elsewhere, in the very words in which it would be sent.

use db::{actors::ActorRow, listings::ListingRow};
use ops::previews::{Preview, Previews};

use apub::outbound::NoteForm;

use crate::{
    Federation,
    dialects::{ListingFacts, microblog, threadiverse},
};

impl Previews for Federation {
    fn preview(
        &self,
        listing: &ListingRow,
        collective: &ActorRow,
        signer: Option<&ActorRow>,
    ) -> Preview {
        let facts = ListingFacts {
            listing: listing.clone(),
            collective: collective.clone(),
            voice: None,
            signer: signer.cloned(),
            replies: Vec::new(),
            media: Vec::new(),
            on_behalf_of: None,
            likes: 0,
            shares: 0,
            base: self.site().base().to_string(),
        };
        let page = threadiverse::listing(&facts);
        let title = match page.form {
            NoteForm::Page { name, .. } => name,
            NoteForm::Note => listing.title.clone(),
        };
        let microblog = microblog::listing(&facts).content;
        Preview { microblog, title, threadiverse: page.content }
    }
}
