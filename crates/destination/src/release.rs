//! Releases of OLake that changed what a destination file may say.

use std::fmt;

/// A release of OLake, the oldest first. Only those that the tables of keys and of catalogs tell
/// apart, and the one that was read: a further one is a line here and its number below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Release {
    /// The oldest that is described here; requests can be signed.
    V0_1_0,
    /// REST catalogs with a token or OAuth2, and tables without identifier fields.
    V0_1_4,
    /// `discover` names a `destination_database` for each stream.
    V0_2_0,
    /// `catalog_name`.
    V0_3_5,
    /// `arrow_writes`.
    V0_3_7,
    /// Settings of AWS Glue.
    V0_3_17,
    /// `catalog_type` names the catalog.
    V0_9_1,
    /// See [`Release::READ`].
    V0_9_4,
    /// The last in which Iceberg gets the form's labels of ways to sign in as they are.
    V0_9_5,
    /// `horizon`, and labels of ways to sign in that are translated, as merged changes tell; this code and that of
    /// later ones was not read.
    V0_10_0,
    /// See [`Release::OFFERED`].
    V0_10_1,
    /// `discover` chooses how each stream deletes rows.
    V0_11_2,
    /// See [`Release::OFFERED`].
    V1_1_1,
}

impl Release {
    /// The one whose code these facts come from, and whose image the commands name.
    pub const READ: Self = Self::V0_9_4;

    /// Those that a file can be judged for and commands written for.
    pub const OFFERED: [Self; 5] = [
        Self::V0_9_4,
        Self::V0_9_5,
        Self::V0_10_1,
        Self::V0_11_2,
        Self::V1_1_1,
    ];

    /// The one of [`Release::OFFERED`] that a number such as `1.1` or `v0.9.4` means: the last that is no later.
    pub fn from_number(text: &str) -> Option<Self> {
        let wanted = parts(text.trim().trim_start_matches('v'))?;
        Self::OFFERED.into_iter().rev().find(|release| {
            parts(release.number()).is_some_and(|known| known[..wanted.len()] <= *wanted)
        })
    }

    /// Whether facts about it are hearsay: its code was not read.
    pub fn is_hearsay(self) -> bool {
        self > Self::READ
    }

    /// The number, such as `0.9.4`.
    pub fn number(self) -> &'static str {
        match self {
            Self::V0_1_0 => "0.1.0",
            Self::V0_1_4 => "0.1.4",
            Self::V0_2_0 => "0.2.0",
            Self::V0_3_5 => "0.3.5",
            Self::V0_3_7 => "0.3.7",
            Self::V0_3_17 => "0.3.17",
            Self::V0_9_1 => "0.9.1",
            Self::V0_9_4 => "0.9.4",
            Self::V0_9_5 => "0.9.5",
            Self::V0_10_0 => "0.10.0",
            Self::V0_10_1 => "0.10.1",
            Self::V0_11_2 => "0.11.2",
            Self::V1_1_1 => "1.1.1",
        }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.number())
    }
}

/// At most three numbers.
fn parts(number: &str) -> Option<Vec<u32>> {
    let parts: Option<Vec<u32>> = number.split('.').map(|part| part.parse().ok()).collect();
    parts.filter(|parts| (1..=3).contains(&parts.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_means_the_last_release_that_is_no_later() {
        for (number, release) in [
            ("0.9.4", Some(Release::V0_9_4)),
            ("v0.9.4", Some(Release::V0_9_4)),
            ("0.9", Some(Release::V0_9_5)),
            ("0.10", Some(Release::V0_10_1)),
            ("0.11.9", Some(Release::V0_11_2)),
            ("1", Some(Release::V1_1_1)),
            ("1.1", Some(Release::V1_1_1)),
            ("0.2.0", None),
            ("latest", None),
            ("", None),
        ] {
            assert_eq!(Release::from_number(number), release, "{number}");
        }
    }
}
