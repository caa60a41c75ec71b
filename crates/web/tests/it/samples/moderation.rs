//! Pages of those who look after a collective.

use askama::Template;
use web::html::clean;
use web::views::moderation::{ActView, BlockForm, LogPage, ModeratePage};
use web::views::page::Pager;
use web::views::reports::{ReportPage, ReportView, ReportsPage};

use super::Rendered;
use super::actors::{garden, person};
use super::forms::wrong;
use super::frame::{older, page, time};

pub(crate) fn moderate() -> Rendered {
    ModeratePage {
        page: page("/replies/1/moderate", true),
        collective: garden(),
        author: person("Cheap <b>hello", "cheap", "spam.example"),
        body: clean("<p>Buy chairs at <a href=\"https://spam.example\">spam.example</a></p>"),
        warning: None,
        back: "/listings/1#answers".into(),
        base: "/replies/1".into(),
        hidden: false,
        block: Some(BlockForm {
            action: "/c/lafiguera/block".into(),
            actor: "0196a3b0-1".into(),
            blocked: false,
        }),
    }
    .render()
}

pub(crate) fn log() -> Rendered {
    let act = |says, target: &str, address: Option<&str>, reason: &str| ActView {
        says,
        target: target.into(),
        address: address.map(str::to_owned),
        reason: reason.into(),
        when: time("2026-05-04T18:20:00Z", "4 May, 20:20"),
    };
    let note = "https://spam.example/notes/1";
    LogPage {
        page: page("/c/lafiguera/log", true),
        collective: garden(),
        steward: true,
        public: true,
        acts: vec![
            act("Hid an answer".into(), note, Some(note), "publicitat"),
            act("Shut somebody out".into(), "@cheap@spam.example", None, "publicitat, <b>hello"),
            act("Hid an answer".into(), "", None, ""),
        ],
        pager: older(),
    }
    .render()
}

pub(crate) fn report() -> Rendered {
    ReportPage {
        page: page("/report", true),
        about: "/replies/1".into(),
        author: person("Cheap", "cheap", "spam.example"),
        what: words::say("report-reply"),
        text: "És publicitat".into(),
        forwards: true,
        errors: wrong(&[("text", "The text must be at most 5000 characters.")]),
    }
    .render()
}

pub(crate) fn reports() -> Rendered {
    let report = |text: &str, times| ReportView {
        about: person("Cheap", "cheap", "spam.example"),
        url: "/replies/1".into(),
        what: words::say("console-report-reply"),
        text: text.into(),
        server: "mastodon.example".into(),
        times,
        when: time("2026-05-04T18:20:00Z", "4 May, 20:20"),
        resolve: "/c/lafiguera/reports/1/resolve".into(),
        moderate: Some("/replies/1/moderate".into()),
    };
    ReportsPage {
        page: page("/c/lafiguera/reports", true),
        collective: garden(),
        reports: vec![report("Spam! <b>hello", 12), report("", 1)],
        pager: Pager::default(),
    }
    .render()
}
