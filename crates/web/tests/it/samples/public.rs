//! Pages everybody sees.

use askama::Template;
use domain::{
    collectives::FollowPolicy,
    listings::{Category, Purpose, State},
};
use web::html::clean;
use web::views::about::AboutPage;
use web::views::actors::FollowView;
use web::views::agreements::AgreementAction;
use web::views::collectives::{CollectivePage, CollectiveView, CollectivesPage, SectionView};
use web::views::errors::{ErrorPage, Trouble};
use web::views::feed::PostView;
use web::views::forms::FormErrors;
use web::views::home::HomePage;
use web::views::listings::{
    ListingAction, ListingCard, ListingFilter, ListingPage, ListingsPage, PlaceView,
};
use web::views::moderation::ThreadCare;
use web::views::page::{HomeServer, Notice, Page, Pager};
use web::views::places::Around;
use web::views::posts::PostPage;
use web::views::queue::{HeldView, MentionView, QueuePage};
use web::views::reactions::VotesView;
use web::views::replies::{AnswerForm, AnswerView};
use web::views::tags::TagView;

use super::Rendered;
use super::actors::{self, garden, zaytun};
use super::agreements;
use super::frame::{older, page, time};
use super::listings;
use super::replies::thread;

pub(crate) fn home() -> Rendered {
    HomePage {
        page: page("/", false),
        newest: listings::open(),
        collectives: actors::cards().into_iter().take(3).collect(),
        example_handle: Some(garden().full_handle()),
    }
    .render()
}

pub(crate) fn nothing() -> ListingFilter {
    ListingFilter {
        purpose: Some(Purpose::Need),
        words: "submarí <b>hello</b>".into(),
        tag: Some(TagView { name: "hort".into(), url: "/tags/hort".into() }),
        ..ListingFilter::default()
    }
}

pub(crate) fn some_listings(filter: ListingFilter, cards: Vec<ListingCard>) -> Rendered {
    ListingsPage { page: page("/listings", false), filter, cards, pager: older() }.render()
}

pub(crate) fn collectives() -> Rendered {
    CollectivesPage {
        page: page("/collectives", true),
        words: String::new(),
        around: Around { place: "Nowhere <b>hello</b>".into(), radius: 25, known: false },
        category: Some(Category::Food),
        cards: actors::cards(),
        pager: older(),
    }
    .render()
}

fn section(slug: &'static str, heading: &'static str, html: &str) -> SectionView {
    SectionView { slug, heading: heading.into(), body: clean(html) }
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
        excerpt: "Un hort de barri on plantem, compostem i aprenem juntes des de 2011.".into(),
        address: "https://xarxa.example/c/lafiguera".into(),
        since: Some(time("2026-01-12", "12 January 2026")),
        follow_policy: FollowPolicy::Open,
        home: None,
        follow: FollowView::Stranger,
        member: false,
        steward: false,
        requests: 0,
        reports: 0,
        log: false,
        answers: None,
        accounts: None,
        queue: 0,
        inbox: 0,
        place: Some(PlaceView { name: "Poble-sec & more".into(), within: None }),
        sections: vec![
            section("vision", "Vision", "<p>Un carrer que s’alimenta.</p>"),
            section("joining", "How to join", "<p>Vine un dimarts.</p>"),
        ],
        helps: vec![section("in_an_hour", "In an hour", "<p>Rega els planters.</p>")],
        people: vec![actors::person("Montse Ribera", "montse", "xarxa.example")],
        board: Some("/c/lafiguera/board".into()),
        interact: "/interact?about=%2Fc%2Flafiguera".into(),
    }
}

pub(crate) fn collective(steward: bool) -> Rendered {
    let mine = |need: bool| {
        listings::open()
            .into_iter()
            .filter(move |card| (card.purpose == Purpose::Need) == need)
            .map(|card| ListingCard { collective: garden(), ..card })
            .collect()
    };
    CollectivePage {
        page: Page {
            alternate: Some("https://xarxa.example/c/lafiguera".into()),
            ..page("/c/lafiguera", steward)
        },
        collective: CollectiveView {
            member: steward,
            steward,
            requests: 2,
            reports: i64::from(steward),
            log: steward,
            answers: Some(1),
            accounts: Some(1),
            queue: 1,
            inbox: 4,
            follow: if steward { FollowView::Own } else { FollowView::Stranger },
            ..view()
        },
        drafts: if steward { vec![listings::draft()] } else { vec![] },
        needs: mine(true),
        offers: mine(false),
        more_needs: None,
        more_offers: Some("/listings?purpose=offer".into()),
        past: listings::past(),
        pager: older(),
        posts: super::signed_in::posts(),
        more_posts: Pager::default(),
    }
    .render()
}

