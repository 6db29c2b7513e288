//! What a sample server is told.

use crate::Dialect;

/// Settings of one sample server. The default is a generic one with the ordinary seed at `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The vendor to be.
    pub dialect: Dialect,
    /// So many extra tables in the namespace `scale_tables`; 0 leaves it out.
    pub tables: usize,
    /// So many snapshots in the extra table `scale_history.events`; 0 leaves it out.
    pub snapshots: usize,
    /// Polaris only: so many extra catalog roles in `lakehouse`, a hundred grants each, with principals and
    /// principal roles for them.
    pub roles: usize,
    /// Polaris only: a token is good for so many seconds.
    pub token_seconds: u64,
    /// Unity only: `server.authorization=enable`. Others take no notice.
    pub authorization: bool,
    /// Stands before the vendor's own base path: empty, or `/polaris`.
    pub mount: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            dialect: Dialect::Generic,
            tables: 0,
            snapshots: 0,
            roles: 0,
            token_seconds: 3_600,
            authorization: false,
            mount: String::new(),
        }
    }
}
