//! Every page, filled with what one could meet on a server in Barcelona.

mod actors;
mod admin;
mod agreements;
mod forms;
mod frame;
mod identity;
mod kept;
mod listings;
mod members;
mod moderation;
mod places;
mod public;
mod replies;
mod signed_in;
mod sponsors;

use web::views::errors::Trouble;
use web::views::listings::ListingFilter;

pub(crate) type Rendered = askama::Result<String>;

#[expect(clippy::too_many_lines, reason = "a line a page")]
pub(crate) fn all() -> askama::Result<Vec<(&'static str, String)>> {
    let pages: Vec<(&'static str, Rendered)> = vec![
        ("home", public::home()),
        ("listings", public::some_listings(ListingFilter::default(), listings::open())),
        ("listings-none", public::some_listings(public::nothing(), vec![])),
        ("collectives", public::collectives()),
        ("collective", public::collective(false)),
        ("collective-steward", public::collective(true)),
        ("collective-remote", public::remote_collective()),
        ("listing", public::listing(false)),
        ("listing-steward", public::listing(true)),
        ("listing-fulfilled", public::fulfilled()),
        ("post", public::post(false)),
        ("post-signed-in", public::post(true)),
        ("queue", public::queue(true)),
        ("queue-empty", public::queue(false)),
        ("listing-form", forms::listing_form(false)),
        ("listing-form-errors", forms::listing_form(true)),
        ("login", forms::login(false)),
        ("login-errors", forms::login(true)),
        ("join", forms::join(false)),
        ("join-invited", forms::join(true)),
        ("confirm", forms::confirm()),
        ("reset", forms::reset()),
        ("new-password", forms::new_password()),
        ("login-code", identity::login_code()),
        ("account", identity::account()),
        ("email", identity::email()),
        ("email-link", identity::email_link()),
        ("password", identity::password()),
        ("security", identity::security()),
        ("two-steps-off", identity::two_steps_off()),
        ("two-steps-begun", identity::two_steps_begun()),
        ("two-steps-on", identity::two_steps_on()),
        ("delete-account", identity::delete()),
        ("feed", signed_in::feed()),
        ("feed-empty", signed_in::empty_feed()),
        ("collective-form", forms::collective_form()),
        ("collective-edit", forms::collective_edit()),
        ("members", signed_in::members()),
        ("notifications", members::notifications()),
        ("settings", members::settings()),
        ("stop-letters", members::stop_letters(false)),
        ("stop-letters-done", members::stop_letters(true)),
        ("stewards", members::incoming()),
        ("joining", members::joining(false)),
        ("joining-steward", members::joining(true)),
        ("statistics", members::statistics()),
        ("blocks", members::blocks()),
        ("searches", members::searches()),
        ("my-listings", members::mine()),
        ("pictures", kept::pictures(true)),
        ("pictures-errors", kept::pictures(false)),
        ("templates", kept::templates(true)),
        ("templates-none", kept::templates(false)),
        ("accounts", sponsors::accounts()),
        ("accounts-all", sponsors::all_accounts()),
        ("admin", admin::dashboard()),
        ("admin-list", admin::list(true)),
        ("admin-list-none", admin::list(false)),
        ("admin-one", admin::one()),
        ("admin-domains", admin::domains()),
        ("admin-case", admin::case()),
        ("admin-settings", admin::settings()),
        ("admin-announcements", admin::announcements()),
        ("admin-health", admin::health()),
        ("decisions", admin::decisions()),
        ("setup", admin::setup()),
        ("moderate", moderation::moderate()),
        ("log", moderation::log()),
        ("report", moderation::report()),
        ("reports", moderation::reports()),
        ("agreements", agreements::of_collective()),
        ("agreements-mine", agreements::mine()),
        ("person", signed_in::a_person()),
        ("error-403", public::trouble(Trouble::Forged)),
        ("error-404", public::trouble(Trouble::NotFound)),
        ("error-500", public::trouble(Trouble::Ours)),
        ("about", public::about()),
    ];
    pages.into_iter().chain(of_places()).map(|(name, html)| Ok((name, html?))).collect()
}

/// The one page with scripts: ours, from this server.
pub(crate) fn map() -> Rendered {
    places::map(true)
}

fn of_places() -> Vec<(&'static str, Rendered)> {
    vec![
        ("near", places::near(true)),
        ("near-nothing", places::near(false)),
        ("category", places::category()),
        ("categories", places::categories()),
        ("tag", places::tag(true)),
        ("tag-nothing", places::tag(false)),
        ("board", places::board()),
        ("poster", places::poster()),
        ("map-empty", places::map(false)),
        ("interact", places::interact(None, false)),
        ("interact-how", places::interact_how()),
        ("interact-wrong", places::interact(None, true)),
        ("interact-onward", places::interact(Some(true), false)),
        ("interact-search", places::interact(Some(false), false)),
    ]
}
