//! Answers under a listing.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use db::{Conn, actors::ActorRow, replies::ReplyRow};
use domain::{
    PersonId, ReplyId, Time,
    replies::{As, body},
    text::Language,
};
use ops::replies::{DeleteReply, EditReply, PostReply};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Result,
    actors::{self, ActorView},
    auth::{MaybeViewer, ReadReplies, Viewer, WriteReplies},
    body::Body,
    listings::views::words_of,
    paging::{Page, PageQuery, query},
    posts,
    problem::ApiError,
    sight, words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/listings/{listing}/replies").get(thread).post(post));
    cfg.service(web::resource("/replies/{reply}").get(posts::show).patch(edit).delete(remove));
}

/// An answer under a listing, or a post of somebody who is followed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReplyView {
    #[schema(value_type = String, format = "uuid")]
    pub(crate) id: Uuid,
    /// The address that names it on every server.
    uri: String,
    url: String,
    /// The listing it answers; `null` for posts.
    #[schema(value_type = Option<String>, format = "uuid")]
    listing: Option<Uuid>,
    /// The answer it answers; `null` where it answers the listing itself.
    #[schema(value_type = Option<String>, format = "uuid")]
    parent: Option<Uuid>,
    /// 0 under the listing, one more under each answer.
    depth: i32,
    state: ReplyState,
    /// A person, or the collective where a member answered as its voice; `null` unless it is shown.
    author: Option<ActorView>,
    /// The community of another server that it stands in.
    community: Option<ActorView>,
    /// Of a post of the threadiverse.
    title: Option<String>,
    /// What its author warns of, as plain text; clients fold what stands below it.
    summary: Option<String>,
    /// Whether its author wants it folded.
    sensitive: bool,
    /// Plain text.
    text: String,
    /// The same as harmless HTML.
    html: String,
    language: Option<String>,
    #[schema(value_type = words::Visibility)]
    visibility: &'static str,
    #[schema(value_type = String, format = DateTime)]
    published_at: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    updated_at: Option<String>,
    likes: i64,
    /// Votes against it, of the threadiverse.
    dislikes: i64,
    boosts: i64,
}

/// Whether an answer is shown; one that is not leaves an empty place in the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReplyState {
    Shown,
    /// By its collective.
    Hidden,
    /// By its author.
    Deleted,
}

impl ReplyView {
    /// Several with what belongs to them, loaded at once.
    pub(crate) fn all(conn: &mut Conn, rows: &[(ReplyRow, ActorRow)]) -> Result<Vec<Self>> {
        let ids: Vec<Uuid> = rows.iter().map(|(row, _)| row.id.uuid()).collect();
        let counts = db::reactions::count(conn, &ids)?;
        let groups = rows.iter().filter_map(|(row, _)| row.group_id).collect();
        let groups = actors::load(conn, groups)?;
        let views = rows.iter().map(|(row, author)| {
            let counts = counts.iter().find(|it| it.object == row.id.uuid());
            let group = row.group_id.and_then(|id| groups.get(&id).cloned());
            Self::new(row, author, group, counts.copied().unwrap_or_default())
        });
        Ok(views.collect())
    }

    fn new(
        row: &ReplyRow,
        author: &ActorRow,
        community: Option<ActorView>,
        counts: db::reactions::Counts,
    ) -> Self {
        let state = match (row.deleted_at, row.hidden_at) {
            (Some(_), _) => ReplyState::Deleted,
            (None, Some(_)) => ReplyState::Hidden,
            (None, None) => ReplyState::Shown,
        };
        let shown = state == ReplyState::Shown;
        let (text, html) =
            if shown { words_of(&row.text, &row.html) } else { (String::new(), String::new()) };
        Self {
            id: row.id.uuid(),
            uri: row.ap_id.clone(),
            url: row.url.clone().unwrap_or_else(|| row.ap_id.clone()),
            listing: row.listing_id.map(domain::Id::uuid),
            parent: row.parent_id.map(domain::Id::uuid),
            depth: row.depth,
            state,
            author: shown.then(|| ActorView::new(author)),
            community,
            title: row.title.clone().filter(|_| shown),
            summary: row.summary.clone().filter(|_| shown),
            sensitive: row.sensitive,
            text,
            html,
            language: row.language.clone(),
            visibility: row.visibility.word(),
            published_at: row.published_at.wire(),
            updated_at: row.updated_at.map(Time::wire),
            likes: counts.likes,
            dislikes: counts.dislikes,
            boosts: counts.boosts,
        }
    }
}

/// One reply, as somebody may see it.
pub(crate) fn one(conn: &mut Conn, id: ReplyId, viewer: Option<PersonId>) -> Result<ReplyView> {
    let row = sight::reply(conn, id, viewer)?;
    let author = db::actors::find(conn, row.author_id)?;
    let author = author.ok_or_else(|| ApiError::not_found("author"))?;
    let view = ReplyView::all(conn, &[(row, author)])?.pop();
    view.ok_or_else(|| ApiError::not_found("reply"))
}

