//! What we say, field by field in the order it is written.
//!
//! Addresses and dates (RFC 3339, UTC) are strings here: who fills a document has them from
//! elsewhere. An absent value is left out; `to` and the like are arrays even of one, since Lemmy
//! reads nothing else.

mod activity;
mod actor;
mod agreement;
mod collection;
mod economic;
mod nodeinfo;
mod note;
mod proposal;
mod receipt;
mod tombstone;
mod webfinger;

pub use activity::ActivityDocument;
pub use actor::{
    ActorDocument, EndpointsDocument, ImageDocument, ProfileDocument, PublicKeyDocument,
};
pub use agreement::{AgreementDocument, AgreementKind, CommitmentDocument, CommitmentKind};
pub use collection::{
    CollectionDocument, CollectionKind, CollectionPageDocument, CountDocument, RepliesDocument,
};
pub use economic::{
    AgentRole, EconomicDocument, IntentDocument, MeasureDocument, PlaceDocument, PurposeWord,
};
pub use nodeinfo::{
    NODEINFO_2_0, NODEINFO_2_1, NodeInfoDocument, NodeInfoLink, NodeInfoLinksDocument,
    NodeInfoServices, NodeInfoSoftware, NodeInfoUsage, NodeInfoUsers,
};
pub use note::{
    AttachmentDocument, LanguageDocument, NoteDocument, NoteForm, SourceDocument, TagDocument,
};
pub use proposal::{ProposalDocument, ProposalKind};
pub use receipt::{ReceiptDocument, ReceiptKind};
pub use tombstone::{TombstoneDocument, TombstoneKind};
pub use webfinger::{WebfingerDocument, WebfingerLink};
