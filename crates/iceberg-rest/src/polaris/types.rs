//! Wire shapes of Polaris' management API and of its own catalog APIs (Apache Polaris 1.7.0).

mod grant;

pub use grant::GrantResource;
