//! Who belongs to a collective, and who asks to follow it.

use actix_web::{http::StatusCode, web};
use db::{Conn, actors::ActorRow, follows::FollowRow, memberships::MemberRow};
use domain::{CollectiveId, FollowId, Invalid, Origin, PersonId, memberships::Role};
use ops::{
    OpError,
    follows::AnswerFollow,
    memberships::{AnswerInvitation, ChangeRole, InviteMember, RemoveMember, ShowMyself},
};
use serde::Deserialize;

use crate::{
    Result, Web, actors,
    answer::{Answer, page_with, see_notice},
    error::PageError,
    forms::{Bare, Posted, told},
    session::{Signed, Viewer},
    sight,
    views::{
        forms::FormErrors,
        memberships::{FollowRequestView, InviteInput, MemberView, MembersPage},
        page::{Notice, Page},
    },
    when,
};

/// So many requests are shown at once; the next ones come when these are answered.
const REQUESTS: i64 = 50;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/c/{handle}/members").get(index).post(invite))
        .service(web::resource("/c/{handle}/members/{person}/role").post(change_role))
        .service(web::resource("/c/{handle}/members/{person}/remove").post(remove))
        .service(web::resource("/c/{handle}/membership/{said:show|hide}").post(show_myself))
        .service(
            web::resource("/c/{handle}/invitation/{said:accept|reject}").post(answer_invitation),
        )
        .service(
            web::resource("/c/{handle}/requests/{id}/{said:accept|reject}").post(answer_request),
        );
}

/// Shows who belongs; to those who belong.
async fn index(web: web::Data<Web>, signed: Signed, handle: web::Path<String>) -> Answer {
    let nothing = (StatusCode::OK, FormErrors::default());
    show(&web, &signed, handle.into_inner(), InviteInput::default(), nothing).await
}

/// Invites somebody.
async fn invite(
    web: web::Data<Web>,
    handle: web::Path<String>,
    Posted(signed, sent): Posted<InviteInput>,
) -> Answer {
    let (handle, input) = (handle.into_inner(), sent);
    let collective = known(&web, &handle).await?.id.collective();
    let invited = match role(&input.role) {
        Ok(role) => {
            let operation = InviteMember { collective, handle: input.handle.clone(), role };
            web.door.perform(Origin::local(signed.viewer.person), operation).await
        }
        Err(invalid) => Err(OpError::from(invalid)),
    };
    match invited {
        Ok(_) => Ok(see_notice(&format!("/c/{handle}/members"), Notice::Invited)),
        Err(err) => show(&web, &signed, handle, input, told(err)?).await,
    }
}

fn role(word: &str) -> std::result::Result<Role, Invalid> {
    if word.is_empty() { Ok(Role::Member) } else { Role::parse(word) }
}

/// What a member is to be from now on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NewRole {
    role: String,
}

/// Gives a member another role.
async fn change_role(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, sent): Posted<NewRole>,
) -> Answer {
    let (handle, member) = path.into_inner();
    let member: PersonId = sight::id(&member)?;
    let collective = known(&web, &handle).await?.id.collective();
    let operation = ChangeRole { collective, member, role: Role::parse(&sent.role)? };
    web.door.perform(Origin::local(signed.viewer.person), operation).await?;
    Ok(see_notice(&format!("/c/{handle}/members"), Notice::Saved))
}

/// Ends a membership: one's own, or that of another.
async fn remove(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (handle, member) = path.into_inner();
    let member: PersonId = sight::id(&member)?;
    let collective = known(&web, &handle).await?.id.collective();
    let operation = RemoveMember { collective, member };
    web.door.perform(Origin::local(signed.viewer.person), operation).await?;
    let left = member == signed.viewer.person;
    let back = if left { format!("/c/{handle}") } else { format!("/c/{handle}/members") };
    Ok(see_notice(&back, Notice::Left))
}

/// Says yes or no to an invitation.
async fn answer_invitation(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (handle, said) = path.into_inner();
    let collective = known(&web, &handle).await?.id.collective();
    let accept = said == "accept";
    let operation = AnswerInvitation { collective, accept };
    web.door.perform(Origin::local(signed.viewer.person), operation).await?;
    let back = if accept { format!("/c/{handle}") } else { "/home".to_owned() };
    Ok(see_notice(&back, Notice::Decided))
}

