//! Who belongs to a collective: invited, joined, trusted with more, gone.

use domain::{
    CollectiveId, Origin, PersonId, Refusal,
    memberships::{Role, Standing},
};
use ops::{
    OpError,
    memberships::{AnswerInvitation, ChangeRole, InviteMember, RemoveMember},
};
use testkit::World;

testkit::both_engines!(
    who_is_invited_becomes_a_member_by_saying_yes,
    who_says_no_stays_a_stranger,
    an_invitation_is_answered_once_and_by_the_invited,
    a_second_invitation_replaces_the_first,
    only_people_of_this_server_can_be_invited,
    members_are_not_invited_again,
    only_stewards_invite_and_give_roles,
    a_role_is_given_and_taken,
    the_last_steward_stays,
    of_two_stewards_one_may_remove_the_other,
    two_stewards_who_remove_each_other_leave_one,
    members_leave_and_stewards_remove_them,
    an_invitation_is_taken_back,
    nobody_belongs_to_a_collective_of_another_server,
);

fn invite(collective: CollectiveId, handle: &str, role: Role) -> InviteMember {
    InviteMember { collective, handle: handle.to_owned(), role }
}

async fn garden(world: &World) -> (CollectiveId, PersonId) {
    let ada = world.person("ada").await;
    (world.collective("garden", ada).await, ada)
}

async fn who_is_invited_becomes_a_member_by_saying_yes(world: World) {
    let (garden, ada) = garden(&world).await;
    let bea = world.person("bea").await;
    let invited = world.done(world.local(ada), invite(garden, "bea", Role::Delegate)).await;
    assert_eq!(invited, bea);
    assert_eq!(world.standing(garden, bea).await, Standing::Invited(Role::Delegate));

    let yes = AnswerInvitation { collective: garden, accept: true };
    world.done(world.local(bea), yes).await;
    assert_eq!(world.standing(garden, bea).await, Standing::Active(Role::Delegate));
    assert_eq!(
        world.audit().await[1..],
        ["invite_member bea delegate".to_owned(), "accept_invitation".to_owned()]
    );
    assert_eq!(world.events().await, [], "who belongs to what is nobody else's business");
}

async fn who_says_no_stays_a_stranger(world: World) {
    let (garden, ada) = garden(&world).await;
    let bea = world.person("bea").await;
    world.done(world.local(ada), invite(garden, "bea", Role::Member)).await;
    let no = AnswerInvitation { collective: garden, accept: false };
    world.done(world.local(bea), no).await;
    assert_eq!(world.standing(garden, bea).await, Standing::Stranger);
    assert_eq!(world.audit().await.last().unwrap(), "decline_invitation");
}

async fn an_invitation_is_answered_once_and_by_the_invited(world: World) {
    let (garden, ada) = garden(&world).await;
    let bea = world.member(garden, "bea", Role::Member).await;
    let eve = world.person("eve").await;
    for person in [ada, bea, eve] {
        for accept in [true, false] {
            let answer = AnswerInvitation { collective: garden, accept };
            let refusal = world.refused(world.local(person), answer).await;
            assert_eq!(refusal, Refusal::NoInvitation);
        }
    }
}

async fn a_second_invitation_replaces_the_first(world: World) {
    let (garden, ada) = garden(&world).await;
    let bea = world.person("bea").await;
    for role in [Role::Steward, Role::Member] {
        world.done(world.local(ada), invite(garden, "bea", role)).await;
    }
    assert_eq!(world.standing(garden, bea).await, Standing::Invited(Role::Member));
}

