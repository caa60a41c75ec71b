//! Transactions of SQLite that wait for the disk together.
//!
//! SQLite writes one transaction at a time, and each waits for the disk at its end. Where others wait for their turn
//! meanwhile, a transaction is a savepoint in one that they share: the last of them commits it, and nobody is told
//! that anything was done before that. So what is acknowledged is on the disk, and a hundred writers wait once.
//!
//! **Invariant:** what one of them does wrong is rolled back alone; what goes wrong at the end is everybody's.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use diesel::connection::{Connection, TransactionManager};

use crate::{
    DbError,
    pool::{Conn, Loan, Tx},
};

/// How many share one commit, at most.
const MOST: usize = 100;
/// How long the first of them waits for the others to have their turn, at most.
const LONGEST: Duration = Duration::from_millis(5);
/// How long somebody waits for a turn.
const PATIENCE: Duration = Duration::from_secs(5);

type Manager = <Conn as Connection>::TransactionManager;

/// Whose turn it is.
#[derive(Default)]
pub(crate) struct Together {
    turns: Mutex<Turns>,
    free: Condvar,
}

#[derive(Default)]
struct Turns {
    busy: bool,
    waiting: usize,
    /// What was begun and is not committed yet, while nobody is at it.
    open: Option<Open>,
}

/// A transaction that several share.
struct Open {
    conn: Loan,
    group: Arc<Group>,
    members: usize,
    began: Instant,
}

/// How a shared transaction ended, for those who wait for it.
#[derive(Default)]
struct Group {
    end: Mutex<Option<Result<(), String>>>,
    ended: Condvar,
}

/// A turn; whatever happens in it, the next one gets theirs.
struct Turn<'t> {
    together: &'t Together,
    open: Option<Open>,
    /// Whether it is still this one's turn.
    held: bool,
    /// Whether its work has begun, and not ended.
    inside: bool,
}

impl Together {
    /// Does `work` in a transaction that is committed when this returns, alone or with others.
    pub(crate) fn run<T, E: From<DbError>>(
        &self,
        begin: impl FnOnce() -> Result<Loan, DbError>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut turn = self.enter()?;
        if turn.open.is_none() {
            let (group, began) = (Arc::default(), Instant::now());
            turn.open = Some(Open { conn: begin()?, group, members: 0, began });
        }
        let Some(open) = turn.open.as_mut() else {
            return Err(DbError::Unavailable("no connection".to_owned()).into());
        };
        open.members += 1;
        let group = Arc::clone(&open.group);
        Manager::begin_transaction(&mut *open.conn).map_err(DbError::from)?;
        turn.inside = true;
        let done = work(&mut Tx::of(&mut open.conn));
        turn.inside = false;
        let ended = match &done {
            Ok(_) => Manager::commit_transaction(&mut *open.conn),
            Err(_) => Manager::rollback_transaction(&mut *open.conn),
        };
        if let Err(err) = ended {
            // SQLite has given up the whole: a full disk, say.
            turn.give_up(&err.to_string());
            return Err(DbError::from(err).into());
        }
        turn.end();
        group.wait().map_err(DbError::Unavailable)?;
        done
    }

    fn enter(&self) -> Result<Turn<'_>, DbError> {
        let mut turns = lock(&self.turns);
        let start = Instant::now();
        turns.waiting += 1;
        while turns.busy {
            let left = PATIENCE.saturating_sub(start.elapsed());
            if left.is_zero() {
                turns.waiting -= 1;
                return Err(DbError::Unavailable("too many write at once".to_owned()));
            }
            let woken = self.free.wait_timeout(turns, left);
            turns = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
        turns.waiting -= 1;
        turns.busy = true;
        let open = turns.open.take();
        Ok(Turn { together: self, open, held: true, inside: false })
    }
}

impl Turn<'_> {
    /// Hands over to who waits, or commits.
    fn end(&mut self) {
        let mut turns = lock(&self.together.turns);
        if let Some(open) = self.open.as_ref()
            && 0 < turns.waiting
            && open.members < MOST
            && open.began.elapsed() < LONGEST
        {
            turns.open = self.open.take();
        } else {
            drop(turns);
            self.commit();
            turns = lock(&self.together.turns);
        }
        turns.busy = false;
        self.held = false;
        drop(turns);
        self.together.free.notify_one();
    }

    fn commit(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        let committed = Manager::commit_transaction(&mut *open.conn);
        if committed.is_err() {
            drop(Manager::rollback_transaction(&mut *open.conn));
        }
        let group = Arc::clone(&open.group);
        // The connection is back before anybody is told.
        drop(open);
        group.tell(committed.map_err(|err| err.to_string()));
    }

    /// Nothing of what was begun is kept.
    fn give_up(&mut self, why: &str) {
        if let Some(mut open) = self.open.take() {
            for _ in 0..2 {
                drop(Manager::rollback_transaction(&mut *open.conn));
            }
            let group = Arc::clone(&open.group);
            drop(open);
            group.tell(Err(why.to_owned()));
        }
    }
}

impl Drop for Turn<'_> {
    /// After a panic in it, what was done in it is rolled back, and the others go on.
    fn drop(&mut self) {
        if let Some(open) = self.open.as_mut().filter(|_| self.inside)
            && Manager::rollback_transaction(&mut *open.conn).is_ok()
        {
            self.end();
        }
        if self.open.is_some() {
            self.give_up("another transaction failed");
        }
        // Where the turn has ended, the next one may be at it already.
        if std::mem::take(&mut self.held) {
            lock(&self.together.turns).busy = false;
            self.together.free.notify_one();
        }
    }
}

impl Group {
    fn tell(&self, end: Result<(), String>) {
        *lock(&self.end) = Some(end);
        self.ended.notify_all();
    }

    fn wait(&self) -> Result<(), String> {
        let mut end = lock(&self.end);
        loop {
            if let Some(end) = end.as_ref() {
                return end.clone();
            }
            end = self.ended.wait(end).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
