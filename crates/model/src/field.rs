//! A field of a form, however it is shown.

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A line, or one of several choices.
    Text,
    /// Goes in, and is never shown again.
    Secret,
    /// On or off.
    Check,
    /// Several values, one a line.
    Lines,
    /// Keys and values, a pair a line: `key=value`.
    Pairs,
}

/// A field of a form.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// As the form says it.
    pub name: &'static str,
    /// For people.
    pub label: &'static str,
    /// How it is filled in.
    pub input: Input,
    /// What it is for, in a sentence.
    pub help: &'static str,
    /// It may not be empty.
    pub required: bool,
}

impl Field {
    /// A field that may be empty.
    pub const fn new(
        name: &'static str,
        label: &'static str,
        input: Input,
        help: &'static str,
    ) -> Self {
        Self {
            name,
            label,
            input,
            help,
            required: false,
        }
    }

    /// A line.
    pub const fn text(name: &'static str, label: &'static str, help: &'static str) -> Self {
        Self::new(name, label, Input::Text, help)
    }

    /// A box.
    pub const fn check(name: &'static str, label: &'static str, help: &'static str) -> Self {
        Self::new(name, label, Input::Check, help)
    }

    /// What is never shown again.
    pub const fn secret(name: &'static str, label: &'static str, help: &'static str) -> Self {
        Self::new(name, label, Input::Secret, help)
    }

    /// The same, which may not be empty.
    pub(crate) const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }
}
