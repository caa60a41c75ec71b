//! What clients send about listings, and how it becomes what `domain` knows.

use db::listings::ListingRow;
use domain::{
    Invalid, MediaId, Refusal, Time,
    listings::{Category, Content, Kind, Purpose, Signature, Terms, Title, Urgency, Window, body},
    mandates::Mandate,
    media::MOST_ATTACHED,
    place::{Place, Point},
    quantity::{Amount, Quantity, Unit},
    text::{Language, Licence},
};
use ops::listings::Extras;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{Result, body::Change, numbers, words};

/// A need or an offer to be put on a board.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "purpose": "need",
    "kind": "goods",
    "title": "20 chairs for the harvest supper",
    "text": "We bring them back on Sunday.",
    "quantity": { "total": "20", "unit": "one" },
    "category": "food",
    "terms": "loan",
    "place": { "name": "The mill", "latitude": 41.402_917, "longitude": 2.156_331 },
    "language": "en",
    "urgency": "days",
}))]
pub(crate) struct PostListingForm {
    #[schema(value_type = words::Purpose)]
    purpose: String,
    #[schema(value_type = words::Kind)]
    kind: String,
    #[schema(min_length = 1, max_length = 120)]
    title: String,
    /// Plain text; addresses in it become links.
    #[schema(max_length = 5000)]
    text: Option<String>,
    quantity: Option<QuantityForm>,
    #[schema(value_type = Option<words::Category>)]
    category: Option<String>,
    /// `lets-talk` where it is left out.
    #[schema(value_type = Option<words::Terms>)]
    terms: Option<String>,
    place: Option<PlaceForm>,
    #[schema(format = DateTime)]
    starts_at: Option<String>,
    #[schema(format = DateTime)]
    ends_at: Option<String>,
    /// When it closes by itself: in the future, within five years.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
    /// A language tag (BCP 47); the collective's where it is left out.
    #[schema(value_type = Option<words::Language>)]
    language: Option<String>,
    #[schema(value_type = Option<words::Urgency>)]
    urgency: Option<String>,
    /// `CC-BY-SA-4.0` where it is left out.
    #[schema(value_type = Option<words::Licence>)]
    licence: Option<String>,
    /// `voice` where it is left out: nobody learns who wrote it.
    #[schema(value_type = Option<words::Signature>)]
    signed_by: Option<String>,
    /// `false` keeps it as a draft, seen by the collective alone; `true` where it is left out.
    pub(crate) publish: Option<bool>,
    /// The ids of pictures that you uploaded, in their order.
    #[schema(value_type = Option<Vec<words::Uuid>>, max_items = 4)]
    media: Option<Vec<String>>,
    /// For whom you post this, in words that everybody may read; they must have agreed.
    #[schema(min_length = 1, max_length = 120)]
    on_behalf_of: Option<String>,
    /// `true`: you have asked those on whose behalf you post, and they agree.
    consent: Option<bool>,
}

/// What to change of a listing; what is left out stays; what need not be there is taken away by `null`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "title": "24 chairs for the harvest supper", "urgency": null }))]
pub(crate) struct EditListingForm {
    /// Only of a draft.
    #[schema(value_type = Option<words::Purpose>)]
    purpose: Option<String>,
    #[schema(value_type = Option<words::Kind>)]
    kind: Option<String>,
    #[schema(min_length = 1, max_length = 120)]
    title: Option<String>,
    #[schema(max_length = 5000)]
    text: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<QuantityForm>)]
    quantity: Change<QuantityForm>,
    #[serde(default)]
    #[schema(value_type = Option<words::Category>)]
    category: Change<String>,
    #[schema(value_type = Option<words::Terms>)]
    terms: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<PlaceForm>)]
    place: Change<PlaceForm>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    starts_at: Change<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    ends_at: Change<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Change<String>,
    #[schema(value_type = Option<words::Language>)]
    language: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<words::Urgency>)]
    urgency: Change<String>,
    #[schema(value_type = Option<words::Licence>)]
    licence: Option<String>,
    #[schema(value_type = Option<words::Signature>)]
    signed_by: Option<String>,
    /// The ids of its pictures, in their order; those that are not named go.
    #[schema(value_type = Option<Vec<words::Uuid>>, max_items = 4)]
    media: Option<Vec<String>>,
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 120)]
    on_behalf_of: Change<String>,
    /// `true`: you have asked those on whose behalf you post, and they agree.
    consent: Option<bool>,
}

