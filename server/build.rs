//! A release build holds the site: built again when the site was.

#[expect(
    clippy::disallowed_methods,
    reason = "the profile is told to build scripts in no other way"
)]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo::rerun-if-changed=../target/site");
    }
}
