//! One stream: what it has told, and what it tells next.

use std::{
    collections::{BTreeSet, VecDeque},
    time::Duration,
};

use actix_web::web::{Bytes, Data};
use db::Conn;
use domain::{AccountId, EventId};
use tokio::{
    sync::watch,
    time::{Instant, sleep},
};

use super::{
    HappenedView,
    seats::Seat,
    topics::{self, Topic, Watcher},
};
use crate::{Api, Result, auth, problem::ApiError};

/// How often a stream looks by itself, and how long it outlives its token at most.
const LOOK: Duration = Duration::from_secs(1);
/// After how long a quiet stream says that it is still there.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How many events are read at once.
const PAGE: i64 = 200;

/// An open stream.
pub(super) struct Stream {
    api: Data<Api>,
    watcher: Watcher,
    token: Option<String>,
    account: Option<AccountId>,
    closed: watch::Receiver<bool>,
    place: Place,
    ready: VecDeque<String>,
    /// May there be more to read at once?
    more: bool,
    spoke: Instant,
    /// Given back with the stream.
    _seat: Seat,
}

/// How far somebody has read.
#[derive(Clone, Debug)]
struct Place {
    /// The last one that was looked at.
    at: EventId,
    /// What was looked at of the moments in which others may still appear.
    seen: BTreeSet<EventId>,
    /// From where to go on, where there was more than one page.
    next: Option<EventId>,
}

/// What was found, and how far it was read.
struct Found {
    place: Place,
    texts: Vec<String>,
    more: bool,
}

impl Stream {
    /// Begins after `since`, or now.
    pub(super) async fn open(
        api: Data<Api>,
        watcher: Watcher,
        token: Option<String>,
        since: Option<EventId>,
        seat: Seat,
    ) -> Result<Self> {
        let account = match &token {
            Some(token) => auth::account_of(&api, token).await?,
            None => None,
        };
        let newest = api.read(move |conn| newest(conn, watcher)).await?;
        let none = || EventId::from(uuid::Uuid::nil());
        // Without `since`, what is before this moment has been read.
        let at = since.or(newest).unwrap_or_else(none);
        let place = Place { at, seen: BTreeSet::from([at]), next: None };
        let place = match since {
            Some(_) => place,
            None => api.read(move |conn| read_all(conn, watcher, place)).await?,
        };
        let closed = api.limits.seats.closed();
        let ready = VecDeque::from(["retry: 3000\n: here you are\n\n".to_owned()]);
        let spoke = Instant::now();
        Ok(Self {
            api,
            watcher,
            token,
            account,
            closed,
            place,
            ready,
            more: true,
            spoke,
            _seat: seat,
        })
    }

    /// What is to be sent next; nothing where the stream ends.
    pub(super) async fn next(&mut self) -> Option<Bytes> {
        loop {
            if *self.closed.borrow() {
                return None;
            }
            if !self.ready.is_empty() {
                let text: String = self.ready.drain(..).collect();
                self.spoke = Instant::now();
                return Some(text.into());
            }
            if !self.more {
                self.wait().await;
            }
            if *self.closed.borrow() || !self.is_allowed().await {
                return None;
            }
            self.look().await;
        }
    }

    /// Until something has happened here, or a second has passed.
    async fn wait(&mut self) {
        let bell = self.api.door.bell().watchers.clone();
        tokio::select! {
            () = bell.notified() => {}
            () = sleep(LOOK) => {}
            _ = self.closed.changed() => {}
        }
    }

    /// Is the token still a good one of the same account?
    async fn is_allowed(&self) -> bool {
        let Some(token) = &self.token else { return true };
        // A database that is away for a moment ends no stream: it tells nothing meanwhile either.
        auth::account_of(&self.api, token).await.map_or(true, |found| found == self.account)
    }

    async fn look(&mut self) {
        let (watcher, place) = (self.watcher, self.place.clone());
        match self.api.read(move |conn| look(conn, watcher, place)).await {
            Ok(Found { place, texts, more }) => {
                (self.place, self.more) = (place, more);
                self.ready.extend(texts);
            }
            Err(err) => {
                self.more = false;
                tracing::warn!(%err, "a stream could not read what has happened");
            }
        }
        if self.ready.is_empty() && HEARTBEAT <= self.spoke.elapsed() {
            self.ready.push_back(": still here\n\n".to_owned());
        }
    }
}

