use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::format::Moment;

/// How many snapshots were made in each of equally long spans of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// When the first span begins.
    pub from: Moment,
    /// When the last span ends.
    pub to: Moment,
    /// Snapshots in each span, oldest first.
    pub bars: Vec<u32>,
}

/// Room of one bar, in the drawing's own units.
const STEP: usize = 10;

impl Timeline {
    /// Of the drawing, in its own units.
    pub const HEIGHT: u32 = 40;

    /// Of the drawing, in its own units.
    pub fn width(&self) -> usize {
        self.bars.len() * STEP
    }

    /// The drawing as one path of SVG: a bar for each number, as high as its share of the highest; any at
    /// all can be seen.
    pub fn outline(&self) -> String {
        let highest = self.bars.iter().copied().max().unwrap_or_default().max(1);
        let mut path = String::new();
        for (index, bar) in self.bars.iter().enumerate().filter(|(_, bar)| **bar > 0) {
            let height = (u64::from(*bar) * u64::from(Self::HEIGHT) / u64::from(highest)).max(2);
            // Writing to a string cannot fail.
            let _ = write!(
                path,
                "M{} {}v-{height}h{}v{height}z",
                index * STEP,
                Self::HEIGHT,
                STEP - 2
            );
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_share_the_height() {
        let outline = |bars: &[u32]| {
            let moment = Moment::from_ms(0);
            let (from, to, bars) = (moment.clone(), moment, bars.to_vec());
            Timeline { from, to, bars }.outline()
        };
        assert_eq!(outline(&[0, 4, 2]), "M10 40v-40h8v40zM20 40v-20h8v20z");
        assert_eq!(outline(&[1, u32::MAX]), "M0 40v-2h8v2zM10 40v-40h8v40z");
        assert_eq!(outline(&[]), "");
    }
}
