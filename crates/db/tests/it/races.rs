//! Two transactions at once on PostgreSQL, each step where it hurts most. SQLite has one writer.

use std::{
    sync::Barrier,
    thread::{self, sleep},
    time::Duration,
};

use db::{Engine, Result, Tx, deliveries, instances, settings};

use crate::{
    engines::{Open, at, execute, id, open, write},
    rows::{activity, actor},
};

const A_WHILE: Duration = Duration::from_millis(300);

/// A server whose worker has sent everything and is about to give the host back.
fn nothing_left() -> Option<Open> {
    if !testkit::postgres_is_here() {
        return None;
    }
    let it = open(Engine::Postgres);
    write(&it.writer, |tx| {
        let garden = actor(tx, 1, "a.example", false)?;
        activity(tx, 100, garden)?;
        instances::meet(tx, "b.example", at(0))?;
        push(tx)?;
        deliveries::wake_hosts(tx, id(100), at(0))?;
        deliveries::take(tx, b"one", at(0), at(60), 10)?;
        deliveries::finish(tx, id(100), INBOX, "b.example", at(0))
    });
    Some(it)
}

const INBOX: &str = "https://b.example/inbox";

fn push(tx: &mut Tx<'_>) -> Result<()> {
    deliveries::push(tx, id(100), INBOX, "b.example", at(1))
}

fn is_due(it: &Open) -> bool {
    !write(&it.writer, |tx| deliveries::take(tx, b"two", at(2), at(60), 10)).is_empty()
}

#[test]
fn a_delivery_queued_while_its_host_is_given_back_wakes_it() {
    let Some(it) = nothing_left() else { return };
    let (pushed, released) = (Barrier::new(2), Barrier::new(2));
    thread::scope(|scope| {
        scope.spawn(|| {
            write(&it.writer, |tx| {
                push(tx)?;
                pushed.wait();
                released.wait();
                // The other has looked, seen nothing, and is not over yet.
                deliveries::wake_hosts(tx, id(100), at(1))
            });
        });
        scope.spawn(|| {
            pushed.wait();
            write(&it.writer, |tx| {
                deliveries::release(tx, "b.example", at(1))?;
                released.wait();
                sleep(A_WHILE);
                Ok(())
            });
        });
    });
    assert!(is_due(&it));
}

#[test]
fn a_host_given_back_while_a_delivery_is_queued_stays_due() {
    let Some(it) = nothing_left() else { return };
    let woken = Barrier::new(2);
    thread::scope(|scope| {
        scope.spawn(|| {
            write(&it.writer, |tx| {
                push(tx)?;
                deliveries::wake_hosts(tx, id(100), at(1))?;
                woken.wait();
                // The other waits for us before it looks.
                sleep(A_WHILE);
                Ok(())
            });
        });
        scope.spawn(|| {
            woken.wait();
            write(&it.writer, |tx| deliveries::release(tx, "b.example", at(1)));
        });
    });
    assert!(is_due(&it));
}

#[test]
fn letters_to_the_same_servers_do_not_block_each_other_for_good() {
    if !testkit::postgres_is_here() {
        return;
    }
    let it = open(Engine::Postgres);
    write(&it.writer, |tx| {
        let garden = actor(tx, 1, "a.example", false)?;
        (100..180).try_for_each(|number| activity(tx, number, garden).map(drop))
    });
    thread::scope(|scope| {
        for worker in 0..4_u128 {
            let writer = &it.writer;
            scope.spawn(move || {
                for round in 0..20 {
                    let number = 100 + worker * 20 + round;
                    // Each names the servers in another order.
                    let hosts = (0..8).map(|host| (host * 3 + worker * 5 + round) % 8);
                    let hosts: Vec<_> = hosts.map(|host| format!("{host}.example")).collect();
                    write(writer, |tx| {
                        for host in &hosts {
                            instances::meet(tx, host, at(0))?;
                            deliveries::push(tx, id(number), INBOX, host, at(0))?;
                        }
                        deliveries::wake_hosts(tx, id(number), at(0))
                    });
                }
            });
        }
    });
}

#[test]
fn of_two_transactions_that_block_each_other_one_is_tried_again() {
    if !testkit::postgres_is_here() {
        return;
    }
    let it = open(Engine::Postgres);
    write(&it.writer, |tx| {
        ["one", "two"].into_iter().try_for_each(|name| settings::keep(tx, name, "0"))
    });
    let both_hold_one = Barrier::new(2);
    let meet = |order: [&str; 2]| {
        let mut tries = 0;
        write(&it.writer, |tx| {
            tries += 1;
            let add =
                |name| format!("UPDATE settings SET value = value || '+' WHERE name = '{name}'");
            execute(tx, &add(order[0]))?;
            if tries == 1 {
                both_hold_one.wait();
            }
            execute(tx, &add(order[1]))
        });
        tries
    };
    let tries: i32 = thread::scope(|scope| {
        let first = scope.spawn(|| meet(["one", "two"]));
        let second = meet(["two", "one"]);
        first.join().unwrap() + second
    });
    assert_eq!(tries, 3, "one of them was tried twice");
    for name in ["one", "two"] {
        let value = settings::find(&mut it.reader.get().unwrap(), name).unwrap();
        assert_eq!(value.as_deref(), Some("0++"));
    }
}
