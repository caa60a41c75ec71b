//! Finding needs and offers, collectives, and people by their words.

use actix_web::{HttpRequest, HttpResponse, web};
use db::Conn;
use domain::{
    Invalid,
    search::{Criteria, Words},
};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;
use utoipa::{IntoParams, ToSchema};

use crate::{
    Api, Result,
    actors::ActorView,
    auth::{MaybeViewer, ReadSearch},
    collectives::CollectiveCard,
    listings::views::{self, ListingView},
    paging::{Page, PageQuery, Span, query},
    problem::ApiError,
    words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/search").get(search));
}

/// Which needs and offers; all that is named must be so.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what the criteria read")]
pub(crate) struct FilterQuery {
    /// Words, at most 12: all of them must be there, each as the beginning of a word or as a form of it, with
    /// or without accents. Nothing in them is an operator.
    #[param(max_length = 200, example = "sillas")]
    q: Option<String>,
    #[param(value_type = Option<words::Purpose>)]
    purpose: Option<String>,
    #[param(value_type = Option<words::Kind>)]
    kind: Option<String>,
    #[param(value_type = Option<words::Category>)]
    category: Option<String>,
    /// Marked with this tag, in capitals or not, with its `#` or without.
    #[param(max_length = 101, example = "cosecha")]
    tag: Option<String>,
    #[param(value_type = Option<words::Terms>)]
    terms: Option<String>,
    /// Written in this language or a variety of it: `es` is `es-MX` too.
    #[param(value_type = Option<words::Language>)]
    language: Option<String>,
    #[param(value_type = Option<words::Urgency>)]
    urgency: Option<String>,
    /// Of the collective with this id.
    #[param(format = "uuid")]
    collective: Option<String>,
    /// Around a point: its latitude and longitude. What is compared is the place as the public sees it, blurred
    /// to about a kilometre.
    #[param(
        example = "41.4,2.16",
        pattern = "^-?(90|[1-8]?[0-9]([.][0-9]{1,12})?),-?(180|(1[0-7]|[1-9])?[0-9]([.][0-9]{1,12})?)$"
    )]
    near: Option<String>,
    /// How far around it, in metres; 10,000 where it is left out.
    #[param(minimum = 1, maximum = 500_000)]
    radius: Option<f64>,
    /// `true`: open ones; `false`: closed ones; left out: both.
    open: Option<bool>,
    /// Wanted or to be had at some time from then on.
    #[param(format = DateTime)]
    from: Option<String>,
    /// Wanted or to be had at some time up to then.
    #[param(format = DateTime)]
    until: Option<String>,
}

/// What of it is a word of a list, or nothing.
const NAMED: [&str; 8] =
    ["purpose", "kind", "category", "tag", "terms", "language", "urgency", "open"];

impl FilterQuery {
    /// Reads them. A form of a page leaves empty what it does not ask for; a program leaves it out, and
    /// whatever made it empty by mistake would get more than it asked for.
    pub(crate) fn read(req: &HttpRequest) -> Result<Criteria> {
        for (name, value) in form_urlencoded::parse(req.query_string().as_bytes()) {
            if let Some(name) = NAMED.into_iter().find(|it| *it == name)
                && value.trim().is_empty()
            {
                return Err(Invalid::new(name, "must not be empty; leave it out").into());
            }
        }
        Ok(Criteria::parse(req.query_string())?)
    }
}

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TypeQuery {
    /// `listings`, which is usual; `collectives`; or `people`, for those who are signed in.
    #[serde(rename = "type")]
    #[param(value_type = Option<Sort>, inline)]
    sort: Option<String>,
}

/// What can be looked for.
#[derive(Clone, Copy, ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum Sort {
    Listings,
    Collectives,
    People,
}

/// What was found; `type` says what it is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Found {
    Listing(Box<ListingView>),
    Collective(CollectiveCard),
    Person(ActorView),
}

impl TypeQuery {
    fn sort(&self) -> Result<Sort> {
        match self.sort.as_deref() {
            None | Some("listings") => Ok(Sort::Listings),
            Some("collectives") => Ok(Sort::Collectives),
            Some("people") => Ok(Sort::People),
            Some(_) => {
                Err(Invalid::new("type", "must be one of: listings collectives people").into())
            }
        }
    }
}

/// Finds needs and offers, collectives, or people; the newest first. Filters other than `q` are about needs and
/// offers alone.
#[utoipa::path(
    get,
    path = "/search",
    operation_id = "search",
    tag = "search",
    params(TypeQuery, FilterQuery, PageQuery),
    responses((status = 200, description = "A page of what was found", body = Page<Found>, headers(("Link" = String)))),
    security((), ("bearer" = ["search:read"]))
)]
pub(crate) async fn search(
    api: web::Data<Api>,
    viewer: MaybeViewer<ReadSearch>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let sort = query::<TypeQuery>(&req)?.sort()?;
    let criteria = FilterQuery::read(&req)?;
    let span = query::<PageQuery>(&req)?;
    let found = match sort {
        Sort::Listings => {
            let span = span.span("search/listings")?;
            api.read(move |conn| listings(conn, &criteria, span)).await?
        }
        Sort::Collectives => {
            let span = span.span("search/collectives")?;
            api.read(move |conn| collectives(conn, criteria, span)).await?
        }
        Sort::People => {
            // Who has an account here is not for every passer-by to list.
            viewer.person.ok_or(ApiError::NoToken)?;
            let words = criteria.words.ok_or(Invalid::new("q", "is missing"))?;
            let span = span.span("search/people")?;
            api.read(move |conn| people(conn, &words, span)).await?
        }
    };
    Ok(found.answer(&api, &req))
}

fn listings(conn: &mut Conn, criteria: &Criteria, span: Span) -> Result<Page<Found>> {
    let mut rows = db::listings::page(conn, criteria, span.cursor(), span.rows())?;
    let next = span.cut(&mut rows, |row| row.id.uuid());
    let views = views::all(conn, &rows)?;
    let items = views.into_iter().map(|view| Found::Listing(Box::new(view))).collect();
    Ok(Page { items, next })
}

fn collectives(conn: &mut Conn, criteria: Criteria, span: Span) -> Result<Page<Found>> {
    let Criteria { words, category, near, .. } = criteria;
    let wanted = db::directory::Wanted { words, category, near, located: false };
    let mut rows = db::directory::page(conn, &wanted, span.cursor(), span.rows())?;
    let next = span.cut(&mut rows, |row| row.id.uuid());
    let cards = rows.iter().map(|row| Found::Collective(CollectiveCard::new(row)));
    Ok(Page { items: cards.collect(), next })
}

fn people(conn: &mut Conn, words: &Words, span: Span) -> Result<Page<Found>> {
    let mut rows = db::actors::people(conn, words, span.cursor(), span.rows())?;
    let next = span.cut(&mut rows, |row| row.id.uuid());
    let views = rows.iter().map(|row| Found::Person(ActorView::new(row)));
    Ok(Page { items: views.collect(), next })
}
