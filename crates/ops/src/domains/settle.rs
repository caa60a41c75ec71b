//! What follows from rules: how each server we have met stands, and which ties end.

use std::collections::HashMap;

use db::{Conn, domains::RuleRow};
use domain::domains::{Mode, Severity, State, family, state};

use crate::{Op, Result, guests};

/// Severities by domain.
pub(super) type Rules = HashMap<String, Severity>;

/// A server that stands otherwise than before.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) host: String,
    pub(super) before: State,
    pub(super) after: State,
}

/// All rules as they are.
pub(super) fn rules(conn: &mut Conn) -> db::Result<Rules> {
    Ok(db::domains::severities(conn)?.into_iter().collect())
}

/// The servers we have met that stand otherwise under these rules.
pub(super) fn changes(
    conn: &mut Conn,
    rules: &Rules,
    mode: Mode,
    own: &str,
) -> db::Result<Vec<Change>> {
    let met = db::domains::states(conn)?;
    let after = |host: &str| {
        if host.eq_ignore_ascii_case(own) {
            return State::Open;
        }
        state(family(host).iter().find_map(|name| rules.get(name).copied()), mode)
    };
    Ok(met
        .into_iter()
        .map(|(host, before)| Change { after: after(&host), before, host })
        .filter(|change| change.before != change.after)
        .collect())
}

/// The servers that are suspended from now on.
pub(super) fn suspended(changes: &[Change]) -> Vec<String> {
    let suspended = changes.iter().filter(|change| change.after == State::Suspended);
    suspended.map(|change| change.host.clone()).collect()
}

/// Writes down how every server stands under the rules as they are now, and cuts the ties with those that are
/// suspended from now on: follows both ways, and what waits to be sent there. How many follows have ended.
pub(super) fn settle(op: &mut Op<'_, '_>) -> Result<usize> {
    let (rules, mode) = (rules(op.tx)?, db::domains::mode(op.tx)?);
    let changes = changes(op.tx, &rules, mode, op.site.host())?;
    for state in State::ALL {
        let hosts = changes.iter().filter(|change| change.after == *state);
        let hosts: Vec<String> = hosts.map(|change| change.host.clone()).collect();
        db::domains::set_states(op.tx, &hosts, *state)?;
    }
    let suspended = suspended(&changes);
    let bonds = db::moderation::bonds_with(op.tx, &suspended)?.len();
    db::moderation::sever(op.tx, &suspended)?;
    suspended.iter().try_for_each(|host| guests::dismiss_host(op, host))?;
    Ok(bonds)
}

/// Forgets the pictures that these rules refuse, of the servers we have met.
pub(super) fn forget_media(op: &mut Op<'_, '_>, rows: &[RuleRow]) -> Result<()> {
    if !rows.iter().any(|row| row.reject_media) {
        return Ok(());
    }
    let rules = db::domains::all(op.tx)?;
    let rules: HashMap<&str, bool> =
        rules.iter().map(|row| (row.domain.as_str(), row.reject_media)).collect();
    let refused = |host: &String| {
        family(host).iter().find_map(|name| rules.get(name.as_str()).copied()).unwrap_or_default()
    };
    let hosts = db::domains::states(op.tx)?.into_iter().map(|(host, _)| host).filter(refused);
    Ok(db::actors::forget_icons(op.tx, &hosts.collect::<Vec<_>>())?)
}
