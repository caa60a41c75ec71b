//! What every page has around its content.

use std::borrow::Cow;

use url::form_urlencoded;
use words::Language;

use crate::filters::Markup;
use crate::views::actors::ActorView;

/// The frame of a page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Whose server this is.
    pub instance: InstanceView,
    /// Who is signed in.
    pub viewer: Option<ViewerView>,
    /// The token each form carries; visitors have one too.
    pub csrf: String,
    /// The path asked for: marks where we are in the navigation.
    pub path: String,
    /// What the address says behind that, without what was just done.
    pub query: String,
    /// The one address of this content, when it has another.
    pub canonical: Option<String>,
    /// Its ActivityPub id.
    pub alternate: Option<String>,
    /// The same for other programs.
    pub forms: Vec<OtherForm>,
    /// Is it for search engines to leave alone?
    pub noindex: bool,
    /// The language of the fixed sentences.
    pub lang: String,
    /// The address of the stylesheet.
    pub stylesheet: String,
    /// The address of the icon.
    pub icon: String,
    /// What just happened.
    pub notice: Option<Notice>,
    /// What those who run this place say to everybody.
    pub announcements: Vec<String>,
    /// The colour of buttons and links: a word of `domain::console::Accent`, or nothing.
    pub accent: &'static str,
}

/// Another form of what a page shows.
#[derive(Clone, Debug)]
pub struct OtherForm {
    /// Where it is.
    pub href: String,
    /// How people call it.
    pub label: Cow<'static, str>,
    /// What it is.
    pub media_type: &'static str,
}

/// The server.
#[derive(Clone, Debug)]
pub struct InstanceView {
    /// How it calls itself.
    pub name: String,
    /// Its host name.
    pub host: String,
    /// Where the source of this very version is.
    pub source: String,
    /// The version.
    pub version: String,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct ViewerView {
    /// Their handle on this server.
    pub handle: String,
    /// Their name.
    pub name: String,
    /// How much they were told and have not read.
    pub news: i64,
}

/// What just happened, said once at the top of the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The listing is a draft.
    DraftSaved,
    /// The listing is out.
    Published,
    /// What was changed is saved.
    Saved,
    /// The answer is out.
    Answered,
    /// What is offered is out.
    Offered,
    /// What was offered is taken back.
    TakenBack,
    /// It is gone.
    Deleted,
    /// The state changed.
    StateChanged,
    /// We follow, or have asked to.
    Followed,
    /// We no longer follow.
    Unfollowed,
    /// Somebody was invited.
    Invited,
    /// A request or an invitation was answered.
    Decided,
    /// The collective exists now.
    CollectiveFounded,
    /// If all is well, a letter is on its way.
    LetterSent,
    /// A link is on its way to somebody else.
    LinkSent,
    /// The address is confirmed, and the account ready.
    Confirmed,
    /// The address is confirmed; somebody has to say yes.
    AwaitsApproval,
    /// There is a new password.
    PasswordChanged,
    /// The same, and they are still signed in.
    PasswordSaved,
    /// Two addresses are asked.
    EmailAsked,
    /// One of them has said yes.
    EmailHalf,
    /// Both have.
    EmailChanged,
    /// A browser, or an app, is signed out.
    SessionEnded,
    /// Signing in takes the password alone.
    TwoStepsOff,
    /// There is no account any more.
    AccountDeleted,
    /// Signed in.
    SignedIn,
    /// Signed out.
    SignedOut,
    /// The viewer no longer belongs to it.
    Left,
    /// Something was reported.
    Reported,
    /// The same, but its author's server could not be told.
    ReportedHere,
    /// A post of somebody else is passed on.
    Boosted,
    /// It is not, or no longer.
    Dismissed,
    /// It waits for a second one of those who run this place.
    Proposed,
    /// Somebody will look at a decision again.
    Appealed,
    /// Letters that were given up wait again.
    LostRetried,
    /// They stay given up: something newer was said.
    LostStays,
    /// There is an admin now.
    FirstAdmin,
}

