//! The REST API under `/api/v1`: a handler parses, knocks at the door, and answers.
//!
//! **Invariant:** nothing is decided here. What may be done is said by `domain` and `ops`; what may be read
//! is said in one place, `sight`.

mod account_invitations;
mod accounts;
mod actors;
mod admin;
mod agreements;
mod auth;
mod blocks;
mod body;
mod categories;
mod collectives;
mod deliveries;
mod docs;
mod domains;
mod etag;
mod feeds;
mod follows;
mod idempotency;
mod identity;
mod incoming;
mod instance;
mod interactions;
mod joining;
mod limits;
mod listings;
mod lookup;
mod manners;
mod media;
mod memberships;
mod moderation;
mod mutes;
mod notifications;
mod numbers;
mod oauth;
mod openapi;
mod paging;
mod peer;
mod posts;
mod problem;
mod profiles;
mod queue;
mod reactions;
mod replies;
mod reports;
mod resets;
mod search;
mod searches;
mod sessions;
mod settings;
mod sight;
mod sign_ups;
mod sponsors;
mod statistics;
mod streaming;
mod syndication;
mod templates;
mod tokens;
mod totp;
mod webhooks;
mod wording;
mod words;

use std::sync::Arc;

use actix_web::{middleware::from_fn, web};
use db::Conn;

pub use limits::{Limits, Rates};
pub use openapi::openapi_json;
pub use syndication::ADDRESSES;
pub use templates::content as template_content;

/// What a handler returns.
type Result<T> = std::result::Result<T, problem::ApiError>;

/// What the handlers need; the server puts it into the application's data as `web::Data<Api>`.
pub struct Api {
    pub door: ops::Door,
    pub reader: db::Reader,
    pub keys: Arc<dyn ops::Keys>,
    pub lookup: Arc<dyn ops::Lookup>,
    pub previews: Arc<dyn ops::previews::Previews>,
    /// How much anybody may ask.
    pub limits: Arc<Limits>,
    /// What this instance calls itself, where its admins have not said otherwise.
    pub name: String,
    /// What the program was told when it started.
    pub setup: ops::console::doctor::Setup,
}

impl Api {
    /// Runs a read on the blocking pool; what it finds may be a problem.
    async fn read<T, F>(&self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.reader.read(move |conn| Ok(read(conn))).await?
    }
}

/// Everything under `/api/v1`, the page that describes it, OAuth's own addresses, what is read in the formats of
/// other programs, and the files of pictures; those need an [`ops::media::Store`] in the data.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/api/docs", web::get().to(docs::page));
    cfg.route("/api/docs.css", web::get().to(docs::style));
    cfg.configure(media::files);
    oauth::routes(cfg);
    syndication::routes(cfg);
    cfg.service(
        web::scope("/api/v1")
            .app_data(web::PayloadConfig::new(body::LARGEST))
            .app_data(
                web::PathConfig::default()
                    .error_handler(|_, _| problem::ApiError::NoSuchPath.into()),
            )
            .wrap(from_fn(idempotency::once))
            .wrap(from_fn(limits::hold))
            .wrap(from_fn(manners::keep))
            .route("/openapi.json", web::get().to(docs::document))
            .configure(statistics::routes)
            .configure(instance::routes)
            .configure(accounts::routes)
            .configure(identity::routes)
            .configure(sessions::routes)
            .configure(settings::routes)
            .configure(totp::routes)
            .configure(tokens::routes)
            .configure(sign_ups::routes)
            .configure(resets::routes)
            .configure(sponsors::routes)
            .configure(account_invitations::routes)
            .configure(collectives::routes)
            .configure(memberships::routes)
            .configure(joining::routes)
            .configure(profiles::routes)
            .configure(listings::routes)
            .configure(templates::routes)
            .configure(replies::routes)
            .configure(media::routes)
            .configure(agreements::routes)
            .configure(posts::routes)
            .configure(reactions::routes)
            .configure(queue::routes)
            .configure(incoming::routes)
            .configure(follows::routes)
            .configure(feeds::routes)
            .configure(search::routes)
            .configure(searches::routes)
            .configure(categories::routes)
            .configure(notifications::routes)
            .configure(blocks::routes)
            .configure(mutes::routes)
            .configure(lookup::routes)
            .configure(interactions::routes)
            .configure(moderation::routes)
            .configure(reports::routes)
            .configure(streaming::routes)
            .configure(webhooks::routes)
            .configure(admin::routes)
            .configure(deliveries::routes)
            .configure(domains::routes)
            .default_service(web::to(manners::no_such_path)),
    );
}
