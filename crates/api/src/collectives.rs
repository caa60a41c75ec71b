//! Collectives: the directory, founding one, and what its stewards say of it.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use db::{Conn, actors::ActorRow, collectives::CollectiveRow};
use domain::{
    CollectiveId, Handle, Invalid, PersonId,
    collectives::{FollowPolicy, Profile, Sections},
    memberships::Standing,
    text::Language,
};
use ops::collectives::{CreateCollective, EditCollective};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    Api, Result,
    actors::ActorView,
    auth::{MaybeViewer, ReadCollectives, Viewer, WriteCollectives},
    body::{Body, Change},
    etag::{IfMatch, etag},
    listings::{PlaceForm, views::PlaceView},
    paging::{Page, PageQuery, query},
    problem::ApiError,
    profiles::SectionTexts,
    sight, words,
};

/// So many members are named at most.
const NAMED: i64 = 100;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/collectives").get(page).post(create));
    cfg.service(web::resource("/collectives/{collective}").get(show).patch(edit));
}

/// A collective in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CollectiveCard {
    #[serde(flatten)]
    actor: ActorView,
    /// What it says of itself, as plain text.
    pub(crate) summary: String,
}

/// A collective with what only its own server knows; `null` for those of other servers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CollectiveView {
    #[serde(flatten)]
    card: CollectiveCard,
    /// What it says of itself, as harmless HTML.
    summary_html: String,
    language: Option<String>,
    #[schema(value_type = Option<words::FollowPolicy>)]
    follow_policy: Option<&'static str>,
    /// Whether members publish by themselves; if not, they write drafts.
    members_publish: Option<bool>,
    /// Whether it takes new listings.
    board_open: Option<bool>,
    /// How many follow it, as far as this server knows.
    followers: i64,
    open_needs: i64,
    open_offers: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    /// Counts changes; also the `ETag`.
    version: Option<i64>,
    /// Whether everybody may read what its stewards did; `null` for collectives of other servers.
    public_log: Option<bool>,
    /// Where it is; the point is coarse.
    place: Option<PlaceView>,
    /// What it says of itself beyond its summary; `null` for collectives of other servers.
    sections: Option<SectionTexts>,
    /// The members who agreed to be named here, at most a hundred; the others nobody learns of.
    people: Vec<ActorView>,
    /// How you stand with it; `null` for strangers.
    membership: Option<MembershipView>,
}

/// How somebody stands with a collective.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MembershipView {
    /// `null` while suspended.
    #[schema(value_type = Option<words::Role>)]
    role: Option<&'static str>,
    #[schema(value_type = words::MemberState)]
    state: &'static str,
    /// Whether you are named on its page.
    shown: bool,
}

impl CollectiveCard {
    /// From its row.
    pub(crate) fn new(row: &ActorRow) -> Self {
        let summary = if row.local { row.summary.clone() } else { ops::html::words(&row.summary) };
        Self { actor: ActorView::new(row), summary }
    }
}

impl MembershipView {
    /// How a viewer stands with a collective.
    pub(crate) fn load(
        conn: &mut Conn,
        id: CollectiveId,
        viewer: Option<PersonId>,
    ) -> Result<Option<Self>> {
        let (role, state) = match sight::standing(conn, id, viewer)? {
            Standing::Active(role) => (Some(role.word()), "active"),
            Standing::Invited(role) => (Some(role.word()), "invited"),
            Standing::Suspended => (None, "suspended"),
            Standing::Stranger => return Ok(None),
        };
        let shown = viewer.map(|person| db::memberships::is_shown(conn, id, person)).transpose()?;
        Ok(Some(Self { role, state, shown: shown.unwrap_or_default() }))
    }
}

/// Loads what there is to say of a collective.
fn view(conn: &mut Conn, actor: &ActorRow, viewer: Option<PersonId>) -> Result<CollectiveView> {
    let id = actor.id.collective();
    let row = db::collectives::find(conn, id)?;
    let (open_needs, open_offers) = db::listings::count_open(conn, id)?;
    let summary_html = if actor.local {
        ops::html::from_text(&actor.summary)
    } else {
        ops::html::clean(&actor.summary)
    };
    Ok(CollectiveView {
        card: CollectiveCard::new(actor),
        summary_html,
        language: row.as_ref().map(|row| row.language.as_str().to_owned()),
        follow_policy: row.as_ref().map(|row| row.follow_policy.word()),
        members_publish: row.as_ref().map(|row| row.members_publish),
        public_log: row.as_ref().map(|row| row.public_log),
        board_open: row.as_ref().map(|row| row.board().open),
        followers: db::follows::count_followers(conn, actor.id)?,
        open_needs,
        open_offers,
        created_at: actor.created_at.wire(),
        version: row.as_ref().map(|row| row.version),
        place: row.as_ref().and_then(PlaceView::of_collective),
        sections: match row {
            Some(_) => Some(SectionTexts::new(&db::profiles::sections(conn, id)?)),
            None => None,
        },
        people: db::memberships::shown(conn, id, NAMED)?.iter().map(ActorView::new).collect(),
        membership: MembershipView::load(conn, id, viewer)?,
    })
}

