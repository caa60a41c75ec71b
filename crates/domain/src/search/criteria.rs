//! What somebody looks for among needs and offers: words and filters, read from and written as one line.

use url::form_urlencoded::{self, Serializer};

use super::Words;
use uuid::Uuid;

use crate::{
    CollectiveId, Invalid, Time,
    listings::{Category, Kind, Purpose, Terms, Urgency, Window},
    place::Point,
    tags::Tag,
    text::Language,
};

/// 500 km: farther than that, nearness says nothing.
const FARTHEST: f64 = 500_000.0;

/// The mean radius of the earth, in metres.
const EARTH: f64 = 6_371_009.0;

/// Which needs and offers; what is left out is any.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Criteria {
    /// Whose.
    pub collective: Option<CollectiveId>,
    pub words: Option<Words>,
    pub purpose: Option<Purpose>,
    pub kind: Option<Kind>,
    pub category: Option<Category>,
    /// Marked with this.
    pub tag: Option<Tag>,
    pub terms: Option<Terms>,
    pub language: Option<Language>,
    pub urgency: Option<Urgency>,
    pub near: Option<Near>,
    /// `Some(true)`: open ones; `Some(false)`: closed ones; `None`: all that were published.
    pub open: Option<bool>,
    /// Wanted or to be had at some time from then on.
    pub from: Option<Time>,
    /// Wanted or to be had at some time up to then.
    pub until: Option<Time>,
}

/// A point, and how far around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    pub point: Point,
    /// In metres, from 1 to 500,000.
    pub radius: f64,
}

/// What is compared with the criteria.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub collective: CollectiveId,
    /// As the index keeps it.
    pub tokens: &'a str,
    pub purpose: Purpose,
    pub kind: Kind,
    pub category: Option<Category>,
    pub tags: &'a [Tag],
    pub terms: Terms,
    pub language: &'a Language,
    pub urgency: Option<Urgency>,
    /// The blurred point.
    pub point: Option<Point>,
    pub open: bool,
    pub window: Window,
}

impl Near {
    /// `41.4,2.16` and a radius in metres; ten kilometres where none is given.
    pub fn parse(near: &str, radius: Option<&str>) -> Result<Self, Invalid> {
        let wrong = || Invalid::new("near", "must be a latitude and a longitude: 41.4,2.16");
        let (latitude, longitude) = near.split_once(',').ok_or_else(wrong)?;
        let number = |text: &str| text.trim().parse::<f64>().map_err(|_| wrong());
        let point = Point::new(number(latitude)?, number(longitude)?)
            .map_err(|invalid| Invalid { field: "near", ..invalid })?;
        let wrong = || Invalid::new("radius", "must be a number of metres from 1 to 500000");
        let radius =
            radius.map_or(Ok(10_000.0), |text| text.parse::<f64>().map_err(|_| wrong()))?;
        if (1.0..=FARTHEST).contains(&radius) { Ok(Self { point, radius }) } else { Err(wrong()) }
    }

    /// The latitudes and longitudes between which all of it lies, as pairs of least and most; two of longitudes
    /// where it lies across the date line.
    pub fn bounds(self) -> ((f64, f64), Vec<(f64, f64)>) {
        let Point { latitude, longitude } = self.point;
        // A little more than needed: what is outside is found out by the exact distance.
        let reach = (self.radius / EARTH).to_degrees() * 1.001;
        let (south, north) = (latitude - reach, latitude + reach);
        if south <= -90.0 || 90.0 <= north {
            return ((south, north), vec![(-180.0, 180.0)]);
        }
        let ratio = reach.to_radians().sin() / latitude.to_radians().cos();
        let wide = if ratio < 1.0 { ratio.asin().to_degrees() } else { 180.0 };
        let (west, east) = (longitude - wide, longitude + wide);
        let spans = if 360.0 <= east - west {
            vec![(-180.0, 180.0)]
        } else if west < -180.0 {
            vec![(west + 360.0, 180.0), (-180.0, east)]
        } else if 180.0 < east {
            vec![(west, 180.0), (-180.0, east - 360.0)]
        } else {
            vec![(west, east)]
        };
        ((south, north), spans)
    }

