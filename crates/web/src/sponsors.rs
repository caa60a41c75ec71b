//! Accounts, for those who look after them: managers and stewards of a collective, and whoever runs the instance.

use actix_web::{HttpRequest, http::StatusCode, web};
use db::{Conn, account_invitations::InvitationRow, actors::ActorRow, sponsors::SponsoredRow};
use domain::{
    AccountId, AccountInvitationId, ActorId, CollectiveId, Handle, Origin, PersonId, Time,
    accounts::{AccountAct, AccountFilter, AccountState, Email},
    moderation::reason,
    text,
};
use ops::{
    account_invitations::{InviteAccount, RevokeInvitation},
    console::{Waiting, waiting as waiting_in_console},
    proposals::{Act, two_persons},
    secrets,
    sign_ups::MakeAccount,
    sponsors::{Desk, ManageAccount, SponsorAccount},
};
use serde::Deserialize;

use crate::{
    Result, Web, actors, admin,
    answer::{Answer, page_with, see_notice},
    error::PageError,
    forms::{Bare, Posted, told},
    paging,
    session::Signed,
    sight,
    views::{
        forms::FormErrors,
        page::{Notice, Page, Pager},
        sponsors::{AccountInvitationView, AccountView, AccountsPage, InviteInput, MakeInput, Tab},
    },
    when,
};

/// So many accounts on a page.
const PAGE: usize = 30;
/// So many of those who wait at once; the next ones come when these are answered.
const MOST: i64 = 50;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/accounts").get(show))
        .service(web::resource("/admin/accounts/{person}/{act}").post(act))
        .service(web::resource("/c/{handle}/accounts").get(show).post(make))
        .service(web::resource("/c/{handle}/accounts/invitations").post(invite))
        .service(web::resource("/c/{handle}/accounts/invitations/{id}/revoke").post(revoke))
        .service(web::resource("/c/{handle}/accounts/{person}/{act}").post(act));
}

/// Where somebody looks after accounts.
struct Room {
    desk: Desk,
    collective: Option<ActorRow>,
    base: String,
    steward: bool,
}

impl Room {
    /// The room of a collective, or of those who run the instance; whoever may not sit there is refused.
    fn enter(conn: &mut Conn, handle: Option<&str>, person: PersonId) -> Result<Self> {
        let Some(handle) = handle else {
            admin::enter(conn, person)?;
            let base = "/admin".to_owned();
            return Ok(Self { desk: Desk::Admins, collective: None, base, steward: false });
        };
        let actor = sight::collective(conn, handle)?;
        let standing = sight::standing(conn, actor.id.collective(), Some(person))?;
        standing.manages_accounts()?;
        Ok(Self {
            desk: Desk::Collective(actor.id.collective()),
            base: actors::path(&actor),
            steward: standing.governs().is_ok(),
            collective: Some(actor),
        })
    }

    fn sponsor(&self) -> Option<CollectiveId> {
        self.collective.as_ref().map(|actor| actor.id.collective())
    }
}

/// The collective in the address; there is none where all accounts are looked after.
fn named(request: &HttpRequest) -> Option<String> {
    request.match_info().get("handle").map(str::to_owned)
}

async fn room(web: &Web, request: &HttpRequest, signed: &Signed) -> Result<Room> {
    let (handle, person) = (named(request), signed.viewer.person);
    web.read(move |conn| Room::enter(conn, handle.as_deref(), person)).await
}

/// Which accounts, and from where on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    state: String,
    before: String,
}

impl Asked {
    fn filter(&self) -> Result<AccountFilter> {
        match self.state.as_str() {
            "" => Ok(AccountFilter::Active),
            word => AccountFilter::parse(word).map_err(|_| PageError::NotFound),
        }
    }
}

/// What was typed, and what is wrong with it.
#[derive(Default)]
struct Typed {
    invite: InviteInput,
    make: MakeInput,
    link: Option<String>,
    errors: FormErrors,
}

