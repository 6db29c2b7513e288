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
    store::Warehouse,
    vendor::Vendor,
};

/// A request on its way: everything that an operation may want to know.
pub(crate) struct Job<'a> {
    pub vendor: &'static dyn Vendor,
    pub warehouse: &'a mut Warehouse,
    pub ask: &'a Ask,
    pub call: &'a Call,
}

/// Does what the call says.
pub(crate) fn carry_out(job: &mut Job) -> Result<Response, Problem> {
    job.vendor.refuse(job.ask, job.warehouse, job.call)?;
    match job.call.operation {
        ListNamespaces => lists::namespaces(job),
        CreateNamespace => namespaces::create(job),
        LoadNamespace => namespaces::load(job),
        NamespaceExists => namespaces::exists(job),
        DropNamespace => namespaces::drop(job),
        UpdateProperties => namespaces::update(job),
        ListTables => lists::tables(job),
        CreateTable => tables::create(job),
        RegisterTable => tables::register(job),
        LoadTable => tables::load(job),
        TableExists => tables::exists(job),
        CommitTable => tables::commit(job),
        DropTable => tables::drop(job),
        RenameTable => tables::rename(job),
        ReportMetrics => Ok(job.vendor.acknowledge()),
        LoadCredentials => tables::credentials(job),
        CommitTransaction => transactions::commit(job),
        ListViews => lists::views(job),
        CreateView => views::create(job),
        RegisterView => Err(Problem::Unsupported(
            "Views cannot be registered here".into(),
        )),
        LoadView => views::load(job),
        ViewExists => views::exists(job),
        ReplaceView => views::replace(job),
        DropView => views::drop(job),
        RenameView => views::rename(job),
    }
}
