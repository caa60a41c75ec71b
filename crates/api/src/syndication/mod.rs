//! What is needed and offered, in the formats of other programs: Atom, JSON Feed, iCalendar, CSV, and
//! Murmurations profiles.
//!
//! **Invariant:** nobody is recognised here: no token and no cookie is read, so an answer is what anybody
//! sees, and may be kept and handed on by every cache.

mod answer;
mod atom;
mod calendar;
mod csv;
mod entries;
mod json_feed;
mod manners;
mod murmurations;

use actix_web::{HttpRequest, HttpResponse, middleware::from_fn, web};
use db::{
    Conn,
    actors::ActorRow,
    listings::{Filter, ListingRow},
};
use domain::{ListingId, Time};
use serde_json::Value;
use url::Url;

use self::{answer::fresh, entries::Entry};
use crate::{
    Api, Result,
    collectives::find,
    paging::{PageQuery, Span, query},
    problem::ApiError,
};

/// Every address that is read here, and the media type of what is found there.
pub const ADDRESSES: &[(&str, &str)] = &[
    ("/feeds/listings.atom", atom::MEDIA_TYPE),
    ("/feeds/listings.json", json_feed::MEDIA_TYPE),
    ("/feeds/listings.ics", calendar::MEDIA_TYPE),
    ("/feeds/listings.csv", csv::MEDIA_TYPE),
    ("/feeds/c/{collective}.atom", atom::MEDIA_TYPE),
    ("/feeds/c/{collective}.json", json_feed::MEDIA_TYPE),
    ("/feeds/c/{collective}.ics", calendar::MEDIA_TYPE),
    ("/feeds/c/{collective}.csv", csv::MEDIA_TYPE),
    ("/murmurations/profiles", murmurations::MEDIA_TYPE),
    ("/murmurations/c/{collective}", murmurations::MEDIA_TYPE),
    ("/murmurations/listings/{listing}", murmurations::MEDIA_TYPE),
];

/// The name under which the cursors of these lists are made.
const LIST: &str = "feeds/listings";
/// So many events has a calendar at most.
const MOST_EVENTS: i64 = 1_000;
/// So many rows has a table at most.
const MOST_ROWS: i64 = 5_000;
/// So many rows are read at once.
const AT_ONCE: i64 = 500;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    let nowhere = || web::PathConfig::default().error_handler(|_, _| ApiError::NoSuchPath.into());
    cfg.service(
        web::scope("/feeds")
            .app_data(nowhere())
            .wrap(from_fn(manners::keep))
            .service(web::resource("/listings.{format}").get(of_all))
            .service(web::resource("/c/{file}").get(of_one))
            .default_service(web::to(crate::manners::no_such_path)),
    );
    cfg.service(
        web::scope("/murmurations")
            .app_data(nowhere())
            .wrap(from_fn(manners::keep))
            .configure(murmurations::routes)
            .default_service(web::to(crate::manners::no_such_path)),
    );
}

/// In which format a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Atom,
    JsonFeed,
    Calendar,
    Csv,
}

impl Format {
    fn named(ending: &str) -> Result<Self> {
        match ending {
            "atom" => Ok(Self::Atom),
            "json" => Ok(Self::JsonFeed),
            "ics" => Ok(Self::Calendar),
            "csv" => Ok(Self::Csv),
            _ => Err(ApiError::NoSuchPath),
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Atom => atom::MEDIA_TYPE,
            Self::JsonFeed => json_feed::MEDIA_TYPE,
            Self::Calendar => calendar::MEDIA_TYPE,
            Self::Csv => csv::MEDIA_TYPE,
        }
    }

    fn write(self, list: &List) -> Result<String> {
        match self {
            Self::Atom => atom::write(list),
            Self::JsonFeed => Ok(json_feed::write(list)),
            Self::Calendar => Ok(calendar::write(list)),
            Self::Csv => csv::write(list),
        }
    }

    /// A feed tells what is new, so it is of what is open where nothing else is said; a calendar has to say
    /// what was called off, and a table is for those who count.
    fn usually_open(self) -> Option<bool> {
        match self {
            Self::Atom | Self::JsonFeed => Some(true),
            Self::Calendar | Self::Csv => None,
        }
    }
}

/// A list, and how to speak of it.
struct List {
    title: String,
    /// The page with the same.
    page: String,
    /// What names the list, whichever page of it this is.
    id: String,
    /// This very page of it.
    address: String,
    /// The next page.
    next: Option<String>,
    /// Whose it is, where it is of one collective.
    owner: Option<ActorRow>,
    entries: Vec<Entry>,
}

impl List {
    /// When anything in it last changed.
    fn changed(&self) -> Time {
        let entries = self.entries.iter().map(|entry| entry.row.updated_at).max();
        let owner = self.owner.as_ref().map(|owner| owner.updated_at);
        entries.max(owner).unwrap_or_default()
    }
}

