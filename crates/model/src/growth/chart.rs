use std::fmt::Write;

use super::{Chart, Mark, operations::within};
use crate::format::{self, Moment};

/// What the numbers of a chart are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Count,
    Bytes,
}

impl Unit {
    pub fn text(self, number: u64) -> String {
        match self {
            Self::Count => format::count(number),
            Self::Bytes => format::bytes(number),
        }
    }

    /// With every digit.
    pub fn exact(self, number: u64) -> String {
        match self {
            Self::Count => format::count(number),
            Self::Bytes => format!("{} bytes", format::count(number)),
        }
    }

    /// The end of a scale that holds `highest`: a round number with a round half.
    fn top(self, highest: u64) -> u64 {
        let unit = match self {
            Self::Count => 1,
            Self::Bytes => 1 << (highest.max(1).ilog2() / 10 * 10),
        };
        let units = highest.div_ceil(unit).max(1);
        let ten = 10_u64.pow(units.ilog10());
        let round = units.div_ceil(ten).next_multiple_of(2).saturating_mul(ten);
        match self {
            Self::Count => round,
            Self::Bytes => round.min(1024).saturating_mul(unit),
        }
    }
}

/// When a commit was made, in ms since 1970, and the total after it.
pub(super) type Point = (i64, u64);

impl Chart {
    /// Of the drawing, in its own units.
    pub const WIDTH: u32 = 1000;
    /// Of the drawing, in its own units.
    pub const HEIGHT: u32 = 200;

    /// Of points in order of time; `None` where they span none. `flags`: when each was made that something points at.
    pub(super) fn new(
        title: &str,
        said: String,
        unit: Unit,
        points: &[Point],
        flags: &[(i64, String)],
    ) -> Option<Self> {
        let ((from, _), (to, _)) = (*points.first()?, *points.last()?);
        let span = i128::from(to) - i128::from(from);
        if span <= 0 {
            return None;
        }
        let highest = points.iter().map(|(_, total)| *total).max()?;
        let top = unit.top(highest);
        let x = |at: i64| {
            let x = (i128::from(at) - i128::from(from)) * i128::from(Self::WIDTH) / span;
            u32::try_from(x).unwrap_or_default().min(Self::WIDTH)
        };
        let mark = |(index, &(at, total)): (usize, &Point)| {
            let next = points.get(index + 1);
            let last = next.map_or(at, |(next, _)| next.saturating_sub(1).max(at));
            let height = u128::from(total) * u128::from(Self::HEIGHT) / u128::from(top);
            Mark {
                x: x(at),
                y: Self::HEIGHT.saturating_sub(u32::try_from(height).unwrap_or(Self::HEIGHT)),
                said: format!("{}: {}", Moment::from_ms(at).utc, unit.exact(total)),
                within: within(at, last),
            }
        };
        Some(Self {
            title: title.to_owned(),
            said,
            ticks: [0, top / 2, top].map(|tick| unit.text(tick)),
            from: Moment::second(from),
            to: Moment::second(to),
            marks: points.iter().enumerate().map(mark).collect(),
            flags: flags
                .iter()
                .map(|(at, names)| (x(*at), names.clone()))
                .collect(),
        })
    }

    /// The drawing as a path of SVG: a total holds until the next commit.
    pub fn line(&self) -> String {
        let mut path = String::new();
        for (index, Mark { x, y, .. }) in self.marks.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = match index {
                0 => write!(path, "M{x} {y}"),
                _ => write!(path, "H{x}V{y}"),
            };
        }
        path
    }

    /// Where each mark holds: from there, so wide.
    pub fn zones(&self) -> Vec<(u32, u32)> {
        let ends = self.marks.iter().skip(1).map(|mark| mark.x);
        let ends = ends.chain([Self::WIDTH]);
        let zones = self.marks.iter().zip(ends);
        let zone = |(mark, end): (&Mark, u32)| {
            let x = mark.x.min(Self::WIDTH - 2);
            (x, end.saturating_sub(x).max(2))
        };
        zones.map(zone).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_round_numbers_with_round_halves() {
        let counts =
            [0, 1, 3, 11, 99, 100, 1_234_567, i64::MAX as u64].map(|it| Unit::Count.top(it));
        assert_eq!(
            counts,
            [2, 2, 4, 20, 100, 200, 2_000_000, 10_000_000_000_000_000_000]
        );
        let bytes = [0, 5 << 20, 389 << 20, 1010 << 20].map(|it| Unit::Bytes.top(it));
        assert_eq!(bytes, [2, 6 << 20, 400 << 20, 1 << 30]);
    }

    #[test]
    fn a_total_holds_until_the_next_commit() {
        let chart = Chart::new(
            "Records",
            String::new(),
            Unit::Count,
            &[(0, 0), (500, 4), (1000, 2)],
            &[(250, "v1".to_owned()), (-9, "older".to_owned())],
        );
        let chart = chart.unwrap();
        assert_eq!(
            chart.flags,
            [(250, "v1".to_owned()), (0, "older".to_owned())]
        );
        assert_eq!(chart.line(), "M0 200H500V0H1000V100");
        assert_eq!(chart.zones(), [(0, 500), (500, 500), (998, 2)]);
        assert_eq!(chart.ticks, ["0", "2", "4"]);
        assert_eq!(chart.marks[1].said, "1970-01-01 00:00:00.500 UTC: 4");
        let within: Vec<_> = chart.marks.iter().map(|mark| &mark.within).collect();
        assert_eq!(within, ["0..499", "500..999", "1000..1000"]);
    }

    #[test]
    fn the_ends_of_time_fit_and_no_span_is_no_chart() {
        let draw = |points: &[Point]| Chart::new("", String::new(), Unit::Bytes, points, &[]);
        let wide = draw(&[(i64::MIN, 0), (i64::MAX, i64::MAX as u64)]).unwrap();
        assert_eq!((wide.marks[1].x, wide.marks[0].y), (1000, 200));
        assert_eq!(draw(&[(5, 1), (5, 2)]), None);
        assert_eq!(draw(&[]), None);
    }
}
