//! What is public of somebody's, as other servers know it.

use db::{Conn, listings::ListingRow, replies::ReplyRow};
use domain::{Time, listings::Signature};
use serde_json::{Value, json};

use super::{Archive, Owner, Result, listing_page, reply_page};
use crate::{Site, html::from_text};

const CONTEXT: &str = "https://www.w3.org/ns/activitystreams";
const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// `actor.json`
pub(super) fn actor(conn: &mut Conn, site: &Site, owner: &Owner) -> Result<Value> {
    let person = &owner.person;
    let key = db::keys::public(conn, person.id)?
        .map(|(id, pem)| json!({ "id": id, "owner": person.ap_id, "publicKeyPem": pem }));
    Ok(json!({
        "@context": [CONTEXT, "https://w3id.org/security/v1"],
        "id": person.ap_id,
        "type": "Person",
        "preferredUsername": person.handle,
        "name": person.display_name(),
        "summary": from_text(&person.summary),
        "url": person.url,
        "inbox": person.inbox,
        "outbox": "outbox.json",
        "followers": person.followers,
        "following": person.following,
        "endpoints": { "sharedInbox": site.shared_inbox() },
        "published": person.created_at.wire(),
        "manuallyApprovesFollowers": person.approves_followers,
        "publicKey": key,
    }))
}

/// `outbox.json`: answers and posts, and the listings that bear their name.
pub(super) fn outbox(
    conn: &mut Conn,
    site: &Site,
    owner: &Owner,
    archive: &mut Archive,
) -> Result<()> {
    archive.begin("outbox.json")?;
    let head = json!({ "@context": CONTEXT, "id": "outbox.json", "type": "OrderedCollection" });
    let head = head.to_string();
    archive.write(head.trim_end_matches('}').as_bytes())?;
    archive.write(b",\"orderedItems\":[")?;
    let mut number = 0;
    let mut after = None;
    loop {
        let rows = reply_page(conn, owner, after)?;
        for row in rows.iter().filter(|row| row.visibility.is_public() && row.hidden_at.is_none()) {
            item(
                archive,
                &mut number,
                &create(site, owner, row.id, row.published_at, &reply(owner, row)),
            )?;
        }
        after = rows.last().map(|row| row.id);
        if after.is_none() {
            break;
        }
    }
    let mut after = None;
    loop {
        let rows = listing_page(conn, owner, after)?;
        let signed = |row: &&ListingRow| row.is_public() && row.signed_by == Signature::Member;
        for row in rows.iter().filter(signed) {
            let at = row.published_at.unwrap_or(row.updated_at);
            item(archive, &mut number, &create(site, owner, row.id, at, &listing(owner, row)))?;
        }
        after = rows.last().map(|row| row.id);
        if after.is_none() {
            break;
        }
    }
    archive.write(format!("\n],\"totalItems\":{number}}}").as_bytes())
}

fn item(archive: &mut Archive, number: &mut u64, value: &Value) -> Result<()> {
    archive.write(if *number == 0 { b"\n" } else { b",\n" })?;
    *number += 1;
    archive.write(value.to_string().as_bytes())
}

fn create<T>(site: &Site, owner: &Owner, id: domain::Id<T>, at: Time, object: &Value) -> Value {
    json!({
        "id": site.act(id),
        "type": "Create",
        "actor": owner.person.ap_id,
        "published": at.wire(),
        "to": [PUBLIC],
        "object": object,
    })
}

fn reply(owner: &Owner, row: &ReplyRow) -> Value {
    json!({
        "id": row.ap_id,
        "type": "Note",
        "attributedTo": owner.person.ap_id,
        "inReplyTo": row.in_reply_to,
        "content": from_text(&row.text),
        "published": row.published_at.wire(),
        "updated": row.updated_at.map(Time::wire),
        "url": row.url,
        "to": [PUBLIC],
    })
}

fn listing(owner: &Owner, row: &ListingRow) -> Value {
    json!({
        "id": row.ap_id,
        "type": "Note",
        "attributedTo": owner.person.ap_id,
        "name": row.title,
        "content": from_text(&row.text),
        "published": row.published_at.map(Time::wire),
        "updated": row.changed_at().map(Time::wire),
        "url": row.url,
        "to": [PUBLIC],
    })
}
