//! Deleting an account: what goes, what stays, and who is told.

use domain::{
    AgreementId, ListingId, Origin, PersonId, Refusal,
    accounts::Email,
    listings::{Content, Purpose, Signature},
    memberships::{Role, Standing},
};
use ops::{
    Event, OpError,
    account_invitations::InviteAccount,
    agreements::OfferAgreement,
    emails::AskEmailChange,
    erasure::DeleteAccount,
    follows::AskFollow,
    memberships::{AnswerInvitation, ChangeRole, InviteMember},
    reactions::{React, ReactionObject},
    reports::{Report, Subject},
    resets::AskReset,
    searches::SaveSearch,
    sponsors::Desk,
    totp::{BeginTotp, code_at},
};
use testkit::{World, content};

testkit::both_engines!(
    an_account_that_is_deleted_leaves_nothing_behind,
    what_they_wrote_goes_and_what_they_listed_stays,
    what_they_reported_stays_without_their_words,
    somebody_whom_nobody_elsewhere_knows_is_told_to_nobody,
    a_collective_never_loses_its_last_steward,
    the_only_admin_stays,
    a_code_is_asked_for_where_signing_in_takes_one,
    their_handle_is_nobodys_ever_again,
    what_they_still_had_to_say_is_not_sent,
    only_they_delete_it,
);

fn delete() -> DeleteAccount {
    DeleteAccount { code: String::new() }
}

/// Somebody with a bit of everything, in a collective that another one founded.
async fn settled(world: &World) -> (PersonId, PersonId, domain::CollectiveId, ListingId) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let zoe = world.member(garden, "zoe-the-first", Role::Member).await;
    let need = world.need(garden, ada, "Chairs").await;
    (ada, zoe, garden, need)
}

async fn an_account_that_is_deleted_leaves_nothing_behind(world: World) {
    let (ada, zoe, garden, need) = settled(&world).await;
    let me = || world.local(zoe);
    world.session(zoe).await;
    world.token(zoe, "read").await;
    world.answer(need, zoe, "I have four").await;
    world.done(me(), AskFollow { followed: ada.actor() }).await;
    world.done(world.local(ada), AskFollow { followed: zoe.actor() }).await;
    let offer = OfferAgreement { listing: need, quantity: None, text: "mine".to_owned() };
    let agreement: AgreementId = world.done(me(), offer).await;
    let search = SaveSearch {
        name: "Zoe-the-first looks".to_owned(),
        criteria: domain::search::Criteria::parse("q=chairs").unwrap(),
        notify: false,
    };
    world.done(me(), search).await;
    let email = Email::parse("zoe-the-first@new.example").unwrap();
    world.done(me(), AskEmailChange { email }).await;
    let email = Email::parse("zoe-the-first@mail.example").unwrap();
    world.done(Origin::visitor(), AskReset { email }).await;
    world.done(me(), BeginTotp).await;
    let role = ChangeRole { collective: garden, member: zoe, role: Role::AccountManager };
    world.done(world.local(ada), role).await;
    let invite = InviteAccount {
        desk: Desk::Collective(garden),
        digest: vec![7],
        note: String::new(),
        uses: 1,
        days: 1,
    };
    world.done(me(), invite).await;
    assert!(world.rows().await.naming("zoe-the-first").len() > 4, "there is something to erase");

    world.done(me(), delete()).await;
    let letters = world.letters().await;
    let last: Vec<&str> = letters.iter().map(|letter| letter.to.as_str()).collect();
    assert_eq!(last, ["zoe-the-first@new.example", "zoe-the-first@mail.example"]);
    assert!(letters[1].text.contains("is deleted"));
    world.events().await;
    let rows = world.rows().await;
    // The key signs that they are gone, and goes when that has arrived.
    assert_eq!(rows.naming("zoe-the-first"), ["actors", "keys"]);
    world.clock.advance(8 * 86_400);
    world.queues.sweep().await.unwrap();
    let rows = world.rows().await;
    assert_eq!(rows.naming("zoe-the-first"), ["actors"]);
    for table in
        ["sessions", "tokens", "account_secrets", "recovery_codes", "saved_searches", "follows"]
    {
        assert_eq!(rows.count(table), 0, "{table}");
    }
    assert_eq!(world.standing(garden, zoe).await, Standing::Stranger);
    let offered = world.read(move |conn| db::agreements::find(conn, agreement)).await.unwrap();
    assert!(offered.text.is_empty());
    assert_eq!(offered.state.word(), "withdrawn");
    let row = world.account(zoe).await;
    assert!(!row.is_usable() && row.password_hash.is_empty());
}