/// The listings of everybody known here.
async fn of_all(
    api: web::Data<Api>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    serve(&api, &req, Format::named(&path)?, None).await
}

/// The listings of one collective.
async fn of_one(
    api: web::Data<Api>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let (name, ending) = path.rsplit_once('.').ok_or(ApiError::NoSuchPath)?;
    let format = Format::named(ending)?;
    let owner = find(&api, name).await?;
    serve(&api, &req, format, Some(owner)).await
}

async fn serve(
    api: &Api,
    req: &HttpRequest,
    format: Format,
    owner: Option<ActorRow>,
) -> Result<HttpResponse> {
    let asked = Filter::parse(req.query_string())?;
    let filter = Filter {
        collective: owner.as_ref().map(|owner| owner.id.collective()).or(asked.collective),
        open: asked.open.or(format.usually_open()),
        ..asked
    };
    let span = query::<PageQuery>(req)?.span(LIST)?;
    let (here, name) = (Here::of(api, req), api.name.clone());
    // Written where it is read: to make the words of many harmless takes its time.
    let written = api.read(move |conn| {
        let (rows, next) = rows(conn, format, &filter, span)?;
        let list = List {
            title: owner.as_ref().map_or_else(
                || format!("Needs and offers · {name}"),
                |owner| entries::bare(owner.display_name()),
            ),
            page: owner.as_ref().map_or_else(|| here.listings(), entries::page_of),
            id: here.whole(),
            address: here.address(None),
            next: next.map(|next| here.address(Some(&next))),
            owner,
            entries: entries::load(conn, rows)?,
        };
        Ok((format.write(&list)?, list.changed(), list.next))
    });
    let (body, changed, next) = written.await?;
    let mut answer = fresh(req, format.media_type(), body, Some(changed));
    if format == Format::Csv {
        csv::attach(&mut answer, next.as_deref());
    }
    Ok(answer)
}

/// What is on the page, and where the next one begins.
fn rows(
    conn: &mut Conn,
    format: Format,
    filter: &Filter,
    span: Span,
) -> Result<(Vec<ListingRow>, Option<String>)> {
    let (span, mut rows) = match format {
        Format::Atom | Format::JsonFeed => {
            (span, db::listings::page(conn, filter, span.cursor(), span.rows())?)
        }
        Format::Csv => {
            let span = span.of(MOST_ROWS);
            (span, many(conn, filter, span.cursor(), span.rows())?)
        }
        Format::Calendar => {
            return Ok((db::listings::timed_page(conn, filter, None, MOST_EVENTS)?, None));
        }
    };
    let next = span.cut(&mut rows, |row| row.id.uuid());
    Ok((rows, next))
}

/// Sets a field where there is something to say.
fn set(object: &mut Value, key: &str, value: Option<Value>) {
    if let (Some(map), Some(value)) = (object.as_object_mut(), value) {
        map.insert(key.to_owned(), value);
    }
}

/// Many listings, read a part at a time.
fn many(
    conn: &mut Conn,
    filter: &Filter,
    mut cursor: Option<ListingId>,
    most: i64,
) -> Result<Vec<ListingRow>> {
    let mut rows = Vec::new();
    loop {
        let left = most - i64::try_from(rows.len()).unwrap_or(most);
        let some = db::listings::page(conn, filter, cursor, left.min(AT_ONCE))?;
        let Some(last) = some.last().map(|row| row.id) else { return Ok(rows) };
        cursor = Some(last);
        rows.extend(some);
        if left <= AT_ONCE {
            return Ok(rows);
        }
    }
}

/// The address that was asked for, as the world knows this server.
struct Here {
    base: Url,
    path: String,
    query: String,
}

impl Here {
    fn of(api: &Api, req: &HttpRequest) -> Self {
        Self {
            base: api.door.site().base().clone(),
            path: req.path().to_owned(),
            query: req.query_string().to_owned(),
        }
    }

    /// The page with the same for people.
    fn listings(&self) -> String {
        format!("{}listings", self.base)
    }

    /// Of this page, or of the one that begins at a cursor.
    fn address(&self, cursor: Option<&str>) -> String {
        self.with(|name| name != "cursor" || cursor.is_none(), cursor)
    }

    /// Of the list, whichever page of it this is.
    fn whole(&self) -> String {
        self.with(|name| !matches!(name, "cursor" | "limit"), None)
    }

    fn with(&self, keep: impl Fn(&str) -> bool, cursor: Option<&str>) -> String {
        let mut url = self.base.clone();
        url.set_path(&self.path);
        let asked = url::form_urlencoded::parse(self.query.as_bytes());
        let kept: Vec<_> = asked.filter(|(name, _)| keep(name)).collect();
        if !kept.is_empty() {
            url.query_pairs_mut().extend_pairs(kept);
        }
        if let Some(cursor) = cursor {
            url.query_pairs_mut().append_pair("cursor", cursor);
        }
        url.into()
    }
}