pub(crate) fn remote_collective() -> Rendered {
    let url = "https://taawun.example/c/zaytun";
    CollectivePage {
        page: Page { canonical: Some(url.into()), ..page("/c/zaytun", true) },
        collective: CollectiveView {
            actor: zaytun(),
            lang: "ar".into(),
            summary: clean("<p>تعاونية نسائية لزيت الزيتون في جبل عجلون.</p>"),
            home: Some(HomeServer { host: "taawun.example".into(), url: url.into() }),
            follow: FollowView::No { who: "0196a3b0-7c11-7f5e-9d0a-2f5b8c1de002".into() },
            follow_policy: FollowPolicy::Approval,
            ..view()
        },
        drafts: vec![],
        needs: vec![],
        offers: listings::open().into_iter().skip(2).take(1).collect(),
        more_needs: None,
        more_offers: None,
        past: vec![],
        pager: Pager::default(),
        posts: super::signed_in::posts(),
        more_posts: older(),
    }
    .render()
}

fn stranger() -> AnswerView {
    let address = "https://xarxa.example/listings/1".to_owned();
    AnswerView::Stranger { address, page: "/listings/1".into() }
}

pub(crate) fn post(signed_in: bool) -> Rendered {
    let form = AnswerForm {
        action: "/replies/1/replies".into(),
        text: String::new(),
        to: None,
        readers: "Everybody can read it.".into(),
        voice: None,
        as_voice: false,
        errors: FormErrors::default(),
    };
    PostPage {
        care: None,
        page: Page { noindex: true, ..page("/replies/1", signed_in) },
        post: super::signed_in::community_post(),
        excerpt: String::new(),
        home: Some(HomeServer {
            host: "lemmy.example".into(),
            url: "https://lemmy.example/post/1".into(),
        }),
        votes: votes(signed_in),
        answers: 5,
        replies: thread(signed_in),
        pager: older(),
        answer: if signed_in { AnswerView::Form(form) } else { stranger() },
    }
    .render()
}

pub(crate) fn votes(signed_in: bool) -> VotesView {
    VotesView {
        likes: 12,
        dislikes: Some(1),
        liked: signed_in,
        disliked: false,
        base: signed_in.then(|| "/replies/1".to_owned()),
    }
}

pub(crate) fn queue(full: bool) -> Rendered {
    let mention =
        |post: PostView| MentionView { post, base: "/c/lafiguera/queue/mentions/1".into() };
    let waits = super::signed_in::community_post();
    let boosted = PostView { anchor: "reply-10".into(), ..waits.clone() };
    let some = |post| if full { vec![mention(post)] } else { vec![] };
    QueuePage {
        page: page("/c/lafiguera/queue", true),
        collective: garden(),
        mentions: some(waits.clone()),
        limited: some(PostView { anchor: "reply-11".into(), ..waits }),
        held: full.then(|| HeldView {
            mentions: 10_000,
            hosts: 200,
            loudest: vec![("spam1.example".into(), 60), ("spam2.example".into(), 50)],
            until: "2026-05-04T18:20:00.000001Z".into(),
            base: "/c/lafiguera/queue/held".into(),
            suspends: true,
        }),
        boosted: some(boosted),
    }
    .render()
}

pub(crate) fn listing(steward: bool) -> Rendered {
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
        readers: "Everybody can read it.".into(),
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
        answers: 5,
        replies: thread(steward),
        pager: Pager::default(),
        answer: if steward { AnswerView::Form(form) } else { stranger() },
        care: steward.then(|| ThreadCare { locked: false, action: "/listings/1/lock".into() }),
        offer: steward.then(agreements::form),
        offered: if steward {
            vec![agreements::waiting(AgreementAction::Withdraw)]
        } else {
            vec![]
        },
        found: None,
        errors: FormErrors::default(),
    }
    .render()
}

pub(crate) fn fulfilled() -> Rendered {
    let card = ListingCard {
        title: "Taules i bancs </script><b>hello</b>".into(),
        state: State::Fulfilled,
        urgency: None,
        quantity: None,
        ..listings::harvest()
    };
    ListingPage {
        page: page("/listings/1", false),
        listing: listings::whole(card, vec![]),
        answers: 0,
        replies: vec![],
        pager: Pager::default(),
        answer: AnswerView::NotYet,
        care: None,
        offer: None,
        offered: vec![],
        found: None,
        errors: FormErrors::default(),
    }
    .render()
}

pub(crate) fn trouble(trouble: Trouble) -> Rendered {
    let kept = (trouble == Trouble::Forged).then(|| "Som tres, vindrem dissabte!".to_owned());
    ErrorPage { page: page("/nowhere", false), trouble, reason: None, kept }.render()
}

pub(crate) fn about() -> Rendered {
    AboutPage {
        page: page("/about", false),
        description: clean(
            "<p>Som la xarxa de col·lectius del Poble-sec: horts, tallers, cuines i ateneus que es \
             donen un cop de mà. Aquest servidor el cuidem entre totes, en assemblea, cada primer \
             dilluns de mes.</p>",
        ),
        rules: clean("<p>Ens cuidem.</p>"),
        promises: clean("<p>Les còpies es guarden 30 dies.</p>"),
        contact: Some("hola@xarxa.example".into()),
        collectives: 14,
        listings: 37,
    }
    .render()
}