async fn what_they_reported_stays_without_their_words(world: World) {
    let (ada, zoe, _, need) = settled(&world).await;
    let reply = world.answer(need, ada, "Buy chairs").await;
    let report = |text: &str| Report {
        subject: Subject::Reply(reply),
        text: text.to_owned(),
        forward: false,
    };
    let theirs = world.done(world.local(zoe), report("Words of Zoe")).await.report;
    let eve = world.person("eve").await;
    let other = world.done(world.local(eve), report("Words of Eve")).await.report;
    world.done(world.local(zoe), delete()).await;
    let find = async |id| world.read(move |conn| db::reports::find(conn, id)).await.unwrap();
    let row = find(theirs).await;
    assert_eq!((row.text.as_str(), row.open, row.reply_id), ("", true, Some(reply)), "PRV-09");
    assert_eq!(find(other).await.text, "Words of Eve");
}

async fn what_they_wrote_goes_and_what_they_listed_stays(world: World) {
    let (ada, zoe, garden, need) = settled(&world).await;
    let reply = world.answer(need, zoe, "I have four").await;
    let under = world.answer(need, ada, "Thank you").await;
    let signed = Content { signed_by: Signature::Member, ..content(Purpose::Offer, "A room") };
    let signed = world.publish(garden, zoe, signed).await;
    let plain = world.offer(garden, zoe, "Seeds").await;
    let like =
        React { object: ReactionObject::Listing(need), kind: domain::replies::ReactionKind::Like };
    world.done(world.local(zoe), like).await;
    world.events().await;
    let before = world.listing(signed).await.version;

    world.done(world.local(zoe), delete()).await;
    let events = world.events().await;
    for event in [
        Event::heard("reply_deleted", reply),
        Event::listing_changed(signed),
        Event::ActorDeleted { actor: zoe.uuid() },
    ] {
        assert!(events.contains(&event), "{event:?}: {events:?}");
    }
    let gone = world.reply(reply).await;
    assert!(gone.deleted_at.is_some() && gone.text.is_empty());
    assert!(world.reply(under).await.deleted_at.is_none());
    for listing in [signed, plain] {
        let row = world.listing(listing).await;
        assert!(row.is_public());
        assert_eq!(row.signed_by, Signature::Voice);
        assert_eq!(row.author_id.map(PersonId::actor), Some(garden.actor()));
    }
    assert!(before < world.listing(signed).await.version, "who has seen it sees that it changed");
    let counts = world.read(move |conn| db::reactions::count(conn, &[need.uuid()])).await;
    assert_eq!(counts[0].likes, 0);
    let mine = world.read(db::listings::count_local).await;
    assert_eq!(mine, 3, "they are ours still");
}

async fn somebody_whom_nobody_elsewhere_knows_is_told_to_nobody(world: World) {
    let zoe = world.person("zoe").await;
    world.remote_person("bob@b.example").await;
    world.events().await;
    world.done(world.local(zoe), delete()).await;
    assert!(world.events().await.is_empty());
    assert!(world.actor(zoe.actor()).await.deleted_at.is_some());

    let ana = world.person("ana").await;
    let bob = world.remote_person("bob@b.example").await;
    world.done(world.local(ana), AskFollow { followed: bob }).await;
    world.events().await;
    world.done(world.local(ana), delete()).await;
    assert_eq!(world.events().await, [Event::ActorDeleted { actor: ana.uuid() }]);
}

async fn a_collective_never_loses_its_last_steward(world: World) {
    let (ada, zoe, garden, _) = settled(&world).await;
    let problem = world.invalid(world.local(ada), delete()).await;
    assert_eq!(problem.field, "collective");
    assert!(problem.problem.starts_with("garden has no other steward"), "{problem}");
    let role = ChangeRole { collective: garden, member: zoe, role: Role::Steward };
    world.done(world.local(ada), role).await;
    let invite = InviteMember { collective: garden, handle: "bea".to_owned(), role: Role::Member };
    let bea = world.person("bea").await;
    world.done(world.local(ada), invite).await;
    world.done(world.local(ada), delete()).await;
    assert_eq!(world.standing(garden, zoe).await, Standing::Active(Role::Steward));
    let accept = AnswerInvitation { collective: garden, accept: true };
    world.done(world.local(bea), accept).await;
    assert_eq!(world.invalid(world.local(zoe), delete()).await.field, "collective");
}