/// How much, as a decimal number in text: more than 0, at most three decimals.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuantityForm {
    #[schema(value_type = words::Amount, example = "20")]
    total: String,
    /// `one` counts things; it is the unit where none is given.
    #[schema(value_type = Option<words::Unit>)]
    unit: Option<String>,
}

/// Where. The exact point is shown to members alone; the world sees a coarse one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceForm {
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    #[schema(minimum = -90, maximum = 90)]
    latitude: Option<f64>,
    #[schema(minimum = -180, maximum = 180)]
    longitude: Option<f64>,
    /// How far around help is useful, in metres.
    #[serde(default, deserialize_with = "numbers::whole")]
    #[schema(minimum = 0, maximum = 500_000)]
    radius: Option<i32>,
}

impl PostListingForm {
    /// Parses every field; `language` is the collective's.
    pub(crate) fn content(&self, language: &str) -> Result<Content> {
        Ok(Content {
            purpose: Purpose::parse(&self.purpose)?,
            kind: Kind::parse(&self.kind)?,
            title: Title::parse(&self.title)?,
            text: body(self.text.as_deref().unwrap_or_default())?,
            quantity: self.quantity.as_ref().map(QuantityForm::parse).transpose()?,
            category: self.category.as_deref().map(Category::parse).transpose()?,
            terms: self.terms.as_deref().map_or(Ok(Terms::LetsTalk), Terms::parse)?,
            place: self.place.as_ref().map(PlaceForm::parse).transpose()?,
            window: Window {
                starts_at: time("starts_at", self.starts_at.as_deref())?,
                ends_at: time("ends_at", self.ends_at.as_deref())?,
                expires_at: time("expires_at", self.expires_at.as_deref())?,
            },
            language: Language::parse(self.language.as_deref().unwrap_or(language))?,
            urgency: self.urgency.as_deref().map(Urgency::parse).transpose()?,
            licence: self.licence.as_deref().map_or(Ok(Licence::ShareAlike), Licence::parse)?,
            signed_by: self.signed_by.as_deref().map_or(Ok(Signature::Voice), Signature::parse)?,
        })
    }
}

impl PostListingForm {
    /// Refuses what is of one time and no use in a template.
    pub(crate) fn refuse_single_use(&self) -> Result<()> {
        for (field, is_there) in [
            ("form.starts_at", self.starts_at.is_some()),
            ("form.ends_at", self.ends_at.is_some()),
            ("form.expires_at", self.expires_at.is_some()),
            ("form.publish", self.publish.is_some()),
            ("form.media", self.media.is_some()),
            ("form.on_behalf_of", self.on_behalf_of.is_some()),
            ("form.consent", self.consent.is_some()),
        ] {
            if is_there {
                let problem = "is of one time: leave it out here, and say it of the listing";
                return Err(Invalid::new(field, problem).into());
            }
        }
        Ok(())
    }

    /// What comes with it beside its words.
    pub(crate) fn extras(&self) -> Result<Extras> {
        let consent = self.consent.unwrap_or_default();
        let mandate = self.on_behalf_of.as_deref().map(|words| Mandate::parse(words, consent));
        Ok(Extras {
            media: pictures(self.media.as_deref())?,
            mandate: mandate.transpose()?.map(Some),
        })
    }
}

