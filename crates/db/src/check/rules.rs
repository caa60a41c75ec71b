//! What no foreign key can say.

use super::{Broken, NAMED, as_text, count, engine, lines};
use crate::{Conn, Engine, Result};

/// A condition under which a row of a table is wrong; the table is called `t` in it.
struct Rule {
    name: &'static str,
    table: &'static str,
    /// The column by which a row is named, and whether it is text.
    key: (&'static str, bool),
    wrong: &'static str,
    what: &'static str,
    todo: &'static str,
}

const ID: (&str, bool) = ("id", false);

const RULES: &[Rule] = &[
    Rule {
        name: "account_without_person",
        table: "accounts",
        key: ID,
        wrong: "NOT EXISTS (SELECT 1 FROM actors a WHERE a.id = t.person_id AND a.local \
                AND a.kind = 'Person')",
        what: "accounts belong to nobody of this server",
        todo: "restore the newest backup that is well; until then nobody can sign in with them",
    },
    Rule {
        name: "collective_without_steward",
        table: "collectives",
        key: ID,
        wrong: "t.dissolved_at IS NULL AND EXISTS (SELECT 1 FROM actors a WHERE a.id = t.id \
                AND a.local AND a.deleted_at IS NULL) AND NOT EXISTS (SELECT 1 FROM memberships m \
                WHERE m.collective_id = t.id AND m.role = 'steward' AND m.state = 'active')",
        what: "collectives have no steward, so nobody speaks for them",
        todo: "ask their members who it shall be, and give them the role: UPDATE memberships SET role = 'steward' …",
    },
    Rule {
        name: "actor_without_key",
        table: "actors",
        key: ("handle", true),
        wrong: "t.local AND t.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM keys k \
                WHERE k.actor_id = t.id AND k.private_pem IS NOT NULL AND k.retired_at IS NULL)",
        what: "actors of this server have no key to sign with",
        todo: "tequio admin rotate-key --handle HANDLE",
    },
    Rule {
        name: "reaction_to_nothing",
        table: "reactions",
        key: ("ap_id", true),
        wrong: "NOT EXISTS (SELECT 1 FROM listings l WHERE l.id = t.object_id) \
                AND NOT EXISTS (SELECT 1 FROM replies r WHERE r.id = t.object_id)",
        what: "likes are of nothing that is here",
        todo: "they are counted nowhere and do no harm",
    },
    Rule {
        name: "delivery_that_sleeps",
        table: "deliveries",
        key: ("host", true),
        wrong: "NOT t.dead AND EXISTS (SELECT 1 FROM instances i WHERE i.host = t.host \
                AND i.delivery_due_at IS NULL AND i.delivery_paused_at IS NULL \
                AND i.delivery_lease_by IS NULL)",
        what: "letters wait for servers that nobody will wake",
        todo: "tequio deliveries retry HOST",
    },
    Rule {
        name: "delivery_impossible",
        table: "deliveries",
        key: ("host", true),
        wrong: "t.attempts < 0 OR (t.dead AND t.reason IS NULL)",
        what: "letters were given up without a reason, or tried less than never",
        todo: "tequio deliveries drop HOST",
    },
    Rule {
        name: "received_and_lost",
        table: "inbound_activities",
        key: ID,
        wrong: "(t.due_at IS NULL AND t.done_at IS NULL) OR (t.done_at IS NOT NULL AND t.outcome IS NULL)",
        what: "received messages are neither done nor waiting",
        todo: "UPDATE inbound_activities SET due_at = received_at, done_at = NULL WHERE id = …; they are worked through then",
    },
    Rule {
        name: "event_not_told",
        table: "events",
        key: ID,
        wrong: "NOT t.pending AND t.error IS NOT NULL",
        what: "what has happened was told to nobody, because it failed too often",
        todo: "the log and the console say why; an edit of the thing tells it again",
    },
    Rule {
        name: "report_without_case",
        table: "reports",
        key: ID,
        wrong: "t.case_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = t.case_id)",
        what: "reports belong to cases that are not there",
        todo: "UPDATE reports SET case_id = NULL WHERE id = …; the next report opens a case",
    },
    Rule {
        name: "told_of_no_agreement",
        table: "notifications",
        key: ID,
        wrong: "t.agreement_id IS NOT NULL \
                AND NOT EXISTS (SELECT 1 FROM agreements a WHERE a.id = t.agreement_id)",
        what: "people are told of agreements that are not there",
        todo: "DELETE FROM notifications WHERE id = …",
    },
    Rule {
        name: "words_of_nothing",
        table: "searchable",
        key: ID,
        wrong: "NOT EXISTS (SELECT 1 FROM listings l WHERE l.id = t.id) \
                AND NOT EXISTS (SELECT 1 FROM actors a WHERE a.id = t.id)",
        what: "words are kept of what is not there",
        todo: "DELETE FROM searchable WHERE id = …, then tequio db reindex",
    },
    Rule {
        name: "open_and_not_found",
        table: "listings",
        key: ID,
        wrong: "t.open AND t.published_at IS NOT NULL AND t.deleted_at IS NULL \
                AND NOT EXISTS (SELECT 1 FROM searchable s WHERE s.id = t.id)",
        what: "open needs and offers are found by no word",
        todo: "tequio db reindex",
    },
    Rule {
        name: "open_and_closed",
        table: "listings",
        key: ID,
        wrong: "t.open <> (t.deleted_at IS NULL AND t.state IN ('open', 'partly'))",
        what: "needs and offers are listed as open that are not, or not listed that are",
        todo: "UPDATE listings SET open = (deleted_at IS NULL AND state IN ('open', 'partly'))",
    },
    Rule {
        name: "more_left_than_asked",
        table: "listings",
        key: ID,
        wrong: "t.remaining < 0 OR t.remaining > t.quantity",
        what: "needs and offers have more left than was asked for, or less than nothing",
        todo: "a steward corrects the quantity on the page of each",
    },
    Rule {
        name: "given_more_than_asked",
        table: "listings",
        key: ID,
        wrong: "t.quantity IS NOT NULL AND t.quantity < (SELECT coalesce(sum(a.quantity), 0) \
                FROM agreements a WHERE a.listing_id = t.id AND a.unit = t.unit \
                AND a.state IN ('accepted', 'fulfilled'))",
        what: "more was agreed on than was asked for or offered",
        todo: "a steward corrects the quantity on the page of each",
    },
    Rule {
        name: "answer_in_two_threads",
        table: "replies",
        key: ID,
        wrong: "t.parent_id IS NOT NULL AND t.listing_id IS NOT NULL AND EXISTS \
                (SELECT 1 FROM replies p WHERE p.id = t.parent_id AND p.listing_id <> t.listing_id)",
        what: "answers stand under another need or offer than what they answer",
        todo: "UPDATE replies SET listing_id = that of what is answered",
    },
    Rule {
        name: "inbox_of_nothing",
        table: "incoming",
        key: ID,
        wrong: "t.done_at IS NULL AND CASE t.kind \
                WHEN 'reply' THEN NOT EXISTS (SELECT 1 FROM replies r WHERE r.id = t.subject_id) \
                WHEN 'mention' THEN NOT EXISTS (SELECT 1 FROM replies r WHERE r.id = t.subject_id) \
                WHEN 'agreement' THEN NOT EXISTS (SELECT 1 FROM agreements a WHERE a.id = t.subject_id) \
                WHEN 'report' THEN NOT EXISTS (SELECT 1 FROM reports r WHERE r.id = t.subject_id) \
                WHEN 'join_request' THEN NOT EXISTS (SELECT 1 FROM actors a WHERE a.id = t.subject_id) \
                ELSE FALSE END",
        what: "things wait for stewards that are not there",
        todo: "DELETE FROM incoming WHERE id = …",
    },
];

pub(super) fn check(conn: &mut Conn) -> Result<Vec<Broken>> {
    let mut found = Vec::new();
    for rule in RULES {
        let wrong = format!("FROM {} t WHERE {}", rule.table, rule.wrong);
        let rows = count(conn, &format!("SELECT CAST(count(*) AS TEXT) AS line {wrong}"))?;
        if 0 < rows {
            let (key, is_text) = rule.key;
            let named = as_text(conn, &format!("t.{key}"), is_text);
            let some = format!("SELECT DISTINCT {named} AS line {wrong} LIMIT {NAMED}");
            found.push(broken(rule.name, rule.what, rule.todo, rows, lines(conn, &some)?));
        }
    }
    found.extend(index(conn)?);
    Ok(found)
}

fn broken(name: &str, what: &str, todo: &str, rows: i64, examples: Vec<String>) -> Broken {
    Broken { rule: name.to_owned(), what: what.to_owned(), rows, examples, todo: todo.to_owned() }
}

/// SQLite keeps the words twice: in a table, and in an index of its own.
fn index(conn: &mut Conn) -> Result<Option<Broken>> {
    if engine(conn) == Engine::Postgres {
        return Ok(None);
    }
    let differ = "SELECT CAST(abs((SELECT count(*) FROM searchable) \
                  - (SELECT count(*) FROM searchable_words)) AS TEXT) AS line";
    let rows = count(conn, differ)?;
    let what = "the index of words holds more or less than what is kept";
    Ok((0 < rows).then(|| broken("index", what, "tequio db reindex", rows, Vec::new())))
}
