//! Looking after accounts on pages.

use actix_web::http::StatusCode;
use domain::{Origin, PersonId, accounts::AccountState, memberships::Role, sign_ups::SignUpMode};
use ops::{
    memberships::RemoveMember,
    proposals::SetTwoPersons,
    secrets,
    sign_ups::{ConfirmAccount, SignUp},
};
use testkit::{PASSWORD, World};

use crate::browser::{Browser, Pages};

testkit::both_engines!(
    a_manager_lets_in_and_turns_down,
    accounts_of_others_are_neither_shown_nor_touched,
    a_suspended_account_neither_signs_in_nor_stays,
    an_invitation_is_shown_once_and_taken_back,
    an_account_is_made_for_somebody,
    whoever_lost_their_collective_is_taken_on,
    admins_look_after_all,
    where_it_takes_two_a_suspension_waits_for_a_second_person,
    an_old_form_does_nothing,
);

const PATH: &str = "/c/garden/accounts";

/// Somebody who asks this collective for an account, with a confirmed address.
async fn applicant(world: &World, collective: domain::CollectiveId, handle: &str) -> PersonId {
    let asks = SignUp { collective: Some(collective), ..world.new_sign_up(handle) };
    world.done(Origin::visitor(), asks).await;
    let word = world.link(&format!("{handle}@mail.example")).await;
    let confirm = ConfirmAccount { digest: secrets::digest(&word) };
    world.done(Origin::visitor(), confirm).await;
    world.letters().await;
    let handle = handle.to_owned();
    let account = world.read(move |conn| db::accounts::find_login(conn, &handle)).await;
    account.unwrap().person_id
}

async fn press(browser: &Browser, person: PersonId, act: &str) -> crate::browser::Seen {
    let action = format!("{PATH}/{person}/{act}");
    browser.press(PATH, &action).await
}

async fn a_manager_lets_in_and_turns_down(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mo = world.member(garden, "mo", Role::AccountManager).await;
    world.door_is(SignUpMode::Approval).await;
    let bea = applicant(&world, garden, "bea").await;
    let cho = applicant(&world, garden, "cho").await;
    let browser = Pages::of(&world).await.signed_in(&world, mo).await;
    let door = browser.page("/c/garden").await;
    assert!(door.has(&format!("href=\"{PATH}\"")), "{}", door.html);
    let seen = browser.page(PATH).await;
    assert!(seen.has("I help on Tuesdays.") && !seen.has("mail.example"), "{}", seen.html);
    assert!(!seen.has("href=\"/u/bea\""), "nobody finds them yet");
    press(&browser, bea, "approve").await;
    assert_eq!(world.account(bea).await.state, AccountState::Active);
    let form = browser.page(PATH).await.form(&format!("{PATH}/{cho}/reject"));
    browser.submitted(&form.with("reason", "We do not know you")).await;
    assert_eq!(world.account(cho).await.state, AccountState::Rejected);
    let letters = world.letters().await;
    assert!(letters[1].to == "cho@mail.example" && letters[1].text.contains("do not know you"));
    let seen = browser.page(PATH).await;
    assert!(seen.has("href=\"/u/bea\"") && !seen.has("I help on Tuesdays."), "{}", seen.html);
    assert!(browser.page(&format!("{PATH}?state=rejected")).await.has("@cho"));
}

