//! Operations of those who look after a collective or the instance.
//!
//! **Invariant:** each leaves a line in the audit log; which steward it was stays there.

mod suspend;
mod threads;

pub use suspend::{SuspendActor, UnsuspendActor};
pub(crate) use suspend::{admit, shut_out, suspendable};
pub use threads::{BlockActor, HideReply, LockListing, UnblockActor};
pub(crate) use threads::{hide, refuse_locked};
