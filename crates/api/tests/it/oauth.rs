//! Apps that act for people: what they are allowed, and how that ends (API-04, API-05, API-06).

mod client;
mod consent;
mod manners;
mod refresh;
mod register;
mod tokens;