async fn accounts_of_others_are_neither_shown_nor_touched(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let delegate = world.member(garden, "del", Role::Delegate).await;
    let own = world.sponsored(garden, "own").await;
    let zoe = world.person("zoe").await;
    let mill = world.collective("mill", zoe).await;
    let bea = world.sponsored(mill, "bea").await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    assert!(!browser.page(PATH).await.has("@bea"));
    let before = world.rows().await;
    let own_form = browser.page(PATH).await.form(&format!("{PATH}/{own}/suspend"));
    for act in ["approve", "reject", "suspend", "unsuspend", "reset", "sponsor"] {
        for person in [bea, zoe] {
            let form = own_form.clone().to(&format!("{PATH}/{person}/{act}"));
            assert_eq!(browser.submit(&form).await.status, StatusCode::NOT_FOUND, "{act}");
        }
    }
    assert_eq!(browser.get("/c/mill/accounts").await.status, StatusCode::FORBIDDEN);
    let form = own_form.clone().to(&format!("/c/mill/accounts/{bea}/suspend"));
    assert_eq!(browser.submit(&form).await.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.get("/admin/accounts").await.status, StatusCode::NOT_FOUND);
    let form = own_form.to(&format!("/admin/accounts/{bea}/suspend"));
    assert_eq!(browser.submit(&form).await.status, StatusCode::NOT_FOUND);
    assert!(before.changed(&world.rows().await).is_empty());
    let browser = pages.signed_in(&world, delegate).await;
    assert_eq!(browser.get(PATH).await.status, StatusCode::FORBIDDEN);
    assert!(!browser.page("/c/garden").await.has(PATH));
    assert_eq!(pages.visitor().get(PATH).await.location(), "/login?next=%2Fc%2Fgarden%2Faccounts");
}

async fn a_suspended_account_neither_signs_in_nor_stays(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.sponsored(garden, "bea").await;
    let pages = Pages::of(&world).await;
    let hers = pages.signed_in(&world, bea).await;
    hers.page("/home").await;
    let browser = pages.signed_in(&world, ada).await;
    press(&browser, bea, "suspend").await;
    assert_eq!(hers.get("/home").await.location(), "/login?next=%2Fhome");
    let sign_in = async || {
        let door = pages.visitor();
        let form = door.page("/login").await.form("/login");
        door.submit(&form.with("login", "bea").with("password", PASSWORD)).await
    };
    let seen = sign_in().await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seen.has("doesn’t fit together"), "as any other who does not come in");
    let path = format!("{PATH}?state=suspended");
    let form = browser.page(&path).await.form(&format!("{PATH}/{bea}/unsuspend"));
    browser.submitted(&form).await;
    assert_eq!(sign_in().await.location(), "/home?notice=signed-in");
}

async fn an_invitation_is_shown_once_and_taken_back(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let action = format!("{PATH}/invitations");
    let form = browser.page(PATH).await.form(&action).with("note", "Les <b>noves");
    for (field, value) in [("uses", "0"), ("uses", "many"), ("days", "91")] {
        let seen = browser.submit(&form.clone().with(field, value)).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert_eq!(seen.form(&action).value(field), value);
        assert_eq!(seen.form(&action).value("note"), "Les <b>noves");
    }
    let seen = browser.submit(&form.with("uses", "3")).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.html);
    let link = seen.html.split("https://a.example/join?invitation=").nth(1).unwrap();
    let word = link.split('<').next().unwrap().to_owned();
    let join = format!("/join?invitation={word}");
    assert!(pages.visitor().page(&join).await.has("invites you"));
    let seen = browser.page(PATH).await;
    assert!(!seen.has(&word) && seen.has("for 3 people, until"), "{}", seen.html);
    let revoke = seen.html.split("action=\"").find(|it| it.contains("/revoke\"")).unwrap();
    let revoke = revoke.split('"').next().unwrap();
    let seen = browser.press(PATH, revoke).await;
    assert!(!seen.has("/revoke"));
    assert!(!pages.visitor().page(&join).await.has("invites you"));
}

async fn an_account_is_made_for_somebody(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let form = browser.page(PATH).await.form(PATH).with("handle", "bea");
    let seen = browser.submit(&form.clone().with("email", "bea")).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(seen.form(PATH).value("handle"), "bea");
    browser.submitted(&form.with("email", "bea@mail.example")).await;
    let word = world.link("bea@mail.example").await;
    let theirs = pages.visitor();
    let path = format!("/account/reset?token={word}");
    let form = theirs.page(&path).await.form("/account/reset/finish");
    let seen = theirs.submitted(&form.with("password", "another sentence")).await;
    assert!(seen.has("Sign in with it"), "{}", seen.html);
    let form = theirs.page("/login").await.form("/login");
    let seen = theirs.submit(&form.with("login", "bea").with("password", "another sentence")).await;
    assert_eq!(seen.location(), "/home?notice=signed-in");
    assert!(browser.page(PATH).await.has("href=\"/u/bea\""));
}

