//! Which language this piece of work speaks.

use crate::Language;

tokio::task_local! {
    static CURRENT: Language;
}

/// The language of this piece of work; English where none was said.
#[must_use]
pub fn current() -> Language {
    CURRENT.try_get().unwrap_or_default()
}

/// Does a piece of work in a language.
///
/// Work it hands to another task or thread says its own again.
pub async fn within<F: Future>(language: Language, work: F) -> F::Output {
    CURRENT.scope(language, work).await
}

/// The same for work that does not wait.
pub fn within_sync<T>(language: Language, work: impl FnOnce() -> T) -> T {
    CURRENT.sync_scope(language, work)
}
