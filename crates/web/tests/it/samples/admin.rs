//! The console.

use askama::Template;
use web::views::admin::chart::{ChartView, DayView};
use web::views::admin::forms::{
    AnnouncementsPage, AppealView, CasePage, DecisionInput, DecisionView, DecisionsPage,
    DomainsPage, MyDecision, PlanView, SettingsPage, SetupPage, TextField, TextSet,
};
use web::views::admin::list::{
    Deed, Fact, FilterField, ListPage, Mark, OnePage, Row, RuleView, Tab,
};
use web::views::admin::{DashboardPage, FindingView, HealthPage, KeptView, Room, Section, Tile};
use web::views::forms::{Choice, FormError, FormErrors};

use super::Rendered;
use super::actors::person;
use super::frame::{older, page, time};

pub(crate) fn room(here: &str) -> Room {
    let section = |url: &'static str, label: &'static str, waits| Section {
        url,
        label: label.into(),
        waits,
        here: url == here,
    };
    Room {
        sections: vec![
            section("/admin", "Overview", 0),
            section("/admin/accounts", "Accounts", 1),
            section("/admin/cases", "Reports and cases", 3),
            section("/admin/servers", "Servers", 0),
        ],
    }
}

fn choices() -> Vec<Choice> {
    let choice = |value: &str, label: &str| Choice { value: value.into(), label: label.into() };
    vec![choice("", "All"), choice("suspend", "suspend"), choice("leaf", "leaf")]
}

fn wrong(field: &'static str) -> FormErrors {
    FormErrors(vec![FormError { field, message: "Text is missing.".into() }])
}

fn row() -> Row {
    Row {
        title: "<b>evil</b>.example".into(),
        url: Some("/admin/servers/evil.example".into()),
        marks: vec![Mark::new("failing".into(), "bad")],
        facts: vec![
            Fact::text("Software".into(), "mastodon 4.5"),
            Fact::time("Last success".into(), time("2026-05-04T18:20:00Z", "4 May")),
            Fact::link("Letters given up".into(), "12", "/admin/lost?host=evil.example".into()),
        ],
        quote: "no <route> to host".into(),
        deeds: vec![
            Deed::new("/admin/servers/evil.example/retry".into(), "Try now".into()),
            Deed::new("/admin/servers/evil.example/drop".into(), "Throw away".into()).harming(),
        ],
    }
}

pub(crate) fn dashboard() -> Rendered {
    let values: Vec<Option<i64>> = (0..30).map(|day| (day != 3).then_some(day % 7)).collect();
    let day = |(number, value): (usize, &Option<i64>)| DayView {
        day: time(&format!("2026-05-{:02}", number + 1), &format!("{} May", number + 1)),
        value: value.map(|it| it.to_string()),
    };
    DashboardPage {
        page: page("/admin", true),
        room: room("/admin"),
        days: 30,
        tiles: vec![Tile {
            label: "reports in no case".into(),
            value: "3".into(),
            url: "/admin/cases",
            calls: true,
        }],
        charts: vec![ChartView {
            id: "sign_ups",
            title: "Sign-ups".into(),
            total: "87".into(),
            total_is: "in all these days".into(),
            most: "6".into(),
            bars: ChartView::bars(&values),
            days: values.iter().enumerate().map(day).collect(),
        }],
    }
    .render()
}

pub(crate) fn list(found: bool) -> Rendered {
    ListPage {
        page: page("/admin/servers", true),
        room: room("/admin/servers"),
        title: "Servers".into(),
        lead: "Servers that this one has met.".into(),
        tabs: vec![Tab { url: "/admin/lost".into(), label: "Given up".into(), here: true }],
        filter: vec![
            FilterField::typed("q", "Name".into(), "\"evil\""),
            FilterField::chosen("state", "State".into(), "suspend", choices()),
            FilterField::day("from", "From".into(), "2026-05-01"),
        ],
        rows: if found { vec![row(), row()] } else { Vec::new() },
        pager: older(),
    }
    .render()
}

pub(crate) fn one() -> Rendered {
    OnePage {
        page: page("/admin/servers/evil.example", true),
        room: room("/admin/servers"),
        back: ("/admin/servers".into(), "Servers".into()),
        thing: row(),
        document: "{ \"type\": \"Create\", \"content\": \"</pre>\" }".into(),
        rule: Some(RuleView {
            domain: "evil.example".into(),
            action: "/admin/servers/evil.example/rule".into(),
            inherited: Some("example".into()),
            severity: "suspend".into(),
            severities: choices(),
            reject_media: true,
            reject_reports: false,
            public_comment: "spam".into(),
            private_comment: String::new(),
        }),
        errors: wrong("severity"),
    }
    .render()
}