async fn only_people_of_this_server_can_be_invited(world: World) {
    let (garden, ada) = garden(&world).await;
    world.remote_person("bob@b.example").await;
    world.collective("mill", ada).await;
    let elsewhere = "handle lives on another server; members need an account on this one";
    let unknown = "handle is not known on this server";
    for (handle, want) in [
        ("bob@b.example", elsewhere),
        ("@bob@b.example", elsewhere),
        ("bob", unknown),
        ("nobody", unknown),
        ("mill", unknown),
        ("mill.voice", unknown),
        ("a.example", unknown),
    ] {
        let invalid = world.invalid(world.local(ada), invite(garden, handle, Role::Member)).await;
        assert_eq!(invalid.to_string(), want, "{handle}");
    }
    for handle in ["", "@", "be a", "../bea", "béa"] {
        let invalid = world.invalid(world.local(ada), invite(garden, handle, Role::Member)).await;
        assert_eq!(invalid.field, "handle", "{handle}");
    }
    let bea = world.person("bea").await;
    for handle in ["bea", "@bea", "BEA", "bea@a.example", " @Bea@A.Example "] {
        let invited = world.done(world.local(ada), invite(garden, handle, Role::Member)).await;
        assert_eq!(invited, bea, "{handle}");
    }
}

async fn members_are_not_invited_again(world: World) {
    let (garden, ada) = garden(&world).await;
    world.member(garden, "bea", Role::Member).await;
    for handle in ["ada", "bea"] {
        let invalid = world.invalid(world.local(ada), invite(garden, handle, Role::Steward)).await;
        assert_eq!(invalid.to_string(), "handle belongs to a member of this collective");
    }
}

async fn only_stewards_invite_and_give_roles(world: World) {
    let (garden, ada) = garden(&world).await;
    let eve = world.person("eve").await;
    let invited = world.person("fay").await;
    world.done(world.local(ada), invite(garden, "fay", Role::Steward)).await;
    let delegate = world.member(garden, "bea", Role::Delegate).await;
    let manager = world.member(garden, "cho", Role::AccountManager).await;
    let member = world.member(garden, "dan", Role::Member).await;

    for (person, want) in [
        (delegate, Refusal::StewardsOnly),
        (manager, Refusal::StewardsOnly),
        (member, Refusal::StewardsOnly),
        (invited, Refusal::NotAMember),
        (eve, Refusal::NotAMember),
    ] {
        let origin = || world.local(person);
        assert_eq!(world.refused(origin(), invite(garden, "eve", Role::Member)).await, want);
        let promote = ChangeRole { collective: garden, member: person, role: Role::Steward };
        assert_eq!(world.refused(origin(), promote).await, want);
        let remove = RemoveMember { collective: garden, member: ada };
        assert_eq!(world.refused(origin(), remove).await, want);
    }
    let refusal = world.refused(Origin::server(), invite(garden, "eve", Role::Member)).await;
    assert_eq!(refusal, Refusal::NotTheirsToSay);
}

async fn a_role_is_given_and_taken(world: World) {
    let (garden, ada) = garden(&world).await;
    let bea = world.member(garden, "bea", Role::Member).await;
    for role in [Role::Delegate, Role::Steward, Role::AccountManager] {
        world.done(world.local(ada), ChangeRole { collective: garden, member: bea, role }).await;
        assert_eq!(world.standing(garden, bea).await, Standing::Active(role));
        let line = format!("change_role {bea} {}", role.word());
        assert_eq!(world.audit().await.last(), Some(&line));
    }
    let eve = world.person("eve").await;
    let stranger = ChangeRole { collective: garden, member: eve, role: Role::Steward };
    let missing = world.failed(world.local(ada), stranger).await;
    assert!(matches!(missing, OpError::NotFound("member")), "{missing:?}");
}

