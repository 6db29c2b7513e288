use model::{Read, error::AppError, history::CommitPage, paths::Place};

use crate::Session;

/// Commits of the reference that the page shows; `token` is the `next` of the page before.
pub async fn load_history(
    session: &Session,
    place: Place,
    token: String,
) -> Result<Read<CommitPage>, AppError> {
    commits::read(session, place, token).await
}

mod commits {
    use iceberg_rest::{Client, Dialect, ident::decode_segment};
    use vendors::nessie::Nessie;

    use super::*;
    use crate::{api::reading::catalog, error::Kind, session::seen_through};

    const COMMITS: u32 = 100;

    pub async fn read(place: Place, token: String) -> Result<Read<CommitPage>, AppError> {
        session
            .seen_through(
                "history",
                place,
                token,
                |session, place, token| async move {
                    let (_, client) = catalog(&session, &place).await?;
                    if client.dialect() != Dialect::Nessie {
                        return Err(AppError::new(
                    Kind::Unsupported,
                    "This catalog keeps a table's history in the table, not in commits of its own.",
                )
                .hint("The Snapshots tab shows it."));
                    }
                    let reference = reference(&client);
                    let token = (!token.is_empty()).then_some(&*token);
                    let nessie = Nessie::new(client.server().clone());
                    let page = nessie.history(&reference, COMMITS, token, true).await?;
                    let mut table = place.namespace;
                    table.extend(place.object);
                    Ok(CommitPage::new(reference, page, &table))
                },
            )
            .await
    }

    /// The chosen one, else the one that the server's prefix names: `main`, or `main|warehouse`.
    fn reference(client: &Client) -> String {
        let of_prefix = || {
            let prefix = decode_segment(client.prefix()).ok()?;
            let name = prefix.split('|').next()?;
            (!name.is_empty()).then(|| name.to_owned())
        };
        client
            .reference()
            .map(str::to_owned)
            .or_else(of_prefix)
            // Nessie's own word for the default branch.
            .unwrap_or_else(|| "-".into())
    }
}
