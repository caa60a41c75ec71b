//! Looking after accounts.

use askama::Template;
use web::views::forms::{FormError, FormErrors};
use web::views::sponsors::{
    AccountInvitationView, AccountView, AccountsPage, InviteInput, MakeInput, Tab,
};

use super::Rendered;
use super::actors::{garden, person};
use super::frame::{older, page, time};

fn account(name: &str, handle: &str) -> AccountView {
    AccountView {
        person: person(name, handle, "xarxa.example"),
        application: String::new(),
        since: time("2026-05-04T18:20:00Z", "4 May"),
        suspended: false,
        visible: true,
        sponsor: None,
        base: Some(format!("/c/lafiguera/accounts/{handle}")),
    }
}

fn tab(key: &str, here: bool) -> Tab {
    Tab { url: "/c/lafiguera/accounts".into(), label: words::say(key), here }
}

pub(crate) fn accounts() -> Rendered {
    let text = "Visc al carrer de la Creu dels Molers.\n<b>hello Vinc els dimarts amb la Núria.";
    let errors = vec![FormError {
        field: "handle",
        message: "The handle is taken on this server; choose another one.".into(),
    }];
    AccountsPage {
        page: page("/c/lafiguera/accounts", true),
        room: None,
        two: false,
        collective: Some(garden()),
        base: "/c/lafiguera".into(),
        steward: true,
        tabs: vec![
            tab("accounts-in-use", true),
            tab("accounts-suspended-list", false),
            tab("accounts-unconfirmed", false),
            tab("accounts-rejected", false),
        ],
        title: words::say("accounts-in-use"),
        waiting: vec![
            AccountView { application: text.into(), ..account("Oriol Puig", "oriol") },
            account("", "x"),
        ],
        unsponsored: vec![AccountView { suspended: true, ..account("Jordi Mas", "jordi") }],
        accounts: vec![
            AccountView { base: None, ..account("Montse Ribera", "montse") },
            AccountView { suspended: true, ..account("Amina El Fassi", "amina") },
            account(
                "Donaudampfschifffahrtsgesellschaftskapitän",
                "donaudampfschifffahrtsgesellschaftskapitaen",
            ),
        ],
        pager: older(),
        link: Some(format!("https://xarxa.example/join?invitation={}", "f00d".repeat(16))),
        invitations: vec![AccountInvitationView {
            note: "Les noves de març".into(),
            uses_left: 4,
            until: time("2026-05-18T18:20:00Z", "18 May"),
            revoke: "/c/lafiguera/accounts/invitations/1/revoke".into(),
        }],
        invite: InviteInput { note: String::new(), uses: "1".into(), days: "14".into() },
        make: MakeInput { handle: "montse".into(), ..MakeInput::default() },
        errors: FormErrors(errors),
    }
    .render()
}

pub(crate) fn all_accounts() -> Rendered {
    AccountsPage {
        page: page("/admin/accounts", true),
        room: Some(super::admin::room("/admin/accounts")),
        two: true,
        collective: None,
        base: "/admin".into(),
        steward: false,
        tabs: vec![tab("accounts-in-use", true), tab("accounts-suspended-list", false)],
        title: words::say("accounts-in-use"),
        waiting: vec![],
        unsponsored: vec![account("Jordi Mas", "jordi")],
        accounts: vec![AccountView {
            sponsor: Some(garden().name),
            ..account("Amina El Fassi", "amina")
        }],
        pager: older(),
        link: None,
        invitations: vec![],
        invite: InviteInput::default(),
        make: MakeInput::default(),
        errors: FormErrors::default(),
    }
    .render()
}
