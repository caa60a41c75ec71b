//! Problems in the language of whoever asks (`Accept-Language`).
//!
//! A code has a sentence in each language, one file each. What has none is told in English: above all what
//! is wrong with a value, which is a sentence of its own for each field. Codes are the same in all.

mod ca;
mod de;
mod es;
mod fr;

use actix_web::{
    body::{BoxBody, to_bytes},
    dev::ServiceResponse,
    http::header::{self, HeaderMap, HeaderValue},
};
use serde_json::Value;

/// A language: its tag, the names of statuses, and a sentence for each code.
pub(crate) struct Language {
    tag: &'static str,
    titles: &'static [(u16, &'static str)],
    /// `{}` is the last word of the English sentence.
    sentences: &'static [(&'static str, &'static str)],
}

const LANGUAGES: [&Language; 4] = [&es::SPANISH, &ca::CATALAN, &de::GERMAN, &fr::FRENCH];

/// The language that somebody likes best among ours; nothing where it is English.
pub(crate) fn wanted(headers: &HeaderMap) -> Option<&'static Language> {
    let values = headers.get_all(header::ACCEPT_LANGUAGE).filter_map(|value| value.to_str().ok());
    let mut best = (0_u16, None);
    for part in values.flat_map(|value| value.split(',')).take(50) {
        let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
        let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        let weight = weight(parameters);
        let language = LANGUAGES.into_iter().find(|known| known.tag == primary);
        if (language.is_some() || primary == "en" || primary == "*") && best.0 < weight {
            best = (weight, language);
        }
    }
    best.1
}

/// `q=0.8` in thousandths; what cannot be read is not wanted.
fn weight(parameters: &str) -> u16 {
    let parameters = parameters.trim();
    if parameters.is_empty() {
        return 1_000;
    }
    let said = parameters.strip_prefix("q=").and_then(|text| text.trim().parse::<f32>().ok());
    let said = said.filter(|said| (0.0..=1.0).contains(said)).unwrap_or_default();
    // Rounds; between 0 and 1000.
    (0..=1_000).rev().find(|it| f32::from(*it) <= said * 1_000.0 + 0.5).unwrap_or_default()
}

/// Says a problem in a language, and which one it is said in.
pub(crate) async fn say(
    answer: ServiceResponse<BoxBody>,
    language: Option<&'static Language>,
) -> ServiceResponse<BoxBody> {
    let media_type = answer.headers().get(header::CONTENT_TYPE);
    if media_type.is_none_or(|it| it != "application/problem+json") {
        return answer;
    }
    let (request, answer) = answer.into_parts();
    let (mut answer, body) = answer.into_parts();
    let bytes = to_bytes(body).await.unwrap_or_default();
    let said = language.and_then(|language| Some((language, translate(language, &bytes)?)));
    let tag = said.as_ref().map_or("en", |(language, _)| language.tag);
    answer.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(tag));
    let bytes = said.map_or(bytes, |(_, text)| text.into());
    ServiceResponse::new(request, answer.set_body(bytes).map_into_boxed_body())
}

fn translate(language: &Language, bytes: &[u8]) -> Option<String> {
    let mut problem: Value = serde_json::from_slice(bytes).ok()?;
    let code = problem.get("code")?.as_str()?;
    let (_, sentence) = language.sentences.iter().find(|(known, _)| *known == code)?;
    let last = problem.get("detail")?.as_str()?.rsplit(' ').next().unwrap_or_default();
    let detail = sentence.replace("{}", last);
    let status = problem.get("status")?.as_u64()?;
    let title = language.titles.iter().find(|(known, _)| u64::from(*known) == status);
    let fields = problem.as_object_mut()?;
    fields.insert("detail".to_owned(), detail.into());
    if let Some((_, title)) = title {
        fields.insert("title".to_owned(), (*title).into());
    }
    Some(problem.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_languages_say_the_same_codes_and_titles() {
        let first = LANGUAGES[0];
        for language in LANGUAGES {
            let codes = |it: &Language| it.sentences.iter().map(|it| it.0).collect::<Vec<_>>();
            let titles = |it: &Language| it.titles.iter().map(|it| it.0).collect::<Vec<_>>();
            assert_eq!(codes(language), codes(first), "{}", language.tag);
            assert_eq!(titles(language), titles(first), "{}", language.tag);
            let holes = |it: &Language| {
                it.sentences.iter().map(|it| it.1.matches("{}").count()).sum::<usize>()
            };
            assert_eq!(holes(language), 1, "{}", language.tag);
        }
    }

    #[test]
    fn every_code_that_is_told_exists() {
        let sources =
            [include_str!("../problem.rs"), include_str!("../../../domain/src/refusal.rs")];
        for (code, _) in es::SPANISH.sentences {
            assert!(sources.iter().any(|it| it.contains(&format!("\"{code}\""))), "{code}");
        }
    }

    #[test]
    fn weights_are_read_as_they_are_meant() {
        for (text, want) in [
            ("", 1_000),
            ("q=1", 1_000),
            ("q=0.8", 800),
            (" q=0.001", 1),
            ("q=0", 0),
            ("q=2", 0),
            ("q=x", 0),
            ("q=NaN", 0),
        ] {
            assert_eq!(weight(text), want, "{text}");
        }
    }
}
