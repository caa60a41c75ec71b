//! What people write stays text, wherever it is shown (MED-01).

use domain::{
    listings::{Kind, Purpose, State, Terms},
    people::ActorKind,
    replies::Visibility,
    text::Language,
};
use ops::{actors::RecordActor, listings::RecordListing, replies::RecordReply};
use testkit::World;

use crate::browser::Pages;

testkit::both_engines!(
    our_own_words_cannot_act,
    the_words_of_others_cannot_act,
    addresses_that_nothing_can_have_are_not_our_trouble,
);

const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<iframe src=//evil.test></iframe>",
    "<style>*{display:none}</style>",
    "<form action=//evil.test><button>x",
    "<base href=//evil.test>",
    "<meta http-equiv=refresh content=0;url=//evil.test>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "{{ 7 * 7 }}${7*7}",
];

/// Nothing on a page acts that our templates have not put there.
fn is_harmless(path: &str, html: &str) {
    let data = html.matches("<script type=\"application/ld+json\">").count();
    assert_eq!(html.matches("<script").count(), data, "{path}");
    assert_eq!(html.matches("</script").count(), data, "{path}");
    for act in ["<img", "<iframe", "<style", "<base", "<math"] {
        assert!(!html.contains(act), "{path}: {act}");
    }
    for form in html.split("<form").skip(1) {
        assert!(!form.split('>').next().unwrap().contains("evil"), "{path}: {form}");
    }
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap();
        assert!(!tag.contains("=\"javascript:") && !tag.contains("=\"data:"), "{path}: <{tag}>");
        // Quoted values cannot end early: a quote within one is written as a reference.
        let names = tag.split('"').step_by(2).collect::<String>();
        for act in ["onerror", "onload", "http-equiv"] {
            assert!(!names.contains(act), "{path}: <{tag}>");
        }
    }
    for json in html.split("ld+json\">").skip(1) {
        let json = json.split("</script>").next().unwrap();
        serde_json::from_str::<serde_json::Value>(json).unwrap();
    }
}

async fn our_own_words_cannot_act(world: World) {
    let payload = PAYLOADS.join(" ");
    let short: String = "</title>\"><script>alert(1)</script>".to_owned();
    let named = ops::accounts::CreateAccount { name: short.clone(), ..world.new_account("ada") };
    let ada = world.done(domain::Origin::server(), named).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;

    let form = browser.page("/collectives/new").await.form("/collectives/new");
    let form = form.with("name", &short).with("handle", "garden").with("summary", &payload);
    browser.submitted(&form).await;
    let sheet = browser.page("/c/garden/listings/new?purpose=need").await;
    let form = sheet
        .form("/c/garden/listings/new")
        .with("kind", "goods")
        .with("title", &short)
        .with("text", &payload)
        .with("place", &short)
        .with("signed_by", "member")
        .with("do", "publish");
    let posted = browser.submit(&form).await.location();
    let listing = posted.split('?').next().unwrap().to_owned();
    let action = format!("{listing}/replies");
    let form = browser.page(&listing).await.form(&action).with("text", &payload);
    browser.submitted(&form).await;

    for path in [
        "/",
        "/listings",
        "/collectives",
        "/c/garden",
        "/c/garden/edit",
        "/c/garden/members",
        "/u/ada",
        "/home",
        &listing,
        &format!("{listing}/edit"),
        "/listings?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/collectives?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/listings?purpose=%22%3E%3Cscript%3E&kind=%3Cscript%3E",
        "/c/garden/listings/new?purpose=%22%3E%3Cscript%3E",
        "/home?notice=%3Cscript%3E",
    ] {
        is_harmless(path, &browser.page(path).await.html);
    }
    let nowhere = browser.get("/%3Cscript%3Ealert(1)%3C/script%3E").await;
    is_harmless("nowhere", &nowhere.html);
    let wrong = browser.submit(&form.with("text", "")).await;
    is_harmless("a form that was not accepted", &wrong.html);
}

