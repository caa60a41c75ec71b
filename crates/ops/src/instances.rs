//! Operations on servers: ours, and those we have met.

use db::actors::NewActor;
use domain::{
    ActorId, Dialect, Handle, Invalid,
    people::{ActorKind, KeyPair},
};

use crate::{Op, Operation, Result, accounts};

/// Founds this instance: its actor at the root address, which signs what the server itself fetches.
///
/// Refuses a database that belongs to another address: ids are for ever.
#[derive(Clone, Debug)]
pub struct FoundInstance {
    pub name: String,
    pub keys: KeyPair,
}

/// The handle of the instance actor is its host, as GoToSocial and Lemmy do it.
impl Operation for FoundInstance {
    type Done = ActorId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<ActorId> {
        check_address(op)?;
        let base = op.site.base().to_string();
        if let Some(known) = db::actors::find_by_ap_id(op.tx, &base)? {
            return Ok(known.id);
        }
        db::settings::keep(op.tx, "instance.url", &base)?;
        let handle = Handle::parse("instance")?;
        let new = NewActor {
            handle: op.site.host().to_owned(),
            inbox: op.site.at("inbox"),
            outbox: Some(op.site.at("outbox")),
            followers: None,
            following: None,
            ..accounts::local_actor(op, &handle, &base, ActorKind::Application, &self.name, "")
        };
        accounts::insert_actor(op, &new, &self.keys)
    }
}

fn check_address(op: &mut Op<'_, '_>) -> Result<()> {
    let base = op.site.base().as_str();
    match db::settings::find(op.tx, "instance.url")? {
        Some(kept) if kept != base => Err(Invalid::new(
            "instance.url",
            format!(
                "is {base}, but this database belongs to {kept}; ids are for ever, so set it back"
            ),
        )
        .into()),
        _ => Ok(()),
    }
}

/// Remembers what a server says of its software (NodeInfo).
#[derive(Clone, Debug)]
pub struct RecordSoftware {
    pub host: String,
    pub software: Option<String>,
    pub version: Option<String>,
}

impl Operation for RecordSoftware {
    type Done = ();

    const MEETS: bool = true;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let Self { host, software, version } = self;
        db::instances::meet(op.tx, &host, op.now)?;
        let known = db::instances::find(op.tx, &host)?;
        // A server that does not say today what it said before is what it was: peers are spoken to steadily.
        let before = known.map(|known| (known.software, known.version, known.dialect));
        let (software, version, dialect) = match (software, before) {
            (Some(software), _) => {
                let dialect = Dialect::of_software(&software);
                (Some(software), version, dialect)
            }
            (None, Some(before)) => before,
            (None, None) => (None, None, Dialect::Microblog),
        };
        let (software, version) = (software.as_deref(), version.as_deref());
        db::instances::set_software(op.tx, &host, software, version, dialect, op.now)?;
        Ok(())
    }
}

/// Remembers whether a server lets everybody read its actors, without a signature.
///
/// Where it does not, Lemmy can't read what its people say, and guests of ours say it again.
#[derive(Clone, Debug)]
pub struct RecordOpenActors {
    pub host: String,
    pub open: bool,
}

impl Operation for RecordOpenActors {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        db::instances::meet(op.tx, &self.host, op.now)?;
        Ok(db::instances::set_open_actors(op.tx, &self.host, self.open, op.now)?)
    }
}
