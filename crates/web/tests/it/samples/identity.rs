//! One's own account.

use askama::Template;
use web::views::forms::FormErrors;
use web::views::identity::{
    AccountPage, DeleteAccountPage, EmailLinkPage, EmailPage, LoginCodePage, OfferView,
    PasswordPage, QrView, SecurityPage, SessionView, TokenView, TwoStepsPage,
};

use super::Rendered;
use super::forms::wrong;
use super::frame::{page, time};

const HANDLE: &str = "@montse@xarxa.example";

pub(crate) fn account() -> Rendered {
    AccountPage {
        page: page("/account", true),
        handle: HANDLE.into(),
        email: Some("montse.ribera.i.puigdomenech@cooperativa-integral.example".into()),
        two_steps: false,
    }
    .render()
}

pub(crate) fn email() -> Rendered {
    EmailPage {
        page: page("/account/email", true),
        now: Some("montse@xarxa.example".into()),
        email: "montse".into(),
        errors: wrong(&[("email", "The e-mail address must look like name@server.example.")]),
    }
    .render()
}

pub(crate) fn email_link() -> Rendered {
    let page = page("/account/email", false);
    EmailLinkPage { page, token: "f00d".into(), errors: FormErrors::default() }.render()
}

pub(crate) fn password() -> Rendered {
    let errors = wrong(&[("password", "The password is not the one of your account.")]);
    PasswordPage { page: page("/account/password", true), errors }.render()
}

pub(crate) fn security() -> Rendered {
    let session = |name: &str, this| SessionView {
        name: name.into(),
        since: time("2026-05-01T08:00:00Z", "1 May"),
        used: Some(time("2026-05-05T08:00:00Z", "5 May, 08:00 UTC")),
        this,
        end: "/account/sessions/1/end".into(),
    };
    let token = |name: &str, app| TokenView {
        name: name.into(),
        app,
        may: vec!["Read everything that you can read".into(), "Post needs and offers".into()],
        since: time("2026-05-01T08:00:00Z", "1 May"),
        used: None,
        end: "/account/tokens/1/end".into(),
    };
    SecurityPage {
        page: page("/account/security", true),
        two_steps: true,
        sessions: vec![session("Firefox on Linux", true), session("Safari on iPhone", false)],
        tokens: vec![
            token("<b>hello Còpia de seguretat", false),
            token("Donaudampfschifffahrtsgesellschaftsprogramm", true),
        ],
    }
    .render()
}

fn two_steps(offer: bool, codes: bool, on: bool) -> Rendered {
    TwoStepsPage {
        page: page("/account/two-steps", true),
        since: on.then(|| time("2026-05-01T08:00:00Z", "1 May")),
        left: 1,
        offer: offer.then(|| OfferView {
            secret: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ".into(),
            uri: "otpauth://totp/xarxa.example:montse?secret=GEZDGNBVGY3TQOJQ".into(),
            qr: Some(QrView { size: 45, path: "M4 4h7v1h-7z".into() }),
        }),
        codes: if codes { vec!["abcd-efgh-ijkm-npqr".into(); 10] } else { vec![] },
        errors: if offer { wrong(&[("code", "The code does not fit.")]) } else { wrong(&[]) },
    }
    .render()
}

pub(crate) fn two_steps_off() -> Rendered {
    two_steps(false, false, false)
}

pub(crate) fn two_steps_begun() -> Rendered {
    two_steps(true, false, false)
}

pub(crate) fn two_steps_on() -> Rendered {
    two_steps(false, true, true)
}

pub(crate) fn delete() -> Rendered {
    DeleteAccountPage {
        page: page("/account/delete", true),
        handle: HANDLE.into(),
        two_steps: true,
        errors: wrong(&[(
            "",
            "The collective La Figuera has no other steward than you; name another one there first.",
        )]),
    }
    .render()
}

pub(crate) fn login_code() -> Rendered {
    LoginCodePage {
        page: page("/login/code", false),
        ticket: "f00d".into(),
        next: "/home".into(),
        errors: wrong(&[("", "What you typed doesn’t fit together.")]),
    }
    .render()
}
