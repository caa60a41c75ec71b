//! Posts that stand under no listing, and the threads below them.

use actix_web::{HttpResponse, http::StatusCode, web};
use db::{Conn, actors::ActorRow, mentions::Part, replies::ReplyRow};
use domain::{Origin, ReplyId, Time, replies::body};
use ops::{OpError, posts::AnswerPost};
use serde::Deserialize;

use crate::{
    Result, Web, actors,
    answer::{Answer, linked, page_with, see_notice},
    error::PageError,
    feed,
    forms::{Posted, told},
    html::{excerpt, warning},
    listings::Answering,
    paging,
    reactions::Votes,
    replies::Thread,
    session::{Viewer, Visit},
    sight,
    views::{
        feed::{FeedItem, PostView},
        page::{HomeServer, Notice, Page, Pager},
        posts::PostPage,
        reactions::VotesView,
        replies::{AnswerForm, AnswerView},
    },
};

/// So many posts of a community on its page.
const PAGE: usize = 20;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/replies/{id}/replies").post(post));
}

/// What somebody answers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    text: String,
    /// The answer that is answered; the post itself where there is none.
    to: String,
}

/// Answers a post, or an answer below it.
async fn post(
    web: web::Data<Web>,
    id: web::Path<String>,
    Posted(signed, sent): Posted<Sent>,
) -> Answer {
    let root: ReplyId = sight::id(&id)?;
    let Sent { text, to } = sent;
    let to: Option<ReplyId> = sight::cursor(Some(&to))?;
    let viewer = Some(signed.viewer.person);
    web.read(move |conn| sight::reply(conn, to.unwrap_or(root), viewer)).await?;
    let answered = match body(&text) {
        Ok(text) => {
            let operation = AnswerPost { parent: to.unwrap_or(root), text, language: None };
            web.door.perform(Origin::local(signed.viewer.person), operation).await
        }
        Err(invalid) => Err(OpError::from(invalid)),
    };
    match answered {
        Ok(id) => Ok(see_notice(&format!("/replies/{id}"), Notice::Answered)),
        Err(err) => {
            let (status, errors) = told(err)?;
            let answering = Answering { to, text, errors, ..Answering::default() };
            page(&web, &signed.visit, root, None, answering, status).await
        }
    }
}

/// Everything about a post that its page shows.
struct Facts {
    row: ReplyRow,
    author: ActorRow,
    post: PostView,
    votes: VotesView,
    thread: Thread,
}

/// The page of a post, as a first answer or after a form that was not accepted.
pub(crate) async fn page(
    web: &Web,
    visit: &Visit,
    id: ReplyId,
    after: Option<ReplyId>,
    answering: Answering,
    status: StatusCode,
) -> Answer {
    let viewer = visit.viewer.clone();
    let (to, now) = (answering.to, web.door.now());
    let found = web.read(move |conn| Facts::load(conn, id, viewer.as_ref(), after, to, now));
    let Facts { row, author, post, votes, thread } = found.await?;
    let answer = answer(visit.viewer.as_ref(), &row, &thread, &answering);
    let home = home(&row, &author);
    let public = row.visibility.is_public();
    let alternate = public.then(|| row.ap_id.clone());
    let view = PostPage {
        care: None,
        page: Page {
            canonical: home.as_ref().map(|home| home.url.clone()).or_else(|| alternate.clone()),
            alternate: alternate.clone(),
            noindex: !public || !author.local,
            ..visit.frame(web)
        },
        excerpt: warning(&row).unwrap_or_else(|| excerpt(&row.text, &row.html)),
        post,
        home,
        votes,
        answers: thread.total,
        replies: thread.replies,
        pager: thread.pager,
        answer,
    };
    let answer: HttpResponse = page_with(status, &view)?;
    Ok(linked(answer, alternate.as_deref()))
}

impl Facts {
    fn load(
        conn: &mut Conn,
        id: ReplyId,
        viewer: Option<&Viewer>,
        after: Option<ReplyId>,
        to: Option<ReplyId>,
        now: Time,
    ) -> Result<Self> {
        let person = viewer.map(|viewer| viewer.person);
        let row = sight::reply(conn, id, person)?;
        let author = db::actors::find(conn, row.author_id)?.ok_or(PageError::NotFound)?;
        let about = feed::About::load(conn, std::iter::once(&row))?;
        let post = feed::post(&row, &author, &about, now);
        let votes = Votes::load(conn, person, &[row.id.uuid()])?;
        let votes = votes.of(row.id.uuid(), format!("/replies/{id}"), row.group_id.is_some());
        let thread = Thread::below(conn, &row, person, after, to, now)?;
        Ok(Self { row, author, post, votes, thread })
    }
}

fn home(row: &ReplyRow, author: &ActorRow) -> Option<HomeServer> {
    let address = row.url.as_deref().and_then(actors::web_address);
    let url = address.or_else(|| actors::web_address(&row.ap_id))?.to_owned();
    (!author.local).then(|| HomeServer { host: author.host.clone(), url })
}

fn answer(
    viewer: Option<&Viewer>,
    row: &ReplyRow,
    thread: &Thread,
    typed: &Answering,
) -> AnswerView {
    let base = format!("/replies/{}", row.id);
    if viewer.is_none() {
        return AnswerView::Stranger { address: row.ap_id.clone(), page: base };
    }
    let to = thread.answered.as_ref().filter(|(row, _)| Some(row.id) == typed.to);
    AnswerView::Form(AnswerForm {
        action: format!("{base}/replies"),
        text: typed.text.clone(),
        to: to.map(|(row, author)| (author.clone(), row.id.to_string())),
        readers: words::say("answer-readers-all"),
        voice: None,
        as_voice: false,
        errors: typed.errors.clone(),
    })
}

/// What is posted in a community elsewhere, or what a collective of here passes on; and where it goes on.
pub(crate) fn shelf(
    conn: &mut Conn,
    group: &ActorRow,
    before: Option<ReplyId>,
    base: &str,
    now: Time,
) -> Result<(Vec<FeedItem>, Pager)> {
    let most = paging::ask(PAGE);
    let mut rows = if group.local {
        let boosted = domain::mentions::MentionState::Boosted;
        db::mentions::page(conn, group.id.collective(), (boosted, Part::Whole), before, most)?
    } else {
        db::communities::posts(conn, group.id, before, most)?
    };
    let older = paging::cut(&mut rows, PAGE, |(row, _)| row.id);
    let about = feed::About::load(conn, rows.iter().map(|(row, _)| row))?;
    let about = about.within(group.id);
    let items = rows.iter().map(|(row, author)| feed::post(row, author, &about, now));
    let pager = Pager {
        newest: before.map(|_| format!("{base}#posts")),
        older: older.map(|id| format!("{base}?posts={id}#posts")),
    };
    Ok((items.map(FeedItem::Post).collect(), pager))
}
