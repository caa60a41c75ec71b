//! Operations on domains of other servers: which are limited, suspended, or alone allowed.

mod list;
mod plan;
mod settle;

use db::domains::RuleRow;
use domain::{
    Invalid,
    domains::{Domain, Mode, Rule, Severity},
};

pub use list::{Line, read, write};
pub use plan::{Plan, RefusedLine, plan};

use crate::{Op, OpError, Operation, Result, accounts, proposals};

/// Makes a rule about a domain and everything below it, in place of the one it had.
#[derive(Clone, Debug)]
pub struct SetDomainRule {
    pub domain: Domain,
    pub rule: Rule,
}

impl Operation for SetDomainRule {
    /// How many follows have ended.
    type Done = usize;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<usize> {
        accounts::administer(op)?;
        if self.rule.severity == Severity::Suspend {
            proposals::demand_second(op)?;
        }
        self.agreed(op)
    }
}

impl SetDomainRule {
    /// The same, agreed to by as many as it takes.
    pub(crate) fn agreed(self, op: &mut Op<'_, '_>) -> Result<usize> {
        refuse_own(op.site.host(), &self.domain)?;
        let severity = self.rule.severity.word();
        let row = RuleRow::new(self.domain, self.rule, op.origin.actor(), op.now);
        db::domains::put(op.tx, std::slice::from_ref(&row))?;
        let severed = settle::settle(op)?;
        settle::forget_media(op, std::slice::from_ref(&row))?;
        op.audit(None, "set_domain_rule", row.domain.as_str(), severity)?;
        Ok(severed)
    }
}

/// Takes the rule about a domain away; those above it hold again.
#[derive(Clone, Debug)]
pub struct RemoveDomainRule {
    pub domain: Domain,
}

impl Operation for RemoveDomainRule {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        accounts::administer(op)?;
        if !db::domains::delete(op.tx, &self.domain)? {
            return Err(OpError::NotFound("rule"));
        }
        settle::settle(op)?;
        op.audit(None, "remove_domain_rule", self.domain.as_str(), "")
    }
}

/// Decides whom this server speaks with.
#[derive(Clone, Debug)]
pub struct SetFederationMode {
    pub mode: Mode,
}

impl Operation for SetFederationMode {
    /// How many follows have ended.
    type Done = usize;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<usize> {
        accounts::administer(op)?;
        if self.mode == Mode::Allowlist {
            proposals::demand_second(op)?;
        }
        self.agreed(op)
    }
}

impl SetFederationMode {
    /// The same, agreed to by as many as it takes.
    pub(crate) fn agreed(self, op: &mut Op<'_, '_>) -> Result<usize> {
        db::domains::set_mode(op.tx, self.mode)?;
        let severed = settle::settle(op)?;
        op.audit(None, "set_federation_mode", "", self.mode.word())?;
        Ok(severed)
    }
}

/// Makes the rules of a list, all at once; lines that cannot be rules are left out and reported.
#[derive(Clone, Debug)]
pub struct ImportDomainRules {
    pub lines: Vec<Line>,
}

impl Operation for ImportDomainRules {
    type Done = Plan;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<Plan> {
        accounts::administer(op)?;
        let suspends = |line: &Line| {
            line.rule.as_ref().is_ok_and(|(_, rule)| rule.severity == Severity::Suspend)
        };
        if self.lines.iter().any(suspends) {
            proposals::demand_second(op)?;
        }
        self.agreed(op)
    }
}

impl ImportDomainRules {
    /// The same, agreed to by as many as it takes.
    pub(crate) fn agreed(self, op: &mut Op<'_, '_>) -> Result<Plan> {
        let (by, host) = (op.origin.actor(), op.site.host().to_owned());
        let plan = plan::plan(op.tx, &host, &self.lines, by, op.now)?;
        db::domains::put(op.tx, &plan.rows)?;
        settle::settle(op)?;
        settle::forget_media(op, &plan.rows)?;
        let (new, changed) = (plan.new.len(), plan.changed.len());
        let detail = format!("{new} new, {changed} changed, {} refused", plan.refused.len());
        op.audit(None, "import_domain_rules", "", &detail)?;
        Ok(plan)
    }
}

/// Makes the same rule about many domains, at once. How many.
pub(crate) fn suspend_all(
    op: &mut Op<'_, '_>,
    named: impl IntoIterator<Item = Domain>,
    rule: &Rule,
) -> Result<usize> {
    let (by, now) = (op.origin.actor(), op.now);
    let own = op.site.host();
    let rows: Vec<RuleRow> = named
        .into_iter()
        .filter(|domain| refuse_own(own, domain).is_ok())
        .map(|domain| RuleRow::new(domain, rule.clone(), by, now))
        .collect();
    if rows.is_empty() {
        return Ok(0);
    }
    db::domains::put(op.tx, &rows)?;
    settle::settle(op)?;
    let target = rows.iter().map(|row| row.domain.as_str()).take(50).collect::<Vec<_>>().join(" ");
    op.audit(None, "suspend_domains", &target, &rows.len().to_string())?;
    Ok(rows.len())
}

/// A rule never shuts this very server out.
fn refuse_own(own: &str, domain: &Domain) -> std::result::Result<(), Invalid> {
    if domain.covers(own) {
        return Err(Invalid::new("domain", "must not be that of this server itself"));
    }
    Ok(())
}