/// Says whether the viewer is named on the page of the collective.
async fn show_myself(
    web: web::Data<Web>,
    path: web::Path<(String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (handle, said) = path.into_inner();
    let collective = known(&web, &handle).await?.id.collective();
    let operation = ShowMyself { collective, shown: said == "show" };
    web.door.perform(Origin::local(signed.viewer.person), operation).await?;
    Ok(see_notice(&format!("/c/{handle}/members"), Notice::Saved))
}

/// Says yes or no to somebody who asks to follow.
async fn answer_request(
    web: web::Data<Web>,
    path: web::Path<(String, String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let (handle, follow, said) = path.into_inner();
    let follow: FollowId = sight::id(&follow)?;
    let (name, person) = (handle.clone(), signed.viewer.person);
    let seen = web.read(move |conn| {
        let id = sight::collective(conn, &name)?.id;
        let row = db::follows::find_by_id(conn, follow)?.filter(|row| row.followed_id == id);
        let belongs = sight::standing(conn, id.collective(), Some(person))?.belongs();
        row.filter(|_| belongs).ok_or(PageError::NotFound)
    });
    seen.await?;
    let operation = AnswerFollow { follow, accept: said == "accept" };
    web.door.perform(Origin::local(person), operation).await?;
    Ok(see_notice(&format!("/c/{handle}/members"), Notice::Decided))
}

async fn known(web: &Web, handle: &str) -> Result<ActorRow> {
    let handle = handle.to_owned();
    web.read(move |conn| sight::collective(conn, &handle)).await
}

/// What the page of members shows.
struct Facts {
    collective: ActorRow,
    steward: bool,
    members: Vec<MemberRow>,
    requests: Vec<(FollowRow, ActorRow)>,
}

impl Facts {
    fn load(conn: &mut Conn, handle: &str, person: PersonId) -> Result<Self> {
        let collective = sight::collective(conn, handle)?;
        let id: CollectiveId = collective.id.collective();
        let standing = sight::standing(conn, id, Some(person))?;
        sight::member(standing)?;
        let steward = standing.governs().is_ok();
        let requests =
            if steward { db::follows::pending(conn, collective.id, REQUESTS)? } else { Vec::new() };
        Ok(Self { collective, steward, members: db::memberships::members(conn, id)?, requests })
    }
}

async fn show(
    web: &Web,
    signed: &Signed,
    handle: String,
    invite: InviteInput,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let person = signed.viewer.person;
    let facts = web.read(move |conn| Facts::load(conn, &handle, person)).await?;
    let (base, now) = (actors::path(&facts.collective), web.door.now());
    let request = |(row, actor): &(FollowRow, ActorRow)| FollowRequestView {
        actor: actors::view(actor),
        since: when::stamp(row.created_at, now),
        base: format!("{base}/requests/{}", row.id),
    };
    let view = MembersPage {
        page: Page { noindex: true, ..signed.visit.frame(web) },
        collective: actors::view(&facts.collective),
        steward: facts.steward,
        members: facts
            .members
            .iter()
            .map(|row| member(row, &signed.viewer, facts.steward, &base, now))
            .collect(),
        shown: facts
            .members
            .iter()
            .find(|row| row.actor.id == person.actor() && row.state == "active")
            .map(|row| row.shown),
        requests: facts.requests.iter().map(request).collect(),
        invite: InviteInput {
            role: if invite.role.is_empty() { Role::Member.word().to_owned() } else { invite.role },
            ..invite
        },
        base,
        errors,
    };
    page_with(status, &view)
}

fn member(
    row: &MemberRow,
    viewer: &Viewer,
    steward: bool,
    base: &str,
    now: domain::Time,
) -> MemberView {
    let me = row.actor.id == viewer.person.actor();
    MemberView {
        person: actors::view(&row.actor),
        role: row.role,
        since: when::stamp(row.since, now),
        invited: row.state == "invited",
        me,
        base: (me || steward).then(|| format!("{base}/members/{}", row.actor.id)),
        role_changes: steward,
    }
}
