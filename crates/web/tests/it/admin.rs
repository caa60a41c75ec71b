//! The console: for those who run the instance, and nobody else.

use actix_web::{http::StatusCode, test::TestRequest};
use domain::{PersonId, console::Accent};
use ops::{
    about::{ChangeSite, Texts},
    cases::OpenCase,
    reports::{Report, Subject},
    secrets,
    setup::OpenSetup,
};
use testkit::World;

use crate::browser::{Browser, Pages};

testkit::both_engines!(
    nobody_else_finds_the_console,
    every_section_is_there_in_every_language,
    a_server_is_paused_and_suspended,
    a_list_is_looked_at_before_it_is_read_in,
    a_list_comes_as_a_file_too,
    a_collective_elsewhere_is_suspended_and_one_here_is_not,
    a_report_becomes_a_decision_and_an_appeal,
    what_is_set_is_seen_by_everybody,
    it_takes_two_where_they_say_so,
    the_first_page_works_once,
);

const SECTIONS: [&str; 18] = [
    "/admin",
    "/admin?days=90",
    "/admin/accounts",
    "/admin/cases",
    "/admin/collectives",
    "/admin/collectives?state=elsewhere&q=c.example",
    "/admin/collectives?state=suspended",
    "/admin/servers",
    "/admin/domains",
    "/admin/domains.csv",
    "/admin/inbound",
    "/admin/jobs",
    "/admin/lost",
    "/admin/proposals",
    "/admin/settings",
    "/admin/announcements",
    "/admin/log",
    "/admin/health",
];

async fn admin(world: &World, handle: &str) -> (PersonId, Browser) {
    let person = world.admin(handle).await;
    let browser = Pages::of(world).await.signed_in(world, person).await;
    (person, browser)
}