/// Shows the accounts.
async fn show(
    web: web::Data<Web>,
    signed: Signed,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Answer {
    let room = room(&web, &request, &signed).await?;
    page(&web, &signed, room, asked.into_inner(), (StatusCode::OK, Typed::default())).await
}

/// What the page shows.
struct Facts {
    waiting: Vec<SponsoredRow>,
    unsponsored: Vec<SponsoredRow>,
    accounts: Vec<SponsoredRow>,
    older: Option<AccountId>,
    invitations: Vec<InvitationRow>,
    names: std::collections::HashMap<ActorId, ActorRow>,
    /// What waits in the console and whether suspending takes two, where all accounts are looked after.
    console: Option<(Waiting, bool)>,
}

impl Facts {
    fn load(
        conn: &mut Conn,
        sponsor: Option<CollectiveId>,
        asked: &Asked,
        now: Time,
    ) -> Result<Self> {
        let (filter, before) = (asked.filter()?, sight::cursor(Some(&asked.before))?);
        let mut accounts =
            db::sponsors::page(conn, sponsor, Some(filter), before, paging::ask(PAGE))?;
        let older = paging::cut(&mut accounts, PAGE, |row| row.account.id);
        // What waits for an answer is shown where one comes in.
        let first = asked.state.is_empty() && before.is_none();
        let mut apart = |filter| {
            if first {
                db::sponsors::page(conn, sponsor, Some(filter), None, MOST)
            } else {
                Ok(Vec::new())
            }
        };
        let waiting = apart(AccountFilter::Waiting)?;
        let unsponsored = apart(AccountFilter::Unsponsored)?;
        let mut invitations = match sponsor {
            Some(sponsor) => db::account_invitations::page(conn, sponsor, None, MOST)?,
            None => Vec::new(),
        };
        invitations.retain(|row| 0 < row.uses_left && now < row.expires_at);
        let console = match sponsor {
            Some(_) => None,
            None => Some((waiting_in_console(conn)?, two_persons(conn)?)),
        };
        let names = match sponsor {
            Some(_) => Vec::new(),
            None => accounts.iter().filter_map(|row| row.account.sponsor_id).collect(),
        };
        let names = actors::find_all(conn, names.into_iter().map(CollectiveId::actor).collect())?;
        Ok(Self { waiting, unsponsored, accounts, older, invitations, names, console })
    }

    fn account(&self, row: &SponsoredRow, base: &str, me: PersonId, now: Time) -> AccountView {
        let sponsor = row.account.sponsor_id.and_then(|id| self.names.get(&id.actor()));
        let person = row.account.person_id;
        AccountView {
            person: actors::view(&row.actor),
            application: row.application.clone(),
            since: when::stamp(row.created_at, now),
            suspended: row.account.suspended_at.is_some(),
            visible: row.account.state == AccountState::Active,
            sponsor: sponsor.map(|actor| actor.display_name().to_owned()),
            base: (person != me).then(|| format!("{base}/accounts/{person}")),
        }
    }
}

/// The lists one can choose from.
const TABS: [(&str, &str); 4] = [
    ("", "accounts-in-use"),
    ("suspended", "accounts-suspended-list"),
    ("unconfirmed", "accounts-unconfirmed"),
    ("rejected", "accounts-rejected"),
];

async fn page(
    web: &Web,
    signed: &Signed,
    room: Room,
    asked: Asked,
    (status, typed): (StatusCode, Typed),
) -> Answer {
    let (sponsor, now, me) = (room.sponsor(), web.door.now(), signed.viewer.person);
    let wanted = asked.clone();
    let facts = web.read(move |conn| Facts::load(conn, sponsor, &wanted, now)).await?;
    let base = &room.base;
    let list = |state: &str| match state {
        "" => format!("{base}/accounts"),
        state => format!("{base}/accounts?state={state}"),
    };
    let tab = |(state, label): (&'static str, &'static str)| Tab {
        url: list(state),
        label: words::say(label),
        here: state == asked.state,
    };
    let all = |rows: &[SponsoredRow]| -> Vec<AccountView> {
        rows.iter().map(|row| facts.account(row, base, me, now)).collect()
    };
    let mark = if asked.state.is_empty() { '?' } else { '&' };
    let invitation = |row: &InvitationRow| AccountInvitationView {
        note: row.note.clone(),
        uses_left: row.uses_left,
        until: when::stamp(row.expires_at, now),
        revoke: format!("{base}/accounts/invitations/{}/revoke", row.id),
    };
    let title = TABS.iter().find(|(state, _)| *state == asked.state);
    let view = AccountsPage {
        page: Page { noindex: true, ..signed.visit.frame(web) },
        two: facts.console.as_ref().is_some_and(|(_, two)| *two),
        room: facts.console.map(|(waits, _)| admin::room("/admin/accounts", waits)),
        collective: room.collective.as_ref().map(actors::view),
        steward: room.steward,
        tabs: TABS.into_iter().map(tab).collect(),
        title: words::say(title.map_or("accounts-others", |(_, label)| label)),
        waiting: all(&facts.waiting),
        unsponsored: all(&facts.unsponsored),
        accounts: all(&facts.accounts),
        pager: Pager {
            newest: (!asked.before.is_empty()).then(|| list(&asked.state)),
            older: facts.older.map(|id| format!("{}{mark}before={id}", list(&asked.state))),
        },
        link: typed.link,
        invitations: facts.invitations.iter().map(invitation).collect(),
        invite: with_usual(typed.invite),
        make: typed.make,
        errors: typed.errors,
        base: room.base.clone(),
    };
    page_with(status, &view)
}

/// One person, for two weeks, where nothing was typed.
fn with_usual(mut input: InviteInput) -> InviteInput {
    for (field, usual) in [(&mut input.uses, "1"), (&mut input.days, "14")] {
        if field.is_empty() {
            usual.clone_into(field);
        }
    }
    input
}

/// Why somebody is turned down or shut out.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Why {
    reason: String,
}

