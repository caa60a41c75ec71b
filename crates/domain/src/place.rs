//! Where something is needed or offered; what the world may know of it.

use crate::Invalid;

/// A point on earth in degrees, WGS 84.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub latitude: f64,
    pub longitude: f64,
}

/// A named place, perhaps with a point that only this server knows exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Up to 120 characters: a quarter, a town, a house everybody knows.
    pub name: String,
    pub point: Option<Point>,
    /// How far around the point help is useful, in metres; 0 is unknown.
    pub radius: i32,
}

/// 500 km: farther than that, a place says nothing.
const FARTHEST: i32 = 500_000;

impl Point {
    /// A point that exists.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, Invalid> {
        if !(-90.0..=90.0).contains(&latitude) {
            return Err(Invalid::new("latitude", "must be from -90 to 90"));
        }
        if !(-180.0..=180.0).contains(&longitude) {
            return Err(Invalid::new("longitude", "must be from -180 to 180"));
        }
        Ok(Self { latitude, longitude })
    }

    /// The point that may leave this server: snapped to a grid of a hundredth of a degree (about 1.1 km),
    /// or of a tenth where the place is meant widely. It cannot be undone: the rest is thrown away.
    #[must_use]
    pub fn blurred(self, radius: i32) -> Self {
        let steps = if 10_000 <= radius { 10.0 } else { 100.0 };
        let snap = |degrees: f64| (degrees * steps).round() / steps;
        Self { latitude: snap(self.latitude), longitude: snap(self.longitude) }
    }
}

impl Place {
    /// A place with a name; coordinates come in a pair or not at all.
    pub fn new(
        name: &str,
        latitude: Option<f64>,
        longitude: Option<f64>,
        radius: Option<i32>,
    ) -> Result<Self, Invalid> {
        let name = crate::text::line("place", name, 1, 120)?;
        let point = match (latitude, longitude) {
            (Some(latitude), Some(longitude)) => Some(Point::new(latitude, longitude)?),
            (None, None) => None,
            _ => return Err(Invalid::new("latitude", "must come together with a longitude")),
        };
        let radius = radius.unwrap_or_default();
        if !(0..=FARTHEST).contains(&radius) {
            return Err(Invalid::new("radius", "must be from 0 to 500000 metres"));
        }
        Ok(Self { name, point, radius })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_on_earth() {
        for (latitude, longitude, ok) in [
            (41.4, 2.16, true),
            (-90.0, 180.0, true),
            (91.0, 0.0, false),
            (0.0, 180.5, false),
            (f64::NAN, 0.0, false),
            (0.0, f64::INFINITY, false),
        ] {
            assert_eq!(Point::new(latitude, longitude).is_ok(), ok, "{latitude} {longitude}");
        }
        assert!(Place::new("Gràcia", Some(1.0), None, None).is_err());
        assert!(Place::new("Gràcia", None, None, Some(-1)).is_err());
    }

    #[test]
    fn what_leaves_is_coarse() {
        let home = Point::new(41.402_917, 2.156_331).unwrap();
        assert_eq!(home.blurred(500), Point { latitude: 41.4, longitude: 2.16 });
        assert_eq!(home.blurred(20_000), Point { latitude: 41.4, longitude: 2.2 });
    }
}