async fn nobody_else_finds_the_console(world: World) {
    world.admin("rosa").await;
    let eve = world.person("eve").await;
    let browser = Pages::of(&world).await.signed_in(&world, eve).await;
    for path in SECTIONS {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let before = world.rows().await;
    let form = browser.page("/home").await.form("/logout");
    for path in [
        "/admin/settings",
        "/admin/announcements",
        "/admin/domains",
        "/admin/servers/b.example/pause",
        "/admin/servers/b.example/rule",
        "/admin/jobs/01890000-0000-7000-8000-000000000000/retry",
        "/admin/reports/01890000-0000-7000-8000-000000000000/case",
        "/admin/proposals/01890000-0000-7000-8000-000000000000/agree",
    ] {
        let sent = browser.submit(&form.clone().to(path)).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(before.changed(&world.rows().await).is_empty());
    let visitor = Pages::of(&world).await.visitor();
    assert_eq!(visitor.get("/admin").await.location(), "/login?next=%2Fadmin");
}

async fn every_section_is_there_in_every_language(world: World) {
    let (rosa, browser) = admin(&world, "rosa").await;
    let garden = world.collective("garden", rosa).await;
    world.need(garden, rosa, "Chairs").await;
    world.remote_person("bob@b.example").await;
    for language in ["en", "es", "ca"] {
        browser.get(&format!("/language/{language}")).await;
        for path in SECTIONS {
            let seen = browser.page(path).await;
            assert!(!seen.has(">console-"), "{path} in {language}: {}", seen.html);
        }
    }
    let seen = browser.page("/admin").await;
    assert!(seen.has("<svg viewBox=\"0 0 720 152\"") && seen.has("<table>"), "{}", seen.html);
    let seen = browser.page("/admin/log?action=create_admin").await;
    assert!(seen.has("create_admin") && seen.has("rosa"), "{}", seen.html);
    assert!(!browser.page("/admin/log?who=nobody").await.has("/u/rosa\">rosa"));
    assert_eq!(browser.get("/admin/servers/none.example").await.status, StatusCode::NOT_FOUND);
}

async fn a_server_is_paused_and_suspended(world: World) {
    let (_, browser) = admin(&world, "rosa").await;
    world.remote_person("bob@b.example").await;
    assert!(browser.page("/admin/servers?q=b.exa").await.has("b.example"));
    assert!(!browser.page("/admin/servers?q=other").await.has("/admin/servers/b.example"));
    let page = "/admin/servers/b.example";
    browser.press(page, "/admin/servers/b.example/pause").await;
    assert!(browser.page("/admin/servers?state=paused").await.has("/admin/servers/b.example"));
    browser.press(page, "/admin/servers/b.example/resume").await;
    let form = browser.page(page).await.form("/admin/servers/b.example/rule");
    browser.submitted(&form.with("severity", "suspend").with("public_comment", "spam")).await;
    let seen = browser.page("/admin/domains").await;
    assert!(seen.has("b.example") && seen.has("spam"), "{}", seen.html);
    assert!(browser.page("/admin/servers?state=suspended").await.has("/admin/servers/b.example"));
    let form = browser.page(page).await.form("/admin/servers/b.example/rule");
    browser.submitted(&form.with("severity", "")).await;
    assert!(world.read(db::domains::all).await.is_empty());
}

async fn a_list_comes_as_a_file_too(world: World) {
    let (_, browser) = admin(&world, "rosa").await;
    let word = browser.page("/admin/domains").await.form("/admin/domains/file");
    let word = word.value("csrf").to_owned();
    let send = |list: &[u8], word: &str| {
        let mut body = format!(
            "--xyz\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{word}\r\n\
             --xyz\r\nContent-Disposition: form-data; name=\"severity\"\r\n\r\nlimit\r\n\
             --xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"l.csv\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(list);
        body.extend_from_slice(b"\r\n--xyz--\r\n");
        let request = TestRequest::post().uri("/admin/domains/file").set_payload(body);
        let request = request.insert_header(("origin", "https://a.example"));
        request.insert_header(("content-type", "multipart/form-data; boundary=xyz"))
    };
    let seen = browser.send(send(b"evil.example\ncom\n", &word)).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(seen.has("top level domain"), "{}", seen.html);
    assert!(world.read(db::domains::all).await.is_empty(), "it was only looked at");
    assert_eq!(browser.submit(&seen.form("/admin/domains")).await.status, StatusCode::OK);
    let rules = world.read(db::domains::all).await;
    assert_eq!((rules.len(), rules[0].severity.word()), (1, "limit"));
    for (list, says) in [
        (&b""[..], "The list is not chosen yet."),
        (&b"\xff\xfe\0"[..], "The list must be a list as text."),
    ] {
        let seen = browser.send(send(list, &word)).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.has(says), "{}", seen.html);
    }
    assert_eq!(browser.send(send(b"a.example", "f00d")).await.status, StatusCode::FORBIDDEN);
}

async fn a_collective_elsewhere_is_suspended_and_one_here_is_not(world: World) {
    let (rosa, browser) = admin(&world, "rosa").await;
    let garden = world.collective("garden", rosa).await;
    let mill = world.remote_collective("mill@b.example").await;
    let here = browser.page("/admin/collectives?q=GARD").await;
    assert!(here.has(&format!("/admin/collectives/{garden}\"")), "{}", here.html);
    assert!(!browser.page("/admin/collectives?q=nothing").await.has("@garden@"));
    let own = browser.page(&format!("/admin/collectives/{garden}")).await;
    assert!(own.has("<dt>Members</dt><dd><span dir=\"auto\">1</span>"), "{}", own.html);
    assert!(!own.has("/suspend\""), "it belongs to its members");
    let page = format!("/admin/collectives/{mill}");
    assert!(browser.page("/admin/collectives?state=elsewhere").await.has(&page));
    let seen = browser.press(&page, &format!("{page}/suspend")).await;
    assert!(seen.has("Suspended since"), "{}", seen.html);
    assert!(browser.page("/admin/collectives?state=suspended").await.has(&page));
    browser.press(&page, &format!("{page}/unsuspend")).await;
    assert!(!browser.page("/admin/collectives?state=suspended").await.has(&page));
    let nobody = format!("/admin/collectives/{}", rosa.actor());
    assert_eq!(browser.get(&nobody).await.status, StatusCode::NOT_FOUND);
}

async fn a_list_is_looked_at_before_it_is_read_in(world: World) {
    let (_, browser) = admin(&world, "rosa").await;
    let form = browser.page("/admin/domains").await.form("/admin/domains");
    let seen = browser.submit(&form.with("text", "evil.example\ncom\n")).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(seen.has("top level domain"), "{}", seen.html);
    assert!(world.read(db::domains::all).await.is_empty(), "it was only looked at");
    let form = seen.form("/admin/domains");
    assert_eq!(browser.submit(&form).await.status, StatusCode::OK);
    assert_eq!(world.read(db::domains::all).await.len(), 1);
    assert!(browser.get("/admin/domains.csv").await.has("evil.example,suspend"));
}

async fn a_report_becomes_a_decision_and_an_appeal(world: World) {
    let (rosa, browser) = admin(&world, "rosa").await;
    let (_, second) = admin(&world, "uma").await;
    let (eve, bea) = (world.person("eve").await, world.person("bea").await);
    let subject = Subject::Actor(eve.actor());
    let report = Report { subject, text: "She shouts.".to_owned(), forward: false };
    let report = world.done(world.local(bea), report).await.report;
    let list = browser.page("/admin/cases").await;
    assert!(list.has("She shouts."), "{}", list.html);
    let form = list.form(&format!("/admin/reports/{report}/case"));
    let case = browser.submit(&form).await.location();
    let form = browser.page(&case).await.form(&format!("{case}/decide"));
    let wrong = browser.submit(&form.clone().with("kind", "repair").with("text", "Sorry")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("Sorry"), "what was typed is kept: {}", wrong.html);
    browser.submitted(&form.with("kind", "warning").with("text", "Stop it.")).await;
    let word = world.link("eve@mail.example").await;
    let letter = format!("/appeal?token={word}");
    let visitor = Pages::of(&world).await.visitor();
    assert_eq!(visitor.get("/appeal?token=guess").await.status, StatusCode::NOT_FOUND);
    let form = visitor.page(&letter).await.form("/appeal");
    visitor.submitted(&form.with("text", "It was the dog.")).await;
    assert!(second.page("/admin/cases?show=appeals").await.has("It was the dog."));
    let own = browser.page(&case).await;
    assert!(!own.has("/answer\""), "whoever decided does not answer: {}", own.html);
    let seen = second.page(&case).await;
    let action = seen.html.split("action=\"").find(|it| it.contains("/answer\"")).unwrap();
    let form = seen.form(action.split('"').next().unwrap());
    second.submitted(&form.with("text", "You are right.").with("upheld", "no")).await;
    let hers = Pages::of(&world).await.signed_in(&world, eve).await;
    assert!(hers.page("/decisions").await.has("You are right."));
    let again = OpenCase { report };
    let failed = world.failed(world.local(rosa), again).await;
    assert!(matches!(failed, ops::OpError::Refused(_)), "{failed:?}");
}

async fn what_is_set_is_seen_by_everybody(world: World) {
    let (rosa, browser) = admin(&world, "rosa").await;
    let form = browser.page("/admin/settings").await.form("/admin/settings");
    let form = form
        .with("name", "Xarxa <b>")
        .with("accent", "sea")
        .with("mode", "closed")
        .with("rules-en", "Be kind.")
        .with("rules-ca", "Cuideu-vos.");
    browser.submitted(&form).await;
    let visitor = Pages::of(&world).await.visitor();
    let about = visitor.page("/about").await;
    for text in ["Xarxa &#60;b&#62;", "class=\"accent-sea\"", "Be kind."] {
        assert!(about.has(text), "{text}: {}", about.html);
    }
    visitor.get("/language/ca").await;
    assert!(visitor.page("/about").await.has("Cuideu-vos."));
    let form = browser.page("/admin/settings").await.form("/admin/settings");
    let wrong = browser.submit(&form.with("contact", "nobody")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = browser.page("/admin/announcements").await.form("/admin/announcements");
    browser.submitted(&form.with("text-en", "We move <tonight>.")).await;
    let seen = visitor.page("/about").await;
    assert!(seen.has("We move &#60;tonight&#62;."), "{}", seen.html);
    let list = browser.page("/admin/announcements").await;
    let action = list.html.split("action=\"").find(|it| it.contains("/end\"")).unwrap();
    browser.submitted(&list.form(action.split('"').next().unwrap())).await;
    assert!(!visitor.page("/about").await.has("We move"));
    let settings = browser.page("/admin/settings").await;
    assert!(settings.has("value=\"Xarxa &#60;b&#62;\""), "{}", settings.html);
    let back = ChangeSite {
        accent: Some(Accent::Clay),
        rules: Some(Texts::default()),
        ..ChangeSite::default()
    };
    world.done(world.local(rosa), back).await;
    assert!(!visitor.page("/about").await.has("id=\"rules\""));
}

async fn it_takes_two_where_they_say_so(world: World) {
    let (_, browser) = admin(&world, "rosa").await;
    let (_, second) = admin(&world, "uma").await;
    world.remote_person("bob@b.example").await;
    let form = browser.page("/admin/settings").await.form("/admin/settings");
    browser.submitted(&form.with("two_persons", "yes")).await;
    let rule = "/admin/servers/b.example/rule";
    let form = browser.page("/admin/servers/b.example").await.form(rule);
    let sent = browser.submit(&form.with("severity", "suspend")).await;
    assert_eq!(sent.location(), "/admin/proposals?notice=proposed");
    assert!(world.read(db::domains::all).await.is_empty());
    assert!(!browser.page("/admin/proposals").await.has("/agree\""), "not by who proposed");
    let list = second.page("/admin/proposals").await;
    let action = list.html.split("action=\"").find(|it| it.contains("/agree\"")).unwrap();
    second.submitted(&list.form(action.split('"').next().unwrap())).await;
    assert_eq!(world.read(db::domains::all).await.len(), 1);
}

async fn the_first_page_works_once(world: World) {
    let open = |word: &str| OpenSetup { digest: secrets::digest(word) };
    world.done(domain::Origin::server(), open("word")).await;
    let visitor = Pages::of(&world).await.visitor();
    for path in ["/setup", "/setup?token=guess", "/setup?token="] {
        assert_eq!(visitor.get(path).await.status, StatusCode::NOT_FOUND, "API-27: {path}");
    }
    let form = visitor.page("/setup?token=word").await.form("/setup");
    let form = form.with("handle", "rosa");
    let wrong = visitor.submit(&form.clone().with("password", "short")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!wrong.has("value=\"name\""));
    assert!(wrong.has("value=\"rosa\"") && !wrong.has("short\""), "{}", wrong.html);
    visitor.submitted(&form.clone().with("password", "correct horse battery")).await;
    assert_eq!(world.read(db::accounts::count_admins).await, 1);
    assert_eq!(visitor.get("/setup?token=word").await.status, StatusCode::NOT_FOUND, "API-27");
    let again = visitor.submit(&form.with("password", "correct horse battery")).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "API-27");
    world.done(domain::Origin::server(), open("other")).await;
    assert_eq!(visitor.get("/setup?token=other").await.status, StatusCode::NOT_FOUND, "API-27");
}
