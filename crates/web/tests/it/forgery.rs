//! Forms that are not ours change nothing.

use actix_web::{http::StatusCode, test::TestRequest};
use domain::memberships::Role;
use testkit::World;

use crate::browser::Pages;

testkit::both_engines!(
    a_form_from_elsewhere_changes_nothing,
    a_form_without_its_word_changes_nothing,
    what_was_written_is_not_lost,
);

/// Every address that changes something, in a garden with a listing, an answer, and a request.
async fn addresses(world: &World) -> (domain::PersonId, Vec<String>) {
    let ada = world.person("ada").await;
    let garden = world.careful_collective("garden", ada).await;
    let ben = world.member(garden, "ben", Role::Member).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let reply = world.answer(need, ada, "I have four.").await;
    let eve = world.person("eve").await;
    let asked = ops::follows::AskFollow { followed: garden.actor() };
    let follow = world.done(world.local(eve), asked).await;
    let mut all: Vec<String> = ["/logout", "/follow", "/unfollow", "/collectives/new"]
        .into_iter()
        .chain([
            "/c/garden/edit",
            "/c/garden/listings/new",
            "/c/garden/members",
            "/oauth/authorize",
            "/account/email",
            "/account/password",
            "/account/export",
            "/account/delete",
            "/account/sessions/end-others",
            "/account/two-steps/begin",
            "/account/two-steps/confirm",
            "/account/two-steps/codes",
            "/account/two-steps/off",
        ])
        .map(str::to_owned)
        .collect();
    for step in ["publish", "progress", "fulfil", "withdraw", "reopen", "edit", "delete", "replies"]
    {
        all.push(format!("/listings/{need}/{step}"));
    }
    for said in ["accept", "reject"] {
        all.push(format!("/c/garden/requests/{follow}/{said}"));
        all.push(format!("/c/garden/invitation/{said}"));
    }
    all.push(format!("/c/garden/members/{ben}/role"));
    all.push(format!("/c/garden/members/{ben}/remove"));
    for act in ["approve", "reject", "suspend", "unsuspend", "reset", "sponsor"] {
        all.push(format!("/c/garden/accounts/{ben}/{act}"));
    }
    all.push("/c/garden/accounts".to_owned());
    all.push("/c/garden/accounts/invitations".to_owned());
    all.push(format!("/c/garden/accounts/invitations/{reply}/revoke"));
    all.push(format!("/admin/accounts/{ben}/suspend"));
    all.push(format!("/account/sessions/{reply}/end"));
    all.push(format!("/account/tokens/{reply}/end"));
    all.push(format!("/replies/{reply}/delete"));
    all.push(format!("/replies/{reply}/replies"));
    for said in ["like", "unlike", "dislike", "undislike"] {
        all.push(format!("/replies/{reply}/{said}"));
    }
    for said in ["like", "unlike"] {
        all.push(format!("/listings/{need}/{said}"));
    }
    for said in ["boost", "unboost", "dismiss"] {
        all.push(format!("/c/garden/queue/mentions/{reply}/{said}"));
    }
    (ada, all)
}

async fn a_form_from_elsewhere_changes_nothing(world: World) {
    let (ada, addresses) = addresses(&world).await;
    let pages = Pages::of(&world).await;
    let (secret, csrf) = world.session(ada).await;
    let before = world.rows().await;
    let body = format!("csrf={csrf}&found=1&role=delegate&text=x&who=eve");
    for address in addresses {
        for (name, value) in [
            ("origin", "https://evil.test"),
            ("origin", "null"),
            ("origin", "https://a.example.evil.test"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let request = TestRequest::post()
                .uri(&address)
                .insert_header(("host", "a.example"))
                .insert_header(("cookie", format!("tequio={secret}")))
                .insert_header(("content-type", "application/x-www-form-urlencoded"))
                .insert_header((name, value))
                .set_payload(body.clone());
            let seen = pages.call(request).await;
            assert_eq!(seen.status, StatusCode::FORBIDDEN, "{address} {name}: {value}");
        }
    }
    assert!(before.changed(&world.rows().await).is_empty());
}

async fn a_form_without_its_word_changes_nothing(world: World) {
    let (ada, addresses) = addresses(&world).await;
    let pages = Pages::of(&world).await;
    let (secret, csrf) = world.session(ada).await;
    let (_, other) = world.session(ada).await;
    let before = world.rows().await;
    let fields = "found=1&role=delegate&text=x&who=eve";
    for address in addresses {
        for (kind, body) in [
            ("application/x-www-form-urlencoded", fields.to_owned()),
            ("application/x-www-form-urlencoded", format!("{fields}&csrf=")),
            ("application/x-www-form-urlencoded", format!("{fields}&csrf={other}")),
            ("text/plain", format!("{fields}&csrf={csrf}")),
            ("multipart/form-data; boundary=x", format!("{fields}&csrf={csrf}")),
            ("application/json", format!("{{\"csrf\":\"{csrf}\"}}")),
        ] {
            let request = TestRequest::post()
                .uri(&address)
                .insert_header(("cookie", format!("tequio={secret}")))
                .insert_header(("content-type", kind))
                .set_payload(body);
            let seen = pages.call(request).await;
            assert_eq!(seen.status, StatusCode::FORBIDDEN, "{address} {kind}");
        }
        let get = TestRequest::get()
            .uri(&format!("{address}?_method=post&{fields}&csrf={csrf}"))
            .insert_header(("cookie", format!("tequio={secret}")));
        pages.call(get).await;
    }
    assert!(before.changed(&world.rows().await).is_empty());
}

async fn what_was_written_is_not_lost(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let page = browser.page(&format!("/listings/{need}")).await;
    let form = page.form(&format!("/listings/{need}/replies")).with("text", "Four <b>chairs</b>");
    browser.put_cookie("tequio", "");
    let seen = browser.submit(&form).await;
    assert_eq!(seen.status, StatusCode::FORBIDDEN);
    assert!(
        seen.has("What you wrote, to copy") && seen.has("Four &#60;b&#62;chairs"),
        "{}",
        seen.html
    );
    assert!(seen.has("name=\"robots\" content=\"noindex\""));
}
