//! What takes two is proposed by one and done when another one agrees.

use domain::{
    Origin, Refusal,
    accounts::AccountAct,
    domains::{Domain, Mode, Rule, Severity, State},
};
use ops::{
    domains::{ImportDomainRules, SetDomainRule, SetFederationMode, read},
    moderation::SuspendActor,
    proposals::{Act, AnswerProposal, Propose, SetTwoPersons, two_persons},
    sponsors::{Desk, ManageAccount},
};
use testkit::World;

testkit::both_engines!(
    it_takes_two_only_where_there_are_two,
    nothing_that_shuts_out_is_done_by_one,
    whoever_proposes_does_not_agree,
    that_it_takes_one_again_takes_two,
);

async fn it_takes_two_only_where_there_are_two(world: World) {
    let rosa = world.admin("rosa").await;
    let on = SetTwoPersons { on: true };
    assert_eq!(world.invalid(world.local(rosa), on.clone()).await.field, "two_persons");
    let uma = world.admin("uma").await;
    let eve = world.person("eve").await;
    assert_eq!(world.refused(world.local(eve), on.clone()).await, Refusal::NotAllowed);
    world.done(world.local(uma), on).await;
    assert!(world.read(two_persons).await);
}

async fn nothing_that_shuts_out_is_done_by_one(world: World) {
    let rosa = world.admin("rosa").await;
    world.admin("uma").await;
    let eve = world.person("eve").await;
    world.done(world.local(rosa), SetTwoPersons { on: true }).await;
    let by = || world.local(rosa);
    let suspend = SuspendActor { actor: eve.actor(), reason: String::new() };
    assert_eq!(world.refused(by(), suspend.clone()).await, Refusal::SecondPerson);
    let (desk, reason) = (Desk::Admins, String::new());
    let manage = ManageAccount { desk, person: eve, act: AccountAct::Suspend, reason };
    assert_eq!(world.refused(by(), manage).await, Refusal::SecondPerson);
    let domain = Domain::parse("evil.example").unwrap();
    let set = |severity| SetDomainRule { domain: domain.clone(), rule: Rule::of(severity) };
    assert_eq!(world.refused(by(), set(Severity::Suspend)).await, Refusal::SecondPerson);
    let lines = read("evil.example\n", Severity::Suspend);
    assert_eq!(world.refused(by(), ImportDomainRules { lines }).await, Refusal::SecondPerson);
    let mode = SetFederationMode { mode: Mode::Allowlist };
    assert_eq!(world.refused(by(), mode).await, Refusal::SecondPerson);
    world.done(by(), set(Severity::Limit)).await;
    world.done(Origin::server(), suspend).await;
    assert!(world.actor(eve.actor()).await.suspended_at.is_some(), "the command line may");
    world.events().await;
}

async fn whoever_proposes_does_not_agree(world: World) {
    let rosa = world.admin("rosa").await;
    let uma = world.admin("uma").await;
    let eve = world.person("eve").await;
    world.remote_person("bob@evil.example").await;
    world.done(world.local(rosa), SetTwoPersons { on: true }).await;
    let act = Act::suspend(eve.actor(), "spam".to_owned());
    let propose = Propose { act };
    assert_eq!(world.refused(world.local(eve), propose.clone()).await, Refusal::NotAllowed);
    let id = world.done(world.local(rosa), propose.clone()).await;
    assert_eq!(world.done(world.local(rosa), propose).await, id, "the same is proposed once");
    let agree = |id| AnswerProposal { id, agree: true };
    assert_eq!(world.refused(world.local(rosa), agree(id)).await, Refusal::OwnDecision);
    assert!(world.actor(eve.actor()).await.suspended_at.is_none());
    world.done(world.local(uma), agree(id)).await;
    assert!(world.actor(eve.actor()).await.suspended_at.is_some());
    assert_eq!(world.refused(world.local(uma), agree(id)).await, Refusal::AlreadyAnswered);
    let domain = Domain::parse("evil.example").unwrap();
    let rule = Rule { reject_media: true, ..Rule::of(Severity::Suspend) };
    let rule = rule.commented("spam", "seen on 3 May").unwrap();
    let propose = Propose { act: Act::suspend_domain(&domain, &rule) };
    let id = world.done(world.local(uma), propose).await;
    world.done(world.local(rosa), agree(id)).await;
    let found = world.read(move |conn| db::domains::find(conn, &domain)).await.unwrap();
    assert_eq!(found.rule(), rule, "nothing of it is lost on the way");
    let states = world.read(db::domains::states).await;
    assert!(states.contains(&("evil.example".to_owned(), State::Suspended)));
    let severity = "suspend".to_owned();
    let act = Act::ImportDomains { list: "bad.example\nworse.example\n".to_owned(), severity };
    let id = world.done(world.local(uma), Propose { act }).await;
    let no = AnswerProposal { id, agree: false };
    world.done(world.local(uma), no).await;
    assert_eq!(world.refused(world.local(rosa), agree(id)).await, Refusal::AlreadyAnswered);
    assert_eq!(world.read(db::domains::all).await.len(), 1);
    world.events().await;
}

async fn that_it_takes_one_again_takes_two(world: World) {
    let rosa = world.admin("rosa").await;
    let uma = world.admin("uma").await;
    world.done(world.local(rosa), SetTwoPersons { on: true }).await;
    let off = SetTwoPersons { on: false };
    assert_eq!(world.refused(world.local(rosa), off.clone()).await, Refusal::SecondPerson);
    let id = world.done(world.local(rosa), Propose { act: Act::OnePerson }).await;
    world.done(world.local(uma), AnswerProposal { id, agree: true }).await;
    assert!(!world.read(two_persons).await);
    world.done(world.local(uma), SetTwoPersons { on: true }).await;
    world.done(Origin::server(), off).await;
    assert!(!world.read(two_persons).await, "the command line may");
}
