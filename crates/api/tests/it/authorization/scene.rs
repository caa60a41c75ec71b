//! Who and what the table speaks of.

use domain::{
    CollectiveId, PersonId, listings::Purpose, memberships::Role, replies::As,
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

use super::table::Row;

/// All that a token may be used for, so that it is the person who may not.
const ALL: &str = "read write admin:read admin:write";

/// A garden with people of every role, a mill whose followers wait, a forge of others, and a stranger.
pub(super) struct Scene {
    pub(super) garden: CollectiveId,
    mill: CollectiveId,
    pub(super) steward: PersonId,
    /// Of each of [`WHO`](super::WHO).
    pub(super) tokens: [Option<String>; 9],
}

/// What one row is about: what stands for the names in its path and its body.
pub(super) struct Things {
    pairs: Vec<(&'static str, String)>,
    pub(super) found: Found,
}

impl Scene {
    pub(super) async fn new(world: &World) -> Self {
        world.door_is(SignUpMode::Open).await;
        let steward = world.person("ada").await;
        let garden = world.collective("garden", steward).await;
        let mill = world.careful_collective("mill", steward).await;
        let member = world.member(garden, "grace", Role::Member).await;
        world.join(mill, member, "grace", Role::Member).await;
        let manager = world.member(garden, "maya", Role::AccountManager).await;
        let hana = world.person("hana").await;
        let forge = world.collective("forge", hana).await;
        let ivan = world.member(forge, "ivan", Role::AccountManager).await;
        let tokens = [
            None,
            Some(world.token(world.person("eve").await, ALL).await),
            Some(world.token(hana, ALL).await),
            Some(world.token(ivan, ALL).await),
            Some(world.token(world.admin("rosa").await, ALL).await),
            Some(world.token(steward, "read admin:read").await),
            Some(world.token(member, ALL).await),
            Some(world.token(manager, ALL).await),
            Some(world.token(steward, ALL).await),
        ];
        Self { garden, mill, steward, tokens }
    }

    /// What the row names, made for it alone.
    pub(super) async fn things(&self, world: &World, number: &str, row: &Row) -> Things {
        let mut pairs = Vec::new();
        let outsider = world.person(&format!("outsider{number}")).await;
        for name in names(row) {
            let value = match name {
                "{person}" | "{act}" | "{id}" | "{host}" | "{domain}" => {
                    self.of_accounts(world, number, row.1, name, outsider).await
                }
                "{outsider}" => outsider.to_string(),
                "$outsider" => format!("outsider{number}"),
                "{collective}" if row.1.contains("follow-requests") => "mill".to_owned(),
                "{collective}" => "garden".to_owned(),
                "{actor}" => self.mill.actor().to_string(),
                "{listing}" => self.listing(world, row.1).await.to_string(),
                "{reply}" => self.reply(world, number, row.1).await,
                "{report}" => self.report(world, outsider).await,
                "{agreement}" => self.agreement(world, row.1, outsider).await,
                other => self.own(world, number, other, outsider).await,
            };
            pairs.push((name, value));
        }
        if row.1.ends_with("/collectives/{collective}/join-requests") {
            self.ask_to_join(world, outsider).await;
        }
        Things { pairs, found: Found::Actor(self.mill.actor()) }
    }

    async fn of_accounts(
        &self,
        world: &World,
        number: &str,
        path: &str,
        name: &str,
        outsider: PersonId,
    ) -> String {
        match name {
            "{person}" if path.contains("/join-requests") => {
                self.ask_to_join(world, outsider).await;
                outsider.to_string()
            }
            "{person}" => self.extra(world, path, &format!("extra{number}")).await.to_string(),
            "{act}" => "suspend".to_owned(),
            "{host}" => "b.example".to_owned(),
            "{domain}" => "evil.example".to_owned(),
            _ => {
                let invite = InviteAccount {
                    desk: Desk::Collective(self.garden),
                    digest: ops::secrets::digest(&format!("word {number}")),
                    note: String::new(),
                    uses: 1,
                    days: 1,
                };
                world.done(world.local(self.steward), invite).await.to_string()
            }
        }
    }

    /// What the steward has for themselves.
    async fn own(&self, world: &World, number: &str, name: &str, outsider: PersonId) -> String {
        match name {
            "{search}" => self.search(world).await,
            "{token}" => self.token(world, number).await,
            "{session}" => self.session(world).await,
            "{webhook}" => self.webhook(world).await,
            "{template}" => {
                crate::templates::kept(world, self.garden, self.steward).await.to_string()
            }
            "{media}" => world.picture(self.steward, "A ladder").await.to_string(),
            "{notification}" => {
                let listing = world.need(self.garden, self.steward, "Chairs").await;
                world.answer(listing, outsider, "I have some").await;
                self.told(world).await.to_string()
            }
            "{item}" => {
                let listing = world.need(self.garden, self.steward, "Chairs").await;
                world.answer(listing, outsider, "I have some").await;
                crate::incoming::newest(world, self.garden).await.to_string()
            }
            "{follow}" => {
                let asks = AskFollow { followed: self.mill.actor() };
                world.done(world.local(outsider), asks).await.to_string()
            }
            // Those who do not run the place are refused before it is looked for.
            "{inbound}" | "{job}" | "{case}" | "{decision}" | "{proposal}" | "{announcement}" => {
                "01890000-0000-7000-8000-000000000000".to_owned()
            }
            other => panic!("the scene has no {other}"),
        }
    }

    async fn reply(&self, world: &World, number: &str, path: &str) -> String {
        if path.contains("/mentions/") {
            return crate::queue::call(world, self.garden, number.parse().unwrap())
                .await
                .to_string();
        }
        self.thanks(world).await.to_string()
    }

    async fn thanks(&self, world: &World) -> domain::ReplyId {
        let reply = PostReply {
            listing: world.need(self.garden, self.steward, "Chairs").await,
            parent: None,
            speak: As::Voice,
            text: "Thank you".to_owned(),
            language: None,
        };
        world.done(world.local(self.steward), reply).await
    }

    async fn report(&self, world: &World, outsider: PersonId) -> String {
        let subject = ops::reports::Subject::Reply(self.thanks(world).await);
        let report = ops::reports::Report { subject, text: String::new(), forward: false };
        world.done(world.local(outsider), report).await.report.to_string()
    }

    async fn agreement(&self, world: &World, path: &str, outsider: PersonId) -> String {
        let listing = world.need(self.garden, self.steward, "Chairs").await;
        let offer = OfferAgreement { listing, quantity: None, text: String::new() };
        let agreement = world.done(world.local(outsider), offer).await;
        if path.ends_with("/fulfil") {
            let reason = String::new();
            let yes = AnswerAgreement { agreement, accept: true, reason };
            world.done(world.local(self.steward), yes).await;
        }
        agreement.to_string()
    }

    async fn webhook(&self, world: &World) -> String {
        let webhook = AddWebhook {
            collective: self.garden,
            url: "https://b.example/hook".parse().unwrap(),
            events: vec![WebhookEvent::ReplyPosted],
        };
        world.done(world.local(self.steward), webhook).await.0.to_string()
    }

    /// A token of the steward, by its id.
    async fn token(&self, world: &World, number: &str) -> String {
        let token = MakeToken {
            account: world.account(self.steward).await.id,
            digest: format!("token {number}").into_bytes(),
            name: "a script".to_owned(),
            scopes: "read".to_owned(),
            expires_at: None,
        };
        world.done(world.local(self.steward), token).await.to_string()
    }

    /// A browser that the steward is signed in with.
    async fn session(&self, world: &World) -> String {
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
    pub(super) fn fill(&self, text: &str) -> String {
        self.pairs.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }
}

/// The names in the path and in the body of a row, each once.
fn names(row: &Row) -> Vec<&'static str> {
    let mut names: Vec<&str> = row.1.split('/').filter(|piece| piece.starts_with('{')).collect();
    for name in ["{reply}", "{outsider}", "{media}", "$outsider"] {
        if row.2.contains(name) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
