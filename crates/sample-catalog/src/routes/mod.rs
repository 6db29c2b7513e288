//! The operations of the Iceberg REST specification, the same for every vendor.

mod lists;
mod loaded;
mod namespaces;
mod tables;
mod transactions;
mod views;

use axum::response::Response;

use crate::{
    ask::Ask,
    operation::{Call, Operation::*},
    problem::Problem,
    server::Server,
};

/// A request on its way: everything that an operation may want to know.
pub(crate) struct Job<'a> {
    pub server: &'a Server,
    pub ask: &'a Ask,
    pub key: &'a str,
    pub call: &'a Call,
}

/// Does what `call` says in the warehouse `key`.
pub(crate) fn carry_out(
    server: &Server,
    ask: &Ask,
    key: &str,
    call: &Call,
) -> Result<Response, Problem> {
    let job = Job {
        server,
        ask,
        key,
        call,
    };
    server.warehouse(key, |warehouse| server.vendor.refuse(ask, warehouse, call))?;
    match call.operation {
        ListNamespaces => lists::namespaces(&job),
        CreateNamespace => namespaces::create(&job),
        LoadNamespace => namespaces::load(&job),
        NamespaceExists => namespaces::exists(&job),
        DropNamespace => namespaces::drop(&job),
        UpdateProperties => namespaces::update(&job),
        ListTables => lists::tables(&job),
        CreateTable => tables::create(&job),
        RegisterTable => tables::register(&job),
        LoadTable => tables::load(&job),
        TableExists => tables::exists(&job),
        CommitTable => tables::commit(&job),
        DropTable => tables::drop(&job),
        RenameTable => tables::rename(&job),
        ReportMetrics => Ok(server.vendor.acknowledge()),
        LoadCredentials => tables::credentials(&job),
        CommitTransaction => transactions::commit(&job),
        ListViews => lists::views(&job),
        CreateView => views::create(&job),
        RegisterView => Err(Problem::Unsupported(
            "Views cannot be registered here".into(),
        )),
        LoadView => views::load(&job),
        ViewExists => views::exists(&job),
        ReplaceView => views::replace(&job),
        DropView => views::drop(&job),
        RenameView => views::rename(&job),
    }
}
