//! Lists of domains, made to rules all at once.

use std::time::Instant;

use domain::{
    Origin,
    domains::{Severity, State},
};
use ops::{
    domains::{ImportDomainRules, Plan, read, write},
    follows::AskFollow,
};
use testkit::World;

use super::rule;

testkit::both_engines!(
    a_list_says_what_it_would_do_and_then_does_it,
    twenty_thousand_domains_are_rules_within_seconds,
);

const LIST: &str = "\
#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate
# the worst first
b.example,suspend,false,false,spam,false
known.example,silence,true,false,,true
same.example,suspend,false,false,,false
com,suspend,false,false,,false
*,suspend,false,false,,false
*.wild.example,suspend,false,false,,false
A.example,suspend,false,false,,false
B.EXAMPLE.,suspend,false,false,again,false
broken.example,forever,false,false,,false

";

async fn dry(world: &World, text: &'static str) -> Plan {
    let (host, now) = (world.site.host().to_owned(), world.now());
    world
        .read(move |conn| {
            let lines = read(text, Severity::Suspend);
            ops::domains::plan(conn, &host, &lines, None, now)
        })
        .await
}

async fn a_list_says_what_it_would_do_and_then_does_it(world: World) {
    let ada = world.person("ada").await;
    let bob = world.remote_person("bob@social.b.example").await;
    world.done(world.local(ada), AskFollow { followed: bob }).await;
    world.done(Origin::server(), rule("known.example", Severity::Suspend)).await;
    world.done(Origin::server(), rule("same.example", Severity::Suspend)).await;
    let before = world.rows().await;
    let plan = dry(&world, LIST).await;
    assert!(before.changed(&world.rows().await).is_empty(), "a dry run changes nothing");
    check(&plan);
    let lines = read(LIST, Severity::Suspend);
    check(&world.done(Origin::server(), ImportDomainRules { lines }).await);
    assert!(world.follow(ada.actor(), bob).await.is_none());
    let again = dry(&world, LIST).await;
    assert_eq!((again.new.len(), again.changed.len(), again.unchanged), (0, 0, 4));
    assert!(again.severed.is_empty());
    let text = world.read(|conn| Ok(write(&db::domains::all(conn)?))).await;
    assert!(text.contains("known.example,silence,true,false,,true\n"), "{text}");
    assert_eq!(
        world.audit().await.last().unwrap(),
        "import_domain_rules  2 new, 1 changed, 5 refused"
    );
}

fn check(plan: &Plan) {
    let names = |domains: &[domain::domains::Domain]| {
        domains.iter().map(|it| it.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&plan.new), ["b.example", "wild.example"]);
    assert_eq!(names(&plan.changed), ["known.example"]);
    assert_eq!(plan.unchanged, 1);
    let refused: Vec<(u64, &str)> =
        plan.refused.iter().map(|it| (it.line, it.reason.as_str())).collect();
    assert_eq!(
        refused,
        [
            (6, "domain must not be a top level domain"),
            (7, "domain must be a whole domain without *; a rule holds for all below it"),
            (9, "domain must not be that of this server itself"),
            (10, "stands in line 3 already"),
            (11, "severity must be one of: limit suspend noop allow"),
        ],
        "MOD-05"
    );
    let severed = ("@ada@a.example".to_owned(), "@bob@social.b.example".to_owned());
    assert_eq!(plan.severed, [severed], "MOD-05");
}

async fn twenty_thousand_domains_are_rules_within_seconds(world: World) {
    let lines: Vec<String> = (0..20_000).map(|number| format!("spam{number}.example")).collect();
    let text = lines.join("\n");
    world.remote_person("bob@spam19999.example").await;
    let lines = read(&text, Severity::Suspend);
    let started = Instant::now();
    let plan = world.done(Origin::server(), ImportDomainRules { lines }).await;
    assert_eq!(plan.new.len(), 20_000, "MOD-05");
    assert!(started.elapsed().as_secs() < 10, "MOD-05: {:?}", started.elapsed());
    let state = world.read(|conn| db::domains::state_of(conn, "x.spam19999.example")).await;
    assert_eq!(state, State::Suspended, "MOD-05");
    let row = world.read(|conn| db::instances::find(conn, "spam19999.example")).await.unwrap();
    assert_eq!(row.state, State::Suspended, "MOD-05");
    let lines = read(&text, Severity::Noop);
    let plan = world.done(Origin::server(), ImportDomainRules { lines }).await;
    assert_eq!((plan.changed.len(), plan.new.len()), (20_000, 0), "MOD-05: and back again");
    let row = world.read(|conn| db::instances::find(conn, "spam19999.example")).await.unwrap();
    assert_eq!(row.state, State::Open, "MOD-05");
}