/// Does something about an account.
async fn act(
    web: web::Data<Web>,
    request: HttpRequest,
    Posted(signed, why): Posted<Why>,
) -> Answer {
    let part = |name| request.match_info().get(name).unwrap_or_default().to_owned();
    let (person, said): (PersonId, _) = (sight::id(&part("person"))?, part("act"));
    let room = room(&web, &request, &signed).await?;
    let origin = Origin::local(signed.viewer.person);
    let back = format!("{}/accounts", room.base);
    if said == "sponsor" {
        let collective = room.sponsor().ok_or(PageError::NotFound)?;
        web.door.perform(origin, SponsorAccount { collective, person }).await?;
        return Ok(see_notice(&back, Notice::Saved));
    }
    let act = AccountAct::parse(&said).map_err(|_| PageError::NotFound)?;
    let why = reason(&why.reason)?;
    let operation = ManageAccount { desk: room.desk, person, act, reason: why.clone() };
    let desk = room.desk;
    let proposed = || Act::suspend(person.actor(), why);
    let done = web.door.perform(origin.clone(), operation).await;
    // One who is alone where it takes two has proposed it, and is shown where it waits.
    if desk == Desk::Admins {
        if let Err(waits) = admin::held(&web, &origin, done, proposed).await? {
            return Ok(waits);
        }
    } else {
        done?;
    }
    let notice = match act {
        AccountAct::Approve | AccountAct::Reject => Notice::Decided,
        AccountAct::Reset => Notice::LinkSent,
        AccountAct::Suspend | AccountAct::Unsuspend => Notice::Saved,
    };
    Ok(see_notice(&back, notice))
}

/// Makes an invitation; its address is shown once, on this very page.
async fn invite(
    web: web::Data<Web>,
    request: HttpRequest,
    Posted(signed, input): Posted<InviteInput>,
) -> Answer {
    let room = room(&web, &request, &signed).await?;
    let word = secrets::fresh()?;
    let asked = Asked::default();
    match invited(&web, &signed, room.desk, &input, &word).await {
        Ok(()) => {
            let link = Some(web.door.site().at(&format!("join?invitation={word}")));
            page(&web, &signed, room, asked, (StatusCode::OK, Typed { link, ..Typed::default() }))
                .await
        }
        Err(err) => {
            let (status, errors) = told(err)?;
            let typed = Typed { invite: input, errors, ..Typed::default() };
            page(&web, &signed, room, asked, (status, typed)).await
        }
    }
}

async fn invited(
    web: &Web,
    signed: &Signed,
    desk: Desk,
    input: &InviteInput,
    word: &str,
) -> ops::Result<()> {
    let operation = InviteAccount {
        desk,
        digest: secrets::digest(word),
        note: text::line("note", &input.note, 0, 200)?,
        // Whatever is no number is out of bounds.
        uses: input.uses.trim().parse().unwrap_or_default(),
        days: input.days.trim().parse().unwrap_or_default(),
    };
    web.door.perform(Origin::local(signed.viewer.person), operation).await?;
    Ok(())
}

/// Takes an invitation back.
async fn revoke(
    web: web::Data<Web>,
    request: HttpRequest,
    path: web::Path<(String, String)>,
    Posted(signed, _): Posted<Bare>,
) -> Answer {
    let invitation: AccountInvitationId = sight::id(&path.1)?;
    let room = room(&web, &request, &signed).await?;
    let collective = room.sponsor().ok_or(PageError::NotFound)?;
    let operation = RevokeInvitation { collective, invitation };
    web.door.perform(Origin::local(signed.viewer.person), operation).await?;
    Ok(see_notice(&format!("{}/accounts", room.base), Notice::TakenBack))
}

/// Makes an account for somebody, who gets a link.
async fn make(
    web: web::Data<Web>,
    request: HttpRequest,
    Posted(signed, input): Posted<MakeInput>,
) -> Answer {
    let room = room(&web, &request, &signed).await?;
    let collective = room.sponsor().ok_or(PageError::NotFound)?;
    match made(&web, &signed, collective, &input).await {
        Ok(()) => Ok(see_notice(&format!("{}/accounts", room.base), Notice::LinkSent)),
        Err(err) => {
            let (status, errors) = told(err)?;
            let typed = Typed { make: input, errors, ..Typed::default() };
            page(&web, &signed, room, Asked::default(), (status, typed)).await
        }
    }
}

async fn made(
    web: &Web,
    signed: &Signed,
    collective: CollectiveId,
    input: &MakeInput,
) -> ops::Result<()> {
    let operation = MakeAccount {
        collective,
        handle: Handle::choose(&input.handle)?,
        name: text::line("name", &input.name, 0, 100)?,
        email: Email::parse(&input.email)?,
        locale: words::current().tag().to_owned(),
        keys: web.keys.pair().await?,
    };
    web.door.perform(Origin::local(signed.viewer.person), operation).await?;
    Ok(())
}
