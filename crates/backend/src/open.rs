//! What a name that somebody typed may mean, asked of the catalog.

use model::{
    error::AppError,
    open::{Candidate, Noun, readings},
    paths::Place,
};

use crate::{Session, reading::catalog};

/// Looks a typed name up in each way that it can be read, until one is there: then it is the last.
pub async fn find_by_name(
    session: &Session,
    place: Place,
    name: String,
    separator: String,
    noun: Noun,
) -> Result<Vec<Candidate>, AppError> {
    let asked = (name, separator, noun);
    let read = session.seen_through(
        "by name",
        place,
        asked,
        |session, place, asked| async move {
            let (name, separator, noun) = asked;
            let (_, client) = catalog(&session, &place).await?;
            let nested = client.dialect().profile().nested;
            let mut candidates = Vec::new();
            for levels in readings(name.trim(), &separator, noun, nested) {
                let exists = lookup::exists(&client, noun, &levels).await?;
                candidates.push(Candidate { levels, exists });
                if exists == Some(true) {
                    break;
                }
            }
            Ok(candidates)
        },
    );
    Ok(read.await?.data)
}

mod lookup {
    use iceberg_rest::{Client, Error, ErrorKind, Namespace, TableIdent, ViewIdent};

    use model::open::Noun;

    /// `None` where the catalog does not let this identity know.
    pub async fn exists(
        client: &Client,
        noun: Noun,
        levels: &[String],
    ) -> Result<Option<bool>, Error> {
        match ask(client, noun, levels).await {
            Ok(exists) => Ok(Some(exists)),
            Err(error) => match error.kind {
                ErrorKind::Forbidden => Ok(None),
                // A name that this catalog cannot hold.
                ErrorKind::BadRequest | ErrorKind::Invalid => Ok(Some(false)),
                _ => Err(error),
            },
        }
    }

    async fn ask(client: &Client, noun: Noun, levels: &[String]) -> Result<bool, Error> {
        let Some((name, around)) = levels.split_last() else {
            return Ok(false);
        };
        match noun {
            Noun::Namespace => client.namespace_exists(&Namespace::try_new(levels)?).await,
            Noun::Table => {
                let table = TableIdent::try_new(Namespace::try_new(around)?, name)?;
                client.table_exists(&table).await
            }
            Noun::View => {
                let view = ViewIdent::try_new(Namespace::try_new(around)?, name)?;
                client.view_exists(&view).await
            }
        }
    }
}
