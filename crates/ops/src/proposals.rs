//! What takes two of those who run this place, where they have said so: one proposes, another one agrees.

use db::{Conn, proposals::ProposalRow};
use domain::{
    ActorId, Invalid, ProposalId, Refusal, Speaker,
    console::{ProposalAct, ProposalState},
    domains::{Domain, Mode, Rule, Severity},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Op, OpError, Operation, Result, accounts,
    domains::{ImportDomainRules, SetDomainRule, SetFederationMode, read},
    moderation::SuspendActor,
};

/// Whether it takes two.
const TWO: &str = "admin.two_persons";

/// Does it take two?
pub fn two_persons(conn: &mut Conn) -> db::Result<bool> {
    Ok(db::settings::find(conn, TWO)?.is_some_and(|word| word == "on"))
}

/// Refuses somebody who is alone where it takes two. The command line of the server is not bound by this: who
/// holds that holds the database too.
pub(crate) fn demand_second(op: &mut Op<'_, '_>) -> Result<()> {
    let alone = matches!(op.origin.speaker, Speaker::Person(_));
    if alone && two_persons(op.tx)? { Err(Refusal::SecondPerson.into()) } else { Ok(()) }
}

/// What is proposed, with all that is needed to do it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    SuspendActor { actor: Uuid, reason: String },
    SuspendDomain { domain: String, rule: KeptRule },
    ImportDomains { list: String, severity: String },
    SetMode { mode: String },
    OnePerson,
}

/// A rule about a domain, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRule {
    reject_media: bool,
    reject_reports: bool,
    obfuscate: bool,
    public_comment: String,
    private_comment: String,
}

impl Act {
    /// Proposes to suspend somebody.
    pub fn suspend(actor: ActorId, reason: String) -> Self {
        Self::SuspendActor { actor: actor.uuid(), reason }
    }

    /// Proposes a rule that suspends a domain.
    pub fn suspend_domain(domain: &Domain, rule: &Rule) -> Self {
        let rule = KeptRule {
            reject_media: rule.reject_media,
            reject_reports: rule.reject_reports,
            obfuscate: rule.obfuscate,
            public_comment: rule.public_comment.clone(),
            private_comment: rule.private_comment.clone(),
        };
        Self::SuspendDomain { domain: domain.as_str().to_owned(), rule }
    }

    fn word(&self) -> ProposalAct {
        match self {
            Self::SuspendActor { .. } => ProposalAct::SuspendActor,
            Self::SuspendDomain { .. } => ProposalAct::SuspendDomain,
            Self::ImportDomains { .. } => ProposalAct::ImportDomains,
            Self::SetMode { .. } => ProposalAct::SetMode,
            Self::OnePerson => ProposalAct::OnePerson,
        }
    }

    /// What it is done to, for people.
    fn target(&self, conn: &mut Conn) -> Result<String> {
        match self {
            Self::SuspendActor { actor, .. } => {
                let actor = db::actors::find(conn, ActorId::from(*actor))?;
                Ok(actor.ok_or(OpError::NotFound("actor"))?.address())
            }
            Self::SuspendDomain { domain, .. } => Ok(domain.clone()),
            Self::ImportDomains { list, .. } => Ok(list.lines().count().to_string()),
            Self::SetMode { mode } => Ok(mode.clone()),
            Self::OnePerson => Ok(String::new()),
        }
    }

    /// Does it, in the name of whoever agreed.
    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        match self {
            Self::SuspendActor { actor, reason } => {
                SuspendActor { actor: ActorId::from(actor), reason }.agreed(op)
            }
            Self::SuspendDomain { domain, rule } => {
                let kept = Rule {
                    reject_media: rule.reject_media,
                    reject_reports: rule.reject_reports,
                    obfuscate: rule.obfuscate,
                    ..Rule::of(Severity::Suspend)
                };
                let rule = kept.commented(&rule.public_comment, &rule.private_comment)?;
                SetDomainRule { domain: Domain::parse(&domain)?, rule }.agreed(op).map(drop)
            }
            Self::ImportDomains { list, severity } => {
                let lines = read(&list, Severity::parse(&severity)?);
                ImportDomainRules { lines }.agreed(op).map(drop)
            }
            Self::SetMode { mode } => {
                SetFederationMode { mode: Mode::parse(&mode)? }.agreed(op).map(drop)
            }
            Self::OnePerson => set(op, false),
        }
    }
}

fn set(op: &mut Op<'_, '_>, on: bool) -> Result<()> {
    let word = if on { "on" } else { "off" };
    db::settings::set(op.tx, TWO, word)?;
    op.audit(None, "set_two_persons", "", word)
}

/// From now on it takes two, or one again; that it takes one again takes two.
#[derive(Clone, Debug)]
pub struct SetTwoPersons {
    pub on: bool,
}

impl Operation for SetTwoPersons {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        accounts::administer(op)?;
        if two_persons(op.tx)? == self.on {
            return Ok(());
        }
        if !self.on {
            demand_second(op)?;
        } else if db::accounts::count_admins(op.tx)? < 2 {
            let problem = "needs two who run this place; make another admin first";
            return Err(Invalid::new("two_persons", problem).into());
        }
        set(op, self.on)
    }
}

/// Somebody proposes what takes two. The same proposal is made once.
#[derive(Clone, Debug)]
pub struct Propose {
    pub act: Act,
}

impl Operation for Propose {
    type Done = ProposalId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<ProposalId> {
        accounts::administer(op)?;
        let person = op.person()?;
        if self.act == Act::suspend(person.actor(), String::new()) {
            return Err(Invalid::new("actor", "must not be yourself").into());
        }
        let (act, target) = (self.act.word(), self.act.target(op.tx)?);
        let payload = serde_json::to_string(&self.act).unwrap_or_default();
        if let Some(same) = db::proposals::same(op.tx, act, &target, &payload)? {
            return Ok(same.id);
        }
        let row = ProposalRow {
            id: op.mint(),
            act,
            target,
            payload,
            state: ProposalState::Waiting,
            proposed_by: person.actor(),
            proposed_at: op.now,
            answered_by: None,
            answered_at: None,
        };
        db::proposals::insert(op.tx, &row)?;
        op.audit(None, "propose", &row.target, act.word())?;
        Ok(row.id)
    }
}

/// Another one agrees, and it is done; or somebody says no.
#[derive(Clone, Debug)]
pub struct AnswerProposal {
    pub id: ProposalId,
    pub agree: bool,
}

impl Operation for AnswerProposal {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        accounts::administer(op)?;
        let row = db::proposals::lock(op.tx, self.id)?.ok_or(OpError::NotFound("proposal"))?;
        if row.state != ProposalState::Waiting {
            return Err(Refusal::AlreadyAnswered.into());
        }
        let by = op.origin.actor();
        if self.agree && by == Some(row.proposed_by) {
            return Err(Refusal::OwnDecision.into());
        }
        let state = if self.agree { ProposalState::Done } else { ProposalState::Refused };
        db::proposals::answer(op.tx, row.id, state, by, op.now)?;
        let said = if self.agree { "agree" } else { "disagree" };
        op.audit(None, said, &row.target, row.act.word())?;
        if !self.agree {
            return Ok(());
        }
        let act: Act = serde_json::from_str(&row.payload)
            .map_err(|err| OpError::Storage(db::DbError::Schema(err.to_string())))?;
        act.perform(op)
    }
}