fn newest(conn: &mut Conn, watcher: Watcher) -> Result<Option<EventId>> {
    Ok(match (watcher.topic, watcher.person) {
        (Topic::Notifications, Some(person)) => db::events::newest_told(conn, person)?,
        _ => db::events::newest(conn)?,
    })
}

/// Everything up to here was seen, whether or not it was told.
fn read_all(conn: &mut Conn, watcher: Watcher, mut place: Place) -> Result<Place> {
    let mut from = db::events::overlapping(conn, place.at);
    loop {
        let ids = ids_after(conn, watcher, from)?;
        let Some(last) = ids.last() else { return Ok(place) };
        from = *last;
        place.at = place.at.max(*last);
        place.seen.extend(ids);
    }
}

fn ids_after(conn: &mut Conn, watcher: Watcher, from: EventId) -> Result<Vec<EventId>> {
    Ok(match (watcher.topic, watcher.person) {
        (Topic::Notifications, Some(person)) => {
            let rows = db::events::told_after(conn, person, from, PAGE)?;
            rows.into_iter().map(|row| row.id).collect()
        }
        _ => db::events::after(conn, from, PAGE)?.into_iter().map(|row| row.id).collect(),
    })
}

/// Reads a page on from a place: first what may have appeared late, then what is new.
fn look(conn: &mut Conn, watcher: Watcher, mut place: Place) -> Result<Found> {
    let from = place.next.take().unwrap_or_else(|| db::events::overlapping(conn, place.at));
    let page = page(conn, watcher, from, &place.seen)?;
    let more = i64::try_from(page.len()).is_ok_and(|length| PAGE <= length);
    place.next = page.last().map(|(id, _)| *id).filter(|_| more);
    let mut texts = Vec::new();
    for (id, text) in page {
        place.at = place.at.max(id);
        place.seen.insert(id);
        texts.extend(text);
    }
    place.seen = place.seen.split_off(&db::events::overlapping(conn, place.at));
    Ok(Found { place, texts, more })
}

/// A page of what has happened, each with what is told of it.
fn page(
    conn: &mut Conn,
    watcher: Watcher,
    from: EventId,
    seen: &BTreeSet<EventId>,
) -> Result<Vec<(EventId, Option<String>)>> {
    if let (Topic::Notifications, Some(person)) = (watcher.topic, watcher.person) {
        let rows = db::events::told_after(conn, person, from, PAGE)?;
        return Ok(rows
            .into_iter()
            .map(|row| {
                let (id, at) = (row.id.uuid(), row.created_at);
                let view = HappenedView {
                    r#type: "notification",
                    change: row.kind,
                    id,
                    occurred_at: at.wire(),
                };
                (row.id, told(row.id, &view).filter(|_| !seen.contains(&row.id)))
            })
            .collect());
    }
    let mut page = Vec::new();
    for row in db::events::after(conn, from, PAGE)? {
        let mut text = None;
        if !seen.contains(&row.id)
            && let Some((thing, change)) = topics::read(&row)
            && hears(conn, watcher, thing)?
        {
            let view = HappenedView {
                r#type: thing.word(),
                change: change.word().to_owned(),
                id: thing.id(),
                occurred_at: row.occurred_at.wire(),
            };
            text = told(row.id, &view);
        }
        page.push((row.id, text));
    }
    Ok(page)
}

fn hears(conn: &mut Conn, watcher: Watcher, thing: ops::happened::Thing) -> Result<bool> {
    match watcher.hears(conn, thing) {
        Err(err @ ApiError::Op(ops::OpError::Storage(_))) => Err(err),
        heard => Ok(heard.unwrap_or_default()),
    }
}

/// An event as it is sent.
fn told(id: EventId, view: &HappenedView) -> Option<String> {
    let data = serde_json::to_string(view).ok()?;
    Some(format!("id: {id}\nevent: {}\ndata: {data}\n\n", view.r#type))
}
