//! What a list would do, before it does it.

use std::collections::{HashMap, HashSet};

use db::{Conn, actors::ActorRow, domains::RuleRow};
use domain::{
    ActorId, Time,
    domains::{Domain, Rule},
};

use super::{Line, refuse_own, settle};

/// So many actors are read at once.
const CHUNK: usize = 500;

/// What a list does, or would do.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Domains that had no rule.
    pub new: Vec<Domain>,
    /// Domains that had another rule.
    pub changed: Vec<Domain>,
    /// How many had this very rule.
    pub unchanged: usize,
    pub refused: Vec<RefusedLine>,
    /// The follows that end: who follows whom, by their addresses.
    pub severed: Vec<(String, String)>,
    /// What is written.
    pub(super) rows: Vec<RuleRow>,
}

/// A line that is no rule, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedLine {
    /// Counted from 1.
    pub line: u64,
    pub text: String,
    pub reason: String,
}

/// What a list would do here. Private comments stay: lists do not carry them.
pub fn plan(
    conn: &mut Conn,
    own_host: &str,
    lines: &[Line],
    by: Option<ActorId>,
    now: Time,
) -> db::Result<Plan> {
    let known = db::domains::all(conn)?.into_iter().map(|row| (row.domain.clone(), row));
    let known: HashMap<Domain, RuleRow> = known.collect();
    let mut plan = Plan::default();
    let mut seen: HashMap<&Domain, u64> = HashMap::new();
    for line in lines {
        let refuse =
            |reason: String| RefusedLine { line: line.number, text: line.text.clone(), reason };
        let (domain, rule) = match &line.rule {
            Ok(rule) => rule,
            Err(invalid) => {
                plan.refused.push(refuse(invalid.to_string()));
                continue;
            }
        };
        if let Err(invalid) = refuse_own(own_host, domain) {
            plan.refused.push(refuse(invalid.to_string()));
        } else if let Some(first) = seen.get(domain) {
            plan.refused.push(refuse(format!("stands in line {first} already")));
        } else {
            seen.insert(domain, line.number);
            plan.take(known.get(domain), domain, rule, by, now);
        }
    }
    plan.severed = severed(conn, own_host, &plan.rows)?;
    Ok(plan)
}

impl Plan {
    fn take(
        &mut self,
        known: Option<&RuleRow>,
        domain: &Domain,
        rule: &Rule,
        by: Option<ActorId>,
        now: Time,
    ) {
        let private_comment = known.map(|row| row.private_comment.clone()).unwrap_or_default();
        let rule = Rule { private_comment, ..rule.clone() };
        match known {
            Some(row) if row.rule() == rule => {
                self.unchanged += 1;
                return;
            }
            Some(_) => self.changed.push(domain.clone()),
            None => self.new.push(domain.clone()),
        }
        self.rows.push(RuleRow::new(domain.clone(), rule, by, now));
    }
}

/// The follows that these rules would end.
fn severed(conn: &mut Conn, own: &str, rows: &[RuleRow]) -> db::Result<Vec<(String, String)>> {
    let mut rules = settle::rules(conn)?;
    rules.extend(rows.iter().map(|row| (row.domain.as_str().to_owned(), row.severity)));
    let mode = db::domains::mode(conn)?;
    let suspended = settle::suspended(&settle::changes(conn, &rules, mode, own)?);
    let bonds = db::moderation::bonds_with(conn, &suspended)?;
    let ids: HashSet<ActorId> = bonds.iter().flat_map(|bond| [bond.0, bond.1]).collect();
    let ids: Vec<ActorId> = ids.into_iter().collect();
    let mut names: HashMap<ActorId, String> = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let rows = db::actors::find_all(conn, chunk)?;
        names.extend(rows.iter().map(|row: &ActorRow| (row.id, row.address())));
    }
    let name = |id: ActorId| names.get(&id).cloned().unwrap_or_default();
    Ok(bonds.into_iter().map(|(follower, followed)| (name(follower), name(followed))).collect())
}
