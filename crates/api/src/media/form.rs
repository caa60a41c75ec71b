//! The parts of an uploaded form (RFC 7578).

use actix_multipart::{Multipart, MultipartError};
use actix_web::{
    HttpMessage, HttpRequest,
    error::PayloadError,
    http::header::{self, HeaderMap},
    web::{Bytes, Payload},
};
use domain::media::MOST_BYTES;
use futures::{Stream, StreamExt};

use crate::{Result, problem::ApiError};

/// What stands around the file: other fields, headers, and boundaries.
const AROUND: usize = 32 * 1024;

/// A file and what there is to see.
#[derive(Debug)]
pub(super) struct Upload {
    pub(super) file: Vec<u8>,
    pub(super) alt: String,
}

impl Upload {
    /// Reads no more than a form may have; one that says beforehand that it has more is not read at all.
    pub(super) async fn read(req: &HttpRequest, payload: Payload) -> Result<Self> {
        if !is_form(req) {
            return Err(ApiError::NotAForm);
        }
        let said = req.headers().get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok());
        let said = said.and_then(|length| length.parse::<u64>().ok());
        if said.is_some_and(|said| (MOST_BYTES + AROUND) as u64 <= said) {
            return Err(ApiError::FileTooLarge);
        }
        Self::parts(req.headers(), payload).await
    }

    async fn parts<S>(headers: &HeaderMap, body: S) -> Result<Self>
    where
        S: Stream<Item = std::result::Result<Bytes, PayloadError>> + 'static,
    {
        let mut left = MOST_BYTES + AROUND;
        let counted = body.map(move |chunk| {
            let chunk = chunk?;
            left = left.checked_sub(chunk.len()).ok_or(PayloadError::Overflow)?;
            Ok(chunk)
        });
        let mut form = Multipart::new(headers, counted);
        let (mut file, mut alt) = (None, None);
        while let Some(part) = form.next().await {
            let mut part = part.map_err(broken)?;
            let name = part.name().unwrap_or_default().to_owned();
            let place = match name.as_str() {
                "file" => &mut file,
                "alt" => &mut alt,
                _ => {
                    let problem = "is not a field of this form: file, alt".to_owned();
                    return Err(ApiError::Field { field: name, problem, code: "unknown_field" });
                }
            };
            let content = part.bytes(MOST_BYTES).await.map_err(|_| ApiError::FileTooLarge)?;
            if place.replace(Vec::from(content.map_err(broken)?)).is_some() {
                return Err(wrong(&name, "is there twice"));
            }
        }
        let file = file.ok_or_else(|| wrong("file", "is missing"))?;
        let alt = alt.ok_or_else(|| wrong("alt", "is missing: say what there is to see"))?;
        let alt = String::from_utf8(alt).map_err(|_| wrong("alt", "must be UTF-8"))?;
        Ok(Self { file, alt })
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it stands where an error is turned into ours")]
fn broken(err: MultipartError) -> ApiError {
    match err {
        MultipartError::Payload(PayloadError::Overflow) => ApiError::FileTooLarge,
        MultipartError::Payload(_) => ApiError::Unread,
        _ => ApiError::NoWholeForm,
    }
}

fn wrong(field: &str, problem: &str) -> ApiError {
    ApiError::Field { field: field.to_owned(), problem: problem.to_owned(), code: "invalid" }
}

/// Whether it is `multipart/form-data; boundary="…"`.
fn is_form(req: &HttpRequest) -> bool {
    let Ok(Some(media_type)) = req.mime_type() else { return false };
    let boundary = media_type.get_param("boundary");
    media_type.essence_str() == "multipart/form-data"
        && boundary.is_some_and(|it| (1..=70).contains(&it.as_str().len()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use actix_web::{ResponseError, test::TestRequest};
    use futures::stream;

    use super::*;

    fn request(content_type: &str) -> HttpRequest {
        TestRequest::post().insert_header((header::CONTENT_TYPE, content_type)).to_http_request()
    }

    fn part(name: &str, content: &str) -> String {
        let more = if name == "file" { "; filename=\"../../etc; name=passwd\"" } else { "" };
        format!(
            "--xyz\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{content}\r\n"
        )
    }

    /// Reads a body that comes in pieces of so many bytes.
    async fn read_of(boundary: &str, body: &str, piece: usize) -> Result<Upload> {
        let req = request(&format!("multipart/form-data; boundary=\"{boundary}\""));
        assert!(is_form(&req));
        let pieces = body.as_bytes().chunks(piece).map(|it| Ok(Bytes::copy_from_slice(it)));
        let pieces = stream::iter(pieces.collect::<Vec<_>>());
        let read = Upload::parts(req.headers(), pieces);
        tokio::time::timeout(Duration::from_secs(20), read).await.unwrap()
    }

    async fn read(body: &str) -> Result<Upload> {
        read_of("xyz", body, 4_096).await
    }

    #[tokio::test]
    async fn a_form_is_read_part_by_part_in_pieces_of_any_size() {
        let both = part("file", "a\r\n--xy\r\nb") + &part("alt", "A ladder") + "--xyz--\r\n";
        for piece in 1..=both.len() {
            let upload = read_of("xyz", &both, piece).await.unwrap();
            assert_eq!(upload.file, b"a\r\n--xy\r\nb", "in pieces of {piece}");
            assert_eq!(upload.alt, "A ladder");
        }
    }

    #[tokio::test]
    async fn what_is_no_form_of_ours_is_refused() {
        let end = "--xyz--\r\n";
        let (file, alt) = (part("file", "a"), part("alt", "b"));
        for (body, status, want) in [
            (String::new(), 400, "no whole form"),
            ("--abc--".to_owned(), 400, "no whole form"),
            (format!("{file}{alt}"), 400, "no whole form"),
            ("--xyz\r\nContent-Type: x\r\n\r\na\r\n--xyz--".to_owned(), 400, "no whole form"),
            (part("alt", "b").repeat(9) + end, 422, "alt is there twice"),
            (format!("{alt}{end}"), 422, "file is missing"),
            (format!("{file}{end}"), 422, "alt is missing"),
            (format!("{file}{alt}{alt}{end}"), 422, "alt is there twice"),
            (format!("{file}{alt}{}{end}", part("owner", "x")), 422, "owner is not a field"),
        ] {
            let err = read(&body).await.unwrap_err();
            assert_eq!(err.status_code().as_u16(), status, "{body} {err}");
            assert!(err.to_string().contains(want), "{body} {err}");
        }
        for wrong in [
            "",
            "application/json",
            "multipart/form-data",
            "multipart/mixed; boundary=x",
            "multipart/form-data; boundary=",
        ] {
            assert!(!is_form(&request(wrong)), "{wrong}");
        }
    }

    #[tokio::test]
    async fn a_form_that_breaks_off_anywhere_is_refused() {
        let whole = part("file", "a\r\nb") + &part("alt", "A ladder") + "--xyz--";
        assert!(read(&whole).await.is_ok());
        for end in 0..whole.len() {
            let cut = whole.get(..end).unwrap();
            let err = read(cut).await.unwrap_err();
            assert_eq!(err.status_code().as_u16(), 400, "{cut:?}: {err}");
        }
    }

    #[tokio::test]
    async fn no_line_is_too_short_for_a_short_boundary() {
        for body in ["\n", "--\n", "-\n--x\r\n", "--x\n", "--x\r\n\n", "--x\r\n\r\n", "\r"] {
            let err = read_of("x", body, 1).await.unwrap_err();
            assert_eq!(err.status_code().as_u16(), 400, "{body:?}");
        }
    }

    #[tokio::test]
    async fn headers_without_an_end_are_not_kept() {
        let body = "--xyz\r\n".to_owned() + &"a: b\r\n".repeat(1_000_000);
        let err = read(&body).await.unwrap_err();
        assert_eq!(err.status_code().as_u16(), 413);
    }
}