async fn whoever_lost_their_collective_is_taken_on(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mill = world.collective("mill", ada).await;
    let bea = world.sponsored(mill, "bea").await;
    world.join(garden, bea, "bea", Role::Member).await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    assert!(!browser.page(PATH).await.has("@bea"));
    world.done(world.local(bea), RemoveMember { collective: mill, member: bea }).await;
    press(&browser, bea, "sponsor").await;
    assert_eq!(world.account(bea).await.sponsor_id, Some(garden));
    let seen = browser.page(PATH).await;
    assert!(seen.has("@bea") && !seen.has("/sponsor\""), "{}", seen.html);
}

async fn admins_look_after_all(world: World) {
    let rosa = world.admin("rosa").await;
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.sponsored(garden, "bea").await;
    world.door_is(SignUpMode::Approval).await;
    world.done(Origin::visitor(), world.new_sign_up("cho")).await;
    let word = world.link("cho@mail.example").await;
    world.done(Origin::visitor(), ConfirmAccount { digest: secrets::digest(&word) }).await;
    let letter = world.letters().await.remove(0);
    assert_eq!(letter.to, "rosa@mail.example");
    assert!(letter.text.contains("https://a.example/admin/accounts"), "where to answer");
    let browser = Pages::of(&world).await.signed_in(&world, rosa).await;
    let seen = browser.page("/admin/accounts").await;
    assert!(seen.has("@cho") && seen.has("@bea") && seen.has("<bdi>garden</bdi>"));
    assert!(!seen.has(&format!("/admin/accounts/{rosa}/")), "nobody shuts themselves out");
    let cho = world.read(|conn| db::accounts::find_login(conn, "cho")).await.unwrap().person_id;
    for (person, act) in [(cho, "approve"), (bea, "suspend")] {
        browser.press("/admin/accounts", &format!("/admin/accounts/{person}/{act}")).await;
    }
    assert!(world.account(cho).await.is_usable() && !world.account(bea).await.is_usable());
    let form = browser.page("/admin/accounts?state=suspended").await;
    let form = form.form(&format!("/admin/accounts/{bea}/unsuspend"));
    let sponsor = form.clone().to(&format!("/admin/accounts/{bea}/sponsor"));
    assert_eq!(browser.submit(&sponsor).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/admin/accounts?state=odd").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/admin/accounts?before=odd").await.status, StatusCode::NOT_FOUND);
}

async fn where_it_takes_two_a_suspension_waits_for_a_second_person(world: World) {
    let rosa = world.admin("rosa").await;
    world.admin("uma").await;
    let ada = world.person("ada").await;
    world.done(Origin::local(rosa), SetTwoPersons { on: true }).await;
    let browser = Pages::of(&world).await.signed_in(&world, rosa).await;
    let page = browser.page("/admin/accounts").await;
    assert!(page.has("Suspending takes two") && page.has("href=\"/admin/proposals\""));
    let form = page.form(&format!("/admin/accounts/{ada}/suspend")).with("reason", "Spam");
    let sent = browser.submit(&form).await;
    assert_eq!(sent.location(), "/admin/proposals?notice=proposed");
    let list = browser.page(&sent.location()).await;
    assert!(list.has("It waits for a second") && list.has("ada@a.example"));
    assert!(world.account(ada).await.is_usable(), "nobody agreed yet");
}

async fn an_old_form_does_nothing(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.sponsored(garden, "bea").await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let page = browser.page(PATH).await;
    let before = world.rows().await;
    for action in [PATH, &format!("{PATH}/invitations"), &format!("{PATH}/{bea}/suspend")] {
        let form = page.form(action);
        for wrong in [form.clone().without("csrf"), form.with("csrf", &"f".repeat(64))] {
            assert_eq!(browser.submit(&wrong).await.status, StatusCode::FORBIDDEN, "{action}");
        }
    }
    assert!(before.changed(&world.rows().await).is_empty());
}
