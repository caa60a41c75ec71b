//! What letters about decisions say.

use db::cases::DecisionRow;
use domain::{accounts::Email, cases::DecisionKind};

use crate::{Op, Result, letters::leave};

/// What was decided, and by which link one appeals.
pub(super) fn decided(
    op: &mut Op<'_, '_>,
    to: &Email,
    handle: &str,
    row: &DecisionRow,
    secret: &str,
) -> Result<()> {
    let host = op.site.host();
    let what = match row.kind {
        DecisionKind::NoSanction => "Nothing is held against you.",
        DecisionKind::Repair => "An agreement was made on how to make good.",
        DecisionKind::Warning => "You are warned.",
        DecisionKind::Hidden => "What was reported is hidden here.",
        DecisionKind::Suspended => "Your account is suspended.",
    };
    let link = op.site.at(&format!("appeal?token={secret}"));
    let text = format!(
        "Something of @{handle} was reported on {host}, and those who keep it have decided.\n\n\
         {what}\n\n{}\n\n\
         If you see it differently, say so once, at this link; somebody else will look at it:\n\n{link}",
        row.text
    );
    leave(op, to, "A decision about your account", &text)
}

/// What was answered.
pub(super) fn answered(
    op: &mut Op<'_, '_>,
    to: &Email,
    handle: &str,
    upheld: bool,
    answer: &str,
) -> Result<()> {
    let what = if upheld { "The decision stands." } else { "The decision is taken back." };
    let text = format!("Your appeal (@{handle}) was answered. {what}\n\n{answer}");
    leave(op, to, "Your appeal was answered", &text)
}
