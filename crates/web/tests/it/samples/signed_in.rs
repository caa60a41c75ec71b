//! Pages of those who are signed in.

use askama::Template;
use domain::memberships::Role;
use web::html::clean;
use web::views::actors::FollowView;
use web::views::feed::{FeedItem, FeedPage, FollowingView, PostView};
use web::views::forms::FormErrors;
use web::views::memberships::{
    FollowRequestView, InvitationView, InviteInput, MemberView, MembersPage,
};
use web::views::page::{HomeServer, Pager};
use web::views::people::PersonPage;

use super::Rendered;
use super::actors::{bikes, garden, hackers, kitchen, person};
use super::forms::wrong;
use super::frame::{older, page, time};
use super::listings;

fn post(text: &str, about: bool) -> FeedItem {
    FeedItem::Post(PostView {
        anchor: if about { "reply-8" } else { "reply-7" }.into(),
        author: person("Núria", "nuria", "mastodon.example"),
        community: None,
        title: None,
        body: clean(text),
        warning: None,
        lang: "ca".into(),
        published: time("2026-05-05T08:00:00Z", "today, 10:00"),
        edited: None,
        url: "https://mastodon.example/@nuria/1".into(),
        about: about.then(|| (listings::harvest().title, "listing.html".to_owned())),
    })
}

/// A post in a community elsewhere.
pub(crate) fn community_post() -> PostView {
    PostView {
        anchor: "reply-9".into(),
        author: person("Jan aus der Werkstatt", "jan", "lemmy.solidarisch.example"),
        community: Some(hackers()),
        title: Some("Wer hat Lastenräder, die am Wochenende nicht gebraucht werden?".into()),
        body: clean("<p>Wir ziehen am Samstag um und hätten gern zwei oder drei.</p>"),
        warning: None,
        lang: "de".into(),
        published: time("2026-05-05T08:00:00Z", "today, 10:00"),
        edited: None,
        url: "/replies/9".into(),
        about: None,
    }
}

pub(crate) fn posts() -> Vec<FeedItem> {
    vec![FeedItem::Post(community_post())]
}

fn items() -> Vec<FeedItem> {
    let listings = listings::open().into_iter().take(3).map(FeedItem::Listing);
    let posts = [
        post("<p>Avui hem acabat el mur de pedra seca. Gràcies a totes!</p>", false),
        post("<p>Som tres, vindrem dissabte!</p>", true),
    ];
    posts.into_iter().chain(self::posts()).chain(listings).collect()
}

pub(crate) fn feed() -> Rendered {
    let following = |actor, pending| FollowingView { actor, pending, who: "0196a3b0-1".into() };
    FeedPage {
        page: page("/home", true),
        invitations: vec![InvitationView {
            collective: bikes(),
            role: Role::Delegate,
            since: time("2026-05-03T08:00:00Z", "3 May"),
            base: "/invitations/1".into(),
        }],
        mine: vec![garden()],
        items: items(),
        pager: older(),
        following: vec![
            following(hackers(), false),
            following(kitchen(), true),
            following(person("Núria", "nuria", "mastodon.example"), false),
        ],
        wanted: "garden@nowhere".into(),
        errors: wrong(&[("who", "We can’t find anybody there. Is the handle complete?")]),
    }
    .render()
}

pub(crate) fn empty_feed() -> Rendered {
    FeedPage {
        page: page("/home", true),
        invitations: vec![],
        mine: vec![],
        items: vec![],
        pager: Pager::default(),
        following: vec![],
        wanted: String::new(),
        errors: FormErrors::default(),
    }
    .render()
}

pub(crate) fn members() -> Rendered {
    let member = |person, role, invited, me, base: bool| MemberView {
        person,
        role,
        since: time("2026-02-01", "1 February"),
        invited,
        me,
        base: base.then(|| "/c/lafiguera/members/1".into()),
        role_changes: true,
    };
    MembersPage {
        page: page("/c/lafiguera/members", true),
        collective: garden(),
        base: "/c/lafiguera".into(),
        steward: true,
        members: vec![
            member(
                person("Montse Ribera", "montse", "xarxa.example"),
                Role::Steward,
                false,
                true,
                true,
            ),
            member(person("Núria", "nuria", "mastodon.example"), Role::Member, false, false, true),
            member(person("سميرة", "samira", "taawun.example"), Role::Delegate, true, false, true),
        ],
        shown: Some(true),
        requests: vec![FollowRequestView {
            actor: person("Jan aus der Werkstatt", "jan", "lemmy.solidarisch.example"),
            since: time("2026-05-04T08:00:00Z", "4 May"),
            base: "/c/lafiguera/requests/1".into(),
        }],
        invite: InviteInput::default(),
        errors: FormErrors::default(),
    }
    .render()
}

pub(crate) fn a_person() -> Rendered {
    PersonPage {
        page: page("/u/nuria", true),
        person: person("Núria", "nuria", "mastodon.example"),
        lang: "ca".into(),
        summary: clean("<p>Hortolana i ciclista.</p>"),
        home: Some(HomeServer {
            host: "mastodon.example".into(),
            url: "https://mastodon.example/@nuria".into(),
        }),
        interact: "/interact?about=%2Fu%2Fnuria".into(),
        follow: FollowView::Yes { who: "0196a3b0-1".into() },
        items: items().into_iter().take(2).collect(),
        pager: Pager::default(),
    }
    .render()
}
