//! Posts that stand under no listing: in communities of other servers, and of people who are followed.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use db::{mentions::Part, replies::ReplyRow};
use domain::{
    PersonId, ReplyId,
    mentions::MentionState,
    replies::{As, body},
};
use ops::{posts::AnswerPost, replies::PostReply};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    Api, Result,
    auth::{MaybeViewer, ReadReplies, Viewer, WriteReplies},
    body::Body,
    collectives::find,
    paging::{Page, PageQuery, query},
    replies::{ReplyView, language, one},
    sight, words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/collectives/{collective}/posts").get(page));
    cfg.service(web::resource("/replies/{reply}/replies").get(thread).post(answer));
}

/// Lists what is posted in a community of another server, or what a collective of this one passes on; the
/// newest first.
#[utoipa::path(
    get,
    path = "/collectives/{collective}/posts",
    operation_id = "listPosts",
    tag = "replies",
    params(
        ("collective" = String, Path, description = "Its id, its handle, or handle@host"),
        PageQuery
    ),
    responses((status = 200, description = "A page of posts", body = Page<ReplyView>, headers(("Link" = String)))),
    security((), ("bearer" = ["replies:read"]))
)]
pub(crate) async fn page(
    api: web::Data<Api>,
    _viewer: MaybeViewer<ReadReplies>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("posts")?;
    let group = find(&api, &path).await?;
    let found = api.read(move |conn| {
        let (cursor, rows) = (span.cursor(), span.rows());
        let mut rows = if group.local {
            let (id, boosted) = (group.id.collective(), MentionState::Boosted);
            db::mentions::page(conn, id, (boosted, Part::Whole), cursor, rows)?
        } else {
            db::communities::posts(conn, group.id, cursor, rows)?
        };
        let next = span.cut(&mut rows, |row| row.0.id.uuid());
        Ok(Page { items: ReplyView::all(conn, &rows)?, next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Shows a post or an answer.
#[utoipa::path(
    get,
    path = "/replies/{reply}",
    operation_id = "showReply",
    tag = "replies",
    params(("reply" = String, Path, description = "Its id", format = "uuid")),
    responses(
        (status = 200, description = "The post or the answer", body = ReplyView),
        (status = 410, description = "It was deleted")
    ),
    security((), ("bearer" = ["replies:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: MaybeViewer<ReadReplies>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let (reply, person) = (sight::id(&path, "reply")?, viewer.person);
    let view = api.read(move |conn| one(conn, reply, person)).await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Lists what was answered below a post, the oldest first; `parent` makes it a thread.
#[utoipa::path(
    get,
    path = "/replies/{reply}/replies",
    operation_id = "listAnswers",
    tag = "replies",
    params(("reply" = String, Path, description = "The id of the post", format = "uuid"), PageQuery),
    responses(
        (status = 200, description = "A page of the thread", body = Page<ReplyView>, headers(("Link" = String))),
        (status = 410, description = "The post was deleted")
    ),
    security((), ("bearer" = ["replies:read"]))
)]
pub(crate) async fn thread(
    api: web::Data<Api>,
    viewer: MaybeViewer<ReadReplies>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let (id, person) = (sight::id(&path, "reply")?, viewer.person);
    let span = query::<PageQuery>(&req)?.span("answers")?;
    let found = api.read(move |conn| {
        let post = sight::reply(conn, id, person)?;
        let reader = person.map(PersonId::actor);
        let (cursor, rows) = (span.cursor(), span.rows());
        let mut rows = db::communities::thread(conn, post.id, reader, cursor, rows)?;
        let next = span.cut(&mut rows, |row| row.0.id.uuid());
        Ok(Page { items: ReplyView::all(conn, &rows)?, next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// An answer to a post.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "We have 8 of them." }))]
pub(crate) struct AnswerPostForm {
    /// Plain text; addresses in it become links.
    #[schema(min_length = 1, max_length = 5000)]
    text: String,
    #[schema(value_type = Option<words::Language>)]
    language: Option<String>,
}

/// Answers a post or an answer, as yourself.
#[utoipa::path(
    post,
    path = "/replies/{reply}/replies",
    operation_id = "answerPost",
    tag = "replies",
    params(("reply" = String, Path, description = "The id of what is answered", format = "uuid")),
    request_body = AnswerPostForm,
    responses(
        (
            status = 201,
            description = "The new answer",
            body = ReplyView,
            headers(("Location" = String))
        ),
        (status = 409, description = "The thread is too deep at this place"),
        (status = 410, description = "What is answered was deleted")
    ),
    security(("bearer" = ["replies:write"]))
)]
pub(crate) async fn answer(
    api: web::Data<Api>,
    viewer: Viewer<WriteReplies>,
    path: web::Path<String>,
    form: Body,
) -> Result<HttpResponse> {
    let form: AnswerPostForm = form.json()?;
    let (parent, person) = (sight::id(&path, "reply")?, Some(viewer.person));
    let text = body(&form.text)?;
    let language = language(form.language.as_deref())?;
    let row = api.read(move |conn| sight::reply(conn, parent, person)).await?;
    let id = perform(&api, &viewer, &row, text, language).await?;
    let view = api.read(move |conn| one(conn, id, person)).await?;
    let location = api.door.site().at(&format!("api/v1/replies/{id}"));
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(view))
}

async fn perform(
    api: &Api,
    viewer: &Viewer<WriteReplies>,
    parent: &ReplyRow,
    text: String,
    language: Option<String>,
) -> Result<ReplyId> {
    let (origin, speak) = (viewer.origin(), As::Themselves);
    let id = match parent.listing_id {
        Some(listing) => {
            let parent = Some(parent.id);
            let operation = PostReply { listing, parent, speak, text, language };
            api.door.perform(origin, operation).await?
        }
        None => api.door.perform(origin, AnswerPost { parent: parent.id, text, language }).await?,
    };
    Ok(id)
}
