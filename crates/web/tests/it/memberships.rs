//! Members: invited, trusted, and gone; and those who ask to follow.

use actix_web::http::StatusCode;
use domain::{
    follows::FollowState,
    memberships::{Role, Standing},
};
use ops::follows::AskFollow;
use testkit::World;

use crate::browser::Pages;

testkit::both_engines!(
    somebody_is_invited_and_says_yes,
    an_unknown_name_is_told,
    the_last_steward_stays,
    a_steward_lets_them_in,
    a_member_is_named_by_themselves_alone,
);

async fn somebody_is_invited_and_says_yes(world: World) {
    let ada = world.person("ada").await;
    let ben = world.person("ben").await;
    let garden = world.collective("garden", ada).await;
    let pages = Pages::of(&world).await;
    let (steward, browser) =
        (pages.signed_in(&world, ada).await, pages.signed_in(&world, ben).await);
    let page = steward.page("/c/garden/members").await;
    let form = page.form("/c/garden/members").with("handle", "@ben").with("role", "delegate");
    let seen = steward.submitted(&form).await;
    assert!(seen.has("The invitation is on its way.") && seen.has("invited "));
    assert!(browser.page("/home").await.has("You are invited"));
    let joined = browser.press("/home", "/c/garden/invitation/accept").await;
    assert!(joined.has("/c/garden/listings/new"), "{}", joined.html);
    assert_eq!(world.standing(garden, ben).await, Standing::Active(Role::Delegate));

    let base = format!("/c/garden/members/{ben}");
    let page = steward.page("/c/garden/members").await;
    let role = page.form(&format!("{base}/role")).with("role", "member");
    steward.submitted(&role).await;
    assert_eq!(world.standing(garden, ben).await, Standing::Active(Role::Member));
    browser.press("/c/garden/members", &format!("{base}/remove")).await;
    assert_eq!(world.standing(garden, ben).await, Standing::Stranger);
}

async fn an_unknown_name_is_told(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let form = browser.page("/c/garden/members").await.form("/c/garden/members");
    for (handle, message) in [
        ("nobody", "The handle is not known on this server."),
        ("nur@b.example", "The handle lives on another server; members need an account"),
        ("ada", "The handle belongs to a member of this collective."),
    ] {
        let seen = browser.submit(&form.clone().with("handle", handle)).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.has(message), "{}", seen.html);
        assert_eq!(seen.form("/c/garden/members").value("handle"), handle);
    }
}

async fn the_last_steward_stays(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let page = browser.page("/c/garden/members").await;
    let seen = browser.submit(&page.form(&format!("/c/garden/members/{ada}/remove"))).await;
    assert_eq!(seen.status, StatusCode::CONFLICT);
    assert!(seen.has("A collective must keep at least one steward; name another one first."));
    assert_eq!(world.standing(garden, ada).await, Standing::Active(Role::Steward));
}

async fn a_steward_lets_them_in(world: World) {
    let ada = world.person("ada").await;
    let garden = world.careful_collective("garden", ada).await;
    let pages = Pages::of(&world).await;
    let steward = pages.signed_in(&world, ada).await;
    for (name, said, state) in
        [("ben", "accept", Some(FollowState::Accepted)), ("eve", "reject", None)]
    {
        let person = world.person(name).await;
        let asked = AskFollow { followed: garden.actor() };
        let id = world.done(world.local(person), asked).await;
        assert!(steward.page("/c/garden").await.has("<span class=\"badge\">1"));
        let action = format!("/c/garden/requests/{id}/{said}");
        let own = pages.signed_in(&world, person).await;
        let word = own.page("/home").await.form("/logout").value("csrf").to_owned();
        let form = steward.page("/c/garden/members").await.form(&action);
        assert_eq!(own.submit(&form.with("csrf", &word)).await.status, StatusCode::NOT_FOUND);
        steward.press("/c/garden/members", &action).await;
        let follow = world.follow(person.actor(), garden.actor()).await;
        assert_eq!(follow.map(|row| row.state), state);
    }
}

async fn a_member_is_named_by_themselves_alone(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let ben = world.member(garden, "ben", Role::Member).await;
    let pages = Pages::of(&world).await;
    let (visitor, member) = (pages.visitor(), pages.signed_in(&world, ben).await);
    assert!(!visitor.page("/c/garden").await.has("href=\"/u/"), "nobody is named");
    member.press("/c/garden/members", "/c/garden/membership/show").await;
    let seen = visitor.page("/c/garden").await;
    assert!(seen.has("href=\"/u/ben\"") && !seen.has("href=\"/u/ada\""), "{}", seen.html);
    let steward = pages.signed_in(&world, ada).await;
    assert!(steward.page("/c/garden/members").await.has("Name me on its page"), "only herself");
    member.press("/c/garden/members", "/c/garden/membership/hide").await;
    assert!(!visitor.page("/c/garden").await.has("href=\"/u/"));
}
