//! Whether a 404 is about the object that was asked for, or about the way to ask for it.

use super::WireError;
use crate::operation::Route;

/// Whether the server says that it has no such route, by the error's name or its first words.
pub(super) fn is_route(wire: &WireError) -> bool {
    const TYPES: [&str; 9] = [
        "unknownoperation",
        "unsupportedoperation",
        "nosuchoperation",
        "nosuchendpoint",
        "nosuchroute",
        "endpointnotfound",
        "routenotfound",
        "notimplemented",
        "methodnotallowed",
    ];
    const WORDS: [&str; 5] = [
        "no route",
        "no handler found",
        "no static resource",
        "unknown endpoint",
        "unknown operation",
    ];
    let name = name(wire);
    let words = wire.message.to_ascii_lowercase();
    TYPES.iter().any(|part| name.contains(part))
        || WORDS.iter().any(|start| words.starts_with(start))
}

/// Whether a 404 says that the object is missing. [`is_route`] is asked before.
pub(super) fn is_object(route: Route, wire: &WireError) -> bool {
    let name = name(wire);
    let named = ["nosuch", "doesnotexist"].iter().any(|part| name.contains(part))
        // Not a reason phrase in the place of a name.
        || name.contains("notfound") && wire.type_on_wire.as_deref() != Some("Not Found");
    // Web frameworks know no objects: where the address names none, theirs is that it leads nowhere.
    let of_whom_it_may_be = match route.template.contains('{') {
        true => wire.shape.is_of_a_program(),
        false => wire.shape.is_of_a_catalog() && name != "notfound",
    };
    named || of_whom_it_may_be
}

/// The last part of the error's name, without case and what joins words: `com.x#NoSuchTableException`,
/// `TABLE_NOT_FOUND` and `https://x/no-such-table` are much alike.
fn name(wire: &WireError) -> String {
    let name = wire.type_on_wire.as_deref().unwrap_or_default();
    let last = name.rsplit(['#', '.', '/', ':']).next().unwrap_or_default();
    let letters = last.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}
