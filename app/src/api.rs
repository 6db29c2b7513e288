//! Everything a page asks the server: short functions over the session. Each names its address,
//! answers a small view model, and fails with an [`AppError`](crate::error::AppError).

pub mod connections;
