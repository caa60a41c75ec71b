//! Every page.

use askama::Template;
use web::html::clean;
use web::views::about::AboutPage;
use web::views::accounts::LoginPage;
use web::views::actors::FollowView;
use web::views::collectives::{
    CollectiveFormPage, CollectiveInput, CollectivePage, CollectiveView, CollectivesPage,
};
use web::views::errors::{ErrorPage, Trouble};
use web::views::feed::{FeedItem, FeedPage, FollowingView, PostView};
use web::views::forms::{Choice, FormError, FormErrors};
use web::views::home::HomePage;
use web::views::listing_form::{ListingFormPage, ListingInput};
use web::views::listings::{ListingAction, ListingCard, ListingFilter, ListingPage, ListingsPage};
use web::views::memberships::{
    FollowRequestView, InvitationView, InviteInput, MemberView, MembersPage,
};
use web::views::page::{HomeServer, Notice, Page, Pager};
use web::views::people::PersonPage;
use web::views::replies::{AnswerForm, AnswerView};
use web::views::words::{FollowRule, Purpose, Role, State};

use crate::actors::{self, zaytun, bikes, garden, hackers, kitchen, person};
use crate::frame::{page, time};
use crate::listings;
use crate::replies::thread;

type Rendered = askama::Result<String>;

pub(crate) fn all() -> askama::Result<Vec<(&'static str, String)>> {
    let pages: Vec<(&'static str, Rendered)> = vec![
        ("home", home()),
        ("listings", some_listings(ListingFilter::default(), listings::open())),
        ("listings-none", some_listings(nothing(), vec![])),
        ("collectives", collectives()),
        ("collective", collective(false)),
        ("collective-steward", collective(true)),
        ("collective-remote", remote_collective()),
        ("listing", listing(false)),
        ("listing-steward", listing(true)),
        ("listing-fulfilled", fulfilled()),
        ("listing-form", listing_form(false)),
        ("listing-form-errors", listing_form(true)),
        ("login", login(false)),
        ("login-errors", login(true)),
        ("feed", feed()),
        ("feed-empty", empty_feed()),
        ("collective-form", collective_form()),
        ("members", members()),
        ("person", a_person()),
        ("error-404", trouble(Trouble::NotFound)),
        ("error-500", trouble(Trouble::Ours)),
        ("about", about()),
    ];
    pages.into_iter().map(|(name, html)| Ok((name, html?))).collect()
}

fn older() -> Pager {
    Pager { newest: Some("/listings".into()), older: Some("/listings?before=0196".into()) }
}

fn choices(all: &[(&str, &str)]) -> Vec<Choice> {
    all.iter().map(|(v, l)| Choice { value: (*v).into(), label: (*l).into() }).collect()
}

fn languages() -> Vec<Choice> {
    choices(&[("ca", "català"), ("es", "español"), ("de", "Deutsch"), ("ar", "العربية")])
}

