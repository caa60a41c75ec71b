//! Whatever an admin does leaves a line in the log, and nobody changes that log.

use std::collections::BTreeSet;

use ops::follows::AskFollow;
use serde_json::json;
use testkit::World;

use crate::{
    client::{ask, post},
    document::{document, operations},
};

testkit::both_engines!(api_26_each_thing_that_admins_do_leaves_a_line);

/// What admins alone may do, in an order in which each has something to change, and what the log calls it.
const ACTS: [(&str, &str, &str, &str); 24] = [
    ("PATCH", "/admin/settings", r#"{"accent": "leaf"}"#, "change_setting"),
    ("POST", "/admin/announcements", r#"{"text": {"en": "We move."}}"#, "announce"),
    ("DELETE", "/admin/announcements/{announcement}", "", "end_announcement"),
    ("POST", "/admin/cases", r#"{"report": "$report"}"#, "open_case"),
    (
        "POST",
        "/admin/cases/{case}/decide",
        r#"{"kind": "repair", "text": "A ladder back.", "follow_up_at": "$later"}"#,
        "decide_case",
    ),
    ("POST", "/admin/decisions/{decision}/follow-up", "", "follow_up"),
    ("PATCH", "/admin/sign-up", r#"{"mode": "approval"}"#, "change_sign_up"),
    ("POST", "/admin/accounts/{person}/{suspend}", r#"{"reason": "spam"}"#, "suspend_account"),
    ("POST", "/admin/accounts/{person}/{unsuspend}", "", "unsuspend_account"),
    ("POST", "/admin/accounts/{person}/{reset}", "", "reset_account"),
    ("POST", "/admin/actors/{actor}/suspend", r#"{"reason": "spam"}"#, "suspend_actor"),
    ("DELETE", "/admin/actors/{actor}/suspend", "", "unsuspend_actor"),
    ("POST", "/actors/{actor}/suspend", r#"{"reason": "spam"}"#, "suspend_actor"),
    ("POST", "/actors/{actor}/unsuspend", "", "unsuspend_actor"),
    ("POST", "/admin/domains/import", r#"{"list": "bad.example"}"#, "import_domain_rules"),
    ("PUT", "/admin/domains/{domain}", r#"{"severity": "limit"}"#, "set_domain_rule"),
    ("DELETE", "/admin/domains/{domain}", "", "remove_domain_rule"),
    ("POST", "/admin/deliveries/{host}/retry", "", "retry_deliveries"),
    ("POST", "/admin/deliveries/{host}/drop", "", "drop_deliveries"),
    ("POST", "/admin/deliveries/{host}/pause", "", "pause_deliveries"),
    ("POST", "/admin/deliveries/{host}/resume", "", "resume_deliveries"),
    ("POST", "/admin/lost/{host}/retry", "", "retry_lost"),
    ("POST", "/reports/{report}/resolve", "", "resolve_report"),
    (
        "POST",
        "/collectives/{collective}/queue/held/suspend",
        r#"{"until": "$now"}"#,
        "suspend_domains",
    ),
];

/// What needs a second admin, a letter, or a job that failed; what each leaves is held beside how it is done.
const ELSEWHERE: [(&str, &str); 6] = [
    ("DELETE", "/admin/jobs/{job}"),
    ("DELETE", "/admin/lost/{host}"),
    ("POST", "/admin/decisions/{decision}/answer"),
    ("POST", "/admin/jobs/{job}/retry"),
    ("POST", "/admin/proposals/{proposal}/agree"),
    ("POST", "/admin/proposals/{proposal}/refuse"),
];

/// A path of [`ACTS`] as the description has it.
fn described(path: &str) -> String {
    let acts = ["{suspend}", "{unsuspend}", "{reset}"];
    acts.into_iter().fold(path.to_owned(), |path, act| path.replace(act, "{act}"))
}

#[test]
fn api_26_nothing_that_admins_alone_may_do_is_missing() {
    let is_theirs = |(method, path): &(String, String)| {
        let operation = &document()["paths"][path][method.to_lowercase()];
        let ways = operation["security"].as_array().unwrap();
        ways.iter().any(|way| way["bearer"][0] == "admin:write")
    };
    let theirs: BTreeSet<_> = operations().into_iter().filter(is_theirs).collect();
    let acts = ACTS.iter().map(|act| (act.0, act.1)).chain(ELSEWHERE);
    let walked: BTreeSet<_> = acts.map(|act| (act.0.to_owned(), described(act.1))).collect();
    assert!(10 <= theirs.len());
    assert_eq!(theirs.difference(&walked).collect::<Vec<_>>(), Vec::<&(String, String)>::new());
    for (method, path) in operations() {
        assert!(method == "GET" || !path.ends_with("/log"), "API-26: {method} {path}");
    }
}

async fn api_26_each_thing_that_admins_do_leaves_a_line(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let eve = world.person("eve").await;
    let bob = world.remote_person("bob@c.example").await;
    let admin = world.token(world.admin("rosa").await, "read write admin:read admin:write").await;
    let report = json!({ "listing": need.to_string(), "text": "An advertisement" });
    let steward = world.token(ada, "write").await;
    let made = post("/reports", &report).by(&steward).send(&world).await.is(201);
    let about = json!({ "actor": bob.to_string(), "text": "The same" });
    let second = post("/reports", &about).by(&steward).send(&world).await.is(201);
    let follow = AskFollow { followed: bob };
    world.done(world.local(ada), follow).await;
    for number in 0..8 {
        // More than strangers may send at once: some are kept apart.
        crate::queue::call(&world, garden, number).await;
    }
    let (mut newest, mut case) = (String::new(), String::new());
    for (method, path, body, action) in ACTS {
        let path = path
            .replace("{announcement}", &newest)
            .replace("{case}", &newest)
            .replace("{decision}", &case)
            .replace("{collective}", "garden")
            .replace("{person}", &eve.to_string())
            .replace("{actor}", &bob.to_string())
            .replace("{domain}", "evil.example")
            .replace("{host}", "c.example")
            .replace("{report}", &made.id())
            .replace(['{', '}'], "");
        let before = world.audit().await.len();
        let mut request = ask(method, &path).by(&admin);
        if !body.is_empty() {
            let body = body
                .replace("$now", &world.now().wire())
                .replace("$later", &world.now().plus_days(30).wire())
                .replace("$report", &second.id());
            request = request.body("application/json", body.as_bytes());
        }
        let answer = request.send(&world).await;
        assert!(answer.status.is_success(), "{method} {path}: {}", answer.text);
        let id = answer.json["case"]["id"].as_str().or(answer.json["id"].as_str());
        id.unwrap_or_default().clone_into(&mut newest);
        if let Some(decided) = answer.json["decisions"][0]["id"].as_str() {
            decided.clone_into(&mut case);
        }
        let log = world.audit().await;
        assert_eq!(log.len(), before + 1, "API-26: {method} {path} left {:?}", &log[before..]);
        assert!(log[before].starts_with(action), "API-26: {method} {path}: {}", log[before]);
    }
    world.events().await;
}
