//! The page on which somebody says what an app may do for them (API-05, API-20).

use actix_web::{http::StatusCode, test::TestRequest};
use domain::{
    AppId, Origin,
    oauth::{AppContent, OUT_OF_BAND},
    scopes::Scopes,
};
use ops::{
    oauth::{Pair, RedeemCode, Redeemed, RegisterApp},
    secrets,
};
use testkit::{PASSWORD, World};
use url::{Url, form_urlencoded::Serializer};

use crate::browser::{Browser, Pages, Seen};

testkit::both_engines!(
    the_page_names_the_app_and_what_it_may_do,
    whoever_allows_is_sent_back_with_a_code_that_works_once,
    whoever_declines_is_sent_back_without_one,
    nobody_is_sent_to_an_address_that_was_not_registered,
    what_an_app_asks_wrongly_is_told_to_the_app,
    nobody_leaves_before_they_have_signed_in,
    without_an_address_the_code_is_shown,
    nobody_consents_without_their_own_form,
);

/// The pair of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const BACK: &str = "https://app.example/back?keep=1";

/// An app that may read, and change listings; it is known as `harvest`.
async fn app(world: &World) -> AppId {
    let redirects = [BACK, OUT_OF_BAND, "org.example.harvest:/back"].map(str::to_owned);
    let site = Some("https://app.example/");
    let content = AppContent::parse("<b>Harvest</b>", site, &redirects, "read listings:write");
    let operation = RegisterApp {
        content: content.unwrap(),
        client_id: "harvest".to_owned(),
        secret_digest: None,
    };
    world.done(Origin::server(), operation).await.id
}

