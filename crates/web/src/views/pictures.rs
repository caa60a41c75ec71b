//! The pictures of a listing.

use askama::Template;

use crate::filters;
use crate::views::forms::FormErrors;
use crate::views::listings::PictureView;
use crate::views::page::Page;

/// A picture that comes with a listing.
#[derive(Clone, Debug)]
pub struct PictureCard {
    /// What is shown.
    pub picture: PictureView,
    /// Where the form goes that takes it away.
    pub remove: String,
}

/// `/listings/ID/pictures`.
#[derive(Clone, Debug, Template)]
#[template(path = "pictures.html")]
pub struct PicturesPage {
    /// The frame.
    pub page: Page,
    /// The title of the listing.
    pub title: String,
    /// Its language.
    pub lang: String,
    /// Its path.
    pub base: String,
    /// Those there are.
    pub pictures: Vec<PictureCard>,
    /// May another one come?
    pub has_room: bool,
    /// What was typed for those who do not see it.
    pub alt: String,
    /// What is wrong.
    pub errors: FormErrors,
}