/// Answers with one collective as it is now.
async fn answer(
    api: &Api,
    mut answer: actix_web::HttpResponseBuilder,
    id: CollectiveId,
    viewer: Option<PersonId>,
) -> Result<HttpResponse> {
    let found = api.read(move |conn| {
        let actor = db::actors::find(conn, id.actor())?;
        view(conn, &actor.ok_or_else(|| ApiError::not_found("collective"))?, viewer)
    });
    let view = found.await?;
    if let Some(version) = view.version {
        answer.insert_header(etag(version));
    }
    Ok(answer.json(view))
}

/// Which collectives to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DirectoryQuery {
    /// `local`, which is usual: those of this server; `known`: those of other servers that are known here.
    #[param(value_type = Option<Scope>, inline)]
    scope: Option<String>,
}

/// Whose collectives.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the words of a parameter")]
pub(crate) enum Scope {
    Local,
    Known,
}

/// Lists collectives, the newest first.
#[utoipa::path(
    get,
    path = "/collectives",
    operation_id = "listCollectives",
    tag = "collectives",
    params(DirectoryQuery, PageQuery),
    responses((status = 200, description = "A page of collectives", body = Page<CollectiveCard>, headers(("Link" = String)))),
    security((), ("bearer" = ["collectives:read"]))
)]
pub(crate) async fn page(
    api: web::Data<Api>,
    _viewer: MaybeViewer<ReadCollectives>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let known = match query::<DirectoryQuery>(&req)?.scope.as_deref() {
        None | Some("local") => false,
        Some("known") => true,
        Some(_) => return Err(Invalid::new("scope", "must be one of: local known").into()),
    };
    let span = query::<PageQuery>(&req)?.span("collectives")?;
    let found = api.read(move |conn| {
        let mut rows = if known {
            db::collectives::page_remote(conn, span.cursor(), span.rows())?
        } else {
            db::collectives::page(conn, span.cursor(), span.rows())?
        };
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: rows.iter().map(CollectiveCard::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// A new collective.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "handle": "garden",
    "name": "Garden of the valley",
    "summary": "We grow what we eat.",
    "language": "en",
    "follow_policy": "open",
    "members_publish": true,
}))]
pub(crate) struct CreateCollectiveForm {
    /// 2 to 40 letters a to z, digits, or `_`; dots and hyphens only between them. It never changes.
    #[schema(value_type = words::Handle)]
    handle: String,
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// Plain text.
    #[schema(max_length = 2000)]
    summary: Option<String>,
    /// A language tag (BCP 47); that of your account where it is left out.
    #[schema(value_type = Option<words::Language>)]
    language: Option<String>,
    /// `open` where it is left out.
    #[schema(value_type = Option<words::FollowPolicy>)]
    follow_policy: Option<String>,
    /// `true` where it is left out.
    members_publish: Option<bool>,
}

impl CreateCollectiveForm {
    fn profile(&self, locale: &str) -> Result<Profile> {
        let language = self.language.as_deref().unwrap_or(locale);
        let policy = self.follow_policy.as_deref();
        Ok(Profile::new(
            &self.name,
            self.summary.as_deref().unwrap_or_default(),
            Language::parse(language)?,
            policy.map_or(Ok(FollowPolicy::Open), FollowPolicy::parse).map_err(policy_field)?,
            self.members_publish.unwrap_or(true),
        )?)
    }
}

fn policy_field(invalid: Invalid) -> Invalid {
    Invalid { field: "follow_policy", ..invalid }
}

/// Founds a collective; you are its first steward.
#[utoipa::path(
    post,
    path = "/collectives",
    operation_id = "createCollective",
    tag = "collectives",
    request_body = CreateCollectiveForm,
    responses((
        status = 201,
        description = "The new collective",
        body = CollectiveView,
        headers(("Location" = String), ("ETag" = String))
    )),
    security(("bearer" = ["collectives:write"]))
)]
pub(crate) async fn create(
    api: web::Data<Api>,
    viewer: Viewer<WriteCollectives>,
    body: Body,
) -> Result<HttpResponse> {
    let form: CreateCollectiveForm = body.json()?;
    let handle = Handle::choose(&form.handle)?;
    let profile = form.profile(&viewer.account.locale)?;
    let operation = CreateCollective {
        handle,
        profile,
        group_keys: api.keys.pair().await?,
        voice_keys: api.keys.pair().await?,
    };
    let id = api.door.perform(viewer.origin(), operation).await?;
    let mut created = HttpResponse::Created();
    created
        .insert_header((header::LOCATION, api.door.site().at(&format!("api/v1/collectives/{id}"))));
    answer(&api, created, id, Some(viewer.person)).await
}

