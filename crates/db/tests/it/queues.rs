//! What waits is taken once, by one, and in order.

use std::{collections::BTreeSet, sync::Mutex, thread};

use db::{Engine, Tx, deliveries, events, inbox, instances, jobs, processes};
use domain::follows::FollowState;

use crate::{
    engines::{Open, at, each_engine, id, open, write},
    rows::{activity, actor, follow},
};

each_engine!(
    followers_behind_one_shared_inbox_are_one_delivery,
    a_host_is_leased_to_one_worker,
    a_host_with_nothing_left_is_not_due,
    what_a_silent_process_held_is_free_and_nothing_of_one_that_is_alive,
    a_claim_is_won_once,
    each_job_is_taken_by_one_of_four_threads,
    each_host_is_taken_by_one_of_four_threads,
    an_event_is_finished_once,
);

/// An actor of ours, and an activity of it that waits for `b.example`.
fn waiting(tx: &mut Tx<'_>) -> db::Result<()> {
    let garden = actor(tx, 1, "a.example", false)?;
    let activity = activity(tx, 100, garden)?;
    instances::meet(tx, "b.example", at(0))?;
    deliveries::push(tx, activity, "https://b.example/inbox", "b.example", at(0))?;
    deliveries::wake_hosts(tx, activity, at(0))
}

fn followers_behind_one_shared_inbox_are_one_delivery(engine: Engine) {
    let it = open(engine);
    let found = write(&it.writer, |tx| {
        let garden = actor(tx, 1, "a.example", false)?;
        let accepted = [
            (2, "b.example", true),
            (3, "b.example", true),
            (4, "b.example", false),
            (5, "c.example", true),
            (6, "a.example", true),
            (7, "suspended.example", true),
        ];
        for (number, host, shared) in accepted {
            let follower = actor(tx, number, host, shared)?;
            follow(tx, follower, garden, FollowState::Accepted)?;
        }
        let pending = actor(tx, 8, "d.example", true)?;
        follow(tx, pending, garden, FollowState::Pending)?;
        let gone = actor(tx, 9, "e.example", true)?;
        follow(tx, gone, garden, FollowState::Accepted)?;
        db::actors::bury(tx, gone, at(0))?;
        let suspended = ["suspended.example".to_owned()];
        db::domains::set_states(tx, &suspended, domain::domains::State::Suspended)?;
        let activity = activity(tx, 100, garden)?;
        for _ in 0..2 {
            deliveries::push_to_followers(
                tx,
                activity,
                garden,
                deliveries::Audience::default(),
                at(0),
            )?;
        }
        deliveries::wake_hosts(tx, activity, at(0))?;
        let mut found = Vec::new();
        for host in deliveries::take(tx, b"one", at(0), at(60), 10)? {
            found.extend(deliveries::next(tx, &host, at(0), 10)?.into_iter().map(|row| row.inbox));
        }
        found.sort();
        Ok(found)
    });
    assert_eq!(
        found,
        ["https://b.example/inbox", "https://b.example/users/4/inbox", "https://c.example/inbox"]
    );
}

fn a_host_is_leased_to_one_worker(engine: Engine) {
    let Open { writer, .. } = &open(engine);
    write(writer, waiting);
    let take = |worker: &[u8], now: i64| {
        write(writer, |tx| deliveries::take(tx, worker, at(now), at(now + 60), 10)).len()
    };
    let renew = |worker: &[u8], until: i64| {
        write(writer, |tx| deliveries::renew(tx, "b.example", worker, at(until)))
    };
    assert_eq!(take(b"one", 0), 1);
    assert_eq!(take(b"two", 59), 0);
    assert!(renew(b"one", 90) && !renew(b"two", 900));
    assert_eq!((take(b"two", 61), take(b"two", 91)), (0, 1), "its lease was renewed once");
    assert!(!renew(b"one", 900), "the lease was lost");

    let until = at(300);
    write(writer, |tx| deliveries::back_off(tx, "b.example", until, "timed out", at(92)));
    assert_eq!((take(b"one", 299), take(b"one", 300)), (0, 1));
    write(writer, deliveries::release_all);
    assert_eq!(take(b"two", 301), 1);
    assert_eq!(write(writer, |tx| deliveries::count_waiting(tx)), 1);
}

fn what_a_silent_process_held_is_free_and_nothing_of_one_that_is_alive(engine: Engine) {
    let Open { writer, .. } = &open(engine);
    write(writer, waiting);
    let take = |worker: &'static [u8], now: i64| {
        let take = |tx: &mut Tx<'_>| deliveries::take(tx, worker, at(now), at(now + 60), 10);
        write(writer, take).len()
    };
    let jobs = |worker: &'static [u8], now: i64| {
        write(writer, |tx| jobs::take(tx, worker, at(now), at(now + 60), 10)).len()
    };
    write(writer, |tx| {
        processes::beat(tx, b"one")?;
        jobs::push(tx, id(1), "some", "job", "{}", at(0), at(0))
    });
    assert_eq!((take(b"one", 0), jobs(b"one", 0)), (1, 1));
    let seen = write(writer, |tx| processes::all(tx));
    assert_eq!(seen, [processes::ProcessRow { id: b"one".to_vec(), beats: 1 }]);
    write(writer, |tx| processes::beat(tx, b"one"));
    assert!(!write(writer, |tx| processes::bury(tx, &seen[0], at(1))), "it is alive");
    assert_eq!((take(b"two", 2), jobs(b"two", 2)), (0, 0));
    let seen = write(writer, |tx| processes::all(tx));
    assert!(write(writer, |tx| processes::bury(tx, &seen[0], at(3))));
    assert_eq!((take(b"two", 4), jobs(b"two", 4)), (1, 1), "it is dead");
    assert!(!write(writer, |tx| processes::bury(tx, &seen[0], at(5))), "and buried once");
    assert_eq!((take(b"three", 6), jobs(b"three", 6)), (0, 0), "others hold it now");
    write(writer, |tx| processes::leave(tx, b"two", at(7)));
    assert_eq!((take(b"three", 8), jobs(b"three", 8)), (1, 1));
    write(writer, |tx| processes::begin_alone(tx, at(9)));
    assert_eq!((take(b"four", 10), jobs(b"four", 10)), (1, 1));
}

