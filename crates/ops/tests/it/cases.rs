//! Reports become a case, a case is decided, and whoever it is about may say something to it.

use domain::{
    ActorId, CaseId, DecisionId, PersonId, Refusal, ReplyId,
    cases::{CaseState, DecisionKind},
};
use ops::{
    OpError,
    cases::{AnswerAppeal, Appeal, DecideCase, Door, FollowUp, OpenCase},
    reports::{Report, Subject},
    secrets,
};
use testkit::World;

testkit::both_engines!(
    reports_about_one_are_one_case,
    what_was_said_is_hidden_and_shown_again,
    whoever_is_shut_out_appeals_by_a_letter,
    a_repair_is_come_back_to,
    only_admins_decide_and_never_about_themselves,
);

struct Scene {
    rosa: PersonId,
    uma: PersonId,
    eve: PersonId,
    reply: ReplyId,
}

impl Scene {
    /// Two admins, and somebody whose answer is reported.
    async fn new(world: &World) -> Self {
        let rosa = world.admin("rosa").await;
        let uma = world.admin("uma").await;
        let ada = world.person("ada").await;
        let garden = world.collective("garden", ada).await;
        let need = world.need(garden, ada, "Chairs").await;
        let eve = world.person("eve").await;
        let reply = world.answer(need, eve, "Buy chairs").await;
        Self { rosa, uma, eve, reply }
    }

    async fn report(&self, world: &World, by: &str, subject: Subject) -> domain::ReportId {
        let by = world.person(by).await;
        let report = Report { subject, text: "spam".to_owned(), forward: false };
        world.done(world.local(by), report).await.report
    }

    /// A case about what was said.
    async fn case(&self, world: &World) -> CaseId {
        let report = self.report(world, "bea", Subject::Reply(self.reply)).await;
        world.done(world.local(self.rosa), OpenCase { report }).await
    }

    fn decide(case: CaseId, kind: DecisionKind) -> DecideCase {
        DecideCase { case, kind, text: "It is spam.".to_owned(), follow_up_at: None }
    }
}

fn answer(decision: DecisionId, upheld: bool) -> AnswerAppeal {
    AnswerAppeal { decision, upheld, answer: "We have looked again.".to_owned() }
}

async fn reports_about_one_are_one_case(world: World) {
    let scene = Scene::new(&world).await;
    let first = scene.report(&world, "bea", Subject::Reply(scene.reply)).await;
    scene.report(&world, "cho", Subject::Actor(scene.eve.actor())).await;
    scene.report(&world, "dan", Subject::Actor(scene.uma.actor())).await;
    let case = world.done(world.local(scene.rosa), OpenCase { report: first }).await;
    let again = world.done(world.local(scene.uma), OpenCase { report: first }).await;
    assert_eq!(case, again);
    scene.report(&world, "flo", Subject::Actor(scene.eve.actor())).await;
    let rows = world.read(move |conn| db::cases::reports(conn, case, 10)).await;
    assert_eq!(rows.len(), 3, "one that comes later joins it");
    let loose = world.read(|conn| db::cases::loose(conn, None, 10)).await;
    assert_eq!(loose.len(), 1);
    let decide = Scene::decide(case, DecisionKind::NoSanction);
    world.done(world.local(scene.rosa), decide.clone()).await;
    let row = world.read(move |conn| db::cases::find(conn, case)).await.unwrap();
    assert_eq!(row.state, CaseState::Decided);
    let rows = world.read(move |conn| db::cases::reports(conn, case, 10)).await;
    assert!(rows.iter().all(|row| !row.open), "all are dealt with");
    let refusal = world.refused(world.local(scene.rosa), decide).await;
    assert_eq!(refusal, Refusal::AlreadyAnswered);
    let late = scene.report(&world, "gus", Subject::Actor(scene.eve.actor())).await;
    let new = world.done(world.local(scene.rosa), OpenCase { report: late }).await;
    assert_ne!(new, case, "what is decided stays so");
}

