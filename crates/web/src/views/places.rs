//! Places and fields of life: what is open there, and who is.

use askama::Template;
use domain::listings::Category;

use crate::filters;
use crate::labels::Word;
use crate::views::collectives::CollectiveCard;
use crate::views::listings::ListingCard;
use crate::views::page::Page;

/// Around which place somebody looks.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// As it was typed.
    pub place: String,
    /// In kilometres.
    pub radius: u32,
    /// Does anybody here know where it is? Its name is looked for otherwise.
    pub known: bool,
}

impl Around {
    /// How far one can look, in kilometres.
    pub const RADII: [u32; 5] = [5, 10, 25, 50, 100];

    /// Was a place named?
    pub fn is_given(&self) -> bool {
        !self.place.is_empty()
    }

    /// What one can choose from.
    pub fn radii(&self) -> [u32; 5] {
        Self::RADII
    }

    /// Is it this one?
    pub fn is(&self, radius: &u32) -> bool {
        self.radius == *radius
    }
}

/// `/near` and `/categories/SLUG`.
#[derive(Clone, Debug, Template)]
#[template(path = "topic.html")]
pub struct TopicPage {
    /// The frame.
    pub page: Page,
    /// The field of life; `None` on the page of places.
    pub category: Option<Category>,
    /// The place that was asked for; on the page of places alone.
    pub around: Around,
    /// What is open.
    pub listings: Vec<ListingCard>,
    /// Who is there, or has something open in this field.
    pub collectives: Vec<CollectiveCard>,
    /// Where all of it is listed.
    pub all_listings: String,
    pub all_collectives: String,
}

/// `/categories`.
#[derive(Clone, Debug, Template)]
#[template(path = "categories.html")]
pub struct CategoriesPage {
    /// The frame.
    pub page: Page,
}