/// The ids of pictures; one that is none names nothing.
fn pictures(ids: Option<&[String]>) -> Result<Option<Vec<MediaId>>> {
    let wrong = |_| Invalid::new("media", "must be ids of pictures that you uploaded");
    let parse = |id: &String| id.parse::<MediaId>().map_err(wrong);
    let ids = ids.map(|ids| ids.iter().take(MOST_ATTACHED + 1).map(parse).collect());
    Ok(ids.transpose()?)
}

impl EditListingForm {
    /// What to change of what comes with it beside its words.
    pub(crate) fn extras(&self) -> Result<Extras> {
        let consent = self.consent.unwrap_or_default();
        let mandate = match &self.on_behalf_of {
            Change::Keep => None,
            Change::Remove => Some(None),
            Change::Set(words) => Some(Some(Mandate::parse(words, consent)?)),
        };
        Ok(Extras { media: pictures(self.media.as_deref())?, mandate })
    }

    /// Lays what is to change over what is there; `exact` is the point that only members see.
    pub(crate) fn content(&self, row: &ListingRow, exact: Option<Point>) -> Result<Content> {
        Ok(Content {
            purpose: self.purpose.as_deref().map_or(Ok(row.purpose), Purpose::parse)?,
            kind: self.kind.as_deref().map_or(Ok(row.kind), Kind::parse)?,
            title: match &self.title {
                Some(title) => Title::parse(title)?,
                // Only a title of another server can be longer than ours may be.
                None => Title::parse(&row.title).map_err(|_| Refusal::NotFromHere)?,
            },
            text: self.text.as_deref().map_or_else(|| Ok(row.text.clone()), body)?,
            quantity: self.quantity.apply(row.how_much(), QuantityForm::parse)?,
            category: self.category.apply(row.category, |word| Category::parse(word))?,
            terms: self.terms.as_deref().map_or(Ok(row.terms), Terms::parse)?,
            place: self.place.apply(place(row, exact), PlaceForm::parse)?,
            window: self.window(row)?,
            language: self
                .language
                .as_deref()
                .map_or_else(|| Ok(row.language.clone()), Language::parse)?,
            urgency: self.urgency.apply(row.urgency, |word| Urgency::parse(word))?,
            licence: self.licence.as_deref().map_or(Ok(row.licence), Licence::parse)?,
            signed_by: self.signed_by.as_deref().map_or(Ok(row.signed_by), Signature::parse)?,
        })
    }

    fn window(&self, row: &ListingRow) -> Result<Window> {
        Ok(Window {
            starts_at: self
                .starts_at
                .apply(row.starts_at, |text| Time::parse("starts_at", text))?,
            ends_at: self.ends_at.apply(row.ends_at, |text| Time::parse("ends_at", text))?,
            expires_at: self
                .expires_at
                .apply(row.expires_at, |text| Time::parse("expires_at", text))?,
        })
    }
}

impl QuantityForm {
    fn parse(&self) -> std::result::Result<Quantity, Invalid> {
        let total = Amount::parse("quantity.total", &self.total)?;
        let unit = self.unit.as_deref().map_or(Ok(Unit::One), Unit::parse);
        let unit = unit.map_err(|err| Invalid { field: "quantity.unit", ..err })?;
        Ok(Quantity::whole(total, unit))
    }
}

impl PlaceForm {
    /// Checks it.
    pub(crate) fn parse(&self) -> std::result::Result<Place, Invalid> {
        Place::new(&self.name, self.latitude, self.longitude, self.radius).map_err(|err| {
            let field = match err.field {
                "latitude" => "place.latitude",
                "longitude" => "place.longitude",
                "radius" => "place.radius",
                _ => "place.name",
            };
            Invalid { field, ..err }
        })
    }
}

/// A moment, where there is one.
pub(crate) fn time(
    field: &'static str,
    text: Option<&str>,
) -> std::result::Result<Option<Time>, Invalid> {
    text.map(|text| Time::parse(field, text)).transpose()
}

/// The place as its members know it.
fn place(row: &ListingRow, exact: Option<Point>) -> Option<Place> {
    Some(Place { name: row.place.clone()?, point: exact, radius: row.radius })
}
