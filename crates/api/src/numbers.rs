//! Whole numbers as JSON knows them: `14` and `14.0` are one number.

use serde::{Deserialize as _, Deserializer, de::Error as _};
use serde_json::Number;

/// A whole number, however it is written; nothing where it is `null`.
pub(crate) fn whole<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i64>,
{
    let Some(number) = Option::<Number>::deserialize(from)? else { return Ok(None) };
    let read = number.as_i64().or_else(|| {
        let number = number.as_f64().filter(|number| number.fract() == 0.0)?;
        format!("{number:.0}").parse().ok()
    });
    let fits = read.and_then(|number| T::try_from(number).ok());
    fits.map(Some).ok_or_else(|| D::Error::custom(format!("{number} is not such a whole number")))
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn a_whole_number_is_one_however_it_is_written() {
        for (text, want) in [
            ("14", Some(Some(14))),
            ("14.0", Some(Some(14))),
            ("1e2", Some(Some(100))),
            ("-1", Some(Some(-1))),
            ("null", Some(None)),
            ("14.5", None),
            ("1e300", None),
            ("3000000000", None),
            ("\"14\"", None),
        ] {
            let mut json = serde_json::Deserializer::from_str(text);
            assert_eq!(whole::<_, i32>(&mut json).ok(), want, "{text}");
        }
    }
}