    /// Does it reach this point?
    pub fn reaches(self, point: Point) -> bool {
        self.distance(point) <= self.radius
    }

    /// Along the surface, in metres.
    fn distance(self, to: Point) -> f64 {
        let (a, b) = (self.point.latitude.to_radians(), to.latitude.to_radians());
        let turn = (to.longitude - self.point.longitude).to_radians();
        let half = ((b - a) / 2.0).sin().powi(2) + a.cos() * b.cos() * (turn / 2.0).sin().powi(2);
        2.0 * EARTH * half.sqrt().min(1.0).asin()
    }
}

impl Criteria {
    /// Reads names and values as an address has them after its `?`; names it does not know are others' business.
    pub fn parse(query: &str) -> Result<Self, Invalid> {
        let mut criteria = Self::default();
        let (mut near, mut radius) = (None, None);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            match &*name {
                // What forms leave empty says nothing.
                "q" | "words" | "purpose" | "kind" | "category" | "tag" | "terms" | "language"
                | "urgency" | "open"
                    if value.is_empty() => {}
                "q" | "words" => criteria.words = Words::parse("q", value)?,
                "collective" => criteria.collective = Some(collective(value)?),
                "purpose" => criteria.purpose = Some(Purpose::parse(value)?),
                "kind" => criteria.kind = Some(Kind::parse(value)?),
                "category" => criteria.category = Some(Category::parse(value)?),
                "tag" => criteria.tag = Some(Tag::parse(value)?),
                "terms" => criteria.terms = Some(Terms::parse(value)?),
                "language" => criteria.language = Some(Language::parse(value)?),
                "urgency" => criteria.urgency = Some(Urgency::parse(value)?),
                "open" => criteria.open = Some(yes_or_no("open", value)?),
                "from" => criteria.from = Some(Time::parse("from", value)?),
                "until" => criteria.until = Some(Time::parse("until", value)?),
                "near" => near = Some(value.to_owned()),
                "radius" => radius = Some(value.to_owned()),
                _ => {}
            }
        }
        if near.is_none() && radius.is_some() {
            return Err(Invalid::new("near", "is missing; a radius is around a point"));
        }
        if criteria.until.is_some_and(|until| criteria.from.is_some_and(|from| until < from)) {
            return Err(Invalid::new("until", "must not be before from"));
        }
        criteria.near = near.map(|near| Near::parse(&near, radius.as_deref())).transpose()?;
        Ok(criteria)
    }

    /// The same as one line, which [`Criteria::parse`] reads back.
    pub fn line(&self) -> String {
        let mut line = Serializer::new(String::new());
        let near = self.near.map(|near| {
            let Point { latitude, longitude } = near.point;
            (format!("{latitude},{longitude}"), near.radius.to_string())
        });
        let pairs = [
            ("q", self.words.as_ref().map(|words| words.as_str().to_owned())),
            ("collective", self.collective.map(|id| id.to_string())),
            ("purpose", self.purpose.map(String::from)),
            ("kind", self.kind.map(String::from)),
            ("category", self.category.map(String::from)),
            ("tag", self.tag.as_ref().map(|tag| tag.word().to_owned())),
            ("terms", self.terms.map(String::from)),
            ("language", self.language.clone().map(String::from)),
            ("urgency", self.urgency.map(String::from)),
            ("near", near.as_ref().map(|near| near.0.clone())),
            ("radius", near.map(|near| near.1)),
            ("open", self.open.map(|open| open.to_string())),
            ("from", self.from.map(Time::wire)),
            ("until", self.until.map(Time::wire)),
        ];
        for (name, value) in pairs {
            if let Some(value) = value {
                line.append_pair(name, &value);
            }
        }
        line.finish()
    }

    /// Does a listing meet all of them?
    pub fn meet(&self, facts: &Facts<'_>) -> bool {
        fn is<T: Copy + PartialEq>(wanted: Option<T>, found: Option<T>) -> bool {
            wanted.is_none() || wanted == found
        }
        let speaks = |wanted: &Language| is_spoken(wanted, facts.language);
        let marked = |wanted: &Tag| facts.tags.iter().any(|tag| tag.word() == wanted.word());
        let is_there = |near: Near| facts.point.is_some_and(|point| near.reaches(point));
        self.words.as_ref().is_none_or(|words| words.are_in(facts.tokens))
            && is(self.collective, Some(facts.collective))
            && is(self.purpose, Some(facts.purpose))
            && is(self.kind, Some(facts.kind))
            && is(self.category, facts.category)
            && self.tag.as_ref().is_none_or(marked)
            && is(self.terms, Some(facts.terms))
            && self.language.as_ref().is_none_or(speaks)
            && is(self.urgency, facts.urgency)
            && is(self.open, Some(facts.open))
            && self.near.is_none_or(is_there)
            && self.from.is_none_or(|from| facts.window.ends_at.is_none_or(|ends| from <= ends))
            && self.until.is_none_or(|until| facts.window.starts_at.is_none_or(|at| at <= until))
    }
}

