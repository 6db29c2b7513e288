//! A change of several parts: what is planned, and what came of each part.

use serde::{Deserialize, Serialize};

use crate::format::Moment;

/// A change of several parts, as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// `Onboard svc`.
    pub title: String,
    /// In the order in which they are tried.
    pub parts: Vec<Part>,
    /// `None` while it is under way.
    pub ended: Option<Moment>,
    /// Somebody stops it: what is not begun stays untried.
    pub stopping: bool,
    /// The form field that takes a part once more, by what it is.
    pub again: String,
}

/// One part of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What is to be done, for people.
    pub what: String,
    /// What came of it.
    pub state: PartState,
}

/// Why it ended so is a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartState {
    /// So far, or for good once the batch has ended.
    #[default]
    Untried,
    /// It was made.
    Done,
    /// It was not made, and why.
    Failed(String),
    /// It may have been made all the same.
    Unknown(String),
}

impl PartState {
    /// Why it failed, or why nobody knows.
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Failed(why) | Self::Unknown(why) => Some(why),
            Self::Untried | Self::Done => None,
        }
    }
}

impl Batch {
    /// What was not made for certain, by name.
    pub fn undone(&self) -> impl Iterator<Item = &str> {
        let undone = self
            .parts
            .iter()
            .filter(|part| matches!(part.state, PartState::Failed(_) | PartState::Untried));
        undone.map(|part| &*part.what)
    }

    /// How many parts were made.
    pub fn done(&self) -> usize {
        self.count(|state| *state == PartState::Done)
    }

    /// How many parts stand as asked.
    pub fn count(&self, of: impl Fn(&PartState) -> bool) -> usize {
        self.parts.iter().filter(|part| of(&part.state)).count()
    }

    /// `6 of 8 done, 1 unknown, 1 not tried`.
    pub fn sentence(&self) -> String {
        let failed = self.count(|state| matches!(state, PartState::Failed(_)));
        let unknown = self.count(|state| matches!(state, PartState::Unknown(_)));
        let untried = match self.ended {
            Some(_) => self.count(|state| *state == PartState::Untried),
            None => 0,
        };
        let mut sentence = format!("{} of {} done", self.done(), self.parts.len());
        let others = [
            (failed, "failed"),
            (unknown, "unknown"),
            (untried, "not tried"),
        ];
        for (count, how) in others.into_iter().filter(|(count, _)| *count > 0) {
            sentence.push_str(&format!(", {count} {how}"));
        }
        sentence
    }
}

impl From<&crate::error::AppError> for PartState {
    fn from(error: &crate::error::AppError) -> Self {
        let why = match &error.hint {
            Some(hint) => format!("{} {hint}", error.message),
            None => error.message.clone(),
        };
        match error.may_have_happened() {
            true => Self::Unknown(why),
            false => Self::Failed(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_counts_each_outcome_apart() {
        let states = [
            PartState::Done,
            PartState::Failed("No.".into()),
            PartState::Unknown("Silence.".into()),
            PartState::Untried,
            PartState::Untried,
        ];
        let part = |state| Part {
            what: "it".into(),
            state,
        };
        let mut batch = Batch {
            title: "All".into(),
            parts: states.map(part).into(),
            ended: None,
            stopping: false,
            again: String::new(),
        };
        assert_eq!(batch.sentence(), "1 of 5 done, 1 failed, 1 unknown");
        batch.ended = Some(Moment::from_ms(0));
        assert_eq!(
            batch.sentence(),
            "1 of 5 done, 1 failed, 1 unknown, 2 not tried"
        );
    }
}
