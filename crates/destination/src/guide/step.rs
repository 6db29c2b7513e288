/// One thing to do, with the command that does it where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do.
    pub title: &'static str,
    /// How, and why; may be empty.
    pub text: String,
    /// A shell command, or the text to paste.
    pub command: Option<String>,
}

pub(super) fn step(title: &'static str, text: impl Into<String>) -> Step {
    Step {
        title,
        text: text.into(),
        command: None,
    }
}

impl Step {
    pub(super) fn command(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }
}