/// Shows a collective, here or elsewhere.
#[utoipa::path(
    get,
    path = "/collectives/{collective}",
    operation_id = "showCollective",
    tag = "collectives",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    responses(
        (
            status = 200,
            description = "The collective",
            body = CollectiveView,
            headers(("ETag" = String))
        ),
        (status = 410, description = "It was dissolved")
    ),
    security((), ("bearer" = ["collectives:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: MaybeViewer<ReadCollectives>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let actor = find(&api, &path).await?;
    answer(&api, HttpResponse::Ok(), actor.id.collective(), viewer.person).await
}

/// What to change of a collective; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "summary": "We grow what we eat, and more." }))]
pub(crate) struct EditCollectiveForm {
    #[schema(min_length = 1, max_length = 100)]
    name: Option<String>,
    #[schema(max_length = 2000)]
    summary: Option<String>,
    #[schema(value_type = Option<words::Language>)]
    language: Option<String>,
    #[schema(value_type = Option<words::FollowPolicy>)]
    follow_policy: Option<String>,
    members_publish: Option<bool>,
    /// May everybody read what its stewards did? Its members may always.
    public_log: Option<bool>,
    /// Where it is, or `null`; of the point, only a coarse one is kept.
    #[serde(default)]
    #[schema(value_type = Option<PlaceForm>)]
    place: Change<PlaceForm>,
    /// What is left out stays; what is empty is taken away.
    sections: Option<SectionTexts>,
}

impl EditCollectiveForm {
    fn profile(self, actor: &ActorRow, row: &CollectiveRow, sections: Sections) -> Result<Profile> {
        let language = self.language.as_deref().unwrap_or(row.language.as_str());
        let policy = self.follow_policy.as_deref().unwrap_or(row.follow_policy.word());
        let profile = Profile::new(
            self.name.as_deref().unwrap_or(&actor.name),
            self.summary.as_deref().unwrap_or(&actor.summary),
            Language::parse(language)?,
            FollowPolicy::parse(policy).map_err(policy_field)?,
            self.members_publish.unwrap_or(row.members_publish),
        )?;
        Ok(Profile {
            public_log: self.public_log.unwrap_or(row.public_log),
            place: self.place.apply(row.place(), PlaceForm::parse)?,
            sections: self.sections.unwrap_or_default().apply(sections)?,
            ..profile
        })
    }
}

/// Changes what a collective says of itself; its stewards may.
#[utoipa::path(
    patch,
    path = "/collectives/{collective}",
    operation_id = "editCollective",
    tag = "collectives",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what you saw")
    ),
    request_body = EditCollectiveForm,
    responses(
        (
            status = 200,
            description = "The collective as it is now",
            body = CollectiveView,
            headers(("ETag" = String))
        ),
        (status = 409, description = "Somebody else has changed it meanwhile"),
        (status = 412, description = "It is not the version that If-Match names")
    ),
    security(("bearer" = ["collectives:write"]))
)]
pub(crate) async fn edit(
    api: web::Data<Api>,
    viewer: Viewer<WriteCollectives>,
    path: web::Path<String>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse> {
    let form: EditCollectiveForm = body.json()?;
    let seen = IfMatch::of(&req);
    let actor = find(&api, &path).await?;
    let id = actor.id.collective();
    let found = api.read(move |conn| {
        let row = db::collectives::find(conn, id)?.ok_or(domain::Refusal::NotFromHere)?;
        Ok((row, db::profiles::sections(conn, id)?))
    });
    let (row, sections) = found.await?;
    let profile = form.profile(&actor, &row, sections)?;
    seen.check(row.version)?;
    let operation = EditCollective { collective: id, profile, version: Some(row.version) };
    let done = api.door.perform(viewer.origin(), operation).await;
    done.map_err(|err| ApiError::from(err).precondition(seen.is_named()))?;
    answer(&api, HttpResponse::Ok(), id, Some(viewer.person)).await
}

/// The collective that a path names.
pub(crate) async fn find(api: &Api, text: &str) -> Result<ActorRow> {
    let host = api.door.site().host().to_owned();
    let text = text.to_owned();
    api.read(move |conn| sight::collective(conn, &host, &text)).await
}