async fn what_was_said_is_hidden_and_shown_again(world: World) {
    let scene = Scene::new(&world).await;
    let case = scene.case(&world).await;
    let decide = Scene::decide(case, DecisionKind::Hidden);
    let decision = world.done(world.local(scene.rosa), decide).await;
    assert!(world.reply(scene.reply).await.hidden_at.is_some());
    let door = Door::Person(decision);
    let appeal = Appeal { door, text: "It was a joke.".to_owned() };
    let stranger = world.person("stranger").await;
    let err = world.failed(world.local(stranger), appeal.clone()).await;
    assert!(matches!(err, OpError::NotFound(_)), "{err:?}");
    world.done(world.local(scene.eve), appeal.clone()).await;
    let refusal = world.refused(world.local(scene.eve), appeal).await;
    assert_eq!(refusal, Refusal::AlreadyAnswered, "once");
    let refusal = world.refused(world.local(scene.rosa), answer(decision, false)).await;
    assert_eq!(refusal, Refusal::OwnDecision, "nobody judges themselves");
    world.done(world.local(scene.uma), answer(decision, false)).await;
    assert!(world.reply(scene.reply).await.hidden_at.is_none(), "it is undone");
    let refusal = world.refused(world.local(scene.uma), answer(decision, true)).await;
    assert_eq!(refusal, Refusal::AlreadyAnswered);
    world.events().await;
    world.jobs().await;
}

async fn whoever_is_shut_out_appeals_by_a_letter(world: World) {
    let scene = Scene::new(&world).await;
    let case = scene.case(&world).await;
    let decide = Scene::decide(case, DecisionKind::Suspended);
    let decision = world.done(world.local(scene.rosa), decide).await;
    let suspended = async |world: &World| {
        world.actor(ActorId::from(scene.eve.uuid())).await.suspended_at.is_some()
    };
    assert!(suspended(&world).await);
    let word = world.link("eve@mail.example").await;
    let by = |word: &str| Appeal {
        door: Door::Letter(secrets::digest(word)),
        text: "It was not me.".to_owned(),
    };
    let visitor = domain::Origin::visitor;
    assert_eq!(world.refused(visitor(), by("guess")).await, Refusal::BadLink);
    world.done(visitor(), by(&word)).await;
    world.done(world.local(scene.uma), answer(decision, false)).await;
    assert!(!suspended(&world).await, "they are let in again");
    let letters = world.letters().await;
    assert!(letters[0].text.contains("taken back"), "{}", letters[0].text);
    world.events().await;
}

async fn a_repair_is_come_back_to(world: World) {
    let scene = Scene::new(&world).await;
    let case = scene.case(&world).await;
    let decide = Scene::decide(case, DecisionKind::Repair);
    let invalid = world.invalid(world.local(scene.rosa), decide.clone()).await;
    assert_eq!(invalid.field, "follow_up_at");
    let soon = Some(world.now().plus_days(30));
    let decide = DecideCase { follow_up_at: soon, ..decide };
    let decision = world.done(world.local(scene.rosa), decide).await;
    let due = world.read(|conn| db::cases::to_follow_up(conn, 10)).await;
    assert_eq!(due.iter().map(|row| row.id).collect::<Vec<_>>(), [decision]);
    world.done(world.local(scene.uma), FollowUp { decision }).await;
    assert!(world.read(|conn| db::cases::to_follow_up(conn, 10)).await.is_empty());
    let refusal = world.refused(world.local(scene.uma), FollowUp { decision }).await;
    assert_eq!(refusal, Refusal::AlreadyAnswered);
}

async fn only_admins_decide_and_never_about_themselves(world: World) {
    let scene = Scene::new(&world).await;
    let case = scene.case(&world).await;
    let decide = Scene::decide(case, DecisionKind::Warning);
    assert_eq!(world.refused(world.local(scene.eve), decide).await, Refusal::NotAllowed);
    let report = scene.report(&world, "cho", Subject::Actor(scene.rosa.actor())).await;
    let case = world.done(world.local(scene.uma), OpenCase { report }).await;
    let decide = Scene::decide(case, DecisionKind::NoSanction);
    assert_eq!(world.refused(world.local(scene.rosa), decide.clone()).await, Refusal::OwnDecision);
    let nothing = Scene::decide(case, DecisionKind::Hidden);
    assert_eq!(world.invalid(world.local(scene.uma), nothing).await.field, "kind");
    world.done(world.local(scene.uma), decide).await;
}