fn a_host_with_nothing_left_is_not_due(engine: Engine) {
    let Open { writer, .. } = &open(engine);
    write(writer, waiting);
    let due = |now: i64| {
        let hosts = write(writer, |tx| deliveries::take(tx, b"one", at(now), at(now), 10));
        hosts.len()
    };
    assert_eq!(due(0), 1);
    write(writer, |tx| deliveries::release(tx, "b.example", at(0)));
    assert_eq!(due(1), 1, "something is left");
    let inbox = "https://b.example/inbox";
    write(writer, |tx| deliveries::finish(tx, id(100), inbox, "b.example", at(1)));
    write(writer, |tx| deliveries::release(tx, "b.example", at(1)));
    assert_eq!(due(1_000), 0);
    write(writer, |tx| {
        deliveries::push(tx, id(100), inbox, "b.example", at(2))?;
        deliveries::wake_hosts(tx, id(100), at(2))
    });
    assert_eq!(due(2), 1);
    write(writer, |tx| deliveries::give_up(tx, id(100), inbox, "410"));
    write(writer, |tx| deliveries::release(tx, "b.example", at(3)));
    assert_eq!(due(1_000), 0, "what was given up wakes nobody");
}

fn a_claim_is_won_once(engine: Engine) {
    let it = open(engine);
    for number in 0..10_u8 {
        let digest = [number; 32];
        let won: usize = thread::scope(|scope| {
            let claim = || write(&it.writer, |tx| inbox::claim(tx, &digest, at(0)));
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(claim)).collect();
            threads.into_iter().map(|it| usize::from(it.join().unwrap())).sum()
        });
        assert_eq!(won, 1);
        assert!(inbox::is_seen(&mut it.reader.get().unwrap(), &digest).unwrap());
    }
    // A claim that was not committed is no claim.
    let undone: db::Result<()> = it.writer.transaction(|tx| {
        assert!(inbox::claim(tx, &[99; 32], at(0))?);
        Err(db::DbError::NotFound("row"))
    });
    assert!(undone.is_err());
    assert!(write(&it.writer, |tx| inbox::claim(tx, &[99; 32], at(0))));
}

fn each_job_is_taken_by_one_of_four_threads(engine: Engine) {
    let it = open(engine);
    write(&it.writer, |tx| {
        (0..100)
            .try_for_each(|n| jobs::push(tx, id(n), "try", &n.to_string(), "{}", at(0), at(0)))?;
        jobs::push(tx, id(1_000), "try", "7", "{}", at(0), at(0))
    });
    let taken = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let jobs = write(&it.writer, |tx| jobs::take(tx, b"one", at(0), at(60), 7));
                    if jobs.is_empty() {
                        return;
                    }
                    taken.lock().unwrap().extend(jobs.into_iter().map(|job| job.id));
                }
            });
        }
    });
    let taken = taken.into_inner().unwrap();
    let once: BTreeSet<_> = taken.iter().collect();
    assert_eq!((taken.len(), once.len()), (100, 100));
    let late = write(&it.writer, |tx| jobs::take(tx, b"two", at(60), at(120), 1_000));
    assert_eq!(late.len(), 100, "what nobody finished comes back");
}

fn each_host_is_taken_by_one_of_four_threads(engine: Engine) {
    let it = open(engine);
    write(&it.writer, |tx| {
        let garden = actor(tx, 1, "a.example", false)?;
        let activity = activity(tx, 100, garden)?;
        for number in 0..40 {
            let host = format!("{number}.example");
            instances::meet(tx, &host, at(0))?;
            deliveries::push(tx, activity, &format!("https://{host}/inbox"), &host, at(0))?;
        }
        deliveries::wake_hosts(tx, activity, at(0))
    });
    let taken: Vec<String> = thread::scope(|scope| {
        let take = |worker: u8| {
            let mut all = Vec::new();
            loop {
                let some =
                    write(&it.writer, |tx| deliveries::take(tx, &[worker], at(0), at(60), 3));
                if some.is_empty() {
                    return all;
                }
                all.extend(some);
            }
        };
        let threads: Vec<_> = (0..4).map(|worker| scope.spawn(move || take(worker))).collect();
        threads.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    let once: BTreeSet<_> = taken.iter().collect();
    assert_eq!((taken.len(), once.len()), (40, 40));
}

fn an_event_is_finished_once(engine: Engine) {
    let it = open(engine);
    write(&it.writer, |tx| (0..20).try_for_each(|n| events::push(tx, id(n), "heard", "{}", at(0))));
    for number in 0..20 {
        let finished: usize = thread::scope(|scope| {
            let finish = || write(&it.writer, |tx| events::finish(tx, id(number)));
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(finish)).collect();
            threads.into_iter().map(|it| usize::from(it.join().unwrap())).sum()
        });
        assert_eq!(finished, 1);
    }
    assert_eq!(events::count_pending(&mut it.reader.get().unwrap()).unwrap(), 0);
}
