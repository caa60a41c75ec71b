//! Who may do what: one table of every route, and a test that no route is missing from it.

use std::collections::BTreeSet;

use domain::{
    ActorId, CollectiveId, PersonId, listings::Purpose, memberships::Role, replies::As,
    sign_ups::SignUpMode, webhooks::WebhookEvent,
};
use ops::{
    account_invitations::InviteAccount,
    accounts::MakeToken,
    agreements::{AnswerAgreement, OfferAgreement},
    follows::AskFollow,
    listings::{MoveListing, Step},
    lookup::Found,
    memberships::RemoveMember,
    replies::PostReply,
    searches::SaveSearch,
    sponsors::Desk,
    webhooks::AddWebhook,
};
use testkit::{World, content};

use crate::{
    client::{ask, get},
    document::{OPEN, operations},
};

testkit::both_engines!(everybody_may_do_what_the_table_says, drafts_and_gone_things_tell_nothing);

/// A route, a body, and the status for: anonymous, a stranger with a token, a steward whose token only reads,
/// a member, and the steward, in this order. Each row has things of its own.
type Row = (&'static str, &'static str, &'static str, [u16; 5]);

const TABLE: &[Row] = &[
    ("GET", "/instance", "", [200, 200, 200, 200, 200]),
    ("GET", "/me", "", [401, 200, 200, 200, 200]),
    // With a wrong password, so that each is still there for the next row.
    ("DELETE", "/me", r#"{"password": "a wrong one"}"#, [401, 422, 403, 422, 422]),
    (
        "POST",
        "/me/email",
        r#"{"email": "new@mail.example", "password": "a wrong one"}"#,
        [401, 422, 403, 422, 422],
    ),
    (
        "POST",
        "/me/password",
        r#"{"password": "a wrong one", "new_password": "a long sentence"}"#,
        [401, 422, 403, 422, 422],
    ),
    ("GET", "/me/export", "", [401, 200, 200, 200, 200]),
    ("GET", "/me/sessions", "", [401, 200, 200, 200, 200]),
    ("DELETE", "/me/sessions", "", [401, 204, 403, 204, 204]),
    ("DELETE", "/me/sessions/{session}", "", [401, 404, 403, 404, 204]),
    ("GET", "/me/totp", "", [401, 200, 200, 200, 200]),
    ("POST", "/me/totp", r#"{"password": "a wrong one"}"#, [401, 422, 403, 422, 422]),
    ("DELETE", "/me/totp", r#"{"password": "a wrong one"}"#, [401, 422, 403, 422, 422]),
    ("POST", "/me/totp/confirm", r#"{"code": "287082"}"#, [401, 409, 403, 409, 409]),
    ("POST", "/me/recovery-codes", r#"{"password": "a wrong one"}"#, [401, 422, 403, 422, 422]),
    ("GET", "/tokens", "", [401, 200, 200, 200, 200]),
    ("POST", "/tokens", r#"{"name": "backup", "scopes": ["read"]}"#, [401, 201, 403, 201, 201]),
    ("DELETE", "/tokens/{token}", "", [401, 404, 403, 404, 204]),
    (
        "POST",
        "/accounts",
        r#"{"handle": "new$n", "email": "new$n@mail.example", "password": "a long sentence", "agreement": true}"#,
        [202, 202, 202, 202, 202],
    ),
    ("POST", "/accounts/confirm", r#"{"token": "guess"}"#, [404, 404, 404, 404, 404]),
    (
        "POST",
        "/accounts/confirm/resend",
        r#"{"email": "ada@mail.example"}"#,
        [202, 202, 202, 202, 202],
    ),
    ("POST", "/accounts/reset", r#"{"email": "ada@mail.example"}"#, [202, 202, 202, 202, 202]),
    (
        "POST",
        "/accounts/reset/finish",
        r#"{"token": "guess", "password": "a long sentence"}"#,
        [404, 404, 404, 404, 404],
    ),
    ("GET", "/admin/accounts", "", [401, 403, 403, 403, 403]),
    ("POST", "/admin/accounts/{person}/{act}", "", [401, 403, 403, 403, 403]),
    ("GET", "/admin/sign-up", "", [401, 403, 403, 403, 403]),
    ("PATCH", "/admin/sign-up", r#"{"mode": "open"}"#, [401, 403, 403, 403, 403]),
    ("GET", "/collectives/{collective}/accounts", "", [401, 403, 200, 403, 200]),
    (
        "POST",
        "/collectives/{collective}/accounts",
        r#"{"handle": "made$n", "email": "made$n@mail.example"}"#,
        [401, 403, 403, 403, 201],
    ),
    ("POST", "/collectives/{collective}/accounts/{person}/{act}", "", [401, 403, 403, 403, 200]),
    ("POST", "/collectives/{collective}/accounts/{person}/sponsor", "", [401, 403, 403, 403, 200]),
    ("GET", "/collectives/{collective}/account-invitations", "", [401, 403, 200, 403, 200]),
    ("POST", "/collectives/{collective}/account-invitations", "", [401, 403, 403, 403, 201]),
    ("DELETE", "/collectives/{collective}/account-invitations/{id}", "", [401, 403, 403, 403, 204]),
    ("GET", "/collectives", "", [200, 200, 200, 200, 200]),
    ("POST", "/collectives", r#"{"handle": "new$n", "name": "New"}"#, [401, 201, 403, 201, 201]),
    ("GET", "/collectives/{collective}", "", [200, 200, 200, 200, 200]),
    ("PATCH", "/collectives/{collective}", r#"{"name": "Garden"}"#, [401, 403, 403, 403, 200]),
    ("GET", "/collectives/{collective}/members", "", [401, 403, 200, 200, 200]),
    (
        "POST",
        "/collectives/{collective}/members",
        r#"{"handle": "$outsider"}"#,
        [401, 403, 403, 403, 201],
    ),
    (
        "PATCH",
        "/collectives/{collective}/members/{person}",
        r#"{"role": "delegate"}"#,
        [401, 403, 403, 403, 200],
    ),
    ("DELETE", "/collectives/{collective}/members/{person}", "", [401, 403, 403, 403, 204]),
    (
        "POST",
        "/collectives/{collective}/invitation",
        r#"{"accept": true}"#,
        [401, 404, 403, 404, 404],
    ),
    ("GET", "/collectives/{collective}/listings", "", [200, 200, 200, 200, 200]),
    (
        "POST",
        "/collectives/{collective}/listings",
        r#"{"purpose": "need", "kind": "goods", "title": "Chairs"}"#,
        [401, 403, 403, 201, 201],
    ),
    ("GET", "/collectives/{collective}/follow-requests", "", [401, 403, 200, 403, 200]),
    ("GET", "/listings", "", [200, 200, 200, 200, 200]),
    ("GET", "/listings/{listing}", "", [200, 200, 200, 200, 200]),
    ("PATCH", "/listings/{listing}", r#"{"title": "More"}"#, [401, 403, 403, 403, 200]),
    ("DELETE", "/listings/{listing}", "", [401, 403, 403, 403, 204]),
    ("GET", "/listings/{listing}/exact-place", "", [401, 404, 200, 200, 200]),
    ("POST", "/listings/{listing}/publish", "", [401, 404, 403, 403, 200]),
    ("POST", "/listings/{listing}/progress", r#"{"found": "8"}"#, [401, 403, 403, 403, 200]),
    ("POST", "/listings/{listing}/fulfil", "", [401, 403, 403, 403, 200]),
    ("POST", "/listings/{listing}/withdraw", "", [401, 403, 403, 403, 200]),
    ("POST", "/listings/{listing}/reopen", "", [401, 403, 403, 403, 200]),
    ("GET", "/listings/{listing}/replies", "", [200, 200, 200, 200, 200]),
    ("POST", "/listings/{listing}/replies", r#"{"text": "Yes"}"#, [401, 201, 403, 201, 201]),
    ("PATCH", "/replies/{reply}", r#"{"text": "No"}"#, [401, 403, 403, 403, 200]),
    ("DELETE", "/replies/{reply}", "", [401, 403, 403, 403, 204]),
    ("POST", "/listings/{listing}/agreements", r#"{"quantity": "1"}"#, [401, 201, 403, 201, 201]),
    ("GET", "/collectives/{collective}/agreements", "", [401, 403, 200, 403, 200]),
    ("GET", "/agreements", "", [401, 200, 200, 200, 200]),
    ("GET", "/agreements/{agreement}", "", [401, 404, 200, 404, 200]),
    ("POST", "/agreements/{agreement}/accept", "", [401, 404, 403, 403, 200]),
    ("POST", "/agreements/{agreement}/reject", "", [401, 404, 403, 403, 200]),
    ("POST", "/agreements/{agreement}/fulfil", "", [401, 404, 403, 403, 200]),
    ("POST", "/agreements/{agreement}/withdraw", "", [401, 404, 403, 404, 404]),
    ("GET", "/replies/{reply}", "", [200, 200, 200, 200, 200]),
    ("GET", "/replies/{reply}/replies", "", [200, 200, 200, 200, 200]),
    ("POST", "/replies/{reply}/replies", r#"{"text": "Yes"}"#, [401, 201, 403, 201, 201]),
    ("GET", "/collectives/{collective}/posts", "", [200, 200, 200, 200, 200]),
    ("PUT", "/listings/{listing}/like", "", [401, 200, 403, 200, 200]),
    ("DELETE", "/listings/{listing}/like", "", [401, 200, 403, 200, 200]),
    ("PUT", "/listings/{listing}/dislike", "", [401, 200, 403, 200, 200]),
    ("DELETE", "/listings/{listing}/dislike", "", [401, 200, 403, 200, 200]),
    ("PUT", "/replies/{reply}/like", "", [401, 200, 403, 200, 200]),
    ("DELETE", "/replies/{reply}/like", "", [401, 200, 403, 200, 200]),
    ("PUT", "/replies/{reply}/dislike", "", [401, 200, 403, 200, 200]),
    ("DELETE", "/replies/{reply}/dislike", "", [401, 200, 403, 200, 200]),
    ("GET", "/collectives/{collective}/queue", "", [401, 403, 200, 403, 200]),
    (
        "POST",
        "/collectives/{collective}/queue/mentions/{reply}/boost",
        "",
        [401, 403, 403, 403, 204],
    ),
    (
        "DELETE",
        "/collectives/{collective}/queue/mentions/{reply}/boost",
        "",
        [401, 403, 403, 403, 204],
    ),
    (
        "POST",
        "/collectives/{collective}/queue/mentions/{reply}/dismiss",
        "",
        [401, 403, 403, 403, 204],
    ),
    (
        "POST",
        "/collectives/{collective}/queue/held/accept",
        r#"{"until": "2026-03-01T10:00:00Z"}"#,
        [401, 403, 403, 403, 200],
    ),
    (
        "POST",
        "/collectives/{collective}/queue/held/dismiss",
        r#"{"until": "2026-03-01T10:00:00Z"}"#,
        [401, 403, 403, 403, 200],
    ),
    (
        "POST",
        "/collectives/{collective}/queue/held/suspend",
        r#"{"until": "2026-03-01T10:00:00Z"}"#,
        [401, 403, 403, 403, 403],
    ),
    ("GET", "/follows", "", [401, 200, 200, 200, 200]),
    ("POST", "/follows", r#"{"who": "mill"}"#, [401, 201, 403, 201, 201]),
    ("DELETE", "/follows/{actor}", "", [401, 204, 403, 204, 204]),
    ("POST", "/follow-requests/{follow}", r#"{"accept": true}"#, [401, 404, 403, 403, 204]),
    ("GET", "/feeds/home", "", [401, 200, 200, 200, 200]),
    ("GET", "/feeds/public", "", [200, 200, 200, 200, 200]),
    ("GET", "/search", "", [200, 200, 200, 200, 200]),
    ("GET", "/categories", "", [200, 200, 200, 200, 200]),
    ("GET", "/instance/statistics", "", [200, 200, 200, 200, 200]),
    ("GET", "/collectives/{collective}/statistics", "", [200, 200, 200, 200, 200]),
    ("GET", "/searches", "", [401, 200, 200, 200, 200]),
    ("POST", "/searches", r#"{"name": "Chairs", "query": "q=chairs"}"#, [401, 201, 403, 201, 201]),
    ("GET", "/searches/{search}", "", [401, 404, 200, 404, 200]),
    ("GET", "/searches/{search}/results", "", [401, 404, 200, 404, 200]),
    ("PATCH", "/searches/{search}", r#"{"notify": true}"#, [401, 404, 403, 404, 200]),
    ("DELETE", "/searches/{search}", "", [401, 404, 403, 404, 204]),
    ("GET", "/collectives/{collective}/log", "", [404, 404, 200, 200, 200]),
    ("GET", "/collectives/{collective}/blocks", "", [401, 403, 200, 403, 200]),
    (
        "POST",
        "/collectives/{collective}/blocks",
        r#"{"actor": "{outsider}"}"#,
        [401, 403, 403, 403, 204],
    ),
    ("DELETE", "/collectives/{collective}/blocks/{actor}", "", [401, 403, 403, 403, 204]),
    ("GET", "/collectives/{collective}/reports", "", [401, 403, 200, 403, 200]),
    ("POST", "/replies/{reply}/hide", "", [401, 403, 403, 403, 204]),
    ("POST", "/replies/{reply}/show", "", [401, 403, 403, 403, 204]),
    ("POST", "/listings/{listing}/lock", "", [401, 403, 403, 403, 204]),
    ("POST", "/listings/{listing}/unlock", "", [401, 403, 403, 403, 204]),
    ("POST", "/actors/{actor}/suspend", "", [401, 403, 403, 403, 403]),
    ("POST", "/actors/{actor}/unsuspend", "", [401, 403, 403, 403, 403]),
    ("POST", "/admin/actors/{actor}/suspend", "", [401, 403, 403, 403, 403]),
    ("DELETE", "/admin/actors/{actor}/suspend", "", [401, 403, 403, 403, 403]),
    ("GET", "/admin/domains", "", [401, 403, 403, 403, 403]),
    ("GET", "/admin/domains/export", "", [401, 403, 403, 403, 403]),
    ("POST", "/admin/domains/import", r#"{"list": "evil.example"}"#, [401, 403, 403, 403, 403]),
    ("PUT", "/admin/domains/{domain}", r#"{"severity": "limit"}"#, [401, 403, 403, 403, 403]),
    ("DELETE", "/admin/domains/{domain}", "", [401, 403, 403, 403, 403]),
    ("GET", "/reports", "", [401, 403, 403, 403, 403]),
    ("POST", "/reports", r#"{"reply": "{reply}"}"#, [401, 201, 403, 201, 201]),
    ("POST", "/reports/{report}/resolve", "", [401, 404, 403, 404, 204]),
    ("GET", "/collectives/{collective}/webhooks", "", [401, 403, 200, 403, 200]),
    (
        "POST",
        "/collectives/{collective}/webhooks",
        r#"{"url": "https://b.example/", "events": ["reply.posted"]}"#,
        [401, 403, 403, 403, 201],
    ),
    (
        "PATCH",
        "/collectives/{collective}/webhooks/{webhook}",
        r#"{"enabled": true}"#,
        [401, 403, 403, 403, 200],
    ),
    ("DELETE", "/collectives/{collective}/webhooks/{webhook}", "", [401, 403, 403, 403, 204]),
    ("GET", "/collectives/{collective}/webhooks/{webhook}/letters", "", [401, 403, 200, 403, 200]),
    ("POST", "/collectives/{collective}/webhooks/{webhook}/test", "", [401, 403, 403, 403, 204]),
    // Without a topic; see `streaming` for those who watch one.
    ("GET", "/streaming", "", [422, 422, 422, 422, 422]),
    ("GET", "/collectives/{collective}/joining", "", [200, 200, 200, 200, 200]),
    (
        "PUT",
        "/collectives/{collective}/joining",
        r#"{"policy": "request"}"#,
        [401, 403, 403, 403, 204],
    ),
    ("GET", "/collectives/{collective}/join-requests", "", [401, 403, 200, 403, 200]),
    ("POST", "/collectives/{collective}/join-requests", "", [401, 204, 403, 422, 422]),
    ("DELETE", "/collectives/{collective}/join-requests", "", [401, 204, 403, 204, 204]),
    (
        "POST",
        "/collectives/{collective}/join-requests/{person}",
        r#"{"accept": true}"#,
        [401, 403, 403, 403, 204],
    ),
    ("GET", "/me/listings", "", [401, 200, 200, 200, 200]),
    ("GET", "/collectives/{collective}/templates", "", [401, 403, 200, 200, 200]),
    (
        "POST",
        "/collectives/{collective}/templates",
        r#"{"name": "N", "form": {"purpose": "need", "kind": "goods", "title": "Chairs"}}"#,
        [401, 403, 403, 403, 201],
    ),
    ("GET", "/templates/{template}", "", [401, 404, 200, 200, 200]),
    ("PATCH", "/templates/{template}", r#"{"name": "N"}"#, [401, 404, 403, 403, 200]),
    ("POST", "/templates/{template}/use", "", [401, 404, 403, 201, 201]),
    ("DELETE", "/templates/{template}", "", [401, 404, 403, 403, 204]),
    ("POST", "/media", "", [401, 415, 403, 415, 415]),
    ("GET", "/media/{media}", "", [401, 404, 200, 404, 200]),
    ("PATCH", "/media/{media}", r#"{"alt": "A ladder"}"#, [401, 404, 403, 404, 200]),
    ("DELETE", "/media/{media}", "", [401, 404, 403, 404, 204]),
    ("GET", "/notifications", "", [401, 200, 200, 200, 200]),
    ("GET", "/notifications/count", "", [401, 200, 200, 200, 200]),
    ("POST", "/notifications/read", r#"{"ids": []}"#, [401, 204, 403, 204, 204]),
    ("DELETE", "/notifications/{notification}", "", [401, 404, 403, 404, 204]),
    ("GET", "/blocks", "", [401, 200, 200, 200, 200]),
    ("PUT", "/blocks/{actor}", "", [401, 204, 403, 204, 204]),
    ("DELETE", "/blocks/{actor}", "", [401, 204, 403, 204, 204]),
    ("GET", "/mutes", "", [401, 200, 200, 200, 200]),
    ("PUT", "/mutes/{actor}", "", [401, 204, 403, 204, 204]),
    ("DELETE", "/mutes/{actor}", "", [401, 204, 403, 204, 204]),
    ("GET", "/admin/deliveries", "", [401, 403, 403, 403, 403]),
    ("POST", "/admin/deliveries/{host}/retry", "", [401, 403, 403, 403, 403]),
    ("POST", "/admin/deliveries/{host}/drop", "", [401, 403, 403, 403, 403]),
    ("POST", "/admin/deliveries/{host}/pause", "", [401, 403, 403, 403, 403]),
    ("POST", "/admin/deliveries/{host}/resume", "", [401, 403, 403, 403, 403]),
    ("GET", "/resolve", "", [401, 200, 200, 200, 200]),
];

/// All that a token may be used for, so that it is the person who may not.
const ALL: &str = "read write admin:read admin:write";

#[test]
fn no_route_is_missing_from_the_table() {
    let rows = TABLE.iter().map(|row| (row.0.to_owned(), row.1.to_owned()));
    let rows: BTreeSet<(String, String)> = rows.collect();
    assert_eq!(rows.len(), TABLE.len(), "a route is in the table twice");
    assert_eq!(rows, operations());
}

async fn everybody_may_do_what_the_table_says(world: World) {
    let scene = Scene::new(&world).await;
    for (number, row) in TABLE.iter().enumerate() {
        let things = scene.things(&world, number, row).await;
        let mut got = [0; 5];
        for (column, token) in scene.tokens.iter().enumerate() {
            let body = things.fill(row.2).replace("$n", &format!("{number}x{column}"));
            let path = things.fill(row.1).replace("/resolve", "/resolve?q=mill@b.example");
            let mut request = ask(row.0, &path).knowing("mill@b.example", Ok(things.found));
            if !body.is_empty() {
                request = request.body("application/json", body.as_bytes());
            }
            if let Some(token) = token {
                request = request.by(token);
            }
            let answer = request.send(&world).await;
            assert!(answer.status.as_u16() < 500, "{} {}: {}", row.0, row.1, answer.text);
            got[column] = answer.status.as_u16();
            if column == 2 && row.0 != "GET" && !OPEN.contains(&row.1) {
                answer.problem(403, "missing_scope");
            }
        }
        assert_eq!(got, row.3, "{} {}", row.0, row.1);
    }
}

async fn drafts_and_gone_things_tell_nothing(world: World) {
    let scene = Scene::new(&world).await;
    let draft = world.draft(scene.garden, scene.steward, content(Purpose::Need, "Secret")).await;
    let never = "01890000-0000-7000-8000-000000000000";
    for (method, path, body) in [
        ("GET", "", ""),
        ("PATCH", "", r#"{"title": "x"}"#),
        ("DELETE", "", ""),
        ("GET", "/exact-place", ""),
        ("POST", "/publish", ""),
        ("POST", "/fulfil", ""),
        ("POST", "/progress", r#"{"found": "1"}"#),
        ("GET", "/replies", ""),
        ("POST", "/replies", r#"{"text": "x"}"#),
    ] {
        let mut texts = Vec::new();
        for id in [draft.to_string(), never.to_owned()] {
            let request = ask(method, &format!("/listings/{id}{path}"));
            let request = request.body("application/json", body.as_bytes());
            let request = request.by(scene.tokens[1].as_ref().unwrap());
            texts.push(request.send(&world).await.problem(404, "not_found").text);
        }
        assert_eq!(texts[0], texts[1], "{method} {path}");
    }
    get(&format!("/listings/{draft}")).send(&world).await.problem(404, "not_found");
    let member = scene.tokens[3].as_ref().unwrap();
    get(&format!("/listings/{draft}")).by(member).send(&world).await.is(200);
    let steward = scene.tokens[4].as_ref().unwrap();
    ask("DELETE", &format!("/listings/{draft}")).by(steward).send(&world).await.is(204);
    get(&format!("/listings/{draft}")).by(member).send(&world).await.problem(410, "gone");
    get(&format!("/listings/{draft}")).send(&world).await.problem(404, "not_found");
}

/// A garden with a steward and a member, a mill whose followers wait, and a stranger.
struct Scene {
    garden: CollectiveId,
    mill: CollectiveId,
    steward: PersonId,
    tokens: [Option<String>; 5],
}

/// What one row is about.
struct Things {
    pairs: Vec<(&'static str, String)>,
    found: Found,
}

impl Scene {
    async fn new(world: &World) -> Self {
        world.door_is(SignUpMode::Open).await;
        let steward = world.person("ada").await;
        let garden = world.collective("garden", steward).await;
        let mill = world.careful_collective("mill", steward).await;
        let member = world.member(garden, "grace", Role::Member).await;
        world.join(mill, member, "grace", Role::Member).await;
        let stranger = world.person("eve").await;
        let tokens = [
            None,
            Some(world.token(stranger, ALL).await),
            Some(world.token(steward, "read admin:read").await),
            Some(world.token(member, ALL).await),
            Some(world.token(steward, ALL).await),
        ];
        Self { garden, mill, steward, tokens }
    }

    async fn things(&self, world: &World, number: usize, row: &Row) -> Things {
        let extra = self.extra(world, row.1, &format!("extra{number}")).await;
        let invite = InviteAccount {
            desk: Desk::Collective(self.garden),
            digest: ops::secrets::digest(&format!("word {number}")),
            note: String::new(),
            uses: 1,
            days: 1,
        };
        let invitation = world.done(world.local(self.steward), invite).await;
        let outsider = world.person(&format!("outsider{number}")).await;
        let asks = AskFollow { followed: self.mill.actor() };
        let follow = world.done(world.local(outsider), asks).await;
        let listing = self.listing(world, row.1).await;
        let public = world.need(self.garden, self.steward, "Chairs").await;
        let reply = PostReply {
            listing: public,
            parent: None,
            speak: As::Voice,
            text: "Thank you".to_owned(),
            language: None,
        };
        let mut reply = world.done(world.local(self.steward), reply).await;
        if row.1.contains("/mentions/") {
            reply = crate::queue::call(world, self.garden, number).await;
        }
        let subject = ops::reports::Subject::Reply(reply);
        let report = ops::reports::Report { subject, text: String::new(), forward: false };
        let report = world.done(world.local(outsider), report).await.report;
        let webhook = AddWebhook {
            collective: self.garden,
            url: "https://b.example/hook".parse().unwrap(),
            events: vec![WebhookEvent::ReplyPosted],
        };
        let webhook = if row.1.contains("{webhook}") {
            world.done(world.local(self.steward), webhook).await.0.to_string()
        } else {
            String::new()
        };
        let offer = OfferAgreement { listing: public, quantity: None, text: String::new() };
        let agreement = world.done(world.local(outsider), offer).await;
        if row.1.ends_with("/agreements/{agreement}/fulfil") {
            let reason = String::new();
            let yes = AnswerAgreement { agreement, accept: true, reason };
            world.done(world.local(self.steward), yes).await;
        }
        let search =
            if row.1.contains("{search}") { self.search(world).await } else { number.to_string() };
        let token = MakeToken {
            account: world.account(self.steward).await.id,
            digest: format!("token {number}").into_bytes(),
            name: "a script".to_owned(),
            scopes: "read".to_owned(),
            expires_at: None,
        };
        let token = if row.1.contains("{token}") {
            world.done(world.local(self.steward), token).await.to_string()
        } else {
            String::new()
        };
        let session = self.session(world, row.1).await;
        let told = self.told(world).await;
        let asks = row.1.contains("/join-requests");
        if asks {
            self.ask_to_join(world, outsider).await;
        }
        let template = crate::templates::kept(world, self.garden, self.steward).await;
        let picture = world.picture(self.steward, "A ladder").await;
        let waits = row.1.contains("follow-requests");
        let collective = if waits { "mill" } else { "garden" };
        let actor: ActorId = self.mill.actor();
        Things {
            pairs: vec![
                ("{collective}", collective.to_owned()),
                ("{person}", if asks { outsider } else { extra }.to_string()),
                ("{listing}", listing.to_string()),
                ("{reply}", reply.to_string()),
                ("{agreement}", agreement.to_string()),
                ("{actor}", actor.to_string()),
                ("{domain}", "evil.example".to_owned()),
                ("{follow}", follow.to_string()),
                ("{outsider}", outsider.to_string()),
                ("{report}", report.to_string()),
                ("{webhook}", webhook),
                ("{search}", search),
                ("{id}", invitation.to_string()),
                ("{act}", "suspend".to_owned()),
                ("{template}", template.to_string()),
                ("{media}", picture.to_string()),
                ("{notification}", told.to_string()),
                ("{host}", "b.example".to_owned()),
                ("{token}", token),
                ("{session}", session),
                ("$outsider", format!("outsider{number}")),
            ],
            found: Found::Actor(actor),
        }
    }

    /// A browser that the steward is signed in with.
    async fn session(&self, world: &World, path: &str) -> String {
        if !path.contains("{session}") {
            return String::new();
        }
        world.session(self.steward).await;
        let (account, now) = (world.account(self.steward).await.id, world.now());
        let rows = world.read(move |conn| db::sessions::page(conn, account, now, None, 1)).await;
        rows[0].id.to_string()
    }

    /// What the steward looks for.
    async fn search(&self, world: &World) -> String {
        let search = SaveSearch {
            name: "Chairs".to_owned(),
            criteria: domain::search::Criteria::parse("q=chairs").unwrap(),
            notify: false,
        };
        world.done(world.local(self.steward), search).await.to_string()
    }

    /// A member of the garden, which sponsors their account where the route is about that, or may do so.
    async fn extra(&self, world: &World, path: &str, handle: &str) -> PersonId {
        if path.ends_with("/sponsor") {
            let extra = world.sponsored(self.mill, handle).await;
            world.join(self.garden, extra, handle, Role::Member).await;
            let leave = RemoveMember { collective: self.mill, member: extra };
            world.done(world.local(extra), leave).await;
            return extra;
        }
        if path.contains("/accounts/") {
            return world.sponsored(self.garden, handle).await;
        }
        world.member(self.garden, handle, Role::Member).await
    }

    /// What its steward was told last.
    async fn told(&self, world: &World) -> domain::NotificationId {
        let told = self.steward;
        let read = move |conn: &mut db::Conn| db::notifications::page(conn, told, false, None, 1);
        world.read(read).await[0].id
    }

    async fn ask_to_join(&self, world: &World, outsider: PersonId) {
        crate::joining::open(world, self.garden).await;
        let ask = ops::joining::AskToJoin { collective: self.garden, answers: Vec::new() };
        world.done(world.local(outsider), ask).await;
    }

    /// In the state from which the route leads on.
    async fn listing(&self, world: &World, path: &str) -> domain::ListingId {
        let place = domain::place::Place::new("The mill", Some(41.4), Some(2.2), None).unwrap();
        let content = domain::listings::Content {
            quantity: Some(testkit::pieces("20")),
            place: Some(place),
            ..content(Purpose::Need, "Chairs")
        };
        if path.ends_with("/publish") {
            return world.draft(self.garden, self.steward, content).await;
        }
        let listing = world.publish(self.garden, self.steward, content).await;
        if path.ends_with("/reopen") {
            let withdraw = MoveListing { listing, step: Step::Withdraw, version: None };
            world.done(world.local(self.steward), withdraw).await;
        }
        listing
    }
}

impl Things {
    fn fill(&self, text: &str) -> String {
        self.pairs.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }
}