async fn the_last_steward_stays(world: World) {
    let (garden, ada) = garden(&world).await;
    world.member(garden, "bea", Role::Delegate).await;
    let fay = world.person("fay").await;
    world.done(world.local(ada), invite(garden, "fay", Role::Steward)).await;
    for role in [Role::Delegate, Role::AccountManager, Role::Member] {
        let step_down = ChangeRole { collective: garden, member: ada, role };
        assert_eq!(world.refused(world.local(ada), step_down).await, Refusal::LastSteward);
    }
    let leave = RemoveMember { collective: garden, member: ada };
    assert_eq!(world.refused(world.local(ada), leave.clone()).await, Refusal::LastSteward);

    let yes = AnswerInvitation { collective: garden, accept: true };
    world.done(world.local(fay), yes).await;
    world.done(world.local(ada), leave).await;
    assert_eq!(world.steward(garden).await, fay);
}

async fn of_two_stewards_one_may_remove_the_other(world: World) {
    let (garden, ada) = garden(&world).await;
    let bea = world.member(garden, "bea", Role::Steward).await;
    world.done(world.local(bea), RemoveMember { collective: garden, member: ada }).await;
    assert_eq!(world.standing(garden, ada).await, Standing::Stranger);
    let last = RemoveMember { collective: garden, member: bea };
    assert_eq!(world.refused(world.local(bea), last).await, Refusal::LastSteward);
    let late = RemoveMember { collective: garden, member: bea };
    assert_eq!(world.refused(world.local(ada), late).await, Refusal::NotAMember);
}

async fn two_stewards_who_remove_each_other_leave_one(world: World) {
    let ada = world.person("ada").await;
    let bea = world.person("bea").await;
    for number in 0..10 {
        let garden = world.collective(&format!("garden{number}"), ada).await;
        world.join(garden, bea, "bea", Role::Steward).await;
        let remove = |member| RemoveMember { collective: garden, member };
        let (one, other) = tokio::join!(
            world.door.perform(world.local(ada), remove(bea)),
            world.door.perform(world.local(bea), remove(ada)),
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let stewards = world.read(move |conn| db::memberships::count_stewards(conn, garden)).await;
        assert_eq!(stewards, 1);
    }
}

async fn members_leave_and_stewards_remove_them(world: World) {
    let (garden, ada) = garden(&world).await;
    let bea = world.member(garden, "bea", Role::Member).await;
    let cho = world.member(garden, "cho", Role::Delegate).await;
    let remove = |member| RemoveMember { collective: garden, member };
    assert_eq!(world.refused(world.local(bea), remove(cho)).await, Refusal::StewardsOnly);
    world.done(world.local(bea), remove(bea)).await;
    world.done(world.local(ada), remove(cho)).await;
    for person in [bea, cho] {
        assert_eq!(world.standing(garden, person).await, Standing::Stranger);
        let again = world.failed(world.local(ada), remove(person)).await;
        assert!(matches!(again, OpError::NotFound("member")), "{again:?}");
    }
    assert_eq!(world.audit().await.last(), Some(&format!("remove_member {cho}")));
    // Who left may be invited again.
    world.join(garden, bea, "bea", Role::Member).await;
}

async fn an_invitation_is_taken_back(world: World) {
    let (garden, ada) = garden(&world).await;
    let bea = world.person("bea").await;
    world.done(world.local(ada), invite(garden, "bea", Role::Steward)).await;
    world.done(world.local(ada), RemoveMember { collective: garden, member: bea }).await;
    let yes = AnswerInvitation { collective: garden, accept: true };
    assert_eq!(world.refused(world.local(bea), yes).await, Refusal::NoInvitation);
}

async fn nobody_belongs_to_a_collective_of_another_server(world: World) {
    let ada = world.person("ada").await;
    let mill = world.remote_collective("mill@b.example").await.collective();
    let refusal = world.refused(world.local(ada), invite(mill, "ada", Role::Member)).await;
    assert_eq!(refusal, Refusal::NotFromHere);
    let change = ChangeRole { collective: mill, member: ada, role: Role::Steward };
    assert_eq!(world.refused(world.local(ada), change).await, Refusal::NotFromHere);
    let leave = RemoveMember { collective: mill, member: ada };
    assert_eq!(world.refused(world.local(ada), leave).await, Refusal::NotFromHere);
}
