use iceberg_rest::{Dialect, Error, ErrorKind, Listing, Route, Server};

use crate::{lakekeeper, polaris, read::in_order, unity, warehouse::Warehouse};

/// Whether the server has an API that names its warehouses, as far as is known. Nothing is sent.
pub fn names_warehouses(server: &Server) -> bool {
    matches!(
        server.dialect_hint(),
        Some(Dialect::Polaris | Dialect::Lakekeeper | Dialect::Unity)
    )
}

/// The project that a warehouse is written behind, `project-id/name`: Lakekeeper takes that.
pub fn project<'a>(server: &Server, warehouse: &'a str) -> Option<&'a str> {
    let is_lakekeeper = server.dialect_hint() == Some(Dialect::Lakekeeper);
    let (project, name) = warehouse.split_once('/').filter(|_| is_lakekeeper)?;
    (!project.is_empty() && !name.is_empty()).then_some(project)
}

/// The warehouses of the server in order of name, where its own API names them: the Iceberg API cannot. `project`
/// is that of a Lakekeeper, if not the one that the connection's headers choose, or the default.
///
/// Fails with [`ErrorKind::Unsupported`], and with words for people, where no API does.
pub async fn list_warehouses(
    server: &Server,
    project: Option<&str>,
) -> Result<Listing<Warehouse>, Error> {
    let listing = match server.dialect_hint() {
        Some(Dialect::Polaris) => polaris::warehouses(server).await?,
        Some(Dialect::Lakekeeper) => lakekeeper::warehouses(server, project).await?,
        Some(Dialect::Unity) => unity::warehouses(server).await?,
        Some(Dialect::S3Tables) => {
            return Err(unsupported(
                "Amazon S3 Tables lists table buckets in the AWS API only: give the bucket's ARN as warehouse.",
            ));
        }
        Some(Dialect::Nessie) => {
            return Err(unsupported(
                "Nessie does not list its warehouses: type the name of one, or use the default.",
            ));
        }
        Some(Dialect::Generic) => {
            return Err(unsupported(
                "This server does not list its warehouses: type the name of one.",
            ));
        }
        None => {
            return Err(unsupported(
                "Whether this server lists its warehouses is not known before it has said what kind it is: type the name of one.",
            ));
        }
    };
    Ok(in_order(listing, |one| &one.name).await)
}

fn unsupported(message: &str) -> Error {
    Error::new(ErrorKind::Unsupported, Route::NONE, message)
}
