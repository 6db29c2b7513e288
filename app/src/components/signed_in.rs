use leptos::prelude::*;
use model::paths;

/// Who is signed in, where somebody has to be.
#[component]
pub fn SignedIn() -> impl IntoView {
    let link = |name| view! { <a href=paths::YOU class="btn btn-ghost btn-sm px-2 max-lg:hidden">{name}</a> };
    name().map(link)
}

/// As the request says; the document hands it on.
#[cfg(feature = "ssr")]
pub fn name() -> Option<String> {
    let session = crate::session().ok()?;
    let said = session.who().said();
    let has_signed_in = said.way.is_some_and(|way| way != model::person::Way::Local);
    has_signed_in.then(|| said.name.clone())
}

/// For the style, which shows `for-admins` to them alone.
#[cfg(feature = "ssr")]
pub fn is_admin() -> bool {
    use model::person::Role;
    crate::session().is_ok_and(|session| session.who().must_be(Role::Admin).is_ok())
}

#[cfg(not(feature = "ssr"))]
pub fn is_admin() -> bool {
    document()
        .document_element()
        .is_some_and(|document| document.has_attribute("data-admin"))
}

#[cfg(not(feature = "ssr"))]
pub fn name() -> Option<String> {
    document().document_element()?.get_attribute("data-who")
}
