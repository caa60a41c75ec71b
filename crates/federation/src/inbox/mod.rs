//! The inbox: believe the envelope, store the words, answer 202; work through them afterwards.
//!
//! One door for every actor: who is addressed stands in the activity, not in the path.

pub(crate) mod claim;
pub(crate) mod forwarded;
mod keys;
mod pace;
mod process;
mod receive;

use actix_web::web;

pub use keys::{KeyFound, Missing, find_key};
pub use pace::Pace;
pub use process::process;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/inbox", web::post().to(receive::receive))
        .route("/c/{handle}/inbox", web::post().to(receive::receive))
        .route("/c/{handle}/voice/inbox", web::post().to(receive::receive))
        .route("/u/{handle}/inbox", web::post().to(receive::receive));
}
