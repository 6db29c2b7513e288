//! Changes of access control that take several calls, made on behalf of a form.

pub mod grants;
pub mod guard;
pub mod onboard;
pub mod press;
