//! Everything of somebody's as JSON.

use db::{Conn, actors::ActorRow, listings::ListingRow, replies::ReplyRow};
use domain::{
    AgreementId, ListingId, ReplyId, Time,
    memberships::{Role, Standing},
    templates::Recurs,
};
use serde_json::{Value, json};

use super::{Archive, MOST, Owner, PAGE, Result, listing_page, reply_page};

fn named(actor: &ActorRow) -> Value {
    json!({ "address": actor.address(), "id": actor.ap_id })
}

/// The login and the profile.
pub(super) fn account(conn: &mut Conn, owner: &Owner) -> Result<Value> {
    let (account, person) = (&owner.account, &owner.person);
    let email = db::accounts::email(conn, account.id)?;
    let sponsor = match account.sponsor_id {
        Some(id) => db::actors::find(conn, id.actor())?,
        None => None,
    };
    Ok(json!({
        "exported_at": owner.now.wire(),
        "address": person.address(),
        "id": person.ap_id,
        "name": person.name,
        "summary": person.summary,
        "email": email.map(|email| email.as_str().to_owned()),
        "role": account.role.word(),
        "language": account.locale,
        "looked_after_by": sponsor.as_ref().map(named),
        "created_at": db::accounts::created_at(conn, account.id)?.map(Time::wire),
        "two_steps": db::totp::find(conn, account.id)?.in_use().is_some(),
    }))
}

pub(super) fn memberships(conn: &mut Conn, owner: &Owner) -> Result<Value> {
    let rows = db::memberships::of_person(conn, owner.account.person_id)?;
    let view = |row: &db::memberships::MemberRow| {
        json!({
            "collective": named(&row.actor),
            "role": row.role.word(),
            "state": row.state,
            "since": row.since.wire(),
            "named_on_its_page": row.shown,
        })
    };
    Ok(rows.iter().map(view).collect())
}

/// Whom they follow.
pub(super) fn follows(conn: &mut Conn, owner: &Owner) -> Result<Value> {
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let rows = db::follows::following(conn, owner.person.id, cursor, PAGE)?;
        all.extend(rows.iter().map(|(row, actor)| {
            json!({
                "actor": named(actor),
                "state": row.state.word(),
                "since": row.created_at.wire(),
            })
        }));
        cursor = rows.last().map(|(row, _)| row.id);
        if cursor.is_none() {
            return Ok(all.into());
        }
    }
}

/// Whom they do not want to meet, and whom they do not want to hear.
pub(super) fn blocks(conn: &mut Conn, owner: &Owner) -> Result<Value> {
    let view =
        |(actor, since): (ActorRow, Time)| json!({ "actor": named(&actor), "since": since.wire() });
    let blocked = db::blocks::of(conn, owner.person.id, MOST)?;
    let muted = db::mutes::page(conn, owner.account.person_id, None, MOST)?;
    Ok(json!({
        "blocked": blocked.into_iter().map(view).collect::<Value>(),
        "muted": muted.into_iter().map(view).collect::<Value>(),
    }))
}

pub(super) fn reactions(conn: &mut Conn, owner: &Owner) -> Result<Value> {
    let rows = db::exports::reactions(conn, owner.person.id, MOST)?;
    let view = |(kind, object, since): (String, String, Time)| json!({ "kind": kind, "object": object, "since": since.wire() });
    Ok(rows.into_iter().map(view).collect())
}

/// What they offered.
pub(super) fn agreements(conn: &mut Conn, owner: &Owner) -> Result<Value> {
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let rows = db::agreements::by_responder(conn, owner.person.id, None, cursor, PAGE)?;
        all.extend(rows.iter().map(|(row, listing, collective)| {
            json!({
                "id": row.ap_id,
                "listing": { "id": listing.ap_id, "title": listing.title },
                "collective": named(collective),
                "quantity": row.quantity.map(|amount| amount.to_string()),
                "unit": row.unit.map(domain::quantity::Unit::word),
                "text": row.text,
                "state": row.state.word(),
                "reason": row.reason,
                "created_at": row.created_at.wire(),
                "answered_at": row.answered_at.map(Time::wire),
                "fulfilled_at": row.fulfilled_at.map(Time::wire),
            })
        }));
        cursor = rows.last().map(|(row, ..)| row.id);
        if cursor.is_none() {
            return Ok(all.into());
        }
    }
}

pub(super) fn searches(conn: &mut Conn, owner: &Owner) -> Result<Value> {
    let rows = db::searches::page(conn, owner.account.person_id, None, MOST)?;
    let view = |row: &db::searches::SearchRow| {
        json!({
            "name": row.name,
            "query": row.query,
            "notify": row.notify,
            "created_at": row.created_at.wire(),
        })
    };
    Ok(rows.iter().map(view).collect())
}

