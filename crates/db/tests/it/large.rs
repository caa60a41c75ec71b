//! With many letters waiting, what claims, queues, and lists them walks indexes: no plan reads a table of letters
//! or activities from end to end, on either engine.

use std::sync::{Arc, Mutex};

use db::{Conn, Engine, Result, Tx, deliveries, instances};
use diesel::connection::{Connection, InstrumentationEvent};
use domain::follows::FollowState;

use crate::{
    engines::{Open, at, each_engine, execute, id, lines, open, write},
    rows::{activity, actor, follow},
};

each_engine!(no_statement_of_a_long_queue_reads_it_from_end_to_end);

/// Twenty thousand letters, of which one host has half and a hundred others the rest, and a collective with followers.
fn fill(tx: &mut Tx<'_>) -> Result<()> {
    let garden = actor(tx, 1, "a.example", false)?;
    activity(tx, 100, garden)?;
    for number in 2..40 {
        let follower = actor(tx, number, &format!("{}.example", number % 5), number % 2 == 0)?;
        follow(tx, follower, garden, FollowState::Accepted)?;
    }
    instances::meet(tx, "b.example", at(0))?;
    (0..200).try_for_each(|number| instances::meet(tx, &format!("{number}.example"), at(0)))?;
    let (activities, letters) = match &**tx {
        Conn::Sqlite(_) => (
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) \
             INSERT INTO activities (id, actor_id, kind, public, body, created_at, lane) \
             SELECT unhex(printf('%032x', i + 1000000)), a.id, 'Create', TRUE, '{}', i, \
             unhex(printf('%032x', i / 3)) FROM n, actors a WHERE a.host = 'a.example'",
            "SELECT y.id, 'https://' || h || '.example/inbox', h || '.example', y.lane, FALSE, 0, \
             y.created_at, 0 FROM (SELECT *, CASE WHEN created_at % 2 = 0 THEN 'b' ELSE '' || created_at % 200 END \
             AS h FROM activities WHERE created_at > 0) y",
        ),
        Conn::Postgres(_) => (
            "INSERT INTO activities (id, actor_id, kind, public, body, created_at, lane) \
             SELECT decode(lpad(to_hex(i + 1000000), 32, '0'), 'hex'), a.id, 'Create', TRUE, '{}', i, \
             decode(lpad(to_hex(i / 3), 32, '0'), 'hex') \
             FROM generate_series(1, 20000) i, actors a WHERE a.host = 'a.example'",
            "SELECT y.id, 'https://' || h || '.example/inbox', h || '.example', y.lane, FALSE, 0, \
             y.created_at, 0 FROM (SELECT *, CASE WHEN created_at % 2 = 0 THEN 'b' ELSE '' || created_at % 200 END \
             AS h FROM activities WHERE created_at > 0) y",
        ),
    };
    execute(tx, activities)?;
    execute(
        tx,
        &format!(
            "INSERT INTO deliveries \
             (activity_id, inbox, host, lane, dead, attempts, created_at, due_at) {letters}"
        ),
    )?;
    execute(tx, "UPDATE deliveries SET dead = TRUE WHERE created_at % 100 = 0")
}

/// What a connection sends, with its values.
fn record(conn: &mut Conn) -> Arc<Mutex<Vec<String>>> {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&sent);
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            sink.lock().unwrap().push(text.split("-- binds:").next().unwrap().trim().to_owned());
        }
    });
    sent
}

/// Steps of the plans of what was sent that read a long table from end to end; on PostgreSQL, how often that was
/// done in this transaction.
fn scans(conn: &mut Conn, sent: &[String]) -> Vec<String> {
    #[derive(diesel::QueryableByName)]
    struct Step {
        #[diesel(sql_type = diesel::sql_types::Text)]
        detail: String,
    }
    let Conn::Sqlite(it) = conn else {
        return lines(
            conn,
            "SELECT relname || ' ' || seq_scan AS line FROM pg_stat_xact_user_tables \
             WHERE relname IN ('deliveries', 'activities') AND 0 < seq_scan",
        );
    };
    let explain = |text: &String| -> Vec<Step> {
        let plan = diesel::sql_query(format!("EXPLAIN QUERY PLAN {text}"));
        diesel::RunQueryDsl::load(plan, it).unwrap()
    };
    let steps = sent.iter().flat_map(explain).map(|step| step.detail);
    steps.filter(|step| is_scan(step)).collect()
}

/// Does a step read a long table, under whatever name, from end to end?
fn is_scan(step: &str) -> bool {
    let long = ["deliveries", "activities", "a", "d", "e", "y", "o", "w", "g"];
    if step.ends_with(" INDEX deliveries_dead_idx") {
        // It holds what was given up alone.
        return false;
    }
    let table = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
    table.is_some_and(|table| long.contains(&table))
}

type Work<'a> = (&'a str, &'a dyn Fn(&mut Tx<'_>) -> Result<()>);

fn no_statement_of_a_long_queue_reads_it_from_end_to_end(engine: Engine) {
    let it: Open = open(engine);
    write(&it.writer, fill);
    if engine == Engine::Postgres {
        write(&it.writer, |tx| execute(tx, "ANALYZE"));
    }
    let work: [Work<'_>; 12] = [
        ("take", &|tx| deliveries::take(tx, b"one", at(0), at(60), 10).map(drop)),
        ("next", &|tx| deliveries::next(tx, "b.example", at(0), 20).map(drop)),
        ("push", &|tx| deliveries::push(tx, id(100), "https://x/inbox", "b.example", at(0))),
        ("push to followers", &|tx| {
            let all = deliveries::Audience::default();
            deliveries::push_to_followers(tx, id(100), id(1), all, at(0))
        }),
        ("wake", &|tx| deliveries::wake_hosts(tx, id(100), at(0))),
        ("finish", &|tx| deliveries::finish(tx, id(100), "https://x/inbox", "b.example", at(0))),
        ("put off", &|tx| {
            let row = deliveries::next(tx, "1.example", at(0), 1)?.remove(0);
            deliveries::put_off(tx, &row, at(9), "500")
        }),
        ("leave in peace", &|tx| {
            deliveries::inboxes::count_failure(tx, "https://x/inbox", "b.example", at(0))?;
            deliveries::inboxes::leave_in_peace(tx, "https://x/inbox", at(9))
        }),
        ("release", &|tx| deliveries::release(tx, "b.example", at(0)).map(drop)),
        ("given up", &|tx| deliveries::dead(tx, 20).map(drop)),
        ("queues", &|tx| deliveries::admin::queues(tx, "", 51).map(drop)),
        ("old activities", &|tx| db::activities::old(tx, at(0), 100).map(drop)),
    ];
    for (name, work) in work {
        let scans = write(&it.writer, |tx| {
            let sent = record(tx);
            work(tx)?;
            let sent: Vec<String> = std::mem::take(&mut *sent.lock().unwrap());
            assert!(!sent.is_empty(), "{name}");
            Ok(scans(tx, &sent))
        });
        assert!(scans.is_empty(), "DLV-18 {name}: {scans:?}");
    }
}
