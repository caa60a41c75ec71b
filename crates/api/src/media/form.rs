//! The parts of an uploaded form (RFC 7578).

use actix_web::{HttpRequest, http::header, web};
use domain::media::MOST_BYTES;

use crate::{Result, problem::ApiError};

/// What stands around the file: other fields, headers, and boundaries.
const AROUND: usize = 32 * 1024;
/// So many parts a form of ours has at most.
const MOST_PARTS: usize = 8;

/// A file and what there is to see.
#[derive(Debug)]
pub(super) struct Upload {
    pub(super) file: Vec<u8>,
    pub(super) alt: String,
}

impl Upload {
    /// Reads no more than a form may have; one that says beforehand that it has more is not read at all.
    pub(super) async fn read(req: &HttpRequest, payload: web::Payload) -> Result<Self> {
        let text = |name| req.headers().get(name).and_then(|value| value.to_str().ok());
        let boundary = boundary(text(header::CONTENT_TYPE).unwrap_or_default());
        let boundary = boundary.ok_or(ApiError::NotAForm)?;
        let said = text(header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
        let most = MOST_BYTES + AROUND;
        if said.is_some_and(|said| most as u64 <= said) {
            return Err(ApiError::FileTooLarge);
        }
        let read = payload.to_bytes_limited(most).await.map_err(|_| ApiError::FileTooLarge)?;
        Self::parse(&boundary, &read.map_err(|_| ApiError::Unread)?)
    }

    fn parse(boundary: &str, body: &[u8]) -> Result<Self> {
        let (mut file, mut alt) = (None, None);
        for (name, content) in parts(boundary, body)? {
            let twice = match name.as_str() {
                "file" => file.replace(content.to_vec()).is_some(),
                "alt" => alt.replace(content).is_some(),
                _ => {
                    let problem = "is not a field of this form: file, alt".to_owned();
                    return Err(ApiError::Field { field: name, problem, code: "unknown_field" });
                }
            };
            if twice {
                return Err(wrong(&name, "is there twice"));
            }
        }
        let file = file.ok_or_else(|| wrong("file", "is missing"))?;
        if MOST_BYTES < file.len() {
            return Err(ApiError::FileTooLarge);
        }
        let alt = alt.ok_or_else(|| wrong("alt", "is missing: say what there is to see"))?;
        let alt = std::str::from_utf8(alt).map_err(|_| wrong("alt", "must be UTF-8"))?.to_owned();
        Ok(Self { file, alt })
    }
}

fn wrong(field: &str, problem: &str) -> ApiError {
    ApiError::Field { field: field.to_owned(), problem: problem.to_owned(), code: "invalid" }
}

/// The boundary of `multipart/form-data; boundary="…"`; nothing of any other type.
fn boundary(content_type: &str) -> Option<String> {
    let (essence, parameters) = content_type.split_once(';')?;
    if !essence.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let mut pairs = parameters.split(';').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))?;
    let value = value.trim().trim_matches('"');
    (1..=70).contains(&value.len()).then(|| value.to_owned())
}

/// The names and the contents of the parts.
fn parts<'b>(boundary: &str, body: &'b [u8]) -> Result<Vec<(String, &'b [u8])>> {
    let broken = || ApiError::Malformed("it is no whole form of parts".to_owned());
    let opening = format!("--{boundary}");
    let between = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(opening.as_bytes()).ok_or_else(broken)?;
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        if parts.len() == MOST_PARTS {
            return Err(broken());
        }
        let part = rest.strip_prefix(b"\r\n").ok_or_else(broken)?;
        let (headers, after) = cut(part, b"\r\n\r\n").ok_or_else(broken)?;
        let (content, after) = cut(after, between.as_bytes()).ok_or_else(broken)?;
        parts.push((name(headers).ok_or_else(broken)?, content));
        rest = after;
    }
    Ok(parts)
}

/// What stands before and after the first `mark`.
fn cut<'b>(bytes: &'b [u8], mark: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let at = bytes.windows(mark.len()).position(|window| window == mark)?;
    Some((bytes.get(..at)?, bytes.get(at + mark.len()..)?))
}

/// The name of a part, of its `Content-Disposition`. What its file is called is nothing to us.
fn name(headers: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(headers).ok()?;
    let mut lines = text.split("\r\n").filter_map(|line| line.split_once(':'));
    let is_it = |(name, _): &(&str, &str)| name.trim().eq_ignore_ascii_case("content-disposition");
    let (_, value) = lines.find(is_it)?;
    let mut pairs = value.split(';').filter_map(|pair| pair.split_once('='));
    let (_, name) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("name"))?;
    Some(name.trim().trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError;

    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=\"xyz\"";

    fn part(name: &str, content: &str) -> String {
        let more = if name == "file" { "; filename=\"../../etc; name=passwd\"" } else { "" };
        format!(
            "--xyz\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{content}\r\n"
        )
    }

    fn read(body: &str) -> Result<Upload> {
        Upload::parse(&boundary(TYPE).unwrap(), body.as_bytes())
    }

    #[test]
    fn a_form_is_read_part_by_part() {
        let both = part("file", "a\r\n--xy\r\nb") + &part("alt", "A ladder") + "--xyz--\r\n";
        let upload = read(&both).unwrap();
        assert_eq!(upload.file, b"a\r\n--xy\r\nb");
        assert_eq!(upload.alt, "A ladder");
    }

    #[test]
    fn what_is_no_form_of_ours_is_refused() {
        let end = "--xyz--\r\n";
        let (file, alt) = (part("file", "a"), part("alt", "b"));
        for (body, status, want) in [
            (String::new(), 400, "no whole form"),
            ("--abc--".to_owned(), 400, "no whole form"),
            (format!("{file}{alt}"), 400, "no whole form"),
            ("--xyz\r\nContent-Type: x\r\n\r\na\r\n--xyz--".to_owned(), 400, "no whole form"),
            (part("alt", "b").repeat(9) + end, 400, "no whole form"),
            (format!("{alt}{end}"), 422, "file is missing"),
            (format!("{file}{end}"), 422, "alt is missing"),
            (format!("{file}{alt}{alt}{end}"), 422, "alt is there twice"),
            (format!("{file}{alt}{}{end}", part("owner", "x")), 422, "owner is not a field"),
        ] {
            let err = read(&body).unwrap_err();
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
            assert_eq!(boundary(wrong), None, "{wrong}");
        }
    }
}