impl Notice {
    /// Every notice by the name that stands in an address: a page says nothing else it is told to say.
    const NAMES: &'static [(&'static str, Self)] = &[
        ("draft-saved", Self::DraftSaved),
        ("published", Self::Published),
        ("saved", Self::Saved),
        ("answered", Self::Answered),
        ("offered", Self::Offered),
        ("taken-back", Self::TakenBack),
        ("deleted", Self::Deleted),
        ("done", Self::StateChanged),
        ("followed", Self::Followed),
        ("unfollowed", Self::Unfollowed),
        ("invited", Self::Invited),
        ("decided", Self::Decided),
        ("founded", Self::CollectiveFounded),
        ("letter-sent", Self::LetterSent),
        ("link-sent", Self::LinkSent),
        ("confirmed", Self::Confirmed),
        ("awaits-approval", Self::AwaitsApproval),
        ("password-changed", Self::PasswordChanged),
        ("password-saved", Self::PasswordSaved),
        ("email-asked", Self::EmailAsked),
        ("email-half", Self::EmailHalf),
        ("email-changed", Self::EmailChanged),
        ("session-ended", Self::SessionEnded),
        ("two-steps-off", Self::TwoStepsOff),
        ("account-deleted", Self::AccountDeleted),
        ("signed-in", Self::SignedIn),
        ("signed-out", Self::SignedOut),
        ("left", Self::Left),
        ("reported", Self::Reported),
        ("reported-here", Self::ReportedHere),
        ("boosted", Self::Boosted),
        ("dismissed", Self::Dismissed),
        ("proposed", Self::Proposed),
        ("appealed", Self::Appealed),
        ("lost-retried", Self::LostRetried),
        ("lost-stays", Self::LostStays),
        ("first-admin", Self::FirstAdmin),
    ];

    /// The notice of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|known| known.0 == name).map(|known| known.1)
    }

    /// What the page says: the message `notice-NAME`.
    pub fn says(self) -> Cow<'static, str> {
        words::say(&format!("notice-{}", self.name()))
    }

    /// Its name in an address.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|known| known.1 == self).map_or("", |known| known.0)
    }
}

impl Page {
    /// Which way its sentences run.
    pub fn dir(&self) -> &'static str {
        "ltr"
    }

    /// The languages to choose from.
    pub fn languages(&self) -> [Language; 5] {
        Language::ALL
    }

    /// The link that shows this page in a language from now on.
    pub fn in_language(&self, language: &Language) -> String {
        let here = match self.query.as_str() {
            "" => self.path.clone(),
            query => format!("{}?{query}", self.path),
        };
        let back: String = form_urlencoded::byte_serialize(here.as_bytes()).collect();
        format!("/language/{}?back={back}", language.tag())
    }

    /// Is this where that link leads?
    pub fn is_at(&self, path: &str) -> bool {
        self.path == path
    }

    /// Is it the one who looks at the page?
    pub fn is_me(&self, actor: &ActorView) -> bool {
        actor.local && self.viewer.as_ref().is_some_and(|viewer| viewer.handle == actor.handle)
    }

    /// Is this that place or below it?
    pub fn is_under(&self, path: &str) -> bool {
        self.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// A moment, for people and for machines.
#[derive(Clone, Debug)]
pub struct TimeView {
    /// RFC 3339, for `datetime`.
    pub datetime: String,
    /// As a page shows it.
    pub text: String,
}

impl TimeView {
    /// With its mark, to be put into a message.
    pub fn html(&self) -> Markup {
        Markup(format!("<time datetime=\"{}\">{}</time>", self.datetime, self.text))
    }
}

/// One page of many.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    /// Back to the first page, when this is not it.
    pub newest: Option<String>,
    /// What came before.
    pub older: Option<String>,
}

/// Where something lives, when it is not here.
#[derive(Clone, Debug)]
pub struct HomeServer {
    /// The host of that server.
    pub host: String,
    /// Its page there.
    pub url: String,
}