pub(crate) fn domains() -> Rendered {
    DomainsPage {
        page: page("/admin/domains", true),
        room: room("/admin/domains"),
        rules: vec![Row { deeds: vec![], ..row() }],
        number: 1,
        list: "#domain,#severity\nevil.example,suspend\n".into(),
        severity: "suspend".into(),
        severities: choices(),
        plan: Some(PlanView {
            applied: false,
            new: 2,
            changed: 1,
            unchanged: 0,
            severed: 3,
            refused: vec![(4, "com".into(), "domain must not be a top level domain".into())],
            refused_lines: 1,
        }),
        errors: FormErrors::default(),
    }
    .render()
}

fn appeal() -> AppealView {
    AppealView {
        text: "It was not me.".into(),
        made: time("2026-05-05T18:20:00Z", "5 May"),
        answer: String::new(),
        outcome: None,
        action: Some("/admin/decisions/1/answer".into()),
    }
}

pub(crate) fn case() -> Rendered {
    CasePage {
        page: page("/admin/cases/1", true),
        room: room("/admin/cases"),
        about: person("Amina El Fassi", "amina", "xarxa.example"),
        facts: row().facts,
        reports: vec![row()],
        decisions: vec![DecisionView {
            label: "repair agreed".into(),
            text: "She brings the ladder back.".into(),
            facts: row().facts,
            follow_up: Some("/admin/decisions/1/follow-up".into()),
            appeal: Some(appeal()),
        }],
        action: Some("/admin/cases/1/decide".into()),
        kinds: choices(),
        input: DecisionInput { kind: "leaf".into(), ..DecisionInput::default() },
        errors: wrong("text"),
    }
    .render()
}

fn fields(name: &str) -> Vec<TextField> {
    let field = |tag: &'static str, language| TextField {
        name: format!("{name}-{tag}"),
        language,
        tag,
        value: "Be kind.\n<b>All</b> of you.".into(),
    };
    vec![field("en", "English"), field("ca", "Català")]
}

pub(crate) fn settings() -> Rendered {
    SettingsPage {
        page: page("/admin/settings", true),
        room: room("/admin/settings"),
        mode: "suspend".into(),
        modes: choices(),
        name: "Xarxa".into(),
        contact: String::new(),
        accent: "leaf".into(),
        accents: choices().split_off(1),
        texts: vec![TextSet {
            label: "Rules".into(),
            hint: "One rule a line.".into(),
            fields: fields("rules"),
        }],
        two_persons: true,
        errors: wrong("contact"),
    }
    .render()
}

pub(crate) fn announcements() -> Rendered {
    let mut frame = page("/admin/announcements", true);
    frame.announcements = vec!["We move <tonight>.".into()];
    frame.accent = "sea";
    AnnouncementsPage {
        page: frame,
        room: room("/admin/announcements"),
        rows: vec![Row { url: None, ..row() }],
        fields: fields("text"),
        starts: "2026-05-04".into(),
        ends: String::new(),
        errors: wrong("text"),
    }
    .render()
}

pub(crate) fn health() -> Rendered {
    HealthPage {
        page: page("/admin/health", true),
        room: room("/admin/health"),
        version: "0.1.0".into(),
        findings: vec![FindingView {
            label: "Clock".into(),
            health: "good",
            says: "good".into(),
            detail: "2026-05-04T18:20:00Z".into(),
        }],
        engine: "SQLite 3.50".into(),
        database: "1.5 MiB".into(),
        pictures: 3,
        picture_room: "12.0 KiB".into(),
        kept: vec![KeptView { label: "Received messages".into(), rows: "1,234".into(), days: 7 }],
        migrations: vec!["00000000000001".into()],
        now: time("2026-05-04T18:20:00Z", "4 May"),
    }
    .render()
}

pub(crate) fn decisions() -> Rendered {
    let decision = |appeal: Option<AppealView>| MyDecision {
        label: "warning".into(),
        text: "Stop it.".into(),
        when: time("2026-05-04T18:20:00Z", "4 May"),
        action: appeal.is_none().then(|| "/appeal".into()),
        appeal,
    };
    let answered = AppealView {
        outcome: Some("The decision stands.".into()),
        answer: "We have looked again.".into(),
        ..appeal()
    };
    DecisionsPage {
        page: page("/appeal", false),
        decisions: vec![decision(None), decision(Some(appeal())), decision(Some(answered))],
        token: "f00d".into(),
        text: String::new(),
        errors: wrong("text"),
    }
    .render()
}

pub(crate) fn setup() -> Rendered {
    SetupPage {
        page: page("/setup", false),
        token: "f00d".into(),
        handle: "montse".into(),
        name: String::new(),
        email: String::new(),
        errors: wrong("handle"),
    }
    .render()
}
