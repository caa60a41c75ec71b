//! What every page keeps, and what each of them does.

mod accounts;
mod browser;
mod collectives;
mod follows;
mod forgery;
mod forms;
mod journey;
mod listings;
mod memberships;
mod pages;
mod replies;
mod samples;
mod sight;
mod what_people_write;
