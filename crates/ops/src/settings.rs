//! What somebody chooses for their own account: its language, and which letters they get.

use domain::{
    letters::{Digest, Stop},
    text::Language,
};

use crate::{Op, OpError, Operation, Result, totp};

/// Somebody chooses; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct ChangeSettings {
    /// The language of pages and letters.
    pub locale: Option<Language>,
    pub digest: Option<Digest>,
    /// Whether they are written of what concerns them.
    pub letters: Option<bool>,
}

impl Operation for ChangeSettings {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let account = totp::own(op)?;
        let row = db::letters::of(op.tx, account.id)?;
        let mut row = row.ok_or(OpError::NotFound("account"))?;
        if let Some(digest) = self.digest {
            // Whoever begins to want them is told of what is new from now on.
            if row.digest == Digest::Never && digest != Digest::Never {
                db::letters::tell_until(op.tx, account.id, (row.digest_at, op.now))?;
            }
            row.digest = digest;
        }
        if let Some(letters) = self.letters {
            if letters && !row.letters {
                db::letters::mailed(op.tx, account.person_id)?;
            }
            row.letters = letters;
        }
        if let Some(locale) = self.locale {
            String::from(locale).clone_into(&mut row.locale);
        }
        Ok(db::letters::choose(op.tx, account.id, &row)?)
    }
}

/// Whoever has the word of a letter stops letters; it takes no password, and gives nothing else away.
#[derive(Clone, Debug)]
pub struct StopLetters {
    pub word: String,
    pub stop: Stop,
}

impl Operation for StopLetters {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let account = db::letters::by_stop_word(op.tx, &self.word)?;
        let account = account.ok_or(OpError::NotFound("letters"))?;
        let row = db::letters::of(op.tx, account.id)?;
        let mut row = row.ok_or(OpError::NotFound("account"))?;
        if matches!(self.stop, Stop::Digest | Stop::All) {
            row.digest = Digest::Never;
        }
        if matches!(self.stop, Stop::Notifications | Stop::All) {
            row.letters = false;
        }
        Ok(db::letters::choose(op.tx, account.id, &row)?)
    }
}
