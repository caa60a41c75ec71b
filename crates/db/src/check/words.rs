//! Words in rows that this program does not know.

use domain::{
    accounts::AccountRole,
    agreements::AgreementState,
    cases::CaseState,
    collectives::FollowPolicy,
    dialects::Dialect,
    domains::Severity,
    follows::FollowState,
    joining::JoinPolicy,
    listings,
    media::MediaType,
    memberships::Role,
    mentions::MentionState,
    people::ActorKind,
    replies::{ReactionKind, Visibility},
};

use super::{Broken, NAMED, count, lines};
use crate::{Conn, Result};

/// Which words may stand in which column; null may stand where nothing has to.
fn known() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    macro_rules! words {
        ($($table:literal $column:literal $words:ty),+ $(,)?) => {
            vec![$(($table, $column, <$words>::ALL.iter().map(|it| it.word()).collect())),+]
        };
    }
    words![
        "accounts" "role" AccountRole,
        "actors" "kind" ActorKind,
        "agreements" "state" AgreementState,
        "cases" "state" CaseState,
        "collectives" "follow_policy" FollowPolicy,
        "collectives" "join_policy" JoinPolicy,
        "domain_rules" "severity" Severity,
        "follows" "state" FollowState,
        "instances" "dialect" Dialect,
        "listings" "category" listings::Category,
        "listings" "kind" listings::Kind,
        "listings" "purpose" listings::Purpose,
        "listings" "signed_by" listings::Signature,
        "listings" "state" listings::State,
        "listings" "terms" listings::Terms,
        "listings" "urgency" listings::Urgency,
        "media" "media_type" MediaType,
        "memberships" "role" Role,
        "mentions" "state" MentionState,
        "reactions" "kind" ReactionKind,
        "replies" "visibility" Visibility,
    ]
}

/// A row with such a word was written by a newer version, or by hand.
pub(super) fn check(conn: &mut Conn) -> Result<Vec<Broken>> {
    let mut found = Vec::new();
    for (table, column, words) in known() {
        let list: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        let wrong = format!("FROM {table} WHERE {column} NOT IN ({})", list.join(", "));
        let rows = count(conn, &format!("SELECT CAST(count(*) AS TEXT) AS line {wrong}"))?;
        if 0 < rows {
            let some = format!("SELECT DISTINCT {column} AS line {wrong} LIMIT {NAMED}");
            found.push(Broken {
                rule: format!("{table}.{column}.word"),
                what: format!("{table}.{column} holds words that this version does not know"),
                rows,
                examples: lines(conn, &some)?,
                todo: format!(
                    "run the version that wrote them, or set them to one of: {}",
                    words.join(", ")
                ),
            });
        }
    }
    Ok(found)
}
