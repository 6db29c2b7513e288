/// A provider's `error`: RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core 1.0 §3.1.2.6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// `access_denied`
    AccessDenied,
    /// `invalid_client`
    InvalidClient,
    /// `invalid_grant`
    InvalidGrant,
    /// `invalid_request`
    InvalidRequest,
    /// `invalid_scope`
    InvalidScope,
    /// `unauthorized_client`
    UnauthorizedClient,
    /// `unsupported_grant_type`, `unsupported_response_type`
    Unsupported,
    /// `server_error`, `temporarily_unavailable`
    Unavailable,
    /// `login_required`, `interaction_required`, `account_selection_required`, `consent_required`
    Interaction,
    /// Any other, or none.
    Other,
}

impl Refusal {
    /// By the code. Any that is not known is [`Refusal::Other`]: codes come with the browser, from anybody.
    pub(in crate::oidc) fn of(code: &str) -> Self {
        match code {
            "access_denied" => Self::AccessDenied,
            "invalid_client" => Self::InvalidClient,
            "invalid_grant" => Self::InvalidGrant,
            "invalid_request" => Self::InvalidRequest,
            "invalid_scope" => Self::InvalidScope,
            "unauthorized_client" => Self::UnauthorizedClient,
            "unsupported_grant_type" | "unsupported_response_type" => Self::Unsupported,
            "server_error" | "temporarily_unavailable" => Self::Unavailable,
            "login_required"
            | "interaction_required"
            | "account_selection_required"
            | "consent_required" => Self::Interaction,
            _ => Self::Other,
        }
    }
}
