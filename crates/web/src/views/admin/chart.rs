//! Numbers by day as a drawing, and as a table for whoever does not look at drawings.

use std::borrow::Cow;

use crate::views::page::TimeView;

/// How wide and how high a drawing is, in its own units.
const WIDTH: i64 = 720;
const HEIGHT: i64 = 150;

/// A bar of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// In hundredths, so that no rounding shows.
    x: i64,
    width: i64,
    height: i64,
}

impl Bar {
    /// Where it begins.
    pub fn x(&self) -> String {
        hundredths(self.x)
    }

    /// How wide it is.
    pub fn width(&self) -> String {
        hundredths(self.width)
    }

    /// Where it ends above.
    pub fn y(&self) -> String {
        hundredths(HEIGHT * 100 - self.height)
    }

    /// How high it is.
    pub fn height(&self) -> String {
        hundredths(self.height)
    }
}

fn hundredths(number: i64) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

/// The number of a day.
#[derive(Clone, Debug)]
pub struct DayView {
    /// The day.
    pub day: TimeView,
    /// The number, as people read it; nothing where nobody counted.
    pub value: Option<String>,
}

/// A line of numbers, drawn.
#[derive(Clone, Debug)]
pub struct ChartView {
    /// Its name in the page.
    pub id: &'static str,
    /// What is counted.
    pub title: Cow<'static, str>,
    /// The number that counts most: a sum, or the last one.
    pub total: String,
    /// What that number is.
    pub total_is: Cow<'static, str>,
    /// The highest number.
    pub most: String,
    /// The bars; a day on which nobody counted has none.
    pub bars: Vec<Bar>,
    /// Every day.
    pub days: Vec<DayView>,
}

impl ChartView {
    /// The bars of numbers: the highest is as high as the drawing.
    pub fn bars(values: &[Option<i64>]) -> Vec<Bar> {
        let most = values.iter().flatten().copied().max().unwrap_or_default().max(1);
        let number = i64::try_from(values.len()).unwrap_or(1).max(1);
        let step = WIDTH * 100 / number;
        let bar = |(at, value): (i64, &Option<i64>)| {
            let value = (*value)?;
            let height = HEIGHT * 100 * value / most;
            // Something is never drawn as nothing.
            let height = if 0 < value { height.max(200) } else { 0 };
            Some(Bar { x: at * step + step / 10, width: step - step / 5, height })
        };
        (0..).zip(values).filter_map(bar).collect()
    }

    /// The first day.
    pub fn first(&self) -> &str {
        self.days.first().map_or("", |day| day.day.text.as_str())
    }

    /// The last day.
    pub fn last(&self) -> &str {
        self.days.last().map_or("", |day| day.day.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_bar_is_as_high_as_the_drawing_and_something_is_never_nothing() {
        let bars = ChartView::bars(&[Some(0), None, Some(1_000), Some(1)]);
        let heights: Vec<String> = bars.iter().map(Bar::height).collect();
        assert_eq!(heights, ["0.00", "150.00", "2.00"]);
        assert_eq!(bars[1].y(), "0.00");
        assert_eq!((bars[1].x(), bars[1].width()), ("378.00".to_owned(), "144.00".to_owned()));
        assert!(ChartView::bars(&[]).is_empty());
        assert_eq!(ChartView::bars(&[Some(0)])[0].height(), "0.00");
    }
}
