//! Rules about domains, suspensions, what stewards do, and what is reported to them.

mod domains;
mod imports;
mod media;
mod people;
mod reports;
mod strangers;
mod threads;

use domain::domains::{Domain, Rule, Severity};
use ops::domains::SetDomainRule;

/// A rule of this severity and nothing else.
pub(crate) fn rule(domain: &str, severity: Severity) -> SetDomainRule {
    SetDomainRule { domain: Domain::parse(domain).unwrap(), rule: Rule::of(severity) }
}