fn wrong(all: &[(&'static str, &str)]) -> FormErrors {
    let error = |(field, message): &(&'static str, &str)| FormError {
        field,
        message: (*message).to_owned(),
    };
    FormErrors(all.iter().map(error).collect())
}

fn home() -> Rendered {
    HomePage {
        page: page("/", false),
        newest: listings::open(),
        collectives: actors::cards().into_iter().take(3).collect(),
        example_handle: garden().full_handle(),
    }
    .render()
}

fn nothing() -> ListingFilter {
    ListingFilter {
        purpose: Some(Purpose::Need),
        words: "submarí".into(),
        ..ListingFilter::default()
    }
}

fn some_listings(filter: ListingFilter, cards: Vec<ListingCard>) -> Rendered {
    ListingsPage { page: page("/listings", false), filter, cards, pager: older() }.render()
}

fn collectives() -> Rendered {
    CollectivesPage {
        page: page("/collectives", true),
        words: String::new(),
        cards: actors::cards(),
        pager: older(),
    }
    .render()
}

fn view() -> CollectiveView {
    CollectiveView {
        actor: garden(),
        base: "/c/lafiguera".into(),
        lang: "ca".into(),
        summary: clean(
            "<p>Un hort de barri on plantem, compostem i aprenem juntes des de 2011.</p><p>Oberts \
             els dimarts de 17 a 20 i els dissabtes al matí. Vine quan vulguis.</p>",
        ),
        since: Some(time("2026-01-12", "12 January 2026")),
        follow_rule: FollowRule::Anyone,
        home: None,
        follow: FollowView::Stranger,
        steward: false,
        requests: 0,
    }
}

fn collective(steward: bool) -> Rendered {
    let mine = |need: bool| {
        listings::open()
            .into_iter()
            .filter(move |card| card.purpose.is_need() == need)
            .map(|card| ListingCard { collective: garden(), ..card })
            .collect()
    };
    CollectivePage {
        page: Page {
            alternate: Some("https://xarxa.example/c/lafiguera".into()),
            ..page("/c/lafiguera", steward)
        },
        collective: CollectiveView {
            steward,
            requests: 2,
            follow: if steward { FollowView::Own } else { FollowView::Stranger },
            ..view()
        },
        drafts: if steward { vec![listings::draft()] } else { vec![] },
        needs: mine(true),
        offers: mine(false),
        past: listings::past(),
        pager: older(),
    }
    .render()
}

fn remote_collective() -> Rendered {
    let url = "https://taawun.example/c/zaytun";
    CollectivePage {
        page: Page { canonical: Some(url.into()), ..page("/c/zaytun", true) },
        collective: CollectiveView {
            actor: zaytun(),
            lang: "ar".into(),
            summary: clean("<p>تعاونية نسائية لزيت الزيتون في جبل عجلون.</p>"),
            home: Some(HomeServer { host: "taawun.example".into(), url: url.into() }),
            follow: FollowView::No { action: "/c/zaytun@taawun.example/follow".into() },
            follow_rule: FollowRule::OnRequest,
            ..view()
        },
        drafts: vec![],
        needs: vec![],
        offers: listings::open().into_iter().skip(2).take(1).collect(),
        past: vec![],
        pager: Pager::default(),
    }
    .render()
}

fn listing(steward: bool) -> Rendered {
    let actions = vec![
        ListingAction::Progress,
        ListingAction::Fulfil,
        ListingAction::Withdraw,
        ListingAction::Edit,
        ListingAction::Delete,
    ];
    let form = AnswerForm {
        action: "/listings/1/replies".into(),
        text: String::new(),
        to: None,
        voice: Some(garden().name),
        as_voice: false,
        errors: FormErrors::default(),
    };
    ListingPage {
        page: Page {
            notice: steward.then_some(Notice::Published),
            alternate: Some("https://xarxa.example/listings/1".into()),
            ..page("/listings/1", steward)
        },
        listing: listings::whole(listings::harvest(), if steward { actions } else { vec![] }),
        replies: thread(steward),
        answer: if steward { AnswerView::Form(form) } else { AnswerView::Stranger },
    }
    .render()
}

fn fulfilled() -> Rendered {
    let card = ListingCard {
        state: State::Fulfilled,
        urgency: None,
        quantity: None,
        ..listings::harvest()
    };
    ListingPage {
        page: page("/listings/1", false),
        listing: listings::whole(card, vec![]),
        replies: vec![],
        answer: AnswerView::Closed,
    }
    .render()
}

fn listing_form(with_errors: bool) -> Rendered {
    let errors: &[(&'static str, &str)] = if with_errors {
        &[
            ("kind", "Choose a kind."),
            ("title", "Give it a title."),
            ("quantity", "Write a number, like 20 or 2.5."),
            ("latitude", "Latitude goes from -90 to 90."),
        ]
    } else {
        &[]
    };
    ListingFormPage {
        page: page("/c/lafiguera/listings/new", true),
        collective: garden(),
        action: "/c/lafiguera/listings".into(),
        back: "/c/lafiguera".into(),
        published: false,
        editing: false,
        input: ListingInput {
            purpose: "need".into(),
            text: if with_errors {
                "El cap de setmana vinent collim.".into()
            } else {
                String::new()
            },
            quantity: if with_errors { "molts".into() } else { String::new() },
            latitude: if with_errors { "412".into() } else { String::new() },
            lang: "ca".into(),
            ..ListingInput::default()
        },
        units: choices(&[("", "pieces"), ("people", "people"), ("hour", "hours")]),
        categories: choices(&[("food", "Food"), ("housing", "Housing"), ("energy", "Energy")]),
        languages: languages(),
        errors: wrong(errors),
    }
    .render()
}

fn login(with_errors: bool) -> Rendered {
    let errors: &[(&'static str, &str)] =
        if with_errors { &[("", "Handle and password don’t fit together.")] } else { &[] };
    LoginPage {
        page: page("/login", false),
        login: if with_errors { "montse".into() } else { String::new() },
        next: "/home".into(),
        open: false,
        errors: wrong(errors),
    }
    .render()
}

fn post(text: &str, about: bool) -> FeedItem {
    FeedItem::Post(PostView {
        author: person("Núria", "nuria", "mastodon.example"),
        body: clean(text),
        lang: "ca".into(),
        published: time("2026-05-05T08:00:00Z", "today, 10:00"),
        edited: None,
        url: "https://mastodon.example/@nuria/1".into(),
        about: about.then(|| (listings::harvest().title, "listing.html".to_owned())),
    })
}

fn items() -> Vec<FeedItem> {
    let listings = listings::open().into_iter().take(3).map(FeedItem::Listing);
    let posts = [
        post("<p>Avui hem acabat el mur de pedra seca. Gràcies a totes!</p>", false),
        post("<p>Som tres, vindrem dissabte!</p>", true),
    ];
    posts.into_iter().chain(listings).collect()
}

fn feed() -> Rendered {
    let following =
        |actor, pending| FollowingView { actor, pending, unfollow_action: "/unfollow/1".into() };
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

fn empty_feed() -> Rendered {
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

fn collective_form() -> Rendered {
    CollectiveFormPage {
        page: page("/collectives/new", true),
        action: "/collectives".into(),
        editing: None,
        input: CollectiveInput { lang: "ca".into(), ..CollectiveInput::default() },
        languages: languages(),
        errors: FormErrors::default(),
    }
    .render()
}

fn members() -> Rendered {
    let member = |person, role, invited, me, base: bool| MemberView {
        person,
        role,
        since: time("2026-02-01", "1 February"),
        invited,
        me,
        base: base.then(|| "/c/lafiguera/members/1".into()),
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

fn a_person() -> Rendered {
    PersonPage {
        page: page("/u/nuria", true),
        person: person("Núria", "nuria", "mastodon.example"),
        lang: "ca".into(),
        summary: clean("<p>Hortolana i ciclista.</p>"),
        home: Some(HomeServer {
            host: "mastodon.example".into(),
            url: "https://mastodon.example/@nuria".into(),
        }),
        follow: FollowView::Yes { action: "/unfollow/1".into() },
        items: items().into_iter().take(2).collect(),
        pager: Pager::default(),
    }
    .render()
}

fn trouble(trouble: Trouble) -> Rendered {
    ErrorPage { page: page("/nowhere", false), trouble, reason: None }.render()
}

fn about() -> Rendered {
    AboutPage {
        page: page("/about", false),
        description: clean(
            "<p>Som la xarxa de col·lectius del Poble-sec: horts, tallers, cuines i ateneus que es \
             donen un cop de mà. Aquest servidor el cuidem entre totes, en assemblea, cada primer \
             dilluns de mes.</p>",
        ),
        contact: Some("hola@xarxa.example".into()),
        collectives: 14,
        listings: 37,
    }
    .render()
}
