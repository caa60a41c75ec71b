//! Problems in the language of whoever asks (`Accept-Language`).
//!
//! A code has a message (`refusal-CODE`, or `code-CODE` for those that only programs are told); what is wrong
//! with a value is found by its words. What a language does not say is told in English. Codes are the same
//! in all.

use actix_web::{
    body::{BoxBody, to_bytes},
    dev::ServiceResponse,
    http::header::{self, HeaderMap, HeaderValue},
};
use serde_json::Value;
use words::Language;

/// The language that somebody likes best among ours.
pub(crate) fn wanted(headers: &HeaderMap) -> Language {
    let values = headers.get_all(header::ACCEPT_LANGUAGE).filter_map(|value| value.to_str().ok());
    Language::accepted(&values.collect::<Vec<_>>().join(",")).unwrap_or_default()
}

/// Says a problem in a language, and which one it is said in.
pub(crate) async fn say(
    answer: ServiceResponse<BoxBody>,
    language: Language,
) -> ServiceResponse<BoxBody> {
    let media_type = answer.headers().get(header::CONTENT_TYPE);
    if media_type.is_none_or(|it| it != "application/problem+json") {
        return answer;
    }
    let (request, answer) = answer.into_parts();
    let (mut answer, body) = answer.into_parts();
    let bytes = to_bytes(body).await.unwrap_or_default();
    let said = words::within_sync(language, || translate(language, &bytes));
    let tag = if said.is_some() { language.tag() } else { Language::default().tag() };
    answer.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(tag));
    let bytes = said.map_or(bytes, Into::into);
    ServiceResponse::new(request, answer.set_body(bytes).map_into_boxed_body())
}

/// The problem in a language; nothing where it has no words for it, or needs none.
fn translate(language: Language, bytes: &[u8]) -> Option<String> {
    if language == Language::default() {
        return None;
    }
    let mut problem: Value = serde_json::from_slice(bytes).ok()?;
    let code = problem.get("code")?.as_str()?.replace('_', "-");
    let english = problem.get("detail")?.as_str()?;
    let detail = ["refusal", "code"]
        .into_iter()
        .map(|list| format!("{list}-{code}"))
        .find(|key| words::knows(language, key))
        .map(|key| {
            let last = english.rsplit(' ').next().unwrap_or_default();
            words::say_with(&key, &[("last", last.into())]).into_owned()
        })
        .or_else(|| about_field(problem.get("field")?.as_str()?, english))?;
    let status = format!("status-{}", problem.get("status")?.as_u64()?);
    let fields = problem.as_object_mut()?;
    fields.insert("detail".to_owned(), detail.into());
    if words::knows(language, &status) {
        fields.insert("title".to_owned(), words::say(&status).into());
    }
    Some(problem.to_string())
}

/// What is wrong with a field; programs call it by its name.
fn about_field(field: &str, english: &str) -> Option<String> {
    let problem = words::problem(english.strip_prefix(field)?.trim_start())?;
    let said = [("field", field.into()), ("problem", problem.as_str().into())];
    Some(words::say_with("error-about-field", &said).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_that_is_told_exists() {
        let sources = [include_str!("problem.rs"), include_str!("../../domain/src/refusal.rs")];
        let mut codes = 0;
        for (_, text) in words::files(Language::English) {
            for line in text.lines() {
                let key = line.split(" = ").next().unwrap_or_default();
                let code = key.strip_prefix("code-").or_else(|| key.strip_prefix("refusal-"));
                let Some(code) = code.map(|code| format!("\"{}\"", code.replace('-', "_"))) else {
                    continue;
                };
                codes += 1;
                assert!(sources.iter().any(|it| it.contains(&code)), "{code}");
            }
        }
        assert!(50 < codes, "{codes}");
    }

    #[test]
    fn what_is_wrong_with_a_value_is_told_in_a_language() {
        let english = r#"{"code":"invalid","status":422,"title":"Unprocessable Content",
            "field":"title","detail":"title must be at most 120 characters; this one has 300"}"#;
        let told = words::within_sync(Language::Catalan, || {
            translate(Language::Catalan, english.as_bytes())
        });
        let told: Value = serde_json::from_str(&told.unwrap()).unwrap();
        assert_eq!(told["detail"], "title: ha de tenir 120 caràcters com a molt; en té 300");
        assert_eq!(told["title"], "No es pot processar");
        assert_eq!(translate(Language::English, english.as_bytes()), None);
    }
}