pub(crate) fn listing(payload: &str, collective: domain::ActorId) -> RecordListing {
    RecordListing {
        ap_id: "https://b.example/listings/1".to_owned(),
        collective,
        purpose: Purpose::Offer,
        kind: Kind::Goods,
        title: payload.to_owned(),
        html: payload.to_owned(),
        quantity: None,
        category: None,
        tags: Vec::new(),
        terms: Terms::Gift,
        place: Some(payload.to_owned()),
        point: None,
        radius: 0,
        starts_at: None,
        ends_at: None,
        expires_at: None,
        language: Language::default(),
        urgency: None,
        state: State::Open,
        url: Some("javascript:alert(1)".to_owned()),
        published_at: None,
        updated_at: None,
    }
}

async fn the_words_of_others_cannot_act(world: World) {
    let payload = PAYLOADS.join("\n");
    let odd = |kind, address: &str| RecordActor {
        name: payload.clone(),
        summary: payload.clone(),
        url: Some("javascript:alert(1)".to_owned()),
        ..world.new_remote(kind, address)
    };
    let group = odd(ActorKind::Group, "mill@b.example");
    let person = odd(ActorKind::Person, "nur@b.example");
    let mill = world.done(domain::Origin::server(), group).await;
    let nur = world.done(domain::Origin::server(), person).await;
    let origin = world.inbox_of(mill, "https://b.example/acts/1").await;
    let offer = world.done(origin, listing(&payload, mill)).await;
    let note = RecordReply {
        ap_id: "https://b.example/notes/1".to_owned(),
        author: nur,
        in_reply_to: Some("https://b.example/listings/1".to_owned()),
        visibility: Visibility::Public,
        html: payload.clone(),
        summary: None,
        sensitive: false,
        language: Some("\"><script>".to_owned()),
        url: Some("javascript:alert(1)".to_owned()),
        published_at: None,
        updated_at: None,
        mentions_us: true,
    };
    let origin = world.inbox_of(nur, "https://b.example/acts/2").await;
    world.done(origin, note).await;
    let ada = world.person("ada").await;
    for followed in [mill, nur] {
        world.done(world.local(ada), ops::follows::AskFollow { followed }).await;
        let answer = ops::follows::RecordAnswer { follower: ada.actor(), followed, accept: true };
        let origin = world.inbox_of(followed, &format!("https://b.example/acts/{followed}")).await;
        world.done(origin, answer).await;
    }
    let pages = Pages::of(&world).await;
    for browser in [pages.visitor(), pages.signed_in(&world, ada).await] {
        for path in [
            "/",
            "/listings",
            "/collectives",
            "/@mill@b.example",
            "/@nur@b.example",
            &format!("/listings/{offer}"),
        ] {
            is_harmless(path, &browser.page(path).await.html);
        }
    }
    let home = pages.signed_in(&world, ada).await.page("/home").await;
    is_harmless("/home", &home.html);
}

async fn addresses_that_nothing_can_have_are_not_our_trouble(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let pages = Pages::of(&world).await;
    let signed_in = pages.signed_in(&world, ada).await;
    let odd =
        ["%00", "x%00y", "%ff", "..%2f..", "%0d%0a", "%F0%9F%8C%B1", "a".repeat(3_000).as_str()]
            .map(str::to_owned);
    for odd in odd {
        for path in [
            format!("/c/{odd}"),
            format!("/u/{odd}"),
            format!("/@{odd}@b.example"),
            format!("/@bob@{odd}"),
            format!("/listings/{odd}"),
            format!("/replies/{odd}"),
            format!("/listings?q={odd}&cursor={odd}&purpose={odd}"),
            format!("/collectives?q={odd}"),
            format!("/home?cursor={odd}"),
            format!("/{odd}"),
        ] {
            for browser in [&pages.visitor(), &signed_in] {
                let seen = browser.get(&path).await;
                assert!(!seen.status.is_server_error(), "{path}: {}", seen.status);
            }
        }
    }
}
