/// What a server calls a warehouse, a catalog or a table bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warehouse {
    /// As [`iceberg_rest::Server::connect`] takes it: on a Lakekeeper behind its project, where that was asked for.
    pub name: String,
    /// A few words about it, in the server's terms.
    pub detail: Option<String>,
}