/// What they were told and have not thrown away.
pub(super) fn notifications(conn: &mut Conn, owner: &Owner) -> Result<Value> {
    let person = owner.account.person_id;
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let rows = db::notifications::page(conn, person, false, cursor, PAGE)?;
        for row in &rows {
            let actor = match row.actor_id {
                Some(id) => db::actors::find(conn, id)?,
                None => None,
            };
            all.push(json!({
                "kind": row.kind.word(),
                "actor": actor.as_ref().map(named),
                "listing": row.listing_id.map(ListingId::uuid),
                "reply": row.reply_id.map(ReplyId::uuid),
                "agreement": row.agreement_id.map(AgreementId::uuid),
                "text": row.text,
                "created_at": row.created_at.wire(),
                "read_at": row.read_at.map(Time::wire),
            }));
        }
        cursor = rows.last().map(|row| row.id);
        if cursor.is_none() {
            return Ok(all.into());
        }
    }
}

/// The templates that they made, of collectives whose templates they still read.
pub(super) fn templates(conn: &mut Conn, owner: &Owner) -> Result<Value> {
    let person = owner.account.person_id;
    let mut all = Vec::new();
    for place in db::memberships::of_person(conn, person)? {
        let collective = place.actor.id.collective();
        let standing = db::memberships::standing(conn, collective, person)?;
        if !matches!(standing, Standing::Active(Role::Steward | Role::Delegate)) {
            continue;
        }
        let rows = db::templates::page(conn, collective, None, MOST)?;
        all.extend(rows.iter().filter(|row| row.created_by == person).map(|row| {
            json!({
                "collective": named(&place.actor),
                "name": row.name,
                "form": serde_json::from_str::<Value>(&row.form).unwrap_or_default(),
                "recurs": row.recurs.map(Recurs::word),
                "next_at": row.next_at.map(Time::wire),
                "created_at": row.created_at.wire(),
                "updated_at": row.updated_at.wire(),
            })
        }));
    }
    Ok(all.into())
}

/// Without what opens anything.
pub(super) fn tokens(conn: &mut Conn, owner: &Owner) -> Result<Value> {
    let rows = db::accounts::tokens(conn, owner.account.id, None, MOST)?;
    let view = |row: &db::accounts::TokenRow| {
        json!({
            "name": row.name,
            "scopes": row.scopes,
            "app": row.app.as_ref().map(|(name, _)| name),
            "created_at": row.created_at.wire(),
            "used_at": row.used_at.map(Time::wire),
            "expires_at": row.expires_at.map(Time::wire),
        })
    };
    Ok(rows.iter().map(view).collect())
}

/// The same.
pub(super) fn sessions(conn: &mut Conn, owner: &Owner) -> Result<Value> {
    let rows = db::sessions::page(conn, owner.account.id, owner.now, None, MOST)?;
    let view = |row: &db::sessions::SessionRow| {
        json!({
            "name": row.name,
            "created_at": row.created_at.wire(),
            "used_at": row.used_at.map(Time::wire),
            "expires_at": row.expires_at.wire(),
        })
    };
    Ok(rows.iter().map(view).collect())
}

/// `listings.json`: what they listed, drafts too.
pub(super) fn listings(conn: &mut Conn, owner: &Owner, archive: &mut Archive) -> Result<()> {
    archive.begin("listings.json")?;
    archive.list(
        |last: Option<&ListingRow>| listing_page(conn, owner, last.map(|row| row.id)),
        |row| {
            Some(json!({
                "id": row.ap_id,
                "purpose": row.purpose.word(),
                "kind": row.kind.word(),
                "title": row.title,
                "text": row.text,
                "quantity": row.quantity.map(|amount| amount.to_string()),
                "remaining": row.remaining.map(|amount| amount.to_string()),
                "unit": row.unit.map(domain::quantity::Unit::word),
                "category": row.category.map(domain::listings::Category::word),
                "terms": row.terms.word(),
                "place": row.place,
                "language": row.language.as_str(),
                "licence": row.licence.word(),
                "state": row.state.word(),
                "signed": row.signed_by.word(),
                "starts_at": row.starts_at.map(Time::wire),
                "ends_at": row.ends_at.map(Time::wire),
                "expires_at": row.expires_at.map(Time::wire),
                "published_at": row.published_at.map(Time::wire),
                "updated_at": row.updated_at.wire(),
            }))
        },
    )?;
    Ok(())
}

/// `replies.json`: all that they wrote, to whomever.
pub(super) fn replies(conn: &mut Conn, owner: &Owner, archive: &mut Archive) -> Result<()> {
    archive.begin("replies.json")?;
    archive.list(
        |last: Option<&ReplyRow>| reply_page(conn, owner, last.map(|row| row.id)),
        |row| {
            Some(json!({
                "id": row.ap_id,
                "in_reply_to": row.in_reply_to,
                "visibility": row.visibility.word(),
                "text": row.text,
                "language": row.language,
                "published_at": row.published_at.wire(),
                "updated_at": row.updated_at.map(Time::wire),
            }))
        },
    )?;
    Ok(())
}