/// Lists what was answered under a listing, the oldest first; `parent` makes it a thread.
///
/// Answers that are not public are listed for their authors and for those who speak for the collective.
#[utoipa::path(
    get,
    path = "/listings/{listing}/replies",
    operation_id = "listReplies",
    tag = "replies",
    params(("listing" = String, Path, description = "Its id", format = "uuid"), PageQuery),
    responses(
        (status = 200, description = "A page of the thread", body = Page<ReplyView>, headers(("Link" = String))),
        (status = 410, description = "The listing was deleted")
    ),
    security((), ("bearer" = ["replies:read"]))
)]
pub(crate) async fn thread(
    api: web::Data<Api>,
    viewer: MaybeViewer<ReadReplies>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let id = sight::id(&path, "listing")?;
    let span = query::<PageQuery>(&req)?.span("replies")?;
    let person = viewer.person;
    let found = api.read(move |conn| {
        let listing = sight::listing(conn, id, person)?;
        let all = sight::standing(conn, listing.collective_id, person)?.speaks().is_ok();
        let reader = person.map(PersonId::actor);
        let (cursor, rows) = (span.cursor(), span.rows());
        let mut rows = db::replies::thread_page(conn, id, all, reader, cursor, rows)?;
        let next = span.cut(&mut rows, |row| row.0.id.uuid());
        Ok(Page { items: ReplyView::all(conn, &rows)?, next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "We have 8 of them.", "as": "themselves" }))]
pub(crate) struct PostReplyForm {
    /// Plain text; addresses in it become links.
    #[schema(min_length = 1, max_length = 5000)]
    text: String,
    /// The id of the answer that is answered.
    #[schema(format = "uuid")]
    parent: Option<String>,
    /// `themselves` where it is left out; `voice` for those who speak for the collective.
    #[schema(value_type = Option<words::As>)]
    r#as: Option<String>,
    #[schema(value_type = Option<words::Language>)]
    language: Option<String>,
}

/// Answers under a listing, as yourself or as the voice of its collective.
#[utoipa::path(
    post,
    path = "/listings/{listing}/replies",
    operation_id = "postReply",
    tag = "replies",
    params(("listing" = String, Path, description = "Its id", format = "uuid")),
    request_body = PostReplyForm,
    responses(
        (
            status = 201,
            description = "The new answer",
            body = ReplyView,
            headers(("Location" = String))
        ),
        (status = 409, description = "The thread is too deep at this place"),
        (status = 410, description = "The listing was deleted")
    ),
    security(("bearer" = ["replies:write"]))
)]
pub(crate) async fn post(
    api: web::Data<Api>,
    viewer: Viewer<WriteReplies>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: PostReplyForm = body.json()?;
    let person = viewer.person;
    let operation = form.operation(sight::id(&path, "listing")?)?;
    let (listing, parent) = (operation.listing, operation.parent);
    let seen = api.read(move |conn| {
        sight::listing(conn, listing, Some(person))?;
        parent.map(|parent| sight::reply(conn, parent, Some(person))).transpose()
    });
    seen.await?;
    let id = api.door.perform(viewer.origin(), operation).await?;
    let view = api.read(move |conn| one(conn, id, Some(person))).await?;
    let location = api.door.site().at(&format!("api/v1/replies/{id}"));
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(view))
}

impl PostReplyForm {
    fn operation(&self, listing: domain::ListingId) -> Result<PostReply> {
        let parent = self.parent.as_deref();
        Ok(PostReply {
            listing,
            parent: parent.map(|parent| sight::id(parent, "reply")).transpose()?,
            speak: self.r#as.as_deref().map_or(Ok(As::Themselves), As::parse)?,
            text: body(&self.text)?,
            language: language(self.language.as_deref())?,
        })
    }
}

/// The language of an answer, as it was sent.
pub(crate) fn language(text: Option<&str>) -> Result<Option<String>> {
    Ok(text.map(Language::parse).transpose()?.map(String::from))
}

/// Other words for an answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "We have 9 of them." }))]
pub(crate) struct EditReplyForm {
    /// Plain text.
    #[schema(min_length = 1, max_length = 5000)]
    text: String,
}

/// Changes the words of an answer of yours, or of the voice you may speak with.
#[utoipa::path(
    patch,
    path = "/replies/{reply}",
    operation_id = "editReply",
    tag = "replies",
    params(("reply" = String, Path, description = "Its id", format = "uuid")),
    request_body = EditReplyForm,
    responses(
        (status = 200, description = "The answer as it is now", body = ReplyView),
        (status = 410, description = "It was deleted")
    ),
    security(("bearer" = ["replies:write"]))
)]
pub(crate) async fn edit(
    api: web::Data<Api>,
    viewer: Viewer<WriteReplies>,
    path: web::Path<String>,
    form: Body,
) -> Result<HttpResponse> {
    let form: EditReplyForm = form.json()?;
    let text = body(&form.text)?;
    let (reply, person) = (sight::id(&path, "reply")?, Some(viewer.person));
    api.read(move |conn| sight::reply(conn, reply, person)).await?;
    api.door.perform(viewer.origin(), EditReply { reply, text }).await?;
    let view = api.read(move |conn| one(conn, reply, person)).await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Takes back an answer of yours, or of the voice you may speak with.
#[utoipa::path(
    delete,
    path = "/replies/{reply}",
    operation_id = "deleteReply",
    tag = "replies",
    params(("reply" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (status = 204, description = "Its words are gone; its place in the thread stays"),
        (status = 410, description = "It was deleted before")
    ),
    security(("bearer" = ["replies:write"]))
)]
pub(crate) async fn remove(
    api: web::Data<Api>,
    viewer: Viewer<WriteReplies>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let (reply, person) = (sight::id(&path, "reply")?, Some(viewer.person));
    api.read(move |conn| sight::reply(conn, reply, person)).await?;
    api.door.perform(viewer.origin(), DeleteReply { reply }).await?;
    Ok(HttpResponse::NoContent().finish())
}
