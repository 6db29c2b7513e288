use access::polaris::Operation;

/// What a 403 of Polaris tells about itself: `Principal 'svc' with activated PrincipalRoles '[writers]'
/// and activated grants via '[rw, writers]' is not authorized for op LIST_TABLES`. Newer servers may
/// name the operation only.
#[derive(Clone, Copy, Debug)]
pub struct Refusal<'a> {
    /// Who was refused, where the message says.
    pub principal: Option<&'a str>,
    /// What was refused.
    pub operation: &'static Operation,
}

impl<'a> Refusal<'a> {
    /// Words of others may stand before it. `None` when the message is not of this kind, or names an operation that we do not know.
    pub fn parse(message: &'a str) -> Option<Self> {
        let (who, operation) = message.rsplit_once(" is not authorized for op ")?;
        let name = operation
            .split(|end: char| end != '_' && !end.is_ascii_uppercase())
            .next()?;
        let principal = who
            .split_once("Principal '")
            .and_then(|(_, rest)| rest.split_once("' with activated "))
            .map(|(principal, _)| principal);
        Some(Refusal {
            principal,
            operation: Operation::named(name)?,
        })
    }
}
