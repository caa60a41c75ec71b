//! What the handlers of pages are given.

use std::sync::Arc;

/// The parts pages are made with; the server puts them into the application's data as `web::Data<Web>`.
pub struct Web {
    pub door: ops::Door,
    pub reader: db::Reader,
    pub keys: Arc<dyn ops::Keys>,
    pub lookup: Arc<dyn ops::Lookup>,
    /// What this instance calls itself.
    pub name: String,
    /// What its keepers say about it, as plain text.
    pub description: String,
    /// How to reach them: a mail address, or nothing.
    pub contact: String,
    /// Is it reached over https? Then cookies travel over nothing else.
    pub secure: bool,
}