/// Is a text in this language, or in a variety of it? `es` is `es-MX` too.
fn is_spoken(wanted: &Language, found: &Language) -> bool {
    let (wanted, found) = (wanted.as_str().to_lowercase(), found.as_str().to_lowercase());
    found.strip_prefix(&wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn collective(text: &str) -> Result<CollectiveId, Invalid> {
    let id = Uuid::try_parse(text).map_err(|_| Invalid::new("collective", "must be its id"))?;
    Ok(id.into())
}

fn yes_or_no(field: &'static str, text: &str) -> Result<bool, Invalid> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Invalid::new(field, "must be true or false")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn criteria_are_read_back_as_they_were_written() {
        for line in [
            "",
            "q=sillas+a%C3%B1ejas",
            "purpose=need&kind=goods&category=food&terms=loan&language=pt-BR&urgency=days",
            "tag=ca%C3%B1a",
            "collective=00000000-0000-0000-0000-000000000001&near=41.4%2C2.16&radius=500&open=true",
            "from=2026-03-01T10%3A00%3A00Z&until=2026-03-02T10%3A00%3A00Z",
        ] {
            assert_eq!(Criteria::parse(line).unwrap().line(), line);
        }
        assert_eq!(Criteria::parse("limit=3&kind=&q=").unwrap(), Criteria::default());
    }

    #[test]
    fn what_cannot_be_is_refused_by_its_name() {
        for (line, field) in [
            ("purpose=wish", "purpose"),
            ("tag=two+words", "tag"),
            ("collective=garden", "collective"),
            ("near=41.4", "near"),
            ("near=91,2", "near"),
            ("near=NaN,2", "near"),
            ("near=1,2&radius=40000000", "radius"),
            ("near=1,2&radius=-1", "radius"),
            ("near=1,2&radius=NaN", "radius"),
            ("radius=5", "near"),
            ("open=maybe", "open"),
            ("from=yesterday", "from"),
            ("from=2026-03-02T10:00:00Z&until=2026-03-01T10:00:00Z", "until"),
        ] {
            assert_eq!(Criteria::parse(line).unwrap_err().field, field, "{line}");
        }
    }

    #[test]
    fn nearness_is_measured_over_the_poles_and_the_date_line() {
        let near =
            |latitude, longitude, radius| Near { point: Point { latitude, longitude }, radius };
        for (near, latitude, longitude, reached) in [
            (near(41.4, 2.16, 500_000.0), 40.4, -3.7, false),
            (near(41.4, 2.16, 510_000.0), 40.4, -3.7, true),
            (near(0.0, 179.9, 50_000.0), 0.0, -179.9, true),
            (near(0.0, -179.9, 50_000.0), 0.0, 179.9, true),
            (near(89.9, 0.0, 50_000.0), 89.9, 180.0, true),
            (near(-89.9, 10.0, 50_000.0), -89.0, 10.0, false),
        ] {
            let point = Point { latitude, longitude };
            assert_eq!(near.reaches(point), reached, "{near:?} {point:?}");
            let ((south, north), spans) = near.bounds();
            let inside = (south..=north).contains(&latitude)
                && spans.iter().any(|span| (span.0..=span.1).contains(&longitude));
            assert!(inside || !reached, "{near:?} {point:?}");
        }
    }
}
