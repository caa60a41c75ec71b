//! How many may watch at once.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::watch;

/// The most streams of one account, or of one address where nobody signed in.
const MOST_OF_ONE: usize = 10;
/// The most streams of all.
const MOST: usize = 500;

/// The streams that are open in this process.
pub(crate) struct Seats {
    taken: Mutex<HashMap<String, usize>>,
    closed: watch::Sender<bool>,
}

/// A place among those who watch; given back when it is dropped.
pub(super) struct Seat {
    seats: Arc<Seats>,
    who: String,
}

impl Default for Seats {
    fn default() -> Self {
        Self { taken: Mutex::default(), closed: watch::Sender::new(false) }
    }
}

impl Seats {
    /// Ends all streams, and lets nobody in any more.
    pub(crate) fn close(&self) {
        self.closed.send_replace(true);
    }

    /// Turns true when streams should end.
    pub(super) fn closed(&self) -> watch::Receiver<bool> {
        self.closed.subscribe()
    }

    /// Takes a place; nothing where too many are taken.
    pub(super) fn take(self: &Arc<Self>, who: String) -> Option<Seat> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let theirs = taken.get(&who).copied().unwrap_or_default();
        if *self.closed.borrow() || theirs >= MOST_OF_ONE || taken.values().sum::<usize>() >= MOST {
            return None;
        }
        taken.insert(who.clone(), theirs + 1);
        Some(Seat { seats: Arc::clone(self), who })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let left = taken.get(&self.who).copied().unwrap_or_default().saturating_sub(1);
        if left == 0 {
            taken.remove(&self.who);
        } else {
            taken.insert(self.who.clone(), left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_for_each_and_for_all() {
        let seats = Arc::new(Seats::default());
        let mut mine: Vec<Seat> = (0..10).map(|_| seats.take("ada".to_owned()).unwrap()).collect();
        assert!(seats.take("ada".to_owned()).is_none());
        mine.pop();
        mine.push(seats.take("ada".to_owned()).unwrap());
        let others: Vec<_> = (0..600).map(|n| seats.take(format!("{}", n / 10))).collect();
        assert_eq!(others.iter().flatten().count(), MOST - 10);
        drop((mine, others));
        assert!(seats.taken.lock().unwrap().is_empty());
        seats.close();
        assert!(seats.take("ada".to_owned()).is_none());
    }
}
