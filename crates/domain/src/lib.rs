//! The words and rules of the commons: what people, collectives, and listings are, and what may happen to them.
//!
//! **Invariant:** nothing here reads a clock, a socket, a file, or a database. Facts come in, a verdict goes out.

pub mod accounts;
pub mod agreements;
pub mod authority;
pub mod cases;
pub mod collectives;
pub mod console;
pub mod dialects;
pub mod domains;
pub mod follows;
pub mod handle;
pub mod id;
pub mod incoming;
pub mod joining;
pub mod labels;
pub mod letters;
pub mod listings;
pub mod mandates;
pub mod media;
pub mod memberships;
pub mod mentions;
pub mod moderation;
pub mod notifications;
pub mod oauth;
pub mod people;
pub mod place;
pub mod quantity;
pub mod refusal;
pub mod replies;
pub mod scopes;
pub mod search;
pub mod sessions;
pub mod sign_ups;
pub mod tags;
pub mod templates;
pub mod text;
pub mod time;
pub mod webhooks;
mod words;

pub use authority::{Authority, Home, Origin, Speaker, Way};
pub use dialects::Dialect;
pub use handle::Handle;
pub use id::Id;
pub use refusal::{Invalid, Refusal};
pub use time::Time;

/// Marker types for [`Id`].
#[derive(Debug)]
pub enum Actor {}
/// A person, here or elsewhere.
#[derive(Debug)]
pub enum Person {}
/// A collective, here or elsewhere.
#[derive(Debug)]
pub enum Collective {}
/// A need or an offer.
#[derive(Debug)]
pub enum Listing {}
/// What somebody writes: an answer under a listing, or a post of their own.
#[derive(Debug)]
pub enum Reply {}
/// A local person's login.
#[derive(Debug)]
pub enum Account {}
/// A program that asks for people's consent (OAuth 2).
#[derive(Debug)]
pub enum App {}
/// One consent, and all the tokens that follow from it.
#[derive(Debug)]
pub enum Grant {}
/// A bearer token, by the id under which its owner sees and revokes it.
#[derive(Debug)]
pub enum Token {}
/// A browser that somebody is signed in with, by the id under which they see and end it.
#[derive(Debug)]
pub enum Session {}
/// A word by which somebody may ask for an account.
#[derive(Debug)]
pub enum AccountInvitation {}
/// A report to moderators.
#[derive(Debug)]
pub enum Report {}
/// What is reported about somebody, until it is decided.
#[derive(Debug)]
pub enum Case {}
/// What was decided about it.
#[derive(Debug)]
pub enum Decision {}
/// What one admin has proposed and another one has to agree to.
#[derive(Debug)]
pub enum Proposal {}
/// What is said on top of every page.
#[derive(Debug)]
pub enum Announcement {}
/// What was offered in answer to a listing (FEP-0837).
#[derive(Debug)]
pub enum Agreement {}
/// Something that somebody here is told.
#[derive(Debug)]
pub enum Notification {}
/// Something that waits for the stewards of a collective.
#[derive(Debug)]
pub enum Incoming {}
/// A picture that was uploaded.
#[derive(Debug)]
pub enum Media {}
/// A form from which listings are made.
#[derive(Debug)]
pub enum Template {}
/// Somebody following somebody.
#[derive(Debug)]
pub enum Follow {}
/// What somebody looks for again and again.
#[derive(Debug)]
pub enum Search {}
/// An activity we send.
#[derive(Debug)]
pub enum Activity {}
/// An activity we received, as stored.
#[derive(Debug)]
pub enum Inbound {}
/// Something that has happened and must be told.
#[derive(Debug)]
pub enum EventMark {}
/// Work to be done after a commit.
#[derive(Debug)]
pub enum JobMark {}
/// Where a collective wants to be told what happens.
#[derive(Debug)]
pub enum Webhook {}
/// A letter to a webhook.
#[derive(Debug)]
pub enum WebhookLetter {}

/// Any actor: a person, a collective, a voice, or an instance.
pub type ActorId = Id<Actor>;
/// See [`Person`]; the same value as that person's [`ActorId`].
pub type PersonId = Id<Person>;
/// See [`Collective`]; the same value as that collective's [`ActorId`].
pub type CollectiveId = Id<Collective>;
/// See [`App`].
pub type AppId = Id<App>;
/// See [`Grant`].
pub type GrantId = Id<Grant>;
/// See [`Token`].
pub type TokenId = Id<Token>;
/// Names a session.
pub type SessionId = Id<Session>;
/// See [`Listing`].
pub type ListingId = Id<Listing>;
/// See [`Reply`].
pub type ReplyId = Id<Reply>;
/// See [`Account`].
pub type AccountId = Id<Account>;
/// See [`AccountInvitation`].
pub type AccountInvitationId = Id<AccountInvitation>;
/// See [`Report`].
pub type ReportId = Id<Report>;
/// See [`Case`].
pub type CaseId = Id<Case>;
/// See [`Decision`].
pub type DecisionId = Id<Decision>;
/// See [`Proposal`].
pub type ProposalId = Id<Proposal>;
/// See [`Announcement`].
pub type AnnouncementId = Id<Announcement>;
/// See [`Agreement`].
pub type AgreementId = Id<Agreement>;
/// See [`Search`].
pub type SearchId = Id<Search>;
/// See [`Notification`].
pub type NotificationId = Id<Notification>;
/// See [`Incoming`].
pub type IncomingId = Id<Incoming>;
/// See [`Media`].
pub type MediaId = Id<Media>;
/// See [`Template`].
pub type TemplateId = Id<Template>;
/// See [`Follow`].
pub type FollowId = Id<Follow>;
/// See [`Activity`].
pub type ActivityId = Id<Activity>;
/// See [`Inbound`].
pub type InboundId = Id<Inbound>;
/// See [`EventMark`].
pub type EventId = Id<EventMark>;
/// See [`JobMark`].
pub type JobId = Id<JobMark>;
/// See [`Webhook`].
pub type WebhookId = Id<Webhook>;
/// See [`WebhookLetter`].
pub type WebhookLetterId = Id<WebhookLetter>;

impl PersonId {
    /// This person as an actor.
    pub fn actor(self) -> ActorId {
        self.uuid().into()
    }
}

impl CollectiveId {
    /// This collective as an actor.
    pub fn actor(self) -> ActorId {
        self.uuid().into()
    }
}

impl ActorId {
    /// This actor as a person; whether it is one is for the caller to know.
    pub fn person(self) -> PersonId {
        self.uuid().into()
    }

    /// This actor as a collective; whether it is one is for the caller to know.
    pub fn collective(self) -> CollectiveId {
        self.uuid().into()
    }
}