/// Where an app sends people, with some of it said in another way; what is empty is left out.
fn address(changes: &[(&str, &str)]) -> String {
    let usual = [
        ("response_type", "code"),
        ("client_id", "harvest"),
        ("redirect_uri", BACK),
        ("scope", "accounts:read listings:write"),
        ("state", "a state & more"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let said = usual.map(|(name, value)| {
        let change = changes.iter().find(|(changed, _)| *changed == name);
        (name, change.map_or(value, |(_, other)| *other))
    });
    let said = said.iter().filter(|(_, value)| !value.is_empty());
    format!("/oauth/authorize?{}", Serializer::new(String::new()).extend_pairs(said).finish())
}

/// What stands behind the `?` of where somebody is sent.
fn told(seen: &Seen, name: &str) -> Option<String> {
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.html);
    let url = Url::parse(&seen.location()).unwrap();
    assert_eq!(url.host_str(), Some("app.example"), "{url}");
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

async fn answer(browser: &Browser, decision: &str) -> Seen {
    let page = browser.page(&address(&[])).await;
    browser.submit(&page.form("/oauth/authorize").with("decision", decision)).await
}

async fn redeem(world: &World, app: AppId, code: &str, redirect: &str) -> Redeemed {
    let operation = RedeemCode {
        app,
        digest: secrets::digest(code),
        redirect_uri: redirect.to_owned(),
        verifier: VERIFIER.to_owned(),
        pair: Pair { access: b"access".to_vec(), refresh: b"refresh".to_vec() },
    };
    world.done(Origin::server(), operation).await
}

async fn the_page_names_the_app_and_what_it_may_do(world: World) {
    let ada = world.person("ada").await;
    app(&world).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let before = world.rows().await;
    let page = browser.page(&address(&[])).await;
    assert!(page.has("&#60;b&#62;Harvest&#60;/b&#62;") && !page.has("<b>Harvest"), "{}", page.html);
    assert!(page.has("@ada@a.example") && page.has("app.example"));
    assert!(page.has("<li>read your account</li>"), "{}", page.html);
    assert!(page.has("<li>post and change needs and offers</li>"));
    assert!(!page.has("<li>read everything you can read</li>"));
    assert!(page.has("name=\"robots\" content=\"noindex\""));
    assert_eq!(page.header("cache-control"), "private, no-store");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("form-action 'self' https://app.example;"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    let own = browser.page(&address(&[("redirect_uri", "org.example.harvest:/back")])).await;
    let policy = own.header("content-security-policy");
    assert!(policy.contains("form-action 'self' org.example.harvest:;"), "{policy}");
    assert!(before.changed(&world.rows().await).is_empty(), "looking allows nothing");
}

async fn whoever_allows_is_sent_back_with_a_code_that_works_once(world: World) {
    let ada = world.person("ada").await;
    let app = app(&world).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let seen = answer(&browser, "allow").await;
    assert_eq!(told(&seen, "state").unwrap(), "a state & more");
    assert_eq!(told(&seen, "iss").unwrap(), "https://a.example", "RFC 9207");
    assert_eq!(told(&seen, "keep").unwrap(), "1");
    assert_eq!(seen.header("cache-control"), "private, no-store");
    assert_eq!(seen.header("referrer-policy"), "no-referrer");
    let code = told(&seen, "code").unwrap();
    let good = Redeemed::Good(Scopes::parse("accounts:read listings:write").unwrap());
    assert_eq!(redeem(&world, app, &code, BACK).await, good);
    assert_eq!(redeem(&world, app, &code, BACK).await, Redeemed::Bad);
}

async fn whoever_declines_is_sent_back_without_one(world: World) {
    let ada = world.person("ada").await;
    app(&world).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    for decision in ["deny", "", "Allow"] {
        let seen = answer(&browser, decision).await;
        assert_eq!(told(&seen, "error").unwrap(), "access_denied");
        assert_eq!(told(&seen, "state").unwrap(), "a state & more");
        assert!(told(&seen, "code").is_none());
    }
    assert_eq!(world.rows().await.count("oauth_codes"), 0);
}

async fn nobody_is_sent_to_an_address_that_was_not_registered(world: World) {
    let ada = world.person("ada").await;
    app(&world).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let form = browser.page(&address(&[])).await.form("/oauth/authorize").with("decision", "allow");
    for (name, value) in [
        ("client_id", "unknown"),
        ("client_id", ""),
        ("client_id", "\u{0}"),
        ("redirect_uri", ""),
        ("redirect_uri", "https://evil.test/"),
        ("redirect_uri", "https://app.example/back"),
        ("redirect_uri", "https://app.example/back?keep=1&more=1"),
        ("redirect_uri", "https://app.example.evil.test/back?keep=1"),
        ("redirect_uri", "https://app.example@evil.test/back?keep=1"),
        ("redirect_uri", "https://app.example:444/back?keep=1"),
        ("redirect_uri", "https://app.example/back?keep=1#x"),
        ("redirect_uri", "//evil.test"),
        ("redirect_uri", "javascript:alert(1)"),
    ] {
        let path = address(&[(name, value), ("state", ""), ("code_challenge", "")]);
        let forged = form.clone().with(name, value);
        let answers = [
            browser.get(&path).await,
            pages.visitor().get(&path).await,
            browser.submit(&forged).await,
            browser.submit(&forged.with("decision", "deny")).await,
        ];
        for seen in answers {
            assert_eq!(seen.status, StatusCode::BAD_REQUEST, "{name} {value}");
            assert_eq!(seen.location(), "", "{name} {value}");
            assert!(seen.has("asks in the wrong way") && !seen.has("evil.test"), "{}", seen.html);
        }
    }
    let twice = format!("{}&redirect_uri=https://evil.test/", address(&[]));
    assert_eq!(browser.get(&twice).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(world.rows().await.count("oauth_codes"), 0);
}

async fn what_an_app_asks_wrongly_is_told_to_the_app(world: World) {
    let ada = world.person("ada").await;
    app(&world).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let form = browser.page(&address(&[])).await.form("/oauth/authorize").with("decision", "allow");
    for (name, value, error) in [
        ("code_challenge", "", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
        ("code_challenge_method", "", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("state", "", "invalid_request"),
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", "", "unsupported_response_type"),
        ("scope", "everything", "invalid_scope"),
        ("scope", "write", "invalid_scope"),
        ("scope", "read admin:read", "invalid_scope"),
    ] {
        let asked = browser.get(&address(&[(name, value)])).await;
        for seen in [asked, browser.submit(&form.clone().with(name, value)).await] {
            assert_eq!(told(&seen, "error").unwrap(), error, "{name} {value}");
            assert!(told(&seen, "error_description").is_some());
            assert!(told(&seen, "code").is_none());
        }
    }
    let shown = browser.get(&address(&[("redirect_uri", OUT_OF_BAND), ("state", "")])).await;
    assert_eq!(shown.status, StatusCode::BAD_REQUEST);
    assert!(shown.has("state is missing"), "{}", shown.html);
    assert_eq!(world.rows().await.count("oauth_codes"), 0);
}

async fn nobody_leaves_before_they_have_signed_in(world: World) {
    world.person("ada").await;
    app(&world).await;
    let pages = Pages::of(&world).await;
    for changes in [[("state", "x")], [("code_challenge", "")], [("scope", "everything")]] {
        let seen = pages.visitor().get(&address(&changes)).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER);
        assert!(seen.location().starts_with("/login?next=%2Foauth%2Fauthorize"), "RFC 9700 4.11.2");
    }
    let browser = pages.visitor();
    let seen = browser.get(&address(&[])).await;
    let door = browser.page(&seen.location()).await.form("/login");
    let form = door.with("login", "ada").with("password", PASSWORD);
    let page = browser.submitted(&form).await;
    let seen = browser.submit(&page.form("/oauth/authorize").with("decision", "allow")).await;
    assert_eq!(told(&seen, "state").unwrap(), "a state & more");
    assert!(told(&seen, "code").is_some());
}

async fn without_an_address_the_code_is_shown(world: World) {
    let ada = world.person("ada").await;
    let app = app(&world).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let page = browser.page(&address(&[("redirect_uri", OUT_OF_BAND)])).await;
    assert!(page.has("Afterwards you are shown a code to copy."));
    let form = page.form("/oauth/authorize").with("decision", "allow");
    let seen = browser.submit(&form).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert_eq!(seen.header("cache-control"), "private, no-store");
    let code = seen.html.split("value=\"").map(|rest| rest.split('"').next().unwrap());
    let code = code.into_iter().find(|it| it.len() == 64 && redeemable(it, &form.body())).unwrap();
    let good = Redeemed::Good(Scopes::parse("accounts:read listings:write").unwrap());
    assert_eq!(redeem(&world, app, code, OUT_OF_BAND).await, good);
}

/// Not the word of the session, which stands in every form.
fn redeemable(text: &str, form: &str) -> bool {
    !form.contains(text)
}

async fn nobody_consents_without_their_own_form(world: World) {
    let ada = world.person("ada").await;
    app(&world).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let form = browser.page(&address(&[])).await.form("/oauth/authorize").with("decision", "allow");
    let (_, other) = world.session(world.person("eve").await).await;
    for forged in [form.clone().without("csrf"), form.clone().with("csrf", &other)] {
        assert_eq!(browser.submit(&forged).await.status, StatusCode::FORBIDDEN);
    }
    let foreign = TestRequest::post()
        .uri("/oauth/authorize")
        .insert_header(("content-type", "application/x-www-form-urlencoded"))
        .insert_header(("origin", "https://app.example"))
        .set_payload(form.body());
    assert_eq!(browser.send(foreign).await.status, StatusCode::FORBIDDEN);
    let get = format!("{}&{}", address(&[]), form.body());
    browser.get(&get).await;
    assert_eq!(world.rows().await.count("oauth_codes"), 0);
}
