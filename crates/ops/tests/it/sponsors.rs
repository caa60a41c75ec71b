//! Who looks after which accounts, and what becomes of those whom nobody looks after.

use db::accounts::{find_session, find_token};
use domain::{
    CollectiveId, Origin, PersonId, Refusal,
    accounts::{AccountAct, AccountFilter, AccountState},
    memberships::Role,
    sign_ups::SignUpMode,
};
use ops::{
    OpError,
    memberships::RemoveMember,
    moderation::SuspendActor,
    secrets,
    sign_ups::{ConfirmAccount, SignUp},
    sponsors::{Desk, EndGrace, ManageAccount, SponsorAccount},
};
use testkit::World;

testkit::both_engines!(
    managers_see_and_touch_their_own_alone,
    api_06_a_suspended_account_is_signed_out_at_once,
    whoever_shut_somebody_out_lets_them_in_again,
    managers_stand_below_stewards_and_admins,
    whoever_is_turned_down_does_not_come_in,
    whoever_leaves_has_a_month_to_find_another_collective,
    another_collective_takes_on_whoever_belongs_to_it,
    accounts_that_never_had_a_sponsor_stay_as_they_are,
);

fn manage(desk: Desk, person: PersonId, act: AccountAct) -> ManageAccount {
    ManageAccount { desk, person, act, reason: "spam".to_owned() }
}

fn at(collective: CollectiveId) -> Desk {
    Desk::Collective(collective)
}

async fn managers_see_and_touch_their_own_alone(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mo = world.member(garden, "mo", Role::AccountManager).await;
    let zoe = world.person("zoe").await;
    let mill = world.collective("mill", zoe).await;
    let bea = world.sponsored(garden, "bea").await;
    let cho = world.sponsored(mill, "cho").await;
    world.join(garden, cho, "cho", Role::Member).await;
    let rosa = world.admin("rosa").await;

    for act in [AccountAct::Suspend, AccountAct::Reset, AccountAct::Approve, AccountAct::Unsuspend]
    {
        for person in [cho, zoe, rosa] {
            let failed = world.failed(world.local(mo), manage(at(garden), person, act)).await;
            assert!(matches!(failed, OpError::NotFound("account")), "{failed:?}");
        }
        for (who, want) in [(bea, Refusal::AccountManagersOnly), (zoe, Refusal::NotAMember)] {
            let refusal = world.refused(world.local(who), manage(at(garden), bea, act)).await;
            assert_eq!(refusal, want);
        }
        let refusal = world.refused(world.local(mo), manage(Desk::Admins, bea, act)).await;
        assert_eq!(refusal, Refusal::NotAllowed);
    }
    let page = async |sponsor| {
        let rows = world.read(move |conn| db::sponsors::page(conn, sponsor, None, None, 20)).await;
        rows.into_iter().map(|row| row.actor.handle).collect::<Vec<_>>()
    };
    assert_eq!(page(Some(garden)).await, ["bea"]);
    assert_eq!(page(Some(mill)).await, ["cho"]);
    assert_eq!(page(None).await, ["rosa", "cho", "bea", "zoe", "mo", "ada"]);
    world.done(world.local(mo), manage(at(garden), bea, AccountAct::Reset)).await;
    let letters = world.letters().await;
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, "bea@mail.example"));
}

async fn api_06_a_suspended_account_is_signed_out_at_once(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.sponsored(garden, "bea").await;
    let (session, _) = world.session(bea).await;
    let token = world.token(bea, "read write").await;
    world.done(world.local(ada), manage(at(garden), bea, AccountAct::Suspend)).await;
    let now = world.now();
    let digest = secrets::digest(&session);
    assert!(world.read(move |conn| find_session(conn, &digest, now)).await.is_none());
    let digest = secrets::digest(&token);
    assert!(world.read(move |conn| find_token(conn, &digest, now)).await.is_none());
    assert!(world.actor(bea.actor()).await.suspended_at.is_some(), "nothing of hers leaves");
    let own = ops::accounts::SignIn {
        account: world.account(bea).await.id,
        digest: vec![1],
        csrf: String::new(),
        name: String::new(),
        step: None,
    };
    assert_eq!(world.refused(world.local(bea), own).await, Refusal::NotAllowed);
    assert!(world.audit().await.contains(&"suspend_account @bea@a.example spam".to_owned()));
}

async fn whoever_shut_somebody_out_lets_them_in_again(world: World) {
    let rosa = world.admin("rosa").await;
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.sponsored(garden, "bea").await;
    let out = manage(at(garden), bea, AccountAct::Suspend);
    let back = manage(at(garden), bea, AccountAct::Unsuspend);
    world.done(world.local(ada), out.clone()).await;
    world.done(world.local(ada), back.clone()).await;
    assert!(world.account(bea).await.is_usable());

    let by_admins = SuspendActor { actor: bea.actor(), reason: String::new() };
    for first in [true, false] {
        if !first {
            world.done(world.local(ada), out.clone()).await;
        }
        world.done(world.local(rosa), by_admins.clone()).await;
        assert_eq!(world.refused(world.local(ada), back.clone()).await, Refusal::NotAllowed);
        world.done(world.local(ada), out.clone()).await;
        assert_eq!(world.refused(world.local(ada), back.clone()).await, Refusal::NotAllowed);
        let pardon = manage(Desk::Admins, bea, AccountAct::Unsuspend);
        world.done(world.local(rosa), pardon).await;
        assert!(world.account(bea).await.is_usable());
    }
}

