//! People and collectives, as others see them.

use std::collections::HashMap;

use db::{Conn, actors::ActorRow};
use domain::{ActorId, people::ActorKind};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Result, words};

/// Somebody: a person or a collective, here or elsewhere.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ActorView {
    #[schema(value_type = String, format = "uuid")]
    pub(crate) id: Uuid,
    /// The address that names it on every server.
    pub(crate) uri: String,
    /// Its page.
    pub(crate) url: String,
    #[schema(value_type = words::ActorKind)]
    pub(crate) kind: &'static str,
    #[schema(example = "garden")]
    pub(crate) handle: String,
    #[schema(example = "commons.example")]
    pub(crate) host: String,
    /// `handle@host`.
    #[schema(example = "garden@commons.example")]
    pub(crate) address: String,
    pub(crate) name: String,
    /// Whether it lives on this server.
    pub(crate) local: bool,
    pub(crate) icon: Option<String>,
}

impl ActorView {
    /// From its row; one that is gone keeps its address alone.
    pub(crate) fn new(row: &ActorRow) -> Self {
        Self {
            id: row.id.uuid(),
            uri: row.ap_id.clone(),
            url: row.url.clone().unwrap_or_else(|| row.ap_id.clone()),
            kind: ActorKind::word(row.kind),
            handle: row.handle.clone(),
            host: row.host.clone(),
            address: format!("{}@{}", row.handle, row.host),
            name: row.display_name().to_owned(),
            local: row.local,
            icon: row.icon.clone(),
        }
    }
}

/// Several actors by id, loaded at once.
pub(crate) fn load(conn: &mut Conn, mut ids: Vec<ActorId>) -> Result<HashMap<ActorId, ActorView>> {
    ids.sort_unstable();
    ids.dedup();
    let rows = db::actors::find_all(conn, &ids)?;
    Ok(rows.iter().map(|row| (row.id, ActorView::new(row))).collect())
}