async fn the_only_admin_stays(world: World) {
    let rosa = world.admin("rosa").await;
    assert_eq!(world.invalid(world.local(rosa), delete()).await.field, "role");
    world.admin("ruth").await;
    world.done(world.local(rosa), delete()).await;
    assert!(world.audit().await.iter().all(|line| !line.contains("rosa")));
}

async fn a_code_is_asked_for_where_signing_in_takes_one(world: World) {
    let zoe = world.person("zoe").await;
    let (secret, codes) = world.two_steps(zoe).await;
    assert_eq!(world.invalid(world.local(zoe), delete()).await.field, "code");
    world.clock.advance(30);
    let wrong = DeleteAccount { code: codes[0].replace(|_: char| true, "a") };
    assert_eq!(world.invalid(world.local(zoe), wrong).await.field, "code");
    let code = code_at(&secret, world.now());
    world.done(world.local(zoe), DeleteAccount { code }).await;
    assert_eq!(world.rows().await.count("recovery_codes"), 0);
}

async fn their_handle_is_nobodys_ever_again(world: World) {
    let zoe = world.person("zoe").await;
    world.done(world.local(zoe), delete()).await;
    let again = ops::accounts::CreateAccount { email: None, ..world.new_account("Zoe") };
    assert_eq!(world.invalid(Origin::server(), again).await.field, "handle");
    let address = ops::accounts::CreateAccount {
        email: Some("zoe@mail.example".to_owned()),
        ..world.new_account("zoe2")
    };
    world.done(Origin::server(), address).await;
    let found = world.read(|conn| db::accounts::find_login(conn, "zoe")).await;
    assert!(found.is_none_or(|account| !account.is_usable()));
}

async fn what_they_still_had_to_say_is_not_sent(world: World) {
    let zoe = world.person("zoe").await;
    let bob = world.remote_person("bob@b.example").await;
    world.done(world.local(zoe), AskFollow { followed: bob }).await;
    let letter = |kind: &str, key: Option<&str>| {
        let id = world.queues.mint();
        ops::queues::Letter::to(
            vec![("https://b.example/inbox".to_owned(), "b.example".to_owned())],
            db::activities::ActivityRow {
                id,
                actor_id: zoe.actor(),
                kind: kind.to_owned(),
                public: true,
                body: "{}".to_owned(),
                created_at: world.now(),
                key_id: key.map(str::to_owned),
                lane: vec![1],
            },
        )
    };
    let event = async || {
        let now = world.now();
        let rows = world.read(move |conn| db::events::due(conn, now, 10)).await;
        rows.last().unwrap().id
    };
    world.queues.tell(event().await, vec![letter("Follow", None)]).await.unwrap();
    assert_eq!(world.deliveries().await.len(), 1);
    world.done(world.local(zoe), delete()).await;
    assert!(world.deliveries().await.is_empty(), "what waited is taken back");
    let key = format!("{}#main-key", world.actor(zoe.actor()).await.ap_id);
    let late = letter("Create", None);
    let last = ops::queues::Letter { to_everybody: true, ..letter("Delete", Some(&key)) };
    world.queues.tell(event().await, vec![late, last]).await.unwrap();
    let waiting = world.deliveries().await;
    assert_eq!(waiting.len(), 1, "but that they are gone is told, once for a server");
    assert_eq!(waiting[0].key_id.as_deref(), Some(key.as_str()));
}

async fn only_they_delete_it(world: World) {
    let zoe = world.person("zoe").await;
    for origin in [Origin::visitor(), Origin::server()] {
        assert_eq!(world.refused(origin, delete()).await, Refusal::NotTheirsToSay);
    }
    world.done(world.local(zoe), delete()).await;
    let again = world.door.perform(world.local(zoe), delete()).await;
    assert!(matches!(again, Err(OpError::Refused(Refusal::NotAllowed))), "{again:?}");
}
