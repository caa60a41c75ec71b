//! Forms with a file (RFC 7578): their fields as text, the file as bytes, and no more than is wanted of it.
//!
//! **Invariant:** nothing of a form is read into memory before its word is known to be that of the session, but for
//! the fields that stand before it.

use std::collections::BTreeMap;

use actix_multipart::{Field, Multipart};
use actix_web::{HttpMessage, HttpRequest, web::Payload};
use futures::StreamExt;
use ops::secrets;

use crate::{Result, error::PageError, session::Signed};

/// So many bytes a field has that is no file.
const FIELD: usize = 64 * 1024;
/// So many parts a form has at most.
const FIELDS: usize = 20;
/// So much more than is wanted is read and thrown away, so that a browser hears what is wrong.
const PATIENCE: usize = 32 * 1024 * 1024;

/// A form that came with a file.
#[derive(Debug, Default)]
pub(crate) struct Upload {
    fields: BTreeMap<String, String>,
    /// The file; empty where none was chosen.
    pub(crate) file: Vec<u8>,
    /// Was the file larger than wanted? Then nothing of it is kept.
    pub(crate) too_large: bool,
}

impl Upload {
    /// Reads a form from a page of ours; its file has at most so many bytes.
    pub(crate) async fn read(
        request: &HttpRequest,
        payload: Payload,
        signed: &Signed,
        most: usize,
    ) -> Result<Self> {
        if !is_form(request) {
            return Err(PageError::Forged { kept: None });
        }
        let mut parts = Multipart::new(request.headers(), payload);
        let mut form = Self::default();
        let (mut is_ours, mut has_file) = (false, false);
        let mut left = FIELDS;
        while let Some(part) = parts.next().await {
            let mut part = part.map_err(|_| PageError::BadRequest)?;
            left = left.checked_sub(1).ok_or(PageError::BadRequest)?;
            let name = part.name().unwrap_or_default().to_owned();
            if name == "file" {
                if std::mem::replace(&mut has_file, true) {
                    return Err(PageError::BadRequest);
                }
                if !is_ours {
                    return Err(form.forged());
                }
                form.take(&mut part, most).await?;
                continue;
            }
            let bytes = part.bytes(FIELD).await.map_err(|_| PageError::BadRequest)?;
            let bytes = bytes.map_err(|_| PageError::BadRequest)?;
            let text = String::from_utf8(bytes.to_vec()).map_err(|_| PageError::BadRequest)?;
            is_ours |= name == "csrf" && secrets::same(&signed.viewer.csrf, &text);
            // Browsers end lines in a form so, whoever typed them.
            form.fields.insert(name, text.replace("\r\n", "\n"));
        }
        if is_ours { Ok(form) } else { Err(form.forged()) }
    }

    /// What was typed into a field.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.get(name).map(String::as_str).unwrap_or_default()
    }

    fn forged(&self) -> PageError {
        let kept = ["alt", "text"].into_iter().map(|name| self.field(name));
        let kept = kept.into_iter().find(|text| !text.trim().is_empty()).map(str::to_owned);
        PageError::Forged { kept }
    }

    async fn take(&mut self, part: &mut Field, most: usize) -> Result<()> {
        let mut read = 0_usize;
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(|_| PageError::BadRequest)?;
            read = read.saturating_add(chunk.len());
            if most + PATIENCE < read {
                return Err(PageError::BadRequest);
            }
            if most < read {
                self.too_large = true;
                self.file = Vec::new();
            } else {
                self.file.extend_from_slice(&chunk);
            }
        }
        Ok(())
    }
}

/// Whether it is `multipart/form-data; boundary="…"`.
fn is_form(request: &HttpRequest) -> bool {
    let Ok(Some(media_type)) = request.mime_type() else { return false };
    let boundary = media_type.get_param("boundary");
    media_type.essence_str() == "multipart/form-data"
        && boundary.is_some_and(|it| (1..=70).contains(&it.as_str().len()))
}
