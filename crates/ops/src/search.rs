//! The index of words, made anew: after an upgrade that keeps other words, or when somebody asks for it.
//!
//! Every row is kept up by whoever writes it (`db::search`); nothing here is needed from day to day.

use db::Conn;
use domain::{ActorId, ListingId, Origin, search::VERSION};

use crate::{Door, Op, Operation, Result};

/// Under this name the database knows which words it keeps.
const SETTING: &str = "search.version";

/// So many rows in one transaction.
const BATCH: i64 = 500;

/// Where making the index anew has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Collectives and people after this one.
    Actors(Option<ActorId>),
    /// Needs and offers after this one.
    Listings(Option<ListingId>),
    Done,
}

/// Keeps the words of some rows anew; says how many, and where to go on.
#[derive(Clone, Copy, Debug)]
pub struct Reindex {
    pub stage: Stage,
}

impl Operation for Reindex {
    type Done = (usize, Stage);

    fn perform(self, op: &mut Op<'_, '_>) -> Result<(usize, Stage)> {
        match self.stage {
            Stage::Actors(cursor) => {
                let (number, last) = db::search::keep_actors_after(op.tx, cursor, BATCH)?;
                let on = Stage::Actors(last);
                Ok((number, if last.is_some() { on } else { Stage::Listings(None) }))
            }
            Stage::Listings(cursor) => {
                let (number, last) = db::search::keep_listings_after(op.tx, cursor, BATCH)?;
                if last.is_some() {
                    return Ok((number, Stage::Listings(last)));
                }
                db::settings::set(op.tx, SETTING, VERSION)?;
                Ok((number, Stage::Done))
            }
            Stage::Done => Ok((0, Stage::Done)),
        }
    }
}

/// Does the database keep other words than this program asks for, or none yet?
pub fn is_outdated(conn: &mut Conn) -> db::Result<bool> {
    Ok(db::settings::find(conn, SETTING)?.as_deref() != Some(VERSION))
}

/// Makes the whole index anew, in many small transactions, and tells after each how many rows are done. Blocks;
/// others may search and write meanwhile.
pub fn reindex(door: &Door, mut progress: impl FnMut(usize)) -> Result<usize> {
    let (mut done, mut stage) = (0, Stage::Actors(None));
    while stage != Stage::Done {
        let (number, next) = door.perform_blocking(&Origin::server(), &Reindex { stage })?;
        stage = next;
        done += number;
        if 0 < number {
            progress(done);
        }
    }
    Ok(done)
}