async fn managers_stand_below_stewards_and_admins(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mo = world.member(garden, "mo", Role::AccountManager).await;
    let bea = world.sponsored(garden, "bea").await;
    let raise =
        ops::memberships::ChangeRole { collective: garden, member: bea, role: Role::Steward };
    world.done(world.local(ada), raise).await;
    let out = manage(at(garden), bea, AccountAct::Suspend);
    assert_eq!(world.refused(world.local(mo), out.clone()).await, Refusal::StewardsOnly);
    assert_eq!(world.invalid(world.local(bea), out).await.field, "person", "nor herself");
    let admin = ops::accounts::CreateAccount {
        role: domain::accounts::AccountRole::Admin,
        sponsor: Some(garden),
        ..world.new_account("rosa")
    };
    let rosa = world.done(Origin::server(), admin).await;
    let out = manage(at(garden), rosa, AccountAct::Suspend);
    assert_eq!(world.refused(world.local(ada), out).await, Refusal::NotAllowed);
}

async fn whoever_is_turned_down_does_not_come_in(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.door_is(SignUpMode::Approval).await;
    let bea = SignUp { collective: Some(garden), ..world.new_sign_up("bea") };
    world.done(Origin::visitor(), bea).await;
    let word = world.link("bea@mail.example").await;
    let bea = world.read(|conn| db::accounts::find_login(conn, "bea")).await.unwrap().person_id;
    let no = manage(at(garden), bea, AccountAct::Reject);
    assert_eq!(
        world.refused(world.local(ada), no.clone()).await,
        Refusal::NotWaiting,
        "whoever has not confirmed asks for nothing yet"
    );
    let digest = secrets::digest(&word);
    world.done(Origin::visitor(), ConfirmAccount { digest }).await;
    world.letters().await;
    world.done(world.local(ada), no.clone()).await;
    let letters = world.letters().await;
    assert!(letters[0].to == "bea@mail.example" && letters[0].text.contains("spam"));
    assert_eq!(world.account(bea).await.state, AccountState::Rejected);
    assert_eq!(world.refused(world.local(ada), no).await, Refusal::NotWaiting);
    let yes = manage(at(garden), bea, AccountAct::Approve);
    assert_eq!(world.refused(world.local(ada), yes).await, Refusal::NotWaiting);
    let out = manage(at(garden), bea, AccountAct::Suspend);
    assert_eq!(world.invalid(world.local(ada), out).await.field, "person");
}

async fn whoever_leaves_has_a_month_to_find_another_collective(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.sponsored(garden, "bea").await;
    world.done(world.local(bea), RemoveMember { collective: garden, member: bea }).await;
    let letters = world.letters().await;
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, "bea@mail.example"));
    assert!(letters[0].text.contains("2026-03-31"), "she is told until when");
    let gone = manage(at(garden), bea, AccountAct::Suspend);
    let failed = world.failed(world.local(ada), gone).await;
    assert!(matches!(failed, OpError::NotFound("account")), "they are hers no more");

    let grace = 30 * 86_400;
    let overdue = async || {
        let before = world.now().plus_seconds(-grace);
        world.read(move |conn| db::sponsors::overdue(conn, before, 10)).await
    };
    world.clock.advance(grace - 1);
    assert_eq!(overdue().await, []);
    world.done(Origin::clock(), EndGrace { person: bea }).await;
    assert!(world.account(bea).await.is_usable());
    world.clock.advance(1);
    assert_eq!(overdue().await, [bea]);
    world.done(Origin::clock(), EndGrace { person: bea }).await;
    assert!(!world.account(bea).await.is_usable());
    assert_eq!(world.letters().await.len(), 1);
    assert_eq!(overdue().await, [], "once");
}

async fn another_collective_takes_on_whoever_belongs_to_it(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let zoe = world.person("zoe").await;
    let mill = world.collective("mill", zoe).await;
    let bea = world.sponsored(garden, "bea").await;
    world.join(mill, bea, "bea", Role::Member).await;
    let take = SponsorAccount { collective: mill, person: bea };
    let failed = world.failed(world.local(zoe), take.clone()).await;
    assert!(matches!(failed, OpError::NotFound("account")), "the garden still does");

    world.done(world.local(ada), RemoveMember { collective: garden, member: bea }).await;
    let unsponsored = Some(AccountFilter::Unsponsored);
    let listed = async |collective| {
        let find = move |conn: &mut db::Conn| {
            db::sponsors::page(conn, Some(collective), unsponsored, None, 20)
        };
        world.read(find).await.len()
    };
    assert_eq!((listed(mill).await, listed(garden).await), (1, 0));
    world.clock.advance(31 * 86_400);
    world.done(Origin::clock(), EndGrace { person: bea }).await;
    let refusal = world.refused(world.local(ada), take.clone()).await;
    assert_eq!(refusal, Refusal::NotAMember);
    world.done(world.local(zoe), take.clone()).await;
    let account = world.account(bea).await;
    assert!(account.is_usable() && account.sponsor_id == Some(mill));
    assert_eq!(listed(mill).await, 0);
    let failed = world.failed(world.local(zoe), take).await;
    assert!(matches!(failed, OpError::NotFound("account")));
}

async fn accounts_that_never_had_a_sponsor_stay_as_they_are(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mo = world.member(garden, "mo", Role::Member).await;
    let take = SponsorAccount { collective: garden, person: mo };
    let failed = world.failed(world.local(ada), take).await;
    assert!(matches!(failed, OpError::NotFound("account")), "nobody is taken over unasked");
    world.done(world.local(mo), RemoveMember { collective: garden, member: mo }).await;
    assert!(world.letters().await.is_empty());
    world.clock.advance(365 * 86_400);
    world.done(Origin::clock(), EndGrace { person: mo }).await;
    assert!(world.account(mo).await.is_usable());
}
