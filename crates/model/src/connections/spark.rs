//! How long a server took to answer, look after look, as a small drawing.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::format::{count, counted};

/// The last looks at a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spark {
    /// A path of SVG, interrupted where no answer came.
    pub line: String,
    /// Marks where none came, likewise; may be empty.
    pub failed: String,
    /// The same in words.
    pub said: String,
}

impl Spark {
    /// Looks that are drawn.
    pub const LOOKS: usize = 30;
    /// Of the drawing.
    pub const WIDTH: usize = 120;
    /// Of the drawing.
    pub const HEIGHT: usize = 24;

    /// Of how long each answer took, in ms, the last one at the end; `None` for a look that failed.
    pub fn new(looks: &[Option<u64>]) -> Option<Self> {
        let looks = &looks[looks.len().saturating_sub(Self::LOOKS)..];
        let mut answers: Vec<u64> = looks.iter().flatten().copied().collect();
        answers.sort_unstable();
        let (mut line, mut failed) = (String::new(), String::new());
        let step = Self::WIDTH / Self::LOOKS;
        let top = answers.last().copied().unwrap_or_default().max(1);
        let mut goes_on = false;
        for (at, look) in looks.iter().enumerate() {
            let x = Self::WIDTH - (looks.len() - at) * step + step / 2;
            // Writing to a string cannot fail.
            let _ = match look {
                None => write!(failed, "M{x} {}V0", Self::HEIGHT),
                Some(ms) => {
                    let height = u128::from(*ms) * (Self::HEIGHT as u128 - 2) / u128::from(top);
                    let y = Self::HEIGHT - 1 - usize::try_from(height).unwrap_or_default();
                    match goes_on {
                        true => write!(line, "L{x} {y}"),
                        // A dot, if nothing follows.
                        false => write!(line, "M{x} {y}h0"),
                    }
                }
            };
            goes_on = look.is_some();
        }
        let (fastest, slowest) = (answers.first(), answers.last());
        let took = match (fastest, slowest) {
            (Some(one), Some(other)) if one == other => format!("{} ms", count(one)),
            (Some(one), Some(other)) => format!(
                "{} to {} ms, median {} ms",
                count(one),
                count(other),
                count(answers[answers.len() / 2])
            ),
            _ => "no answer".to_owned(),
        };
        let missing = looks.len() - answers.len();
        let said = format!("{}: {took}", counted(looks.len(), "look"));
        let said = match (missing, answers.is_empty()) {
            (0, _) | (_, true) => said,
            _ => format!("{said}; {} failed", count(missing)),
        };
        (!looks.is_empty()).then_some(Self { line, failed, said })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_breaks_where_no_answer_came_and_words_say_the_same() {
        assert_eq!(Spark::new(&[]), None);
        let spark = Spark::new(&[Some(10), Some(40), None, Some(20)]).unwrap();
        assert_eq!(spark.line, "M106 18h0L110 1M118 12h0");
        assert_eq!(spark.failed, "M114 24V0");
        assert_eq!(spark.said, "4 looks: 10 to 40 ms, median 20 ms; 1 failed");
        let down = Spark::new(&[None]).unwrap();
        assert_eq!(
            (down.line.as_str(), down.said.as_str()),
            ("", "1 look: no answer")
        );
    }

    #[test]
    fn no_latency_and_no_number_of_looks_leaves_the_drawing() {
        let odd = [Some(u64::MAX), Some(0), None].repeat(100);
        let spark = Spark::new(&odd).unwrap();
        assert!(
            spark.said.starts_with("30 looks: 0 to 18"),
            "{}",
            spark.said
        );
        assert!(spark.line.starts_with("M2 1h0L6 23M14"), "{}", spark.line);
    }
}
