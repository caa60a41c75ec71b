//! Pages of members and stewards.

use askama::Template;
use domain::{
    incoming::{Kind as Waits, Shelf},
    letters::Stop,
    listings::{Kind, Purpose},
};
use web::html::clean;
use web::views::blocks::{BlocksPage, SilencedView};
use web::views::forms::FormErrors;
use web::views::incoming::{IncomingPage, IncomingView};
use web::views::joining::{JoinRequestView, JoiningInput, JoiningPage};
use web::views::listing_form::MyListingsPage;
use web::views::notifications::{NotificationView, NotificationsPage};
use web::views::page::Pager;
use web::views::searches::{SearchView, SearchesPage};
use web::views::settings::{SettingsInput, SettingsPage, StopLettersPage};
use web::views::statistics::{KindCount, PurposeCount, StatisticsPage};

use super::Rendered;
use super::actors::{bikes, garden, person};
use super::forms::wrong;
use super::frame::{older, page, time};
use super::listings;

pub(crate) fn notifications() -> Rendered {
    let item = |says: &str, kind, who, is_new| NotificationView {
        says: says.into(),
        url: "/replies/1".into(),
        who: Some(who),
        kind,
        since: time("2026-05-05T08:00:00Z", "5 May at 08:00 UTC"),
        is_new,
    };
    let nuria = || person("Núria", "nuria", "mastodon.example");
    NotificationsPage {
        page: page("/notifications", true),
        items: vec![
            item("Núria answered: Mans per a la verema", "reply", nuria(), true),
            item("Bicis per a tothom invites you as: Delegate", "invitation", bikes(), true),
            item("It closes soon: Mans per a la verema", "expiring", garden(), false),
            item("Something was reported to La Figuera", "report", garden(), false),
        ],
        unread: 2,
        newest: "0196a3b0-1".into(),
        pager: older(),
    }
    .render()
}

pub(crate) fn settings() -> Rendered {
    let input =
        SettingsInput { locale: "ca".into(), digest: "weekly".into(), letters: "yes".into() };
    SettingsPage { page: page("/account/settings", true), input, errors: FormErrors::default() }
        .render()
}

pub(crate) fn stop_letters(done: bool) -> Rendered {
    let frame = page("/letters/f00d/digest", false);
    StopLettersPage { page: frame, stop: Stop::Digest, word: "f00d".into(), done }.render()
}

pub(crate) fn incoming() -> Rendered {
    let item = |kind, mine, taken_by: Option<&str>, number: u8| IncomingView {
        kind,
        who: Some(person("Núria", "nuria", "mastodon.example")),
        listing: Some((listings::harvest().title, "/listings/1".into())),
        text: clean("<p>Som tres, vindrem dissabte!</p>"),
        there: true,
        open: "/replies/1".into(),
        since: time("2026-05-05T08:00:00Z", "5 May at 08:00 UTC"),
        taken_by: taken_by.map(str::to_owned),
        mine,
        done: None,
        done_by: None,
        base: format!("/c/lafiguera/stewards/{number}"),
    };
    let done = IncomingView {
        done: Some(time("2026-05-05", "5 May")),
        done_by: Some("Montse Ribera".into()),
        ..item(Waits::JoinRequest, false, None, 4)
    };
    let gone = IncomingView { there: false, who: None, ..item(Waits::Report, false, None, 5) };
    IncomingPage {
        page: page("/c/lafiguera/stewards", true),
        collective: garden(),
        shelf: Shelf::Open,
        all: 4,
        free: 2,
        items: vec![
            item(Waits::Reply, true, Some("Montse Ribera"), 1),
            item(Waits::Agreement, false, Some("سميرة"), 2),
            item(Waits::Mention, false, None, 3),
            done,
            gone,
        ],
        pager: Pager::default(),
    }
    .render()
}

pub(crate) fn joining(steward: bool) -> Rendered {
    let asks = ["Què t’agradaria fer?", "Quan pots venir?"];
    JoiningPage {
        page: page("/c/lafiguera/joining", true),
        collective: garden(),
        open: true,
        asks: asks.map(|ask| (ask.to_owned(), "Pa i conserves.".to_owned())).into(),
        steward,
        belongs: steward,
        asked: false,
        requests: vec![JoinRequestView {
            person: person("Núria", "nuria", "xarxa.example"),
            answers: asks.map(|ask| (ask.to_owned(), "Pa i conserves.".to_owned())).into(),
            since: time("2026-05-05", "5 May"),
            base: "/c/lafiguera/joining/1".into(),
        }],
        input: JoiningInput { policy: "request".into(), questions: asks.join("\n") },
        base: "/c/lafiguera/joining".into(),
        errors: if steward {
            FormErrors::default()
        } else {
            wrong(&[("", "The answers must not be empty.")])
        },
    }
    .render()
}

pub(crate) fn statistics() -> Rendered {
    let purpose = |purpose, all| PurposeCount { purpose, all, open: 3, fulfilled: 12 };
    StatisticsPage {
        page: page("/c/lafiguera/statistics", false),
        collective: garden(),
        purposes: vec![purpose(Purpose::Need, 21), purpose(Purpose::Offer, 17)],
        kinds: Kind::ALL
            .iter()
            .map(|kind| KindCount { kind: *kind, needs: 4, offers: 3 })
            .collect(),
        replies: 120,
        agreed: 31,
        fulfilled: 1,
    }
    .render()
}

pub(crate) fn blocks() -> Rendered {
    let silenced = |actor| SilencedView {
        actor,
        since: time("2026-05-05", "5 May"),
        base: "/account/blocks/1".into(),
    };
    BlocksPage {
        page: page("/account/blocks", true),
        mutes: vec![silenced(person("Núria", "nuria", "mastodon.example"))],
        blocks: vec![],
        who: "@nobody".into(),
        errors: wrong(&[("who", "The who is not known on this server.")]),
    }
    .render()
}

pub(crate) fn searches() -> Rendered {
    let search = |name: &str, notify| SearchView {
        name: name.into(),
        url: "/listings?q=cadires".into(),
        notify,
        base: "/searches/1".into(),
    };
    SearchesPage {
        page: page("/searches", true),
        searches: vec![search("Need · cadires", true), search("Offer · Space", false)],
        errors: FormErrors::default(),
    }
    .render()
}

pub(crate) fn mine() -> Rendered {
    MyListingsPage {
        page: page("/listings/mine", true),
        drafts: vec![listings::harvest()],
        cards: vec![],
        homes: vec![garden()],
        pager: Pager::default(),
    }
    .render()
}
